"""Making rounds of dots, for the tests that are about choosing."""

from __future__ import annotations

from collections.abc import Sequence

from workshop import ids
from workshop.domain import ideas, rounds
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Sent
from workshop.domain.rounds import Round
from workshop.house import House

THREE = ("Een bankje bij de bushalte.", "Samen eten op dinsdag.", "Lampen in de steeg.")


def shared(house: House, door: Door, words: Sequence[str] = THREE, perspective: str = "") -> list[Idea]:
    """Share ideas on a card, each from a phone of its own."""
    sent = [Sent(one, "everyone", ids.token(), ids.token(), "qr", perspective=perspective) for one in words]
    return [house.store.write(ideas.place, door, one) for one in sent]


def opened(house: House, who: Facilitator, chosen: Sequence[Idea], dots: int = 3) -> Round:
    """Make a round about these ideas and let people choose."""
    keys = [one.id for one in chosen]
    made = house.store.write(rounds.make, chosen[0].workshop_id, "Wat doen we het eerst?", dots, keys, who.id)
    return house.store.write(rounds.begin, made, who.id)
