"""Turns: how often people from each side spoke in a meeting, counted by the facilitator who listens.

Of sides, never of persons: the tally shows whether the room is shared, not who talks much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from workshop.domain import perspectives, pulse
from workshop.domain.meetings import Meeting
from workshop.store import Tx

MOST = 999


def of(tx: Tx, meeting_id: str) -> dict[str, int]:
    """Return how many turns each side took in a meeting; '' is whoever's side is not known."""
    return {row["perspective"]: row["count"] for row in tx.turns.of_meeting(meeting_id=meeting_id)}


def of_workshop(tx: Tx, workshop_id: str) -> dict[str, dict[str, int]]:
    """Return the turns of every meeting that has any, by its key, without meetings that were called off."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in tx.turns.of_workshop(workshop_id=workshop_id):
        found[row["meeting_id"]][row["perspective"]] = row["count"]
    return dict(found)


def tap(tx: Tx, meeting: Meeting, perspective: str) -> None:
    """Count one turn more for a side; at 999 it stays."""
    side = perspectives.accepted(tx, meeting.workshop_id, perspective)
    tx.turns.tap(meeting_id=meeting.id, perspective=side, most=MOST)
    pulse.beat(tx, meeting.workshop_id)


def undo_tap(tx: Tx, meeting: Meeting, perspective: str) -> None:
    """Count one turn less for a side, never less than none."""
    tx.turns.undo_tap(meeting_id=meeting.id, perspective=perspective)
    pulse.beat(tx, meeting.workshop_id)


def note(tx: Tx, meeting: Meeting, totals: Mapping[str, int]) -> None:
    """Keep totals that were tallied on paper, by side, 0 to 999; they replace what was counted."""
    known = {"", *perspectives.of(tx, meeting.workshop_id, ever=True)}
    for side, count in totals.items():
        if side in known:
            tx.turns.note(meeting_id=meeting.id, perspective=side, count=min(max(count, 0), MOST))
    pulse.beat(tx, meeting.workshop_id)
