"""The only place that uses chance: keys, numbers, secrets.

Everything here comes from the operating system's source of randomness. Letters that look or sound
alike (I, L, O, U, 0, 1) are left out of whatever a person may have to copy.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Sequence

from stdnum import luhn

from print import numbers
from workshop import clock

CLEAR = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # 30 signs, 4.9 bits each
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_LENGTH = 10  # 49 bits
_turn = threading.Lock()
_last = 0


def new() -> str:
    """Return a time-ordered key of 26 signs: 48 bits of time, 80 of chance; each is greater than the last.

    The step from the last one is chance too: processes that go on from the same key, made by a clock that is ahead,
    never make the same one.
    """
    global _last
    with _turn:
        _last = max(_last + 1 + secrets.randbits(64), (clock.milliseconds() << 80) | secrets.randbits(79))
        value = _last
    return "".join(_CROCKFORD[(value >> shift) & 31] for shift in range(125, -1, -5))


def after(known: str) -> None:
    """Have every key from now on be greater than this one, that another process made with a clock of its own."""
    global _last
    if len(known) == 26 and set(known) <= set(_CROCKFORD):  # "" is what a new store says
        value = 0
        for sign in known:
            value = value * 32 + _CROCKFORD.index(sign)
        with _turn:
            _last = max(_last, value)


def request_number() -> str:
    """Return eight digits for one request: to read out, and to find in the log of that hour."""
    return str(10_000_000 + secrets.randbelow(90_000_000))


def key() -> str:
    """Return the random half of a QR code: ten signs, 49 bits."""
    return "".join(secrets.choice(CLEAR) for _ in range(KEY_LENGTH))


class Chance:
    """Where the numbers and keys of idea cards come from.

    With a seed they are the same every time: for rehearsals and tests, and never a secret.
    """

    def __init__(self, *seed: str) -> None:
        self._seed, self._drawn = "\0".join(seed), 0

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to `limit`."""
        if not self._seed:
            return secrets.randbelow(limit)
        self._drawn += 1
        drawn = hashlib.sha256(f"{self._seed}\0{self._drawn}".encode()).digest()
        return int.from_bytes(drawn[:16], "big") % limit

    def slip_number(self) -> str:
        """Return eight digits, the last one a check digit, the first never 0."""
        return numbers.with_check(str(1_000_000 + self.below(9_000_000)))

    def signs(self, count: int) -> str:
        """Return so many signs of a key, 4.9 bits each."""
        return "".join(CLEAR[self.below(len(CLEAR))] for _ in range(count))

    def pick(self, words: Sequence[str]) -> str:
        """Return one of the words."""
        return words[self.below(len(words))]


def card_number() -> str:
    """Return six digits, the last one a check digit, the first never 0."""
    return numbers.with_check(str(10_000 + secrets.randbelow(90_000)))


def receipt() -> str:
    """Return a receipt of eight signs, the last one a check sign; 34 bits, so guesses are budgeted."""
    body = "".join(secrets.choice(CLEAR) for _ in range(7))
    return body + luhn.calc_check_digit(body, CLEAR)


def receipt_typed(text: str) -> str | None:
    """Return a receipt as stored from what somebody typed, or None if it cannot be one."""
    plain = "".join(sign for sign in text.upper() if sign.isalnum())
    right = len(plain) == 8 and set(plain) <= set(CLEAR) and luhn.is_valid(plain, CLEAR)
    return plain if right else None


def token() -> str:
    """Return a secret of 256 bits for links and cookies."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is stored of a secret of 112 bits or more: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def pick(words: Sequence[str]) -> str:
    """Return one of the words by chance."""
    return secrets.choice(words)
