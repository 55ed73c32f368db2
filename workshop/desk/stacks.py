"""Paper that comes back: bring in a stack, watch it being read, and the report of where every page went."""

from __future__ import annotations

import errno
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from workshop import reading, web
from workshop.desk import saying
from workshop.desk.guard import desk, here, may_scan, me, number_in
from workshop.desk.zone import up_to_now
from workshop.domain import paper, perspectives, round_sheets, slips, stacks, trajectory, trays, work, zones
from workshop.domain.stacks import Page, Seen, Stack
from workshop.errors import Refused, StoreFull
from workshop.house import house, nudge, read, write
from workshop.store import Tx

MOST_SENT = reading.IN_ALL + 2 * 1024 * 1024
"""Largest request, in bytes: the largest stack and the form around it."""
ACCEPT = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.heic,.heif,.webp,application/pdf,image/*"
_STARTS = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"RIFF")


@desk.get("/<workshop_id>/papier")
def paper_page(workshop_id: str) -> ResponseReturnValue:
    """Show where to drop a stack, what is left to do, and the stacks that came in."""
    return _page()


@desk.post("/<workshop_id>/papier")
def bring(workshop_id: str) -> ResponseReturnValue:
    """Store a stack as it came and have it read; a script gets the same answer as JSON."""
    request.max_content_length = MOST_SENT
    try:
        stack = reading.bring(house(), workshop_id, me().id, "stack", [_named(one) for one in _sent()])
    except Refused as error:
        return _refused(saying.refused(error), 400)
    except RequestEntityTooLarge:
        return _refused(saying.refused(Refused("stack_large")), 413)
    except StoreFull as error:
        return _refused(saying.not_kept(error), 507)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        return _refused(saying.refused(Refused("disk_full")), 507)
    nudge()
    where = url_for("desk.stack", workshop_id=workshop_id, stack_id=stack.id)
    return jsonify(go=where) if wants_json() else redirect(where, 303)


@desk.get("/<workshop_id>/papier/<stack_id>")
def stack(workshop_id: str, stack_id: str) -> ResponseReturnValue:
    """Show how far a stack is, or the report of where every page went."""
    return render_template("desk/stack.html", **_values(read(stacks.find, workshop_id, stack_id)))


@desk.get("/<workshop_id>/papier/<stack_id>/stand")
def stack_state(workshop_id: str, stack_id: str) -> ResponseReturnValue:
    """Say how far a stack is, for the page that waits for it."""
    found = read(stacks.find, workshop_id, stack_id)
    counts = read(stacks.counts, found.id)
    waits = read(work.waits, found)
    return jsonify(state=found.state, pages=counts.pages, expected=counts.expected, waits=waits)


@desk.post("/<workshop_id>/papier/<stack_id>/opnieuw")
def stack_again(workshop_id: str, stack_id: str) -> ResponseReturnValue:
    """Try a parked stack once more; what was read stays."""
    found = read(stacks.find, workshop_id, stack_id)
    write(stacks.try_again, workshop_id, found.id)
    nudge()
    return redirect(url_for("desk.stack", workshop_id=workshop_id, stack_id=found.id), 303)


@desk.post("/<workshop_id>/papier/<stack_id>/tellen/<sighting_id>")
def stack_count(workshop_id: str, stack_id: str, sighting_id: str) -> ResponseReturnValue:
    """Keep the counts of a sheet as a person says they are."""
    found = read(stacks.find, workshop_id, stack_id)
    counts = {name[4:]: number_in(text) for name, text in request.form.items() if name.startswith("rij-")}
    lay = (request.form["bijeenkomst"], request.form.get("kant", "")) if request.form.get("bijeenkomst") else None
    write(_count, workshop_id, sighting_id, counts, me().id, lay)
    where = url_for("desk.stack", workshop_id=workshop_id, stack_id=found.id, gedaan="geteld")
    return redirect(f"{where}#blad-{sighting_id}", 303)


def done_bar() -> dict[str, Any] | None:
    """Return what was just done with a page, for the bar that offers to undo it."""
    verb, page_id = request.args.get("gedaan", ""), request.args.get("blad", "")
    said = {
        "nummer": _("De kaart is toegevoegd."),
        "klopt": _("Nagekeken."),
        "leeg": _("Nagekeken: de kaart is leeg."),
        "opzij": _("De bladzijde is weggelegd. Hij blijft bewaard."),
        "terug": _("De bladzijde wacht weer."),
        "geteld": _("De telling is bewaard."),
        "weg": _("De kaart is weer losgemaakt van dit nummer."),
    }.get(verb)
    if said is None:
        return None
    undo = "" if verb in ("terug", "geteld", "weg") or not page_id else "weg" if verb == "nummer" else "terug"
    return {"said": said, "page_id": page_id, "undo": undo, "sighting": request.args.get("gezien", "")}


def _page(problem: str = "") -> str:
    rows = read(stacks.of_workshop, here().id)
    return render_template(
        "desk/stacks.html",
        accept=ACCEPT,
        counts={one.id: read(stacks.counts, one.id) for one in rows[:20]},
        done=done_bar(),
        most=reading.IN_ALL >> 20,
        most_file=reading.MOST_BYTES >> 20,
        problem=problem,
        returned=read(trays.returned, here().id),
        rows=rows[:20],
        typed=read(paper.typing_counts, here().id),
    )


def _values(found: Stack) -> dict[str, Any]:
    pages = read(stacks.pages, found.id)
    blank = [one for one in pages if one.reason == "blank"]
    shown = [one for one in pages if one.reason != "blank"]
    return {
        "blank": blank,
        "counts": read(stacks.counts, found.id),
        "done": done_bar(),
        "files": read(stacks.files, found.id),
        "look": [one for one in shown if one.tray == "look"],
        "matched": [one for one in shown if one.tray == "matched"],
        "returned": read(trays.returned, here().id),
        "seen": [one for one in shown if one.tray == "seen"],
        "sheets": read(_sheets, pages),
        "sides": read(perspectives.choices, here().id, web.language()),
        "waits": read(work.waits, found),
        "zone_meetings": up_to_now(),
        "stack": found,
        "typed": read(paper.typing_counts, here().id),
    }


def _sheets(tx: Tx, pages: list[Page]) -> list[dict[str, Any]]:
    """Return the counted sheets with the names of their rows, as they were counted last.

    Of a round that still goes on only sheets that a person must count are `open`, and only for who counts them.
    """
    return [
        {
            "page": page,
            "seen": seen,
            "rows": trays.rows_of(tx, seen),
            "open": not round_sheets.hidden(tx, seen.slip) or (may_scan() and round_sheets.must_be_counted(seen)),
            "doubt": round_sheets.must_be_counted(seen),
            "zone": _zone(tx, seen) if set(seen.counts) == set(zones.RINGS) else None,
        }
        for page in pages
        for seen in trays.sheets(page)
    ]


def _zone(tx: Tx, seen: Seen) -> dict[str, str] | None:
    """Return of which meeting and side the buttons on a ring sheet are, as it was said or as it was printed."""
    if not trajectory.shows(here(), "zone"):
        return None
    kept = zones.of_slip(tx, here().id, seen.slip)
    if kept:
        return {"meeting": kept.meeting_id, "side": kept.perspective}
    slip = slips.by_number(tx, seen.slip)
    return {"meeting": "", "side": slips.find(tx, here().id, slip.series_id).perspective if slip else ""}


def _count(
    tx: Tx, workshop_id: str, sighting_id: str, counts: dict[str, int], who: str, where: tuple[str, str] | None
) -> None:
    """Keep the counts; those of a ring sheet also for the learning zone, of the meeting and side `where`."""
    seen = stacks.sighting(tx, workshop_id, sighting_id)
    trays.count(tx, stacks.page(tx, workshop_id, seen.page_id), who, sighting_id, counts)
    if set(seen.counts) == set(zones.RINGS):
        checked = {ring: counts.get(ring, was) for ring, was in seen.counts.items()}
        zones.from_sheet(tx, workshop_id, seen.slip, checked, who, where)


def _sent() -> list[FileStorage]:
    """Return the files that were sent. Raises `Refused`: 'no_pages', 'stack_type' when not one of them is paper."""
    sent = [one for one in request.files.getlist("bestanden") if one.filename]
    if sent and not any(_is_paper(one) for one in sent):
        raise Refused("stack_type", name=(sent[0].filename or "")[:80])
    return sent


def _is_paper(sent: FileStorage) -> bool:
    """Say whether a file starts as a PDF or a picture does; the reader looks at all of it later."""
    head = sent.stream.read(1024)
    sent.stream.seek(0)
    return b"%PDF-" in head or head.startswith(_STARTS) or head[4:8] == b"ftyp"


def _named(sent: FileStorage) -> tuple[str, Any]:
    """Return the name of a file without folders, and its bytes as a stream."""
    name = (sent.filename or "").replace("\\", "/").rpartition("/")[2]
    return name, sent.stream


def _refused(problem: str, code: int) -> ResponseReturnValue:
    return (jsonify(problem=problem) if wants_json() else _page(problem)), code


def wants_json() -> bool:
    """Say whether a script asks."""
    return request.headers.get("Accept") == "application/json"
