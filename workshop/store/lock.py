"""One writer at a time, also between processes.

SQLite before 3.51.3 can damage a file when two connections write and checkpoint at the same moment.
A lock on a file beside the store keeps the server and a command line out of each other's way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no fcntl; there SQLite's own write lock has to do
    fcntl = None  # type: ignore[assignment]


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold the lock file while the block runs; wait for it as long as needed."""
    if fcntl is None:
        yield
        return
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
