"""My workshops: making one, what is said about it, its overview, closing and opening it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop import web
from workshop.desk import saying
from workshop.desk.guard import desk, here, me, number_in
from workshop.desk.printing import can_stand_on_paper
from workshop.desk.trajectory import counted
from workshop.domain import choices, doors, misses, orders, trajectory, workshops
from workshop.domain.workshops import Details, Workshop
from workshop.errors import Refused, Stale
from workshop.house import house, read, write
from workshop.store import Tx

FORM = {
    "naam": "name",
    "vraag": "question",
    "taal_kaarten": "language",
    "adres": "address",
    "contact": "contact_name",
    "telefoon": "contact_phone",
    "zichtbaar": "seen",
    "datum": "next_date",
}
_FIELD = {name: field for field, name in FORM.items()}


@desk.get("/")
def mine() -> ResponseReturnValue:
    """Show the workshops somebody works in."""
    return render_template("desk/mine.html", mine=read(workshops.all_for, me().id))


@desk.route("/nieuw", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make a workshop, with good defaults filled in."""
    if request.method != "POST":
        return render_template("desk/details.html", form=_defaults())
    details = _sent()
    try:
        made = write(_make, me().id, details, request.form.get("soort", "circle"))
    except Refused as error:
        return _again(details, error), 400
    return redirect(url_for("desk.home", workshop_id=made.id), 303)


@desk.get("/<workshop_id>")
def home(workshop_id: str) -> ResponseReturnValue:
    """Show a workshop: the three steps, who works here, its doors."""
    chosen = read(choices.of_workshop, workshop_id)
    return render_template(
        "desk/home.html",
        chosen=len(chosen),
        orders=read(orders.of_workshop, workshop_id),
        members=read(workshops.members, workshop_id),
        steps_seen=read(counted, here()) if trajectory.shows(here(), "frame") else None,
        words_left=read(doors.words_left, here()),
        words_in_all=misses.WORDS_PER_WORKSHOP,
    )


@desk.route("/<workshop_id>/gegevens", methods=["GET", "POST"])
def details(workshop_id: str) -> ResponseReturnValue:
    """Change what is said about a workshop."""
    if request.method != "POST":
        return render_template("desk/details.html", form=_form(_of(here())), version=here().version)
    sent = _sent()
    seen = _as_seen(here(), request.form.get("versie", ""))
    try:
        write(workshops.change, seen, sent)
    except Refused as error:
        return _again(sent, error, version=seen.version), 400
    except Stale as stale:
        now = stale.now
        assert isinstance(now, Workshop)  # noqa: S101 (that is what `workshops.change` raises with)
        return render_template("desk/details.html", form=_form(sent), now=_form(_of(now)), version=now.version), 409
    return redirect(url_for("desk.home", workshop_id=workshop_id, gedaan="gegevens"), 303)


@desk.post("/<workshop_id>/sluiten")
def close(workshop_id: str) -> ResponseReturnValue:
    """Close all doors of the workshop."""
    write(workshops.close, workshop_id)
    return redirect(url_for("desk.home", workshop_id=workshop_id, gedaan="dicht"), 303)


@desk.post("/<workshop_id>/openen")
def reopen(workshop_id: str) -> ResponseReturnValue:
    """Open the doors again."""
    write(workshops.reopen, workshop_id)
    return redirect(url_for("desk.home", workshop_id=workshop_id, gedaan="open"), 303)


@desk.post("/<workshop_id>/woorden")
def open_words(workshop_id: str) -> ResponseReturnValue:
    """Let people type a card's word again."""
    write(workshops.reset_word_misses, workshop_id)
    return redirect(url_for("desk.home", workshop_id=workshop_id, gedaan="woorden"), 303)


def _make(tx: Tx, who: str, details: Details, kind: str) -> Workshop:
    """Make a workshop of this kind, all of it or nothing."""
    made = workshops.make(tx, who, details)
    trajectory.turn(tx, made, kind, made.dial)
    return made


def _as_seen(workshop: Workshop, version: str) -> Workshop:
    """Return the workshop as the form saw it, so that a change in between is noticed."""
    return replace(workshop, version=number_in(version))


def _defaults() -> dict[str, Any]:
    base = house().settings.base
    return {
        "naam": "",
        "vraag": "",
        "taal_kaarten": web.language(),
        "adres": base,
        "contact": me().name,
        "telefoon": "",
        "zichtbaar": "soon",
        "datum": "",
        "soort": "circle",
        "oefening": not can_stand_on_paper(base, rehearsal=False),
    }


def _sent() -> Details:
    values = {name: request.form.get(field, "") for field, name in FORM.items()}
    return Details(**values, rehearsal="oefening" in request.form)


def _of(workshop: Workshop) -> Details:
    values = {field.name: getattr(workshop, field.name) for field in fields(Details)}
    return Details(**values | {"next_date": workshop.next_date or ""})


def _form(details: Details) -> dict[str, Any]:
    values = {field: getattr(details, name) for field, name in FORM.items()}
    return values | {"oefening": details.rehearsal, "soort": request.form.get("soort", "circle")}


def _again(details: Details, error: Refused, version: int = 0) -> str:
    """Return the form with what was typed and the problem beside its field."""
    name = error.code.rsplit("_", 1)[0]
    return render_template(
        "desk/details.html",
        form=_form(details),
        version=version,
        problem=saying.refused(error),
        wrong=_FIELD.get(name, ""),
    )
