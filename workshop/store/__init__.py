"""The store: one writer, many readers, one promise. The one place that knows an engine.

`store.write(ideas.place, door=…)` runs a domain function on the writer thread, inside a savepoint,
and returns only after its transaction has reached the disk. `store.read(ideas.stream, …)` runs on a
connection of the calling thread. Which engine keeps the rows, a file or a database, is one setting.
"""

from __future__ import annotations

from pathlib import Path

from workshop.store.sqlite import SqliteStore
from workshop.store.tx import Tx
from workshop.store.writing import Store

__all__ = ["Store", "Tx", "open_store"]


def open_store(where: Path | str) -> Store:
    """Open a store: a path is a SQLite file, `postgresql://…` a database. Raises `StoreUnusable`."""
    if isinstance(where, Path):
        return SqliteStore(where)
    from workshop.store.postgres import PostgresStore

    return PostgresStore(where)
