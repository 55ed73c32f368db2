"""The store keeps what it acknowledged, whoever else is writing and whatever happens to the process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import psycopg
import pytest
from sqlite_utils import Migrations

from workshop import backup, clock
from workshop.domain import curating, doors, facilitators, ideas, workshops
from workshop.domain.ideas import Sent
from workshop.errors import StoreAway, StoreUnusable
from workshop.files import Files
from workshop.house import House
from workshop.store import Store, open_store, postgres
from workshop.store.migrations import NAMES, migrations

from .conftest import CARD, DETAILS
from .engines import PostgresServer


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a store is: the promises are the same on either engine."""
    return tmp_path / "w.db" if request.param == "SQLite" else request.getfixturevalue("postgres_server").installed()


@pytest.fixture
def store(where: Path | str) -> Iterator[Store]:
    opened = open_store(where)
    yield opened
    opened.close()


def _door(store: Store) -> doors.Door:
    who = store.write(facilitators.make, "Anna")
    workshop = store.write(workshops.make, who.id, DETAILS)
    return store.write(doors.open_for, workshop.id, [CARD])[CARD]


def _sent(words: str, key: str, device: str = "phone") -> Sent:
    return Sent(words, "group", key, device, "qr")


def test_sixteen_phones_at_once_lose_nothing(store: Store) -> None:
    door = _door(store)

    def share(phone: int) -> None:
        for turn in range(25):
            store.write(ideas.place, door, _sent(f"idee {phone}-{turn}", f"{phone}-{turn}", f"phone{phone}"))

    phones = [threading.Thread(target=share, args=(phone,)) for phone in range(16)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert store.read(curating.counts, door.workshop_id).total == 16 * 25


def test_one_bad_write_does_not_sink_its_neighbours(store: Store) -> None:
    door = _door(store)
    hold = threading.Event()
    first = threading.Thread(target=store.write, args=(lambda tx: hold.wait(5),))
    first.start()
    failed: list[BaseException] = []

    def bad() -> None:
        try:
            store.write(
                lambda tx: tx.doors.make(id="x", workshop_id="nobody", card_id="", number="1", key="", word="", at="")
            )
        except (sqlite3.IntegrityError, psycopg.IntegrityError) as error:
            failed.append(error)

    others = [
        threading.Thread(target=store.write, args=(ideas.place, door, _sent("voor", "1"))),
        threading.Thread(target=bad),
        threading.Thread(target=store.write, args=(ideas.place, door, _sent("na", "2"))),
    ]
    for other in others:
        other.start()
        time.sleep(0.05)
    hold.set()
    for thread in (first, *others):
        thread.join()
    assert len(failed) == 1
    assert {idea.words for idea in store.read(ideas.visible, door, True)} == {"voor", "na"}


def test_a_write_that_fails_leaves_nothing_behind(store: Store) -> None:
    door = _door(store)

    def half(tx: object) -> None:
        ideas.place(tx, door, _sent("half", "1"))
        raise RuntimeError("the lamp fell over")

    with pytest.raises(RuntimeError, match="lamp"):
        store.write(half)
    assert store.read(ideas.visible, door, True) == []


def test_reading_cannot_write(store: Store) -> None:
    door = _door(store)
    with pytest.raises((sqlite3.OperationalError, psycopg.errors.ReadOnlySqlTransaction), match=r"read-?only"):
        store.read(ideas.place, door, _sent("stiekem", "1"))


def test_every_commit_reaches_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    store = open_store(tmp_path / "w.db")
    with sqlite3.connect(store.path) as seen:
        assert seen.execute("pragma journal_mode").fetchone() == ("wal",)
    assert store._writer.execute("pragma synchronous").fetchone() == {"synchronous": 2}
    assert store._writer.execute("pragma foreign_keys").fetchone() == {"foreign_keys": 1}
    store.close()


def test_a_server_that_would_acknowledge_before_the_disk_is_told_not_to(postgres_server: PostgresServer) -> None:
    database = postgres_server.installed()
    with psycopg.connect(database) as server:
        assert server.execute("show synchronous_commit").fetchone() == ("off",), "so that this test can fail"
    store = open_store(database)
    assert store._writer.execute("show synchronous_commit").fetchone() == {"synchronous_commit": "on"}
    store.close()


def test_a_copy_made_during_writing_is_whole(store: Store, tmp_path: Path) -> None:
    door = _door(store)
    stop = threading.Event()

    def keep_writing() -> None:
        turn = 0
        while not stop.is_set():
            store.write(ideas.place, door, _sent(f"idee {turn}", f"{turn}"))
            turn += 1

    writer = threading.Thread(target=keep_writing)
    writer.start()
    time.sleep(0.3)
    before = store.read(curating.counts, door.workshop_id).total
    store.copy_to(tmp_path / "copy.db")
    stop.set()
    writer.join()
    copy = open_store(tmp_path / "copy.db")
    assert copy.sound()
    assert copy.read(curating.counts, door.workshop_id).total >= before
    copy.close()


_WRITER = """
import sys
from pathlib import Path
from workshop.house import House
from workshop.store import Store, open_store
from workshop.domain import doors, ideas
from workshop.domain.ideas import Sent
store = open_store(sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1]))
door = store.read(doors.by_number, sys.argv[2])
for turn in range(100000):
    sent = Sent(f"idee {sys.argv[3]} {turn}", "group", f"{sys.argv[3]}-{turn}", "d", "qr")
    idea = store.write(ideas.place, door, sent)
    print(idea.receipt, flush=True)
"""


def test_a_killed_process_loses_nothing_it_acknowledged_and_stores_nothing_twice(
    store: Store, where: Path | str
) -> None:
    """Five times kill -9 in the middle of writing; the power-cut side is what `synchronous=FULL` is for."""
    door = _door(store)
    acknowledged: list[str] = []
    for life in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(where), door.number, str(life)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        acknowledged += [process.stdout.readline().strip() for _ in range(20 + life * 7)]
        process.send_signal(signal.SIGKILL)
        acknowledged += process.stdout.read().split()[:-1]
        process.stdout.close()
        process.wait()
    assert store.sound()
    stored = [idea.receipt for idea in store.read(curating.stream, door.workshop_id, curating.Filter())]
    assert len(stored) == len(set(stored))
    assert set(acknowledged) <= set(stored)
    assert len(acknowledged) >= 100


def _write_from_another_process(where: Path | str, number: str) -> None:
    other = open_store(where)
    door = other.read(doors.by_number, number)
    for turn in range(50):
        other.write(ideas.place, door, _sent(f"ander {turn}", f"other-{turn}"))
    other.close()


def test_two_processes_write_in_turn(store: Store, where: Path | str) -> None:
    door = _door(store)
    process = multiprocessing.get_context("spawn").Process(
        target=_write_from_another_process, args=(where, door.number)
    )
    process.start()
    for turn in range(50):
        store.write(ideas.place, door, _sent(f"deze {turn}", f"this-{turn}"))
    process.join()
    assert process.exitcode == 0
    assert store.read(curating.counts, door.workshop_id).total == 100


def test_a_new_migration_keeps_rows_from_before_it_and_a_copy_of_how_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path / "w.db")
    door = _door(store)
    store.write(ideas.place, door, _sent("van vroeger", "1"))
    store.close()
    more = Migrations("werkplaats")
    more._migrations = list(migrations._migrations)
    more(name="999_next")(lambda db: db.executescript("alter table idea add column colour text not null default ''"))
    monkeypatch.setattr("workshop.store.sqlite.migrations", more)
    monkeypatch.setattr("workshop.store.migrations.NAMES", (*NAMES, "999_next"))
    again = open_store(tmp_path / "w.db")
    assert [idea.words for idea in again.read(ideas.visible, door, True)] == ["van vroeger"]
    again.close()
    assert "colour" not in sqlite3.connect(tmp_path / "w-before-999_next.db").execute("select * from idea").description
    open_store(tmp_path / "w.db").close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path / "w.db")
    door = _door(store)
    store.close()
    more = Migrations("werkplaats")
    more._migrations = list(migrations._migrations)
    more(name="999_next")(
        lambda db: db.executescript("alter table idea add column colour text; select * from nowhere;")
    )
    with monkeypatch.context() as patch:
        patch.setattr("workshop.store.sqlite.migrations", more)
        with pytest.raises(StoreUnusable, match="nowhere"):
            open_store(tmp_path / "w.db")
    again = open_store(tmp_path / "w.db")
    assert again.read(doors.by_number, door.number) == door
    again.close()


