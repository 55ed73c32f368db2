"""Balance: what stands out is said in words, and a group of fewer than five is never shown by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk_people import Share, Someone, anna, share, someone
from workshop import clock
from workshop.domain import answers, balance, curating, decisions, meetings, rounds, seats, support, trajectory, turns
from workshop.domain.answers import FEW
from workshop.domain.decisions import Plan
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.meetings import Meeting
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx

__all__ = ["anna", "share", "someone"]
Held = Callable[..., Meeting]
BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def practice(house: House, workshop: Workshop) -> Workshop:
    """The workshop as a community of practice."""
    house.store.write(trajectory.turn, workshop, "workshop", 5)
    return replace(workshop, kind="workshop", dial=5)


@pytest.fixture
def held(house: House, workshop: Workshop) -> Held:
    """Hold a meeting so many days ago with so many people: `held(42, professional=6)`."""

    def make(days_ago: int, **present: int) -> Meeting:
        day = (clock.today() - timedelta(days=days_ago)).isoformat()
        made = house.store.write(meetings.add, workshop.id, meetings.About(day))
        house.store.write(meetings.note_present, made, present)
        return house.store.read(meetings.find, workshop.id, made.id)

    return make


def warned(house: House, workshop: Workshop) -> dict[str, dict[str, object]]:
    """Return what stands out, by its code."""
    return {one.code: dict(one.values) for one in house.store.read(balance.warnings, workshop)}


def decide(house: House, workshop: Workshop, found: list[Idea], who: Facilitator, kind: str = "try") -> None:
    """Decide on ideas and publish it."""

    def work(tx: Tx) -> None:
        for idea in found:
            decisions.prepare(tx, idea, Plan(kind, "Waarom"), who.id)
        with curating.as_one(tx):
            answers.publish(tx, workshop.id, [idea.id for idea in found], who.id)

    house.store.write(work)


def test_three_meetings_without_an_experience_expert_are_said(
    house: House, practice: Workshop, held: Held, anna: FlaskClient
) -> None:
    for days in (120, 80, 40):
        held(days, professional=6)
    assert warned(house, practice)["absent"] == {"side": "ervaringsdeskundige", "count": 3}
    for page in ("balans", "traject"):
        assert "3 bijeenkomsten zonder ervaringsdeskundige." in anna.get(f"/bureau/{practice.id}/{page}").text


def test_one_meeting_without_is_not_yet_said_and_coming_ends_it(house: House, practice: Workshop, held: Held) -> None:
    held(120, professional=6)
    assert "absent" not in warned(house, practice)
    held(80, professional=6)
    assert "absent" in warned(house, practice)
    held(40, professional=6, ervaringsdeskundige=1)
    assert "absent" not in warned(house, practice)


def test_a_wanted_side_is_missed_like_the_experts(house: House, practice: Workshop, held: Held) -> None:
    house.store.write(seats.note, practice.id, {"gemeente": (2, 0)})
    for days in (80, 40):
        held(days, ervaringsdeskundige=5)
    assert warned(house, practice)["absent"] == {"side": "gemeente", "count": 2}


def test_all_chosen_ideas_from_professionals_are_said(
    house: House, practice: Workshop, share: Share, facilitator: Facilitator, anna: FlaskClient
) -> None:
    share("Een bankje.", perspective="client")
    found = [share(f"Plan {nr}", perspective="professional") for nr in range(2)]
    decide(house, practice, found, facilitator)
    assert warned(house, practice)["chosen_all_from"]["side"] == "professional"
    page = anna.get(f"/bureau/{practice.id}/balans").text
    assert "Alle gekozen ideeën komen van één kant: professional." in page


def test_one_chosen_idea_or_makers_of_two_sides_are_no_reason_to_warn(
    house: House, practice: Workshop, share: Share, facilitator: Facilitator
) -> None:
    first = share("Een", perspective="professional")
    decide(house, practice, [first], facilitator)
    assert "chosen_all_from" not in warned(house, practice)
    decide(house, practice, [share("Twee", perspective="client")], facilitator)
    assert "chosen_all_from" not in warned(house, practice)


def test_ideas_that_are_kept_are_not_chosen(
    house: House, practice: Workshop, share: Share, facilitator: Facilitator
) -> None:
    found = [share(f"Plan {nr}", perspective="professional") for nr in range(2)]
    decide(house, practice, found, facilitator, "keep")
    assert "chosen_all_from" not in warned(house, practice)


def test_more_than_half_of_the_ideas_from_one_side_is_said(house: House, practice: Workshop, share: Share) -> None:
    for nr in range(6):
        share(f"Plan {nr}", perspective="professional")
    for nr in range(5):
        share(f"Wens {nr}", perspective="client")
    assert warned(house, practice)["ideas_most"] == {"side": "professional"}
    share("Nog een wens", perspective="client")
    assert "ideas_most" not in warned(house, practice)


def test_a_small_group_is_never_named_as_giving_most(house: House, practice: Workshop, share: Share) -> None:
    for nr in range(4):
        share(f"Plan {nr}", perspective="professional")
    assert "ideas_most" not in warned(house, practice)


def test_a_warning_names_no_side_that_the_counts_do_not_show(
    house: House, practice: Workshop, share: Share, anna: FlaskClient
) -> None:
    for nr in range(6):
        share(f"Plan {nr}", perspective="professional")
    for nr in range(2):
        share(f"Wens {nr}", perspective="client")
    assert house.store.read(balance.of, practice.id).ideas.by_side == {}
    assert "ideas_most" not in warned(house, practice)
    assert "komt van één kant" not in anna.get(f"/bureau/{practice.id}/balans").text


def test_paper_that_is_answered_less_often_is_said(
    house: House, practice: Workshop, share: Share, facilitator: Facilitator
) -> None:
    phone = [share(f"Telefoon {nr}") for nr in range(5)]
    for nr in range(5):
        share(f"Papier {nr}", channel="paper")
    decide(house, practice, phone, facilitator)
    assert "paper_behind" in warned(house, practice)


def test_turns_are_compared_with_seats(house: House, practice: Workshop, held: Held) -> None:
    meeting = held(10, professional=5, client=10)
    house.store.write(turns.note, meeting, {"professional": 25, "client": 9})
    found = warned(house, practice)
    assert found["turns_over"] == {"side": "professional"}
    assert found["turns_under"] == {"side": "client"}


def test_small_sides_are_compared_together_and_never_by_themselves(
    house: House, practice: Workshop, held: Held, anna: FlaskClient
) -> None:
    meeting = held(10, professional=6, client=3, mantelzorger=3)
    house.store.write(turns.note, meeting, {"professional": 30, "client": 2, "mantelzorger": 1})
    found = warned(house, practice)
    assert found["turns_under"] == {"side": ""}
    page = anna.get(f"/bureau/{practice.id}/balans").text
    assert "Minder aan het woord dan bij het aantal stoelen past: kleine groepen samen." in page
    house.store.write(meetings.note_present, meeting, {"mantelzorger": 0})
    assert "turns_under" not in warned(house, practice)


def test_a_side_that_would_give_a_smaller_one_away_is_not_named_for_its_turns(
    house: House, practice: Workshop, held: Held
) -> None:
    meeting = held(10, professional=5, client=10, mantelzorger=2)
    house.store.write(turns.note, meeting, {"professional": 25, "client": 9, "mantelzorger": 1})
    assert house.store.read(balance.of, practice.id).turns.by_side.keys() == {"client", ""}
    assert warned(house, practice)["turns_over"] == {"side": ""}


def test_few_turns_or_turns_as_seats_say_nothing(house: House, practice: Workshop, held: Held) -> None:
    meeting = held(10, professional=5, client=5)
    house.store.write(turns.note, meeting, {"professional": 12, "client": 1})
    assert not warned(house, practice).keys() & {"turns_over", "turns_under"}
    house.store.write(turns.note, meeting, {"professional": 12, "client": 11})
    assert not warned(house, practice).keys() & {"turns_over", "turns_under"}


def test_a_knowledge_circle_gets_no_warnings(house: House, workshop: Workshop, held: Held, anna: FlaskClient) -> None:
    for days in (120, 80, 40):
        made = held(days, professional=6)
    assert house.store.read(balance.warnings, workshop) == []
    page = anna.get(f"/bureau/{workshop.id}/bijeenkomsten/{made.id}").text
    assert "Balans" not in page
    assert "Beurten tellen" not in page


def test_the_page_of_a_meeting_says_it_short(practice: Workshop, held: Held, anna: FlaskClient) -> None:
    for days in (80, 40):
        made = held(days, professional=6)
    page = anna.get(f"/bureau/{practice.id}/bijeenkomsten/{made.id}").text
    assert "2 bijeenkomsten zonder ervaringsdeskundige." in page
    assert f"/bijeenkomsten/{made.id}/beurten" in page


@BUSY
@given(st.dictionaries(st.sampled_from(["", *"abcdef"]), st.integers(0, 30), max_size=7))
def test_no_small_group_stands_alone_also_not_by_subtracting(counts: dict[str, int]) -> None:
    shown = balance.grouped(counts)
    total = sum(counts.values())
    assert sum(shown.values()) == total
    for side, count in shown.items():
        if side:
            assert count == counts[side] >= FEW
    left = total - sum(count for side, count in shown.items() if side)
    assert left == 0 or left >= FEW or set(shown) <= {""}


@BUSY
@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(1, 90), st.integers(0, 9)), max_size=6))
def test_a_small_group_with_many_dots_is_small_all_the_same(found: dict[str, tuple[int, int]]) -> None:
    people = {side: size for side, (_, size) in found.items()}
    shown = balance.grouped({side: count for side, (count, _) in found.items()}, people)
    assert all(people[side] >= FEW for side in shown if side)
    rest = [side for side in found if side not in shown]
    assert not rest or sum(people[side] for side in rest) >= FEW or set(shown) == {""}


def test_the_page_shows_no_group_under_five(practice: Workshop, house: House, share: Share, anna: FlaskClient) -> None:
    for nr in range(7):
        share(f"Plan {nr}", perspective="professional")
    for nr in range(3):
        share(f"Wens {nr}", perspective="client")
    found = house.store.read(balance.of, practice.id)
    assert found.ideas.by_side == {}
    page = anna.get(f"/bureau/{practice.id}/balans").text
    assert "De groepen zijn te klein om apart te laten zien." in page


def test_dots_count_once_a_result_is_shown_and_people_decide_how_small_a_group_is(
    house: House, practice: Workshop, share: Share, facilitator: Facilitator
) -> None:
    found = [share("Een bankje."), share("Meer licht.")]
    made = house.store.write(rounds.make, practice.id, "Wat eerst?", 5, [one.id for one in found], facilitator.id)
    house.store.write(rounds.begin, made, facilitator.id)
    for nr in range(6):
        dots = {found[0].id: 5}
        house.store.write(rounds.give, made, f"device:{nr}", dots, device=f"{nr}", perspective="professional")
    house.store.write(rounds.give, made, "device:9", {found[1].id: 5}, device="9", perspective="client")
    assert house.store.read(balance.of, practice.id).dots.total == 0
    house.store.write(rounds.show, made, facilitator.id)
    dots = house.store.read(balance.of, practice.id).dots
    assert dots.total == 35
    assert dots.by_side == {}
    assert "dots_most" not in warned(house, practice)
    for device in "abcd":
        house.store.write(support.recognise, found[0], f"device:{device}", on=True, perspective="client")
    assert warned(house, practice)["dots_most"] == {"side": "professional"}


def test_turns_of_a_side_with_few_people_are_taken_together(house: House, practice: Workshop, held: Held) -> None:
    meeting = held(10, professional=8, client=3, burger=6)
    house.store.write(turns.note, meeting, {"professional": 20, "client": 12, "burger": 9})
    found = house.store.read(balance.of, practice.id).turns
    assert found.total == 41
    assert "client" not in found.by_side
    assert found.by_side.get("professional") == 20


def test_tapping_a_large_button_counts_one_and_offers_to_undo(
    house: House, practice: Workshop, held: Held, anna: FlaskClient
) -> None:
    meeting = held(0, professional=5)
    at = f"/bureau/{practice.id}/bijeenkomsten/{meeting.id}/beurten"
    answer = anna.post(at, data={"kant": "professional"}, follow_redirects=True)
    assert "Eén beurt erbij: professional." in answer.text
    assert house.store.read(turns.of, meeting.id) == {"professional": 1}
    anna.post(at, data={"eraf": "professional"})
    assert house.store.read(turns.of, meeting.id) == {}


def test_typed_turns_that_another_changed_are_shown_not_overwritten(
    house: House, practice: Workshop, held: Held, anna: FlaskClient
) -> None:
    meeting = held(0, professional=5)
    house.store.write(turns.tap, meeting, "professional")
    at = f"/bureau/{practice.id}/bijeenkomsten/{meeting.id}/beurten/totaal"
    answer = anna.post(at, data={"was-professional": "0", "nu-professional": "9"})
    assert answer.status_code == 409
    assert "Nu staat er: 1" in answer.text
    assert house.store.read(turns.of, meeting.id) == {"professional": 1}
    anna.post(at, data={"was-professional": "1", "nu-professional": "9"})
    assert house.store.read(turns.of, meeting.id) == {"professional": 9}


def test_who_looks_along_counts_nothing(practice: Workshop, held: Held, someone: Someone) -> None:
    meeting = held(0, professional=5)
    page = someone("observer").get(f"/bureau/{practice.id}/bijeenkomsten/{meeting.id}/beurten")
    assert page.status_code == 200
    assert 'name="kant"' not in page.text
