"""What a group agreed with each other: a short list in an order, added, removed and brought back."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.paper import letters, pages, side
from workshop import printing
from workshop.domain import agreements, orders
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House


def words(house: House, workshop: Workshop) -> list[str]:
    return [one.words for one in house.store.read(agreements.of_workshop, workshop.id)]


def test_agreements_stand_in_the_order_they_were_made_until_one_is_moved(house: House, workshop: Workshop) -> None:
    made = [house.store.write(agreements.add, workshop.id, text) for text in ("Eén.", "Twee.", "Drie.")]
    house.store.write(agreements.move, workshop.id, made[2].id, -1)
    assert words(house, workshop) == ["Eén.", "Drie.", "Twee."]
    house.store.write(agreements.move, workshop.id, made[0].id, -1)
    house.store.write(agreements.move, workshop.id, made[1].id, 1)
    assert words(house, workshop) == ["Eén.", "Drie.", "Twee."]


def test_the_same_agreement_twice_is_one(house: House, workshop: Workshop) -> None:
    first = house.store.write(agreements.add, workshop.id, "We luisteren.")
    assert house.store.write(agreements.add, workshop.id, "  we  luisteren. ") == first


def test_what_was_removed_comes_back_in_its_place(house: House, workshop: Workshop) -> None:
    made = [house.store.write(agreements.add, workshop.id, text) for text in ("Eén.", "Twee.", "Drie.")]
    house.store.write(agreements.remove, workshop.id, made[1].id)
    house.store.write(agreements.remove, workshop.id, made[1].id)
    assert words(house, workshop) == ["Eén.", "Drie."]
    house.store.write(agreements.bring_back, workshop.id, made[1].id)
    assert words(house, workshop) == ["Eén.", "Twee.", "Drie."]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_five_good_ones_can_be_taken_over_in_plain_words(house: House, workshop: Workshop, language: str) -> None:
    assert house.store.write(agreements.take_over, workshop.id, language) == 5
    assert house.store.write(agreements.take_over, workshop.id, language) == 0
    for text in words(house, workshop):
        assert all(len(sentence.split()) <= 15 for sentence in re.split(r"(?<=[.?!]) ", text))


def test_empty_long_and_too_many_are_refused(house: House, workshop: Workshop) -> None:
    for text, code in (("  ", "agreement_empty"), ("a" * 141, "agreement_long")):
        with pytest.raises(Refused, match=code):
            house.store.write(agreements.add, workshop.id, text)
    for number in range(12):
        house.store.write(agreements.add, workshop.id, f"Afspraak {number}.")
    with pytest.raises(Refused, match="agreement_many"):
        house.store.write(agreements.add, workshop.id, "Nog een.")


@pytest.mark.parametrize(("language", "size"), [("nl", "a4"), ("en", "a3")])
def test_agreements_hang_on_the_wall_in_large_letters_and_the_same_bytes_each_time(
    house: House, workshop: Workshop, language: str, size: str
) -> None:
    house.store.write(agreements.take_over, workshop.id, language)
    what = {"document": "agreements", "format": size, "language": language}
    made = printing.make(house, workshop.id, what)
    for text in agreements.STARTERS[language]:
        assert text.split(". ", maxsplit=1)[0] in side(made.data, 0)
    assert pages(made.data) == 1
    assert min(letter.size for letter in letters(made.data, 0)) >= 14
    assert made.data == printing.make(house, workshop.id, what).data


def test_more_agreements_than_fit_go_on_to_the_next_sheet_and_none_is_lost(house: House, workshop: Workshop) -> None:
    for number in range(12):
        house.store.write(agreements.add, workshop.id, f"Afspraak {number}. " + "Wij luisteren naar elkaar. " * 4)
    made = printing.make(house, workshop.id, {"document": "agreements", "format": "a4"})
    assert pages(made.data) > 1
    said = " ".join(side(made.data, page) for page in range(pages(made.data)))
    assert all(f"Afspraak {number}." in said for number in range(12))


def test_no_agreements_are_not_printed_but_said(house: House, workshop: Workshop, at_desk: FlaskClient) -> None:
    with pytest.raises(Refused, match="no agreements yet"):
        printing.make(house, workshop.id, {"document": "agreements"})
    answer = at_desk.post(f"/bureau/{workshop.id}/afspraken/printen", data={"maat": "a3"})
    assert answer.status_code == 400
    assert "Er zijn nog geen afspraken." in answer.text


def test_a_set_of_signal_cards_is_ordered_for_every_table(
    house: House, workshop: Workshop, at_desk: FlaskClient
) -> None:
    assert at_desk.post(f"/bureau/{workshop.id}/afspraken/signalen", data={"tafels": "3"}).status_code == 303
    (order,) = house.store.read(orders.of_workshop, workshop.id)
    assert order.what["copies"] == 3
    assert len(order.what["cards"]) == 5
    assert all(card.startswith("signaal/") for card in order.what["cards"])


def test_the_desk_keeps_agreements_and_says_what_is_not_right(
    house: House, workshop: Workshop, at_desk: FlaskClient
) -> None:
    address = f"/bureau/{workshop.id}/afspraken"
    assert "Vijf goede om mee te beginnen" in at_desk.get(address).text
    at_desk.post(address, data={"vijf": "1"})
    assert len(words(house, workshop)) == 5
    assert "Vijf goede om mee te beginnen" not in at_desk.get(address).text
    answer = at_desk.post(address, data={"woorden": " "})
    assert answer.status_code == 400
    assert "Schrijf eerst op wat jullie afspraken." in answer.text
