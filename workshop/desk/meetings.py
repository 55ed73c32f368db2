"""Meetings: when people come together, where, and how many were there from which side. Numbers, never names."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop import clock, web
from workshop.desk import agenda, saying
from workshop.desk.guard import desk, here, may_change, number_in
from workshop.domain import answers, balance, meetings, perspectives, rhythm, series
from workshop.domain.meetings import About, Meeting
from workshop.errors import Refused, Stale
from workshop.house import read, write
from workshop.store import Tx

FORM = {"datum": "date", "naam": "name", "plaats": "place", "route": "route", "begin": "begins", "einde": "ends"}
_WRONG = {"next_date_odd": "datum", "meeting_twice": "datum", "rhythm_order": "datum"}


@desk.get("/<workshop_id>/bijeenkomsten", endpoint="meetings")
def all_meetings(workshop_id: str) -> ResponseReturnValue:
    """Show every meeting by date, and a form for a new one."""
    return _list()


@desk.post("/<workshop_id>/bijeenkomsten")
def add_meeting(workshop_id: str) -> ResponseReturnValue:
    """Plan a meeting; the same one again changes nothing."""
    about = _sent()
    try:
        made = write(meetings.add, workshop_id, about)
    except Refused as error:
        if not any(_same(one, about) for one in read(meetings.of_workshop, workshop_id)):
            return _list(problem=saying.refused(error), wrong=_WRONG.get(error.code, ""), form=request.form), 400
        return redirect(url_for("desk.meetings", workshop_id=workshop_id), 303)
    return redirect(url_for("desk.meetings", workshop_id=workshop_id, gedaan="gepland", bijeenkomst=made.id), 303)


@desk.get("/<workshop_id>/bijeenkomsten/<meeting_id>")
def meeting(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Show one meeting: what is said about it, and who was there."""
    return _page(read(meetings.find, workshop_id, meeting_id))


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>")
def change_meeting(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Change what is said about a meeting; what another changed in between is shown, not overwritten.

    Another day asks whether the next ones move along.
    """
    about, seen = _sent(), number_in(request.form.get("versie", ""))
    found = read(meetings.find, workshop_id, meeting_id)
    if not _same(found, about):
        rest = request.form.get("volgende", "")
        if about.date != found.date and not rest and read(series.later, found):
            return _page(found, form=request.form, version=seen, asks=True)
        try:
            write(series.move if rest == "ook" else meetings.change, replace(found, version=seen), about)
        except Refused as error:
            wrong = _WRONG.get(error.code, "")
            return _page(found, problem=saying.refused(error), wrong=wrong, form=request.form, version=seen), 400
        except Stale as stale:
            return _page(cast(Meeting, stale.now), form=request.form, changed=True), 409
    return redirect(url_for("desk.meeting", workshop_id=workshop_id, meeting_id=meeting_id, gedaan="bewaard"), 303)


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>/aanwezig")
def note_present(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Keep the numbers somebody changed; those that another changed in between are shown, not overwritten."""
    sent = {
        key: (_count(f"was-{key}"), _count(f"er-{key}")) for key in ("", *read(perspectives.of, workshop_id, ever=True))
    }
    both = write(_note_present, workshop_id, meeting_id, sent)
    if both:
        found = read(meetings.find, workshop_id, meeting_id)
        return _page(found, both={key: sent[key][1] for key in both}), 409
    return redirect(url_for("desk.meeting", workshop_id=workshop_id, meeting_id=meeting_id, gedaan="geteld"), 303)


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>/af")
def call_off(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Call a meeting off, and offer to undo that."""
    write(_call_off, workshop_id, meeting_id)
    return redirect(url_for("desk.meetings", workshop_id=workshop_id, gedaan="af", bijeenkomst=meeting_id), 303)


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>/toch")
def bring_back_meeting(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Undo calling a meeting off."""
    try:
        write(meetings.bring_back, workshop_id, meeting_id)
    except Refused as refused:
        abort(400, saying.refused(refused))
    return redirect(url_for("desk.meetings", workshop_id=workshop_id, gedaan="toch"), 303)


def _call_off(tx: Tx, workshop_id: str, meeting_id: str) -> None:
    """Call it off; twice is once."""
    there = next((one for one in meetings.of_workshop(tx, workshop_id) if one.id == meeting_id), None)
    if there:
        meetings.call_off(tx, there)


def _note_present(tx: Tx, workshop_id: str, meeting_id: str, sent: dict[str, tuple[int, int]]) -> list[str]:
    """Keep what was changed on the form; return the perspectives that another changed to something else."""
    found = meetings.find(tx, workshop_id, meeting_id)
    changed = {key: now for key, (was, now) in sent.items() if now != was and now != found.present.get(key, 0)}
    both = [key for key in changed if found.present.get(key, 0) != sent[key][0]]
    meetings.note_present(tx, found, {key: now for key, now in changed.items() if key not in both})
    return both


def _count(name: str) -> int:
    return min(number_in(request.form.get(name, "").strip()), 999)


def _sent() -> About:
    return About(**{name: request.form.get(field, "") for field, name in FORM.items()})


def _same(found: Meeting, about: About) -> bool:
    return all(getattr(found, field.name) == getattr(about, field.name).strip() for field in fields(About))


def _values(found: Meeting | None, form: Any) -> dict[str, str]:
    """Return what stands in the form: what was typed, else how it is."""
    if form is not None:
        return {field: form.get(field, "") for field in FORM}
    return {field: getattr(found, name) if found else "" for field, name in FORM.items()}


def _sides(found: Meeting) -> dict[str, str]:
    """Return the perspectives to count, also a removed one that was there."""
    now = read(perspectives.of, here().id)
    names = read(perspectives.names, here().id, web.language())
    return {key: name for key, name in names.items() if key in now or found.present.get(key)}


def _flags(date: str) -> tuple[str, ...]:
    """Return the holidays on a day, by name."""
    return rhythm.flags_of(clock.day(date))


def _list(problem: str = "", wrong: str = "", form: Any = None) -> str:
    there = read(meetings.of_workshop, here().id)
    return render_template(
        "desk/meetings.html",
        agenda=agenda.address(),
        meetings=there,
        gaps=series.gaps(there),
        flags=_flags,
        today=clock.today().isoformat(),
        form=_values(None, form),
        problem=problem,
        wrong=wrong,
    )


def _page(
    found: Meeting,
    problem: str = "",
    wrong: str = "",
    form: Any = None,
    version: int = 0,
    changed: bool = False,
    both: dict[str, int] | None = None,
    asks: bool = False,
) -> str:
    sides = _sides(found)
    if not may_change():  # who looks on sees no small group
        found = replace(found, present=balance.grouped(found.present))
        sides = {key: name for key, name in sides.items() if found.present.get(key)}
    return render_template(
        "desk/meeting.html",
        meeting=found,
        now=_values(found, None) if changed else None,
        form=_values(found, form),
        version=version or found.version,
        problem=problem,
        wrong=wrong,
        both=both or {},
        later=read(series.later, found) if asks else (),
        flags=_flags,
        covered=read(answers.coverage, here().id, found.id),
        perspectives=sides,
    )
