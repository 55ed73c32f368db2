"""`werkplaats cards check`: the words of a card and its fit on paper, in one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cards.card import Card, Face, Language
from cards.deck import load
from cards.finding import Finding
from cards.recipe_book import recipes
from cards.recipe_rules import check_recipes
from cards.rules import check_library
from print.documents import fit
from workshop.settings import cache_folder


def findings(folders: Sequence[Path]) -> Iterator[Finding]:
    """Give every finding on every card and recipe: what cannot be read, is not plain, or does not fit."""
    library = load(folders)
    yield from check_library(library)
    yield from check_recipes(recipes(), library)
    languages: tuple[Language, ...] = ("nl", "en")
    for language in languages:
        for card in library.cards(language):
            for miss in fit(card, library.deck_of(card), cache=cache_folder()):
                cure = "Take out words; the letters are never made smaller."
                yield Finding(card.path or Path(card.id), _line(card, miss.face), "error", str(miss), cure)


def _line(card: Card, face: Face) -> int:
    """Return the line where the words of a face begin."""
    return next((section.line for section in card.on(face)), 1)
