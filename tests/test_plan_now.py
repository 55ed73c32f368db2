"""The page during a meeting: the block now, what is left, running late, and what everybody in the room sees."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.desk_people import anna, someone
from tests.planned import at, meeting, plan_of, said, standing_clock, take, words
from workshop import clock
from workshop.domain import plan_live, plans
from workshop.domain.facilitators import Facilitator
from workshop.domain.meetings import Meeting
from workshop.house import House

__all__ = ["anna", "at", "meeting", "someone", "standing_clock"]


def test_without_a_plan_the_page_of_the_meeting_leads_to_it(anna: FlaskClient, at: str) -> None:
    assert "Er is nog geen draaiboek" in said(anna, f"{at}/nu")
    answer = anna.post(f"{at}/nu/begin")
    assert answer.status_code == 400
    assert "Maak eerst een draaiboek." in words(answer.text)


def test_the_block_now_what_is_left_and_what_comes_next_are_said(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    assert "Koffie en antwoorden" in said(anna, f"{at}/nu")
    anna.post(f"{at}/nu/begin")
    text = said(anna, f"{at}/nu")
    assert "10 minuten te gaan" in text
    assert "Verder met: Afspraken en een goede dag" in text
    assert "Straks" in text
    clock.shift(minutes=18)
    text = said(anna, f"{at}/nu")
    assert "8 minuten over de tijd" in text
    assert "8 minuten later dan gepland; einde" in text
    first = plan_of(house, meeting).blocks[0]
    anna.post(f"{at}/nu/verder", data={"stuk": first.id})
    assert "15 minuten te gaan" in said(anna, f"{at}/nu")


def test_the_rest_is_made_to_fit_as_the_page_says_beforehand(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    anna.post(f"{at}/nu/begin")
    clock.shift(minutes=20)
    text = said(anna, f"{at}/nu")
    assert "Toch op tijd klaar?" in text
    told = re.findall(r"(\w[^:]*?): (\d+) in plaats van (\d+) minuten", text)
    answer = anna.post(f"{at}/nu/korter")
    minutes = {block.title: block.minutes for block in plan_of(house, meeting).blocks}
    assert sum(int(was) - int(now) for _, now, was in told) == 10
    assert minutes["Pauze"] < 20
    assert "Precies op tijd" in said(anna, answer.location)
    step = re.search(r"stap=(\w+)", answer.location)
    assert step
    back = anna.post(f"{at}/nu/terug", data={"stap": step[1]})
    assert "/nu?" in back.location
    assert "10 minuten later dan gepland" in said(anna, f"{at}/nu")


def test_undo_on_an_older_page_says_that_somebody_went_on(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    anna.post(f"{at}/nu/begin")
    steps = []
    for minutes in (5, 10):
        clock.shift(minutes=minutes)
        now = plan_live.now(plan_of(house, meeting)).block
        assert now
        answer = anna.post(f"{at}/nu/verder", data={"stuk": now.id})
        steps.append(answer.location.split("stap=")[-1].split("&")[0])
    before = plan_of(house, meeting)
    answer = anna.post(f"{at}/nu/terug", data={"stap": steps[0]})
    assert answer.status_code == 400
    text = words(answer.text)
    assert "Iemand ging intussen verder met de bijeenkomst. Er is niets veranderd." in text
    assert before.blocks[2].title in text
    assert plan_of(house, meeting) == before


def test_five_minutes_more_the_other_leads_and_the_next_is_left_out(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    anna.post(f"{at}/nu/begin")
    first, second = plan_of(house, meeting).blocks[:2]
    anna.post(f"{at}/nu/meer", data={"stuk": first.id})
    anna.post(f"{at}/nu/wissel", data={"stuk": first.id, "leidt": "B"})
    anna.post(f"{at}/nu/overslaan", data={"stuk": second.id})
    text = said(anna, f"{at}/nu")
    assert "15 minuten te gaan" in text
    assert "B leidt" in text
    assert "Verder met: Een dag uit mijn leven" in text


def test_a_second_device_hears_that_something_changed(anna: FlaskClient, at: str) -> None:
    take(anna, at)
    before = anna.get(f"{at}/nu/stand").json
    anna.post(f"{at}/nu/begin")
    assert anna.get(f"{at}/nu/stand").json != before


def test_a_program_that_was_killed_goes_on_where_it_was(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    anna.post(f"{at}/nu/begin")
    other = House.open(house.settings)
    try:
        assert plan_live.now(other.store.read(plans.of, meeting.id)).state == "running"
    finally:
        other.close()


def test_afterwards_planned_and_real_stand_side_by_side(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    anna.post(f"{at}/nu/begin")
    passed = 0
    for block in plan_of(house, meeting).blocks:
        passed += block.minutes + 1
        clock.shift(minutes=passed)
        anna.post(f"{at}/nu/verder", data={"stuk": block.id})
    text = said(anna, f"{at}/nu")
    assert "De bijeenkomst is voorbij" in text
    assert "6 minuten later dan gepland" in text
    assert "Koffie en antwoorden 10 11" in text


def test_the_beamer_shows_what_everybody_may_see_and_no_buttons(
    anna: FlaskClient, at: str, facilitator: Facilitator
) -> None:
    take(anna, at)
    anna.post(f"{at}/nu/begin")
    page = anna.get(f"{at}/nu?beamer=ja").text
    assert "Koffie en antwoorden" in page
    assert "Straks, om" in page
    for hidden in ("<form", "Ideeën", facilitator.name, "leidt"):
        assert hidden not in page
