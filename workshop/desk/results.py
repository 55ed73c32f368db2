"""Results at the desk: what came of it, made of ideas and trials, looked at before it is published, undone in one go.

Before anybody is told, one page shows who gets to read what. When something changed in between, that page comes back
and nothing is published. Two facilitators who write at once see both texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop import giving, ids, telling
from workshop.apart import Overdone
from workshop.desk import saying
from workshop.desk.guard import desk, here, me, number_in, shown_here
from workshop.desk.printing import can_be_printed
from workshop.domain import decisions, results
from workshop.domain.ideas import Idea
from workshop.domain.result_content import Content
from workshop.domain.results import MOST, Draft, Result, Telling
from workshop.errors import Refused, Stale
from workshop.house import house, read, write
from workshop.pictures import MOST_BYTES, clean
from workshop.result_printing import PAGE
from workshop.store import Tx

TEXTS: Final = {
    "in.titel": "title",
    "in.verhaal": "story",
    "in.probeerden": "tried",
    "in.leerden": "learned",
    "in.volgende": "next_step",
    "in.dank": "credits",
    "in.alt": "picture_alt",
}
_FIELD: Final = {name: field for field, name in TEXTS.items()}
_WRONG: Final = {"result_title": "in.titel", "result_idea": "ideeen", "result_alt": "in.alt"}
_WRONG.update({"photo_big": "foto", "photo_odd": "foto", "reason_long": "in.reden", "next_step_long": "in.vervolg"})


@desk.get("/<workshop_id>/resultaten", endpoint="results")
def all_results(workshop_id: str) -> ResponseReturnValue:
    """Show every result and how far it is, and a form for a new one."""
    return list_page()


@desk.post("/<workshop_id>/resultaten")
def result_new(workshop_id: str) -> ResponseReturnValue:
    """Make a result; the same one again is the one that is there."""
    try:
        made = write(results.make, workshop_id, _sent(None), me().id)
    except Refused as error:
        return list_page(saying.refused(error), _wrong(error), request.form), 400
    return _to(made, gedaan="gemaakt")


@desk.get("/<workshop_id>/resultaten/<result_id>")
def result(workshop_id: str, result_id: str) -> ResponseReturnValue:
    """Show one result: what it says, who made it, and what can be done with it."""
    return _page(read(results.find, workshop_id, result_id))


@desk.post("/<workshop_id>/resultaten/<result_id>")
def result_save(workshop_id: str, result_id: str) -> ResponseReturnValue:
    """Save what was typed; what another changed in between is shown, not overwritten."""
    found = read(results.find, workshop_id, result_id)
    seen = replace(found, version=number_in(request.form.get("versie", "")))
    try:
        now = write(results.change, seen, _sent(_picture()), me().id)
    except Refused as error:
        return _page(found, saying.refused(error), _wrong(error), request.form), 400
    except Stale as stale:
        return _page(cast(Result, stale.now), form=request.form, changed=True), 409
    return _to(now, gedaan="bewaard" if now.version != found.version else "hetzelfde")


@desk.get("/<workshop_id>/resultaten/<result_id>/foto")
def result_picture(workshop_id: str, result_id: str) -> ResponseReturnValue:
    """Give the picture of a result."""
    found = read(results.find, workshop_id, result_id)
    return giving.picture(found.picture) if found.picture else abort(404)


@desk.get("/<workshop_id>/resultaten/<result_id>/publiceren")
def result_check(workshop_id: str, result_id: str) -> ResponseReturnValue:
    """Show who gets to read what, before it is published."""
    return _check(read(results.find, workshop_id, result_id))


@desk.post("/<workshop_id>/resultaten/<result_id>/publiceren")
def result_publish(workshop_id: str, result_id: str) -> ResponseReturnValue:
    """Publish what was looked at and tell who does not know yet; what changed since is shown first."""
    form = request.form
    words = (form.get("in.reden", ""), form.get("in.vervolg", ""))
    try:
        made = write(_publish, workshop_id, result_id, form.get("gezien", ""), words, me().id)
    except Refused as error:
        if error.code == "no_result":
            raise
        found = read(results.find, workshop_id, result_id)
        return _check(found, saying.refused(error), _wrong(error), form), 400
    except Stale as stale:
        return _check(cast(Result, stale.now), form=form, changed=True), 409
    return _to(read(results.find, workshop_id, result_id), gedaan="gepubliceerd", aantal=made)


@desk.post("/<workshop_id>/resultaten/<result_id>/weg")
def result_remove(workshop_id: str, result_id: str) -> ResponseReturnValue:
    """Take a result away, and offer to undo that."""
    write(_remove, workshop_id, result_id, me().id)
    return redirect(url_for("desk.results", workshop_id=workshop_id, gedaan="weg", resultaat=result_id), 303)


@desk.post("/<workshop_id>/resultaten/<result_id>/ongedaan")
def result_undo(workshop_id: str, result_id: str) -> ResponseReturnValue:
    """Undo the step in the form when it is the last one; undoing that is one step as well."""
    try:
        done = write(_undo, workshop_id, result_id, request.form.get("stap", ""), me().id, house().files.there)
    except Refused as error:
        return _page(read(results.find, workshop_id, result_id), saying.refused(error)), 400
    except Stale as stale:
        since = _("Er is daarna nog iets veranderd. Er is niets ongedaan gemaakt. Hieronder staat hoe het nu is.")
        return _page(cast(Result, stale.now), since), 409
    if done.result.removed_at:
        return redirect(url_for("desk.results", workshop_id=workshop_id, gedaan="weg", resultaat=result_id), 303)
    return _to(done.result, gedaan="ongedaan", gebleven=done.left or None, geprint=done.printed or None)


def list_page(problem: str = "", wrong: str = "", form: Any = None) -> str:
    """Return the page with all results; `problem` is about what was typed or ordered there."""
    return render_template(
        "desk/results.html",
        shown=read(_all, here().id),
        away=read(_away, here().id),
        suggested=read(_suggested, here().id),
        trials=read(results.trials, here().id),
        form=form or {},
        chosen=_chosen_in(form) if form else ((), ()),
        problem=problem,
        wrong=wrong,
        printable=can_be_printed(),
    )


def _publish(tx: Tx, workshop_id: str, result_id: str, seen: str, words: tuple[str, str], who: str) -> int:
    """Publish what is as it was looked at. Raises `Stale` with the result when it is not."""
    found = results.find(tx, workshop_id, result_id)
    if not ids.same(seen, _mark(found, results.tellings(tx, found))):
        raise Stale(found)
    return results.publish(tx, found, who, *words)


def _remove(tx: Tx, workshop_id: str, result_id: str, who: str) -> None:
    results.remove(tx, results.find(tx, workshop_id, result_id), who)


def _undo(
    tx: Tx, workshop_id: str, result_id: str, step: str, who: str, there: Callable[[str], bool]
) -> results.Undone:
    found = results.find(tx, workshop_id, result_id)
    return results.undo(tx, found, who, step, there)


def _mark(found: Result, tellings: list[Telling]) -> str:
    """Return what a form says it saw: the words, and who is told."""
    who = [one.id for telling in tellings for one in telling.to_tell]
    return ids.digest(f"{found.version} {' '.join(who)}")


def _sent(picture: str | None) -> Draft:
    numbers, trials = _chosen_in(request.form)
    texts = {name: request.form.get(field, "") for field, name in TEXTS.items()}
    return Draft(**texts, audience=request.form.get("voor", "group"), ideas=numbers, trials=trials, picture=picture)


def _chosen_in(form: Any) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the numbers of ideas in a form, typed or ticked, and the keys of trials."""
    typed = " ".join([form.get("ideeen", ""), *form.getlist("idee")])
    return tuple(int(one) for one in re.findall(r"\d{1,8}", typed)), tuple(form.getlist("proef"))


