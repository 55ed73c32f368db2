"""What many phones see alike is made once; nobody sees what is another's, or what is not so any more."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient

from workshop.domain import curating, ideas, perspectives, workshops
from workshop.domain.doors import Door
from workshop.domain.ideas import Sent
from workshop.domain.workshops import Workshop
from workshop.house import House

OWN, RECOGNISED = "Dit is uw eigen idee.", "U herkent dit."


def page(phone: FlaskClient, door: Door, language: str = "nl") -> str:
    """Return a card's page as this phone gets it."""
    return phone.get(f"/{door.number}?taal={language}").get_data(as_text=True)


def test_what_one_phone_gave_and_recognised_is_on_no_other_phone(visit: Any, door: Door) -> None:
    first, second = visit(), visit()
    for phone in (first, second):
        phone.get(f"/{door.scanned}")
    first.post(f"/{door.number}", data={"idee": "Een bankje", "zien": "group", "sleutel": "s" * 20})
    second.post(f"/{door.number}/idee/1/herken", data={"aan": "1", "terug": "kaart"})
    for _ in range(2):
        assert (OWN in page(first, door), RECOGNISED in page(first, door)) == (True, False)
        assert (OWN in page(second, door), RECOGNISED in page(second, door)) == (False, True)


def test_each_language_and_who_is_not_in_the_group_have_a_page_of_their_own(
    in_group: FlaskClient, outside: FlaskClient, house: House, door: Door
) -> None:
    house.store.write(ideas.place, door, Sent("Een bankje", "group", "s" * 20, "d" * 20, "qr"))
    assert "Dat herken ik" in page(in_group, door)
    assert "Dat herken ik" not in page(in_group, door, "en")
    assert "Een bankje" not in page(outside, door)


def test_a_page_kept_ready_follows_every_change_at_once_whoever_made_it(
    in_group: FlaskClient, house: House, workshop: Workshop, door: Door, facilitator: Any
) -> None:
    other = House.open(house.settings)  # another process on the same store
    try:
        idea = other.store.write(ideas.place, door, Sent("Een bankje", "group", "s" * 20, "d" * 20, "qr"))
        assert "Een bankje" in page(in_group, door)
        idea = other.store.write(curating.correct, idea, facilitator.id, "Twee bankjes")
        assert "Twee bankjes" in page(in_group, door)
        other.store.write(ideas.withdraw, idea)
        assert "bankje" not in page(in_group, door)
        other.store.write(workshops.close, workshop.id)
        assert "Deze werkplaats is gesloten." in page(in_group, door)
    finally:
        other.close()


def test_two_phones_that_get_the_same_page_each_have_a_key_of_their_own(visit: Any, door: Door) -> None:
    first, second = visit(), visit()
    keys = [re.findall(r'name="sleutel" value="([^"]+)"', page(phone, door)) for phone in (first, second, first)]
    assert [len(found) for found in keys] == [1, 1, 1]
    assert len({found[0] for found in keys}) == 3


def test_a_page_kept_ready_has_the_letters_each_visitor_wants(visit: Any, door: Door) -> None:
    small, large = visit(), visit()
    large.get(f"/{door.number}?letters=3")
    for _ in range(2):
        assert 'class="letters-1"' in page(small, door)
        assert 'class="letters-3"' in page(large, door)


def test_what_may_be_chosen_in_the_form_is_on_a_page_kept_ready_at_once(
    in_group: FlaskClient, house: House, workshop: Workshop, door: Door
) -> None:
    assert "Buurvrouw" not in page(in_group, door)
    house.store.write(perspectives.add, workshop.id, "Buurvrouw")
    assert "Buurvrouw" in page(in_group, door)
