"""The grown installation as a whole: any process may die in the busiest minute, and everything that was told is kept.

Two web processes and two workers, each with a folder of its own as on a machine of its own, share PostgreSQL, Redis
and object storage. People go on at the other web process, as a proxy sends them; paper goes on with the other worker.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage

from tests import piles, workers
from tests.conftest import CARD, DETAILS
from tests.engines import PostgresServer, RedisServer, S3Server
from tests.served import BASE, Said, Server, Visitor, served
from workshop import ids
from workshop.domain import choices, curating, doors, facilitators, stacks, walls, workshops
from workshop.domain.doors import Door
from workshop.domain.stacks import Stack
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.settings import Settings

REQUESTS, PAGES, PHONES = 500, 200, 8
TRIES = 3
WRITTEN = 12
"""Pages with idea cards that somebody wrote on, among the empty ones."""


@dataclass
class Installation:
    """What everybody shares, and the web processes there are."""

    house: House
    workshop: Workshop
    door: Door
    wall: str
    anna: str
    web: list[Server] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """The words of which somebody was told that they are kept."""


@pytest.fixture
def shared(
    tmp_path: Path, postgres_server: PostgresServer, redis_server: RedisServer, s3_server: S3Server
) -> Iterator[dict[str, str]]:
    """The settings that make processes on several machines one installation."""
    store = postgres_server.installed()
    yield {"store": store, "files": s3_server.bucket(), "queue": redis_server.queue(), "base": BASE, "proxies": "1"}
    postgres_server.drop(store)


@pytest.fixture
def there(tmp_path: Path, shared: dict[str, str]) -> Iterator[Installation]:
    with ExitStack() as stack:
        house = House.open(Settings.of(data=tmp_path / "looking", **shared))
        stack.callback(house.close)
        write = house.store.write
        anna = write(facilitators.make, "Anna")
        workshop = write(workshops.make, anna.id, DETAILS)
        write(choices.put, workshop.id, CARD)
        door = write(doors.open_for, workshop.id, [CARD])[CARD]
        wall = write(walls.make, workshop.id, "group").key
        made = Installation(house, workshop, door, wall, write(facilitators.begin, anna.id))
        made.web = [stack.enter_context(served(tmp_path, data=tmp_path / name, **shared)) for name in ("a", "b")]
        yield made


@contextmanager
def working(folder: Path, shared: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Give a worker on a machine of its own; it ends with the block."""
    chosen = {f"WERKPLAATS_{name.upper()}": value for name, value in shared.items()}
    begun = workers.BEGUN.format(lease=workers.LEASE, more="")
    process = subprocess.Popen([sys.executable, "-c", begun, str(folder)], env={**os.environ, **chosen})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def asked(there: Installation, visitor: Visitor, method: str, path: str, **fields: str) -> Said:
    """Ask until somebody answers, first whoever lives: what a proxy and an impatient thumb do together."""
    said: list[object] = []
    for server in there.web * TRIES:
        try:
            answer = visitor.post(server, path, **fields) if method == "POST" else visitor.get(server, path)
        except OSError as error:
            said.append(error)
            continue
        if answer.status < 500:
            return answer
        said.append(answer)
    raise AssertionError(said)


def phone(there: Installation, turns: Iterator[int]) -> None:
    """Be one person in the room: look at the card, share, look at the wall; and one of them is Anna at the desk."""
    here, visitor = there.door, Visitor()
    asked(there, visitor, "GET", f"/{here.scanned}")
    for turn in turns:
        match turn % 5:
            case 0 | 1:
                words = f"Idee {turn} van iemand in de zaal."
                fields = {"idee": words, "sleutel": ids.token(), "zien": "group"}
                answer = asked(there, visitor, "POST", f"/{here.number}", **fields)
                assert answer.status == 303, answer.text
                there.kept.append(words)
            case 2:
                assert asked(there, visitor, "GET", f"/{here.number}").status == 200
            case 3:
                assert asked(there, visitor, "GET", f"/muur/{there.wall}/stand").status == 200
            case _:
                desk = Visitor(cookies={"__Host-bureau": there.anna})
                assert asked(there, desk, "GET", f"/bureau/{there.workshop.id}/bord").status == 200


def pile(there: Installation) -> list[FileStorage]:
    """Return paper from the copier: cards somebody wrote on, and many empty sheets."""
    numbers = piles.numbers(there.house, there.workshop, "a6", 4 * WRITTEN)
    filled = piles.written(there.house, numbers, "C1")
    written = piles.scanned([filled[at : at + 4] for at in range(0, len(filled), 4)])
    return [
        FileStorage(io.BytesIO(written), "geschreven.pdf"),
        FileStorage(io.BytesIO(workers.empty_pages(PAGES - WRITTEN)), "leeg.pdf"),
    ]


def test_one_web_process_and_one_worker_die_in_the_busiest_minute_and_nothing_is_lost_or_doubled(
    there: Installation, shared: dict[str, str], tmp_path: Path
) -> None:
    desk = Visitor(cookies={"__Host-bureau": there.anna})
    sent = desk.post(there.web[0], f"/bureau/{there.workshop.id}/papier", bestanden=pile(there))
    assert sent.status == 303, sent.text
    (stack,) = there.house.store.read(stacks.of_workshop, there.workshop.id)
    turns, lock = iter(range(REQUESTS)), threading.Lock()

    def one_by_one() -> Iterator[int]:
        while True:
            with lock:
                turn = next(turns, None)
            if turn is None:
                return
            if turn == REQUESTS // 3:
                there.web[0].process.kill()
            yield turn

    with working(tmp_path / "first", shared) as first, working(tmp_path / "second", shared) as second:
        with ThreadPoolExecutor(PHONES) as room:
            people = [room.submit(phone, there, one_by_one()) for _ in range(PHONES)]
            workers.until(lambda: PAGES // 5 < pages(there, stack) < PAGES)
            first.kill()
            for one in people:
                one.result()
        workers.until(lambda: there.house.store.read(stacks.find, there.workshop.id, stack.id).state == "read")
        second.terminate()
        assert second.wait(workers.PATIENCE) == 0
    stored = there.house.store.read(curating.stream, there.workshop.id, curating.Filter())
    shared_words = Counter(one.words for one in stored if one.channel != "paper")
    assert shared_words == Counter(there.kept)
    assert len(there.kept) == REQUESTS * 2 // 5
    counts = there.house.store.read(stacks.counts, stack.id)
    assert (counts.pages, counts.matched + counts.seen + counts.look, counts.expected) == (PAGES, PAGES, PAGES)
    paper = [one for one in stored if one.channel == "paper"]
    assert len(paper) == len({one.slip for one in paper}) == 4 * WRITTEN
    assert all(there.house.files.read(one.pictures[0].file) for one in paper)
    assert there.web[1].stop() == 0


def pages(there: Installation, stack: Stack) -> int:
    """Return how many pages are in a tray."""
    return there.house.store.read(stacks.counts, stack.id).pages
