"""The table plan: which sides sit together, each with a shape and its name, never a person's name.

On A4, 14 pt or more; what needs more room goes on to a next sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cards.card import Language
from print import filling, press
from print.face import Face
from print.formats import load
from print.imprint import Imprint
from print.letters import readable
from print.sheets import Print
from print.stamps import Stamp
from print.things import Printed, written
from print.words import Words, words

SHAPES: Final = ("circle", "square", "triangle", "diamond", "plus", "bars", "rings", "hand", "pencil", "cycle")
"""The shapes of sides, in their order; from the eleventh side on they start again, and the name tells."""
COLOURS: Final = ("#0f4a5a", "#7a2e1d", "#33521f", "#5b2a6e", "#6b4a00")
"""Dark enough to stay apart from white in a grey copy; the shape tells as much."""


@dataclass(frozen=True)
class Places:
    """Groups that are alike: the numbers of their places, and the names of the sides in each."""

    numbers: tuple[int, ...]
    sides: tuple[str, ...]


def pairing(places: Sequence[Places], *, size: int, meeting: str, imprint: Imprint, language: Language) -> Printed:
    """Return the table plan for pairs (`size` 2) or threes (3) of a `meeting` that is named in words."""
    said = words(language)
    title = said[f"pairing_title_{size}"]
    names = list(dict.fromkeys(side for one in places for side in one.sides))
    rows = [_row(at, one, said, language) for at, one in enumerate(places)]
    html = filling.fill(
        "pairing.html",
        lang=language,
        words=said,
        title=title,
        rows=rows,
        imprint=imprint,
        meeting=readable(meeting, language),
    )
    shapes = {
        f"slot-{at}-{nr}": names.index(name) for at, one in enumerate(places) for nr, name in enumerate(one.sides)
    }
    faces = press.compile_pages(html, filling.style("balance"), title)
    prints = [Print(title, face, on_front=_stamps(face, shapes)) for face in faces]
    return Printed("pairing.pdf", written(load("sheet"), prints, title=title, language=language))


def _row(at: int, one: Places, said: Words, language: Language) -> dict[str, Any]:
    """Return groups that are alike as the face shows them; the slot of each side is named after its place."""
    alone = "_one" if len(one.numbers) == 1 else ""
    return {
        "title": said(f"pairing_{len(one.sides)}{alone}", count=len(one.numbers)),
        "numbers": said(f"pairing_places{alone}", numbers=_list(one.numbers, said["pairing_and"])),
        "sides": [{"name": readable(name, language), "slot": f"{at}-{nr}"} for nr, name in enumerate(one.sides)],
    }


def _stamps(face: Face, shapes: dict[str, int]) -> tuple[Stamp, ...]:
    return tuple(
        Stamp(slot, mark=SHAPES[nr % len(SHAPES)], colour=COLOURS[nr % len(COLOURS)])
        for slot, nr in shapes.items()
        if slot in face.slots
    )


def _list(numbers: Sequence[int], last: str) -> str:
    *most, end = map(str, numbers)
    return f"{', '.join(most)} {last} {end}" if most else end
