"""Who sits at the table: seats that are wanted and invited, who came, and perspectives of the workshop's own."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop import web
from workshop.desk import saying
from workshop.desk.guard import desk, here, number_in
from workshop.domain import perspectives, seats, small_groups
from workshop.domain.small_groups import FEW
from workshop.errors import Refused
from workshop.house import read, write
from workshop.store import Tx

Pair = tuple[int, int]


@desk.get("/<workshop_id>/perspectieven")
def perspectives_page(workshop_id: str) -> ResponseReturnValue:
    """Show every seat, what is missing in words, and the perspectives of the workshop's own."""
    return _page()


@desk.post("/<workshop_id>/perspectieven/stoelen")
def seats_keep(workshop_id: str) -> ResponseReturnValue:
    """Keep the seats somebody changed; those that another changed in between are shown, not overwritten."""
    sides = read(perspectives.of, workshop_id)
    sent = {side: (_pair("was", side), _pair("nu", side)) for side in sides if f"nu-wens-{side}" in request.form}
    both = write(_keep, workshop_id, sent)
    if both:
        return _page(both={side: sent[side][1] for side in both}), 409
    return _back("stoelen")


@desk.post("/<workshop_id>/perspectieven")
def perspectives_add(workshop_id: str) -> ResponseReturnValue:
    """Add a perspective of the workshop's own; the same name again is the same one."""
    try:
        write(perspectives.add, workshop_id, request.form.get("naam", ""))
    except Refused as error:
        return _page(problem=saying.refused(error), typed=request.form.get("naam", "")), 400
    return _back("erbij")


@desk.post("/<workshop_id>/perspectieven/<side>/<any(weg, terug):turn>")
def perspectives_do(workshop_id: str, side: str, turn: str) -> ResponseReturnValue:
    """Remove a perspective of the workshop's own, or bring it back."""
    write(perspectives.remove if turn == "weg" else perspectives.bring_back, workshop_id, side)
    there = url_for("desk.perspectives_page", workshop_id=workshop_id, gedaan=turn, kant=side)
    return redirect(there + "#eigen", 303)


def few(count: int, *, exact: bool = True) -> str:
    """Return how many people in words: none, fewer than five, or so many; not `exact`: five or more."""
    if not count:
        return str(_("niemand"))
    if count < FEW:
        return str(_("wel, minder dan vijf"))
    if not exact:
        return str(_("vijf of meer"))
    return str(ngettext("%(num)s mens", "%(num)s mensen", count))


def _page(problem: str = "", typed: str = "", both: dict[str, Pair] | None = None) -> str:
    found = read(seats.of, here().id)
    counted = read(seats.counted_meetings, here().id)[-2:]
    return render_template(
        "desk/perspectives.html",
        seats=found,
        names=read(perspectives.names, here().id, web.language()),
        own=read(perspectives.own_ones, here().id),
        uninvited=[side for side, seat in found.items() if seat.wanted and not seat.invited and seat.present is None],
        absent=[side for side, seat in found.items() if seat.wanted and seat.present == 0],
        alone={one.id: small_groups.alone(one.present) for one in counted},
        last=counted[-1] if counted else None,
        before=counted[0] if len(counted) > 1 else None,
        both=both or {},
        few=few,
        problem=problem,
        typed=typed,
    )


def _pair(when: str, side: str) -> Pair:
    wanted, invited = (number_in(request.form.get(f"{when}-{what}-{side}", "").strip()) for what in ("wens", "vraag"))
    return min(wanted, seats.MOST), min(invited, seats.MOST)


def _keep(tx: Tx, workshop_id: str, sent: dict[str, tuple[Pair, Pair]]) -> list[str]:
    """Keep what was changed on the form; return the sides that another changed to something else."""
    there = {side: (seat.wanted, seat.invited) for side, seat in seats.of(tx, workshop_id).items()}
    changed = {side: now for side, (was, now) in sent.items() if now not in (was, there[side])}
    both = [side for side in changed if there[side] != sent[side][0]]
    seats.note(tx, workshop_id, {side: now for side, now in changed.items() if side not in both})
    return both


def _back(done: str) -> ResponseReturnValue:
    return redirect(url_for("desk.perspectives_page", workshop_id=here().id, gedaan=done), 303)
