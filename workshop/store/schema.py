"""The tables on PostgreSQL: those that the migrations give on SQLite, and from then on the same migrations.

A new database gets the tables as they are after all migrations, read from an empty SQLite. One that was made before
gets the migrations that came since, as they are written. Only looking for words has tables of its own on each engine.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from typing import Any, Final

from sqlite_utils import Database

from workshop.errors import StoreUnusable
from workshop.store.migrations import NAMES, migrations, refuse_newer

MOVED: Final = "moved_away"
"""The table that says that a store moved to another place: nothing may be stored in it any more."""
HALF: Final = "moving"
"""The table in a store that is being filled from another one, which it names."""
_WORDS: Final = "sought"
_TYPES: Final = {
    "integer": "bigint",
    "real": "double precision",
    "text": 'text collate "C"',  # keys and names in the order of their signs, as in SQLite
}
_REFERENCE: Final = re.compile(r"\s+references\s+\"?(\w+)\"?\s*\((\w+)\)", re.IGNORECASE)


def migrate(connection: Any) -> None:
    """Make the tables, or bring them up to date. The caller holds a lock and a transaction."""
    if there(connection, MOVED):
        raise StoreUnusable("This store moved to another place, and only there ideas go on. Mend the setting store.")
    if there(connection, HALF):
        raise StoreUnusable("Only half of a store is in this database. Run the same werkplaats move again; it goes on.")
    if not there(connection, "migration"):
        for statement in statements():
            if statement.lower().startswith("create table"):
                connection.execute(statement)
        finish(connection)
        return
    for name in pending(connection):
        connection.execute(_typed(_text(name)))
        connection.execute("insert into migration (name) values (%s)", (name,))


def there(connection: Any, table: str) -> bool:
    """Say whether a database has this table."""
    return bool(connection.execute("select 1 where to_regclass(%s) is not null", (table,)).fetchone())


def finish(connection: Any) -> None:
    """Add to the tables what they have beside rows: how they point to each other, indexes, and looking for words."""
    for statement in statements():
        if not statement.lower().startswith("create table"):
            connection.execute(statement)
    connection.execute(_text("words.postgres"))
    connection.execute("create table migration (name text primary key)")
    for name in NAMES:
        connection.execute("insert into migration (name) values (%s)", (name,))


def pending(connection: Any) -> list[str]:
    """Return the migrations that were not applied yet, in their order. Raises `StoreUnusable` for a newer store."""
    there = {row["name"] for row in connection.execute("select name from migration")}
    refuse_newer(there)
    return [name for name in NAMES if name not in there]


@contextmanager
def empty() -> Iterator[sqlite3.Connection]:
    """Give an empty SQLite in memory with all tables."""
    with closing(sqlite3.connect(":memory:")) as memory:
        fill(memory)
        yield memory


def fill(connection: sqlite3.Connection) -> None:
    """Make all tables in a new SQLite."""
    migrations.apply(Database(connection))


def statements() -> Iterator[str]:
    """Return what makes all tables, then what points to what and the indexes; tables may point in a circle."""
    with empty() as memory:
        made = tables(memory)
        for text in made.values():
            yield _typed(_REFERENCE.sub("", text))
        for name in made:
            for _, _, target, column, key, *_ in memory.execute(f"pragma foreign_key_list({name})"):
                yield f'alter table "{name}" add foreign key ("{column}") references "{target}" ("{key}")'
        indexes = memory.execute("select tbl_name, sql from sqlite_master where type = 'index' and sql is not null")
        yield from (text for table, text in indexes if table in made)


def tables(memory: sqlite3.Connection) -> dict[str, str]:
    """Return how SQLite makes each table, those for looking for words and for migrations left out."""
    rows = memory.execute("select name, sql from sqlite_master where type = 'table' order by rowid")
    return {name: text for name, text in rows if not name.startswith((_WORDS, "sqlite_", "_sqlite"))}


def _typed(text: str) -> str:
    """Return SQL that makes or changes tables with the types of PostgreSQL."""
    for ours, theirs in _TYPES.items():
        text = re.sub(rf"(?<=\s)(?<!as ){ours}\b", theirs, text, flags=re.IGNORECASE)
    return text


def _text(name: str) -> str:
    return (files("workshop.store") / "schema" / f"{name}.sql").read_text(encoding="utf-8")
