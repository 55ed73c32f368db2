"""How much there is and how much waits, of everything together: for whoever keeps the machines running.

Numbers of the whole installation only; nothing here knows a workshop or a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop import clock
from workshop.store import Tx


@dataclass(frozen=True)
class Work:
    """Work of one kind: what waits or is being done, for how many seconds the oldest, and what waits for a person."""

    waiting: int
    oldest_seconds: float
    parked: int


@dataclass(frozen=True)
class Totals:
    """Everything, counted. `work` is by kind: `orders` to print and `stacks` to read; `workers` were seen lately."""

    work: dict[str, Work]
    ideas: int
    pages: int
    workers: int


def now(tx: Tx) -> Totals:
    """Count everything."""
    row = tx.totals.now(lately=clock.ago(minutes=1))
    work = {
        kind: Work(row[f"{kind}_waiting"], _since(row[f"{kind}_oldest"]), row[f"{kind}_parked"])
        for kind in ("orders", "stacks")
    }
    return Totals(work, row["ideas"], row["pages"], row["workers"])


def _since(moment: str | None) -> float:
    return max(0.0, (clock.read(clock.now()) - clock.read(moment)).total_seconds()) if moment else 0.0
