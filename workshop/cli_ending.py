"""The command line's progress and ending: the same counts and the same erasing as the desk."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import click

from workshop import ending, ending_zip, printing, progress_printing
from workshop.cli import data_option, one_workshop, opened
from workshop.cli_wall import language_option, workshop_option
from workshop.domain import endings, workshops
from workshop.domain.workshops import Workshop
from workshop.ending_printing import going, staying
from workshop.errors import Refused
from workshop.files import fresh
from workshop.settings import Settings


@click.command("progress")
@workshop_option
@language_option
@data_option
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="PDF to write.")
@click.option("--json", "as_json", is_flag=True, help="Write every measure as JSON.")
def progress(which: str, language: str | None, data: Path | None, output: Path | None, as_json: bool) -> None:
    """Say how a workshop does, in counts: on one A4, as JSON, or as lines."""
    with opened(Settings.of(data=data)) as house:
        workshop = one_workshop(house, which)
        found, lines = house.store.read(progress_printing.told, workshop, language or workshop.language)
        if output:
            what = {"document": progress_printing.DOCUMENT, "language": language}
            output.write_bytes(printing.printed(house, workshop, what)[0].pdf)
    if as_json:
        measures = [
            dataclasses.asdict(line) | {"values": one.values} for line, one in zip(lines, found.measures, strict=True)
        ]
        told = {"held": found.held, "planned": found.planned, "due": found.due, "measures": measures}
        click.echo(json.dumps(told, ensure_ascii=False))
    elif output:
        click.echo(f"Printed {output}.")
    else:
        for line in lines:
            click.echo(f"{line.state:<10} {line.label}: {line.said}")


@click.command("end")
@workshop_option
@data_option
@click.option(
    "--export",
    "output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="New zip to write everything to, before anything else.",
)
@click.option("--erase-names", is_flag=True, help="Then close the doors and erase all names for good. No way back.")
@click.option("--name", default="", help="The name of the workshop, typed over: asked for by --erase-names.")
def end(which: str, data: Path | None, output: Path, erase_names: bool, name: str) -> None:
    """Take everything of a workshop along in one new zip; with --erase-names and --name, also erase names for good."""
    with opened(Settings.of(data=data)) as house:
        workshop = one_workshop(house, which)
        if erase_names and name != workshop.name:
            cure = f"Names are only erased with the name of the workshop typed over: --name “{workshop.name}”."
            raise Refused("ending_name", f"{cure} Nothing was written or erased.")
        before = house.store.read(endings.of, workshop.id)
        with fresh(output) as out:
            beat = ending_zip.pack(house, workshop, out)
        counted = before.told or house.store.read(endings.counts, workshop.id)
        whole = "Everything" if not before.asked_at else "What stayed"
        click.echo(f"{whole} is in {output} ({output.stat().st_size // 1024} kB).")
        if before.asked_at:
            click.echo("Names were erased: what went is not in this zip. Keep the zip from before.")
        if erase_names:
            _erase(house, workshop, beat, name)
        keep = house.store.read(endings.of, workshop.id).keep_named
        said = ("Erased", "Stayed") if erase_names or before.asked_at else ("Would go", "Would stay")
        click.echo(f"{said[0]}: {'; '.join(going(counted, 'en', keep_named=keep))}.")
        click.echo(f"{said[1]}: {'; '.join(staying(counted, 'en', keep_named=keep))}.")


def _erase(house: Any, workshop: Workshop, beat: int, name: str) -> None:
    """Erase names now; whatever cannot be erased yet is said, and the server goes on with it."""
    members = house.store.read(workshops.members, workshop.id)
    who = next(one.id for one in members if one.role == "facilitator")
    house.store.write(endings.noted, workshop.id, who, beat)
    house.store.write(endings.ask, workshop, who, name)
    if not ending.erase(house, workshop.id):
        raise Refused("ending_left", "Not everything is erased yet. Run `werkplaats serve`: it goes on with it.")
