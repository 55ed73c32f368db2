"""Stopping a server as systemd does: what was sent is stored and answered, and nobody is sent to it any more."""

from __future__ import annotations

import http.client
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import CARD, DETAILS, PASSPHRASE
from tests.served import PATIENCE, Server, Visitor, served
from workshop import ids
from workshop.domain import choices, curating, doors, facilitators, workshops
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.serving import NOTICE_SECONDS
from workshop.settings import Settings


@dataclass
class Place:
    """A data folder with one workshop, and the number of its card."""

    data: Path
    workshop: Workshop
    number: str

    def words(self) -> list[str]:
        """Return the words of every idea that is stored."""
        house = House.open(Settings.of(data=self.data))
        try:
            return [one.words for one in house.store.read(curating.stream, self.workshop.id, curating.Filter())]
        finally:
            house.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    house = House.open(Settings.of(data=tmp_path / "data"))
    anna = house.store.write(facilitators.make, "Anna", PASSPHRASE)
    workshop = house.store.write(workshops.make, anna.id, DETAILS)
    house.store.write(choices.put, workshop.id, CARD)
    number = house.store.write(doors.open_for, workshop.id, [CARD])[CARD].number
    house.close()
    return Place(tmp_path / "data", workshop, number)


@contextmanager
def half_sent(server: Server, place: Place, words: str) -> Iterator[tuple[http.client.HTTPConnection, bytes]]:
    """Begin to send an idea; give the line, and the rest that is still to be sent."""
    form = {"idee": words, "sleutel": ids.token(), "zien": "group"}
    body = urlencode(form).encode()
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    line.putrequest("POST", f"/{place.number}")
    line.putheader("Content-Type", "application/x-www-form-urlencoded")
    line.putheader("Content-Length", str(len(body)))
    line.endheaders(body[:5])
    yield line, body[5:]
    line.close()


def refused(server: Server) -> bool:
    """Say whether nobody listens there any more."""
    try:
        socket.create_connection(("127.0.0.1", server.port), timeout=5).close()
    except OSError:
        return True
    return False


def test_an_idea_that_is_coming_in_when_the_server_stops_is_stored_and_answered(place: Place, tmp_path: Path) -> None:
    with served(tmp_path, data=place.data) as server, half_sent(server, place, "Halverwege verstuurd.") as (line, rest):
        Visitor(host="").get(server, "/")  # the first half has certainly arrived
        server.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while not refused(server):
            assert time.monotonic() < until
            time.sleep(0.05)
        assert server.process.poll() is None, "it waits for what is coming in"
        line.send(rest)
        answer = line.getresponse()
        assert answer.status == 303
        assert answer.headers["Connection"] == "close"
        answer.read()
        assert server.process.wait(PATIENCE) == 0
    assert place.words() == ["Halverwege verstuurd."]


def test_everything_acknowledged_while_it_stops_is_there(place: Place, tmp_path: Path) -> None:
    stored = []
    with served(tmp_path, data=place.data) as server:
        for turn in range(200):
            if turn == 5:
                server.process.send_signal(signal.SIGTERM)
            words = f"Idee {turn} van iemand die doorgaat."
            try:
                fields = {"idee": words, "sleutel": ids.token(), "zien": "group"}
                if Visitor(host="").post(server, f"/{place.number}", **fields).status == 303:
                    stored.append(words)
            except OSError:
                break
        assert server.process.wait(PATIENCE) == 0
    assert len(stored) >= 5
    assert set(place.words()) >= set(stored)


def test_a_proxy_has_time_to_notice_before_anybody_is_refused(place: Place, tmp_path: Path) -> None:
    with served(tmp_path, data=place.data, proxies=1) as server:
        phone = Visitor(host="localhost")
        server.process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        until = told + PATIENCE
        while (ready := phone.get(server, "/health/ready")).status == 200:
            assert time.monotonic() < until
        assert '"running":"not"' in ready.text
        assert '"write":"ok"' in ready.text
        fields = {"idee": "Nog net op tijd.", "sleutel": ids.token(), "zien": "group"}
        answer = phone.post(server, f"/{place.number}", **fields)
        assert (answer.status, answer.headers["Connection"]) == (303, "close")
        assert phone.get(server, "/health/live").status == 200
        assert server.process.wait(PATIENCE) == 0
        assert time.monotonic() - told >= NOTICE_SECONDS
    assert place.words() == ["Nog net op tijd."]


def test_told_twice_it_ends_at_once(place: Place, tmp_path: Path) -> None:
    with served(tmp_path, data=place.data) as server, half_sent(server, place, "Nooit aangekomen."):
        Visitor(host="").get(server, "/")
        server.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while not refused(server):
            assert time.monotonic() < until
            time.sleep(0.05)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == -signal.SIGTERM
    assert place.words() == []


def test_who_only_keeps_a_line_open_holds_nobody_up(place: Place, tmp_path: Path) -> None:
    with served(tmp_path, data=place.data) as server:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        line.request("GET", "/health/live")
        line.getresponse().read()
        assert server.stop() == 0
        line.close()
