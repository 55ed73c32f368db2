"""A lease: whoever works at something holds it for a moment, and says again and again that it is still there.

A worker that was killed says nothing any more, and soon another goes on. One that was away for longer than its lease
(a machine that slept) finds another word in the row than its own, and may settle nothing. Clocks of machines that
work together may differ by a few seconds.
"""

from __future__ import annotations

from typing import Final

from workshop import clock
from workshop.errors import WerkplaatsError

LEASE_SECONDS: Final = 15
BEAT_SECONDS: Final = 5.0
ATTEMPTS: Final = 5
"""How often something is tried that gets nowhere, before a person is asked."""
AWAY_SECONDS: Final = 15.0
"""How long something rests that needs files, while the place where they are kept does not answer."""


class Lost(WerkplaatsError):
    """What was held is held by another now: nothing was stored, the other goes on."""

    def __init__(self) -> None:
        super().__init__("Another worker took over. Nothing is lost and nothing is done twice.")


def again_after(attempts: int) -> float:
    """Return how many seconds something rests that failed so many times: 2, 4, 8, …"""
    return float(2**attempts)


def lease_until() -> str:
    """Return until when a lease that is taken or renewed now holds."""
    return clock.ahead(seconds=LEASE_SECONDS)


def mine(row: object) -> None:
    """Raise `Lost` when no row had our word in it any more."""
    if not row:
        raise Lost
