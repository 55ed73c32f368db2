"""Two organisations on one installation: the one of Anna, and that of Bas, who sees nothing of hers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from flask.testing import FlaskClient

from tests.conftest import CARD, DETAILS, PASSPHRASE, Visit
from workshop import ids
from workshop.domain import choices, doors, facilitators, ideas, organisations, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Sent
from workshop.domain.organisations import Organisation
from workshop.domain.workshops import Workshop
from workshop.house import House


@dataclass(frozen=True)
class Other:
    """What there is of an organisation: somebody who works there, their workshop, its door and an idea behind it."""

    organisation: Organisation
    who: Facilitator
    workshop: Workshop
    door: Door
    idea: Idea
    browser: FlaskClient


@pytest.fixture
def bas(house: House, facilitator: Facilitator, visit: Visit) -> Other:
    """Bas of another organisation, signed in, with a workshop of his own."""
    made = house.store.write(organisations.make, "De Kring")
    who = house.store.write(facilitators.make, "Bas", PASSPHRASE, made.id)
    return other(house, visit, made, who, "Werkplaats De Kring")


def other(house: House, visit: Visit, made: Organisation, who: Facilitator, name: str) -> Other:
    """Give somebody a workshop with a card and an idea, and a browser."""
    workshop = house.store.write(
        workshops.make, who.id, replace(DETAILS, name=name, question="Waar lopen we warm voor?")
    )
    house.store.write(choices.put, workshop.id, CARD)
    door = house.store.write(doors.open_for, workshop.id, [CARD])[CARD]
    idea = house.store.write(ideas.place, door, sent("Een hek om de vijver."))
    client = visit()
    secret = house.store.write(facilitators.begin, who.id)
    client.set_cookie("__Host-bureau", secret, domain="werkplaats.nl", secure=True)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return Other(made, who, workshop, door, idea, client)


def sent(words: str, visibility: str = "everyone") -> Sent:
    """Return an idea as a phone sends it."""
    return Sent(words, visibility, ids.token(), ids.token(), "qr")
