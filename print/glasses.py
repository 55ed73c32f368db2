"""“Andere bril” on paper: one idea, laid before a side that has not seen it, with room to write and the card's code.

What is written comes back to the idea: by phone through the code, or by hand through a facilitator. A4, 14 pt or
more; a long idea goes on to a next sheet and is never cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cards.card import Language
from print import filling, press
from print.face import Face
from print.formats import load
from print.imprint import Door, Imprint, check_address
from print.letters import readable
from print.marks import address, symbol
from print.numbers import shown
from print.sheets import Print
from print.stamps import Stamp
from print.things import Printed, written
from print.words import words

LINES: Final = 9
"""Lines to write on, 11 mm apart."""


@dataclass(frozen=True)
class GlassesText:
    """An idea as it stands now, its number aloud, and for which side it is printed."""

    nr: int
    words: str
    side: str


def glasses(text: GlassesText, door: Door, *, imprint: Imprint, language: Language) -> Printed:
    """Return the sheet; `door` is that of the idea's card. Raises `PrintError` for an address not to be printed."""
    check_address(imprint)
    said = words(language)
    html = filling.fill(
        "glasses.html",
        lang=language,
        words=said,
        imprint=imprint,
        nr=text.nr,
        idea=readable(text.words, language) or said["glasses_drawn"],
        side=readable(text.side, language),
        lines=range(LINES),
        help=filling.help_line(imprint, said),
    )
    faces = press.compile_pages(html, filling.style("balance"), said["glasses_title"])
    alt = said("glasses_alt", nr=text.nr, site=imprint.site)
    code = Stamp("slot-qr", code=symbol(address(imprint.base, door.number, door.key)), alt=alt)
    stamps = (code, Stamp("slot-number", text=shown(door.number)))
    prints = [Print(said["glasses_title"], face, on_front=_here(face, stamps)) for face in faces]
    return Printed("glasses.pdf", written(load("sheet"), prints, title=said["glasses_title"], language=language))


def _here(face: Face, stamps: tuple[Stamp, ...]) -> tuple[Stamp, ...]:
    return tuple(one for one in stamps if one.slot in face.slots)
