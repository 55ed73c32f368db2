"""Everybody who may stand before the door of the desk, for the tests that ask who comes in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import Visit
from workshop import clock, ids
from workshop.domain import curating, facilitators, ideas
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Sent
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx

Someone = Callable[[str], FlaskClient]
Share = Callable[..., Idea]


@pytest.fixture
def someone(house: House, workshop: Workshop, facilitator: Facilitator, visit: Visit, in_group: FlaskClient) -> Someone:
    """Give a browser of a `facilitator`, `helper`, `observer`, `stranger`, `participant` or `outsider`."""
    known = {"facilitator": facilitator.id}

    def make(who: str) -> FlaskClient:
        if who == "participant":
            return in_group
        client = visit()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if who == "outsider":
            return client
        if who not in known:
            known[who] = house.store.write(facilitators.make, who.capitalize()).id
            if who != "stranger":
                house.store.write(_join, workshop.id, known[who], who)
        secret = house.store.write(facilitators.begin, known[who])
        client.set_cookie("__Host-bureau", secret, domain="werkplaats.nl", secure=True)
        return client

    return make


@pytest.fixture
def anna(someone: Someone) -> FlaskClient:
    """Anna's browser."""
    return someone("facilitator")


@pytest.fixture
def share(house: House, door: Door) -> Share:
    """Share an idea on the first card: `share("Een bankje", "everyone")`."""
    return _sharing(house, door)


@pytest.fixture
def share_read(house: House, door: Door, facilitator: Facilitator) -> Share:
    """Share an idea as `share` does, and have a facilitator read it."""
    give = _sharing(house, door)
    return lambda *said, **more: house.store.write(curating.read, give(*said, **more), facilitator.id)


def _sharing(house: House, door: Door) -> Share:
    def make(words: str = "Een bankje bij de bushalte.", visibility: str = "everyone", **more: object) -> Idea:
        sent = Sent(words, visibility, ids.token(), ids.token(), more.pop("channel", "qr"), **more)  # type: ignore[arg-type]
        return house.store.write(ideas.place, door, sent)

    return make


def now(house: House, idea: Idea) -> Idea:
    """Return the idea as it is now."""
    return house.store.read(ideas.by_key, idea.workshop_id, idea.id)


def bram(house: House) -> str:
    """Return the key of a second facilitator, called Bram."""
    return house.store.write(facilitators.make, "Bram").id


def _join(tx: Tx, workshop_id: str, facilitator_id: str, role: str) -> None:
    tx.workshops.join(workshop_id=workshop_id, facilitator_id=facilitator_id, role=role, at=clock.now())
