"""Three doors to a card: its QR, its number, and the word for who holds the card without a camera."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import CARD, DETAILS, SECOND_CARD, Visit
from tests.phone import share, text
from workshop import clock, ids
from workshop.domain import doors, misses, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.house import House

UNKNOWN = "Dit nummer kennen we niet. Kijk nog eens goed naar de 3, 5, 8 en 0."


def unused(house: House, count: int = 1) -> list[str]:
    """Return numbers with a right check digit that no card has."""
    found: list[str] = []
    while len(found) < count:
        number = ids.card_number()
        if not house.store.read(doors.by_number, number):
            found.append(number)
    return found


def wrong_check(number: str) -> str:
    return number[:5] + str((int(number[5]) + 1) % 10)


def noted(house: House) -> int:
    return house.store.read(misses.count, "number", minutes=60)


@pytest.mark.parametrize("between", ["", " ", "-", ".", " - "])
def test_a_number_typed_with_spaces_hyphens_or_dots_goes_to_its_card(
    outside: FlaskClient, door: Door, between: str
) -> None:
    answer = outside.post("/", data={"nummer": f" {door.number[:3]}{between}{door.number[3:]} "})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{door.number}")


def test_the_card_page_shows_what_is_printed(outside: FlaskClient, door: Door, house: House) -> None:
    card = house.library.find(CARD, "nl")
    assert card
    assert card.share
    page = outside.get(f"/{door.number}")
    for words in (card.title, card.purpose, card.share.question, "Werkplaats De Linde", "Samen ontwerpen · 1"):
        assert words in text(page)
    deck = house.library.deck(card.deck)
    assert deck
    assert f'fill="{deck.colour}"' in page.text


def test_the_card_follows_the_language_of_the_page(outside: FlaskClient, door: Door, house: House) -> None:
    english = house.library.find(CARD, "en")
    assert english
    page = outside.get(f"/{door.number}?taal=en")
    assert english.title in text(page)
    assert '<html lang="en"' in page.text
    assert english.title in text(outside.get(f"/{door.number}")), "the choice was not remembered"


def test_the_workshops_own_door_asks_the_workshops_question(
    outside: FlaskClient, house: House, workshop: Workshop
) -> None:
    own = house.store.write(doors.open_for, workshop.id, [doors.OWN])[doors.OWN]
    page = outside.get(f"/{own.number}")
    assert f"<h1>{workshop.question}</h1>" in page.text
    assert share(outside, own, "Een bankje bij de vijver.").status_code == 303


def test_a_number_in_the_address_bar_may_have_spaces(outside: FlaskClient, door: Door) -> None:
    answer = outside.get(f"/{door.number[:3]} {door.number[3:]}")
    assert answer.headers["Location"] == f"/{door.number}"


def test_one_wrong_digit_opens_nobody_elses_card_and_keeps_what_was_typed(
    outside: FlaskClient, door: Door, house: House
) -> None:
    typed = wrong_check(door.number)
    answer = outside.post("/", data={"nummer": typed})
    assert answer.status_code == 404
    assert UNKNOWN in text(answer)
    assert f'value="{typed}"' in answer.text
    assert 'role="alert"' in answer.text
    assert noted(house) == 0, "a typing mistake costs nothing"


def test_unknown_wrong_and_guessed_too_often_get_the_same_answer(
    outside: FlaskClient, door: Door, house: House
) -> None:
    def said(number: str) -> tuple[int, str]:
        answer = outside.post("/", data={"nummer": number})
        return answer.status_code, text(answer).replace(number, "")

    first, *more = unused(house, misses.NUMBERS_PER_DEVICE + 1)
    answers = {said(first), said(wrong_check(door.number))}
    for number in more:
        said(number)
    answers.add(said(door.number))
    assert len(answers) == 1, "a guesser learns something from the answer"


def test_an_empty_field_asks_for_six_digits(outside: FlaskClient, workshop: Workshop) -> None:
    answer = outside.post("/", data={"nummer": "  "})
    assert answer.status_code == 422
    assert "Typ eerst de zes cijfers" in text(answer)


def test_ten_thousand_guesses_of_one_device_are_mostly_not_even_looked_at(
    outside: FlaskClient, visit: Visit, door: Door, house: House
) -> None:
    for number in unused(house, 60):
        outside.get(f"/{number}")
    assert noted(house) == misses.NUMBERS_PER_DEVICE
    assert outside.get(f"/{door.number}").status_code == 404, "this device has to wait a minute"
    assert visit().get(f"/{door.number}").status_code == 200, "another phone does not"
    clock.shift(minutes=2)
    assert outside.get(f"/{door.number}").status_code == 200


def test_guessing_without_a_mark_is_counted_for_all_together(
    visit: Visit, in_group: FlaskClient, door: Door, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(misses, "NUMBERS_IN_ALL", 30)
    for number in unused(house, 40):
        visit().get(f"/{number}")
    assert noted(house) == 30
    assert visit().get(f"/{door.number}").status_code == 404
    assert in_group.get(f"/{door.number}").status_code == 200, "who scanned a card is never held up"
    assert visit().get(f"/{door.scanned}", follow_redirects=True).status_code == 200, "scanning always works"


@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_scan_joins_the_group_and_goes_to_the_short_address(
    visit: Visit, door: Door, case: Callable[[str], str]
) -> None:
    phone = visit()
    answer = phone.get("/" + case(door.scanned))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{door.number}")
    assert "Hoort u bij de groep?" not in text(phone.get(f"/{door.number}"))


def test_a_wrong_key_is_the_same_as_typing_the_number(outside: FlaskClient, door: Door) -> None:
    answer = outside.get(f"/{door.number}{'A' * 10}")
    assert answer.headers["Location"] == f"/{door.number}"
    assert "Hoort u bij de groep?" in text(outside.get(f"/{door.number}"))


def test_the_phone_remembers_five_cards_the_newest_first(visit: Visit, house: House, workshop: Workshop) -> None:
    chosen = [card.id for card in house.library.cards("nl")[:7]]
    found = house.store.write(doors.open_for, workshop.id, chosen)
    phone = visit()
    for card in chosen:
        phone.get(f"/{found[card].scanned}")
    phone.get(f"/{found[chosen[5]].scanned}")
    cookie = phone.get_cookie("groep", domain="werkplaats.nl")
    assert cookie
    assert cookie.value.split(".") == [found[chosen[place]].scanned for place in (5, 6, 4, 3, 2)]


def test_one_scanned_card_opens_every_card_of_its_workshop_and_none_of_another(
    in_group: FlaskClient, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    second = house.store.read(doors.of_workshop, workshop.id)[SECOND_CARD]
    assert "Hoort u bij de groep?" not in text(in_group.get(f"/{second.number}"))
    other = house.store.write(workshops.make, facilitator.id, DETAILS)
    elsewhere = house.store.write(doors.open_for, other.id, [CARD])[CARD]
    assert "Hoort u bij de groep?" in text(in_group.get(f"/{elsewhere.number}"))


def test_the_word_of_the_card_lets_its_holder_into_the_group(outside: FlaskClient, visit: Visit, door: Door) -> None:
    share(visit(), door, "Alleen voor de groep.")
    assert "Alleen voor de groep." not in text(outside.get(f"/{door.number}"))
    answer = outside.post(f"/{door.number}/woord", data={"woord": f" {door.word.capitalize()} "})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{door.number}")
    assert "Alleen voor de groep." in text(outside.get(f"/{door.number}"))


def test_a_wrong_word_says_so_beside_the_field_and_keeps_it(outside: FlaskClient, door: Door) -> None:
    answer = outside.post(f"/{door.number}/woord", data={"woord": "olifantje"})
    assert answer.status_code == 422
    assert "Dit woord hoort niet bij deze kaart." in text(answer)
    assert 'value="olifantje"' in answer.text
    assert outside.get(f"/{door.number}/woord").headers["Location"] == f"/{door.number}"


def test_after_a_hundred_wrong_words_only_the_code_opens_the_group(
    outside: FlaskClient, visit: Visit, door: Door, house: House, workshop: Workshop
) -> None:
    for _ in range(misses.WORDS_PER_WORKSHOP):
        house.store.write(doors.say_word, door, "fout", "x" * 43)
    answer = outside.post(f"/{door.number}/woord", data={"woord": door.word})
    assert "Scan de code op uw kaart" in text(answer)
    assert visit().get(f"/{door.scanned}", follow_redirects=True).status_code == 200
    house.store.write(workshops.reset_word_misses, workshop.id)
    assert outside.post(f"/{door.number}/woord", data={"woord": door.word}).status_code == 303


def test_the_chance_to_guess_a_word_is_published_and_under_five_percent(outside: FlaskClient) -> None:
    assert len(set(doors.words())) == len(doors.words()) == 2048
    assert misses.WORDS_PER_WORKSHOP / len(doors.words()) < 0.05
    assert "kleiner dan 5 op 100" in text(outside.get("/privacy"))


def test_a_closed_workshop_can_be_read_and_says_kindly_that_nothing_more_comes_in(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    share(in_group, door, "Een idee van toen.")
    house.store.write(workshops.close, workshop.id)
    page = in_group.get(f"/{door.number}")
    assert page.status_code == 200
    assert "Een idee van toen." in text(page)
    assert "Deze werkplaats is gesloten." in text(page)
    assert "<textarea" not in page.text
    late = share(in_group, door, "Te laat, maar niet weg.")
    assert late.status_code == 403
    assert "Te laat, maar niet weg." in text(late)


@pytest.mark.parametrize(
    "path",
    ["/x", "/wp-login.php", "/12345", "/{number}.css", "/{number}/x.css", "/{number}/", "/bewijs/x.css", "/a.txt/x"],
)
def test_unknown_addresses_are_a_kind_404_with_the_number_field(outside: FlaskClient, door: Door, path: str) -> None:
    answer = outside.get(path.format(number=door.number))
    assert answer.status_code == 404
    assert 'name="nummer"' in answer.text or 'name="bewijs"' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
