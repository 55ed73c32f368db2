"""Pictures of cards as things a sheet can hold: a drawing as vectors, a photograph as JPEG."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cards.drawing import INK, PAPER, Drawing, read_drawing, tint
from cards.finding import Refusal
from print import outlines
from print.colours import rgb
from print.errors import PrintError
from print.face import Slot
from print.forms import Box
from print.measures import pt
from print.pdf import Name, Plain, Ref, Writer, jpeg_image, number, squeezed

PHOTO_PIXELS: Final = 1500
"""Longest side of a printed photograph: 300 dpi on the widest panel of an A5."""

PANEL: Final = 0.1
"""How much of the deck's colour is in the panel behind a drawing."""

_CORNER_MM: Final = 2.8
_PAD: Final = 0.06
_MOST: Final = 1.4
"""A panel is at most so much higher than its drawing: more would leave the drawing adrift."""
_BOX_MM: Final = 26.0


@dataclass(frozen=True)
class Picture:
    """One picture: its proportions (width by height) and the XObject that draws it in a unit square."""

    key: str
    ratio: float
    content: bytes
    facts: dict[str, Plain]

    @property
    def photo(self) -> bool:
        """Tell whether this is a photograph; else it is a drawing."""
        return "Filter" in self.facts

    def put(self, pdf: Writer) -> Ref:
        """Write the picture once."""
        write = pdf.plain_stream if self.photo else pdf.stream
        return write(self.content, self.facts)

    @property
    def name(self) -> str:
        """What a page calls it."""
        return f"P{self.key[:16]}"

    def placed(self, slot: Slot, height: float, colour: str) -> bytes:
        """Return operators that draw it in the middle of its slot on a face of `height` mm.

        A drawing in a large slot stands on a pale panel; in a small one it stands alone.
        """
        on_panel = not self.photo and slot.width >= _BOX_MM
        if on_panel:
            slot = _lowered(slot, slot.width / self.ratio * _MOST)
        ground = Box(slot.x, slot.y, slot.width, slot.height)
        panel = outlines.panel(ground, height, tint(colour, PANEL), _CORNER_MM) if on_panel else b""
        pad = slot.height * _PAD if panel else 0.0
        wide = min(slot.width - 2 * pad, (slot.height - 2 * pad) * self.ratio)
        tall = wide / self.ratio
        left = pt(slot.x + (slot.width - wide) / 2)
        bottom = pt(height - slot.y - (slot.height + tall) / 2)
        matrix = b" ".join(number(part) for part in (pt(wide), 0.0, 0.0, pt(tall), left, bottom))
        return b"%s q %s cm /%s Do Q" % (panel, matrix, self.name.encode())


def _lowered(slot: Slot, most: float) -> Slot:
    """Return the slot, at most so many mm high, standing on the foot of the card."""
    tall = min(slot.height, most)
    return Slot(slot.x, slot.y + slot.height - tall, slot.width, tall)


@lru_cache(maxsize=256)
def picture(data: bytes, colour: str, longest: int = PHOTO_PIXELS) -> Picture:
    """Return a picture ready for paper: an SVG drawing in the colour of its deck, or a JPEG or PNG photograph.

    A photograph keeps at most `longest` px on its longest side.

    Raises `PrintError` when it is neither.
    """
    if data[:2] == b"\xff\xd8" or data[:4] == b"\x89PNG":
        return _photo(data, longest)
    try:
        drawing = read_drawing(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise PrintError("The picture is no drawing and no photo. Save it as SVG, JPEG or PNG.") from error
    except Refusal as refusal:
        raise PrintError(f"The picture cannot be printed: {refusal.what}. {refusal.cure}") from refusal
    return Picture(
        hashlib.sha256(data + colour.encode()).hexdigest(),
        drawing.width / drawing.height,
        squeezed(operators(drawing, colour)),
        {"Type": Name("XObject"), "Subtype": Name("Form"), "BBox": [0, 0, 1, 1], "Resources": {}},
    )


def operators(drawing: Drawing, colour: str) -> bytes:
    """Return PDF operators of a drawing in a unit square, the origin at the bottom left."""
    tones = {"ink": INK, "paper": PAPER, "deck": colour, "tint": tint(colour)}
    wide, tall = drawing.width, drawing.height
    drawn = [b"1 J 1 j %.8f 0 0 %.8f 0 1 cm" % (1 / wide, -1 / tall)]
    for shape in drawing.shapes:
        path = b" ".join(
            b"".join(number(round(part, 2)) + b" " for point in points for part in point) + _VERBS[step]
            for step, points in shape.steps
        )
        if shape.fill:
            drawn.append(b" ".join(number(part) for part in rgb(tones[shape.fill])) + b" rg")
        if shape.stroke:
            drawn.append(b" ".join(number(part) for part in rgb(tones[shape.stroke])) + b" RG")
            drawn.append(number(round(shape.width, 2)) + b" w")
        drawn.append(path + b" " + _PAINTED[bool(shape.fill), bool(shape.stroke)])
    return b"\n".join(drawn)


_VERBS: Final = {"M": b"m", "L": b"l", "C": b"c", "Z": b"h"}
_PAINTED: Final = {(True, True): b"B", (True, False): b"f", (False, True): b"S", (False, False): b"n"}


def _photo(data: bytes, longest: int) -> Picture:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
            opened.draft("RGB", (longest, longest))
            image = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise PrintError("The photo cannot be read. Save it again as JPEG or PNG.") from error
    flat = Image.new("RGB", image.size, PAPER)
    flat.paste(image, mask=image.getchannel("A"))
    flat.thumbnail((longest, longest))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=85)
    facts = jpeg_image(flat.width, flat.height, "DeviceRGB")
    key = hashlib.sha256(data + b"%d" % longest).hexdigest()
    return Picture(key, flat.width / flat.height, out.getvalue(), facts)
