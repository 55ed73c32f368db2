"""The ideas of a card as one visitor sees them: whose they are, what was added to them, who recognises them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.domain import comments, ideas, joining, support, waiting, workshops
from workshop.domain.doors import Door
from workshop.domain.ideas import Idea
from workshop.house import read
from workshop.public.visitor import Here, device
from workshop.store import Tx

FEW = 3
"""So many additions stand under an idea on the page of a card; its own page has all of them."""


@dataclass(frozen=True)
class Seen:
    """One idea before one visitor.

    `people`: how many participants gave it. `own`: this phone sent it. `recognised`: this phone said “Dat herken ik”.
    `count`: how many people did, None while facilitators keep that for themselves.
    """

    idea: Idea
    people: int
    added: tuple[Idea, ...]
    own: bool
    recognised: bool
    count: int | None


def voter_of(mark: str | None) -> str:
    """Return as whom a phone recognises ideas; '' for one without a mark."""
    return f"device:{mark}" if mark else ""


def read_first(here: Here) -> bool:
    """Say whether a facilitator reads what this visitor sends before the group sees it."""
    channel = "qr" if here.in_group else "number"
    return read(waiting.first, here.workshop, here.door, channel, device() or "")


def gather(tx: Tx, door: Door, in_group: bool, mark: str | None) -> list[Seen]:
    """Return what this visitor sees at a door, newest first."""
    workshop = workshops.at_door(tx, door.workshop_id)
    found = ideas.visible(tx, door, in_group)
    added = comments.under(tx, workshop.id, found, in_group)
    said = recognised(tx, workshop.id, found, voter_of(mark))
    tallies = support.tallies(tx, workshop.id) if workshop.support_shown_at else None
    seen = []
    for idea in found:
        makers = [one for one in joining.leaves(tx, idea) if _counts(one, workshop.hidden_at)]
        seen.append(
            Seen(
                idea=idea,
                people=max(1, len(makers)),
                added=tuple(added.get(idea.id, ())),
                own=bool(mark) and any(one.device == mark for one in makers),
                recognised=idea.id in said,
                count=None if tallies is None else _count(tallies, idea.id),
            )
        )
    return seen


def recognised(tx: Tx, workshop_id: str, found: list[Idea], voter: str) -> set[str]:
    """Return which of these ideas somebody recognises, also by way of what they were joined with."""
    said = support.recognised_by(tx, workshop_id, voter) if voter else set()
    by_name = {one.id for one in found}
    if said <= by_name:
        return said
    families = joining.families(tx, workshop_id)
    return {one.id for one in found if said & families.of(one.id)}


def _counts(leaf: Idea, hidden_at: str | None) -> bool:
    return not leaf.withdrawn_at and waiting.given_before(leaf, hidden_at)


def _count(tallies: Mapping[str, support.Tally], idea_id: str) -> int:
    found = tallies.get(idea_id)
    return found.recognised if found else 0
