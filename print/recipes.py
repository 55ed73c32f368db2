"""A programme on paper: the agenda with clock times on the front of one A4, what to print and bring on the back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from cards.card import Card, Deck, Language
from cards.deck import Library
from cards.recipe import Amounts, Counts, Recipe
from print import filling
from print.colours import deep
from print.errors import PrintError
from print.formats import load
from print.letters import readable
from print.sheets import Print
from print.stamps import Stamp
from print.things import Printed, face, written
from print.words import Words, words

Titled = Mapping[str, tuple[Card, Deck]]
"""The cards of a recipe by id, in the language of the sheet, each with its deck."""


def titled(recipe: Recipe, library: Library, language: Language) -> Titled:
    """Return the cards of a recipe as `recipe_sheet` wants them. Raises `PrintError` for a card that is not there."""
    found = {}
    for use in recipe.uses():
        card = library.find(use.card, language)
        if card is None:
            raise PrintError(f"The card {use.card} of this programme does not exist. Nothing was printed.")
        found[use.card] = (card, library.deck_of(card))
    return found


@dataclass(frozen=True)
class Sign:
    """A card on the sheet: its title, and the slot for the mark of its deck."""

    slot: str
    title: str


@dataclass(frozen=True)
class Row:
    """One block of the agenda."""

    clock: str
    minutes: str
    leads: str
    title: str
    text: str
    other_way: str
    cards: tuple[Sign, ...]
    pause: bool


@dataclass(frozen=True)
class Line:
    """One thing to tick off: how many, what, what for, how many more in large letters."""

    copies: int
    title: str
    note: str = ""
    large: int = 0
    slot: str = ""


def recipe_sheet(
    recipe: Recipe,
    cards: Titled,
    counts: Counts,
    *,
    start: time,
    language: Language,
    workshop: str = "",
    cache: Path | None = None,
) -> Printed:
    """Return the programme as an A4 with two sides.

    Letters are 14 pt or larger. Raises `DoesNotFit` when a recipe says too much for its paper.
    """
    said = words(language)
    title = recipe.title[language]
    front = face(
        "recipe_front.html",
        f"“{title}” ({recipe.id}), {language}, front",
        language,
        cache,
        number=recipe.number,
        workshop=workshop,
        title=title,
        purpose=filling.kept(recipe.purpose[language]),
        result=recipe.result[language],
        begins=clock(start),
        ends=clock(recipe.ends(start)),
        rows=list(agenda(recipe, cards, start, language)),
    )
    amounts = recipe.amounts(counts.tables, counts.people, counts.large)
    back = face(
        "recipe_back.html",
        f"“{title}” ({recipe.id}), {language}, back",
        language,
        cache,
        number=recipe.number,
        title=title,
        counted=counted(counts, said),
        prints=list(_prints(recipe, amounts, cards, said)),
        prepare=[text[language] for text in recipe.prepare],
        bring=_bring(recipe, amounts, language),
        room=[text[language] for text in recipe.room],
    )
    on_front = agenda_marks(recipe, cards)
    on_back = _marks((one.card for one in amounts.cards), cards)
    sheet = Print(title, front, back, on_front, on_back)
    return Printed(f"{recipe.id}.pdf", written(load("recipe"), [sheet], title=title, language=language))


def clock(at: time) -> str:
    """Return a clock time as people write it: `13:30`."""
    return at.strftime("%H:%M")


def agenda(recipe: Recipe, cards: Titled, start: time, language: Language) -> Iterator[Row]:
    """Yield the blocks of a recipe with their clock times, in letters that we have."""
    said = words(language)
    uses = _numbered(use for block in recipe.blocks for use in block.cards)
    for at, block in recipe.at(start):
        other_way = block.other_way[language] if block.other_way else ""
        yield Row(
            clock=clock(at),
            minutes=said("recipe_minutes", minutes=block.minutes),
            leads="" if block.kind == "break" else block.leads,
            title=readable(block.title[language], language),
            text=filling.kept(readable(block.text[language], language)),
            other_way=filling.kept(readable(other_way, language)),
            cards=tuple(Sign(next(uses), cards[use.card][0].title) for use in block.cards),
            pause=block.kind == "break",
        )


def agenda_marks(recipe: Recipe, cards: Titled) -> tuple[Stamp, ...]:
    """Return the marks of the decks beside the cards of an agenda."""
    return _marks((use.card for block in recipe.blocks for use in block.cards), cards)


def _prints(recipe: Recipe, amounts: Amounts, cards: Titled, said: Words) -> Iterator[Line]:
    slots = _numbered(amounts.cards)
    used = {use.card for block in recipe.blocks for use in block.cards}
    notes = dict.fromkeys(recipe.spare, said["recipe_spare"]) | dict.fromkeys(recipe.ahead, said["recipe_ahead"])
    for one in amounts.cards:
        note = "" if one.card in used else notes[one.card]
        yield Line(one.copies, cards[one.card][0].title, note, one.large, next(slots))
    if amounts.idea_cards or amounts.large_idea_cards:
        yield Line(amounts.idea_cards, said["recipe_idea_cards"], large=amounts.large_idea_cards)
    if amounts.tents:
        yield Line(amounts.tents, said["recipe_tent" if amounts.tents == 1 else "recipe_tents"])
        yield Line(amounts.posters, said["recipe_poster"])
    yield Line(amounts.programmes, said["recipe_programmes"])


def _bring(recipe: Recipe, amounts: Amounts, language: Language) -> list[Line]:
    return [Line(count, thing.text[language]) for thing, count in zip(recipe.bring, amounts.things, strict=True)]


def counted(counts: Counts, said: Words) -> str:
    """Return for how many tables and people it is, in words."""
    key = "recipe_counted_one" if counts.tables == 1 else "recipe_counted"
    return said(key, tables=counts.tables, people=counts.people, large=counts.large)


def _numbered(things: Any) -> Iterator[str]:
    return (f"slot-{number}" for number, _ in enumerate(things))


def _marks(card_ids: Iterator[str], cards: Titled) -> tuple[Stamp, ...]:
    decks = [cards[card_id][1] for card_id in card_ids]
    return tuple(
        Stamp(slot, mark=deck.mark, colour=deep(deck.colour))
        for slot, deck in zip(_numbered(decks), decks, strict=True)
    )
