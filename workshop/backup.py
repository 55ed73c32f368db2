"""A copy one can start from: the store as it is at one moment, and every picture it speaks of; and putting it back.

The store is copied first: pictures are stored before their row is, so none can be missing. Whatever keeps the rows and
the files, a copy is one folder, with the store as a file and the files in a folder; so it fits every set-up.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from workshop.errors import Refused
from workshop.files import open_files
from workshop.files.folder import Folder
from workshop.files.fresh import settle
from workshop.files.moving import Tell, move_files
from workshop.house import House
from workshop.settings import Settings
from workshop.store import open_store
from workshop.store.sqlite import refuse_what_is_there

STORE: Final = "werkplaats.db"
FILES: Final = "files"


def copy(house: House, folder: Path) -> int:
    """Copy everything to a folder that is not there yet; return how many files came along.

    Raises `Refused('backup_there')` rather than writing over something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused("backup_there", f"{folder} is not empty. Nothing was written. Choose a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    house.store.copy_to(folder / STORE)
    count = move_files(house.files, Folder(folder / FILES), lambda _: None)
    if hasattr(os, "sync"):
        os.sync()
    return count


def restore(folder: Path, settings: Settings, tell: Tell) -> int:
    """Put a copy in an installation that is empty; return how many files came along. The copy stays as it is.

    Files come first, so no row speaks of one that is not there. What was cut off goes on when asked again.
    Raises `Refused`: 'no_backup', and 'move_not_empty' when there is something in the installation already.
    """
    if not (folder / STORE).is_file():
        raise Refused("no_backup", f"There is no backup in {folder}. Nothing was changed. Look for {STORE}.")
    files = open_files(settings)
    files.reach()
    with _own_copy(folder / STORE, settings.data) as store:
        _begin(store, settings.store_at)
        count = move_files(Folder(folder / FILES), files, tell)
        _put(store, settings.store_at)
    return count


def _begin(store: Path, target: Path | str) -> None:
    """Refuse a target in which something is already."""
    if isinstance(target, Path):
        refuse_what_is_there(target)
        return
    from workshop.store.moving import begin

    begin(store, target)


def _put(store: Path, target: Path | str) -> None:
    if isinstance(target, Path):
        open_store(store).close()  # brings its tables up to date, and all of it in the one file
        if hasattr(os, "sync"):
            os.sync()
        store.rename(target)
        settle(target.parent)
        return
    from workshop.store.moving import move

    move(store, target, lambda *_: None)


@contextmanager
def _own_copy(store: Path, data: Path) -> Iterator[Path]:
    """Give a copy of the store to move from, since a move leaves nothing; its name tells one backup from another."""
    with store.open("rb") as file:
        mark = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    room = data / f"restoring-{mark}"
    room.mkdir(parents=True, exist_ok=True)
    try:
        for end in ("", "-wal"):  # somebody may have started a server on the backup
            if (part := store.with_name(store.name + end)).exists():
                shutil.copyfile(part, room / part.name)
        yield room / store.name
    finally:
        shutil.rmtree(room, ignore_errors=True)
