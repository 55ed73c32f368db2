"""Counting on dot sheets and ring sheets: stickers and crosses, each with its place, doubt said aloud.

A count is a proposal: it is shown beside the picture, and a person says that it is right.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from print.forms import Box, Form
from print.reader import ticks
from print.reader.ticks import Ink

Place = tuple[str, float, float]
Dark = NDArray[np.uint8]

_INNER: Final = 3.3  # mm, radius inside a printed circle of Ø 9
_EMPTY, _CHOSEN = 0.04, 0.12
_SPOT: Final = 0.25  # darkness of the palest sticker
_STICKER: Final = (18.0, 130.0)  # mm², what one sticker or cross covers with its outline filled in
_CROSS: Final = (3.0, 14.0)  # mm, the sides of a cross
_LINE_WIDE: Final = 1.6  # mm on both sides of a printed ring that are not looked at


def rows(ink: Ink, form: Form, reach: float) -> tuple[dict[str, int], list[Place], bool]:
    """Return per row how many circles are filled, the places (value, x mm, y mm), and whether any is in doubt."""
    counts: dict[str, int] = {}
    places: list[Place] = []
    doubt = False
    for row in form.rows:
        counts[row.value] = 0
        for spot in row.spots:
            full = ticks.share(ink, spot, _INNER - min(reach, 1.0) / 3)
            if full >= _CHOSEN:
                counts[row.value] += 1
                places.append((row.value, *spot))
            elif full >= _EMPTY:
                doubt = True
    return counts, places, doubt or _between(ink, form)


def _between(ink: Ink, form: Form) -> bool:
    """Say whether something as large as a sticker lies in a row but in none of its circles."""
    for row in form.rows:
        for left, right in zip(row.spots, row.spots[1:], strict=False):
            middle = ((left[0] + right[0]) / 2, left[1])
            if ticks.share(ink, middle, 1.2) > 0.5:
                return True
    return False


def rings(ink: Ink, form: Form) -> tuple[dict[str, int], list[Place], bool]:
    """Return per ring how many marks lie in it, their places, and whether one touches a line, its name or another."""
    counts = {ring.value: 0 for ring in form.rings}
    places: list[Place] = []
    if form.centre is None:
        return counts, places, False
    fine = ink.fine
    field = _field(ink, form, form.centre)
    joined = cv2.morphologyEx(field, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, _, about, middles = cv2.connectedComponentsWithStats(joined, connectivity=8)
    doubt = False
    for (_, _, width, height, area), middle in zip(about[1:], middles[1:], strict=True):
        sides = sorted((width / fine, height / fine))
        if sides[1] < _CROSS[0] or area / fine**2 < 1.0:
            continue
        x, y = float(middle[0] + 0.5) / fine, float(middle[1] + 0.5) / fine
        away = float(np.hypot(x - form.centre[0], y - form.centre[1]))
        ring = next((one for one in form.rings if away <= one.radius), None)
        if ring is None:
            doubt = True
            continue
        fits = sides[1] <= _CROSS[1] and sides[0] >= 0.4 * sides[1]
        near = min(abs(away - one.radius) for one in form.rings) < 2.0
        doubt = doubt or near or not fits
        counts[ring.value] += 1
        places.append((ring.value, round(x, 1), round(y, 1)))
    return counts, places, doubt


def _field(ink: Ink, form: Form, centre: tuple[float, float]) -> Dark:
    """Return what is dark within the rings, without their printed lines and names."""
    fine = ink.fine
    dark = (ink.part(Box(0, 0, form.width, form.height)) > _SPOT).astype(np.uint8)
    rows_, columns = np.mgrid[0 : dark.shape[0], 0 : dark.shape[1]] + 0.5
    away = np.hypot(columns / fine - centre[0], rows_ / fine - centre[1])
    dark[away > max(ring.radius for ring in form.rings) + 3.0] = 0
    for ring in form.rings:
        line = np.abs(away - ring.radius) < _LINE_WIDE / 2
        thick = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((round(2 * fine), round(2 * fine)), np.uint8))
        dark[line & (thick == 0)] = 0
        _clear(dark, fine, ring.label)
    return dark


def _clear(dark: Dark, fine: float, box: Box) -> None:
    left, top = round(box.x * fine), round(box.y * fine)
    dark[top : round((box.y + box.height) * fine), left : round((box.x + box.width) * fine)] = 0
