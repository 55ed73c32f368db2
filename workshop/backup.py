"""A copy one can start from: the store as it is at one moment, and every picture it speaks of.

The store is copied first: pictures are stored before their row is, so none can be missing. Whatever keeps the rows and
the files, a copy is one folder: the store as a file, and the files as a folder.
"""

from __future__ import annotations

import os
from pathlib import Path

from workshop.errors import Refused
from workshop.files.folder import Folder
from workshop.files.moving import move_files
from workshop.house import House


def copy(house: House, folder: Path) -> int:
    """Copy everything to a folder that is not there yet; return how many files came along.

    Raises `Refused('backup_there')` rather than writing over something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused("backup_there", f"{folder} is not empty. Nothing was written. Choose a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    house.store.copy_to(folder / house.settings.store_path.name)
    count = move_files(house.files, Folder(folder / "files"), lambda _: None)
    if hasattr(os, "sync"):
        os.sync()
    return count
