"""Cards of one's own: the shelf of a workshop, its decks, and where a new card begins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cards.card import Card, Language
from cards.writing import Draft, draft_of
from workshop.desk import saying
from workshop.desk.guard import desk, here, me, number_in
from workshop.domain import own_cards, own_decks, own_draft
from workshop.domain.own_cards import OwnCard
from workshop.domain.own_decks import COLOURS, MARKS, OwnDeck
from workshop.errors import Refused, Stale
from workshop.house import house, read, write
from workshop.own_checking import right_in

COLOUR_NAMES = {
    "blue": _l("blauw"),
    "sea": _l("zeegroen"),
    "green": _l("groen"),
    "olive": _l("olijfgroen"),
    "brown": _l("bruin"),
    "orange": _l("oranje"),
    "red": _l("rood"),
    "pink": _l("roze"),
    "purple": _l("paars"),
    "grey": _l("grijs"),
}
MARK_NAMES = {
    "triangle": _l("driehoek"),
    "circle": _l("cirkel"),
    "square": _l("vierkant"),
    "diamond": _l("ruit"),
    "bars": _l("balken"),
    "cycle": _l("kring"),
    "rings": _l("ringen"),
    "plus": _l("plus"),
    "pencil": _l("potlood"),
    "envelope": _l("envelop"),
    "hand": _l("hand"),
    "question": _l("vraagteken"),
}


@desk.get("/<workshop_id>/eigen")
def own(workshop_id: str) -> ResponseReturnValue:
    """Show the decks and cards of a workshop's own, and those put away."""
    cards = read(own_cards.of_workshop, workshop_id)
    decks = read(own_decks.of_workshop, workshop_id)
    return render_template("desk/own.html", decks=decks, cards=cards, copies_from=house().library_of(workshop_id))


@desk.route("/<workshop_id>/eigen/set", methods=["GET", "POST"])
def own_new_deck(workshop_id: str) -> ResponseReturnValue:
    """Make a deck."""
    form = _deck_form()
    if request.method != "POST":
        return render_template("desk/own_deck.html", form=form)
    try:
        write(own_decks.make, workshop_id, form["nl"], form["en"], form["mark"], form["colour"], taken_ids())
    except Refused as error:
        return render_template("desk/own_deck.html", form=form, problem=saying.refused(error)), 400
    return redirect(url_for("desk.own", workshop_id=workshop_id), 303)


@desk.route("/<workshop_id>/eigen/set/<deck_key>", methods=["GET", "POST"])
def own_deck(workshop_id: str, deck_key: str) -> ResponseReturnValue:
    """Change the name, mark and colour of a deck."""
    deck = read(own_decks.find, workshop_id, deck_key)
    if request.method != "POST":
        colour = next((name for name, shade in COLOURS.items() if shade == deck.colour), deck.colour)
        now = {"nl": deck.name_nl, "en": deck.name_en, "mark": deck.mark, "colour": colour, "version": deck.version}
        return render_template("desk/own_deck.html", form=now, deck=deck)
    form = _deck_form()
    seen = replace(deck, version=number_in(form["version"]))
    try:
        write(own_decks.change, seen, form["nl"], form["en"], form["mark"], form["colour"])
    except Refused as error:
        return render_template("desk/own_deck.html", form=form, deck=deck, problem=saying.refused(error)), 400
    except Stale as stale:
        form["version"] = str(cast(OwnDeck, stale.now).version)
        return render_template("desk/own_deck.html", form=form, deck=stale.now, changed=True), 409
    return redirect(url_for("desk.own", workshop_id=workshop_id), 303)


@desk.post("/<workshop_id>/eigen/set/<deck_key>/<any(weg, terug):turn>")
def own_deck_away(workshop_id: str, deck_key: str, turn: str) -> ResponseReturnValue:
    """Put a deck away with its cards, or bring it back."""
    deck = read(own_decks.find, workshop_id, deck_key)
    write(own_decks.put_away if turn == "weg" else own_decks.restore, deck)
    done: dict[str, Any] = {"gedaan": "set-weg", "wat": deck.id} if turn == "weg" else {}
    return redirect(url_for("desk.own", workshop_id=workshop_id, **done), 303)


