"""Parking ideas: what lies outside the frame is kept on a list, with the reason. Nobody's idea is thrown away for it.

A parked idea stays on its card's page and in every list; it says of itself that it is parked.
"""

from __future__ import annotations

from typing import Final

from workshop.domain import ideas, joining
from workshop.domain.ideas import Idea
from workshop.errors import Refused
from workshop.store import Tx

MOST: Final = 300


def park(tx: Tx, idea: Idea, who: str, reason: str) -> Idea:
    """Park an idea, or give another reason; `who` is the key of a facilitator.

    Raises `Refused`: 'park_reason_missing', 'park_reason_long'; `Stale` as every change of an idea does.
    """
    why = ideas.plain(reason)
    if not why:
        raise Refused("park_reason_missing", "Say why it is parked. Nothing was changed.")
    if len(why) > MOST:
        raise Refused("park_reason_long", f"A reason has at most {MOST} signs. Nothing was changed.", most=str(MOST))
    return idea if idea.parked == why else ideas.apply(tx, idea, who, "parked", parked=why)


def unpark(tx: Tx, idea: Idea, who: str) -> Idea:
    """Take an idea off the parked list; twice is once."""
    return ideas.apply(tx, idea, who, "unparked", parked="") if idea.parked else idea


def parked(tx: Tx, workshop_id: str) -> list[Idea]:
    """Return the parked ideas of a workshop, oldest first; `idea.parked` is the reason."""
    rows = tx.frames.parked(workshop_id=workshop_id)
    return joining.filled(tx, ideas.with_pictures_of(tx, rows, workshop_id=workshop_id))
