"""Print orders: what a facilitator asked to print, and how far it is.

The row is the truth, the queue only nudges. Whoever prints claims the row for a moment, with a word of its own, and
keeps it by saying so again and again; when that stops (the process was killed), the row is free. Whoever lost its claim
settles nothing. After five attempts an order is parked with its reason, and a person can try again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from workshop import clock, ids
from workshop.domain import quotas
from workshop.domain.leases import ATTEMPTS, AWAY_SECONDS, again_after, lease_until, mine
from workshop.errors import Refused
from workshop.store import Tx

State = Literal["ordered", "printing", "ready", "failed"]
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
    worker: str = ""
    """The word of whoever claimed it last."""


def order(tx: Tx, workshop_id: str, facilitator_id: str, what: dict[str, Any]) -> Order:
    """Order something to be printed; `what` is the plain values `workshop.printing` understands.

    Raises `Refused('quota_bytes')`.
    """
    quotas.room_for(tx, workshop_id)
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
    row = tx.orders.claim(id=order_id, at=clock.now(), lease_until=lease_until(), worker=ids.new())
    if row is None:
        return None
    claimed = _of(row)
    if claimed.attempts > ATTEMPTS:
        fail(tx, claimed, claimed.reason or "stopped")
        return None
    return claimed


def keep(tx: Tx, claimed: Order) -> None:
    """Stay at an order that takes long. Raises `Lost` when it is another's now."""
    mine(tx.orders.keep(id=claimed.id, worker=claimed.worker, lease_until=lease_until()))


def progress(tx: Tx, claimed: Order, done: int, total: int) -> None:
    """Note how far an order is; whoever prints it is still at it. Raises `Lost`."""
    keep(tx, claimed)
    tx.orders.progress(id=claimed.id, done=done, total=total)


def finish(tx: Tx, claimed: Order, file: str, name: str) -> None:
    """Note that the result is stored. Raises `Lost`, as do all that end a claim, and `Refused('quota_bytes')`."""
    quotas.room_for_files(tx, claimed.workshop_id, [file])
    mine(tx.orders.finish(id=claimed.id, worker=claimed.worker, file=file, name=name, at=clock.now()))


def fail(tx: Tx, claimed: Order, reason: str) -> None:
    """Park an order with a reason a person can read."""
    mine(tx.orders.fail(id=claimed.id, worker=claimed.worker, reason=reason, at=clock.now()))


def give_back(tx: Tx, claimed: Order, reason: str) -> None:
    """Free an order that could not be printed this time, to be tried again in a moment."""
    later = clock.ahead(seconds=again_after(claimed.attempts))
    mine(tx.orders.give_back(id=claimed.id, worker=claimed.worker, reason=reason, later=later))


def put_off(tx: Tx, claimed: Order) -> None:
    """Free an order that cannot be stored now; it is no attempt. Raises `Lost`."""
    mine(tx.orders.put_off(id=claimed.id, worker=claimed.worker, later=clock.ahead(seconds=AWAY_SECONDS)))


def rest(tx: Tx, claimed: Order) -> None:
    """Free an order that another may begin anew, now; it is no attempt."""
    mine(tx.orders.rest(id=claimed.id, worker=claimed.worker))


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
