"""All cards there are: the decks that come with the product, and the folders of one's own.

A folder with a `deck.toml` is a deck with `nl/` and `en/` in it; a folder with only card files is a deck
named after the folder. A broken card is left out and named in `problems`; it never breaks another.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from .card import Card, Deck, Language
from .choosing import Wish, fits, folded, how_far, understood
from .finding import CardError, Finding, Refusal, on_fact
from .reading import read_card, read_text
from .said import Said

LANGUAGES: tuple[Language, ...] = get_args(Language)
ABOUT = "deck.toml"


class Library:
    """Decks in their order and the cards in them; `problems` says what was left out or is incomplete.

    Cards in `away` (by id) are in no list; who knows them still finds them. A deck with only such cards is away too.
    """

    def __init__(
        self, decks: Sequence[Deck], cards: Sequence[Card], problems: Sequence[Finding], away: Collection[str] = ()
    ) -> None:
        every = sorted(decks, key=lambda deck: (deck.order, deck.id))
        hidden = {card.deck for card in cards if card.id in away} - {card.deck for card in cards if card.id not in away}
        self.decks = tuple(deck for deck in every if deck.id not in hidden)
        self.problems = tuple(sorted(problems))
        self.away = frozenset(away)
        self._decks = {deck.id: deck for deck in every}
        place = {deck.id: number for number, deck in enumerate(every)}
        ordered = sorted(cards, key=lambda card: (place[card.deck], card.number, card.id))
        self._cards = {(card.id, card.lang): card for card in ordered}

    def cards(self, language: Language) -> list[Card]:
        """Return every card in this language, by deck and number."""
        return [card for card in self._cards.values() if card.lang == language and card.id not in self.away]

    def find(self, card_id: str, language: Language) -> Card | None:
        """Return one card, or None when it does not exist in this language."""
        return self._cards.get((card_id, language))

    def deck(self, deck_id: str) -> Deck | None:
        """Return one deck, or None. Every card of this library has its deck here."""
        return self._decks.get(deck_id)

    def deck_of(self, card: Card) -> Deck:
        """Return the deck of a card of this library."""
        return self._decks[card.deck]

    def choose(self, language: Language, wish: Wish | None = None) -> list[Card]:
        """Return the cards that are what somebody wishes.

        First those whose title says so, then those that fill the time best, then by deck and number.
        """
        wish = understood(wish or Wish())
        cards = [card for card in self.cards(language) if fits(card, self._decks[card.deck], wish)]
        return sorted(cards, key=lambda card: how_far(card, wish))


def load(dirs: Sequence[Path] = ()) -> Library:
    """Read the built-in decks and those in `dirs`: each a deck, or a folder of decks.

    Never raises for what stands in a file; look at `Library.problems`.
    """
    shelf = _Shelf()
    shelf.add_decks(Path(__file__).with_name("decks"))
    for folder in dirs:
        shelf.add(folder)
    shelf.miss_twins()
    return Library(list(shelf.decks.values()), list(shelf.cards.values()), shelf.problems)


class _Shelf:
    """Takes in folder after folder, refusing what is already there."""

    def __init__(self) -> None:
        self.decks: dict[str, Deck] = {}
        self.cards: dict[tuple[str, Language], Card] = {}
        self.problems: list[Finding] = []

    def add(self, folder: Path) -> None:
        """Take one folder of somebody's own: a deck, a folder of decks, or plain card files."""
        if not folder.is_dir():
            self._error(folder, "this folder does not exist", "Check how its name is written.")
        elif (folder / ABOUT).is_file():
            self._add_deck(folder)
        elif any(_card_files(folder)):
            self._add_plain(folder)
        else:
            self.add_decks(folder)

    def add_decks(self, folder: Path) -> None:
        """Take every deck in a folder of decks."""
        inside = sorted(about.parent for about in folder.glob(f"*/{ABOUT}"))
        if not inside:
            self._error(folder, "there is no card in this folder", "Put .md files in it, or folders with a deck.toml.")
        for deck in inside:
            self._add_deck(deck)

    def _add_deck(self, folder: Path) -> None:
        about = folder / ABOUT
        try:
            deck = read_deck(read_text(about), about)
        except Refusal as problem:
            self.problems.append(problem.at(about))
        except CardError as error:
            self.problems += error.findings
        else:
            files = [(path, language) for language in LANGUAGES for path in _card_files(folder / language)]
            if not files:
                self._error(about, "this deck has no cards", "Put them in `nl/` and `en/` beside this file.")
            for path, language in files if self._place(deck, about) else ():
                self._add_card(path, deck, language)

    def _add_plain(self, folder: Path) -> None:
        called = folder.resolve().name or "kaarten"
        names: dict[Language, str] = dict.fromkeys(LANGUAGES, called)
        deck = plain_deck(re.sub(r"[^a-z0-9]+", "-", folded(called))[:60].strip("-") or "kaarten", names, folder)
        if self._place(deck, folder):
            for path in _card_files(folder):
                self._add_card(path, deck, None)

    def _place(self, deck: Deck, path: Path) -> bool:
        there = self.decks.setdefault(deck.id, deck)
        if there is not deck:
            self._error(
                path,
                Said("there is already a deck `{id}` in {folder}", id=deck.id, folder=there.folder),
                "Give this deck another id.",
            )
        return there is deck

    def _add_card(self, path: Path, deck: Deck, language: Language | None) -> None:
        """Read one file into a deck; `language` is that of the folder, None when folders do not say."""
        try:
            card = read_card(path)
            raised = misplaced(card, deck, language)
            there = self.cards.get((card.id, card.lang))
            if there:
                cure = Said("Give it another number and name, or remove {path}.", path=there.path)
                raised.append(
                    on_fact(card, "id", Said("there is already a card `{id}` in this language", id=card.id), cure)
                )
            if raised:
                raise CardError(*raised)
        except CardError as error:
            self.problems += error.findings
        else:
            self.cards[card.id, card.lang] = card

    def miss_twins(self) -> None:
        """Warn about a card without its twin, in a deck that has both languages."""
        for deck in self.decks.values():
            mine = [card for card in self.cards.values() if card.deck == deck.id]
            if len({card.lang for card in mine}) < 2:
                continue
            for card in mine:
                other: Language = "en" if card.lang == "nl" else "nl"
                if (card.id, other) not in self.cards:
                    what = Said(
                        "`{id}` does not exist in {one}", id=card.id, one="English" if other == "en" else "Dutch"
                    )
                    path = card.path or Path()
                    self.problems.append(Finding(path, 1, "warning", what, "Write its twin with the same id."))

    def _error(self, path: Path, what: str, cure: str) -> None:
        self.problems.append(Finding(path, 1, "error", what, cure))


