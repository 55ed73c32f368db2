"""Meetings: when a workshop comes together, and how many people were there from which side.

Their numbers follow from their dates. An idea belongs to the last meeting on or before the day it came; what came
before the first belongs to the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from workshop import clock, ids
from workshop.domain import perspectives, pulse
from workshop.errors import Refused, Stale
from workshop.store import Tx

EVERY = 42
"""How many days people expect between two meetings, unless a series says otherwise."""
_MOST = {"name": 120, "place": 120, "route": 300}


@dataclass(frozen=True)
class Meeting:
    """One gathering. `date` is `2027-01-11`, `begins` and `ends` are `13:30` or ''; `number` counts by date from 1.

    `present` is how many people were there, by perspective. `route` says how to get there; `every` how many days
    people expect since the meeting before, and `gap_reason` why there are more.
    """

    id: str
    workshop_id: str
    number: int
    date: str
    name: str
    place: str
    begins: str
    ends: str
    version: int
    present: Mapping[str, int]
    route: str = ""
    gap_reason: str = ""
    series_id: str | None = None
    every: int = EVERY

    @property
    def lasts(self) -> int:
        """Return how many minutes people were told it takes, past midnight too; 0 when that is not known."""
        if not (self.begins and self.ends):
            return 0
        begins, ends = (at.hour * 60 + at.minute for at in map(time.fromisoformat, (self.begins, self.ends)))
        return (ends - begins) % (24 * 60)


@dataclass(frozen=True)
class About:
    """What somebody fills in about a meeting."""

    date: str
    name: str = ""
    place: str = ""
    begins: str = ""
    ends: str = ""
    route: str = ""


def of_workshop(tx: Tx, workshop_id: str) -> list[Meeting]:
    """Return the meetings of a workshop by date, without those called off."""
    there: dict[str, dict[str, int]] = defaultdict(dict)
    for row in tx.meetings.attendance(workshop_id=workshop_id):
        there[row["meeting_id"]][row["perspective"]] = row["present"]
    rows = tx.meetings.of_workshop(workshop_id=workshop_id)
    return [_of(row, number, there[row["id"]]) for number, row in enumerate(rows, 1)]


def called_off(tx: Tx, workshop_id: str) -> list[Meeting]:
    """Return the meetings that were called off, by date; they have no number: 0."""
    return [_of(row, 0, {}) for row in tx.meetings.called_off(workshop_id=workshop_id)]


def find(tx: Tx, workshop_id: str, meeting_id: str) -> Meeting:
    """Return a meeting of this workshop. Raises `Refused('no_meeting')`."""
    found = next((one for one in of_workshop(tx, workshop_id) if one.id == meeting_id), None)
    if found is None:
        raise Refused("no_meeting", "There is no such meeting in this workshop.")
    return found


def next_one(tx: Tx, workshop_id: str) -> Meeting | None:
    """Return the first meeting from today on."""
    today = clock.today().isoformat()
    return next((one for one in of_workshop(tx, workshop_id) if one.date >= today), None)


def last_one(tx: Tx, workshop_id: str) -> Meeting | None:
    """Return the last meeting up to and with today."""
    today = clock.today().isoformat()
    return next((one for one in reversed(of_workshop(tx, workshop_id)) if one.date <= today), None)


def add(
    tx: Tx,
    workshop_id: str,
    about: About,
    *,
    series_id: str | None = None,
    every: int = EVERY,
    gap_reason: str = "",
) -> Meeting:
    """Plan a meeting, by itself or in a series.

    Raises `Refused`: 'next_date_odd' for a day that is none, 'meeting_twice' for a taken one.
    """
    values = _checked(tx, workshop_id, about, "")
    key = ids.new()
    of_series = {"series_id": series_id, "every": every, "gap_reason": gap_reason}
    tx.meetings.add(id=key, workshop_id=workshop_id, at=clock.now(), **values, **of_series)
    pulse.beat(tx, workshop_id)
    return find(tx, workshop_id, key)


def change(tx: Tx, meeting: Meeting, about: About) -> Meeting:
    """Change what is said about a meeting. Raises `Stale` when somebody else did so first, and as `add` does."""
    values = _checked(tx, meeting.workshop_id, about, meeting.id)
    if tx.meetings.change(id=meeting.id, version=meeting.version, **values) is None:
        raise Stale(find(tx, meeting.workshop_id, meeting.id))
    pulse.beat(tx, meeting.workshop_id)
    return find(tx, meeting.workshop_id, meeting.id)


def call_off(tx: Tx, meeting: Meeting) -> None:
    """Call a meeting off; its ideas belong to the one before."""
    tx.meetings.call_off(id=meeting.id, at=clock.now())
    pulse.beat(tx, meeting.workshop_id)


def bring_back(tx: Tx, workshop_id: str, meeting_id: str) -> None:
    """Undo calling a meeting off. Raises `Refused('meeting_twice')` when its day has another meeting by now."""
    off = next((one for one in called_off(tx, workshop_id) if one.id == meeting_id), None)
    if off and tx.meetings.on_day(workshop_id=workshop_id, date=off.date):
        raise Refused("meeting_twice", "There is a meeting on that day already.")
    tx.meetings.bring_back(id=meeting_id, workshop_id=workshop_id)
    pulse.beat(tx, workshop_id)


def plan_next(tx: Tx, workshop_id: str, date: str | None) -> None:
    """Let the next meeting be on this day: the one that was next moves, or there is a new one; None calls it off."""
    coming = next_one(tx, workshop_id)
    if (coming.date if coming else None) == date:
        return
    if date is None and coming:
        call_off(tx, coming)
    elif date and coming is None:
        add(tx, workshop_id, About(date))
    elif coming and tx.meetings.on_day(workshop_id=workshop_id, date=date) is None:
        tx.meetings.move(id=coming.id, date=date)


def note_present(tx: Tx, meeting: Meeting, present: Mapping[str, int]) -> None:
    """Note how many people were there from which side: counts, never names."""
    known = {"", *perspectives.of(tx, meeting.workshop_id, ever=True)}
    for perspective, count in present.items():
        if perspective in known:
            tx.meetings.note_present(meeting_id=meeting.id, perspective=perspective, present=min(max(count, 0), 999))
    pulse.beat(tx, meeting.workshop_id)


def span(tx: Tx, meeting: Meeting) -> tuple[str, str]:
    """Return from and until which moment an idea belongs to this meeting."""
    all_of = of_workshop(tx, meeting.workshop_id)
    after = next((one for one in all_of if one.number == meeting.number + 1), None)
    since = "" if meeting.number == 1 else clock.midnight(meeting.date)
    return since, clock.midnight(after.date) if after else "9999"


def _checked(tx: Tx, workshop_id: str, about: About, own_id: str) -> dict[str, Any]:
    try:
        date = clock.day(about.date.strip()).isoformat()
    except ValueError:
        raise Refused("next_date_odd", f"“{about.date}” is no day. Write it as 2027-01-11.") from None
    taken = tx.meetings.on_day(workshop_id=workshop_id, date=date)
    if taken and taken["id"] != own_id:
        raise Refused("meeting_twice", "There is a meeting on that day already.")
    texts = {name: " ".join(getattr(about, name).split())[:most] for name, most in _MOST.items()}
    return {"date": date, **texts, "begins": _time(about.begins), "ends": _time(about.ends)}


def _time(text: str) -> str:
    """Return a time of day as `09:30`, or '' for none. Raises `Refused('time_odd')`."""
    plain = text.strip().replace(".", ":")
    if not plain:
        return ""
    hours, _, minutes = plain.partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        raise Refused("time_odd", f"“{text}” is no time. Write it as 13:30.")
    return f"{int(hours):02d}:{int(minutes):02d}"


def _of(row: dict[str, Any], number: int, present: Mapping[str, int]) -> Meeting:
    values = {name: row[name] for name in Meeting.__dataclass_fields__ if name in row}
    return Meeting(**values, number=number, present=present)
