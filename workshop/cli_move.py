"""The command line's move: everything from one engine to another, and back."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli import data_option
from workshop.errors import Refused
from workshop.files import open_files
from workshop.files.moving import move_files
from workshop.settings import Settings


@click.command("move")
@data_option
@click.argument("target", envvar="WERKPLAATS_TO")
def move(data: Path | None, target: str) -> None:
    """Move the store to postgresql://…, copy the files to s3://…, or bring both back to a FOLDER.

    Stop the server first: what still runs stores nothing any more once the store moved. TARGET may also come
    from WERKPLAATS_TO, so that a password is not on the command line. What was cut off goes on when asked again.
    """
    settings = Settings.of(data=data)
    if not settings.begun:
        raise Refused("no_data", f"There is no workshop in {settings.data}. Use --data, or mend the setting store.")
    if target.startswith(("postgresql://", "postgres://")):
        _store(settings.store_at, target)
        click.echo("Now set WERKPLAATS_STORE to it and start again. Where it was, nothing is stored any more.")
    elif target.startswith("s3"):
        _files(settings, Settings.of(data=data, files=target))
        click.echo("Now set WERKPLAATS_FILES to it and start again. The files are still where they were, too.")
    else:
        _back(settings, Settings.of(data=Path(target), store="", files=""))


def _back(settings: Settings, there: Settings) -> None:
    if not settings.store and not settings.files:
        raise Refused(
            "move_to_itself", "The store and the files are in a folder already. Copy them with werkplaats backup."
        )
    if settings.files:
        _files(settings, there)
    if settings.store:
        _store(settings.store_at, there.store_at)
    click.echo(f"Now start with --data {there.data}, without the settings store and files.")


def _store(source: Path | str, target: Path | str) -> None:
    from workshop.store.moving import move as moved

    counted = moved(source, target, lambda table, rows: click.echo(f"  {table}: {rows}", err=True))
    click.echo(f"{sum(counted.values())} rows of {len(counted)} tables arrived, and were counted.")


def _files(settings: Settings, there: Settings) -> None:
    def tell(count: int) -> None:
        if count % 100 == 0:
            click.echo(f"  {count} files", err=True)

    count = move_files(open_files(settings), open_files(there), tell)
    click.echo(f"{count} files are there.")
