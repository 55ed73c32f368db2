"""Own cards out and somebody else's in, as files: first a list of what is wrong, then a button to take in the rest."""

from __future__ import annotations

import json
from typing import cast

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cards.card import Language
from cards.finding import Finding, Refusal
from cards.parcel import read as opened
from workshop import own_sharing
from workshop.desk import own_form
from workshop.desk.guard import desk, here, me
from workshop.desk.own import taken_ids
from workshop.domain import own_cards, own_decks, own_parcels
from workshop.house import house, read, write

NEW_DECK = "nieuw"


@desk.get("/<workshop_id>/eigen/kaart/<own_id>.md")
def own_card_file(workshop_id: str, own_id: str) -> ResponseReturnValue:
    """Return the text of a card in use as a file to share."""
    card = read(own_cards.find, workshop_id, own_id)
    asked = request.args.get("kaarttaal", "")
    language = cast(Language, asked if asked in card.texts else next(iter(card.texts), "nl"))
    found = card.card(language)
    if found is None:
        abort(404)
    return _given(
        own_cards.file_text(found).encode(), "text/markdown; charset=utf-8", f"{_last(card.card_id)}.{language}.md"
    )


@desk.get("/<workshop_id>/eigen/set/<deck_key>.zip")
def own_deck_zip(workshop_id: str, deck_key: str) -> ResponseReturnValue:
    """Return a deck as a zip to share: its texts in use and its pictures."""
    deck = read(own_decks.find, workshop_id, deck_key)
    cards = [card for card in read(own_cards.of_workshop, workshop_id) if card.own_deck_id == deck.id and not card.away]
    return _given(own_sharing.pack(house(), deck, cards), "application/zip", f"{deck.deck_id}.zip")


@desk.route("/<workshop_id>/eigen/inlezen", methods=["GET", "POST"])
def own_take_in(workshop_id: str) -> ResponseReturnValue:
    """Look at somebody else's cards; nothing is taken in yet."""
    upload = request.files.get("bestand")
    if request.method != "POST":
        return render_template("desk/own_take_in.html")
    data = upload.stream.read(own_sharing.MOST_UPLOAD + 1) if upload and upload.filename else b""
    if not data or upload is None:
        return render_template("desk/own_take_in.html", problem="empty"), 400
    if len(data) > own_sharing.MOST_UPLOAD:
        return render_template("desk/own_take_in.html", problem="large"), 400
    try:
        looked = own_sharing.look(house(), data, upload.filename or "")
    except Refusal as error:
        said = own_form.sentence(error.what, error.cure)
        return render_template("desk/own_take_in.html", problem="refused", said=said, name=upload.filename), 400
    kept = ""
    if looked.right.cards:
        file = house().files.keep(own_sharing.packed(looked.right), "zip")
        kept = write(own_parcels.keep, workshop_id, me().id, file)
    return render_template(
        "desk/own_take_in.html",
        name=upload.filename,
        looked=looked,
        wrong=[_told(one) for one in looked.wrong],
        advice=[_told(one) for one in looked.advice],
        kept=kept,
        single=looked.right.deck is None,
        decks=[deck for deck in read(own_decks.of_workshop, workshop_id) if not deck.away_at],
    ), (200 if kept else 400)


@desk.post("/<workshop_id>/eigen/inlezen/<parcel_id>")
def own_taken_in(workshop_id: str, parcel_id: str) -> ResponseReturnValue:
    """Take in what was looked at and found right."""
    file = read(own_parcels.file_of, workshop_id, parcel_id)
    found = house().photos.run(opened, house().files.read(file), "")
    into = request.form.get("set", NEW_DECK)
    deck = own_sharing.take_in(house(), here().id, me().id, found, "" if into == NEW_DECK else into, taken_ids())
    write(own_parcels.taken, parcel_id)
    return redirect(url_for("desk.own", workshop_id=workshop_id, _anchor=f"set-{deck.id}"), 303)


def _told(found: Finding) -> dict[str, str]:
    return {"where": f"{found.path}:{found.line}", "said": own_form.sentence(found.what, found.cure)}


def _last(card_id: str) -> str:
    return card_id.partition("/")[2]


def _given(data: bytes, kind: str, name: str) -> Response:
    answer = make_response(data)
    answer.content_type = kind
    answer.headers["Content-Disposition"] = f"attachment; filename={json.dumps(name)}"
    return answer
