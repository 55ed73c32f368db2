"""“Dit blijft hier”: what never leaves the group, on whatever road things leave it.

The mark stands beside the maker's choice who may see an idea and goes before it: with it an idea is for the group,
never for everyone, and not in tables, results, stories or progress. What the maker marked only the maker lifts; what
a facilitator marked a facilitator may lift too. A joined idea stays as long as one it is made of does: whoever marks it
marks all of those, so that the mark outlives taking it apart.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from workshop.domain import curating, ideas, joining, network_cards
from workshop.errors import Refused
from workshop.store import Tx

if TYPE_CHECKING:
    from workshop.domain.ideas import Idea

VERB, LIFTED = "stays", "may leave"


def by_maker(tx: Tx, idea_id: str) -> bool:
    """Say whether it was the maker who marked an idea, or what it is made of; nobody else may lift that."""
    parts = tx.joining.leaves(idea_id=idea_id)
    if parts:
        return any(one["stays"] and not one["withdrawn_at"] and by_maker(tx, one["id"]) for one in parts)
    theirs = False
    for row in tx.ideas.history(idea_id=idea_id):
        after = json.loads(row["after"])
        if "stays" in after:
            theirs = bool(after["stays"]) and (theirs or row["who"] == ideas.MAKER)
    return theirs


def mark(tx: Tx, idea: Idea, who: str) -> Idea:
    """Keep an idea in the group for good; the maker's mark also goes over a facilitator's. Twice is once."""
    if idea.stays and (who != ideas.MAKER or by_maker(tx, idea.id)):
        return idea
    return _say(tx, idea, who, stays=True)


def lift(tx: Tx, idea: Idea, who: str) -> Idea:
    """Let an idea be seen by whom its maker chose. Raises `Refused('stays_by_maker')` for what the maker marked."""
    if not idea.stays:
        return idea
    if who != ideas.MAKER and by_maker(tx, idea.id):
        raise Refused("stays_by_maker")
    return _say(tx, idea, who, stays=False)


def said_by_maker(tx: Tx, idea: Idea, stays: bool) -> Idea:
    """Do what its maker says: keep an idea in the group, or lift their own mark; a facilitator's stays as it is."""
    if stays:
        return mark(tx, idea, ideas.MAKER)
    return lift(tx, idea, ideas.MAKER) if by_maker(tx, idea.id) else idea


def numbers(tx: Tx, workshop_id: str) -> set[int]:
    """Return the numbers of all ideas that stay, for texts that know ideas by those."""
    return {ideas.by_key(tx, workshop_id, key).nr for key in kept(tx, workshop_id)}


def kept(tx: Tx, workshop_id: str) -> set[str]:
    """Return the keys of all ideas that stay: those that are marked, what adds to them, and what they are part of.

    What is private (`waiting.private`) stays as well.
    """
    return {row["id"] for row in tx.staying.kept(workshop_id=workshop_id, private=network_cards.BEING)}


def _say(tx: Tx, idea: Idea, who: str, *, stays: bool) -> Idea:
    """Mark an idea or lift its mark, and of a joined one those of all it is made of: done, and undone, as one."""
    verb = VERB if stays else LIFTED
    with curating.as_one(tx):
        ideas.apply(tx, idea, who, verb, stays=stays)
        for one in joining.leaves(tx, idea) if idea.channel == "joined" else ():
            if one.stays != stays:
                ideas.apply(tx, one, who, verb, stays=stays)
    return ideas.by_key(tx, idea.workshop_id, idea.id)
