"""The store: one SQLite file, one writer, many readers. The one place that knows an engine.

`store.write(ideas.place, door=…)` runs a domain function on the writer thread, inside a savepoint,
and returns only after its transaction has reached the disk. Many requests at once share one commit
(group commit), which keeps sixty phones quick on a slow disk and keeps SQLite to one writing
connection. `store.read(ideas.stream, …)` runs on a connection of the calling thread.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiosql
from sqlite_utils import Database

from workshop.errors import StoreFull, StoreUnusable
from workshop.store.lock import holding
from workshop.store.migrations import migrations

P = ParamSpec("P")
T = TypeVar("T")
BATCH = 64
_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "secure_delete": 1}

_queries = {
    Path(file.name).stem: aiosql.from_str(file.read_text(encoding="utf-8"), "sqlite3", mandatory_parameters=False)
    for file in (files("workshop.store") / "queries").iterdir()
}


class Tx:
    """A connection in a transaction, with the queries of each noun: `tx.ideas.visible(door_id=…)`.

    `batch` names what is being done in one go, so that it can be undone in one go; '' is one thing at a time.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.batch = ""

    def __getattr__(self, noun: str) -> Any:
        bound = _Noun(_queries[noun], self._connection)
        setattr(self, noun, bound)
        return bound


class _Noun:
    def __init__(self, queries: Any, connection: sqlite3.Connection) -> None:
        self._queries, self._connection = queries, connection

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        run = getattr(self._queries, verb)

        def bound(**values: Any) -> Any:
            found = run(self._connection, **values)
            return list(found) if isinstance(found, Iterator) else found

        setattr(self, verb, bound)
        return bound


class _Work:
    """One write that waits for its commit."""

    def __init__(self, run: Callable[[Tx], Any]) -> None:
        self.run = run
        self.done = threading.Event()
        self.result: Any = None
        self.error: BaseException | None = None


class Store:
    """An open store. Close it with `close()`; a second process may open the same file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = path.with_suffix(".lock")
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._work: queue.Queue[_Work | None] = queue.Queue()
        with holding(self._lock):
            try:
                self._writer = self._connect()
                self._check()
                self._migrate()
            except sqlite3.DatabaseError as error:
                raise StoreUnusable(_damaged(path, str(error))) from error
        self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a domain function that may change things; return its result after it is on disk.

        Raises whatever the function raises (nothing of it is kept then), or `StoreFull` when the
        disk is full.
        """
        if not self._thread.is_alive():
            raise StoreUnusable("The store is closed.")
        item = _Work(lambda tx: work(tx, *args, **kwargs))
        self._work.put(item)
        item.done.wait()
        if item.error is not None:
            raise item.error
        result: T = item.result
        return result

    def read(self, look: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a domain function that only looks, on one snapshot of the store."""
        with self.reading() as tx:
            return look(tx, *args, **kwargs)

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """Give a transaction that sees one snapshot and refuses to write."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            connection.execute("pragma query_only = on")
            connection.execute("pragma wal_autocheckpoint = 0")
            self._local.tx = Tx(connection)
            self._readers.append(connection)
        connection.execute("begin")
        try:
            yield self._local.tx
        finally:
            connection.execute("rollback")

    def forget(self) -> None:
        """Empty the journal beside the store, so that words erased from the store are in no file any more.

        Does nothing while somebody still reads from it: the next time will do.
        """
        connection = self._connect()
        try:
            with holding(self._lock):
                connection.execute("pragma busy_timeout = 0")
                connection.execute("pragma wal_checkpoint(truncate)")
        finally:
            connection.close()

    def copy_to(self, path: Path) -> None:
        """Write a whole, consistent copy of the store to a new file."""
        connection = self._connect()
        try:
            connection.execute("vacuum into ?", (str(path),))
        finally:
            connection.close()

    def sound(self) -> bool:
        """Say whether SQLite finds the file whole."""
        connection = self._connect()
        try:
            return bool(connection.execute("pragma quick_check").fetchone()["quick_check"] == "ok")
        finally:
            connection.close()

    def close(self) -> None:
        """Finish what was asked, then close. Calling it twice does nothing more."""
        if self._thread.is_alive():
            self._work.put(None)
            self._thread.join()
            for connection in self._readers:
                connection.close()
            self._writer.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=10)
        connection.row_factory = _as_dict
        for name, value in _PRAGMAS.items():
            connection.execute(f"pragma {name} = {value}")
        return connection

    def _check(self) -> None:
        for name, wanted in _PRAGMAS.items():
            got = self._writer.execute(f"pragma {name}").fetchone()[name]
            if got != wanted:
                raise StoreUnusable(
                    f"{self.path}: SQLite keeps {name} at {got} where we need {wanted}. "
                    "Put the data folder on an ordinary local disk, not on a network drive."
                )
        found = self._writer.execute("pragma quick_check").fetchone()["quick_check"]
        if found != "ok":
            raise StoreUnusable(_damaged(self.path, found))

    def _migrate(self) -> None:
        """Bring the tables up to date, after a copy of how they were."""
        self._writer.row_factory = None  # sqlite-utils reads its own rows by position
        database = Database(self._writer)
        pending = migrations.pending(database)
        if pending and migrations.applied(database):
            copy = self.path.with_name(f"{self.path.stem}-before-{pending[0].name}.db")
            copy.unlink(missing_ok=True)
            self._writer.execute("vacuum into ?", (str(copy),))
        self._writer.execute("pragma foreign_keys = 0")  # a table may be made anew under those that point to it
        migrations.apply(database)
        self._writer.row_factory = _as_dict
        self._writer.execute("pragma foreign_keys = 1")
        if loose := self._writer.execute("pragma foreign_key_check").fetchall():
            raise StoreUnusable(_damaged(self.path, f"{len(loose)} rows point to nothing"))

    def _serve(self) -> None:
        while True:
            first = self._work.get()
            if first is None:
                return
            batch, last = [first], False
            while len(batch) < BATCH:
                try:
                    more = self._work.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    last = True
                    break
                batch.append(more)
            self._commit(batch)
            if last:
                return

    def _commit(self, batch: list[_Work]) -> None:
        try:
            with holding(self._lock):
                self._writer.execute("begin immediate")
                tx = Tx(self._writer)
                for item in batch:
                    self._attempt(tx, item)
                self._writer.execute("commit")
        except BaseException as error:
            if self._writer.in_transaction:
                self._writer.execute("rollback")
            for item in batch:
                item.error = _named(error)
        finally:
            for item in batch:
                item.done.set()

    def _attempt(self, tx: Tx, item: _Work) -> None:
        self._writer.execute("savepoint work")
        try:
            item.result = item.run(tx)
        except BaseException as error:
            item.error = _named(error)
            if not self._writer.in_transaction:  # the disk is full: SQLite gave up the whole batch
                raise
            self._writer.execute("rollback to work")
        self._writer.execute("release work")


def _damaged(path: Path, found: str) -> str:
    return (
        f"{path} is damaged ({found[:80]}). Nothing was changed. "
        "Keep the file, and start from your last backup with --data."
    )


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def _named(error: BaseException) -> BaseException:
    if isinstance(error, sqlite3.OperationalError) and "full" in str(error):
        return StoreFull("The disk is full. Nothing was stored. Free some space and try again.")
    return error
