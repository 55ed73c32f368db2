"""The calendar at the desk: save it as a file, open an address to follow it, close that address."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from workshop import calendars
from workshop.desk.guard import desk, here
from workshop.domain import calendar
from workshop.house import read, write


@desk.get("/<workshop_id>/bijeenkomsten/agenda.ics")
def agenda_file(workshop_id: str) -> ResponseReturnValue:
    """Return all meetings as a file for a calendar."""
    answer = Response(read(calendars.calendar, here()), content_type=calendars.KIND)
    answer.headers["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@desk.post("/<workshop_id>/bijeenkomsten/agenda/open")
def agenda_open(workshop_id: str) -> ResponseReturnValue:
    """Open an address that people follow without signing in."""
    write(calendar.open_up, workshop_id)
    return redirect(url_for("desk.meetings", workshop_id=workshop_id, gedaan="agenda") + "#agenda", 303)


@desk.post("/<workshop_id>/bijeenkomsten/agenda/dicht")
def agenda_close(workshop_id: str) -> ResponseReturnValue:
    """Close that address for good."""
    write(calendar.close, workshop_id)
    return redirect(url_for("desk.meetings", workshop_id=workshop_id, gedaan="agenda-dicht") + "#agenda", 303)


def address() -> str:
    """Return the address of this workshop's calendar; '' when it is not open."""
    key = read(calendar.key_of, here().id)
    return here().address + url_for("public.agenda", key=key) if key else ""
