"""The print pack of a meeting, from its plan to paper: what is in it, how many of everything, and the PDF.

Ordering makes the numbers of its idea cards and says which answers go along; printing reads those rows, so the same
order gives the same paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, cast

from cards.card import Language
from print import pack as paper
from print import slips as slip_paper
from print.answer_text import AnswerText
from print.heading import Heading
from print.pack import PARTS, Contents, Part
from print.recipes import titled
from print.run_sheet import RunSheet
from print.sign_in import Consent
from print.things import Printed
from print.words import words
from workshop import answer_printing, pack_counts, slip_printing
from workshop.card_printing import items_of, own_door
from workshop.domain import answers, choices, consent, meetings, orders, perspectives, plans, slips, workshops
from workshop.domain.answers import Given
from workshop.domain.meetings import Meeting
from workshop.domain.plans import Plan
from workshop.domain.slips import Series
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.pack_counts import Asked, Piles
from workshop.store import Tx
from workshop.telling import in_full

_KINDS: Final = {"slips": "a5", "slips_large": "large"}
"""Which idea cards belong to which part."""


@dataclass(frozen=True)
class Known:
    """What the store knows of a meeting, read at once."""

    meeting: Meeting
    plan: Plan
    chosen: Mapping[str, int]
    sides: tuple[str, ...]
    leads: tuple[str, str]
    answers: tuple[Given, ...]


def known(tx: Tx, workshop: Workshop, meeting_id: str, language: str, printed_again: bool = False) -> Known:
    """Return what is known of a meeting of this workshop. Raises `Refused('no_meeting')`.

    The answers are those that were not printed yet; all of them with `printed_again`.
    """
    names = [one.name for one in workshops.members(tx, workshop.id) if one.role == "facilitator"]
    what = {"format": "a5", "order": "name", "meeting": None, "again": printed_again}
    return Known(
        meeting=meetings.find(tx, workshop.id, meeting_id),
        plan=plans.of(tx, meeting_id),
        chosen=choices.of_workshop(tx, workshop.id),
        sides=tuple(perspectives.choices(tx, workshop.id, language).values()),
        leads=cast("tuple[str, str]", tuple((*names, "", "")[:2])),
        answers=tuple(answer_printing.to_print(tx, workshop.id, what)),
    )


def piles(house: House, workshop: Workshop, asked: Asked, has: Known) -> Piles:
    """Return how many of every card and form this meeting needs."""
    return pack_counts.piles(_recipe(asked, has), has.chosen, asked, house.library_of(workshop.id), len(has.answers))


def sheets(house: House, workshop: Workshop, asked: Asked, has: Known) -> dict[Part, int]:
    """Return how many sheets of A4 each part that is there will take; the run sheet and the list are laid out."""
    own, library = piles(house, workshop, asked, has), house.library_of(workshop.id)
    counted = pack_counts.sheets(own, asked, library)
    sheet = _run_sheet(house, workshop, asked, has)
    heading = _heading(workshop, asked, has)
    laid = house.preview.run(paper.laid_sheets, sheet, heading, own.lines(library, asked), asked.counts, asked.language)
    return {part: laid.get(part, counted.get(part, 0)) for part in PARTS if laid.get(part, counted.get(part, 0))}


def wanted_slips(house: House, workshop: Workshop, asked: Asked) -> dict[str, dict[str, Any]]:
    """Return the idea cards to make with `order`, by kind. Raises as `slip_printing.checked` does."""
    counts = {"slips": asked.small_idea_cards, "slips_large": asked.large_idea_cards}
    return {
        kind: slip_printing.checked(
            house, workshop, kind=cast(slips.Kind, kind), count=counts[part], language=asked.language
        )
        for part, kind in _KINDS.items()
        if part in asked.parts and counts[part]
    }


def rows(tx: Tx, workshop: Workshop, asked: Asked, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Make the numbers of the idea cards and choose the answers; return what to print."""
    series = {kind: slips.order(tx, workshop.id, **values).id for kind, values in wanted.items()}
    has = known(tx, workshop, asked.meeting_id, asked.language)
    given = [one.answer.id for one in has.answers] if "answers" in asked.parts else []
    return {"document": "pack", **asked.told(), "series": series, "answers": given}


def order(
    tx: Tx, workshop: Workshop, facilitator_id: str, asked: Asked, wanted: Mapping[str, Mapping[str, Any]]
) -> orders.Order:
    """Order a pack with its idea cards, both or neither."""
    return orders.order(tx, workshop.id, facilitator_id, rows(tx, workshop, asked, wanted))


