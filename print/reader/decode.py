"""Finding QR symbols on a page: cheap first, harder only where something is still unread.

Only QR is asked for: eight times cheaper than asking for everything, and fewer false codes. What the decoder
says is never believed here; the register of what was printed decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from print.reader.intake import Pixels

Points = NDArray[np.float64]
_QR: Final = zxingcpp.barcode_formats_from_str("QRCode")
_SAME: Final = 0.5  # of a symbol's side: centres closer than this are one symbol
_FINE_DPI: Final = 180  # from here half the size is enough to begin with, at a quarter of the cost
_LEAST_PX: Final = 20
_OBLIQUE, _SQUARE = 2.2, 1.35  # how much longer one side may be than another, on a photo and on a scan
_SYMBOL_MM: Final = (15.0, 48.0)
_TILE: Final = 1600
_HARSH: Final = ((2.2, 4.0), (4.0, 3.0))  # how much is added of what a blur took away, and its sigma in px


@dataclass(frozen=True, eq=False)
class Mark:
    """A QR symbol on a page: its corners in px (4 × 2: top left, top right, bottom right, bottom left as printed).

    `text` is empty when it was located but could not be read.
    """

    text: str
    corners: Points

    @property
    def centre(self) -> Points:
        """The middle, in px."""
        middle: Points = self.corners.mean(axis=0)
        return middle

    @property
    def side(self) -> float:
        """The mean length of its sides, in px."""
        return float(np.linalg.norm(self.corners - np.roll(self.corners, 1, axis=0), axis=1).mean())

    def moved(self, right: float, down: float) -> Mark:
        """Return the mark so many px further."""
        return Mark(self.text, self.corners + np.array((right, down)))

    def at(self, other: Mark) -> bool:
        """Say whether another mark is the same one."""
        return bool(np.linalg.norm(self.centre - other.centre) < _SAME * max(self.side, other.side))


def marks(grey: Pixels, photo: bool, dpi: float) -> list[Mark]:
    """Return every QR on a page, read or only located: what can be had cheaply. `dpi` is 0 when unknown."""
    fine = dpi >= _FINE_DPI
    found = _look(_half(grey), 0.5) if fine else _look(grey, 1.0)
    if photo:
        _merge(found, _look(_sharper(grey, *_HARSH[0]), 1.0))
    found = [mark for mark in found if mark.text or plausible(mark, dpi)]
    if not found or not all(mark.text for mark in found):
        _merge(found, _look(grey, 1.0) if fine else _look(_half(grey), 0.5))
    return [mark for mark in found if mark.text or plausible(mark, dpi)]


def more(grey: Pixels, found: list[Mark], dpi: float) -> list[Mark]:
    """Look harder at a page on which something is not explained; return the marks that are new or read now."""
    known = list(found)
    _merge(known, _look(grey, 1.0))
    _merge(known, _look(_half(grey), 0.5))
    _merge(known, _harder(grey))
    new = [mark for mark in known if not any(mark is one for one in found)]
    return [mark for mark in new if mark.text or plausible(mark, dpi)]


def plausible(mark: Mark, dpi: float) -> bool:
    """Say whether an unread place can be a symbol of ours: square, and on a scan of our size."""
    sides = np.linalg.norm(mark.corners - np.roll(mark.corners, 1, axis=0), axis=1)
    if sides.min() < _LEAST_PX or sides.max() > (_OBLIQUE if not dpi else _SQUARE) * sides.min():
        return False
    return not dpi or _SYMBOL_MM[0] <= mark.side / dpi * 25.4 <= _SYMBOL_MM[1]


def again(grey: Pixels, around: Mark) -> Mark | None:
    """Look once more at one place, in every way there is; return a mark that was read."""
    reach = around.side
    left, top = (max(0, int(value)) for value in around.centre - reach)
    right, bottom = (int(value) for value in around.centre + reach)
    part = np.ascontiguousarray(grey[top:bottom, left:right])
    if min(part.shape) < 20:
        return None
    size = 1.0 if around.side > 400 else 2.0
    tries = [part, cv2.medianBlur(part, 3), cv2.GaussianBlur(part, (0, 0), 1.2)]
    for one in tries:
        for how in _HARSH:
            large = one if size == 1.0 else cv2.resize(one, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
            for mark in _look(_sharper(np.asarray(large, np.uint8), *how), size):
                moved = mark.moved(left, top)
                if moved.text and moved.at(around):
                    return moved
    return None


def _look(grey: Pixels, scale: float) -> list[Mark]:
    results = zxingcpp.read_barcodes(grey, formats=_QR, try_invert=False, return_errors=True)
    return [Mark(one.text if one.valid else "", _corners(one) / scale) for one in results]


def _corners(result: Any) -> Points:
    place = result.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return np.array([(corner.x + 0.5, corner.y + 0.5) for corner in corners], float)


def _merge(found: list[Mark], more: list[Mark]) -> None:
    """Add what is new; a mark that is read now takes the place of one that was not."""
    for mark in more:
        same = [place for place, known in enumerate(found) if known.at(mark)]
        if not same:
            found.append(mark)
        elif mark.text and not found[same[0]].text:
            found[same[0]] = mark


def _half(grey: Pixels) -> Pixels:
    return np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def _sharper(grey: Pixels, amount: float, sigma: float) -> Pixels:
    return np.asarray(cv2.addWeighted(grey, 1 + amount, cv2.GaussianBlur(grey, (0, 0), sigma), -amount, 0), np.uint8)


def _harder(grey: Pixels) -> list[Mark]:
    """Look at double size, sharpened, in tiles that overlap by a large symbol."""
    found: list[Mark] = []
    step = _TILE - 300
    for top in range(0, max(1, grey.shape[0] - 300), step):
        for left in range(0, max(1, grey.shape[1] - 300), step):
            tile = np.ascontiguousarray(grey[top : top + _TILE, left : left + _TILE])
            double = np.asarray(cv2.resize(tile, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR), np.uint8)
            for how in _HARSH:
                looked = _look(_sharper(double, *how), 2.0)
                _merge(found, [mark.moved(left, top) for mark in looked])
    return found
