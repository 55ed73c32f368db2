"""The tables on PostgreSQL: those that the migrations give on SQLite, and from then on the same migrations.

A new database gets the tables as they are after all migrations, read from an empty SQLite. One that was made before
gets the migrations that came since, as they are written. Only looking for words has tables of its own on each engine.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from typing import Any, Final

from sqlite_utils import Database

from workshop.store.migrations import NAMES, migrations

_OWN: Final = "sought"
_TYPES: Final = {"integer": "bigint", "real": "double precision", "blob": "bytea"}
_REFERENCE: Final = re.compile(r"\s+references\s+\"?(\w+)\"?\s*\((\w+)\)", re.IGNORECASE)


def migrate(connection: Any) -> None:
    """Make the tables, or bring them up to date. The caller holds a lock and a transaction."""
    connection.execute("create table if not exists migration (name text primary key)")
    for name in pending(connection, new := not _applied(connection)):
        if not new:
            connection.execute(_text("schema", name))
        connection.execute("insert into migration (name) values (%s)", (name,))
    if new:
        for statement in statements():
            connection.execute(statement)
        connection.execute(_text("schema", "words.postgres"))


def pending(connection: Any, new: bool = False) -> list[str]:
    """Return the migrations that were not applied yet, in their order."""
    there = set() if new else _applied(connection)
    return [name for name in NAMES if name not in there]


def statements() -> Iterator[str]:
    """Return what makes all tables and indexes on PostgreSQL; tables may point to each other in a circle."""
    with closing(sqlite3.connect(":memory:")) as memory:
        migrations.apply(Database(memory))
        made = tables(memory)
        for text in made.values():
            yield _translated(text)
        for name in made:
            for point in memory.execute(f"pragma foreign_key_list({name})"):
                _, _, target, column, key = point[:5]
                yield f'alter table "{name}" add foreign key ("{column}") references "{target}" ("{key}")'
        indexes = memory.execute("select tbl_name, sql from sqlite_master where type = 'index' and sql is not null")
        yield from (text for table, text in indexes if table in made)


def tables(memory: sqlite3.Connection) -> dict[str, str]:
    """Return how SQLite makes each table, those for looking for words and for migrations left out."""
    rows = memory.execute("select name, sql from sqlite_master where type = 'table' order by rowid")
    return {name: text for name, text in rows if not name.startswith((_OWN, "sqlite_", "_sqlite"))}


def _translated(text: str) -> str:
    made = _REFERENCE.sub("", text)
    for ours, theirs in _TYPES.items():
        made = re.sub(rf"\b{ours}\b", theirs, made, flags=re.IGNORECASE)
    return made


def _applied(connection: Any) -> set[str]:
    return {row["name"] for row in connection.execute("select name from migration")}


def _text(folder: str, name: str) -> str:
    return (files("workshop.store") / folder / f"{name}.sql").read_text(encoding="utf-8")
