"""The learning zone: how the buttons of a group lay, and how that changes; of nobody by themselves."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from print import ring_drawing
from tests import returned
from tests.paper import letters, side
from tests.phone import value
from workshop import printing
from workshop.domain import meetings, slips, small_groups, stacks, trajectory, trays, zones
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


def plain(text: str) -> str:
    """Return text without its spaces: lines end where they end."""
    return "".join(text.replace("\xa0", " ").split())


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


@pytest.fixture
def learning(house: House, workshop: Workshop) -> Workshop:
    """The workshop as a learning circle that looks for where it learns."""
    house.store.write(trajectory.turn, workshop, "learning", 3)
    return workshop


def test_who_confirms_a_ring_sheet_says_of_which_meeting_and_table_it_is(
    house: House, learning: Workshop, meeting: Meeting, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    seen = returned.sheet(house, learning, facilitator.id)
    stack = house.store.read(stacks.of_workshop, learning.id)[0]
    page = at_desk.get(f"/bureau/{learning.id}/papier/{stack.id}").text
    assert "Bij welke bijeenkomst?" in page
    counted = {"rij-comfort": "3", "rij-learning": "2", "rij-panic": "1"}
    address = f"/bureau/{learning.id}/papier/{stack.id}/tellen/{seen.id}"
    at_desk.post(address, data=counted | {"bijeenkomst": meeting.id, "kant": "burger"})
    at_desk.post(address, data=counted | {"bijeenkomst": meeting.id, "kant": "burger", "rij-panic": "0"})
    (one,) = house.store.read(zones.of_workshop, learning.id)
    assert (one.zone, one.meeting_id, one.perspective) == (Zone(3, 2, 0), meeting.id, "burger")


def test_a_circle_that_does_not_look_for_its_learning_zone_confirms_a_ring_sheet_as_ever(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    seen = returned.sheet(house, workshop, facilitator.id)
    stack = house.store.read(stacks.of_workshop, workshop.id)[0]
    assert "Bij welke bijeenkomst?" not in at_desk.get(f"/bureau/{workshop.id}/papier/{stack.id}").text
    at_desk.post(f"/bureau/{workshop.id}/papier/{stack.id}/tellen/{seen.id}", data={"rij-comfort": "3"})
    assert house.store.read(zones.of_workshop, workshop.id) == []


def test_sheets_printed_for_one_table_say_so_when_they_come_back(
    house: House, learning: Workshop, meeting: Meeting, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    form = {"soort": "rings", "aantal": "2", "vraag": "leerzone/04-waar-lig-ik", "kant": "mantelzorger"}
    assert at_desk.post(f"/bureau/{learning.id}/ideekaarten", data=form).status_code == 303
    (listed,) = house.store.read(slips.series_of, learning.id)
    assert listed.series.perspective == "mantelzorger"
    assert '<span class="chip">mantelzorger</span>' in at_desk.get(f"/bureau/{learning.id}/ideekaarten").text


def test_the_page_shows_rings_in_words_too_and_small_tables_nowhere(
    house: House, learning: Workshop, meeting: Meeting, later: Meeting, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    count(house, meeting, "burger", Zone(4, 10, 6), facilitator)
    form = {"bijeenkomst": later.id, "perspectief": "client", "vertrouwd": "1", "nieuw": "2", "te-veel": ""}
    address = f"/bureau/{learning.id}/leerzone"
    assert "De telling is bewaard." in at_desk.post(address, data=form, follow_redirects=True).text
    count(house, later, "", Zone(9, 8, 0), facilitator)
    page = at_desk.get(address).text
    assert "Bij “te veel” lagen eerst 6 van de 20 knopen, nu 0 van de 20." in page
    assert page.count("zone-button") == 20 + 20 + 20  # large once, small twice
    assert "Cliënt" not in page
    assert "Uitnodigen mag, duwen niet." in page
    assert at_desk.post(address, data=form | {"nieuw": "veel"}).status_code == 400
    taken = house.store.read(zones.of_workshop, learning.id)[0]
    page = at_desk.post(f"{address}/{taken.id}/weg", follow_redirects=True).text
    assert "Ongedaan maken" in page
    at_desk.post(f"{address}/{taken.id}/terug")
    assert len(house.store.read(zones.of_workshop, learning.id)) == 3


def test_a_form_that_is_sent_twice_counts_once_so_that_a_small_table_stays_small(
    house: House, learning: Workshop, meeting: Meeting, at_desk: FlaskClient
) -> None:
    address = f"/bureau/{learning.id}/leerzone"
    key = value(at_desk.get(address), "sleutel")
    three = {"bijeenkomst": meeting.id, "vertrouwd": "1", "nieuw": "2", "te-veel": "0", "sleutel": key}
    for _ in range(2):
        assert "De telling is bewaard." in at_desk.post(address, data=three, follow_redirects=True).text
    assert house.store.read(zones.seen, learning.id) == []
    at_desk.post(address, data=three | {"nieuw": "3"})  # with the back button: what was typed is never lost
    assert len(house.store.read(zones.of_workshop, learning.id)) == 2
    again = value(at_desk.get(address), "sleutel")
    at_desk.post(address, data=three | {"sleutel": again})  # another table with as many buttons
    assert len(house.store.read(zones.of_workshop, learning.id)) == 3


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_paper_shows_the_group_its_buttons_what_changed_and_the_rule(
    house: House, learning: Workshop, meeting: Meeting, later: Meeting, facilitator: Facilitator, language: str
) -> None:
    with pytest.raises(Refused, match="Fewer than five"):
        printing.make(house, learning.id, {"document": "zone", "language": language})
    count(house, meeting, "burger", Zone(4, 10, 6), facilitator)
    count(house, later, "burger", Zone(9, 8, 3), facilitator)
    made = printing.make(house, learning.id, {"document": "zone", "language": language})
    said = plain(side(made.data, 0))
    wanted = {
        "nl": "Bij “te veel” lagen eerst 6 van de 20 knopen. Nu zijn het er 3 van de 20.",
        "en": "At “too much” there were first 6 of the 20 buttons. Now there are 3 of the 20.",
    }
    assert plain(wanted[language]) in said
    assert plain({"nl": "Uitnodigen mag. Duwen niet.", "en": "Inviting is fine. Pushing is not."}[language]) in said
    assert made.data == printing.make(house, learning.id, {"document": "zone", "language": language}).data
    assert min(letter.size for letter in letters(made.data, 0)) >= 14


@given(st.tuples(*[st.integers(0, 80)] * 3))
def test_every_button_lies_inside_its_own_ring(counts: tuple[int, int, int]) -> None:
    size, placed = ring_drawing.radius(counts), ring_drawing.buttons(counts)
    edges = (0.0, *ring_drawing.RINGS)
    rings = [ring for ring, many in enumerate(counts) for _ in range(many)]
    for ring, one in zip(rings, placed, strict=True):
        away = (one.x**2 + one.y**2) ** 0.5
        assert (edges[ring] + size if ring else 0) <= away <= edges[ring + 1] - size, (ring, away)
