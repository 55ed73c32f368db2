"""The packing list: what comes out of the printer and what to bring along, counted, to tick off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.card import Language
from cards.recipe import Counts, Recipe
from print.heading import Heading, bound, pages
from print.recipes import Line, counted
from print.sheets import Group
from print.words import words


@dataclass(frozen=True)
class Ticks:
    """A heading with things to tick off."""

    title: str
    lines: tuple[Line, ...]


def packing_list(
    printed: Sequence[Line], recipe: Recipe | None, counts: Counts, heading: Heading, *, language: Language
) -> Group:
    """Return the list: what was printed, then what the recipe says to bring, prepare and do in the room.

    Without a recipe, or when it brings nothing, it names what no meeting goes without.
    """
    said = words(language)
    parts = [
        Ticks(said["packing_print"], tuple(printed)),
        Ticks(said["packing_bring"], _bring(recipe, counts, language)),
    ]
    if recipe:
        ahead = tuple(Line(1, text[language]) for text in recipe.prepare)
        room = tuple(Line(1, text[language]) for text in recipe.room)
        parts += [Ticks(said["packing_ahead"], ahead), Ticks(said["packing_room"], room)]
    faces = pages(
        "packing_list.html",
        said["packing_title"],
        language,
        heading=heading.plain(language),
        counted=counted(counts, said),
        parts=parts,
    )
    return bound(said["packing_title"], faces)


def _bring(recipe: Recipe | None, counts: Counts, language: Language) -> tuple[Line, ...]:
    said = words(language)
    always = (Line(1, said["packing_phone"]), Line(1, said["packing_tape"]))
    if recipe is None or not recipe.bring:
        pens, loupes = Line(counts.people, said["packing_pens"]), Line(counts.tables, said["packing_loupe"])
        return (pens, loupes, *always, Line(1, said["packing_coffee"]))
    amounts = recipe.amounts(counts.tables, counts.people, counts.large)
    own = [Line(many, thing.text[language]) for thing, many in zip(recipe.bring, amounts.things, strict=True)]
    return (*own, *always)
