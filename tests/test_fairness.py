"""Everybody in turn: a long stack or many orders of one workshop make no other wait for all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import workers
from tests.conftest import DETAILS
from workshop import clock, printing, reading, tasks
from workshop.apart import Apart
from workshop.domain import facilitators, orders, organisations, stacks, work, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.leases import ATTEMPTS, LEASE_SECONDS
from workshop.domain.orders import Order
from workshop.domain.stacks import Stack
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.reading import Looked

pytestmark = pytest.mark.grown
CARDS = {"document": "cards", "format": "auto", "flip": "long", "language": "nl"}


class Quick(Apart):
    """Reads as the child does, but sees nothing on a page, here and at once; tells how many pages it read."""

    def __init__(self) -> None:
        super().__init__(megabytes=1, seconds=1)
        self.told: Callable[[], None] = lambda: None

    def run(self, work: Any, *args: Any, **kwargs: Any) -> Any:
        if work is reading._count:
            return work(*args)
        found = [Looked(at, None, "broken", b"") for at in args[1]]
        self.told()
        return found


@pytest.fixture
def quick(house: House) -> House:
    """The house with somebody who reads quickly."""
    return replace(house, scan=Quick())


@pytest.fixture
def other(house: House, facilitator: Facilitator) -> Workshop:
    """Another workshop."""
    return house.store.write(workshops.make, house.store.write(facilitators.make, "Bram").id, DETAILS)


@pytest.fixture
def prints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The workshops in the order in which something was printed for them; printing takes no time."""
    done: list[str] = []

    def make(house: House, workshop_id: str, *_: object) -> printing.Made:
        done.append(workshop_id)
        return printing.Made(b"%PDF-", "pdf", "a.pdf")

    monkeypatch.setattr(printing, "make", make)
    return done


def order(house: House, workshop: Workshop, facilitator: Facilitator) -> Order:
    return house.store.write(orders.order, workshop.id, facilitator.id, CARDS)


def one_hand(house: House) -> list[tuple[str, str]]:
    """Work like one hand until nothing waits; return what was done, in order, as kind and workshop."""
    done: list[tuple[str, str]] = []
    last: work.Kind = "read"
    while piece := tasks.claim(house, "print" if last == "read" else "read"):
        last = "print" if isinstance(piece, Order) else "read"
        tasks.do(house, piece)
        done.append((last, piece.workshop_id))
    return done


def pages(house: House, stack: Stack) -> int:
    return house.store.read(stacks.counts, stack.id).pages


def test_ten_pages_brought_later_are_read_before_a_long_stack_is_past_sixty(
    quick: House, workshop: Workshop, other: Workshop
) -> None:
    long = workers.brought(quick, workshop, 200)
    brought: list[Stack] = []
    seen: list[int] = []

    def told() -> None:
        if not brought and pages(quick, long) >= 8:
            brought.append(workers.brought(quick, other, 10, number=1))
        if brought and pages(quick, brought[0]) < 10:
            seen.append(pages(quick, long))

    quick.scan.told = told  # type: ignore[attr-defined]
    done = one_hand(quick)
    assert max(seen) < 60
    assert pages(quick, long) == 200
    assert pages(quick, brought[0]) == 10
    assert done[:3] == [("read", workshop.id), ("read", other.id), ("read", workshop.id)]
    assert quick.store.read(stacks.find, workshop.id, long.id).attempts == 0


def test_a_stack_that_nobody_waits_behind_is_read_in_one_go(quick: House, workshop: Workshop) -> None:
    workers.brought(quick, workshop, 50)
    assert one_hand(quick) == [("read", workshop.id)]


def test_thirty_orders_of_one_workshop_make_no_other_wait_for_all(
    house: House, workshop: Workshop, other: Workshop, facilitator: Facilitator, prints: list[str]
) -> None:
    for _ in range(30):
        order(house, workshop, facilitator)
    piece = tasks.claim(house, "print")
    assert piece
    order(house, other, facilitator)
    tasks.do(house, piece)
    one_hand(house)
    assert prints.index(other.id) == 1
    assert len(prints) == 31


