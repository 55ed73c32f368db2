"""The half-yearly pulse: what people do differently by now, asked at a card of its own and laid side by side.

It is asked 26 weeks after the first meeting, and every 26 weeks after that. What is said in the weeks around such a
day belongs to it: a half year begins thirteen weeks before its day. Sides are counted, people are not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workshop import clock
from workshop.domain import curating, joining, meetings, small_groups
from workshop.domain.curating import Filter
from workshop.domain.ideas import Idea
from workshop.domain.network_cards import CHANGES
from workshop.store import Tx

WEEKS: Final = 26


@dataclass(frozen=True)
class Half:
    """One half year: its number from 1, the day on which to ask, and what people said around it.

    `sides` counts what was said by perspective, of those that may be shown by themselves.
    """

    number: int
    day: date
    said: tuple[Idea, ...]
    sides: Mapping[str, int]


def halves(tx: Tx, workshop_id: str, before: str | None = None) -> list[Half]:
    """Return every half year up to now, and the one that comes; nothing without a meeting.

    `before` leaves out what was made since that moment, for whoever may not see it yet.
    """
    planned = meetings.of_workshop(tx, workshop_id)
    if not planned:
        return []
    first, today = clock.day(planned[0].date), clock.today()
    said: dict[int, list[Idea]] = defaultdict(list)
    found = curating.stream(tx, workshop_id, Filter(card_id=CHANGES, before=before))
    for idea in joining.filled(tx, found, hidden_at=before):
        if idea.status != "set_aside":
            said[_number(first, clock.local(idea.made_at).date())].append(idea)
    last = max(_number(first, today), *said, (today - first).days // (7 * WEEKS) + 1)
    return [_half(first, number, said[number]) for number in range(1, last + 1)]


def due(tx: Tx, workshop_id: str) -> Half | None:
    """Return the half year of which the day has come while nobody said anything yet; None when nothing is due."""
    today = clock.today()
    come = [one for one in halves(tx, workshop_id) if one.day <= today]
    return come[-1] if come and not come[-1].said else None


def _number(first: date, day: date) -> int:
    """Return to which half year a day belongs: the one whose day it is nearest to, the first at least."""
    weeks = (day - first).days / 7
    return max(1, int(weeks / WEEKS + 0.5))


def _half(first: date, number: int, said: list[Idea]) -> Half:
    counts = Counter(idea.perspective for idea in said)
    sides = {side: counts[side] for side in sorted(small_groups.alone(counts))}
    ordered = tuple(sorted(said, key=lambda one: (one.made_at, one.id)))
    return Half(number, first + timedelta(weeks=WEEKS * number), ordered, sides)
