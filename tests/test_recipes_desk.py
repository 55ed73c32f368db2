"""Programmes at the desk: seen by everyone who may look, made ready and printed by facilitators, undone in one go."""

from __future__ import annotations

import re
from html import unescape

import pypdfium2
import pytest
from flask.testing import FlaskClient

from cards.card import Language
from cards.recipe_book import recipes
from tests.conftest import CARD, SECOND_CARD
from tests.desk_people import Someone, anna, someone
from workshop import tasks
from workshop.domain import choices, orders, workshops
from workshop.domain.orders import Order
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["anna", "someone"]
DAY = recipes().recipes[3]
EVALUATION = "terugkoppeling/03-hoe-was-het-vandaag"
ASKED = {"tafels": "4", "mensen": "20", "groot": "3", "begin": "13:30"}


def address(workshop: Workshop, more: str = "") -> str:
    return f"/bureau/{workshop.id}/programmas/{DAY.id}{more}"


def chosen(house: House, workshop: Workshop) -> dict[str, int]:
    return house.store.read(choices.of_workshop, workshop.id)


def words(page: str) -> str:
    """Return a page without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def undo_of(page: str) -> str:
    """Return what the undo button on a page sends along."""
    found = re.search(r'terugzetten">.*?name="was" value="([0-9-]+)"', page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("who", ["facilitator", "observer"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_leads_or_looks_on_sees_the_programmes_in_both_languages(
    someone: Someone, workshop: Workshop, who: str, language: Language
) -> None:
    client = someone(who)
    listed = words(client.get(f"/bureau/{workshop.id}/programmas?taal={language}").text)
    for one in recipes().recipes:
        assert one.title[language] in listed
        assert one.purpose[language] in listed
    page = words(client.get(f"{address(workshop)}?taal={language}").text)
    for text in (DAY.title, DAY.purpose, DAY.result, DAY.for_whom, *DAY.prepare, *DAY.room):
        assert text[language] in page
    for block in DAY.blocks:
        assert block.title[language] in page
        assert block.text[language] in page
    assert ("Zet deze kaarten klaar" in page) == (who == "facilitator" and language == "nl")


@pytest.mark.parametrize("who", ["helper", "observer"])
@pytest.mark.parametrize("what", ["/klaarzetten", "/terugzetten", "/printen"])
def test_only_a_facilitator_gets_cards_ready(
    someone: Someone, workshop: Workshop, house: House, who: str, what: str
) -> None:
    assert someone(who).post(address(workshop, what), data=ASKED).status_code == 403
    assert set(chosen(house, workshop)) == {CARD, SECOND_CARD}


def test_clock_times_and_amounts_follow_what_one_fills_in(anna: FlaskClient, workshop: Workshop) -> None:
    page = words(anna.get(address(workshop), query_string=ASKED | {"begin": "10:00", "mensen": "12"}).text)
    assert "van 10:00 tot 12:00" in page
    assert "10:25 40 minuten · A leidt" in page
    assert "Hoe was het vandaag? 9 3" in page
    assert "meer dan zes" not in page
    assert "meer dan zes" in anna.get(address(workshop), query_string=ASKED | {"tafels": "2"}).text


@pytest.mark.parametrize(
    "odd",
    [
        {"tafels": "0", "mensen": "-4", "groot": "veel", "begin": "25:99"},
        {"tafels": "9" * 30, "mensen": "999", "groot": "999", "begin": "\x00"},
        {"begin": "13:30:15+02:00", "was": "1-2-3", "gedaan": "iets"},
    ],
)
def test_odd_numbers_become_sensible_ones(
    anna: FlaskClient, workshop: Workshop, house: House, odd: dict[str, str]
) -> None:
    assert anna.get(address(workshop), query_string=odd).status_code == 200
    for what in ("/klaarzetten", "/terugzetten"):
        assert anna.post(address(workshop, what), data=odd).status_code == 303
    assert all(1 <= copies <= 99 for copies in chosen(house, workshop).values())


def test_a_programme_that_is_not_there_is_not_found(anna: FlaskClient, workshop: Workshop) -> None:
    assert anna.get(f"/bureau/{workshop.id}/programmas/borrel").status_code == 404
    assert anna.post(f"/bureau/{workshop.id}/programmas/borrel/klaarzetten").status_code == 404


def test_one_button_gets_all_cards_ready_and_keeps_what_was_chosen(
    anna: FlaskClient, workshop: Workshop, house: House
) -> None:
    done = anna.post(address(workshop, "/klaarzetten"), data=ASKED, follow_redirects=True)
    assert "9 kaarten staan klaar." in words(done.text)
    assert "Alle kaarten staan klaar" in done.text
    now = chosen(house, workshop)
    assert now[SECOND_CARD] == 1
    assert {card: now[card] for card in (CARD, EVALUATION, "verhalen/05-zo-ging-het-vroeger")} == {
        CARD: 4,
        EVALUATION: 17,
        "verhalen/05-zo-ging-het-vroeger": 1,
    }


def test_getting_ready_twice_is_once_and_undo_gives_back_what_there_was(
    anna: FlaskClient, workshop: Workshop, house: House
) -> None:
    before = chosen(house, workshop)
    first = re.search(r'name="was" value="([0-9-]+)"', anna.get(address(workshop), query_string=ASKED).text)
    assert first
    pages = [
        anna.post(address(workshop, "/klaarzetten"), data=ASKED | {"was": first[1]}, follow_redirects=True).text
        for _ in range(2)
    ]
    assert undo_of(pages[0]) == undo_of(pages[1])
    undone = anna.post(
        address(workshop, "/terugzetten"), data=ASKED | {"was": undo_of(pages[1])}, follow_redirects=True
    )
    assert "Ongedaan gemaakt." in undone.text
    assert chosen(house, workshop) == before


def test_who_presses_again_later_hears_that_nothing_changed(anna: FlaskClient, workshop: Workshop) -> None:
    ready = anna.post(address(workshop, "/klaarzetten"), data=ASKED, follow_redirects=True).text
    assert "Zet deze kaarten klaar" not in ready
    told = "-".join(str(one.copies) for one in DAY.amounts(4, 20, 3).cards)
    again = anna.post(address(workshop, "/klaarzetten"), data=ASKED | {"was": told}, follow_redirects=True).text
    assert "Alle kaarten stonden al klaar." in again
    assert "terugzetten" not in again


def test_undo_leaves_alone_what_a_colleague_changed_since(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    page = anna.post(address(workshop, "/klaarzetten"), data=ASKED, follow_redirects=True).text
    house.store.write(choices.put, workshop.id, EVALUATION, 30)
    anna.post(address(workshop, "/terugzetten"), data=ASKED | {"was": undo_of(page)})
    assert chosen(house, workshop) == {CARD: 1, SECOND_CARD: 1, EVALUATION: 30}


def printed(client: FlaskClient, house: House, workshop: Workshop, what: str) -> Order:
    """Order one of the papers of a programme, and do the work."""
    answer = client.post(address(workshop, "/printen"), data=ASKED | {"wat": what})
    assert answer.status_code == 303
    key = answer.headers["Location"].rsplit("/", 1)[1]
    tasks.print_order(house, key)
    order = house.store.read(orders.find, workshop.id, key)
    assert order.state == "ready", order.reason
    return order


def test_the_sheet_is_printed_and_named_after_the_workshop(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    order = printed(anna, house, workshop, "blad")
    assert order.name == "werkplaats-de-linde-een-gewone-dag.pdf"
    assert order.file
    with pypdfium2.PdfDocument(house.files.read(order.file)) as pdf:
        assert len(pdf) == 2
        front = pdf[0].get_textpage().get_text_range()
    assert "13:30" in front
    assert "Werkplaats De Linde" in front
    assert "<strong>Programma</strong>" in anna.get(f"/bureau/{workshop.id}/printen").text


def test_only_the_cards_of_the_programme_are_printed_with_their_copies(
    anna: FlaskClient, workshop: Workshop, house: House
) -> None:
    anna.post(address(workshop, "/klaarzetten"), data=ASKED)
    order = anna.post(address(workshop, "/printen"), data=ASKED | {"wat": "kaarten"})
    what = house.store.read(orders.of_workshop, workshop.id)[0].what
    assert order.status_code == 303
    assert SECOND_CARD not in what["cards"]
    assert set(what["cards"]) == {use.card for use in DAY.uses()}


def test_large_print_is_printed_for_those_who_read_it(anna: FlaskClient, workshop: Workshop, house: House) -> None:
    order = printed(anna, house, workshop, "groot")
    assert (order.what["format"], order.what["copies"]) == ("large", 3)
    assert order.file
    assert order.what["cards"]
    with pypdfium2.PdfDocument(house.files.read(order.file)) as pdf:
        assert len(pdf) == 2 * 3 * len(order.what["cards"])


def test_cards_wait_for_an_address_that_works_and_the_programme_does_not(
    anna: FlaskClient, workshop: Workshop, house: House
) -> None:
    details = workshops.Details("De Linde", "Hoe?", "nl", "http://192.168.1.20:8080", "Marijke", "0612345678")
    house.store.write(workshops.change, workshop, details)
    page = anna.get(address(workshop)).text
    assert "kan zo niet op papier" in page
    assert "/voorbeeld/" not in page
    for what in ("kaarten", "groot", "iets"):
        back = anna.post(address(workshop, "/printen"), data=ASKED | {"wat": what})
        assert f"/programmas/{DAY.id}?" in back.headers["Location"]
    printed(anna, house, workshop, "blad")


def test_an_english_workshop_shows_and_prints_english_cards(
    anna: FlaskClient, workshop: Workshop, house: House
) -> None:
    details = workshops.Details("The Lime", "How?", "en", "https://werkplaats.nl", "Marijke", "0612345678")
    house.store.write(workshops.change, workshop, details)
    page = words(anna.get(f"{address(workshop)}?taal=nl").text)
    assert "A day in my life" in page
    assert "Volg de kaart." in page
    assert printed(anna, house, workshop, "blad").what["language"] == "nl"


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Zo zit elk programma in elkaar"), ("en", "How each programme is built")]
)
def test_help_explains_programmes(anna: FlaskClient, language: str, said: str) -> None:
    assert said in anna.get(f"/bureau/hulp/programmas?taal={language}").text


def test_programmes_are_found_from_the_menu_and_the_start_page(anna: FlaskClient, workshop: Workshop) -> None:
    page = anna.get(f"/bureau/{workshop.id}").text
    assert page.count(f'href="/bureau/{workshop.id}/programmas"') == 2
