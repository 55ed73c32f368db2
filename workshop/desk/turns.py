"""Counting speaking turns in a meeting with large buttons, and typing totals that were tallied on paper."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop import web
from workshop.desk.guard import desk, here, number_in
from workshop.domain import meetings, perspectives, seats, turns
from workshop.domain.meetings import Meeting
from workshop.house import read, write
from workshop.store import Tx


@desk.get("/<workshop_id>/bijeenkomsten/<meeting_id>/beurten", endpoint="turns")
def turns_page(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Show a large button for each side: one tap is one turn."""
    return _page(read(meetings.find, workshop_id, meeting_id))


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>/beurten")
def turn_tap(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Count one turn, or take the last one back."""
    undone, side = request.form.get("eraf"), request.form.get("kant", "")
    write(_tap, workshop_id, meeting_id, side if undone is None else undone, undone is not None)
    there = url_for(
        "desk.turns", workshop_id=workshop_id, meeting_id=meeting_id, laatst=side if undone is None else None
    )
    return redirect(f"{there}#kant-{side if undone is None else undone}", 303)


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>/beurten/totaal")
def turns_keep(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Keep totals that were tallied on paper; those that were tapped on in between are shown, not overwritten."""
    sides = ("", *read(perspectives.of, workshop_id, ever=True))
    sent = {side: (_count(f"was-{side}"), _count(f"nu-{side}")) for side in sides if f"nu-{side}" in request.form}
    both = write(_keep, workshop_id, meeting_id, sent)
    if both:
        return _page(read(meetings.find, workshop_id, meeting_id), {side: sent[side][1] for side in both}), 409
    return redirect(url_for("desk.turns", workshop_id=workshop_id, meeting_id=meeting_id, gedaan="bewaard"), 303)


def _page(meeting: Meeting, both: dict[str, int] | None = None) -> str:
    names = read(perspectives.names, here().id, web.language())
    counted = read(turns.of, meeting.id)
    open_now, expected = read(perspectives.of, here().id), read(seats.expected, here().id)
    first = [side for side in names if meeting.present.get(side) or side in expected or side in counted]
    return render_template(
        "desk/turns.html",
        meeting=meeting,
        names=names,
        counted=counted,
        first=first,
        more=[side for side in open_now if side not in first],
        last=request.args.get("laatst"),
        both=both or {},
    )


def _tap(tx: Tx, workshop_id: str, meeting_id: str, side: str, undo: bool) -> None:
    (turns.undo_tap if undo else turns.tap)(tx, meetings.find(tx, workshop_id, meeting_id), side)


def _keep(tx: Tx, workshop_id: str, meeting_id: str, sent: dict[str, tuple[int, int]]) -> list[str]:
    """Keep what was changed on the form; return the sides that changed to something else meanwhile."""
    found, there = meetings.find(tx, workshop_id, meeting_id), turns.of(tx, meeting_id)
    changed = {side: now for side, (was, now) in sent.items() if now not in (was, there.get(side, 0))}
    both = [side for side in changed if there.get(side, 0) != sent[side][0]]
    turns.note(tx, found, {side: now for side, now in changed.items() if side not in both})
    return both


def _count(name: str) -> int:
    return min(number_in(request.form.get(name, "").strip()), turns.MOST)
