"""Organisations: one installation, several of them, and as long as there is one nobody meets the word."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests.conftest import DETAILS, Visit
from tests.organised import Other, bas
from workshop.cli import main
from workshop.domain import facilitators, organisations, quotas, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.organisations import FIRST
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

__all__ = ["bas"]
NEW = "een lange zin voor wie nieuw is"


def link_of(client: FlaskClient, workshop_id: str) -> str:
    page = client.post(f"/bureau/{workshop_id}/uitnodigen", data={"rol": "facilitator"}).text
    return page.split('id="link" value="')[1].split('"')[0].partition("werkplaats.nl")[2]


def test_with_one_organisation_nobody_meets_the_word(at_desk: FlaskClient, workshop: Workshop) -> None:
    for path in ("/bureau/", f"/bureau/{workshop.id}", f"/bureau/{workshop.id}/printen", "/bureau/account"):
        assert "rganisatie" not in at_desk.get(path).text, path
    assert "Meer organisaties" not in at_desk.get("/bureau/hulp/wie-ziet-wat").text


def test_with_two_there_is_a_page_that_tells_of_one_s_own_only(
    at_desk: FlaskClient, workshop: Workshop, bas: Other, house: House, facilitator: Facilitator
) -> None:
    house.store.write(facilitators.make, "Bea", "", bas.organisation.id)
    page = bas.browser.get("/bureau/organisatie").text
    assert "De Kring" in page
    assert "Bea" in page
    assert "Bas" in page
    assert "Anna" not in page
    assert workshop.name not in page
    assert 'href="/bureau/organisatie"' in bas.browser.get("/bureau/").text
    hers = at_desk.get("/bureau/organisatie").text
    assert workshop.name in hers
    assert "Kring" not in hers
    assert "Bas" not in hers


def test_of_workshops_one_does_not_work_in_only_the_number_is_told(bas: Other, house: House) -> None:
    bea = house.store.write(facilitators.make, "Bea", "", bas.organisation.id)
    house.store.write(workshops.make, bea.id, DETAILS)
    page = bas.browser.get("/bureau/organisatie").text
    assert "En nog 1 werkplaats van anderen." in page
    assert DETAILS.name not in page


def test_an_invitation_of_another_organisation_is_refused_and_stays_for_whom_it_is(
    at_desk: FlaskClient, workshop: Workshop, bas: Other, visit: Visit, house: House
) -> None:
    link = link_of(at_desk, workshop.id)
    for answer in (bas.browser.get(link), bas.browser.post(link, data={"hoe": "zelf"})):
        assert answer.status_code == 403
        assert "Hij is van een andere organisatie." in answer.text
        assert workshop.name not in answer.text
        assert "Anna" not in answer.text
    assert bas.browser.get(f"/bureau/{workshop.id}").status_code == 404
    newcomer = visit()
    newcomer.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    joined = newcomer.post(link, data={"hoe": "nieuw", "naam": "Hanna", "wachtzin": NEW})
    assert joined.location == f"/bureau/{workshop.id}"
    hanna = house.store.read(lambda tx: tx.facilitators.by_name(name="Hanna"))
    assert hanna["organisation_id"] == FIRST


def test_whoever_joins_a_workshop_by_a_link_works_for_its_organisation(bas: Other, visit: Visit, house: House) -> None:
    newcomer = visit()
    newcomer.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    newcomer.post(link_of(bas.browser, bas.workshop.id), data={"hoe": "nieuw", "naam": "Hans", "wachtzin": NEW})
    assert [one.name for one in house.store.read(organisations.people, bas.organisation.id)] == ["Bas", "Hans"]


def test_nobody_works_in_a_workshop_of_another_organisation_whatever_is_written(
    workshop: Workshop, bas: Other, house: House
) -> None:
    def join(tx: object) -> None:
        tx.workshops.join(workshop_id=workshop.id, facilitator_id=bas.who.id, role="facilitator", at="2027")  # type: ignore[attr-defined]

    house.store.write(join)
    assert [one.name for one in house.store.read(workshops.members, workshop.id)] == ["Anna"]
    assert house.store.read(workshops.find, workshop.id, bas.who.id) is None


def test_a_paused_organisation_rests_and_others_do_not_notice(
    at_desk: FlaskClient, workshop: Workshop, bas: Other, visit: Visit, house: House
) -> None:
    house.store.write(organisations.pause, bas.organisation.id)
    answer = bas.browser.get(f"/bureau/{bas.workshop.id}")
    assert answer.status_code == 403
    assert "Jullie organisatie staat even stil." in answer.text
    assert bas.browser.get("/bureau/hulp").status_code == 200
    phone = visit()
    phone.get(f"/{bas.door.scanned}")
    assert phone.post(f"/{bas.door.number}", data={"idee": "Nog een", "zien": "group"}).status_code == 403
    assert at_desk.get(f"/bureau/{workshop.id}").status_code == 200
    house.store.write(organisations.resume, bas.organisation.id)
    assert bas.browser.get(f"/bureau/{bas.workshop.id}").status_code == 200


def test_somebody_who_scanned_nothing_gets_no_phone_number_when_there_are_two(outside: FlaskClient, bas: Other) -> None:
    assert DETAILS.contact_phone not in outside.get("/uitleg").text


def test_one_organisation_cannot_have_the_name_of_another(house: House, bas: Other) -> None:
    for name, code in (("de kring", "organisation_twice"), ("X", "organisation_name")):
        with pytest.raises(Refused) as refused:
            house.store.write(organisations.make, name)
        assert refused.value.code == code


def test_the_command_line_makes_one_invites_sets_limits_and_lists(house: House, facilitator: Facilitator) -> None:
    run = CliRunner()
    where = ["--data", str(house.settings.data)]
    assert run.invoke(main, ["organisation", "add", *where, "De Kring"]).exit_code == 0
    invited = run.invoke(main, ["organisation", "invite", *where, "De Kring", "--name", "Bas"])
    assert "/bureau/link/" in invited.output
    taken = run.invoke(main, ["organisation", "invite", *where, "De Kring", "--name", "Anna"])
    assert taken.exit_code == 2
    said = ["--workshops", "2", "--gigabytes", "1.5", "--pages-month", "300"]
    assert run.invoke(main, ["organisation", "quota", *where, "De Kring", *said]).exit_code == 0
    run.invoke(main, ["organisation", "quota", *where, "De Kring", "--workshops", "3"])
    run.invoke(main, ["organisation", "pause", *where, "De Kring"])
    listed = json.loads(run.invoke(main, ["organisation", "list", *where, "--json"]).output)
    assert [(one["name"], one["state"]) for one in listed] == [("Werkplaats", ""), ("De Kring", "paused")]
    assert [use["most"] for use in listed[1]["uses"]] == [3, 1_500_000_000, 300]
    run.invoke(main, ["organisation", "resume", *where, "De Kring"])
    assert "paused" not in run.invoke(main, ["organisation", "list", *where]).output
    odd = run.invoke(main, ["organisation", "pause", *where, "Nergens"])
    assert odd.exit_code == 2
    assert "There is no such organisation" in odd.output


def test_what_was_there_before_belongs_to_the_first(house: House, facilitator: Facilitator, door: Door) -> None:
    assert facilitator.organisation_id == FIRST
    assert house.store.read(organisations.of_workshop, door.workshop_id).id == FIRST
    assert [use.used for use in house.store.read(quotas.uses, FIRST)] == [1, 0, 0]
