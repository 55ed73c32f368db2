"""A meeting while it goes on: which block is at work, how long it has left, and what to do when it runs late.

All of it is in the rows: two devices see the same, and nothing is lost when one of them falls asleep. Pressing a
button twice, or on two devices at once, does it once: a form says which block it saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from cards.recipe import Leader
from workshop import clock
from workshop.domain import plans
from workshop.domain.meetings import Meeting
from workshop.domain.plan_changes import MOST_MINUTES
from workshop.domain.plans import Plan, PlanBlock, start_of
from workshop.errors import Refused
from workshop.store import Tx

State = Literal["empty", "ready", "running", "over"]
NEAR: Final = 60
"""Who begins within so many minutes of the time people were told is early or late; else it is another time."""
LEAST: Final = {"break": 10, "close": 5}
LEAST_OTHER: Final = 10
"""A block is never made shorter than this, in minutes, when it was longer."""


@dataclass(frozen=True)
class Now:
    """How a meeting stands at one moment. `left` is minutes, less than 0 once `block` takes too long.

    `ends` is the moment all is over when nothing changes, `late` how many minutes that is after what was planned.
    """

    state: State
    at: str
    block: PlanBlock | None = None
    next: PlanBlock | None = None
    due: str = ""
    left: int = 0
    ends: str = ""
    late: int = 0


@dataclass(frozen=True)
class Took:
    """What became of a block: minutes planned (None when it came up on the spot) and minutes it took."""

    block: PlanBlock
    planned: int | None
    real: int | None


def now(plan: Plan) -> Now:
    """Return how a meeting stands at this moment."""
    at = clock.now()
    if not plan.begun_at or not plan.blocks:
        return Now("ready" if plan.blocks else "empty", at, next=_coming(plan))
    if plan.ended_at:
        return Now("over", at, ends=plan.ended_at, late=_late(plan, plan.ended_at))
    block = _at_work(plan)
    due = clock.after(block.began_at, minutes=block.minutes) if block and block.began_at else at
    rest = sum(one.minutes for one in _to_come(plan))
    ends = clock.after(max(due, at), minutes=rest)
    left = _minutes(at, due)
    return Now("running", at, block, _coming(plan), due, left, ends, _late(plan, ends))


def begin(tx: Tx, meeting: Meeting, who: str, key: str) -> str:
    """Begin the meeting with its first block. Twice is once. Raises `Refused('plan_empty')` without blocks."""
    plan = plans.of(tx, meeting.id)
    first = _coming(plan)
    if first is None and not plan.begun_at:
        raise Refused("plan_empty", "There is nothing in the plan yet.")
    if plan.begun_at or first is None:
        return ""
    at = clock.now()
    changes: dict[str, dict[str, Any]] = {block.id: {"planned": block.minutes} for block in plan.blocks}
    changes[first.id]["began_at"] = at
    changes[""] = {"begun_at": at, "promised_end": clock.after(_told(meeting, at), minutes=plan.minutes)}
    return plans.apply(tx, meeting, who, "begun", changes, key)


def forward(tx: Tx, meeting: Meeting, seen: str, who: str, key: str) -> str:
    """End the block at work and begin the next; after the last the meeting is over. `seen` is the block at work."""
    plan = plans.of(tx, meeting.id)
    block = _at_work(plan)
    if block is None or block.id != seen:
        return ""
    at, coming = clock.now(), _coming(plan)
    changes: dict[str, dict[str, Any]] = {block.id: {"ended_at": at}}
    if coming:
        changes[coming.id] = {"began_at": at}
    else:
        changes[""] = {"ended_at": at}
    return plans.apply(tx, meeting, who, "forward", changes, key)


def stretch(tx: Tx, meeting: Meeting, block_id: str, by: int, who: str, key: str) -> str:
    """Give the block at work more minutes, or fewer; never under one."""
    block = plans.of(tx, meeting.id).block(block_id)
    if block.ended_at:
        return ""
    minutes = min(max(block.minutes + by, 1), MOST_MINUTES)
    return plans.apply(tx, meeting, who, "stretched", {block_id: {"minutes": minutes}}, key)


def skip(tx: Tx, meeting: Meeting, block_id: str, who: str, key: str) -> str:
    """Leave a block out that is still to come."""
    block = plans.of(tx, meeting.id).block(block_id)
    if block.began_at or block.ended_at:
        return ""
    return plans.apply(tx, meeting, who, "skipped", {block_id: {"ended_at": clock.now()}}, key)


def hand_over(tx: Tx, meeting: Meeting, block_id: str, leads: Leader, who: str, key: str) -> str:
    """Let the other facilitator lead a block from now on."""
    plans.of(tx, meeting.id).block(block_id)
    return plans.apply(tx, meeting, who, "handed", {block_id: {"leads": leads}}, key)


def shorten(tx: Tx, meeting: Meeting, who: str, key: str) -> str:
    """Make the rest as short as `shorter` says."""
    plan = plans.of(tx, meeting.id)
    changes = {one: {"minutes": minutes} for one, minutes in shorter(plan, now(plan).late).items()}
    return plans.apply(tx, meeting, who, "shortened", changes, key)


def shorter(plan: Plan, late: int) -> dict[str, int]:
    """Return new minutes for what is still to come, so that it ends on time; as near to it as the least minutes allow.

    Every block gives in proportion to what it can spare. Only blocks that change are in it.
    """
    rest = _to_come(plan)
    spare = {block.id: max(0, block.minutes - _least(block)) for block in rest}
    whole = sum(spare.values())
    need = min(late, whole)
    if need <= 0:
        return {}
    share = {one: need * amount / whole for one, amount in spare.items()}
    less = {one: int(part) for one, part in share.items()}
    for one in sorted(share, key=lambda key: less[key] - share[key])[: need - sum(less.values())]:
        less[one] += 1
    return {block.id: block.minutes - less[block.id] for block in rest if less[block.id]}


def took(plan: Plan) -> list[Took]:
    """Return what became of every block: planned beside real, for who looks back."""
    return [Took(block, block.planned, _real(block)) for block in plan.blocks]


def _real(block: PlanBlock) -> int | None:
    if block.began_at is None or block.ended_at is None:
        return None
    return _minutes(block.began_at, block.ended_at)


def _at_work(plan: Plan) -> PlanBlock | None:
    return next((block for block in plan.blocks if block.began_at and not block.ended_at), None)


def _to_come(plan: Plan) -> Sequence[PlanBlock]:
    return [block for block in plan.blocks if not block.began_at and not block.ended_at]


def _coming(plan: Plan) -> PlanBlock | None:
    return next(iter(_to_come(plan)), None)


def _late(plan: Plan, ends: str) -> int:
    return _minutes(plan.promised_end, ends) if plan.promised_end else 0


def _minutes(since: str, until: str) -> int:
    """Return the minutes between two moments, to the nearest one."""
    return round((clock.read(until) - clock.read(since)).total_seconds() / 60)


def _least(block: PlanBlock) -> int:
    return min(block.minutes, LEAST.get(block.kind, LEAST_OTHER))


def _told(meeting: Meeting, at: str) -> str:
    """Return the moment the meeting would begin, as people were told; `at` on another day, far off, or not known."""
    if not meeting.begins:
        return at
    told = clock.on(meeting.date, start_of(meeting))
    return told if abs(_minutes(at, told)) <= NEAR else at
