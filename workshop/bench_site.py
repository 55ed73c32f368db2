"""An installation to measure: real servers in processes of their own, and a workshop filled through the store.

One machine is one `werkplaats serve` with everything in its data folder; a grown installation is two of them, each with
a folder of its own as on two hosts, that share a database, a bucket and a queue.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workshop import bench_machine, clock, ids
from workshop.bench_engines import Engines, free_port
from workshop.domain import choices, consent, doors, facilitators, ideas, pulse, walls, workshops
from workshop.domain.workshops import Details
from workshop.house import House
from workshop.settings import Settings
from workshop.store import Tx

SERVE: Final = "from workshop.cli import main; main()"
CARDS: Final = 10
"""The ideas of a workshop are spread over so many cards."""
BATCH: Final = 1000
CALM_S: Final = 0.15
"""A server that uses no more CPU than this in a second does nothing."""
WAIT_S: Final = 20
_WORDS: Final = "We willen een bankje op de hoek van de straat, met een dak tegen de regen. Nummer"


@dataclass(frozen=True)
class Site:
    """Servers that run: where they are (host:port), their processes, and what they were told."""

    targets: tuple[str, ...]
    processes: tuple[int, ...]
    folder: Path
    engines: Engines


@dataclass(frozen=True)
class Filled:
    """A workshop with ideas: its cards as (number, what its QR says), its wall, and who signed in at the desk."""

    workshop_id: str
    doors: tuple[tuple[str, str], ...]
    wall: str
    secret: str
    ideas: int


@contextmanager
def served(folder: Path, engines: Engines, count: int) -> Iterator[Site]:
    """Run `count` servers on one installation until the end of the block."""
    with ExitStack() as stack:
        targets, processes = [], list(engines.processes)
        for number in range(count):
            port = free_port()
            process = stack.enter_context(_one(folder / f"host-{number}", engines, port))
            targets.append(f"127.0.0.1:{port}")
            processes.append(process)
        settle(processes)
        yield Site(tuple(targets), tuple(processes), folder / "host-0", engines)


@contextmanager
def command(words: Sequence[str], engines: Engines) -> Iterator[subprocess.Popen[bytes]]:
    """Run a `werkplaats` command on these engines; stop it at the end of the block."""
    line = ["/usr/bin/env", *engines.environment, sys.executable, "-c", SERVE, *words]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def house_of(site: Site) -> House:
    """Open the installation beside its servers."""
    engines = site.engines
    return House.open(Settings.of(data=site.folder, store=engines.store, files=engines.files, queue=engines.queue))


def fill(site: Site, count: int) -> Filled:
    """Make a workshop with so many ideas, through the way that writes everything else."""
    house = house_of(site)
    try:
        write = house.store.write
        who = house.store.read(facilitators.first) or write(facilitators.make, "Anna")
        details = Details("Meting", "Hoe snel gaat het?", "nl", f"http://{site.targets[0]}", "Anna", "0612345678")
        made = write(workshops.make, who.id, details)
        cards = [card.id for card in house.library.cards("nl")[:CARDS]]
        for card in cards:
            write(choices.put, made.id, card)
        opened = write(doors.open_for, made.id, cards)
        found = [opened[card] for card in cards]
        wall = write(walls.make, made.id, "group")
        for first in range(0, count, BATCH):
            write(_some, made.id, [door.id for door in found], first, min(count, first + BATCH))
        secret = write(facilitators.begin, who.id)
    finally:
        house.close()
    return Filled(made.id, tuple((door.number, door.scanned) for door in found), wall.key, secret, count)


def counted(site: Site, workshop_id: str) -> int:
    """Return how many ideas the store has of a workshop."""
    house = house_of(site)
    try:
        return house.store.read(_count, workshop_id)
    finally:
        house.close()


@contextmanager
def _one(data: Path, engines: Engines, port: int) -> Iterator[int]:
    with command(["serve", "--data", str(data), "--port", str(port)], engines) as process:
        if process.stdout:
            process.stdout.readline()
        yield process.pid


def settle(processes: Sequence[int]) -> None:
    """Wait until servers that just began have made their children ready: that is no part of how fast they answer."""
    until = time.monotonic() + WAIT_S
    used = bench_machine.spent(processes).ours_s
    while time.monotonic() < until:
        time.sleep(1)
        before, used = used, bench_machine.spent(processes).ours_s
        if used - before < CALM_S:
            return


def _some(tx: Tx, workshop_id: str, door_ids: Sequence[str], first: int, last: int) -> None:
    """Place ideas that nobody has to look at first, with a row of history each."""
    for number in range(first, last):
        key = ids.new()
        tx.ideas.place(
            id=key,
            workshop_id=workshop_id,
            door_id=door_ids[number % len(door_ids)],
            words=f"{_WORDS} {number}.",
            visibility="group",
            consent=consent.NOW,
            for_other=0,
            perspective="",
            maker="",
            channel="qr",
            held=0,
            device="",
            send_key=ids.token(),
            receipt=f"{key}-meting",
            at=clock.ago(minutes=60),
            nr=ideas.next_nr(tx, workshop_id),
            about_id=None,
            question=0,
        )
        tx.ideas.record(
            id=ids.new(), idea_id=key, at=clock.now(), who=ideas.MAKER, verb="placed", before="{}", after="{}", batch=""
        )
    pulse.beat(tx, workshop_id)


def _count(tx: Tx, workshop_id: str) -> int:
    return int(tx.ideas.counts(workshop_id=workshop_id)["total"])
