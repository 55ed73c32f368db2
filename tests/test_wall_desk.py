"""Walls from the desk: who may, what every button does, and two who press at once."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.desk_people import Share, Someone, share, someone
from workshop.domain import walls, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.walls import Wall
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["share", "someone"]


@pytest.fixture
def wall(house: House, workshop: Workshop) -> Wall:
    """A wall in the room."""
    return house.store.write(walls.make, workshop.id, "group")


def _press(client: FlaskClient, wall: Wall, deed: str, **form: object) -> int:
    answer = client.post(f"/bureau/{wall.workshop_id}/muur/{wall.id}/{deed}", data={"versie": wall.version} | form)
    return answer.status_code


def _now(house: House, wall: Wall) -> Wall:
    return house.store.read(walls.find, wall.workshop_id, wall.id)


def test_a_facilitator_makes_a_wall_and_finds_its_address(
    house: House, at_desk: FlaskClient, workshop: Workshop
) -> None:
    answer = at_desk.post(f"/bureau/{workshop.id}/muur", data={"waar": "everyone", "per": "card"})
    assert answer.status_code == 303
    (made,) = house.store.read(walls.of_workshop, workshop.id)
    assert (made.audience, made.by_what) == ("everyone", "card")
    assert f"https://werkplaats.nl/muur/{made.key}" in at_desk.get(f"/bureau/{workshop.id}/muur").text
    assert at_desk.post(f"/bureau/{workshop.id}/muur", data={}).status_code == 400


def test_every_button_does_what_it_says_and_twice_is_once(
    house: House, at_desk: FlaskClient, wall: Wall, share: Share
) -> None:
    idea = share("Een bankje.")
    assert _press(at_desk, wall, "groot", nr=idea.nr) == 303
    assert _press(at_desk, wall, "groot", nr=idea.nr) == 303
    assert _now(house, wall).focus_id == idea.id
    assert _press(at_desk, _now(house, wall), "alles") == 303
    assert _press(at_desk, _now(house, wall), "volgorde", per="card") == 303
    assert (_now(house, wall).focus_id, _now(house, wall).by_what) == (None, "card")
    assert _press(at_desk, _now(house, wall), "sluiten") == 303
    assert _now(house, wall).closed_at
    assert _press(at_desk, _now(house, wall), "openen") == 303
    assert _now(house, wall).closed_at is None


def test_an_idea_that_does_not_hang_there_cannot_be_large(
    house: House, at_desk: FlaskClient, wall: Wall, share: Share, workshop: Workshop
) -> None:
    house.store.write(workshops.hide, workshop.id)
    hidden = share("Straks pas.")
    answer = at_desk.post(f"/bureau/{workshop.id}/muur/{wall.id}/groot", data={"versie": 1, "nr": hidden.nr})
    assert answer.status_code == 400
    assert f"Idee {hidden.nr} hangt niet op deze muur." in answer.text
    assert _press(at_desk, wall, "groot", nr="<b>") == 400
    assert _now(house, wall).focus_id is None


def test_two_who_change_a_wall_at_once_overwrite_nothing(
    house: House, at_desk: FlaskClient, wall: Wall, share: Share
) -> None:
    one, two = share("Een bankje."), share("Samen eten.")
    assert _press(at_desk, wall, "groot", nr=one.nr) == 303
    assert _press(at_desk, wall, "groot", nr=two.nr) == 409
    assert _now(house, wall).focus_id == one.id


def test_hiding_and_showing_work_from_this_page(house: House, at_desk: FlaskClient, workshop: Workshop) -> None:
    def press(deed: str) -> Workshop:
        assert at_desk.post(f"/bureau/{workshop.id}/muur/samen/{deed}").status_code == 303
        return house.store.read(workshops.at_door, workshop.id)

    assert press("verbergen").hidden_at
    assert "Sinds" in at_desk.get(f"/bureau/{workshop.id}/muur").text
    assert press("onthullen").hidden_at is None
    assert press("steun").support_shown_at
    assert press("geen_steun").support_shown_at is None


@pytest.mark.parametrize(
    ("who", "sees", "changes"),
    [("facilitator", 200, 303), ("observer", 200, 403), ("helper", 403, 403), ("stranger", 404, 404)],
)
def test_only_who_leads_changes_walls(
    house: House, someone: Someone, wall: Wall, who: str, sees: int, changes: int
) -> None:
    client = someone(who)
    assert client.get(f"/bureau/{wall.workshop_id}/muur").status_code == sees
    assert client.post(f"/bureau/{wall.workshop_id}/muur", data={"waar": "group"}).status_code == changes
    assert client.post(f"/bureau/{wall.workshop_id}/muur/samen/verbergen").status_code == changes
    assert _press(client, wall, "sluiten") == changes


def test_a_wall_of_another_workshop_is_not_there(
    house: House, at_desk: FlaskClient, wall: Wall, workshop: Workshop, facilitator: Facilitator
) -> None:
    other = house.store.write(workshops.make, facilitator.id, workshops.details(workshop))
    assert at_desk.post(f"/bureau/{other.id}/muur/{wall.id}/sluiten", data={"versie": 1}).status_code == 404
    assert _press(at_desk, wall, "weg") == 404
    assert _now(house, wall).closed_at is None
