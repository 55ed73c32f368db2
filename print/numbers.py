"""Short numbers that people read aloud and type: digits with a check digit (Damm).

One wrong digit, or two neighbours swapped, is always seen. Which numbers are handed out is the
workshop's business; here is only the arithmetic.
"""

from __future__ import annotations

from typing import Final, Literal

from stdnum import damm

CARD_DIGITS: Final = 6
SLIP_DIGITS: Final = 8

Fault = Literal["empty", "characters", "length", "check"]

_SPACING: Final = frozenset(" -.\u00a0\u2009\u202f\u2011\u2012\u2013\t\r\n")


class WrongNumber(ValueError):
    """What was typed is not a number of ours. `fault` says why, for a kind message."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"not a number of ours: {fault}")
        self.fault: Fault = fault


def with_check(digits: str) -> str:
    """Return the digits with their check digit behind them: `"27419"` becomes `"274195"`."""
    if not (digits.isascii() and digits.isdigit()):
        raise WrongNumber("characters")
    check: str = damm.calc_check_digit(digits)
    return digits + check


def typed(text: str, length: int = CARD_DIGITS) -> str:
    """Return the digits somebody typed, without spaces, hyphens and dots.

    Raises `WrongNumber` when it is empty, holds something else than digits, is not `length` digits
    long, or when the check digit is wrong.
    """
    digits = "".join(character for character in text if character not in _SPACING)
    if not digits:
        raise WrongNumber("empty")
    if not (digits.isascii() and digits.isdigit()):
        raise WrongNumber("characters")
    if len(digits) != length:
        raise WrongNumber("length")
    if not damm.is_valid(digits):
        raise WrongNumber("check")
    return digits


def shown(number: str) -> str:
    """Return a number as it is printed: `"274 195"` for a card, `"2741 9631"` for an idea card."""
    half = len(number) // 2
    return f"{number[:half]} {number[half:]}"
