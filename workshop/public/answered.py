"""What happened with an idea, as its maker reads it by receipt or stub, and what they think of that answer."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import request
from flask_babel import gettext as _

from workshop import telling, web
from workshop.domain import answers
from workshop.domain.answers import Coverage, Standing
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.house import read
from workshop.store import Tx
from workshop.telling import Told

FACES = {"1": 1, "2": 2, "3": 3}


class Tapped(NamedTuple):
    """A face for one of the two questions about an answer: 1 (no), 2 (a little), 3 (yes)."""

    answer_id: str
    understandable: int | None
    fair: int | None


def values(idea: Idea, workshop: Workshop) -> dict[str, Any]:
    """Return what the page of one's own idea shows about what happened with it; nothing when it was taken away."""
    if idea.withdrawn_at:
        return {}
    now, days, covered = read(_standing, idea)

    def said(answer: answers.Answer, others: tuple[int, ...] = ()) -> Told:
        return telling.told(answer.decision, workshop, web.language(), days=days, others=others)

    return {
        "answer": now.answer,
        "told": said(now.answer, now.others) if now.answer else None,
        "joined": telling.joined(now.others, web.language()),
        "joined_nr": now.joined.nr if now.joined else 0,
        "earlier": [said(one) for one in now.earlier],
        "status": status(now),
        "aside_because": idea.reason or (now.joined.reason if now.joined else "") if now.status == "not_now" else "",
        "covered": covered,
    }


def status(now: Standing) -> str:
    """Return how far it is with an idea, in one or a few plain words."""
    words = {"received": _("Ontvangen"), "read": _("Gelezen"), "wall": _("Op de muur")}
    return str(words.get(now.status) or telling.kinds(web.language())[now.status])


def coverage(workshop: Workshop | None) -> Coverage | None:
    """Return how many ideas of a workshop have an answer: a number for everybody."""
    return read(answers.coverage, workshop.id) if workshop else None


def tapped() -> Tapped:
    """Return which face was tapped on this page, for which question and which answer; None for no face of ours."""
    form = request.form
    return Tapped(form.get("antwoord", ""), FACES.get(form.get("duidelijk", "")), FACES.get(form.get("eerlijk", "")))


def rate(tx: Tx, idea: Idea, face: Tapped) -> None:
    """Keep the face a maker tapped; one for an answer that is not theirs changes nothing."""
    mine = {one.id for one in answers.of_idea(tx, idea)}
    if face.answer_id in mine and (face.understandable or face.fair):
        answers.rate(tx, idea, face.answer_id, face.understandable, face.fair)


def _standing(tx: Tx, idea: Idea) -> tuple[Standing, dict[str, str], Coverage]:
    days = telling.meeting_days(tx, idea.workshop_id)
    return answers.standing(tx, idea), days, answers.coverage(tx, idea.workshop_id)
