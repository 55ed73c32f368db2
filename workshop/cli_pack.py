"""The command line's print pack: all paper of one meeting in one PDF, the same as the desk makes."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from cards.card import Language
from cards.recipe import Counts
from print.formats import Flip
from print.pack import PARTS, Part
from workshop import pack_printing, printing
from workshop.cli import Cure, data_option, one_workshop, opened
from workshop.cli_wall import language_option, meeting_key, output_option, workshop_option
from workshop.domain import plans
from workshop.domain.plans import Plan
from workshop.pack_counts import Asked
from workshop.settings import Settings

_BOUNDS = {"tables": (1, 30), "people": (1, 99), "large": (0, 99), "idea-cards": (0, 9)}


@click.command("pack")
@workshop_option
@click.option("--meeting", required=True, help="Number, day or key of the meeting.")
@click.option("--tables", type=int, help="Number of tables; else what the plan of the meeting says.")
@click.option("--people", type=int, help="Number of people; else what the plan says.")
@click.option("--large", type=int, help="How many of them read large letters; else what the plan says.")
@click.option("--idea-cards", type=int, help="Idea cards for each person; else what the plan says.")
@click.option("--part", "parts", multiple=True, help=f"Only this part; may be repeated: {', '.join(PARTS)}.")
@click.option(
    "--flip",
    type=click.Choice(["long", "short"]),
    default="long",
    show_default=True,
    help="Edge over which the printer turns the sheets.",
)
@language_option
@data_option
@output_option
def pack(
    which: str,
    meeting: str,
    tables: int | None,
    people: int | None,
    large: int | None,
    idea_cards: int | None,
    parts: tuple[str, ...],
    flip: Flip,
    language: str | None,
    data: Path | None,
    output: Path,
) -> None:
    """Print all paper of a meeting: run sheet, lists, badges, poster, cards, numbered idea cards and answers."""
    given = {"tables": tables, "people": people, "large": large, "idea-cards": idea_cards}
    _check(given, parts)
    with opened(Settings.of(data=data)) as house:
        workshop = one_workshop(house, which)
        key = house.store.read(meeting_key, workshop.id, meeting)
        plan = house.store.read(plans.of, key)
        said = cast(Language, language or workshop.language)
        asked = _asked(plan, given, tuple(part for part in PARTS if not parts or part in parts), said, flip)
        wanted = pack_printing.wanted_slips(house, workshop, asked)
        what = house.store.write(pack_printing.rows, workshop, asked, wanted)
        made = printing.printed(house, workshop, what)[0]
    output.write_bytes(made.pdf)
    click.echo(f"Printed {output} ({len(made.pdf) // 1024} kB).")


def _check(given: dict[str, int | None], parts: tuple[str, ...]) -> None:
    """Raise a cure for a number or a part that makes no sense, before anything is opened."""
    for name, (least, most) in _BOUNDS.items():
        value = given[name]
        if value is not None and not least <= value <= most:
            raise Cure(f"--{name} {value} makes no sense. Take {least} to {most}. Nothing was printed.")
    people, large = given["people"], given["large"]
    if people is not None and large is not None and large > people:
        raise Cure(f"{large} people read large letters, but only {people} come. Nothing was printed.")
    for part in parts:
        if part not in PARTS:
            raise Cure(f"There is no part {part}. Nothing was printed. There are: {', '.join(PARTS)}.")


def _asked(plan: Plan, given: dict[str, int | None], parts: tuple[Part, ...], language: Language, flip: Flip) -> Asked:
    """Return what to print: what was said, and what the plan says for the rest."""

    def number(name: str, usual: int) -> int:
        value = given[name]
        return usual if value is None else value

    counts = Counts.of(number("people", plan.people), number("tables", plan.tables), number("large", plan.large))
    return Asked(plan.meeting_id, counts, number("idea-cards", plan.idea_cards), parts, language, flip)
