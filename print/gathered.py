"""Pictures that are there already, gathered in one PDF: a page for each, its bytes as they are.

Nothing is decoded and one picture at a time is in memory, so a thick pile costs no more than one page.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO

from print.errors import PrintError
from print.pdf import Name, Plain, Ref, Writer, jpeg_image, squeezed

_COLOURS = {"L": "DeviceGray", "RGB": "DeviceRGB"}


def gathered(pictures: Iterable[bytes], out: BinaryIO) -> int:
    """Write a PDF with each of these JPEGs on a page of its own, one pt for each px; return how many pages it has.

    Raises `PrintError` for what is no JPEG in grey or colour.
    """
    pdf = Writer(out)
    pages = pdf.reserve()
    kids = [_page(pdf, pages, jpeg) for jpeg in pictures]
    pdf.put({"Type": Name("Pages"), "Kids": kids, "Count": len(kids)}, pages)
    pdf.finish(pdf.put({"Type": Name("Catalog"), "Pages": pages}), pdf.put({}))
    return len(kids)


def _page(pdf: Writer, pages: Ref, jpeg: bytes) -> Ref:
    facts = _facts(jpeg)
    wide, tall = facts["Width"], facts["Height"]
    return pdf.put(
        {
            "Type": Name("Page"),
            "Parent": pages,
            "MediaBox": [0, 0, wide, tall],
            "Resources": {"XObject": {"P": pdf.plain_stream(jpeg, facts)}},
            "Contents": pdf.stream(squeezed(b"%d 0 0 %d 0 0 cm /P Do" % (wide, tall))),
        }
    )


def _facts(jpeg: bytes) -> dict[str, Plain]:
    """Return what a PDF must know of a JPEG, from its first lines."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
            (wide, tall), colours = image.size, _COLOURS.get(image.mode)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise PrintError("The picture is no JPEG.") from error
    if colours is None:
        raise PrintError("The picture is no JPEG in grey or colour.")
    return jpeg_image(wide, tall, colours)
