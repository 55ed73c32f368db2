"""Three people and a house: every test starts from a facilitator, a participant and an outsider."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from workshop import clock, create_app
from workshop.domain import choices, doors, facilitators, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Details, Workshop
from workshop.house import House
from workshop.settings import Settings

pytest_plugins = ["tests.browser", "tests.engines"]
CARD = "samen-ontwerpen/01-een-dag-uit-mijn-leven"
SECOND_CARD = "samen-ontwerpen/05-schrijf-en-geef-door"
PASSPHRASE = "een lange zin voor aan de deur"
DETAILS = Details(
    name="Werkplaats De Linde",
    question="Hoe wonen we straks fijn in onze buurt?",
    language="nl",
    address="https://werkplaats.nl",
    contact_name="Marijke",
    contact_phone="06 12 34 56 78",
    next_date="2027-01-11",
)


@pytest.fixture(autouse=True)
def _right_clock() -> Iterator[None]:
    yield
    clock.shift()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty installation in a folder of its own."""
    opened = House.open(Settings.of(data=tmp_path / "data", base="https://werkplaats.nl"))
    yield opened
    opened.close()


@pytest.fixture
def app(house: House) -> Flask:
    app = create_app(house.settings, house)
    app.testing = True
    return app


@pytest.fixture
def facilitator(house: House) -> Facilitator:
    """Anna, who can sign in with PASSPHRASE."""
    return house.store.write(facilitators.make, "Anna", PASSPHRASE)


@pytest.fixture
def workshop(house: House, facilitator: Facilitator) -> Workshop:
    """A workshop of Anna's in which two cards are chosen."""
    made = house.store.write(workshops.make, facilitator.id, DETAILS)
    for card in (CARD, SECOND_CARD):
        house.store.write(choices.put, made.id, card)
    return made


@pytest.fixture
def door(house: House, workshop: Workshop) -> Door:
    """The door of the first card."""
    return house.store.write(doors.open_for, workshop.id, [CARD, SECOND_CARD])[CARD]


class Browser(FlaskClient):
    """A browser of its own that opens addresses of https://werkplaats.nl."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", "https://werkplaats.nl")
            kwargs.setdefault("buffered", True)  # reads the whole answer, so that files are closed
        return super().open(*args, **kwargs)


Visit = Callable[..., FlaskClient]


@pytest.fixture
def visit(app: Flask) -> Visit:
    """Make a browser of its own: `visit()`; addresses are those of https://werkplaats.nl."""

    def make() -> FlaskClient:
        app.test_client_class = Browser
        return app.test_client()

    return make


@pytest.fixture
def at_desk(visit: Visit, facilitator: Facilitator, house: House) -> FlaskClient:
    """Anna's browser, signed in."""
    client = visit()
    secret = house.store.write(facilitators.begin, facilitator.id)
    client.set_cookie("__Host-bureau", secret, domain="werkplaats.nl", secure=True)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@pytest.fixture
def in_group(visit: Visit, door: Door) -> FlaskClient:
    """A participant's phone that scanned the QR of the first card."""
    client = visit()
    client.get(f"/{door.scanned}")
    return client


@pytest.fixture
def outside(visit: Visit) -> FlaskClient:
    """Somebody who scanned nothing and signs in nowhere."""
    return visit()


@dataclass(frozen=True)
class Running:
    """A server on this machine's loopback, for a real browser."""

    address: str
    house: House


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """The application on a port of its own, with its own data folder."""
    opened = House.open(Settings.of(data=tmp_path / "live"))
    server = make_server("127.0.0.1", 0, create_app(opened.settings, opened), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Running(f"http://127.0.0.1:{server.server_port}", opened)
    server.shutdown()
    thread.join()
    server.server_close()
    opened.close()
