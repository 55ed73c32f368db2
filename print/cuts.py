"""Where to cut and fold: thin lines in the margin of a sheet, never on a card."""

from __future__ import annotations

from typing import Final

from print.formats import Format
from print.measures import HAIRLINE_PT, pt
from print.pdf import number

EDGE_MM: Final = 7.0
"""How far a cut mark reaches in from the edge of the sheet; printers leave the outer 4–5 mm white."""
CROSS_MM: Final = 2.5
CROP_MM: Final = 5.0
CROP_GAP_MM: Final = 1.5

Line = tuple[float, float, float, float]


def guides(form: Format, trim: tuple[float, float]) -> list[Line]:
    """Return the lines for a sheet as x1, y1, x2, y2 in mm; `trim` is the size of a finished card."""
    if form.marks == "crop":
        return _crop(form, trim)
    if form.marks == "none":
        return []
    width, height = form.sheet
    across, down = form.cell
    edge = 0 if form.margin else 1  # with a margin, the outer edges are cut too
    xs = [form.margin + column * across for column in range(edge, form.columns + 1 - edge)]
    ys = [form.margin + row * down for row in range(edge, form.rows + 1 - edge)]
    lines = [line for x in xs for line in ((x, 0.0, x, EDGE_MM), (x, height - EDGE_MM, x, height))]
    lines += [line for y in ys for line in ((0.0, y, EDGE_MM, y), (width - EDGE_MM, y, width, y))]
    for x in xs:
        for y in ys:
            lines += [(x - CROSS_MM, y, x + CROSS_MM, y), (x, y - CROSS_MM, x, y + CROSS_MM)]
    return lines


def _crop(form: Format, trim: tuple[float, float]) -> list[Line]:
    """Return eight marks around one card, outside its bleed."""
    left, top = ((sheet - card) / 2 for sheet, card in zip(form.sheet, trim, strict=True))
    right, bottom = left + trim[0], top + trim[1]
    start, end = form.bleed + CROP_GAP_MM, form.bleed + CROP_GAP_MM + CROP_MM
    lines = []
    for x in (left, right):
        lines += [(x, top - end, x, top - start), (x, bottom + start, x, bottom + end)]
    for y in (top, bottom):
        lines += [(left - end, y, left - start, y), (right + start, y, right + end, y)]
    return lines


def drawn(lines: list[Line], height: float) -> bytes:
    """Return PDF operators for lines on a sheet of `height` mm, black, as decoration."""
    if not lines:
        return b""
    strokes = b"".join(
        b"%s %s m %s %s l S\n" % tuple(number(pt(v)) for v in (x1, height - y1, x2, height - y2))
        for x1, y1, x2, y2 in lines
    )
    return b"/Artifact BMC q 0 G %s w\n%sQ EMC\n" % (number(HAIRLINE_PT), strokes)
