"""Is anything on this page at all? A blank back may be folded away; a pencilled word may never be.

Staples, punch holes and the edges of other paper are not writing; whatever else is dark, is.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from print.reader.intake import Pixels

_FINE: Final = 3.0  # px per mm
_EDGE_MM: Final = 6.0  # black edges of a feeder
_SHADED: Final = 40  # levels that the darkest paper may be darker than the rest
_CORNER_MM: Final = 30.0  # a staple and its shadow lie this close to a corner
_STAPLE_MM: Final = 16.0
_HOLES_MM: Final = 18.0  # punch holes lie this close to an edge
_DARKER: Final = 16  # levels
_SPECK_MM: Final = 1.2
_MOST_MM: Final = 4.0  # of strokes, together, on a blank page


def blank(grey: Pixels, fine: float) -> bool:
    """Say whether a page (`fine` px per mm) has nothing on it but paper, staples and punch holes."""
    factor = min(1.0, _FINE / fine)
    step = max(1, round(1 / factor))
    darkest = cv2.erode(cv2.medianBlur(grey, 3), np.ones((step, step), np.uint8))
    small = cv2.resize(darkest, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    scale = fine * factor
    nearby = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    paper = np.maximum(nearby, np.uint8(max(0, int(np.percentile(small, 75)) - _SHADED)))
    seen = np.asarray(cv2.subtract(paper, small) > _DARKER).astype(np.uint8)
    edge = round(_EDGE_MM * scale)
    seen[:edge], seen[-edge:], seen[:, :edge], seen[:, -edge:] = 0, 0, 0, 0
    _, _, about, middles = cv2.connectedComponentsWithStats(seen, connectivity=8)
    size = np.array(seen.shape[::-1]) / scale
    strokes = 0.0
    for (_, _, width, height, _), middle in zip(about[1:], middles[1:], strict=True):
        long = max(width, height) / scale
        if long >= _SPECK_MM and not _fastener(middle / scale, size, long):
            strokes += long
    return strokes <= _MOST_MM


def _fastener(middle: np.typing.NDArray[np.float64], size: np.typing.NDArray[np.float64], long: float) -> bool:
    """Say whether a dark spot can be a staple in a corner, or a punch hole at an edge."""
    near = np.minimum(middle, size - middle)
    if near.max() < _CORNER_MM and long < _STAPLE_MM:
        return True
    return bool(near.min() < _HOLES_MM and 4 < long < 8)
