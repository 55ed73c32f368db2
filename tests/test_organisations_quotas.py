"""What an organisation may use: told before it is full, held when it is, and words of participants always come in."""

from __future__ import annotations

import io
import threading

import pytest
from flask.testing import FlaskClient

from tests import phone
from tests.conftest import DETAILS, Visit
from tests.organised import Other, bas
from workshop import clock, measuring, tasks
from workshop.domain import ideas, orders, organisations, own_cards, quotas, stacks, workshops
from workshop.domain.stacks import Brought
from workshop.errors import Refused
from workshop.house import House
from workshop.jobs import Jobs

__all__ = ["bas"]


def limit(house: House, other: Other, **most: int) -> None:
    """Set the limits of an organisation."""
    house.store.write(
        organisations.set_quota, other.organisation.id, **({"workshops": 0, "size": 0, "pages": 0} | most)
    )


def use(house: House, other: Other, kind: str) -> quotas.Use:
    return next(one for one in house.store.read(quotas.uses, other.organisation.id) if one.kind == kind)


def bring(house: House, other: Other, size: int, content: bytes = b"scan") -> stacks.Stack:
    file = house.files.keep(content, "scan")
    return house.store.write(
        stacks.bring, other.workshop.id, other.who.id, "stack", [Brought("stapel.pdf", file, size)]
    )


def test_a_workshop_too_many_is_refused_and_the_desk_says_what_to_do(bas: Other, house: House) -> None:
    limit(house, bas, workshops=1)
    sent = {"naam": "Nog een", "vraag": "Wat?", "taal_kaarten": "nl", "adres": "kring.nl", "contact": "Bas",
            "telefoon": "0612345678", "zichtbaar": "soon"}  # fmt: skip
    answer = bas.browser.post("/bureau/nieuw", data=sent)
    assert answer.status_code == 400
    assert "Sluit een werkplaats die klaar is" in answer.text
    assert "Nog een" in answer.text
    bas.browser.post(f"/bureau/{bas.workshop.id}/sluiten")
    assert bas.browser.post("/bureau/nieuw", data=sent).status_code == 303
    again = bas.browser.post(f"/bureau/{bas.workshop.id}/openen")
    assert again.status_code == 400
    assert "meer kan niet" in again.text


def test_two_at_once_never_both_get_the_last_one(bas: Other, house: House) -> None:
    limit(house, bas, workshops=2)
    refused = []

    def make() -> None:
        try:
            house.store.write(workshops.make, bas.who.id, DETAILS)
        except Refused as error:
            refused.append(error.code)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["quota_workshops"] * 5
    assert use(house, bas, "workshops").used == 2


def test_others_may_go_on_when_one_is_full(bas: Other, at_desk: FlaskClient, facilitator: object, house: House) -> None:
    limit(house, bas, workshops=1)
    assert house.store.write(workshops.make, facilitator.id, DETAILS)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("used", "said"), [(79, ""), (80, "bijna"), (100, "vol")])
def test_it_is_told_from_four_fifths_on(bas: Other, house: House, used: int, said: str) -> None:
    limit(house, bas, size=100)
    bring(house, bas, used)
    page = bas.browser.get("/bureau/organisatie").text
    assert ("bijna vol</span>" in page, '">vol</span>' in page) == (said == "bijna", said == "vol")
    assert f'value="{used}"' in page
    for path in (
        "/bureau/",
        "/bureau/nieuw",
        f"/bureau/{bas.workshop.id}/papier",
        f"/bureau/{bas.workshop.id}/printen",
    ):
        assert ("GB is vol met" in bas.browser.get(path).text) == bool(said), path


