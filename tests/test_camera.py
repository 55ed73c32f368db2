"""Bringing a pile in photo by photo: each kept once, read at once, answered with its number."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import piles
from tests.desk_people import Someone, someone
from tests.phone import text
from workshop import ids
from workshop.domain import camera, stacks
from workshop.domain.facilitators import Facilitator
from workshop.domain.stacks import Brought
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.tasks import read_stack

__all__ = ["someone"]


@pytest.fixture
def pile(at_desk: FlaskClient, workshop: Workshop) -> str:
    """The address of a new pile."""
    answer = at_desk.get(f"/bureau/{workshop.id}/invoeren")
    assert re.fullmatch(rf"/bureau/{workshop.id}/invoeren/[0-9A-Z]{{26}}", answer.headers["Location"])
    return answer.headers["Location"]


def send(client: FlaskClient, pile: str, *photos: bytes, script: bool = True) -> Any:
    """Send photos, as the page's script does or as its form does."""
    headers = {"Accept": "application/json"} if script else {}
    sent = {"foto": [(io.BytesIO(photo), f"{place}.jpg") for place, photo in enumerate(photos)]}
    return client.post(pile, data=sent, content_type="multipart/form-data", headers=headers)


def state(client: FlaskClient, pile: str) -> Any:
    return client.get(f"{pile}/stand").json


def photo(house: House, number: str, code: str = piles.A6, seed: int = 5) -> bytes:
    return piles.scanned([piles.written(house, [number], code)], seed=seed)


def read_all(house: House) -> None:
    for key in house.store.read(stacks.undone):
        read_stack(house, key)


def test_looking_at_a_new_pile_makes_nothing(at_desk: FlaskClient, house: House, workshop: Workshop, pile: str) -> None:
    page = at_desk.get(pile)
    assert "Eén tik per kaart." in text(page)
    assert 'capture="environment" multiple' in page.text
    assert state(at_desk, pile) == {"photos": [], "missing": []}
    assert not house.store.read(stacks.of_workshop, workshop.id)


def test_each_photo_is_answered_with_its_number_and_what_is_missing_is_seen(
    at_desk: FlaskClient, house: House, workshop: Workshop, pile: str
) -> None:
    which = piles.numbers(house, workshop, count=3)
    shown = [f"{number[:4]} {number[4:]}" for number in which]
    (first,) = send(at_desk, pile, photo(house, which[0])).json["photos"]
    assert state(at_desk, pile)["photos"][0]["said"] == "Binnen, wordt gelezen"
    read_all(house)
    (second,) = send(at_desk, pile, photo(house, which[1])).json["photos"]
    read_all(house)
    now = state(at_desk, pile)
    assert [(one["key"], one["said"]) for one in now["photos"]] == [
        (second, f"{shown[1]} gelezen"),
        (first, f"{shown[0]} gelezen"),
    ]
    assert now["missing"] == [{"back": "2 van de 3 terug", "numbers": f"Nog niet gezien: {shown[2]}"}]
    page = text(at_desk.get(pile))
    assert "Binnen: 2" in page
    assert f"{shown[1]} gelezen" in page


def test_it_ends_as_a_stack_with_trays(at_desk: FlaskClient, house: House, workshop: Workshop, pile: str) -> None:
    which = piles.numbers(house, workshop, count=2)
    send(at_desk, pile, *(photo(house, number) for number in which), piles.scanned([[]]), script=False)
    read_all(house)
    (stack,) = house.store.read(stacks.of_workshop, workshop.id)
    counts = house.store.read(stacks.counts, stack.id)
    assert (stack.way, stack.state) == ("camera", "read")
    assert (counts.pages, counts.expected, counts.ideas) == (3, 3, 2)
    assert counts.matched + counts.seen + counts.look == 3


def test_the_same_photo_twice_is_one_and_the_same_card_again_says_so(
    at_desk: FlaskClient, house: House, workshop: Workshop, pile: str
) -> None:
    (number,) = piles.numbers(house, workshop, count=1)
    one = photo(house, number)
    assert send(at_desk, pile, one).json == send(at_desk, pile, one).json
    read_all(house)
    send(at_desk, pile, photo(house, number, seed=6))
    read_all(house)
    answers = [(shot["answer"], shot["said"]) for shot in state(at_desk, pile)["photos"]]
    said = f"{number[:4]} {number[4:]}"
    assert answers == [("again", f"{said} was er al"), ("read", f"{said} gelezen")]


