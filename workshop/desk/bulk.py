"""Doing one thing with many ideas at once, with one undo for all of it.

What a form saw is in it: key and version of every chosen idea, or the mark of the moment for “all I see now”. What
somebody else changed since then stays as it is, and the bar says how many those are.
"""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict

from workshop.desk import saying
from workshop.desk.asking import asked
from workshop.desk.bulk_bar import SAID
from workshop.desk.guard import KEY, desk, me, number_in
from workshop.desk.ideas import stream_values
from workshop.domain import bulk, curating, sifting, themes
from workshop.domain.bulk import Doing, Done
from workshop.domain.curating import Filter
from workshop.errors import Refused
from workshop.house import read, write
from workshop.store import Tx

Form = ImmutableMultiDict[str, str]


@desk.post("/<workshop_id>/ideeen/samen/<verb>")
def bulk_do(workshop_id: str, verb: str) -> ResponseReturnValue:
    """Do one thing with the chosen ideas, or go with them to where more is asked."""
    if verb in ("besluit", "samenvoegen"):
        return _elsewhere(workshop_id, verb)
    if verb not in SAID:
        abort(404)
    form, which, who = request.form, asked().which, me().id
    try:
        if verb == "ongedaan":
            done = write(bulk.undo, workshop_id, form.get("groep", ""), who)
        else:
            done = write(_do, workshop_id, verb, form, which, who)
    except Refused as error:
        said = {"problem": saying.refused(error), "wrong": verb, "chosen_now": form.getlist("idee"), "sent": form}
        return render_template("desk/ideas.html", **stream_values(workshop_id) | said), 400
    told: dict[str, Any] = {"gedaan": "samen", "wat": verb, "groep": done.batch, "gebleven": done.left or None}
    return redirect(url_for("desk.stream", workshop_id=workshop_id, **asked().wishes, **told), 303)


def _do(tx: Tx, workshop_id: str, verb: str, form: Form, which: Filter, who: str) -> Done:
    """Do it with what is chosen on the form, all of it or nothing."""
    seen, left = _seen(tx, workshop_id, form, which, who)
    done = bulk.act(tx, workshop_id, seen, who, _doing(tx, workshop_id, verb, form))
    return Done(done.batch, done.changed, done.left + left)


def _doing(tx: Tx, workshop_id: str, verb: str, form: Form) -> Doing:
    if verb == "thema":
        name, key = form.get("nieuw", "").strip(), form.get("thema", "")
        if not (name or key):
            raise Refused("theme_missing")
        theme_id = themes.make(tx, workshop_id, name).id if name else None if key == "-" else key
        return bulk.into_theme(tx, workshop_id, theme_id)
    reason = form.get("reden", "").strip() or form.get("voorbeeld", "")
    verbs: dict[str, Doing] = {
        "gelezen": curating.read,
        "op-de-muur": curating.put_on_wall,
        "van-de-muur": curating.take_off_wall,
        "opzij": lambda tx, idea, who: curating.set_aside(tx, idea, who, reason),
        "terugzetten": curating.restore,
    }
    return verbs[verb]


def _seen(tx: Tx, workshop_id: str, form: Form, which: Filter, who: str) -> tuple[dict[str, int], int]:
    """Return the chosen ideas with the versions they were seen in, and how many others changed of “all I see now”."""
    mark = form.get("alle", "")
    if KEY.fullmatch(mark):
        return bulk.untouched(tx, workshop_id, sifting.sift(tx, workshop_id, which).keys, who, mark)
    parts = [one.partition(":") for one in form.getlist("idee")]
    return {key: number_in(version) for key, _colon, version in parts if KEY.fullmatch(key)}, 0


def _elsewhere(workshop_id: str, verb: str) -> ResponseReturnValue:
    """Go to the page where one decides on these ideas, or joins them."""
    seen, _left = read(_seen, workshop_id, request.form, asked().which, me().id)
    if not seen or len(seen) > bulk.MOST:
        error = Refused("too_many", most=str(bulk.MOST)) if seen else Refused("none_chosen")
        said = {"problem": saying.refused(error), "wrong": verb}
        return render_template("desk/ideas.html", **stream_values(workshop_id) | said), 400
    if verb == "besluit":
        return redirect(url_for("desk.deciding", workshop_id=workshop_id, idee=list(seen)), 303)
    chosen = [f"{key}:{version}" for key, version in seen.items()]
    return redirect(url_for("desk.join", workshop_id=workshop_id, idee=chosen), 303)
