"""Cards of a workshop's own: written by its facilitators together, every save kept.

A draft may be wrong; what is chosen, printed and read on phones is the last text that was right, the
card file in `texts`. A card keeps its id and its numbers for ever. The version that stands on paper goes
up when the words change after they were printed, and only then.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from cards.card import Card, Language
from cards.reading import parse_card
from cards.writing import Draft, Place, card_text, written
from workshop import clock, ids
from workshop.domain import choices, printed, quotas
from workshop.domain.own_decks import OwnDeck, slug
from workshop.domain.own_draft import LANGUAGES, languages, one
from workshop.errors import Refused, Stale
from workshop.store import Tx

Verb = Literal["made", "saved", "back", "picture", "language", "taken in"]


@dataclass(frozen=True)
class OwnCard:
    """A card of one's own. `texts` has the card files in use; `edition` is the version they carry."""

    id: str
    workshop_id: str
    own_deck_id: str
    deck_id: str
    card_id: str
    number: int
    draft: Draft
    texts: dict[Language, str]
    edition: int
    away_at: str | None
    deck_away_at: str | None
    version: int

    def place(self, language: Language) -> Place:
        """Return where its file in this language belongs."""
        return Place(self.card_id, self.deck_id, self.number, language, self.edition)

    @property
    def away(self) -> bool:
        """Say whether the card, or its whole deck, is put away."""
        return bool(self.away_at or self.deck_away_at)

    def card(self, language: Language) -> Card | None:
        """Return the card in use in a language, or None."""
        text = self.texts.get(language)
        return read_again(text, self.card_id, language) if text else None

    def title(self, language: str) -> str:
        """Return what is typed as its title, in this language or else in another; '' when nothing is."""
        codes = sorted(LANGUAGES, key=lambda code: code != language)
        return next((text for code in codes if (text := self.draft.get(f"{code}.title", "").strip())), "")


@dataclass(frozen=True)
class Saved:
    """One version of a card as it was saved."""

    version: int
    draft: Draft
    at: str
    who: str
    verb: Verb


@lru_cache(maxsize=1024)
def read_again(text: str, card_id: str, language: str) -> Card:
    """Return the card in a text that was found right when it was stored."""
    return parse_card(text, Path(f"{card_id.partition('/')[2]}.{language}.md"))


def make(tx: Tx, deck: OwnDeck, draft: Draft, who: str, verb: Verb = "made", like: Place | None = None) -> OwnCard:
    """Make a card at the end of a deck, or where it was in the deck it came from when that place is free."""
    key = ids.new()
    number = tx.own.last_number(own_deck_id=deck.id) + 1
    tail = like.id.partition("/")[2].partition("-")[2] if like else _tail(draft)
    if like:
        number = max(number, like.number)
    if number > 999:
        raise Refused("deck_full")
    at = clock.now()
    tx.own.make_card(
        id=key,
        workshop_id=deck.workshop_id,
        own_deck_id=deck.id,
        card_id=f"{deck.deck_id}/{number:02d}-{tail}",
        number=number,
        draft=json.dumps(draft),
        edition=like.version if like else 1,
        at=at,
    )
    tx.own.record(own_card_id=key, version=1, draft=json.dumps(draft), at=at, who=who, verb=verb)
    tx.own.shelf_changed(workshop_id=deck.workshop_id)
    return find(tx, deck.workshop_id, key)


def save(tx: Tx, card: OwnCard, draft: Draft, right: Collection[Language], who: str, verb: Verb = "saved") -> OwnCard:
    """Save a draft, and take it in use in the languages in which it is right.

    The same draft again changes nothing, but what is right is taken in use. Raises `Stale` with the card
    as it is now when somebody else saved in between.
    """
    if not card.texts and verb != "taken in":  # nobody knows it yet, so it may still be called after its title
        card = replace(card, card_id=f"{card.deck_id}/{card.number:02d}-{_tail(draft)}")
    texts, edition = _texts(tx, card, draft, right)
    in_use = {"card_id": card.card_id, "nl": texts.get("nl", ""), "en": texts.get("en", ""), "edition": edition}
    if draft == card.draft:
        if texts != card.texts:
            tx.own.take_in_use(id=card.id, version=card.version, **in_use)
            tx.own.shelf_changed(workshop_id=card.workshop_id)
        return find(tx, card.workshop_id, card.id)
    row = tx.own.change_card(id=card.id, version=card.version, draft=json.dumps(draft), **in_use)
    now = find(tx, card.workshop_id, card.id)
    if row is None:
        raise Stale(now)
    tx.own.record(own_card_id=card.id, version=now.version, draft=row["draft"], at=clock.now(), who=who, verb=verb)
    tx.own.shelf_changed(workshop_id=card.workshop_id)
    return now


