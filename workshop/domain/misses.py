"""Wrong guesses, counted, so that guessing has a budget and a typing mistake costs nothing.

The budgets are per device and per subject (a workshop, a name), never per network address: sixty
phones in a hall share one.
"""

from __future__ import annotations

from typing import Literal

from workshop import clock, ids
from workshop.store import Tx

Kind = Literal["number", "word", "receipt", "passphrase", "stub"]
NUMBERS_PER_DEVICE = 20  # a minute
NUMBERS_IN_ALL = 600  # a minute
RECEIPTS_PER_DEVICE = 10  # ten minutes
RECEIPTS_IN_ALL = 300  # ten minutes
STUBS_PER_DEVICE = 10  # ten minutes
STUBS_PER_NUMBER = 20  # ten minutes
STUBS_IN_ALL = 300  # ten minutes
WORDS_PER_WORKSHOP = 100  # until a facilitator looks
PASSPHRASES = 20  # ten minutes, per name


def note(tx: Tx, kind: Kind, subject: str, device: str) -> None:
    """Remember one wrong guess for a week."""
    tx.misses.note(id=ids.new(), at=clock.now(), kind=kind, subject=subject, device=device)


def count(
    tx: Tx, kind: Kind, *, minutes: float = 0, since: str = "", subject: str | None = None, device: str | None = None
) -> int:
    """Count wrong guesses of the last so many minutes, or since a moment."""
    found: int = tx.misses.count_since(
        kind=kind, at=since or clock.ago(minutes=minutes), subject=subject, device=device
    )
    return found


def forget(tx: Tx) -> None:
    """Drop wrong guesses older than a week. Of wrong words the count stays until a facilitator looks."""
    tx.misses.forget(before=clock.ago(days=7))
    tx.misses.forget_devices(before=clock.ago(days=7))
