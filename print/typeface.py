"""The shipped typeface, measured: which glyph a character is, and how wide.

One font object per weight, with every glyph, serves all faces of a document ("the atlas"): a face
that was laid out earlier keeps its glyph numbers and needs no new subset. Read straight from the
TrueType tables, so that printing from the cache loads no font library.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

from print.pdf import Name, Ref, Writer, squeezed

Weight = Literal["Regular", "Bold"]
WEIGHTS: Final[tuple[Weight, ...]] = ("Regular", "Bold")
FAMILY: Final = "Atkinson Hyperlegible Next"


@dataclass(frozen=True)
class Typeface:
    """One weight: its file, and per character the glyph number; widths in 1/1000 em."""

    weight: Weight
    data: bytes
    glyphs: dict[str, int]
    widths: tuple[int, ...]
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]

    @property
    def name(self) -> str:
        """The PostScript name, as PDF wants it."""
        return f"{FAMILY.replace(' ', '')}-{self.weight}"

    def encoded(self, text: str) -> bytes:
        """Return the text as a PDF string of two-byte glyph numbers."""
        return b"<" + b"".join(b"%04x" % self.glyphs[character] for character in text) + b">"

    def width(self, text: str, size: float) -> float:
        """Return how wide the text is, in the unit of `size`."""
        return sum(self.widths[self.glyphs[character]] for character in text) * size / 1000


@lru_cache(maxsize=2)
def typeface(weight: Weight) -> Typeface:
    """Return one of the two shipped weights."""
    data = file(weight)
    tables = {tag: data[at : at + size] for tag, _, at, size in struct.iter_unpack(">4sIII", _directory(data))}
    head, hhea, os2 = tables[b"head"], tables[b"hhea"], tables[b"OS/2"]
    em = struct.unpack_from(">H", head, 18)[0]
    ascent, descent = struct.unpack_from(">hh", hhea, 4)
    return Typeface(
        weight=weight,
        data=data,
        glyphs=_cmap(tables[b"cmap"]),
        widths=_widths(tables, em),
        ascent=ascent * 1000 // em,
        descent=descent * 1000 // em,
        cap_height=struct.unpack_from(">h", os2, 88)[0] * 1000 // em,
        box=struct.unpack_from(">hhhh", head, 36),
    )


def file(weight: Weight) -> bytes:
    """Return the bytes of the shipped font file."""
    return files("print").joinpath(f"fonts/{FAMILY.replace(' ', '')}-{weight}.ttf").read_bytes()


def _directory(data: bytes) -> bytes:
    count = struct.unpack_from(">H", data, 4)[0]
    return data[12 : 12 + 16 * count]


def _widths(tables: dict[bytes, bytes], em: int) -> tuple[int, ...]:
    count = struct.unpack_from(">H", tables[b"hhea"], 34)[0]
    total = struct.unpack_from(">H", tables[b"maxp"], 4)[0]
    advances = [round(advance * 1000 / em) for advance, _ in struct.iter_unpack(">Hh", tables[b"hmtx"][: 4 * count])]
    return tuple(advances + advances[-1:] * (total - count))


def _cmap(table: bytes) -> dict[str, int]:
    """Read the format 4 subtable: the characters of the Basic Multilingual Plane."""
    for _, _, offset in struct.iter_unpack(">HHI", table[4 : 4 + 8 * struct.unpack_from(">H", table, 2)[0]]):
        if struct.unpack_from(">H", table, offset)[0] == 4:
            return _format_4(table, offset)
    raise ValueError("the typeface has no character map of format 4")


def _format_4(table: bytes, at: int) -> dict[str, int]:
    segments = struct.unpack_from(">H", table, at + 6)[0] // 2
    row = f">{segments}H"
    ends = struct.unpack_from(row, table, at + 14)
    starts = struct.unpack_from(row, table, at + 16 + 2 * segments)
    deltas = struct.unpack_from(row, table, at + 16 + 4 * segments)
    offsets_at = at + 16 + 6 * segments
    glyphs = {}
    for i, offset in enumerate(struct.unpack_from(row, table, offsets_at)):
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", table, offsets_at + 2 * i + offset + 2 * (code - starts[i]))[0]
            if glyph:
                glyphs[chr(code)] = (glyph + deltas[i]) & 0xFFFF
    return {character: glyph for character, glyph in glyphs.items() if glyph}


@lru_cache(maxsize=2)
def _characters(weight: Weight) -> dict[int, str]:
    """Return the character of each glyph; of several the plainest."""
    return {glyph: character for character, glyph in sorted(typeface(weight).glyphs.items(), reverse=True)}


def embed(writer: Writer, weight: Weight) -> Ref:
    """Write one whole weight into a PDF and return the reference of its font dictionary."""
    face = typeface(weight)
    descriptor = {
        "Type": Name("FontDescriptor"),
        "FontName": Name(face.name),
        "Flags": 4,
        "FontBBox": list(face.box),
        "ItalicAngle": 0,
        "Ascent": face.ascent,
        "Descent": face.descent,
        "CapHeight": face.cap_height,
        "StemV": 140 if weight == "Bold" else 80,
        "FontFile2": writer.stream(_squeezed_file(weight), {"Length1": len(face.data)}),
    }
    descendant = {
        "Type": Name("Font"),
        "Subtype": Name("CIDFontType2"),
        "BaseFont": Name(face.name),
        "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
        "W": [0, list(face.widths)],
        "CIDToGIDMap": Name("Identity"),
        "FontDescriptor": writer.put(descriptor),
    }
    return writer.put(
        {
            "Type": Name("Font"),
            "Subtype": Name("Type0"),
            "BaseFont": Name(face.name),
            "Encoding": Name("Identity-H"),
            "DescendantFonts": [writer.put(descendant)],
            "ToUnicode": writer.stream(_to_unicode(weight)),
        }
    )


@lru_cache(maxsize=2)
def _squeezed_file(weight: Weight) -> bytes:
    return squeezed(typeface(weight).data)


@lru_cache(maxsize=2)
def _to_unicode(weight: Weight) -> bytes:
    pairs = sorted(_characters(weight).items())
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    for at in range(0, len(pairs), 100):
        batch = pairs[at : at + 100]
        lines.append(f"{len(batch)} beginbfchar")
        lines += [f"<{glyph:04x}> <{character.encode('utf-16-be').hex()}>" for glyph, character in batch]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return squeezed("\n".join(lines).encode())
