"""Meetings for at home, from the desk: a calendar to save or to follow, the invitation and the planner on paper."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from workshop import calendars
from workshop.desk import printing
from workshop.desk.guard import desk, here
from workshop.domain import calendar, meetings
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


@desk.post("/<workshop_id>/bijeenkomsten/jaarplanner")
def print_planner(workshop_id: str) -> ResponseReturnValue:
    """Order all meetings on one sheet for the fridge."""
    return _order({"document": "planner"})


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>/uitnodiging")
def print_invitation(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Order the invitation to a meeting."""
    return _order({"document": "invitation", "meeting": read(meetings.find, workshop_id, meeting_id).id})


def _order(what: dict[str, str]) -> ResponseReturnValue:
    """Order a print; while the address cannot stand on paper, go to where that is said."""
    if not printing.can_be_printed():
        return redirect(url_for("desk.printing", workshop_id=here().id), 303)
    return printing.place(what | {"language": here().language})


def address() -> str:
    """Return the address of this workshop's calendar; '' when it is not open."""
    key = read(calendar.key_of, here().id)
    return here().address + url_for("public.agenda", key=key) if key else ""
