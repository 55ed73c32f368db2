"""What the log says: that something was asked and how it went, never by whom, from where or in what words.

Two looks: `text` for people, with warnings and errors only, and `json` with a line for every request as well, for a
program that gathers them. Of an error both say its kind and where it happened. What it says itself is left out unless
it is about code or one of our own: a database quotes the row it refused, and that row holds somebody's words.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from typing import Any, Final

from workshop import clock
from workshop.errors import Refused, WerkplaatsError
from workshop.settings import Settings

REQUESTS: Final = "werkplaats.requests"
LOOKS: Final = ("text", "json")
_OURS: Final = "werkplaats"
_ABOUT_CODE: Final = (AttributeError, ImportError, NameError, TypeError, WerkplaatsError)
_QUOTES: Final = ("waitress",)  # says the path of a request, and a path may hold the key of a card


def start(settings: Settings) -> None:
    """Write the log of this process to standard error. Raises `Refused('setting')` for a look we do not have."""
    if settings.log not in LOOKS:
        raise Refused("setting", f"log cannot be “{settings.log}”. Choose text or json.")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if settings.log == "json" else Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    logging.getLogger(REQUESTS).setLevel(logging.INFO if settings.log == "json" else logging.WARNING)


class Text(logging.Formatter):
    """A line for people: time, level, who says it and what."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and more below it when something went wrong."""
        facts = "".join(f" {name}={value}" for name, value in _facts(record).items())
        line = f"{clock.now()} {record.levelname} {record.name}: {_said(record)}{facts}"
        error = _error(record)
        return f"{line}\n{''.join(_trace(error)).rstrip()}" if error else line


class Json(logging.Formatter):
    """One JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; an error has `error` (what it is) and `trace` (where it happened)."""
        line: dict[str, Any] = {
            "time": clock.now(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "said": _said(record),
        }
        line |= _facts(record)
        if error := _error(record):
            line |= {"error": told(error), "trace": "".join(_trace(error)).rstrip()}
        return json.dumps(line, ensure_ascii=False, default=str)


def told(error: BaseException) -> str:
    """Return what may be told of an error: what it is, and what it says when that cannot be somebody's words."""
    name = type(error).__name__
    if isinstance(error, Refused):
        return f"{name}: {error.code}"
    if isinstance(error, _ABOUT_CODE):
        return f"{name}: {error}"
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"
    return name


def _said(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] in _QUOTES and record.levelno >= logging.ERROR:
        return "An answer broke off."
    if isinstance(record.args, tuple):
        record.args = tuple(told(one) if isinstance(one, BaseException) else one for one in record.args)
    return record.getMessage()


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    facts: dict[str, Any] = getattr(record, "facts", {})
    return facts


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def _trace(error: BaseException) -> Iterator[str]:
    """Give where an error happened, after the error that led to it."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _trace(before)
        yield "which led to:\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{told(error)}\n"
