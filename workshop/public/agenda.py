"""The calendar that people follow on a phone: when, where and whom to call, for who knows its address."""

from __future__ import annotations

from flask import Response, abort
from flask.typing import ResponseReturnValue

from workshop import calendars
from workshop.domain import calendar, workshops
from workshop.house import read
from workshop.public.visitor import public


@public.get("/agenda/<key>.ics")
def agenda(key: str) -> ResponseReturnValue:
    """Return the calendar behind a key; 404 when it was closed or never was."""
    workshop = read(workshops.at_door, read(calendar.workshop_behind, key) or abort(404))
    answer = Response(read(calendars.calendar, workshop), content_type=calendars.KIND)
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer
