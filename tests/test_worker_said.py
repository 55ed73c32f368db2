"""What people hear of the background work: why nothing happens, who is there, and what to do."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.engines import free_port
from tests.workers import brought, until
from workshop import clock, doctor, ending, jobs, nudges
from workshop.domain import orders, stacks, work
from workshop.domain.endings import last_erased
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.jobs import Jobs
from workshop.settings import Settings

pytestmark = pytest.mark.grown
TEST = {"document": "test", "flip": "long", "language": "nl"}
OFF = "het programma daarvoor staat uit"
IN_LINE = "Er zijn anderen voor je"
USUAL = {"printen": "Dit duurt meestal een paar seconden", "papier": "het lezen gaat door"}


@pytest.fixture(params=["printen", "papier"])
def waiting(
    request: pytest.FixtureRequest, house: House, workshop: Workshop, facilitator: Facilitator
) -> tuple[str, str]:
    """Something that waits: on which part of the desk, and its address."""
    if request.param == "printen":
        key = house.store.write(orders.order, workshop.id, facilitator.id, TEST).id
    else:
        key = brought(house, workshop, 1).id
    return str(request.param), f"/bureau/{workshop.id}/{request.param}/{key}"


def said(client: FlaskClient, address: str) -> tuple[str, str]:
    """Return the page, and why it waits according to the module that looks."""
    answer: Any = client.get(f"{address}/stand").get_json()
    return client.get(address).text, answer["waits"]


def test_what_was_just_asked_says_nothing_of_waiting(at_desk: FlaskClient, waiting: tuple[str, str]) -> None:
    page, waits = said(at_desk, waiting[1])
    assert waits == ""
    assert USUAL[waiting[0]] in page


def test_after_a_minute_without_a_worker_the_desk_says_so(at_desk: FlaskClient, waiting: tuple[str, str]) -> None:
    clock.shift(seconds=work.HEARD_SECONDS + 1)
    page, waits = said(at_desk, waiting[1])
    assert waits == "nobody"
    assert OFF in page
    assert "Alles is bewaard" in page
    assert USUAL[waiting[0]] not in page


def test_while_workers_are_busy_for_others_the_desk_says_so(
    at_desk: FlaskClient, house: House, waiting: tuple[str, str]
) -> None:
    clock.shift(seconds=work.HEARD_SECONDS + 1)
    house.store.write(work.seen, "elders:1")
    page, waits = said(at_desk, waiting[1])
    assert waits == "turn"
    assert IN_LINE in page


def test_what_a_killed_worker_left_says_so_after_a_minute(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    stack = brought(house, workshop, 1)
    assert house.store.write(stacks.claim, stack.id)
    address = f"/bureau/{workshop.id}/papier/{stack.id}"
    clock.shift(seconds=work.HEARD_SECONDS)
    assert said(at_desk, address)[1] == ""
    clock.shift(seconds=2 * work.HEARD_SECONDS)
    assert said(at_desk, address)[1] == "nobody"


def test_the_doctor_says_whether_redis_answers_and_who_works(house: House, request: pytest.FixtureRequest) -> None:
    queue = request.getfixturevalue("redis_server").queue()
    settings = replace(house.settings, queue=queue)
    found = {one.what: one for one in map(_tried(settings), ("queue", "workers"))}
    assert found["queue"].fine
    assert not found["workers"].fine
    assert "Start werkplaats worker" in found["workers"].said
    house.store.write(work.seen, "elders:1")
    assert "1 heard of in the last minute: elders:1" in _tried(settings)("workers").said
    away = _tried(replace(settings, queue=f"redis://127.0.0.1:{free_port()}/0"))("queue")
    assert not away.fine
    assert "Nothing is lost" in away.said


def _tried(settings: Settings) -> Any:
    looks = dict(doctor._checks(settings))
    return lambda what: doctor._tried(what, looks[what])


def test_pages_laid_out_with_names_go_from_every_machine_when_names_are_erased(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces = house.settings.data / "faces"
    faces.mkdir()
    ending.forget_faces(house)
    assert faces.exists(), "nothing was erased"
    monkeypatch.setattr("workshop.domain.endings.last_erased", lambda _: clock.now())
    ending.forget_faces(house)
    assert not faces.exists()
    assert house.store.read(last_erased) == ""


def test_what_cannot_be_told_to_redis_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="redis://host"):
        nudges.Nudges(Settings.of(data=tmp_path, queue="http://127.0.0.1"))


def test_a_request_that_brings_paper_is_heard(
    at_desk: FlaskClient, house: House, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", 3600.0)
    working = Jobs(house, at_once=1)
    at_desk.application.extensions["werkplaats-jobs"] = working
    working.start()
    files = {"bestanden": [(BytesIO(b"%PDF-1.7 kapot"), "stapel.pdf")]}
    at_desk.post(f"/bureau/{workshop.id}/papier", data=files, content_type="multipart/form-data")
    until(lambda: [one.state for one in house.store.read(stacks.of_workshop, workshop.id)] == ["read"])
    working.stop()
