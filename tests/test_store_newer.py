"""Going back to an older version: it refuses what a newer one changed, and says what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.engines import PostgresServer
from workshop.errors import StoreUnusable
from workshop.store import open_store

SAID = r"A newer version of Werkplaats changed this store \(999_next\)\. Nothing was changed now\."


def test_a_file_that_a_newer_version_changed_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "w.db"
    open_store(file).close()
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("insert into _sqlite_migrations values (null, 'werkplaats', '999_next', '2027-01-01')")
    with pytest.raises(StoreUnusable, match=SAID):
        open_store(file)
    assert not list(tmp_path.glob("*-before-*"))


def test_a_database_that_a_newer_version_changed_is_refused(postgres_server: PostgresServer) -> None:
    address = postgres_server.database()
    open_store(address).close()
    with psycopg.connect(address) as store:
        store.execute("insert into migration (name) values ('999_next')")
    with pytest.raises(StoreUnusable, match=SAID):
        open_store(address)
