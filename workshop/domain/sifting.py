"""Which ideas fit what somebody asks for, and how many would with one wish changed.

A joined idea fits when one of its originals does: by card, meeting, perspective and how it came. What it is now
(status, theme, decision) it is as a whole. What adds to another idea is answered with that one: it waits for nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workshop import clock
from workshop.domain import meetings, network_cards, search
from workshop.domain.search import Found
from workshop.store import Tx

if TYPE_CHECKING:
    from workshop.domain.curating import Filter

NONE, PREPARED = "none", "prepared"
"""Values of `decision` beside its four kinds: nothing decided yet, and something prepared that nobody read yet."""
OPEN = (NONE, PREPARED)
WAITING = "waiting"
"""The value of `decision` that is either of these: its maker has no answer."""

WITHIN = "within"
MARKS = ("question", "stays", "parked", WITHIN)
"""Values of `mark`: it is a question, never leaves the group, is parked, or is not (where some are)."""


@dataclass(frozen=True)
class Sifted:
    """What fits, by key in the order to show it; `counts` by wish and value; where words were found, by key."""

    keys: list[str]
    counts: Mapping[str, Mapping[str, int]]
    found: Mapping[str, Found] = field(default_factory=dict)


def sift(tx: Tx, workshop_id: str, which: Filter) -> Sifted:
    """Return what fits: newest first, but oldest first when looking for what waits, and first what has that number.

    `counts[wish][value]` is how many ideas would fit with this value, the other wishes as they are.
    """
    found = search.found(tx, workshop_id, which.words) if which.words else {}
    starts = [(clock.midnight(one.date), one.id) for one in meetings.of_workshop(tx, workshop_id)]
    wished = _wished(which)
    fits: dict[str, None] = {}
    tops: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    hits: dict[str, Found] = {}
    for row in tx.sifting.parts(workshop_id=workshop_id):
        if which.before and (row["made_at"] >= which.before or _private(row)):
            continue
        if which.words and row["top"] not in hits:
            hit = found.get(row["id"]) or found.get(row["top"])
            if hit is None:
                continue
            hits[row["top"]] = hit
        values = _values(row, starts)
        missed = [name for name, value in wished.items() if value not in values[name]]
        if not missed:
            fits[row["top"]] = None
        for name in values if not missed else missed if len(missed) == 1 else ():
            for value in values[name]:
                tops[name][value].add(row["top"])
    if "parked" not in tops["mark"]:
        tops["mark"].pop(WITHIN, None)
    counts = {name: {value: len(keys) for value, keys in of.items()} for name, of in tops.items()}
    return Sifted(_ordered(fits, which, found), counts, hits)


def _private(row: Mapping[str, Any]) -> bool:
    """Say of a row what `waiting.private` says of an idea."""
    return bool(row["card_id"] == network_cards.BEING and row["visibility"] == "group")


def _wished(which: Filter) -> dict[str, str]:
    wishes = {
        "status": which.status,
        "theme": which.theme_id,
        "decision": which.decision,
        "held": None if which.held is None else str(int(which.held)),
        "card": which.card_id,
        "channel": which.channel,
        "perspective": which.perspective,
        "meeting": which.meeting_id,
        "mark": which.mark,
    }
    return {name: value for name, value in wishes.items() if value is not None}


def _values(row: Mapping[str, Any], starts: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    decision = row["kind"] or (PREPARED if row["planned"] else "" if row["about_id"] else NONE)
    at = bisect_right(starts, (row["made_at"], "~"))
    return {
        "status": (row["status"],),
        "theme": (row["theme_id"] or "",),
        "decision": (decision, WAITING) if decision in OPEN else (decision,),
        "held": (str(row["held"]),),
        "card": (row["card_id"],),
        "channel": (row["channel"],),
        "perspective": (row["perspective"],),
        "mark": tuple(mark for mark in MARKS if (row[mark] if mark != WITHIN else not row["parked"])),
        "meeting": (starts[max(at - 1, 0)][1],) if starts else (),
    }


def _ordered(fits: Iterable[str], which: Filter, found: Mapping[str, Found]) -> list[str]:
    keys = list(fits)
    if which.status == "received" or which.held or which.decision in (WAITING, *OPEN):
        keys.reverse()
    return sorted(keys, key=lambda key: not (key in found and found[key].by_number))
