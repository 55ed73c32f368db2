"""The pulse of a workshop: a number that grows with every change, so that watching costs next to nothing."""

from __future__ import annotations

from workshop.store import Tx


def of(tx: Tx, workshop_id: str) -> int:
    """Return how often something changed in a workshop."""
    row = tx.pulse.of(workshop_id=workshop_id)
    return int(row["beat"]) if row else 0


def beat(tx: Tx, workshop_id: str) -> None:
    """Note that something changed."""
    tx.pulse.beat(workshop_id=workshop_id)
