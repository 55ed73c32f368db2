"""A stack through the real server: let in by size, read beside the pages, killed halfway and taken up again."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import piles
from tests.conftest import DETAILS, PASSPHRASE
from workshop import clock, jobs
from workshop.domain import curating, facilitators, stacks, workshops
from workshop.domain.leases import LEASE_SECONDS
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.jobs import Jobs
from workshop.serving import AT_ONCE, USUAL
from workshop.settings import Settings

WERKPLAATS = Path(sys.executable).parent / "werkplaats"
PATIENCE = 120.0


@dataclass
class Server:
    """`werkplaats serve` in a process of its own, with one workshop and the cookie of its facilitator."""

    process: subprocess.Popen[str]
    port: int
    data: Path
    workshop: Workshop
    cookie: str
    which: list[str]

    def ask(
        self, method: str, path: str, body: bytes = b"", claims: int = 0, **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        """Send a request and return status, text and headers; `claims` is a Content-Length that is not sent in full."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        length = {"Content-Length": str(claims or len(body))} if method == "POST" else {}
        origin = {"Origin": f"http://127.0.0.1:{self.port}"}
        line.request(method, path, body, {**length, **origin, **headers})
        answer = line.getresponse()
        found = answer.status, answer.read().decode(), dict(answer.getheaders())
        line.close()
        return found

    def bring(self, pdf: bytes) -> str:
        """Bring a stack as a browser does; return the address of its page."""
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="bestanden"; filename="stapel.pdf"\r\n\r\n'
        status, text, headers = self.ask(
            "POST",
            f"/bureau/{self.workshop.id}/papier",
            head.encode() + pdf + f"\r\n--{mark}--\r\n".encode(),
            Cookie=self.cookie,
            **{"Content-Type": f"multipart/form-data; boundary={mark}"},
        )
        assert status == 303, text
        return headers["Location"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    data = tmp_path / "data"
    house = House.open(Settings.of(data=data))
    anna = house.store.write(facilitators.make, "Anna", PASSPHRASE)
    workshop = house.store.write(workshops.make, anna.id, DETAILS)
    cookie = f"bureau={house.store.write(facilitators.begin, anna.id)}"
    which = piles.numbers(house, workshop, count=6)
    house.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(WERKPLAATS), "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    made = Server(process, port, data, workshop, cookie, which)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            made.ask("GET", "/bureau/aanmelden")
            break
        except OSError:
            time.sleep(0.2)
    yield made
    process.kill()
    process.wait()
    assert process.stdout
    process.stdout.close()


LARGE = 300 * 1024 * 1024


def begun(server: Server, cookie: str) -> http.client.HTTPConnection:
    """Begin to send a large stack, and send no more than its first word."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=2)
    headers = {"Content-Length": str(LARGE), "Cookie": cookie}
    line.request("POST", f"/bureau/{server.workshop.id}/papier", b"begin", headers)
    return line


def waits(line: http.client.HTTPConnection) -> bool:
    """Say whether the server waits for the rest."""
    try:
        line.getresponse()
    except TimeoutError:
        return True
    return False


def test_only_a_stack_of_somebody_who_works_there_may_be_large(server: Server) -> None:
    paper = f"/bureau/{server.workshop.id}/papier"
    assert server.ask("POST", paper, claims=LARGE)[0] == 413
    for made_up in ("bureau=", "bureau=verzonnen", "xbureau=1", "__Host-bureau=verzonnen"):
        assert server.ask("POST", paper, claims=LARGE, Cookie=made_up)[0] == 413, made_up
    elsewhere = f"/bureau/{'0' * 26}/papier"
    assert server.ask("POST", elsewhere, claims=LARGE, Cookie=server.cookie)[0] == 413
    assert server.ask("POST", "/bureau/nieuw", claims=LARGE, Cookie=server.cookie)[0] == 413
    assert server.ask("POST", paper, claims=900 * 1024 * 1024, Cookie=server.cookie)[0] == 413
    line = begun(server, f"ander=1; {server.cookie}")
    assert waits(line)
    line.close()
    assert server.ask("GET", "/bureau/aanmelden")[0] == 200


def test_a_few_large_stacks_come_in_at_once_and_one_that_breaks_off_makes_room(server: Server) -> None:
    paper = f"/bureau/{server.workshop.id}/papier"
    lines = [begun(server, server.cookie) for _ in range(AT_ONCE)]
    assert waits(lines[-1])
    status, text, headers = server.ask("POST", paper, claims=LARGE, Cookie=server.cookie, Expect="100-continue")
    assert (status, headers["Retry-After"]) == (503, "60")
    assert "je papier is veilig" in text
    assert server.ask("GET", "/bureau/aanmelden")[0] == 200
    server.bring(b"%PDF-1.7 small")
    lines.pop().close()
    until = time.monotonic() + PATIENCE
    while not waits(another := begun(server, server.cookie)):
        assert time.monotonic() < until
        another.close()
    for line in (another, *lines):
        line.close()


def test_a_large_stack_that_was_answered_makes_room(server: Server) -> None:
    paper = f"/bureau/{server.workshop.id}/papier"
    for _ in range(AT_ONCE + 1):
        assert server.ask("POST", paper, bytes(USUAL), Cookie=server.cookie)[0] == 400


def test_a_server_killed_while_reading_goes_on_with_nothing_twice_and_nothing_lost(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House.open(Settings.of(data=server.data))
    cards = piles.written(house, server.which, piles.A6)
    house.close()
    where = server.bring(piles.scanned([[card] for card in cards]))
    stack_id = where.rpartition("/")[2]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        state = json.loads(server.ask("GET", f"{where}/stand", Cookie=server.cookie)[1])
        if state["pages"]:
            break
        time.sleep(0.05)
    server.process.kill()
    server.process.wait()
    clock.shift(seconds=LEASE_SECONDS + 1)
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", 0.05)
    again = House.open(Settings.of(data=server.data))
    work = Jobs(again)
    work.start()
    while again.store.read(stacks.find, server.workshop.id, stack_id).state != "read" and time.monotonic() < until:
        time.sleep(0.1)
    work.stop()
    counts = again.store.read(stacks.counts, stack_id)
    found = again.store.read(curating.stream, server.workshop.id, curating.Filter(channel="paper"))
    seen = [len(again.store.read(stacks.sightings_of, number)) for number in server.which]
    again.close()
    assert (counts.pages, counts.expected) == (6, 6)
    assert sorted(idea.slip or "" for idea in found) == sorted(server.which)
    assert seen == [1] * 6
