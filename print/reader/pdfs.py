"""Pages out of a PDF. A page that is one scanned picture gives that picture itself; others are drawn.

Taking the picture out is ten times cheaper than drawing it, and loses nothing. Pages of strips, masks or
layers, and pages with print of their own, are drawn at 200 dpi.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
from pathlib import Path
from typing import Any, Final

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from print.measures import mm
from print.reader import intake
from print.reader.intake import Page, PageError, Pixels, UnreadableFile

MOST_MM: Final = 1300.0
DRAWN_DPI: Final = 200
DRAWN_PIXELS: Final = 40_000_000
COVERED: Final = 0.95  # of the page, by its one picture
MOST_OBJECTS: Final = 5000  # looked at to find one picture


class PdfPages:
    """The pages of a PDF."""

    def __init__(self, data: bytes | Path) -> None:
        try:
            self._document = pypdfium2.PdfDocument(data)
            count = len(self._document)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            raise UnreadableFile("password" if code == pdfium.FPDF_ERR_PASSWORD else "broken") from None
        if count > intake.MOST_PAGES:
            self.close()
            raise UnreadableFile("too_many_pages")
        if count < 1:
            self.close()
            raise UnreadableFile("broken")

    def __len__(self) -> int:
        return len(self._document)

    def page(self, at: int) -> Page:
        """Return a page."""
        page = None
        try:
            page = self._document[at]
            width, height = page.get_size()
            if max(mm(width), mm(height)) > MOST_MM:
                raise PageError("page_large", at)
            scan = _only_picture(page)
            found = _taken(scan, page, at) if scan else None
            return found or _drawn(page, at)
        except pypdfium2.PdfiumError as error:
            raise PageError("broken", at) from error
        finally:
            if page is not None:
                page.close()

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()


def _only_picture(page: Any) -> Any:
    """Return the one picture that is the whole page, upright; invisible text may lie over it. Else None."""
    picture = None
    objects = pdfium.FPDFPage_CountObjects(page)
    if not 0 < objects < MOST_OBJECTS or pdfium.FPDFPage_GetAnnotCount(page):
        return None
    for one in page.get_objects(max_depth=1):
        if one.type == pdfium.FPDF_PAGEOBJ_TEXT:
            if pdfium.FPDFTextObj_GetTextRenderMode(one) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
                return None
        elif one.type != pdfium.FPDF_PAGEOBJ_IMAGE or picture is not None:
            return None
        else:
            picture = one
    if picture is None or pdfium.FPDFPageObj_HasTransparency(picture):
        return None
    a, b, c, d = picture.get_matrix().get()[:4]
    if a <= 0 or d <= 0 or abs(b) + abs(c) > 1e-3 * (a + d):
        return None
    left, bottom, right, top = page.get_mediabox()
    box = picture.get_bounds()
    seen = (min(box[2], right) - max(box[0], left)) * (min(box[3], top) - max(box[1], bottom))
    whole = (right - left) * (top - bottom)
    fits = seen >= COVERED * whole and a * d <= 1.05 * whole and page.get_cropbox() == page.get_mediabox()
    return picture if fits else None


def _taken(picture: Any, page: Any, at: int) -> Page | None:
    """Return the page's own picture, or None when only drawing tells how it looks."""
    across, down = picture.get_px_size()
    if across * down > intake.MOST_PIXELS:
        raise PageError("too_many_pixels", at)
    dpi = across / (picture.get_matrix().get()[0] / 72)
    dpi = dpi if dpi >= 100 else 0.0
    turns = -(page.get_rotation() // 90)
    if picture.get_filters() == ["DCTDecode"]:
        data = bytes(picture.get_data(decode_simple=False))
        with contextlib.suppress(*intake.BROKEN), Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            if image.size == (across, down) and image.mode in ("L", "RGB"):
                image.getexif().clear()
                return intake.opened(image, at, dpi).turned(turns)
        return None
    about = picture.get_metadata()
    if about.bits_per_pixel == 1 and about.colorspace == pdfium.FPDF_COLORSPACE_UNKNOWN:
        return None
    pixels = _pixels(picture.get_bitmap())
    bitonal = about.bits_per_pixel == 1 or intake.two_toned(pixels)
    smaller = intake.shrinking(across * down, dpi)
    return Page(at, intake.shrunk(pixels, smaller), dpi / smaller, False, bitonal).turned(turns)


def _drawn(page: Any, at: int) -> Page:
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        across, down = ctypes.c_uint(), ctypes.c_uint()
        pdfium.FPDFImageObj_GetImagePixelSize(one, across, down)
        if across.value * down.value > intake.MOST_PIXELS:
            raise PageError("too_many_pixels", at)
    width, height = page.get_size()
    scale = min(DRAWN_DPI / 72, (DRAWN_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale)
    try:
        pixels = _pixels(bitmap)
    finally:
        bitmap.close()
    return Page(at, pixels, 72 * scale, False, intake.two_toned(pixels))


def _pixels(bitmap: Any) -> Pixels:
    """Return a bitmap's pixels as grey or BGR, in memory of their own."""
    values: Pixels = bitmap.to_numpy()
    if values.ndim == 2 or values.shape[2] == 1:
        return np.array(values.reshape(values.shape[:2]))
    ordered = values[:, :, :3]
    return np.ascontiguousarray(ordered[:, :, ::-1] if bitmap.mode.startswith("RGB") else ordered)