def test_a_damaged_store_is_refused_with_the_cure_and_left_as_it_is(tmp_path: Path) -> None:
    store = open_store(tmp_path / "w.db")
    door = _door(store)
    for turn in range(200):
        store.write(ideas.place, door, _sent("x" * 500 + str(turn), f"{turn}", f"d{turn}"))
    store.close()
    whole = (tmp_path / "w.db").read_bytes()
    for damaged in (b"not a store at all" * 100, whole[:4096] + os.urandom(8192) + whole[12288:]):
        (tmp_path / "w.db").write_bytes(damaged)
        with pytest.raises(StoreUnusable, match="last backup"):
            open_store(tmp_path / "w.db")
        assert (tmp_path / "w.db").read_bytes() == damaged


def test_a_picture_erased_during_a_backup_does_not_stop_it(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [house.files.keep(words, "jpg") for words in (b"one", b"two")]
    whole = type(house.files).open

    def erased_meanwhile(files: Files, name: str) -> tuple[BinaryIO, int]:
        house.files.remove(names[1])
        return whole(files, name)

    monkeypatch.setattr(type(house.files), "open", erased_meanwhile)
    assert backup.copy(house, tmp_path / "copy") in (0, 1)
    assert (tmp_path / "copy" / "werkplaats.db").is_file()


def test_time_ordered_keys_sort_as_they_were_made() -> None:
    from workshop import ids

    made = [ids.new() for _ in range(2000)]
    clock.shift(minutes=-5)  # the clock was put back: later keys stay later
    made += [ids.new() for _ in range(10)]
    assert made == sorted(set(made))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs to mount a small disk")
def test_a_full_disk_loses_nothing_and_recovers_when_there_is_room(tmp_path: Path) -> None:
    from workshop.errors import StoreFull

    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(small)], check=False)
    if mounted.returncode:
        pytest.skip("this machine may not mount")
    try:
        store = open_store(small / "w.db")
        door = _door(store)
        receipts = []
        with pytest.raises(StoreFull, match="full"):
            for turn in range(20_000):
                receipts.append(store.write(ideas.place, door, _sent("x" * 1900, f"{turn}", f"d{turn}"), True).receipt)
        subprocess.run(["mount", "-o", "remount,size=12m", str(small)], check=True)
        receipts.append(store.write(ideas.place, door, _sent("weer ruimte", "weer")).receipt)
        assert store.sound()
        stored = {idea.receipt for idea in store.read(curating.stream, door.workshop_id, curating.Filter())}
        assert set(receipts) <= stored
        store.close()
    finally:
        subprocess.run(["umount", "-l", str(small)], check=False)


