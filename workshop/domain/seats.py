"""Seats: how many people from each side are wanted and invited, and how many there were.

Wanted and invited are what facilitators mean to do; who was there comes from the meetings. A meeting at which nobody
was counted says nothing about who was missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop import clock
from workshop.domain import meetings, perspectives, pulse
from workshop.domain.meetings import Meeting
from workshop.store import Tx

MOST = 99


@dataclass(frozen=True)
class Seat:
    """One side at the table. `present` is how many there were in the last counted meeting, `before` in the one before.

    Both are None as long as there was no such meeting.
    """

    wanted: int
    invited: int
    present: int | None
    before: int | None

    @property
    def missing(self) -> bool:
        """Say whether nobody is there from a side that is wanted."""
        return bool(self.wanted) and not (self.present if self.present is not None else self.invited)


def of(tx: Tx, workshop_id: str) -> dict[str, Seat]:
    """Return the seat of every perspective that can be chosen here, by key; those of removed ones are not asked for."""
    rows = {row["perspective"]: row for row in tx.seats.of_workshop(workshop_id=workshop_id)}
    counted = counted_meetings(tx, workshop_id)[-2:]
    last = counted[-1].present if counted else None
    before = counted[0].present if len(counted) > 1 else None
    return {
        side: Seat(
            rows[side]["wanted"] if side in rows else 0,
            rows[side]["invited"] if side in rows else 0,
            None if last is None else last.get(side, 0),
            None if before is None else before.get(side, 0),
        )
        for side in perspectives.of(tx, workshop_id)
    }


def counted_meetings(tx: Tx, workshop_id: str) -> list[Meeting]:
    """Return the meetings up to and with today at which people were counted, by date."""
    today = clock.today().isoformat()
    return [one for one in meetings.of_workshop(tx, workshop_id) if one.date <= today and any(one.present.values())]


def expected(tx: Tx, workshop_id: str) -> list[str]:
    """Return the sides that belong at the table: wanted or invited ones, else all that ever came to a meeting."""
    found = of(tx, workshop_id)
    chosen = [side for side, seat in found.items() if seat.wanted or seat.invited]
    came = {side for one in counted_meetings(tx, workshop_id) for side, count in one.present.items() if count}
    return chosen or [side for side in found if side in came]


def note(tx: Tx, workshop_id: str, changes: Mapping[str, tuple[int, int]]) -> None:
    """Keep how many people from a side are wanted and invited, (wanted, invited) by perspective, 0 to 99 each."""
    for side, (wanted, invited) in changes.items():
        if perspectives.known(tx, workshop_id, side):
            tx.seats.note(
                workshop_id=workshop_id,
                perspective=side,
                wanted=min(max(wanted, 0), MOST),
                invited=min(max(invited, 0), MOST),
            )
    pulse.beat(tx, workshop_id)
