"""Numbers as QR symbols: the address in capitals, the smallest symbol, drawn by linear algebra.

For a fixed version, level and mask every module of a QR symbol is an affine function over GF(2) of
the data bits. So `qrcode` makes one base symbol and one symbol per data bit; every further symbol
is a few XORs, identical to what `qrcode` itself makes. Text outside QR's alphanumeric set goes
through `qrcode` one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any, Final, Literal

from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

from print.errors import PrintError
from print.measures import MODULE_MIN_MM, QUIET_MODULES

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_PLACES: Final = {character: place for place, character in enumerate(ALPHABET)}
MASK: Final = 2
"""Which of the eight masks makes no difference to phones (measured); one mask keeps symbols linear."""

Level = Literal["Q", "H"]
_LEVELS: Final[dict[str, int]] = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}
_ALPHANUMERIC_ROOM: Final[dict[Level, tuple[int, ...]]] = {
    "Q": (16, 29, 47, 67, 87, 108, 125, 157, 189, 221),
    "H": (10, 20, 35, 50, 64, 84, 93, 122, 143, 174),
}
_BYTE_ROOM: Final[dict[Level, tuple[int, ...]]] = {
    "Q": (11, 20, 32, 46, 60, 74, 86, 108, 130, 151),
    "H": (7, 14, 24, 34, 44, 58, 64, 84, 98, 119),
}
_RUN = re.compile("1+")


class MarkTooFine(PrintError):
    """The symbol does not fit its place: too much text, or modules under 0.7 mm."""


@dataclass(frozen=True)
class Symbol:
    """A QR symbol without its quiet zone; `bits` holds it row by row, dark is 1."""

    modules: int
    bits: int

    def rows(self) -> list[str]:
        """Return the rows from the top, as strings of 0 and 1."""
        flat = format(self.bits, f"0{self.modules**2}b")
        return [flat[at : at + self.modules] for at in range(0, len(flat), self.modules)]

    def path(self) -> bytes:
        """Return PDF path operators with one unit per module, the origin at the bottom left."""
        drawn = _rectangles(self.modules)
        return "".join([drawn[run.span()] for run in _RUN.finditer("0".join(self.rows()))]).encode()

    def without(self, other: Symbol) -> Symbol:
        """Return the modules that are not dark in another symbol of the same size."""
        return Symbol(self.modules, self.bits & ~other.bits)


def common(symbols: Iterable[Symbol]) -> Symbol:
    """Return the modules that are dark in every one of these symbols, which are all of one size."""
    return reduce(lambda one, other: Symbol(one.modules, one.bits & other.bits), symbols)


class _Rectangles(dict[tuple[int, int], str]):
    """The rectangle of a run, by its span in the rows joined with one light module."""

    def __init__(self, modules: int) -> None:
        self.modules = modules

    def __missing__(self, span: tuple[int, int]) -> str:
        y, x = divmod(span[0], self.modules + 1)
        self[span] = text = f"{x} {self.modules - 1 - y} {span[1] - span[0]} 1 re\n"
        return text


_rectangles = lru_cache(maxsize=None)(_Rectangles)


@dataclass(frozen=True)
class Grade:
    """Which symbol a text gets: version 1–10 and error level."""

    version: int
    level: Level
    alphanumeric: bool

    @property
    def modules(self) -> int:
        """Modules along one side, without the quiet zone."""
        return 17 + 4 * self.version


def address(base: str, number: str, key: str = "") -> str:
    """Return what a QR says: the address in capitals, the number, and its key."""
    return f"{base.upper().rstrip('/')}/{number}{key.upper()}"


def grade(text: str) -> Grade:
    """Return the smallest version that holds the text at level Q, raised to H when that still fits."""
    alphanumeric = all(map(_PLACES.__contains__, text))
    room = _ALPHANUMERIC_ROOM if alphanumeric else _BYTE_ROOM
    length = len(text) if alphanumeric else len(text.encode())
    for version, most in enumerate(room["Q"], 1):
        if length <= most:
            return Grade(version, "H" if length <= room["H"][version - 1] else "Q", alphanumeric)
    raise MarkTooFine(f"{length} characters are too many for a QR that a phone reads easily")


def module_mm(text: str, side_mm: float) -> float:
    """Return the width of one module when symbol and quiet zone fill a square of `side_mm`.

    Raises `MarkTooFine` when a module would be under 0.7 mm.
    """
    width = side_mm / (grade(text).modules + 2 * QUIET_MODULES)
    if width < MODULE_MIN_MM:
        raise MarkTooFine(
            f"the address of {len(text)} characters gives modules of {width:.2f} mm in {side_mm:g} mm; "
            f"at least {MODULE_MIN_MM} mm is needed: use a shorter address"
        )
    return width


@lru_cache(maxsize=8192)
def symbol(text: str) -> Symbol:
    """Return the QR symbol of a text, with mask 2."""
    how = grade(text)
    if not how.alphanumeric:
        return encoded(text, how)
    start = _first(len(text), how, text[: len(text) // 2])
    changes = _changes(len(text), how)
    bits = start.bits
    for pair, (ours, theirs) in enumerate(zip(_values(text), start.values, strict=True)):
        differing = ours ^ theirs
        while differing:
            lowest = differing & -differing
            bits ^= changes[pair, lowest]
            differing ^= lowest
    return Symbol(how.modules, bits)


def encoded(text: str, how: Grade) -> Symbol:
    """Return the symbol as `qrcode` makes it, one by one: the measure for `symbol`."""
    code: QRCode[Any] = QRCode(version=how.version, error_correction=_LEVELS[how.level], border=0, mask_pattern=MASK)
    mode = MODE_ALPHA_NUM if how.alphanumeric else MODE_8BIT_BYTE
    code.add_data(QRData(text, mode=mode), optimize=0)
    try:
        code.make(fit=False)
    except DataOverflowError as error:
        raise MarkTooFine("the address is too long for its QR") from error
    flat = "".join("1" if dark else "0" for row in code.modules for dark in row)
    return Symbol(how.modules, int(flat, 2))


@dataclass(frozen=True)
class _Start:
    """A symbol made by `qrcode`, and the values of its pairs of characters, to start from."""

    bits: int
    values: tuple[int, ...]


@lru_cache(maxsize=32)
def _first(length: int, how: Grade, opening: str) -> _Start:
    """Return the symbol to start from for texts of this length that open alike."""
    text = opening.ljust(length, "0")
    return _Start(encoded(text, how).bits, _values(text))


class _Changes(dict[tuple[int, int], int]):
    """Which modules turn when one data bit of one pair of characters turns, by pair and bit."""

    def __init__(self, length: int, how: Grade) -> None:
        self.length, self.how = length, how
        self.zeros = encoded("0" * length, how).bits

    def __missing__(self, turned: tuple[int, int]) -> int:
        pair, value = turned
        at = 2 * pair
        ours = ALPHABET[value] if at == self.length - 1 else ALPHABET[value // 45] + ALPHABET[value % 45]
        text = "0" * at + ours + "0" * (self.length - at - len(ours))
        self[turned] = change = encoded(text, self.how).bits ^ self.zeros
        return change


_changes = lru_cache(maxsize=32)(_Changes)


def _values(text: str) -> tuple[int, ...]:
    """Return what QR's alphanumeric mode writes: 11 bits per pair, 6 for a last character alone."""
    places = [_PLACES[character] for character in text]
    pairs = [45 * high + low for high, low in zip(places[::2], places[1::2], strict=False)]
    return tuple(pairs + places[-1:] if len(places) % 2 else pairs)