def test_a_stack_that_does_not_fit_is_refused_and_the_paper_is_safe(bas: Other, house: House) -> None:
    limit(house, bas, size=1000)
    file = (io.BytesIO(b"%PDF-" + bytes(2000)), "stapel.pdf")
    answer = bas.browser.post(f"/bureau/{bas.workshop.id}/papier", data={"bestanden": file})
    assert answer.status_code == 400
    assert "Bewaar je papier: dat is veilig." in answer.text
    assert house.store.read(stacks.of_workshop, bas.workshop.id) == []


def test_the_same_file_weighs_once_and_what_is_erased_nothing(bas: Other, house: House) -> None:
    for _ in range(2):
        bring(house, bas, 40)
    assert use(house, bas, "bytes").used == 40
    house.store.write(lambda tx: tx.change("delete from stack_file where bytes = :bytes", bytes=40))
    assert use(house, bas, "bytes").used == 0


def test_with_a_limit_what_was_let_in_counts_at_once_and_what_is_gone_after_counting(bas: Other, house: House) -> None:
    bring(house, bas, 40)
    limit(house, bas, size=100)
    assert use(house, bas, "bytes").used == 40
    bring(house, bas, 50, b"nog een")
    assert use(house, bas, "bytes").used == 90
    before = house.store.read(quotas.to_count)
    bring(house, bas, 5, b"intussen")
    house.store.write(quotas.counted, before)
    assert use(house, bas, "bytes").used == 95
    house.store.write(lambda tx: tx.change("delete from stack_file where bytes = :bytes", bytes=40))
    measuring.measure(house)
    assert use(house, bas, "bytes").used == 55


def test_a_photo_that_does_not_fit_stays_behind_and_its_words_come_in(bas: Other, house: House, visit: Visit) -> None:
    limit(house, bas, size=10)
    client = visit()
    client.get(f"/{bas.door.scanned}")
    sent = {"idee": "Bankjes bij het water.", "zien": "group", "foto": (io.BytesIO(phone.photo()), "a.jpg")}
    answer = client.post(f"/{bas.door.number}", data=sent, follow_redirects=True)
    assert answer.status_code == 200
    assert "Uw woorden zijn bewaard. Uw foto kon er niet meer bij." in answer.text
    found = [one for one in house.store.read(ideas.visible, bas.door, True) if one.words == "Bankjes bij het water."]
    assert [one.pictures for one in found] == [()]
    alone = client.post(f"/{bas.door.number}", data={"zien": "group", "foto": (io.BytesIO(phone.photo()), "a.jpg")})
    assert alone.status_code == 422
    assert "We kunnen uw foto nu niet bewaren. Schrijf uw idee op" in alone.text


def test_a_photo_that_fits_comes_along(bas: Other, house: House, visit: Visit) -> None:
    limit(house, bas, size=10_000_000)
    client = visit()
    client.get(f"/{bas.door.scanned}")
    sent = {"idee": "Bankjes bij het water.", "zien": "group", "foto": (io.BytesIO(phone.photo()), "a.jpg")}
    assert "kon er niet meer bij" not in client.post(f"/{bas.door.number}", data=sent, follow_redirects=True).text
    assert use(house, bas, "bytes").used > 100


def test_printing_is_refused_when_there_is_no_room_for_it(bas: Other, house: House) -> None:
    limit(house, bas, size=100)
    waiting = house.store.write(orders.order, bas.workshop.id, bas.who.id, {"document": "test"})
    bring(house, bas, 99)
    claimed = house.store.write(orders.claim, waiting.id)
    assert claimed
    with pytest.raises(Refused, match="full"):
        house.store.write(orders.finish, claimed, house.keep(bytes(50), "pdf"), "proef.pdf")
    bring(house, bas, 1, b"nog een")
    with pytest.raises(Refused):
        house.store.write(orders.order, bas.workshop.id, bas.who.id, {"document": "test"})
    with pytest.raises(Refused):
        house.store.write(own_cards.keep_picture, bas.workshop.id, house.keep(b"<svg/>", "svg"))


