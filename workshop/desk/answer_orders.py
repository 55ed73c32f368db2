"""Answers on paper and as text: slips and letters to order, and each answer to paste into a message."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from print.answer_text import plain_text
from workshop import answer_printing
from workshop.desk.answering import page
from workshop.desk.guard import desk, here, may_change, shown_here
from workshop.desk.printing import can_be_printed, place
from workshop.domain import answers, meetings
from workshop.errors import Refused
from workshop.house import read
from workshop.slip_printing import imprint_of

FORMATS = (*answer_printing.FORMATS, answer_printing.LETTERS)


@desk.post("/<workshop_id>/antwoorden/printen")
def order_answers(workshop_id: str) -> ResponseReturnValue:
    """Order answer slips or letters; they are made in the background."""
    what = _asked()
    if not read(answer_printing.to_print, workshop_id, what):
        return page(problem=str(_("Er is niets om te printen. Kies “alle antwoorden” of een andere bijeenkomst."))), 400
    if not can_be_printed():
        return page(problem=str(_("Eerst moet het webadres kloppen. Zie het gele blok bij Printen."))), 400
    return place(what)


@desk.get("/<workshop_id>/antwoorden/teksten")
def answer_texts(workshop_id: str) -> ResponseReturnValue:
    """Show each answer as plain text, to paste into an e-mail or a message."""
    if not may_change():
        abort(403, _("In deze teksten staan namen. Die zien alleen begeleiders."))
    meeting = _meeting(request.args.get("bijeenkomst", ""))
    given = read(answers.to_give, workshop_id, meeting, again=True)
    language, paper = here().language, imprint_of(here())
    return render_template(
        "desk/answer_texts.html",
        texts=[
            (one, plain_text(answer_printing.text_of(one, language), paper)) for one in given if shown_here(one.idea)
        ],
        meetings=read(meetings.of_workshop, workshop_id),
        chosen=meeting,
    )


def _asked() -> dict[str, Any]:
    """Return the order as sent, with anything unknown replaced by the usual."""
    form = request.form
    size, order, language = form.get("vorm", ""), form.get("volgorde", ""), form.get("taal_kaarten", "")
    return {
        "document": "answers",
        "format": size if size in FORMATS else FORMATS[0],
        "order": order if order in answer_printing.ORDERS else answer_printing.ORDERS[0],
        "meeting": _meeting(form.get("bijeenkomst", "")),
        "again": form.get("welke") == "alle",
        "language": language if language in ("nl", "en") else here().language,
    }


def _meeting(key: str) -> str | None:
    """Return the key of a meeting of this workshop; None for all of them."""
    if not key:
        return None
    try:
        return read(meetings.find, here().id, key).id
    except Refused:
        return None
