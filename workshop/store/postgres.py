"""PostgreSQL: for an installation with several web processes or machines. The same tables, queries and promises.

Whoever writes first takes one lock of the whole store, as on SQLite: a domain function that reads and then writes has
nobody in between, whatever process it runs in, and nothing is ever tried twice. Group commit keeps that quick.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import ClientCursor
from psycopg.adapt import Loader
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row
from psycopg.types.numeric import IntDumper
from psycopg_pool import ConnectionPool

from workshop.errors import StoreFull, StoreUnusable
from workshop.store import schema
from workshop.store.tx import Tx
from workshop.store.writing import Store

WRITE_LOCK: Final = 7_202_611
MIGRATE_LOCK: Final = WRITE_LOCK + 1
_FULL: Final = ("53100", "53200")


class _Flag(IntDumper):
    """True and False are 1 and 0, as in SQLite."""

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"


class _Number(Loader):
    """Sums come back as whole numbers when they are."""

    def load(self, data: Any) -> int | float:
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


class PostgresStore(Store):
    """A store in a database: `postgresql://user:password@host/name`."""

    def __init__(self, address: str, readers: int = 32) -> None:
        super().__init__()
        self._address = address
        try:
            self._writer = self._connect()
        except psycopg.OperationalError as error:
            raise StoreUnusable(_unreachable(error)) from error
        try:
            self._migrate()
        except BaseException:
            self._writer.close()
            raise
        self._pool: ConnectionPool[psycopg.Connection[dict[str, Any]]] = ConnectionPool(
            address,
            min_size=1,
            max_size=readers,
            open=True,
            timeout=30,
            kwargs={"autocommit": True, "row_factory": dict_row, "cursor_factory": ClientCursor},
            configure=_prepare,
            check=ConnectionPool.check_connection,
        )
        self._thread.start()

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """Give a transaction that sees one snapshot and refuses to write."""
        with self._pool.connection() as connection:
            connection.execute("begin isolation level repeatable read read only")
            try:
                yield Tx(connection, "postgres")
            finally:
                if connection.info.transaction_status != TransactionStatus.UNKNOWN:
                    connection.execute("rollback")

    def forget(self) -> None:
        """Make the room of erased rows free; PostgreSQL writes over it. Its own backups are for whoever runs it."""
        with self._pool.connection() as connection:
            connection.execute("vacuum")

    def copy_to(self, path: Path) -> None:
        """Write a whole, consistent copy of the store to a new SQLite file."""
        from workshop.store.moving import to_sqlite

        with self._pool.connection() as connection:
            connection.execute("begin isolation level repeatable read read only")
            try:
                to_sqlite(connection, path)
            finally:
                connection.execute("rollback")

    def sound(self) -> bool:
        """Say whether the database answers, and has the tables of this version."""
        with self._pool.connection() as connection:
            return not schema.pending(connection)

    def _let_go(self) -> None:
        self._pool.close()
        self._writer.close()

    @contextmanager
    def _writing(self) -> Iterator[Tx]:
        if self._writer.closed or self._writer.broken:
            self._writer = self._connect()
        self._writer.execute("begin")
        try:
            self._writer.execute(f"select pg_advisory_xact_lock({WRITE_LOCK})")
            if self._moved():
                raise StoreUnusable(
                    "This store moved. Nothing was stored. Stop this server; start it on the new store."
                )
            yield Tx(self._writer, "postgres")
            self._writer.execute("commit")
        except BaseException:
            if self._writer.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
                self._writer.execute("rollback")
            raise

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        self._writer.execute("savepoint work")
        try:
            yield
        except BaseException:
            if not self._given_up():
                self._writer.execute("rollback to savepoint work")
                self._writer.execute("release savepoint work")
            raise
        self._writer.execute("release savepoint work")

    def _given_up(self) -> bool:
        return self._writer.info.transaction_status == TransactionStatus.UNKNOWN  # the connection is gone

    def _named(self, error: BaseException) -> BaseException:
        if isinstance(error, psycopg.Error) and error.sqlstate in _FULL:
            return StoreFull("The disk of the database is full. Nothing was stored. Free some space and try again.")
        if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
            return StoreUnusable(_unreachable(error))
        return error

    def _moved(self) -> bool:
        found = self._writer.execute(f"select to_regclass('{schema.MOVED}') as there").fetchone()
        return found is not None and found["there"] is not None

    def _connect(self) -> psycopg.Connection[dict[str, Any]]:
        connection = psycopg.connect(
            self._address, autocommit=True, row_factory=dict_row, cursor_factory=ClientCursor, connect_timeout=10
        )
        _prepare(connection)
        said = connection.execute("show synchronous_commit").fetchone()
        if said and said["synchronous_commit"] == "off":  # what is acknowledged is on disk, whatever the server says
            connection.execute("set synchronous_commit = on")
        return connection

    def _migrate(self) -> None:
        """Bring the tables up to date; other processes that start at the same moment wait for it."""
        with self._writer.transaction():
            self._writer.execute(f"select pg_advisory_xact_lock({MIGRATE_LOCK})")
            schema.migrate(self._writer)


def _prepare(connection: psycopg.Connection[Any]) -> None:
    connection.adapters.register_dumper(bool, _Flag)
    connection.adapters.register_loader("numeric", _Number)
    connection.execute("set client_min_messages = warning")


def _unreachable(error: BaseException) -> str:
    said = str(error).strip().splitlines()
    why = said[-1] if said else "no reason given"
    return f"The database does not answer ({why}). Start it, or mend the setting store, and try again."