@desk.post("/<workshop_id>/eigen/kaart")
def own_new_card(workshop_id: str) -> ResponseReturnValue:
    """Begin a card: empty, one to write on by hand, or from a card that is there."""
    sent = request.form.get("kaarttaal", "")
    language = cast(Language, sent if sent in ("nl", "en") else here().language)
    begin = request.form.get("van", "")
    if begin == "":
        draft = own_draft.joined(own_draft.NEW, language, {"source": _own_source()})
    elif begin == "blanco":
        draft = own_draft.joined(own_draft.BLANK_FACTS, language, own_draft.BLANK[language] | {"source": _own_source()})
    else:
        draft = _from(begin, language)
    deck = _deck_for(workshop_id, request.form.get("set", ""))
    made = write(own_cards.make, deck, draft, me().id)
    right = right_in(house(), made, made.draft, deck.deck)
    write(own_cards.save, made, made.draft, right, me().id)
    return redirect(url_for("desk.own_card", workshop_id=workshop_id, own_id=made.id, kaarttaal=language), 303)


def _deck_form() -> dict[str, Any]:
    names = {"nl": "naam", "en": "naam_en", "mark": "teken", "colour": "kleur", "version": "versie"}
    usual = {"mark": "pencil", "colour": "sea"}
    return {name: request.form.get(field, usual.get(name, "")) for name, field in names.items()}


def taken_ids() -> set[str]:
    """Return the ids of the decks that came with the product: an own deck never takes their place."""
    return {deck.id for deck in house().library.decks}


def _own_source() -> str:
    return str(_("Eigen kaart van %(workshop)s.", workshop=here().name))


def _deck_for(workshop_id: str, key: str) -> OwnDeck:
    """Return the deck somebody chose, else the first there is, else a new one: a card is never without."""
    if key:
        return read(own_decks.find, workshop_id, key)
    there = [deck for deck in read(own_decks.of_workshop, workshop_id) if not deck.away_at]
    return (
        there[0] if there else write(own_decks.make, workshop_id, "Eigen kaarten", "Our own cards", taken=taken_ids())
    )


def _from(card_id: str, language: Language) -> Draft:
    """Return a draft that says what another card says, in the languages it has, with its source named."""
    library = house().library_of(here().id)
    codes = [code for code in own_draft.LANGUAGES if code == language or request.form.get("beide")]
    found = [card for code in codes if (card := library.find(card_id, code))]
    if not found:
        abort(404)
    whole: Draft = {}
    for card in found:
        whole = own_draft.joined(whole, card.lang, draft_of(card) | {"source": _after(card)})
    own = read(own_cards.called, here().id, card_id)
    return whole | {"picture": _picture(own, found[0]), "older_readers": ""}


def _after(card: Card) -> str:
    """Return the source of a card made from another: that one stays named, with its maker and licence."""
    begin = "Naar" if card.lang == "nl" else "After"
    of = "van" if card.lang == "nl" else "from"
    maker = card.source if read(own_cards.called, here().id, card.id) else f"{of} Werkplaats."
    licence = card.licence.replace("CC-BY-", "CC BY ")
    if maker.startswith(of):
        return f"{begin} ‘{card.title}’ {maker.rstrip('.')}, {licence}."
    return f"{begin} ‘{card.title}’, {licence}. {maker}"


def _picture(own: OwnCard | None, card: Card) -> str:
    """Return the stored file of the picture on a card; one that came with the product is stored first."""
    if card.picture is None:
        return ""
    if own:
        return own.draft.get("picture", "")
    art = house().library.deck_of(card).art
    path = art / card.picture.file if art else None
    if path is None or not path.is_file():
        return ""
    file = house().keep(path.read_bytes(), path.suffix.removeprefix("."))
    write(own_cards.keep_picture, here().id, file)
    return file


@desk.context_processor
def _words() -> dict[str, Any]:
    return {"own_marks": MARKS, "mark_names": MARK_NAMES, "own_colours": COLOURS, "colour_names": COLOUR_NAMES}