def test_a_machine_that_freezes_while_it_writes_keeps_the_others_waiting_for_seconds_only(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(postgres._ENDS, "idle_in_transaction_session_timeout", "500ms")
    database = postgres_server.installed()
    frozen, other = open_store(database), open_store(database)
    inside, thaw = threading.Event(), threading.Event()
    said: list[BaseException] = []

    def freeze(tx: object) -> None:
        inside.set()
        thaw.wait(60)
        facilitators.make(tx, "Bevroren")

    def write() -> None:
        try:
            frozen.write(freeze)
        except StoreAway as error:
            said.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    inside.wait(60)
    other.write(facilitators.make, "Anna")
    thaw.set()
    writer.join()
    assert len(said) == 1, "it is told that nothing was stored"
    frozen.write(facilitators.make, "Bram")
    assert other.read(facilitators.first).name == "Anna"
    other.close()
    frozen.close()


def test_the_first_write_after_the_database_started_again_is_kept(postgres_server: PostgresServer) -> None:
    database = postgres_server.installed()
    where = database.split("/")
    store = open_store(database)
    store.write(facilitators.make, "Anna")
    with psycopg.connect(f"{postgres_server.address}/postgres", autocommit=True) as chief:
        chief.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (where[-1],))
    store.write(facilitators.make, "Bram")
    assert store.read(facilitators.first).name == "Anna"
    store.close()


def test_the_sign_nought_is_no_error(store: Store) -> None:
    assert store.read(facilitators.find, "a\0b") is None