def test_a_print_waits_for_a_few_pages_only_with_one_hand_too(
    quick: House, workshop: Workshop, facilitator: Facilitator, prints: list[str]
) -> None:
    long = workers.brought(quick, workshop, 60)
    at: list[int] = []

    def told() -> None:
        if pages(quick, long) == 4:
            order(quick, workshop, facilitator)
        if prints and not at:
            at.append(pages(quick, long))

    quick.scan.told = told  # type: ignore[attr-defined]
    one_hand(quick)
    assert at == [2 * reading.AT_ONCE]
    assert pages(quick, long) == 60


def test_many_orders_keep_no_stack_waiting(
    quick: House, workshop: Workshop, other: Workshop, facilitator: Facilitator, prints: list[str]
) -> None:
    for _ in range(20):
        order(quick, workshop, facilitator)
    workers.brought(quick, other, 10)
    done = one_hand(quick)
    assert done.index(("read", other.id)) == 1


def test_three_workshops_read_by_turns(quick: House, workshop: Workshop, other: Workshop) -> None:
    third = quick.store.write(workshops.make, quick.store.write(facilitators.make, "Cora").id, DETAILS)
    mine = (workshop, other, third)
    for number, one in enumerate(mine):
        workers.brought(quick, one, 50, number)
    turns = [whose for _, whose in one_hand(quick)]
    assert turns == [one.id for _ in range(3) for one in mine]


def test_an_organisation_with_many_workshops_has_as_many_turns_as_one_with_one(
    house: House, workshop: Workshop, other: Workshop, facilitator: Facilitator, prints: list[str]
) -> None:
    elsewhere = house.store.write(organisations.make, "Stichting De Eik")
    cora = house.store.write(facilitators.make, "Cora", "", elsewhere.id)
    alone = house.store.write(workshops.make, cora.id, DETAILS)
    for one, who in ((workshop, facilitator), (other, facilitator), (alone, cora)):
        for _ in range(4):
            order(house, one, who)
    one_hand(house)
    assert prints[:6] == [workshop.id, alone.id, other.id, alone.id, workshop.id, alone.id]


def test_a_photo_waits_not_for_a_long_stack_of_the_same_workshop(quick: House, workshop: Workshop) -> None:
    long = workers.brought(quick, workshop, 60)
    piece = tasks.claim(quick, "read")
    photo = workers.brought(quick, workshop, 1, number=1)
    assert piece
    tasks.do(quick, piece)
    assert pages(quick, long) == tasks.PAGES_A_TURN
    after = tasks.claim(quick, "read")
    assert after
    assert after.id == photo.id


def test_attempts_that_get_somewhere_do_not_park_a_stack(quick: House, workshop: Workshop) -> None:
    stack = workers.brought(quick, workshop, 40)
    for _ in range(ATTEMPTS + 2):
        claimed = quick.store.write(stacks.claim, stack.id)
        assert claimed, "it is parked"
        with pytest.raises(KeyboardInterrupt):
            reading.read(quick, claimed, rests=_dies)
        clock.shift(seconds=(LEASE_SECONDS + 1) * (quick.store.read(stacks.counts, stack.id).pages))
    assert pages(quick, stack) == 4 * (ATTEMPTS + 2)


def test_attempts_that_get_nowhere_park_a_stack(house: House, workshop: Workshop, tmp_path: Path) -> None:
    stack = workers.brought(house, workshop, 2)
    for place in range(1, ATTEMPTS + 1):
        assert house.store.write(stacks.claim, stack.id)
        clock.shift(seconds=(LEASE_SECONDS + 1) * place)
    assert house.store.write(work.claim, "read") is None
    parked = house.store.read(stacks.find, workshop.id, stack.id)
    assert (parked.state, parked.reason) == ("failed", "stopped")
    house.store.write(stacks.try_again, workshop.id, stack.id)
    assert house.store.write(work.claim, "read")


def _dies(pages: int) -> bool:
    raise KeyboardInterrupt
