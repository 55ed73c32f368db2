"""Where a form lies: its QR, drawn as it was printed and slid until it fits, then its three dots.

The corners of a QR alone place the far corner of a form centimetres wrong. With the dots the error is a tenth
of a millimetre; what does not fit together says so, and a person looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from print.forms import Form
from print.marks import Symbol
from print.reader import plane
from print.reader.intake import Pixels
from print.reader.plane import Matrix, Points

DOT_MM: Final = 4.0
FINE: Final = 6.0  # px per mm when looking for a dot
_MODULE: Final = 4  # px per module of the drawn symbol
_QUIET: Final = 2  # modules of white drawn around it
_ALIKE: Final = 0.70  # a dot's correlation with a drawn dot
_SCAN_MM: Final = 0.35  # what flat paper may differ from parallel lines
_PHOTO_MM: Final = 0.45
_BENT_MM: Final = 1.1  # with three very good dots the paper may be bent
_VERY_ALIKE: Final = 0.80
_EVERYWHERE: Final[Any] = None  # OpenCV's word for: no mask


@dataclass(frozen=True, eq=False)
class Fit:
    """Where a form lies. `matrix` takes mm on the form to px on the page.

    `dots` are the places in px of the dots that were found, None for the others; `alike` (-1 to 1) how well the
    symbol matched as printed; `off` the largest disagreement in mm; `sure` that ticks and crop can be trusted.
    """

    matrix: Matrix
    dots: tuple[Points | None, ...]
    alike: float
    off: float
    sure: bool

    def outline(self, form: Form) -> Points:
        """Return the form's corners in px."""
        return plane.points(self.matrix, plane.corners(0, 0, form.width, form.height))


def qr_corners(form: Form) -> Points:
    """Return the corners of a form's symbol in mm."""
    return plane.corners(form.qr.x, form.qr.y, form.qr.width, form.qr.height)


def fit(grey: Pixels, corners: Points, symbol: Symbol, form: Form, photo: bool) -> Fit:
    """Return where the form lies whose symbol has these corners in px."""
    square = qr_corners(form)
    exact, alike = slid(grey, corners, symbol, photo)
    matrix = (plane.projective if photo else plane.similar)(square, exact)
    if matrix is None:
        matrix = plane.similar(square, exact)
    dots: dict[int, tuple[Points, float]] = {}
    for which, reach in ((2, 9.0), (0, 9.0), (1, 7.0)):  # below and beside the symbol first, the far corner last
        found = _dot(grey, matrix, form.dots[which], reach if photo else reach - 3.0)
        if found:
            dots[which] = found
            matrix = _through(square, exact, form, dots, photo and len(dots) > 1)[0]
    return _judged(square, exact, form, dots, alike, photo)


def _judged(
    square: Points, exact: Points, form: Form, dots: dict[int, tuple[Points, float]], alike: float, photo: bool
) -> Fit:
    """Return the last fit, after leaving out a dot with which nothing agrees."""
    matrix, off = _through(square, exact, form, dots, photo and len(dots) > 1)
    very = len(dots) == 3 and min(score for _, score in dots.values()) >= _VERY_ALIKE
    most = _BENT_MM if very else _PHOTO_MM if photo else _SCAN_MM
    if off > most and not photo and len(dots) == 3:
        bent, bent_off = _through(square, exact, form, dots, True)
        if bent_off <= most:
            matrix, off = bent, bent_off
    if off > most and len(dots) == 3:
        tried = [(_through(square, exact, form, _without(dots, which), photo), which) for which in dots]
        (less, less_off), which = min(tried, key=lambda one: one[0][1])
        if less_off <= (_PHOTO_MM if photo else _SCAN_MM):
            matrix, off, dots = less, less_off, _without(dots, which)
    enough = len(dots) == 3 or (not photo and len(dots) == 2)
    sure = enough and off <= most and not plane.mirrored(matrix)
    found = tuple(dots[which][0] if which in dots else None for which in range(3))
    return Fit(matrix, found, alike, off, sure)


def _without(dots: dict[int, tuple[Points, float]], which: int) -> dict[int, tuple[Points, float]]:
    return {place: dot for place, dot in dots.items() if place != which}


