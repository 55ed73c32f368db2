"""`werkplaats cards check`: the words of a card and its fit on paper, in one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import time
from pathlib import Path

from cards import parcel
from cards.card import Card, Deck, Face, Language
from cards.deck import Library, load
from cards.finding import Finding, Refusal
from cards.recipe import Counts
from cards.recipe_book import recipes
from cards.recipe_rules import check_recipes
from cards.rules import check_card, check_library
from print.documents import fit
from print.errors import DoesNotFit, PrintError
from print.recipes import recipe_sheet, titled
from workshop.settings import cache_folder


def findings(folders: Sequence[Path]) -> Iterator[Finding]:
    """Give every finding on every card and recipe: what cannot be read, is not plain, or does not fit."""
    library = load([folder for folder in folders if folder.suffix != ".zip"])
    yield from check_library(library)
    yield from check_recipes(recipes(), library)
    languages: tuple[Language, ...] = ("nl", "en")
    for language in languages:
        for card in library.cards(language):
            yield from _misfits(card, library.deck_of(card))
    for path in folders:
        if path.suffix == ".zip":
            yield from _in_zip(path)
    yield from _programmes(library, languages)


def _in_zip(path: Path) -> Iterator[Finding]:
    """Give every finding on a deck that came as a zip."""
    try:
        came = parcel.read(path.read_bytes(), path.name)
    except Refusal as problem:
        yield problem.at(path)
        return
    for card in came.cards:
        found = [*check_card(card), *_misfits(card, came.deck or parcel.loose(card.deck))]
        yield from (replace(one, path=path / one.path) for one in found)
    yield from (replace(one, path=path / one.path) for one in came.problems)


def _misfits(card: Card, deck: Deck) -> Iterator[Finding]:
    for miss in fit(card, deck, cache=cache_folder()):
        cure = "Take out words; the letters are never made smaller."
        yield Finding(card.path or Path(card.id), _line(card, miss.face), "error", str(miss), cure)


def _programmes(library: Library, languages: Sequence[Language]) -> Iterator[Finding]:
    """Give every programme that says too much for its sheet, tried with the largest numbers there are."""
    most = Counts(tables=30, people=99, large=49)
    for recipe in recipes().recipes:
        for language in languages:
            try:
                cards = titled(recipe, library, language)
                recipe_sheet(recipe, cards, most, start=time(13, 30), language=language, cache=cache_folder())
            except DoesNotFit as miss:
                what = f"{miss.what}: about {miss.words_too_many} words too long for one A4"
                cure = "Take out words; the letters are never made smaller."
                yield Finding(recipe.path or Path(recipe.id), 1, "error", what, cure)
            except PrintError:
                continue  # a card that is not there; the rules name it


def _line(card: Card, face: Face) -> int:
    """Return the line where the words of a face begin."""
    return next((section.line for section in card.on(face)), 1)
