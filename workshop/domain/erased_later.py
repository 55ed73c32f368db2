"""After a restore: what people took away since that backup is back, and a later copy of the store knows it.

Only what the later copy says is believed, and only to take away: nothing else of it comes along.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.domain import ideas
from workshop.errors import Refused
from workshop.store import Tx


@dataclass(frozen=True)
class Gone:
    """What was taken away in a copy: keys of ideas with those of their workshops, and names of workshops that ended."""

    ideas: tuple[tuple[str, str], ...]
    ended: tuple[str, ...]


def of(tx: Tx) -> Gone:
    """Return what was taken away in this store."""
    rows = tx.erased_later.taken_away()
    ended = tx.erased_later.ended()
    return Gone(tuple((row["id"], row["workshop_id"]) for row in rows), tuple(row["id"] for row in ended))


def again(tx: Tx, gone: Gone) -> tuple[int, list[str]]:
    """Take the same ideas away here; return how many, and the names of workshops whose names are to be erased again."""
    count = 0
    for idea_id, workshop_id in gone.ideas:
        try:
            idea = ideas.by_key(tx, workshop_id, idea_id)
        except Refused:  # not in this store yet, or erased here too
            continue
        count += not idea.withdrawn_at
        ideas.withdraw(tx, idea)
    ended = set(gone.ended) - {row["id"] for row in tx.erased_later.ended()}
    return count, [row["name"] for row in tx.erased_later.names() if row["id"] in ended]
