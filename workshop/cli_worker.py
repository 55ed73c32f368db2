"""The command line's hands: `werkplaats worker` prints and reads, on as many machines as wanted."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import click

from workshop import logs
from workshop.cli import data_option, opened, setting
from workshop.jobs import Jobs
from workshop.settings import Settings


@click.command()
@click.option(
    "--at-once",
    type=click.IntRange(min=1, max=64),
    default=1,
    show_default=True,
    help="Pieces of work at the same time; each takes a core, and at most 3 GB.",
)
@setting("decks")
@data_option
def worker(at_once: int, decks: str | None, data: Path | None) -> None:
    """Print and read for the whole installation until Ctrl-C; start as many as wanted, on as many machines.

    Each takes what has its turn, and gives back within seconds what it cannot end when it stops. One that is killed
    loses nothing: another goes on half a minute later.
    """
    told: list[int] = []  # an event would not do: its lock may be ours when a signal comes
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda number, _: told.append(number))
    settings = Settings.of(data=data, decks=decks)
    logs.start(settings)
    with opened(settings) as house:
        jobs = Jobs(house, at_once)
        jobs.start()
        click.echo(f"Working, {at_once} at the same time. Stop with Ctrl-C.")
        while not told:
            time.sleep(0.5)  # a signal may reach another thread: then we hear it when we wake
        jobs.stop()
    click.echo("Stopped. Nothing is lost.")
