"""The nine steps and the sheet of a mandate, from a workshop to paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from cards.card import Language
from cards.deck import Library
from print.mandate_sheet import MandateText, mandate_sheet
from print.nine_steps import LightStep, LightText, StepsText, StepText, light_steps, nine_steps
from print.things import Printed
from print.words import words
from workshop import clock, steps_said
from workshop.domain import mandates, trials
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx
from workshop.telling import in_full

DOCUMENTS: Final = ("nine-steps", "mandate")


def printed(house: House, workshop: Workshop, what: Mapping[str, Any]) -> Printed:
    """Print the nine steps, or a sheet to sign (`mandate`, a key; '' is an empty sheet).

    With `light`, and always in a knowledge circle, the steps are to write on. Raises `Refused('no_mandate')`.
    """
    language = cast(Language, what.get("language") or workshop.language)
    common: dict[str, Any] = {"language": language, "cache": house.settings.data / "faces"}
    imprint = imprint_of(workshop)
    if what["document"] == "mandate":
        text = house.store.read(mandate_text, workshop, what.get("mandate", ""), language)
        return house.press.run(mandate_sheet, text, imprint=imprint, **common)
    library = house.library_of(workshop.id)
    if what.get("light") or workshop.kind == "circle":
        return house.press.run(light_steps, light_text(workshop, library, language), **common)
    steps = house.store.read(steps_text, workshop, library, language)
    return house.press.run(nine_steps, steps, imprint=imprint, **common)


def light_text(workshop: Workshop, library: Library, language: Language) -> LightText:
    """Return what the sheet to write on says: all nine steps, whatever kind of group this is."""
    speak = words(language)
    rows = steps_said.names(library, language).items()
    steps = (
        LightStep(nr, name, speak[f"step_light_{part}"], speak[f"step_ask_{part}"])
        for nr, (part, name) in enumerate(rows, 1)
    )
    return LightText(workshop.name, tuple(steps))


def steps_text(tx: Tx, workshop: Workshop, library: Library, language: Language) -> StepsText:
    """Return what the sheet with the nine steps says."""
    rows = steps_said.said(tx, workshop, library, language)
    steps = tuple(StepText(one.number, one.name, one.state, one.what, one.evidence, one.missing) for one in rows)
    return StepsText(workshop.name, in_full(clock.today().isoformat(), language), steps)


def mandate_text(tx: Tx, workshop: Workshop, mandate_id: str, language: Language) -> MandateText:
    """Return what the sheet to sign says. Raises `Refused('no_mandate')`."""
    if not mandate_id:
        return MandateText(workshop.question)
    one = mandates.find(tx, workshop.id, mandate_id)
    trial = trials.find(tx, workshop.id, one.trial_id).question if one.trial_id else ""
    return MandateText(workshop.question, trial, one.what, in_full(one.until, language), one.allows)
