"""The learning zone of a group on one A4: how the buttons lay, what changed since the first time, and the rule.

Only counts of a whole group come in here. When there are more meetings than fit, the oldest are left out and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from cards.card import Language
from print import filling, press, ring_drawing
from print.errors import DoesNotFit
from print.face import Face
from print.formats import load
from print.imprint import Imprint
from print.letters import readable
from print.ring_drawing import RINGS
from print.sheets import Print
from print.things import Printed, shelf, written
from print.words import Words, words

NAMES: Final = ("known", "learning", "too_much")
"""The rings from the inside out."""
_HALF_MM: Final = 47.0
"""The radius of the outer ring."""

Counts = tuple[int, int, int]


@dataclass(frozen=True)
class Lay:
    """How the buttons lay in one meeting: known, new, too much. `when` is in words."""

    when: str
    counts: Counts


@dataclass(frozen=True)
class ZoneText:
    """The meetings by date, one at least; `sides` are changes of one side: its name, the first time and the last."""

    meetings: tuple[Lay, ...]
    sides: tuple[tuple[str, Counts, Counts], ...] = ()


def zone(text: ZoneText, *, imprint: Imprint, language: Language, cache: Path | None = None) -> Printed:
    """Return the sheet. Raises `DoesNotFit` when it is too much even without any earlier meeting."""
    said = words(language)
    least = 1 if len(text.meetings) > 1 else 0
    for count in range(len(text.meetings) if least else 0, least - 1, -1):
        html = _html(text, count, imprint, language, said)
        try:
            face = shelf(cache).take(press.key("zone", html), partial(_laid, html, said["zone_title"]))
        except DoesNotFit:
            if count == least:
                raise
            continue
        title = said["zone_title"]
        return Printed(
            f"{said['zone_file']}.pdf", written(load("report"), [Print(title, face)], title=title, language=language)
        )
    raise AssertionError("range is never empty")


def changed(first: Counts, last: Counts, language: Language) -> str:
    """Return what changed in the outer ring, or in the inner one when nobody lay outside, in one sentence."""
    said = words(language)
    ring = 2 if first[2] or last[2] else 0
    return said(
        "zone_change",
        ring=said[f"zone_in_{NAMES[ring]}"],
        first=first[ring],
        first_total=sum(first),
        last=last[ring],
        last_total=sum(last),
    )


def _html(text: ZoneText, rows: int, imprint: Imprint, language: Language, said: Words) -> str:
    last = text.meetings[-1]
    shown = text.meetings[len(text.meetings) - rows :]
    sentences = [changed(text.meetings[0].counts, last.counts, language)] if len(text.meetings) > 1 else []
    sentences += [
        f"{_upper(readable(name, language))}: {_lower(changed(one, two, language))}" for name, one, two in text.sides
    ]
    return filling.fill(
        "zone.html",
        lang=language,
        words=said,
        workshop=readable(imprint.workshop, language),
        heading=readable(last.when, language),
        lie=[
            {"where": said[f"zone_{name}"], "count": _buttons(count, said)}
            for name, count in zip(NAMES, last.counts, strict=True)
        ],
        said=sentences,
        rows=[{"when": readable(one.when, language), "counts": one.counts} for one in reversed(shown)],
        left=len(text.meetings) - rows if rows else 0,
        **_drawn(last.counts),
    )


def _drawn(counts: Counts) -> dict[str, Any]:
    """Return the rings, the largest first, and the buttons on them, in mm."""
    size = ring_drawing.radius(counts) * _HALF_MM
    rings = [{"left": _mm(_HALF_MM * (1 - ring)), "width": _mm(2 * _HALF_MM * ring)} for ring in reversed(RINGS)]
    placed = [
        {"left": _mm(_HALF_MM * (1 + one.x) - size), "top": _mm(_HALF_MM * (1 + one.y) - size)}
        for one in ring_drawing.buttons(counts)
    ]
    return {"rings": rings, "buttons": placed, "width": _mm(2 * size)}


def _buttons(count: int, said: Words) -> str:
    return said("zone_buttons_one" if count == 1 else "zone_buttons", count=count)


def _laid(html: str, title: str) -> Face:
    return press.compile_face(html, filling.style("safety"), title)


def _mm(length: float) -> str:
    return f"{length:.2f}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
