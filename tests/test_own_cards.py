"""Cards of one's own at the desk: written together, never lost, in use only when right, with a number that stays."""

from __future__ import annotations

import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlite_utils import Database, Migrations

from print import reader
from tests.conftest import DETAILS
from tests.desk_people import anna, someone
from tests.hostile import PAYLOADS
from tests.own import BEGIN, own_card
from tests.phone import photo
from workshop import printing, store
from workshop.domain import choices, doors, own_cards, own_decks, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.own_cards import OwnCard
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["anna", "someone"]
FACTS = {"kind": "method", "audience": "everyone", "size": "A5"}
PATH = b'<path d="M10 10L90 90" fill="none" stroke="#1b1a18" stroke-width="3"/>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 100">' + PATH + b"</svg>"


@pytest.fixture
def card(house: House, workshop: Workshop, facilitator: Facilitator) -> OwnCard:
    """An own card in use, in Dutch."""
    return own_card(house, workshop, facilitator)


def now(house: House, card: OwnCard) -> OwnCard:
    return house.store.read(own_cards.find, card.workshop_id, card.id)


def save(client: FlaskClient, card: OwnCard, version: int = 1, **typed: object) -> tuple[int, str]:
    """Save what is typed in the Dutch form of a card; return the status and the page that follows."""
    fields = {name.replace("in_", "in."): value for name, value in typed.items()}
    data = FACTS | {"versie": str(version), "seated": "yes", "answers": "yes"} | fields
    address = f"/bureau/{card.workshop_id}/eigen/kaart/{card.id}?kaarttaal=nl"
    answer = client.post(address, data=data, content_type="multipart/form-data")
    if answer.status_code != 303:
        return answer.status_code, answer.text
    return answer.status_code, client.get(answer.headers["Location"]).text


def remarks(page: str) -> list[str]:
    return re.findall(r'<li class="(?:wrong|advice)">([^<]*)', page)


def test_a_new_card_is_one_click_away_and_says_what_it_still_needs(anna: FlaskClient, workshop: Workshop) -> None:
    shelf = f"/bureau/{workshop.id}/eigen"
    assert "Er zijn nog geen eigen kaarten" in anna.get(shelf).text
    made = anna.post(f"{shelf}/kaart", data={"van": ""})
    page = anna.get(made.headers["Location"]).text
    assert remarks(page).count("Vul dit nog in.") >= 2
    assert "nog niet klaar" in page
    assert anna.get(f"{made.headers['Location'].split('?')[0]}/voorkant.png").mimetype == "image/png"


def test_a_card_to_write_on_by_hand_is_ready_in_one_click(anna: FlaskClient, house: House, workshop: Workshop) -> None:
    for language in ("nl", "en"):
        made = anna.post(f"/bureau/{workshop.id}/eigen/kaart", data={"van": "blanco", "kaarttaal": language})
        assert "klaar om te printen" in anna.get(made.headers["Location"]).text
    assert len([one for one in house.store.read(own_cards.of_workshop, workshop.id) if one.texts]) == 2


def test_a_card_made_from_another_names_its_source_and_has_its_picture(
    anna: FlaskClient, house: House, workshop: Workshop
) -> None:
    anna.post(f"/bureau/{workshop.id}/eigen/kaart", data={"van": BEGIN, "kaarttaal": "nl", "beide": "ja"})
    (made,) = house.store.read(own_cards.of_workshop, workshop.id)
    nl, en = made.card("nl"), made.card("en")
    assert nl is not None
    assert en is not None
    assert nl.source == "Naar ‘Schrijf en geef door’ van Werkplaats, CC BY 4.0."
    assert nl.picture is not None
    assert house.picture_of(workshop.id, nl).startswith(b"<svg")
    assert anna.post(f"/bureau/{workshop.id}/eigen/kaart", data={"van": "no/01-such"}).status_code == 404


