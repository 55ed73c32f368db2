"""Work on other machines: kill any worker at any moment, nothing is lost and nothing is done twice."""

from __future__ import annotations

import logging
import random
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import workers
from tests.engines import free_port
from tests.workers import Worker, until
from workshop import clock, jobs, nudges, tasks
from workshop.domain import orders, stacks, work
from workshop.domain.facilitators import Facilitator
from workshop.domain.leases import LEASE_SECONDS, Lost
from workshop.domain.orders import Order
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.jobs import Jobs
from workshop.settings import Settings

pytestmark = pytest.mark.grown
TEST = {"document": "test", "flip": "long", "language": "nl"}
Begin = Callable[..., Worker]
SLOW = "from workshop import printing\nimport time\nprinting.make = lambda *_: time.sleep(60)"


@pytest.fixture(params=["rows", "redis"])
def queue(request: pytest.FixtureRequest) -> str:
    """What carries the nudges between processes."""
    return str(request.getfixturevalue("redis_server").queue()) if request.param == "redis" else ""


@pytest.fixture
def house(tmp_path: Path, queue: str) -> Iterator[House]:
    """An empty installation with this queue."""
    opened = House.open(Settings.of(data=tmp_path / "data", base="https://werkplaats.nl", queue=queue))
    yield opened
    opened.close()


@pytest.fixture
def begin(house: House) -> Iterator[Begin]:
    """Begins workers; what is left of them at the end is killed."""
    begun: list[Worker] = []

    def make(more: str = "") -> Worker:
        begun.append(Worker(house, more))
        return begun[-1]

    yield make
    for one in begun:
        if one.process.poll() is None:
            one.kill()


def order(house: House, workshop: Workshop, facilitator: Facilitator) -> Order:
    return house.store.write(orders.order, workshop.id, facilitator.id, TEST)


def now(house: House, one: Order) -> Order:
    return house.store.read(orders.find, one.workshop_id, one.id)


def test_workers_that_are_killed_again_and_again_lose_nothing_and_do_nothing_twice(
    house: House, begin: Begin, workshop: Workshop, facilitator: Facilitator
) -> None:
    stack = workers.brought(house, workshop, 60)
    placed = [order(house, workshop, facilitator) for _ in range(3)]
    chance = random.Random(7)
    running = [begin(), begin()]

    def pages() -> int:
        return house.store.read(stacks.counts, stack.id).pages

    for _ in range(4):
        before = pages()
        until(lambda: pages() > before or house.store.read(stacks.find, workshop.id, stack.id).state == "read")  # noqa: B023 (called at once)
        time.sleep(chance.uniform(0, 0.3))
        running.pop(0).kill()
        running.append(begin())
    until(lambda: house.store.read(stacks.find, workshop.id, stack.id).state == "read")
    until(lambda: all(now(house, one).state == "ready" for one in placed))
    assert [worker.stop() for worker in running] == [0, 0]
    counts = house.store.read(stacks.counts, stack.id)
    assert (counts.pages, counts.matched + counts.seen + counts.look, counts.expected) == (60, 60, 60)
    assert len({now(house, one).file for one in placed}) == 1


def test_a_worker_that_is_asked_to_stop_gives_back_what_it_reads(
    house: House, begin: Begin, workshop: Workshop
) -> None:
    stack = workers.brought(house, workshop, 100)
    worker = begin()
    until(lambda: house.store.read(stacks.counts, stack.id).pages)
    assert worker.stop() == 0
    left = house.store.read(stacks.find, workshop.id, stack.id)
    assert (left.state, left.attempts) == ("received", 0)
    assert house.store.write(stacks.claim, stack.id), "another can go on at once"
    assert house.store.read(work.heard) == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_asked_to_stop_does_not_wait_for_a_long_print(
    house: House, begin: Begin, workshop: Workshop, facilitator: Facilitator, how: signal.Signals
) -> None:
    placed = order(house, workshop, facilitator)
    worker = begin(SLOW)
    until(lambda: now(house, placed).state == "printing")
    worker.send(how)
    assert worker.process.wait(workers.PATIENCE) == 0
    worker.stop()
    assert (now(house, placed).state, now(house, placed).attempts) == ("ordered", 0)


def test_a_print_that_takes_longer_than_its_lease_is_not_begun_by_another(
    house: House, begin: Begin, workshop: Workshop, facilitator: Facilitator
) -> None:
    placed = order(house, workshop, facilitator)
    first = begin(SLOW)
    until(lambda: now(house, placed).state == "printing")
    mine, second = now(house, placed).worker, begin()
    time.sleep(workers.LEASE * 1.5)
    assert now(house, placed).worker == mine
    first.kill()
    until(lambda: now(house, placed).state == "ready")
    second.stop()


def test_a_worker_on_a_machine_that_slept_settles_nothing(house: House, begin: Begin, workshop: Workshop) -> None:
    stack = workers.brought(house, workshop, 80)
    first = begin()
    until(lambda: house.store.read(stacks.counts, stack.id).pages)
    house.store.write(lambda tx: first.send(signal.SIGSTOP))  # not while it writes: SQLite would wait for it for ever
    second = begin()
    until(lambda: house.store.read(stacks.find, workshop.id, stack.id).state == "read")
    first.send(signal.SIGCONT)
    assert first.stop() == second.stop() == 0
    assert house.store.read(stacks.counts, stack.id).pages == 80
    assert house.store.read(stacks.find, workshop.id, stack.id).state == "read"


