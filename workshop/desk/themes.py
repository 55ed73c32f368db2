"""Themes on the board: make one, call it something else, put it elsewhere, take it away; each with its undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.desk import saying
from workshop.desk.board import page
from workshop.desk.guard import desk, me, number_in
from workshop.domain import curating, themes
from workshop.domain.themes import Theme
from workshop.errors import Refused, Stale
from workshop.house import write
from workshop.store import Tx

Done = dict[str, Any]
Form = Mapping[str, str]


@desk.post("/<workshop_id>/themas")
def theme_new(workshop_id: str) -> ResponseReturnValue:
    """Make a theme, as the last one."""
    name = request.form.get("naam", "")
    try:
        made = write(themes.make, workshop_id, name)
    except Refused as error:
        return page(workshop_id, problem=saying.refused(error), wrong="nieuw", typed=name), 400
    return _back(workshop_id, {"gedaan": "thema", "thema": made.id, "versie": made.version})


@desk.post("/<workshop_id>/themas/<theme_id>/<change>")
def theme_do(workshop_id: str, theme_id: str, change: str) -> ResponseReturnValue:
    """Change one theme; undoing is the same form with what was before."""
    if change not in _CHANGES:
        abort(404)
    form = request.form.to_dict()
    seen, name = number_in(form.get("versie", "")), form.get("naam", "")
    try:
        done = write(_do, workshop_id, theme_id, seen, change, form, me().id)
    except Stale as stale:
        now = cast(Theme, stale.now)
        said = _(
            "Iemand anders veranderde dit thema net. Het heet nu “%(name)s”. Er is niets overschreven.", name=now.name
        )
        return page(workshop_id, problem=said, wrong=theme_id, typed=name), 409
    except Refused as error:
        return page(workshop_id, problem=saying.refused(error), wrong=theme_id, typed=name), 400
    return _back(workshop_id, done | {"thema": theme_id} if done else {})


def _do(tx: Tx, workshop_id: str, theme_id: str, seen: int, change: str, form: Form, who: str) -> Done:
    theme = themes.find(tx, workshop_id, theme_id)
    if theme.version != seen:
        raise Stale(theme)
    done = _CHANGES[change](tx, theme, form, who)
    return {"gedaan": "goed"} if done and "ongedaan" in form else done


def _rename(tx: Tx, theme: Theme, form: Form, who: str) -> Done:
    now = themes.rename(tx, theme, form.get("naam", ""))
    return {"gedaan": "thema-naam", "versie": now.version, "naam": theme.name}


def _move(tx: Tx, theme: Theme, form: Form, who: str) -> Done:
    """Put it before another theme (`voor`, '' is last), or one place `eerder` or `later`."""
    keys = [one.id for one in themes.of_workshop(tx, theme.workshop_id)]
    at = keys.index(theme.id)
    was = (keys[at + 1 :] or [""])[0]
    before = form.get("voor", "")
    if "eerder" in form:
        before = keys[max(at - 1, 0)]
    elif "later" in form:
        before = (keys[at + 2 :] or [""])[0]
    if before in (theme.id, was):
        return {}
    now = themes.move(tx, theme, before)
    return {"gedaan": "thema-plek", "versie": now.version, "voor": was}


def _remove(tx: Tx, theme: Theme, form: Form, who: str) -> Done:
    with curating.as_one(tx) as batch:
        themes.remove(tx, theme, who)
    return {"gedaan": "thema-weg", "stap": batch}


_CHANGES: dict[str, Callable[[Tx, Theme, Form, str], Done]] = {"naam": _rename, "plek": _move, "weg": _remove}


def _back(workshop_id: str, done: Done) -> ResponseReturnValue:
    return redirect(url_for("desk.board", workshop_id=workshop_id, **done), 303)
