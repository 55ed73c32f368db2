"""Pictures of paper to look at: the small one in a tray, a page as somebody turned it, a card as it was scanned.

They are made from the JPEGs we made ourselves while reading, never from what strangers sent.
"""

from __future__ import annotations

import io

from PIL import Image

SMALL = 320
"""Longest side in px of a picture in a tray."""


def page(jpeg: bytes, turned: int, *, small: bool = False) -> bytes:
    """Return the picture of a page as JPEG, turned to the right by so many degrees (0, 90, 180, 270)."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
        if small:
            opened.draft("RGB", (SMALL, SMALL))
        image = opened.convert("RGB")
    if small:
        image.thumbnail((SMALL, SMALL))
    return _jpeg(image.rotate(-turned, expand=True) if turned else image)


def as_scanned(jpeg: bytes, width: int, corners: tuple[tuple[float, float], ...]) -> bytes:
    """Return the upright rectangle around a card as it was scanned, as JPEG.

    `width` is that of the page in px when it was read, `corners` are px of that page.
    """
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
        image = opened.convert("RGB")
    scale = image.width / (width or image.width)
    xs, ys = ([point[axis] * scale for point in corners] for axis in (0, 1))
    edges = max(0, int(min(xs))), max(0, int(min(ys))), min(image.width, int(max(xs))), min(image.height, int(max(ys)))
    if edges[2] - edges[0] > 8 and edges[3] - edges[1] > 8:
        image = image.crop(edges)
    return _jpeg(image)


def size(jpeg: bytes) -> tuple[int, int]:
    """Return the width and height of a JPEG in px."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
        return image.size


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
