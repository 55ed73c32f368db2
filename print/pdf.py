"""A small PDF writer: streams go out at once, everything else into compressed object streams.

It writes plain values: dict, list, `Name`, `Ref`, `str` (a text string), `Raw` (operators or numbers as
they stand), numbers and booleans. The same values give the same bytes: no dates, and the file
identifier is a hash of what was written.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Final, NamedTuple

Plain = Any
"""What a PDF value may be: see the module's docstring."""

_BATCH: Final = 400


class Name(str):
    """A PDF name, without its slash."""

    __slots__ = ()


class Raw(bytes):
    """Bytes that are already PDF."""

    __slots__ = ()


class Ref(NamedTuple):
    """A reference to an indirect object."""

    number: int


def written(value: Plain) -> bytes:
    """Return a plain value as PDF syntax."""
    if isinstance(value, Ref):
        return b"%d 0 R" % value.number
    if isinstance(value, Name):
        return b"/" + value.encode()
    if isinstance(value, Raw):
        return bytes(value)
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, float):
        return number(value)
    if isinstance(value, str):
        return text(value)
    if isinstance(value, Mapping):
        return b"<<" + b"".join(b"/" + key.encode() + b" " + written(item) for key, item in value.items()) + b">>"
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return b"[" + b" ".join(written(item) for item in value) + b"]"
    raise TypeError(f"{type(value).__name__} cannot be written in a PDF")


def number(value: float) -> bytes:
    """Return a number with at most four decimals and no needless zeros."""
    digits = f"{value:.4f}".rstrip("0").rstrip(".")
    return b"0" if digits == "-0" else digits.encode()


def text(value: str) -> bytes:
    """Return a text string as PDF syntax."""
    if value.isascii():
        return b"(" + value.translate(_ESCAPES).encode() + b")"
    return b"<" + (b"\xfe\xff" + value.encode("utf-16-be")).hex().encode() + b">"


_ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r"})


def jpeg_image(width: int, height: int, colours: str) -> dict[str, Plain]:
    """Return what a PDF must know of a JPEG of so many px, in `DeviceRGB` or `DeviceGray`."""
    return {
        "Type": Name("XObject"),
        "Subtype": Name("Image"),
        "Width": width,
        "Height": height,
        "ColorSpace": Name(colours),
        "BitsPerComponent": 8,
        "Filter": Name("DCTDecode"),
    }


def squeezed(content: bytes) -> bytes:
    """Return a stream's bytes, compressed."""
    return zlib.compress(content, 6)


class Writer:
    """Writes one PDF to `out` while it is being made; memory holds only what is not yet written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self._hash = hashlib.sha256()
        self._places: list[tuple[int, int, int]] = [(0, 0, 65535)]
        self._waiting: list[tuple[int, bytes]] = []
        self._emit(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> Ref:
        """Return a reference to an object that will be given later with `put`."""
        self._places.append((0, 0, 0))
        return Ref(len(self._places) - 1)

    def put(self, value: Plain, ref: Ref | None = None) -> Ref:
        """Add an object without a stream."""
        ref = ref or self.reserve()
        self._waiting.append((ref.number, written(value)))
        if len(self._waiting) >= _BATCH:
            self._flush()
        return ref

    def stream(self, squeezed_content: bytes, extra: Mapping[str, Plain] | None = None, ref: Ref | None = None) -> Ref:
        """Add a stream object whose content is already compressed (see `squeezed`)."""
        ref = ref or self.reserve()
        self._indirect(ref.number, squeezed_content, {**(extra or {}), "Filter": Name("FlateDecode")})
        return ref

    def plain_stream(self, content: bytes, extra: Mapping[str, Plain]) -> Ref:
        """Add a stream that stays readable as it is: metadata."""
        ref = self.reserve()
        self._indirect(ref.number, content, extra)
        return ref

    def finish(self, catalog: Ref, info: Ref) -> None:
        """Write what is waiting, the cross-reference stream and the trailer."""
        self._flush()
        start = self._at
        identity = self._hash.digest()[:16]
        own = self.reserve()
        self._places[own.number] = (1, start, 0)
        table = b"".join(
            kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
            for kind, place, index in self._places
        )
        ident = Raw(b"<" + identity.hex().encode() + b">")
        extra = {
            "Type": Name("XRef"),
            "Size": len(self._places),
            "W": [1, 4, 2],
            "Root": catalog,
            "Info": info,
            "ID": [ident, ident],
            "Filter": Name("FlateDecode"),
        }
        self._indirect(own.number, squeezed(table), extra)
        self._emit(b"startxref\n%d\n%%%%EOF\n" % start)

    def _flush(self) -> None:
        if not self._waiting:
            return
        holder = self.reserve().number
        index = []
        offset = 0
        for place, (member, body) in enumerate(self._waiting):
            index.append(b"%d %d" % (member, offset))
            self._places[member] = (2, holder, place)
            offset += len(body) + 1
        head = b" ".join(index) + b"\n"
        bodies = b"\n".join(body for _, body in self._waiting)
        extra = {
            "Type": Name("ObjStm"),
            "N": len(self._waiting),
            "First": len(head),
            "Filter": Name("FlateDecode"),
        }
        self._waiting = []
        self._indirect(holder, squeezed(head + bodies), extra)

    def _indirect(self, place: int, content: bytes, extra: Mapping[str, Plain]) -> None:
        if place != len(self._places) - 1 or self._places[place][0] == 0:
            self._places[place] = (1, self._at, 0)
        self._emit(b"%d 0 obj\n" % place + written({**extra, "Length": len(content)}) + b"stream\n")
        self._emit(content)
        self._emit(b"\nendstream\nendobj\n")

    def _emit(self, data: bytes) -> None:
        self._out.write(data)
        self._hash.update(data)
        self._at += len(data)
