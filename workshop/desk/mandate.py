"""The mandate of a workshop: who allows what, until when, and whether they signed for it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.desk import saying
from workshop.desk.guard import desk, here, me
from workshop.desk.printing import can_be_printed, place
from workshop.domain import mandates
from workshop.domain.mandates import Given, Mandate
from workshop.errors import Refused
from workshop.house import read, write
from workshop.store import Tx

FORM = {"in.wie": "allows", "in.wat": "what", "tot": "until", "getekend": "signed"}
_WRONG = {"allows": "wie", "what": "wat", "until": "tot"}


@desk.get("/<workshop_id>/mandaat")
def mandate(workshop_id: str) -> ResponseReturnValue:
    """Show who allows what, with the mandates before it, and a form for a new one."""
    return _page()


@desk.post("/<workshop_id>/mandaat")
def give_mandate(workshop_id: str) -> ResponseReturnValue:
    """Write a mandate down; the old one stays to be read."""
    given = Given(**{name: request.form.get(field, "") for field, name in FORM.items()})
    try:
        write(mandates.give, workshop_id, None, given, me().id)
    except Refused as error:
        wrong = _WRONG.get(error.code.partition("_")[0], "")
        return _page(problem=saying.refused(error), wrong=wrong, form=request.form), 400
    return _done("bewaard")


@desk.post("/<workshop_id>/mandaat/printen")
def print_mandate(workshop_id: str) -> ResponseReturnValue:
    """Order a sheet to sign: with what was written down, or empty to fill in by hand."""
    language = "en" if request.form.get("taal_kaarten") == "en" else "nl"
    return place({"document": "mandate", "mandate": request.form.get("mandaat", ""), "language": language})


@desk.post("/<workshop_id>/mandaat/<mandate_id>/<signing>")
def mandate_do(workshop_id: str, mandate_id: str, signing: str) -> ResponseReturnValue:
    """Note that a mandate was signed, take it back, or undo that; twice is once."""
    write(_do, workshop_id, mandate_id, signing, request.form.get("hoe", ""))
    return _done(signing, mandate_id)


def _do(tx: Tx, workshop_id: str, mandate_id: str, signing: str, how: str) -> None:
    found = mandates.find(tx, workshop_id, mandate_id)
    if signing == "getekend":
        mandates.sign(tx, found, how)
    elif signing == "intrekken":
        mandates.end(tx, found)
    elif signing == "toch":
        mandates.bring_back(tx, found)
    else:
        raise Refused("no_mandate")


def _done(what: str, mandate_id: str = "") -> ResponseReturnValue:
    told: dict[str, Any] = {"gedaan": what} | ({"mandaat": mandate_id} if mandate_id else {})
    return redirect(url_for("desk.mandate", workshop_id=here().id, **told), 303)


def _page(problem: str = "", wrong: str = "", form: Any = None) -> str:
    standing = read(mandates.standing, here().id)
    return render_template(
        "desk/mandate.html",
        standing=standing,
        earlier=[one for one in read(mandates.history, here().id) if standing is None or one.id != standing.id],
        form=form or {},
        problem=problem,
        wrong=wrong,
        printable=can_be_printed(),
    )


@desk.context_processor
def _words() -> dict[str, Any]:
    return {"allows_of": _allows}


def _allows(mandate: Mandate) -> str:
    """Return who allows it; somebody, once the name was erased."""
    return mandate.allows or str(_("iemand die erover gaat"))
