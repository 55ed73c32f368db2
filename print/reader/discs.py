"""The printed dots of forms, wherever they lie: how a form is found whose symbol nobody can read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import Final

import cv2
import numpy as np

from print.forms import Form
from print.reader import plane
from print.reader.fit import DOT_MM, FINE, disc
from print.reader.intake import Pixels
from print.reader.plane import Points

_FINE: Final = 2.2  # px per mm: enough to see a dot
_SIZE: Final = (0.76, 1.22)  # of a dot's width
_FULL: Final = (0.68, 0.90)  # of its box is dark; a circle has .785
_LOOKS: Final = 0.82
_TURN: Final = 0.02  # what corner and proportions of flat paper may differ
_OFTEN_SHRUNK: Final = 0.95  # what a copier that leaves a margin makes of a sheet
_SHRUNK: Final = (0.90, 1.10)


def discs(grey: Pixels, fine: float) -> Points:
    """Return the middles (n × 2, px) of round dark spots as large as a printed dot; `fine` is px per mm."""
    step = max(1, int(fine / _FINE))
    height, width = (side // step for side in grey.shape)
    small = cv2.resize(grey[: height * step, : width * step], (width, height), interpolation=cv2.INTER_AREA)
    wide = int(16 * fine / step) | 1
    dark = cv2.subtract(cv2.blur(small, (wide, wide)), small)
    black = cv2.threshold(dark, 45, 255, cv2.THRESH_BINARY)[1]
    _, _, about, middles = cv2.connectedComponentsWithStats(black, connectivity=4)
    width, height, area = (about[:, at].astype(float) for at in (2, 3, 4))
    least, most = (DOT_MM * fine / step * share for share in _SIZE)
    round_ = (np.minimum(width, height) >= least) & (np.maximum(width, height) <= most)
    full = area / (width * height)
    found = middles[round_ & (full > _FULL[0]) & (full < _FULL[1])]
    places = (found + 0.5) * step
    out: Points = places[[_alike(grey, place, fine) for place in places]] if len(places) else places
    return out


def _alike(grey: Pixels, place: Points, fine: float) -> bool:
    """Say whether a spot looks like a printed dot, white around it: letters do not."""
    mould = disc()
    side = mould.shape[0] + 4
    half = side / 2 / FINE
    part = plane.cut(grey, np.diag((fine, fine, 1.0)), (*(place / fine - half), 2 * half, 2 * half), FINE)
    return float(cv2.matchTemplate(part, mould, cv2.TM_CCOEFF_NORMED).max()) >= _LOOKS


def free(spots: Points, taken: list[Points], reach: float) -> Points:
    """Return the spots that are not within `reach` px of a taken place."""
    if not taken or not len(spots):
        return spots
    away = np.linalg.norm(spots[:, None] - np.array(taken)[None], axis=2).min(axis=1)
    left: Points = spots[away > reach]
    return left


def paired(spots: Points, shapes: Iterable[Form], fine: float) -> Points:
    """Return the spots with another as far away as two dots of one of these forms are, on flat paper."""
    if len(spots) < 2:
        return spots[:0]
    away = np.linalg.norm(spots[:, None] - spots[None], axis=2) / fine
    near = np.zeros(len(spots), bool)
    for shape in shapes:
        for one, other in ((0, 1), (1, 2), (0, 2)):
            apart = float(np.hypot(*np.subtract(shape.dots[one], shape.dots[other])))
            near |= (np.abs(away / apart - 1) < _TURN).any(axis=1)
            near |= (np.abs(away / apart / _OFTEN_SHRUNK - 1) < _TURN / 2).any(axis=1)
    left: Points = spots[near]
    return left


def triples(spots: Points, form: Form, fine: float) -> list[Points]:
    """Return every three spots that lie as the dots of a form on flat paper, in the form's order."""
    wanted = np.array(form.dots)
    down, across = (float(np.linalg.norm(wanted[at] - wanted[1])) for at in (0, 2))
    found = []
    for top, corner, right in permutations(range(len(spots)), 3):
        u, v = spots[top] - spots[corner], spots[right] - spots[corner]
        tall, broad = float(np.linalg.norm(u)), float(np.linalg.norm(v))
        size = tall / (down * fine)
        if not _SHRUNK[0] <= size <= _SHRUNK[1] or abs(broad / across / (tall / down) - 1) > _TURN:
            continue
        upright = float(u @ v) / (tall * broad)
        outside = u[0] * v[1] - u[1] * v[0] > 0  # seen from the front, not from behind
        if abs(upright) < _TURN and outside:
            found.append(spots[[top, corner, right]])
    return found
