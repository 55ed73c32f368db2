"""The code on an idea card, scanned with any phone: photograph it or type it, and what became of it."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import piles
from tests.conftest import DETAILS, Visit
from tests.phone import text
from workshop import clock
from workshop.domain import curating, paper, photographed, slips, stacks, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.slips import Slip
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.tasks import read_stack


@pytest.fixture
def slip(house: House, workshop: Workshop) -> Slip:
    """One idea card of the workshop."""
    return of_number(house, piles.numbers(house, workshop, count=1)[0])


@pytest.fixture
def phone(visit: Visit, slip: Slip) -> FlaskClient:
    """A phone that scanned the code of the idea card."""
    made = visit()
    answer = made.get(f"/{slip.number}c1{slip.key.lower()}")
    assert answer.headers["Location"] == f"/ideekaart/{slip.number}"
    return made


def of_number(house: House, number: str) -> Slip:
    found = house.store.read(slips.by_number, number)
    assert found
    return found


def stream(house: House, workshop: Workshop) -> list[Idea]:
    return house.store.read(curating.stream, workshop.id, curating.Filter())


def write(phone: FlaskClient, slip: Slip, words: str, choice: str = "group") -> TestResponse:
    return phone.post(f"/ideekaart/{slip.number}", data={"idee": words, "zien": choice})


def send(phone: FlaskClient, slip: Slip, photo: bytes) -> TestResponse:
    sent = {"foto": (io.BytesIO(photo), "foto.jpg")}
    return phone.post(f"/ideekaart/{slip.number}/foto", data=sent, content_type="multipart/form-data")


def photo_of(house: House, slip: Slip, seed: int = 5, blank: float = 0) -> bytes:
    return piles.scanned([piles.written(house, [slip.number], piles.A6, blank=blank, seed=seed)], seed=seed)


def after_reading(house: House, phone: FlaskClient, answer: TestResponse) -> str:
    """Read what was sent and return the words of the page that says so."""
    assert answer.status_code == 303, text(answer)
    for key in house.store.read(stacks.undone):
        read_stack(house, key)
    return text(phone.get(answer.headers["Location"]))


def test_the_page_asks_to_photograph_the_card_or_to_type(phone: FlaskClient, slip: Slip) -> None:
    page = phone.get(f"/ideekaart/{slip.number}")
    for words in ("Fotografeer deze kaart", "Of typ uw idee hier", "Wie mag dit zien?", DETAILS.question):
        assert words in text(page)
    assert 'capture="environment"' in page.text
    assert slip.key not in page.text


def test_typed_words_are_one_idea_however_often_they_are_sent(
    phone: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    for _ in range(2):
        answer = write(phone, slip, "Samen koken op zondag", "everyone")
        assert answer.headers["Location"] == f"/ideekaart/{slip.number}/bedankt"
    thanks = text(phone.get(answer.headers["Location"]))
    assert "Dank u wel. Uw idee is aangekomen." in thanks
    assert "Bewaar uw strookje. Hiermee ziet u wat er met uw idee gebeurt." in thanks
    (idea,) = stream(house, workshop)
    assert (idea.slip, idea.words, idea.visibility, idea.channel) == (
        slip.number,
        "Samen koken op zondag",
        "everyone",
        "paper",
    )


def test_a_photo_is_received_read_and_hangs_there(
    phone: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    answer = send(phone, slip, photo_of(house, slip))
    assert "Ontvangen. Uw foto wordt gelezen." in text(phone.get(answer.headers["Location"]))
    assert "Gelukt. Uw ideekaart is binnen." in after_reading(house, phone, answer)
    (idea,) = stream(house, workshop)
    assert (idea.slip, len(idea.pictures)) == (slip.number, 1)
    (stack,) = house.store.read(stacks.of_workshop, workshop.id)
    assert (stack.way, stack.brought_by) == ("phone", None)
    assert "Uw kaart is al binnen als foto." in text(phone.get(f"/ideekaart/{slip.number}"))


def test_paper_and_typing_of_one_number_are_one_idea_in_either_order(
    phone: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    after_reading(house, phone, send(phone, slip, photo_of(house, slip)))
    write(phone, slip, "Samen koken op zondag", "everyone")
    (idea,) = stream(house, workshop)
    assert (idea.words, len(idea.pictures)) == ("Samen koken op zondag", 1)
    assert idea.visibility == "group", "only the stub may change who sees what is there"


def test_the_same_photo_twice_is_one_stack(phone: FlaskClient, house: House, workshop: Workshop, slip: Slip) -> None:
    photo = photo_of(house, slip)
    first, again = send(phone, slip, photo), send(phone, slip, photo)
    assert first.headers["Location"] == again.headers["Location"]
    assert len(house.store.read(stacks.of_workshop, workshop.id)) == 1


def test_when_there_are_words_already_the_stub_is_pointed_to_and_nothing_is_lost(
    phone: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    write(phone, slip, "Samen koken op zondag")
    answer = write(phone, slip, "Iets heel anders", "everyone")
    assert answer.status_code == 409
    assert "Bij deze kaart staan al andere woorden." in text(answer)
    assert "Iets heel anders" in text(answer)
    assert "Samen koken op zondag" not in answer.text, "what is there is only for whoever holds the stub"
    (idea,) = stream(house, workshop)
    assert (idea.words, idea.visibility) == ("Samen koken op zondag", "group")


def test_scanning_an_idea_card_does_not_open_the_group(
    phone: FlaskClient, house: House, door: Door, in_group: FlaskClient, slip: Slip
) -> None:
    in_group.post(f"/{door.number}", data={"idee": "Geheim van de groep", "sleutel": "s" * 20, "zien": "group"})
    assert "Geheim van de groep" in text(in_group.get(f"/{door.number}"))
    assert "Geheim van de groep" not in text(phone.get(f"/{door.number}"))


def test_a_photo_without_a_code_gets_kind_advice_and_waits_for_a_person(
    phone: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    import numpy as np
    from PIL import Image

    noise = Image.fromarray(np.random.default_rng(3).integers(90, 160, (900, 700), np.uint8))
    out = io.BytesIO()
    noise.save(out, "JPEG")
    page = after_reading(house, phone, send(phone, slip, out.getvalue()))
    assert "We kunnen de kaart op deze foto niet lezen." in page
    assert "Kom dichterbij." in page
    assert "Houd uw telefoon stil." in page
    (waiting,) = house.store.read(stacks.to_look_at, workshop.id)
    assert waiting.tray == "look"


def test_what_is_no_photo_and_what_is_missing_is_told(
    phone: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    page = after_reading(house, phone, send(phone, slip, b"zomaar wat tekst"))
    assert "Dit bestand is geen foto die wij kennen." in page
    empty = phone.post(f"/ideekaart/{slip.number}/foto", data={}, content_type="multipart/form-data")
    assert (empty.status_code, "Kies eerst een foto van uw kaart." in text(empty)) == (422, True)
    assert "U heeft nog niets opgeschreven." in text(write(phone, slip, "  "))


def test_an_empty_card_another_card_and_the_back_are_each_told(
    phone: FlaskClient, house: House, workshop: Workshop, slip: Slip, visit: Visit
) -> None:
    assert "We zien nog niets op uw kaart." in after_reading(
        house, phone, send(phone, slip, photo_of(house, slip, blank=1.0))
    )
    big, other = (of_number(house, one) for one in piles.numbers(house, workshop, "a5", count=2))
    second = visit()
    second.get(f"/{big.number}A1{big.key}")
    back = piles.scanned([piles.written(house, [big.number], piles.A5_BACK)])
    assert "Dit is de achterkant van uw kaart." in after_reading(house, second, send(second, big, back))
    wrong = piles.scanned([piles.written(house, [other.number], piles.A5)])
    page = after_reading(house, second, send(second, big, wrong))
    assert "Op deze foto staat een andere kaart." in page
    assert f"{big.number[:4]} {big.number[4:]}" in page
    assert other.number[4:] not in page


def test_too_many_photos_are_kept_for_a_person_and_never_refused(
    phone: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    answers = [send(phone, slip, b"foto %d" % place) for place in range(photographed.PER_CARD + 1)]
    assert {answer.status_code for answer in answers} == {303}
    assert "Ontvangen. Een begeleider bekijkt uw foto." in text(phone.get(answers[-1].headers["Location"]))
    parked = house.store.read(stacks.of_workshop, workshop.id)[0]
    assert (parked.state, parked.reason) == ("failed", photographed.TOO_MANY)
    (kept,) = house.store.read(stacks.files, parked.id)
    assert house.files.read(kept.file) == b"foto %d" % photographed.PER_CARD
    clock.shift(minutes=11)
    assert send(phone, slip, b"later").status_code == 303
    assert house.store.read(stacks.of_workshop, workshop.id)[0].state == "received"


def test_one_device_with_many_cards_has_a_budget_too_and_others_do_not_feel_it(
    visit: Visit, house: House, workshop: Workshop
) -> None:
    cards = [of_number(house, one) for one in piles.numbers(house, workshop, count=5)]
    busy, other = visit(), visit()
    for card in cards[:4]:
        busy.get(f"/{card.number}C1{card.key}")
        for place in range(8):
            send(busy, card, b"%d" % place)
    states = [stack.state for stack in house.store.read(stacks.of_workshop, workshop.id)]
    assert states.count("failed") == 4 * 8 - photographed.PER_DEVICE
    other.get(f"/{cards[4].number}C1{cards[4].key}")
    send(other, cards[4], b"een")
    assert house.store.read(stacks.of_workshop, workshop.id)[0].state == "received"


def test_a_wrong_key_an_unknown_number_and_no_scan_open_nothing(outside: FlaskClient, slip: Slip) -> None:
    wrong = "".join("3" if sign == "2" else "2" for sign in slip.key)
    for path in (f"/{slip.number}C1{wrong}", f"/10000008C1{slip.key}"):
        answer = outside.get(path, follow_redirects=True)
        assert answer.status_code == 404
        assert "Set-Cookie" not in answer.headers
    assert "Deze code kennen we niet." in text(outside.get(f"/{slip.number}C1{wrong}"))
    unscanned = outside.get(f"/ideekaart/{slip.number}")
    assert unscanned.status_code == 404
    assert "Scan eerst de code op uw ideekaart." in text(unscanned)
    assert write(outside, slip, "Een bankje").status_code == 404
    assert send(outside, slip, b"foto").status_code == 404


def test_the_photo_of_another_card_is_not_found_with_mine(
    phone: FlaskClient, visit: Visit, house: House, workshop: Workshop, slip: Slip
) -> None:
    came = send(phone, slip, b"een foto").headers["Location"]
    other = of_number(house, piles.numbers(house, workshop, count=2, seed="b")[0])
    second = visit()
    second.get(f"/{other.number}C1{other.key}")
    assert second.get(came.replace(slip.number, other.number)).status_code == 404
    assert second.get(came).status_code == 404


def test_a_card_that_was_taken_back_says_so(phone: FlaskClient, house: House, slip: Slip) -> None:
    house.store.write(paper.withdraw, slip)
    page = phone.get(f"/ideekaart/{slip.number}")
    assert "Deze kaart is teruggenomen." in text(page)
    assert write(phone, slip, "Toch nog").status_code == 410
    assert send(phone, slip, b"foto").status_code == 410


def test_a_closed_workshop_says_so_kindly_and_keeps_the_text(
    phone: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    house.store.write(workshops.close, workshop.id)
    assert "Deze werkplaats is gesloten." in text(phone.get(f"/ideekaart/{slip.number}"))
    answer = write(phone, slip, "Een lang verhaal")
    assert answer.status_code == 403
    assert "Een lang verhaal" in text(answer)
    assert send(phone, slip, b"foto").status_code == 403
    assert not stream(house, workshop)


@pytest.mark.parametrize(("kind", "code"), [("dots", "D1"), ("rings", "R1")])
def test_a_sheet_of_the_group_says_that_it_goes_to_the_facilitator(
    outside: FlaskClient, house: House, workshop: Workshop, kind: slips.Kind, code: str
) -> None:
    sheet = of_number(house, piles.numbers(house, workshop, kind, count=1)[0])
    page = text(outside.get(f"/{sheet.number}{code}{sheet.key}", follow_redirects=True))
    assert "Dit blad is van de hele groep." in page
    assert "Geef het blad daarna aan de begeleider." in page
    assert outside.post("/strookje", data={"nummer": sheet.number, "woorden": " "}).status_code == 422
    assert outside.post("/strookje", data={"nummer": sheet.number, "woorden": "-"}).status_code == 404


def test_a_full_disk_keeps_the_words_and_says_where_the_card_can_go(
    phone: FlaskClient, slip: Slip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop.files.spool.RESERVE", 1 << 62)
    answer = send(phone, slip, b"foto")
    assert answer.status_code == 507
    assert "Geef de kaart aan de begeleider." in text(answer)


def test_another_workshops_card_stays_in_its_own_workshop(
    visit: Visit, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    other = house.store.write(workshops.make, facilitator.id, DETAILS)
    card = of_number(house, piles.numbers(house, other, count=1, seed="elders")[0])
    phone = visit()
    phone.get(f"/{card.number}C1{card.key}")
    write(phone, card, "Een bankje")
    assert not stream(house, workshop)
    assert [idea.words for idea in stream(house, other)] == ["Een bankje"]
