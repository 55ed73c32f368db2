"""One slip is one idea, whichever way it came, in whatever order and however often; and nothing of it is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Migrations

from tests import piles
from workshop.domain import curating, misses, paper, photographed, slips, stacks
from workshop.domain.facilitators import Facilitator
from workshop.domain.slips import Slip
from workshop.domain.stacks import Brought, Seen
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import open_store
from workshop.store.migrations import migrations


def of_number(house: House, number: str) -> Slip:
    found = house.store.read(slips.by_number, number)
    assert found
    return found


STEPS = st.lists(
    st.sampled_from(
        ["type", "type again", "photo", "scan", "scan again", "add", "withdraw", "bring back", "type over"]
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, card=st.integers(0, 10**9))
def test_any_order_and_doubling_of_all_ways_gives_one_idea_per_number_and_loses_nothing(
    house: House, workshop: Workshop, facilitator: Facilitator, steps: list[str], card: int
) -> None:
    slip = of_number(house, piles.numbers(house, workshop, count=1, seed=f"{card} {steps}")[0])
    crops: list[str] = []
    added: set[str] = set()
    for place, step in enumerate(steps):
        do(house, workshop, facilitator, slip, step, place, crops, added)
    if of_number(house, slip.number).withdrawn_at:
        house.store.write(paper.bring_back, of_number(house, slip.number))
    stream = house.store.read(curating.stream, workshop.id, curating.Filter())
    mine = [idea for idea in stream if idea.slip == slip.number]
    assert len(mine) == (1 if crops or added else 0)
    for idea in mine:
        assert all(words in idea.words for words in added)
        shown = [picture.file for picture in idea.pictures]
        assert len(shown) == min(1, len(crops)), "one picture, and only that"
        if "type over" in steps:
            assert set(shown) <= set(crops), "what a person looked at is not replaced unseen"
        else:
            assert shown == crops[-1:], "the newest picture"
    assert len(house.store.read(stacks.sightings_of, slip.number)) == len(crops), "every version is kept"


def do(
    house: House,
    workshop: Workshop,
    who: Facilitator,
    slip: Slip,
    step: str,
    place: int,
    crops: list[str],
    added: set[str],
) -> None:
    """Do one step; note the crops that came in and the words that were acknowledged."""
    write, now = house.store.write, of_number(house, slip.number)
    idea = house.store.read(paper.idea_of, slip.number)
    here = idea is not None and not idea.withdrawn_at
    if step in ("type", "type again") and not now.withdrawn_at:
        words = "getypt" if step == "type again" else f"getypt {place}"
        if not (idea and idea.words) or idea.own_words == words:
            write(paper.type_by_maker, now, words, "everyone")
            added.add(words)
    elif step in ("photo", "scan", "scan again"):
        crop = house.files.keep(f"{slip.number} {place if step != 'scan again' else 'x'}".encode(), "jpg")
        page = a_page(house, workshop, now, step, place)
        write(paper.take, now, page, a_sighting(now, crop), "maker")
        crops.append(crop)
    elif step == "add" and idea and here:
        write(paper.add, idea, f"erbij {place}")
        added.add(f"erbij {place}")
    elif step == "type over" and idea and here:
        write(paper.type_over, idea, who.id, f"over {place}\n\n{idea.words}".strip(), {}, "typed")
        added.add(f"over {place}")
    elif step == "withdraw":
        write(paper.withdraw, now)
    elif step == "bring back":
        write(paper.bring_back, now)


def a_page(house: House, workshop: Workshop, slip: Slip, step: str, place: int) -> str:
    """Bring one file in, by phone or as a stack, and return its page."""
    file = Brought("een", house.files.keep(f"{slip.number} {place}".encode(), "scan"), 9)
    if step == "photo":
        stack = house.store.write(photographed.bring, slip, "x" * 43, file)
    else:
        stack = house.store.write(stacks.bring, workshop.id, None, "stack", [file])
    (one,) = house.store.read(stacks.files, stack.id)
    house.store.write(stacks.opened, one.id, 1)
    page = house.store.write(stacks.put_page, one, 0, "matched")
    assert page
    house.store.write(stacks.finish, stack)
    return page.id


def a_sighting(slip: Slip, crop: str) -> Seen:
    corners = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    return Seen(slip.number, "C1", "front", "decoded", True, 5, corners, {}, {}, (), False, crop, crop, 9, 9)


def test_rows_from_before_photos_by_phone_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Migrations("werkplaats")
    before._migrations = [one for one in migrations._migrations if one.name < "008_phone"]
    with monkeypatch.context() as patch:
        patch.setattr("workshop.store.migrations", before)
        open_store(tmp_path / "w.db").close()
    with closing(sqlite3.connect(tmp_path / "w.db")) as old:
        old.execute("insert into miss values ('1', '2026-01-01', 'word', 'W', 'd')")
        old.commit()
    store = open_store(tmp_path / "w.db")
    with store.reading() as tx:
        assert misses.count(tx, "word", since="2025", subject="W") == 1
    store.write(misses.note, "stub", "27419631", "d")
    store.close()
