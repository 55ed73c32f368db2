"""Print orders: what a facilitator asked to print, and how far it is.

The row is the truth, the queue only nudges. Whoever prints claims the row for a while; when that
time passes without an answer (the process was killed), the row is free again. After five attempts it
is parked with its reason, and a person can try again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from workshop import clock, ids
from workshop.errors import Refused
from workshop.store import Tx

State = Literal["ordered", "printing", "ready", "failed"]
LEASE_MINUTES = 5
ATTEMPTS = 5
THROWN_AWAY = "Its maker took away an idea that was in this print. Print it again: it is left out."


@dataclass(frozen=True)
class Order:
    """One print order; `file` is the stored result when it is ready, `name` what to call it on saving.

    `done` of `total` says how far it is; `total` is 0 when that is not known.
    """

    id: str
    workshop_id: str
    ordered_at: str
    what: dict[str, Any]
    state: State
    attempts: int
    file: str | None
    name: str | None
    reason: str
    done: int
    total: int


def order(tx: Tx, workshop_id: str, facilitator_id: str, what: dict[str, Any]) -> Order:
    """Order something to be printed; `what` is the plain values `workshop.printing` understands."""
    key = ids.new()
    at = clock.now()
    tx.orders.order(id=key, workshop_id=workshop_id, ordered_by=facilitator_id, at=at, what=json.dumps(what))
    return find(tx, workshop_id, key)


def find(tx: Tx, workshop_id: str, order_id: str) -> Order:
    """Return an order of this workshop. Raises `Refused('no_order')`."""
    row = tx.orders.find(id=order_id, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_order")
    return _of(row)


def of_workshop(tx: Tx, workshop_id: str) -> list[Order]:
    """Return the last twenty orders, newest first."""
    return [_of(row) for row in tx.orders.of_workshop(workshop_id=workshop_id)]


def claim(tx: Tx, order_id: str) -> Order | None:
    """Take an order to print it; None when another is at it or it is done. Parks it after five attempts."""
    row = tx.orders.claim(id=order_id, at=clock.now(), lease_until=clock.ahead(minutes=LEASE_MINUTES))
    if row is None:
        return None
    if row["attempts"] > ATTEMPTS:
        fail(tx, order_id, row["reason"] or "stopped")
        return None
    return _of(row)


def progress(tx: Tx, order_id: str, done: int, total: int) -> None:
    """Note how far an order is; whoever prints it is still at it."""
    tx.orders.progress(id=order_id, done=done, total=total, lease_until=clock.ahead(minutes=LEASE_MINUTES))


def finish(tx: Tx, order_id: str, file: str, name: str) -> None:
    """Note that the result is stored."""
    tx.orders.finish(id=order_id, file=file, name=name, at=clock.now())


def fail(tx: Tx, order_id: str, reason: str) -> None:
    """Park an order with a reason a person can read."""
    tx.orders.fail(id=order_id, reason=reason, at=clock.now())


def give_back(tx: Tx, order_id: str, reason: str) -> None:
    """Free an order that could not be printed this time, to be tried again."""
    tx.orders.give_back(id=order_id, reason=reason, at=clock.now())


def try_again(tx: Tx, workshop_id: str, order_id: str) -> None:
    """Try a parked order once more."""
    tx.orders.try_again(id=order_id, workshop_id=workshop_id)


def throw_away(tx: Tx, workshop_id: str) -> list[str]:
    """Let go of printed ideas and answers, because something of one was erased; return their files.

    Whoever wants them prints again, without what is gone.
    """
    gone = [row["file"] for row in tx.orders.with_ideas(workshop_id=workshop_id)]
    tx.orders.throw_away(workshop_id=workshop_id, reason=THROWN_AWAY)
    return gone


def undone(tx: Tx) -> list[str]:
    """Return the orders nobody is at: new ones, and those whose printer was killed."""
    return [row["id"] for row in tx.orders.undone(at=clock.now())]


def _of(row: dict[str, Any]) -> Order:
    values = {name: row[name] for name in Order.__dataclass_fields__}
    return Order(**values | {"what": json.loads(row["what"])})
