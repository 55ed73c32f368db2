"""“Andere bril”: an idea is laid before a side that has not seen it yet, and what that side adds comes back to it.

A side has seen an idea when somebody from it gave it, added to it or stood behind it, when it was decided on from
that side or with a group in which that side sat, and when a facilitator noted that it was laid before them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workshop import clock, ids
from workshop.domain import (
    comments,
    curating,
    decisions,
    doors,
    ideas,
    joining,
    meetings,
    perspectives,
    pulse,
    rounds,
    seats,
)
from workshop.domain.ideas import Idea, Sent
from workshop.errors import Refused
from workshop.store import Tx

MOST: Final = 12
"""How many ideas are suggested at once; the ones that fewest sides saw."""


@dataclass(frozen=True)
class Suggestion:
    """An idea, the sides that have seen it and those that have not; `side` is the one to show it to first."""

    idea: Idea
    seen: tuple[str, ...]
    unseen: tuple[str, ...]

    @property
    def side(self) -> str:
        """Return the side to show it to first."""
        return self.unseen[0]


@dataclass(frozen=True)
class Laid:
    """An idea that was laid before a side. `added` are the ideas about it that came from that side since."""

    id: str
    idea: Idea
    perspective: str
    meeting_id: str | None
    at: str
    added: tuple[Idea, ...]


def suggestions(tx: Tx, workshop_id: str) -> list[Suggestion]:
    """Return every idea that a side at the table has not seen yet, first those that fewest sides saw, then the oldest.

    A side that has seen least of all comes first at each. What is parked, private or not to be seen is not among them.
    """
    table = seats.expected(tx, workshop_id)
    there = [one for one in rounds.candidates(tx, workshop_id) if not one.parked]
    seen = _seen(tx, workshop_id, there)
    had = {side: sum(side in seen[one.id] for one in there) for side in table}
    rare = sorted(table, key=lambda side: had[side])
    found = [
        Suggestion(
            one,
            tuple(side for side in table if side in seen[one.id]),
            tuple(side for side in rare if side not in seen[one.id]),
        )
        for one in there
    ]
    return sorted((one for one in found if one.unseen), key=lambda one: (len(one.seen), one.idea.made_at, one.idea.id))


def find(tx: Tx, workshop_id: str, idea_id: str) -> Idea:
    """Return an idea that can be laid before others. Raises `Refused('no_idea')` for any other."""
    found = next((one for one in rounds.candidates(tx, workshop_id) if one.id == idea_id), None)
    if found is None:
        raise Refused("no_idea", "This idea cannot be shown to others now.")
    return found


def note(tx: Tx, idea: Idea, perspective: str, meeting_id: str | None, who: str) -> None:
    """Note that an idea was laid before a side, at a meeting when one is told; twice is once.

    Raises `Refused`: 'side_unknown', 'no_meeting'.
    """
    if not perspectives.known(tx, idea.workshop_id, perspective):
        raise Refused("side_unknown", "Choose to which perspective it was shown.")
    if meeting_id:
        meetings.find(tx, idea.workshop_id, meeting_id)
    tx.glasses.note(
        id=ids.new(),
        workshop_id=idea.workshop_id,
        idea_id=idea.id,
        perspective=perspective,
        meeting_id=meeting_id,
        at=clock.now(),
        who=who,
    )
    pulse.beat(tx, idea.workshop_id)


def undo(tx: Tx, workshop_id: str, idea_id: str, perspective: str) -> None:
    """Undo noting that an idea was laid before a side; what was added to it stays."""
    tx.glasses.undo(workshop_id=workshop_id, idea_id=idea_id, perspective=perspective)
    pulse.beat(tx, workshop_id)


def add(tx: Tx, idea: Idea, perspective: str, words: str, send_key: str, who: str) -> Idea:
    """Keep what a side wrote about an idea on paper, as an idea about it that `who` has read; twice is once.

    Raises `Refused` as `ideas.place` does, and 'side_unknown'.
    """
    if not perspectives.known(tx, idea.workshop_id, perspective):
        raise Refused("side_unknown", "Choose which perspective said this.")
    door = doors.of_idea(tx, idea.workshop_id, idea.door_id)
    sent = Sent(
        words,
        "group",
        send_key,
        "",
        "paper",
        for_other=True,
        perspective=perspective,
        about_id=idea.id,
    )
    return curating.read(tx, ideas.place(tx, door, sent, sure=True), who)


def done(tx: Tx, workshop_id: str) -> list[Laid]:
    """Return what was laid before whom, newest first; ideas that are gone are left out."""
    there = {one.id: one for one in rounds.candidates(tx, workshop_id)}
    rows = [row for row in tx.glasses.of_workshop(workshop_id=workshop_id) if row["idea_id"] in there]
    added = comments.of_many(tx, workshop_id, {row["idea_id"] for row in rows})
    return [
        Laid(
            row["id"],
            there[row["idea_id"]],
            row["perspective"],
            row["meeting_id"],
            row["at"],
            tuple(one for one in added.get(row["idea_id"], ()) if one.perspective == row["perspective"]),
        )
        for row in rows
    ]


def _seen(tx: Tx, workshop_id: str, there: Sequence[Idea]) -> dict[str, set[str]]:
    """Return which sides have seen each of these ideas."""
    found: dict[str, set[str]] = defaultdict(set)
    traces: dict[str, set[str]] = defaultdict(set)
    for row in tx.glasses.traces(workshop_id=workshop_id):
        traces[row["idea_id"]].add(row["perspective"])
    families = joining.families(tx, workshop_id)
    added = comments.of_many(tx, workshop_id, {one.id for one in there})
    present = {one.id: one.present for one in meetings.of_workshop(tx, workshop_id)}
    decided = decisions.all_of(tx, workshop_id)
    for one in there:
        found[one.id] |= {side for key in families.of(one.id) for side in traces.get(key, ())}
        found[one.id] |= {comment.perspective for comment in added.get(one.id, ())}
        if one.decided and one.decided in decided:
            found[one.id] |= _with(decided[one.decided], present)
    return found


def _with(decision: decisions.Decision, present: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return the sides that sat at the table when something was decided."""
    group = present.get(decision.meeting_id or "", {}) if decision.with_group else {}
    return {decision.perspective, *(side for side, count in group.items() if count)}
