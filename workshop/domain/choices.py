"""Which cards a workshop chose, and how many copies of each."""

from __future__ import annotations

from workshop import clock
from workshop.domain import doors
from workshop.store import Tx


def put(tx: Tx, workshop_id: str, card_id: str, copies: int = 1) -> None:
    """Choose a card, or change its number of copies (1 to 99). A chosen card has its number from then on."""
    doors.open_for(tx, workshop_id, [card_id])
    tx.choices.put(workshop_id=workshop_id, card_id=card_id, copies=min(max(copies, 1), 99), at=clock.now())


def remove(tx: Tx, workshop_id: str, card_id: str) -> None:
    """Take a card out of the choice. Its number stays its own: old prints keep working."""
    tx.choices.remove(workshop_id=workshop_id, card_id=card_id)


def of_workshop(tx: Tx, workshop_id: str) -> dict[str, int]:
    """Return copies by card id."""
    return {row["card_id"]: row["copies"] for row in tx.choices.of_workshop(workshop_id=workshop_id)}
