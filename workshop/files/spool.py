"""What comes in goes to a file of its own first: its name is its content, so all of it must have been seen.

Some room on the disk is kept free for words.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workshop.errors import Refused, StoreFull
from workshop.files.contract import PIECE

RESERVE = 200 * 1024 * 1024  # bytes kept free for words when the disk fills up


@dataclass(frozen=True)
class Spooled:
    """A whole file that nobody knows of yet: where it lies, what it will be called, its size in bytes."""

    path: Path
    name: str
    size: int


def has_room(folder: Path, size: int, *, reserve: bool) -> bool:
    """Say whether so many bytes fit on the disk of a folder, with what is kept free for words."""
    return shutil.disk_usage(folder).free >= RESERVE * reserve + size


@contextmanager
def spooled(stream: BinaryIO, kind: str, most: int, folder: Path, *, reserve: bool) -> Iterator[Spooled]:
    """Write a stream to a temporary file in a folder, safe on disk; it may be taken away, else it is deleted.

    Raises `Refused('file_large')` above `most` bytes, and `StoreFull`.
    """
    whole, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > most:
                    raise Refused("file_large", most=str(most >> 20))
                if not has_room(folder, len(piece), reserve=reserve):
                    raise StoreFull("The disk is almost full. Nothing of this paper was stored.")
                whole.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        yield Spooled(Path(temporary), f"{whole.hexdigest()}.{kind}", size)
    except OSError as error:
        raise StoreFull("The disk is full. Nothing of this paper was stored.") from error
    finally:
        Path(temporary).unlink(missing_ok=True)
