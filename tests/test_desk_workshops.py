"""Making a workshop, saying something else about it, closing it, and what waits there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.desk_people import anna, someone
from workshop.domain import doors, misses, workshops
from workshop.domain.doors import Door
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

__all__ = ["anna", "someone"]
FORM = {
    "naam": "Het Kruispunt",
    "vraag": "Wat helpt om in beweging te blijven?",
    "taal_kaarten": "nl",
    "adres": "kruispunt.nl",
    "contact": "Joris",
    "telefoon": "0318 12 34 56",
    "zichtbaar": "soon",
    "datum": "2027-01-11",
}


def change(client: FlaskClient, workshop: Workshop, **form: Any) -> Any:
    """Send the form with what is said about a workshop."""
    return client.post(f"/bureau/{workshop.id}/gegevens", data=FORM | {"versie": str(workshop.version)} | form)


def test_a_new_workshop_starts_with_good_defaults(anna: FlaskClient) -> None:
    page = anna.get("/bureau/nieuw").text
    assert 'value="https://werkplaats.nl"' in page
    assert 'value="Anna"' in page
    assert re.search(r'value="soon" checked', page)
    assert not re.search(r'name="oefening" checked', page)


def test_a_workshop_is_made_in_one_form(anna: FlaskClient, house: House) -> None:
    answer = anna.post("/bureau/nieuw", data=FORM)
    made = house.store.read(workshops.everything)[-1]
    assert answer.headers["Location"] == f"/bureau/{made.id}"
    assert (made.name, made.address, made.next_date) == ("Het Kruispunt", "https://kruispunt.nl", "2027-01-11")
    assert "maandag 11 januari 2027" in anna.get(f"/bureau/{made.id}").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("naam", "", "Vul een naam in"),
        ("naam", "x" * 61, "hooguit 60 tekens"),
        ("vraag", " ", "Vul de vraag in"),
        ("vraag", "x" * 141, "hooguit 140 tekens"),
        ("contact", "", "wie mensen kunnen bellen"),
        ("telefoon", "12", "te kort"),
        ("adres", "werkplaats.nl/kaarten", "alleen de naam"),
        ("adres", "javascript:alert(1)", "alleen de naam"),
        ("adres", "https://[", "alleen de naam"),
        ("datum", "morgen", "Kies een dag"),
        ("zichtbaar", "ooit", "Kies wanneer"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_everything_typed_stays(
    anna: FlaskClient, house: House, field: str, value: str, said: str
) -> None:
    answer = anna.post("/bureau/nieuw", data=FORM | {field: value})
    assert answer.status_code == 400
    assert said in answer.text
    assert 'role="alert"' in answer.text
    if field != "zichtbaar":
        assert f'href="#{field}"' in answer.text
        assert re.search(rf'id="{field}"[^>]*aria-describedby="{field}-wrong[^>]*aria-invalid', answer.text)
    assert "Wat helpt om in beweging te blijven?" in answer.text or field == "vraag"
    assert len(house.store.read(workshops.everything)) == 1


def test_details_with_a_senseless_version_are_shown_beside_those_of_now(anna: FlaskClient, workshop: Workshop) -> None:
    for version in ("", "x", "9" * 30, "9" * 5000):
        assert anna.post(f"/bureau/{workshop.id}/gegevens", data=FORM | {"versie": version}).status_code == 409


def test_two_people_who_change_a_workshop_see_each_others_version(anna: FlaskClient, workshop: Workshop) -> None:
    assert change(anna, workshop, naam="Eerst").status_code == 303
    answer = change(anna, workshop, naam="Daarna")
    assert answer.status_code == 409
    assert "Nu staat er: Eerst" in answer.text
    assert 'value="Daarna"' in answer.text
    assert change(anna, workshop, naam="Daarna", versie="2").status_code == 303
    assert "Daarna" in anna.get("/bureau/").text


def test_closing_stops_what_comes_in_and_opening_starts_it_again(
    anna: FlaskClient, workshop: Workshop, house: House
) -> None:
    for _ in range(2):
        anna.post(f"/bureau/{workshop.id}/sluiten")
    assert house.store.read(workshops.at_door, workshop.id).closed_at
    assert "Er komt niets nieuws binnen" in anna.get(f"/bureau/{workshop.id}").text
    anna.post(f"/bureau/{workshop.id}/openen")
    assert house.store.read(workshops.at_door, workshop.id).closed_at is None


def test_too_many_wrong_words_show_at_the_workshop_and_one_button_opens_them_again(
    anna: FlaskClient, workshop: Workshop, house: House, door: Door
) -> None:
    assert "Woorden weer openen" not in anna.get(f"/bureau/{workshop.id}").text
    for number in range(misses.WORDS_PER_WORKSHOP):
        house.store.write(doors.say_word, door, f"mis{number}", f"phone {number}")
    assert "De woorden werken nu niet" in anna.get(f"/bureau/{workshop.id}").text
    with pytest.raises(Refused):
        house.store.write(doors.say_word, door, door.word, "phone")
    anna.post(f"/bureau/{workshop.id}/woorden")
    assert house.store.write(doors.say_word, door, door.word, "phone")
    assert "Woorden weer openen" not in anna.get(f"/bureau/{workshop.id}").text


def test_an_invitation_is_shown_once_with_a_qr_of_the_same_address(anna: FlaskClient, workshop: Workshop) -> None:
    page = anna.post(f"/bureau/{workshop.id}/uitnodigen", data={"rol": "observer"}).text
    assert "meekijker" in page
    assert re.search(r'value="https://werkplaats\.nl/bureau/link/[\w-]{43}"', page)
    assert '<svg class="qr"' in page
    assert anna.post(f"/bureau/{workshop.id}/uitnodigen", data={"rol": "boss"}).status_code == 400


@pytest.mark.parametrize("page", ["vijf-minuten", "printen", "deuren", "wie-ziet-wat"])
def test_help_is_there_in_both_languages_and_says_the_same(anna: FlaskClient, page: str) -> None:
    dutch = anna.get(f"/bureau/hulp/{page}?taal=nl").text
    english = anna.get(f"/bureau/hulp/{page}?taal=en").text
    shape = r"</?(?:h2|li|ol|ul|tr|p)\b"
    assert re.findall(shape, dutch) == re.findall(shape, english)
    assert dutch != english
