"""Kinds of trajectory: what each shows, that changing loses nothing, and that a knowledge circle sees none of it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.desk_people import Share, Someone, anna, now, share, someone
from tests.phone import text
from workshop.domain import actions, frames, mandates, parking, trajectory
from workshop.domain.actions import Promise
from workshop.domain.facilitators import Facilitator
from workshop.domain.mandates import Given
from workshop.domain.workshops import Workshop, all_for, at_door
from workshop.house import House

__all__ = ["anna", "share", "someone"]
TILL = "2099-12-31"


def turn(house: House, workshop: Workshop, kind: str, dial: int = 1) -> Workshop:
    house.store.write(trajectory.turn, house.store.read(at_door, workshop.id), kind, dial)
    return house.store.read(at_door, workshop.id)


def page(workshop: Workshop, part: str = "traject") -> str:
    return f"/bureau/{workshop.id}/{part}"


def test_a_workshop_is_a_knowledge_circle_unless_another_kind_is_chosen(
    at_desk: FlaskClient, house: House, facilitator: Facilitator
) -> None:
    form = at_desk.get("/bureau/nieuw").text
    assert form.index('value="circle"') < form.index('value="learning"') < form.index('value="workshop"')
    details = {"naam": "De Eik", "vraag": "Wat nu?", "taal_kaarten": "nl", "adres": "werkplaats.nl"}
    details |= {"contact": "Riet", "telefoon": "06 12345678", "zichtbaar": "soon"}
    assert at_desk.post("/bureau/nieuw", data=details).status_code == 303
    assert at_desk.post("/bureau/nieuw", data=details | {"naam": "Twee", "soort": "workshop"}).status_code == 303
    kinds = {one.name: one.kind for one in house.store.read(all_for, facilitator.id)}
    assert kinds == {"De Eik": "circle", "Twee": "workshop"}
    refused = at_desk.post("/bureau/nieuw", data=details | {"naam": "Drie", "soort": "club"})
    assert refused.status_code == 400
    assert "Kies een van de drie soorten" in text(refused)
    assert len(house.store.read(all_for, facilitator.id)) == 2, "all of it or nothing"


def test_a_knowledge_circle_sees_nothing_of_the_trajectory_but_one_quiet_line(
    at_desk: FlaskClient, workshop: Workshop, share: Share
) -> None:
    idea = share()
    for part in ("", "/ideeen", f"/ideeen/{idea.id}", "/bord", "/bijeenkomsten"):
        said = at_desk.get(f"/bureau/{workshop.id}{part}").text
        assert page(workshop) + '"' not in said, part
        assert "Parkeren" not in said, part
    home = text(at_desk.get(f"/bureau/{workshop.id}"))
    assert "Soort kenniskring · veranderen" in home
    assert "stappen" not in home


def test_the_pages_of_a_knowledge_circle_stay_reachable_and_say_why_they_are_empty(
    at_desk: FlaskClient, workshop: Workshop
) -> None:
    said = text(at_desk.get(page(workshop)))
    assert "In een kenniskring delen mensen verhalen en ideeën." in said
    assert "Mist nog" not in said


def test_another_kind_says_what_appears_and_can_be_undone(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    address = page(workshop, "traject/soort")
    before = text(at_desk.get(address))
    assert "Er gaat nooit iets weg" in before
    assert "4. Samen proberen Erbij: Mandaat, Proeven." in before
    answer = at_desk.post(address, data={"soort": "learning", "stand": "2"}, follow_redirects=True)
    said = text(answer)
    assert "Nu te zien: Kader, Waarom nu, Perspectieven, Twee begeleiders, Taken, Terugblik, Ritme" in said
    assert "Alles wat er stond is bewaard." in said
    assert house.store.read(at_door, workshop.id).kind == "learning"
    answer = at_desk.post(address, data={"soort": "circle", "stand": "1"}, follow_redirects=True)
    assert "Niet meer te zien: Kader" in text(answer)
    assert house.store.read(at_door, workshop.id).kind == "circle"


def test_an_unknown_kind_changes_nothing(at_desk: FlaskClient, house: House, workshop: Workshop) -> None:
    assert at_desk.post(page(workshop, "traject/soort"), data={"soort": "club"}).status_code == 400
    assert house.store.read(at_door, workshop.id).kind == "circle"


@pytest.mark.parametrize(("dial", "more"), [(1, {"frame"}), (2, {"responsibility"}), (3, {"zone"}), (4, {"mandate"})])
def test_the_dial_of_a_learning_circle_shows_more_with_every_turn(
    house: House, workshop: Workshop, dial: int, more: set[str]
) -> None:
    before = set(trajectory.parts(turn(house, workshop, "learning", dial)))
    after = set(trajectory.parts(turn(house, workshop, "learning", dial + 1)))
    assert before < after
    assert more <= before
    assert set(trajectory.parts(turn(house, workshop, "learning", 5))) == set(
        trajectory.parts(turn(house, workshop, "workshop"))
    )


def test_going_through_all_kinds_keeps_everything(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    who, key = facilitator.id, workshop.id
    idea = share()
    turn(house, workshop, "workshop")
    house.store.write(frames.change, key, 0, "Ontmoeten", "Verkeer", who)
    house.store.write(parking.park, idea, who, "Dit gaat over verkeer.")
    house.store.write(mandates.give, key, None, Given("Mevrouw Bos", "Proberen", TILL, "paper"), who)
    house.store.write(actions.add, key, Promise("Bellen", "group"), who)

    def everything() -> list[object]:
        found = (frames.of, parking.parked, mandates.history, actions.of_workshop)
        return [house.store.read(each, key) for each in found]

    before = everything()
    for kind, dial in (("circle", 1), ("workshop", 1), ("learning", 1), ("learning", 5), ("workshop", 3)):
        turn(house, workshop, kind, dial)
        assert everything() == before, (kind, dial)


def test_a_learning_circle_sees_only_the_steps_of_its_dial(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    turn(house, workshop, "learning", 1)
    said = text(at_desk.get(page(workshop)))
    assert "1. Waar gaat het over?" in said
    assert "4. Mag het ook echt?" not in said
    turn(house, workshop, "learning", 4)
    assert "4. Mag het ook echt?" in text(at_desk.get(page(workshop)))


def test_the_frame_is_kept_and_two_who_change_it_do_not_overwrite_each_other(
    at_desk: FlaskClient, someone: Someone, house: House, workshop: Workshop
) -> None:
    address = page(workshop, "kader")
    sent = {"in.binnen": "Ontmoeten in de straat", "in.buiten": "Verkeer", "versie": "0"}
    for _ in range(2):
        assert at_desk.post(address, data=sent).status_code == 303
    answer = someone("facilitator").post(address, data=sent | {"in.binnen": "Wonen"})
    assert answer.status_code == 409
    assert "Nu staat er: Ontmoeten in de straat" in text(answer)
    assert ">Wonen</textarea>" in answer.text
    frame = house.store.read(frames.of, workshop.id)
    assert (frame.inside, frame.outside, frame.version) == ("Ontmoeten in de straat", "Verkeer", 1)
    assert at_desk.post(address, data=sent | {"in.binnen": "Wonen", "versie": "1"}).status_code == 303
    assert at_desk.post(address, data=sent | {"in.binnen": "a" * 601, "versie": "2"}).status_code == 400


def test_an_idea_outside_the_frame_is_parked_with_a_reason_and_can_come_back(
    at_desk: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    turn(house, workshop, "workshop")
    idea = share("Een flitspaal in de straat.")
    act = f"/bureau/{workshop.id}/ideeen/{idea.id}"
    refused = at_desk.post(f"{act}/parkeren", data={"versie": "1", "reden": " "})
    assert refused.status_code == 400
    assert "Schrijf erbij waarom het buiten het kader valt." in text(refused)
    at_desk.post(f"{act}/parkeren", data={"versie": "1", "reden": "Dit gaat over verkeer."})
    said = text(at_desk.get(act))
    assert "Geparkeerd, omdat: Dit gaat over verkeer." in said
    history = said[said.index("Wat ermee gebeurde") :]
    assert "Geparkeerd" in history
    assert "Dit gaat over verkeer." in history
    listed = text(at_desk.get(page(workshop, "kader")))
    assert "Een flitspaal in de straat. Geparkeerd, omdat: Dit gaat over verkeer." in listed
    back = {"versie": str(now(house, idea).version), "terug": "kader"}
    answer = at_desk.post(f"{act}/niet-parkeren", data=back, follow_redirects=True)
    assert "Van de parkeerlijst gehaald." in text(answer)
    assert not now(house, idea).parked
    at_desk.post(f"{act}/ongedaan", data={"versie": str(now(house, idea).version)})
    assert now(house, idea).parked == "Dit gaat over verkeer."


def test_a_parked_idea_stays_on_the_page_of_its_card(
    in_group: FlaskClient, house: House, facilitator: Facilitator, share: Share
) -> None:
    idea = share("Een flitspaal in de straat.")
    house.store.write(parking.park, idea, facilitator.id, "Dit gaat over verkeer.")
    said = text(in_group.get(f"/{idea.number}"))
    assert "Een flitspaal in de straat." in said
    assert "Dit gaat over verkeer." not in said


def test_parked_ideas_say_so_on_board_and_list_and_can_be_left_out(
    at_desk: FlaskClient, house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    turn(house, workshop, "workshop")
    idea, other = share("Een flitspaal in de straat."), share("Een bankje bij de halte.")
    assert "niet geparkeerd" not in at_desk.get(page(workshop, "ideeen")).text, "nothing to choose as long as none is"
    house.store.write(parking.park, idea, facilitator.id, "Dit gaat over verkeer.")
    for where in ("bord", "ideeen"):
        assert ">Geparkeerd</span>" in at_desk.get(page(workshop, where)).text, where
    only, without = (text(at_desk.get(page(workshop, f"ideeen?merk={mark}"))) for mark in ("parked", "within"))
    assert idea.words in only
    assert other.words not in only
    assert idea.words not in without
    assert other.words in without