def test_what_cannot_be_read_asks_for_another_photo(
    at_desk: FlaskClient, house: House, workshop: Workshop, pile: str
) -> None:
    piles.numbers(house, workshop)
    send(at_desk, pile, b"zomaar wat tekst")
    read_all(house)
    (shot,) = state(at_desk, pile)["photos"]
    assert (shot["answer"], shot["said"]) == ("look", "Dit lees ik niet: nog eens, dichterbij.")
    assert at_desk.get(shot["look"]).status_code == 200


def test_a_photo_that_comes_while_others_are_read_is_read_too(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    key = ids.new()
    first, second = (Brought("een", house.files.keep(data, "scan"), 4) for data in (b"een", b"twee"))
    house.store.write(camera.keep, workshop.id, facilitator.id, key, first)
    claimed = house.store.write(stacks.claim, key)
    assert claimed
    (file,) = house.store.read(stacks.files, key)
    house.store.write(camera.keep, workshop.id, facilitator.id, key, second)
    house.store.write(stacks.opened, file.id, 1)
    house.store.write(stacks.put_page, file, 0, "matched")
    house.store.write(stacks.finish, claimed)
    assert key in house.store.read(stacks.undone)
    read_stack(house, key)
    assert [one.answer for one in house.store.read(camera.photos, workshop.id, key)] == ["look", "blank"]


def test_many_photos_one_by_one_never_park_a_pile(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    key = ids.new()
    for place in range(stacks.ATTEMPTS + 3):
        kept = Brought("een", house.files.keep(b"%d" % place, "scan"), 1)
        house.store.write(camera.keep, workshop.id, facilitator.id, key, kept)
        claimed = house.store.write(stacks.claim, key)
        assert claimed
        for file in house.store.read(stacks.files, key):
            house.store.write(stacks.opened, file.id, 1)
        house.store.write(stacks.finish, claimed)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_any_order_and_doubling_of_sending_gives_the_same_photos(
    house: House, workshop: Workshop, facilitator: Facilitator, order: list[int]
) -> None:
    key = ids.new()
    for which in order:
        kept = Brought("een", house.files.keep(b"foto %d" % which, "scan"), 6)
        house.store.write(camera.keep, workshop.id, facilitator.id, key, kept)
    files = [file.file for file in house.store.read(stacks.files, key)]
    assert len(files) == len(set(files)) == len(set(order))


def test_an_empty_or_too_large_photo_is_refused_with_a_clear_sentence(
    at_desk: FlaskClient, house: House, workshop: Workshop, pile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workshop.desk import camera as page

    assert send(at_desk, pile).status_code == 400
    assert send(at_desk, pile, b"").status_code == 400
    monkeypatch.setattr(page, "MOST_BYTES", 3)
    answer = send(at_desk, pile, b"veel te groot")
    assert (answer.status_code, bool(answer.json["problem"])) == (400, True)
    assert not house.store.read(stacks.of_workshop, workshop.id)


def test_a_helper_may_bring_a_pile_in_and_nobody_else_gets_in(
    someone: Someone, workshop: Workshop, house: House, pile: str
) -> None:
    assert send(someone("helper"), pile, b"een").status_code == 200
    for who, code in (("observer", 403), ("stranger", 404), ("outsider", 401), ("participant", 401)):
        client = someone(who)
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        assert send(client, pile, b"een").status_code == code, who
    (stack,) = house.store.read(stacks.of_workshop, workshop.id)
    assert len(house.store.read(stacks.files, stack.id)) == 1


def test_the_key_of_something_else_is_not_found(
    at_desk: FlaskClient, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    kept = Brought("een", house.files.keep(b"een", "scan"), 3)
    stack = house.store.write(stacks.bring, workshop.id, facilitator.id, "stack", [kept])
    for key in (stack.id, "x", "../../x"):
        address = f"/bureau/{workshop.id}/invoeren/{key}"
        assert at_desk.get(address).status_code == 404
        assert send(at_desk, address, b"twee").status_code == 404
