"""What a form shows besides words: discs, boxes to tick, dotted lines, rings, and where to tear.

Drawn straight from the geometry that the reader uses, so that both always mean the same place. Lines to write
on are light and thin; whatever a machine looks for is black.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from print.colours import rgb
from print.forms import Box, Form, Stub
from print.measures import DOT_MM, POINTS_PER_MM, SPOT_MM, TICK_LINE_MM
from print.pdf import number

INK: Final = "#1b1a18"
LIGHT: Final = "#8a857d"
PALE: Final = "#fbf1dc"
"""The tint of what is torn off and kept; light enough for words at 14:1."""
WARM: Final = "#d98e04"
WHITE: Final = "#ffffff"

_CURVE: Final = 0.5523
_CORNER_MM: Final = 3.0


def ground(form: Form, stub: Stub | None, height: float, stroke: Box) -> bytes:
    """Return PDF operators for what lies under the words of a face of `height` mm.

    That is the ticket of the stub, and the stroke of a broad pen under the title.
    """
    return _in_mm(height, [*(_ticket(stub, form) if stub else []), _underline(stroke)])


def drawn(form: Form, stub: Stub | None, height: float, lines: Iterable[Box] = ()) -> bytes:
    """Return PDF operators for what a form shows besides words, and where its stub is torn off.

    `lines` are more lines to write on.
    """
    parts = _tear(stub) if stub else []
    if form.writing:
        parts += [dotted(form.writing.x, y, form.writing.x + form.writing.width) for y in form.lines]
    parts += [dotted(line.x, line.y, line.x + line.width) for line in lines]
    parts += [_ring(*form.centre, ring.radius) for ring in form.rings if form.centre]
    parts += [_stroke(LIGHT, 0.3) + circle(x, y, SPOT_MM / 2) + b"S" for row in form.rows for x, y in row.spots]
    parts += [_frame(tick.box) for tick in form.ticks]
    parts += [_fill(INK) + circle(x, y, DOT_MM / 2) + b"f" for x, y in form.dots]
    return _in_mm(height, parts)


def panel(box: Box, height: float, colour: str, radius: float) -> bytes:
    """Return a rectangle with round corners on a face of `height` mm."""
    return _in_mm(height, [_fill(colour) + _rounded(box, radius) + b"f"])


def frame(box: Box, height: float) -> bytes:
    """Return a light line around a picture on a face of `height` mm: paper on paper has no edge."""
    around = _numbers(box.x - 0.3, box.y - 0.3, box.width + 0.6, box.height + 0.6)
    return _in_mm(height, [_stroke(LIGHT, 0.4) + around + b" re S"])


def ticked(box: Box, height: float) -> bytes:
    """Return the tick in a box that is ticked in print, on a face of `height` mm."""
    x, y, part = box.x, box.y, box.width / 7
    places = (x + 1.5 * part, y + 3.7 * part, x + 3.0 * part, y + 5.2 * part, x + 5.6 * part, y + 1.7 * part)
    line = b"%s m %s l %s l S" % (_numbers(*places[:2]), _numbers(*places[2:4]), _numbers(*places[4:]))
    return _in_mm(height, [_stroke(INK, 1.3) + b"1 J 1 j " + line + b" 0 J 0 j"])


def _in_mm(height: float, parts: list[bytes]) -> bytes:
    """Return operators that count in mm from the top left, ready for a page that does not."""
    scale = number(POINTS_PER_MM)
    return b"\n".join([b"q %s 0 0 -%s 0 %s cm" % (scale, scale, number(height * POINTS_PER_MM)), *parts, b"Q"])


def dotted(left: float, y: float, right: float) -> bytes:
    """Return a light dotted line to write on."""
    return _stroke(LIGHT, 0.4) + b"1 J [0 1.6] 0 d %s S [] 0 d 0 J" % _line(left, y, right, y)


def circle(x: float, y: float, radius: float) -> bytes:
    """Return the path of a circle."""
    bend = radius * _CURVE
    quarters = (
        (x + radius, y + bend, x + bend, y + radius, x, y + radius),
        (x - bend, y + radius, x - radius, y + bend, x - radius, y),
        (x - radius, y - bend, x - bend, y - radius, x, y - radius),
        (x + bend, y - radius, x + radius, y - bend, x + radius, y),
    )
    return _numbers(x + radius, y) + b" m " + b" ".join(_numbers(*quarter) + b" c" for quarter in quarters) + b" h "


def _ticket(stub: Stub, form: Form) -> list[bytes]:
    """Return the ground of what is torn off, white behind its code."""
    at, gap, rim = stub.at, 3.0, 4.0
    if _beside(stub):
        ticket = Box(at.x + gap, at.y + rim, at.width - gap - rim, at.height - 2 * rim)
    else:
        ticket = Box(at.x + rim, at.y + gap, at.width - 2 * rim, at.height - gap - rim)
    white = Box(stub.qr.x - 4, stub.qr.y - 4, stub.qr.width + 8, stub.qr.height + 8)
    return [_fill(PALE) + _rounded(ticket) + b"f"] + [_fill(WHITE) + _rounded(white) + b"f"] * (form.side == "front")


def _tear(stub: Stub) -> list[bytes]:
    """Return the line to tear along, with scissors on it."""
    at = stub.at
    line = (at.x, 0.0, at.x, at.height) if _beside(stub) else (0.0, at.y, at.width, at.y)
    x, y = (at.x, at.height - 11) if _beside(stub) else (9.0, at.y)
    dashes = _stroke(INK, 0.3) + b"[2 1.4] 0 d %s S [] 0 d" % _line(*line)
    return [dashes, _scissors(x, y, upright=_beside(stub))]


def _beside(stub: Stub) -> bool:
    return stub.at.x > 0


def _scissors(x: float, y: float, *, upright: bool) -> bytes:
    """Return a pair of scissors that cuts to the right, or upwards when upright, on white."""
    turn = b"0 -1 1 0" if upright else b"1 0 0 1"
    blades = b"%s S %s S" % (_line(-1.2, -1.0, 5.6, 1.1), _line(-1.2, 1.0, 5.6, -1.1))
    handles = circle(-2.4, -1.6, 1.3) + b"S " + circle(-2.4, 1.6, 1.3) + b"S"
    ground = _fill(WHITE) + _rounded(Box(-4.2, -1.2, 10.6, 2.4)) + b"f "
    return b"q %s %s cm %s%s1 J %s %s Q" % (turn, _numbers(x, y), ground, _stroke(INK, 0.5), blades, handles)


def _underline(stroke: Box) -> bytes:
    """Return the stroke of a broad pen under the title, as wide as the title."""
    x, y, width = stroke.x, stroke.y, stroke.width
    rise = 0.9
    path = b"%s m %s c %s l %s c h f" % (
        _numbers(x, y + 0.5),
        _numbers(x + width / 3, y - rise, x + 2 * width / 3, y + rise, x + width, y - 0.4),
        _numbers(x + width - 0.6, y + 0.8),
        _numbers(x + 2 * width / 3, y + 1.2 + rise, x + width / 3, y + 1.4 - rise, x + 0.4, y + 1.6),
    )
    return _fill(WARM) + path


def _ring(x: float, y: float, radius: float) -> bytes:
    return _stroke(INK, 0.5) + circle(x, y, radius) + b"S"


def _frame(box: Box) -> bytes:
    half = TICK_LINE_MM / 2
    inner = (box.x + half, box.y + half, box.width - TICK_LINE_MM, box.height - TICK_LINE_MM)
    return _stroke(INK, TICK_LINE_MM) + _numbers(*inner) + b" re S"


def _rounded(box: Box, radius: float = _CORNER_MM) -> bytes:
    radius = min(radius, box.height / 2)
    x1, y1, x2, y2 = box.x, box.y, box.x + box.width, box.y + box.height
    bend = radius * (1 - _CURVE)
    return b"".join(
        (
            _numbers(x1 + radius, y1) + b" m " + _numbers(x2 - radius, y1) + b" l ",
            _numbers(x2 - bend, y1, x2, y1 + bend, x2, y1 + radius) + b" c " + _numbers(x2, y2 - radius) + b" l ",
            _numbers(x2, y2 - bend, x2 - bend, y2, x2 - radius, y2) + b" c " + _numbers(x1 + radius, y2) + b" l ",
            _numbers(x1 + bend, y2, x1, y2 - bend, x1, y2 - radius) + b" c " + _numbers(x1, y1 + radius) + b" l ",
            _numbers(x1, y1 + bend, x1 + bend, y1, x1 + radius, y1) + b" c h ",
        )
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> bytes:
    return _numbers(x1, y1) + b" m " + _numbers(x2, y2) + b" l"


def _stroke(colour: str, width: float) -> bytes:
    return _numbers(*rgb(colour)) + b" RG " + number(width) + b" w "


def _fill(colour: str) -> bytes:
    return _numbers(*rgb(colour)) + b" rg "


def _numbers(*values: float) -> bytes:
    return b" ".join(number(value) for value in values)
