"""The command line's wall newspaper, report, invitation and planner: the same paper as the desk prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workshop import printing, wall_printing
from workshop.cli import data_option, one_workshop, opened
from workshop.domain import meetings
from workshop.errors import Refused
from workshop.settings import Settings
from workshop.store import Tx

workshop_option = click.option(
    "--workshop", "which", default="", help="Name or key of the workshop; not needed when there is one."
)
language_option = click.option(
    "--language",
    type=click.Choice(["nl", "en"]),
    default=None,
    help="Language of the paper; else that of the workshop.",
)
output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="PDF to write."
)


@click.command("wall")
@workshop_option
@click.option(
    "--format",
    "size",
    type=click.Choice(wall_printing.FORMATS),
    default="a3",
    show_default=True,
    help="A3 lying down, two A4 to tape together, or an A5 booklet to fold.",
)
@click.option(
    "--audience",
    type=click.Choice(wall_printing.AUDIENCES),
    default="group",
    show_default=True,
    help="For the room of the group, or for a hall where everyone passes.",
)
@click.option(
    "--flip",
    type=click.Choice(["long", "short"]),
    default="long",
    show_default=True,
    help="Edge over which the printer turns the sheets of a booklet.",
)
@language_option
@data_option
@output_option
def wall(
    which: str, size: str, audience: str, flip: str, language: str | None, data: Path | None, output: Path
) -> None:
    """Print the wall newspaper of a workshop: its ideas in large letters, by theme, with pictures and decisions."""
    what = {"document": "wall", "format": size, "audience": audience, "flip": flip, "language": language}
    _print(what, which, data, output)


@click.command("report")
@workshop_option
@click.option("--meeting", default="", help="Number, day or key of the meeting; the last one when not said.")
@language_option
@data_option
@output_option
def report(which: str, meeting: str, language: str | None, data: Path | None, output: Path) -> None:
    """Print the report of a meeting on one A4: who was there, what came up, what was chosen, what comes next."""
    _print({"document": "report", "meeting": meeting, "language": language}, which, data, output)


@click.command("invitation")
@workshop_option
@click.option("--meeting", default="", help="Number, day or key of the meeting; the next one when not said.")
@language_option
@data_option
@output_option
def invitation(which: str, meeting: str, language: str | None, data: Path | None, output: Path) -> None:
    """Print the invitation to a meeting on one A4: when, where, whom to call, what happened to last time's ideas."""
    _print({"document": "invitation", "meeting": meeting, "language": language}, which, data, output)


@click.command("planner")
@workshop_option
@language_option
@data_option
@output_option
def planner(which: str, language: str | None, data: Path | None, output: Path) -> None:
    """Print all meetings to come on one A4, for the fridge."""
    _print({"document": "planner", "language": language}, which, data, output)


def _print(what: dict[str, Any], which: str, data: Path | None, output: Path) -> None:
    with opened(Settings.of(data=data)) as house:
        workshop = one_workshop(house, which)
        if what.get("meeting"):
            what["meeting"] = house.store.read(meeting_key, workshop.id, what["meeting"])
        made = printing.printed(house, workshop, what)[0]
    output.write_bytes(made.pdf)
    click.echo(f"Printed {output} ({len(made.pdf) // 1024} kB).")


def meeting_key(tx: Tx, workshop_id: str, which: str) -> str:
    """Return the key of a meeting meant by its number, day or key. Raises `Refused('no_meeting')`."""
    there = meetings.of_workshop(tx, workshop_id)
    found = next((one.id for one in there if which in (str(one.number), one.date, one.id)), None)
    if found is None:
        names = ", ".join(f"{one.number} ({one.date})" for one in there) or "none yet"
        raise Refused("no_meeting", f"There is no meeting {which}. Nothing was printed. There are: {names}.")
    return found
