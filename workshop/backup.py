"""A copy one can start from: the store as it is at one moment, and every picture it speaks of.

The store is copied first: pictures are on disk before their row is, so none can be missing.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from workshop.errors import Refused
from workshop.house import House


def copy(house: House, folder: Path) -> int:
    """Copy everything to a folder that is not there yet; return how many files came along.

    Raises `Refused('backup_there')` rather than writing over something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused("backup_there", f"{folder} is not empty. Nothing was written. Choose a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    house.store.copy_to(folder / house.settings.store_path.name)
    count = 0
    for path in sorted(house.files.folder.glob("??/*.*")):
        target = folder / "files" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # erased while we were copying
            target.write_bytes(path.read_bytes())
            count += 1
    if hasattr(os, "sync"):
        os.sync()
    return count
