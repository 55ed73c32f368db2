"""Who comes into the desk, and who does not. The grid is held against the addresses there are."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import DETAILS
from tests.desk_addresses import Address, addresses, filled
from tests.desk_grid import GRID, INSIDE, PEOPLE
from tests.desk_people import Share, Someone, share, someone
from workshop.domain import (
    ideas,
    workshops,
)
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["share", "someone"]
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def values(house: House, workshop: Workshop, facilitator: Facilitator, door: Door) -> Address:
    """Real keys for every variable part of an address."""
    return filled(house, workshop, facilitator, door)


def test_every_page_of_the_desk_has_a_row_in_the_grid(app: Flask, values: Address) -> None:
    assert set(addresses(app, values)) == set(GRID)


@pytest.mark.parametrize(("method", "endpoint"), GRID)
def test_only_the_right_people_come_in(
    app: Flask, values: Address, someone: Someone, method: str, endpoint: str
) -> None:
    address = addresses(app, values)[method, endpoint]
    form = {"bewijs": values["receipt"], "bijeenkomst": values["meeting_id"]}
    for who in PEOPLE:
        answer = someone(who).open(address, method=method, data=form, headers=OURS, buffered=True)
        asked_to_sign_in = answer.status_code == 401 or "/bureau/aanmelden" in answer.headers.get("Location", "")
        allowed = INSIDE[GRID[method, endpoint]]
        if who in allowed:
            assert endpoint == "desk.sign_out" or not asked_to_sign_in, who
            assert endpoint == "desk.sign_in" or answer.status_code not in (401, 403, 404, 500), who
        elif who in ("participant", "outsider"):
            assert asked_to_sign_in, who
        elif who == "stranger":
            assert answer.status_code == 404, who
        else:
            assert answer.status_code == 403, who


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Referer": "https://evil.example/bureau"},
        {"Origin": "null"},
        {},
    ],
    ids=str,
)
def test_no_other_site_can_make_a_facilitator_change_anything(
    app: Flask, house: House, values: Address, someone: Someone, headers: dict[str, str]
) -> None:
    client = someone("facilitator")
    del client.environ_base["HTTP_SEC_FETCH_SITE"]
    before = everything(house)
    for (method, _), address in addresses(app, values).items():
        if method != "GET":
            assert client.open(address, method=method, headers=headers).status_code == 403, address
    assert everything(house) == before


def test_looking_changes_nothing(app: Flask, house: House, values: Address, someone: Someone) -> None:
    client = someone("facilitator")
    before = everything(house)
    for (method, endpoint), address in addresses(app, values).items():
        if method == "GET":
            found = 302 if endpoint in ("desk.look_next", "desk.camera_new") else 200
            assert client.get(address, buffered=True).status_code == found, address
            assert client.head(address, buffered=True).status_code == found, address
    assert everything(house) == before


def test_no_page_of_the_desk_stays_behind_in_a_shared_browser(app: Flask, values: Address, someone: Someone) -> None:
    client = someone("facilitator")
    for (method, endpoint), address in addresses(app, values).items():
        if method != "GET" or endpoint in ("desk.deck_colours", "desk.own_deck_colours"):
            continue
        answer = client.get(address, buffered=True, follow_redirects=True)
        kept = answer.headers["Cache-Control"]
        assert kept == "no-store" or (kept.startswith("private") and answer.mimetype.startswith("image/")), address
        assert client.get(f"{address.rstrip('/')}/x.css").status_code in (302, 404, 405), address


def test_an_idea_of_another_workshop_is_not_found_in_mine(
    house: House, values: Address, someone: Someone, workshop: Workshop
) -> None:
    client = someone("stranger")
    client.post("/bureau/nieuw", data={"naam": "Van mij", "vraag": "Wat?", "taal_kaarten": "nl", "adres": "van-mij.nl",
                "contact": "Ik", "telefoon": "0612345678", "zichtbaar": "soon"})  # fmt: skip
    mine = client.get("/bureau/").text.split("/bureau/01")[1].split('"')[0]
    mine = f"01{mine}"
    assert client.get(f"/bureau/{mine}").status_code == 200
    for path in (
        f"ideeen/{values['idea_id']}",
        f"ideeen/{values['idea_id']}/foto/{values['picture_id']}",
        f"printen/{values['order_id']}",
        f"printen/{values['order_id']}/bestand",
    ):
        assert client.get(f"/bureau/{mine}/{path}").status_code == 404, path
    assert client.post(f"/bureau/{mine}/ideeen", data={"bewijs": values["receipt"]}).status_code == 404
    assert client.post(f"/bureau/{mine}/ideeen/{values['idea_id']}/opzij", data={"reden": "x"}).status_code == 404
    idea = house.store.read(ideas.by_key, workshop.id, values["idea_id"])
    assert idea.status == "received"


def everything(house: House) -> str:
    """Return a hash of every row in the store, but for who looks at what: that is worth nothing after a minute."""
    with closing(sqlite3.connect(Path(house.store.path))) as connection:
        rows = [row for row in connection.iterdump() if not row.startswith('INSERT INTO "looking"')]
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def test_the_hash_of_everything_sees_a_change(house: House, share: Share) -> None:
    before = everything(house)
    share()
    assert everything(house) != before


def test_a_helper_is_told_kindly_what_is_not_theirs(app: Flask, values: Address, someone: Someone) -> None:
    helper = someone("helper")
    for (method, endpoint), address in addresses(app, values).items():
        if GRID[method, endpoint] in ("member", "facilitator"):
            answer = helper.open(address, method=method, headers=OURS, buffered=True)
            assert answer.status_code == 403, address
            assert "Jij helpt hier met scannen en overtypen." in answer.text, address
    menu = helper.get(f"/bureau/{values['workshop_id']}/papier").text
    for closed in ("ideeen", "kaarten", "printen", "programmas"):
        assert f"/{closed}" not in menu, closed
    assert f"/bureau/{values['workshop_id']}/papier" in helper.get("/bureau/").text


def test_a_helper_is_invited_by_a_link_and_begins_at_the_paper(
    workshop: Workshop, someone: Someone, at_desk: FlaskClient
) -> None:
    page = at_desk.post(f"/bureau/{workshop.id}/uitnodigen", data={"rol": "helper"}).text
    link = page.split('id="link" value="')[1].split('"')[0].partition("werkplaats.nl")[2]
    newcomer = someone("outsider")
    assert "als helper" in newcomer.get(link).text
    joined = newcomer.post(link, data={"hoe": "nieuw", "naam": "Hanna", "wachtzin": "een lange zin van hanna"})
    assert joined.location == f"/bureau/{workshop.id}/papier"
    assert newcomer.get(joined.location).status_code == 200
    assert newcomer.get(f"/bureau/{workshop.id}").status_code == 403


def test_who_looks_along_sees_the_report_but_no_paper(app: Flask, values: Address, someone: Someone) -> None:
    observer = someone("observer")
    report = observer.get(f"/bureau/{values['workshop_id']}/papier/{values['stack_id']}").text
    assert "in een bakje" in report
    assert "<img" not in report.partition("<main")[2]


def test_paper_of_another_workshop_is_not_found_in_mine(
    house: House, values: Address, at_desk: FlaskClient, facilitator: Facilitator
) -> None:
    mine = house.store.write(workshops.make, facilitator.id, DETAILS).id
    for path in (
        f"papier/{values['stack_id']}",
        f"papier/{values['stack_id']}/stand",
        f"papier/bladzijde/{values['page_id']}",
        f"papier/bladzijde/{values['page_id']}/beeld",
        f"papier/kaart/{values['sighting_id']}/schoon",
        f"overtypen/{values['idea_id']}",
    ):
        assert at_desk.get(f"/bureau/{mine}/{path}").status_code == 404, path
    for path in (
        f"papier/bladzijde/{values['page_id']}/opzij",
        f"papier/{values['stack_id']}/opnieuw",
        f"papier/{values['stack_id']}/tellen/{values['sighting_id']}",
        f"overtypen/{values['idea_id']}",
        f"overtypen/{values['idea_id']}/neem",
        f"overtypen/{values['idea_id']}/achterkant",
    ):
        answer = at_desk.post(f"/bureau/{mine}/{path}", data={"woorden": "x", "versie": "1"})
        assert answer.status_code == 404, path
    assert house.store.read(ideas.by_key, values["workshop_id"], values["idea_id"]).words == ""
