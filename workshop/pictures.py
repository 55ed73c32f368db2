"""Photos from phones, made safe to keep and quick to load.

Only JPEG, PNG, WebP and HEIC; judged by their content, never by name. The size is read before anything
is unpacked, so a small file that unfolds into a giant is refused at once. What is kept is a new JPEG:
upright, at most 1600 px, without place, time, maker's note, comment or hidden second picture.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

from workshop.errors import Refused

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_BROKEN = (  # what Pillow and its decoders raise for files that are not as they should be
    *(OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, RuntimeError, struct.error),
)


@dataclass(frozen=True)
class Cleaned:
    """A picture that may be kept: JPEG bytes and its size in px."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Stroke:
    """A stroke of a brush: its width as a share of the picture's width, its points as shares of width and height."""

    width: float
    points: tuple[tuple[float, float], ...]


Box = tuple[float, float, float, float]
"""Left, top, width and height of a box, as shares of a picture's width and height."""


def ready() -> None:
    """Load the decoders, so that the first photo of the day is as quick as the others."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)


def clean(data: bytes) -> Cleaned:
    """Return a safe copy of a photo. Raises `Refused`: `photo_big`, `photo_odd`.

    Run it in a child process (`apart.Apart`): decoders are where hostile pictures bite.
    """
    ready()
    if len(data) > MOST_BYTES:
        raise Refused("photo_big")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise Refused("photo_big")
            image.draft("RGB", (SIDE, SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((SIDE, SIDE))
            flat = Image.new("RGB", upright.size, "white")
            flat.paste(upright, mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("photo_big") from None
    except _BROKEN:
        raise Refused("photo_odd") from None
    return _kept(flat)


def painted(jpeg: bytes, strokes: Sequence[Stroke], boxes: Sequence[Box]) -> Cleaned:
    """Return a stored picture with these brush strokes and boxes painted black, so that nothing of it is left there.

    Raises `Refused('photo_odd')`. Run it in a child process too.
    """
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
            flat = opened.convert("RGB")
    except _BROKEN:
        raise Refused("photo_odd") from None
    flat.info.clear()
    draw, (wide, high) = ImageDraw.Draw(flat), flat.size
    for stroke in strokes:
        half = max(1.0, stroke.width * wide / 2)
        points = [(x * wide, y * high) for x, y in stroke.points]
        draw.line(points, "black", round(half * 2), joint="curve")
        for x, y in points:
            draw.ellipse((x - half, y - half, x + half, y + half), "black")
    for x, y, across, down in boxes:
        draw.rectangle((x * wide, y * high, (x + across) * wide, (y + down) * high), "black")
    return _kept(flat)


def _kept(flat: Image.Image) -> Cleaned:
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=82, progressive=True, optimize=True)
    return Cleaned(out.getvalue(), flat.width, flat.height)
