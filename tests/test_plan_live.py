"""A meeting while it goes on: the block now, running late, and planning the rest again."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from cards.recipe_book import recipes as book
from workshop import clock, ids
from workshop.domain import meetings, plan_changes, plan_live, plans
from workshop.domain.facilitators import Facilitator
from workshop.domain.meetings import About, Meeting
from workshop.domain.plan_changes import Written
from workshop.domain.plan_live import Now
from workshop.domain.plans import Plan, PlanBlock
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House


class Day:
    """The day of a meeting of two hours that begins in ten minutes; `wait(5)` lets five minutes pass."""

    def __init__(self, house: House, workshop: Workshop, who: str) -> None:
        clock.shift()
        self.house, self.who = house, who
        now = clock.local(clock.now())
        to_noon = (now.replace(hour=11, minute=50, second=0, microsecond=0) - now).total_seconds()
        self.passed = timedelta(seconds=to_noon)
        clock.shift(seconds=to_noon)
        about = About(clock.today().isoformat(), "Een gewone dag", begins="12:00")
        self.meeting: Meeting = house.store.write(meetings.add, workshop.id, about)
        house.store.write(
            plan_changes.take_recipe, self.meeting, book().find("een-gewone-dag"), "nl", None, who, ids.new()
        )

    def wait(self, minutes: float) -> None:
        self.passed += timedelta(minutes=minutes)
        clock.shift(seconds=self.passed.total_seconds())

    @property
    def plan(self) -> Plan:
        return self.house.store.read(plans.of, self.meeting.id)

    @property
    def now(self) -> Now:
        return plan_live.now(self.plan)

    @property
    def block(self) -> PlanBlock:
        block = self.now.block
        assert block
        return block

    def do(self, verb: str, *args: object, key: str = "") -> str:
        return self.house.store.write(getattr(plan_live, verb), self.meeting, *args, self.who, key or ids.new())

    def do_plan(self, verb: str, *args: object) -> str:
        return self.house.store.write(getattr(plan_changes, verb), self.meeting, *args, self.who, ids.new())

    def forward(self) -> str:
        return self.do("forward", self.block.id)


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time pass but what a test says: a busy machine is not late."""
    began = clock.read(clock.now())
    monkeypatch.setattr(clock, "_moment", lambda: began + clock._shift)


@pytest.fixture
def day(house: House, workshop: Workshop, facilitator: Facilitator) -> Day:
    return Day(house, workshop, facilitator.id)


def test_before_it_begins_the_first_block_is_ready(day: Day) -> None:
    assert day.now.state == "ready"
    assert day.now.next == day.plan.blocks[0]


