"""Dots on paper: sheets printed for a round, stickers on them, through the copier, and into the one tally."""

from __future__ import annotations

import re
import threading

import pytest
from flask.testing import FlaskClient

from tests import desk_paper, piles, rounding
from tests.desk_people import Someone, someone
from tests.paper import side
from workshop import clock, reading, slip_printing, tasks
from workshop.domain import (
    curating,
    forgetting,
    ideas,
    orders,
    round_results,
    round_sheets,
    rounds,
    stacks,
    support,
    trays,
    walls,
    workshops,
)
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.rounds import Round
from workshop.domain.stacks import Stack
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx

__all__ = ["someone"]


@pytest.fixture
def three(house: House, door: Door) -> list[Idea]:
    """Three ideas on a card."""
    return rounding.shared(house, door)


@pytest.fixture
def choosing(house: House, facilitator: Facilitator, three: list[Idea]) -> Round:
    """An open round about the three ideas: everybody has three dots."""
    return rounding.opened(house, facilitator, three)


def dots(house: House, about: Round, who: Facilitator) -> list[int]:
    """Show the result, and return the dots in the order of the round."""
    found = house.store.read(round_results.results, house.store.write(rounds.show, about, who.id))
    assert found is not None
    by_nr = {one.nrs[0]: one.dots for one in found.scores}
    return [by_nr[line.nr] for line in house.store.read(rounds.lines, about)]


def counted(house: House, stack: Stack) -> list[stacks.Seen]:
    pages = house.store.read(stacks.pages, stack.id)
    return [seen for page in pages for seen in trays.sheets(page)]


def test_stickers_on_a_printed_sheet_come_back_as_dots_beside_those_of_phones(
    house: House, workshop: Workshop, facilitator: Facilitator, three: list[Idea], choosing: Round
) -> None:
    house.store.write(rounds.give, choosing, "device:a", {three[0].id: 1, three[1].id: 2}, device="a")
    first, second = rounding.on_paper(house, workshop, choosing, facilitator, 2)
    stack = rounding.scan(house, workshop, facilitator, first.stuck(6, 0, 2), second.stuck(1, 1, 1))
    where = house.store.read(stacks.counts, stack.id)
    assert (where.matched, where.waiting) == (2, 0), "a clear sheet of a round waits for nobody"
    assert house.store.read(rounds.took_part, choosing).sheets == 2
    assert dots(house, choosing, facilitator) == [8, 3, 3]
    result = house.store.read(round_results.results, choosing)
    assert result is not None
    assert result.by_channel == {"phone": 3, "paper": 11}
    assert result.people == 1 + 3 + 1  # eight dots take three people at least
    assert house.store.read(support.tally, three[0]).by_channel == {"phone": 1, "paper": 7}


def test_a_sheet_scanned_again_counts_once_and_dots_added_meanwhile_count(
    house: House, workshop: Workshop, facilitator: Facilitator, choosing: Round
) -> None:
    (sheet,) = rounding.on_paper(house, workshop, choosing, facilitator)
    rounding.scan(house, workshop, facilitator, sheet.stuck(2, 1))
    rounding.scan(house, workshop, facilitator, sheet.stuck(2, 1), sheet.stuck(2, 1))
    rounding.scan(house, workshop, facilitator, sheet.stuck(2, 1, 4))
    assert house.store.read(rounds.took_part, choosing).sheets == 1
    assert dots(house, choosing, facilitator) == [2, 1, 4]


