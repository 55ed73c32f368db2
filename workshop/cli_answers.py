"""The command line's answers: the same paper as the desk prints."""

from __future__ import annotations

from pathlib import Path

import click

from workshop import answer_printing
from workshop.cli import data_option, one_workshop, opened
from workshop.cli_wall import language_option, meeting_key, output_option, workshop_option
from workshop.settings import Settings


@click.command("answers")
@workshop_option
@click.option("--meeting", default="", help="Number, day or key of a meeting; else of all meetings.")
@click.option(
    "--format",
    "size",
    type=click.Choice([*answer_printing.FORMATS, answer_printing.LETTERS]),
    default="a5",
    show_default=True,
    help="Two on a sheet, four small ones, large print; or letters for who left an address.",
)
@click.option(
    "--order",
    type=click.Choice(answer_printing.ORDERS),
    default="name",
    show_default=True,
    help="By name (no name comes last), as the idea cards lay on the tables, or by idea.",
)
@click.option("--all", "again", is_flag=True, help="Also answers that were printed before.")
@language_option
@data_option
@output_option
def answers(
    which: str, meeting: str, size: str, order: str, again: bool, language: str | None, data: Path | None, output: Path
) -> None:
    """Print what was decided for everyone who gave an idea: slips to hand over, or letters."""
    what = {"format": size, "order": order, "again": again, "language": language}
    with opened(Settings.of(data=data)) as house:
        workshop = one_workshop(house, which)
        if meeting:
            what["meeting"] = house.store.read(meeting_key, workshop.id, meeting)
        made = answer_printing.print_answers(house, workshop, what)
    output.write_bytes(made.printed.pdf)
    click.echo(f"Printed {output} ({len(made.printed.pdf) // 1024} kB).")
    for one in made.moved:
        click.echo(f"Idea {one.nr} says too much for {size}: it is on larger paper ({one.size}), after the others.")
