"""Writing a card of one's own: the form, what the rules say of it, how it will print, and every earlier version."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from flask import Response, abort, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cards.card import Face, Language
from cards.writing import Draft
from print.errors import DoesNotFit, PrintError
from workshop.apart import Overdone
from workshop.desk import own_form, saying
from workshop.desk.guard import desk, here, me, number_in
from workshop.desk.printing import can_be_printed
from workshop.domain import choices, doors, own_cards, own_decks, own_draft, printed
from workshop.domain.own_cards import OwnCard, Verb
from workshop.errors import Refused, Stale
from workshop.house import house, read, write
from workshop.own_checking import Checked, check, preview, right_in
from workshop.own_pictures import kept
from workshop.pictures import MOST_BYTES
from workshop.slip_printing import imprint_of

ATTEMPTS = 5


@desk.get("/<workshop_id>/eigen/kaart/<own_id>")
def own_card(workshop_id: str, own_id: str) -> ResponseReturnValue:
    """Show the form of a card, with what the rules say and how it will print."""
    card = read(own_cards.find, workshop_id, own_id)
    return _page(card, card.draft, _language(card))


@desk.post("/<workshop_id>/eigen/kaart/<own_id>")
def own_save(workshop_id: str, own_id: str) -> ResponseReturnValue:
    """Save what was typed, right or wrong; a picture may come along. Two people’s changes are laid together."""
    card, language = _sent_to(workshop_id, own_id)
    saw, mine = _mine(card, language)
    problem = ""
    try:
        mine = _with_picture(mine, language)
    except Refused as error:
        problem = saying.refused(error) if not error.values.get("what") else _drawing_said(error)
    whole, both = own_draft.merged(saw, mine, card.draft)
    if both:
        return _page(card, whole, language, both=both, problem=problem), 409
    now = _save(card, saw, mine)
    if problem:
        return _page(now, now.draft, language, problem=problem), 400
    done = "bewaard" if now.version != card.version else "hetzelfde"
    return redirect(_address(now, language, gedaan=done), 303)


@desk.post("/<workshop_id>/eigen/kaart/<own_id>/kijk")
def own_check(workshop_id: str, own_id: str) -> ResponseReturnValue:
    """Say what the rules say of what is typed now, without saving it."""
    card, language = _sent_to(workshop_id, own_id)
    whole = _mine(card, language)[1]
    found = check(house(), card, whole, language, _deck(card).deck)
    names = [
        field.name for _title, fields in own_form.groups(own_draft.one(whole, language), language) for field in fields
    ]
    remarks = own_form.by_field(found.remarks, [*names, "alt"])
    return jsonify(remarks=remarks, rooms=own_form.rooms(found), right=found.right)


@desk.get("/<workshop_id>/eigen/kaart/<own_id>/<any(voorkant, achterkant):face>.png")
def own_preview(workshop_id: str, own_id: str, face: str) -> ResponseReturnValue:
    """Return one face of the saved draft as it would print."""
    card = read(own_cards.find, workshop_id, own_id)
    version = read(own_cards.at_version, card, number_in(request.args.get("versie", "")))
    return _drawn(card, version.draft if version else card.draft, _language(card), face)


@desk.post("/<workshop_id>/eigen/kaart/<own_id>/<any(voorkant, achterkant):face>.png")
def own_preview_typed(workshop_id: str, own_id: str, face: str) -> ResponseReturnValue:
    """Return one face of what is typed now as it would print, without saving it."""
    card, language = _sent_to(workshop_id, own_id)
    return _drawn(card, _mine(card, language)[1], language, face)


@desk.get("/<workshop_id>/eigen/kaart/<own_id>/eerder")
def own_history(workshop_id: str, own_id: str) -> ResponseReturnValue:
    """Show every version that was saved, and one of them in full."""
    card = read(own_cards.find, workshop_id, own_id)
    saved = read(own_cards.history, card)
    wanted = number_in(request.args.get("versie", ""))
    looked = next((one for one in saved if one.version == wanted), None)
    language = _language(card)
    draft = own_draft.one(looked.draft, language) if looked else {}
    fields = [field for _title, group in own_form.groups(draft, language) for field in group] if looked else []
    values = {"saved": saved, "looked": looked, "fields": fields, "draft": draft, "language_of_card": language}
    return render_template("desk/own_history.html", card=card, **values)


@desk.post("/<workshop_id>/eigen/kaart/<own_id>/eerder")
def own_go_back(workshop_id: str, own_id: str) -> ResponseReturnValue:
    """Go back to an earlier version; the one of now stays in the list as well."""
    card = read(own_cards.find, workshop_id, own_id)
    older = read(own_cards.at_version, card, number_in(request.form.get("versie", "")))
    if older is None:
        abort(400, _("Deze versie is er niet. Er is niets veranderd."))
    now = _save(card, card.draft, older.draft, "back", whole=True)
    return redirect(_address(now, _language(now), gedaan="terug"), 303)


@desk.post("/<workshop_id>/eigen/kaart/<own_id>/taal")
def own_language(workshop_id: str, own_id: str) -> ResponseReturnValue:
    """Begin the card in its other language, with nothing in it yet."""
    card = read(own_cards.find, workshop_id, own_id)
    language: Language = "en" if own_draft.languages(card.draft) == ("nl",) else "nl"
    now = _save(card, card.draft, own_draft.joined(card.draft, language, {}), "language")
    return redirect(_address(now, language), 303)


@desk.post("/<workshop_id>/eigen/kaart/<own_id>/<any(weg, terug):turn>")
def own_away(workshop_id: str, own_id: str, turn: str) -> ResponseReturnValue:
    """Put a card away, or bring it back."""
    card = read(own_cards.find, workshop_id, own_id)
    write(own_cards.put_away if turn == "weg" else own_cards.restore, card)
    done: dict[str, Any] = {"gedaan": "kaart-weg", "wat": card.id} if turn == "weg" else {}
    return redirect(url_for("desk.own", workshop_id=workshop_id, **done), 303)


def _page(card: OwnCard, whole: Draft, language: Language, both: list[str] | None = None, problem: str = "") -> str:
    """Return the form with this draft in it; `both` are fields that somebody else changed as well."""
    draft = own_draft.one(whole, language)
    deck = _deck(card)
    checked = check(house(), card, whole, language, deck.deck)
    groups = own_form.groups(draft, language)
    names = [field.name for _title, fields in groups for field in fields]
    prefix = f"{language}."
    return render_template(
        "desk/own_card.html",
        card=card,
        deck=deck,
        draft=own_form.shown(draft),
        groups=groups,
        remarks=own_form.by_field(checked.remarks, [*names, "alt"]),
        rooms=own_form.rooms(checked),
        checked=checked,
        undrawn=_undrawn(checked),
        right=checked.right,
        language_of_card=language,
        written_in=own_draft.languages(whole),
        both={field.removeprefix(prefix): card.draft.get(field, "") for field in both or ()},
        problem=problem,
        door=read(doors.of_workshop, card.workshop_id).get(card.card_id),
        chosen=card.card_id in read(choices.of_workshop, card.workshop_id),
        on_paper=_on_paper(card),
    )


def _undrawn(checked: Checked) -> set[str]:
    """Return the faces that cannot be shown as they would print."""
    if not checked.drawable:
        return {"voorkant", "achterkant"}
    return {"voorkant" if one.face == "front" else "achterkant" for one in checked.misfits if one.size != "a4"}


def _on_paper(card: OwnCard) -> int:
    """Return the last version of this card that was printed; 0 when none was."""
    door = read(doors.of_workshop, card.workshop_id).get(card.card_id)
    return max((one.version for one in read(printed.of_door, door.id)), default=0) if door else 0


def _sent_to(workshop_id: str, own_id: str) -> tuple[OwnCard, Language]:
    card = read(own_cards.find, workshop_id, own_id)
    return card, _language(card)


def _mine(card: OwnCard, language: Language) -> tuple[Draft, Draft]:
    """Return the draft that the form saw, and the one with what was typed in it."""
    saw = read(own_cards.at_version, card, number_in(request.form.get("versie", "")))
    base = saw.draft if saw else card.draft
    return base, own_draft.joined(base, language, own_form.typed(request.form, bool(base.get("picture"))))


def _save(card: OwnCard, saw: Draft, mine: Draft, verb: Verb = "saved", whole: bool = False) -> OwnCard:
    """Save what this person changed on top of whatever is there now."""
    for _attempt in range(ATTEMPTS):
        draft = mine if whole else own_draft.merged(saw, mine, card.draft)[0]
        right = right_in(house(), card, draft, _deck(card).deck)
        try:
            return write(own_cards.save, card, draft, right, me().id, verb)
        except Stale as stale:
            card = cast(OwnCard, stale.now)
    abort(503)


def _drawn(card: OwnCard, whole: Draft, language: Language, face: str) -> Response:
    side: Face = "front" if face == "voorkant" else "back"
    try:
        imprint = imprint_of(here())
        imprint = imprint if can_be_printed() else replace(imprint, base="")
        picture = preview(house(), card, whole, language, _deck(card).deck, side, imprint)
    except DoesNotFit as error:
        return _not_drawn(own_form.overflow(side, error.words_too_many))
    except (PrintError, Overdone):
        return _not_drawn(str(_("Zo kan de kaart niet geprint worden. Bij de velden staat wat er nog niet klopt.")))
    answer = make_response(picture)
    answer.content_type = "image/png"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _not_drawn(said: str) -> Response:
    answer = make_response(said, 409)
    answer.content_type = "text/plain; charset=utf-8"
    return answer


def _with_picture(draft: Draft, language: Language) -> Draft:
    """Return the draft with the picture that came with the form, without the one taken off, or as it was."""
    if request.form.get("plaatje_weg"):
        gone = {"picture", *(f"{code}.alt" for code in own_draft.LANGUAGES)}
        return {field: text for field, text in draft.items() if field not in gone}
    upload = request.files.get("plaatje")
    data = upload.stream.read(MOST_BYTES + 1) if upload and upload.filename else b""
    if not data:
        return draft
    file = kept(house(), here().id, data)
    return own_draft.joined(draft | {"picture": file}, language, {"alt": " ".join(request.form.get("alt", "").split())})


def _drawing_said(error: Refused) -> str:
    return own_form.sentence(error.values["what"], error.values["cure"])


def _deck(card: OwnCard) -> own_decks.OwnDeck:
    return read(own_decks.find, card.workshop_id, card.own_deck_id)


def _language(card: OwnCard) -> Language:
    """Return the language asked for, when the card has it; else that of the workshop, else the one it has."""
    has = own_draft.languages(card.draft)
    asked = (request.values.get("kaarttaal"), here().language, *has)
    return next((code for one in asked for code in has if code == one), "nl")


def _address(card: OwnCard, language: Language, **more: Any) -> str:
    return url_for("desk.own_card", workshop_id=card.workshop_id, own_id=card.id, kaarttaal=language, **more)
