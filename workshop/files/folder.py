"""Files in a folder of this machine: the default, which needs nothing else.

Temporary name, fsync, rename, fsync of the folder; only then may a row speak of it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from workshop import clock
from workshop.errors import FilesAway, StoreFull
from workshop.files.contract import Files, Kept, checked, gone, named
from workshop.files.fresh import settle
from workshop.files.spool import has_room, spooled


class Folder(Files):
    """A folder of files by content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, data: bytes, kind: str, *, reserve: bool = True) -> str:
        """Store bytes; return the name. See `Files`."""
        name = named(data, kind)
        path = self.path(name)
        if path.exists():
            path.touch()  # it is wanted again: the sweeper looks at how long a file lay unused
            return name
        if not has_room(self.folder, len(data), reserve=reserve):
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
        self._settle(path)
        return name

    def keep_stream(self, stream: BinaryIO, kind: str, most: int, *, reserve: bool = True) -> tuple[str, int]:
        """Store a stream; return its name and size. See `Files`."""
        with spooled(stream, kind, most, self.folder, reserve=reserve) as one:
            path = self.path(one.name)
            path.parent.mkdir(exist_ok=True)
            one.path.replace(path)
        self._settle(path)
        return one.name, one.size

    def there(self, name: str) -> bool:
        """Say whether a file is there."""
        return self.path(name).is_file()

    def open(self, name: str) -> tuple[BinaryIO, int]:
        """Return a stream and the size in bytes."""
        try:
            stream = self.path(name).open("rb")
        except FileNotFoundError:
            raise gone() from None
        return stream, os.fstat(stream.fileno()).st_size

    @contextmanager
    def at_hand(self, name: str) -> Iterator[Path]:
        """Give the path of the file itself."""
        if not self.there(name):
            raise gone()
        yield self.path(name)

    def everything(self) -> Iterator[Kept]:
        """Give every file, in the order of their names."""
        for path in sorted(self.folder.glob("??/*.*")):
            with suppress(FileNotFoundError):  # erased while we were looking
                facts = path.stat()
                yield Kept(path.name, facts.st_size, facts.st_mtime)

    def older(self, kind: str, hours: float) -> list[str]:
        """Return the names of files of this kind that nobody stored again in the last so many hours."""
        before = clock.read(clock.ago(hours=hours)).timestamp()
        return [path.name for path in self.folder.glob(f"??/*.{kind}") if path.stat().st_mtime < before]

    def young(self, name: str, hours: float) -> bool:
        """Say whether somebody stored a file again in the last so many hours."""
        try:
            return self.path(name).stat().st_mtime >= clock.read(clock.ago(hours=hours)).timestamp()
        except FileNotFoundError:
            return False

    def sweep(self, hours: float) -> None:
        """Delete what was half written when a process was killed, that long ago."""
        before = clock.read(clock.ago(hours=hours)).timestamp()
        for path in [*self.folder.glob("tmp*"), *self.folder.glob("??/tmp*")]:
            with suppress(FileNotFoundError):  # another process was quicker
                if path.is_file() and path.stat().st_mtime < before:
                    path.unlink()

    def remove(self, name: str) -> None:
        """Delete a file; one that is gone already is fine."""
        self.path(name).unlink(missing_ok=True)

    def reach(self) -> None:
        """Raise `FilesAway` when the folder is gone: a disk that came loose."""
        if not self.folder.is_dir():
            raise FilesAway(f"The folder {self.folder} is not there any more. Put the disk back that it is on.")

    def path(self, name: str) -> Path:
        """Return where a file lies. Raises `Refused('no_file')` for a name that cannot be ours."""
        return self.folder / checked(name)[:2] / name

    def _settle(self, path: Path) -> None:
        for folder in (path.parent, self.folder):
            settle(folder)
