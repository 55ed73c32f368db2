"""What people of a workshop agreed with each other: a short list, on the wall, on paper and on their phones.

An agreement is never changed: it is removed, and another one comes. What was removed can come back in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop import clock, ids
from workshop.domain import ideas, pulse
from workshop.errors import Refused
from workshop.store import Tx

MOST_SIGNS: Final = 140
MOST: Final = 12
STARTERS: Final = {
    "nl": (
        "Iedereen krijgt de tijd om uit te praten.",
        "U mag altijd zeggen: ik sla over.",
        "Wat hier verteld wordt, blijft hier. Tenzij de verteller iets anders wil.",
        "We vragen eerst door. Daarna geven we pas onze mening.",
        "Moeilijke woorden leggen we uit.",
    ),
    "en": (
        "Everyone gets the time to finish speaking.",
        "You may always say: I pass.",
        "What is told here stays here. Unless the teller wants otherwise.",
        "We ask first. Only then do we give our opinion.",
        "We explain difficult words.",
    ),
}
"""Five to begin with, for whoever wants them."""


@dataclass(frozen=True)
class Agreement:
    """One agreement, in words of at most 140 signs."""

    id: str
    words: str


def of_workshop(tx: Tx, workshop_id: str) -> list[Agreement]:
    """Return the agreements in their order."""
    return [Agreement(row["id"], row["words"]) for row in tx.agreements.of_workshop(workshop_id=workshop_id)]


def add(tx: Tx, workshop_id: str, words: str) -> Agreement:
    """Add an agreement at the end; the same words twice are one.

    Raises `Refused`: 'agreement_empty', 'agreement_long', 'agreement_many' for more than twelve.
    """
    said = " ".join(ideas.plain(words).split())
    there = of_workshop(tx, workshop_id)
    same = next((one for one in there if one.words.casefold() == said.casefold()), None)
    if same:
        return same
    if not said:
        raise Refused("agreement_empty")
    if len(said) > MOST_SIGNS:
        raise Refused("agreement_long", most=str(MOST_SIGNS))
    if len(there) >= MOST:
        raise Refused("agreement_many", most=str(MOST))
    made = Agreement(ids.new(), said)
    last = max((row["place"] for row in tx.agreements.of_workshop(workshop_id=workshop_id)), default=0.0)
    tx.agreements.add(id=made.id, workshop_id=workshop_id, words=said, place=last + 1, at=clock.now())
    pulse.beat(tx, workshop_id)
    return made


def take_over(tx: Tx, workshop_id: str, language: str) -> int:
    """Add the five to begin with, as far as they are not there and fit; return how many were added."""
    before = len(of_workshop(tx, workshop_id))
    for words in STARTERS[language][: MOST - before]:
        add(tx, workshop_id, words)
    return len(of_workshop(tx, workshop_id)) - before


def remove(tx: Tx, workshop_id: str, key: str) -> None:
    """Take an agreement away; twice is once."""
    tx.agreements.remove(id=key, workshop_id=workshop_id, at=clock.now())
    pulse.beat(tx, workshop_id)


def bring_back(tx: Tx, workshop_id: str, key: str) -> None:
    """Undo taking one away. Raises `Refused('agreement_many')` when there is no room for it any more."""
    if len(of_workshop(tx, workshop_id)) >= MOST:
        raise Refused("agreement_many", most=str(MOST))
    tx.agreements.bring_back(id=key, workshop_id=workshop_id)
    pulse.beat(tx, workshop_id)


def move(tx: Tx, workshop_id: str, key: str, steps: int) -> None:
    """Move an agreement up (-1) or down (1) one place; at the end of the list nothing happens."""
    rows = tx.agreements.of_workshop(workshop_id=workshop_id)
    at = next((at for at, row in enumerate(rows) if row["id"] == key), None)
    if at is None or not 0 <= at + steps < len(rows):
        return
    for row, place in ((rows[at], rows[at + steps]["place"]), (rows[at + steps], rows[at]["place"])):
        tx.agreements.move(id=row["id"], place=place)
    pulse.beat(tx, workshop_id)
