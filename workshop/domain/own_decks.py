"""Decks of a workshop's own: a name in two languages, a mark and a colour that can be read on paper."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, get_args

from pydantic import ValidationError

from cards.card import Deck, Language, Mark
from cards.choosing import folded
from workshop import clock, ids
from workshop.errors import Refused, Stale
from workshop.store import Tx

MARKS: Final[tuple[Mark, ...]] = get_args(Mark)
COLOURS: Final = {
    "blue": "#1d4f91",
    "sea": "#0b6b73",
    "green": "#2c6e2f",
    "olive": "#5c6013",
    "brown": "#7a4a12",
    "orange": "#a84300",
    "red": "#b3261e",
    "pink": "#a8286b",
    "purple": "#6f3aa0",
    "grey": "#4a4f57",
}
"""Colours with a contrast of at least 4.5 to white, by name."""

LONGEST_NAME: Final = 40
FIRST_ORDER: Final = 500  # after every deck that comes with the product, before folders of the installation


@dataclass(frozen=True)
class OwnDeck:
    """A deck of a workshop's own; `deck_id` is what its cards and files call it."""

    id: str
    workshop_id: str
    deck_id: str
    position: int
    mark: Mark
    colour: str
    name_nl: str
    name_en: str
    away_at: str | None
    version: int

    def name(self, language: str) -> str:
        """Return its name in `nl` or `en`."""
        return self.name_en if language == "en" else self.name_nl

    @property
    def deck(self) -> Deck:
        """Return the deck as paper and pages know it."""
        names: dict[Language, str] = {"nl": self.name_nl, "en": self.name_en}
        return Deck(
            id=self.deck_id,
            order=min(FIRST_ORDER + self.position, 999),
            mark=self.mark,
            colour=self.colour,
            audience="everyone",
            name=names,
            purpose={"nl": "Eigen kaarten van deze werkplaats.", "en": "This workshop’s own cards."},
        )


def make(
    tx: Tx,
    workshop_id: str,
    nl: str,
    en: str = "",
    mark: str = "pencil",
    colour: str = "sea",
    taken: Collection[str] = (),
    wanted: str = "",
) -> OwnDeck:
    """Make a deck, called `wanted` in files or after its name; `taken` are ids it may not have.

    Raises `Refused` with the field that is wrong.
    """
    values = _checked(nl, en, mark, colour)
    there = of_workshop(tx, workshop_id)
    key = ids.new()
    tx.own.make_deck(
        id=key,
        workshop_id=workshop_id,
        deck_id=free_id(wanted or slug(values["name_nl"], "eigen"), {*taken, *(one.deck_id for one in there)}),
        position=max((one.position for one in there), default=0) + 1,
        at=clock.now(),
        **values,
    )
    tx.own.shelf_changed(workshop_id=workshop_id)
    return find(tx, workshop_id, key)


def change(tx: Tx, deck: OwnDeck, nl: str, en: str, mark: str, colour: str) -> OwnDeck:
    """Change name, mark and colour. Raises `Stale` when somebody else did so first."""
    row = tx.own.change_deck(id=deck.id, version=deck.version, **_checked(nl, en, mark, colour))
    if row is None:
        raise Stale(find(tx, deck.workshop_id, deck.id))
    tx.own.shelf_changed(workshop_id=deck.workshop_id)
    return _of(row)


def find(tx: Tx, workshop_id: str, key: str) -> OwnDeck:
    """Return a deck of this workshop. Raises `Refused('no_card')`."""
    row = tx.own.deck(id=key, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_card")
    return _of(row)


def of_workshop(tx: Tx, workshop_id: str) -> list[OwnDeck]:
    """Return all decks of a workshop's own, also those put away, in their order."""
    return [_of(row) for row in tx.own.decks(workshop_id=workshop_id)]


def put_away(tx: Tx, deck: OwnDeck) -> None:
    """Put a deck away with all its cards: nobody chooses from it, what was printed keeps working."""
    tx.own.deck_away(id=deck.id, workshop_id=deck.workshop_id, at=deck.away_at or clock.now())
    tx.own.shelf_changed(workshop_id=deck.workshop_id)


def restore(tx: Tx, deck: OwnDeck) -> None:
    """Bring a deck back."""
    tx.own.deck_away(id=deck.id, workshop_id=deck.workshop_id, at=None)
    tx.own.shelf_changed(workshop_id=deck.workshop_id)


def slug(text: str, otherwise: str) -> str:
    """Return a name as small letters, digits and hyphens, as decks and cards are called in files."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text))[:40].strip("-") or otherwise


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return this id, with a number behind it when it is taken."""
    numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(one for one in numbered if one not in taken)


def _checked(nl: str, en: str, mark: str, colour: str) -> dict[str, Any]:
    names = [" ".join(text.split()) for text in (nl, en)]
    if not any(names):
        raise Refused("deck_name_missing")
    if any(len(name) > LONGEST_NAME for name in names):
        raise Refused("deck_name_long", most=str(LONGEST_NAME))
    if not all(name.isprintable() for name in names):
        raise Refused("deck_name_odd")
    if mark not in MARKS:
        raise Refused("deck_mark_unknown")
    shade = COLOURS.get(colour, colour)
    try:
        Deck.model_validate({"colour": shade})
    except ValidationError as error:
        if any(one["loc"] == ("colour",) for one in error.errors()):
            raise Refused("deck_colour_unknown") from None
    return {"name_nl": names[0] or names[1], "name_en": names[1] or names[0], "mark": mark, "colour": shade}


def _of(row: dict[str, Any]) -> OwnDeck:
    return OwnDeck(**{name: row[name] for name in OwnDeck.__dataclass_fields__})