def test_what_is_wrong_is_kept_said_beside_its_field_and_never_printed(
    anna: FlaskClient, house: House, card: OwnCard
) -> None:
    _, page = save(anna, card, in_tip="Kijk op <b>internet</b>.", title="")
    assert remarks(page) == ["Vul dit nog in.", "Hier staat HTML. Schrijf gewone woorden; een kaart heeft geen HTML."]
    saved = now(house, card)
    assert saved.draft["nl.in.tip"] == "Kijk op <b>internet</b>."
    in_use = house.library_of(card.workshop_id).find(card.card_id, "nl")
    assert in_use is not None
    assert in_use.title == "Samen wandelen"


def test_the_desk_says_it_in_its_own_language(anna: FlaskClient, card: OwnCard) -> None:
    anna.set_cookie("taal", "en", domain="werkplaats.nl", secure=True)
    _, page = save(anna, card, in_tip="Schrijf uw input op.")
    assert "“input” is a difficult word. Write “idee” or “mening”." in remarks(page)


def test_too_many_words_are_counted_while_one_types_and_nothing_is_stored(
    anna: FlaskClient, house: House, card: OwnCard
) -> None:
    address = f"/bureau/{card.workshop_id}/eigen/kaart/{card.id}"
    typed = FACTS | {"versie": "1", "in.tip": "Neem hier rustig de tijd voor. " * 12}
    found = anna.post(f"{address}/kijk?kaarttaal=nl", data=typed).json
    assert found is not None
    assert found["right"] is False
    said = [room["text"] for room in found["rooms"] if room["face"] == "back"]
    assert re.fullmatch(r"\d+ woorden te veel op de achterkant", said[0])
    drawn = anna.post(f"{address}/achterkant.png?kaarttaal=nl", data=typed)
    assert drawn.status_code == 409
    assert "woorden te veel op de achterkant" in drawn.text
    assert now(house, card) == card


def test_two_people_at_once_overwrite_nothing(anna: FlaskClient, house: House, card: OwnCard) -> None:
    assert save(anna, card, in_tip="Neem de tijd.")[0] == 303
    status, _ = save(anna, card, title="Wandelen met z’n tweeën")
    assert status == 303, "another field: both stay"
    both = now(house, card).draft
    assert (both["nl.in.tip"], both["nl.title"]) == ("Neem de tijd.", "Wandelen met z’n tweeën")
    status, page = save(anna, card, in_tip="Rustig aan.")
    assert status == 409, "the same field: a person decides"
    assert "Nu staat er: Neem de tijd." in page
    assert "Rustig aan." in page
    assert now(house, card).draft["nl.in.tip"] == "Neem de tijd."
    version = int(re.search(r'name="versie" value="(\d+)"', page)[1])  # type: ignore[index]
    assert save(anna, card, version, in_tip="Rustig aan.")[0] == 303
    assert now(house, card).draft["nl.in.tip"] == "Rustig aan."


def test_every_save_can_be_looked_at_and_gone_back_to(anna: FlaskClient, house: House, card: OwnCard) -> None:
    save(anna, card, in_tip="Neem de tijd.")
    save(anna, card, 2, in_tip="Loop rustig.")
    address = f"/bureau/{card.workshop_id}/eigen/kaart/{card.id}/eerder"
    assert "Neem de tijd." in anna.get(f"{address}?versie=2").text
    anna.post(address, data={"versie": "2"})
    assert now(house, card).draft["nl.in.tip"] == "Neem de tijd."
    saved = house.store.read(own_cards.history, card)
    assert [one.verb for one in saved] == ["back", "saved", "saved", "made"]
    save(anna, card, 4, in_tip="Neem de tijd.")
    assert len(house.store.read(own_cards.history, card)) == 4, "the same again is no new version"


def test_own_cards_are_found_chosen_and_printed_with_the_others(
    anna: FlaskClient, house: House, workshop: Workshop, card: OwnCard
) -> None:
    found = anna.get(f"/bureau/{workshop.id}/kaarten?zoek=samen wandelen").text
    assert card.card_id in found
    assert anna.get(f"/bureau/{workshop.id}/kaarten/{card.card_id}").status_code == 200
    anna.post(f"/bureau/{workshop.id}/kaarten", data={"kies": card.card_id})
    pdf = printing.printed(house, workshop, {"document": "cards", "language": "nl", "cards": [card.card_id]})[0].pdf
    door = house.store.read(doors.of_workshop, workshop.id)[card.card_id]
    assert f"/{door.number}" in reader.codes(reader.picture(pdf, 0, 150))[0]


