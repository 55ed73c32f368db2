"""The command line's programmes: which there are, and one printed with its clock times. Needs no workshop."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path
from typing import Any

import click

from cards.card import Language
from cards.deck import load
from cards.recipe import Counts
from cards.recipe_book import recipes
from print.recipes import recipe_sheet, titled
from workshop.cli import Cure
from workshop.settings import cache_folder


class Clock(click.ParamType[time]):
    """A clock time as people write it: `13:30`."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> time:
        """Return the time, or say how to write it."""
        try:
            return value if isinstance(value, time) else time.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is no clock time. Write it like 13:30.", param, context)


_language = click.option(
    "--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language of the programme."
)


@click.command("recipes")
@_language
@click.option("--json", "as_json", is_flag=True, help="Write everything the programmes say, as JSON.")
def listing(language: Language, as_json: bool) -> None:
    """List the ready programmes, in the order of the series."""
    found = recipes().recipes
    if as_json:
        click.echo(json.dumps([recipe.model_dump(mode="json") for recipe in found], ensure_ascii=False))
        return
    for recipe in found:
        click.echo(f"{recipe.number:>3}  {recipe.id:<28} {recipe.title[language]}: {recipe.purpose[language]}")


@click.command("recipe")
@click.option("--recipe", "recipe_id", required=True, help="Which programme, for example kennismaken.")
@click.option("--tables", type=click.IntRange(1, 30), help="Number of tables; else enough for six people each.")
@click.option("--people", type=click.IntRange(1, 99), help="Number of people; else what is usual.")
@click.option("--large", type=click.IntRange(0, 99), default=0, show_default=True, help="How many read large letters.")
@click.option("--start", type=Clock(), default="13:30", show_default=True, help="When the meeting begins.")
@_language
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="PDF to write.")
def sheet(
    recipe_id: str, tables: int | None, people: int | None, large: int, start: time, language: Language, output: Path
) -> None:
    """Print a programme on one A4: clock times on the front, what to print and bring on the back."""
    recipe = recipes().find(recipe_id)
    if recipe is None:
        names = ", ".join(one.id for one in recipes().recipes)
        raise Cure(f"There is no programme {recipe_id}. Nothing was printed. There are: {names}.")
    counts = Counts.of(people or recipe.people, tables, large)
    cards = titled(recipe, load(), language)
    made = recipe_sheet(recipe, cards, counts, start=start, language=language, cache=cache_folder())
    output.write_bytes(made.pdf)
    click.echo(f"Printed {output} ({len(made.pdf) // 1024} kB).")