def test_a_page_too_many_waits_for_the_next_month(bas: Other, house: House) -> None:
    limit(house, bas, pages=2)
    stack = bring(house, bas, 4)
    (file,) = house.store.read(stacks.files, stack.id)
    for at in range(2):
        house.store.write(stacks.put_page, file, at, "look")
    house.store.write(stacks.put_page, file, 1, "look")  # the same page again is no page
    with pytest.raises(Refused, match="The paper is safe"):
        house.store.write(stacks.put_page, file, 2, "look")
    assert use(house, bas, "pages").used == 2
    with pytest.raises(Refused):
        bring(house, bas, 4, b"nog een")
    clock.shift(days=32)
    assert use(house, bas, "pages").used == 0
    assert house.store.write(stacks.put_page, file, 2, "look")


def test_reading_stops_with_a_word_about_it_and_goes_on_later(
    bas: Other, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Refused("quota_pages")

    stack = bring(house, bas, 4)
    monkeypatch.setattr("workshop.reading.read", full)
    tasks.read_stack(house, stack.id)
    now = house.store.read(stacks.find, bas.workshop.id, stack.id)
    assert (now.state, now.reason) == ("failed", "quota_pages")
    page = bas.browser.get(f"/bureau/{bas.workshop.id}/papier/{stack.id}").text
    assert "Er kunnen deze maand geen bladzijden meer gelezen worden." in page
    assert "De rest wordt volgende maand vanzelf gelezen." in page


@pytest.mark.parametrize("room", ["another month", "a wider limit", "no limit"])
def test_what_waited_for_pages_is_read_by_itself_when_there_is_room_again(bas: Other, house: House, room: str) -> None:
    limit(house, bas, pages=1)
    waits, odd = bring(house, bas, 4), bring(house, bas, 4, b"nog een")
    house.store.write(stacks.put_page, house.store.read(stacks.files, waits.id)[0], 0, "look")
    house.store.write(stacks.park, waits.id, "quota_pages")
    house.store.write(stacks.park, odd.id, "OSError")
    Jobs(house)._tidy()
    assert house.store.read(stacks.find, bas.workshop.id, waits.id).state == "failed", "no room yet"
    if room == "another month":
        clock.shift(days=32)
    else:
        limit(house, bas, pages=2 if room == "a wider limit" else 0)
    Jobs(house)._tidy()
    assert house.store.read(stacks.find, bas.workshop.id, waits.id).state == "received"
    assert house.store.read(stacks.find, bas.workshop.id, odd.id).state == "failed", "a person looks at that"


def test_a_phone_s_photo_of_an_idea_card_is_kept_also_when_no_page_is_left(bas: Other, house: House) -> None:
    limit(house, bas, pages=1)
    stack = bring(house, bas, 4)
    (file,) = house.store.read(stacks.files, stack.id)
    house.store.write(stacks.put_page, file, 0, "look")
    photo = [Brought("12 34", house.files.keep(b"foto", "scan"), 4)]
    assert house.store.write(stacks.bring, bas.workshop.id, None, "phone", photo)


def test_what_was_stored_without_a_word_about_its_size_is_measured(bas: Other, house: House) -> None:
    stack = bring(house, bas, 4)
    (file,) = house.store.read(stacks.files, stack.id)
    picture = house.files.keep(bytes(1000), "jpg")
    house.store.write(stacks.put_page, file, 0, "look", "", picture)
    house.store.write(stacks.put_page, file, 1, "look", "", picture.replace(picture[:4], "0000"))
    assert use(house, bas, "bytes").used == 4
    assert measuring.measure(house) == 2
    assert measuring.measure(house) == 0
    assert use(house, bas, "bytes").used == 1004


def test_no_limit_is_no_word_about_it(bas: Other, house: House) -> None:
    bring(house, bas, 10**12)
    assert house.store.read(quotas.told, bas.organisation.id) == []
    assert "vol met" not in bas.browser.get("/bureau/").text
