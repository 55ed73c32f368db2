"""Contrast, in numbers. A deck's colour is for shapes; words get a deeper tone of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

TEXT_CONTRAST: Final = 7.0
"""Least contrast of words on paper; luminance is what a grey copy keeps, so it holds there too."""

Rgb = tuple[float, float, float]


def rgb(colour: str) -> Rgb:
    """Return `#rrggbb` as three numbers from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def contrast(colour: str, on: str = "#ffffff") -> float:
    """Return the contrast of two colours as WCAG counts it, from 1 to 21."""
    high, low = sorted((_luminance(rgb(colour)), _luminance(rgb(on))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=64)
def deep(colour: str) -> str:
    """Return the colour, darkened just enough for words on white."""
    tone = colour
    for step in range(100, 0, -2):
        tone = "#" + "".join(f"{round(part * 255 * step / 100):02x}" for part in rgb(colour))
        if contrast(tone) >= TEXT_CONTRAST + 0.5:
            break
    return tone


def _luminance(colour: Rgb) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
