"""Support: how many people stand behind an idea, by phone, on paper and counted by hand: one tally.

“Dat herken ik” is one per phone or numbered stub. Dots given in a round join the tally when its result is shown.
Somebody who supported two ideas that were joined counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshop import clock, ids
from workshop.domain import joining, perspectives, pulse
from workshop.domain.answers import FEW
from workshop.domain.ideas import Idea
from workshop.store import Tx


@dataclass(frozen=True)
class Tally:
    """How much an idea is supported: people who recognise it, and dots of rounds that were shown.

    `by_channel` (phone, paper, typed) and `by_perspective` count both; perspectives of fewer than five are under ''.
    """

    recognised: int = 0
    dots: int = 0
    by_channel: Mapping[str, int] | None = None
    by_perspective: Mapping[str, int] | None = None

    @property
    def total(self) -> int:
        """Return people and dots together."""
        return self.recognised + self.dots


def recognise(tx: Tx, idea: Idea, voter: str, *, on: bool, perspective: str = "") -> None:
    """Note that somebody recognises an idea, or no longer; twice is once. `voter`: 'device:…' or 'slip:…'."""
    side = perspectives.accepted(tx, idea.workshop_id, perspective)
    note(tx, idea, voter, int(on), "phone", perspective=side)


def note(
    tx: Tx, idea: Idea, voter: str, count: int, channel: str, *, perspective: str = "", round_id: str = ""
) -> None:
    """Note how much a voter gives to an idea; the last word counts."""
    tx.support.note(
        id=ids.new(),
        workshop_id=idea.workshop_id,
        idea_id=idea.id,
        round_id=round_id,
        voter=voter,
        count=count,
        channel=channel,
        perspective=perspective,
        at=clock.now(),
    )
    pulse.beat(tx, idea.workshop_id)


def recognised_by(tx: Tx, workshop_id: str, voter: str) -> set[str]:
    """Return the keys of the ideas that this voter recognises."""
    return {row["idea_id"] for row in tx.support.of_voter(workshop_id=workshop_id, voter=voter)}


def tally(tx: Tx, idea: Idea) -> Tally:
    """Return the support for an idea, everything that was joined into it included."""
    family = joining.families(tx, idea.workshop_id).of(idea.id)
    return _counted([row for row in tx.support.of_workshop(workshop_id=idea.workshop_id) if row["idea_id"] in family])


def tallies(tx: Tx, workshop_id: str) -> dict[str, Tally]:
    """Return the support of every idea in a workshop that has any, by its key; of joined ideas all together."""
    by_idea: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in tx.support.of_workshop(workshop_id=workshop_id):
        by_idea[row["idea_id"]].append(row)
    families = joining.families(tx, workshop_id)
    whole = {
        key: [row for one in sorted(families.of(key)) for row in by_idea.get(one, [])]
        for key in families.joined | by_idea.keys()
    }
    return {key: _counted(rows) for key, rows in whole.items() if rows}


def family_of(tx: Tx, idea: Idea) -> set[str]:
    """Return the keys of everything whose support counts for an idea, or for what it is part of."""
    return joining.families(tx, idea.workshop_id).of(joining.top(tx, idea).id)


def _counted(rows: list[dict[str, Any]]) -> Tally:
    """Count each voter once where they say that they recognise it, and all their dots of every round."""
    once: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        key = (row["voter"], "" if not row["round_id"] else row["round_id"] + row["idea_id"])
        if key not in once or row["count"] > once[key]["count"]:
            once[key] = row
    channels: dict[str, int] = defaultdict(int)
    sides: dict[str, int] = defaultdict(int)
    for row in once.values():
        channels[row["channel"]] += row["count"]
        sides[row["perspective"]] += row["count"]
    kept = {name: count for name, count in sides.items() if name and count >= FEW}
    rest = sum(sides.values()) - sum(kept.values())
    recognised = sum(row["count"] for row in once.values() if not row["round_id"])
    dots = sum(row["count"] for row in once.values() if row["round_id"])
    return Tally(recognised, dots, dict(channels), kept | ({"": rest} if rest else {}))