def find(tx: Tx, workshop_id: str, key: str) -> OwnCard:
    """Return a card of this workshop. Raises `Refused('no_card')`."""
    row = tx.own.card(id=key, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_card")
    return _of(row)


def called(tx: Tx, workshop_id: str, card_id: str) -> OwnCard | None:
    """Return the card of this workshop with this id in files, or None."""
    row = tx.own.card_called(card_id=card_id, workshop_id=workshop_id)
    return _of(row) if row else None


def of_workshop(tx: Tx, workshop_id: str) -> list[OwnCard]:
    """Return every card of a workshop's own, also those put away, by deck and number."""
    return [_of(row) for row in tx.own.cards(workshop_id=workshop_id)]


def history(tx: Tx, card: OwnCard) -> list[Saved]:
    """Return every version that was saved, newest first."""
    return [_saved(row) for row in tx.own.history(own_card_id=card.id)]


def at_version(tx: Tx, card: OwnCard, version: int) -> Saved | None:
    """Return one version, or None."""
    row = tx.own.at_version(own_card_id=card.id, version=version)
    return _saved(row) if row else None


def put_away(tx: Tx, card: OwnCard) -> None:
    """Put a card away and out of the choice; its numbers, its ideas and every version of it stay."""
    choices.remove(tx, card.workshop_id, card.card_id)
    tx.own.card_away(id=card.id, workshop_id=card.workshop_id, at=card.away_at or clock.now())
    tx.own.shelf_changed(workshop_id=card.workshop_id)


def restore(tx: Tx, card: OwnCard) -> None:
    """Bring a card back."""
    tx.own.card_away(id=card.id, workshop_id=card.workshop_id, at=None)
    tx.own.shelf_changed(workshop_id=card.workshop_id)


def _tail(draft: Draft) -> str:
    """Return what to call a card in files: its first title."""
    return slug(next((draft[f"{code}.title"] for code in languages(draft) if f"{code}.title" in draft), ""), "kaart")


def _texts(tx: Tx, card: OwnCard, draft: Draft, right: Collection[Language]) -> tuple[dict[Language, str], int]:
    """Return the card files in use from now on, and the version they carry."""
    fresh = {code: written(named(card, one(draft, code)), card.place(code)).text for code in LANGUAGES if code in right}
    texts = {code: text for code, text in card.texts.items() if code in languages(draft)} | fresh
    door = tx.doors.of_card(workshop_id=card.workshop_id, card_id=card.card_id)
    on_paper = printed.of_door(tx, door["id"]) if door else []
    now = {code: read_again(text, card.card_id, code) for code, text in texts.items()}
    changed = any(
        one.version == card.edition and one.language == code and one.words != printed.words_of(found)
        for code, found in now.items()
        for one in on_paper
    )
    if not changed:
        return texts, card.edition
    edition = card.edition + 1
    return {code: card_text(found.model_copy(update={"version": edition})) for code, found in now.items()}, edition


def named(card: OwnCard, draft: Draft) -> Draft:
    """Return a draft whose picture is called after the card, as it is in the file that is shared."""
    return draft | {"picture": picture_name(card.card_id, draft["picture"])} if draft.get("picture") else draft


def picture_name(card_id: str, file: str) -> str:
    """Return what a stored picture is called on a card; another picture has another name."""
    return f"{card_id.partition('/')[2][:60]}-{file[:8]}.{file.rpartition('.')[2]}"


def file_text(card: Card) -> str:
    """Return the file of one card to share by itself: a picture only travels with its deck."""
    return card_text(card.model_copy(update={"picture": None}))


def keep_picture(tx: Tx, workshop_id: str, file: str) -> None:
    """Note that a stored picture belongs to this workshop's cards. Raises `Refused('quota_bytes')`."""
    quotas.room_for_files(tx, workshop_id, [file])
    tx.own.keep_picture(file=file, workshop_id=workshop_id, at=clock.now())


def picture_file(tx: Tx, workshop_id: str, name: str) -> str | None:
    """Return the stored file behind the name of a picture on a card in use, or None."""
    found: str | None = tx.own.picture_like(workshop_id=workshop_id, start=name.rpartition(".")[0][-8:])
    return found


def _of(row: dict[str, Any]) -> OwnCard:
    plain = ("id", "workshop_id", "own_deck_id", "deck_id", "card_id", "number", "edition", "version")
    away = ("away_at", "deck_away_at")
    texts: dict[Language, str] = {code: row[code] for code in LANGUAGES if row[code]}
    return OwnCard(**{name: row[name] for name in (*plain, *away)}, draft=json.loads(row["draft"]), texts=texts)


def _saved(row: dict[str, Any]) -> Saved:
    return Saved(row["version"], json.loads(row["draft"]), row["at"], row["who_name"], row["verb"])
