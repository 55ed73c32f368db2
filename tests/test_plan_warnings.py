"""What is odd about the plan of a meeting, said in words before people sit in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.recipe import Counts, Use
from tests.conftest import CARD
from tests.plan_cases import WALK, Plans, meeting, plan
from workshop.domain import meetings, plan_warnings, plans
from workshop.domain.meetings import About
from workshop.domain.plan_changes import Written
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["meeting", "plan"]


def _codes(plan: Plans, new: tuple[str, ...] = ()) -> list[str]:
    return [one.code for one in plan_warnings.of(plan.now, plan.meeting, new)]


def _fill(plan: Plans, *pieces: tuple[str, int]) -> None:
    listening = (Use(card="luisteren/01-eerst-luisteren"),)
    for number, (kind, minutes) in enumerate(pieces):
        plan.do("add", Written(kind, minutes, "AB"[number % 2], f"{kind} {number}", cards=listening), "-")
        if kind == "close":
            plan.do("move", plan.now.blocks[-1].id, plan.now.blocks[-2].id)


def test_a_good_plan_has_no_warnings_and_an_empty_one_neither(plan: Plans) -> None:
    assert _codes(plan) == []
    _fill(plan, ("welcome", 10), ("listen", 15), ("work", 30), ("break", 20), ("work", 30), ("close", 10))
    assert _codes(plan) == []


def test_more_than_an_hour_without_a_break_is_said(plan: Plans) -> None:
    _fill(plan, ("welcome", 20), ("work", 35), ("close", 5))
    assert _codes(plan) == []
    _fill(plan, ("work", 1))
    assert "no_break" in _codes(plan)


def test_a_break_that_comes_late_is_said(plan: Plans) -> None:
    _fill(plan, ("welcome", 10), ("work", 36), ("work", 30), ("break", 20), ("close", 10))
    assert _codes(plan) == ["long_stretch"]


def test_more_than_two_hours_is_said_and_so_is_later_than_people_were_told(plan: Plans) -> None:
    _fill(plan, ("welcome", 20), ("work", 40), ("break", 20), ("work", 31), ("close", 10))
    assert _codes(plan) == ["too_long", "ends_late"]
    warned = plan_warnings.of(plan.now, plan.meeting, ())
    assert warned[0].values == {"minutes": 121}
    assert warned[1].values == {"ends": "15:31", "told": "15:30"}


@pytest.mark.parametrize(
    ("begins", "ends", "late"),
    [
        ("22:30", "23:45", True),
        ("22:00", "00:30", False),
        ("23:15", "00:30", True),
        ("22:30", "00:00", False),
        ("13:30", "", False),
    ],
)
def test_later_than_people_were_told_is_counted_past_midnight(
    plan: Plans, house: House, begins: str, ends: str, *, late: bool
) -> None:
    _fill(plan, ("welcome", 30), ("break", 20), ("work", 30), ("close", 10))
    about = About(plan.meeting.date, begins=begins, ends=ends)
    meeting = house.store.write(meetings.change, plan.meeting, about)
    said = [one.code for one in plan_warnings.of(plan.now, meeting, ())]
    assert ("ends_late" in said) == late


def test_more_than_two_new_methods_are_said_by_name(plan: Plans) -> None:
    _fill(plan, ("welcome", 10), ("close", 10))
    assert _codes(plan, ("Een", "Twee")) == []
    warned = plan_warnings.of(plan.now, plan.meeting, ("Een", "Twee", "Drie"))
    assert [(one.code, one.values) for one in warned] == [("new_methods", {"count": 3, "titles": "Een, Twee, Drie"})]


def test_a_plan_without_a_listening_card_says_so(plan: Plans) -> None:
    plan.take()
    assert "no_listening" in _codes(plan)
    plan.take("kiezen")
    assert "no_listening" not in _codes(plan)


def test_one_who_leads_everything_a_long_block_and_missing_ends_are_said(plan: Plans) -> None:
    plan.do("add", replace(WALK, minutes=41), "-")
    plan.do("add", replace(WALK, minutes=10), "-")
    assert _codes(plan) == ["long_work", "no_welcome", "no_listening", "no_close", "one_leads"]


def test_more_than_six_at_a_table_is_said(plan: Plans) -> None:
    _fill(plan, ("welcome", 10), ("close", 10))
    plan.do("count", Counts(tables=3, people=19), 1)
    assert _codes(plan) == ["crowded"]


def test_cards_of_earlier_meetings_are_known_and_those_of_later_ones_are_not(
    plan: Plans, house: House, workshop: Workshop
) -> None:
    later = house.store.write(meetings.add, workshop.id, About("2027-04-05"))
    plan.take()
    assert CARD in house.store.read(plans.cards_before, later)
    assert house.store.read(plans.cards_before, plan.meeting) == set()
    plan.do("remove", plan.block("Een dag uit mijn leven").id)
    assert CARD not in house.store.read(plans.cards_before, later)
