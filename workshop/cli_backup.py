"""The command line's backup and restore: one folder, whatever keeps the rows and the files."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli import data_option, opened
from workshop.settings import Settings


@click.command()
@data_option
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def backup(data: Path | None, folder: Path) -> None:
    """Copy the store and all pictures to a new folder, also while the server runs."""
    from workshop.backup import copy

    with opened(Settings.of(data=data)) as house:
        count = copy(house, folder)
    click.echo(f"The store and {count} files are safe in {folder}. Start from them with --data {folder}.")


@click.command()
@data_option
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def restore(data: Path | None, folder: Path) -> None:
    """Put a backup in this installation, which must be empty; what was cut off goes on when asked again."""
    from workshop.backup import restore as put_back

    def tell(count: int) -> None:
        if count % 100 == 0:
            click.echo(f"  {count} files", err=True)

    count = put_back(folder, Settings.of(data=data), tell)
    click.echo(f"The store and {count} files of {folder} are back in place.")
    click.echo("What was taken away after that backup is back too: see werkplaats erase-again.")
