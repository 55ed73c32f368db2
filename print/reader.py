"""Pixels: the only module that knows how to draw a PDF and how to read a QR."""

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


def _read(grey: Image.Image) -> list[tuple[tuple[int, int], str]]:
    results: list[Any] = zxingcpp.read_barcodes(np.asarray(grey), formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return [((one.position.top_left.y, one.position.top_left.x), one.text) for one in results]
