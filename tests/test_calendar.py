"""The calendar: read here by another library than wrote it, and by the rules of RFC 5545."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import vobject
from flask.testing import FlaskClient

from tests.desk_people import Someone, someone
from workshop import calendars
from workshop.domain import calendar, meetings
from workshop.domain.meetings import About
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["someone"]

Visit = Callable[[], FlaskClient]
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)")


def parsed(data: bytes) -> list[dict[str, Any]]:
    """Return the events of a calendar as fields with their parameters, read by the rules and nothing else."""
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    events: list[dict[str, Any]] = []
    depth: list[str] = []
    for line in lines[:-1]:
        found = LINE.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            depth.append(value)
            events += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert depth.pop() == value
        elif depth[-1] == "VEVENT":
            events[-1][name + parameters] = re.sub(r"\\(.)", r"\1", value)
    assert not depth
    return events


def of(house: House, workshop: Workshop) -> list[dict[str, Any]]:
    return parsed(house.store.read(calendars.calendar, workshop))


def test_a_meeting_says_when_where_and_which_number_to_call_and_names_nobody(house: House, workshop: Workshop) -> None:
    about = About("2027-07-05", "Dromen, en meer; samen", "De Linde", "13:30", "15:30", "Bus 3 stopt voor de deur.")
    made = house.store.write(meetings.add, workshop.id, about)
    [event] = [one for one in of(house, workshop) if one["UID"].startswith(made.id)]
    assert event["DTSTART;TZID=Europe/Amsterdam"] == "20270705T133000"
    assert event["DTEND;TZID=Europe/Amsterdam"] == "20270705T153000"
    assert event["SUMMARY"] == f"{workshop.name}: Dromen, en meer; samen"
    assert event["LOCATION"] == "De Linde"
    assert event["DESCRIPTION"].startswith("Bus 3 stopt voor de deur.")
    assert workshop.contact_phone in event["DESCRIPTION"].replace("\xa0", " ")
    assert workshop.contact_name not in house.store.read(calendars.calendar, workshop).decode()


def test_a_meeting_past_midnight_ends_on_the_next_day(house: House, workshop: Workshop) -> None:
    house.store.write(meetings.add, workshop.id, About("2027-12-31", begins="22:00", ends="00:30"))
    event = of(house, workshop)[-1]
    assert event["DTSTART;TZID=Europe/Amsterdam"] == "20271231T220000"
    assert event["DTEND;TZID=Europe/Amsterdam"] == "20280101T003000"


def test_a_meeting_that_ends_when_it_begins_has_no_end(house: House, workshop: Workshop) -> None:
    house.store.write(meetings.add, workshop.id, About("2027-12-31", begins="13:30", ends="13:30"))
    assert not any(name.startswith("DTEND") for name in of(house, workshop)[-1])


def test_a_meeting_without_a_time_takes_the_whole_day(house: House, workshop: Workshop) -> None:
    [event] = of(house, workshop)
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20270111", "20270112")


def test_another_library_reads_the_hours_of_amsterdam_in_summer_and_winter(house: House, workshop: Workshop) -> None:
    for day in ("2027-02-22", "2027-07-05"):
        house.store.write(meetings.add, workshop.id, About(day, begins="13:30"))
    read = vobject.readOne(house.store.read(calendars.calendar, workshop).decode())
    begins = [one.dtstart.value for one in read.vevent_list]
    assert begins[0] == date(2027, 1, 11)
    assert [(one.hour, one.minute, one.utcoffset()) for one in begins[1:]] == [
        (13, 30, timedelta(hours=1)),
        (13, 30, timedelta(hours=2)),
    ]


def test_a_changed_meeting_keeps_its_name_and_counts_up_and_a_called_off_one_is_cancelled(
    house: House, workshop: Workshop
) -> None:
    [before] = of(house, workshop)
    [own] = house.store.read(meetings.of_workshop, workshop.id)
    moved = house.store.write(meetings.change, own, About("2027-01-12"))
    [after] = of(house, workshop)
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    house.store.write(meetings.call_off, moved)
    [gone] = of(house, workshop)
    assert (gone["UID"], gone["STATUS"], gone["DTSTART;VALUE=DATE"]) == (before["UID"], "CANCELLED", "20270112")
    assert int(gone["SEQUENCE"]) > int(after["SEQUENCE"])


def test_an_address_to_follow_is_opened_and_closed_by_a_facilitator(
    at_desk: FlaskClient, visit: Visit, house: House, workshop: Workshop
) -> None:
    page = f"/bureau/{workshop.id}/bijeenkomsten"
    assert "/agenda/" not in at_desk.get(page).text.replace(f"{page}/agenda/", "")
    keys = []
    for _ in range(2):
        at_desk.post(f"{page}/agenda/open")
        at_desk.post(f"{page}/agenda/open")
        key = house.store.read(calendar.key_of, workshop.id)
        assert f"{workshop.address}/agenda/{key}.ics" in at_desk.get(page).text
        answer = visit().get(f"/agenda/{key}.ics")
        assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
        assert len(parsed(answer.data)) == 1
        at_desk.post(f"{page}/agenda/dicht")
        assert visit().get(f"/agenda/{key}.ics").status_code == 404
        keys.append(key)
    assert keys[0] != keys[1]
    assert all(len(key) >= 10 for key in keys)


@pytest.mark.parametrize(("who", "opens"), [("facilitator", 303), ("observer", 403), ("helper", 403)])
def test_only_facilitators_open_the_address(someone: Someone, workshop: Workshop, who: str, opens: int) -> None:
    assert someone(who).post(f"/bureau/{workshop.id}/bijeenkomsten/agenda/open").status_code == opens


def test_a_facilitator_saves_the_calendar_as_a_file(at_desk: FlaskClient, workshop: Workshop) -> None:
    answer = at_desk.get(f"/bureau/{workshop.id}/bijeenkomsten/agenda.ics")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert [one["STATUS"] for one in parsed(answer.data)] == ["CONFIRMED"]
