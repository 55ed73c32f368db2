"""Sharing an idea: as little as possible to do, and whatever happens, nothing typed or chosen is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from cards.deck import load
from tests.conftest import CARD, Visit
from tests.phone import photo, receipt_of, share, text, value
from tests.test_pictures import CANARIES, _full_of_traces, _png_bomb
from workshop import ids
from workshop.domain import curating, ideas, misses
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.errors import StoreFull
from workshop.house import House

pytestmark = pytest.mark.grown

HEIC = Path(__file__).parent / "samples" / "photo.heic"


def stored(house: House, workshop: Workshop) -> list[Idea]:
    return house.store.read(curating.stream, workshop.id, curating.Filter())


def test_words_alone_are_enough(in_group: FlaskClient, door: Door, house: House, workshop: Workshop) -> None:
    answer = in_group.post(f"/{door.number}", data={"idee": "Een bankje."})
    receipt = receipt_of(answer)
    [idea] = stored(house, workshop)
    assert (idea.words, idea.visibility, idea.channel, idea.receipt) == ("Een bankje.", "group", "qr", receipt)
    assert (idea.maker, idea.perspective, idea.for_other, idea.consent) == ("", "", False, "1")


def test_everything_else_may_be_told_but_need_not(
    outside: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    told = {"zien": "everyone_named", "naam": "Fatma Yıldız", "ander": "ja", "perspectief": "burger"}
    share(outside, door, "Voor mijn buurvrouw.", **told)
    [idea] = stored(house, workshop)
    assert (idea.visibility, idea.maker) == ("everyone_named", "Fatma Yıldız")
    assert (idea.for_other, idea.perspective) == (True, "burger")
    assert idea.channel == "number"


def test_a_double_tap_is_one_idea(in_group: FlaskClient, door: Door, house: House, workshop: Workshop) -> None:
    same = {"sleutel": ids.token(), "foto": photo()}
    first, second = (receipt_of(share(in_group, door, "Eén keer.", **same)) for _ in range(2))
    assert first == second
    assert len(stored(house, workshop)) == 1


def test_the_same_words_from_a_fresh_page_are_asked_about_kindly_and_kept_with_their_photo(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    share(in_group, door, "Twee keer?", naam="Truus")
    asked = share(in_group, door, "Twee keer?", naam="Truus", zien="everyone", foto=photo())
    assert asked.status_code == 409
    assert "Dit idee kwam al binnen." in text(asked)
    assert ">\nTwee keer?</textarea>" in asked.text
    assert 'value="Truus"' in asked.text
    assert re.search(r'value="everyone" checked', asked.text)
    again = {"bewaard": value(asked, "bewaard"), "sleutel": value(asked, "sleutel")}
    sure = share(in_group, door, "Twee keer?", zeker="ja", **again)
    assert sure.status_code == 303
    assert [len(idea.pictures) for idea in stored(house, workshop)] == [1, 0]


def test_nothing_at_all_is_told_what_to_do(in_group: FlaskClient, door: Door) -> None:
    answer = share(in_group, door, " \n ")
    assert answer.status_code == 422
    said = "U heeft nog niets opgeschreven. Schrijf of spreek uw idee in. Of voeg een foto toe."
    assert text(answer).count(said) == 2, "in the summary and beside the field"
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_very_long_text_comes_back_whole(in_group: FlaskClient, door: Door) -> None:
    words = "heel lang verhaal " * 200
    answer = share(in_group, door, words)
    assert answer.status_code == 422
    assert words.strip() in text(answer)


def test_a_photo_alone_is_an_idea(in_group: FlaskClient, door: Door, house: House, workshop: Workshop) -> None:
    receipt_of(share(in_group, door, foto=photo()))
    [idea] = stored(house, workshop)
    assert [(picture.width, picture.height) for picture in idea.pictures] == [(640, 480)]


def test_a_photo_from_an_iphone_is_accepted(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    receipt_of(share(in_group, door, foto=HEIC.read_bytes()))
    [idea] = stored(house, workshop)
    page = in_group.get(f"/{door.number}")
    served = in_group.get(f"/foto/{idea.pictures[0].id}")
    assert f"/foto/{idea.pictures[0].id}" in page.text
    assert served.data.startswith(b"\xff\xd8\xff")


def test_place_maker_and_comments_are_gone_from_the_photo_that_is_served(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    sent = _full_of_traces()
    assert b"CANARY" in sent
    receipt = receipt_of(share(in_group, door, foto=sent))
    [idea] = stored(house, workshop)
    for path in (f"/foto/{idea.pictures[0].id}", f"/bewijs/{receipt}/foto/{idea.pictures[0].id}"):
        served = in_group.get(path).data
        assert not [trace for trace in CANARIES if trace in served]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a page", b"<html><script>alert(1)</script></html>"),
        ("a drawing", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a PDF", b"%PDF-1.7\n"),
        ("half a photo", photo()[:300]),
        ("nothing", b""),
    ],
)
def test_what_is_no_photo_is_refused_kindly_and_the_words_stay(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop, name: str, data: bytes
) -> None:
    answer = share(in_group, door, f"Mijn woorden bij {name}.", foto=data)
    assert answer.status_code == 422
    assert "Dit bestand is geen foto die wij kennen." in text(answer)
    assert f"Mijn woorden bij {name}." in text(answer)
    assert stored(house, workshop) == []


def test_an_image_bomb_is_refused_before_it_is_unpacked(in_group: FlaskClient, door: Door) -> None:
    answer = share(in_group, door, "Boem.", foto=_png_bomb(40_000, 40_000))
    assert answer.status_code == 422
    assert "Deze foto is te groot." in text(answer)


def test_a_good_photo_beside_a_bad_one_is_not_lost(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    answer = share(in_group, door, "Met foto.", foto=[photo(), b"geen foto"])
    assert answer.status_code == 422
    assert "1 foto is al bewaard." in text(answer)
    receipt_of(share(in_group, door, "Met foto.", bewaard=value(answer, "bewaard")))
    assert len(stored(house, workshop)[0].pictures) == 1


def test_a_kept_photo_can_be_left_out(in_group: FlaskClient, door: Door, house: House, workshop: Workshop) -> None:
    kept = value(share(in_group, door, "x" * 2001, foto=photo()), "bewaard")
    receipt_of(share(in_group, door, "Zonder foto.", bewaard=kept, weg=kept))
    assert stored(house, workshop)[0].pictures == ()


def test_only_the_phone_that_sent_a_photo_can_hand_it_in_again(
    in_group: FlaskClient, visit: Visit, door: Door, house: House, workshop: Workshop
) -> None:
    kept = value(share(in_group, door, "x" * 2001, foto=photo()), "bewaard")
    stranger = visit()
    share(stranger, door, "Van een ander.", bewaard=kept)
    share(in_group, door, "Verzonnen.", bewaard="../../etc/passwd:1:1:" + "0" * 64)
    share(in_group, door, "Verzonnen ook.", bewaard="leeg")
    assert [idea.pictures for idea in stored(house, workshop)] == [(), (), ()]


def test_three_photos_are_enough_and_a_fourth_does_not_throw_them_away(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    answer = share(in_group, door, "Vier.", foto=[photo(colour) for colour in ("red", "green", "blue", "white")])
    assert answer.status_code == 422
    assert "3 foto’s zijn al bewaard." in text(answer)
    kept = re.findall(r'name="bewaard" value="([^"]+)"', answer.text)
    receipt_of(share(in_group, door, "Vier.", bewaard=kept))
    assert len(stored(house, workshop)[0].pictures) == 3


def test_too_much_at_once_is_told_where_the_text_still_is(in_group: FlaskClient, door: Door) -> None:
    in_group.application.config["MAX_CONTENT_LENGTH"] = 1000
    answer = share(in_group, door, "Groot.", foto=photo())
    assert answer.status_code == 413
    assert "Uw tekst staat nog in het formulier." in text(answer)


def test_a_full_disk_keeps_the_text_in_the_form_and_offers_paper(
    in_group: FlaskClient, door: Door, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise StoreFull("vol")

    monkeypatch.setattr(type(house.files), "keep", full)
    answer = share(in_group, door, "Bewaar dit.", foto=photo())
    assert answer.status_code == 507
    assert ">\nBewaar dit.</textarea>" in answer.text
    assert "Geef een ideekaart aan de begeleider." in text(answer)


def test_too_many_from_one_phone_are_kept_for_a_person_never_refused(
    in_group: FlaskClient, visit: Visit, door: Door
) -> None:
    for number in range(14):
        assert share(in_group, door, f"Idee {number}").status_code == 303
    page = text(in_group.get(f"/{door.number}"))
    assert "10 ideeën bij deze kaart" in page
    other = visit()
    other.get(f"/{door.scanned}")
    share(other, door, "Van een ander.")
    assert "Van een ander." in text(in_group.get(f"/{door.number}"))


def test_names_are_shown_only_when_the_maker_chose_so(
    in_group: FlaskClient, outside: FlaskClient, door: Door, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    for words, choice in (("Een", "group"), ("Twee", "everyone"), ("Drie", "everyone_named")):
        share(in_group, door, words, zien=choice, naam=f"Naam{words}")
    for idea in stored(house, workshop):
        house.store.write(curating.put_on_wall, idea, facilitator.id)
    inside, everyone = text(in_group.get(f"/{door.number}")), text(outside.get(f"/{door.number}"))
    assert "NaamDrie" in inside
    assert "NaamEen" not in inside
    assert "NaamTwee" not in inside
    assert "Twee" in everyone
    assert "NaamDrie" in everyone
    assert "2 ideeën bij deze kaart" in everyone


def test_nothing_reaches_everyone_before_a_person_looked(
    in_group: FlaskClient, outside: FlaskClient, door: Door
) -> None:
    share(in_group, door, "Voor iedereen, hoop ik.", zien="everyone")
    assert "Voor iedereen, hoop ik." in text(in_group.get(f"/{door.number}"))
    assert "Voor iedereen, hoop ik." not in text(outside.get(f"/{door.number}"))


def test_corrected_words_say_so(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    share(in_group, door, "Kofie", ander="ja")
    house.store.write(curating.correct, stored(house, workshop)[0], facilitator.id, "Koffie")
    page = text(in_group.get(f"/{door.number}"))
    assert "Een begeleider heeft de woorden verbeterd." in page
    assert "Opgeschreven namens een ander." in page
    assert "Kofie" not in page


def test_a_picture_is_there_only_for_who_may_see_its_idea(
    in_group: FlaskClient, outside: FlaskClient, door: Door, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    receipt = receipt_of(share(in_group, door, foto=photo(), zien="everyone"))
    [idea] = stored(house, workshop)
    open_address, own_address = f"/foto/{idea.pictures[0].id}", f"/bewijs/{receipt}/foto/{idea.pictures[0].id}"
    answers = [client.get(open_address).status_code for client in (in_group, outside)]
    assert answers == [200, 404]
    house.store.write(curating.put_on_wall, idea, facilitator.id)
    assert outside.get(open_address).status_code == 200
    assert outside.get(own_address).status_code == 200
    by_receipt = house.store.read(ideas.by_receipt, receipt)
    assert by_receipt
    house.store.write(ideas.withdraw, by_receipt)
    assert [client.get(open_address).status_code for client in (in_group, outside)] == [404, 404]
    assert outside.get(own_address).status_code == 200, "until it is erased, its maker can put it back"


def test_pictures_are_served_as_nothing_else_than_pictures(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    share(in_group, door, foto=photo())
    [idea] = stored(house, workshop)
    served = in_group.get(f"/foto/{idea.pictures[0].id}")
    assert served.content_type == "image/jpeg"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Content-Security-Policy"].startswith("sandbox")
    assert "private" in served.headers["Cache-Control"]
    again = in_group.get(f"/foto/{idea.pictures[0].id}", headers={"If-None-Match": served.headers["ETag"]})
    assert again.status_code == 304


def test_somebody_elses_guessing_never_loses_what_was_written(
    outside: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    outside.get(f"/{door.number}")
    house.store.write(lambda tx: [misses.note(tx, "number", f"{turn}", "guesser") for turn in range(600)] and None)
    assert outside.get(f"/{door.number}").status_code == 404
    assert share(outside, door, "Geschreven voordat er iemand ging raden.").status_code == 303
    assert [idea.words for idea in stored(house, workshop)] == ["Geschreven voordat er iemand ging raden."]


def test_the_page_shows_the_drawing_of_the_card_in_the_hand(in_group: FlaskClient, door: Door) -> None:
    page = in_group.get(f"/{door.number}").text
    card = load().find(CARD, "nl")
    assert card
    assert card.picture
    assert f'role="img" aria-label="{card.picture.alt}"' in page
    assert '<svg viewBox="0 0 200.0 80.0"' in page
