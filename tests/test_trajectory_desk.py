"""Mandate and tasks at the desk: what is typed stays, two do not overwrite each other, and everything can be undone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.desk_people import Someone, anna, someone
from tests.phone import text
from workshop import clock
from workshop.domain import actions, mandates, trajectory
from workshop.domain.actions import Action
from workshop.domain.mandates import Mandate
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["anna", "someone"]
TILL = (clock.today() + timedelta(days=60)).isoformat()
GIVEN = {"in.wie": "Mevrouw Bos, wethouder", "in.wat": "De bank verplaatsen.", "tot": TILL, "getekend": ""}
TASK = {"in.wat": "Koffie regelen", "van": "group", "in.naam": "Riet", "klaar": "", "bijeenkomst": ""}


@pytest.fixture(autouse=True)
def _workshop(house: House, workshop: Workshop) -> None:
    """Every workshop here is one that tries things out together."""
    house.store.write(trajectory.turn, workshop, "workshop", 1)


def page(workshop: Workshop, part: str) -> str:
    return f"/bureau/{workshop.id}/{part}"


def standing(house: House, workshop: Workshop) -> Mandate | None:
    return house.store.read(mandates.standing, workshop.id)


def tasks(house: House, workshop: Workshop) -> list[Action]:
    return house.store.read(actions.of_workshop, workshop.id)


def test_a_mandate_is_written_down_signed_taken_back_and_brought_back(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    address = page(workshop, "mandaat")
    assert "Er is nog geen mandaat." in text(at_desk.get(address))
    for _ in range(2):
        assert at_desk.post(address, data=GIVEN).status_code == 303
    assert "nog niet getekend" in text(at_desk.get(address))
    (one,) = house.store.read(mandates.history, workshop.id)
    assert "Bewaard dat er getekend is." in text(
        at_desk.post(f"{address}/{one.id}/getekend", data={"hoe": "paper"}, follow_redirects=True)
    )
    assert "geldt nu" in text(at_desk.get(address))
    answer = at_desk.post(f"{address}/{one.id}/intrekken", follow_redirects=True)
    assert "Het mandaat is ingetrokken. Ongedaan maken" in text(answer)
    assert standing(house, workshop) is None
    assert "ingetrokken" in text(answer), "it stays to be read"
    at_desk.post(f"{address}/{one.id}/toch")
    now = standing(house, workshop)
    assert now is not None
    assert now.holds


def test_what_was_typed_for_a_mandate_stays_when_it_cannot_be_kept(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    answer = at_desk.post(page(workshop, "mandaat"), data=GIVEN | {"tot": "2020-01-01"})
    assert answer.status_code == 400
    assert "Deze dag is al voorbij." in text(answer)
    assert 'value="Mevrouw Bos, wethouder"' in answer.text
    assert ">De bank verplaatsen.</textarea>" in answer.text
    assert standing(house, workshop) is None


def test_an_expired_mandate_is_flagged_and_renewing_keeps_the_old_one(
    someone: Someone, house: House, workshop: Workshop
) -> None:
    address = page(workshop, "mandaat")
    someone("facilitator").post(address, data=GIVEN | {"getekend": "paper"})
    clock.shift(days=70)
    at_desk = someone("facilitator")
    assert "Dit mandaat is verlopen." in text(at_desk.get(address))
    at_desk.post(address, data=GIVEN | {"tot": (clock.today() + timedelta(days=9)).isoformat(), "getekend": "screen"})
    said = text(at_desk.get(address))
    assert "geldt nu" in said
    assert "Andere mandaten" in said
    assert "verlopen" in said
    assert len(house.store.read(mandates.history, workshop.id)) == 2


def test_who_looks_on_reads_the_mandate_and_signs_nothing(
    at_desk: FlaskClient, someone: Someone, workshop: Workshop
) -> None:
    at_desk.post(page(workshop, "mandaat"), data=GIVEN)
    answer = someone("observer").get(page(workshop, "mandaat"))
    assert "De bank verplaatsen." in text(answer)
    assert 'method="post"' not in answer.text[answer.text.index("<main") :]


def test_a_task_is_written_down_done_let_go_and_every_step_can_be_undone(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    address = page(workshop, "taken")
    for _ in range(2):
        assert at_desk.post(address, data=TASK).status_code == 303
    (one,) = tasks(house, workshop)
    assert "iemand uit de groep: Riet" in text(at_desk.get(address))
    assert "Mooi: gedaan. Ongedaan maken" in text(at_desk.post(f"{address}/{one.id}/gedaan", follow_redirects=True))
    assert tasks(house, workshop)[0].done_at
    at_desk.post(f"{address}/{one.id}/niet-gedaan")
    assert tasks(house, workshop)[0].done_at is None
    assert "De taak is weg van de lijst." in text(at_desk.post(f"{address}/{one.id}/weg", follow_redirects=True))
    assert tasks(house, workshop) == []
    at_desk.post(f"{address}/{one.id}/toch")
    assert [each.id for each in tasks(house, workshop)] == [one.id]


def test_two_who_change_a_task_see_both_texts(
    at_desk: FlaskClient, someone: Someone, house: House, workshop: Workshop
) -> None:
    address = page(workshop, "taken")
    at_desk.post(address, data=TASK)
    (one,) = tasks(house, workshop)
    changed = TASK | {"versie": str(one.version), "in.naam": "Bep"}
    for _ in range(2):
        assert at_desk.post(f"{address}/{one.id}", data=changed).status_code == 303
    answer = someone("facilitator").post(f"{address}/{one.id}", data=changed | {"in.naam": "Kees"})
    assert answer.status_code == 409
    assert "Nu staat er: Bep" in text(answer)
    assert 'value="Kees"' in answer.text
    version = re.search(r'name="versie" value="(\d+)"', answer.text)
    assert version
    at_desk.post(f"{address}/{one.id}", data=changed | {"in.naam": "Kees", "versie": version[1]})
    assert tasks(house, workshop)[0].owner_name == "Kees"


def test_an_empty_task_is_refused_and_the_rest_stays(at_desk: FlaskClient, workshop: Workshop) -> None:
    answer = at_desk.post(page(workshop, "taken"), data=TASK | {"in.wat": " "})
    assert answer.status_code == 400
    assert "Schrijf op wat er gaat gebeuren." in text(answer)
    assert 'value="Riet"' in answer.text


def test_who_carries_most_is_said_in_words(at_desk: FlaskClient, workshop: Workshop) -> None:
    for nr in range(4):
        owner = "facilitator" if nr else "group"
        at_desk.post(page(workshop, "taken"), data=TASK | {"in.wat": f"Taak {nr}", "van": owner})
    said = text(at_desk.get(page(workshop, "taken")))
    assert "3 van de 4 taken liggen bij begeleiders. Wie uit de groep wil er een overnemen?" in said
