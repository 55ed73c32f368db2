"""Signing in and out, links that work once, and what guessing costs."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.conftest import PASSPHRASE, Visit
from tests.desk_people import Someone, someone
from workshop import clock
from workshop.domain import facilitators, misses, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["someone"]
NEW = "een heel andere lange zin"


@pytest.fixture
def at_door(visit: Visit) -> FlaskClient:
    """A browser at the sign-in page that nobody used before."""
    client = visit()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def sign_in(client: FlaskClient, name: str = "Anna", passphrase: str = PASSPHRASE, **more: str) -> int:
    """Send the sign-in form; return the status."""
    return client.post("/bureau/aanmelden", data={"naam": name, "wachtzin": passphrase} | more).status_code


def test_a_facilitator_signs_in_with_name_and_passphrase(at_door: FlaskClient, facilitator: Facilitator) -> None:
    assert sign_in(at_door, " anna ") == 303
    assert "Anna" in at_door.get("/bureau/").text


def test_a_wrong_passphrase_and_an_unknown_name_get_the_same_answer(
    at_door: FlaskClient, facilitator: Facilitator
) -> None:
    wrong = at_door.post("/bureau/aanmelden", data={"naam": "Anna", "wachtzin": "niet deze zin"})
    unknown = at_door.post("/bureau/aanmelden", data={"naam": "Anne", "wachtzin": "niet deze zin"})
    assert wrong.status_code == unknown.status_code == 403
    assert wrong.text.replace("Anna", "") == unknown.text.replace("Anne", "")
    assert "niet deze zin" not in wrong.text


def test_who_chose_no_passphrase_yet_cannot_sign_in_with_any(at_door: FlaskClient, house: House) -> None:
    house.store.write(facilitators.make, "Bert")
    for tried in ("", "nobody has this passphrase"):
        assert sign_in(at_door, "Bert", tried) == 403


def test_the_cookie_of_a_sign_in_is_for_this_host_only_and_dies_with_the_browser(
    at_door: FlaskClient, facilitator: Facilitator
) -> None:
    answer = at_door.post("/bureau/aanmelden", data={"naam": "Anna", "wachtzin": PASSPHRASE})
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-bureau="))
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Max-Age" not in cookie
    assert "Domain" not in cookie


def test_after_signing_out_a_copied_cookie_opens_nothing(someone: Someone, visit: Visit) -> None:
    anna = someone("facilitator")
    secret = anna.get_cookie("__Host-bureau", domain="werkplaats.nl")
    assert secret is not None
    answer = anna.post("/bureau/afmelden")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    thief = visit()
    thief.set_cookie("__Host-bureau", secret.value, domain="werkplaats.nl", secure=True)
    assert "/bureau/aanmelden" in thief.get("/bureau/").headers["Location"]


def test_signing_in_again_gives_a_new_secret_and_ends_the_old_one(
    at_door: FlaskClient, facilitator: Facilitator, house: House
) -> None:
    sign_in(at_door)
    first = at_door.get_cookie("__Host-bureau", domain="werkplaats.nl")
    sign_in(at_door)
    second = at_door.get_cookie("__Host-bureau", domain="werkplaats.nl")
    assert first is not None
    assert second is not None
    assert first.value != second.value
    assert house.store.read(facilitators.signed_in, first.value) is None


def test_a_sign_in_ends_after_eight_idle_hours(someone: Someone) -> None:
    anna = someone("facilitator")
    clock.shift(hours=8, minutes=1)
    assert anna.get("/bureau/").status_code == 302


def test_twenty_wrong_tries_in_ten_minutes_are_enough(at_door: FlaskClient, facilitator: Facilitator) -> None:
    for _ in range(misses.PASSPHRASES):
        assert sign_in(at_door, passphrase="een gok van twaalf tekens") == 403
    assert sign_in(at_door) == 429
    clock.shift(minutes=11)
    assert sign_in(at_door) == 303


def test_somebody_guessing_annas_name_does_not_keep_anna_out_on_her_own_device(
    at_door: FlaskClient, facilitator: Facilitator, visit: Visit
) -> None:
    sign_in(at_door)
    at_door.post("/bureau/afmelden")
    guesser = visit()
    guesser.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    for _ in range(misses.PASSPHRASES):
        sign_in(guesser, passphrase="een gok van twaalf tekens")
    assert sign_in(guesser) == 429
    assert sign_in(at_door) == 303


def test_a_known_device_has_a_budget_too(at_door: FlaskClient, facilitator: Facilitator) -> None:
    sign_in(at_door)
    for _ in range(misses.PASSPHRASES):
        assert sign_in(at_door, passphrase="een gok van twaalf tekens") == 403
    assert sign_in(at_door) == 429


def test_a_name_with_an_accent_signs_in(at_door: FlaskClient, house: House) -> None:
    house.store.write(facilitators.make, "Élise de Boer", PASSPHRASE)
    assert sign_in(at_door, "Élise  de Boer") == 303


@pytest.mark.parametrize(
    "naar",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "%2f%2fevil",
        "sign_out",
        "link",
        "home/../../evil",
        "stream\r\nLocation: https://evil.example",
        "",
        "a" * 999,
    ],
)
@pytest.mark.parametrize("werkplaats", ["", "//evil.example", "01M82R0000000000000000000Z/../..", "@evil.example"])
def test_signing_in_never_leads_to_another_site(
    at_door: FlaskClient, facilitator: Facilitator, naar: str, werkplaats: str
) -> None:
    answer = at_door.post(
        "/bureau/aanmelden", data={"naam": "Anna", "wachtzin": PASSPHRASE, "naar": naar, "werkplaats": werkplaats}
    )
    assert answer.headers["Location"] == "/bureau/"


def test_who_was_sent_to_sign_in_comes_back_where_they_were_going(at_door: FlaskClient, workshop: Workshop) -> None:
    to = at_door.get(f"/bureau/{workshop.id}/ideeen").headers["Location"]
    page = at_door.get(to).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = at_door.post("/bureau/aanmelden", data={"naam": "Anna", "wachtzin": PASSPHRASE} | hidden)
    assert answer.headers["Location"] == f"/bureau/{workshop.id}/ideeen"


def test_a_correction_typed_after_the_sign_in_ended_is_shown_to_copy(at_door: FlaskClient, workshop: Workshop) -> None:
    answer = at_door.post(f"/bureau/{workshop.id}/ideeen/x/verbeteren", data={"woorden": "Een lang verhaal <b>"})
    assert answer.status_code == 401
    assert "Een lang verhaal &lt;b&gt;" in answer.text


def test_a_sign_in_link_works_once_and_only_by_its_button(at_door: FlaskClient, house: House, visit: Visit) -> None:
    bram = house.store.write(facilitators.make, "Bram")
    link = f"/bureau/link/{house.store.write(facilitators.sign_in_link, bram.id)}"
    for _ in range(3):
        assert at_door.get(link).status_code == 200
    answer = at_door.post(link)
    assert answer.headers["Location"] == "/bureau/account"
    assert "Kies nu een wachtzin" in at_door.get("/bureau/account").text
    assert visit().get(link).status_code == 410
    assert at_door.post(link).status_code == 410


def test_a_link_older_than_three_days_works_no_more(at_door: FlaskClient, house: House) -> None:
    bram = house.store.write(facilitators.make, "Bram")
    link = f"/bureau/link/{house.store.write(facilitators.sign_in_link, bram.id)}"
    clock.shift(hours=73)
    assert at_door.post(link).status_code == 410


def test_an_invitation_lets_one_new_person_join(
    at_door: FlaskClient, house: House, workshop: Workshop, someone: Someone
) -> None:
    page = someone("facilitator").post(f"/bureau/{workshop.id}/uitnodigen", data={"rol": "facilitator"}).text
    link = re.search(r'value="https://werkplaats.nl(/bureau/link/[^"]+)"', page)
    assert link
    assert at_door.post(link[1], data={"hoe": "nieuw", "naam": "Bram", "wachtzin": "kort"}).status_code == 400
    assert house.store.read(workshops.members, workshop.id)[1:] == []
    answer = at_door.post(link[1], data={"hoe": "nieuw", "naam": "Bram", "wachtzin": NEW})
    assert answer.headers["Location"] == f"/bureau/{workshop.id}"
    assert [member.name for member in house.store.read(workshops.members, workshop.id)] == ["Anna", "Bram"]
    assert at_door.post(link[1], data={"hoe": "zelf"}).status_code == 410


def test_somebody_with_a_name_joins_with_it(at_door: FlaskClient, house: House, workshop: Workshop) -> None:
    house.store.write(facilitators.make, "Bram", NEW)
    link = f"/bureau/link/{house.store.write(facilitators.invite, workshop.id, 'observer', 'x')}"
    assert (
        at_door.post(link, data={"hoe": "bekend", "naam": "Bram", "wachtzin": "een verkeerde zin"}).status_code == 400
    )
    assert at_door.post(link, data={"hoe": "bekend", "naam": "Bram", "wachtzin": NEW}).status_code == 303
    assert [member.role for member in house.store.read(workshops.members, workshop.id)] == ["facilitator", "observer"]


def test_an_observer_who_is_invited_as_facilitator_becomes_one_and_never_the_other_way(
    house: House, workshop: Workshop
) -> None:
    bert = house.store.write(facilitators.make, "Bert")
    for role, then in (("observer", "observer"), ("facilitator", "facilitator"), ("observer", "facilitator")):
        secret = house.store.write(facilitators.invite, workshop.id, role, bert.id)
        house.store.write(facilitators.use, secret, bert.id)
        found = house.store.read(workshops.find, workshop.id, bert.id)
        assert found is not None
        assert found.role == then


def test_a_new_passphrase_asks_for_the_old_one_and_signs_out_other_devices(
    at_door: FlaskClient, someone: Someone
) -> None:
    sign_in_elsewhere = someone("facilitator")
    sign_in(at_door)
    assert at_door.post("/bureau/account", data={"nu": "niet mijn zin nu", "wachtzin": NEW}).status_code == 400
    assert at_door.post("/bureau/account", data={"nu": PASSPHRASE, "wachtzin": "kort"}).status_code == 400
    assert at_door.post("/bureau/account", data={"nu": PASSPHRASE, "wachtzin": NEW}).status_code == 303
    assert at_door.get("/bureau/").status_code == 200
    assert sign_in_elsewhere.get("/bureau/").status_code == 302
    at_door.post("/bureau/afmelden")
    assert sign_in(at_door) == 403
    assert sign_in(at_door, passphrase=NEW) == 303
