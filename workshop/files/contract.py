"""What every store of files promises. Callers know nothing else of it, and the same tests hold it on each."""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from workshop.errors import Refused

KINDS: Final = ("jpg", "png", "svg", "pdf", "zip", "scan")
PIECE: Final = 1 << 20
"""How many bytes of a file go through memory at a time."""
NAME: Final = re.compile(rf"[0-9a-f]{{64}}\.({'|'.join(KINDS)})")


@dataclass(frozen=True)
class Kept:
    """A file that is there: its name, its size in bytes, and when it was last stored, in seconds since 1970."""

    name: str
    size: int
    at: float


class Files(ABC):
    """A store of files by content. A name is `<sha256>.<kind>`."""

    folder: Path
    """A folder of this machine with room for what is being made."""

    @abstractmethod
    def keep(self, data: bytes, kind: str, *, reserve: bool = True) -> str:
        """Store bytes; return the name. What is there already is wanted again: it is as young as what is new.

        Raises `StoreFull` with under 200 MB free, without `reserve` only when there is really no room; `FilesAway`
        when the store does not answer.
        """

    @abstractmethod
    def keep_stream(self, stream: BinaryIO, kind: str, most: int, *, reserve: bool = True) -> tuple[str, int]:
        """Store a stream without holding it in memory; return its name and its size in bytes.

        Raises `Refused('file_large')` above `most` bytes, else as `keep`.
        """

    @abstractmethod
    def there(self, name: str) -> bool:
        """Say whether a file is there. Raises `Refused('no_file')` for a name that cannot be ours, and `FilesAway`."""

    @abstractmethod
    def open(self, name: str) -> tuple[BinaryIO, int]:
        """Return a file as a stream that can seek, to be closed, and its size in bytes.

        Raises `Refused('no_file')` when it is not there, `FilesAway` when the store does not answer.
        """

    @abstractmethod
    def at_hand(self, name: str) -> AbstractContextManager[Path]:
        """Give a path on this machine where a file can be read while the context lasts. Raises as `open`."""

    @abstractmethod
    def everything(self) -> Iterator[Kept]:
        """Give every file."""

    @abstractmethod
    def older(self, kind: str, hours: float) -> list[str]:
        """Return the names of files of this kind that nobody stored again in the last so many hours."""

    @abstractmethod
    def young(self, name: str, hours: float) -> bool:
        """Say whether somebody stored a file, or stored it again, in the last so many hours. False when it is gone."""

    @abstractmethod
    def sweep(self, hours: float) -> None:
        """Delete what was half made when a process was killed, that long ago."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Delete a file for good; one that is gone already is fine."""

    @abstractmethod
    def reach(self) -> None:
        """Raise `FilesAway` when nothing can be stored, read or removed now: before a row forgets a file to remove."""

    def read(self, name: str) -> bytes:
        """Return a file that is small enough for memory, such as a picture. Raises as `open`."""
        stream, _ = self.open(name)
        with stream:
            return stream.read()


def checked(name: str) -> str:
    """Return a name that can be ours. Raises `Refused('no_file')` for another."""
    if not NAME.fullmatch(name):
        raise Refused("no_file")
    return name


def named(data: bytes, kind: str) -> str:
    """Return how bytes are called."""
    return f"{hashlib.sha256(data).hexdigest()}.{kind}"


def gone() -> Refused:
    """Return what is said of a file that is not there."""
    return Refused("no_file", "This file is not there any more.")
