"""Everything from one store to another, whichever engine: from a file to a database, and back.

The source takes nothing new while it is read, and nothing at all afterwards: what phones were told is stored is in the
copy, and nothing is stored where nobody looks any more. Rows go in batches in the order of their keys, so that a move
that was cut off goes on where it was. The target is empty before, and every table is counted on arrival; only then a
server can start on it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from workshop.errors import Refused, StoreUnusable
from workshop.files.fresh import settle
from workshop.store import open_store, schema
from workshop.store.lock import holding
from workshop.store.postgres import WRITE_LOCK, checked
from workshop.store.sqlite import SqliteStore, refuse_what_is_there

BATCH = 1000
Tell = Callable[[str, int], None]
"""Hears how many rows of a table arrived."""


@dataclass(frozen=True)
class _Table:
    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]


class _Side:
    """A connection with one way of asking: `?` is a value on either engine."""

    def __init__(self, connection: Any, mark: str) -> None:
        self.connection, self._mark = connection, mark

    def ask(self, text: str, values: Sequence[Any] = ()) -> list[Any]:
        cursor = self.connection.execute(text.replace("?", self._mark), tuple(values))
        return list(cursor.fetchall()) if cursor.description else []

    def many(self, text: str, rows: Sequence[Sequence[Any]]) -> None:
        cursor = self.connection.cursor()
        cursor.executemany(text.replace("?", self._mark), rows)
        cursor.close()


def move(source: Path | str, target: Path | str, tell: Tell) -> dict[str, int]:
    """Move a store; return how many rows of each table arrived.

    Raises `Refused`: 'move_to_itself', 'move_not_empty' when something is in the target already, 'move_lost' when a
    table arrived with another number of rows, 'move_busy' when somebody still reads a file. Then the source is as it
    was, and takes new things again.
    """
    if source == target:
        raise Refused("move_to_itself", "That is the same store. Nothing was moved.")
    if _left(source) and _half_full(target, source):  # it was cut off at the very end
        with _filled(target, str(source)) as new:
            _settle(new, target)
            return {table.name: _count(new, table) for table in _tables()}
    open_store(source).close()  # brings its tables up to date
    with _read_alone(source) as old, _filled(target, str(source)) as new:
        counted = {}
        for table in _tables():
            _copy(old, new, table, tell)
            counted[table.name] = _count(new, table)
            if counted[table.name] != (was := _count(old, table)):
                there = f"{table.name}: {was} rows went, {counted[table.name]} arrived."
                raise Refused("move_lost", f"{there} Your store is as it was. Empty the target and move again.")
        _finish(new)
        _leave(old, source)
        _settle(new, target)
    return counted


def begin(source: Path | str, target: Path | str) -> None:
    """Take a target that is empty, or that an earlier move from this source began to fill. Raises as `move`."""
    with _filled(target, str(source)):
        pass


def to_sqlite(connection: Any, path: Path) -> None:
    """Write everything a PostgreSQL connection sees in its transaction to a new SQLite file."""
    old = _Side(connection, "%s")
    with closing(connection.cursor(row_factory=psycopg.rows.tuple_row)) as cursor:
        old.connection = cursor
        with _filled(path, "a copy") as new:
            for table in _tables():
                _copy(old, new, table, lambda *_: None)
            _finish(new)
            _settle(new, path)


def _tables() -> Iterator[_Table]:
    with schema.empty() as memory:
        for name in schema.tables(memory):
            columns = memory.execute(f"pragma table_info({name})").fetchall()
            yield _Table(name, tuple(one[1] for one in columns), tuple(one[1] for one in columns if one[5]))


def _copy(old: _Side, new: _Side, table: _Table, tell: Tell) -> None:
    """Copy the rows that are not there yet, by the order of their keys."""
    columns, keys = _names(table.columns), _names(table.keys)
    marks = ", ".join("?" * len(table.columns))
    backwards = ", ".join(f'"{key}" desc' for key in table.keys)
    arrived = _count(new, table)
    last = next(iter(new.ask(f'select {keys} from "{table.name}" order by {backwards} limit 1')), ())
    while True:
        where = f"where ({keys}) > ({', '.join('?' * len(last))})" if last else ""
        rows = old.ask(f'select {columns} from "{table.name}" {where} order by {keys} limit {BATCH}', last)
        if not rows:
            return
        new.ask("begin")
        new.many(f'insert into "{table.name}" ({columns}) values ({marks})', rows)
        new.ask("commit")
        arrived += len(rows)
        tell(table.name, arrived)
        last = tuple(rows[-1][table.columns.index(key)] for key in table.keys)


def _count(side: _Side, table: _Table) -> int:
    return int(side.ask(f'select count(*) from "{table.name}"')[0][0])


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


@contextmanager
def _read_alone(source: Path | str) -> Iterator[_Side]:
    """Give the source while nobody writes to it."""
    if isinstance(source, Path):
        with holding(SqliteStore.lock_of(source)), closing(sqlite3.connect(source, isolation_level=None)) as file:
            yield _Side(file, "?")
        return
    with _database(source) as database:
        database.execute(f"select pg_advisory_lock({WRITE_LOCK})")
        yield _Side(database, "%s")


@contextmanager
def _filled(target: Path | str, source: str) -> Iterator[_Side]:
    """Give the target with empty tables that point to nothing yet, or as an earlier move from here left it."""
    if isinstance(target, Path):
        refuse_what_is_there(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(_half(target), isolation_level=None)) as file:
            file.execute("pragma synchronous = full")
            new = _Side(file, "?")
            if not _goes_on(new, "select name from sqlite_master where type = 'table'", source):
                schema.fill(file)
            yield new
        return
    with _database(target) as database:
        new = _Side(database, "%s")
        there = "select table_name from information_schema.tables where table_schema = current_schema()"
        if not _goes_on(new, there, source):
            with database.transaction():
                for statement in schema.statements():
                    if statement.lower().startswith("create table"):
                        database.execute(statement)
        yield new


def _database(address: str) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(checked(address), autocommit=True)
    except psycopg.OperationalError as error:
        raise StoreUnusable(f"The database does not answer ({str(error).strip()}). Nothing was moved.") from error


def _goes_on(new: _Side, names: str, source: str) -> bool:
    """Say whether an earlier move from this source began here; raise `Refused` when something else did."""
    there = {row[0] for row in new.ask(names)}
    if schema.HALF in there and new.ask(f"select source from {schema.HALF}") == [(_mark(source),)]:
        return len(there) > 1
    if there:
        raise Refused("move_not_empty", "There is something in the target already. Nothing was moved. Empty it first.")
    new.ask(f"create table {schema.HALF} (source text not null)")
    new.ask(f"insert into {schema.HALF} values (?)", (_mark(source),))
    return False


def _finish(new: _Side) -> None:
    """Give the target what a store has beside its rows, so that all of it holds."""
    if isinstance(new.connection, sqlite3.Connection):
        if loose := new.ask("pragma foreign_key_check"):
            raise Refused("move_lost", f"{len(loose)} rows point to nothing. Your store is as it was.")
        return
    with new.connection.transaction():
        if not schema.there(new.connection, "migration"):
            schema.finish(new.connection)


def _leave(old: _Side, source: Path | str) -> None:
    """Leave the source so that nobody stores anything in it any more. Raises `Refused('move_busy')`."""
    if isinstance(source, Path):
        if old.ask("pragma wal_checkpoint(truncate)")[0][0]:
            raise Refused(
                "move_busy",
                "Somebody still reads the store. It is as it was. Stop the server and move again; it goes on.",
            )
        for end in ("-wal", "-shm", ""):  # what follows a file goes with it, and never with another in its place
            if (part := source.with_name(source.name + end)).exists():
                part.rename(SqliteStore.moved(source).with_name(SqliteStore.moved(source).name + end))
        settle(source.parent)
        return
    old.ask(f"create table {schema.MOVED} ()")


def _left(source: Path | str) -> bool:
    """Say whether everything of a source was moved."""
    if isinstance(source, Path):
        return SqliteStore.moved(source).exists() and not source.exists()
    with _database(source) as database:
        return schema.there(database, schema.MOVED)


def _half_full(target: Path | str, source: Path | str) -> bool:
    """Say whether a target is being filled from this source."""
    asked = f"select source from {schema.HALF}"
    if isinstance(target, Path):
        if not _half(target).exists():
            return False
        with closing(sqlite3.connect(_half(target))) as file:
            return file.execute(asked).fetchall() == [(_mark(str(source)),)]
    with _database(target) as database:
        there = schema.there(database, schema.HALF)
        return there and database.execute(asked).fetchall() == [(_mark(str(source)),)]


def _settle(new: _Side, target: Path | str) -> None:
    """Make the target a store that a server can start on: the last thing there is to do."""
    new.ask(f"drop table {schema.HALF}")
    if isinstance(target, Path):
        new.connection.execute("pragma wal_checkpoint(truncate)")
        new.connection.close()
        _half(target).rename(target)
        settle(target.parent)


def _mark(source: str) -> str:
    """Return what tells one source from another, without a password in it."""
    return hashlib.sha256(source.encode()).hexdigest()


def _half(target: Path) -> Path:
    return target.with_name(target.name + ".moving")