def _through(
    square: Points, exact: Points, form: Form, dots: dict[int, tuple[Points, float]], camera: bool
) -> tuple[Matrix, float]:
    """Return the matrix through the symbol and the dots, and the largest disagreement in mm."""
    source = np.vstack([square, *(form.dots[which] for which in dots)])
    target = np.vstack([exact, *(dot for dot, _ in dots.values())])
    matrix = plane.projective(source, target) if camera else None
    if matrix is None:
        matrix = plane.straight(source, target) if dots else plane.similar(source, target)
    fine = plane.scale(matrix, form.qr.x, form.qr.y)
    off = np.linalg.norm(plane.points(matrix, source) - target, axis=1).max() / max(fine, 1e-6)
    return matrix, float(off)


def slid(grey: Pixels, corners: Points, symbol: Symbol, photo: bool) -> tuple[Points, float]:
    """Return the corners after sliding the drawn symbol over the page until it fits, and the correlation."""
    drawn = drawing(symbol)
    edge = _QUIET * _MODULE
    inner = plane.corners(edge, edge, symbol.modules * _MODULE, symbol.modules * _MODULE)
    start = plane.projective(inner, corners)
    if start is None:
        return corners, 0.0
    size = drawn.shape[0]
    seen = plane.cut(grey, start, (0, 0, size, size), 1.0)
    way = np.eye(3, dtype=np.float32)
    motion = cv2.MOTION_HOMOGRAPHY if photo else cv2.MOTION_AFFINE
    until = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 25, 1e-4)
    try:
        first = way if photo else way[:2].copy()
        alike, moved = cv2.findTransformECC(drawn, seen, first, motion, until, _EVERYWHERE, 3)
    except cv2.error:
        return corners, 0.0
    whole = np.asarray(moved, float) if photo else np.vstack([moved, (0.0, 0.0, 1.0)])
    # from the middle of a drawn pixel to the middle of a seen one, to the page
    place = plane.points(whole, inner - 0.5) + 0.5
    if np.linalg.norm(place - inner, axis=1).max() > 2.5 * _MODULE:
        return corners, 0.0
    return plane.points(start, place), float(alike)


@lru_cache(maxsize=64)
def drawing(symbol: Symbol) -> Pixels:
    """Return a symbol as a picture, slightly soft as ink is."""
    cells = np.array([[int(bit) for bit in row] for row in symbol.rows()], np.uint8)
    white = np.pad(255 * (1 - cells), _QUIET, constant_values=255).astype(np.uint8)
    large = np.kron(white, np.ones((_MODULE, _MODULE), np.uint8))
    return np.asarray(cv2.GaussianBlur(large, (0, 0), 1.0), np.uint8)


def _dot(grey: Pixels, matrix: Matrix, where: tuple[float, float], reach: float) -> tuple[Points, float] | None:
    """Return the place in px of a printed dot near where it should be, and how much it looks like one."""
    half = reach + DOT_MM
    x, y = where[0] - half, where[1] - half
    part = plane.cut(grey, matrix, (x, y, 2 * half, 2 * half), FINE)
    scores = cv2.matchTemplate(part, disc(), cv2.TM_CCOEFF_NORMED)
    away = _away(scores.shape[0])
    best = np.unravel_index(int(np.argmax(scores - 0.02 * away / FINE)), scores.shape)
    score = float(scores[best])
    if score < _ALIKE:
        return None
    side = disc().shape[0]
    window = part[best[0] : best[0] + side, best[1] : best[1] + side].astype(float)
    dark = np.clip(np.percentile(window, 90) - window - 20, 0, None) * _near(side)
    if dark.sum() <= 0:
        return None
    rows, columns = np.mgrid[0:side, 0:side] + 0.5
    middle = ((columns * dark).sum() / dark.sum() + best[1], (rows * dark).sum() / dark.sum() + best[0])
    return plane.points(matrix, (x + middle[0] / FINE, y + middle[1] / FINE))[0], score


@lru_cache(maxsize=1)
def disc() -> Pixels:
    """Return a dot as it is printed, at `FINE` px per mm, with 1 mm of white around it."""
    side = round((DOT_MM + 2.0) * FINE)
    return np.asarray(255 - 255 * (_radius(side) < DOT_MM / 2 * FINE), np.uint8)


@lru_cache(maxsize=1)
def _near(side: int) -> NDArray[np.bool_]:
    near: NDArray[np.bool_] = _radius(side) < (DOT_MM / 2 + 0.5) * FINE
    return near


@lru_cache(maxsize=16)
def _away(side: int) -> NDArray[np.float64]:
    return _radius(side)


def _radius(side: int) -> NDArray[np.float64]:
    rows, columns = np.mgrid[0:side, 0:side] + 0.5 - side / 2
    out: NDArray[np.float64] = np.hypot(rows, columns)
    return out
