"""The learning zone: how many buttons lay in which ring, of a group in a meeting, and how that changes over time.

Invite, never push: nobody sees where another's limit lies. So what is kept are counts of a sheet, never of a person,
and what is shown is a group of five buttons or more. A side with fewer is only part of the whole; and a side is only
shown when what is then left of the whole is nothing, or five or more, so that nobody can subtract.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workshop import clock, ids
from workshop.domain import meetings, perspectives, pulse, small_groups
from workshop.domain.meetings import Meeting
from workshop.errors import Refused
from workshop.store import Tx

MOST: Final = 999
RINGS: Final = {"comfort": "known", "learning": "learning", "panic": "too_much"}
"""What the rings on a sheet are called there, and here."""


@dataclass(frozen=True)
class Zone:
    """How many buttons lay in each ring."""

    known: int
    learning: int
    too_much: int

    @property
    def total(self) -> int:
        """Return how many buttons there were."""
        return self.known + self.learning + self.too_much

    def __add__(self, other: Zone) -> Zone:
        return Zone(self.known + other.known, self.learning + other.learning, self.too_much + other.too_much)


@dataclass(frozen=True)
class Count:
    """One counting: of the sheet with the number `slip`, or by hand when that is None."""

    id: str
    meeting_id: str
    perspective: str
    zone: Zone
    slip: str | None
    at: str


@dataclass(frozen=True)
class Seen:
    """What may be shown of one meeting: all together, and each side that may be shown by itself."""

    meeting: Meeting
    whole: Zone
    sides: Mapping[str, Zone]


def add(tx: Tx, workshop_id: str, meeting_id: str, perspective: str, zone: Zone, who: str, sent: str = "") -> str:
    """Keep what somebody counted by hand, and return its key.

    `sent` comes from the form: the same counting twice from one form is one. With other numbers it is another one.
    Raises `Refused`: 'no_meeting', 'zone_empty' without a button, 'count_odd' for a number above 999.
    """
    _checked(tx, workshop_id, meeting_id, zone)
    values = _values(tx, workshop_id, meeting_id, perspective, zone)
    key = ids.digest(json.dumps([sent, values])) if sent else ids.new()
    tx.zones.add(id=key, slip=None, who=who, at=clock.now(), **values)
    pulse.beat(tx, workshop_id)
    return key


def from_sheet(
    tx: Tx,
    workshop_id: str,
    slip: str,
    counts: Mapping[str, int],
    who: str,
    where: tuple[str, str] | None = None,
) -> None:
    """Let what a person counted on a ring sheet be its counting: a sheet is never two, a better count goes before.

    `where` says of which meeting and side it is; None leaves that as it is, and keeps nothing of a new sheet.
    Raises `Refused('no_meeting')`.
    """
    before = tx.zones.of_slip(slip=slip, workshop_id=workshop_id)
    if where is None and before is None:
        return
    meeting_id, perspective = where or (before["meeting_id"], before["perspective"])
    zone = Zone(**{RINGS[ring]: min(max(count, 0), MOST) for ring, count in counts.items()})
    if where:
        meetings.find(tx, workshop_id, meeting_id)
    values = _values(tx, workshop_id, meeting_id, perspective, zone)
    if before:
        tx.zones.change(slip=slip, who=who, at=clock.now(), **values)
    else:
        tx.zones.add(id=ids.new(), slip=slip, who=who, at=clock.now(), **values)
    pulse.beat(tx, workshop_id)


def of_slip(tx: Tx, workshop_id: str, slip: str) -> Count | None:
    """Return the counting of a sheet; None when none is kept."""
    row = tx.zones.of_slip(slip=slip, workshop_id=workshop_id)
    return _of(row) if row and row["removed_at"] is None else None


def of_workshop(tx: Tx, workshop_id: str) -> list[Count]:
    """Return every counting, the last meeting first."""
    return [_of(row) for row in tx.zones.of_workshop(workshop_id=workshop_id)]


def remove(tx: Tx, workshop_id: str, key: str) -> None:
    """Take a counting away; twice is once."""
    tx.zones.remove(id=key, workshop_id=workshop_id, at=clock.now())
    pulse.beat(tx, workshop_id)


def bring_back(tx: Tx, workshop_id: str, key: str) -> None:
    """Undo taking one away."""
    tx.zones.bring_back(id=key, workshop_id=workshop_id)
    pulse.beat(tx, workshop_id)


def seen(tx: Tx, workshop_id: str) -> list[Seen]:
    """Return by date what may be shown of each meeting of which five buttons or more were counted."""
    found: dict[str, dict[str, Zone]] = defaultdict(lambda: defaultdict(lambda: Zone(0, 0, 0)))
    for one in of_workshop(tx, workshop_id):
        found[one.meeting_id][one.perspective] += one.zone
    shown = []
    for meeting in meetings.of_workshop(tx, workshop_id):
        whole = sum(found[meeting.id].values(), Zone(0, 0, 0))
        if whole.total >= small_groups.FEW:
            sides = found[meeting.id]
            alone = small_groups.alone({side: zone.total for side, zone in sides.items()})
            shown.append(Seen(meeting, whole, {side: sides[side] for side in sorted(alone)}))
    return shown


def trend(tx: Tx, workshop_id: str) -> list[tuple[Meeting, str, Zone]]:
    """Return by date (meeting, side or '' for all together, how the buttons lay), as far as that may be shown."""
    rows: list[tuple[Meeting, str, Zone]] = []
    for one in seen(tx, workshop_id):
        rows.append((one.meeting, "", one.whole))
        rows += [(one.meeting, side, zone) for side, zone in one.sides.items()]
    return rows


def _checked(tx: Tx, workshop_id: str, meeting_id: str, zone: Zone) -> None:
    meetings.find(tx, workshop_id, meeting_id)
    if not all(0 <= count <= MOST for count in (zone.known, zone.learning, zone.too_much)):
        raise Refused("count_odd", most=str(MOST))
    if not zone.total:
        raise Refused("zone_empty")


def _values(tx: Tx, workshop_id: str, meeting_id: str, perspective: str, zone: Zone) -> dict[str, Any]:
    side = perspectives.accepted(tx, workshop_id, perspective)
    return {"workshop_id": workshop_id, "meeting_id": meeting_id, "perspective": side, **vars(zone)}


def _of(row: Mapping[str, Any]) -> Count:
    zone = Zone(row["known"], row["learning"], row["too_much"])
    return Count(row["id"], row["meeting_id"], row["perspective"], zone, row["slip"], row["at"])


def compared(rows: Sequence[tuple[Meeting, str, Zone]], side: str = "") -> tuple[Zone, Zone] | None:
    """Return how the buttons of a side lay the first and the last time; None when that is one time or none."""
    found = [zone for _, of_side, zone in rows if of_side == side]
    return (found[0], found[-1]) if len(found) > 1 else None
