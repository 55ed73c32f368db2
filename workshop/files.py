"""Pictures and prints as files, named by their content.

A file is complete or it is not there: temporary name, fsync, rename, fsync of the folder; only then may
a row speak of it. The same content twice is one file. Names that cannot be ours are refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from workshop import clock
from workshop.errors import Refused, StoreFull

_NAME = re.compile(r"[0-9a-f]{64}\.(jpg|png|svg|pdf|zip|scan)")
RESERVE = 200 * 1024 * 1024  # bytes kept free for words when the disk fills up


class Files:
    """A folder of files by content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, data: bytes, kind: str, *, reserve: bool = True) -> str:
        """Store bytes; return the name (`<sha256>.<kind>`).

        Raises `StoreFull` with under 200 MB free; without `reserve` only when the disk is really full.
        """
        name = f"{hashlib.sha256(data).hexdigest()}.{kind}"
        path = self.path(name)
        if path.exists():
            path.touch()  # it is wanted again: the sweeper looks at how long a file lay unused
            return name
        if shutil.disk_usage(self.folder).free < RESERVE * reserve + len(data):
            raise StoreFull("The disk is almost full. The picture was not stored. Words still are.")
        path.parent.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except OSError as error:
            Path(temporary).unlink(missing_ok=True)
            raise StoreFull("The disk is full. The picture was not stored.") from error
        for folder in (path.parent, self.folder):
            _sync(folder)
        return name

    def keep_stream(self, stream: BinaryIO, kind: str, most: int, *, reserve: bool = True) -> tuple[str, int]:
        """Store a stream without holding it in memory; return its name and its size in bytes.

        Raises `Refused('file_large')` above `most` bytes, `StoreFull` with under 200 MB free; without `reserve`
        only when the disk is really full.
        """
        whole, size = hashlib.sha256(), 0
        handle, temporary = tempfile.mkstemp(dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                while piece := stream.read(1 << 20):
                    size += len(piece)
                    if size > most:
                        raise Refused("file_large", most=str(most >> 20))
                    if shutil.disk_usage(self.folder).free < RESERVE * reserve + len(piece):
                        raise StoreFull("The disk is almost full. Nothing of this paper was stored.")
                    whole.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            path = self.path(f"{whole.hexdigest()}.{kind}")
            path.parent.mkdir(exist_ok=True)
            Path(temporary).replace(path)
        except OSError as error:
            raise StoreFull("The disk is full. Nothing of this paper was stored.") from error
        finally:
            Path(temporary).unlink(missing_ok=True)
        for folder in (path.parent, self.folder):
            _sync(folder)
        return path.name, size

    def path(self, name: str) -> Path:
        """Return where a file lies. Raises `Refused('no_file')` for a name that cannot be ours."""
        if not _NAME.fullmatch(name):
            raise Refused("no_file")
        return self.folder / name[:2] / name

    def older(self, kind: str, hours: float) -> list[str]:
        """Return the names of files of this kind that nobody stored again in the last so many hours."""
        before = clock.read(clock.ago(hours=hours)).timestamp()
        return [path.name for path in self.folder.glob(f"??/*.{kind}") if path.stat().st_mtime < before]

    def sweep(self, hours: float) -> None:
        """Delete what was half written when a process was killed, that long ago."""
        before = clock.read(clock.ago(hours=hours)).timestamp()
        for path in [*self.folder.glob("tmp*"), *self.folder.glob("??/tmp*")]:
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Delete a file; one that is gone already is fine."""
        self.path(name).unlink(missing_ok=True)


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
    _sync(path.parent)


def _sync(folder: Path) -> None:
    with contextlib.suppress(PermissionError):  # Windows cannot open a folder; its rename is durable enough
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
