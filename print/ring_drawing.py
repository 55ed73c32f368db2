"""Where buttons lie in the three rings of the learning zone: the same picture on a page and on paper.

Nobody's own button is meant by any of them. They are spread evenly over the ring in which so many were counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Final

RINGS: Final = (0.36, 0.68, 1.0)
"""The radius of each ring from the inside out: known, new, too much. The outer one is 1."""
_TURN: Final = pi * (3 - sqrt(5))
_LARGEST, _GAP = 0.062, 0.035


@dataclass(frozen=True)
class Button:
    """A button: its middle, with the middle of the rings at 0, 0 and y downwards."""

    x: float
    y: float


def radius(counts: tuple[int, int, int]) -> float:
    """Return the radius of every button, so that those of the fullest ring still lie beside each other."""
    return min([_LARGEST, *(_fitting(ring, count) for ring, count in enumerate(counts) if count)])


def buttons(counts: tuple[int, int, int]) -> list[Button]:
    """Return the buttons of each ring, the inner one first, spread by the golden angle."""
    size = radius(counts)
    placed = []
    for ring, count in enumerate(counts):
        inner, outer = _edges(ring, size)
        for at in range(count):
            away = sqrt(inner**2 + (outer**2 - inner**2) * (at + 0.5) / count)
            turn = at * _TURN + ring
            placed.append(Button(round(away * cos(turn), 4), round(away * sin(turn), 4)))
    return placed


def _fitting(ring: int, count: int) -> float:
    inner, outer = (RINGS[ring - 1] if ring else 0.0), RINGS[ring]
    return sqrt((outer**2 - inner**2) / count) * 0.36


def _edges(ring: int, size: float) -> tuple[float, float]:
    """Return between which radii the middles of buttons lie in a ring."""
    inner = RINGS[ring - 1] + size + _GAP if ring else 0.0
    return inner, max(inner, RINGS[ring] - size - _GAP)