def test_a_meeting_without_a_plan_cannot_begin(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    bare = house.store.write(meetings.add, workshop.id, About("2027-03-01"))
    assert plan_live.now(house.store.read(plans.of, bare.id)).state == "empty"
    with pytest.raises(Refused, match="nothing in the plan"):
        house.store.write(plan_live.begin, bare, facilitator.id, ids.new())


def test_beginning_on_time_is_not_late(day: Day) -> None:
    day.wait(10)
    day.do("begin")
    assert (day.now.state, day.now.left, day.now.late) == ("running", 10, 0)
    assert day.now.next == day.plan.blocks[1]
    day.wait(4)
    assert day.now.left == 6
    assert _clock(day.now.ends) == "14:00"


def test_beginning_eight_minutes_later_than_told_is_eight_minutes_late(day: Day) -> None:
    day.wait(18)
    day.do("begin")
    assert day.now.late == 8
    assert _clock(day.now.ends) == "14:08"


def test_beginning_early_is_early(day: Day) -> None:
    day.do("begin")
    assert day.now.late == -10


def test_a_rehearsal_in_the_evening_is_not_hours_late(day: Day) -> None:
    day.wait(8 * 60)
    day.do("begin")
    assert day.now.late == 0


def test_trying_it_out_the_day_before_is_not_early(day: Day) -> None:
    day.wait(10 - 24 * 60)
    day.do("begin")
    assert day.now.late == 0


def test_beginning_twice_begins_once(day: Day) -> None:
    day.wait(10)
    day.do("begin")
    day.wait(3)
    assert day.do("begin") == ""
    assert day.now.left == 7


def test_a_block_that_takes_too_long_makes_the_end_later(day: Day) -> None:
    day.wait(10)
    day.do("begin")
    day.wait(15)
    assert (day.now.left, day.now.late) == (-5, 5)
    day.forward()
    assert (day.block.title, day.now.left, day.now.late) == ("Afspraken en een goede dag", 15, 5)


def test_next_on_two_devices_at_once_goes_one_block_on(day: Day) -> None:
    day.do("begin")
    seen = day.block.id
    assert day.do("forward", seen)
    assert day.do("forward", seen) == ""
    assert day.block == day.plan.blocks[1]


def test_after_the_last_block_the_meeting_is_over(day: Day) -> None:
    day.wait(10)
    day.do("begin")
    for block in day.plan.blocks:
        day.wait(block.minutes)
        day.forward()
    assert (day.now.state, day.now.late) == ("over", 0)
    day.wait(60)
    assert day.now.late == 0, "what is over does not run on"
    assert [one.real for one in plan_live.took(day.plan)] == [10, 15, 40, 20, 25, 10]


def test_five_minutes_more_and_less(day: Day) -> None:
    day.do("begin")
    key = ids.new()
    day.do("stretch", day.block.id, 5, key=key)
    day.do("stretch", day.block.id, 5, key=key)
    assert day.block.minutes == 15, "the same press twice is once"
    for _ in range(4):
        day.do("stretch", day.block.id, -5)
    assert day.block.minutes == 1
    assert day.block.planned == 10, "what was planned stays known"


def test_a_block_that_is_skipped_is_not_begun_and_its_minutes_are_won(day: Day) -> None:
    day.wait(10)
    day.do("begin")
    second = day.plan.blocks[1]
    step = day.do("skip", second.id)
    assert day.do("skip", second.id) == ""
    assert day.now.late == -15
    on = day.forward()
    assert day.block == day.plan.blocks[2]
    assert day.plan.blocks[1].left_out
    assert plan_live.took(day.plan)[1].real is None
    assert day.house.store.write(plans.undo, day.meeting, on)
    assert day.house.store.write(plans.undo, day.meeting, step)
    assert not day.plan.blocks[1].left_out


def test_the_rest_gets_shorter_so_that_it_ends_on_time(day: Day) -> None:
    day.wait(10)
    day.do("begin")
    day.wait(20)
    assert day.now.late == 10
    said = plan_live.shorter(day.plan, day.now.late)
    step = day.do("shorten")
    assert day.now.late == 0
    assert {block.id: block.minutes for block in day.plan.blocks if block.id in said} == said
    assert day.do("shorten") == "", "twice is once"
    assert day.house.store.write(plans.undo, day.meeting, step)
    assert day.now.late == 10


def test_nothing_gets_shorter_than_people_need(day: Day) -> None:
    day.do("begin")
    said = plan_live.shorter(day.plan, 500)
    left = [said.get(block.id, block.minutes) for block in day.plan.blocks]
    assert left == [10, 10, 10, 10, 10, 5]
    assert plan_live.shorter(day.plan, 0) == {}
    assert plan_live.shorter(day.plan, -5) == {}


def test_minutes_given_up_are_exactly_those_needed(day: Day) -> None:
    day.do("begin")
    for late in range(1, 71):
        said = plan_live.shorter(day.plan, late)
        spared = sum(day.plan.block(one).minutes - minutes for one, minutes in said.items())
        assert spared == min(late, 5 + 30 + 10 + 15 + 5), late


def test_the_other_facilitator_takes_over_once(day: Day) -> None:
    day.do("begin")
    day.do("hand_over", day.block.id, "B")
    assert day.do("hand_over", day.block.id, "B") == ""
    assert day.block.leads == "B"


def test_planning_again_makes_the_paper_an_older_edition_and_going_on_does_not(day: Day, house: House) -> None:
    house.store.write(plans.printed, day.meeting.id)
    day.do("begin")
    day.forward()
    assert not day.plan.old_on_paper
    day.do("stretch", day.block.id, 5)
    assert day.plan.old_on_paper


def test_what_began_stays_and_a_new_block_comes_after_it(day: Day) -> None:
    day.do("begin")
    day.forward()
    write = day.house.store.write
    first, second = day.plan.blocks[:2]
    for block in (first, second):
        with pytest.raises(Refused, match="begun already"):
            write(plan_changes.remove, day.meeting, block.id, day.who, ids.new())
        with pytest.raises(Refused, match="begun already"):
            write(plan_changes.move, day.meeting, block.id, "", day.who, ids.new())
    with pytest.raises(Refused, match="has begun"):
        write(plan_changes.take_recipe, day.meeting, book().find("kiezen"), "nl", None, day.who, ids.new())
    write(plan_changes.add, day.meeting, Written("break", 5, "A", "Even luchten"), "", day.who, ids.new())
    assert [block.title for block in day.plan.blocks][2] == "Even luchten"
    assert plan_live.took(day.plan)[2].planned is None


def test_every_press_can_be_undone_back_to_before_it_began(day: Day) -> None:
    before = day.plan
    steps = [day.do("begin"), day.forward(), day.do("stretch", day.block.id, 5), day.forward(), day.do("shorten")]
    for step in filter(None, reversed(steps)):
        assert day.house.store.write(plans.undo, day.meeting, step)
    after = day.plan
    assert [(one.minutes, one.began_at, one.planned) for one in after.blocks] == [
        (one.minutes, None, None) for one in before.blocks
    ]
    assert day.now.state == "ready"


@pytest.mark.parametrize("press", ["begin", "forward", "skip"])
def test_a_press_is_not_undone_once_somebody_went_on(day: Day, press: str) -> None:
    begun = day.do("begin")
    day.wait(1)
    third = day.plan.blocks[2].id
    step = begun if press == "begin" else day.forward() if press == "forward" else day.do("skip", third)
    day.wait(1)
    on = day.forward()
    before = day.plan
    with pytest.raises(Refused, match="went on"):
        day.house.store.write(plans.undo, day.meeting, step)
    assert day.plan == before
    assert len([one for one in before.blocks if one.began_at and not one.ended_at]) == 1
    assert day.house.store.write(plans.undo, day.meeting, on)
    assert day.house.store.write(plans.undo, day.meeting, step)


def test_a_programme_of_a_meeting_that_began_is_not_undone(day: Day) -> None:
    taken = day.do_plan("take_recipe", book().find("kiezen"), "nl", None)
    day.wait(10)
    day.do("begin")
    before = day.plan
    with pytest.raises(Refused, match="went on"):
        day.house.store.write(plans.undo, day.meeting, taken)
    assert day.plan == before


def test_a_block_at_work_stays_when_adding_it_is_undone(day: Day) -> None:
    added = day.do_plan("add", Written("welcome", 5, "A", "Jassen"), "")
    day.wait(10)
    day.do("begin")
    assert not day.house.store.write(plans.undo, day.meeting, added)
    assert day.block.title == "Jassen"


def test_a_page_that_watches_sees_every_press(day: Day) -> None:
    seen = [day.house.store.read(plans.beats, day.meeting.id)]
    step = day.do("begin")
    seen.append(day.house.store.read(plans.beats, day.meeting.id))
    day.house.store.write(plans.undo, day.meeting, step)
    seen.append(day.house.store.read(plans.beats, day.meeting.id))
    assert all(one < other for one, other in itertools.pairwise(seen))


def _clock(moment: str) -> str:
    return f"{clock.local(moment):%H:%M}"
