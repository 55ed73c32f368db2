"""Looking back at the desk: three short fields for a meeting or a trial; the third is yours until you share it.

The first two are read by everybody who works here; nobody but you opens what you keep for yourself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from workshop.desk import saying
from workshop.desk.guard import desk, here, may_change, me, number_in
from workshop.desk.printing import can_be_printed, place
from workshop.domain import meetings, network_cards, reflections, trials
from workshop.domain.network_cards import Layer
from workshop.domain.reflections import About, Reflection
from workshop.errors import Refused, Stale
from workshop.house import house, read, write
from workshop.store import Tx

LAYERS = {
    "doing": (_l("doen"), _l("Doen we het goed?"), _l("Wat ging goed? Wat doe je de volgende keer anders?")),
    "thinking": (_l("denken"), _l("Doen we het goede?"), _l("Waarom doen we dit zo? Klopt dat nog?")),
    "being": (_l("zijn"), _l("Wie willen we zijn?"), _l("Wat vond jij belangrijk? Wie wil jij hierin zijn?")),
}
"""Every layer by key: its short name, its question, and what helps to answer that."""


@desk.get("/<workshop_id>/terugblik", endpoint="reflections")
def looking_back(workshop_id: str) -> ResponseReturnValue:
    """Show what you and others wrote about a meeting or a trial, and which layers were reached so far."""
    return _page(_about())


@desk.post("/<workshop_id>/terugblik")
def reflection_write(workshop_id: str) -> ResponseReturnValue:
    """Keep what was written in the three layers; what you wrote in another window is shown, not overwritten."""
    about = _about()
    try:
        emptied = write(_write, workshop_id, about, me().id, request.form.to_dict())
    except Refused as error:
        if error.code in ("no_meeting", "no_trial"):
            raise
        return _page(about, problem=saying.refused(error)), 400
    except Stale:
        return _page(about, changed=True), 409
    done = {"gedaan": "leeg", "laag": emptied} if emptied else {"gedaan": "bewaard"}
    return _to(about, **done)


@desk.post("/<workshop_id>/terugblik/toch")
def reflection_back(workshop_id: str) -> ResponseReturnValue:
    """Undo emptying what you wrote yourself."""
    about = _about()
    for layer in reflections.ALL:
        if layer == request.form.get("laag"):
            write(reflections.bring_back, workshop_id, about, layer, me().id)
    return _to(about, gedaan="toch")


@desk.post("/<workshop_id>/terugblik/printen")
def reflection_print(workshop_id: str) -> ResponseReturnValue:
    """Order the logbook of a meeting: a sheet for A and one for B, to write on."""
    language = request.form.get("taal_kaarten") or here().language
    return place({"document": "logbook", "meeting": request.form.get("bijeenkomst", ""), "language": language})


def _write(tx: Tx, workshop_id: str, about: About, who: str, form: Mapping[str, str]) -> str:
    """Keep all three layers or none; return the layer that was emptied, or ''."""
    emptied = ""
    for layer in reflections.ALL:
        before = reflections.mine(tx, workshop_id, about, layer, who)
        words, seen = form.get(f"in.{layer}", ""), number_in(form.get(f"gezien-{layer}", ""))
        now = reflections.write(tx, workshop_id, about, layer, words, who, share="delen" in form, seen=seen)
        if before and not before.removed_at and now and now.removed_at:
            emptied = layer
    return emptied


def _about() -> About:
    """Return what is looked back at: what was asked for, else the last meeting that was held."""
    if request.values.get("proef"):
        return About(trial_id=request.values["proef"])
    if request.values.get("bijeenkomst"):
        return About(meeting_id=request.values["bijeenkomst"])
    last = read(meetings.last_one, here().id)
    return About(meeting_id=last.id if last else None)


def _to(about: About, **done: Any) -> ResponseReturnValue:
    told: dict[str, Any] = {"proef": about.trial_id, "bijeenkomst": about.meeting_id, **done}
    return redirect(url_for("desk.reflections", workshop_id=here().id, **told), 303)


def _page(about: About, problem: str = "", changed: bool = False) -> str:
    there, mine = read(_read, here().id, about, me().id)
    typed = request.form if request.method == "POST" else {}
    library = house().library_of(here().id)
    cards = {layer: library.find(card, here().language) for card, layer in network_cards.LAYERS.items()}
    return render_template(
        "desk/reflections.html",
        about=about,
        layers=LAYERS,
        mine=mine,
        form={layer: typed.get(f"in.{layer}", _words(one)) for layer, one in mine.items()},
        shares="delen" in typed if typed else bool(mine["being"] and mine["being"].shared),
        others={layer: [one for one in there["seen"] if one.layer == layer] for layer in LAYERS},
        changed=changed,
        problem=problem,
        cards=cards,
        printable=can_be_printed(),
        **there,
    )


def _words(one: Reflection | None) -> str:
    return one.words if one and not one.removed_at else ""


def _read(tx: Tx, workshop_id: str, about: About, who: str) -> tuple[dict[str, Any], dict[Layer, Reflection | None]]:
    """Return everything on the page about one meeting or trial, and what this facilitator wrote there."""
    covered = reflections.covered(tx, workshop_id)
    seen = [
        one
        for one in reflections.seen_by(tx, workshop_id, who)
        if (one.meeting_id, one.trial_id) == (about.meeting_id, about.trial_id) and one.made_by != who
    ]
    mine: dict[Layer, Reflection | None] = {
        layer: reflections.mine(tx, workshop_id, about, layer, who) for layer in reflections.ALL
    }
    found = {
        "covered": covered,
        "coverage": reflections.coverage(tx, workshop_id),
        "seen": seen,
        "meeting": meetings.find(tx, workshop_id, about.meeting_id) if about.meeting_id else None,
        "trial": trials.find(tx, workshop_id, about.trial_id) if about.trial_id else None,
        "writes": may_change() and bool(about.meeting_id or about.trial_id),
    }
    return found, mine
