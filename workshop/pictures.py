"""Photos from phones, made safe to keep and quick to load.

Only JPEG, PNG, WebP and HEIC; judged by their content, never by name. The size is read before anything
is unpacked, so a small file that unfolds into a giant is refused at once. What is kept is a new JPEG:
upright, at most 1600 px, without place, time, maker's note, comment or hidden second picture.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

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
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=82, progressive=True, optimize=True)
    return Cleaned(out.getvalue(), flat.width, flat.height)
