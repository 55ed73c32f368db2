"""Actions: who does what by when, and how many of them lie with facilitators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from workshop.desk import saying
from workshop.desk.guard import desk, here, me, number_in
from workshop.domain import actions, meetings
from workshop.domain.actions import Action, Promise
from workshop.errors import Refused, Stale
from workshop.house import read, write
from workshop.store import Tx

OWNERS: Final = {
    "group": _l("iemand uit de groep"),
    "facilitator": _l("een begeleider"),
    "other": _l("een ander"),
}
FORM = {"in.wat": "what", "van": "owner", "in.naam": "owner_name", "klaar": "due", "bijeenkomst": "meeting_id"}
_VERBS = {"gedaan": actions.done, "niet-gedaan": actions.undone, "weg": actions.drop, "toch": actions.bring_back}
_WRONG = {"action_missing": "wat", "action_long": "wat", "due_odd": "klaar"}


@desk.get("/<workshop_id>/taken", endpoint="actions")
def all_actions(workshop_id: str) -> ResponseReturnValue:
    """Show what was promised, what is done, and how much of it lies with facilitators."""
    return _page()


@desk.post("/<workshop_id>/taken")
def action_new(workshop_id: str) -> ResponseReturnValue:
    """Write an action down; the same one again changes nothing."""
    try:
        made = write(actions.add, workshop_id, _sent(), me().id)
    except Refused as error:
        return _page(problem=saying.refused(error), wrong=_WRONG.get(error.code, ""), form=request.form), 400
    return _done("nieuw", made.id)


@desk.post("/<workshop_id>/taken/<action_id>")
def action_change(workshop_id: str, action_id: str) -> ResponseReturnValue:
    """Change an action; what another changed in between is shown, not overwritten."""
    found = read(actions.find, workshop_id, action_id)
    seen = replace(found, version=number_in(request.form.get("versie", "")))
    promise = replace(_sent(), trial_id=found.trial_id or "")
    try:
        if not _same(found, promise):
            write(actions.change, seen, promise)
    except Refused as error:
        return _page(problem=saying.refused(error), open_id=action_id, form=request.form), 400
    except Stale as stale:
        return _page(now=cast(Action, stale.now), open_id=action_id, form=request.form), 409
    return _done("bewaard", action_id)


@desk.post("/<workshop_id>/taken/<action_id>/<doing>")
def action_do(workshop_id: str, action_id: str, doing: str) -> ResponseReturnValue:
    """Note that an action is done or not, let it go, or bring it back; twice is once."""
    write(_do, workshop_id, action_id, doing)
    return _done(doing, action_id)


def _do(tx: Tx, workshop_id: str, action_id: str, doing: str) -> None:
    if doing not in _VERBS:
        raise Refused("no_action")
    _VERBS[doing](tx, actions.find(tx, workshop_id, action_id))


def _done(what: str, action_id: str) -> ResponseReturnValue:
    address = url_for("desk.actions", workshop_id=here().id, gedaan=what, taak=action_id)
    return redirect(address, 303)


def _sent() -> Promise:
    return Promise(**{name: request.form.get(field, "") for field, name in FORM.items()})


def _same(found: Action, promise: Promise) -> bool:
    names = FORM.values()
    return all((getattr(found, name) or "") == getattr(promise, name).strip() for name in names)


def _values(action: Action | None) -> dict[str, str]:
    """Return what stands in the form of an action, or of a new one."""
    if action is None:
        return dict.fromkeys(FORM, "") | {"van": "group"}
    return {field: getattr(action, name) or "" for field, name in FORM.items()}


def _page(
    problem: str = "",
    wrong: str = "",
    form: Mapping[str, Any] | None = None,
    open_id: str = "",
    now: Action | None = None,
) -> str:
    there = read(actions.of_workshop, here().id)
    return render_template(
        "desk/actions.html",
        todo=sorted((one for one in there if not one.done_at), key=lambda one: (one.due or "9999", one.made_at)),
        finished=[one for one in reversed(there) if one.done_at],
        share=read(actions.share, here().id),
        owners=OWNERS,
        meetings={one.id: one for one in read(meetings.of_workshop, here().id)},
        values=_values,
        new=form if form is not None and not open_id else _values(None),
        typed=form if open_id else None,
        open_id=open_id,
        now=now,
        problem=problem,
        wrong=wrong,
    )