def test_a_sheet_in_doubt_waits_and_what_a_person_counts_stays_whatever_is_scanned_later(
    house: House, workshop: Workshop, facilitator: Facilitator, choosing: Round, at_desk: FlaskClient
) -> None:
    (sheet,) = rounding.on_paper(house, workshop, choosing, facilitator)
    stack = rounding.scan(house, workshop, facilitator, sheet.stuck(1, 3, between=True))
    assert house.store.read(stacks.counts, stack.id).waiting == 1
    (seen,) = counted(house, stack)
    assert 'name="rij-1"' in desk_paper.page_of(at_desk, workshop, f"/{stack.id}")
    counts = {"rij-1": "2", "rij-2": "3"}
    at_desk.post(f"/bureau/{workshop.id}/papier/{stack.id}/tellen/{seen.id}", data=counts)
    assert house.store.read(stacks.counts, stack.id).waiting == 0
    assert 'name="rij-1"' not in desk_paper.page_of(at_desk, workshop, f"/{stack.id}")
    rounding.scan(house, workshop, facilitator, sheet.stuck(5, 5, 5))
    assert dots(house, choosing, facilitator) == [2, 3, 0]
    assert 'name="rij-1"' in desk_paper.page_of(at_desk, workshop, f"/{stack.id}"), "now it may be corrected again"
    (seen,) = counted(house, stack)
    at_desk.post(f"/bureau/{workshop.id}/papier/{stack.id}/tellen/{seen.id}", data={"rij-1": "4"})
    assert dots(house, choosing, facilitator) == [4, 3, 0]


def test_twenty_ideas_are_two_sheets_and_every_row_counts_for_its_own_idea(
    house: House, workshop: Workshop, facilitator: Facilitator, door: Door
) -> None:
    many = rounding.shared(house, door, [f"Plan {name}" for name in "abcdefghijklmnopqrst"])
    about = rounding.opened(house, facilitator, many, dots=2)
    first, second = rounding.on_paper(house, workshop, about, facilitator)
    rounding.scan(house, workshop, facilitator, second.stuck(0, 1, 0, 0, 0, 0, 0, 6), first.stuck(*[0] * 11, 3))
    found = dots(house, about, facilitator)
    assert {at: count for at, count in enumerate(found, start=1) if count} == {12: 3, 14: 1, 20: 6}


def test_words_on_a_sheet_are_those_of_now_and_gone_from_print_and_disk_when_a_maker_takes_them_back(
    house: House, workshop: Workshop, facilitator: Facilitator, door: Door
) -> None:
    long = (
        "Elke dinsdag samen eten in de grote zaal van het buurthuis, met muziek, en iedereen neemt iets mee van thuis."
    )
    secret = "Vijgenboomkwekerij aan de dijk"
    found = rounding.shared(house, door, [long, secret, "Lampen"])
    about = rounding.opened(house, facilitator, found)
    (series,) = house.store.write(round_sheets.order, about, 1, "nl")
    whole = side(slip_printing.printed(house, workshop, {"series": series.id}).pdf, 0)
    assert f"Idee {found[1].nr}. {secret}" in whole.replace("\n", " ")
    assert "Elke dinsdag samen eten" in whole
    assert "neemt iets mee" not in whole
    assert "…" in whole
    assert secret not in " ".join(series.choices)
    order = house.store.write(slip_printing.again, workshop.id, facilitator.id, series.id, {"flip": "long"})
    tasks.print_order(house, order.id)
    printed = house.store.read(orders.find, workshop.id, order.id).file
    assert printed is not None
    house.store.write(ideas.withdraw, found[1])
    again = side(slip_printing.printed(house, workshop, {"series": series.id}).pdf, 0)
    assert secret not in again
    assert f"Idee {found[1].nr}" in again
    clock.shift(minutes=31)
    assert printed in house.store.write(forgetting.erase_due)
    assert house.store.read(orders.find, workshop.id, order.id).file is None
    house.store.forget()
    assert secret.encode() not in piles.every_word(house)


