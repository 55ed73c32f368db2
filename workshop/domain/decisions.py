"""Decisions: what happens with an idea and why, prepared one by one and published together.

A decision is never changed: another thought is another row. `planned` of an idea says which one is prepared, and
nobody but facilitators sees it; `decided` says which one was published (`answers.publish`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from workshop import clock, ids
from workshop.domain import ideas, meetings, workshops
from workshop.domain.ideas import Idea
from workshop.errors import Refused
from workshop.store import Tx

Kind = Literal["make", "try", "keep", "not_now"]
MOST = {"reason": 600, "next_step": 300}


@dataclass(frozen=True)
class Decision:
    """What is to happen with an idea. `by_when` is a day as `2027-02-22`, or ''.

    `decided_by` is the name of the facilitator who wrote it, `perspective` theirs, with its name in `own_side` when it
    is one of the workshop's own; `with_group` says that the group decided it together.
    """

    id: str
    idea_id: str
    kind: Kind
    reason: str
    next_step: str
    by_when: str
    decided_by: str
    perspective: str
    with_group: bool
    meeting_id: str | None
    made_at: str
    own_side: str = ""


@dataclass(frozen=True)
class Plan:
    """What a facilitator fills in."""

    kind: str
    reason: str = ""
    next_step: str = ""
    by_when: str = ""
    with_group: bool = False
    meeting_id: str | None = None


def prepare(tx: Tx, idea: Idea, plan: Plan, who: str) -> Idea:
    """Prepare a decision; the same one again changes nothing.

    Raises `Refused`: 'kind_missing', 'reason_missing' for a “not now” without a reason, 'reason_long' and
    'next_step_long', 'by_when_odd' for a day that is none, 'merged' for an idea that is part of another.
    """
    if idea.merged_into:
        raise Refused("merged", "This idea is part of another one. Decide on that one.")
    values = _checked(plan)
    before = of_idea(tx, idea.planned) if idea.planned else None
    if before and all(getattr(before, name) == value for name, value in values.items()):
        return idea
    if plan.meeting_id:
        meetings.find(tx, idea.workshop_id, plan.meeting_id)
    key = _make(tx, idea, who, meeting_id=plan.meeting_id, **values)
    return ideas.apply(tx, idea, who, "planned", planned=key)


def not_now(tx: Tx, idea: Idea, who: str, reason: str) -> str:
    """Make a “not now” with this reason, and return its key."""
    values = _checked(Plan("not_now", reason))
    return _make(tx, idea, who, meeting_id=None, **values)


def drop_plan(tx: Tx, idea: Idea, who: str) -> Idea:
    """Drop what was prepared; it stays in the history."""
    return ideas.apply(tx, idea, who, "plan dropped", planned=None) if idea.planned else idea


def of_idea(tx: Tx, key: str) -> Decision:
    """Return a decision by its key."""
    return _of(tx.decisions.find(id=key))


def all_of(tx: Tx, workshop_id: str) -> dict[str, Decision]:
    """Return every decision of a workshop by key."""
    return {row["id"]: _of(row) for row in tx.decisions.of_workshop(workshop_id=workshop_id)}


def planned(tx: Tx, workshop_id: str) -> list[Idea]:
    """Return the ideas with a prepared decision, oldest first."""
    rows = tx.decisions.planned(workshop_id=workshop_id)
    return ideas.with_pictures_of(tx, rows, workshop_id=workshop_id)


def undecided(tx: Tx, workshop_id: str) -> list[Idea]:
    """Return the ideas that wait for an answer and for which nothing is prepared, oldest first."""
    rows = tx.decisions.undecided(workshop_id=workshop_id)
    return ideas.with_pictures_of(tx, rows, workshop_id=workshop_id)


def _make(tx: Tx, idea: Idea, who: str, **values: Any) -> str:
    key = ids.new()
    tx.decisions.make(
        id=key,
        workshop_id=idea.workshop_id,
        idea_id=idea.id,
        made_by=who,
        perspective=workshops.perspective_of(tx, idea.workshop_id, who),
        at=clock.now(),
        **values,
    )
    return key


def _checked(plan: Plan) -> dict[str, Any]:
    if plan.kind not in get_args(Kind):
        raise Refused("kind_missing", "Choose what happens with this idea.")
    texts = {name: ideas.plain(getattr(plan, name)) for name in MOST}
    if plan.kind == "not_now" and not texts["reason"]:
        raise Refused("reason_missing", "Say why not now, in plain words.")
    for name, most in MOST.items():
        if len(texts[name]) > most:
            raise Refused(f"{name}_long", most=str(most))
    try:
        by_when = clock.day(plan.by_when.strip()).isoformat() if plan.by_when.strip() else ""
    except ValueError:
        raise Refused("by_when_odd", f"“{plan.by_when}” is no day. Write it as 2027-02-22.") from None
    return {"kind": plan.kind, **texts, "by_when": by_when, "with_group": plan.with_group}


def _of(row: dict[str, Any]) -> Decision:
    values = {name: row[name] for name in Decision.__dataclass_fields__}
    return Decision(**values | {"with_group": bool(row["with_group"])})
