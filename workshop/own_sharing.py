"""Own cards out and somebody else's in: everything is looked at first, and only what is right can be taken in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cards import parcel
from cards.card import Card, Deck
from cards.finding import Finding, Refusal, on_fact
from cards.pairs import check_pair
from cards.parcel import Parcel, loose
from cards.rules import check_card
from cards.said import Said
from cards.writing import Draft, Place, draft_of
from print import documents
from workshop.apart import Overdone
from workshop.domain import own_cards, own_decks, own_draft
from workshop.domain.own_cards import OwnCard
from workshop.domain.own_decks import OwnDeck
from workshop.errors import Refused
from workshop.house import House
from workshop.own_pictures import kind_of, safe
from workshop.store import Tx

MOST_UPLOAD: Final = 30 * 1024 * 1024
MOST_TEXTS: Final = 60
"""Each text is laid out on every size of paper before it is taken in; more would keep somebody waiting too long."""


@dataclass(frozen=True)
class Looked:
    """What was found in an upload: the parcel of what is right, and everything that is not."""

    right: Parcel
    wrong: tuple[Finding, ...]
    advice: tuple[Finding, ...]


def look(house: House, data: bytes, name: str) -> Looked:
    """Look at a zip or card file without storing any of it. Raises `Refusal` when nothing of it may be used."""
    try:
        found = house.photos.run(parcel.read, data, name)
    except Overdone:
        raise Refusal(1, "this file takes too much work to read", "Share one deck at a time.") from None
    if len(found.cards) > MOST_TEXTS:
        raise Refusal(1, Said("this zip holds more than {most} cards", most=MOST_TEXTS), "Share one deck at a time.")
    findings = [*found.problems, *_pictures(house, found)]
    for card in found.cards:
        findings += [*check_card(card), *_measured(house, card, found.deck or loose(card.deck))]
    findings += _pairs(found.cards)
    files = {str(one.path) for one in findings if one.level == "error"}
    right = [card for card in found.cards if str(card.path) not in files]
    named = {card.picture.file for card in right if card.picture}
    pictures = {name: data for name, data in found.pictures.items() if name in named}
    wrong = tuple(sorted(one for one in findings if one.level == "error"))
    advice = tuple(sorted(one for one in findings if one.level == "warning"))
    return Looked(Parcel(found.deck, right, pictures), wrong, advice)


def pack(house: House, deck: OwnDeck, cards: list[OwnCard]) -> bytes:
    """Return a deck of a workshop's own as a zip: the texts in use, and their pictures."""
    texts = [found for card in cards for code in own_draft.LANGUAGES if (found := card.card(code))]
    pictures = {card.picture.file: house.picture_of(deck.workshop_id, card) for card in texts if card.picture}
    return parcel.pack(deck.deck, texts, pictures)


def packed(found: Parcel) -> bytes:
    """Return a parcel that was looked at as a zip, to keep until it is taken in."""
    return parcel.pack(found.deck or loose(found.cards[0].deck), found.cards, found.pictures)


def take_in(house: House, workshop_id: str, who: str, found: Parcel, into: str, taken: set[str]) -> OwnDeck:
    """Take the cards of a parcel in, in a deck of their own or in the deck with key `into`. Ids that clash are new."""
    files = {name: house.keep(data, kind_of(data)) for name, data in found.pictures.items()}
    return house.store.write(_taken_in, workshop_id, who, found, files, into, taken)


def _taken_in(
    tx: Tx, workshop_id: str, who: str, found: Parcel, files: dict[str, str], into: str, taken: set[str]
) -> OwnDeck:
    """Make the deck and all its cards in one go, in use at once: they were found right."""
    if into:
        deck = own_decks.find(tx, workshop_id, into)
    else:
        come = found.deck or loose(found.cards[0].deck)
        names = (come.name["nl"][: own_decks.LONGEST_NAME], come.name["en"][: own_decks.LONGEST_NAME])
        deck = own_decks.make(tx, workshop_id, *names, come.mark, come.colour, taken, come.id)
    for file in files.values():
        own_cards.keep_picture(tx, workshop_id, file)
    texts: dict[str, list[Card]] = defaultdict(list)
    for card in found.cards:
        texts[card.id].append(card)
    for card_id, both in sorted(texts.items(), key=lambda one: (one[1][0].number, one[0])):
        first = both[0]
        draft: Draft = {}
        for card in both:
            draft = own_draft.joined(draft, card.lang, draft_of(card))
        draft = draft | {"picture": files[first.picture.file]} if first.picture else draft
        like = Place(card_id, first.deck, first.number, first.lang, max(card.version for card in both))
        made = own_cards.make(tx, deck, draft, who, "taken in", like)
        own_cards.save(tx, made, draft, [card.lang for card in both], who, "taken in")
    return deck


def _measured(house: House, card: Card, deck: Deck) -> Iterator[Finding]:
    try:
        misfits = house.preview.run(documents.fit, card, deck, cache=house.settings.data / "faces")
    except Overdone:
        yield on_fact(card, "title", "this card takes too much work to lay out", "Make it shorter.")
        return
    for one in misfits:
        what = Said(
            "{words} words too many on the {face} ({size})",
            words=one.words_too_many,
            face=one.face,
            size=one.size.upper(),
        )
        line = next((section.line for section in card.on(one.face)), 1)
        yield replace(on_fact(card, "title", what, "Take out words; the letters are never made smaller."), line=line)


def _pictures(house: House, found: Parcel) -> Iterator[Finding]:
    """Make every picture safe in its child process; a card with one that is not cannot be taken in."""
    for name, data in list(found.pictures.items()):
        try:
            found.pictures[name] = safe(house, data)[0]
        except Refused as error:
            what = error.values.get("what", "this picture cannot be read")
            cure = error.values.get("cure", "Save it again as JPEG, PNG or SVG.")
            for card in found.cards:
                if card.picture and card.picture.file == name:
                    yield on_fact(card, "picture", Said("art/{name}: {what}", name=name, what=what), cure)


def _pairs(cards: list[Card]) -> Iterator[Finding]:
    english = {card.id: card for card in cards if card.lang == "en"}
    for card in cards:
        if card.lang == "nl" and card.id in english:
            yield from (replace(one, level="warning") for one in check_pair(card, english[card.id]))
