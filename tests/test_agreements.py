"""What a group agreed with each other: a short list in an order, added, removed and brought back."""

from __future__ import annotations

import re

import pytest

from workshop.domain import agreements
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House


def words(house: House, workshop: Workshop) -> list[str]:
    return [one.words for one in house.store.read(agreements.of_workshop, workshop.id)]


def test_agreements_stand_in_the_order_they_were_made_until_one_is_moved(
    house: House, workshop: Workshop
) -> None:
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
