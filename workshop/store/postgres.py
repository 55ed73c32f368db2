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
from psycopg.types.string import StrDumper
from psycopg_pool import ConnectionPool

from workshop.errors import StoreAway, StoreFull, StoreUnusable
from workshop.store import schema
from workshop.store.tx import Tx
from workshop.store.writing import Store

WRITE_LOCK: Final = 7_202_611
MIGRATE_LOCK: Final = WRITE_LOCK + 1
_FULL: Final = ("53100", "53200")
_AWAY: Final = ("08", "57P", "25P03")  # how the codes begin of a server that broke off, stops, or is not ready yet
_ALIVE: Final[dict[str, Any]] = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
_ENDS: Final = {  # a machine that freezes or loses its power while it writes keeps nobody waiting for long
    "idle_in_transaction_session_timeout": "20s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}


class _Flag(IntDumper):
    """True and False are 1 and 0, as in SQLite."""

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"


class _Text(StrDumper):
    """The sign nought, which PostgreSQL keeps in no text, is left out: nobody can type it."""

    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\0", ""))


class _Number(Loader):
    """Sums come back as whole numbers when they are."""

    def load(self, data: Any) -> int | float:
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


class PostgresStore(Store):
    """A store in a database: `postgresql://user:password@host/name`."""

    def __init__(self, address: str, readers: int = 32) -> None:
        super().__init__()
        self._address = checked(address)
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
            kwargs={"autocommit": True, "row_factory": dict_row, "cursor_factory": ClientCursor, **_ALIVE},
            configure=_prepare,
            check=ConnectionPool.check_connection,
        )
        self._thread.start()

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """Give a transaction that sees one snapshot and refuses to write. Raises `StoreAway`."""
        try:
            with self._pool.connection() as connection:
                connection.execute("begin isolation level repeatable read read only")
                try:
                    yield Tx(connection, "postgres")
                finally:
                    if connection.info.transaction_status != TransactionStatus.UNKNOWN:
                        connection.execute("rollback")
        except psycopg.OperationalError as error:
            if (named := self._named(error)) is error:
                raise
            raise named from error

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
        try:
            self._begin()
        except psycopg.OperationalError:  # the server started again meanwhile; nothing was asked of it yet
            self._writer.close()
            self._begin()
        try:
            if self._moved():
                raise StoreAway("This store moved. Nothing was stored. Stop this server; start it on the new store.")
            yield Tx(self._writer, "postgres")
            self._writer.execute("commit")
        except BaseException:
            if self._writer.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
                self._writer.execute("rollback")
            raise

    def _begin(self) -> None:
        if self._writer.closed or self._writer.broken:
            self._writer = self._connect()
        self._writer.execute("begin")
        self._writer.execute(f"select pg_advisory_xact_lock({WRITE_LOCK})")

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
        broke = isinstance(error, psycopg.OperationalError) and error.sqlstate is None
        if broke or (isinstance(error, psycopg.Error) and (error.sqlstate or "").startswith(_AWAY)):
            return StoreAway(_unreachable(error))
        return error

    def _moved(self) -> bool:
        found = self._writer.execute(f"select to_regclass('{schema.MOVED}') as there").fetchone()
        return found is not None and found["there"] is not None

    def _connect(self) -> psycopg.Connection[dict[str, Any]]:
        connection = psycopg.connect(
            self._address, autocommit=True, row_factory=dict_row, cursor_factory=ClientCursor, **_ALIVE
        )
        _prepare(connection)
        for name, value in _ENDS.items():
            connection.execute(f"set {name} = '{value}'")
        said = connection.execute("show synchronous_commit").fetchone()
        if said and said["synchronous_commit"] == "off":  # what is acknowledged is on disk, whatever the server says
            connection.execute("set synchronous_commit = on")
        return connection

    def _migrate(self) -> None:
        """Bring the tables up to date; other processes that start at the same moment wait for it."""
        with self._writer.transaction():
            self._writer.execute("set local idle_in_transaction_session_timeout = 0")  # it is worked out meanwhile
            self._writer.execute(f"select pg_advisory_xact_lock({MIGRATE_LOCK})")
            schema.migrate(self._writer)


def checked(address: str) -> str:
    """Return an address of a database; raises `StoreUnusable` for what is none, without repeating what is in it."""
    try:
        psycopg.conninfo.conninfo_to_dict(address)
    except psycopg.ProgrammingError:
        fine = False
    else:
        fine = address.startswith(("postgresql://", "postgres://"))
    if not fine:
        raise StoreUnusable(
            "The setting store is no address of PostgreSQL. Write postgresql://name:password@host/name; "
            "signs such as % @ / in a password as %25 %40 %2F."
        )
    return address


def _prepare(connection: psycopg.Connection[Any]) -> None:
    connection.adapters.register_dumper(bool, _Flag)
    connection.adapters.register_dumper(str, _Text)
    connection.adapters.register_loader("numeric", _Number)
    connection.execute("set client_min_messages = warning")


def _unreachable(error: BaseException) -> str:
    said = str(error).strip().splitlines()
    why = said[-1] if said else "no reason given"
    return f"The database does not answer ({why}). Start it, or mend the setting store, and try again."
