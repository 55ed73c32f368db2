"""Millimetres on a form and pixels on a page: 3 × 3 matrices that take the one to the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from print.reader.intake import Pixels

Points = NDArray[np.float64]
Matrix = NDArray[np.float64]


def points(matrix: Matrix, where: Any) -> Points:
    """Return n × 2 places taken through a matrix."""
    flat = np.asarray(where, float).reshape(-1, 2)
    taken = np.c_[flat, np.ones(len(flat))] @ matrix.T
    out: Points = taken[:, :2] / taken[:, 2:]
    return out


def inverse(matrix: Matrix) -> Matrix:
    """Return the matrix back, from px to mm."""
    return np.asarray(np.linalg.inv(matrix), np.float64)


def corners(x: float, y: float, width: float, height: float) -> Points:
    """Return the corners of a box: top left, top right, bottom right, bottom left."""
    return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], float)


def straight(source: Points, target: Points) -> Matrix:
    """Return the best matrix that keeps lines parallel (least squares, at least three places)."""
    rows = np.c_[source, np.ones(len(source))]
    found = np.linalg.lstsq(rows, target, rcond=None)[0]
    return np.vstack([found.T, (0.0, 0.0, 1.0)])


def projective(source: Points, target: Points) -> Matrix | None:
    """Return the best matrix for a plane seen by a camera (at least four places)."""
    found, _ = cv2.findHomography(source.astype(np.float64), target.astype(np.float64), 0)
    return None if found is None else np.asarray(found, float)


def similar(source: Points, target: Points) -> Matrix:
    """Return the best matrix that only turns, moves and scales (least squares, at least two places)."""
    a, b = source.mean(axis=0), target.mean(axis=0)
    s = (source - a) @ (1, 1j)
    t = (target - b) @ (1, 1j)
    z = (np.conj(s) @ t) / (np.conj(s) @ s)
    linear = np.array([(z.real, -z.imag), (z.imag, z.real)])
    return np.vstack([np.c_[linear, b - linear @ a], (0.0, 0.0, 1.0)])


def scale(matrix: Matrix, x: float, y: float) -> float:
    """Return px per mm at a place on the form."""
    near = points(matrix, [(x, y), (x + 1, y), (x, y + 1)])
    ways = near[1:] - near[0]
    return float(abs(np.linalg.det(ways)) ** 0.5)


def mirrored(matrix: Matrix) -> bool:
    """Say whether a matrix shows the form from behind."""
    return float(np.linalg.det(matrix[:2, :2])) <= 0


def overlap(one: Points, other: Points) -> float:
    """Return how much of the smaller of two four-sided shapes lies in the other: 0 to 1."""
    mine, theirs = one.astype(np.float32), other.astype(np.float32)
    shared, _ = cv2.intersectConvexConvex(mine, theirs)
    return float(shared) / max(1e-6, min(cv2.contourArea(mine), cv2.contourArea(theirs)))


def cut(pixels: Pixels, matrix: Matrix, box: Sequence[float], fine: float, paper: int = 255) -> Pixels:
    """Return a box of the form (x, y, width, height in mm) as a straight picture of `fine` px per mm."""
    x, y, width, height = box
    size = (max(1, round(width * fine)), max(1, round(height * fine)))
    place = np.array([(1 / fine, 0, x), (0, 1 / fine, y), (0, 0, 1)]) @ _half_pixel()
    way = np.linalg.inv(_half_pixel()) @ matrix @ place
    border = (paper, paper, paper)
    coarse = scale(matrix, x + width / 2, y + height / 2) < 1.7 * fine
    how = cv2.INTER_LINEAR if coarse else cv2.INTER_AREA
    flags = how | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(pixels, way, size, flags=flags, borderValue=border), np.uint8)


def _half_pixel() -> Matrix:
    """Return the move from a pixel's number to its middle: OpenCV counts middles, we count edges."""
    return np.array([(1, 0, 0.5), (0, 1, 0.5), (0, 0, 1)], float)
