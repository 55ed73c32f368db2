"""The nine steps of a workshop on exactly one A4 in 14 pt: how far each is, what there is, and what is missing.

Or light, for a small group: a sentence and a question for each, and room to write.

When it is too much, each step says less, the last things first, and counts in words what it left out. Nothing is
shrunk, and no step is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

from cards.card import Language
from print import filling, press
from print.errors import DoesNotFit
from print.face import Face
from print.formats import load
from print.imprint import Imprint
from print.letters import readable
from print.sheets import Print
from print.things import Printed, shelf, written
from print.words import Words, words


@dataclass(frozen=True)
class StepText:
    """One step: its number, its name, and `what` it is for who never heard of it.

    `evidence` are whole sentences, `missing` parts of one.
    """

    number: int
    name: str
    state: Literal["done", "busy", "open"]
    what: str = ""
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepsText:
    """The sheet: the workshop's name, the day in words, and its steps."""

    title: str
    day: str
    steps: tuple[StepText, ...]


@dataclass(frozen=True)
class LightStep:
    """One step to write on: its number, its name, one plain sentence, and a question."""

    number: int
    name: str
    what: str
    ask: str


@dataclass(frozen=True)
class LightText:
    """The sheet to write on: the workshop's name, and its steps."""

    title: str
    steps: tuple[LightStep, ...]


_LONGEST: Final = 45
"""Signs of a workshop's name that fit on one line of the light sheet."""
_Room = tuple[bool, int, int, int]
"""Whether each step is explained, how many things there are told of it, how many missing ones, and signs of each."""
_ROOMS: Final[tuple[_Room, ...]] = (
    *((True, 9, 9, 600), (False, 9, 9, 600), (False, 3, 3, 160), (False, 2, 3, 120), (False, 2, 2, 90)),
    *((False, 1, 2, 90), (False, 1, 1, 90), (False, 1, 1, 70), (False, 0, 1, 70), (False, 0, 1, 45)),
)


def nine_steps(text: StepsText, *, imprint: Imprint, language: Language, cache: Path | None = None) -> Printed:
    """Return the steps on one A4. Raises `DoesNotFit` when even the least of each is too much."""
    for room in _ROOMS[:-1]:
        with suppress(DoesNotFit):
            return _with(room, text, imprint, language, cache)
    return _with(_ROOMS[-1], text, imprint, language, cache)


def light_steps(text: LightText, *, language: Language, cache: Path | None = None) -> Printed:
    """Return the steps to write on, on one A4."""
    title = _short(text.title, _LONGEST, language)
    html = filling.fill("nine_steps_light.html", lang=language, words=words(language), title=title, steps=text.steps)
    return _sheet(html, text.title, language, cache)


def _with(room: _Room, text: StepsText, imprint: Imprint, language: Language, cache: Path | None) -> Printed:
    """Return the steps with so much room for each. Raises `DoesNotFit`."""
    said = words(language)
    rows = [_row(one, room, said, language) for one in text.steps]
    plain = {"title": readable(text.title, language), "day": text.day}
    html = filling.fill("nine_steps.html", lang=language, words=said, text=plain, steps=rows, imprint=imprint)
    return _sheet(html, text.title, language, cache)


def _sheet(html: str, title: str, language: Language, cache: Path | None) -> Printed:
    """Return a sheet with the steps of the workshop of this title. Raises `DoesNotFit`."""
    kicker = words(language)["step_kicker"]
    face = shelf(cache).take(press.key("steps", html), partial(sheet_face, html, kicker))
    name = f"{kicker}: {title}"
    return Printed("nine-steps.pdf", written(load("report"), [Print(name, face)], title=name, language=language))


def sheet_face(html: str, title: str) -> Face:
    """Return a sheet laid out on its A4."""
    return press.compile_face(html, filling.style("steps"), title)


def _row(step: StepText, room: _Room, said: Words, language: Language) -> dict[str, Any]:
    explained, there, lacks, signs = room
    missing = "; ".join(_some(step.missing, lacks, signs, said, language))
    return {
        "number": step.number,
        "name": readable(step.name, language),
        "state": step.state,
        "what": step.what if explained else "",
        "there": " ".join(_short(one, signs, language) for one in step.evidence[:there]),
        "lacks": said("step_missing", what=missing) if missing else "",
    }


def _some(parts: Sequence[str], most: int, signs: int, said: Words, language: Language) -> Iterator[str]:
    """Yield so many things, and how many more there are."""
    yield from (_short(one, signs, language) for one in parts[:most])
    left = len(parts) - most
    if left > 0:
        yield said("step_more_one" if left == 1 else "step_more", count=left)


def _short(text: str, signs: int, language: Language) -> str:
    """Return a text in letters that we have, shortened at a word."""
    plain = readable(text, language)
    if len(plain) <= signs:
        return plain
    return (plain[: signs + 1].rpartition(" ")[0].rstrip(" .,;:") or plain[:signs]) + "…"
