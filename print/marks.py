"""Numbers as QR symbols: the address in capitals, the smallest symbol, drawn by linear algebra.

For a fixed version, level and mask every module of a QR symbol is an affine function over GF(2) of
the data bits. So `qrcode` makes one base symbol and one symbol per data bit; every further symbol
is a few XORs, identical to what `qrcode` itself makes. Text outside QR's alphanumeric set goes
through `qrcode` one by one.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any, Final, Literal

from print.errors import PrintError
from print.measures import MODULE_MIN_MM, QUIET_MODULES

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_PLACES: Final = {character: place for place, character in enumerate(ALPHABET)}
MASK: Final = 2
"""Which of the eight masks makes no difference to phones (measured); one mask keeps symbols linear."""

Level = Literal["Q", "H"]
_ALPHANUMERIC_ROOM: Final[dict[Level, tuple[int, ...]]] = {
    "Q": (16, 29, 47, 67, 87, 108, 125, 157, 189, 221),
    "H": (10, 20, 35, 50, 64, 84, 93, 122, 143, 174),
}
_BYTE_ROOM: Final[dict[Level, tuple[int, ...]]] = {
    "Q": (11, 20, 32, 46, 60, 74, 86, 108, 130, 151),
    "H": (7, 14, 24, 34, 44, 58, 64, 84, 98, 119),
}
_RUN = re.compile("1+")
_FILLER: Final = "1"
"""What symbols are learned from: not "0", for `qrcode` cannot correct a block of nothing but zeros."""


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


def module_mm(modules: int, side_mm: float) -> float:
    """Return the width of one module when a symbol and its quiet zone fill a square of `side_mm`.

    Raises `MarkTooFine` when a module would be under 0.7 mm.
    """
    width = side_mm / (modules + 2 * QUIET_MODULES)
    if width < MODULE_MIN_MM:
        raise MarkTooFine(
            f"The address is so long that its QR would have points of {width:.2f} mm; "
            f"phones need at least {MODULE_MIN_MM} mm. Use a shorter address."
        )
    return width


def symbol(text: str, keep: Path | None = None) -> Symbol:
    """Return the QR symbol of a text, with mask 2. What was learned about symbols is kept in a folder."""
    how = grade(text)
    if not how.alphanumeric:
        return encoded(text, how)
    return _plan(len(text), how, keep).symbol(text)


def encoded(text: str, how: Grade) -> Symbol:
    """Return the symbol as `qrcode` makes it, one by one: the measure for `symbol`."""
    from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_Q
    from qrcode.main import QRCode
    from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

    level = ERROR_CORRECT_H if how.level == "H" else ERROR_CORRECT_Q
    code: QRCode[Any] = QRCode(version=how.version, error_correction=level, border=0, mask_pattern=MASK)
    code.add_data(QRData(text, mode=MODE_ALPHA_NUM if how.alphanumeric else MODE_8BIT_BYTE), optimize=0)
    code.make(fit=False)
    flat = "".join("1" if dark else "0" for row in code.modules for dark in row)
    return Symbol(how.modules, int(flat, 2))


class _Plan:
    """How symbols of one length and grade change with their data, learned bit by bit from `qrcode`.

    `known` holds symbols to start from, by how their text opens; `turned` which modules turn with one data
    bit of one pair of characters. Both are kept in a file when there is a folder for it.
    """

    def __init__(self, length: int, how: Grade, keep: Path | None) -> None:
        self._length, self._how = length, how
        self._path = keep / f"symbols-{length}-{how.version}{how.level}{MASK}.json" if keep else None
        self._known: dict[str, int] = {}
        self._turned: dict[str, int] = {}
        self._learned = False
        if self._path:
            with contextlib.suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
                kept = json.loads(self._path.read_bytes())
                self._known = {opening: int(bits, 16) for opening, bits in kept["known"].items()}
                self._turned = {place: int(bits, 16) for place, bits in kept["turned"].items()}

    def symbol(self, text: str) -> Symbol:
        """Return the symbol of a text of this plan's length."""
        opening = text[: text.rfind("/") + 1]
        start = opening.ljust(self._length, _FILLER)
        bits = self._encoded(start, self._known, opening)
        for pair, (ours, theirs) in enumerate(zip(_values(text), _values(start), strict=True)):
            differing = ours ^ theirs
            while differing:
                lowest = differing & -differing
                bits ^= self._change(pair, lowest)
                differing ^= lowest
        self._save()
        return Symbol(self._how.modules, bits)

    def _change(self, pair: int, value: int) -> int:
        place = f"{pair} {value}"
        if place not in self._turned:
            at, fill = 2 * pair, _FILLER * self._length
            value ^= _values(fill)[pair]
            ours = ALPHABET[value] if at == self._length - 1 else ALPHABET[value // 45] + ALPHABET[value % 45]
            text = fill[:at] + ours + fill[at + len(ours) :]
            self._turned[place] = encoded(text, self._how).bits ^ self._encoded(fill, self._known, "")
            self._learned = True
        return self._turned[place]

    def _encoded(self, text: str, known: dict[str, int], opening: str) -> int:
        if opening not in known:
            known[opening] = encoded(text, self._how).bits
            self._learned = True
        return known[opening]

    def _save(self) -> None:
        """Write down what is new; a folder that cannot be written only costs time."""
        if self._path and self._learned:
            kept = {
                name: {place: f"{bits:x}" for place, bits in table.items()}
                for name, table in (("known", self._known), ("turned", self._turned))
            }
            with contextlib.suppress(OSError):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                own = self._path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
                own.write_text(json.dumps(kept))
                own.replace(self._path)
        self._learned = False


_plan = lru_cache(maxsize=32)(_Plan)


def _values(text: str) -> tuple[int, ...]:
    """Return what QR's alphanumeric mode writes: 11 bits per pair, 6 for a last character alone."""
    places = [_PLACES[character] for character in text]
    pairs = [45 * high + low for high, low in zip(places[::2], places[1::2], strict=False)]
    return tuple(pairs + places[-1:] if len(places) % 2 else pairs)
