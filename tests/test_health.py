"""Whether a process lives and can take in work, as a proxy asks: short, by its own address, and without a secret."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import DETAILS, PASSPHRASE
from workshop import create_app, health
from workshop.domain import facilitators, workshops
from workshop.health import Health
from workshop.house import House
from workshop.settings import Settings
from workshop.store.lock import holding
from workshop.store.sqlite import SqliteStore

ALL = {"read": "ok", "write": "ok", "files": "ok", "running": "ok"}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no patience, and believe nothing that was known a moment ago."""
    monkeypatch.setattr(health, "WAIT_SECONDS", 0.3)
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


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("part", ["read", "write"])
def test_without_its_store_a_process_is_not_ready_and_says_nothing_of_why(
    outside: FlaskClient, house: House, away: Callable[[object, str], None], part: str
) -> None:
    away(house.store, part)
    answer = outside.get("/health/ready")
    assert (answer.status_code, answer.json) == (503, ALL | {part: "not"})
    assert "geheim" not in answer.text
    assert outside.get("/health/live").status_code == 200


@pytest.mark.usefixtures("quick")
def test_without_room_for_pictures_a_process_says_so_and_goes_on_taking_in_words(
    outside: FlaskClient, house: House
) -> None:
    shutil.rmtree(house.files.folder)
    answer = outside.get("/health/ready")
    assert (answer.status_code, answer.json) == (200, ALL | {"files": "not"})
    house.files.folder.mkdir()
    assert outside.get("/health/ready").json == ALL, "and it notices that all is well again"


@pytest.mark.usefixtures("quick")
def test_somebody_who_holds_the_store_for_long_is_noticed_and_costs_one_thread(
    outside: FlaskClient, house: House
) -> None:
    if not isinstance(house.store, SqliteStore):
        pytest.skip("on PostgreSQL the lock is in the database")
    before = threading.active_count()
    with holding(SqliteStore.lock_of(house.settings.store_path)):
        for _ in range(4):
            answer = outside.get("/health/ready")
            assert (answer.status_code, answer.json) == (503, ALL | {"write": "not"})
        assert threading.active_count() <= before + 1
    assert any(outside.get("/health/ready").json == ALL for _ in range(100)), "all is well again"


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
