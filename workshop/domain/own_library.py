"""All cards of a workshop in one library: those of the product and its own."""

from __future__ import annotations

from dataclasses import dataclass

from cards.card import Card, Deck
from cards.deck import Library
from workshop.domain import own_cards, own_decks
from workshop.domain.own_draft import LANGUAGES
from workshop.store import Tx


@dataclass(frozen=True)
class Shelf:
    """What a workshop has of its own: decks, the cards in use, and the ids of those put away."""

    decks: tuple[Deck, ...] = ()
    cards: tuple[Card, ...] = ()
    away: frozenset[str] = frozenset()


def version(tx: Tx, workshop_id: str) -> int:
    """Return a number that changes whenever the workshop's own cards do; 0 when it never had any."""
    row = tx.own.shelf(workshop_id=workshop_id)
    return int(row["version"]) if row else 0


def shelf(tx: Tx, workshop_id: str) -> Shelf:
    """Return a workshop's own decks and cards."""
    own = own_cards.of_workshop(tx, workshop_id)
    cards = [found for card in own for code in LANGUAGES if (found := card.card(code))]
    decks = [deck.deck for deck in own_decks.of_workshop(tx, workshop_id)]
    return Shelf(tuple(decks), tuple(cards), frozenset(card.card_id for card in own if card.away))


def joined(library: Library, own: Shelf) -> Library:
    """Return a library with the built-in and the own cards; an own deck never takes the place of another."""
    if not own.cards:
        return library
    taken = {deck.id for deck in library.decks}
    used = {card.deck for card in own.cards} - taken
    every = [card for code in LANGUAGES for card in library.cards(code)] + [c for c in own.cards if c.deck in used]
    return Library(
        [*library.decks, *(deck for deck in own.decks if deck.id in used)], every, library.problems, own.away
    )
