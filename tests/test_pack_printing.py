"""From a meeting to its pack: what the plan asks for, answers once, nothing of an erased idea, and the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cards.recipe import Counts
from cards.recipe_book import recipes
from print.pack import PARTS, Part
from tests.conftest import CARD, SECOND_CARD
from tests.desk_people import Share, share
from tests.paper import pages, side
from workshop import clock, ids, pack_printing, printing, tasks
from workshop.cli import main
from workshop.domain import answers, curating, decisions, forgetting, ideas, meetings, orders, plan_changes, slips
from workshop.domain.decisions import Plan
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.meetings import Meeting
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.pack_counts import ANSWER, EVALUATION, HOW, Asked
from workshop.store import Tx

__all__ = ["share"]


@pytest.fixture
def meeting(house: House, workshop: Workshop) -> Meeting:
    """The one meeting of the workshop, without a plan."""
    return house.store.read(meetings.of_workshop, workshop.id)[0]


@pytest.fixture
def planned(house: House, meeting: Meeting, facilitator: Facilitator) -> Meeting:
    """That meeting with the plan of an ordinary programme."""
    recipe = recipes().find("een-gewone-dag")
    assert recipe
    house.store.write(plan_changes.take_recipe, meeting, recipe, "nl", Counts.of(20, 4, 3), facilitator.id, ids.new())
    return meeting


def asked(meeting: Meeting, *parts: Part) -> Asked:
    return Asked(meeting.id, Counts.of(8, 2, 1), 2, parts or PARTS)


def known(house: House, workshop: Workshop, meeting: Meeting) -> pack_printing.Known:
    return house.store.read(pack_printing.known, workshop, meeting.id, "nl")


def decided(house: House, who: Facilitator, idea: Idea) -> None:
    """Decide on an idea and publish that."""

    def work(tx: Tx) -> None:
        with curating.as_one(tx):
            decisions.prepare(tx, ideas.by_key(tx, idea.workshop_id, idea.id), Plan("try", "Omdat het kan."), who.id)
            answers.publish(tx, idea.workshop_id, [idea.id], who.id)

    house.store.write(work)


def order(house: House, workshop: Workshop, who: Facilitator, meeting: Meeting, *parts: Part) -> orders.Order:
    """Order these parts and have them printed."""
    want = asked(meeting, *parts)
    wanted = pack_printing.wanted_slips(house, workshop, want)
    placed = house.store.write(pack_printing.order, workshop, who.id, want, wanted)
    tasks.print_order(house, placed.id)
    return house.store.read(orders.find, workshop.id, placed.id)


def paper(house: House, done: orders.Order) -> bytes:
    assert done.state == "ready", done.reason
    assert done.file
    return house.files.read(done.file)


def test_a_plan_says_which_cards_and_signals_evaluation_and_help_come_along(
    house: House, workshop: Workshop, planned: Meeting
) -> None:
    own = pack_printing.piles(house, workshop, asked(planned), known(house, workshop, planned))
    assert own.cards["samen-ontwerpen/01-een-dag-uit-mijn-leven"] == 2
    assert own.large["samen-ontwerpen/01-een-dag-uit-mijn-leven"] == 1
    assert own.cards[HOW] == 2
    assert own.evaluation == {EVALUATION: 7}
    assert own.large[EVALUATION] == 1
    assert len(own.signals) == 5
    assert set(own.signals.values()) == {2}
    assert not set(own.cards) & set(own.signals)
    assert (own.parts["slips"], own.parts["slips_large"]) == (14, 2)


def test_without_a_plan_the_chosen_cards_come_along_and_all_the_rest_but_the_run_sheet(
    house: House, workshop: Workshop, meeting: Meeting
) -> None:
    own = pack_printing.piles(house, workshop, asked(meeting), known(house, workshop, meeting))
    assert set(own.cards) == {CARD, SECOND_CARD, HOW}
    assert set(PARTS) - set(own.parts) == {"run_sheet", "answers"}


def test_a_pack_with_no_idea_cards_has_none_and_no_card_on_how_they_work(
    house: House, workshop: Workshop, meeting: Meeting
) -> None:
    none = Asked(meeting.id, Counts.of(8, 2, 1), 0)
    own = pack_printing.piles(house, workshop, none, known(house, workshop, meeting))
    assert HOW not in own.cards
    assert not {"slips", "slips_large"} & set(own.parts)
    assert pack_printing.wanted_slips(house, workshop, none) == {}


def test_answers_not_yet_on_paper_come_along_once_in_place_of_the_card_to_write_them_on(
    house: House, workshop: Workshop, planned: Meeting, facilitator: Facilitator, share: Share
) -> None:
    before = pack_printing.piles(house, workshop, asked(planned), known(house, workshop, planned))
    assert ANSWER in before.cards
    decided(house, facilitator, share("Een bankje bij de bus.", maker="Truus"))
    own = pack_printing.piles(house, workshop, asked(planned), known(house, workshop, planned))
    assert own.parts["answers"] == 1
    assert ANSWER not in own.cards
    done = order(house, workshop, facilitator, planned, "answers")
    assert "Een bankje bij de bus" in side(paper(house, done), 0)
    assert known(house, workshop, planned).answers == ()


def test_nothing_of_an_erased_idea_stays_in_a_pack_and_printing_again_leaves_it_out(
    house: House, workshop: Workshop, planned: Meeting, facilitator: Facilitator, share: Share
) -> None:
    bench, coffee = share("Een bankje bij de bus."), share("Koffie op dinsdag.")
    for idea in (bench, coffee):
        decided(house, facilitator, idea)
    done = order(house, workshop, facilitator, planned, "answers")
    assert "Een bankje bij de bus" in side(paper(house, done), 0)
    house.store.write(ideas.withdraw, house.store.read(ideas.by_key, workshop.id, bench.id))
    clock.shift(hours=1)
    assert done.file in house.store.write(forgetting.erase_due)
    assert house.store.read(orders.find, workshop.id, done.id).state == "failed"
    house.store.write(orders.try_again, workshop.id, done.id)
    tasks.print_order(house, done.id)
    text = side(paper(house, house.store.read(orders.find, workshop.id, done.id)), 0)
    assert "Koffie op dinsdag" in text
    assert "bankje" not in text


def test_printing_an_order_twice_gives_the_same_numbers_and_the_same_paper(
    house: House, workshop: Workshop, planned: Meeting, facilitator: Facilitator
) -> None:
    done = order(house, workshop, facilitator, planned, "slips", "slips_large", "tents")
    again = printing.printed(house, workshop, done.what)[0]
    assert again.pdf == paper(house, done)
    assert all(one.series.printed_at for one in house.store.read(slips.series_of, workshop.id))


def test_a_pack_says_how_far_it_is(house: House, workshop: Workshop, meeting: Meeting) -> None:
    heard: list[tuple[int, int]] = []
    what = house.store.write(pack_printing.rows, workshop, asked(meeting, "room", "sign_in"), {})
    printing.printed(house, workshop, what, lambda done, total: heard.append((done, total)))
    assert heard == [(0, 2), (1, 2)]


def run(house: House, output: Path, *more: str) -> Result:
    known: Any = ["pack", "--data", str(house.settings.data), "--meeting", "1", "-o", str(output)]
    return CliRunner().invoke(main, [*known, *more])


def test_the_command_line_prints_the_pack_of_a_meeting(house: House, planned: Meeting, tmp_path: Path) -> None:
    output = tmp_path / "pakket.pdf"
    numbers = ("--tables", "2", "--people", "8", "--large", "1")
    done = run(house, output, *numbers, "--part", "room", "--part", "sign_in", "--part", "run_sheet")
    assert done.exit_code == 0, done.output
    assert "2 tafels, 8 mensen, 1 keer grote letters. Samen 5 vellen A4." in side(output.read_bytes(), 0)
    assert pages(output.read_bytes()) == 10


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--tables", "0"), "Take 1 to 30"),
        (("--people", "-4"), "Take 1 to 99"),
        (("--idea-cards", "10"), "Take 0 to 9"),
        (("--people", "4", "--large", "5"), "only 4 come"),
        (("--part", "muziek"), "There is no part muziek"),
        (("--meeting", "9"), "There is no meeting 9"),
    ],
)
def test_odd_numbers_get_one_sentence_and_nothing_is_printed(
    house: House, meeting: Meeting, tmp_path: Path, more: tuple[str, ...], said: str
) -> None:
    done = run(house, tmp_path / "pakket.pdf", *more)
    assert done.exit_code == 2
    assert said in done.output
    assert len(done.output.strip().splitlines()) == 1
    assert not (tmp_path / "pakket.pdf").exists()
    assert house.store.read(slips.series_of, meeting.workshop_id) == []
