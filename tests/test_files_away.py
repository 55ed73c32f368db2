"""The bucket is away: words still come in, nobody gets a broken page, nothing is half noted, and work waits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests import piles
from tests.desk_paper import photo as scan
from tests.desk_paper import sent
from tests.engines import KEY, SECRET, S3Server
from tests.gate import Gate
from tests.phone import photo, receipt_of, share, text
from tests.test_erasing import take_back
from workshop import clock, painting, tasks
from workshop.domain import curating, orders, stacks
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.leases import ATTEMPTS, AWAY_SECONDS
from workshop.domain.workshops import Workshop
from workshop.errors import FilesAway
from workshop.house import House
from workshop.jobs import Jobs
from workshop.settings import Settings


@pytest.fixture
def gate(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    monkeypatch.setattr("workshop.files.bucket.AWAY_SECONDS", 0)
    made = Gate(s3_server.port)
    yield made
    made.shut()


@pytest.fixture
def house(tmp_path: Path, s3_server: S3Server, gate: Gate) -> Iterator[House]:
    """An installation that keeps its files in a bucket behind the gate."""
    name = s3_server.bucket().rpartition("/")[2]
    files = f"s3+http://{KEY}:{SECRET}@127.0.0.1:{gate.port}/{name}"
    opened = House.open(Settings.of(data=tmp_path / "data", base="https://werkplaats.nl", files=files))
    yield opened
    opened.close()


def stored(house: House, workshop: Workshop) -> list[Idea]:
    return house.store.read(curating.stream, workshop.id, curating.Filter())


def test_a_photo_that_cannot_be_kept_leaves_the_words_in_the_form_and_they_go_without_it(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop, gate: Gate
) -> None:
    gate.shut()
    answer = share(in_group, door, "Bewaar dit.", foto=photo())
    assert answer.status_code == 503, "a phone that keeps its own copy sends it again, with the photo"
    assert ">\nBewaar dit.</textarea>" in answer.text
    assert "Verstuur hem vast zonder foto" in text(answer)
    assert stored(house, workshop) == []
    receipt_of(share(in_group, door, "Bewaar dit."))
    [idea] = stored(house, workshop)
    assert (idea.words, idea.pictures) == ("Bewaar dit.", ())
    gate.open()
    receipt_of(share(in_group, door, "Later wel.", foto=photo()))
    assert [len(one.pictures) for one in stored(house, workshop)] == [1, 0]


def test_a_photo_that_was_kept_before_stays_with_the_form(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop, gate: Gate
) -> None:
    answer = share(in_group, door, "lang " * 2000, foto=photo())
    (ticket,) = re.findall(r'name="bewaard" value="([^"]+)"', answer.text)
    gate.shut()
    answer = share(in_group, door, "Korter.", bewaard=ticket)
    assert answer.status_code == 503
    assert re.findall(r'name="bewaard" value="([^"]+)"', answer.text) == [ticket]
    gate.open()
    receipt_of(share(in_group, door, "Korter.", bewaard=ticket))
    [idea] = stored(house, workshop)
    assert house.files.there(idea.pictures[0].file)


def test_pages_come_without_their_pictures_and_the_pictures_come_back(
    in_group: FlaskClient, at_desk: FlaskClient, door: Door, house: House, workshop: Workshop, gate: Gate
) -> None:
    receipt_of(share(in_group, door, "Met foto.", foto=photo()))
    [idea] = stored(house, workshop)
    picture, at = idea.pictures[0].id, f"/bureau/{workshop.id}/ideeen/{idea.id}"
    for browser, page, shows in (
        (in_group, f"/{door.number}", f"/foto/{picture}"),
        (at_desk, at, f"{at}/foto/{picture}"),
    ):
        assert shows in browser.get(page).text
        gate.shut()
        assert shows in browser.get(page).text
        assert browser.get(shows).status_code == 503
        gate.open()
        assert browser.get(shows).status_code == 200


def test_a_stack_that_cannot_be_kept_is_told_so_and_is_not_noted(
    at_desk: FlaskClient, house: House, workshop: Workshop, gate: Gate
) -> None:
    gate.shut()
    answer = sent(at_desk, workshop, (scan(), "foto.jpg"))
    assert answer.status_code == 507
    assert "geeft geen antwoord. Er is niets bewaard, houd je papier bij de hand." in answer.text
    assert house.store.read(stacks.of_workshop, workshop.id) == []
    gate.open()
    assert sent(at_desk, workshop, (scan(), "foto.jpg")).status_code == 303


def test_printing_and_reading_wait_and_are_not_given_up(
    house: House, workshop: Workshop, facilitator: Facilitator, gate: Gate
) -> None:
    order = house.store.write(orders.order, workshop.id, facilitator.id, {"document": "test", "flip": "long"})
    which = piles.numbers(house, workshop, count=1)
    stack = piles.brought(house, workshop, piles.scanned([piles.written(house, which, piles.A6)]))
    gate.shut()
    for late in range(ATTEMPTS + 2):
        clock.shift(seconds=late * (AWAY_SECONDS + 1))
        tasks.print_order(house, order.id)
        tasks.read_stack(house, stack.id)
        assert house.store.read(orders.find, workshop.id, order.id).state == "ordered"
        assert house.store.read(stacks.find, workshop.id, stack.id).state == "received"
    gate.open()
    clock.shift(seconds=(ATTEMPTS + 2) * (AWAY_SECONDS + 1))
    tasks.print_order(house, order.id)
    tasks.read_stack(house, stack.id)
    ready = house.store.read(orders.find, workshop.id, order.id)
    assert ready.state == "ready"
    assert ready.file
    assert house.files.there(ready.file)
    assert house.store.read(stacks.counts, stack.id).ideas == 1


def test_what_was_taken_back_is_erased_as_soon_as_that_can_be(house: House, workshop: Workshop, gate: Gate) -> None:
    which = piles.numbers(house, workshop, count=1)
    stack = piles.brought(house, workshop, piles.scanned([piles.written(house, which, piles.A6)]))
    piles.read(house, stack)
    [idea] = stored(house, workshop)
    before = {one.name for one in house.files.everything()}
    take_back(house, which[0])
    gate.shut()
    with pytest.raises(FilesAway):
        Jobs(house)._tidy()
    assert idea.pictures
    gate.open()
    assert {one.name for one in house.files.everything()} == before
    Jobs(house)._tidy()
    assert not house.files.there(idea.pictures[0].file)
    assert not before & {one.name for one in house.files.everything()}


def test_nothing_is_called_erased_for_good_that_is_still_there(
    house: House, door: Door, workshop: Workshop, in_group: FlaskClient, facilitator: Facilitator, gate: Gate
) -> None:
    receipt_of(share(in_group, door, "Met foto.", foto=photo()))
    [idea] = stored(house, workshop)
    old = idea.pictures[0]
    now = painting.paint(house, idea, old.id, [], [(0.0, 0.0, 1.0, 1.0)], facilitator.id)
    gate.shut()
    with pytest.raises(FilesAway):
        painting.erase_for_good(house, workshop.id, now.id, now.version, facilitator.id)
    gate.open()
    assert house.files.there(old.file)
    painting.erase_for_good(house, workshop.id, now.id, now.version, facilitator.id)
    assert not house.files.there(old.file)
