"""Looking at our own print: draws a PDF, reads the QR in a picture."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image


def picture(pdf: bytes, page: int = 0, dpi: int = 150) -> bytes:
    """Return one page of a PDF as PNG; pages count from 0."""
    out = io.BytesIO()
    raster(pdf, page, dpi).save(out, "PNG")
    return out.getvalue()


def raster(pdf: bytes, page: int = 0, dpi: int = 150) -> Image.Image:
    """Return one page of a PDF as an RGB image."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[page].render(scale=dpi / 72).to_pil()
        return image.convert("RGB")
    finally:
        document.close()


def codes(image: bytes | Image.Image) -> list[str]:
    """Return the text of every QR in a picture, from the top; tries again at half and double size."""
    opened = Image.open(io.BytesIO(image)) if isinstance(image, bytes) else image
    grey = opened.convert("L")
    found = _read(grey)
    if not found:
        found = _read(grey.reduce(2)) or _read(grey.resize((grey.width * 2, grey.height * 2)))
    return [text for _, text in sorted(found)]


def places(image: Image.Image) -> list[tuple[int, int, int, int]]:
    """Return where every QR in a picture lies: left, top, right and bottom in px, from the top."""
    found = []
    for one in _results(image.convert("L")):
        corners = (one.position.top_left, one.position.top_right, one.position.bottom_left, one.position.bottom_right)
        xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
        found.append((min(xs), min(ys), max(xs), max(ys)))
    return sorted(found, key=lambda box: (box[1], box[0]))


def _read(grey: Image.Image) -> list[tuple[tuple[int, int], str]]:
    return [((one.position.top_left.y, one.position.top_left.x), one.text) for one in _results(grey)]


def _results(grey: Image.Image) -> list[Any]:
    return list(zxingcpp.read_barcodes(np.asarray(grey), formats=zxingcpp.barcode_formats_from_str("QRCode")))
