"""The calendar of a workshop that people follow without signing in: opened by a facilitator, closed by one.

Its key is as long as that of a card. Closing it ends the address for good: opening again gives another one.
"""

from __future__ import annotations

from workshop import clock, ids
from workshop.store import Tx


def key_of(tx: Tx, workshop_id: str) -> str:
    """Return the key of a workshop's calendar; '' when it is not open."""
    row = tx.calendar.of_workshop(workshop_id=workshop_id)
    return str(row["key"]) if row else ""


def workshop_behind(tx: Tx, key: str) -> str:
    """Return whose calendar has this key; '' for nobody's."""
    row = tx.calendar.behind(key=key)
    return str(row["workshop_id"]) if row else ""


def open_up(tx: Tx, workshop_id: str) -> None:
    """Open the calendar; twice is once."""
    tx.calendar.open(workshop_id=workshop_id, key=ids.key(), at=clock.now())


def close(tx: Tx, workshop_id: str) -> None:
    """Close the calendar: its address shows nothing any more."""
    tx.calendar.close(workshop_id=workshop_id)
