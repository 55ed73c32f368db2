"""Finding cards, seeing them as they will print, choosing them, and printing them."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from flask.testing import FlaskClient
from PIL import Image

from tests.conftest import CARD, SECOND_CARD
from tests.desk_people import anna, someone
from workshop import tasks
from workshop.domain import choices, doors, orders, workshops
from workshop.domain.doors import Door
from workshop.domain.orders import Order
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["anna", "someone"]
LISTEN = "luisteren/03-nog-een-vraag"


def found(client: FlaskClient, workshop: Workshop, query: str = "") -> list[str]:
    """Return the keys of the cards a search shows."""
    page = client.get(f"/bureau/{workshop.id}/kaarten?{query}").text
    return re.findall(r'value="([a-z-]+/[0-9]+-[a-z-]+)" class="pick"', page)


def order(client: FlaskClient, house: House, workshop: Workshop, **form: str) -> Order:
    """Order a print through the page and do the work; return the order."""
    answer = client.post(f"/bureau/{workshop.id}/printen", data=form)
    assert answer.status_code == 303, answer.text
    key = answer.headers["Location"].rsplit("/", 1)[1]
    tasks.print_order(house, key)
    return house.store.read(orders.find, workshop.id, key)


def test_every_card_can_be_found_and_the_page_stays_light(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    assert len(found(anna, workshop)) == len(house.library.cards("nl"))
    assert len(anna.get(f"/bureau/{workshop.id}/kaarten").data) < 150_000


def test_filters_choose_what_the_library_chooses(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    assert CARD in found(anna, workshop, "zoek=dag uit mijn leven")
    assert set(found(anna, workshop, "set=luisteren")) == {
        card.id for card in house.library.cards("nl") if card.deck == "luisteren"
    }
    for query in ("tijd=15", "groep=24", "stap=3", "schrijven=optional", "zoek=20 minuten zonder schrijven"):
        some = found(anna, workshop, query)
        assert 0 < len(some) < len(house.library.cards("nl")), query
    assert set(found(anna, workshop, "zittend=1")) == {card.id for card in house.library.cards("nl") if card.seated}
    assert set(found(anna, workshop, "gekozen=1")) == {CARD, SECOND_CARD}
    assert found(anna, workshop, "zoek=qqqq") == []


@pytest.mark.parametrize(
    "query", ["tijd=abc", "groep=-1", "stap=99", "set=../..", "schrijven=x", "kaarttaal=de", "zoek=" + "(" * 300]
)
def test_odd_filters_do_no_harm(anna: FlaskClient, workshop: Workshop, query: str) -> None:
    assert anna.get(f"/bureau/{workshop.id}/kaarten?{query}").status_code == 200


def test_choosing_and_taking_out_with_one_button_each(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    address = f"/bureau/{workshop.id}/kaarten"
    answer = anna.post(f"{address}?zoek=vraag", data={"kies": LISTEN})
    assert answer.headers["Location"] == f"{address}?zoek=vraag#luisteren-03-nog-een-vraag"
    assert LISTEN in house.store.read(choices.of_workshop, workshop.id)
    answer = anna.post(address, data={"weg": LISTEN}, headers={"Accept": "application/json"})
    assert answer.json == {"total": 2}
    assert LISTEN not in house.store.read(choices.of_workshop, workshop.id)
    assert anna.post(address, data={"kies": "no/01-such-card"}).status_code == 404


def test_copies_are_kept_per_card(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    form = {f"aantal:{CARD}": "6", f"aantal:{SECOND_CARD}": "veel", f"aantal:{LISTEN}": "3", "terug": "printen"}
    anna.post(f"/bureau/{workshop.id}/kaarten", data=form)
    assert house.store.read(choices.of_workshop, workshop.id) == {CARD: 6, SECOND_CARD: 1}


def test_a_card_page_says_what_one_must_know(anna: FlaskClient, workshop: Workshop, door: Door) -> None:
    page = anna.get(f"/bureau/{workshop.id}/kaarten/{CARD}").text
    for said in (
        f"{door.number[:3]} {door.number[3:]}",
        door.word,
        "Nog niet gelezen door oudere lezers",
        "Terugkijken",
    ):
        assert said in page
    english = anna.get(f"/bureau/{workshop.id}/kaarten/{CARD}?kaarttaal=en").text
    assert '<h1 lang="en">' in english


def test_the_picture_of_a_card_is_the_card_as_it_prints(anna: FlaskClient, workshop: Workshop, door: Door) -> None:
    sizes = {}
    for face in ("voorkant", "achterkant"):
        for size in ("eigen", "groot"):
            answer = anna.get(f"/bureau/{workshop.id}/voorbeeld/{face}/{size}/{CARD}.png")
            assert answer.content_type == "image/png"
            sizes[face, size] = Image.open(io.BytesIO(answer.data)).size
    wide, high = sizes["voorkant", "eigen"]
    assert abs(high / wide - 210 / 148) < 0.01
    assert sizes["voorkant", "groot"][0] > wide
    assert anna.get(f"/bureau/{workshop.id}/voorbeeld/voorkant/eigen/no/01-such.png").status_code == 404


def test_a_deck_is_ordered_printed_and_downloaded_under_a_good_name(
    anna: FlaskClient, workshop: Workshop, house: House
) -> None:
    made = order(anna, house, workshop, wat="cards", vorm="auto", omslaan="long", taal_kaarten="nl")
    assert made.state == "ready", made.reason
    assert "Download PDF" in anna.get(f"/bureau/{workshop.id}/printen/{made.id}").text
    assert anna.get(f"/bureau/{workshop.id}/printen/{made.id}/stand").json["state"] == "ready"  # type: ignore[index]
    with anna.get(f"/bureau/{workshop.id}/printen/{made.id}/bestand") as answer:
        assert answer.mimetype == "application/pdf"
        assert re.fullmatch(
            r"attachment; filename=werkplaats-de-linde-a5-2up\.pdf", answer.headers["Content-Disposition"]
        )
        with pypdfium2.PdfDocument(answer.data) as pdf:
            assert len(pdf) == 2


@pytest.mark.parametrize("what", ["poster", "tents", "test"])
def test_poster_tents_and_test_page_print_from_the_desk(
    anna: FlaskClient, workshop: Workshop, house: House, what: str
) -> None:
    made = order(anna, house, workshop, wat=what)
    assert made.state == "ready", made.reason


def test_two_sizes_come_in_one_zip(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    house.store.write(choices.put, workshop.id, LISTEN)
    made = order(anna, house, workshop, wat="cards")
    assert made.state == "ready", made.reason
    with anna.get(f"/bureau/{workshop.id}/printen/{made.id}/bestand") as answer:
        assert answer.mimetype == "application/zip"


def test_printing_again_keeps_the_numbers(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    order(anna, house, workshop, wat="cards")
    before = house.store.read(doors.of_workshop, workshop.id)
    order(anna, house, workshop, wat="cards", vorm="large")
    assert house.store.read(doors.of_workshop, workshop.id) == before


def test_an_address_that_works_only_here_is_not_printed_unless_it_is_a_rehearsal(
    anna: FlaskClient, workshop: Workshop, house: House, door: Door
) -> None:
    details = workshops.Details("De Linde", "Hoe?", "nl", "http://192.168.1.20:8080", "Marijke", "0612345678")
    local = house.store.write(workshops.change, workshop, details)
    page = anna.get(f"/bureau/{workshop.id}/printen").text
    assert "kan zo niet op papier" in page
    assert "/gegevens#adres" in page
    assert anna.post(f"/bureau/{workshop.id}/printen", data={"wat": "cards"}).status_code == 400
    assert anna.get(f"/bureau/{workshop.id}/voorbeeld/voorkant/eigen/{CARD}.png").status_code == 409
    assert "Vul het echte adres in" in anna.get(f"/bureau/{workshop.id}/kaarten/{CARD}").text
    rehearsal = workshops.Details(
        *[getattr(details, name) for name in list(workshops.Details.__dataclass_fields__)[:-1]], True
    )
    house.store.write(workshops.change, local, rehearsal)
    assert "kan zo niet op papier" not in anna.get(f"/bureau/{workshop.id}/printen").text


def test_without_cards_there_is_nothing_to_print(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    for card in (CARD, SECOND_CARD):
        house.store.write(choices.remove, workshop.id, card)
    answer = anna.post(f"/bureau/{workshop.id}/printen", data={"wat": "cards"})
    assert answer.status_code == 400
    assert "nog geen kaarten gekozen" in answer.text


def test_a_failed_print_says_why_and_can_be_tried_again(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    answer = anna.post(f"/bureau/{workshop.id}/printen", data={"wat": "cards"})
    key = answer.headers["Location"].rsplit("/", 1)[1]
    claimed = house.store.write(orders.claim, key)
    assert claimed
    house.store.write(orders.fail, claimed, "The press was out of ink.")
    page = anna.get(f"/bureau/{workshop.id}/printen/{key}").text
    assert "The press was out of ink." in page
    anna.post(f"/bureau/{workshop.id}/printen/{key}/opnieuw")
    assert house.store.read(orders.find, workshop.id, key).state == "ordered"
