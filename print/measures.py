"""Millimetres, once: used by whoever prints and by whoever reads the paper back.

Everything outside this module speaks millimetres (mm) from the top left corner, as a ruler does.
PDF speaks points (pt, 1/72 inch) from the bottom left; CSS pixels are 1/96 inch.
"""

from __future__ import annotations

from typing import Final

POINTS_PER_MM: Final = 72 / 25.4
PIXELS_PER_MM: Final = 96 / 25.4

SAFE_MM: Final = 5.0
"""No text, number or code comes closer than this to a cut."""

MACHINE_SAFE_MM: Final = 8.0
"""Nothing that a machine reads comes closer than this to the edge of a form: feeders skew, cuts are crooked."""

DOT_MM: Final = 4.0
"""Width of the solid discs at three corners of a form, by which a reader finds the fourth."""

TICK_LINE_MM: Final = 0.35
"""Thickness of the frame of a box to tick, within its measure."""

SPOT_MM: Final = 9.0
"""Width of a circle for a sticker of 8 mm."""

QUIET_MODULES: Final = 4
"""White modules around every QR symbol, on each of its four sides."""

MODULE_MIN_MM: Final = 0.7
"""Under this a symbol is refused: an old phone could not read it."""

HAIRLINE_PT: Final = 0.28
"""Thickness of crop and cut marks."""

LINE_HEIGHT: Final = 1.3
"""Ascent plus descent of the shipped typeface, in em: a slot of 1.3 em holds one line."""


def pt(mm: float) -> float:
    """Return millimetres as PDF points."""
    return mm * POINTS_PER_MM


def mm(points: float) -> float:
    """Return PDF points as millimetres."""
    return points / POINTS_PER_MM
