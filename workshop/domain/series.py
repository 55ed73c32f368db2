"""A series of meetings in a workshop: planned in one go, undone in one go, moved together, and gaps explained.

The days come from `rhythm`, the choices from people: what falls on a holiday is theirs to move, to keep or to skip.
Meetings that are there stay, and a day that has one gets no second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from workshop import clock, ids
from workshop.domain import meetings, pulse
from workshop.domain.meetings import About, Meeting
from workshop.errors import Refused
from workshop.store import Tx

LONGEST_REASON = 200


@dataclass(frozen=True)
class Made:
    """What planning came to: the key to undo it with, how many meetings were made, and on how many days was one."""

    id: str
    made: int
    kept: int


def make(tx: Tx, workshop_id: str, days: Mapping[str, str], about: About, every: int) -> Made:
    """Plan meetings on these days, each with why there is more time before it, or ''; the rest is from `about`.

    Raises `Refused` as `meetings.add` does, and then plans nothing.
    """
    there = {one.date for one in meetings.of_workshop(tx, workshop_id)}
    key, made = ids.new(), 0
    for day, reason in sorted(days.items()):
        if day not in there:
            short = reason[:LONGEST_REASON]
            meetings.add(tx, workshop_id, replace(about, date=day), series_id=key, every=every, gap_reason=short)
            made += 1
    return Made(key, made, len(days) - made)


def undo(tx: Tx, workshop_id: str, series_id: str) -> tuple[int, int]:
    """Call a whole series off, except what somebody changed since; return how many were called off and how many stay.

    A plan, a count, a look back, or anything else about a meeting is a change of it too. Twice is once.
    """
    gone = list(tx.meetings.call_off_series(workshop_id=workshop_id, series_id=series_id, at=clock.now()))
    pulse.beat(tx, workshop_id)
    stay = [one for one in meetings.of_workshop(tx, workshop_id) if one.series_id == series_id]
    return len(gone), len(stay)


def later(tx: Tx, meeting: Meeting) -> list[Meeting]:
    """Return the meetings after this one that are still to come: they may move along."""
    since = max(meeting.date, clock.today().isoformat())
    return [one for one in meetings.of_workshop(tx, meeting.workshop_id) if one.date >= since and one.id != meeting.id]


def move(tx: Tx, meeting: Meeting, about: About) -> Meeting:
    """Change a meeting, and move those after it as many days along.

    Raises `Refused`: 'rhythm_order' when it would come before the one ahead of it, and as `meetings.change` does;
    `Stale` when somebody else changed it first. Then nothing moves.
    """
    there = meetings.find(tx, meeting.workshop_id, meeting.id)
    along = later(tx, there)
    try:
        by = clock.day(about.date.strip()) - clock.day(there.date)
    except ValueError:
        raise Refused("next_date_odd", f"“{about.date}” is no day. Write it as 2027-01-11.") from None
    new = {one.id: (clock.day(one.date) + by).isoformat() for one in (there, *along)}
    days = [new.get(one.id, one.date) for one in meetings.of_workshop(tx, meeting.workshop_id)]
    if any(after <= before for before, after in pairwise(days)):
        raise Refused("rhythm_order", "Then meetings would change places. Nothing was moved.")
    for one in along:
        tx.meetings.move(id=one.id, date=new[one.id])
    return meetings.change(tx, meeting, about)


def explain(tx: Tx, workshop_id: str, meeting_id: str, reason: str) -> None:
    """Keep why there is more time than usual before a meeting. Raises `Refused('no_meeting')`."""
    meetings.find(tx, workshop_id, meeting_id)
    text = " ".join(reason.split())[:LONGEST_REASON]
    tx.meetings.explain(id=meeting_id, workshop_id=workshop_id, reason=text)
    pulse.beat(tx, workshop_id)


def gaps(all_of: Sequence[Meeting]) -> dict[str, int]:
    """Return how many days after the meeting before it a meeting comes, for those with more than people expect."""
    found = {}
    for before, one in pairwise(all_of):
        days = (clock.day(one.date) - clock.day(before.date)) // timedelta(days=1)
        if days > one.every:
            found[one.id] = days
    return found
