"""What a facilitator wants to hear about a plan before the meeting: too long, no break, too much that is new.

Advice, never a lock. Minutes are those older people keep up with; a programme of ours may go over one of them, and
then says why.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from cards.recipe import Counts
from workshop.domain.meetings import Meeting
from workshop.domain.network_cards import LISTENING
from workshop.domain.plans import Plan, PlanBlock, start_of

MOST_WITHOUT_BREAK: Final = 60
MOST_AT_A_STRETCH: Final = 75
MOST_IN_ALL: Final = 120
MOST_WORK: Final = 40
MOST_NEW: Final = 2


@dataclass(frozen=True)
class Warned:
    """One thing to look at: a code that pages and sheets have words for, and the values in those words."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


def of(plan: Plan, meeting: Meeting, new_methods: Collection[str]) -> list[Warned]:
    """Return what is odd about a plan: nothing for one without blocks. `new_methods` are titles the group never used.

    Codes: 'too_long' and 'ends_late' (minutes, ends), 'no_break' (minutes), 'long_stretch' (minutes), 'new_methods'
    (count, titles), 'no_listening', 'no_welcome', 'no_close', 'one_leads' (leads), 'long_work' (title, minutes),
    'crowded' (people, tables).
    """
    if not plan.blocks:
        return []
    return [*_time(plan, meeting), *_pieces(plan), *_people(plan, new_methods)]


def _time(plan: Plan, meeting: Meeting) -> list[Warned]:
    found = []
    if plan.minutes > MOST_IN_ALL:
        found.append(Warned("too_long", {"minutes": plan.minutes}))
    if 0 < meeting.lasts < plan.minutes:
        ends = plan.ends(start_of(meeting))
        found.append(Warned("ends_late", {"ends": f"{ends:%H:%M}", "told": meeting.ends}))
    stretch = _longest_stretch(plan)
    if not any(block.kind == "break" for block in plan.blocks):
        if plan.minutes > MOST_WITHOUT_BREAK:
            found.append(Warned("no_break", {"minutes": plan.minutes}))
    elif stretch > MOST_AT_A_STRETCH:
        found.append(Warned("long_stretch", {"minutes": stretch}))
    work = (block for block in plan.blocks if block.kind == "work" and block.minutes > MOST_WORK)
    return found + [Warned("long_work", {"title": block.title, "minutes": block.minutes}) for block in work]


def _pieces(plan: Plan) -> list[Warned]:
    kinds = {block.kind for block in plan.blocks}
    found = [Warned("no_welcome")] if "welcome" not in kinds else []
    if not any(use.card.startswith(LISTENING) for block in plan.blocks for use in block.cards):
        found.append(Warned("no_listening"))
    return found + ([Warned("no_close")] if "close" not in kinds else [])


def _people(plan: Plan, new_methods: Collection[str]) -> list[Warned]:
    found = []
    if len(new_methods) > MOST_NEW:
        found.append(Warned("new_methods", {"count": len(new_methods), "titles": ", ".join(new_methods)}))
    leaders = {block.leads for block in plan.blocks if block.kind != "break"}
    if len(leaders) == 1 and len(plan.blocks) > 1:
        found.append(Warned("one_leads", {"leads": leaders.pop()}))
    if Counts(tables=plan.tables, people=plan.people).crowded:
        found.append(Warned("crowded", {"people": plan.people, "tables": plan.tables}))
    return found


def _longest_stretch(plan: Plan) -> int:
    """Return the most minutes that follow each other without a break."""
    longest = now = 0
    for block in plan.blocks:
        now = 0 if _rests(block) else now + block.minutes
        longest = max(longest, now)
    return longest


def _rests(block: PlanBlock) -> bool:
    return block.kind == "break"
