"""Cards: finding them, seeing them as they will print, choosing them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, cast, get_args

from flask import abort, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from cards.card import Amount, Card, Face, Language
from cards.choosing import Wish
from cards.deck import Library
from print.errors import PrintError
from workshop import printing
from workshop.apart import Overdone
from workshop.desk.guard import desk, here
from workshop.desk.printing import can_be_printed
from workshop.domain import choices, doors, own_cards
from workshop.house import house, read, write
from workshop.store import Tx

MOST_MINUTES = (15, 30, 45, 60, 90)
EFFORTS = {"lezen": "read", "schrijven": "write", "praten": "talk", "bewegen": "move"}
MOST = {
    "optional": _l("niet, of alleen wie wil"),
    "little": _l("hooguit weinig"),
    "some": _l("hooguit wat"),
}


@dataclass(frozen=True)
class Asked:
    """What somebody asked for: the wish, the language of the cards, and the filters as they stood in the address."""

    wish: Wish
    language: Language
    chosen_only: bool
    args: dict[str, Any]

    @property
    def best_first(self) -> bool:
        """Say whether the cards come by how well they fit, and not by deck."""
        return bool(self.wish.words or self.wish.minutes)


@desk.get("/<workshop_id>/kaarten")
def cards(workshop_id: str) -> ResponseReturnValue:
    """Show the cards that fit the filters, by deck or best first, with what is chosen."""
    asked = _asked()
    chosen = read(choices.of_workshop, workshop_id)
    found = [card for card in _library().choose(asked.language, asked.wish) if _shown(card, asked, chosen)]
    groups: dict[str, list[Card]] = {}
    for card in found:
        groups.setdefault("" if asked.best_first else card.deck, []).append(card)
    return render_template(
        "desk/cards.html",
        asked=asked,
        chosen=chosen,
        groups=groups,
        found=len(found),
        library=_library(),
        minutes=MOST_MINUTES,
        efforts_asked=EFFORTS,
        most=MOST,
        steps=steps(asked.language),
    )


@desk.get("/<workshop_id>/kaarten/<path:card_id>")
def card(workshop_id: str, card_id: str) -> ResponseReturnValue:
    """Show one card, front and back, as it will print."""
    language = _card_language()
    found = _library().find(card_id, language)
    other: Language = "en" if language == "nl" else "nl"
    if found is None:
        return _in_other_language(card_id, other)
    size = "large" if request.args.get("maat") == "groot" else "own"
    door = read(doors.of_workshop, workshop_id).get(card_id)
    return render_template(
        "desk/card.html",
        card=found,
        deck=_library().deck(found.deck),
        copies=read(choices.of_workshop, workshop_id).get(card_id, 0),
        door=door,
        own_id=read(_own_id, workshop_id, card_id),
        printable=can_be_printed(),
        size=size,
        mark=picture_mark(found, door),
        other=other if _library().find(card_id, other) else None,
        related=[one for one in (_library().find(key, language) for key in found.related) if one],
        steps=steps(language),
    )


@desk.get("/<workshop_id>/voorbeeld/<any(voorkant, achterkant):face>/<any(eigen, groot):size>/<path:card_id>.png")
def preview(workshop_id: str, face: str, size: str, card_id: str) -> ResponseReturnValue:
    """Return one face of a card as it will print."""
    side: Face = "front" if face == "voorkant" else "back"
    large = "own" if size == "eigen" else "large"
    try:
        picture = printing.preview(house(), here(), card_id, _card_language(), side, large)
    except (PrintError, Overdone):
        abort(409)
    answer = make_response(picture)
    answer.content_type = "image/png"
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


@desk.post("/<workshop_id>/kaarten")
def choose(workshop_id: str) -> ResponseReturnValue:
    """Choose a card, take it out again, or change how many copies are printed of each."""
    taken, left = request.form.get("kies"), request.form.get("weg")
    if taken:
        _known(taken)
        write(choices.put, workshop_id, taken, _number(request.form.get(f"aantal:{taken}", "")) or 1)
    elif left:
        write(choices.remove, workshop_id, left)
    else:
        for card_id in read(choices.of_workshop, workshop_id):
            copies = _number(request.form.get(f"aantal:{card_id}", ""))
            if copies:
                write(choices.put, workshop_id, card_id, copies)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(total=len(read(choices.of_workshop, workshop_id)))
    return redirect(_back(workshop_id, taken or left or ""), 303)


def picture_mark(card: Card, door: doors.Door | None) -> str:
    """Return a short text that changes when the picture of a card does."""
    return hashlib.sha256(f"{card.digest}{here().version}{door}".encode()).hexdigest()[:10]


def steps(language: Language) -> dict[int, str]:
    """Return the nine steps by number, named by their own cards."""
    named = {card.number: card.title for card in house().library.cards(language) if card.kind == "step"}
    return {number: named.get(number, "") for number in range(1, 10)}


def _back(workshop_id: str, card_id: str) -> str:
    where = request.form.get("terug")
    if where == "kaart":
        return url_for("desk.card", workshop_id=workshop_id, card_id=card_id, kaarttaal=_card_language())
    if where == "printen":
        return url_for("desk.printing", workshop_id=workshop_id, _anchor="keuze")
    return url_for("desk.cards", workshop_id=workshop_id, **_asked().args, _anchor=card_id.replace("/", "-") or None)


def _own_id(tx: Tx, workshop_id: str, card_id: str) -> str:
    """Return the key of a card when it is one of the workshop's own, else ''."""
    card = own_cards.called(tx, workshop_id, card_id)
    return card.id if card else ""


def _library() -> Library:
    return house().library_of(here().id)


def _shown(card: Card, asked: Asked, chosen: dict[str, int]) -> bool:
    return card.id in chosen or not asked.chosen_only


def _asked() -> Asked:
    args = {name: value for name, value in request.args.items() if value and name in _FILTERS}
    amounts = {name: args.get(field) for field, name in EFFORTS.items()}
    wish = Wish(
        minutes=_number(args.get("tijd", "")),
        people=_number(args.get("groep", "")),
        seated="zittend" in args,
        step=_number(args.get("stap", "")),
        deck=args.get("set"),
        words=args.get("zoek", "")[:100],
        **{name: cast(Amount, value) for name, value in amounts.items() if value in get_args(Amount)},
    )
    return Asked(wish, _card_language(), "gekozen" in args, args)


_FILTERS = {"zoek", "tijd", "groep", "zittend", "stap", "set", "gekozen", "kaarttaal", *EFFORTS}


def _card_language() -> Language:
    asked = request.args.get("kaarttaal")
    return cast(Language, asked if asked in ("nl", "en") else here().language)


def _in_other_language(card_id: str, other: Language) -> ResponseReturnValue:
    if _library().find(card_id, other) is None:
        abort(404)
    return redirect(url_for("desk.card", workshop_id=here().id, card_id=card_id, kaarttaal=other))


def _known(card_id: str) -> None:
    if not any(_library().find(card_id, language) for language in get_args(Language)):
        abort(404)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 3 and int(text) else None


@desk.context_processor
def _facts() -> dict[str, Any]:
    return {"card_anchor": lambda card_id: card_id.replace("/", "-")}
