"""Whose turn it is: printing and reading for everybody in turn, on as many machines as there are.

The organisation that waits longest for a turn goes first, and in it the workshop that does, so a long stack or thirty
orders of one make no other wait for all of it. A turn is one print, or some pages of a stack. Workers say that they
are there, and one of them at a time keeps the house tidy; everything they hold is held for a moment and renewed, so a
dead one holds nothing for long.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from workshop import clock
from workshop.domain import orders, stacks
from workshop.domain.leases import lease_until, mine
from workshop.domain.orders import Order
from workshop.domain.stacks import Stack
from workshop.store import Tx

Kind = Literal["print", "read"]
Waits = Literal["", "turn", "nobody"]
HEARD_SECONDS: Final = 60
"""Who was heard of in this time is there."""
Chore = Literal["tidy", "sweep"]
EVERY: Final[Mapping[Chore, int]] = {"tidy": 60, "sweep": 3600}
"""How many seconds after it was done a chore is done again."""


def waiting(tx: Tx, kind: Kind, but: str = "") -> bool:
    """Say whether an order or stack waits that nobody is at; `but` is one that does not count."""
    if kind == "print":
        return bool(tx.work.orders_wait(at=clock.now()))
    return bool(tx.work.stacks_wait(at=clock.now(), but=but))


def claim(tx: Tx, kind: Kind) -> Order | Stack | None:
    """Take the order or stack whose turn it is, or None when nothing waits."""
    find = tx.work.next_order if kind == "print" else tx.work.next_stack
    take = orders.claim if kind == "print" else stacks.claim
    while row := find(at=clock.now()):
        if piece := take(tx, row["id"]):  # else it was tried too often, and is parked now
            for owner in (row["organisation_id"], row["workshop_id"]):
                tx.work.had_turn(kind=kind, owner=owner, at=clock.now())
            return piece
    return None


def waits(tx: Tx, piece: Order | Stack) -> Waits:
    """Say why nobody was at something for a minute: others go first, or no worker is there; '' when somebody was."""
    since = clock.ago(seconds=HEARD_SECONDS)
    long = tx.work.order_waits if isinstance(piece, Order) else tx.work.stack_waits
    if not long(id=piece.id, since=since):
        return ""
    return "turn" if heard(tx) else "nobody"


def seen(tx: Tx, name: str) -> None:
    """Note that a worker is there."""
    tx.work.seen(name=name, at=clock.now())


def left(tx: Tx, name: str) -> None:
    """Note that a worker went home."""
    tx.work.left(name=name)


def heard(tx: Tx) -> list[str]:
    """Return the workers that were heard of in the last minute, as host:process."""
    return [row["name"] for row in tx.work.heard(since=clock.ago(seconds=HEARD_SECONDS))]


def untidy(tx: Tx, chore: Chore = "tidy") -> bool:
    """Say whether it is long enough ago that a chore was done, and nobody is at it."""
    row = tx.work.chore(name=chore)
    return row is None or (row["lease_until"] < clock.now() and row["done_at"] < clock.ago(seconds=EVERY[chore]))


def begin_tidying(tx: Tx, worker: str, chore: Chore = "tidy") -> bool:
    """Say whether this worker is the one who does it now; it keeps saying that it is at it with `still_tidying`."""
    return bool(tx.work.take_chore(name=chore, worker=worker, at=clock.now(), lease_until=lease_until()))


def still_tidying(tx: Tx, worker: str, chore: Chore = "tidy") -> None:
    """Stay at it. Raises `Lost` when another took over."""
    mine(tx.work.keep_chore(name=chore, worker=worker, lease_until=lease_until()))


def tidied(tx: Tx, worker: str, chore: Chore = "tidy") -> None:
    """Note that a chore is done; who has been gone for a day, and turns of a month ago, are forgotten."""
    tx.work.chore_done(name=chore, worker=worker, at=clock.now())
    tx.work.forget_workers(before=clock.ago(days=1))
    tx.work.forget_turns(before=clock.ago(days=30))
