"""Cards and the workshop's own door on their way to paper: numbers are given, and what goes to paper is noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cards.card import Card, Language
from print.documents import Item
from print.imprint import Door
from workshop.domain import doors
from workshop.domain import printed as printed_words
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx


def items_of(house: House, workshop: Workshop, language: Language, wanted: Mapping[str, int]) -> list[Item]:
    """Return the cards to print with their doors, so many of each by id, in the order of the decks.

    Cards that are not there in this language are left out.
    """
    found = [card for card in house.library_of(workshop.id).cards(language) if card.id in wanted]
    opened = house.store.write(_onto_paper, workshop.id, found)
    return [item_of(house, workshop, card, opened[card.id], wanted[card.id]) for card in found]


def item_of(house: House, workshop: Workshop, card: Card, door: Door | None, copies: int) -> Item:
    """Return one card to print, with its deck and its picture."""
    deck = house.library_of(workshop.id).deck_of(card)
    return Item(card, deck, door, copies, house.picture_of(workshop.id, card))


def own_door(house: House, workshop: Workshop) -> Door:
    """Return the door of the workshop itself, opened when it was not yet."""
    own = house.store.write(doors.open_for, workshop.id, [doors.OWN])[doors.OWN]
    return Door(own.number, own.key, own.word)


def _onto_paper(tx: Tx, workshop_id: str, cards: Sequence[Card]) -> dict[str, Door]:
    """Give every card its number, and the very words that go to paper their key."""
    opened = doors.open_for(tx, workshop_id, [card.id for card in cards])
    keys = {card.id: printed_words.note(tx, opened[card.id], card).key for card in cards}
    return {card_id: Door(opened[card_id].number, key, opened[card_id].word) for card_id, key in keys.items()}
