"""A meeting with a plan, and what one reads and does at its pages, for the tests about both."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from workshop import clock
from workshop.domain import meetings, plans
from workshop.domain.meetings import About, Meeting
from workshop.domain.plans import Plan
from workshop.domain.workshops import Workshop
from workshop.house import House


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time pass but what a test says: a busy machine is not late."""
    began = clock.read(clock.now())
    monkeypatch.setattr(clock, "_moment", lambda: began + clock._shift)


@pytest.fixture
def meeting(house: House, workshop: Workshop) -> Meeting:
    about = About("2027-02-22", "Een gewone dag", place="Buurthuis De Linde", begins="13:30", ends="15:30")
    return house.store.write(meetings.add, workshop.id, about)


@pytest.fixture
def at(workshop: Workshop, meeting: Meeting) -> str:
    """The address of the meeting."""
    return f"/bureau/{workshop.id}/bijeenkomsten/{meeting.id}"


def said(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return words(answer.text)


def words(page: str) -> str:
    """Return what somebody reads on a page."""
    main = re.sub(r"<span[^>]* hidden[^>]*>.*?</span>", "", page.split("<main", 1)[-1])
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def plan_of(house: House, meeting: Meeting) -> Plan:
    return house.store.read(plans.of, meeting.id)


def take(client: FlaskClient, at: str, recipe: str = "een-gewone-dag", **more: str) -> None:
    client.post(f"{at}/draaiboek/programma", data={"programma": recipe, "zeker": "ja", **more})
