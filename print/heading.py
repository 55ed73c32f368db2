"""What stands above every sheet of one meeting, and how its pages are laid out: as many as the words need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from cards.card import Language
from print import filling, press
from print.face import Face, Slot
from print.formats import Flip, Format, impose, load
from print.letters import readable
from print.measures import LINE_HEIGHT, mm
from print.sheets import TWO_SIDED, Group, Print
from print.stamps import Stamp
from print.things import shelf
from print.words import words

_FOOT_PT: Final = 12.5
_FOOT_MM: Final = (16.0, 281.0, 178.0)  # from the left, from the top, wide


@dataclass(frozen=True)
class Heading:
    """A meeting in words: its name, its day, where it is and which workshop it is of; '' is not said.

    `leads` are the names of A and B, '' to write in. `edition` counts the run sheets that went to paper, from 1.
    """

    name: str
    day: str
    place: str = ""
    workshop: str = ""
    leads: tuple[str, str] = ("", "")
    edition: int = 1

    def plain(self, language: Language) -> Heading:
        """Return the same in letters that we have."""
        texts: dict[str, Any] = {
            name: readable(getattr(self, name), language) for name in ("name", "day", "place", "workshop")
        }
        return replace(self, **texts, leads=(readable(self.leads[0], language), readable(self.leads[1], language)))


def one_page(template: str, what: str, language: Language, cache: Path | None, **values: Any) -> Face:
    """Return a template of `faces/` as one page. Raises `DoesNotFit`."""
    html = filling.fill(template, lang=language, words=words(language), **values)
    return shelf(cache).take(press.key(template, html), partial(press.compile_face, html, filling.style("pack"), what))


def pages(template: str, what: str, language: Language, **values: Any) -> list[Face]:
    """Return a template of `faces/` as so many pages as it needs; kept nowhere, since ideas may stand in it."""
    html = filling.fill(template, lang=language, words=words(language), **values)
    return press.compile_pages(html, filling.style("pack"), what)


def footed(face: Face, line: str) -> Face:
    """Return the page with a line at its foot that is not read aloud."""
    left, top, width = _FOOT_MM
    slot = Slot(left, top, width, mm(_FOOT_PT * LINE_HEIGHT))
    drawing = Stamp("foot", text=line, left=True).drawn(slot, face.height)
    return replace(face, fonts={**face.fonts, "B": "Bold"}).decorated(drawing)


def bound(name: str, faces: Sequence[Face], stamps: tuple[Stamp, ...] = (), copies: int = 1) -> Group:
    """Return pages on both sides of their sheets, each copy on sheets of its own."""
    pairs = [(faces[at], faces[at + 1] if at + 1 < len(faces) else None) for at in range(0, len(faces), 2)]
    return load("recipe"), [Print(name, front, back, stamps, stamps) for front, back in pairs] * copies


def sides(groups: Sequence[Group], flip: Flip) -> int:
    """Return how many pages groups take in a pile for a two-sided printer, empty backs counted."""
    return sum(format_sides(form, len(some), flip) for form, some in groups)


def format_sides(form: Format, count: int, flip: Flip) -> int:
    """Return how many pages so many prints take on sheets of one format in such a pile."""
    return len(impose(form, count, flip)) * (1 if form.sides in TWO_SIDED else 2)
