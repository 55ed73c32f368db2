"""After a restore: what people took away since that backup is back, and a later copy of the store knows it.

Only what the later copy says is believed, and only to take away: nothing else of it comes along.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.domain import ideas, paper, slips, trays
from workshop.domain.ideas import Idea
from workshop.errors import Refused
from workshop.store import Tx


@dataclass(frozen=True)
class Gone:
    """What was taken away in a copy, by key: ideas and backs with their workshop, cards by number."""

    ideas: tuple[tuple[str, str], ...]
    cards: tuple[str, ...]
    backs: tuple[tuple[str, str], ...]
    ended: tuple[str, ...]
    """Workshops whose names were erased."""
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Again:
    """What goes again: how many ideas, unread cards and backs; and by name what a person has to erase again."""

    ideas: int
    cards: int
    backs: int
    ended: tuple[str, ...]
    organisations: tuple[str, ...]


def of(tx: Tx) -> Gone:
    """Return what was taken away in this store."""
    return Gone(
        tuple((row["id"], row["workshop_id"]) for row in tx.erased_later.taken_away()),
        tuple(row["number"] for row in tx.erased_later.slips()),
        tuple((row["id"], row["workshop_id"]) for row in tx.erased_later.backs()),
        tuple(row["id"] for row in tx.erased_later.ended()),
        tuple(row["id"] for row in tx.erased_later.organisations()),
    )


def again(tx: Tx, gone: Gone) -> Again:
    """Take the same ideas, cards and backs away here; return what went, and what a person has to erase again."""
    ended = set(gone.ended) - {row["id"] for row in tx.erased_later.ended()}
    return Again(
        sum(_idea_again(tx, *key) for key in gone.ideas),
        sum(_card_again(tx, number) for number in gone.cards),
        sum(_back_again(tx, *key) for key in gone.backs),
        tuple(row["name"] for row in tx.erased_later.names() if row["id"] in ended),
        tuple(row["name"] for row in tx.erased_later.organisation_names() if row["id"] in gone.organisations),
    )


def _idea_again(tx: Tx, idea_id: str, workshop_id: str) -> bool:
    idea = _idea(tx, idea_id, workshop_id)
    if idea is None or idea.withdrawn_at:
        return False
    ideas.withdraw(tx, idea)
    return True


def _card_again(tx: Tx, number: str) -> bool:
    """Take a card back, with an idea that was read from it here only; say whether it had none."""
    slip = slips.by_number(tx, number)
    if slip is None or slip.withdrawn_at:
        return False
    paper.withdraw(tx, slip)
    return paper.idea_of(tx, number) is None


def _back_again(tx: Tx, idea_id: str, workshop_id: str) -> bool:
    idea = _idea(tx, idea_id, workshop_id)
    if idea is None or trays.back_is_away(tx, idea):
        return False
    trays.put_back_away(tx, idea, ideas.MAKER, away=True)
    return True


def _idea(tx: Tx, idea_id: str, workshop_id: str) -> Idea | None:
    """Return an idea; None when it is not in this store yet, or was erased here too."""
    try:
        return ideas.by_key(tx, workshop_id, idea_id)
    except Refused:
        return None
