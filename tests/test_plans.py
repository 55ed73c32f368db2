"""The plan of a meeting: its blocks, their clock times, what can be undone, and what is odd about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from cards.recipe import Counts, Use
from cards.recipe_book import recipes as book
from tests.conftest import CARD
from tests.desk_people import Share, share
from tests.plan_cases import ORDINARY, WALK, Plans, meeting, plan
from workshop import clock, ids
from workshop.domain import meetings, plan_changes, plans
from workshop.domain.meetings import About
from workshop.domain.plan_changes import Written
from workshop.domain.plans import Plan, PlanBlock
from workshop.domain.workshops import Workshop
from workshop.errors import Refused, Stale
from workshop.house import House

__all__ = ["meeting", "plan", "share"]


def test_a_meeting_without_a_plan_has_an_empty_one(plan: Plans) -> None:
    assert plan.now == Plan(plan.meeting.id)


def test_a_recipe_becomes_a_plan_in_the_language_of_the_workshop(plan: Plans) -> None:
    plan.take()
    recipe = book().find(ORDINARY)
    assert recipe
    assert plan.titles == [block.title["nl"] for block in recipe.blocks]
    assert [block.cards for block in plan.now.blocks] == [block.cards for block in recipe.blocks]
    assert plan.now.minutes == recipe.minutes
    assert (plan.now.recipe_id, plan.now.idea_cards, plan.now.tables) == (ORDINARY, 2, 4)


def test_clock_times_follow_from_the_minutes_before(plan: Plans) -> None:
    plan.take()
    assert [f"{at:%H:%M}" for at, _ in plan.now.at(time(13, 30))] == [
        "13:30",
        "13:40",
        "13:55",
        "14:35",
        "14:55",
        "15:20",
    ]
    first = plan.now.blocks[0]
    plan.do("change", first.id, first.version, replace(_written(first), minutes=20))
    assert f"{plan.now.at(time(13, 30))[1][0]:%H:%M}" == "13:50"
    assert plan.now.ends(time(13, 30)) == time(15, 40)


def test_a_plan_past_midnight_starts_the_clock_again(plan: Plans) -> None:
    plan.take()
    assert plan.now.ends(time(23, 0)) == time(1, 0)


def test_taking_over_another_recipe_replaces_the_first_and_undo_brings_it_back(plan: Plans) -> None:
    plan.take()
    before = plan.now
    step = plan.take("kiezen")
    assert plan.now.recipe_id == "kiezen"
    assert plan.undo(step)
    assert plan.now == before
    assert plan.undo(step), "twice is once"
    assert plan.now == before


def test_the_same_form_twice_takes_a_recipe_over_once(plan: Plans) -> None:
    key = ids.new()
    plan.take(key=key)
    before = plan.now
    assert plan.take(key=key) == ""
    assert plan.now == before


def test_what_participants_asked_for_stays_when_a_recipe_is_taken_over(plan: Plans, house: House, share: Share) -> None:
    idea = share("Over het parkeren praten")
    written = plan_changes.from_idea(idea)
    house.store.write(
        plan_changes.add, plan.meeting, written, "", plan.who, ids.new(), what="proposed", idea_id=idea.id
    )
    plan.take()
    assert plan.titles[-2:] == ["Over het parkeren praten", "Eén woord en een datum"]


def test_a_new_block_comes_where_one_asks_and_before_the_close_when_one_does_not(plan: Plans) -> None:
    plan.take()
    plan.do("add", WALK, plan.block("Pauze").id)
    assert plan.titles[4] == WALK.title
    plan.do("add", replace(WALK, title="Nog een rondje"), "-")
    assert plan.titles[-2] == "Nog een rondje"
    plan.do("add", replace(WALK, title="Eerst dit"), "")
    assert plan.titles[0] == "Eerst dit"


def test_the_same_form_twice_adds_one_block(plan: Plans) -> None:
    key = ids.new()
    assert plan.do("add", WALK, "-", key=key)
    assert plan.do("add", WALK, "-", key=key) == ""
    assert plan.titles == [WALK.title]


def test_a_block_of_a_card_takes_as_long_as_the_card_and_knows_its_other_way(plan: Plans, house: House) -> None:
    card = house.library.find(CARD, "nl")
    assert card
    made = plan_changes.from_card(card)
    assert made.minutes == card.duration.max
    assert made.title == card.title
    assert made.other_way
    assert made.cards == (Use(card=CARD),)
    listening = house.library.find("luisteren/01-eerst-luisteren", "nl")
    assert listening
    assert plan_changes.from_card(listening).kind == "listen"


def test_two_facilitators_change_different_blocks_without_loss(plan: Plans) -> None:
    plan.take()
    one, other = plan.now.blocks[0], plan.now.blocks[1]
    plan.do("change", one.id, one.version, replace(_written(one), title="Thee"))
    plan.do("change", other.id, other.version, replace(_written(other), title="Verhalen"))
    assert plan.titles[:2] == ["Thee", "Verhalen"]


def test_who_changes_a_block_that_another_changed_first_is_told(plan: Plans) -> None:
    plan.take()
    seen = plan.now.blocks[0]
    plan.do("change", seen.id, seen.version, replace(_written(seen), title="Thee"))
    with pytest.raises(Stale) as stale:
        plan.do("change", seen.id, seen.version, replace(_written(seen), title="Soep"))
    assert isinstance(stale.value.now, PlanBlock)
    assert stale.value.now.title == "Thee"
    assert plan.titles[0] == "Thee"


def test_moving_a_block_leaves_what_another_is_typing_in_it_valid(plan: Plans) -> None:
    plan.take()
    seen = plan.block("Pauze")
    plan.do("step_by", seen.id, -1)
    assert plan.titles[2] == "Pauze"
    plan.do("change", seen.id, seen.version, replace(_written(seen), minutes=25))
    assert plan.block("Pauze").minutes == 25


def test_moving_past_the_ends_changes_nothing(plan: Plans) -> None:
    plan.take()
    before = plan.now
    assert plan.do("step_by", before.blocks[0].id, -1) == ""
    assert plan.do("step_by", before.blocks[-1].id, 1) == ""
    assert plan.do("move", before.blocks[1].id, before.blocks[0].id) == "", "it is there already"
    assert plan.now == before


def test_a_block_can_be_moved_up_and_down_a_hundred_times_and_every_move_undone(plan: Plans) -> None:
    plan.take()
    before = plan.titles
    steps = []
    for turn in range(100):
        key = plan.now.blocks[0].id if turn % 2 else plan.now.blocks[2].id
        steps.append(plan.do("move", key, plan.now.blocks[1].id if turn % 2 else plan.now.blocks[0].id))
    for step in reversed(steps):
        assert not step or plan.undo(step)
    assert plan.titles == before


def test_taking_a_block_away_can_be_undone_after_other_changes(plan: Plans) -> None:
    plan.take()
    step = plan.do("remove", plan.block("Pauze").id)
    assert "Pauze" not in plan.titles
    plan.do("add", WALK, "-")
    assert plan.undo(step)
    assert plan.titles[3] == "Pauze"
    assert WALK.title in plan.titles


def test_undo_leaves_what_somebody_changed_since(plan: Plans) -> None:
    plan.take()
    first = plan.now.blocks[0]
    step = plan.do("change", first.id, first.version, replace(_written(first), title="Thee", minutes=20))
    seen = plan.now.blocks[0]
    plan.do("change", seen.id, seen.version, replace(_written(seen), title="Soep"))
    assert not plan.undo(step), "only part of it could be undone"
    assert plan.now.blocks[0].title == "Soep"
    assert plan.now.blocks[0].minutes == first.minutes


def test_undo_never_throws_away_what_somebody_wrote_in_a_new_block_since(plan: Plans) -> None:
    plan.take()
    clock.shift(minutes=1)
    again = plan.take("kiezen")
    clock.shift(minutes=2)
    added = plan.do("add", WALK, "-")
    clock.shift(minutes=3)
    ours, theirs = plan.block(WALK.title), plan.now.blocks[1]
    for block, title in ((ours, "Een ommetje"), (theirs, "Soep")):
        plan.do("change", block.id, block.version, replace(_written(block), title=title))
    assert not plan.undo(added)
    assert not plan.undo(again)
    assert {"Een ommetje", "Soep"} <= set(plan.titles)


def test_undo_takes_a_new_block_away_once_what_changed_in_it_is_undone_too(plan: Plans) -> None:
    plan.take()
    before = plan.titles
    added = plan.do("add", WALK, "-")
    clock.shift(minutes=1)
    ours = plan.block(WALK.title)
    changed = plan.do("change", ours.id, ours.version, replace(WALK, minutes=20))
    assert plan.undo(changed)
    assert plan.undo(added)
    assert plan.titles == before


def test_a_second_one_of_a_block_comes_right_after_it(plan: Plans) -> None:
    plan.take()
    plan.do("again", plan.block("Pauze").id)
    assert plan.titles[3:5] == ["Pauze", "Pauze"]


def test_a_and_b_swap_halfway_by_minutes(plan: Plans) -> None:
    for minutes in (50, 10, 20, 40):
        plan.do("add", replace(WALK, minutes=minutes, title=f"{minutes} minuten"), "-")
    plan.do("swap_halfway")
    assert [block.leads for block in plan.now.blocks] == ["A", "A", "B", "B"]
    assert plan.do("swap_halfway") == "", "twice is once"


def test_the_first_change_after_a_print_makes_a_new_edition_and_the_next_ones_do_not(plan: Plans, house: House) -> None:
    plan.take()
    assert (plan.now.version, plan.now.old_on_paper) == (1, False)
    house.store.write(plans.printed, plan.meeting.id)
    assert plan.now.printed_version == 1
    plan.do("swap_halfway")
    plan.do("remove", plan.block("Pauze").id)
    assert (plan.now.version, plan.now.printed_version, plan.now.old_on_paper) == (2, 1, True)
    house.store.write(plans.printed, plan.meeting.id)
    assert not plan.now.old_on_paper
    plan.do("count", Counts(tables=5, people=24, large=2), 1)
    assert plan.now.version == 3


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": "  "}, "plan_title"),
        ({"title": "x" * 61}, "plan_title_long"),
        ({"words": "x" * 401}, "plan_words_long"),
        ({"other_way": "x" * 201}, "plan_other_way_long"),
        ({"minutes": 0}, "plan_minutes"),
        ({"minutes": 241}, "plan_minutes"),
        ({"kind": "dans"}, "plan_kind"),
        ({"leads": "C"}, "plan_kind"),
    ],
)
def test_what_no_block_can_be_is_refused(plan: Plans, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        plan.do("add", replace(WALK, **wrong), "-")  # type: ignore[arg-type]
    assert refused.value.code == code
    assert plan.titles == []


def test_a_plan_has_at_most_24_blocks(plan: Plans) -> None:
    for number in range(plan_changes.MOST_BLOCKS):
        plan.do("add", replace(WALK, title=f"Stuk {number}"), "-")
    with pytest.raises(Refused, match="plan_full"):
        plan.do("add", WALK, "-")


def test_the_cards_of_a_block_are_cards_and_at_most_six() -> None:
    assert plan_changes.uses([CARD, CARD], ["table", "person"]) == (Use(card=CARD, per="person"),)
    with pytest.raises(Refused):
        plan_changes.uses(["../etc/passwd"], ["table"])
    with pytest.raises(Refused):
        plan_changes.uses([CARD], ["everybody"])
    with pytest.raises(Refused):
        plan_changes.uses([f"verhalen/0{number}-een" for number in range(1, 8)], ["table"] * 7)


def test_a_block_of_another_meeting_is_out_of_reach(plan: Plans, house: House, workshop: Workshop) -> None:
    plan.take()
    other = house.store.write(meetings.add, workshop.id, About("2027-04-05"))
    elsewhere = Plans(house, other, plan.who)
    with pytest.raises(Refused, match="not there any more"):
        elsewhere.do("remove", plan.now.blocks[0].id)
    step = plan.do("remove", plan.now.blocks[0].id)
    with pytest.raises(Refused):
        elsewhere.undo(step)
    with pytest.raises(Refused):
        elsewhere.do("add", WALK, "-", key=step)


def test_a_plan_is_printed_and_counted_like_a_recipe(plan: Plans) -> None:
    plan.take()
    recipe = plans.as_recipe(plan.now, plan.meeting, "Een gewone dag in De Linde")
    assert recipe.title["nl"] == "Een gewone dag in De Linde"
    assert recipe.bring, "what to bring comes from the recipe it was made from"
    assert [f"{at:%H:%M}" for at, _ in recipe.at(time(13, 30))][:2] == ["13:30", "13:40"]
    amounts = recipe.amounts(4, 20, 3)
    by_card = {one.card: one.copies for one in amounts.cards}
    assert by_card["samen-ontwerpen/01-een-dag-uit-mijn-leven"] == 4
    assert (amounts.idea_cards, amounts.large_idea_cards) == (34, 6)


def test_a_plan_made_by_hand_is_a_recipe_too(plan: Plans) -> None:
    plan.do("add", Written("work", 10, "B", "Alleen dit", cards=(Use(card=CARD),)), "-")
    recipe = plans.as_recipe(plan.now, plan.meeting, "Kort")
    assert [block.title["en"] for block in recipe.blocks] == ["Alleen dit"]
    assert recipe.prepare == ()
    assert recipe.amounts(2, 10).cards[0].copies == 2


# What is odd about a plan


def _written(block: PlanBlock) -> Written:
    return Written(block.kind, block.minutes, block.leads, block.title, block.words, block.other_way, block.cards)
