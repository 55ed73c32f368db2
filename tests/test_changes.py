"""The half-yearly pulse: when it is asked, what people said, and how the half years lie side by side."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.desk_people import Share, share
from workshop import clock, ids
from workshop.domain import changes, doors, facilitators, ideas, meetings, trajectory, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Sent
from workshop.domain.meetings import About
from workshop.domain.network_cards import CHANGES
from workshop.domain.workshops import Details, Workshop
from workshop.house import House

__all__ = ["share"]


@pytest.fixture
def circle(house: House, facilitator: Facilitator) -> Workshop:
    """A workshop whose first meeting is today."""
    details = Details("De Linde", "Hoe?", "nl", "https://werkplaats.nl", "Marijke", "06 12 34 56 78")
    made = house.store.write(workshops.make, facilitator.id, details)
    house.store.write(meetings.add, made.id, About(clock.today().isoformat()))
    return made


@pytest.fixture
def asks(house: House, circle: Workshop) -> Door:
    """The door of the card that asks what people do differently."""
    return house.store.write(doors.open_for, circle.id, [CHANGES])[CHANGES]


def say(house: House, door: Door, words: str, side: str = "") -> None:
    house.store.write(ideas.place, door, Sent(words, "group", ids.token(), ids.token(), "qr", perspective=side))


def test_nothing_is_due_before_half_a_year_after_the_first_meeting(house: House, circle: Workshop) -> None:
    clock.shift(weeks=25)
    assert house.store.read(changes.due, circle.id) is None
    clock.shift(weeks=26, days=1)
    due = house.store.read(changes.due, circle.id)
    assert due is not None
    assert due.number == 1


def test_it_is_due_after_26_52_and_78_weeks_until_somebody_said_something(
    house: House, circle: Workshop, asks: Door
) -> None:
    for number, weeks in enumerate((26, 52, 78), 1):
        clock.shift(weeks=weeks, days=1)
        due = house.store.read(changes.due, circle.id)
        assert due is not None
        assert due.number == number
        say(house, asks, f"Ik bel nu eerst, {number}.")
        assert house.store.read(changes.due, circle.id) is None


def test_what_is_said_belongs_to_the_half_year_it_is_nearest_to(house: House, circle: Workshop, asks: Door) -> None:
    for weeks, words in ((24, "Vroeg."), (28, "Laat."), (50, "Een jaar.")):
        clock.shift(weeks=weeks)
        say(house, asks, words)
    said = [[idea.words for idea in half.said] for half in house.store.read(changes.halves, circle.id)]
    assert said == [["Vroeg.", "Laat."], ["Een jaar."]]


def test_sides_are_counted_from_five_on_and_never_to_be_found_by_subtracting(
    house: House, circle: Workshop, asks: Door
) -> None:
    clock.shift(weeks=26)
    for number in range(6):
        say(house, asks, f"Ik vraag nu door, {number}.", "professional")
    say(house, asks, "Ik durf meer.", "client")
    (half,) = [one for one in house.store.read(changes.halves, circle.id) if one.said]
    assert half.sides == {}
    for number in range(4):
        say(house, asks, f"Ik kom vaker, {number}.", "burger")
    (half,) = [one for one in house.store.read(changes.halves, circle.id) if one.said]
    assert half.sides == {"professional": 6}


def test_ideas_at_other_cards_do_not_count_and_without_a_meeting_there_is_no_half_year(
    house: House, workshop: Workshop, share: Share, circle: Workshop
) -> None:
    share("Een bankje.")
    assert all(not half.said for half in house.store.read(changes.halves, workshop.id))
    assert house.store.read(changes.halves, circle.id)
    bare = house.store.read(meetings.of_workshop, circle.id)[0]
    house.store.write(meetings.call_off, bare)
    assert house.store.read(changes.halves, circle.id) == []


def test_the_trajectory_and_the_plan_of_a_meeting_say_when_it_is_time_and_a_circle_never_does(
    house: House, circle: Workshop, asks: Door, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    clock.shift(weeks=26, days=1)
    again = house.store.write(facilitators.begin, facilitator.id)
    at_desk.set_cookie("__Host-bureau", again, domain="werkplaats.nl", secure=True)
    meeting = house.store.read(meetings.of_workshop, circle.id)[0]
    pages = [f"/bureau/{circle.id}/traject", f"/bureau/{circle.id}/bijeenkomsten/{meeting.id}/draaiboek"]
    assert not any("Het is tijd om te vragen" in at_desk.get(page).text for page in pages)
    house.store.write(trajectory.turn, circle, "learning", 1)
    for page in pages:
        assert "Het is tijd om te vragen" in at_desk.get(page).text, page
    assert "Het is tijd om het te vragen." in at_desk.get(f"/bureau/{circle.id}/halfjaar").text
    say(house, asks, "Ik bel nu eerst.")
    assert not any("Het is tijd om te vragen" in at_desk.get(page).text for page in pages)
    page = at_desk.get(f"/bureau/{circle.id}/halfjaar").text
    assert "Ik bel nu eerst." in page
    assert f"vraag={CHANGES}" in page
    slips = at_desk.get(f"/bureau/{circle.id}/ideekaarten?vraag={CHANGES}").text
    assert f'<option value="{CHANGES}" lang="nl" selected>' in slips
