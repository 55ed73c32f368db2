"""Background work: the row is the truth. Kill the worker at any moment: nothing lost, nothing twice."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop import clock, jobs, printing, tasks
from workshop.domain import ideas, orders
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Sent
from workshop.domain.leases import LEASE_SECONDS
from workshop.domain.orders import Order
from workshop.domain.workshops import Workshop
from workshop.errors import WerkplaatsError
from workshop.house import House
from workshop.jobs import Jobs
from workshop.settings import Settings

CARDS = {"document": "cards", "format": "auto", "flip": "long", "language": "nl"}


@pytest.fixture
def working(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", 0.05)
    started = Jobs(house)
    started.start()
    yield started
    started.stop()


def order(house: House, workshop: Workshop, facilitator: Facilitator, **more: str) -> Order:
    return house.store.write(orders.order, workshop.id, facilitator.id, CARDS | more)


def finished(house: House, one: Order) -> Order:
    for _ in range(600):
        now = house.store.read(orders.find, one.workshop_id, one.id)
        if now.state in ("ready", "failed"):
            return now
        time.sleep(0.05)
    raise AssertionError(f"still {now.state}: {now.reason}")


def test_an_ordered_print_becomes_a_pdf_named_after_the_workshop(
    house: House, workshop: Workshop, facilitator: Facilitator, working: Jobs
) -> None:
    ready = finished(house, order(house, workshop, facilitator))
    assert (ready.state, ready.name) == ("ready", "werkplaats-de-linde-a5-2up.pdf")
    assert house.files.read(ready.file).startswith(b"%PDF-1.7")


def test_printing_again_gives_the_very_same_file(
    house: House, workshop: Workshop, facilitator: Facilitator, working: Jobs
) -> None:
    first, second = (finished(house, order(house, workshop, facilitator)) for _ in range(2))
    assert first.file == second.file


def test_an_order_that_cannot_be_printed_says_why_and_can_be_tried_again(
    house: House, workshop: Workshop, facilitator: Facilitator, working: Jobs
) -> None:
    one = order(house, workshop, facilitator, format="a6")
    failed = finished(house, one)
    assert failed.state == "failed"
    assert "does not fit on A6" in failed.reason
    house.store.write(orders.try_again, workshop.id, one.id)
    assert finished(house, one).state == "failed"


def test_two_nudges_print_once(
    house: House, workshop: Workshop, facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(printing, "make", lambda *_: made.append(1) or printing.Made(b"%PDF-", "pdf", "a.pdf"))
    one = order(house, workshop, facilitator)
    tasks.print_order(house, one.id)
    tasks.print_order(house, one.id)
    assert made == [1]


def _die_while_printing(data: str, order_id: str) -> None:
    """Another process takes the order and is killed before it is done."""
    other = House.open(Settings.of(data=Path(data)))
    printing.make = lambda *_: os._exit(9)  # type: ignore[assignment]
    tasks.print_order(other, order_id)


def test_an_order_whose_printer_was_killed_is_printed_after_its_lease(
    house: House, workshop: Workshop, facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = order(house, workshop, facilitator)
    killed = multiprocessing.get_context("spawn").Process(
        target=_die_while_printing, args=(str(house.settings.data), one.id)
    )
    killed.start()
    killed.join()
    assert killed.exitcode == 9
    assert house.store.read(orders.find, workshop.id, one.id).state == "printing"
    assert house.store.read(orders.undone) == []
    clock.shift(seconds=LEASE_SECONDS + 1)
    assert house.store.read(orders.undone) == [one.id]
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", 0.05)
    again = Jobs(house)
    again.start()
    assert finished(house, one).state == "ready"
    again.stop()


def test_what_keeps_failing_is_parked_after_five_attempts_with_its_reason(
    house: House, workshop: Workshop, facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def stumble(*_: object) -> None:
        tried.append(1)
        raise WerkplaatsError("It took longer than 240 seconds.")

    monkeypatch.setattr(printing, "make", stumble)
    one = order(house, workshop, facilitator)
    for _ in range(8):
        tasks.print_order(house, one.id)
        clock.shift(minutes=len(tried))
    parked = house.store.read(orders.find, workshop.id, one.id)
    assert (parked.state, parked.reason, len(tried)) == ("failed", "It took longer than 240 seconds.", 5)


def test_what_was_erased_is_in_no_file_of_the_data_folder_any_more(house: House, door: Door) -> None:
    idea = house.store.write(ideas.place, door, Sent("Een geheim van Truus", "group", "key", "phone", "qr"))
    house.store.write(ideas.withdraw, idea)
    clock.shift(minutes=31)
    Jobs(house)._tidy()
    files = [path for path in house.settings.data.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"geheim van Truus" in path.read_bytes()] == []
    assert house.store.sound()