def test_a_printed_card_keeps_its_number_and_its_page_says_when_there_is_a_newer_one(
    anna: FlaskClient, house: House, workshop: Workshop, card: OwnCard, outside: FlaskClient
) -> None:
    asked = {"document": "cards", "language": "nl", "cards": [card.card_id]}
    first = printing.items(house, workshop, "nl", [card.card_id], 1)[0].door
    assert first is not None
    assert printing.items(house, workshop, "nl", [card.card_id], 1)[0].door == first, "the same words, the same code"
    old = outside.get(f"/{first.number}{first.key}", follow_redirects=True).text
    assert "eerdere versie" not in old
    save(anna, card, title="Samen een blokje om")
    assert now(house, card).edition == 2
    second = printing.items(house, workshop, "nl", [card.card_id], 1)[0].door
    assert second is not None
    assert second.number == first.number
    assert "Samen een blokje om" in outside.get(f"/{first.number}").text
    assert "Deze kaart is van een eerdere versie. Uw idee komt gewoon aan." in outside.get(f"/{first.number}").text
    fresh = outside.get(f"/{second.number}{second.key}", follow_redirects=True).text
    assert "versie" not in re.sub(r"<head>.*</head>", "", fresh, flags=re.DOTALL)
    typed = anna.application.test_client().get(f"/{first.number}", base_url="https://werkplaats.nl").text
    assert "Staat er ‘versie 1’ op uw kaart?" in typed
    assert asked


def test_a_version_that_was_never_on_paper_needs_no_new_number_on_the_card(
    anna: FlaskClient, house: House, card: OwnCard
) -> None:
    save(anna, card, title="Samen een blokje om")
    assert now(house, card).edition == 1


def test_put_away_is_undone_with_one_button_and_old_prints_keep_working(
    anna: FlaskClient, house: House, workshop: Workshop, card: OwnCard, outside: FlaskClient
) -> None:
    house.store.write(choices.put, workshop.id, card.card_id)
    number = house.store.read(doors.of_workshop, workshop.id)[card.card_id].number
    page = anna.post(f"/bureau/{workshop.id}/eigen/kaart/{card.id}/weg", follow_redirects=True).text
    assert "Ongedaan maken" in page
    assert card.card_id not in house.store.read(choices.of_workshop, workshop.id)
    assert card.card_id not in anna.get(f"/bureau/{workshop.id}/kaarten").text
    assert "Samen wandelen" in outside.get(f"/{number}").text
    anna.post(f"/bureau/{workshop.id}/eigen/kaart/{card.id}/terug")
    assert card.card_id in anna.get(f"/bureau/{workshop.id}/kaarten").text


def test_another_workshop_never_sees_these_cards(
    house: House, facilitator: Facilitator, card: OwnCard, anna: FlaskClient
) -> None:
    other = house.store.write(workshops.make, facilitator.id, DETAILS)
    assert house.library_of(other.id).find(card.card_id, "nl") is None
    assert house.library_of(other.id) is house.library
    for path in (f"eigen/kaart/{card.id}", f"eigen/kaart/{card.id}.md", f"eigen/set/{card.own_deck_id}.zip",
                 f"eigen/set/{card.own_deck_id}", f"kaarten/{card.card_id}"):  # fmt: skip
        assert anna.get(f"/bureau/{other.id}/{path}").status_code == 404, path
    assert anna.post(f"/bureau/{other.id}/eigen/kaart/{card.id}/weg").status_code == 404


def test_the_library_is_read_again_only_when_the_cards_change(anna: FlaskClient, house: House, card: OwnCard) -> None:
    before = house.library_of(card.workshop_id)
    assert house.library_of(card.workshop_id) is before
    save(anna, card, title="Samen een blokje om")
    assert house.library_of(card.workshop_id) is not before