def printed(
    house: House, workshop: Workshop, what: Mapping[str, Any], tell: Callable[[int, int], None] | None = None
) -> Printed:
    """Print a pack as it was ordered; `tell` hears how many of its parts are done.

    Raises `Refused` when the meeting or a card of its plan is gone, and `PrintError`.
    """
    asked = Asked.of(what)
    has = house.store.read(known, workshop, asked.meeting_id, asked.language, True)
    given = [one for one in has.answers if one.answer.id in what["answers"]]
    contents = _contents(house, workshop, asked, has, what, given)

    def told(done: object) -> None:
        if tell and isinstance(done, int):
            tell(done, len(asked.parts))

    made: Printed = house.press.run_telling(
        told,
        paper.pack,
        contents,
        asked.parts,
        flip=asked.flip,
        imprint=slip_printing.imprint_of(workshop),
        language=asked.language,
        cache=house.settings.data / "faces",
    )
    house.store.write(_note, asked, has.plan, what["series"].values(), [one.answer.id for one in given])
    return made


def _note(tx: Tx, asked: Asked, plan: Plan, series: Iterable[str], given: list[str]) -> None:
    """Note what is on paper now. A plan that changed in between is not: the next print is another edition."""
    for one in series:
        slips.note_printed(tx, one)
    answers.note_printed(tx, given)
    if "run_sheet" in asked.parts and plan.blocks and plans.of(tx, plan.meeting_id) == plan:
        plans.printed(tx, plan.meeting_id)


def _contents(
    house: House, workshop: Workshop, asked: Asked, has: Known, what: Mapping[str, Any], given: Sequence[Given]
) -> Contents:
    language = asked.language
    own = pack_counts.piles(_recipe(asked, has), has.chosen, asked, house.library_of(workshop.id), len(given))
    cards = partial(items_of, house, workshop, language)
    series = {kind: house.store.read(slips.find, workshop.id, series_id) for kind, series_id in what["series"].items()}
    return Contents(
        heading=_heading(workshop, asked, has),
        counts=asked.counts,
        consent=Consent(consent.text(language), consent.NOW),
        sides=has.sides,
        door=own_door(house, workshop),
        asks=workshop.question,
        run_sheet=_run_sheet(house, workshop, asked, has),
        answers=tuple(_answers(house, workshop, language, given)),
        cards=tuple(cards(own.cards)),
        large=tuple(cards(own.large)),
        signals=tuple(cards(own.signals)),
        evaluation=tuple(cards(own.evaluation)),
        slips=tuple(_slips(house, series.get("a5"))),
        slips_large=tuple(_slips(house, series.get("large"))),
        question=series["a5"].question if "a5" in series else "",
        question_large=series["large"].question if "large" in series else "",
        lines=tuple(own.lines(house.library_of(workshop.id), asked)),
    )


def _slips(house: House, series: Series | None) -> list[slip_paper.Slip]:
    found = house.store.read(slips.of_series, series) if series else []
    return [slip_paper.Slip(one.number, one.key, one.stub_key, one.stub_words) for one in found]


def _answers(house: House, workshop: Workshop, language: Language, given: Sequence[Given]) -> list[AnswerText]:
    return answer_printing.numbered(house, workshop, given, language, "a5")[1] if given else []


def _recipe(asked: Asked, has: Known) -> Any:
    """Return the plan as a recipe for so many idea cards; None as long as there is no plan."""
    if not has.plan.blocks:
        return None
    recipe = plans.as_recipe(has.plan, has.meeting, _name(asked, has))
    return recipe.model_copy(update={"idea_cards": asked.idea_cards})


def _run_sheet(house: House, workshop: Workshop, asked: Asked, has: Known) -> RunSheet | None:
    recipe = _recipe(asked, has)
    if recipe is None:
        return None
    cards = titled(recipe, house.library_of(workshop.id), asked.language)
    return RunSheet(recipe, cards, plans.start_of(has.meeting))


def _heading(workshop: Workshop, asked: Asked, has: Known) -> Heading:
    return Heading(
        name=_name(asked, has),
        day=in_full(has.meeting.date, asked.language),
        place=has.meeting.place,
        workshop=workshop.name,
        leads=has.leads,
        edition=has.plan.version,
    )


def _name(asked: Asked, has: Known) -> str:
    return has.meeting.name or words(asked.language)("report_meeting", number=has.meeting.number)
