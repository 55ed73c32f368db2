"""Stored files go to a browser in pieces, wherever they are kept: whole, in part, or not when nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.phone import photo, receipt_of, share
from workshop.domain import curating, orders
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.settings import Settings

PRINT = b"%PDF-" + bytes(range(256)) * 2000


@pytest.fixture(params=["folder", "bucket"])
def house(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.delenv("WERKPLAATS_FILES", raising=False)
    files = request.getfixturevalue("s3_server").bucket() if request.param == "bucket" else ""
    opened = House.open(Settings.of(data=tmp_path / "data", base="https://werkplaats.nl", files=files))
    yield opened
    opened.close()


@pytest.fixture
def printed(house: House, workshop: Workshop, facilitator: Facilitator) -> str:
    """The address of a finished print."""
    order = house.store.write(orders.order, workshop.id, facilitator.id, {"document": "test"})
    claimed = house.store.write(orders.claim, order.id)
    assert claimed
    house.store.write(orders.finish, claimed, house.files.keep(PRINT, "pdf"), "proef.pdf")
    return f"/bureau/{workshop.id}/printen/{order.id}/bestand"


def test_a_print_is_given_whole_to_save(at_desk: FlaskClient, printed: str) -> None:
    answer = at_desk.get(printed)
    assert answer.data == PRINT
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=proef.pdf"
    assert answer.headers["Content-Length"] == str(len(PRINT))
    assert answer.headers["Cache-Control"] == "no-store"
    head = at_desk.head(printed)
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", str(len(PRINT)))


def test_a_download_that_broke_off_goes_on_where_it_was(at_desk: FlaskClient, printed: str) -> None:
    def part(which: str) -> TestResponse:
        return at_desk.get(printed, headers={"Range": f"bytes={which}"})

    answer = part("300000-")
    assert (answer.status_code, answer.data) == (206, PRINT[300000:])
    assert answer.headers["Content-Range"] == f"bytes 300000-{len(PRINT) - 1}/{len(PRINT)}"
    assert part("5-9").data == PRINT[5:10]
    assert part("-7").data == PRINT[-7:]
    assert part(f"{len(PRINT)}-").status_code == 416


def test_a_picture_that_did_not_change_is_not_sent_again_and_is_only_ever_a_picture(
    in_group: FlaskClient, outside: FlaskClient, at_desk: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    receipt_of(share(in_group, door, "Met foto.", foto=photo()))
    [idea] = house.store.read(curating.stream, workshop.id, curating.Filter())
    picture, here = idea.pictures[0], f"/bureau/{workshop.id}/ideeen/{idea.id}"
    for browser, address in ((in_group, f"/foto/{picture.id}"), (at_desk, f"{here}/foto/{picture.id}")):
        answer = browser.get(address)
        assert answer.data == house.files.read(picture.file)
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        again = browser.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert outside.get(address).status_code != 200
    house.files.remove(picture.file)
    for browser, address in ((in_group, f"/foto/{picture.id}"), (at_desk, f"{here}/foto/{picture.id}")):
        known = {"If-None-Match": f'"{picture.file}"'}
        assert browser.get(address, headers=known).status_code == 404, "erased: not even “nothing changed”"
