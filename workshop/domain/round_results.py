"""What a round of dots came to: per idea, per channel and per side, once a facilitator shows it and not before.

Ideas that were joined since count together. A group of fewer than five people is never shown by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workshop.domain import ideas, joining, rounds, waiting
from workshop.domain.answers import FEW
from workshop.domain.ideas import Idea
from workshop.domain.rounds import Round
from workshop.errors import Refused
from workshop.store import Tx

CHOSEN = 3
Warned = Literal["most_from", "all_from"]


@dataclass(frozen=True)
class Score:
    """What one idea got. `idea` is None when its maker took it away; `nrs` are the numbers it had in the round.

    `people` is the least number of people who gave dots: one phone or stub is one, of dots on paper and on the wall
    as few as could have stuck them. `by_channel` has 'phone', 'paper', 'typed'; `by_side` '' for all others.
    """

    idea: Idea | None
    nrs: tuple[int, ...]
    dots: int
    people: int
    by_channel: Mapping[str, int]
    by_side: Mapping[str, int]
    chosen: bool


@dataclass(frozen=True)
class Results:
    """A whole round, most dots first. `by_side` is empty when everybody would be under ''.

    `warnings` are ('most_from', side): this side gave more than half of all dots, and ('all_from', side): the ideas
    with most dots all come from this side.
    """

    scores: tuple[Score, ...]
    dots: int
    people: int
    by_channel: Mapping[str, int]
    by_side: Mapping[str, int]
    warnings: tuple[tuple[Warned, str], ...]


Rows = list[dict[str, Any]]


def results(tx: Tx, about: Round, hidden_at: str | None = None) -> Results | None:
    """Return what a round came to; None for everybody as long as it is not shown.

    `hidden_at`, that of the workshop, for whoever may not see what was given since: then only its number stands there.
    """
    now = rounds.find(tx, about.workshop_id, about.id)
    if now.shown_at is None:
        return None
    rows: Rows = tx.rounds.dots(round_id=now.id)
    sides = _sides(rows, now.dots)
    by_idea: dict[str, Rows] = defaultdict(list)
    for row in rows:
        by_idea[row["idea_id"]].append(row)
    scores = [_score(now, idea, nrs, [row for key in keys for row in by_idea[key]], sides) for idea, nrs, keys in
              _together(tx, now, hidden_at)]  # fmt: skip
    ranked = _ranked(scores)
    shown = _summed(rows, "perspective", sides)
    by_side = shown if set(shown) - {""} else {}
    whole = sum(row["count"] for row in rows)
    warnings = _warnings(tx, ranked, by_side, whole)
    return Results(ranked, whole, _people(rows, now.dots), _summed(rows, "channel"), by_side, warnings)


def _together(tx: Tx, about: Round, hidden_at: str | None) -> list[tuple[Idea | None, tuple[int, ...], list[str]]]:
    """Return the ideas of a round, those that are joined now as one: (what it is now, numbers, keys)."""
    found_now = rounds.choices(tx, about, hidden_at)
    there = {one.id: one for one in found_now if waiting.given_before(one, hidden_at)}
    found: dict[str, tuple[Idea | None, list[int], list[str]]] = {}
    for line in rounds.lines(tx, about):
        idea = there.get(line.idea_id)
        top = _top(tx, idea, hidden_at) if idea else None
        _, nrs, keys = found.setdefault(top.id if top else line.idea_id, (top, [], []))
        nrs.append(line.nr)
        keys.append(line.idea_id)
    return [(idea, tuple(nrs), keys) for idea, nrs, keys in found.values()]


def _top(tx: Tx, idea: Idea, hidden_at: str | None) -> Idea:
    """Return what an idea is part of now, with words to show; itself when that was taken away."""
    try:
        top = joining.top(tx, ideas.by_key(tx, idea.workshop_id, idea.id))
    except Refused:
        return idea
    return idea if top.id == idea.id or top.withdrawn_at else joining.filled(tx, [top], hidden_at=hidden_at)[0]


def _score(about: Round, idea: Idea | None, nrs: tuple[int, ...], rows: Rows, sides: Mapping[str, str]) -> Score:
    by_side = _summed(rows, "perspective", sides)
    dots = sum(row["count"] for row in rows)
    people = _people(rows, about.dots)
    return Score(idea, nrs, dots, people, _summed(rows, "channel"), by_side, chosen=False)


def _ranked(scores: Iterable[Score]) -> tuple[Score, ...]:
    """Return most dots first, and mark the three that got most, with all that got as many as the third."""
    ranked = sorted(scores, key=lambda one: -one.dots)
    least = ranked[min(CHOSEN, len(ranked)) - 1].dots
    return tuple(
        Score(one.idea, one.nrs, one.dots, one.people, one.by_channel, one.by_side, bool(one.dots >= max(least, 1)))
        for one in ranked
    )


def _summed(rows: Rows, by: str, sides: Mapping[str, str] | None = None) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[sides.get(row[by], "") if sides is not None else row[by]] += row["count"]
    return dict(found)


def _people(rows: Rows, dots: int) -> int:
    """Return how many people there were at least: nobody has more than so many dots."""
    by_voter: dict[str, int] = defaultdict(int)
    for row in rows:
        by_voter[row["voter"]] += row["count"]
    return sum(1 if voter.startswith(("device:", "slip:")) else -(-count // dots) for voter, count in by_voter.items())


def _sides(rows: Rows, dots: int) -> dict[str, str]:
    """Return by side the name it is shown under: its own, or '' for groups of fewer than five and whoever said none.

    When those under '' are few themselves the smallest others go with them: nobody can be found by subtracting.
    """
    people: dict[str, int] = {}
    for side in {row["perspective"] for row in rows}:
        people[side] = _people([row for row in rows if row["perspective"] == side], dots)
    kept = sorted((side for side, count in people.items() if side and count >= FEW), key=lambda side: -people[side])
    rest = sum(count for side, count in people.items() if side not in kept)
    while kept and 0 < rest < FEW:
        rest += people[kept.pop()]
    return {side: side if side in kept else "" for side in people}


def _warnings(
    tx: Tx, ranked: Iterable[Score], by_side: Mapping[str, int], whole: int
) -> tuple[tuple[Warned, str], ...]:
    found: list[tuple[Warned, str]] = [
        ("most_from", side) for side, dots in by_side.items() if side and dots * 2 > whole
    ]
    chosen = [one.idea for one in ranked if one.chosen and one.idea]
    makers = {leaf.perspective for idea in chosen for leaf in joining.leaves(tx, idea)}
    if len(chosen) > 1 and len(makers) == 1 and "" not in makers:
        found.append(("all_from", makers.pop()))
    return tuple(found)
