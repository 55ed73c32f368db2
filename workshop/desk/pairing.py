"""Who sits with whom in a meeting: pairs or threes across perspectives, in words and as a table plan on paper."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop import web
from workshop.desk import saying
from workshop.desk.guard import desk, here, may_change, number_in
from workshop.desk.printing import place
from workshop.domain import balance, meetings, pairing, perspectives, seats
from workshop.domain.meetings import Meeting
from workshop.domain.pairing import Kind
from workshop.domain.small_groups import FEW
from workshop.errors import Refused
from workshop.house import read


@desk.get("/<workshop_id>/bijeenkomsten/<meeting_id>/wie-bij-wie", endpoint="pairing")
def pairing_page(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Show the groups in words; numbers come from who was counted or invited, until others are typed."""
    meeting = read(meetings.find, workshop_id, meeting_id)
    present = _typed(request.args) if "samen" in request.args else _known(meeting)
    return _page(meeting, present, _size(request.args))


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>/wie-bij-wie")
def pairing_print(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Order the table plan of what is on the form."""
    meeting = read(meetings.find, workshop_id, meeting_id)
    present, size = _typed(request.form), _size(request.form)
    try:
        pairing.groups(present, size)
    except Refused:
        return _page(meeting, present, size), 400
    what = {"document": "pairing", "meeting": meeting.id, "size": size, "present": present}
    return place(what | {"language": here().language})


def said(kind: Kind, names: Mapping[str, str]) -> str:
    """Return groups in words: “4 tweetallen: ervaringsdeskundige + professional”."""
    sides = " + ".join(names.get(side, side) for side in kind.sides)
    if len(kind.sides) == 2:
        return str(ngettext("%(num)s tweetal: %(sides)s", "%(num)s tweetallen: %(sides)s", kind.count, sides=sides))
    return str(ngettext("%(num)s drietal: %(sides)s", "%(num)s drietallen: %(sides)s", kind.count, sides=sides))


def _page(meeting: Meeting, present: Mapping[str, int], size: int) -> str:
    names = read(perspectives.choices, here().id, web.language()) | {"": _("anderen, of niet gezegd")}
    problem, kinds = "", []
    try:
        kinds = pairing.kinds(pairing.groups(present, size))
    except Refused as error:
        problem = saying.refused(error)
    return render_template(
        "desk/pairing.html",
        meeting=meeting,
        names=names,
        present=present,
        size=size,
        said=[said(kind, names) for kind in kinds],
        unmixed=sum(kind.count for kind in kinds if not kind.mixed),
        problem=problem,
    )


def _known(meeting: Meeting) -> dict[str, int]:
    """Return who was counted at the meeting; before that who is invited. Who only looks sees no small side."""
    counted = dict(meeting.present)
    if not any(counted.values()):
        counted = {side: seat.invited for side, seat in read(seats.of, here().id).items() if seat.invited}
    if may_change():
        return counted
    return {side: count for side, count in balance.grouped(counted).items() if count >= FEW}


def _typed(form: Mapping[str, str]) -> dict[str, int]:
    sides = ("", *read(perspectives.of, here().id))
    typed = {side: number_in(form.get(f"n-{side}", "").strip()) for side in sides}
    return {side: count for side, count in typed.items() if count}


def _size(form: Mapping[str, str]) -> int:
    return 3 if form.get("samen") == "3" else 2
