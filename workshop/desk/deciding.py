"""Deciding what happens with ideas, one after the other or many at once. Makers read nothing until it is published.

A form carries which decision it saw at every idea. When somebody else decided in between, nothing is overwritten:
theirs is shown beside what was typed. The same decision twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop import telling, web
from workshop.desk import saying
from workshop.desk.guard import desk, here, hidden_at, may_change, me, shown_here
from workshop.domain import answers, curating, decisions, ideas, joining, looking, meetings, perspectives, workshops
from workshop.domain.decisions import Decision, Plan
from workshop.domain.ideas import Idea, Picture
from workshop.domain.reasons import DECIDED
from workshop.errors import Refused, Stale
from workshop.house import read, write
from workshop.store import Tx

MOST = 200
FIELDS = {"wat": "kind", "reden": "reason", "vervolg": "next_step", "wanneer": "by_when"}
_WRONG = {"kind_missing": "wat-make", "reason_missing": "reden", "reason_long": "reden", "next_step_long": "vervolg"}
_WRONG |= {"by_when_odd": "wanneer"}


@dataclass(frozen=True)
class Before:
    """An idea to decide on: as it is shown, how many makers it has, and what was decided or prepared so far.

    `makers` hear about it; `parts` are the numbers of what it is made of, itself when it was not joined. `pictures`
    come with the key of the idea that has them.
    """

    idea: Idea
    makers: int
    parts: tuple[int, ...]
    pictures: tuple[tuple[str, Picture], ...]
    planned: Decision | None
    decided: Decision | None

    @property
    def mark(self) -> str:
        """Return what a form says it saw here: the newest decision."""
        return self.idea.planned or self.idea.decided or ""


@desk.get("/<workshop_id>/besluiten")
def deciding(workshop_id: str) -> ResponseReturnValue:
    """Show the chosen ideas to decide on; when none is chosen, the one that waits longest."""
    return _page(read(_asked_for, workshop_id, request.args.getlist("idee"), request.args.get("na", "")))


@desk.post("/<workshop_id>/besluiten")
def decide(workshop_id: str) -> ResponseReturnValue:
    """Prepare one decision for every idea on the form, and offer to undo it."""
    seen = seen_marks()
    found = read(_asked_for, workshop_id, list(seen), "")
    try:
        step, done = write(_prepare, workshop_id, seen, _sent(), me().id, request.form.get("perspectief", ""))
    except Stale as stale:
        return _page(read(_asked_for, workshop_id, list(seen), ""), changed=cast(Idea, stale.now).nr), 409
    except Refused as error:
        if error.code == "no_idea":
            raise
        return _page(found, problem=saying.refused(error), wrong=_WRONG.get(error.code, "")), 400
    return _next(workshop_id, list(seen), {"gedaan": "besloten", "stap": step, "aantal": done} if done else {})


@desk.post("/<workshop_id>/besluiten/weg")
def drop_plans(workshop_id: str) -> ResponseReturnValue:
    """Drop what was prepared for these ideas, and offer to undo it."""
    seen = seen_marks()
    step, done = write(_drop, workshop_id, seen, me().id)
    return _next(workshop_id, list(seen), {"gedaan": "losgelaten", "stap": step, "aantal": done} if done else {})


def seen_marks() -> dict[str, str]:
    """Return which decision the form saw at every idea that was chosen on it."""
    return {key: mark for key, _, mark in (one.partition(":") for one in request.form.getlist("gezien")[:MOST])}


def block(idea: Idea) -> dict[str, Any]:
    """Return what the page of an idea says about its decision and answers."""
    return read(_block, idea)


def _block(tx: Tx, idea: Idea) -> dict[str, Any]:
    now = answers.standing(tx, idea)
    above = joining.top(tx, idea)
    planned = idea.planned if may_change() else None
    return {
        "above": above if above.id != idea.id else None,
        "answer": now.answer,
        "plan": decisions.of_idea(tx, planned) if planned else None,
        "plan_told": told(tx, decisions.of_idea(tx, planned)) if planned else None,
        "decided": told(tx, decisions.of_idea(tx, idea.decided)) if idea.decided else None,
        "heard": [(one, told(tx, one.decision)) for one in (now.answer, *now.earlier) if one],
    }


def told(tx: Tx, decision: Decision, others: Sequence[int] = ()) -> telling.Told:
    """Return a decision as a maker reads it, in the language of the workshop."""
    return telling.told(decision, here(), here().language, days=telling.meeting_days(tx, here().id), others=others)


def _asked_for(tx: Tx, workshop_id: str, keys: list[str], after: str) -> list[Before]:
    """Return the ideas to decide on, each with what it is part of instead of itself, or else the oldest that waits.

    `after` is an idea that was skipped: then the next one, and from the last on the first again.
    """
    if not keys:
        waits = [one for one in decisions.undecided(tx, workshop_id) if shown_here(one)]
        place = next((at + 1 for at, one in enumerate(waits) if one.id == after), 0)
        keys = [one.id for one in (*waits[place:], *waits[:place])][:1]
    above = (joining.top(tx, ideas.by_key(tx, workshop_id, key)) for key in keys[:MOST])
    there = {one.id: one for one in above if not one.withdrawn_at and one.status != "apart" and shown_here(one)}
    return [before(tx, one) for one in there.values()]


def before(tx: Tx, idea: Idea) -> Before:
    """Return an idea with all one wants to know to decide on it."""
    [filled] = joining.filled(tx, [idea], hidden_at=hidden_at())
    parts = [one for one in joining.leaves(tx, idea) if not one.withdrawn_at and shown_here(one)]
    return Before(
        filled,
        len(answers.makers(tx, idea)),
        tuple(one.nr for one in parts),
        tuple((one.id, picture) for one in parts for picture in one.pictures),
        decisions.of_idea(tx, idea.planned) if idea.planned and may_change() else None,
        decisions.of_idea(tx, idea.decided) if idea.decided else None,
    )


def _prepare(tx: Tx, workshop_id: str, seen: dict[str, str], plan: Plan, who: str, side: str) -> tuple[str, int]:
    """Prepare the plan for all of these ideas or for none. Return the step to undo, and how many changed."""
    if perspectives.known(tx, workshop_id, side):
        workshops.take_perspective(tx, workshop_id, who, side)
    done = 0
    with curating.as_one(tx) as step:
        for key, mark in seen.items():
            idea = ideas.by_key(tx, workshop_id, key)
            if idea.withdrawn_at:
                continue
            now = decisions.prepare(tx, idea, plan, who)
            if now.version != idea.version and (idea.planned or idea.decided or "") != mark:
                raise Stale(idea)
            done += now.version != idea.version
    return step, done


def _drop(tx: Tx, workshop_id: str, seen: dict[str, str], who: str) -> tuple[str, int]:
    """Drop the plans that are still as the form saw them."""
    done = 0
    with curating.as_one(tx) as step:
        for key, mark in seen.items():
            idea = ideas.by_key(tx, workshop_id, key)
            if idea.planned and idea.planned == mark:
                decisions.drop_plan(tx, idea, who)
                done += 1
    return step, done


def _sent() -> Plan:
    form = request.form
    values = {name: form.get(field, "") for field, name in FIELDS.items()}
    values["reason"] = values["reason"].strip() or form.get(f"voorbeeld-{values['kind']}", "")
    with_group = form.get("hoe") == "groep"
    return Plan(**values, with_group=with_group, meeting_id=form.get("bijeenkomst") or None if with_group else None)


def _typed(found: list[Before]) -> Plan:
    """Return what stands in the form: what was typed, else what was prepared when that is the same for all."""
    if request.method == "POST":
        return _sent()
    plans = {(one.planned.kind, one.planned.reason, one.planned.next_step) for one in found if one.planned}
    first = found[0].planned if len(plans) == 1 and all(one.planned for one in found) else None
    if first is None:
        return Plan(request.args.get("wat", ""))
    return Plan(first.kind, first.reason, first.next_step, first.by_when, first.with_group, first.meeting_id)


def _page(found: list[Before], problem: str = "", wrong: str = "", changed: int = 0) -> str:
    side = read(workshops.perspective_of, here().id, me().id)
    return render_template(
        "desk/deciding.html",
        found=found,
        plan=_typed(found) if found else Plan(""),
        problem=problem,
        wrong=wrong,
        changed=changed,
        examples=DECIDED[here().language],
        meetings=read(meetings.of_workshop, here().id),
        left_to_decide=len(read(decisions.undecided, here().id)),
        back=request.values.get("terug", ""),
        watched=read(looking.newest),
        side=side,
        perspectives=read(perspectives.choices, here().id, web.language(), side),
    )


def _next(workshop_id: str, keys: list[str], done: dict[str, Any]) -> ResponseReturnValue:
    """Go back to where the form was opened from, or on to the next idea that waits."""
    back = request.form.get("terug", "")
    if back == "idee" and len(keys) == 1:
        return redirect(url_for("desk.idea", workshop_id=workshop_id, idea_id=keys[0], **done, _anchor="besluit"), 303)
    if back == "antwoorden":
        return redirect(url_for("desk.answering", workshop_id=workshop_id, **done), 303)
    return redirect(url_for("desk.deciding", workshop_id=workshop_id, **done), 303)


@desk.context_processor
def _words() -> dict[str, Any]:
    return {"kinds": telling.kinds(web.language()), "decision_block": block}
