"""What keeps people safe: agreements, signal cards, and minutes in which only questions can be sent."""

from __future__ import annotations

from typing import Any, Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_time

from cards.card import Card
from workshop import clock
from workshop.desk import saying
from workshop.desk.guard import desk, here, number_in
from workshop.desk.printing import can_be_printed, place
from workshop.domain import agreements, questions, staying
from workshop.errors import Refused
from workshop.house import house, read, write
from workshop.safety_printing import SIZES

SIGNALS: Final = "signaal"
"""The deck with which people say: louder, a pause, I pass."""
MOST_TABLES: Final = 30
TABLES: Final = 4


@desk.get("/<workshop_id>/afspraken", endpoint="safety")
def safety_page(workshop_id: str) -> ResponseReturnValue:
    """Show the agreements, the minutes for questions that run, and what stays here."""
    return _page()


@desk.post("/<workshop_id>/afspraken")
def agreement_add(workshop_id: str) -> ResponseReturnValue:
    """Add an agreement; with the button of the five, those."""
    try:
        if "vijf" in request.form:
            write(agreements.take_over, workshop_id, here().language)
        else:
            write(agreements.add, workshop_id, request.form.get("woorden", ""))
    except Refused as error:
        return _page(saying.refused(error), wrong="woorden"), 400
    return redirect(url_for("desk.safety", workshop_id=workshop_id, gedaan="erbij", _anchor="lijst"), 303)


@desk.post("/<workshop_id>/afspraken/<agreement_id>/<any(weg, terug, omhoog, omlaag):turn>")
def agreement_do(workshop_id: str, agreement_id: str, turn: str) -> ResponseReturnValue:
    """Take an agreement away, put it back, or move it one place."""
    try:
        if turn in ("omhoog", "omlaag"):
            write(agreements.move, workshop_id, agreement_id, -1 if turn == "omhoog" else 1)
        else:
            write(agreements.remove if turn == "weg" else agreements.bring_back, workshop_id, agreement_id)
    except Refused as error:
        return _page(saying.refused(error)), 400
    done: dict[str, Any] = {"gedaan": turn, "afspraak": agreement_id} if turn == "weg" else {"gedaan": turn}
    return redirect(url_for("desk.safety", workshop_id=workshop_id, **done, _anchor="lijst"), 303)


@desk.post("/<workshop_id>/afspraken/printen")
def agreement_print(workshop_id: str) -> ResponseReturnValue:
    """Order the agreements to hang up."""
    if not read(agreements.of_workshop, workshop_id):
        return _page(saying.refused(Refused("no_agreements"))), 400
    size = request.form.get("maat", "")
    language = here().language  # facilitators write them in one language
    return place({"document": "agreements", "format": size if size in SIZES else SIZES[0], "language": language})


@desk.post("/<workshop_id>/afspraken/signalen")
def safety_signals(workshop_id: str) -> ResponseReturnValue:
    """Order a set of signal cards for every table."""
    tables = min(max(number_in(request.form.get("tafels", "")), 1), MOST_TABLES)
    flip = "short" if request.form.get("omslaan") == "short" else "long"
    cards = [card.id for card in _signals()]
    if not can_be_printed() or not cards:
        return _page(saying.refused(Refused("no_signals"))), 400
    what = {"document": "cards", "format": "auto", "flip": flip, "language": here().language}
    return place(what | {"cards": cards, "copies": tables, "back_shift": [0.0, 0.0], "covers": False})


@desk.post("/<workshop_id>/afspraken/vragen")
def safety_questions(workshop_id: str) -> ResponseReturnValue:
    """Begin some minutes in which only questions can be sent, or end them now."""
    minutes = number_in(request.form.get("minuten", ""))
    if minutes:
        try:
            write(questions.start, workshop_id, minutes)
        except Refused as error:
            return _page(saying.refused(error)), 400
    else:
        write(questions.stop, workshop_id)
    return redirect(url_for("desk.safety", workshop_id=workshop_id, _anchor="vragen"), 303)


def _signals() -> list[Card]:
    return [card for card in house().library_of(here().id).cards(here().language) if card.deck == SIGNALS]


def _page(problem: str = "", wrong: str = "") -> str:
    until = here().questions_until
    running = questions.only(here())
    there = read(agreements.of_workshop, here().id)
    return render_template(
        "desk/safety.html",
        agreements=there,
        ends=format_time(clock.local(until).time(), "HH:mm") if until and running else "",
        full=len(there) >= agreements.MOST,
        left=questions.minutes_left(here()),
        minutes=questions.MINUTES,
        most=agreements.MOST_SIGNS,
        printable=can_be_printed(),
        problem=problem,
        questions=read(questions.asked, here().id),
        signals=_signals(),
        starters=agreements.STARTERS[here().language],
        stays=len(read(staying.kept, here().id)),
        tables=TABLES,
        until=until,
        wrong=wrong,
    )
