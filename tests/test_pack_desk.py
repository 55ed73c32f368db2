"""The print pack at the desk: what is in it, how many sheets beforehand, one order, and badges nobody keeps."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from cards.recipe import Counts
from cards.recipe_book import recipes
from print.pack import PARTS
from tests.desk_people import Someone, someone
from tests.paper import pages, side
from workshop import ids, tasks
from workshop.domain import meetings, orders, plan_changes, plans, slips
from workshop.domain.facilitators import Facilitator
from workshop.domain.meetings import Meeting
from workshop.domain.orders import Order
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["someone"]
NUMBERS = {"tafels": "2", "mensen": "8", "groot": "1", "ideekaarten": "1"}


@pytest.fixture
def meeting(house: House, workshop: Workshop, facilitator: Facilitator) -> Meeting:
    """A meeting with the plan of an ordinary programme."""
    made = house.store.read(meetings.of_workshop, workshop.id)[0]
    recipe = recipes().find("een-gewone-dag")
    assert recipe
    house.store.write(plan_changes.take_recipe, made, recipe, "nl", Counts.of(20, 4, 3), facilitator.id, ids.new())
    return made


def address(meeting: Meeting, more: str = "") -> str:
    return f"/bureau/{meeting.workshop_id}/bijeenkomsten/{meeting.id}/pakket{more}"


def words(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def ordered(house: House, meeting: Meeting) -> list[Order]:
    return house.store.read(orders.of_workshop, meeting.workshop_id)


def test_the_page_says_how_many_of_everything_and_how_many_sheets_the_pile_will_be(
    at_desk: FlaskClient, house: House, meeting: Meeting
) -> None:
    page = at_desk.get(address(meeting), query_string=NUMBERS | {"deel": list(PARTS)}).text
    text = words(page)
    assert "Draaiboek, voor jullie allebei 2" in text
    assert "Ideekaarten 7" in text
    assert "Ideekaarten met grote letters 1" in text
    told = int(re.findall(r"Samen, met een blad voorop\s+(\d+)", text)[0])
    at_desk.post(address(meeting), data=NUMBERS | {"deel": list(PARTS)})
    (order,) = ordered(house, meeting)
    tasks.print_order(house, order.id)
    done = ordered(house, meeting)[0]
    assert done.state == "ready", done.reason
    assert done.file
    assert pages(house.files.read(done.file)) == 2 * told


def test_parts_that_were_switched_off_stay_out_and_one_part_can_be_printed_alone(
    at_desk: FlaskClient, house: House, meeting: Meeting
) -> None:
    at_desk.post(address(meeting), data=NUMBERS | {"deel": ["room", "sign_in"]})
    assert ordered(house, meeting)[0].what["parts"] == ["room", "sign_in"]
    at_desk.post(address(meeting), data=NUMBERS | {"deel": ["room", "sign_in"], "alleen": "run_sheet"})
    assert ordered(house, meeting)[0].what["parts"] == ["run_sheet"]
    assert house.store.read(slips.series_of, meeting.workshop_id) == []


def test_an_order_of_nothing_is_refused_in_words_and_nothing_is_made(
    at_desk: FlaskClient, house: House, meeting: Meeting
) -> None:
    answer = at_desk.post(address(meeting), data=NUMBERS)
    assert answer.status_code == 400
    assert "Kies minstens één onderdeel" in answer.text
    assert ordered(house, meeting) == []


def test_idea_cards_are_numbered_before_they_are_printed_large_ones_apart(
    at_desk: FlaskClient, house: House, meeting: Meeting
) -> None:
    at_desk.post(address(meeting), data=NUMBERS | {"deel": ["slips", "slips_large"]})
    made = {one.series.kind: one.series.count for one in house.store.read(slips.series_of, meeting.workshop_id)}
    assert made == {"a5": 7, "large": 1}


def test_a_printed_run_sheet_is_noted_and_the_next_edition_is_marked_v2(
    at_desk: FlaskClient, house: House, meeting: Meeting, facilitator: Facilitator
) -> None:
    def run_sheet() -> str:
        at_desk.post(address(meeting), data=NUMBERS | {"alleen": "run_sheet"})
        tasks.print_order(house, ordered(house, meeting)[0].id)
        file = ordered(house, meeting)[0].file
        assert file
        return side(house.files.read(file), 0)

    assert "v2" not in run_sheet()
    assert house.store.read(plans.of, meeting.id).printed_version == 1
    house.store.write(plan_changes.swap_halfway, meeting, facilitator.id, ids.new())
    block = house.store.read(plans.of, meeting.id).blocks[0]
    house.store.write(plan_changes.again, meeting, block.id, facilitator.id, ids.new())
    assert "Op papier is het draaiboek nog versie 1" in words(at_desk.get(address(meeting)).text)
    assert "v2 Dit blad vervangt versie 1." in run_sheet()
    assert house.store.read(plans.of, meeting.id).printed_version == 2


def test_names_on_badges_are_nowhere_on_disk_afterwards(at_desk: FlaskClient, house: House, meeting: Meeting) -> None:
    answer = at_desk.post(address(meeting, "/naamkaartjes"), data={"namen": "Zwaantjelien, mantelzorger\nJo\n"})
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Zwaantjelien" in side(answer.data, 0)
    assert "mantelzorger" in side(answer.data, 0)
    files = [path for path in Path(house.settings.data).rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert b"Zwaantjelien" not in path.read_bytes(), path
    assert ordered(house, meeting) == []


def test_a_name_that_is_too_long_is_said_in_words_and_what_was_typed_stays(
    at_desk: FlaskClient, meeting: Meeting
) -> None:
    long = "Wilhelmina Petronella Adriana Geertruida"
    answer = at_desk.post(address(meeting, "/naamkaartjes"), data={"namen": long})
    assert answer.status_code == 400
    assert "Schrijf alleen de voornaam" in answer.text
    assert long in answer.text
    assert "Typ eerst namen" in at_desk.post(address(meeting, "/naamkaartjes"), data={"namen": " \n"}).text


def test_who_looks_along_sees_the_counts_and_orders_nothing(someone: Someone, house: House, meeting: Meeting) -> None:
    observer = someone("observer")
    page = observer.get(address(meeting))
    assert page.status_code == 200
    assert "Maak het printpakket" not in page.text
    assert "Naamkaartjes met namen" not in page.text
    assert observer.post(address(meeting), data=NUMBERS | {"deel": ["room"]}).status_code == 403
    assert observer.post(address(meeting, "/naamkaartjes"), data={"namen": "Jo"}).status_code == 403
    assert ordered(house, meeting) == []


def test_odd_numbers_become_the_nearest_that_make_sense_and_crowded_tables_are_said(
    at_desk: FlaskClient, meeting: Meeting
) -> None:
    asked = {"tafels": "1", "mensen": "999", "groot": "twee", "ideekaarten": "50"}
    page = at_desk.get(address(meeting), query_string=asked).text
    for value in ('name="mensen" type="number" min="1" max="99" value="99"', 'max="9" value="9"'):
        assert value in page
    assert "meer dan zes mensen aan een tafel" in page


def test_the_meeting_leads_to_its_pack_in_one_step(at_desk: FlaskClient, meeting: Meeting) -> None:
    page = at_desk.get(f"/bureau/{meeting.workshop_id}/bijeenkomsten/{meeting.id}").text
    assert f'href="{address(meeting)}"' in page


def test_a_meeting_of_another_workshop_has_no_pack_here(at_desk: FlaskClient, meeting: Meeting) -> None:
    assert at_desk.get(address(meeting).replace(meeting.id, "0" * 26)).status_code == 404


def test_without_a_plan_the_page_says_so_and_leads_to_making_one(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    bare = house.store.read(meetings.of_workshop, workshop.id)[0]
    page = at_desk.get(address(bare)).text
    assert "Er is nog geen draaiboek." in page
    assert f'href="/bureau/{workshop.id}/bijeenkomsten/{bare.id}/draaiboek"' in page
    assert "Draaiboek, voor jullie allebei" not in words(page)
