"""Printing: what to print and how, the orders, and the finished file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cards.card import Card, Language
from print.errors import PrintError
from print.imprint import Imprint, check_address
from workshop import clock, giving
from workshop.desk.guard import desk, here, may_change, me
from workshop.domain import choices, doors, meetings, orders, work
from workshop.house import house, nudge, read, write
from workshop.wall_printing import AUDIENCES, FORMATS

DOCUMENTS = ("cards", "poster", "tents", "test", "wall", "report")
CARD_FORMATS = ("auto", "a5", "a6", "large", "fold", "single")
POSTER_FORMATS = ("a3", "2xa4")
FLIPS = ("long", "short")
KINDS = {"pdf": "application/pdf", "zip": "application/zip"}


@desk.get("/<workshop_id>/printen")
def printing(workshop_id: str) -> ResponseReturnValue:
    """Show what is chosen, what can be printed, and the last orders."""
    return _page(problem="")


@desk.post("/<workshop_id>/printen")
def order(workshop_id: str) -> ResponseReturnValue:
    """Order a print; the work is done in the background."""
    what = _asked()
    problem = _hindrance(what)
    if problem:
        return _page(problem=problem), 400
    return place(what)


def place(what: dict[str, Any]) -> ResponseReturnValue:
    """Order something to be printed in this workshop, and show how far it is."""
    return shown(write(orders.order, here().id, me().id, what))


def shown(placed: orders.Order) -> ResponseReturnValue:
    """Have an order printed soon, and show how far it is."""
    nudge()
    return redirect(url_for("desk.order_page", workshop_id=here().id, order_id=placed.id), 303)


@desk.get("/<workshop_id>/printen/<order_id>")
def order_page(workshop_id: str, order_id: str) -> ResponseReturnValue:
    """Show how far an order is."""
    found = read(orders.find, workshop_id, order_id)
    return render_template("desk/order.html", order=found, waits=read(work.waits, found))


@desk.get("/<workshop_id>/printen/<order_id>/stand")
def order_state(workshop_id: str, order_id: str) -> ResponseReturnValue:
    """Say how far an order is, for the page that waits for it."""
    found = read(orders.find, workshop_id, order_id)
    return jsonify(state=found.state, done=found.done, total=found.total, waits=read(work.waits, found))


@desk.post("/<workshop_id>/printen/<order_id>/opnieuw")
def order_again(workshop_id: str, order_id: str) -> ResponseReturnValue:
    """Try a failed order once more."""
    found = read(orders.find, workshop_id, order_id)
    write(orders.try_again, workshop_id, found.id)
    nudge()
    return redirect(url_for("desk.order_page", workshop_id=workshop_id, order_id=found.id), 303)


@desk.get("/<workshop_id>/printen/<order_id>/bestand")
def order_file(workshop_id: str, order_id: str) -> ResponseReturnValue:
    """Return the finished file to save or print: for who prints, since it holds keys, words and stubs."""
    if not may_change():
        abort(403, _("Je kijkt mee in deze werkplaats. Alleen een begeleider kan de prints openen."))
    found = read(orders.find, workshop_id, order_id)
    if found.file is None:
        abort(404)
    answer = giving.given(found.file, KINDS[found.file.rpartition(".")[2]])
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def held() -> list[meetings.Meeting]:
    """Return the meetings that there can be a report of, the last one first."""
    today = clock.today().isoformat()
    return [one for one in reversed(read(meetings.of_workshop, here().id)) if one.date <= today]


def can_be_printed() -> bool:
    """Say whether the workshop's address may stand on paper."""
    return can_stand_on_paper(here().address, rehearsal=here().rehearsal)


def can_stand_on_paper(address: str, *, rehearsal: bool) -> bool:
    """Say whether people at home can reach this address, or it is a rehearsal."""
    try:
        check_address(Imprint(site=urlsplit(address).netloc, base=address, rehearsal=rehearsal))
    except PrintError:
        return False
    return True


def _page(problem: str) -> str:
    chosen = read(choices.of_workshop, here().id)
    return render_template(
        "desk/printing.html",
        asked=_asked() if request.method == "POST" else _default(),
        problem=problem,
        chosen=chosen,
        cards=_chosen_cards(chosen, here().language),
        library=house().library_of(here().id),
        doors=read(doors.of_workshop, here().id),
        orders=read(orders.of_workshop, here().id),
        held=held(),
        printable=can_be_printed(),
        host=here().host,
    )


def _default() -> dict[str, Any]:
    wanted = request.args.get("wat", "cards")
    document = wanted if wanted in DOCUMENTS else "cards"
    size = FORMATS[0] if document == "wall" else CARD_FORMATS[0]
    return {"document": document, "format": size, "flip": "long", "language": here().language, "audience": "group"}


def _asked() -> dict[str, Any]:
    """Return the order as sent, with anything unknown replaced by the usual."""
    document = _one_of("wat", DOCUMENTS)
    asked: dict[str, Any] = {
        "document": document,
        "flip": _one_of("omslaan", FLIPS),
        "language": _one_of("taal_kaarten", ("nl", "en")),
    }
    if document == "cards":
        asked |= {"format": _one_of("vorm", CARD_FORMATS), "cards": []}
        asked |= {"back_shift": [_mm("rechts"), _mm("omlaag")], "covers": "omslagen" in request.form}
    if document == "poster":
        asked |= {"format": _one_of("poster", POSTER_FORMATS)}
    if document == "wall":
        asked |= {"format": _one_of("krant", FORMATS), "audience": _one_of("voor", AUDIENCES)}
    if document == "report":
        asked |= {"meeting": _one_of("bijeenkomst", tuple(one.id for one in held()) or ("",))}
    return asked


def _mm(name: str) -> float:
    """Return a number of mm as typed, with comma or point; what is no number between -10 and 10 is 0."""
    try:
        typed = float(request.form.get(name, "").replace(",", ".") or 0)
    except ValueError:
        return 0.0
    return typed if -10 <= typed <= 10 else 0.0


def _one_of(name: str, known: tuple[str, ...]) -> str:
    sent = request.form.get(name, "")
    return sent if sent in known else known[0]


def _hindrance(what: dict[str, Any]) -> str:
    """Return why this order cannot be printed, or ''."""
    if what["document"] != "test" and not can_be_printed():
        return str(_("Eerst moet het webadres kloppen. Zie het gele blok hierboven."))
    if what["document"] == "report" and not what["meeting"]:
        return str(_("Er was nog geen bijeenkomst. Na de eerste kun je een verslag printen."))
    if what["document"] == "cards":
        cards = _chosen_cards(read(choices.of_workshop, here().id), what["language"])
        if not cards:
            return str(_("Er zijn nog geen kaarten gekozen in deze taal. Kies eerst een paar kaarten."))
        large = [card.title for card in cards if card.size == "A5"]
        if what["format"] == "a6" and large:
            return str(_("Te groot voor A6: %(titles)s. Kies “Past vanzelf”.", titles=", ".join(large)))
    return ""


def _chosen_cards(chosen: dict[str, int], language: Language) -> list[Card]:
    return [card for card in house().library_of(here().id).cards(language) if card.id in chosen]
