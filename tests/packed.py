"""A whole pack in plain values, for tests of what goes on paper."""

from __future__ import annotations

from datetime import time
from functools import cache

from cards.card import Language
from cards.recipe import Counts
from cards.recipe_book import recipes
from print.documents import Item
from print.heading import Heading
from print.imprint import Door
from print.numbers import with_check
from print.pack import Contents
from print.recipes import Line, titled
from print.run_sheet import RunSheet
from print.sign_in import Consent
from print.slips import Slip
from tests.paper import KEY, item, library
from workshop.domain import consent

QUESTION = "Hoe wonen we straks fijn in onze buurt?"
HEADING = Heading("Een gewone dag", "maandag 22 februari 2027", "De Linde", "Werkplaats De Linde", ("Anna", ""), 1)
COUNTS = Counts.of(20, 4, 3)
DOOR = Door("274195", KEY)


def slip(number: int) -> Slip:
    """Return an idea card whose number follows from a count."""
    return Slip(with_check(f"{2741000 + number}"), KEY[:6], KEY, "aardbei fiets molen")


@cache
def contents(language: Language = "nl", *, planned: bool = True, heading: Heading = HEADING) -> Contents:
    """Return what twenty people at four tables need, three of whom read large letters."""
    recipe = recipes().find("een-gewone-dag")
    assert recipe
    amounts = recipe.amounts(COUNTS.tables, COUNTS.people, COUNTS.large).cards
    signals = [card.id for card in library().cards(language) if card.deck == "signaal"]
    return Contents(
        heading=heading,
        counts=COUNTS,
        consent=Consent(consent.text(language), consent.NOW),
        sides=("cliënt", "mantelzorger"),
        door=DOOR,
        asks=QUESTION,
        run_sheet=RunSheet(recipe, titled(recipe, library(), language), time(13, 30)) if planned else None,
        cards=tuple(some(one.card, one.copies, language) for one in amounts),
        large=tuple(some(one.card, one.large, language) for one in amounts if one.large),
        signals=tuple(some(card_id, COUNTS.tables, language) for card_id in signals),
        evaluation=(some("terugkoppeling/03-hoe-was-het-vandaag", 17, language),),
        slips=tuple(slip(number) for number in range(34)),
        slips_large=tuple(slip(100 + number) for number in range(6)),
        question=QUESTION,
        question_large=QUESTION,
        lines=(Line(34, "Ideekaarten"),),
    )


def some(card_id: str, copies: int, language: Language) -> Item:
    """Return so many prints of a card."""
    return item(card_id, language, copies=copies)