def test_a_worker_that_is_told_many_times_to_stop_stops(begin: Begin) -> None:
    for _ in range(3):
        worker = begin()
        for _ in range(5000):
            worker.send(signal.SIGTERM)
        assert worker.stop() == 0


def test_whoever_lost_its_lease_settles_nothing(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    placed, stack = order(house, workshop, facilitator), workers.brought(house, workshop, 1)
    slept, read = house.store.write(orders.claim, placed.id), house.store.write(stacks.claim, stack.id)
    clock.shift(seconds=LEASE_SECONDS + 1)
    other, reader = house.store.write(orders.claim, placed.id), house.store.write(stacks.claim, stack.id)
    assert slept
    assert read
    assert other
    assert reader
    for late in (
        lambda: house.store.write(orders.progress, slept, 1, 2),
        lambda: house.store.write(orders.finish, slept, "a", "b"),
        lambda: house.store.write(orders.fail, slept, "a"),
        lambda: house.store.write(orders.give_back, slept, "a"),
        lambda: house.store.write(orders.rest, slept),
        lambda: house.store.write(stacks.got_on, read),
        lambda: house.store.write(stacks.finish, read),
        lambda: house.store.write(stacks.fail, read, "a"),
        lambda: house.store.write(stacks.give_back, read, "a"),
        lambda: house.store.write(stacks.rest, read),
    ):
        with pytest.raises(Lost):
            late()
    house.store.write(orders.finish, other, "a", "b")
    house.store.write(stacks.finish, reader)


def test_a_reader_that_lost_its_lease_and_finds_no_file_leaves_the_stack_alone(
    house: House, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack = workers.brought(house, workshop, 1)

    def slept(*_: object, **__: object) -> None:
        clock.shift(seconds=LEASE_SECONDS + 1)
        assert house.store.write(stacks.claim, stack.id)
        raise Refused("no_file")

    monkeypatch.setattr("workshop.reading.read", slept)
    tasks.read_stack(house, stack.id)
    now = house.store.read(stacks.find, workshop.id, stack.id)
    assert (now.state, now.reason) == ("reading", "")
    assert now.worker


def test_a_worker_is_heard_of_until_it_goes_home_or_is_silent_for_a_minute(house: House, begin: Begin) -> None:
    worker = begin()
    until(lambda: house.store.read(work.heard))
    assert house.store.read(work.heard) == [f"{socket.gethostname()}:{worker.process.pid}"]
    worker.kill()
    clock.shift(seconds=work.HEARD_SECONDS + 1)
    assert house.store.read(work.heard) == []


def test_one_at_a_time_keeps_the_house_tidy_and_a_dead_one_is_taken_over(house: House) -> None:
    assert house.store.read(work.untidy)
    assert house.store.write(work.begin_tidying, "een:1")
    assert not house.store.read(work.untidy)
    assert not house.store.write(work.begin_tidying, "twee:2")
    clock.shift(seconds=LEASE_SECONDS + 1)
    assert house.store.write(work.begin_tidying, "twee:2")
    with pytest.raises(Lost):
        house.store.write(work.still_tidying, "een:1")
    house.store.write(work.tidied, "twee:2")
    assert not house.store.read(work.untidy)
    clock.shift(seconds=LEASE_SECONDS + work.EVERY["tidy"] + 2)
    assert house.store.read(work.untidy)


@pytest.mark.parametrize("queue", ["redis"], indirect=True)
def test_with_a_queue_serve_only_nudges_and_a_worker_hears_it(
    house: House, workshop: Workshop, facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", 0.05)
    serving = Jobs(house)
    serving.start()
    placed = order(house, workshop, facilitator)
    serving.nudge()
    until(lambda: nudges.answers(house.settings))
    assert (house.store.read(work.untidy), house.store.read(work.heard)) == (True, [])
    worker = Jobs(house, at_once=1)
    worker.start()
    until(lambda: now(house, placed).state == "ready")
    until(lambda: nudges.answers(house.settings) == 0)
    until(lambda: not house.store.read(work.untidy))
    serving.stop()
    worker.stop()


def test_without_redis_nothing_is_lost_and_nobody_waits(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One port refuses, behind the other nobody ever answers."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        for port in (free_port(), silent.getsockname()[1]):
            caplog.clear()
            settings = Settings.of(data=tmp_path / str(port), queue=f"redis://127.0.0.1:{port}/0")
            settings.data.mkdir()
            bell = nudges.Nudges(settings)
            bell.start()
            before = time.monotonic()
            for _ in range(100):
                bell.ring()
            assert time.monotonic() - before < nudges.ANSWER_SECONDS
            until(lambda: caplog.records)
            bell.stop()
            assert ["Nothing is lost" in one.message for one in caplog.records if one.levelno >= logging.WARNING] == [
                True
            ]


def test_a_worker_without_redis_looks_at_the_rows(
    tmp_path: Path, workshop: Workshop, house: House, facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", 0.05)
    settings = Settings.of(data=house.settings.data, queue=f"redis://127.0.0.1:{free_port()}/0")
    placed = order(house, workshop, facilitator)
    other = House.open(settings)
    worker = Jobs(other, at_once=1)
    worker.start()
    until(lambda: now(house, placed).state == "ready")
    worker.stop()
    other.close()


def test_a_queue_without_its_package_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(Refused, match="pip install"):
        nudges.Nudges(Settings.of(data=tmp_path, queue="redis://127.0.0.1/0"))
