"""Answers: how it stands, what is prepared just as makers will read it, and publishing it together, with one undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop import telling, web
from workshop.desk import deciding
from workshop.desk.deciding import Before, seen_marks
from workshop.desk.guard import desk, here, may_change, me, shown_here
from workshop.desk.printing import can_be_printed
from workshop.domain import answers, curating, decisions, ideas, looking, meetings, perspectives
from workshop.domain.answers import Coverage
from workshop.domain.ideas import Idea
from workshop.domain.meetings import Meeting
from workshop.errors import Refused
from workshop.house import read, write
from workshop.store import Tx

FIRST = 40
"""How many of the ideas that wait are listed; the oldest."""


@dataclass(frozen=True)
class Prepared:
    """An idea with a prepared decision, as the maker of `reads_nr` will read it."""

    before: Before
    told: telling.Told
    reads_nr: int


@dataclass(frozen=True)
class Stand:
    """How far answering is. `by_meeting` counts what came by each meeting; `waits` are the oldest `FIRST`."""

    covered: Coverage
    by_meeting: tuple[tuple[Meeting, Coverage], ...]
    waits: tuple[Before, ...]
    waits_in_all: int
    prepared: tuple[Prepared, ...]
    prepared_in_all: int
    to_print: int
    given: int
    with_address: int
    ratings: dict[str, dict[int, int]]
    next_meeting: Meeting | None


@desk.get("/<workshop_id>/antwoorden")
def answering(workshop_id: str) -> ResponseReturnValue:
    """Show how it stands, what waits, what is prepared, and what can be printed."""
    return page()


@desk.post("/<workshop_id>/antwoorden/nakijken")
def check_answers(workshop_id: str) -> ResponseReturnValue:
    """Show once more what the makers of the chosen ideas will read, before it is published."""
    marks = None if "alles" in request.form else seen_marks()
    prepared = read(_prepared, workshop_id)
    chosen = [one for one in prepared if marks is None or marks.get(one.before.idea.id) == one.before.mark]
    if not chosen:
        return page(nothing_chosen=True), 400
    changed = 0 if marks is None else len(marks) - len(chosen)
    return render_template("desk/answering_check.html", prepared=chosen, changed=changed)


@desk.post("/<workshop_id>/antwoorden")
def publish(workshop_id: str) -> ResponseReturnValue:
    """Publish what was looked at, all in one go; what changed since stays prepared."""
    step, made, left = write(_publish, workshop_id, seen_marks(), me().id)
    done: dict[str, Any] = {"gedaan": "gepubliceerd", "stap": step, "aantal": made} if made else {"gedaan": "al"}
    return redirect(url_for("desk.answering", workshop_id=workshop_id, **done, gebleven=left or None), 303)


@desk.post("/<workshop_id>/antwoorden/ongedaan")
def undo_step(workshop_id: str) -> ResponseReturnValue:
    """Undo what was prepared, dropped or published in one go; undoing that is one go as well."""
    done = write(_undo, workshop_id, request.form.get("stap", ""), me().id)
    back, idea_id = request.form.get("terug", ""), request.form.get("idee", "")
    if back == "idee" and idea_id:
        return redirect(url_for("desk.idea", workshop_id=workshop_id, idea_id=idea_id, **done, _anchor="besluit"), 303)
    page = "desk.answering" if back == "antwoorden" else "desk.deciding"
    return redirect(url_for(page, workshop_id=workshop_id, **done), 303)


def page(problem: str = "", nothing_chosen: bool = False) -> str:
    """Return the page of answers; `problem` is about what was ordered to be printed."""
    return render_template(
        "desk/answering.html",
        stand=read(_stand, here().id),
        meetings=read(meetings.of_workshop, here().id),
        perspectives=read(perspectives.names, here().id, web.language()),
        printable=can_be_printed(),
        problem=problem,
        nothing_chosen=nothing_chosen,
        watched=read(looking.newest),
        first=FIRST,
    )


def _stand(tx: Tx, workshop_id: str) -> Stand:
    waits = [one for one in decisions.undecided(tx, workshop_id) if shown_here(one)]
    given = answers.to_give(tx, workshop_id, again=True)
    held = meetings.of_workshop(tx, workshop_id)
    by_meeting = tuple((one, answers.coverage(tx, workshop_id, one.id)) for one in held)
    return Stand(
        covered=answers.coverage(tx, workshop_id),
        by_meeting=tuple((one, covered) for one, covered in by_meeting if covered.total),
        waits=tuple(deciding.before(tx, one) for one in waits[:FIRST]),
        waits_in_all=len(waits),
        prepared=tuple(_prepared(tx, workshop_id)) if may_change() else (),
        prepared_in_all=len(decisions.planned(tx, workshop_id)),
        to_print=sum(not one.answer.printed_at for one in given),
        given=len(given),
        with_address=sum(bool(one.idea.address) for one in given),
        ratings=answers.ratings(tx, workshop_id),
        next_meeting=meetings.next_one(tx, workshop_id),
    )


def _prepared(tx: Tx, workshop_id: str) -> list[Prepared]:
    return [one for idea in decisions.planned(tx, workshop_id) if (one := _as_read(tx, idea))]


def _as_read(tx: Tx, idea: Idea) -> Prepared | None:
    before = deciding.before(tx, idea)
    if before.planned is None:
        return None
    first, *others = before.parts or (idea.nr,)
    return Prepared(before, deciding.told(tx, before.planned, others), first)


def _publish(tx: Tx, workshop_id: str, seen: dict[str, str], who: str) -> tuple[str, int, int]:
    """Publish what is still as it was looked at: (the step to undo, answers made, ideas that changed since).

    What another published a moment before is no change: its makers have their answer.
    """
    found = [ideas.by_key(tx, workshop_id, key) for key in seen]
    there = [one for one in found if one.planned and one.status != "apart" and not one.merged_into]
    same = [one.id for one in there if one.planned == seen[one.id]]
    left = sum(one.id not in same and one.decided != seen[one.id] for one in found)
    with curating.as_one(tx) as step:
        return step, answers.publish(tx, workshop_id, same, who), left


def _undo(tx: Tx, workshop_id: str, step: str, who: str) -> dict[str, Any]:
    printed = answers.printed_in(tx, workshop_id, step)
    try:
        with curating.as_one(tx) as undoing:
            done, left = curating.undo_batch(tx, workshop_id, step, who)
    except Refused:
        done, left = 0, 0
    if not done:
        return {"gedaan": "niets"}
    return {"gedaan": "teruggedraaid", "stap": undoing, "aantal": done, "gebleven": left, "geprint": printed}


@desk.context_processor
def _counts() -> dict[str, Any]:
    return {"covered_here": lambda: read(answers.coverage, here().id)}
