"""What of a card went to paper: every text of it that was printed has a key of its own in its QR.

So a scan tells which text somebody has in hand, and the page can say gently, and only when it is true,
that there is a newer one. Every key ever printed keeps opening the card.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cards.card import Card
from workshop import clock, ids
from workshop.domain.doors import Door
from workshop.store import Tx


@dataclass(frozen=True)
class Print:
    """One text of a card that was printed: its language and version, and a mark of its words."""

    door_id: str
    language: str
    words: str
    version: int
    key: str


def words_of(card: Card) -> str:
    """Return a mark of everything a card says but its version: two equal marks say the same."""
    plain = card.model_copy(update={"version": 1})
    return hashlib.sha256(plain.model_dump_json(by_alias=True).encode()).hexdigest()


def note(tx: Tx, door: Door, card: Card) -> Print:
    """Note that this text goes to paper; return it with the key for its QR, the same one every time."""
    words = words_of(card)
    tx.printed.note(
        door_id=door.id, language=card.lang, words=words, version=card.version, key=ids.key(), at=clock.now()
    )
    return _of(tx.printed.find(door_id=door.id, language=card.lang, words=words))


def of_door(tx: Tx, door_id: str) -> list[Print]:
    """Return every text of a card that was printed, oldest first."""
    return [_of(row) for row in tx.printed.of_door(door_id=door_id)]


def _of(row: dict[str, str | int]) -> Print:
    return Print(**{name: row[name] for name in Print.__dataclass_fields__})  # type: ignore[arg-type]
