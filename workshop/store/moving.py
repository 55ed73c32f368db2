"""Everything from one store to another, whichever engine: from a file to a database, and back.

The source takes nothing new while it is read, and nothing at all afterwards: what phones were told is stored is in the
copy, and nothing is stored where nobody looks any more. Rows go in batches in the order of their keys, so that a move
that was cut off goes on where it was. The target is empty before, and every table is counted on arrival; only then a
server can start on it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from workshop.errors import Refused, StoreUnusable
from workshop.store import open_store, schema
from workshop.store.lock import holding
from workshop.store.postgres import WRITE_LOCK
from workshop.store.sqlite import SqliteStore

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
    table arrived with another number of rows. Then the source is as it was, and takes new things again.
    """
    if source == target:
        raise Refused("move_to_itself", "That is the same store. Nothing was moved.")
    open_store(source).close()  # brings its tables up to date
    with _read_alone(source) as old, _filled(target, str(source)) as new:
        counted = {}
        for table in _tables():
            _copy(old, new, table, tell)
            counted[table.name] = _count(new, table)
            if counted[table.name] != (was := _count(old, table)):
                there = f"{table.name}: {was} rows went, {counted[table.name]} arrived."
                raise Refused("move_lost", f"{there} Your store is as it was. Empty the target and move again.")
        _finish(new, target)
        _leave(old, source, target)
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
            _finish(new, path)


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
    with psycopg.connect(source, autocommit=True) as database:
        database.execute(f"select pg_advisory_lock({WRITE_LOCK})")
        yield _Side(database, "%s")


@contextmanager
def _filled(target: Path | str, source: str) -> Iterator[_Side]:
    """Give the target with empty tables that point to nothing yet, or as an earlier move from here left it."""
    if isinstance(target, Path):
        if target.exists():
            raise Refused("move_not_empty", f"{target} is there already. Nothing was moved. Choose another place.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(_half(target), isolation_level=None)) as file:
            file.execute("pragma synchronous = full")
            new = _Side(file, "?")
            if not _goes_on(new, "select name from sqlite_master where type = 'table'", source):
                schema.fill(file)
            yield new
        return
    try:
        database = psycopg.connect(target, autocommit=True)
    except psycopg.OperationalError as error:
        raise StoreUnusable(f"The database to move to does not answer ({str(error).strip()}).") from error
    with database:
        new = _Side(database, "%s")
        there = "select table_name from information_schema.tables where table_schema = current_schema()"
        if not _goes_on(new, there, source):
            with database.transaction():
                for statement in schema.statements():
                    if statement.lower().startswith("create table"):
                        database.execute(statement)
        yield new


def _goes_on(new: _Side, names: str, source: str) -> bool:
    """Say whether an earlier move from this source began here; raise `Refused` when something else did."""
    there = {row[0] for row in new.ask(names)}
    if schema.HALF in there and new.ask(f"select source from {schema.HALF}") == [(source,)]:
        return len(there) > 1
    if there:
        raise Refused("move_not_empty", "There is something in the target already. Nothing was moved. Empty it first.")
    new.ask(f"create table {schema.HALF} (source text not null)")
    new.ask(f"insert into {schema.HALF} values (?)", (source,))
    return False


def _finish(new: _Side, target: Path | str) -> None:
    """Make the target a store that a server can start on."""
    if isinstance(target, Path):
        if loose := new.ask("pragma foreign_key_check"):
            raise Refused("move_lost", f"{len(loose)} rows point to nothing. Your store is as it was.")
        new.ask(f"drop table {schema.HALF}")
        new.connection.close()
        _half(target).rename(target)
        return
    with new.connection.transaction():
        schema.finish(new.connection)
        new.ask(f"drop table {schema.HALF}")


def _leave(old: _Side, source: Path | str, target: Path | str) -> None:
    """Leave the source so that nobody stores anything in it any more."""
    if isinstance(source, Path):
        old.ask("pragma wal_checkpoint(truncate)")
        source.rename(SqliteStore.moved(source))
        return
    old.ask(f"create table {schema.MOVED} (target text not null)")
    old.ask(f"insert into {schema.MOVED} values (?)", (str(target),))


def _half(target: Path) -> Path:
    return target.with_name(target.name + ".moving")
