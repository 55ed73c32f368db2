"""Writing a file that somebody named, so that it is whole or not there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from workshop.errors import Refused


@contextlib.contextmanager
def fresh(path: Path) -> Iterator[BinaryIO]:
    """Give a stream to write a file that somebody named: it is there when it is whole, and it replaces none.

    Raises `Refused`: 'file_there' when there is one, 'no_folder' when its folder is not there.
    """
    if path.exists():
        raise Refused("file_there", f"{path} is there already. Nothing was written. Choose a new name.")
    if not path.parent.is_dir():
        raise Refused("no_folder", f"There is no folder {path.parent}. Nothing was written. Make it first.")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Have the names in a folder reach the disk."""
    with contextlib.suppress(PermissionError):  # Windows cannot open a folder; its rename is durable enough
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
