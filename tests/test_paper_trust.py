"""What paper may not do: change what hangs on the wall, fill the disk, or tell a looker-on the secrets of stubs."""

from __future__ import annotations

import os

from tests import piles
from workshop import assigning, clock
from workshop.domain import curating, paper, photographed, slips, stacks, trays
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.house import House


def on_the_wall(house: House, workshop: Workshop, who: str) -> tuple[str, Idea]:
    (number,) = piles.numbers(house, workshop, count=1)
    first = piles.scanned([piles.written(house, [number], piles.A6, seed=1)])
    piles.read(house, piles.brought(house, workshop, first))
    idea = house.store.read(paper.idea_of, number)
    assert idea
    return number, house.store.write(curating.put_on_wall, idea, who)


def test_a_newer_scan_of_what_hangs_on_the_wall_waits_for_a_person(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    number, idea = on_the_wall(house, workshop, facilitator.id)
    forged = piles.scanned([piles.written(house, [number], piles.A6, seed=2)])
    stack = piles.brought(house, workshop, forged)
    assert piles.read(house, stack).waiting == 1
    (page,) = house.store.read(stacks.pages, stack.id)
    assert (page.tray, page.reason) == ("look", "newer")
    now = house.store.read(paper.idea_of, number)
    assert now
    assert now.pictures == idea.pictures
    house.store.write(trays.confirm, page, facilitator.id, {})
    after = house.store.read(paper.idea_of, number)
    assert after
    assert after.pictures[0].file == page.sightings[0].idea_crop
    assert after.version > now.version


def test_one_card_takes_no_more_than_forty_photos(house: House, workshop: Workshop) -> None:
    (number,) = piles.numbers(house, workshop, count=1)
    slip = house.store.read(slips.by_number, number)
    assert slip
    for at in range(photographed.AT_MOST):
        assert not house.store.read(photographed.enough, slip)
        house.store.write(photographed.bring, slip, "phone", stacks.Brought("x", f"{at:064x}.scan", 1))
    assert house.store.read(photographed.enough, slip)


def test_what_was_half_written_at_a_kill_is_swept_later(house: House) -> None:
    half = house.files.folder / "tmpabc123"
    half.write_bytes(b"een half bestand")
    house.files.sweep(48)
    assert half.exists()
    long_ago = clock.read(clock.ago(hours=49)).timestamp()
    os.utime(half, (long_ago, long_ago))
    house.files.sweep(48)
    assert not half.exists()


def test_a_number_that_has_words_is_asked_about_before_a_page_is_given_to_it(house: House, workshop: Workshop) -> None:
    (number,) = piles.numbers(house, workshop, count=1)
    slip = house.store.read(slips.by_number, number)
    assert slip
    house.store.write(paper.type_by_maker, slip, "Een bankje")
    assert house.store.read(assigning._known, number, "front")
