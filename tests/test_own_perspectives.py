"""A workshop may have sides of its own next to those of the field: chosen, kept and told wherever sides are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.conftest import DETAILS
from tests.desk_people import Share, Someone, anna, now, share, someone
from workshop import clock, ids, telling, wall_printing
from workshop.domain import decisions, doors, ideas, meetings, perspectives, taking, walls, workshops
from workshop.domain.decisions import Plan
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Sent
from workshop.domain.perspectives import Own
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

__all__ = ["anna", "share", "someone"]


@pytest.fixture
def neighbours(house: House, workshop: Workshop) -> Own:
    """A side of this workshop's own: “woningcorporatie”."""
    return house.store.write(perspectives.add, workshop.id, "  woning corporatie ")


@pytest.fixture
def other(house: House, facilitator: Facilitator) -> Workshop:
    """Another workshop in the same house."""
    return house.store.write(workshops.make, facilitator.id, replace(DETAILS, name="Werkplaats Noord"))


def test_an_own_perspective_stands_after_those_of_the_field(house: House, workshop: Workshop, neighbours: Own) -> None:
    there = house.store.read(perspectives.of, workshop.id)
    assert list(there)[: len(perspectives.NAMES)] == list(perspectives.NAMES)
    assert there[neighbours.id] == ("woning corporatie", "woning corporatie")


def test_an_own_perspective_is_unknown_in_another_workshop(house: House, other: Workshop, neighbours: Own) -> None:
    assert not house.store.read(perspectives.known, other.id, neighbours.id)
    there = house.store.write(doors.open_for, other.id, [doors.OWN])[doors.OWN]
    sent = Sent("Een bankje.", "group", ids.token(), ids.token(), "qr", perspective=neighbours.id)
    assert house.store.write(ideas.place, there, sent).perspective == ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("  ", "side_missing"),
        ("…", "side_missing"),
        ("x" * 41, "side_long"),
        ("Cliënt", "side_field"),
        ("resident", "side_field"),
    ],
)
def test_a_name_that_is_no_name_or_is_taken_by_the_field_is_refused(
    house: House, workshop: Workshop, typed: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        house.store.write(perspectives.add, workshop.id, typed)
    assert refused.value.code == code


def test_adding_the_same_name_twice_makes_one(house: House, workshop: Workshop, neighbours: Own) -> None:
    again = house.store.write(perspectives.add, workshop.id, "Woning Corporatie")
    assert again.id == neighbours.id
    assert len(house.store.read(perspectives.own_ones, workshop.id)) == 1


def test_no_more_than_twelve_of_its_own(house: House, workshop: Workshop) -> None:
    for nr in range(perspectives.MOST_OWN):
        house.store.write(perspectives.add, workshop.id, f"kant {nr}")
    with pytest.raises(Refused) as refused:
        house.store.write(perspectives.add, workshop.id, "kant te veel")
    assert refused.value.code == "side_many"


def test_what_was_said_from_a_removed_side_keeps_its_name(
    house: House, workshop: Workshop, neighbours: Own, share: Share, anna: FlaskClient
) -> None:
    idea = share("Meer groen.", perspective=neighbours.id)
    house.store.write(perspectives.remove, workshop.id, neighbours.id)
    assert neighbours.id not in house.store.read(perspectives.of, workshop.id)
    assert now(house, idea).perspective == neighbours.id
    assert "woning corporatie" in anna.get(f"/bureau/{workshop.id}/ideeen/{idea.id}").text
    house.store.write(perspectives.bring_back, workshop.id, neighbours.id)
    assert neighbours.id in house.store.read(perspectives.of, workshop.id)


def test_a_phone_can_choose_it_and_reads_it_under_the_idea(
    house: House, door: Door, in_group: FlaskClient, neighbours: Own
) -> None:
    page = in_group.get(f"/{door.number}").text
    assert f'<option value="{neighbours.id}">woning corporatie' in page
    key = page.split('name="sleutel" value="')[1].split('"')[0]
    answer = in_group.post(
        f"/{door.number}", data={"sleutel": key, "idee": "Een moestuin.", "perspectief": neighbours.id}
    )
    assert answer.status_code == 303
    [idea] = house.store.read(ideas.visible, door, True)
    assert idea.perspective == neighbours.id


def test_attendance_counts_it_and_the_report_names_it(
    house: House, workshop: Workshop, neighbours: Own, anna: FlaskClient
) -> None:
    made = house.store.write(meetings.add, workshop.id, meetings.About(clock.today().isoformat()))
    page = anna.get(f"/bureau/{workshop.id}/bijeenkomsten/{made.id}").text
    assert f'name="er-{neighbours.id}"' in page
    anna.post(
        f"/bureau/{workshop.id}/bijeenkomsten/{made.id}/aanwezig",
        data={f"was-{neighbours.id}": "0", f"er-{neighbours.id}": "6"},
    )
    told = house.store.read(wall_printing.report_text, workshop, made.id, "nl")
    assert ("woning corporatie", 6) in told.present


def test_a_removed_side_that_was_there_stays_in_the_attendance(
    house: House, workshop: Workshop, neighbours: Own, anna: FlaskClient
) -> None:
    made = house.store.write(meetings.add, workshop.id, meetings.About(clock.today().isoformat()))
    house.store.write(meetings.note_present, made, {neighbours.id: 7})
    house.store.write(perspectives.remove, workshop.id, neighbours.id)
    page = anna.get(f"/bureau/{workshop.id}/bijeenkomsten/{made.id}").text
    assert f'name="er-{neighbours.id}"' in page


def test_a_decision_says_from_which_own_side_it_was_taken(
    house: House, workshop: Workshop, neighbours: Own, share: Share, facilitator: Facilitator
) -> None:
    house.store.write(workshops.take_perspective, workshop.id, facilitator.id, neighbours.id)
    idea = house.store.write(decisions.prepare, share(), Plan("make"), facilitator.id)
    decision = house.store.read(decisions.of_idea, idea.planned or "")
    assert "Anna (woning corporatie)" in telling.told(decision, workshop, "nl").decided


def test_the_wall_and_the_export_name_it(house: House, workshop: Workshop, neighbours: Own, share: Share) -> None:
    share("Meer groen.", perspective=neighbours.id)
    hanging = house.store.read(walls.hanging, workshop.id, "group")
    [shown] = [one for section in hanging.sections for one in section.ideas]
    assert walls.giver(shown, "nl") == "van een deelnemer (woning corporatie)"
    [taken] = house.store.read(taking.everything, workshop.id)
    assert taken.side == "woning corporatie"


def test_ideas_can_be_filtered_by_it(workshop: Workshop, neighbours: Own, share: Share, anna: FlaskClient) -> None:
    share("Meer groen.", perspective=neighbours.id)
    share("Een bankje.", perspective="client")
    page = anna.get(f"/bureau/{workshop.id}/ideeen?perspectief={neighbours.id}").text
    assert "Meer groen." in page
    assert "Een bankje." not in page


def test_every_page_where_one_chooses_a_side_offers_it(
    workshop: Workshop, neighbours: Own, share: Share, someone: Someone
) -> None:
    idea = share()
    page = someone("facilitator").get(f"/bureau/{workshop.id}/besluiten?idee={idea.id}").text
    assert f'<option value="{neighbours.id}"' in page
