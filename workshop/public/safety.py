"""What keeps people safe here: the agreements of the group, minutes for questions only, and “Dit blijft hier”.

Only where the workshop has such a part; elsewhere nothing of this is on any page.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_time

from workshop import clock
from workshop.domain import agreements, questions, staying, trajectory
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.house import read
from workshop.public import finding
from workshop.public.visitor import Here, public


@dataclass(frozen=True)
class Now:
    """What the form of a card offers now. `ends` is when question minutes end (`14:10`), '' when none are running."""

    question: bool
    ends: str
    may_stay: bool
    agreed: bool


@dataclass(frozen=True)
class Stays:
    """What a maker may do about an idea that stays, or might. `theirs`: they marked it, so they can lift that."""

    may: bool
    theirs: bool


def now(here: Here, question: bool | None) -> Now:
    """Return what a form offers: one that was opened before stays what it was, `question` None is a fresh one."""
    running = questions.only(here.workshop)
    may = trajectory.shows(here.workshop, "safety")
    until = here.workshop.questions_until or ""
    return Now(
        question=running if question is None else question,
        ends=format_time(clock.local(until).time(), "HH:mm") if running else "",
        may_stay=may,
        agreed=may and here.in_group and bool(read(agreements.of_workshop, here.workshop.id)),
    )


@public.get("/<text>/afspraken")
def agreed(text: str) -> ResponseReturnValue:
    """Show the group what it agreed; to nobody else, and nowhere without agreements."""
    number = finding.number_in(text)
    here = (number and finding.behind(number)) or abort(404)
    if not now(here, None).agreed:
        abort(404)
    return render_template("public/agreed.html", here=here, agreements=read(agreements.of_workshop, here.workshop.id))


@public.app_template_global()
def stays_for(idea: Idea, workshop: Workshop) -> Stays | None:
    """Return what its maker may do about an idea staying here; None where that is not offered."""
    theirs = idea.stays and read(staying.by_maker, idea.id)
    may = trajectory.shows(workshop, "safety")
    return Stays(may, theirs) if may or idea.stays else None
