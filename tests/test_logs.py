"""What the log says of a day of work: enough to find what went wrong, and nothing of who did what."""

from __future__ import annotations

import io
import json
import logging
import re
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage

from tests.conftest import CARD, DETAILS, PASSPHRASE
from tests.phone import photo
from tests.served import BASE, Visitor, served
from workshop import create_app, ids, logs
from workshop.domain import choices, doors, facilitators, walls, workshops
from workshop.errors import Refused, StoreFull, StoreUnusable
from workshop.house import House
from workshop.settings import Settings

CANARY = "Kanariepietje"
KEY = "sleutel-van-wie-meet-0001"
NAMES = ("", "werkplaats", logs.REQUESTS)
FIELDS = {"time", "level", "logger", "said", "request", "method", "route", "status", "ms", "bytes"}
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def err(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a log that begins here writes; afterwards logging is as it was."""
    root, said = logging.getLogger(), io.StringIO()
    handlers, levels = root.handlers[:], {name: logging.getLogger(name).level for name in NAMES}
    monkeypatch.setattr(sys, "stderr", said)
    yield said
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def for_people(err: io.StringIO, tmp_path: Path) -> io.StringIO:
    """Begin a log in text; give what it says."""
    logs.start(Settings.of(data=tmp_path))
    return err


@pytest.fixture
def lines(err: io.StringIO, tmp_path: Path) -> Lines:
    """Begin a log in JSON; give all its lines."""
    logs.start(Settings.of(data=tmp_path, log="json"))
    return lambda: [json.loads(line) for line in err.getvalue().splitlines()]


@pytest.fixture
def broken(app: Flask, outside: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A browser whose every page of explanation and of signing in fails, with somebody's words in the error."""
    app.testing = False

    def fail(*_: object, **__: object) -> None:
        try:
            {}[CANARY]
        except KeyError:
            raise ValueError(f"LINE 1: values ('{CANARY} zei iets')") from None

    for endpoint in ("public.how", "desk.sign_in"):
        monkeypatch.setitem(app.view_functions, endpoint, fail)
    return outside


def test_a_whole_day_leaves_no_name_number_key_word_or_address_in_log_or_counts(tmp_path: Path) -> None:
    house = House.open(Settings.of(data=tmp_path / "data", base=BASE))
    anna = house.store.write(facilitators.make, "Anna Kanariepietje", PASSPHRASE)
    workshop = house.store.write(workshops.make, anna.id, DETAILS)
    house.store.write(choices.put, workshop.id, CARD)
    door = house.store.write(doors.open_for, workshop.id, [CARD])[CARD]
    wall = house.store.write(walls.make, workshop.id, "group")
    link = house.store.write(facilitators.sign_in_link, anna.id)
    house.close()
    phone, desk = Visitor(), Visitor()
    with served(tmp_path, data=tmp_path / "data", base=BASE, proxies=1, log="json", metrics_key=KEY) as server:
        phone.get(server, f"/{door.scanned}")
        phone.get(server, f"/{door.number}?taal=en&letters=2&{CANARY}=1", Referer=f"{BASE}/{CANARY}")
        fields = {"idee": f"{CANARY} wil een bankje.", "naam": CANARY, "zien": "everyone", "sleutel": ids.token()}
        picture = FileStorage(io.BytesIO(photo()), f"{CANARY}.jpg")
        sent = phone.post(server, f"/{door.number}", **fields, foto=picture)
        assert sent.status == 303
        receipt = sent.where.rpartition("/")[2]
        phone.get(server, f"/bewijs/{receipt}")
        phone.post(server, "/", nummer=CANARY)
        phone.get(server, f"/muur/{wall.key}/stand")
        desk.post(server, f"/bureau/link/{link}")
        desk.post(server, "/bureau/aanmelden", naam=CANARY, wachtzin=f"{CANARY} is een verkeerde zin")
        desk.post(server, "/bureau/aanmelden", naam="Anna Kanariepietje", wachtzin=PASSPHRASE)
        desk.get(server, f"/bureau/{workshop.id}/ideeen?zoek={CANARY}")
        desk.ask(server, CANARY.upper(), f"/{CANARY}/{CANARY}")
        desk.get(server, "/", Host=f"{CANARY}.example", **{"X-Forwarded-Host": f"{CANARY}.example"})
        desk.get(server, "/uitleg", **{"X-Request-Id": "van-de-proxy-0001"})
        desk.get(server, "/uitleg", **{"X-Request-Id": f"{CANARY} met een spatie"})
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as odd:
            odd.sendall(f"GET /{CANARY} {CANARY}\r\nHost {CANARY}\r\n\r\n".encode())
            assert odd.recv(100).startswith(b"HTTP/1.0 400")
        counts = desk.get(server, "/metrics", Authorization=f"Bearer {KEY}").text
        assert server.stop() == 0
        found = server.lines()
        log = server.log.read_text("utf-8")
    answered = [line for line in found if line["said"] == "answered"]
    assert len(answered) >= 15
    assert all(set(line) == FIELDS for line in answered)
    assert all(line["route"].startswith(("/", "-")) for line in answered)
    assert all(re.fullmatch(r"[\w-]{8,64}", line["request"]) for line in answered)
    assert [line["status"] for line in found if line["said"] == "refused unread"] == [400]
    assert ("POST", "/<text>", 303) in [(line["method"], line["route"], line["status"]) for line in answered]
    assert "van-de-proxy-0001" in [line["request"] for line in answered]
    secrets = [CANARY, PASSPHRASE, KEY, DETAILS.name, door.number, door.key, receipt, wall.key, link, workshop.id]
    secrets += [anna.id, "192.0.2.77", "127.0.0.1", "Truus", "werkplaats.nl", *desk.cookies.values()]
    secrets += phone.cookies.values()
    for where in (log, counts):
        assert [one for one in secrets if one and len(one) > 3 and one.lower() in where.lower()] == []


def test_an_error_has_its_kind_and_its_place_and_not_its_words(broken: FlaskClient, lines: Lines) -> None:
    answer = broken.get(f"/uitleg?wie={CANARY}")
    assert answer.status_code == 500
    error, asked = lines()
    assert (error["level"], error["error"], error["route"]) == ("error", "ValueError", "/uitleg")
    assert 'File "' in error["trace"]
    assert "in fail" in error["trace"]
    assert error["trace"].endswith("ValueError")
    assert (asked["status"], asked["request"]) == (500, error["request"])
    assert CANARY not in json.dumps([error, asked])


@pytest.mark.parametrize("page", ["/uitleg", "/bureau/aanmelden"])
def test_who_meets_an_error_can_read_out_a_number_that_is_in_the_log(
    broken: FlaskClient, lines: Lines, page: str
) -> None:
    answer = broken.get(page)
    number = answer.headers["X-Request-Id"]
    assert re.fullmatch(r"[1-9]\d{7}", number)
    assert f"{number[:4]} {number[4:]}" in answer.text
    assert {line["request"] for line in lines()} == {number}


def test_a_number_made_by_somebody_else_is_believed_from_a_proxy_only(tmp_path: Path, house: House) -> None:
    said = {"X-Request-Id": "7f9c2ba4-e88f-11ee-aabb-0242ac120002"}
    answer = create_app(house.settings, house).test_client().get("/uitleg", headers=said, base_url=BASE)
    assert answer.headers["X-Request-Id"] != said["X-Request-Id"]
    opened = House.open(Settings.of(data=tmp_path / "behind", base=BASE, proxies=1))
    behind = create_app(opened.settings, opened).test_client()
    assert behind.get("/uitleg", headers=said, base_url=BASE).headers["X-Request-Id"] == said["X-Request-Id"]
    for odd in ("kort", "x" * 65, "met spatie erin", "<script>alert(1)</script>", "é" * 10):
        made = behind.get("/uitleg", headers={"X-Request-Id": odd}, base_url=BASE).headers["X-Request-Id"]
        assert re.fullmatch(r"\d{8}", made), odd
    opened.close()


def test_a_log_for_people_has_only_what_went_wrong_and_is_as_silent_about_who(
    broken: FlaskClient, for_people: io.StringIO
) -> None:
    broken.get("/privacy")
    assert for_people.getvalue() == ""
    broken.get(f"/uitleg?wie={CANARY}")
    first, *rest = for_people.getvalue().splitlines()
    assert re.search(r"ERROR werkplaats\.errors: A request failed\. request=\d{8} method=GET route=/uitleg$", first)
    assert rest[-1] == "ValueError"
    assert CANARY not in for_people.getvalue()


def test_what_an_error_says_is_told_when_it_cannot_be_somebodys_words(lines: Lines) -> None:
    log = logging.getLogger("werkplaats.tasks")
    for error in (
        Refused("no_idea", f"There is no {CANARY}."),
        StoreUnusable("The database does not answer."),
        StoreFull("The disk is full."),
        TypeError("unsupported operand"),
        PermissionError(13, "Permission denied", f"/data/{CANARY}.jpg"),
        ValueError(CANARY),
    ):
        log.warning("Print order: %s", error)
    assert [line["said"] for line in lines()] == [
        "Print order: Refused: no_idea",
        "Print order: StoreUnusable: The database does not answer.",
        "Print order: StoreFull: The disk is full.",
        "Print order: TypeError: unsupported operand",
        "Print order: PermissionError: Permission denied",
        "Print order: ValueError",
    ]


def test_the_web_server_itself_names_no_path(lines: Lines) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("waitress").exception("Exception while serving /%s", CANARY)
    (line,) = lines()
    assert (line["said"], line["error"]) == ("An answer broke off.", "ValueError")
    assert CANARY not in json.dumps(line)


def test_what_led_to_an_error_is_told_with_it(lines: Lines) -> None:
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as error:
            raise StoreUnusable("The database does not answer.") from error
    except StoreUnusable:
        logging.getLogger("werkplaats.jobs").exception("The sweeper stumbled.")
    (line,) = lines()
    assert line["trace"].index("KeyError") < line["trace"].index("which led to:") < line["trace"].index("StoreUnusable")
    assert CANARY not in json.dumps(line)


def test_a_log_of_an_unknown_look_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Choose text or json"):
        logs.start(Settings.of(data=tmp_path, log="xml"))
