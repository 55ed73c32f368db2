"""The meetings of a workshop as an iCalendar file (RFC 5545), for the calendar on a phone or computer.

It says when, where and which number to call; nothing about people. What was called off stays in it as cancelled, so
that it disappears from every calendar that had it.
"""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime, time, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from print.words import words
from workshop import clock
from workshop.clock import ZONE
from workshop.domain import meetings
from workshop.domain.meetings import Meeting
from workshop.domain.workshops import Workshop
from workshop.store import Tx

KIND = "text/calendar; charset=utf-8"
_SUNDAY = 6


def calendar(tx: Tx, workshop: Workshop) -> bytes:
    """Return the calendar of a workshop, with CR LF and folded lines; times are those of Amsterdam."""
    made = Calendar()
    made.add("prodid", f"-//Werkplaats//{workshop.language.upper()}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", workshop.name)
    made.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    made.add_component(_amsterdam())
    for one in meetings.of_workshop(tx, workshop.id):
        made.add_component(_event(one, workshop, "CONFIRMED"))
    for one in meetings.called_off(tx, workshop.id):
        made.add_component(_event(one, workshop, "CANCELLED"))
    return bytes(made.to_ical())


def _amsterdam() -> Timezone:
    """Return summer and winter time as rules: lists of days end somewhere, and not every calendar reads them."""
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    for part, name, month, hour, before, after in (
        (TimezoneDaylight(), "CEST", 3, 2, winter, summer),
        (TimezoneStandard(), "CET", 10, 3, summer, winter),
    ):
        last = max(Day(1996, month, day) for day in range(25, 32) if Day(1996, month, day).weekday() == _SUNDAY)
        part.add("dtstart", datetime.combine(last, time(hour)))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _event(meeting: Meeting, workshop: Workshop, status: str) -> Event:
    event = Event()
    event.add("uid", f"{meeting.id}@werkplaats")
    event.add("dtstamp", clock.read(clock.now()))
    event.add("sequence", meeting.version - 1)
    event.add("status", status)
    said = words(workshop.language)
    called = meeting.name or (said("report_meeting", number=meeting.number) if meeting.number else "")
    event.add("summary", ": ".join(filter(None, (workshop.name, called))))
    begins, ends = _times(meeting)
    event.add("dtstart", begins)
    if ends:
        event.add("dtend", ends)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("description", " ".join(filter(None, (meeting.route, said("help_phone", phone=workshop.contact_phone)))))
    return event


def _times(meeting: Meeting) -> tuple[Day | datetime, Day | datetime | None]:
    """Return when a meeting begins and ends: whole days when no time is known, no end when that is not known."""
    day = clock.day(meeting.date)
    if not meeting.begins:
        return day, day + timedelta(days=1)
    begins = datetime.combine(day, time.fromisoformat(meeting.begins), ZONE)
    return begins, begins + timedelta(minutes=meeting.lasts) if meeting.lasts else None
