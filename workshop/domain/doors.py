"""Doors: the number and the QR that open a card's page within a workshop.

The number is short, so it is not a secret: it opens the card and what is for everyone. The QR also
carries a key of 49 bits: who scans it belongs to the group. Who typed the number can type the card's
word; wrong words have a budget per workshop (`misses.WORDS_PER_WORKSHOP`), so all cards of a workshop
together give a guesser at most 100 tries in 2,048 words: under 5 % until a facilitator looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from workshop import clock, ids
from workshop.domain import misses, pulse, workshops
from workshop.errors import Refused
from workshop.store import Tx

OWN = ""  # the card_id of the workshop's own door, on poster and table tents


@dataclass(frozen=True)
class Door:
    """One number within one workshop. `card_id` is '' for the workshop's own door."""

    id: str
    workshop_id: str
    card_id: str
    number: str
    key: str
    word: str
    closed_at: str | None
    trusted_until: str | None = None

    @property
    def trusted(self) -> bool:
        """Say whether a facilitator trusts what comes by its code today."""
        return self.trusted_until is not None and clock.now() < self.trusted_until

    @property
    def scanned(self) -> str:
        """Return what the QR carries after the host: number and key."""
        return self.number + self.key


def open_for(tx: Tx, workshop_id: str, card_ids: Iterable[str]) -> dict[str, Door]:
    """Return a door per card, making those that are missing: printing again gives the same numbers."""
    for card_id in card_ids:
        if tx.doors.of_card(workshop_id=workshop_id, card_id=card_id) is None:
            tx.doors.make(
                id=ids.new(),
                workshop_id=workshop_id,
                card_id=card_id,
                number=_free_number(tx),
                key=ids.key(),
                word=ids.pick(words()),
                at=clock.now(),
            )
    return of_workshop(tx, workshop_id)


def of_workshop(tx: Tx, workshop_id: str) -> dict[str, Door]:
    """Return all doors of a workshop by card id."""
    return {row["card_id"]: _of(row) for row in tx.doors.of_workshop(workshop_id=workshop_id)}


def by_number(tx: Tx, number: str) -> Door | None:
    """Return the door with this number (six digits), if it was ever given out."""
    row = tx.doors.by_number(number=number)
    return _of(row) if row else None


def of_idea(tx: Tx, workshop_id: str, door_id: str) -> Door:
    """Return the door an idea came in by."""
    return _of(tx.doors.find(id=door_id, workshop_id=workshop_id))


def by_scan(tx: Tx, scanned: str) -> Door | None:
    """Return the door whose number and key are these sixteen signs, in any case; its key is the one scanned.

    Each text of a card that was printed has a key of its own (`printed`); all of them open the door.
    """
    door, given = by_number(tx, scanned[:6]), scanned[6:].upper()
    if door is None:
        return None
    keys = [door.key, *(row["key"] for row in tx.printed.of_door(door_id=door.id))]
    return replace(door, key=given) if any(ids.same(key, given) for key in keys) else None


def group_of(tx: Tx, keys: Sequence[str]) -> set[str]:
    """Return the workshops whose group somebody with these scanned keys belongs to."""
    found = [by_scan(tx, key) for key in keys if len(key) == 16]
    return {door.workshop_id for door in found if door}


def say_word(tx: Tx, door: Door, word: str, device: str) -> bool:
    """Say whether the word printed on the card is this one; counts wrong ones.

    Raises `Refused('words_used_up')` when too many wrong words were tried in this workshop; the QR
    keeps working, and a facilitator opens the words again.
    """
    if not words_left(tx, workshops.at_door(tx, door.workshop_id)):
        raise Refused("words_used_up")
    right = ids.same(door.word, word.strip().lower())
    if not right:
        misses.note(tx, "word", door.workshop_id, device)
    return right


def words_left(tx: Tx, workshop: workshops.Workshop) -> int:
    """Return how many wrong words may still be tried in this workshop."""
    used = misses.count(tx, "word", since=workshop.word_misses_reset_at, subject=workshop.id)
    return max(0, misses.WORDS_PER_WORKSHOP - used)


def close(tx: Tx, workshop_id: str, door_id: str) -> None:
    """Close one door: its page stays, nothing new comes in."""
    tx.doors.close(id=door_id, workshop_id=workshop_id, at=clock.now())
    pulse.beat(tx, workshop_id)


def reopen(tx: Tx, workshop_id: str, door_id: str) -> None:
    """Open one door again."""
    tx.doors.reopen(id=door_id, workshop_id=workshop_id)
    pulse.beat(tx, workshop_id)


@cache
def words() -> tuple[str, ...]:
    """Return the 2,048 plain words a card's word is picked from."""
    return tuple((files("workshop") / "words_nl.txt").read_text(encoding="utf-8").split())


def _free_number(tx: Tx) -> str:
    for _ in range(200):
        number = ids.card_number()
        if not tx.doors.number_taken(number=number):
            return number
    raise Refused("numbers_used_up")


def _of(row: dict[str, Any]) -> Door:
    return Door(**{name: row[name] for name in Door.__dataclass_fields__})