def _picture() -> str | None:
    """Store the photo in this form and return its file; '' to take it away, None to leave it as it is.

    Raises `Refused`: 'photo_big', 'photo_odd'.
    """
    upload = request.files.get("foto")
    if upload is None or not upload.filename:
        return "" if "foto-weg" in request.form else None
    try:
        cleaned = house().photos.run(clean, upload.stream.read(MOST_BYTES + 1))
    except Overdone:
        raise Refused("photo_odd") from None
    return house().keep(cleaned.jpeg, "jpg")


def _wrong(error: Refused) -> str:
    """Return which field a refusal is about."""
    return _FIELD.get(error.values.get("field", ""), _WRONG.get(error.code, ""))


def _to(found: Result, **done: Any) -> ResponseReturnValue:
    return redirect(url_for("desk.result", workshop_id=found.workshop_id, result_id=found.id, **done), 303)


def _all(tx: Tx, workshop_id: str) -> list[tuple[Result, Content, int]]:
    """Return every result with who made it, and how many do not know of it yet."""
    there = results.of_workshop(tx, workshop_id)
    return [(one, results.content(tx, one), _waiting(results.tellings(tx, one))) for one in there]


def _away(tx: Tx, workshop_id: str) -> dict[str, tuple[Result, results.Done | None]]:
    """Return the results that were taken away by their keys, each with what brings it back when it is undone."""
    return {one.id: (one, results.last_done(tx, one)) for one in results.removed(tx, workshop_id)}


