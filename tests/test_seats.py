"""Seats: who is wanted and invited, who came, and how often every side spoke."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.desk_people import Someone, someone
from tests.planned import words
from workshop import clock
from workshop.domain import meetings, perspectives, seats, turns
from workshop.domain.meetings import Meeting
from workshop.domain.seats import Seat
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["someone"]
Held = Callable[..., Meeting]


@pytest.fixture
def held(house: House, workshop: Workshop) -> Held:
    """Hold a meeting so many days ago with so many people: `held(42, professional=6)`."""

    def make(days_ago: int, **present: int) -> Meeting:
        day = (clock.today() - timedelta(days=days_ago)).isoformat()
        made = house.store.write(meetings.add, workshop.id, meetings.About(day))
        house.store.write(meetings.note_present, made, present)
        return house.store.read(meetings.find, workshop.id, made.id)

    return make


def test_a_seat_tells_wanted_invited_and_who_was_there_last_and_before(
    house: House, workshop: Workshop, held: Held
) -> None:
    house.store.write(seats.note, workshop.id, {"client": (3, 5)})
    held(84, client=1)
    held(42, client=2, professional=8)
    assert house.store.read(seats.of, workshop.id)["client"] == Seat(3, 5, 2, 1)


def test_a_meeting_where_nobody_was_counted_says_nothing_about_who_was_missing(
    house: House, workshop: Workshop, held: Held
) -> None:
    held(42, client=2)
    held(1)
    assert house.store.read(seats.of, workshop.id)["client"].present == 2


def test_before_any_meeting_nobody_is_said_to_be_absent(house: House, workshop: Workshop) -> None:
    assert house.store.read(seats.of, workshop.id)["client"] == Seat(0, 0, None, None)


def test_a_wanted_side_is_missing_until_it_is_invited_and_later_until_it_comes(
    house: House, workshop: Workshop, held: Held
) -> None:
    def missing() -> bool:
        return house.store.read(seats.of, workshop.id)["client"].missing

    assert not missing()
    house.store.write(seats.note, workshop.id, {"client": (3, 0)})
    assert missing()
    house.store.write(seats.note, workshop.id, {"client": (3, 4)})
    assert not missing()
    held(1, professional=5)
    assert missing()


def test_a_side_of_its_own_has_a_seat_and_a_foreign_key_has_none(house: House, workshop: Workshop) -> None:
    own = house.store.write(perspectives.add, workshop.id, "huisarts")
    house.store.write(seats.note, workshop.id, {own.id: (1, 1), "nobody": (4, 4)})
    found = house.store.read(seats.of, workshop.id)
    assert found[own.id] == Seat(1, 1, None, None)
    assert "nobody" not in found


def test_numbers_stay_between_none_and_ninety_nine(house: House, workshop: Workshop) -> None:
    house.store.write(seats.note, workshop.id, {"client": (-3, 400)})
    assert house.store.read(seats.of, workshop.id)["client"] == Seat(0, 99, None, None)


def test_expected_are_those_with_a_seat_else_those_who_ever_came(house: House, workshop: Workshop, held: Held) -> None:
    held(1, burger=4)
    assert house.store.read(seats.expected, workshop.id) == ["burger"]
    house.store.write(seats.note, workshop.id, {"client": (0, 2), "gemeente": (1, 0)})
    assert house.store.read(seats.expected, workshop.id) == ["client", "gemeente"]


def test_one_tap_is_one_turn_and_the_last_can_be_undone(house: House, held: Held) -> None:
    meeting = held(1, client=5)
    for side in ("client", "client", "professional"):
        house.store.write(turns.tap, meeting, side)
    house.store.write(turns.undo_tap, meeting, "professional")
    house.store.write(turns.undo_tap, meeting, "professional")
    assert house.store.read(turns.of, meeting.id) == {"client": 2}


def test_typed_totals_replace_what_was_tapped(house: House, workshop: Workshop, held: Held) -> None:
    meeting = held(1, client=5)
    house.store.write(turns.tap, meeting, "client")
    house.store.write(turns.note, meeting, {"client": 14, "": 2, "nobody": 5})
    assert house.store.read(turns.of_workshop, workshop.id) == {meeting.id: {"client": 14, "": 2}}


def test_a_tally_ends_at_999(house: House, held: Held) -> None:
    meeting = held(1, client=5)
    house.store.write(turns.note, meeting, {"client": 4000})
    house.store.write(turns.tap, meeting, "client")
    assert house.store.read(turns.of, meeting.id) == {"client": 999}


def test_turns_of_a_meeting_that_was_called_off_do_not_count(house: House, workshop: Workshop, held: Held) -> None:
    meeting = held(1, client=5)
    house.store.write(turns.tap, meeting, "client")
    house.store.write(meetings.call_off, meeting)
    assert house.store.read(turns.of_workshop, workshop.id) == {}


def test_who_only_looks_sees_no_small_side_by_itself_and_none_by_subtracting(
    house: House, workshop: Workshop, held: Held, someone: Someone
) -> None:
    house.store.write(seats.note, workshop.id, {"client": (3, 2), "professional": (9, 8)})
    meeting = held(1, client=3, professional=8, gemeente=13)

    def said(who: str, page: str) -> str:
        answer = someone(who).get(f"/bureau/{workshop.id}/{page}")
        assert answer.status_code == 200
        return words(answer.text)

    seen = said("observer", "perspectieven")
    assert "gevraagd: wel, minder dan vijf" in seen
    assert "gevraagd: vijf of meer" in seen
    assert "13 mensen" in seen
    assert "8 mensen" not in seen
    pairs = f"bijeenkomsten/{meeting.id}/wie-bij-wie"
    assert "professional" not in said("observer", pairs).split("Met hoeveel samen?")[0]
    assert 'value="13"' in someone("observer").get(f"/bureau/{workshop.id}/{pairs}").text
    assert "professional" in said("facilitator", pairs).split("Met hoeveel samen?")[0]
