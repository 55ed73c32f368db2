"""An own card to begin from: what a facilitator has after making one from a card that came with the product."""

from __future__ import annotations

from cards.writing import draft_of
from workshop.domain import own_cards, own_decks, own_draft
from workshop.domain.facilitators import Facilitator
from workshop.domain.own_cards import OwnCard
from workshop.domain.workshops import Workshop
from workshop.house import House

BEGIN = "samen-ontwerpen/05-schrijf-en-geef-door"


def own_card(house: House, workshop: Workshop, who: Facilitator, **words: str) -> OwnCard:
    """Return an own card that is right and in use in Dutch, in a new deck; `words` go over those it begins with."""
    begin = house.library.find(BEGIN, "nl")
    assert begin is not None
    draft = draft_of(begin) | {"title": "Samen wandelen", "picture": "", "alt": ""} | words
    whole = own_draft.joined({}, "nl", {field: text for field, text in draft.items() if text})
    deck = house.store.write(own_decks.make, workshop.id, "Onze kaarten", "Our cards")
    card = house.store.write(own_cards.make, deck, whole, who.id)
    return house.store.write(own_cards.save, card, whole, ["nl"], who.id)
