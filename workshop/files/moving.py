"""Every file from one store to another: to object storage, back, or along with a copy.

It can be stopped at any moment and done again: what is there already with the same size is left alone. The source stays
as it is.
"""

from __future__ import annotations

from collections.abc import Callable

from workshop.errors import Refused
from workshop.files.contract import Files

Tell = Callable[[int], None]
"""Hears how many files are there so far."""


def move_files(source: Files, target: Files, tell: Tell) -> int:
    """Copy every file that is not in the target yet; return how many of the source's are there now.

    Raises `Refused('file_damaged')` when one is not what its name says: then it did not arrive under that name.
    """
    there = {one.name: one.size for one in target.everything()}
    count = 0
    for one in source.everything():
        if there.get(one.name) != one.size and not _copied(source, target, one.name):
            continue
        count += 1
        tell(count)
    return count


def _copied(source: Files, target: Files, name: str) -> bool:
    """Copy one file; say whether it was still there."""
    try:
        stream, size = source.open(name)
    except Refused:  # erased meanwhile
        return False
    with stream:
        arrived, _ = target.keep_stream(stream, name.rpartition(".")[2], size)
    if arrived != name:
        target.remove(arrived)
        raise Refused("file_damaged", f"File {name} is damaged where it was. It did not come along. Put it back first.")
    return True
