"""Name badges, ten on a sheet: the first name as large as it will go, never under 36 pt, or a line to write on.

Names are laid out and forgotten: nothing of them is kept in memory or on disk.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cards.card import Language
from print import filling, press
from print.errors import PrintError
from print.face import Face
from print.formats import load
from print.heading import one_page
from print.letters import readable
from print.measures import mm
from print.sheets import Group, Print
from print.things import Printed, written
from print.typeface import typeface
from print.words import words

ON_A_SHEET: Final = 10
SIZES: Final = (48, 45, 42, 39, 36)
"""pt; the first in which a name fits on one line is taken, and the last when it needs more lines."""
_WIDE_MM: Final = 84.0
_MIDDLE_MM: Final = {1: 27.5, 2: 25.5}
"""Where the middle of a name of so many lines is, from the top of the badge."""
_LINE: Final = 1.08
_MOST_LINES: Final = 2


@dataclass(frozen=True)
class Badge:
    """Somebody's first name, and from which side they look ('' is not said)."""

    name: str
    side: str = ""


def badges(given: Sequence[Badge], *, workshop: str, language: Language) -> Printed:
    """Return badges with names. Raises `PrintError` when there are none, or for a name of more than two lines."""
    title = words(language)["badge_title"]
    form, prints = badge_group(given, 0, workshop=workshop, language=language)
    if not prints:
        raise PrintError("There are no names. Type one on each line.")
    return Printed("badges.pdf", written(form, prints, title=title, language=language))


def badge_group(
    given: Sequence[Badge], blank: int, *, workshop: str, language: Language, cache: Path | None = None
) -> Group:
    """Return badges with names, and after them so many to write on. Raises as `badges` does."""
    said = words(language)
    above = readable(workshop, language)
    prints = [Print(said["badge_title"], _named(one, above, language)) for one in given if one.name.strip()]
    if blank:
        face = one_page("badge.html", said["badge_title"], language, cache, workshop=above, lines=(), side="")
        prints += [Print(said["badge_title"], face)] * blank
    return load("badges"), prints


def whole_sheets(people: int) -> int:
    """Return how many blank badges fill the sheets that so many people need."""
    return math.ceil(people / ON_A_SHEET) * ON_A_SHEET


def _named(one: Badge, workshop: str, language: Language) -> Face:
    name = " ".join(readable(one.name, language).split())
    points, lines = fitted(name)
    html = filling.fill(
        "badge.html",
        lang=language,
        words=words(language),
        workshop=workshop,
        lines=lines,
        points=points,
        top=round(_MIDDLE_MM[len(lines)] - mm(points * _LINE * len(lines)) / 2, 2),
        side=readable(one.side, language),
    )
    return press.compile_face(html, filling.style("pack"), words(language)["badge_title"])


def fitted(name: str) -> tuple[int, list[str]]:
    """Return a name in lines, and in how many pt: one line when it fits, else two of the smallest size.

    A word that is too wide for a line goes on after a hyphen. Raises `PrintError` for more than two lines.
    """
    for points in SIZES:
        if _width(name, points) <= _WIDE_MM:
            return points, [name]
    least = SIZES[-1]
    lines = [""]
    for word in name.replace("-", "- ").split():
        joined = f"{lines[-1]}{'' if not lines[-1] or lines[-1].endswith('-') else ' '}{word}"
        if _width(joined, least) <= _WIDE_MM:
            lines[-1] = joined
        else:
            lines += _broken(word, least)
    filled = [line for line in lines if line]
    if len(filled) > _MOST_LINES:
        raise PrintError(f"“{name}” is too long for a badge. Write only the first name. Nothing was printed.")
    return least, filled


def _broken(word: str, points: int) -> list[str]:
    """Return a word in pieces that each fit on a line."""
    pieces, rest = [], word
    while _width(rest, points) > _WIDE_MM:
        most = max(count for count in range(1, len(rest)) if _width(f"{rest[:count]}-", points) <= _WIDE_MM)
        pieces.append(f"{rest[:most]}-")
        rest = rest[most:]
    return [*pieces, rest]


def _width(text: str, points: int) -> float:
    """Return how wide one line of a name is, in mm."""
    return mm(typeface("Bold").width(text, points))