def read_deck(text: str, path: Path) -> Deck:
    """Read the text of a `deck.toml` that lies at `path`. Raises `CardError` with every problem."""
    cure = "Look at another deck.toml."
    try:
        return Deck.model_validate({**tomllib.loads(text), "folder": path.parent})
    except ValidationError as errors:
        found = [(".".join(map(str, error["loc"])), error["msg"]) for error in errors.errors()]
        said = [Said("`{field}` is not right ({msg})", field=field, msg=msg) for field, msg in found]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = [Said("this is not written as TOML ({error})", error=error)]
    raise CardError(*(Finding(path, 1, "error", what, cure) for what in said))


def _card_files(folder: Path) -> list[Path]:
    """Return the card files directly in a folder, by name; README and hidden files are no cards."""
    return sorted(p for p in folder.glob("*.md") if not p.name.startswith((".", "_", "README")))


def plain_deck(deck_id: str, name: dict[Language, str], folder: Path | None = None) -> Deck:
    """Return a deck of which nobody said how it looks, after all others."""
    return Deck(
        id=deck_id,
        order=999,
        mark="square",
        colour="#333333",
        audience="everyone",
        name=name,
        purpose={"nl": "Eigen kaarten.", "en": "Cards of our own."},
        folder=folder,
    )


def misplaced(card: Card, deck: Deck, language: Language | None) -> list[Finding]:
    """Compare what the card says of itself with where it lies."""
    found = []
    if card.deck != deck.id:
        found.append(
            on_fact(
                card,
                "deck",
                Said("this card says deck `{deck}`", deck=card.deck),
                Said("It lies in `{id}`.", id=deck.id),
            )
        )
    if not card.id.startswith(f"{deck.id}/{card.number:02d}-"):
        cure = Said("Let it begin with `{id}/{number:02d}-`.", id=deck.id, number=card.number)
        found.append(on_fact(card, "id", Said("id `{id}` does not go with its deck and number", id=card.id), cure))
    if language and card.lang != language:
        found.append(
            on_fact(
                card,
                "lang",
                Said("this card says lang `{lang}`", lang=card.lang),
                Said("It lies in `{language}/`.", language=language),
            )
        )
    if language and card.path and card.id.partition("/")[2] != card.path.stem:
        cure = Said("Call the file `{found}.md`.", found=card.id.partition("/")[2])
        found.append(on_fact(card, "id", Said("id `{id}` does not go with the name of the file", id=card.id), cure))
    return found
