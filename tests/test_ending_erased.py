"""Erased means erased: no byte of a name is left in any file, and the stories everyone may read stay."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests import piles
from tests.desk_people import Share
from tests.desk_people import share_read as share
from tests.phone import photo
from workshop import clock, ending, ending_zip, ids, tasks
from workshop.domain import curating, endings, forgetting, ideas, orders, paper, slips, stacks, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Picture, Sent
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.jobs import Jobs

__all__ = ["share"]
NAME, OTHER_NAME, STREET = "Truitje Zonnebloem", "Meneer Kwartelkuiken", "Haverkampstraat 9"
SECRET = "Alleen voor ons: het ruikt naar gemberkoekjes."
STORY = "Een bankje bij de bushalte, met een leuning."


def export(house: House, workshop: Workshop, who: Facilitator) -> orders.Order:
    """Order everything to take along, and make it."""
    key = house.store.write(endings.order_export, workshop.id, who.id)
    tasks.print_order(house, key)
    made = house.store.read(orders.find, workshop.id, key)
    assert made.state == "ready", made.reason
    return made


def asked(house: House, workshop: Workshop, who: Facilitator, **more: bool) -> None:
    export(house, workshop, who)
    house.store.write(endings.ask, workshop, who.id, workshop.name, **more)


def every_byte(house: House) -> bytes:
    return piles.every_word(house)


def pictured(house: House, idea: Idea, colour: str) -> str:
    """Give an idea a photo; return its file."""
    file = house.files.keep(photo(colour), "jpg")
    house.store.write(ideas.add_picture, idea.id, Picture(ids.new(), file, 640, 480), 0)
    return file


def on_paper(house: House, workshop: Workshop, who: Facilitator) -> list[str]:
    """Bring an idea card with a back through the copier and type it over; return every file of it."""
    which = piles.numbers(house, workshop, kind="a5", count=1)
    sides = [piles.written(house, which, code)[0] for code in (piles.A5, piles.A5_BACK)]
    stack = piles.brought(house, workshop, piles.scanned([[side] for side in sides]), who=who.id)
    piles.read(house, stack)
    idea = house.store.read(paper.idea_of, which[0])
    assert idea
    told = {"visibility": "everyone_named", "maker": OTHER_NAME, "address": STREET}
    house.store.write(paper.type_over, idea, who.id, "Samen eten op dinsdag.", told, "typed")
    seen = house.store.read(stacks.sightings_of, which[0])
    files = [one.file for one in house.store.read(stacks.files, stack.id)]
    files += [page.picture for page in house.store.read(stacks.pages, stack.id)]
    return [*files, *(name for one in seen for name in (one.crop, one.idea_crop) if name)]


def test_after_ending_no_byte_of_a_name_is_in_any_file_and_agreed_stories_are(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    told = share(STORY, "everyone_named", maker=NAME)
    inside = share(SECRET, "group", maker=NAME)
    kept, gone = pictured(house, told, "#8fb5c9"), pictured(house, inside, "#c98f8f")
    scans = on_paper(house, workshop, facilitator)
    order = house.store.write(orders.order, workshop.id, facilitator.id, {"document": "wall", "names": NAME})
    tasks.print_order(house, order.id)
    for secret in (NAME, OTHER_NAME, STREET, SECRET):
        assert secret.encode() in every_byte(house)
    asked(house, workshop, facilitator)
    assert ending.erase(house, workshop.id)
    left = every_byte(house)
    for secret in (NAME, OTHER_NAME, STREET, SECRET, *NAME.split(), *OTHER_NAME.split()):
        assert secret.encode() not in left, secret
    assert STORY.encode() in left
    assert house.files.there(kept)
    assert not any(house.files.there(name) for name in (gone, *scans))
    assert not list(house.files.folder.glob("??/*.pdf")) + list(house.files.folder.glob("??/*.zip"))
    ended = house.store.read(endings.of, workshop.id)
    assert ended.erased_at
    assert ended.told
    assert (ended.told.names, ended.told.addresses, ended.told.stories, ended.told.words) == (3, 1, 2, 1)


def test_what_stays_is_read_as_before_without_the_name(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    told = share(STORY, "everyone_named", maker=NAME)
    share(SECRET, "group")
    asked(house, workshop, facilitator)
    ending.erase(house, workshop.id)
    (idea,) = house.store.read(curating.stream, workshop.id, curating.Filter())
    assert (idea.id, idea.words, idea.maker, idea.visibility) == (told.id, STORY, "", "everyone")
    assert house.store.read(ideas.by_receipt, told.receipt)
    found = house.store.read(workshops.at_door, workshop.id)
    assert found.names_erased_at
    assert found.closed_at
    house.store.write(workshops.reopen, workshop.id)
    assert house.store.read(workshops.at_door, workshop.id).closed_at


def test_names_stay_when_that_was_chosen_for_those_who_wanted_to_be_named(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    share(STORY, "everyone_named", maker=NAME)
    share("Zonder naam graag.", "everyone", maker=OTHER_NAME)
    asked(house, workshop, facilitator, keep_named=True)
    assert ending.erase(house, workshop.id)
    left = every_byte(house)
    assert NAME.encode() in left
    assert OTHER_NAME.encode() not in left


def test_nothing_is_erased_without_an_export_of_how_it_is_now_and_the_right_name(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    share(STORY, "everyone")

    def refused(typed: str = workshop.name) -> str:
        with pytest.raises(Refused) as error:
            house.store.write(endings.ask, workshop, facilitator.id, typed)
        return error.value.code

    assert refused() == "ending_no_export"
    export(house, workshop, facilitator)
    share("Nog een idee.", "group")
    assert refused() == "ending_old"
    export(house, workshop, facilitator)
    assert refused("Werkplaats De Eik") == "ending_name"
    piles.brought(house, workshop, b"%PDF-1.4 nog niet gelezen")
    assert refused() == "ending_busy"
    assert not house.store.read(endings.undone)
    assert not house.store.read(workshops.at_door, workshop.id).closed_at


def test_nothing_is_erased_when_the_zip_is_there_no_more(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    share(STORY, "everyone")
    house.store.write(ideas.withdraw, share(SECRET, "group"))
    export(house, workshop, facilitator)
    assert house.store.read(endings.of, workshop.id).current
    clock.shift(hours=1)
    house.store.write(forgetting.erase_due)  # what was taken away is in the zip no more: it is thrown away
    assert not house.store.read(endings.of, workshop.id).current
    with pytest.raises(Refused, match="Export again"):
        house.store.write(endings.ask, workshop, facilitator.id, workshop.name)
    assert not house.store.read(endings.undone)


def test_asking_and_erasing_twice_is_once_and_a_kill_halfway_loses_nothing(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    share(STORY, "everyone", maker=NAME)
    gone = pictured(house, share(SECRET, "group"), "#c98f8f")
    asked(house, workshop, facilitator)
    house.store.write(endings.ask, workshop, facilitator.id, "iets anders")
    with monkeypatch.context() as patch:
        patch.setattr(type(house.files), "remove", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ending.erase(house, workshop.id)
    assert house.files.there(gone)
    assert house.store.read(endings.undone) == [workshop.id]
    ending.erase_asked(house)
    assert not house.files.there(gone)
    assert not house.store.read(endings.undone)
    before = house.store.read(endings.of, workshop.id)
    assert ending.erase(house, workshop.id)
    assert house.store.read(endings.of, workshop.id) == before


def test_the_sweeper_finishes_what_was_asked(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    share(STORY, "everyone", maker=NAME)
    asked(house, workshop, facilitator)
    jobs = Jobs(house)
    jobs._tidy()
    assert NAME.encode() not in every_byte(house)
    assert house.store.read(endings.of, workshop.id).erased_at


def test_another_workshop_keeps_its_people_and_what_it_scanned_of_ours_is_painted_over(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    other = house.store.write(workshops.make, facilitator.id, workshops.details(workshop))
    theirs, ours = piles.numbers(house, other, count=1, seed="x"), piles.numbers(house, workshop, count=2)
    cards = piles.written(house, [*theirs, *ours], piles.A6)
    same = piles.scanned([[card] for card in cards])
    here, there = (piles.brought(house, one, same) for one in (workshop, other))
    for stack in (here, there):
        piles.read(house, stack)
    crop = house.store.read(stacks.sightings_of, theirs[0])[0].crop
    before = [page.picture for page in house.store.read(stacks.pages, there.id)]
    share(STORY, "everyone", maker=NAME)
    asked(house, workshop, facilitator)
    assert ending.erase(house, workshop.id)
    assert house.files.there(crop)
    after = [page.picture for page in house.store.read(stacks.pages, there.id)]
    assert [one == two for one, two in zip(before, after, strict=True)] == [True, False, False]
    assert [house.files.there(name) for name in before] == [True, False, False]
    assert all(page.picture == "" for page in house.store.read(stacks.pages, here.id))
    assert house.store.read(paper.idea_of, theirs[0])


def test_a_name_in_a_text_that_stays_is_pointed_at_before_anything_is_erased(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    share(f"Het idee van {NAME} vind ik ook goed.", "everyone", maker="Anna")
    share(STORY, "everyone", maker=NAME)
    found = house.store.read(endings.mentions, workshop.id)
    assert [(one.kind, one.called, one.name) for one in found] == [("idea", "1", NAME)]


def test_a_name_stays_only_as_wide_as_both_its_maker_and_the_facilitators_let_it(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    told = share(STORY, "everyone_named", maker=NAME)
    house.store.write(curating.narrow, told, facilitator.id, "everyone")
    assert house.store.read(endings.counts, workshop.id).named == 0
    asked(house, workshop, facilitator, keep_named=True)
    assert house.store.read(endings.left, workshop.id)["names"] == 1
    assert ending.erase(house, workshop.id)
    left = every_byte(house)
    assert NAME.encode() not in left
    assert STORY.encode() in left


def test_what_nobody_read_goes_and_that_is_said_before(
    house: House, workshop: Workshop, facilitator: Facilitator, door: Door
) -> None:
    house.store.write(ideas.place, door, Sent(SECRET, "everyone", ids.token(), ids.token(), "qr"))
    counted = house.store.read(endings.counts, workshop.id)
    assert (counted.stories, counted.words, counted.unread) == (0, 1, 1)
    asked(house, workshop, facilitator)
    assert ending.erase(house, workshop.id)
    assert SECRET.encode() not in every_byte(house)


def test_everything_is_in_the_export_and_names_only_as_their_makers_chose(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    story = share(STORY, "everyone_named", maker=NAME)
    inside = share(SECRET, "group", maker=OTHER_NAME)
    kept, gone = pictured(house, story, "#8fb5c9"), pictured(house, inside, "#c98f8f")
    out = io.BytesIO()
    ending_zip.pack(house, workshop, out)
    archive = zipfile.ZipFile(out)
    assert archive.testzip() is None
    names = archive.namelist()
    assert f"pictures/{kept}" in names
    assert f"pictures/{gone}" not in names
    assert any(name.startswith("print/") and name.endswith(".pdf") for name in names)
    rows = json.loads(archive.read("ideas.json"))
    assert [row["words"] for row in rows] == [STORY, SECRET]
    whole = b"".join(archive.read(name) for name in names if name.endswith((".json", ".csv", ".txt")))
    assert NAME.encode() in whole
    assert OTHER_NAME.encode() not in whole
    assert {f"{noun.replace('_', '-')}.json" for noun in ending_zip.NOUNS} <= set(names)


def test_slips_and_stubs_stay_so_that_a_maker_can_still_take_a_story_back(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    on_paper(house, workshop, facilitator)
    asked(house, workshop, facilitator)
    ending.erase(house, workshop.id)
    (idea,) = house.store.read(curating.stream, workshop.id, curating.Filter())
    assert idea.slip
    slip = house.store.read(slips.by_number, idea.slip)
    assert slip
    house.store.write(paper.withdraw, slip)
    assert not house.store.read(curating.stream, workshop.id, curating.Filter())
