"""Everything goes from one engine to another and back: counted, whole, and once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from tests.conftest import CARD, DETAILS
from tests.engines import PostgresServer, S3Server
from tests.filled import fill
from workshop.cli import main
from workshop.domain import doors, facilitators, ideas, search, workshops
from workshop.domain.ideas import Sent
from workshop.errors import Refused, StoreAway, StoreUnusable
from workshop.house import House
from workshop.settings import Settings
from workshop.store import moving, open_store, schema
from workshop.store.migrations import migrations
from workshop.store.moving import move

KILLED_HALFWAY = """
import os, signal, sys
from pathlib import Path
from workshop.house import House
from workshop.settings import Settings
from workshop.store import moving
from workshop.store.moving import move

moving.BATCH = 25

def tell(table, rows):
    if table == "idea":
        os.kill(os.getpid(), signal.SIGKILL)

move(Path(sys.argv[1]), sys.argv[2], tell)
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with rows in every table: more of them than go in one batch."""
    monkeypatch.setattr(moving, "BATCH", 25)
    path = tmp_path / "werkplaats.db"
    open_store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        fill(connection, 60)
        connection.commit()
    return path


def _rows(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: sorted(connection.execute(f"select * from {name}"), key=repr) for name in schema.tables(connection)
        }


def _quiet(table: str, rows: int) -> None:
    pass


def test_every_row_of_every_table_goes_to_postgresql_and_comes_back_the_same(
    source: Path, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    before = _rows(source)
    database = postgres_server.database()
    assert move(source, database, _quiet) == {name: len(rows) for name, rows in before.items()}
    back = tmp_path / "back" / "werkplaats.db"
    assert move(database, back, _quiet) == {name: len(rows) for name, rows in before.items()}
    assert _rows(back) == before
    open_store(back).close()


def test_a_move_that_was_killed_goes_on_where_it_was(source: Path, postgres_server: PostgresServer) -> None:
    before = _rows(source)
    database = postgres_server.database()
    killed = subprocess.run([sys.executable, "-c", KILLED_HALFWAY, str(source), database], check=False)
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(StoreUnusable, match="half"):
        open_store(database)
    told: list[str] = []
    counted = move(source, database, lambda table, rows: told.append(table))
    assert counted == {name: len(rows) for name, rows in before.items()}
    tables = list(before)
    assert set(told) == set(tables[tables.index("idea") :])
    open_store(database).close()


def test_what_is_not_empty_takes_nothing_in(source: Path, tmp_path: Path, postgres_server: PostgresServer) -> None:
    other = tmp_path / "other.db"
    open_store(other).close()
    for target in (other, postgres_server.installed()):
        with pytest.raises(Refused) as refused:
            move(source, target, _quiet)
        assert refused.value.code == "move_not_empty"
    open_store(source).close()


def test_a_store_is_not_moved_to_itself_nor_to_a_database_that_does_not_answer(source: Path) -> None:
    with pytest.raises(Refused, match="same store"):
        move(source, source, _quiet)
    with pytest.raises(StoreUnusable, match="does not answer"):
        move(source, "postgresql://nobody@127.0.0.1:1/nothing", _quiet)
    open_store(source).close()


def test_a_server_that_still_runs_stores_nothing_in_what_moved_and_cannot_start_on_it(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    path, database = tmp_path / "werkplaats.db", postgres_server.database()
    running = open_store(path)
    who = running.write(facilitators.make, "Anna")
    move(path, database, _quiet)
    with pytest.raises(StoreAway, match="moved"):
        running.write(facilitators.make, "Bram")
    running.close()
    with pytest.raises(StoreUnusable, match="moved"):
        open_store(path)
    there = open_store(database)
    assert there.read(facilitators.find, who.id) is not None
    back = tmp_path / "back.db"
    move(database, back, _quiet)
    with pytest.raises(StoreAway, match="moved"):
        there.write(facilitators.make, "Chris")
    there.close()
    with pytest.raises(StoreUnusable, match="moved"):
        open_store(database)


def test_a_store_somebody_reads_is_not_moved_and_what_moved_leaves_nothing_for_what_comes_in_its_place(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    path, database = tmp_path / "werkplaats.db", postgres_server.database()
    store = open_store(path)
    who = store.write(facilitators.make, "Anna")
    with store.reading() as tx:
        assert facilitators.find(tx, who.id)
        store.write(facilitators.make, "Bram")
        with pytest.raises(Refused, match="goes on"):
            move(path, database, _quiet)
    store.close()
    move(path, database, _quiet)
    there = open_store(database)
    there.write(facilitators.make, "Chris")
    there.close()
    assert sorted(one.name for one in tmp_path.glob("werkplaats.db*")) == []
    move(database, path, _quiet)
    back = open_store(path)
    assert {row[0] for row in _rows(path)["facilitator"]} >= {who.id}
    assert {row[1] for row in _rows(path)["facilitator"]} == {"Anna", "Bram", "Chris"}
    back.close()


def test_nothing_comes_in_the_place_of_a_store_whose_journal_is_still_there(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    path = tmp_path / "werkplaats.db"
    journal = tmp_path / "werkplaats.db-wal"
    journal.write_bytes(b"of an earlier store")
    with pytest.raises(Refused, match=r"werkplaats\.db-wal is there already"):
        move(postgres_server.installed(), path, _quiet)
    assert journal.read_bytes() == b"of an earlier store"


@pytest.mark.parametrize("step", ["_finish", "_leave", "_settle"])
def test_a_move_cut_off_at_its_very_end_goes_on_and_there_is_never_a_second_store(
    step: str, source: Path, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = postgres_server.database()
    with monkeypatch.context() as cut:
        cut.setattr(moving, step, _cut_off)
        with pytest.raises(KeyboardInterrupt):
            move(source, database, _quiet)
    with pytest.raises(StoreUnusable):
        open_store(database)
    assert set(move(source, database, _quiet).values()) >= {60}
    open_store(database).close()
    with pytest.raises(StoreUnusable):
        open_store(source)


def _cut_off(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("address", ["postgresql://u:gehe%im@h/a", "postgres+psycopg://u:geheim@h/a", "mysql://u@h/a"])
def test_an_address_that_is_none_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(StoreUnusable, match="no address of PostgreSQL") as refused:
        open_store(address)
    assert "gehe" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_the_index_of_words_holds_wherever_postgresql_looks_from(postgres_server: PostgresServer) -> None:
    with psycopg.connect(postgres_server.installed(), autocommit=True) as database:
        database.execute("set search_path = ''")
        database.execute("analyze public.idea")
        database.execute("reindex table public.idea")


def test_ideas_are_found_by_their_words_after_a_move_either_way(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    path, database, back = tmp_path / "werkplaats.db", postgres_server.database(), tmp_path / "back.db"
    store = open_store(path)
    who = store.write(facilitators.make, "Anna")
    workshop = store.write(workshops.make, who.id, DETAILS)
    door = store.write(doors.open_for, workshop.id, [CARD])[CARD]
    idea = store.write(ideas.place, door, Sent("Wandelen naar het café.", "group", "sleutel", "toestel", "qr"))
    store.close()
    for source, target in ((path, database), (database, back)):
        move(source, target, _quiet)
        there = open_store(target)
        there.write(search.catch_up)
        assert list(there.read(search.found, workshop.id, "cafe wandeling")) == [idea.id]
        there.close()


def test_a_database_made_by_an_earlier_version_gets_the_tables_of_a_new_one(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = postgres_server.database(), postgres_server.installed()
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "NAMES", schema.NAMES[: schema.NAMES.index("014_network") + 1])
        earlier.setattr(schema, "fill", lambda memory: migrations.apply(Database(memory), stop_before="015_work"))
        open_store(old).close()
    open_store(old).close()
    assert _columns(old) == _columns(new)


def _columns(database: str) -> list[tuple[Any, ...]]:
    asked = """
        select table_name, column_name, data_type, collation_name, is_nullable, column_default
        from information_schema.columns where table_schema = 'public' order by table_name, column_name
    """
    with psycopg.connect(database) as connection:
        return connection.execute(asked).fetchall()


def test_two_processes_that_start_at_once_on_an_empty_database_make_its_tables_once(
    postgres_server: PostgresServer,
) -> None:
    database = postgres_server.database()
    start = "import sys; from workshop.store import open_store; open_store(sys.argv[1]).close()"
    both = [subprocess.Popen([sys.executable, "-c", start, database], env={**os.environ}) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    open_store(database).close()


def test_the_command_moves_store_and_files_away_and_back(
    tmp_path: Path, postgres_server: PostgresServer, s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House.open(Settings.of(data=tmp_path / "data"))
    house.store.write(facilitators.make, "Anna")
    name = house.files.keep(b"%PDF-bewaard", "pdf")
    house.close()
    database, bucket = postgres_server.database(), s3_server.bucket()
    assert "1 files are there." in _said("move", "--data", str(tmp_path / "data"), bucket)
    monkeypatch.setenv("WERKPLAATS_TO", database)
    assert "arrived, and were counted." in _said("move", "--data", str(tmp_path / "data"))
    assert "moved to another place" in _said("backup", "--data", str(tmp_path / "data"), str(tmp_path / "copy"))
    monkeypatch.setenv("WERKPLAATS_STORE", database)
    monkeypatch.setenv("WERKPLAATS_FILES", bucket)
    said = _said("move", "--data", str(tmp_path / "data"), str(tmp_path / "back"))
    assert f"start with --data {tmp_path / 'back'}" in said
    monkeypatch.delenv("WERKPLAATS_STORE")
    monkeypatch.delenv("WERKPLAATS_FILES")
    back = House.open(Settings.of(data=tmp_path / "back"))
    assert back.store.read(facilitators.first) is not None
    assert back.files.read(name) == b"%PDF-bewaard"
    back.close()


def _said(*asked: str) -> str:
    done = CliRunner().invoke(main, asked)
    assert done.exit_code in (0, 2), done.exception
    return done.output
