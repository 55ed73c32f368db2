"""The command line's results: posters, story cards and an exhibition, the same paper as the desk prints."""

from __future__ import annotations

from pathlib import Path

import click

from workshop import printing, result_printing
from workshop.cli import data_option, one_workshop, opened
from workshop.cli_wall import language_option, output_option, workshop_option
from workshop.domain import results
from workshop.errors import Refused
from workshop.settings import Settings
from workshop.store import Tx


@click.command("result")
@workshop_option
@click.option("--result", "title", default="", help="Title or key of the result; not needed when there is one.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*result_printing.POSTERS, "stories", "exhibition"]),
    default="a3",
    show_default=True,
    help="A poster on A3 or on two A4, story cards of its ideas, or an exhibition of all results.",
)
@click.option(
    "--size",
    type=click.Choice(result_printing.SIZES),
    default="a5",
    show_default=True,
    help="How large story cards are.",
)
@click.option(
    "--audience",
    type=click.Choice(["everyone", "group"]),
    default="everyone",
    show_default=True,
    help="Who reads story cards or an exhibition. A poster is for whom its result is.",
)
@language_option
@data_option
@output_option
def result(
    which: str, title: str, form: str, size: str, audience: str, language: str | None, data: Path | None, output: Path
) -> None:
    """Print what came of it: a poster, story cards of the ideas it came from, or a whole exhibition."""
    document = form if form in ("stories", "exhibition") else "result"
    what = {"document": document, "size": size, "audience": audience, "language": language}
    with opened(Settings.of(data=data)) as house:
        workshop = one_workshop(house, which)
        if document == "result":
            what |= {"format": form, "result": house.store.read(_key, workshop.id, title)}
        elif document == "stories" and title:
            what["result"] = house.store.read(_key, workshop.id, title)
        made = printing.printed(house, workshop, what)[0]
    output.write_bytes(made.pdf)
    click.echo(f"Printed {output} ({len(made.pdf) // 1024} kB).")


def _key(tx: Tx, workshop_id: str, title: str) -> str:
    """Return the key of a result meant by its title or key. Raises `Refused('no_result')`."""
    there = results.of_workshop(tx, workshop_id)
    fit = [one.id for one in there if not title or title in (one.title, one.id)]
    if len(fit) != 1:
        names = ", ".join(f"“{one.title}”" for one in there) or "none yet"
        raise Refused("no_result", f"Say which result with --result. Nothing was printed. There are: {names}.")
    return fit[0]
