"""Reading a symbol no decoder can: compare its soft modules with everything that was really printed.

A pen line or a stain may break a QR's own correction, but among the symbols we printed only one looks like it.
The true one scores .67 and more, others .26 at most; strangers made for the occasion stand beside the register, so
that a register of one card is as strict as one of thousands.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from print.forms import FORM_KEY, KEY_SIGNS
from print.marks import Symbol, grade, symbol
from print.numbers import SLIP_DIGITS, with_check
from print.reader import fit, plane
from print.reader.intake import Pixels
from print.reader.known import Known, Register
from print.reader.plane import Points

LEAST: Final = 0.45
MARGIN: Final = 0.15
_STRANGERS: Final = 64
_PER_MODULE: Final = 4
_ROUND: Final = 7  # modules over which the paper's own light is taken away


@dataclass(frozen=True)
class Match:
    """The printed symbol that a place on the page looks like, its corners in px, score and lead over the next."""

    known: Known
    corners: Points
    score: float
    margin: float


def match(grey: Pixels, corners: Points, register: Register, codes: frozenset[str], photo: bool) -> Match | None:
    """Return the symbol of the register, of a form among these codes, that lies here; None unless it is certain."""
    book = _book(register)
    if book is None:
        return None
    allowed = np.array([one.code in codes for one in register.known] + [True] * _STRANGERS)
    best = _best(grey, corners, book, allowed)
    if best[1] < LEAST / 2 or best[0] >= len(register.known):
        return None
    drawn = _symbol(register, register.known[best[0]])
    exact, _ = fit.slid(grey, corners, drawn, photo)
    place, score, margin = max(best, _best(grey, exact, book, allowed), key=lambda one: one[1])
    if score < LEAST or margin < MARGIN or place >= len(register.known):
        return None
    return Match(register.known[place], exact, score, margin)


def verified(grey: Pixels, corners: Points, drawn: Symbol) -> float:
    """Return how much a place looks like this symbol: -1 to 1."""
    cells = np.array([[int(bit) for bit in row] for row in drawn.rows()], float)
    seen = _soft(grey, corners, drawn.modules).ravel()
    wanted = _levelled(1 - cells).ravel()
    return float(np.corrcoef(seen, wanted)[0, 1])


@dataclass(frozen=True, eq=False)
class _Book:
    """Every candidate as a row of levelled, normalised modules, of those modules that differ."""

    modules: int
    differing: NDArray[np.intp]
    rows: NDArray[np.float32]


@lru_cache(maxsize=4)
def _book(register: Register) -> _Book | None:
    if not register.known:
        return None
    texts = [register.text(one) for one in register.known]
    size = grade(texts[0]).modules
    drawn = [_symbol(register, one) for one in register.known]
    drawn += [symbol(text, register.keep) for text in _strangers(register)]
    bits = np.array([np.frombuffer(format(one.bits, f"0{size**2}b").encode(), np.uint8) - 48 for one in drawn])
    differing = np.flatnonzero(bits.min(axis=0) != bits.max(axis=0))
    light = 1 - bits[:, differing].astype(np.float32)
    return _Book(size, differing, _unit(light))


def _symbol(register: Register, one: Known) -> Symbol:
    return symbol(register.text(one), register.keep)


def _strangers(register: Register) -> list[str]:
    """Return what symbols would say that were never printed, the same every time."""
    found = []
    for place in range(_STRANGERS):
        hashed = hashlib.sha256(f"stranger {place}".encode()).digest()
        number = with_check(f"{int.from_bytes(hashed[:6], 'big') % 10 ** (SLIP_DIGITS - 1):0{SLIP_DIGITS - 1}d}")
        key = "".join(KEY_SIGNS[byte % len(KEY_SIGNS)] for byte in hashed[6 : 6 + FORM_KEY])
        code = register.known[place % len(register.known)].code
        found.append(register.text(Known(number, code, key)))
    return found


def _best(grey: Pixels, corners: Points, book: _Book, allowed: NDArray[np.bool_]) -> tuple[int, float, float]:
    seen = _soft(grey, corners, book.modules).ravel()[book.differing].astype(np.float32)
    scores = np.where(allowed, book.rows @ _unit(seen[None])[0], -1)
    order = np.argsort(scores)[::-1]
    return int(order[0]), float(scores[order[0]]), float(scores[order[0]] - scores[order[1]])


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    level = rows - rows.mean(axis=1, keepdims=True)
    length = np.linalg.norm(level, axis=1, keepdims=True)
    out: NDArray[np.float32] = (level / np.maximum(length, 1e-6)).astype(np.float32)
    return out


def _soft(grey: Pixels, corners: Points, modules: int) -> NDArray[np.float64]:
    """Return the modules as lightness, with the paper's own light taken away."""
    edge = float(modules)
    way = plane.projective(plane.corners(0, 0, edge, edge), corners)
    if way is None:
        return np.zeros((modules, modules))
    seen = plane.cut(grey, way, (0, 0, edge, edge), _PER_MODULE)
    cells = cv2.resize(seen, (modules, modules), interpolation=cv2.INTER_AREA)
    return _levelled(np.asarray(cells, float))


def _levelled(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    level: NDArray[np.float64] = cells - np.asarray(cv2.blur(cells, (_ROUND, _ROUND)), float)
    return level
