"""SQLite: one file beside the pictures, and nothing to install. What one laptop or one small server uses.

SQLite before 3.51.3 can damage a file when two connections write and checkpoint at the same moment, so one connection
writes in a process, and a lock on a file beside the store keeps processes out of each other's way.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from workshop.errors import Refused, StoreAway, StoreFull, StoreUnusable
from workshop.store.lock import holding
from workshop.store.migrations import migrations, refuse_newer
from workshop.store.tx import Tx
from workshop.store.writing import Store

_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "secure_delete": 1}


class SqliteStore(Store):
    """A store in one file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.moved(path).exists() and not path.exists():
            raise StoreUnusable(
                f"This store moved to another place ({self.moved(path)} is what it was), and only there ideas go on. "
                "Mend the setting store. To begin a new one beside it, choose another folder with --data."
            )
        self._lock = self.lock_of(path)
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        with holding(self._lock):
            try:
                self._writer = self._connect("rwc")
                self._check()
                self._migrate()
            except sqlite3.DatabaseError as error:
                raise StoreUnusable(_damaged(path, str(error))) from error
        self._file = path.stat().st_ino
        self._thread.start()

    @staticmethod
    def lock_of(path: Path) -> Path:
        """Return the file that whoever writes to a store holds meanwhile."""
        return path.with_suffix(".lock")

    @staticmethod
    def moved(path: Path) -> Path:
        """Return what a store is called after everything in it moved to another one."""
        return path.with_name(f"{path.stem}-moved{path.suffix}")

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """Give a transaction that sees one snapshot and refuses to write."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            connection.execute("pragma query_only = on")
            connection.execute("pragma wal_autocheckpoint = 0")
            self._local.tx = Tx(connection, "sqlite")
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

    def _let_go(self) -> None:
        for connection in self._readers:
            connection.close()
        self._writer.close()

    @contextmanager
    def _writing(self) -> Iterator[Tx]:
        with holding(self._lock):
            if not self.path.exists() or self.path.stat().st_ino != self._file:
                raise StoreAway(
                    f"{self.path} was moved. Nothing was stored. Stop this server; start it on the new store."
                )
            self._writer.execute("begin immediate")
            try:
                yield Tx(self._writer, "sqlite")
                self._writer.execute("commit")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("rollback")
                raise

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        self._writer.execute("savepoint work")
        try:
            yield
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("rollback to work")
                self._writer.execute("release work")
            raise
        self._writer.execute("release work")

    def _given_up(self) -> bool:
        return not self._writer.in_transaction  # the disk is full

    def _named(self, error: BaseException) -> BaseException:
        if isinstance(error, sqlite3.OperationalError) and "full" in str(error):
            return StoreFull("The disk is full. Nothing was stored. Free some space and try again.")
        return error

    def _connect(self, mode: str = "rw") -> sqlite3.Connection:
        """Open the file; only with mode `rwc` one is made when it is not there."""
        address = f"{self.path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=10)
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
        refuse_newer(one.name for one in migrations.applied(database))
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


def refuse_what_is_there(target: Path) -> None:
    """Raise `Refused('move_not_empty')` where a store is, or what an earlier one had not put in its file yet."""
    journal = target.with_name(f"{target.name}-wal")
    for part in (target, journal):
        if part.exists() and (part == target or part.stat().st_size):
            raise Refused("move_not_empty", f"{part} is there already. Nothing was changed. Choose another folder.")
    journal.unlink(missing_ok=True)
    target.with_name(f"{target.name}-shm").unlink(missing_ok=True)


def _damaged(path: Path, found: str) -> str:
    return (
        f"{path} is damaged ({found[:80]}). Nothing was changed. "
        "Keep the file, and start from your last backup with --data."
    )


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
