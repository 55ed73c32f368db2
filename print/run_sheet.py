"""The run sheet of a meeting: its blocks with clock times and who leads, on as many pages as its words need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final

from cards.card import Language
from cards.recipe import Recipe
from print import filling
from print.heading import Heading, bound, footed, pages
from print.letters import readable
from print.recipes import Titled, agenda, agenda_marks, clock
from print.sheets import Group
from print.words import words

COPIES: Final = 2
"""One for each facilitator."""


@dataclass(frozen=True)
class RunSheet:
    """A plan as a recipe, the cards it uses, and when it begins."""

    recipe: Recipe
    cards: Titled
    start: time


def run_sheet(sheet: RunSheet, heading: Heading, *, language: Language, copies: int = COPIES) -> Group:
    """Return the run sheet in letters of 14 pt or more, `copies` times. Too many words go on to the next page.

    From the second edition on it says which one it is, and which sheet it replaces.
    """
    said = words(language)
    told = heading.plain(language)
    faces = pages(
        "run_sheet.html",
        f"{said['run_kicker']}: {told.name}",
        language,
        heading=told,
        title=told.name,
        purpose=filling.kept(readable(sheet.recipe.purpose[language], language)),
        begins=clock(sheet.start),
        ends=clock(sheet.recipe.ends(sheet.start)),
        rows=list(agenda(sheet.recipe, sheet.cards, sheet.start, language)),
    )
    edition = said("run_edition", edition=told.edition)
    feet = (f"{said('run_page', page=at, pages=len(faces))} · {edition}" for at, _ in enumerate(faces, 1))
    marked = [footed(face, foot) for face, foot in zip(faces, feet, strict=True)]
    return bound(said["run_kicker"], marked, agenda_marks(sheet.recipe, sheet.cards), copies)
