"""Two sheets of A4 in 16 pt for at home: the invitation to a meeting, and the planner with all meetings for the fridge.

What does not fit is left out from the end and said in words; nothing is shrunk.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from cards.card import Language
from print import filling, press
from print.errors import DoesNotFit
from print.face import Face
from print.formats import load
from print.imprint import Imprint
from print.letters import readable
from print.report import Told, quoted
from print.sheets import Print
from print.things import Printed, shelf, written
from print.words import words

_SIGNS: Final = 80
_DECISIONS: Final = 3


@dataclass(frozen=True)
class InvitationText:
    """An invitation. `day` and `hours` are in words, `hours`, `place` and `route` may be ''.

    `ideas` and `answered` count those of last time, None when there was none; `chosen` is what was decided on some.
    """

    about: str
    day: str
    hours: str = ""
    place: str = ""
    route: str = ""
    ideas: int | None = None
    answered: int = 0
    chosen: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Day:
    """A meeting on the planner: its day in words, and the rest: “13:30–15:30, De Linde”."""

    day: str
    rest: str = ""


def invitation(text: InvitationText, *, imprint: Imprint, language: Language, cache: Path | None = None) -> Printed:
    """Return the invitation on one A4. Raises `DoesNotFit` when it is too much without any decision."""
    said = words(language)
    plain = {name: readable(getattr(text, name), language) for name in ("about", "day", "hours", "place", "route")}
    told = [replace(one, words=readable(one.words, language)) for one in text.chosen if one.decision][:_DECISIONS]

    def lines(count: int) -> dict[str, Any]:
        chosen = [
            {
                "label": said[f"answer_decision_{one.decision.kind}"],
                "idea": quoted(one, _SIGNS, said),
                "why": readable(one.decision.reason, language) if one.decision.kind == "not_now" else "",
            }
            for one in told[:count]
            if one.decision
        ]
        return {"text": plain, "ideas": text.ideas, "answered": text.answered, "chosen": chosen}

    face = _fullest("invitation", len(told), lines, imprint, language, cache)
    return _sheet("invitation.pdf", said["invitation_title"], face, language)


def planner(days: tuple[Day, ...], *, imprint: Imprint, language: Language, cache: Path | None = None) -> Printed:
    """Return all meetings on one A4 for the fridge; those that do not fit are counted below."""
    plain = [Day(readable(one.day, language), readable(one.rest, language)) for one in days]

    def lines(count: int) -> dict[str, Any]:
        return {"days": plain[:count], "left": len(plain) - count}

    face = _fullest("planner", len(plain), lines, imprint, language, cache)
    return _sheet("planner.pdf", words(language)["planner_title"], face, language)


def _fullest(name: str, most: int, lines: Any, imprint: Imprint, language: Language, cache: Path | None) -> Face:
    """Return the face with as many lines as fit."""
    said = words(language)
    key = "answer_call" if imprint.contact_name else "answer_call_phone"
    call = said(key, name=imprint.contact_name, phone=imprint.contact_phone) if imprint.contact_phone else ""
    for count in range(most, -1, -1):
        html = filling.fill(f"{name}.html", lang=language, words=said, imprint=imprint, call=call, **lines(count))
        try:
            return shelf(cache).take(press.key("report", html), partial(_laid, html, said[f"{name}_title"]))
        except DoesNotFit:
            if count == 0:
                raise
    raise AssertionError("range is never empty")


def _laid(html: str, title: str) -> Face:
    return press.compile_face(html, filling.style("report"), title)


def _sheet(file: str, title: str, face: Face, language: Language) -> Printed:
    return Printed(file, written(load("report"), [Print(title, face)], title=title, language=language))
