"""The learning zone: how the buttons of the group lay, what changed, and counting them by hand. Never of one person."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from print import ring_drawing
from print.ring_drawing import RINGS, Button
from workshop import clock, ids, web
from workshop.desk import saying
from workshop.desk.guard import desk, here, me, number_in
from workshop.desk.printing import can_be_printed, place
from workshop.domain import meetings, perspectives, small_groups, zones
from workshop.domain.meetings import Meeting
from workshop.domain.zones import Zone
from workshop.errors import Refused
from workshop.house import read, write


@dataclass(frozen=True)
class Drawn:
    """Rings with buttons, in a field of 200 by 200 with the middle in the middle: all that a template draws."""

    rings: tuple[float, ...]
    size: float
    buttons: tuple[Button, ...]


@desk.get("/<workshop_id>/leerzone", endpoint="zone")
def zone_page(workshop_id: str) -> ResponseReturnValue:
    """Show how the buttons lay, what changed, and where to count by hand."""
    return _page()


@desk.post("/<workshop_id>/leerzone")
def zone_count(workshop_id: str) -> ResponseReturnValue:
    """Keep what somebody counted by hand; sent twice it is kept once."""
    form = request.form
    counts = [form.get(name, "").strip() or "0" for name in ("vertrouwd", "nieuw", "te-veel")]
    try:
        if not all(count.isdecimal() for count in counts):
            raise Refused("count_odd", most=str(zones.MOST))
        counted = Zone(*map(_number, counts))
        where = form.get("bijeenkomst", ""), form.get("perspectief", "")
        key = write(zones.add, workshop_id, *where, counted, me().id, form.get("sleutel", "")[:60])
    except Refused as error:
        return _page(saying.refused(error)), 400
    return redirect(url_for("desk.zone", workshop_id=workshop_id, gedaan="geteld", telling=key), 303)


@desk.post("/<workshop_id>/leerzone/<zone_id>/<any(weg, terug):turn>")
def zone_do(workshop_id: str, zone_id: str, turn: str) -> ResponseReturnValue:
    """Take a counting away, or put it back."""
    write(zones.remove if turn == "weg" else zones.bring_back, workshop_id, zone_id)
    return redirect(url_for("desk.zone", workshop_id=workshop_id, gedaan=turn, telling=zone_id), 303)


@desk.post("/<workshop_id>/leerzone/printen")
def zone_print(workshop_id: str) -> ResponseReturnValue:
    """Order the learning zone of the group on one A4."""
    if not read(zones.seen, workshop_id):
        return _page(saying.refused(Refused("no_zone"))), 400
    language = "en" if request.form.get("taal_kaarten") == "en" else "nl"
    return place({"document": "zone", "language": language})


def drawn(found: Zone) -> Drawn:
    """Return rings with buttons to draw."""
    counts = (found.known, found.learning, found.too_much)
    return Drawn(tuple(reversed(RINGS)), ring_drawing.radius(counts), tuple(ring_drawing.buttons(counts)))


def up_to_now() -> list[Meeting]:
    """Return the meetings in which buttons can have been laid, the last one first; the first one when none was yet."""
    there, today = read(meetings.of_workshop, here().id), clock.today().isoformat()
    return [one for one in reversed(there) if one.date <= today] or there[:1]


def changed(both: tuple[Zone, Zone] | None) -> str:
    """Return in one sentence how the buttons lay first and now; '' when there is nothing to compare."""
    if both is None:
        return ""
    first, last = both
    values = {"total": first.total, "last_total": last.total}
    if first.too_much or last.too_much:
        return str(
            _(
                "Bij “te veel” lagen eerst %(first)s van de %(total)s knopen, nu %(last)s van de %(last_total)s.",
                first=first.too_much,
                last=last.too_much,
                **values,
            )
        )
    return str(
        _(
            "Bij “vertrouwd” lagen eerst %(first)s van de %(total)s knopen, nu %(last)s van de %(last_total)s.",
            first=first.known,
            last=last.known,
            **values,
        )
    )


def _number(text: str) -> int:
    return number_in(text) if len(text) < 6 else zones.MOST + 1


def _page(problem: str = "") -> str:
    shown, rows = read(zones.seen, here().id), read(zones.trend, here().id)
    sides = read(perspectives.names, here().id, web.language())
    there = {side for _meeting, side, _zone in rows}
    named = {side: name for side, name in sides.items() if side in there}
    planned = {one.id: one for one in read(meetings.of_workshop, here().id)}
    return render_template(
        "desk/zone.html",
        changed=changed(zones.compared(rows)),
        changed_sides=[
            (sides.get(side, side), said) for side in named if (said := changed(zones.compared(rows, side)))
        ],
        choices=read(perspectives.choices, here().id, web.language(), request.form.get("perspectief", "")),
        counts=read(zones.of_workshop, here().id),
        drawn=drawn,
        few=small_groups.FEW,
        form=request.form,
        key=ids.token(),
        meetings=up_to_now(),
        planned=planned,
        printable=can_be_printed(),
        problem=problem,
        shown=list(reversed(shown)),
        sides=sides,
    )
