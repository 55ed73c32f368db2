"""The plan of a meeting at the desk: without scripts, with undo, for two at once."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.desk_people import Someone, anna, someone
from tests.planned import at, meeting, plan_of, said, standing_clock, take, words
from workshop import ids
from workshop.domain import meetings, plans
from workshop.domain.meetings import About, Meeting
from workshop.domain.plans import Plan
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["anna", "at", "meeting", "someone", "standing_clock"]

LISTENING = "luisteren/01-eerst-luisteren"


def form_of(plan: Plan, place: int, **more: str) -> dict[str, str]:
    block = plan.blocks[place]
    fields = {"titel": block.title, "woorden": block.words, "anders": block.other_way, "minuten": str(block.minutes)}
    return fields | {"soort": block.kind, "leidt": block.leads, "versie": str(block.version)} | more


def test_from_a_meeting_one_goes_to_its_plan_and_from_a_programme_too(
    anna: FlaskClient, at: str, workshop: Workshop, meeting: Meeting
) -> None:
    assert f'href="{at}/draaiboek"' in anna.get(at).text
    page = anna.get(f"/bureau/{workshop.id}/programmas/een-gewone-dag").text
    assert f'action="{at}/draaiboek/programma"' in page


def test_an_empty_plan_says_how_to_begin(anna: FlaskClient, at: str) -> None:
    text = said(anna, f"{at}/draaiboek")
    assert "Er staat nog niets" in text
    assert "Begin met een programma" in text


def test_a_programme_is_taken_over_with_its_times_for_so_many_people(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at, mensen="12", tafels="3", groot="2")
    text = said(anna, f"{at}/draaiboek")
    assert "Van 13:30 tot 15:30" in text
    assert "13:55 40 minuten · A leidt Een dag uit mijn leven" in text
    plan = plan_of(house, meeting)
    assert (plan.people, plan.tables, plan.large) == (12, 3, 2)


def test_taking_over_another_programme_asks_first_and_can_be_undone(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    before = plan_of(house, meeting)
    asked = anna.post(f"{at}/draaiboek/programma", data={"programma": "kiezen"})
    assert asked.status_code == 200
    assert "Er staat al een draaiboek." in words(asked.text)
    assert plan_of(house, meeting) == before
    answer = anna.post(f"{at}/draaiboek/programma", data={"programma": "kiezen", "zeker": "ja"})
    assert plan_of(house, meeting).recipe_id == "kiezen"
    step = re.search(r"stap=(\w+)", answer.location)
    assert step
    assert "Ongedaan maken" in said(anna, answer.location.split("#")[0])
    anna.post(f"{at}/draaiboek/terug", data={"stap": step[1]})
    assert plan_of(house, meeting) == before


def test_one_changes_a_block_in_its_own_form_and_all_times_after_it_follow(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    plan = plan_of(house, meeting)
    data = form_of(plan, 1, minuten="25", titel="Verhalen", leidt="B")
    assert anna.post(f"{at}/draaiboek/{plan.blocks[1].id}/bewaar", data=data).status_code == 303
    text = said(anna, f"{at}/draaiboek")
    assert "13:40 25 minuten · B leidt Verhalen" in text
    assert "14:05 40 minuten" in text


def test_the_cards_of_a_block_are_kept_changed_dropped_and_added_by_name(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    plan = plan_of(house, meeting)
    first, second, third = (use.card for use in plan.blocks[1].cards)
    data = form_of(plan, 1)
    path = f"{at}/draaiboek/{plan.blocks[1].id}/bewaar"
    sent = {**data, "kaart": [first, second, third, "eerst luisteren"], "voor": ["person", "", "table", "once"]}
    assert anna.post(path, data=sent).status_code == 303
    found = {use.card: use.per for use in plan_of(house, meeting).blocks[1].cards}
    assert found == {first: "person", third: "table", LISTENING: "once"}


def test_a_card_nobody_knows_is_refused_and_what_was_typed_stays(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    plan = plan_of(house, meeting)
    data = form_of(plan, 1, titel="Verhalen vertellen", kaart="Zomaar een kaart", voor="table")
    answer = anna.post(f"{at}/draaiboek/{plan.blocks[1].id}/bewaar", data=data)
    assert answer.status_code == 400
    assert "Deze kaart kennen we niet." in words(answer.text)
    assert 'value="Verhalen vertellen"' in answer.text
    assert plan_of(house, meeting) == plan


def test_two_facilitators_change_the_same_block_and_the_second_sees_both(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    plan = plan_of(house, meeting)
    path = f"{at}/draaiboek/{plan.blocks[0].id}/bewaar"
    anna.post(path, data=form_of(plan, 0, titel="Thee"))
    answer = anna.post(path, data=form_of(plan, 0, titel="Soep"))
    assert answer.status_code == 409
    assert "Iemand anders heeft dit net veranderd." in words(answer.text)
    assert "Nu staat er: Thee" in words(answer.text)
    assert 'value="Soep"' in answer.text
    assert plan_of(house, meeting).blocks[0].title == "Thee"
    again = re.search(r'name="versie" value="(\d+)"', answer.text)
    assert again
    anna.post(path, data=form_of(plan, 0, titel="Soep", versie=again[1]))
    assert plan_of(house, meeting).blocks[0].title == "Soep"


def test_what_is_no_block_is_said_beside_the_field(anna: FlaskClient, at: str, house: House, meeting: Meeting) -> None:
    take(anna, at)
    plan = plan_of(house, meeting)
    answer = anna.post(f"{at}/draaiboek/{plan.blocks[0].id}/bewaar", data=form_of(plan, 0, minuten="999"))
    assert answer.status_code == 400
    assert "Kies 1 tot 240 minuten." in words(answer.text)
    assert plan_of(house, meeting) == plan


def test_blocks_are_added_from_a_card_a_programme_a_break_and_by_hand(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    for data in (
        {"wat": "kaart", "kaart": "Een dag uit mijn leven"},
        {"wat": "deel", "deel": "kiezen:0"},
        {"wat": "pauze"},
        {"wat": "zelf", "titel": "Rondje", "minuten": "10", "soort": "close", "leidt": "B"},
    ):
        assert anna.post(f"{at}/draaiboek/erbij", data={**data, "na": "-"}).status_code == 303
    blocks = plan_of(house, meeting).blocks
    assert [block.kind for block in blocks] == ["work", "welcome", "break", "close"]
    assert [block.title for block in blocks][2:] == ["Pauze", "Rondje"]
    assert blocks[0].cards[0].card == "samen-ontwerpen/01-een-dag-uit-mijn-leven"


def test_pressing_twice_adds_once(anna: FlaskClient, at: str, house: House, meeting: Meeting) -> None:
    data = {"wat": "pauze", "na": "-", "sleutel": ids.new()}
    anna.post(f"{at}/draaiboek/erbij", data=data)
    anna.post(f"{at}/draaiboek/erbij", data=data)
    assert len(plan_of(house, meeting).blocks) == 1


def test_a_block_goes_up_down_behind_another_away_and_back(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    keys = [block.id for block in plan_of(house, meeting).blocks]
    one = f"{at}/draaiboek/{keys[3]}"

    def order() -> list[int]:
        return [keys.index(block.id) for block in plan_of(house, meeting).blocks]

    anna.post(f"{one}/omhoog")
    assert order() == [0, 1, 3, 2, 4, 5]
    anna.post(f"{one}/omlaag")
    assert order() == [0, 1, 2, 3, 4, 5]
    anna.post(f"{one}/na", data={"na": ""})
    assert order() == [3, 0, 1, 2, 4, 5]
    gone = anna.post(f"{one}/weg")
    assert order() == [0, 1, 2, 4, 5]
    step = re.search(r"stap=(\w+)", gone.location)
    assert step
    anna.post(f"{at}/draaiboek/terug", data={"stap": step[1]})
    assert order() == [3, 0, 1, 2, 4, 5]


def test_warnings_are_said_in_words_with_a_button_that_helps(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    for minutes in ("40", "40"):
        data = {"wat": "zelf", "titel": f"Werk {minutes}", "minuten": minutes, "soort": "work"}
        anna.post(f"{at}/draaiboek/erbij", data={**data, "na": "-"})
    text = said(anna, f"{at}/draaiboek")
    assert "Er zit geen pauze in, en het duurt 80 minuten." in text
    assert "Er is geen luisterkaart bij." in text
    assert "A leidt alles." in text
    anna.post(f"{at}/draaiboek/erbij", data={"wat": "pauze", "na": plan_of(house, meeting).blocks[0].id})
    anna.post(f"{at}/draaiboek/erbij", data={"wat": "kaart", "kaart": LISTENING, "na": ""})
    anna.post(f"{at}/draaiboek/wissel")
    text = said(anna, f"{at}/draaiboek")
    for gone in ("geen pauze", "geen luisterkaart", "leidt alles"):
        assert gone not in text


def test_more_than_two_methods_the_group_never_did_are_named(anna: FlaskClient, at: str) -> None:
    for name in ("Een dag uit mijn leven", "Fotowandeling", "Dromen mag"):
        anna.post(f"{at}/draaiboek/erbij", data={"wat": "kaart", "kaart": name, "na": "-"})
    assert "3 dingen nieuw voor de groep: Een dag uit mijn leven, Fotowandeling, Dromen mag." in said(
        anna, f"{at}/draaiboek"
    )


def test_after_a_print_the_page_says_which_version_is_on_paper(
    anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    house.store.write(plans.printed, meeting.id)
    assert "Het papier is versie" not in said(anna, f"{at}/draaiboek")
    anna.post(f"{at}/draaiboek/wissel")
    anna.post(f"{at}/draaiboek/erbij", data={"wat": "pauze", "na": "-"})
    assert "Het papier is versie 1, dit is versie 2." in said(anna, f"{at}/draaiboek")


def test_who_looks_along_sees_the_plan_and_changes_nothing(
    someone: Someone, anna: FlaskClient, at: str, house: House, meeting: Meeting
) -> None:
    take(anna, at)
    observer = someone("observer")
    page = observer.get(f"{at}/draaiboek")
    assert page.status_code == 200
    assert '<form method="post"' not in page.text.split("<main", 1)[-1]
    assert observer.post(f"{at}/draaiboek/wissel").status_code == 403
    assert observer.get(f"{at}/nu").status_code == 200
    assert observer.post(f"{at}/nu/begin").status_code == 403
    assert someone("helper").get(f"{at}/draaiboek").status_code == 403


def test_a_block_of_another_meeting_is_not_there(
    anna: FlaskClient, at: str, house: House, meeting: Meeting, workshop: Workshop
) -> None:
    take(anna, at)
    other = house.store.write(meetings.add, workshop.id, About("2027-04-05"))
    block = plan_of(house, meeting).blocks[0]
    elsewhere = f"/bureau/{workshop.id}/bijeenkomsten/{other.id}"
    assert anna.post(f"{elsewhere}/draaiboek/{block.id}/weg").status_code == 404
    assert anna.get(f"/bureau/{workshop.id}/bijeenkomsten/{ids.new()}/draaiboek").status_code == 404


def test_a_circle_sees_no_more_than_a_plan_and_the_meeting(anna: FlaskClient, at: str, workshop: Workshop) -> None:
    assert workshop.kind == "circle"
    take(anna, at)
    text = said(anna, f"{at}/draaiboek")
    assert "Voorgesteld door de groep" not in text
