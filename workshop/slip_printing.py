"""Idea cards, dot sheets and ring sheets of a workshop, from order to paper.

Ordering makes their numbers (rows first); printing reads those rows, so the same order gives the same paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from cards.card import Language
from print import lines
from print import slips as paper
from print.forms import FormSide
from print.imprint import Imprint, check_address
from print.slips import SlipFormat
from print.things import Printed
from print.words import words
from workshop.domain import network_cards, orders, round_sheets, slips
from workshop.domain.slips import Kind
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.store import Tx

SHEETS = ("dots", "rings")
_ROW_MM, _ROW_LINES = 86.0, 2


def imprint_of(workshop: Workshop, *, rehearsal: bool = False) -> Imprint:
    """Return what a workshop puts on its paper."""
    return Imprint(
        workshop=workshop.name,
        site=workshop.host,
        base=workshop.address,
        contact_name=workshop.contact_name,
        contact_phone=workshop.contact_phone,
        rehearsal=workshop.rehearsal or rehearsal,
    )


def question_on(house: House, workshop: Workshop, kind: Kind, language: str, card_id: str) -> str:
    """Return the question that stands on a slip: of the card, or else of the workshop when it fits there.

    On those of the card about who one wants to be it says as well who reads that.
    Raises `Refused`: 'no_card' for a card that asks nothing in this language, 'slips_question' when its question
    does not fit on this format.
    """
    asked = workshop.question
    if card_id:
        card = house.library_of(workshop.id).find(card_id, cast(Language, language))
        if card is None or card.share is None:
            raise Refused("no_card", f"There is no card {card_id} with a question in this language. Nothing was made.")
        asked = card.share.question
    if card_id == network_cards.BEING:
        asked = f"{asked} {words(cast(Language, language))['slip_private']}"
    if kind in SHEETS or _fits(house, workshop, cast(SlipFormat, kind), language, asked):
        return asked
    if card_id:
        raise Refused("slips_question", "The question of this card is too long for this format. Choose A5.")
    return ""


def checked(
    house: House,
    workshop: Workshop,
    *,
    kind: Kind,
    count: int,
    language: str,
    card_id: str = "",
    asks: bool = True,
    choices: Sequence[str] = (),
    seed: str = "",
    perspective: str = "",
) -> dict[str, Any]:
    """Return what to order with `slips.order`, with the question that will stand on it; none when `asks` is off.

    Raises `Refused`, and `PrintError` when the workshop's address must not be on paper: nothing is made then.
    """
    check_address(imprint_of(workshop))
    must = card_id == network_cards.BEING  # who reads it stands on the paper
    question = question_on(house, workshop, kind, language, card_id) if asks or must else ""
    wanted = {"kind": kind, "count": count, "language": language, "question": question}
    return wanted | {"card_id": card_id, "choices": tuple(choices), "seed": seed, "perspective": perspective}


def order(tx: Tx, workshop_id: str, facilitator_id: str, wanted: dict[str, Any], how: dict[str, Any]) -> orders.Order:
    """Make a series and order it to be printed, both or neither; `how` says `flip` and `back_shift`."""
    return again(tx, workshop_id, facilitator_id, slips.order(tx, workshop_id, **wanted).id, how)


def again(tx: Tx, workshop_id: str, facilitator_id: str, series_id: str, how: dict[str, Any]) -> orders.Order:
    """Order a series to be printed, for the first time or once more."""
    series = slips.find(tx, workshop_id, series_id)
    what = {"document": "slips", "series": series.id, "format": series.kind, "language": series.language}
    return orders.order(tx, workshop_id, facilitator_id, how | what)


def printed(
    house: House, workshop: Workshop, what: dict[str, Any], tell: Callable[[int, int], None] | None = None
) -> Printed:
    """Print a series of slips. `tell` hears how many of how many are done."""
    series = house.store.read(slips.find, workshop.id, what["series"])
    cards = [
        paper.Slip(one.number, one.key, one.stub_key, one.stub_words)
        for one in house.store.read(slips.of_series, series)
    ]
    imprint = imprint_of(workshop, rehearsal=bool(series.seed))
    common = {"imprint": imprint, "language": series.language, "question": series.question}
    rows = house.store.read(round_sheets.rows, series, _on_a_row)
    kept = rows == series.choices  # words of ideas are not kept: their makers may take them away
    common |= {"cache": house.settings.data / "faces" if kept else None}
    made: Printed
    if series.kind in SHEETS:
        made = house.press.run(paper.sheets, series.kind, cards, rows=rows, **common)  # type: ignore[arg-type]
    else:
        right, down = what.get("back_shift") or (0.0, 0.0)
        how = {"format": series.kind, "flip": what.get("flip", "long"), "back_shift_mm": (right, down)}

        def told(done: object) -> None:
            if tell and isinstance(done, int):
                tell(done, len(cards))

        made = house.press.run_telling(told, paper.slips, cards, **how, **common)
    house.store.write(slips.note_printed, series.id)
    return replace(made, name=f"{series.kind}-{cards[0].number}.pdf")


def preview(
    house: House, workshop: Workshop, kind: Kind, side: FormSide, language: str, question: str, choices: Sequence[str]
) -> bytes:
    """Return one side of a slip as it will print, as PNG, with a number that is nobody's."""
    return house.preview.run(
        paper.preview,
        kind,
        side,
        imprint=imprint_of(workshop),
        language=cast(Language, language),
        question=question,
        rows=tuple(choices),
        cache=house.settings.data / "faces",
    )


def _on_a_row(text: str) -> str:
    """Return text as it fits on a row of a dot sheet: two lines of 14 pt, cut at a word."""
    if lines.lines([(text, "Regular")], _ROW_MM, 14) <= _ROW_LINES:
        return text
    return lines.shortened(text, _ROW_LINES, _ROW_MM, 14)


def _fits(house: House, workshop: Workshop, kind: SlipFormat, language: str, question: str) -> bool:
    return house.preview.run(
        paper.fits,
        question,
        format=kind,
        imprint=imprint_of(workshop),
        language=cast(Language, language),
        cache=house.settings.data / "faces",
    )
