"""Doing something with an idea: one road for every verb.

Each form carries the version it saw. When somebody else was first, nothing is overwritten: both versions
are shown side by side and what was typed stays. Doing the same thing twice does nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop.desk import saying
from workshop.desk.asking import asked
from workshop.desk.guard import desk, me, number_in
from workshop.desk.ideas import idea_values
from workshop.domain import consent, curating, ideas, joining, knowledge, moderating, parking, staying, themes
from workshop.domain.ideas import Idea
from workshop.errors import Refused, Stale
from workshop.house import read, write
from workshop.store import Tx

Form = Mapping[str, str]
VERBS: dict[str, Callable[[Tx, Idea, str, Form], Idea]] = {
    "gelezen": lambda tx, idea, who, form: curating.read(tx, idea, who),
    "op-de-muur": lambda tx, idea, who, form: curating.put_on_wall(tx, idea, who),
    "van-de-muur": lambda tx, idea, who, form: curating.take_off_wall(tx, idea, who),
    "tegenhouden": lambda tx, idea, who, form: moderating.hold(tx, idea, who),
    "vertrouwen": lambda tx, idea, who, form: moderating.approve_and_trust(tx, idea, who),
    "verbeteren": lambda tx, idea, who, form: curating.correct(tx, idea, who, form.get("woorden", "")),
    "wie-mag": lambda tx, idea, who, form: curating.narrow(tx, idea, who, _width(form)),
    "opzij": lambda tx, idea, who, form: curating.set_aside(tx, idea, who, _reason(form)),
    "terugzetten": lambda tx, idea, who, form: curating.restore(tx, idea, who),
    "parkeren": lambda tx, idea, who, form: parking.park(tx, idea, who, form.get("reden", "")),
    "niet-parkeren": lambda tx, idea, who, form: parking.unpark(tx, idea, who),
    "kennis": lambda tx, idea, who, form: knowledge.choose(tx, idea, form.get("kennis", ""), who),
    "weghalen": lambda tx, idea, who, form: _take_away(tx, idea, who),
    "thema": lambda tx, idea, who, form: themes.put(tx, idea, form.get("thema") or None, who),
    "losmaken": lambda tx, idea, who, form: _apart(tx, idea, who),
    "blijft": lambda tx, idea, who, form: staying.mark(tx, idea, who),
    "mag-verder": lambda tx, idea, who, form: staying.lift(tx, idea, who),
    "ongedaan": lambda tx, idea, who, form: curating.undo(tx, idea, who),
}
STILL = ("weghalen", "ongedaan")  # what can be done with an idea that was taken away


@desk.post("/<workshop_id>/ideeen/<idea_id>/<verb>")
def act(workshop_id: str, idea_id: str, verb: str) -> ResponseReturnValue:
    """Do one thing with one idea, and offer to undo it."""
    if verb not in VERBS:
        abort(404)
    seen = number_in(request.form.get("versie", ""))
    try:
        now = write(_do, workshop_id, idea_id, seen, verb, me().id, request.form.to_dict())
    except Stale as stale:
        return changed(cast(Idea, stale.now), verb)
    except Refused as error:
        if error.code == "no_idea":
            raise
        found = read(ideas.by_key, workshop_id, idea_id)
        said = {"problem": saying.refused(error), "wrong": verb, "typed": request.form}
        return render_template("desk/idea.html", **idea_values(found), **said), 400
    return _next(workshop_id, now, verb if now.version != seen else "")


def _do(tx: Tx, workshop_id: str, idea_id: str, seen: int, verb: str, who: str, form: Form) -> Idea:
    """Do it to the idea as the form saw it; raises `Stale` when it changed since."""
    idea = ideas.by_key(tx, workshop_id, idea_id)
    if idea.withdrawn_at and verb not in STILL:
        raise Stale(idea)
    if verb == "ongedaan" and _undone_already(tx, idea, seen, who):
        return idea
    return VERBS[verb](tx, replace(idea, version=seen), who, form)


def _undone_already(tx: Tx, idea: Idea, seen: int, who: str) -> bool:
    """Say whether this very undo was sent twice: a second tap must not be a conflict with oneself."""
    last = tx.ideas.last_event(idea_id=idea.id)
    return bool(idea.version > seen and last["verb"] == "undone" and last["who"] == who)


def changed(now: Idea, verb: str) -> ResponseReturnValue:
    """Show what it is now beside what this person wanted."""
    values = idea_values(now)
    if values["idea"] is None:
        return render_template("desk/idea.html", **values), 409
    last = values["history"][-1]
    return render_template("desk/changed.html", **values, last=last, verb=verb, typed=request.form), 409


def _next(workshop_id: str, now: Idea, verb: str) -> ResponseReturnValue:
    """Go back to where the button was; when something was done, with the bar that offers to undo."""
    done: dict[str, Any] = {"gedaan": verb, "idee": now.id, "versie": now.version} if verb else {}
    if request.form.get("terug") == "stroom":
        place = request.form.get("plek", "")
        args = asked().args | {"plek": place} if place.isdecimal() else asked().args
        return redirect(url_for("desk.stream", workshop_id=workshop_id, **args, **done, _anchor="hier"), 303)
    if request.form.get("terug") == "kader":
        return redirect(url_for("desk.frame", workshop_id=workshop_id, **done), 303)
    return redirect(url_for("desk.idea", workshop_id=workshop_id, idea_id=now.id, **asked().args, **done), 303)


def _take_away(tx: Tx, idea: Idea, who: str) -> Idea:
    """Take an idea away for its maker. Raises `Refused('nobodys')` for a joined one: that has no maker of its own."""
    if idea.channel == "joined":
        raise Refused("nobodys")
    return ideas.withdraw(tx, idea, who)


def _apart(tx: Tx, idea: Idea, who: str) -> Idea:
    """Let the originals of a joined idea stand by themselves again; return it as it is then."""
    now = ideas.by_key(tx, idea.workshop_id, idea.id)
    if now.version != idea.version:
        raise Stale(now)
    with curating.as_one(tx):
        joining.take_apart(tx, idea, who)
    return ideas.by_key(tx, idea.workshop_id, idea.id)


def _width(form: Form) -> consent.Visibility:
    sent = form.get("wie", "")
    if sent not in consent.CHOICES:
        raise Refused("wider")
    return sent


def _reason(form: Form) -> str:
    return form.get("reden", "").strip() or form.get("voorbeeld", "")
