"""The command line's nine steps of a workshop: in words, as JSON, or on one A4."""

from __future__ import annotations

import json
from pathlib import Path

import click

from workshop import printing, steps_said
from workshop.cli import data_option, one_workshop, opened
from workshop.cli_wall import language_option, workshop_option
from workshop.settings import Settings


@click.command("nine-steps")
@workshop_option
@click.option("--json", "as_json", is_flag=True, help="Write one object for each step: step, state, evidence, missing.")
@language_option
@data_option
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="PDF to write: one A4.")
@click.option("--light", is_flag=True, help="With -o: a question for each step and room to write, as in a circle.")
def nine_steps(
    which: str, as_json: bool, language: str | None, data: Path | None, output: Path | None, light: bool
) -> None:
    """Say how far the nine steps of a workshop are: what there is, and what is missing."""
    with opened(Settings.of(data=data)) as house:
        workshop = one_workshop(house, which)
        if output:
            what = {"document": "nine-steps", "language": language, "light": light}
            made = printing.printed(house, workshop, what)[0]
            output.write_bytes(made.pdf)
            click.echo(f"Printed {output} ({len(made.pdf) // 1024} kB).")
            return
        library = house.library_of(workshop.id)
        rows = house.store.read(steps_said.said, workshop, library, language or workshop.language)
    if as_json:
        click.echo(json.dumps([_row(one) for one in rows], ensure_ascii=False))
        return
    if not rows:
        click.echo("A knowledge circle counts no steps. With -o it prints them to write on.")
    for one in rows:
        click.echo(f"{one.number}. {one.name} ({one.state_said})")
        for sentence in one.evidence:
            click.echo(f"   + {sentence}")
        for part in one.missing:
            click.echo(f"   - {part}")


def _row(one: steps_said.Said) -> dict[str, object]:
    """Return a step as plain values; `part` and `state` are keys, the rest is in words."""
    return {
        "step": one.number,
        "part": one.part,
        "name": one.name,
        "state": one.state,
        "evidence": list(one.evidence),
        "missing": list(one.missing),
    }
