"""Own cards travel: out as a file, in only after everything was looked at, and only what is right."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from flask.testing import FlaskClient

from tests.conftest import DETAILS
from tests.desk_people import anna, someone
from tests.own import BEGIN, own_card
from workshop import clock
from workshop.domain import own_cards, own_decks, own_parcels, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.own_cards import OwnCard
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["anna", "someone"]


@pytest.fixture
def card(house: House, workshop: Workshop, facilitator: Facilitator) -> OwnCard:
    """An own card in use, in Dutch."""
    return own_card(house, workshop, facilitator)


@pytest.fixture
def elsewhere(house: House, facilitator: Facilitator) -> Workshop:
    """Another workshop, with nothing of its own."""
    return house.store.write(workshops.make, facilitator.id, DETAILS)


def look(client: FlaskClient, workshop: Workshop, data: bytes, name: str) -> str:
    form = {"bestand": (io.BytesIO(data), name)}
    address = f"/bureau/{workshop.id}/eigen/inlezen"
    return client.post(address, data=form, content_type="multipart/form-data").text


def take_in(client: FlaskClient, page: str, **form: str) -> None:
    address = re.search(r'action="(/bureau/\w+/eigen/inlezen/\w+)"', page)
    assert address, page
    assert client.post(address[1], data=form).status_code == 303


def own(house: House, workshop: Workshop) -> list[OwnCard]:
    return house.store.read(own_cards.of_workshop, workshop.id)


def stored(house: House) -> list[str]:
    return sorted(path.name for path in house.files.folder.glob("??/*"))


def test_a_deck_goes_out_and_comes_in_elsewhere_as_equal_cards(
    anna: FlaskClient, house: House, workshop: Workshop, elsewhere: Workshop
) -> None:
    anna.post(f"/bureau/{workshop.id}/eigen/kaart", data={"van": BEGIN, "kaarttaal": "nl", "beide": "ja"})
    (mine,) = own(house, workshop)
    data = anna.get(f"/bureau/{workshop.id}/eigen/set/{mine.own_deck_id}.zip").data
    page = look(anna, elsewhere, data, "set.zip")
    assert "Er is nog niets ingelezen." in page
    assert own(house, elsewhere) == []
    take_in(anna, page)
    (theirs,) = own(house, elsewhere)
    for language in ("nl", "en"):
        one, other = mine.card(language), theirs.card(language)  # type: ignore[arg-type]
        assert one is not None
        assert other is not None
        assert one.digest == other.digest
        assert house.picture_of(workshop.id, one) == house.picture_of(elsewhere.id, other) != b""


def test_one_card_goes_out_as_a_file_and_comes_in_with_source_and_licence(
    anna: FlaskClient, house: House, card: OwnCard, elsewhere: Workshop
) -> None:
    answer = anna.get(f"/bureau/{card.workshop_id}/eigen/kaart/{card.id}.md")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="01-samen-wandelen.nl.md"'
    take_in(anna, look(anna, elsewhere, answer.data, "samen.md"))
    (came,) = own(house, elsewhere)
    one, other = card.card("nl"), came.card("nl")
    assert one is not None
    assert other is not None
    assert one.digest == other.digest
    assert (other.source, other.licence) == (one.source, "CC-BY-4.0")


def test_a_card_that_is_there_already_gets_an_id_of_its_own(
    anna: FlaskClient, house: House, workshop: Workshop, card: OwnCard
) -> None:
    data = anna.get(f"/bureau/{workshop.id}/eigen/set/{card.own_deck_id}.zip").data
    take_in(anna, look(anna, workshop, data, "set.zip"))
    take_in(anna, look(anna, workshop, data, "set.zip"), set=card.own_deck_id)
    ids = [one.card_id for one in own(house, workshop)]
    assert ids == [
        "onze-kaarten/01-samen-wandelen",
        "onze-kaarten/02-samen-wandelen",
        "onze-kaarten-2/01-samen-wandelen",
    ]


def test_what_is_wrong_is_listed_and_only_the_rest_can_be_taken_in(
    anna: FlaskClient, house: House, workshop: Workshop, card: OwnCard, elsewhere: Workshop
) -> None:
    data = anna.get(f"/bureau/{workshop.id}/eigen/set/{card.own_deck_id}.zip").data
    good = anna.get(f"/bureau/{workshop.id}/eigen/kaart/{card.id}.md").text
    bad = good.replace("onze-kaarten/01", "onze-kaarten/02").replace("number: 1", "number: 2")
    full = bad.replace("/02", "/03").replace("number: 2", "number: 3").replace("Er is", "Er is heel veel rust. " * 40)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("nl/02-samen-wandelen.md", bad.replace("Er is geen haast.", "Er is veel <b>input</b>."))
        archive.writestr("nl/03-samen-wandelen.md", full)
    page = look(anna, elsewhere, out.getvalue(), "set.zip")
    assert re.search(r"<code>nl.02-samen-wandelen\.md:\d+</code><br>Hier staat HTML\.", page)
    assert re.search(r"<code>nl.03-samen-wandelen\.md:\d+</code>", page)
    assert own(house, elsewhere) == []
    take_in(anna, page)
    assert [one.card_id for one in own(house, elsewhere)] == ["onze-kaarten/01-samen-wandelen"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "leeg.md"),
        (b"hallo", "x.md"),
        (b"PK\x03\x04rommel", "x.zip"),
        (b"x" * 200_000, "x.md"),
        ("geen kaart".encode("utf-16"), "x.md"),
    ],
    ids=["empty", "no card", "no zip", "too large", "encoding"],
)
def test_an_upload_that_is_no_card_is_refused_and_nothing_is_stored(
    anna: FlaskClient, house: House, workshop: Workshop, data: bytes, name: str
) -> None:
    before = stored(house)
    page = look(anna, workshop, data, name)
    assert "niets ingelezen" in page
    assert "inlezen/0" not in page
    assert stored(house) == before
    assert own(house, workshop) == []


def test_a_zip_with_tricks_or_a_hostile_drawing_stores_nothing(
    anna: FlaskClient, house: House, workshop: Workshop, card: OwnCard
) -> None:
    anna.post(f"/bureau/{workshop.id}/eigen/kaart", data={"van": BEGIN, "kaarttaal": "nl"})
    mine = own(house, workshop)[1]
    data = anna.get(f"/bureau/{workshop.id}/eigen/set/{mine.own_deck_id}.zip").data
    before, there = stored(house), len(own(house, workshop))
    up = io.BytesIO(data)
    with zipfile.ZipFile(up, "a") as archive:
        archive.writestr("../x.md", "x")
    assert "wijst naar een plek buiten de zip" in look(anna, workshop, up.getvalue(), "set.zip")
    evil = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(evil, "w") as new:
        for name in (one for one in old.namelist() if not one.startswith("nl/01")):
            drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 100"><script>alert(1)</script></svg>'
            new.writestr(name, drawing if name.startswith("art/") else old.read(name))
    page = look(anna, workshop, evil.getvalue(), "set.zip")
    assert "in een tekening mag geen `script`" in page
    assert stored(house) == before
    assert len(own(house, workshop)) == there


def test_a_parcel_of_another_workshop_cannot_be_taken_in_and_a_second_tap_does_nothing(
    anna: FlaskClient, house: House, workshop: Workshop, card: OwnCard, elsewhere: Workshop
) -> None:
    data = anna.get(f"/bureau/{workshop.id}/eigen/kaart/{card.id}.md").data
    page = look(anna, elsewhere, data, "x.md")
    address = re.search(r'action="(/bureau/\w+/eigen/inlezen/\w+)"', page)
    assert address
    assert anna.post(address[1].replace(elsewhere.id, workshop.id)).status_code == 404
    assert anna.post(address[1]).status_code == 303
    assert anna.post(address[1]).status_code == 404
    assert len(own(house, elsewhere)) == 1


def test_what_nobody_took_in_is_gone_after_two_days(
    anna: FlaskClient, house: House, workshop: Workshop, card: OwnCard
) -> None:
    look(anna, workshop, anna.get(f"/bureau/{workshop.id}/eigen/kaart/{card.id}.md").data, "x.md")
    kept = [name for name in stored(house) if name.endswith(".zip")]
    assert house.store.write(own_parcels.forget) == []
    clock.shift(hours=49)
    assert house.store.write(own_parcels.forget) == kept
    assert house.store.read(own_decks.of_workshop, workshop.id)
