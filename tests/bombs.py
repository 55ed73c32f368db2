"""Files that are made to hurt whoever opens them, each only a few kB."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
from PIL import Image


def pdf(objects: list[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def stream(data: bytes, about: bytes = b"") -> bytes:
    """Return a stream object, deflated."""
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode %s >> stream\n%s\nendstream" % (len(packed), about, packed)


def one_page(about: bytes, *more: bytes) -> bytes:
    """Return a PDF of one page; `more` are objects from number 4."""
    page = b"<< /Type /Page /Parent 2 0 R %s >>" % about
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, *more])


def empty_pages(count: int) -> bytes:
    """Return a PDF of so many empty A5 pages."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    pages = b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 420 595] >>" % (kids, count)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, *[b"<< /Type /Page /Parent 2 0 R >>"] * count])


def giant_page() -> bytes:
    """Return a page of five metres."""
    return one_page(b"/MediaBox [0 0 14400 14400]")


def giant_picture() -> bytes:
    """Return a page with a picture of 400 million pixels, packed twice."""
    about = b"/Type /XObject /Subtype /Image /Width 20000 /Height 20000 /ColorSpace /DeviceGray /BitsPerComponent 8"
    resources = b"/MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /I 4 0 R >> >>"
    return one_page(resources, stream(bytes(2_000_000), about), stream(b"q 595 0 0 842 0 0 cm /I Do Q"))


def nested_forms() -> bytes:
    """Return a page that draws a thousand million times, in 2.5 kB."""
    forms = []
    for level in range(9):
        about = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F %d 0 R >> >>"
        forms.append(stream(b"/F Do " * 10, about % (6 + level)))
    last = stream(b"0 0 500 500 re f ", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]")
    resources = b"/MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>"
    return one_page(resources, stream(b"/F Do " * 10), *forms, last)


def locked() -> bytes:
    """Return a PDF that opens with a password only."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(empty_pages(1))) as document:
        document.save(out, encryption=pikepdf.Encryption(user="geheim", owner="baas"))
    return out.getvalue()


def protected() -> bytes:
    """Return a PDF that anybody may open, but not change."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(empty_pages(1))) as document:
        document.save(out, encryption=pikepdf.Encryption(user="", owner="baas"))
    return out.getvalue()


def cyclic() -> bytes:
    """Return a PDF whose pages hold themselves."""
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])


def wide_png() -> bytes:
    """Return a PNG that says it is 30,000 px wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def lying_jpeg() -> bytes:
    """Return a JPEG of 8 px that says it is 65,500 px wide and high."""
    out = io.BytesIO()
    Image.new("L", (8, 8), 200).save(out, "JPEG")
    data = bytearray(out.getvalue())
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = struct.pack(">HH", 65_500, 65_500)
    return bytes(data)
