"""What waits for a person before the group sees it: by choice, from a blocked phone, or too much at once.

Nobody is refused for sending much: an idea too many is kept, and shown once a facilitator has read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop import clock
from workshop.domain import network_cards
from workshop.domain.doors import Door
from workshop.domain.workshops import Workshop
from workshop.store import Tx

if TYPE_CHECKING:
    from workshop.domain.ideas import Idea


def must(tx: Tx, workshop: Workshop, door: Door, channel: str, device: str) -> bool:
    """Say whether what is sent now waits for a person.

    Per device 10 at once, then 3 a minute; per card 60 and per workshop 120 a minute. A hall of sixty
    phones stays under all three, and what is held does not count against the others.
    """

    minute, four = clock.ago(minutes=1), clock.ago(minutes=4)
    came = tx.ideas.came_from_phone
    fast = came(device=device, since=minute) >= 3 and came(device=device, since=four) >= 10
    at_door, in_all = tx.ideas.came_at_door, tx.ideas.came_in_workshop
    flood = at_door(door_id=door.id, since=minute) >= 60 or in_all(workshop_id=workshop.id, since=minute) >= 120
    return first(tx, workshop, door, channel, device) or fast or flood


def first(tx: Tx, workshop: Workshop, door: Door, channel: str, device: str) -> bool:
    """Say whether a person must read what comes this way before the group sees it.

    Always what comes from a blocked phone; where everything is read first, all but what comes by a trusted card's code.
    """
    if blocked(tx, workshop.id, device):
        return True
    if workshop.seen == "all":
        return not (channel == "qr" and door.trusted)
    return workshop.seen == "first" and channel in ("number", "paper")


def blocked(tx: Tx, workshop_id: str, device: str) -> bool:
    """Say whether what this phone sends waits for a person, until a facilitator lifts that."""
    return bool(device and tx.moderating.is_blocked(workshop_id=workshop_id, device=device))


def seen_by_group(idea: Idea, hidden_at: str | None) -> bool:
    """Say whether the group sees an idea now: not held, set aside, taken away, private, or given since hiding."""
    shown = not idea.held and not idea.withdrawn_at and idea.status not in ("set_aside", "apart")
    return shown and not private(idea) and given_before(idea, hidden_at)


def given_before(idea: Idea, hidden_at: str | None) -> bool:
    """Say whether an idea came before ideas were hidden; None is when they are not, or for who sees everything.

    Whoever has a moment from which things are hidden, has nothing that is private either.
    """
    return hidden_at is None or (idea.made_at < hidden_at and not private(idea))


def private(idea: Idea) -> bool:
    """Say whether an idea is for the facilitators only: who somebody wants to be, unless its maker chose wider.

    No page, wall, print or table shows it to anybody else. As soon as its maker chooses “everyone”, they do.
    """
    return idea.card_id == network_cards.BEING and idea.visibility == "group"
