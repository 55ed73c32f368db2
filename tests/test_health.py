"""Whether a process lives and can take in work, as a proxy asks: short, by its own address, and without a secret."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import DETAILS, PASSPHRASE
from tests.engines import PostgresServer
from tests.served import PATIENCE
from workshop import create_app, health
from workshop.domain import facilitators, workshops
from workshop.health import Health
from workshop.house import House
from workshop.settings import Settings
from workshop.store.lock import holding
from workshop.store.postgres import WRITE_LOCK
from workshop.store.sqlite import SqliteStore

pytestmark = pytest.mark.grown
ALL = {"read": "ok", "write": "ok", "files": "ok", "running": "ok"}


@pytest.fixture(autouse=True)
def _asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for every answer, however busy this machine is, and believe nothing that was known a moment ago."""
    monkeypatch.setattr(health, "WAIT_SECONDS", PATIENCE)
    monkeypatch.setattr(health, "FRESH_SECONDS", 0.0)


def fails(*_: object, **__: object) -> Any:
    """Fail as an engine does that is not there, with words that are nobody's business."""
    raise OSError("postgresql://werkplaats:geheim@10.0.0.5/werkplaats does not answer")


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[object, str], None]]:
    """Take one verb of an engine away."""

    def take(engine: object, verb: str) -> None:
        monkeypatch.setattr(type(engine), verb, fails)

    yield take
    monkeypatch.undo()


def test_a_process_that_runs_is_alive_and_ready(outside: FlaskClient) -> None:
    live, ready = outside.get("/health/live"), outside.get("/health/ready")
    assert (live.status_code, live.json) == (200, {"live": "ok"})
    assert (ready.status_code, ready.json) == (200, ALL)
    for answer in (live, ready):
        assert answer.content_type == "application/json"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert "Last-Modified" not in answer.headers
        assert "ETag" not in answer.headers


def test_a_probe_asks_by_any_address_in_any_language_and_pages_do_not(app: Flask) -> None:
    probe = app.test_client()
    for path in ("/health/live", "/health/ready"):
        for base in ("http://10.4.0.17:8080", "https://kwaad.example"):
            answer = probe.get(path, base_url=base, headers={"Accept-Language": "fy"}, query_string={"taal": "en"})
            assert answer.status_code == 200
            assert "kwaad" not in answer.text + str(answer.headers)
    assert probe.get("/", base_url="http://10.4.0.17:8080").status_code == 400


def test_a_process_that_was_told_to_stop_is_alive_and_not_ready(app: Flask, outside: FlaskClient) -> None:
    here: Health = app.extensions["werkplaats-health"]
    here.stopping.set()
    answer = outside.get("/health/ready")
    assert (answer.status_code, answer.json) == (503, ALL | {"running": "not"})
    assert outside.get("/health/live").status_code == 200


@pytest.mark.parametrize("part", ["read", "write"])
def test_without_its_store_a_process_is_not_ready_and_says_nothing_of_why(
    outside: FlaskClient, house: House, away: Callable[[object, str], None], part: str
) -> None:
    away(house.store, part)
    answer = outside.get("/health/ready")
    assert (answer.status_code, answer.json) == (503, ALL | {part: "not"})
    assert "geheim" not in answer.text
    assert outside.get("/health/live").status_code == 200


def test_without_room_for_pictures_a_process_says_so_and_goes_on_taking_in_words(
    outside: FlaskClient, house: House
) -> None:
    shutil.rmtree(house.files.folder)
    answer = outside.get("/health/ready")
    assert (answer.status_code, answer.json) == (200, ALL | {"files": "not"})
    house.files.folder.mkdir()
    assert outside.get("/health/ready").json == ALL, "and it notices that all is well again"


@contextmanager
def held(settings: Settings) -> Iterator[None]:
    """Write to a store for as long as the block takes, as another process may."""
    if not settings.store:
        with holding(SqliteStore.lock_of(settings.store_path)):
            yield
        return
    with psycopg.connect(settings.store, autocommit=True) as other:
        other.execute(f"select pg_advisory_lock({WRITE_LOCK})")
        yield


def test_a_database_that_goes_away_is_noticed_and_so_is_its_return(
    tmp_path: Path, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = postgres_server.installed()
    name = store.rpartition("/")[2]
    house = House.open(Settings.of(data=tmp_path / "data", store=store))
    client = create_app(house.settings, house).test_client()
    assert client.get("/health/ready").json == ALL
    until = time.monotonic() + PATIENCE
    with psycopg.connect(f"{postgres_server.address}/postgres", autocommit=True) as owner:
        owner.execute(f"alter database {name} allow_connections false")
        owner.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))
        monkeypatch.setattr(health, "WAIT_SECONDS", 2.0)
        while (answer := client.get("/health/ready")).status_code == 200:
            assert time.monotonic() < until
        assert answer.json is not None
        assert answer.json["write"] == "not"
        assert client.get("/health/live").status_code == 200
        owner.execute(f"alter database {name} allow_connections true")
    while client.get("/health/ready").json != ALL:
        assert time.monotonic() < until
        time.sleep(0.2)
    house.close()


def test_somebody_who_holds_the_store_for_long_is_noticed_and_costs_one_thread(
    outside: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outside.get("/health/ready").json == ALL
    with held(house.settings), monkeypatch.context() as impatient:
        impatient.setattr(health, "WAIT_SECONDS", 0.2)
        assert "not" not in outside.get("/health/ready").get_data(as_text=True), "it answered a moment ago"
        impatient.setattr(health, "BUSY_SECONDS", 0.0)
        for _ in range(4):
            answer = outside.get("/health/ready")
            assert answer.status_code == 503
            assert answer.json is not None
            assert answer.json["write"] == "not"
        asking = [thread for thread in threading.enumerate() if thread.name == "health"]
        assert len(asking) <= len(ALL) - 1
    assert outside.get("/health/ready").json == ALL


def test_a_server_on_an_empty_installation_is_ready_too(tmp_path: Path) -> None:
    settings = Settings.of(data=tmp_path / "new")
    empty = House.open(settings)
    assert create_app(settings, empty).test_client().get("/health/ready").json == ALL
    empty.close()


def test_asking_changes_nothing(outside: FlaskClient, house: House) -> None:
    anna = house.store.write(facilitators.make, "Anna", PASSPHRASE)
    house.store.write(workshops.make, anna.id, DETAILS)
    before = house.store.read(workshops.everything)
    for _ in range(3):
        outside.get("/health/ready")
    assert house.store.read(workshops.everything) == before
    assert outside.post("/health/ready").status_code in (403, 405)
