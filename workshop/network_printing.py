"""The nine steps and the sheet of a mandate, from a workshop to paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from cards.card import Language
from cards.deck import Library
from print.mandate_sheet import MandateText, mandate_sheet
from print.nine_steps import StepsText, StepText, nine_steps
from print.things import Printed
from workshop import clock, steps_said
from workshop.domain import mandates, trials
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx
from workshop.telling import in_full

DOCUMENTS: Final = ("nine-steps", "mandate")


def printed(house: House, workshop: Workshop, what: Mapping[str, Any]) -> Printed:
    """Print the nine steps, or a sheet to sign (`mandate`, a key; '' is an empty sheet).

    Raises `Refused`: 'no_steps' in a knowledge circle, 'no_mandate'.
    """
    language = cast(Language, what.get("language") or workshop.language)
    common: dict[str, Any] = {"imprint": imprint_of(workshop), "language": language}
    common["cache"] = house.settings.data / "faces"
    if what["document"] == "mandate":
        text = house.store.read(mandate_text, workshop, what.get("mandate", ""), language)
        return house.press.run(mandate_sheet, text, **common)
    steps = house.store.read(steps_text, workshop, house.library_of(workshop.id), language)
    return house.press.run(nine_steps, steps, **common)


def steps_text(tx: Tx, workshop: Workshop, library: Library, language: Language) -> StepsText:
    """Return what the sheet with the nine steps says. Raises `Refused('no_steps')` when there are none."""
    rows = steps_said.said(tx, workshop, library, language)
    if not rows:
        raise Refused("no_steps", "A knowledge circle has no steps. Make it a learning circle or a workshop first.")
    steps = tuple(StepText(one.number, one.name, one.state, one.what, one.evidence, one.missing) for one in rows)
    return StepsText(workshop.name, in_full(clock.today().isoformat(), language), steps)


def mandate_text(tx: Tx, workshop: Workshop, mandate_id: str, language: Language) -> MandateText:
    """Return what the sheet to sign says. Raises `Refused('no_mandate')`."""
    if not mandate_id:
        return MandateText(workshop.question)
    one = mandates.find(tx, workshop.id, mandate_id)
    trial = trials.find(tx, workshop.id, one.trial_id).question if one.trial_id else ""
    return MandateText(workshop.question, trial, one.what, in_full(one.until, language), one.allows)
