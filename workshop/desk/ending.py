"""Ending a workshop: what goes and what stays, everything in one zip, and then names erased for good."""

from __future__ import annotations

from typing import cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cards.card import Language
from workshop import web
from workshop.desk import printing, saying
from workshop.desk.guard import desk, here, may_change, me
from workshop.domain import endings, orders
from workshop.ending_printing import DOCUMENT, going, staying, told
from workshop.errors import Refused
from workshop.house import read, write

_WRONG = {"ending_name": "naam", "ending_fetched": "opgehaald"}


@desk.get("/<workshop_id>/afronden")
def ending(workshop_id: str) -> ResponseReturnValue:
    """Show what will go and what will stay; or what went and what stayed."""
    return _page()


@desk.post("/<workshop_id>/afronden/meenemen")
def ending_export(workshop_id: str) -> ResponseReturnValue:
    """Order everything in one zip; the work is done in the background."""
    try:
        order_id = write(endings.order_export, workshop_id, me().id)
    except Refused as refused:
        return _page(saying.refused(refused)), 400
    return printing.shown(read(orders.find, workshop_id, order_id))


@desk.post("/<workshop_id>/afronden/wissen")
def ending_erase(workshop_id: str) -> ResponseReturnValue:
    """Have all names erased, when the name of the workshop was typed over; the work is done in the background."""
    keep = request.form.get("namen") == "blijven"
    try:
        if "opgehaald" not in request.form:
            raise Refused("ending_fetched")
        write(endings.ask, here(), me().id, request.form.get("naam", ""), keep_named=keep)
    except Refused as refused:
        return _page(saying.refused(refused), _WRONG.get(refused.code, "")), 400
    return redirect(url_for("desk.ending", workshop_id=workshop_id), 303)


@desk.post("/<workshop_id>/afronden/printen")
def print_ending(workshop_id: str) -> ResponseReturnValue:
    """Print what goes and what stays, or went and stayed, on one A4."""
    return printing.place({"document": DOCUMENT, "language": here().language})


def _page(problem: str = "", wrong: str = "") -> str:
    language = cast(Language, web.language())
    ended = read(endings.of, here().id)
    counted = ended.told or read(endings.counts, here().id)
    keep = ended.keep_named
    return render_template(
        "desk/ending.html",
        ended=ended,
        counted=counted,
        going=going(counted, language, keep_named=keep),
        staying=staying(counted, language, keep_named=keep),
        report=read(told, here(), language),
        mentions=read(endings.mentions, here().id) if may_change() and not ended.asked_at else [],
        order=read(orders.find, here().id, ended.order_id) if ended.order_id else None,
        printable=printing.can_be_printed(),
        problem=problem,
        wrong=wrong,
    )