def test_a_deck_has_a_name_a_mark_and_a_colour_one_can_read(
    anna: FlaskClient, house: House, workshop: Workshop
) -> None:
    address = f"/bureau/{workshop.id}/eigen/set"
    assert anna.post(address, data={"naam": "Buiten", "teken": "hand", "kleur": "green"}).status_code == 303
    for wrong in ({"naam": ""}, {"naam": "x" * 41}, {"naam": "X", "kleur": "#ffff00"}, {"naam": "X", "kleur": "red;}"},
                  {"naam": "X", "teken": "<svg>"}, {"naam": "X\u202ey"}):  # fmt: skip
        assert anna.post(address, data=wrong).status_code == 400, wrong
    (deck,) = house.store.read(own_decks.of_workshop, workshop.id)
    assert (deck.deck_id, deck.name_en, deck.mark) == ("buiten", "Buiten", "hand")
    deck_page = f"{address}/{deck.id}"
    data = {"naam": "Naar buiten", "teken": "hand", "kleur": "blue", "versie": "1"}
    assert anna.post(deck_page, data=data).status_code == 303
    assert anna.post(deck_page, data=data | {"naam": "Eruit"}).status_code == 409, "somebody else was first"
    assert house.store.read(own_decks.find, workshop.id, deck.id).name_nl == "Naar buiten"


def test_no_own_deck_takes_the_place_of_one_that_came_with_the_product(
    anna: FlaskClient, house: House, workshop: Workshop
) -> None:
    anna.post(f"/bureau/{workshop.id}/eigen/set", data={"naam": "Samen ontwerpen", "teken": "hand", "kleur": "green"})
    (deck,) = house.store.read(own_decks.of_workshop, workshop.id)
    assert deck.deck_id == "samen-ontwerpen-2"


