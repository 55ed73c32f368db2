"""What goes on a face after it was laid out: the deck's mark, the QR, the number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from print import shapes
from print.colours import rgb
from print.face import Slot
from print.marks import Symbol, module_mm
from print.measures import LINE_HEIGHT, QUIET_MODULES, pt
from print.pdf import Raw, number
from print.pictures import Picture
from print.typeface import typeface


@dataclass(frozen=True, slots=True)
class Stamp:
    """One thing to stamp in the slot of this name.

    `code` is a QR, `beside` the part of it that the face shows already, `text` one bold line in its middle
    or from its `left`, `mark` a shape in `colour`, `picture` a drawing on a panel of that colour. `alt` says
    what a QR or picture is to somebody who does not see it.
    """

    slot: str
    code: Symbol | None = None
    beside: Symbol | None = None
    text: str = ""
    left: bool = False
    mark: str = ""
    picture: Picture | None = None
    colour: str = "#ffffff"
    alt: str = ""

    @property
    def role(self) -> str:
        """What it is in the reading order; decoration has no role."""
        return "Figure" if self.code or self.picture else "P" if self.text else ""

    def drawn(self, slot: Slot, height: float) -> bytes:
        """Return PDF operators on a face of `height` mm; black for codes and numbers."""
        if self.picture:
            return self.picture.placed(slot, height, self.colour)
        left, bottom = pt(slot.x), pt(height - slot.y - slot.height)
        if self.mark:
            tone = b" ".join(number(part) for part in rgb(self.colour))
            side = min(slot.width, slot.height)
            middle = left + pt(slot.width - side) / 2
            where = _matrix(pt(side), pt(side), middle, bottom + pt(slot.height - side) / 2)
            return b"%s rg q %s cm %s f Q" % (tone, where, shapes.path(self.mark))
        if self.code:
            return code_in(slot, height, self.code, _path(self.code, self.beside))
        face = typeface("Bold")
        size = round(pt(slot.height) / LINE_HEIGHT, 1)
        baseline = round(bottom - face.descent * size / 1000, 2)
        spare = 0.0 if self.left else pt(slot.width) - face.width(self.text, size)
        left = round(left + spare / 2, 2)
        return b"0 g BT /B %s Tf %s %s Td %s Tj ET" % (
            number(size), number(left), number(baseline), face.encoded(self.text)
        )  # fmt: skip


def code_in(slot: Slot, height: float, code: Symbol, path: bytes) -> bytes:
    """Return operators that draw the path of a QR in its slot, with its quiet zone around it, in black.

    Raises `MarkTooFine` when its modules would be too small to read.
    """
    side = min(slot.width, slot.height)
    module = pt(module_mm(code.modules, side))
    left, bottom = pt(slot.x) + QUIET_MODULES * module, pt(height - slot.y - side) + QUIET_MODULES * module
    return b"0 g q %s cm\n%sf Q" % (_matrix(module, module, left, bottom), path)


@lru_cache(maxsize=512)
def _path(code: Symbol, beside: Symbol | None) -> bytes:
    return (code.without(beside) if beside else code).path()


def _matrix(width: float, height: float, left: float, bottom: float) -> Raw:
    return Raw(b"%s 0 0 %s %s %s" % (number(width), number(height), number(left), number(bottom)))
