"""Trials at the desk: first the mandate, then the learning cycle, then what came of it and what it taught.

What two facilitators write at once is shown to both; starting, ending and dropping twice is once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop import telling, web
from workshop.desk import saying
from workshop.desk.guard import desk, here, me, number_in, shown_here
from workshop.desk.printing import can_be_printed, place
from workshop.domain import mandates, trials
from workshop.domain.mandates import Given
from workshop.domain.trials import About, Ideas, Trial
from workshop.errors import Refused, Stale
from workshop.house import house, read, write
from workshop.store import Tx

Form = Mapping[str, str]

OUTCOMES = {
    "works": _l("Het werkte"),
    "partly": _l("Het werkte deels"),
    "not": _l("Het werkte niet"),
    "unknown": _l("We weten het nog niet"),
}
STATES = {
    "open": _l("nog niet begonnen"),
    "busy": _l("bezig"),
    "paused": _l("staat stil"),
    "ended": _l("klaar"),
    "dropped": _l("losgelaten"),
}
PARTS = {
    "tried": (_l("Meemaken"), _l("Wat deden jullie, waar, met wie?")),
    "looked_back": (_l("Terugkijken"), _l("Wat ging goed? Wat ging anders dan je dacht?")),
    "understood": (_l("Snappen"), _l("Hoe komt dat? Wat begrijp je nu beter?")),
    "planned": (_l("Plannen"), _l("Wat doen jullie de volgende keer anders?")),
}
HAPPENED = {
    "made": _l("Bedacht"),
    "changed": _l("Veranderd"),
    "covered": _l("Onder het mandaat van de werkplaats gezet"),
    "uncovered": _l("Niet meer onder het mandaat van de werkplaats"),
    "started": _l("Begonnen"),
    "ended": _l("Afgerond"),
    "reopened": _l("Afronden ongedaan gemaakt"),
    "dropped": _l("Losgelaten"),
    "brought back": _l("Teruggehaald"),
}
FIELDS = {"title": "in.titel", "question": "in.vraag", "until": "tot", "observed": "in.gezien"}
FIELDS |= {part: f"in.{part}" for part in trials.CYCLE}
MANDATE = {"in.wie": "allows", "in.wat": "what", "mandaat-tot": "until", "getekend": "signed"}
_WRONG = {"trial_title_missing": "in.titel", "trial_question_missing": "in.vraag", "trial_until": "tot"}
_WRONG |= {"trial_idea": "ideeen", "observed_missing": "in.gezien", "lesson_missing": "in.les"}
_WRONG |= {"outcome_missing": "uitkomst-works", "allows_missing": "in.wie", "allows_long": "in.wie"}
_WRONG |= {"what_missing": "in.wat", "what_long": "in.wat", "until_odd": "mandaat-tot", "until_past": "mandaat-tot"}


@desk.get("/<workshop_id>/proeven", endpoint="trials")
def all_trials(workshop_id: str) -> ResponseReturnValue:
    """Show every trial with how far it is, and a form for a new one."""
    return _list()


@desk.post("/<workshop_id>/proeven")
def trial_new(workshop_id: str) -> ResponseReturnValue:
    """Make a trial; the same one again is the one that is there."""
    form = request.form
    try:
        about = About(form.get("in.titel", ""), form.get("in.vraag", ""), form.get("tot", ""), _numbers(), _follows())
        made = write(trials.make, workshop_id, about, me().id)
    except Refused as error:
        return _list(problem=saying.refused(error), wrong=_WRONG.get(error.code, "")), 400
    return _to(made.id, "gemaakt")


@desk.get("/<workshop_id>/proeven/<trial_id>")
def trial(workshop_id: str, trial_id: str) -> ResponseReturnValue:
    """Show one trial: its mandate, its cycle, and what came of it."""
    return _page(read(trials.find, workshop_id, trial_id))


@desk.post("/<workshop_id>/proeven/<trial_id>")
def trial_change(workshop_id: str, trial_id: str) -> ResponseReturnValue:
    """Keep what was written; what another wrote in between is shown, not overwritten."""
    found = read(trials.find, workshop_id, trial_id)
    texts = {name: request.form[field] for name, field in FIELDS.items() if field in request.form}
    seen = replace(found, version=number_in(request.form.get("versie", "")))
    try:
        chosen = Ideas(_numbers("ideeen-gezien"), _numbers()) if "ideeen" in request.form else None
        write(trials.change, seen, me().id, texts, chosen)
    except Refused as error:
        return _page(found, problem=saying.refused(error), wrong=_WRONG.get(error.code, "")), 400
    except Stale as stale:
        return _page(cast(Trial, stale.now), changed=True), 409
    return _to(trial_id, "bewaard", "cirkel" if "in.tried" in request.form else "")


@desk.post("/<workshop_id>/proeven/<trial_id>/<move>")
def trial_do(workshop_id: str, trial_id: str, move: str) -> ResponseReturnValue:
    """Do one thing with a trial: note its mandate, begin, end, drop, print, or undo one of these."""
    if move == "printen":
        language = request.form.get("taal_kaarten") or here().language
        return place({"document": "trial", "trial": trial_id, "language": language})
    if move not in _WISHES:
        abort(404)
    try:
        more = write(_do, workshop_id, trial_id, move, request.form.to_dict(), me().id)
    except Refused as error:
        if error.code in ("no_trial", "no_mandate"):
            raise
        found = read(trials.find, workshop_id, trial_id)
        return _page(found, problem=saying.refused(error), wrong=_WRONG.get(error.code, "")), 400
    except Stale as stale:
        return _page(cast(Trial, stale.now), changed=True), 409
    return _to(trial_id, move, **more)


def _do(tx: Tx, workshop_id: str, trial_id: str, move: str, form: Form, who: str) -> dict[str, Any]:
    """Do what was asked with the trial as the form saw it; what is already so stays so."""
    found = trials.find(tx, workshop_id, trial_id)
    made = _WISHES[move](tx, replace(found, version=number_in(form.get("versie", ""))), form, who)
    return made if isinstance(made, dict) else {}


def _give(tx: Tx, found: Trial, form: Form, who: str) -> None:
    given = Given(**{name: form.get(field, "") for field, name in MANDATE.items()})
    mandates.give(tx, found.workshop_id, found.id, given, who)


def _sign(tx: Tx, found: Trial, form: Form, _who: str) -> None:
    mandate = mandates.find(tx, found.workshop_id, form.get("mandaat", ""))
    if mandate.trial_id != found.id:
        raise Refused("no_mandate")
    mandates.sign(tx, mandate, form.get("hoe", ""))


def _end(tx: Tx, found: Trial, form: Form, who: str) -> None:
    trials.end(tx, found, form.get("uitkomst", ""), form.get("in.les", ""), who)


def _decide(tx: Tx, found: Trial, form: Form, who: str) -> dict[str, Any]:
    step, done, left = trials.prepare_decisions(tx, found, form.get("besluit", ""), who)
    return {"stap": step, "aantal": done, "al": left} if done else {"aantal": 0, "al": left}


_WISHES: dict[str, Callable[[Tx, Trial, Form, str], object]] = {
    "mandaat": _give,
    "tekenen": _sign,
    "geldt": lambda tx, found, form, who: trials.cover(tx, found, who, True),
    "geldt-niet": lambda tx, found, form, who: trials.cover(tx, found, who, False),
    "begin": lambda tx, found, form, who: trials.start(tx, found, who),
    "klaar": _end,
    "toch-niet-klaar": lambda tx, found, form, who: trials.reopen(tx, found, who),
    "weg": lambda tx, found, form, who: trials.drop(tx, found, who),
    "terug": lambda tx, found, form, who: trials.bring_back(tx, found, who),
    "besluiten": _decide,
}


def _to(trial_id: str, done: str, anchor: str = "", **more: Any) -> ResponseReturnValue:
    told = {"gedaan": done, **more, "_anchor": anchor or None}
    return redirect(url_for("desk.trial", workshop_id=here().id, trial_id=trial_id, **told), 303)


def _numbers(field: str = "ideeen") -> tuple[int, ...]:
    """Return the numbers of ideas as typed: “12, 14 en 20”."""
    return tuple(number_in(text) for text in re.findall(r"\d+", request.form.get(field, ""))[:50])


def _follows() -> str | None:
    return request.values.get("na") or None


def _list(problem: str = "", wrong: str = "") -> str:
    there = read(trials.of_workshop, here().id)
    before = next((one for one in there if one.id == _follows()), None)
    asked = request.form if request.method == "POST" else _asked(before)
    return render_template(
        "desk/trials.html",
        trials=list(reversed(there)),
        before=before,
        form=asked,
        problem=problem,
        wrong=wrong,
    )


def _asked(before: Trial | None) -> dict[str, str]:
    """Return what stands in the form of a new trial: the ideas that were asked for, or those of the trial before it."""
    numbers = request.args.get("ideeen", "") or ", ".join(map(str, before.ideas if before else ()))
    return {"in.titel": before.title if before else "", "ideeen": numbers}


def _page(found: Trial, problem: str = "", wrong: str = "", changed: bool = False) -> str:
    typed = request.form if request.method == "POST" else {}
    values = {field: typed.get(field, getattr(found, name)) for name, field in FIELDS.items()}
    values |= {name: typed.get(name, "") for name in (*MANDATE, "uitkomst")}
    values |= {name: typed.get(name, ", ".join(map(str, found.ideas))) for name in ("ideeen", "ideeen-gezien")}
    values |= {"in.les": typed.get("in.les", found.lesson)}
    whole = read(mandates.standing, here().id)
    library = house().library_of(here().id)
    return render_template(
        "desk/trial.html",
        trial=found,
        before=read(trials.before, found),
        whole=whole if whole and whole.holds else None,
        form=values,
        now={field: getattr(found, name) for name, field in FIELDS.items()} if changed else {},
        changed=changed,
        problem=problem,
        wrong=wrong,
        ideas=[one for one in read(trials.tried_out, found) if shown_here(one)],
        cards={part: library.find(card, here().language) for part, card in trials.CARDS.items()},
        history=read(trials.history, found),
        suggested=trials.SUGGESTED.get(found.outcome, ""),
        kinds=telling.kinds(web.language()),
        printable=can_be_printed(),
        most=trials.MOST,
    )


@desk.context_processor
def _words() -> dict[str, Any]:
    return {
        "learned": learned,
        "outcomes": OUTCOMES,
        "trial_happened": HAPPENED,
        "trial_parts": PARTS,
        "trial_states": STATES,
        "trials_of": lambda idea: read(trials.of_idea, idea.id),
    }


def learned(outcome: str) -> str:
    """Return how a lesson is introduced: what failed and taught something is said as gladly as what worked."""
    said = {
        "works": _("Het werkte. En dit leerden we:"),
        "partly": _("Het werkte deels. En dit leerden we:"),
        "not": _("Mislukt. En dit leerden we:"),
        "unknown": _("We weten het nog niet. En dit leerden we wel:"),
    }
    return str(said.get(outcome, ""))
