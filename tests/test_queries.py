"""Every query is good on both engines: what SQLite takes is not always what PostgreSQL takes."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.engines import PostgresServer
from workshop import store as package
from workshop.store import schema, tx

OURS = sorted(tx._queries("sqlite"))
FOLDER = Path(package.__file__).parent / "queries"


def _texts(engine: tx.Engine, noun: str) -> dict[str, str]:
    queries: Any = tx._queries(engine)[noun]
    return {name: getattr(queries, name).sql for name in queries.available_queries if not name.endswith("_cursor")}


@pytest.fixture(scope="module")
def database(postgres_server: PostgresServer) -> psycopg.Connection[Any]:
    with psycopg.connect(postgres_server.installed(), cursor_factory=psycopg.ClientCursor, autocommit=True) as opened:
        yield opened


@pytest.mark.parametrize("noun", OURS)
def test_postgresql_takes_every_query(noun: str, database: psycopg.Connection[Any]) -> None:
    for name, text in _texts("postgres", noun).items():
        values = dict.fromkeys(re.findall(r"%\((\w+)\)s", text))
        try:
            database.execute(f"explain {text}", values)
        except psycopg.Error as error:
            pytest.fail(f"{noun}.{name}: {error}")


@pytest.mark.parametrize("noun", OURS)
def test_sqlite_takes_every_query(noun: str) -> None:
    with closing(sqlite3.connect(":memory:")) as memory:
        schema.fill(memory)
        for name, text in _texts("sqlite", noun).items():
            values = dict.fromkeys(re.findall(r":(\w+)", text))
            try:
                memory.execute(f"explain {text}", values)
            except sqlite3.Error as error:
                pytest.fail(f"{noun}.{name}: {error}")


def test_only_looking_for_words_is_written_twice_and_then_with_the_same_names() -> None:
    assert [file.name for file in FOLDER.glob("*.postgres.sql")] == ["search.postgres.sql"]
    assert _texts("sqlite", "search").keys() == _texts("postgres", "search").keys()