def test_pages_exports_and_scripts_say_that_a_sheet_was_read_but_not_what_is_on_it(
    house: House, workshop: Workshop, facilitator: Facilitator, three: list[Idea], choosing: Round,
    someone: Someone, in_group: FlaskClient, door: Door,
) -> None:  # fmt: skip
    (sheet,) = rounding.on_paper(house, workshop, choosing, facilitator)
    stack = rounding.scan(house, workshop, facilitator, sheet.stuck(5, 0, 4))
    house.store.write(rounds.type_count, choosing, three[0].id, 777, facilitator.id)
    desk = f"/bureau/{workshop.id}"
    for who in ("facilitator", "observer", "helper"):
        page = someone(who).get(f"{desk}/papier/{stack.id}").text
        assert "Dit blad is gelezen." in page, who
        assert 'class="counts"' not in page, who
    told = someone("observer").get(f"{desk}/rondes/{choosing.id}/stand").json
    assert told == {"state": "open", "phones": 0, "stubs": 0, "sheets": 1, "counted": 1}
    house.store.write(workshops.show_support, workshop.id, True)
    house.store.write(curating.put_on_wall, three[0], facilitator.id)
    wall = house.store.write(walls.make, workshop.id, "group")
    ways_out = [
        *(someone("observer").get(f"{desk}/{path}") for path in (f"rondes/{choosing.id}", "rondes", "ideeen", "bord")),
        *(someone("observer").get(f"{desk}/ideeen.{kind}") for kind in ("csv", "json")),
        someone("facilitator").get(f"{desk}/ideeen/{three[0].id}"),
        *(in_group.get(path) for path in (f"/ronde/{choosing.id}", f"/ronde/{choosing.id}/bedankt", f"/{door.number}")),
        *(in_group.get(f"/muur/{wall.key}{path}") for path in ("", "/stand")),
    ]
    for answer in ways_out:
        assert answer.status_code == 200, answer.request.path
        assert not re.search(r"\b(777|782)\b", answer.text), answer.request.path
        assert "De uitslag</h2>" not in answer.text
    house.store.write(rounds.show, choosing, facilitator.id)
    assert "782 stippen" in someone("observer").get(f"{desk}/rondes/{choosing.id}").text
    assert "782 stippen" in in_group.get(f"/ronde/{choosing.id}").text
    assert 'class="counts"' in someone("observer").get(f"{desk}/papier/{stack.id}").text


def test_a_number_typed_by_hand_gives_a_sheet_that_a_person_must_count(
    house: House, workshop: Workshop, facilitator: Facilitator, choosing: Round, at_desk: FlaskClient
) -> None:
    (sheet,) = rounding.on_paper(house, workshop, choosing, facilitator)
    stack = piles.brought(house, workshop, piles.scanned([[]]), who=facilitator.id)
    piles.read(house, stack)
    (page,) = house.store.read(stacks.pages, stack.id)
    desk_paper.do(at_desk, workshop, page, "nummer", nummer=sheet.number, deel="heel")
    (seen,) = counted(house, stack)
    assert house.store.read(rounds.took_part, choosing).sheets == 0
    at_desk.post(f"/bureau/{workshop.id}/papier/{stack.id}/tellen/{seen.id}", data={"rij-2": "4"})
    assert dots(house, choosing, facilitator) == [0, 4, 0]


def test_a_reader_killed_halfway_and_two_at_once_count_every_sheet_once(
    house: House, workshop: Workshop, facilitator: Facilitator, choosing: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = rounding.on_paper(house, workshop, choosing, facilitator, 3)
    pdf = piles.scanned([[one.stuck(1, 2, 3)] for one in sheets])
    stack = piles.brought(house, workshop, pdf, who=facilitator.id)
    done: list[int] = []
    settle = reading._settle

    def killed(*values: object) -> object:
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(1)
        return settle(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "_settle", killed)
    with pytest.raises(KeyboardInterrupt):
        piles.read(house, stack)
    monkeypatch.undo()
    assert house.store.read(rounds.took_part, choosing).sheets == 1
    twice = piles.brought(house, workshop, piles.scanned([[one.stuck(1, 2, 3)] for one in sheets], seed=6))
    readers = [
        threading.Thread(target=reading.read, args=(house, house.store.write(_claimed, one))) for one in (stack, twice)
    ]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    assert house.store.read(rounds.took_part, choosing).sheets == 3
    assert dots(house, choosing, facilitator) == [3, 6, 9]


def _claimed(tx: Tx, stack: Stack) -> Stack:
    return stacks.claim(tx, stack.id) or stacks.find(tx, stack.workshop_id, stack.id)


def test_sheets_that_belong_to_no_round_are_counted_as_before(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    (number,) = piles.numbers(house, workshop, "dots", 1)
    stack = piles.brought(house, workshop, piles.scanned([piles.written(house, [number], "D1")]), who=facilitator.id)
    assert piles.read(house, stack).waiting == 1
    assert not house.store.read(round_sheets.hidden, number)