def _suggested(tx: Tx, workshop_id: str) -> list[Idea]:
    return [one for one in results.suggested(tx, workshop_id) if shown_here(one)]


def _waiting(tellings: list[Telling]) -> int:
    return sum(len(one.to_tell) for one in tellings)


def _values(found: Result, form: Any) -> dict[str, str]:
    """Return what stands in the fields: what was typed, else how it is."""
    if form is not None:
        return {field: form.get(field, "") for field in (*TEXTS, "ideeen", "voor")}
    texts = {field: getattr(found, name) for field, name in TEXTS.items()}
    return texts | {"ideeen": ", ".join(map(str, found.ideas)), "voor": found.audience}


def _page(found: Result, problem: str = "", wrong: str = "", form: Any = None, changed: bool = False) -> str:
    tellings = read(results.tellings, found)
    numbers, trials = _chosen_in(form) if form is not None else (found.ideas, found.trials)
    last = read(results.last_done, found)
    return render_template(
        "desk/result.html",
        result=found,
        form=_values(found, form),
        now=_values(found, None) if changed else None,
        chosen=(numbers, trials),
        content=read(results.content, found),
        waiting=_waiting(tellings),
        told=sum(len(one.told) for one in tellings),
        suggested=read(_suggested, found.workshop_id),
        trials=read(results.trials, found.workshop_id),
        address=f"{here().address}/{PAGE}/{found.key}",
        mine=last if last and last.who == me().id else None,
        most=MOST,
        problem=problem,
        wrong=wrong,
        printable=can_be_printed(),
    )


def _check(found: Result, problem: str = "", wrong: str = "", form: Any = None, changed: bool = False) -> str:
    tellings = read(results.tellings, found)
    return render_template(
        "desk/result_check.html",
        result=found,
        content=read(results.content, found),
        tellings=[one for one in tellings if one.to_tell],
        waiting=_waiting(tellings),
        told=sum(len(one.told) for one in tellings),
        mark=_mark(found, tellings),
        reason=form.get("in.reden", "") if form else results.answer(found, here().language),
        next_step=form.get("in.vervolg", "") if form else found.next_step,
        status=telling.kinds(here().language)["make"],
        most=decisions.MOST,
        may_read=shown_here,
        problem=problem,
        wrong=wrong,
        changed=changed,
    )


@desk.context_processor
def _words() -> dict[str, Any]:
    return {"audiences": {"group": _("Alleen de groep"), "everyone": _("Iedereen")}}
