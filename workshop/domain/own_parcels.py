"""Someone else's cards that were looked at and found right, waiting for a facilitator to take them in."""

from __future__ import annotations

from workshop import clock, ids
from workshop.errors import Refused
from workshop.store import Tx

HOURS = 48


def keep(tx: Tx, workshop_id: str, who: str, file: str) -> str:
    """Note a stored parcel; return its key."""
    key = ids.new()
    tx.own.keep_parcel(id=key, workshop_id=workshop_id, who=who, file=file, at=clock.now())
    return key


def file_of(tx: Tx, workshop_id: str, key: str) -> str:
    """Return the stored file of a parcel of this workshop. Raises `Refused('no_card')`."""
    row = tx.own.parcel(id=key, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_card")
    return str(row["file"])


def taken(tx: Tx, key: str) -> None:
    """Forget a parcel that was taken in: a second tap finds nothing."""
    tx.own.forget_parcel(id=key)


def forget(tx: Tx) -> list[str]:
    """Forget parcels nobody took in within two days; return their files that nothing else speaks of."""
    files = {row["file"] for row in tx.own.forget_parcels(before=clock.ago(hours=HOURS))}
    return [file for file in sorted(files) if not tx.own.parcel_uses(file=file)]
