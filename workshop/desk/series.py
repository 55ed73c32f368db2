"""Planning a series at the desk: first see every day with what is wrong with it, choose, then make them all at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from workshop import clock
from workshop.desk import saying
from workshop.desk.guard import desk, here, number_in
from workshop.domain import meetings, rhythm, series
from workshop.domain.meetings import About, Meeting
from workshop.domain.rhythm import Free, Planned, Rhythm
from workshop.errors import Refused
from workshop.house import read, write
from workshop.telling import in_full

MOST_FREE = 8
"""So many stretches of days can be kept free."""
SAME = {"plaats": "place", "route": "route", "begin": "begins", "einde": "ends"}
"""What all meetings of a series share, by its field."""

Form = Mapping[str, str]


@desk.get("/<workshop_id>/bijeenkomsten/reeks")
def series_page(workshop_id: str) -> ResponseReturnValue:
    """Ask for a first day and a rhythm; once those are given, show every day with a choice where one is needed."""
    return _page(request.args or _usual())


@desk.post("/<workshop_id>/bijeenkomsten/reeks")
def series_make(workshop_id: str) -> ResponseReturnValue:
    """Plan the series as chosen; sent twice it is planned once."""
    try:
        planned = _planned(request.form)
        about = About("", **{name: request.form.get(field, "") for field, name in SAME.items()})
        made = write(series.make, workshop_id, _chosen(planned, request.form), about, planned.every)
    except Refused as error:
        return _page(request.form, saying.refused(error)), 400
    done: dict[str, Any] = {"gedaan": "reeks", "reeks": made.id, "nieuw": made.made, "al": made.kept}
    return redirect(url_for("desk.meetings", workshop_id=workshop_id, **done), 303)


@desk.post("/<workshop_id>/bijeenkomsten/reeks/<planned>/terug")
def series_undo(workshop_id: str, planned: str) -> ResponseReturnValue:
    """Call the whole series off; what somebody changed since stays."""
    gone, stay = write(series.undo, workshop_id, planned)
    done: dict[str, Any] = {"gedaan": "reeks-terug", "weg": gone, "blijft": stay}
    return redirect(url_for("desk.meetings", workshop_id=workshop_id, **done), 303)


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>/waarom")
def explain_gap(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Keep why there is more time than usual before a meeting."""
    write(series.explain, workshop_id, meeting_id, request.form.get("waarom", ""))
    return redirect(url_for("desk.meetings", workshop_id=workshop_id, gedaan="waarom") + f"#b-{meeting_id}", 303)


def _page(form: Form, problem: str = "") -> str:
    """Show the form, and the days below it; what is wrong with the form is said instead of the days."""
    planned = None
    if form.get("eerste") and not problem:
        try:
            planned = _planned(form)
        except Refused as error:
            problem = saying.refused(error)
    filled = [at for at in range(MOST_FREE) if any(form.get(f"vrij-{name}-{at}") for name in ("van", "tot", "om"))]
    return render_template(
        "desk/series.html",
        form=form,
        free=range(min(len(filled) + 2, MOST_FREE)),
        most=MOST_FREE,
        planned=planned,
        problem=problem,
        same=SAME,
        there={one.date for one in read(meetings.of_workshop, here().id)},
    )


def _usual() -> dict[str, str]:
    """Return a form with six weeks, a year and a half, and the rest like the last meeting."""
    there = read(meetings.of_workshop, here().id)
    last: Meeting | None = there[-1] if there else None
    first = (clock.day(last.date) + timedelta(days=meetings.EVERY)).isoformat() if last else ""
    same = {field: getattr(last, name) if last else "" for field, name in SAME.items()}
    return {"voorstel": first, "elke": str(meetings.EVERY), "maanden": "18", **same}


def _planned(form: Form) -> Rhythm:
    """Return the series that was asked for. Raises `Refused`."""
    every, months = number_in(form.get("elke", "")), number_in(form.get("maanden", ""))
    return rhythm.plan(_day(form.get("eerste", "")), every, months, _free(form))


def _free(form: Form) -> list[Free]:
    """Return the days to keep free; one day alone counts as well, and so does a stretch given backwards."""
    found = []
    for at in range(MOST_FREE):
        since, until = form.get(f"vrij-van-{at}", ""), form.get(f"vrij-tot-{at}", "")
        if since or until:
            first, last = sorted((_day(since or until), _day(until or since)))
            found.append(Free(first, last, " ".join(form.get(f"vrij-om-{at}", "").split())[:60] or _("Vrijgehouden")))
    return found


def _day(text: str) -> Day:
    try:
        return clock.day(text.strip())
    except ValueError:
        raise Refused("next_date_odd") from None


def _chosen(planned: Rhythm, form: Form) -> dict[str, str]:
    """Return the days to plan, each with why it comes later than usual, from what was chosen for every flagged day."""
    days: dict[str, str] = {}
    skipped: list[str] = []
    for one in planned.meetings:
        choice = form.get(f"dag-{one.number}", "zelf") if one.flags else "zelf"
        if choice == "niet":
            skipped.append(_why(one))
            continue
        moved = choice == "beter" and one.suggestion
        reasons = [*skipped, _why(one)] if moved else skipped
        days[(one.suggestion if moved and one.suggestion else one.date).isoformat()] = "; ".join(reasons)
        skipped = []
    return days


def _why(one: Planned) -> str:
    """Return what was wrong with a day, in the language of the workshop: participants may read it."""
    with force_locale(here().language):
        day = in_full(one.date.isoformat(), here().language)
        return str(_("niet op %(day)s: %(why)s", day=day, why=", ".join(one.flags)))
