"""The nine steps: what there is and what is missing, derived from what was done; at the desk, on paper, in JSON."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.desk_people import Share, anna, bram, share, someone
from tests.phone import text
from workshop import clock
from workshop.domain import (
    actions,
    doors,
    frames,
    ideas,
    mandates,
    meetings,
    parking,
    reflections,
    results,
    rhythm,
    seats,
    series,
    steps,
    trajectory,
    trials,
    workshops,
)
from workshop.domain.actions import Promise
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Sent
from workshop.domain.mandates import Given
from workshop.domain.meetings import About
from workshop.domain.network_cards import WHY_NOW
from workshop.domain.steps import Step
from workshop.domain.workshops import Workshop, at_door
from workshop.house import House
from workshop.steps_said import said
from workshop.store import Tx

__all__ = ["anna", "share", "someone"]


@pytest.fixture(autouse=True)
def _workshop(house: House, workshop: Workshop) -> None:
    """Every workshop here is one that tries things out together."""
    house.store.write(trajectory.turn, workshop, "workshop", 1)


def step(house: House, workshop: Workshop, part: str) -> Step:
    now = house.store.read(at_door, workshop.id)
    return next(one for one in house.store.read(steps.of, now) if one.part == part)


def missing(house: House, workshop: Workshop, part: str) -> tuple[str, ...]:
    now = house.store.read(at_door, workshop.id)
    rows = house.store.read(said, now, house.library_of(workshop.id), "nl")
    return next(one.missing for one in rows if one.part == part)


def why_now(house: House, workshop: Workshop, perspective: str, words: str) -> None:
    door = house.store.write(doors.open_for, workshop.id, [WHY_NOW])[WHY_NOW]
    sent = Sent(words, "group", words, "", "number", perspective=perspective)
    house.store.write(ideas.place, door, sent)


def held(house: House, workshop: Workshop, present: dict[str, int], day: str = "") -> None:
    """A meeting of today or another day, with so many people from each side."""
    made = house.store.write(meetings.add, workshop.id, About(day or clock.today().isoformat()))
    house.store.write(meetings.note_present, made, present)


def test_a_new_workshop_has_nine_open_steps_and_says_what_each_misses(house: House, workshop: Workshop) -> None:
    found = house.store.read(steps.of, house.store.read(at_door, workshop.id))
    assert [one.part for one in found] == list(trajectory.STEPS)
    assert {one.state for one in found} == {"open", "busy"}
    assert all(one.missing for one in found)
    assert [one.part for one in found if one.evidence] == ["rhythm"], "one meeting is planned, and nothing else"


def test_the_frame_is_done_when_inside_and_outside_are_said(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    house.store.write(frames.change, workshop.id, 0, "Ontmoeten", "", facilitator.id)
    assert step(house, workshop, "frame").state == "busy"
    assert missing(house, workshop, "frame") == ("waar het niet over gaat",)
    house.store.write(frames.change, workshop.id, 1, "Ontmoeten", "Verkeer", facilitator.id)
    house.store.write(parking.park, share(), facilitator.id, "Verkeer")
    done = step(house, workshop, "frame")
    assert done.state == "done"
    assert done.evidence[-1].values == {"count": 1}


def test_urgency_stays_open_until_every_side_at_the_table_wrote_why_now(house: House, workshop: Workshop) -> None:
    house.store.write(seats.note, workshop.id, {"gemeente": (1, 1), "client": (2, 0)})
    held(house, workshop, {"client": 5, "professional": 1})
    for nr in range(3):
        why_now(house, workshop, "client", f"Omdat het nu moet {nr}")
    why_now(house, workshop, "professional", "Omdat het kan")
    found = step(house, workshop, "urgency")
    assert found.state == "busy"
    assert missing(house, workshop, "urgency") == (
        "een kaart “Waarom nu?” van: gemeente",
        "van iedereen een kaart (er waren 6 mensen)",
    )
    why_now(house, workshop, "gemeente", "Omdat er geld is")
    assert step(house, workshop, "urgency").state == "done", "that somebody wrote no card is said, and no hindrance"
    assert missing(house, workshop, "urgency") == ("van iedereen een kaart (er waren 6 mensen)",)


def test_urgency_needs_to_know_who_belongs_at_the_table(house: House, workshop: Workshop) -> None:
    why_now(house, workshop, "client", "Omdat het nu moet")
    assert step(house, workshop, "urgency").state == "busy"
    assert missing(house, workshop, "urgency") == ("welke perspectieven aan tafel horen",)


def test_people_at_a_small_meeting_are_not_counted_aloud(house: House, workshop: Workshop) -> None:
    held(house, workshop, {"client": 4})
    why_now(house, workshop, "client", "Omdat het nu moet")
    assert missing(house, workshop, "urgency") == ()


def test_perspectives_names_who_is_not_invited_and_who_did_not_come(house: House, workshop: Workshop) -> None:
    house.store.write(seats.note, workshop.id, {"gemeente": (1, 0), "onderwijs": (1, 1), "client": (2, 2)})
    assert missing(house, workshop, "perspectives") == (
        "een uitnodiging voor: gemeente",
        "een bijeenkomst waar geteld is wie er waren",
    ), "nobody is absent before there was a meeting"
    held(house, workshop, {"client": 3}, (clock.today() - timedelta(days=42)).isoformat())
    assert step(house, workshop, "perspectives").state == "busy"
    assert missing(house, workshop, "perspectives") == (
        "een uitnodiging voor: gemeente",
        "iemand aan tafel namens: onderwijs",
    )
    held(house, workshop, {"client": 1, "gemeente": 1, "onderwijs": 1})
    assert step(house, workshop, "perspectives").state == "done"


def test_the_mandate_is_done_while_a_signed_one_holds_and_says_when_it_expired(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    until = (clock.today() + timedelta(days=30)).isoformat()
    given = house.store.write(mandates.give, workshop.id, None, Given("Mevrouw Bos", "Proberen", until), facilitator.id)
    assert step(house, workshop, "mandate").state == "busy"
    assert missing(house, workshop, "mandate") == ("een handtekening van Mevrouw Bos",)
    house.store.write(mandates.sign, given, "paper")
    assert step(house, workshop, "mandate").state == "done"
    clock.shift(days=40)
    assert step(house, workshop, "mandate").state == "busy"
    assert missing(house, workshop, "mandate")[0].startswith("een nieuw mandaat: dat van Mevrouw Bos liep tot en met")


def test_a_trial_that_stands_still_keeps_the_mandate_open(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    who, until = facilitator.id, (clock.today() + timedelta(days=30)).isoformat()
    trial = house.store.write(trials.make, workshop.id, trials.About("Bank", "Zit hij?"), who)
    house.store.write(mandates.give, workshop.id, trial.id, Given("Bos", "Proberen", until, "paper"), who)
    house.store.write(trials.start, house.store.read(trials.find, workshop.id, trial.id), who)
    assert step(house, workshop, "mandate").state == "done", "every trial that goes on is allowed"
    clock.shift(days=40)
    assert step(house, workshop, "mandate").state == "open"
    assert missing(house, workshop, "mandate")[-1] == "een nieuw mandaat voor 1 proef die stilstaat"


def test_two_facilitators_from_the_same_side_get_a_hint(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    assert missing(house, workshop, "facilitators") == ("een tweede begeleider",)
    second = bram(house)
    house.store.write(_join, workshop.id, second)
    assert missing(house, workshop, "facilitators") == ("vanuit welk perspectief 2 begeleiders kijken",)
    for who in (facilitator.id, second):
        house.store.write(workshops.take_perspective, workshop.id, who, "professional")
    assert missing(house, workshop, "facilitators") == ("een begeleider met een ander perspectief dan professional",)
    assert step(house, workshop, "facilitators").state == "busy"
    house.store.write(workshops.take_perspective, workshop.id, second, "ervaringsdeskundige")
    assert step(house, workshop, "facilitators").state == "done"


def _join(tx: Tx, workshop_id: str, who: str) -> None:
    tx.workshops.join(workshop_id=workshop_id, facilitator_id=who, role="facilitator", at=clock.now())


def test_responsibility_is_done_when_half_of_at_least_three_tasks_lie_with_the_group(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    for nr in range(2):
        house.store.write(actions.add, workshop.id, Promise(f"Taak {nr}", "facilitator"), facilitator.id)
    assert missing(house, workshop, "responsibility") == ("nog 1 taak: pas bij drie is iets te zien",)
    house.store.write(actions.add, workshop.id, Promise("Taak 3", "group"), facilitator.id)
    assert step(house, workshop, "responsibility").state == "busy"
    assert "2 van de 3 taken liggen bij begeleiders." in text(at_desk.get(f"/bureau/{workshop.id}/traject"))
    house.store.write(actions.add, workshop.id, Promise("Taak 4", "other"), facilitator.id)
    assert step(house, workshop, "responsibility").state == "done"


def test_looking_back_is_done_after_one_meeting_in_all_three_layers(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    made = house.store.write(meetings.add, workshop.id, About(clock.today().isoformat()))
    about = reflections.About(meeting_id=made.id)
    house.store.write(reflections.write, workshop.id, about, "doing", "Het ging goed.", facilitator.id)
    assert step(house, workshop, "reflection").state == "busy"
    assert missing(house, workshop, "reflection") == ("terugkijken op: doen we het goede en wie willen we zijn",)
    for layer in ("thinking", "being"):
        house.store.write(reflections.write, workshop.id, about, layer, "Iets.", facilitator.id)
    assert step(house, workshop, "reflection").state == "done"


def test_a_trial_that_went_full_circle_is_looking_back_too(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    who, until = facilitator.id, (clock.today() + timedelta(days=30)).isoformat()
    trial = house.store.write(trials.make, workshop.id, trials.About("Bank", "Zit hij?"), who)
    texts = dict.fromkeys(trials.CYCLE, "Zo ging het.")
    house.store.write(trials.change, trial, who, texts)
    assert step(house, workshop, "reflection").state == "open", "it never began"
    house.store.write(mandates.give, workshop.id, trial.id, Given("Bos", "Proberen", until, "paper"), who)
    begun = house.store.write(trials.start, house.store.read(trials.find, workshop.id, trial.id), who)
    assert step(house, workshop, "reflection").state == "done"
    house.store.write(trials.drop, begun, who)
    assert step(house, workshop, "reflection").state == "open", "it was dropped"


def test_the_rhythm_is_done_after_thirteen_periods_of_six_weeks_with_every_gap_explained(
    house: House, workshop: Workshop
) -> None:
    (first,) = house.store.read(meetings.of_workshop, workshop.id)
    days = [one.date.isoformat() for one in rhythm.plan(clock.day(first.date)).meetings]
    assert len(days) == steps.MEETINGS, "the step asks for what is planned"
    assert missing(house, workshop, "rhythm") == ("nog 13 bijeenkomsten, dan is het anderhalf jaar rond",)
    house.store.write(series.make, workshop.id, dict.fromkeys(days[1:13], ""), About(days[0]), 42)
    assert missing(house, workshop, "rhythm") == ("nog 1 bijeenkomst, dan is het anderhalf jaar rond",)
    tight = house.store.write(meetings.add, workshop.id, About((clock.day(days[12]) + timedelta(days=7)).isoformat()))
    assert missing(house, workshop, "rhythm")[0].startswith("bijeenkomsten tot minstens")
    house.store.write(meetings.call_off, tight)
    house.store.write(series.make, workshop.id, {days[13]: ""}, About(days[13]), 42)
    assert step(house, workshop, "rhythm").state == "done"
    there = house.store.read(meetings.of_workshop, workshop.id)
    house.store.write(meetings.call_off, there[4])
    later = (clock.day(days[13]) + timedelta(days=42)).isoformat()
    house.store.write(series.make, workshop.id, {later: ""}, About(later), 42)
    assert missing(house, workshop, "rhythm") == ("waarom er 1 keer meer tijd tussen zit",)
    house.store.write(series.explain, workshop.id, there[5].id, "Zomer")
    assert step(house, workshop, "rhythm").state == "done"


def test_results_is_done_when_one_is_shown_and_nobody_waits_since_an_earlier_meeting(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = share()
    share("Iets anders, graag.")
    assert missing(house, workshop, "results") == ("een resultaat dat jullie laten zien", "een antwoord op 2 ideeën")
    draft = results.Draft("De bank", ideas=(idea.nr,))
    made = house.store.write(results.make, workshop.id, draft, facilitator.id)
    assert step(house, workshop, "results").state == "open", "what is not published shows nothing"
    house.store.write(results.publish, made, facilitator.id)
    held(house, workshop, {"client": 5})
    assert step(house, workshop, "results").state == "busy", "half of the ideas wait"
    assert missing(house, workshop, "results") == ("een antwoord op 1 idee",)
    clock.shift(days=1)
    held(house, workshop, {"client": 5})
    other = share("Van de laatste keer.")
    both = ("een antwoord op 1 idee", "een antwoord op 1 idee van de laatste keer")
    assert missing(house, workshop, "results") == both
    rest = house.store.write(
        results.make, workshop.id, results.Draft("De rest", ideas=tuple(range(1, other.nr))), facilitator.id
    )
    house.store.write(results.publish, rest, facilitator.id)
    assert step(house, workshop, "results").state == "done"
    assert missing(house, workshop, "results") == ("een antwoord op 1 idee van de laatste keer",)


def test_the_page_explains_every_step_and_leads_to_where_it_is_done(at_desk: FlaskClient, workshop: Workshop) -> None:
    answer = at_desk.get(f"/bureau/{workshop.id}/traject")
    seen = text(answer)
    assert "In boeken heet zo’n groep een “community of practice”." in seen
    assert "0 van de 9 stappen zijn gedaan." in seen
    for part in trajectory.STEPS:
        assert f'id="stap-{part}"' in answer.text
    for card in steps.CARDS.values():
        assert f"/kaarten/{card}" in answer.text
    assert 'aria-current="page">Traject' in answer.text


def test_the_steps_carry_the_titles_of_their_cards_in_both_languages(house: House, workshop: Workshop) -> None:
    now = house.store.read(at_door, workshop.id)
    for language, first in (("nl", "Waar gaat het over?"), ("en", "What is it about?")):
        rows = house.store.read(said, now, house.library_of(workshop.id), language)
        assert [one.number for one in rows] == list(range(1, 10))
        assert rows[0].name == first
        assert not any("{" in sentence for one in rows for sentence in (*one.evidence, *one.missing, one.what))


def test_a_facilitator_says_from_which_side_they_look(
    at_desk: FlaskClient, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    address = f"/bureau/{workshop.id}/traject/perspectief"
    answer = at_desk.post(address, data={"perspectief": "professional"}, follow_redirects=True)
    assert "Begeleiders kijken vanuit: professional." in text(answer)
    assert house.store.read(workshops.perspective_of, workshop.id, facilitator.id) == "professional"
