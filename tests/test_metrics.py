"""What Prometheus reads: with a key, in its own format, of everything together and of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import CARD, DETAILS, PASSPHRASE
from workshop import clock, create_app, health, ids
from workshop.domain import choices, doors, facilitators, ideas, orders, stacks, workshops
from workshop.domain.doors import Door
from workshop.domain.ideas import Sent
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.settings import Settings

pytestmark = pytest.mark.grown
KEY = "een lange sleutel voor wie meet"


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[House]:
    """An installation that is measured."""
    opened = House.open(Settings.of(data=tmp_path / "data", base="https://werkplaats.nl", metrics_key=KEY))
    yield opened
    opened.close()


@pytest.fixture
def workshop(counted: House) -> Workshop:
    anna = counted.store.write(facilitators.make, "Anna", PASSPHRASE)
    return counted.store.write(workshops.make, anna.id, DETAILS)


@pytest.fixture
def door(counted: House, workshop: Workshop) -> Door:
    counted.store.write(choices.put, workshop.id, CARD)
    return counted.store.write(doors.open_for, workshop.id, [CARD])[CARD]


@pytest.fixture
def prometheus(counted: House) -> FlaskClient:
    """A program with the key, that asks by the address of the machine."""
    client = create_app(counted.settings, counted).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {KEY}"
    return client


Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(client: FlaskClient) -> Samples:
    """Return every sample by its name and labels."""
    answer = client.get("/metrics", base_url="http://10.0.0.4:8080")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    families = list(text_string_to_metric_families(answer.text))
    assert all(family.documentation for family in families)
    return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}


def sample(found: Samples, name: str, **labels: str) -> float:
    return found[f"werkplaats_{name}", frozenset(labels.items())]


def test_without_the_key_there_is_nothing_there(counted: House, outside: FlaskClient) -> None:
    client = create_app(counted.settings, counted).test_client()
    for said in ("", f"Bearer {KEY}x", "Bearer ", f"Basic {KEY}", KEY, f"Bearer {KEY} {KEY}", "Bearer ë"):
        assert client.get("/metrics", headers={"Authorization": said}).status_code == 404, said
    for said in ("", "Bearer ", f"Bearer {KEY}"):
        assert outside.get("/metrics", headers={"Authorization": said}).status_code == 404, "no key is set there"


def test_requests_are_counted_by_route_and_never_by_path(prometheus: FlaskClient, door: Door) -> None:
    for path in (f"/{door.number}", f"/{door.number}", f"/{door.scanned}", "/bestaat-niet/echt-niet", "/uitleg"):
        prometheus.get(path, base_url="https://werkplaats.nl")
    found = read(prometheus)
    assert sample(found, "requests_total", method="GET", route="/<text>", status="2xx") == 2
    assert sample(found, "requests_total", method="GET", route="/<text>", status="3xx") == 1
    assert sample(found, "requests_total", method="GET", route="/uitleg", status="2xx") == 1
    assert sample(found, "requests_total", method="GET", route="-", status="4xx") == 1
    assert sample(found, "request_seconds_count", route="/<text>") == 3
    assert sample(found, "request_seconds_sum", route="/<text>") > 0
    assert not [name for name, labels in found if door.number in str(labels) or "echt" in str(labels)]


def test_a_method_somebody_made_up_makes_no_row_of_its_own(prometheus: FlaskClient) -> None:
    for turn in range(5):
        prometheus.open("/", method=f"VERZONNEN{turn}", base_url="https://werkplaats.nl")
    found = read(prometheus)
    assert sum(value for (name, labels), value in found.items() if ("method", "-") in labels) == 5
    assert "VERZONNEN" not in str(found)


def test_work_that_waits_is_counted_with_the_age_of_the_oldest(
    counted: House, prometheus: FlaskClient, workshop: Workshop
) -> None:
    found = read(prometheus)
    assert sample(found, "waiting", work="orders") == sample(found, "oldest_waiting_seconds", work="orders") == 0
    anna = counted.store.read(facilitators.first)
    assert anna
    for _ in range(2):
        counted.store.write(orders.order, workshop.id, anna.id, {"document": "deck"})
    brought = stacks.Brought("stapel.pdf", counted.files.keep(b"%PDF", "pdf"), 4)
    counted.store.write(stacks.bring, workshop.id, anna.id, "stack", [brought])
    clock.shift(minutes=3)
    found = read(prometheus)
    assert sample(found, "waiting", work="orders") == 2
    assert sample(found, "waiting", work="stacks") == 1
    for work in ("orders", "stacks"):
        assert 180 <= sample(found, "oldest_waiting_seconds", work=work) < 240
        assert sample(found, "parked", work=work) == 0


def test_what_is_in_the_store_is_counted_in_all_and_writes_by_the_commit(
    counted: House, prometheus: FlaskClient, door: Door
) -> None:
    before = read(prometheus)
    for words in ("Een bankje.", "Een boom."):
        counted.store.write(ideas.place, door, Sent(words, "everyone", ids.token(), ids.token(), "qr"))
    found = read(prometheus)
    assert sample(found, "ideas") == 2
    assert sample(found, "pages") == sample(found, "workers") == 0
    assert sample(found, "store_commit_writes_sum") == sample(before, "store_commit_writes_sum") + 2
    assert sample(found, "store_commit_seconds_count") == sample(before, "store_commit_seconds_count") + 2
    assert found["process_resident_memory_bytes", frozenset()] > 0


def test_without_its_store_a_process_still_counts_and_says_what_is_wrong(
    counted: House, prometheus: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "WAIT_SECONDS", 120)
    monkeypatch.setattr(health, "FRESH_SECONDS", 0.0)
    assert sample(read(prometheus), "answers", part="read") == 1
    monkeypatch.setattr(type(counted.store), "read", None)
    found = read(prometheus)
    assert [sample(found, "answers", part=part) for part in ("read", "files", "running")] == [0, 1, 1]
    assert sample(found, "requests_total", method="GET", route="/metrics", status="2xx") == 1
    assert "werkplaats_ideas" not in {name for name, _ in found}


def test_no_row_is_about_one_workshop_or_one_person(counted: House, prometheus: FlaskClient, door: Door) -> None:
    prometheus.get(f"/{door.scanned}", base_url="https://werkplaats.nl", headers={"User-Agent": "Telefoon van Truus"})
    known = {
        "method",
        "route",
        "status",
        "work",
        "part",
        "le",
        "implementation",
        "major",
        "minor",
        "patchlevel",
        "version",
    }
    found = read(prometheus)
    assert {label for _, labels in found for label, _ in labels} <= known
    page = prometheus.get("/metrics").text
    for trace in (door.number, door.key, door.workshop_id, DETAILS.name, "Anna", "Truus", "127.0.0.1", CARD):
        assert trace not in page
