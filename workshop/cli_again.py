"""The command line after a restore: what people took away since that backup goes again."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from workshop.cli import data_option, opened
from workshop.domain import erased_later
from workshop.errors import Refused
from workshop.settings import Settings
from workshop.store import open_store


@click.command("erase-again")
@data_option
@click.argument("later", type=click.Path(path_type=Path, file_okay=False))
def erase_again(data: Path | None, later: Path) -> None:
    """Take away again, after a restore, what people took away by the time of a LATER backup."""
    gone = _read(later)
    with opened(Settings.of(data=data)) as house:
        done = house.store.write(erased_later.again, gone)
    click.echo(f"{done.ideas} ideas are away from every page, and are erased for good within an hour.")
    click.echo(f"{done.cards} cards that nobody had read are taken back, and {done.backs} backs of cards go, as soon.")
    for name in done.ended:
        click.echo(f"The names of “{name}” were erased and are back. Erase them again with werkplaats end.")
    for name in done.organisations:
        click.echo(f"“{name}” was erased and is back. Erase it again with werkplaats organisation erase.")


def _read(later: Path) -> erased_later.Gone:
    """Return what a backup says was taken away; the backup itself stays as it is."""
    file = later / "werkplaats.db"
    if not file.is_file():
        raise Refused("no_backup", f"There is no backup in {later}. Nothing was erased. Name the folder of a backup.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(file, folder))
        store = open_store(copy)
        try:
            return store.read(erased_later.of)
        finally:
            store.close()
