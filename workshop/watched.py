"""Every request gets a number, a line in the log and a place in the counts: how often, how long, how it ended.

A request is known by the route that answers it (`/bureau/<workshop_id>/bord`), never by its path: a path may hold the
key of a card. Its number comes from the proxy when we trust one, goes back with the answer, and stands on the page that
says that something went wrong, so that somebody can read it out to whoever has the log.
"""

from __future__ import annotations

import logging
import re
import time
from types import TracebackType
from typing import Final

from flask import Flask, Response, current_app, g, request

from workshop import ids
from workshop.house import house
from workshop.logs import REQUESTS
from workshop.metrics import Metrics

log = logging.getLogger(REQUESTS)
errors = logging.getLogger("werkplaats.errors")
NUMBER: Final = "X-Request-Id"
_NUMBER: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_READ_OUT: Final = 8  # signs


def install(app: Flask) -> None:
    """Watch the requests of an application; the first of its hooks, so that the last word is ours."""
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = _failed  # type: ignore[method-assign,assignment] # Flask's own says the path
    app.context_processor(lambda: {"request_number": spoken})


def number() -> str:
    """Return the number of this request."""
    if "number" not in g:
        said = request.headers.get(NUMBER, "") if house().settings.proxies else ""
        g.number = said if _NUMBER.fullmatch(said) else ids.request_number()
    return str(g.number)


def spoken() -> str:
    """Return the end of the number of this request, as somebody reads it out: `4827 1935`."""
    end = number()[-_READ_OUT:]
    return f"{end[:4]} {end[4:]}"


def route() -> str:
    """Return the route that answers this request; `-` when there is none."""
    return request.url_rule.rule if request.url_rule else "-"


def method() -> str:
    """Return the method of this request; `-` for one somebody made up."""
    return request.method if request.method in _METHODS else "-"


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    metrics: Metrics = current_app.extensions["werkplaats-metrics"]
    metrics.answered(method(), route(), response.status_code, seconds)
    response.headers[NUMBER] = number()
    facts = {
        "request": number(),
        "method": method(),
        "route": route(),
        "status": response.status_code,
        "ms": round(1000 * seconds, 1),
        "bytes": _size(response),
    }
    log.info("answered", extra={"facts": facts})
    return response


def _size(response: Response) -> int | None:
    """Return how many bytes an answer has; None when that shows only while it is sent."""
    if response.content_length is None and response.is_sequence:
        return sum(len(part) for part in response.iter_encoded())
    return response.content_length


def _failed(error: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
    facts = {"request": number(), "method": method(), "route": route()}
    errors.error("A request failed.", exc_info=error, extra={"facts": facts})
