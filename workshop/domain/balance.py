"""Balance: whether every side comes, speaks, gives ideas and sees them chosen, in counts and in warnings.

Counts, never persons: a group of fewer than five is taken together with others, so that nobody can be found, also
not by subtracting. Warnings say what stands out; what to do about it is for people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from workshop.domain import seats, trajectory, turns
from workshop.domain.answers import FEW
from workshop.domain.meetings import Meeting
from workshop.domain.workshops import Workshop
from workshop.store import Tx

Code = Literal["absent", "chosen_all_from", "ideas_most", "dots_most", "paper_behind", "turns_over", "turns_under"]
EXPERTS: Final = "ervaringsdeskundige"
"""The side that is missed even when nobody thought of giving it a seat."""
IN_A_ROW: Final = 2
"""From how many meetings in a row without a side that is said."""
ENOUGH_TURNS: Final = 20
"""From how many turns a tally says something."""
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Warning:  # noqa: A001 (the word of the desk; nothing here warns as Python does)
    """Something that stands out. `values` fill the sentence.

    'side' is a perspective's key, '' for small ones together; 'count' is a number.
    """

    code: Code
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Spread:
    """How much came in all and from whom: by perspective and by channel, small groups together under ''.

    `untold` says that more than half came from people who did not tell their side.
    """

    total: int
    by_side: Mapping[str, int]
    by_channel: Mapping[str, int]
    untold: bool


@dataclass(frozen=True)
class Balance:
    """All counts of a workshop. `chosen` are the ideas that are made or tried; `came` how many of the `meetings`
    counted had anybody of a side, which is no count of people."""

    ideas: Spread
    chosen: Spread
    dots: Spread
    turns: Spread
    came: Mapping[str, int]
    meetings: int


def of(tx: Tx, workshop_id: str) -> Balance:
    """Return how a workshop stands."""
    rows: Rows = tx.balance.ideas(workshop_id=workshop_id)
    held = seats.counted_meetings(tx, workshop_id)
    came = Counter(side for one in held for side, count in one.present.items() if side and count)
    return Balance(
        ideas=_spread(rows, "ideas"),
        chosen=_spread(rows, "chosen"),
        dots=_dots(tx, workshop_id),
        turns=_turns(tx, workshop_id),
        came=came,
        meetings=len(held),
    )


def warnings(tx: Tx, workshop: Workshop) -> list[Warning]:
    """Return what stands out, most pressing first; nothing in a workshop whose kind does not ask for perspectives."""
    if not trajectory.shows(workshop, "perspectives"):
        return []
    rows: Rows = tx.balance.ideas(workshop_id=workshop.id)
    return [
        *_absent(tx, workshop.id),
        *_all_from(rows),
        *_most(_counted(rows, "ideas"), "ideas_most"),
        *_paper(rows),
        *_spoken(tx, workshop.id),
        *_dots_most(tx, workshop.id),
    ]


def grouped(counts: Mapping[str, int], people: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return counts with every group of fewer than five under '', and so much with it that '' is not small either.

    `people` says how many there are in each group, when that is not what is counted. No group is left out.
    """
    sizes = people or counts
    kept = sorted((side for side in counts if side and sizes.get(side, 0) >= FEW), key=lambda side: -sizes[side])
    rest = [side for side in counts if side not in kept and counts[side]]
    while kept and rest and sum(sizes.get(side, 0) for side in rest) < FEW:
        rest.append(kept.pop())
    found = {side: counts[side] for side in counts if side in kept}
    return found | ({"": sum(counts[side] for side in rest)} if rest else {})


def _spread(rows: Rows, what: str) -> Spread:
    by_side, by_channel = _counted(rows, what), _counted(rows, what, "channel")
    return _shown(by_side, by_channel)


def _shown(
    by_side: Mapping[str, int], by_channel: Mapping[str, int], people: Mapping[str, int] | None = None
) -> Spread:
    total, sides = sum(by_side.values()), grouped(by_side, people)
    untold = by_side.get("", 0) * 2 > total
    return Spread(total, sides if set(sides) - {""} else {}, _none_alone(grouped(by_channel)), untold)


def _none_alone(channels: dict[str, int]) -> dict[str, int]:
    """Return channels only when each can be told: of two, one under '' would say what the other is."""
    return {} if "" in channels else channels


def _counted(rows: Rows, what: str, by: str = "perspective") -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row[by]] += row[what]
    return {name: count for name, count in found.items() if count}


