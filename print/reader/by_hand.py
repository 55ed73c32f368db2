"""What a person does with a page that could not be read: look at it, turn it, point out a form on it."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from print.forms import form
from print.reader import clean, plane
from print.reader.intake import Page
from print.reader.reading import FINEST, Quad

SHOWN_PX: Final = 1600


def shown(page: Page, longest: int = SHOWN_PX) -> bytes:
    """Return a page as JPEG to look at, its longest side at most `longest` px; nothing of the file is left in it."""
    height, width = page.pixels.shape[:2]
    smaller = min(1.0, longest / max(height, width))
    size = (max(1, round(width * smaller)), max(1, round(height * smaller)))
    return clean.jpeg(np.asarray(cv2.resize(page.pixels, size, interpolation=cv2.INTER_AREA), np.uint8))


def cut_out(page: Page, corners: Quad, code: str = "") -> bytes:
    """Return the part of a page between four corners (px: top left, top right, bottom right, bottom left) as JPEG.

    It is straightened and its shadows are taken away. With the code of a form it gets that form's proportions.
    Raises ValueError when the corners do not make a four-sided shape.
    """
    target = np.array(corners, float)
    sides = np.linalg.norm(target - np.roll(target, -1, axis=0), axis=1)
    if target.shape != (4, 2) or sides.min() < 8 or abs(cv2.contourArea(target.astype(np.float32))) < 64:
        raise ValueError("the corners do not make a four-sided shape")
    width, height = (form(code).width, form(code).height) if code else (sides[0] + sides[2], sides[1] + sides[3])
    if not code:
        width, height = 200 * width / max(width, height), 200 * height / max(width, height)
    matrix = plane.projective(plane.corners(0, 0, width, height), target)
    if matrix is None:
        raise ValueError("the corners do not make a four-sided shape")
    return clean.jpeg(clean.whitened(plane.cut(page.pixels, matrix, (0, 0, width, height), FINEST), FINEST))
