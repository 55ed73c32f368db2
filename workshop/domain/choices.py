"""Which cards a workshop chose, and how many copies of each."""

from __future__ import annotations

from collections.abc import Mapping

from workshop import clock
from workshop.domain import doors
from workshop.store import Tx


def put(tx: Tx, workshop_id: str, card_id: str, copies: int = 1) -> None:
    """Choose a card, or change its number of copies (1 to 99). A chosen card has its number from then on."""
    doors.open_for(tx, workshop_id, [card_id])
    tx.choices.put(workshop_id=workshop_id, card_id=card_id, copies=min(max(copies, 1), 99), at=clock.now())


def put_all(tx: Tx, workshop_id: str, wanted: Mapping[str, int]) -> dict[str, int]:
    """Choose several cards at once, each with its copies. Return how many each had before; 0 is not chosen."""
    before = of_workshop(tx, workshop_id)
    for card_id, copies in wanted.items():
        put(tx, workshop_id, card_id, copies)
    return {card_id: before.get(card_id, 0) for card_id in wanted}


def put_back(tx: Tx, workshop_id: str, wanted: Mapping[str, int], before: Mapping[str, int]) -> None:
    """Undo `put_all`. A card somebody changed since keeps what they chose."""
    now = of_workshop(tx, workshop_id)
    for card_id, copies in wanted.items():
        if now.get(card_id) != copies:
            continue
        if before[card_id]:
            put(tx, workshop_id, card_id, before[card_id])
        else:
            remove(tx, workshop_id, card_id)


def remove(tx: Tx, workshop_id: str, card_id: str) -> None:
    """Take a card out of the choice. Its number stays its own: old prints keep working."""
    tx.choices.remove(workshop_id=workshop_id, card_id=card_id)


def of_workshop(tx: Tx, workshop_id: str) -> dict[str, int]:
    """Return copies by card id."""
    return {row["card_id"]: row["copies"] for row in tx.choices.of_workshop(workshop_id=workshop_id)}