def _given(tx: Tx, workshop_id: str) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return dots and recognition by perspective and by channel, and the least number of people of a perspective."""
    sides, channels, people = Counter[str](), Counter[str](), Counter[str]()
    seen = set[tuple[str, str]]()
    for row in tx.balance.given(workshop_id=workshop_id):
        side = row["perspective"]
        sides[side] += row["count"]
        channels[row["channel"]] += row["count"]
        one = row["voter"].startswith(("device:", "slip:"))
        if not one:
            people[side] += -(-row["count"] // row["dots"])
        elif (side, row["voter"]) not in seen:
            seen.add((side, row["voter"]))
            people[side] += 1
    return sides, channels, people


def _dots(tx: Tx, workshop_id: str) -> Spread:
    return _shown(*_given(tx, workshop_id))


def _turns(tx: Tx, workshop_id: str) -> Spread:
    """Return the turns of all meetings; a side of which never five were there is not shown by itself."""
    taken, present = _tallied(tx, workshop_id)
    told = {side: min(count, present.get(side, 0)) if present else count for side, count in taken.items()}
    return _shown(taken, {}, told)


def _tallied(tx: Tx, workshop_id: str) -> tuple[Counter[str], dict[str, int]]:
    """Return the turns by side of all meetings, and of each side the most people there ever were at one of them."""
    found = turns.of_workshop(tx, workshop_id)
    taken = Counter[str]()
    most: dict[str, int] = defaultdict(int)
    for one in seats.counted_meetings(tx, workshop_id):
        for side, count in one.present.items() if one.id in found else ():
            most[side] = max(most[side], count)
    for tally in found.values():
        taken.update(tally)
    return taken, dict(most)


def _absent(tx: Tx, workshop_id: str) -> list[Warning]:
    held = seats.counted_meetings(tx, workshop_id)
    wanted = dict.fromkeys([EXPERTS, *seats.expected(tx, workshop_id)])
    missed = {side: _since(held, side) for side in wanted}
    return [
        Warning("absent", {"side": side, "count": count})
        for side, count in sorted(missed.items(), key=lambda one: -one[1])
        if count >= IN_A_ROW
    ]


def _since(held: list[Meeting], side: str) -> int:
    """Return how many of the last meetings in a row had nobody of a side."""
    count = 0
    for one in reversed(held):
        if one.present.get(side):
            break
        count += 1
    return count


def _all_from(rows: Rows) -> list[Warning]:
    """Warn when two or more ideas were chosen and all of their makers look from the same side."""
    chosen = _counted(rows, "chosen")
    side = next(iter(chosen), "")
    found = len(chosen) == 1 and side and chosen[side] > 1
    return [Warning("chosen_all_from", {"side": side})] if found else []


def _most(counts: Mapping[str, int], code: Code, people: Mapping[str, int] | None = None) -> list[Warning]:
    """Warn of the side that gave more than half of everything, when it may be shown by itself."""
    whole, shown = sum(counts.values()), grouped(counts, people)
    return [Warning(code, {"side": side}) for side, count in shown.items() if side and count * 2 > whole]


def _paper(rows: Rows) -> list[Warning]:
    ideas, decided = _counted(rows, "ideas", "channel"), _counted(rows, "decided", "channel")
    paper, phone = ideas.get("paper", 0), ideas.get("phone", 0)
    behind = decided.get("paper", 0) * phone < decided.get("phone", 0) * paper
    return [Warning("paper_behind", {})] if paper >= FEW and phone >= FEW and behind else []


def _spoken(tx: Tx, workshop_id: str) -> list[Warning]:
    """Compare turns with seats, in the meetings of which both are known; small sides together under ''."""
    found, taken, there = turns.of_workshop(tx, workshop_id), Counter[str](), Counter[str]()
    _, most = _tallied(tx, workshop_id)
    few = most.keys() - grouped(most).keys()
    for one in seats.counted_meetings(tx, workshop_id):
        if one.id in found:
            for side, count in one.present.items():
                name = "" if side in few else side
                there[name] += count if side else 0
                taken[name] += found[one.id].get(side, 0) if side and count else 0
    known = [side for side in there if side or sum(most[one] for one in few if one) >= FEW]
    spoken, seated = sum(taken[side] for side in known), sum(there[side] for side in known)
    if spoken < ENOUGH_TURNS or len(known) < 2:
        return []
    return [*_over(known, taken, there, spoken, seated), *_under(known, taken, there, spoken, seated)]


def _over(
    known: Iterable[str], taken: Counter[str], there: Counter[str], spoken: int, seated: int
) -> Iterable[Warning]:
    """Warn of a side with half as many turns again as its seats would give, and more than its share by a tenth."""
    for side in known:
        share, seat = taken[side] / spoken, there[side] / seated
        if share >= seat * 1.5 and share - seat >= 0.1:
            yield Warning("turns_over", {"side": side})


def _under(
    known: Iterable[str], taken: Counter[str], there: Counter[str], spoken: int, seated: int
) -> Iterable[Warning]:
    """Warn of a side with less than half of the turns that its seats would give."""
    for side in known:
        if taken[side] * seated * 2 < there[side] * spoken:
            yield Warning("turns_under", {"side": side})


def _dots_most(tx: Tx, workshop_id: str) -> list[Warning]:
    sides, _, people = _given(tx, workshop_id)
    return _most(sides, "dots_most", people)
