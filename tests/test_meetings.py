"""Meetings: planned, changed, called off and brought back; how many were there from which side, never who."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.desk_people import Share, Someone, share, someone
from tests.phone import text
from workshop import clock
from workshop.domain import answers, meetings
from workshop.domain.meetings import About, Meeting
from workshop.domain.workshops import Workshop, at_door
from workshop.house import House

__all__ = ["share", "someone"]


@pytest.fixture
def meeting(house: House, workshop: Workshop) -> Meeting:
    """The one meeting of the workshop, on 11 January 2027."""
    return house.store.read(meetings.of_workshop, workshop.id)[0]


def now(house: House, meeting: Meeting) -> Meeting:
    return house.store.read(meetings.find, meeting.workshop_id, meeting.id)


def page(meeting: Meeting, part: str = "") -> str:
    return f"/bureau/{meeting.workshop_id}/bijeenkomsten/{meeting.id}{part}"


def form(meeting: Meeting, **changed: str) -> dict[str, str]:
    return {"datum": meeting.date, "naam": meeting.name, "versie": str(meeting.version)} | changed


def test_a_meeting_is_planned_once_however_often_it_is_sent(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    address = f"/bureau/{workshop.id}/bijeenkomsten"
    sent = {"datum": "2026-12-01", "naam": "Kennismaken", "plaats": "De Linde", "begin": "13:30", "einde": "15:30"}
    for _ in range(2):
        assert at_desk.post(address, data=sent).status_code == 303
    assert [one.date for one in house.store.read(meetings.of_workshop, workshop.id)] == ["2026-12-01", "2027-01-11"]
    said = text(at_desk.get(address))
    assert "1. Kennismaken dinsdag 1 december 2026, 13:30–15:30, De Linde" in said
    assert house.store.read(at_door, workshop.id).next_date == "2026-12-01"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"datum": "morgen"}, "Deze datum kennen we niet."),
        ({"datum": "2027-01-11", "naam": "Nog een"}, "Op die dag is er al een bijeenkomst."),
        ({"datum": "2027-02-22", "begin": "half twee"}, "Deze tijd kennen we niet."),
    ],
)
def test_what_cannot_be_planned_is_said_and_what_was_typed_stays(
    at_desk: FlaskClient, workshop: Workshop, wrong: dict[str, str], said: str
) -> None:
    answer = at_desk.post(f"/bureau/{workshop.id}/bijeenkomsten", data={"plaats": "De Linde"} | wrong)
    assert answer.status_code == 400
    assert said in text(answer)
    assert 'value="De Linde"' in answer.text


def test_two_who_change_a_meeting_do_not_overwrite_each_other(
    at_desk: FlaskClient, someone: Someone, house: House, meeting: Meeting
) -> None:
    assert at_desk.post(page(meeting), data=form(meeting, plaats="De Linde")).status_code == 303
    assert at_desk.post(page(meeting), data=form(meeting, plaats="De Linde")).status_code == 303, "twice is once"
    answer = someone("facilitator").post(page(meeting), data=form(meeting, plaats="De Eik"))
    assert answer.status_code == 409
    assert "Nu staat er: De Linde" in text(answer)
    assert 'value="De Eik"' in answer.text
    assert now(house, meeting).place == "De Linde"
    again = form(now(house, meeting), plaats="De Eik")
    assert at_desk.post(page(meeting), data=again).status_code == 303
    assert now(house, meeting).place == "De Eik"


def test_a_meeting_is_called_off_and_brought_back(at_desk: FlaskClient, house: House, meeting: Meeting) -> None:
    for _ in range(2):
        after = at_desk.post(page(meeting, "/af")).location
    assert "De bijeenkomst is afgezegd." in text(at_desk.get(after))
    assert house.store.read(meetings.of_workshop, meeting.workshop_id) == []
    assert at_desk.get(page(meeting)).status_code == 404
    at_desk.post(page(meeting, "/toch"))
    assert now(house, meeting).date == meeting.date


def test_how_many_were_there_is_counted_by_perspective_by_two_people_at_once(
    at_desk: FlaskClient, someone: Someone, house: House, meeting: Meeting
) -> None:
    was = {f"was-{key}": "0" for key in ("", "client", "gemeente")}
    at_desk.post(page(meeting, "/aanwezig"), data=was | {"er-client": "7", "er-": "2", "er-gemeente": ""})
    assert now(house, meeting).present == {"client": 7, "": 2}
    answer = someone("facilitator").post(
        page(meeting, "/aanwezig"), data=was | {"er-client": "6", "er-gemeente": "3", "er-": ""}
    )
    assert answer.status_code == 409
    assert "Iemand anders telde net ook." in text(answer)
    assert "Nu staat er: 7" in text(answer)
    assert now(house, meeting).present == {"client": 7, "": 2, "gemeente": 3}
    said = text(at_desk.get(f"/bureau/{meeting.workshop_id}/bijeenkomsten"))
    assert "12 mensen waren er" in said


def test_numbers_that_make_no_sense_become_none(at_desk: FlaskClient, house: House, meeting: Meeting) -> None:
    at_desk.post(page(meeting, "/aanwezig"), data={"er-client": "-4", "er-gemeente": "veel", "er-burger": "5000"})
    assert now(house, meeting).present == {"burger": 999}


def test_an_idea_counts_at_the_last_meeting_before_it(
    at_desk: FlaskClient, share: Share, house: House, meeting: Meeting
) -> None:
    first = house.store.write(meetings.add, meeting.workshop_id, About(clock.today().isoformat(), "Vandaag"))
    share()
    counted = [house.store.read(answers.coverage, meeting.workshop_id, one.id).total for one in (first, meeting)]
    assert counted == [1, 0]
    assert "Ideeën van deze bijeenkomst: Van 1 idee heeft 0 een antwoord." in text(at_desk.get(page(first)))


def test_who_looks_along_sees_meetings_and_changes_nothing(someone: Someone, meeting: Meeting) -> None:
    observer = someone("observer")
    assert "Plannen" not in text(observer.get(f"/bureau/{meeting.workshop_id}/bijeenkomsten"))
    said = observer.get(page(meeting)).text
    assert "Aantallen bewaren" not in said
    assert "afzeggen" not in said


def test_who_looks_on_sees_no_small_group_among_who_were_there(
    house: House, workshop: Workshop, someone: Someone
) -> None:
    meeting = house.store.read(meetings.of_workshop, workshop.id)[0]
    house.store.write(meetings.note_present, meeting, {"client": 9, "burger": 5, "gemeente": 1, "": 4})
    page = someone("observer").get(f"/bureau/{workshop.id}/bijeenkomsten/{meeting.id}").text
    assert 'id="er-gemeente"' not in page
    assert re.search(r'id="er-client"[^>]*value="9"', page)
    assert re.search(r'id="er-"[^>]*value="5"', page)
    assert 'id="er-gemeente"' in someone("facilitator").get(f"/bureau/{workshop.id}/bijeenkomsten/{meeting.id}").text
