"""Paper as it should look: no streaks of a dirty glass, no shadow of a hand, no grey of old paper."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from print.reader.intake import Pixels

_STREAK: Final = 0.55  # of a page's length: a thin line longer than this is dirt, not print
_STREAK_DEPTH: Final = 14  # levels darker than its neighbours
_STREAK_MM: Final = 1.2
_LIGHT_MM: Final = 17.0  # larger dark areas count as shadow, smaller ones as drawing
JPEG_QUALITY: Final = 80


def grey(pixels: Pixels) -> Pixels:
    """Return the lightness of pixels."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def destreaked(pixels: Pixels, dpi: float) -> Pixels:
    """Return a scan without the thin lines, from edge to edge, that dirt under a feeder's glass draws."""
    reach = max(3, round(_STREAK_MM * dpi / 25.4))
    light = grey(pixels)
    for axis in (0, 1):
        lines = _streaks(light, axis, reach)
        if lines.any():
            pixels = _filled(pixels, lines, axis)
            light = grey(pixels)
    return pixels


def _streaks(light: Pixels, axis: int, reach: int) -> NDArray[np.bool_]:
    """Return which columns (axis 0) or rows (axis 1) are mostly darker than what is on both sides of them."""
    across = light[::4] if axis == 0 else np.ascontiguousarray(light[:, ::4].T)
    paper = cv2.min(across[:, : -2 * reach], across[:, 2 * reach :])
    darker = cv2.subtract(paper, across[:, reach:-reach]) > _STREAK_DEPTH
    lines = np.zeros(across.shape[1], bool)
    lines[reach:-reach] = darker.mean(axis=0) > _STREAK
    return lines


def _filled(pixels: Pixels, lines: NDArray[np.bool_], axis: int) -> Pixels:
    """Return the pixels with these lines drawn anew from their neighbours."""
    wide = cv2.dilate(lines.astype(np.uint8).reshape(1, -1), np.ones((1, 3), np.uint8)).ravel() > 0
    good = np.flatnonzero(~wide)
    if good.size < 2 or wide.sum() > 0.05 * wide.size:
        return pixels
    out = pixels.copy()
    for line in np.flatnonzero(wide):
        before = good[max(0, np.searchsorted(good, line) - 1)]
        after = good[min(good.size - 1, np.searchsorted(good, line))]
        share = 0.5 if after == before else (line - before) / (after - before)
        place = [pixels[:, at] if axis == 0 else pixels[at] for at in (before, after)]
        mixed = (1 - share) * place[0].astype(float) + share * place[1]
        if axis == 0:
            out[:, line] = mixed
        else:
            out[line] = mixed
    return out


def whitened(picture: Pixels, fine: float) -> Pixels:
    """Return a straight picture (`fine` px per mm) with its paper made evenly white, colours kept."""
    small = cv2.resize(picture, None, fx=1 / fine, fy=1 / fine, interpolation=cv2.INTER_AREA)
    small = cv2.medianBlur(small, 3)
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (int(_LIGHT_MM) | 1, int(_LIGHT_MM) | 1))
    light = cv2.morphologyEx(small, cv2.MORPH_CLOSE, round_, borderType=cv2.BORDER_REPLICATE)
    light = cv2.GaussianBlur(light, (0, 0), 4)
    light = np.clip(light, 60, 255).astype(np.uint8)
    wide = cv2.resize(light, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(picture, wide, scale=250), np.uint8)


def ink(white: Pixels, black: float) -> NDArray[np.float32]:
    """Return how dark whitened pixels are: 0 for paper, 1 for the ink of the QR. Pale colours count too."""
    least = white if white.ndim == 2 else white.min(axis=2)
    out: NDArray[np.float32] = (np.float32(250) - least) / np.float32(max(250 - black, 40))
    return out


def jpeg(picture: Pixels) -> bytes:
    """Return a picture as JPEG, with nothing else in it."""
    shown = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1])
