"""Question-first minutes: for a while only questions can be sent, and nothing anybody wrote is lost by it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests import returned
from tests.desk_people import Share, Someone, now, share, someone
from tests.phone import share as send
from workshop import clock
from workshop.domain import curating, ideas, questions, sifting, trajectory, workshops
from workshop.domain.curating import Filter
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

__all__ = ["share", "someone"]


def start(house: House, workshop: Workshop, minutes: int = 10) -> None:
    house.store.write(questions.start, workshop.id, minutes)


def newest(house: House, workshop: Workshop) -> Idea:
    return house.store.read(curating.stream, workshop.id, Filter())[0]


def test_every_card_asks_for_a_question_and_what_is_sent_is_one(
    house: House, workshop: Workshop, door: Door, in_group: FlaskClient, outside: FlaskClient
) -> None:
    start(house, workshop)
    for phone in (in_group, outside):
        page = phone.get(f"/{door.number}").text
        assert "Nu alleen vragen" in page
        assert "Uw vraag (kort of lang, alles is goed)" in page
        assert "Uw idee (kort of lang" not in page
    thanks = in_group.get(send(in_group, door, "Wie betaalt dat?", vraag="ja").location).text
    assert "Dank u wel. Uw vraag is aangekomen." in thanks
    assert newest(house, workshop).question


def test_after_the_minutes_it_is_as_before_by_itself(
    house: House, workshop: Workshop, door: Door, in_group: FlaskClient
) -> None:
    start(house, workshop, 5)
    clock.shift(minutes=5, seconds=1)
    page = in_group.get(f"/{door.number}").text
    assert "Nu alleen vragen" not in page
    assert "Uw idee (kort of lang, alles is goed)" in page
    send(in_group, door, "Een bankje.")
    assert not newest(house, workshop).question


def test_what_somebody_was_writing_before_is_taken_in_as_an_idea_and_a_late_question_as_a_question(
    house: House, workshop: Workshop, door: Door, in_group: FlaskClient
) -> None:
    start(house, workshop)
    send(in_group, door, "Een bankje.")  # from a form without the mark: opened before
    assert not newest(house, workshop).question
    clock.shift(minutes=30)
    send(in_group, door, "Van wie is dat bankje?", vraag="ja")
    assert newest(house, workshop).question


def test_an_empty_question_is_asked_for_again_as_a_question_also_when_the_minutes_are_over(
    house: House, workshop: Workshop, door: Door, in_group: FlaskClient
) -> None:
    answer = send(in_group, door, "", vraag="ja")
    assert answer.status_code == 422
    assert "Schrijf of spreek uw vraag in." in answer.text
    assert 'name="vraag"' in answer.text


def test_the_desk_starts_them_shows_a_calm_clock_and_stops_them(
    house: House, workshop: Workshop, door: Door, someone: Someone, in_group: FlaskClient
) -> None:
    anna = someone("facilitator")
    page = anna.post(f"/bureau/{workshop.id}/afspraken/vragen", data={"minuten": "10"}, follow_redirects=True).text
    assert "Nog 10 minuten" in page
    assert "Stop nu" in page
    assert "Stop nu" not in someone("observer").get(f"/bureau/{workshop.id}/afspraken").text
    page = anna.post(f"/bureau/{workshop.id}/afspraken/vragen", follow_redirects=True).text
    assert "Nog 10 minuten" not in page
    assert "Nu alleen vragen" not in in_group.get(f"/{door.number}").text


def test_another_number_of_minutes_is_refused(house: House, workshop: Workshop, someone: Someone) -> None:
    with pytest.raises(Refused, match="question_minutes"):
        start(house, workshop, 60)
    answer = someone("facilitator").post(f"/bureau/{workshop.id}/afspraken/vragen", data={"minuten": "60"})
    assert answer.status_code == 400
    assert "Kies 5, 10 of 15 minuten." in answer.text


def test_minutes_count_down_with_the_one_that_runs(house: House, workshop: Workshop) -> None:
    start(house, workshop)
    for seconds, left in ((1, 10), (61, 9), (599, 1), (601, 0)):
        clock.shift(seconds=seconds)
        there = house.store.read(workshops.at_door, workshop.id)
        assert questions.minutes_left(there) == left


def test_questions_carry_a_mark_and_can_be_looked_at_by_themselves(
    house: House, workshop: Workshop, share: Share, someone: Someone
) -> None:
    share("Een bankje.")
    question = share("Wie betaalt dat?", question=True)
    sifted = house.store.read(sifting.sift, workshop.id, Filter(mark="question"))
    assert sifted.keys == [question.id]
    assert sifted.counts["mark"] == {"question": 1}
    page = someone("facilitator").get(f"/bureau/{workshop.id}/ideeen?merk=question").text
    assert '<span class="chip">Vraag</span>' in page
    assert "Een bankje." not in page
    assert "Een bankje." in someone("facilitator").get(f"/bureau/{workshop.id}/ideeen?merk=onzin").text


def test_what_came_on_paper_is_a_question_when_whoever_types_it_over_says_so(
    house: House, workshop: Workshop, share: Share, someone: Someone, facilitator: Facilitator
) -> None:
    (idea,) = returned.cards(house, workshop, facilitator.id, 1)
    address = f"/bureau/{workshop.id}/overtypen/{idea.id}"
    assert "Dit is een vraag" not in someone("facilitator").get(address).text
    house.store.write(trajectory.turn, workshop, "learning", 1)
    assert "Dit is een vraag" in someone("facilitator").get(address).text
    typed = {"woorden": "Wie betaalt dat?", "versie": str(idea.version), "mag-vraag": "1", "vraag": "on"}
    someone("facilitator").post(address, data=typed)
    assert now(house, idea).question
    again = {"woorden": "Wie betaalt dat?", "versie": str(now(house, idea).version), "mag-vraag": "1"}
    someone("facilitator").post(address, data=again)
    assert not now(house, idea).question


def test_a_circle_that_never_asked_for_it_sees_nothing_of_all_this(
    house: House, workshop: Workshop, door: Door, in_group: FlaskClient
) -> None:
    page = in_group.get(f"/{door.number}").text
    for words in ("Nu alleen vragen", "Dit blijft hier", "Onze afspraken", 'name="vraag"', 'name="blijft"'):
        assert words not in page
    send(in_group, door, "Een bankje.")
    receipt = newest(house, workshop).receipt
    for path in (f"/bedankt/{receipt}", f"/bewijs/{receipt}"):
        assert "blijft hier" not in in_group.get(path).text
    house.store.write(trajectory.turn, workshop, "learning", 1)
    assert 'name="blijft"' in in_group.get(f"/{door.number}").text
    assert "Dit blijft hier" in in_group.get(f"/bewijs/{receipt}").text
    assert not house.store.read(ideas.by_receipt, receipt).stays  # type: ignore[union-attr]
