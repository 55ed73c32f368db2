"""“Andere bril” at the desk: which idea to show to which side, that it was shown, and what that side said."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop import ids, web
from workshop.desk import saying
from workshop.desk.guard import desk, here, me, shown_here
from workshop.desk.printing import can_be_printed, held, place
from workshop.domain import glasses, perspectives
from workshop.errors import Refused
from workshop.house import read, write
from workshop.store import Tx


@desk.get("/<workshop_id>/andere-bril", endpoint="glasses")
def glasses_page(workshop_id: str) -> ResponseReturnValue:
    """Show ideas that a side has not seen yet, and what was shown."""
    return _page()


@desk.post("/<workshop_id>/andere-bril/<idea_id>")
def glasses_note(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Note that an idea was shown to a side."""
    side = request.form.get("kant", "")
    try:
        write(_note, workshop_id, idea_id, side, request.form.get("bijeenkomst") or None, me().id)
    except Refused as error:
        if error.code == "no_idea":
            raise
        return _page(problem=saying.refused(error)), 400
    return _back("laten-zien", idea=idea_id, side=side)


@desk.post("/<workshop_id>/andere-bril/<idea_id>/vel")
def glasses_print(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Order the sheet to show an idea with."""
    idea, side = read(glasses.find, workshop_id, idea_id), request.form.get("kant", "")
    if not read(perspectives.known, workshop_id, side) or not can_be_printed():
        return _page(problem=_("Dit vel kan nog niet. Kies een kant, en kijk bij Printen of het webadres klopt.")), 400
    return place({"document": "glasses", "idea": idea.id, "side": side, "language": here().language})


@desk.post("/<workshop_id>/andere-bril/<idea_id>/terug")
def glasses_undo(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Undo noting that an idea was shown."""
    write(glasses.undo, workshop_id, idea_id, request.form.get("kant", ""))
    return _back("terug")


@desk.post("/<workshop_id>/andere-bril/<idea_id>/zei")
def glasses_add(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Keep what a side wrote about an idea on paper; it stands under that idea from then on."""
    form = request.form
    try:
        write(
            _add, workshop_id, idea_id, form.get("kant", ""), form.get("woorden", ""), form.get("sleutel", ""), me().id
        )
    except Refused as error:
        if error.code == "no_idea":
            raise
        return _page(problem=saying.refused(error), wrong=f"{idea_id}-{form.get('kant', '')}"), 400
    return _back("aangevuld", idea=idea_id)


def _page(problem: str = "", wrong: str = "") -> str:
    found = [one for one in read(glasses.suggestions, here().id) if shown_here(one.idea)]
    return render_template(
        "desk/glasses.html",
        suggestions=found[: glasses.MOST],
        more=len(found) - len(found[: glasses.MOST]),
        laid=[one for one in read(glasses.done, here().id) if shown_here(one.idea)],
        names=read(perspectives.names, here().id, web.language()),
        held={one.id: one for one in held()},
        printable=can_be_printed(),
        problem=problem,
        wrong=wrong,
        key=ids.token(),
        typed=request.form.get("woorden", ""),
    )


def _note(tx: Tx, workshop_id: str, idea_id: str, side: str, meeting_id: str | None, who: str) -> None:
    glasses.note(tx, glasses.find(tx, workshop_id, idea_id), side, meeting_id, who)


def _add(tx: Tx, workshop_id: str, idea_id: str, side: str, words: str, key: str, who: str) -> None:
    glasses.add(tx, glasses.find(tx, workshop_id, idea_id), side, words, key, who)


def _back(done: str, idea: str = "", side: str = "") -> ResponseReturnValue:
    there = url_for(
        "desk.glasses", workshop_id=here().id, gedaan=done, idee=idea or None, kant=side or None, _anchor="gezien"
    )
    return redirect(there, 303)