def upload(data: bytes, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


def test_a_photo_of_ones_own_is_made_safe_small_and_needs_words(anna: FlaskClient, house: House, card: OwnCard) -> None:
    _, page = save(anna, card, plaatje=upload(photo(size=(2400, 1800)), "x.jpg"))
    assert "Vul dit nog in." in remarks(page)
    _, page = save(anna, card, 2, alt="Twee mensen lopen in het park.")
    made = now(house, card).card("nl")
    assert made is not None
    stored = house.picture_of(card.workshop_id, made)
    with Image.open(io.BytesIO(stored)) as picture:
        assert max(picture.size) == 1600
        assert not picture.getexif()
    drawn = anna.get(f"/bureau/{card.workshop_id}/eigen/kaart/{card.id}/voorkant.png")
    assert drawn.mimetype == "image/png"
    save(anna, card, 3, plaatje_weg="ja")
    assert "picture" not in now(house, card).draft


BAD_PICTURES = {
    "script": SVG.replace(b"<path", b"<script>alert(1)</script><path"),
    "foreign": SVG.replace(b"<path", b"<foreignObject><p>x</p></foreignObject><path"),
    "link": SVG.replace(b"<path", b'<image href="file:///etc/passwd"/><path'),
    "entity": b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
    "event": SVG.replace(b"<path", b'<path onload="alert(1)"'),
    "text": b"hallo",
    "cut off": photo()[:300],
    "large": b"<svg>" + b" " * 70_000 + b"</svg>",
}


@pytest.mark.parametrize("kind", BAD_PICTURES)
def test_a_hostile_picture_is_refused_with_its_reason_and_the_text_stays(
    anna: FlaskClient, house: House, card: OwnCard, kind: str
) -> None:
    before = sorted(path.name for path in house.files.folder.glob("??/*"))
    status, page = save(anna, card, in_tip="Neem de tijd.", plaatje=upload(BAD_PICTURES[kind], "x.svg"))
    assert status == 400
    assert "Dit klopt nog niet." in page
    saved = now(house, card).draft
    assert saved["nl.in.tip"] == "Neem de tijd."
    assert "picture" not in saved
    assert sorted(path.name for path in house.files.folder.glob("??/*")) == before


def test_a_drawing_of_ones_own_is_printed(anna: FlaskClient, house: House, card: OwnCard) -> None:
    save(anna, card, plaatje=upload(SVG, "x.svg"), alt="Een lijn.")
    made = now(house, card).card("nl")
    assert made is not None
    assert house.picture_of(card.workshop_id, made) == SVG


def test_nothing_typed_becomes_code_on_any_page(anna: FlaskClient, house: House, card: OwnCard) -> None:
    version = 1
    for payload in PAYLOADS[::9]:
        _, page = save(anna, card, version, title=payload, in_tip=payload, source=payload, alt=payload)
        version = now(house, card).version
        shelf = anna.get(f"/bureau/{card.workshop_id}/eigen").text
        for text in (page, shelf):
            assert "<script>alert" not in text
            assert "onerror=alert" not in re.sub(r'value="[^"]*"|&lt;[^<]*', "", text)


def test_ten_megabytes_are_refused_and_nothing_is_stored(anna: FlaskClient, house: House, card: OwnCard) -> None:
    address = f"/bureau/{card.workshop_id}/eigen/kaart/{card.id}"
    assert anna.post(address, data=FACTS | {"versie": "1", "in.tip": "x" * 10_000_000}).status_code == 413
    assert now(house, card) == card


def test_a_second_language_begins_empty_and_says_where_it_differs(
    anna: FlaskClient, house: House, card: OwnCard
) -> None:
    address = f"/bureau/{card.workshop_id}/eigen/kaart/{card.id}"
    anna.post(f"{address}/taal")
    typed = FACTS | {
        "versie": "2",
        "seated": "yes",
        "title": "Walking",
        "purpose": "To talk.",
        "in.steps": "Walk.\nTalk.",
    }
    typed |= {
        "in.invitation": "We walk.",
        "in.tip": "Take your time.",
        "in.another_way": "Sit down.",
        "in.look_back": "How was it?",
    }
    typed |= {"source": "Our own.", "question": "What did you see?"}
    anna.post(f"{address}?kaarttaal=en", data=typed)
    page = anna.get(f"{address}?kaarttaal=en").text
    assert any("Nederlandse kaart" in one or "in het Nederlands" in one for one in remarks(page))
    assert set(now(house, card).texts) == {"nl", "en"}


def test_somebody_whose_sign_in_ended_gets_the_typed_card_back_to_copy(card: OwnCard, outside: FlaskClient) -> None:
    answer = outside.post(
        f"/bureau/{card.workshop_id}/eigen/kaart/{card.id}",
        data={"title": "Onbewaarde titel", "in.tip": "Onbewaarde tip"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 401
    assert "Onbewaarde titel" in answer.text
    assert "Onbewaarde tip" in answer.text


def test_own_cards_and_their_pictures_come_along_in_a_backup(
    anna: FlaskClient, house: House, card: OwnCard, tmp_path: Path
) -> None:
    from workshop import backup

    save(anna, card, plaatje=upload(SVG, "x.svg"), alt="Een lijn.")
    assert backup.copy(house, tmp_path / "copy") >= 1
    assert list((tmp_path / "copy/files").glob("??/*.svg"))


def test_a_store_from_before_own_cards_opens_with_everything_in_it(tmp_path: Path) -> None:
    schema = Path(store.__file__).parent / "schema" / "001_start.sql"
    with closing(sqlite3.connect(tmp_path / "w.db")) as before:
        database = Database(before)
        first = Migrations("werkplaats")
        first(name="001_start")(lambda db: db.executescript(schema.read_text("utf-8")))
        first.apply(database)
        before.execute(
            "insert into workshop (id, name, question, language, address, contact_name, contact_phone,"
            " word_misses_reset_at, made_at) values ('W', 'De Linde', 'Hoe?', 'nl', 'https://w.nl', 'M', '06', '', '')"
        )
        before.commit()
    opened = store.open_store(tmp_path / "w.db")
    assert [one.name for one in opened.read(workshops.everything)] == ["De Linde"]
    assert opened.read(own_cards.of_workshop, "W") == []
    opened.close()
