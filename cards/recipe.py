"""A recipe: a ready programme for one meeting, from the coffee to the date of the next one.

A block of a recipe is a piece of an agenda: how many minutes, who leads, which cards. Whoever plans a meeting
works with the same blocks. `cards.recipe_book` reads recipes from files, `cards.recipe_rules` says what is
wrong with one; nobody changes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from .card import CARD_ID, Language, Plain

BlockKind = Literal["welcome", "agreements", "listen", "work", "break", "close"]
Leader = Literal["A", "B"]
Per = Literal["table", "person", "once"]
RECIPE_ID = r"^[a-z0-9][a-z0-9-]{0,60}$"
NUMBER = r"^[0-9]{1,2}[a-z]?$"
MOST_AT_A_TABLE = 6  # with more, people at the ends cannot hear each other
PROGRAMMES = 2  # one for each facilitator
DAY = 24 * 60  # minutes

CardId = Annotated[str, Field(pattern=CARD_ID)]


def _filled(text: dict[Language, str]) -> dict[Language, str]:
    if not all(words.strip() for words in text.values()):
        raise ValueError("one of the languages is empty")
    return text


Text = Annotated[dict[Language, str], Field(min_length=2), AfterValidator(_filled)]
"""The same words in both languages: `text["nl"]`."""


class Use(Plain):
    """A card in a block, and who gets one: every table, every person, or once for the facilitators."""

    card: CardId
    per: Per = "table"


class Block(Plain):
    """A piece of the agenda, in minutes. `text` says what the facilitators do; `leads` is who leads it.

    `other_way` is the route for who does not write, stand or walk.
    """

    kind: BlockKind
    minutes: int = Field(ge=1, le=240)
    leads: Leader
    title: Text
    text: Text
    cards: tuple[Use, ...] = ()
    other_way: Text | None = None


class Thing(Plain):
    """Something to bring, and how many: `count` for every table, for every person, or once in all."""

    text: Text
    per: Per = "once"
    count: int = Field(default=1, ge=1, le=99)


class Counts(Plain):
    """How many tables and people there are, and how many of those people read large letters."""

    tables: int = Field(ge=1, le=30)
    people: int = Field(ge=1, le=99)
    large: int = Field(default=0, ge=0, le=99)

    @classmethod
    def of(cls, people: int, tables: int | None = None, large: int = 0) -> Counts:
        """Return counts that make sense: enough tables, and never more large copies than people."""
        return cls(people=people, tables=tables or math.ceil(people / MOST_AT_A_TABLE), large=min(large, people))

    @property
    def crowded(self) -> bool:
        """Tell whether more than six people would sit at one table."""
        return self.people > MOST_AT_A_TABLE * self.tables


class Copies(Plain):
    """How many prints of one card: at its own size, and in large letters."""

    card: str
    copies: int
    large: int


class Amounts(Plain):
    """Everything to print and to bring, counted. `things` goes step by step with `Recipe.bring`."""

    cards: tuple[Copies, ...]
    idea_cards: int
    large_idea_cards: int
    tents: int
    posters: int
    programmes: int
    things: tuple[int, ...]


class Recipe(Plain):
    """One programme. `number` is its place in the series ("0a", "1"); `week` counts from the start.

    `minutes` is what the whole meeting takes, coffee and break included. `people` is for how many it is usually
    planned. `idea_cards` is how many blank idea cards each person gets. `ahead` are cards the two facilitators
    use before the meeting, `spare` cards to have ready when something goes differently: both are printed once.
    """

    id: str = Field(pattern=RECIPE_ID)
    number: str = Field(pattern=NUMBER)
    week: int = Field(ge=0, le=520)
    minutes: int = Field(ge=15, le=480)
    people: int = Field(default=20, ge=1, le=99)
    idea_cards: int = Field(default=0, ge=0, le=9)
    ahead: tuple[CardId, ...] = ()
    spare: tuple[CardId, ...] = ()
    title: Text
    purpose: Text
    result: Text
    for_whom: Text
    prepare: tuple[Text, ...] = Field(min_length=1)
    bring: tuple[Thing, ...] = ()
    room: tuple[Text, ...] = ()
    blocks: tuple[Block, ...] = Field(min_length=1)
    path: Path | None = Field(default=None, exclude=True)

    def at(self, start: time) -> list[tuple[time, Block]]:
        """Return the clock time at which each block begins, when the meeting begins at `start`."""
        begins = start.hour * 60 + start.minute
        planned = []
        for block in self.blocks:
            planned.append((_clock(begins), block))
            begins += block.minutes
        return planned

    def ends(self, start: time) -> time:
        """Return the clock time at which the meeting is over."""
        return _clock(start.hour * 60 + start.minute + sum(block.minutes for block in self.blocks))

    def uses(self) -> Iterator[Use]:
        """Return every card to print once, in the order in which it is needed; the widest use counts."""
        widest: dict[str, Use] = {card: Use(card=card, per="once") for card in self.ahead}
        order: dict[Per, int] = {"once": 0, "table": 1, "person": 2}
        for use in (*(use for block in self.blocks for use in block.cards), *self._spare_uses()):
            there = widest.get(use.card)
            if there is None or order[use.per] > order[there.per]:
                widest[use.card] = use
        return iter(widest.values())

    def _spare_uses(self) -> Iterator[Use]:
        return (Use(card=card, per="once") for card in self.spare)

    def amounts(self, tables: int, people: int, large: int = 0) -> Amounts:
        """Return how many to print and to bring.

        Who reads large letters gets the large card instead of the small one; a card for a table lies there in
        both sizes. Of every card there is at least one at its own size, to read aloud. Cards for the
        facilitators have no large copies. Where no ideas are gathered, no poster or table tent leads to a page.
        """
        counts = Counts.of(people, tables, large)
        return Amounts(
            cards=tuple(_copies(use, counts) for use in self.uses()),
            idea_cards=self.idea_cards * (counts.people - counts.large),
            large_idea_cards=self.idea_cards * counts.large,
            tents=tables if self.idea_cards else 0,
            posters=1 if self.idea_cards else 0,
            programmes=PROGRAMMES,
            things=tuple(thing.count * _many(thing.per, counts) for thing in self.bring),
        )


def _many(per: Per, counts: Counts) -> int:
    return {"once": 1, "table": counts.tables, "person": counts.people}[per]


def _copies(use: Use, counts: Counts) -> Copies:
    large = 0 if use.per == "once" else counts.large
    own = counts.people - large if use.per == "person" else _many(use.per, counts)
    return Copies(card=use.card, copies=max(1, own), large=large)


def _clock(minutes: int) -> time:
    return time(*divmod(minutes % DAY, 60))
