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
_LIGHT_MM: Final = 17  # larger dark areas count as shadow, smaller ones as drawing
_DITHER_MM: Final = 0.25  # sigma that melts a fax's dots and keeps its lines
JPEG_QUALITY: Final = 80
PAPER: Final = 250  # what whitened paper becomes


def grey(pixels: Pixels) -> Pixels:
    """Return the lightness of pixels."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def destreaked(pixels: Pixels, light: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """Return a scan and its grey without the thin lines that dirt under a feeder's glass draws from edge to edge."""
    reach = max(3, round(_STREAK_MM * dpi / 25.4))
    for axis in (0, 1):
        lines = _streaks(light, axis, reach)
        if lines.any():
            pixels = _filled(pixels, lines, axis)
            light = grey(pixels)
    return pixels, light


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
        place_after = int(np.searchsorted(good, line))
        before, after = (int(good[at]) for at in (max(0, place_after - 1), min(good.size - 1, place_after)))
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
    step = max(1, round(fine))
    height, width = (max(1, side // step) for side in picture.shape[:2])
    small = cv2.resize(picture[: height * step, : width * step], (width, height), interpolation=cv2.INTER_AREA)
    small = cv2.medianBlur(small, 3)
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_LIGHT_MM, _LIGHT_MM))
    light = cv2.morphologyEx(small, cv2.MORPH_CLOSE, round_, borderType=cv2.BORDER_REPLICATE)
    light = cv2.GaussianBlur(np.maximum(light, 60), (0, 0), 4)
    wide = cv2.resize(light, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(picture, wide, scale=PAPER), np.uint8)


def undithered(picture: Pixels, fine: float) -> Pixels:
    """Return a picture of black and white dots as the grey that they stand for."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), _DITHER_MM * fine), np.uint8)


def jpeg(picture: Pixels) -> bytes:
    """Return a picture as JPEG, with nothing else in it."""
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1])
