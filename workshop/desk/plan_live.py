"""During a meeting: the block now, how long it has left, what comes next, and planning the rest again.

The page is whole without scripts; with them it counts down and follows what the other facilitator does. With
`beamer` it shows only what everybody in the room may see.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop import clock, ids
from workshop.desk import saying
from workshop.desk.guard import NEVER, desk, here, hidden_at
from workshop.desk.plan_words import KINDS
from workshop.desk.plans import Work, leads, made, undone
from workshop.domain import meetings, plan_live, plan_proposals, plans
from workshop.domain.meetings import Meeting
from workshop.errors import Refused
from workshop.house import read, write
from workshop.store import Tx

STEP = 5
"""Minutes more or less with one press."""


@desk.get("/<workshop_id>/bijeenkomsten/<meeting_id>/nu")
def plan_now(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Show how the meeting stands now."""
    return _page(read(meetings.find, workshop_id, meeting_id))


@desk.get("/<workshop_id>/bijeenkomsten/<meeting_id>/nu/stand")
def plan_state(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Say how often the plan changed, for the page that follows it."""
    meeting = read(meetings.find, workshop_id, meeting_id)
    return jsonify(beats=read(plans.beats, meeting.id))


@desk.post(
    "/<workshop_id>/bijeenkomsten/<meeting_id>/nu/"
    "<any(begin, verder, meer, minder, overslaan, korter, wissel, terug):verb>"
)
def plan_live_do(workshop_id: str, meeting_id: str, verb: str) -> ResponseReturnValue:
    """Begin, go on, give more or fewer minutes, leave out, make the rest fit, let the other lead, undo."""
    meeting = read(meetings.find, workshop_id, meeting_id)
    if verb == "terug":
        return undone(meeting, "plan_now", _page)
    try:
        step = write(_VERBS[verb](meeting, request.form.get("stuk", "")))
    except Refused as refused:
        return _page(meeting, saying.refused(refused)), 400
    told: dict[str, Any] = {"gedaan": verb, "stap": step} if step else {}
    return redirect(url_for("desk.plan_now", workshop_id=workshop_id, meeting_id=meeting.id, **told), 303)


_VERBS: dict[str, Callable[[Meeting, str], Work]] = {
    "begin": lambda meeting, _one: made(plan_live.begin, meeting),
    "verder": lambda meeting, one: made(plan_live.forward, meeting, one),
    "meer": lambda meeting, one: made(plan_live.stretch, meeting, one, STEP),
    "minder": lambda meeting, one: made(plan_live.stretch, meeting, one, -STEP),
    "overslaan": lambda meeting, one: made(plan_live.skip, meeting, one),
    "korter": lambda meeting, _one: made(plan_live.shorten, meeting),
    "wissel": lambda meeting, one: made(plan_live.hand_over, meeting, one, leads()),
}


def _page(meeting: Meeting, problem: str = "") -> str:
    beamer = "beamer" in request.args
    plan, beats = read(_seen, meeting, (here().hidden_at or NEVER) if beamer else hidden_at())
    now = plan_live.now(plan)
    shorter = plan_live.shorter(plan, now.late)
    return render_template(
        "desk/plan_beamer.html" if beamer else "desk/plan_now.html",
        meeting=meeting,
        plan=plan,
        beats=beats,
        now=now,
        kinds=KINDS,
        shorter=[(plan.block(one), minutes) for one, minutes in shorter.items()],
        spared=sum(plan.block(one).minutes - minutes for one, minutes in shorter.items()),
        begins_at=_starts(plan, now),
        took=plan_live.took(plan),
        clock_of=clock_of,
        key=ids.new,
        problem=problem,
        step_minutes=STEP,
        step=request.args.get("stap", ""),
        done=request.args.get("gedaan", ""),
    )


def clock_of(moment: str) -> str:
    """Return the time of day of a moment: `14:35`."""
    return f"{clock.local(moment):%H:%M}"


def _seen(tx: Tx, meeting: Meeting, since: str | None) -> tuple[plans.Plan, int]:
    return plan_proposals.seen(tx, meeting, since), plans.beats(tx, meeting.id)


def _starts(plan: plans.Plan, now: plan_live.Now) -> dict[str, str]:
    """Return at what time each block that is still to come begins, when nothing changes."""
    at = max(now.due or now.at, now.at)
    found = {}
    for block in plan.blocks:
        if not block.began_at and not block.ended_at:
            found[block.id] = clock_of(at)
            at = clock.after(at, minutes=block.minutes)
    return found


@desk.context_processor
def _words() -> dict[str, Any]:
    return {"milliseconds": lambda moment: int(clock.read(moment).timestamp() * 1000)}
