"""Erasing takes one card away everywhere, and never anything of anybody else."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image, ImageFile

from print.gathered import gathered
from print.reader.intake import Paper
from tests import piles
from tests.conftest import DETAILS
from workshop import clock, reading
from workshop.domain import curating, paper, slips, stacks, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.errors import StoreFull
from workshop.files import spool
from workshop.house import House
from workshop.jobs import Jobs
from workshop.tasks import read_stack

pytestmark = pytest.mark.grown


def ideas_of(house: House, workshop: Workshop) -> set[str]:
    return {idea.slip for idea in house.store.read(curating.stream, workshop.id, curating.Filter()) if idea.slip}


def take_back(house: House, *which: str) -> None:
    """Take cards back and let the half hour pass in which that can be undone."""
    for number in which:
        slip = house.store.read(slips.by_number, number)
        assert slip
        house.store.write(paper.withdraw, slip)
    clock.shift(minutes=31)


def six_pages(house: House, workshop: Workshop) -> tuple[list[str], bytes]:
    which = piles.numbers(house, workshop, count=6)
    return which, piles.scanned([[card] for card in piles.written(house, which, piles.A6)])


def test_erasing_waits_for_the_end_of_a_stack_and_loses_no_page(house: House, workshop: Workshop) -> None:
    which, pdf = six_pages(house, workshop)
    take_back(house, which[0])
    stack = piles.brought(house, workshop, pdf)
    claimed = house.store.write(stacks.claim, stack.id)
    assert claimed
    reading.read(house, claimed, lambda *_: Jobs(house)._tidy())
    counts = house.store.read(stacks.counts, stack.id)
    assert (counts.pages, counts.expected) == (6, 6)
    assert ideas_of(house, workshop) == set(which[1:])
    (seen,) = house.store.read(stacks.sightings_of, which[0])
    assert house.files.there(seen.crop)
    Jobs(house)._tidy()
    assert not house.files.there(seen.crop)


def test_of_a_parked_stack_a_whole_file_is_erased_and_a_half_read_one_first_read(
    house: House, workshop: Workshop
) -> None:
    which = piles.numbers(house, workshop, count=4)
    cards = piles.written(house, which, piles.A6)
    stack = piles.brought(house, workshop, *(piles.scanned([[card] for card in two]) for two in (cards[:2], cards[2:])))
    claimed = house.store.write(stacks.claim, stack.id)
    assert claimed

    def breaks(*_: object) -> None:
        if house.store.read(stacks.counts, stack.id).pages == 3:
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 (made up here)
        reading.read(house, claimed, breaks)
    house.store.write(stacks.park, stack.id, "OSError")
    crops = [house.store.read(stacks.sightings_of, number)[0].crop for number in (which[0], which[2])]
    take_back(house, which[0], which[2])
    Jobs(house)._tidy()
    assert [house.files.there(crop) for crop in crops] == [False, True]
    house.store.write(stacks.try_again, workshop.id, stack.id)
    counts = piles.read(house, stack)
    assert (counts.pages, counts.expected) == (4, 4)
    Jobs(house)._tidy()
    assert not house.files.there(crops[1])


def test_a_card_that_came_twice_is_erased_in_both_stacks_and_in_both_workshops(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    other = house.store.write(workshops.make, facilitator.id, DETAILS)
    which = piles.numbers(house, workshop, count=1)
    pdf = piles.scanned([piles.written(house, which, piles.A6)])
    brought = [piles.brought(house, here, pdf) for here in (other, workshop, workshop)]
    for stack in brought:
        piles.read(house, stack)
    showed = [house.store.read(stacks.pages, stack.id)[0].picture for stack in brought]
    take_back(house, which[0])
    Jobs(house)._tidy()
    assert not any(house.files.there(picture) for picture in showed)
    for stack in brought:
        (file,) = house.store.read(stacks.files, stack.id)
        with house.files.at_hand(file.file) as path:
            anew = Paper(path)
            assert (anew.page(0).pixels < 128).mean() < 0.005
            anew.close()


def test_a_picture_that_is_lost_keeps_no_other_card_from_being_erased(house: House, workshop: Workshop) -> None:
    which = piles.numbers(house, workshop, count=2)
    for card in piles.written(house, which, piles.A6):
        piles.read(house, piles.brought(house, workshop, piles.scanned([[card]])))
    seen = [house.store.read(stacks.sightings_of, number)[0] for number in which]
    house.files.remove(house.store.read(stacks.page, workshop.id, seen[0].page_id).picture)
    take_back(house, *which)
    Jobs(house)._tidy()
    assert not any(house.files.there(one.crop) for one in seen)


def test_the_same_file_that_is_still_being_read_is_read_and_not_counted_short(house: House, workshop: Workshop) -> None:
    which, pdf = six_pages(house, workshop)
    first, second = (piles.brought(house, workshop, pdf) for _ in range(2))
    claimed = house.store.write(stacks.claim, first.id)
    assert claimed
    reading.read(house, claimed, lambda *_: read_stack(house, second.id))
    for stack in (first, second):
        counts = house.store.read(stacks.counts, stack.id)
        assert (counts.pages, counts.expected) == (6, 6)
    assert ideas_of(house, workshop) == set(which)


def test_a_picture_of_one_dot_wide_does_not_stop_the_pages_after_it(house: House, workshop: Workshop) -> None:
    which = piles.numbers(house, workshop, count=1)
    out = io.BytesIO()
    Image.new("RGB", (1, 5000), "gray").save(out, "PNG")
    stack = piles.brought(house, workshop, out.getvalue(), piles.scanned([piles.written(house, which, piles.A6)]))
    counts = piles.read(house, stack)
    assert (counts.pages, counts.look, counts.matched) == (2, 1, 1)
    assert ideas_of(house, workshop) == set(which)


def test_an_original_is_made_anew_without_opening_a_picture_and_with_one_page_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [tmp_path / f"{place}.jpg" for place in range(30)]
    for place, path in enumerate(pages):
        Image.effect_noise((1200 + place, 800), 90).convert("RGB" if place % 2 else "L").save(path, quality=95)
    size = sum(path.stat().st_size for path in pages)
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _: pytest.fail("a picture was opened"))
    with (tmp_path / "anew").open("wb") as out:
        tracemalloc.start()
        assert gathered((path.read_bytes() for path in pages), out) == 30
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    monkeypatch.undo()
    assert peak < size / 5
    anew = Paper(tmp_path / "anew")
    assert len(anew) == 30
    for place in (6, 7):
        wide = anew.page(place).pixels.shape[1]
        assert wide == 1200 + place
        assert pages[place].read_bytes() in (tmp_path / "anew").read_bytes()
    anew.close()


def test_erasing_may_use_the_room_kept_for_words(
    house: House, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = piles.numbers(house, workshop, count=2)
    stack = piles.brought(house, workshop, piles.scanned([[card] for card in piles.written(house, which, piles.A6)]))
    piles.read(house, stack)
    (seen,) = house.store.read(stacks.sightings_of, which[0])
    take_back(house, which[0])
    room = SimpleNamespace(free=spool.RESERVE // 4)
    monkeypatch.setattr(spool.shutil, "disk_usage", lambda _: room)
    with pytest.raises(StoreFull):
        house.files.keep_stream(io.BytesIO(b"a scan"), "scan", 100)
    Jobs(house)._tidy()
    assert not house.files.there(seen.crop)
    (file,) = house.store.read(stacks.files, stack.id)
    room.free = spool.RESERVE * 2
    with house.files.at_hand(file.file) as path:
        anew = Paper(path)
        assert len(anew) == 2
        anew.close()
    room.free = 10
    with pytest.raises(StoreFull):
        house.files.keep_stream(io.BytesIO(b"more than fits"), "scan", 100, reserve=False)
