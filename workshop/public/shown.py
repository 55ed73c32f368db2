"""A card as its page shows it: the very words, shape and colour that are printed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from flask_babel import format_date
from flask_babel import gettext as _

from cards.card import Card, Deck, Language
from cards.drawing import Stroke, drawing_at, strokes
from cards.finding import Refusal
from print.numbers import shown
from workshop import clock, web
from workshop.domain import printed
from workshop.domain.workshops import Workshop
from workshop.house import house, read
from workshop.looks import mark_paths
from workshop.public.visitor import Here, keys

NUMBER = 6
OWN_COLOUR = "#0f4a5a"  # the workshop's own door belongs to no deck


@dataclass(frozen=True)
class Drawn:
    """The drawing of a card, as paths in a field of its own units; `shows` says what is on it."""

    width: float
    height: float
    paths: tuple[Stroke, ...]
    shows: str


@dataclass(frozen=True)
class Face:
    """The front of a card: plain values for a template. `shape` is an SVG path in a box of 24 by 24."""

    language: str
    title: str
    purpose: str
    question: str
    deck: str
    colour: str
    shape: str
    number: str
    photo_first: bool
    drawing: Drawn | None = None


@dataclass(frozen=True)
class Older:
    """The card in hand is from an earlier version, or it is if one of these versions stands on it."""

    sure: bool
    versions: tuple[int, ...] = ()


def face(here: Here) -> Face:
    """Return the face of a door's card in the language of the page if it exists, else in the workshop's."""
    card = _card(here)
    deck = house().library_of(here.workshop.id).deck(card.deck) if card else None
    number = shown(here.door.number)
    if card is None or deck is None:
        return Face(
            language=here.workshop.language,
            title=here.workshop.question,
            purpose="",
            question="",
            deck=here.workshop.name,
            colour=OWN_COLOUR,
            shape=mark_paths()["circle"],
            number=number,
            photo_first=False,
        )
    return Face(
        language=card.lang,
        title=card.title,
        purpose=card.purpose,
        question=card.share.question if card.share else "",
        deck=f"{deck.name[card.lang]} · {card.number}",
        colour=deck.colour,
        shape=mark_paths()[deck.mark],
        number=number,
        photo_first=card.share is not None and card.share.kinds[:1] == ("photo",),
        drawing=_drawing(card, deck),
    )


def _drawing(card: Card, deck: Deck) -> Drawn | None:
    """Return the drawing that is printed on a card; None when it has none, or a photo."""
    if card.picture is None or deck.art is None or not card.picture.file.endswith(".svg"):
        return None
    return _drawn(deck.art / card.picture.file, deck.colour, card.picture.alt)


@lru_cache(maxsize=256)
def _drawn(path: Path, colour: str, shows: str) -> Drawn | None:
    try:
        drawing = drawing_at(path)
    except Refusal:
        return None
    return Drawn(drawing.width, drawing.height, tuple(strokes(drawing, colour)), shows)


def older(here: Here) -> Older | None:
    """Say whether the card in somebody's hand may be from an earlier version; None when it surely is not.

    A scan tells which text was printed. A typed number does not: then it names the versions with other words.
    """
    library = house().library_of(here.workshop.id)
    before = [
        one
        for one in read(printed.of_door, here.door.id)
        if (now := library.find(here.door.card_id, cast(Language, one.language))) and printed.words_of(now) != one.words
    ]
    mine = next((key for key in keys() if key[:NUMBER] == here.door.number), "")[NUMBER:]
    if mine and mine != here.door.key:
        return Older(sure=True) if any(one.key == mine for one in before) else None
    versions = sorted({one.version for one in before if one.version != _version(here)})
    return Older(sure=False, versions=tuple(versions)) if versions else None


def _version(here: Here) -> int:
    card = _card(here)
    return card.version if card else 0


def next_time(workshop: Workshop) -> str:
    """Return when the group meets again, in full (“zondag 22 november 2026”), or '' when that is not known."""
    if workshop.next_date is None or clock.day(workshop.next_date) < clock.today():
        return ""
    return str(format_date(clock.day(workshop.next_date), _("EEEE d MMMM y")))


def day_of(moment: str) -> str:
    """Return the day of a moment as people say it: “zondag 22 november”."""
    return str(format_date(clock.local(moment).date(), _("EEEE d MMMM")))


def _card(here: Here) -> Card | None:
    wanted: tuple[Language, ...] = ("nl", "en")
    order = sorted(wanted, key=lambda code: (code != web.language(), code != here.workshop.language))
    library = house().library_of(here.workshop.id)
    found = (library.find(here.door.card_id, code) for code in order)
    return next((card for card in found if card), None)
