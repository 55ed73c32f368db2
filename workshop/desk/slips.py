"""Idea cards and sheets for a group: how many, with which question, how they will look, and what was printed."""

from __future__ import annotations

import io
from typing import Any

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from cards.card import Card
from print.errors import PrintError
from workshop import slip_printing, web
from workshop.apart import Overdone
from workshop.desk.guard import desk, here, me
from workshop.desk.printing import can_be_printed, shown
from workshop.desk.saying import refused
from workshop.domain import choices, perspectives, slips, trajectory
from workshop.domain.slips import Kind
from workshop.errors import Refused
from workshop.house import house, read, write

KINDS: tuple[Kind, ...] = ("a5", "a6", "large", "dots", "rings")
NO_QUESTION = "geen"
USUAL = 30
ROW = 90  # signs on a row of a dot sheet; what does not fit is refused when it is printed


@desk.get("/<workshop_id>/ideekaarten", endpoint="slips")
def slips_page(workshop_id: str) -> ResponseReturnValue:
    """Show the choices, how it will look, and every series that was made."""
    return _page()


@desk.post("/<workshop_id>/ideekaarten")
def order_slips(workshop_id: str) -> ResponseReturnValue:
    """Make numbers and order them to be printed, both or neither."""
    asked = _asked()
    try:
        wanted = slip_printing.checked(house(), here(), **_wanted(asked), count=asked["count"])
        placed = write(slip_printing.order, workshop_id, me().id, wanted, {"flip": asked["flip"]})
    except Refused as error:
        return _page(refused(error)), 400
    except PrintError as error:
        return _page(error.said(here().language)), 400
    return shown(placed)


@desk.post("/<workshop_id>/ideekaarten/<series_id>")
def print_series_again(workshop_id: str, series_id: str) -> ResponseReturnValue:
    """Print a series once more: the same numbers, for paper that got lost before it was handed out."""
    flip = "short" if request.form.get("omslaan") == "short" else "long"
    return shown(write(slip_printing.again, workshop_id, me().id, series_id, {"flip": flip}))


@desk.get("/<workshop_id>/ideekaarten/voorbeeld/<side>")
def slip_preview(workshop_id: str, side: str) -> ResponseReturnValue:
    """Return the front or back as it will print, with a number that is nobody's."""
    asked = _asked()
    wanted = _wanted(asked)
    if side not in ("voorkant", "achterkant") or (side == "achterkant" and asked["kind"] not in ("a5", "large")):
        abort(404)
    try:
        found = slip_printing.checked(house(), here(), **wanted, count=1)
        picture = slip_printing.preview(
            house(),
            here(),
            asked["kind"],
            "front" if side == "voorkant" else "back",
            asked["language"],
            found["question"],
            found["choices"],
        )
    except (Refused, PrintError, Overdone):
        abort(404)
    answer = send_file(io.BytesIO(picture), mimetype="image/png", etag=False)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _page(problem: str = "") -> str:
    return render_template(
        "desk/slips.html",
        asked=_asked(),
        problem=problem,
        series=read(slips.series_of, here().id),
        cards=_asking(),
        printable=can_be_printed(),
        host=here().host,
        most=slips.MOST,
        rows=slips.CHOICES,
        may_zone=trajectory.shows(here(), "zone"),
        sides=read(perspectives.choices, here().id, web.language()),
        all_sides=read(perspectives.names, here().id, web.language()),
    )


def _asked() -> dict[str, Any]:
    """Return what was chosen, with anything unknown replaced by the usual."""
    sent = request.values
    kind, language = sent.get("soort", ""), sent.get("taal_kaarten", "")
    count = sent.get("aantal", "").strip()
    return {
        "kind": kind if kind in KINDS else KINDS[0],
        "count": int(count) if count.isascii() and count.isdigit() and len(count) < 7 else USUAL if not count else 0,
        "question": sent.get("vraag", ""),
        "language": language if language in ("nl", "en") else here().language,
        "flip": "short" if sent.get("omslaan") == "short" else "long",
        "side": sent.get("kant", ""),
        "rows": [line.strip()[:ROW] for line in sent.get("rijen", "").splitlines() if line.strip()],
    }


def _wanted(asked: dict[str, Any]) -> dict[str, Any]:
    question = asked["question"]
    return {
        "kind": asked["kind"],
        "language": asked["language"],
        "card_id": "" if question == NO_QUESTION else question,
        "asks": question != NO_QUESTION,
        "choices": asked["rows"] if asked["kind"] == "dots" else (),
        "perspective": asked["side"] if asked["kind"] == "rings" else "",
    }


def _asking() -> list[Card]:
    """Return the cards of this workshop that ask something: the chosen ones, or all when none is chosen yet."""
    library = house().library_of(here().id)
    chosen = read(choices.of_workshop, here().id)
    asking = [card for card in library.cards(here().language) if card.share is not None]
    wanted = {*chosen, request.values.get("vraag", "")} if chosen else {card.id for card in asking}
    return [card for card in asking if card.id in wanted] or asking
