"""The learning zone: how the buttons of a group lay, and how that changes; of nobody by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import returned
from workshop.domain import meetings, small_groups, trays, zones
from workshop.domain.facilitators import Facilitator
from workshop.domain.meetings import About, Meeting
from workshop.domain.workshops import Workshop
from workshop.domain.zones import Zone
from workshop.errors import Refused
from workshop.house import House


@pytest.fixture
def meeting(house: House, workshop: Workshop) -> Meeting:
    """A meeting that was there already."""
    return house.store.write(meetings.add, workshop.id, About("2026-10-12"))


@pytest.fixture
def later(house: House, workshop: Workshop, meeting: Meeting) -> Meeting:
    """The one after it."""
    return house.store.write(meetings.add, workshop.id, About("2026-11-23"))


def count(house: House, meeting: Meeting, side: str, zone: Zone, who: Facilitator) -> str:
    return house.store.write(zones.add, meeting.workshop_id, meeting.id, side, zone, who.id)


def test_buttons_of_all_tables_are_taken_together(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    count(house, meeting, "burger", Zone(3, 2, 1), facilitator)
    count(house, meeting, "", Zone(4, 5, 5), facilitator)
    (seen,) = house.store.read(zones.seen, workshop.id)
    assert (seen.whole, seen.sides) == (Zone(7, 7, 6), {"burger": Zone(3, 2, 1)})


def test_a_side_with_fewer_than_five_buttons_is_never_shown_nor_to_be_found_by_subtracting(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    count(house, meeting, "client", Zone(1, 2, 1), facilitator)
    count(house, meeting, "burger", Zone(5, 2, 0), facilitator)
    (seen,) = house.store.read(zones.seen, workshop.id)
    assert seen.sides == {}  # 11 minus 7 would be the four clients
    count(house, meeting, "client", Zone(0, 1, 0), facilitator)
    (seen,) = house.store.read(zones.seen, workshop.id)
    assert seen.sides == {"burger": Zone(5, 2, 0), "client": Zone(1, 3, 1)}


def test_a_meeting_of_fewer_than_five_buttons_shows_nothing(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    count(house, meeting, "", Zone(2, 2, 0), facilitator)
    assert house.store.read(zones.trend, workshop.id) == []


@given(st.dictionaries(st.sampled_from(["", "a", "b", "c", "d", "e"]), st.integers(0, 12)))
def test_whatever_the_groups_are_nobody_finds_fewer_than_five(counts: dict[str, int]) -> None:
    shown = small_groups.alone(counts)
    left = sum(counts.values()) - sum(counts[name] for name in shown)
    assert all(counts[name] >= 5 for name in shown)
    assert not shown or left == 0 or left >= 5
    assert "" not in shown


def test_the_trend_compares_the_first_and_the_last_time(
    house: House, workshop: Workshop, meeting: Meeting, later: Meeting, facilitator: Facilitator
) -> None:
    count(house, later, "", Zone(9, 8, 3), facilitator)
    count(house, meeting, "", Zone(4, 10, 6), facilitator)
    rows = house.store.read(zones.trend, workshop.id)
    assert [(one.number, side, zone) for one, side, zone in rows] == [(1, "", Zone(4, 10, 6)), (2, "", Zone(9, 8, 3))]
    assert zones.compared(rows) == (Zone(4, 10, 6), Zone(9, 8, 3))
    assert zones.compared(rows, "burger") is None


def test_a_ring_sheet_that_is_confirmed_twice_is_one_counting_and_a_better_count_goes_before(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    seen = returned.sheet(house, workshop, facilitator.id)
    sheet = (workshop.id, seen.slip, {"comfort": 1, "learning": 6, "panic": 0}, facilitator.id)
    house.store.write(zones.from_sheet, *sheet, where=(meeting.id, "burger"))
    house.store.write(zones.from_sheet, *sheet, where=(meeting.id, "burger"))
    assert [one.zone for one in house.store.read(zones.of_workshop, workshop.id)] == [Zone(1, 6, 0)]
    better = {"comfort": 2, "learning": 6, "panic": 1}
    house.store.write(zones.from_sheet, workshop.id, seen.slip, better, facilitator.id)
    (one,) = house.store.read(zones.of_workshop, workshop.id)
    assert (one.zone, one.meeting_id, one.perspective, one.slip) == (Zone(2, 6, 1), meeting.id, "burger", seen.slip)


def test_a_sheet_of_which_nobody_said_the_meeting_is_not_kept(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    seen = returned.sheet(house, workshop, facilitator.id)
    house.store.write(zones.from_sheet, workshop.id, seen.slip, seen.counts, facilitator.id)
    assert house.store.read(zones.of_workshop, workshop.id) == []
    assert [value for value, _ in house.store.read(trays.rows_of, seen)] == list(zones.RINGS)


def test_a_counting_that_was_taken_away_comes_back(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    key = count(house, meeting, "", Zone(4, 10, 6), facilitator)
    house.store.write(zones.remove, workshop.id, key)
    assert house.store.read(zones.seen, workshop.id) == []
    house.store.write(zones.bring_back, workshop.id, key)
    assert len(house.store.read(zones.seen, workshop.id)) == 1


@pytest.mark.parametrize(("zone", "code"), [(Zone(0, 0, 0), "zone_empty"), (Zone(1000, 0, 0), "count_odd")])
def test_no_buttons_or_too_many_are_refused(
    house: House, meeting: Meeting, facilitator: Facilitator, zone: Zone, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        count(house, meeting, "", zone, facilitator)


def test_buttons_of_a_meeting_elsewhere_are_refused(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    with pytest.raises(Refused, match="no such meeting"):
        house.store.write(zones.add, workshop.id, "0" * 26, "", Zone(1, 2, 3), facilitator.id)
