"""From a workshop's choice to paper: the one road for web pages, background work and the command line.

Doors are opened here: printing a card in a workshop gives it its number, and printing again gives the same
one. The press itself runs in a child process with limits.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, cast

from cards.card import Face, Language
from cards.recipe import Counts
from cards.recipe_book import recipes
from print import documents
from print.documents import Item, Printed
from print.errors import PrintError
from print.imprint import Door
from print.recipes import recipe_sheet, titled
from workshop import (
    answer_printing,
    balance_printing,
    ending_printing,
    meeting_printing,
    network_printing,
    pack_printing,
    progress_printing,
    result_printing,
    safety_printing,
    slip_printing,
    trial_printing,
    wall_printing,
)
from workshop.card_printing import item_of, items_of, own_door
from workshop.domain import choices, doors, workshops
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.slip_printing import imprint_of

Order = dict[str, Any]
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """Something printed: bytes, kind (`pdf` or `zip`), and what to call the file."""

    data: bytes
    kind: str
    name: str


def make(house: House, workshop_id: str, what: Order, tell: Tell | None = None) -> Made:
    """Print an order; one PDF, or a zip when sizes are mixed. Raises `Refused` with a reason for people.

    `what`: `document` (cards, slips, answers, poster, tents, test, recipe, wall, report, invitation, planner,
    progress, ending, nine-steps, mandate, pack, result, stories, exhibition), `format`, `flip` (long, short),
    `language`, and for cards `cards` (ids; empty is the workshop's choice), `copies` (else as the workshop chose) and
    `back_shift` (mm right and down for backs); for a recipe `recipe` (its id), `start` ("13:30"), `tables`, `people`
    and `large`; for slips `series`; for a pack what `pack_printing.rows` returns; for answers as
    `answer_printing.print_answers` says, and for a result, stories or an exhibition as `result_printing.printed`; for
    a wall `audience` (group, everyone); for a report or invitation `meeting` (its key; '' is the last or the next one).
    `tell` hears how many sheets of how many are done.
    """
    workshop = house.store.read(workshops.at_door, workshop_id)
    try:
        made = printed(house, workshop, what, tell)
    except PrintError as error:
        raise Refused("print", error.said(workshop.language)) from error
    if len(made) == 1:
        return Made(made[0].pdf, "pdf", made[0].name)
    return Made(documents.together(made), "zip", f"{slug(workshop)}.zip")


def printed(house: House, workshop: Workshop, what: Order, tell: Tell | None = None) -> list[Printed]:
    """Print an order and return each PDF, named after the workshop."""
    long_ones = {
        "slips": slip_printing.printed,
        "answers": answer_printing.printed,
        "pack": pack_printing.printed,
    }
    long_one = long_ones.get(what["document"])
    made = [long_one(house, workshop, what, tell)] if long_one else _printed(house, workshop, what)
    name = slug(workshop)
    return [dataclasses.replace(one, name=f"{name}-{one.name}") for one in made]


def _printed(house: House, workshop: Workshop, what: Order) -> list[Printed]:
    language = cast(Language, what.get("language") or workshop.language)
    imprint = imprint_of(workshop)
    if what["document"] == "cards":
        right, down = what.get("back_shift") or (0.0, 0.0)
        return house.press.run(
            documents.deck,
            items(house, workshop, language, what.get("cards") or (), what.get("copies")),
            format=what.get("format", "auto"),
            flip=what.get("flip", "long"),
            imprint=imprint,
            title=workshop.name,
            language=language,
            cache=house.settings.data / "faces",
            back_shift_mm=(right, down),
            with_covers=bool(what.get("covers")),
        )
    if what["document"] == "test":
        return [house.press.run(documents.test_page, imprint=imprint, flip=what.get("flip", "long"), language=language)]
    if what["document"] == "recipe":
        return [_programme(house, workshop, language, what)]
    if what["document"] in network_printing.DOCUMENTS:
        return [network_printing.printed(house, workshop, what)]
    if what["document"] in trial_printing.DOCUMENTS:
        return [trial_printing.printed(house, workshop, what)]
    if what["document"] in safety_printing.DOCUMENTS:
        return [safety_printing.printed(house, workshop, what)]
    if what["document"] in meeting_printing.DOCUMENTS:
        return [meeting_printing.printed(house, workshop, what)]
    for one in (progress_printing, ending_printing):
        if what["document"] == one.DOCUMENT:
            return [one.printed(house, workshop, what)]
    if what["document"] in result_printing.DOCUMENTS:
        return [result_printing.printed(house, workshop, what, own_door(house, workshop))]
    if what["document"] in balance_printing.DOCUMENTS:
        return [balance_printing.printed(house, workshop, what)]
    if what["document"] in wall_printing.DOCUMENTS:
        return [wall_printing.printed(house, workshop, what, own_door(house, workshop))]
    own, asks = own_door(house, workshop), workshop.question
    if what["document"] == "tents":
        return [house.press.run(documents.tents, own, imprint=imprint, question=asks, language=language)]
    size = what.get("format", "a3")
    return [house.press.run(documents.poster, own, format=size, imprint=imprint, question=asks, language=language)]


def _programme(house: House, workshop: Workshop, language: Language, what: Order) -> Printed:
    recipe = recipes().find(what["recipe"])
    if recipe is None:
        raise Refused("no_recipe", "This programme does not exist any more. Choose another one.")
    return house.press.run(
        recipe_sheet,
        recipe,
        titled(recipe, house.library, language),
        Counts.of(what["people"], what["tables"], what["large"]),
        start=time.fromisoformat(what["start"]),
        language=language,
        workshop=workshop.name,
        cache=house.settings.data / "faces",
    )


def items(
    house: House, workshop: Workshop, language: Language, card_ids: Sequence[str], copies: int | None
) -> list[Item]:
    """Return the cards to print with their doors and copies, in the order of the decks."""
    chosen = house.store.read(choices.of_workshop, workshop.id)
    wanted = {card_id: chosen.get(card_id, 1) for card_id in card_ids} if card_ids else chosen
    found = [card for card in house.library_of(workshop.id).cards(language) if card.id in wanted]
    if not found:
        raise Refused("no_cards", "No cards are chosen in this language. Choose cards first.")
    return items_of(house, workshop, language, {card.id: copies or wanted[card.id] for card in found})


def preview(house: House, workshop: Workshop, card_id: str, language: str, face: Face, size: str) -> bytes:
    """Return one face of a card as it will print, as PNG; `size` is `own` or `large`.

    Raises `Refused('no_card')`. A card that was never chosen has no number yet.
    """
    card = house.library_of(workshop.id).find(card_id, cast(Language, language))
    if card is None:
        raise Refused("no_card")
    door = house.store.read(doors.of_workshop, workshop.id).get(card_id)
    plain = Door(door.number, door.key, door.word) if door else None
    return house.preview.run(
        documents.preview,
        item_of(house, workshop, card, plain, 1),
        face=face,
        format="large" if size == "large" else "auto",
        imprint=imprint_of(workshop),
        cache=house.settings.data / "faces",
    )


def slug(workshop: Workshop) -> str:
    """Return the name of a workshop as part of a file name."""
    name = unicodedata.normalize("NFKD", workshop.name.lower())
    return re.sub(r"[^a-z0-9]+", "-", name.encode("ascii", "ignore").decode()).strip("-") or "werkplaats"
