"""Paper comes back: every page in exactly one tray, one idea per number, nothing lost and nothing twice."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import piles
from workshop import clock, erasing, reading
from workshop.cli import main
from workshop.domain import curating, doors, ideas, paper, slips, stacks
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.leases import LEASE_SECONDS
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.jobs import Jobs
from workshop.settings import Settings


def ideas_of(house: House, workshop: Workshop) -> dict[str, Idea]:
    found = house.store.read(curating.stream, workshop.id, curating.Filter())
    return {idea.slip: idea for idea in found if idea.slip}


def test_a_pile_from_the_copier_becomes_ideas_with_pictures_at_once(house: House, workshop: Workshop) -> None:
    which = piles.numbers(house, workshop)
    pdf = piles.scanned([piles.written(house, which, piles.A6), []], "skew-200")
    counts = piles.read(house, piles.brought(house, workshop, pdf))
    assert (counts.pages, counts.expected) == (2, 2)
    assert counts.matched + counts.seen + counts.look == 2
    assert (counts.ideas, counts.blank) == (4, 1)
    found = ideas_of(house, workshop)
    assert set(found) == set(which)
    for idea in found.values():
        assert (idea.channel, idea.typing, idea.visibility) == ("paper", "waiting", "group")
        assert house.files.read(idea.pictures[0].file)[:2] == b"\xff\xd8"
    door = house.store.read(doors.of_workshop, workshop.id)[doors.OWN]
    assert len(house.store.read(ideas.visible, door, in_group=True)) == 4
    assert house.store.read(ideas.visible, door, in_group=False) == []


def test_the_same_file_twice_is_recognised_and_read_only_once(
    house: House, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = piles.scanned([piles.written(house, piles.numbers(house, workshop), piles.A6)])
    piles.read(house, piles.brought(house, workshop, pdf))
    monkeypatch.setattr(reading, "look", lambda *_: pytest.fail("it was read again"))
    again = piles.read(house, piles.brought(house, workshop, pdf))
    assert (again.pages, again.seen) == (1, 1)
    assert len(ideas_of(house, workshop)) == 4


def test_a_second_scan_adds_a_version_and_never_replaces_typed_words(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    which = piles.numbers(house, workshop, count=1)
    cards = piles.written(house, which, piles.A6)
    piles.read(house, piles.brought(house, workshop, piles.scanned([cards], "clean-150")))
    idea = ideas_of(house, workshop)[which[0]]
    typed = {"visibility": "everyone"}
    house.store.write(paper.type_over, idea, facilitator.id, "Een bankje bij de vijver.", typed, "typed")
    counts = piles.read(house, piles.brought(house, workshop, piles.scanned([cards], "skew-200")))
    assert counts.seen == 1
    now = ideas_of(house, workshop)[which[0]]
    assert (now.id, now.words, now.typing) == (idea.id, "Een bankje bij de vijver.", "typed")
    assert now.pictures[0].file != idea.pictures[0].file
    assert len(house.store.read(stacks.sightings_of, which[0])) == 2


@pytest.mark.parametrize("first", ["front", "back"])
def test_front_and_back_are_joined_by_their_number_not_by_their_order(
    house: House, workshop: Workshop, first: str
) -> None:
    which = piles.numbers(house, workshop, "a5", count=2)
    fronts, backs = (piles.written(house, which, code) for code in (piles.A5, piles.A5_BACK))
    sides = [fronts[::-1], backs] if first == "front" else [backs[::-1], fronts]
    piles.read(house, piles.brought(house, workshop, piles.scanned(sides)))
    found = ideas_of(house, workshop)
    assert set(found) == set(which)
    for card in backs:
        idea = found[card.known.number]
        ticked = [value for value, tick in card.ticks["visibility"].items() if tick == "yes"]
        assert idea.visibility == "group"
        assert idea.asked in (*ticked, "doubt")
        assert len(idea.pictures) == 1, "the back is never among the pictures of an idea"


def test_blank_cards_are_no_ideas(house: House, workshop: Workshop) -> None:
    which = piles.numbers(house, workshop, count=2)
    counts = piles.read(
        house, piles.brought(house, workshop, piles.scanned([piles.written(house, which, piles.A6, blank=1.0)]))
    )
    assert counts.pages == 1
    assert not ideas_of(house, workshop)


def test_typing_first_and_scanning_later_is_one_idea(house: House, workshop: Workshop) -> None:
    which = piles.numbers(house, workshop, count=1)
    slip = house.store.read(slips.by_number, which[0])
    assert slip
    for _ in range(2):
        house.store.write(paper.type_by_maker, slip, "Samen koken op zondag", "everyone")
    piles.read(house, piles.brought(house, workshop, piles.scanned([piles.written(house, which, piles.A6)])))
    (idea,) = ideas_of(house, workshop).values()
    assert (idea.words, idea.visibility, len(idea.pictures)) == ("Samen koken op zondag", "everyone", 1)
    assert house.store.read(paper.left_to_type, workshop.id) == 0


def test_paper_of_another_workshop_is_never_taken_in(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    from tests.conftest import DETAILS
    from workshop.domain import workshops

    other = house.store.write(workshops.make, facilitator.id, DETAILS)
    foreign = piles.written(house, piles.numbers(house, other, count=1, seed="elders"), piles.A6)
    piles.numbers(house, workshop)
    stack = piles.brought(house, workshop, piles.scanned([foreign]))
    counts = piles.read(house, stack)
    (page,) = house.store.read(stacks.pages, stack.id)
    assert (counts.look, page.reason) == (1, "other_workshop")
    assert not ideas_of(house, workshop)
    assert not ideas_of(house, other)


def test_a_withdrawn_card_waits_for_a_person(house: House, workshop: Workshop) -> None:
    which = piles.numbers(house, workshop, count=1)
    house.store.write(slips.withdraw, workshop.id, which[0])
    stack = piles.brought(house, workshop, piles.scanned([piles.written(house, which, piles.A6)]))
    assert piles.read(house, stack).look == 1
    assert not ideas_of(house, workshop)


def test_one_bad_file_harms_no_other(house: House, workshop: Workshop) -> None:
    which = piles.numbers(house, workshop)
    good = piles.scanned([piles.written(house, which, piles.A6)])
    stack = piles.brought(house, workshop, b"%PDF-1.7 kapot", good, b"zomaar wat tekst, geen papier")
    counts = piles.read(house, stack)
    reasons = {file.name: file.reason for file in house.store.read(stacks.files, stack.id)}
    assert reasons == {"stapel-1.pdf": "broken", "stapel-2.pdf": "", "stapel-3.pdf": "wrong_type"}
    assert (counts.pages, counts.expected, counts.look, counts.ideas) == (3, 3, 2, 4)


def test_any_order_and_any_doubling_of_uploads_gives_the_same_ideas(house: House, workshop: Workshop) -> None:
    which = piles.numbers(house, workshop, "a5", count=2)
    pages = [piles.scanned([[one]]) for code in (piles.A5, piles.A5_BACK) for one in piles.written(house, which, code)]
    chance = random.Random(4)
    stack_of = itertools.count()
    for _ in range(3):
        some = chance.choices(pages, k=5)
        chance.shuffle(some)
        piles.read(house, piles.brought(house, workshop, *some))
        next(stack_of)
    piles.read(house, piles.brought(house, workshop, *pages))
    found = ideas_of(house, workshop)
    assert set(found) == set(which)
    assert len({idea.id for idea in found.values()}) == 2
    for stack in house.store.read(stacks.of_workshop, workshop.id):
        counts = house.store.read(stacks.counts, stack.id)
        assert counts.pages == counts.expected == counts.matched + counts.seen + counts.look


STEPS = (
    "files.keep",
    "workshop.domain.stacks.opened",
    "workshop.domain.stacks.put_page",
    "workshop.domain.stacks.see",
    "workshop.domain.paper._begin",
    "workshop.domain.stacks.got_on",
    "workshop.domain.stacks.finish",
)


def _die_at(data: str, stack_id: str, step: str, times: int) -> None:
    """Read a stack in a process of its own and stop dead at the given call of one step."""
    import importlib

    place, _, name = step.rpartition(".")
    opened = House.open(Settings.of(data=Path(data), base="https://werkplaats.nl"))
    owner = type(opened.files) if place == "files" else importlib.import_module(place)
    real, left = getattr(owner, name), [times]

    def fatal(*args: object, **kwargs: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), 9)
        return real(*args, **kwargs)

    setattr(owner, name, fatal)
    claimed = opened.store.write(stacks.claim, stack_id)
    assert claimed is not None
    reading.read(opened, claimed)


@pytest.mark.parametrize("step", STEPS)
def test_a_reader_that_is_killed_at_any_step_goes_on_where_it_was(house: House, workshop: Workshop, step: str) -> None:
    which = piles.numbers(house, workshop)
    cards = piles.written(house, which, piles.A6)
    stack = piles.brought(house, workshop, piles.scanned([cards[:2], cards[2:]]))
    child = multiprocessing.get_context("spawn").Process(
        target=_die_at, args=(str(house.settings.data), stack.id, step, 0 if step.endswith(("finish", "opened")) else 1)
    )
    child.start()
    child.join()
    assert child.exitcode == -9
    assert house.store.write(stacks.claim, stack.id) is None, "the dead reader still has its lease"
    clock.shift(seconds=LEASE_SECONDS + 1)
    assert stack.id in house.store.read(stacks.undone)
    counts = piles.read(house, stack)
    assert (counts.pages, counts.expected, counts.ideas) == (2, 2, 4)
    assert len(ideas_of(house, workshop)) == 4
    seen = [one for number in which for one in house.store.read(stacks.sightings_of, number)]
    assert len(seen) == 4, "nothing is seen twice"


def test_taking_back_erases_the_writing_from_every_file(house: House, workshop: Workshop) -> None:
    which = piles.numbers(house, workshop, count=2)
    cards = piles.written(house, which, piles.A6)
    pdf = piles.scanned([cards])
    piles.read(house, piles.brought(house, workshop, pdf))
    gone, stays = (house.store.read(slips.by_number, number) for number in which)
    assert gone
    assert stays
    crop = house.files.read(house.store.read(stacks.sightings_of, gone.number)[0].crop)
    image = pdf[pdf.index(b"stream") + 8 :][2000:3000]
    assert crop in piles.every_byte(house.settings.data)
    assert image in piles.every_byte(house.settings.data)
    house.store.write(paper.withdraw, gone)
    clock.shift(minutes=31)
    Jobs(house)._tidy()
    left = piles.every_byte(house.settings.data / "files")
    assert crop not in left
    assert image not in left
    assert house.store.read(ideas.visible, house.store.read(doors.of_workshop, workshop.id)[doors.OWN], True)
    kept = house.store.read(stacks.sightings_of, stays.number)[0]
    assert house.files.there(kept.crop)


def test_the_back_can_be_erased_on_its_own(house: House, workshop: Workshop) -> None:
    which = piles.numbers(house, workshop, "a5", count=1)
    sides = [piles.written(house, which, code) for code in (piles.A5, piles.A5_BACK)]
    piles.read(house, piles.brought(house, workshop, piles.scanned(sides)))
    back = house.store.read(stacks.sightings_of, which[0], "back")[0]
    data = house.files.read(back.crop)
    erasing.erase_back(house, workshop.id, which[0])
    assert data not in piles.every_byte(house.settings.data / "files")
    (idea,) = ideas_of(house, workshop).values()
    assert house.files.there(idea.pictures[0].file)


def test_two_people_never_type_the_same_card(house: House, workshop: Workshop) -> None:
    from workshop.domain import facilitators

    piles.read(
        house,
        piles.brought(house, workshop, piles.scanned([piles.written(house, piles.numbers(house, workshop), piles.A6)])),
    )
    bram, cora = (house.store.write(facilitators.make, name).id for name in ("Bram", "Cora"))
    first, second = (house.store.write(paper.next_to_type, workshop.id, who) for who in (bram, cora))
    assert first
    assert second
    assert first.id != second.id
    skipped = house.store.write(paper.next_to_type, workshop.id, bram, after=first.id)
    assert skipped
    assert skipped.id not in (first.id, second.id)


def test_the_command_line_says_one_object_for_every_page(house: House, workshop: Workshop, tmp_path: Path) -> None:
    which = piles.numbers(house, workshop)
    pile = tmp_path / "stapel.pdf"
    pile.write_bytes(piles.scanned([piles.written(house, which, piles.A6), []]))
    common = ["scan", "--workshop", workshop.name, "--data", str(house.settings.data), str(pile), "--json"]
    dry = CliRunner().invoke(main, [*common, "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert not ideas_of(house, workshop)
    real = CliRunner().invoke(main, common)
    assert real.output == dry.output
    first, second = (json.loads(line) for line in real.output.splitlines())
    assert {card["number"] for card in first["cards"]} == set(which)
    assert set(first) == {"file", "page", "tray", "cards", "reason"}
    assert set(first["cards"][0]) >= {"number", "side", "corners_mm", "ticks", "blank", "doubt"}
    assert (second["tray"], second["reason"]) == ("matched", "blank")
    again = CliRunner().invoke(main, common)
    assert [json.loads(line)["tray"] for line in again.output.splitlines()] == ["seen before", "seen before"]
    assert set(ideas_of(house, workshop)) == set(which)
