"""How fast a wall is with many watching: the real server in a process of its own, screens that ask as screens do.

Half of the screens hang in the room, where an idea comes at once from a phone; half in the hall, where it comes once a
facilitator puts it on the wall. Halfway a third of them lose the network for a while, and catch up.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from workshop import ids
from workshop.domain import doors, facilitators, ideas, walls, workshops
from workshop.domain.ideas import Sent
from workshop.domain.workshops import Details
from workshop.house import House
from workshop.settings import Settings

EVERY_S = 1.0
LONGEST_S = 15.0
BETWEEN_S = 1.2
PATIENCE_S = 30.0
WARM_S = 2.0
"""A server that just began still makes its children ready; that is no part of how fast a wall is."""
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
SERVE = "from workshop.cli import main; main()"


@dataclass(frozen=True)
class Stage:
    """A workshop to watch: where it is, the keys of its walls, and what a phone and a facilitator need."""

    port: int
    room: str
    hall: str
    workshop_id: str
    door: str
    scanned: str
    secret: str
    waiting: tuple[str, ...]


@dataclass
class Screen:
    """One screen: what it saw and when (in s of one clock), and whether its network is cut."""

    number: int
    key: str
    seen: dict[str, float] = field(default_factory=dict)
    online: asyncio.Event = field(default_factory=asyncio.Event)
    was_cut: list[tuple[float, float]] = field(default_factory=list)
    asked: int = 0

    def lost_network_at(self, moment: float) -> bool:
        """Say whether it had no network then."""
        return any(start <= moment <= end for start, end in self.was_cut)


def bench(watchers: int, count: int) -> dict[str, Any]:
    """Let `watchers` screens watch `count` ideas from phones and as many put on the wall.

    Returns {watchers, ideas, p50_s, p95_s, max_s, lost, caught_up_s, posted_p95_s, requests, seconds, cpu_s}: seconds
    from the tap of a phone or the click of a facilitator until a screen has the idea; `lost` counts screens that
    never got one; `caught_up_s` is the longest from network back to nothing missing; `cpu_s` is what the server used.
    """
    with tempfile.TemporaryDirectory() as folder:
        stage = staged(Path(folder), count)
        with served(Path(folder), stage.port) as server:
            before, begin = _cpu(server), time.perf_counter()
            with ThreadPoolExecutor(1) as alone:  # a thread of its own: whoever calls may have a running loop
                screens, sent, took = alone.submit(lambda: asyncio.run(_watched(stage, watchers, count))).result()
            seconds, cpu = time.perf_counter() - begin, _cpu(server) - before
    return {"watchers": watchers, "ideas": len(sent)} | _figures(stage, screens, sent) | {
        "posted_p95_s": _quantile(took, 0.95),
        "requests": sum(screen.asked for screen in screens),
        "seconds": round(seconds, 1),
        "cpu_s": round(cpu, 2),
    }  # fmt: skip


def staged(folder: Path, count: int) -> Stage:
    """Make a workshop with two walls, and ideas that wait to be put on the one in the hall."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    house = House.open(Settings.of(data=folder))
    write = house.store.write
    try:
        who = write(facilitators.make, "Anna")
        details = Details("Meting", "Hoe snel is de muur?", "nl", f"http://127.0.0.1:{port}", "Anna", "0612345678")
        made = write(workshops.make, who.id, details)
        room, hall = write(walls.make, made.id, "group"), write(walls.make, made.id, "everyone")
        door = house.store.read(doors.of_workshop, made.id)[doors.OWN]
        waiting = [
            write(ideas.place, door, Sent(f"Van het bureau {n}", "everyone", ids.token(), ids.token(), "qr")).id
            for n in range(count)
        ]
        secret = write(facilitators.begin, who.id)
    finally:
        house.close()
    return Stage(port, room.key, hall.key, made.id, door.number, door.scanned, secret, tuple(waiting))


@contextmanager
def served(folder: Path, port: int) -> Iterator[int]:
    """Run the real server; give its process id."""
    command = [sys.executable, "-c", SERVE, "serve", "--data", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout  # noqa: S101 (it is a pipe)
            server.stdout.readline()
            yield server.pid
        finally:
            server.terminate()


async def _watched(
    stage: Stage, watchers: int, count: int
) -> tuple[list[Screen], dict[str, tuple[str, float]], list[float]]:
    """Watch while ideas come; return the screens, where and when each idea was sent, and how long sending took."""
    screens = [Screen(number, (stage.room, stage.hall)[number % 2]) for number in range(watchers)]
    for screen in screens:
        screen.online.set()
    tasks = [asyncio.create_task(_screen(stage.port, screen)) for screen in screens]
    try:
        while any(not screen.asked for screen in screens):
            await asyncio.sleep(0.1)
        await asyncio.sleep(WARM_S)
        sent, took = await _sent(stage, screens, count)
        await _all_seen(stage, screens, sent)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return screens, sent, took


async def _sent(stage: Stage, screens: list[Screen], count: int) -> tuple[dict[str, tuple[str, float]], list[float]]:
    """Send the ideas one by one; in the middle third of them a third of the screens has no network."""
    sent: dict[str, tuple[str, float]] = {}
    took: list[float] = []
    for turn in range(count):
        if turn == count // 3:
            cut_at = _cut(screens)
        if turn == count * 2 // 3:
            _mend(screens, cut_at)
        for key, words, send in (
            (stage.room, f"Van een telefoon {turn}", _phone),
            (stage.hall, f"Van het bureau {turn}", _click),
        ):
            begin = time.perf_counter()
            sent[words] = (key, begin)
            await asyncio.to_thread(send, stage, turn)
            took.append(time.perf_counter() - begin)
            await asyncio.sleep(BETWEEN_S / 2 + (turn * 0.37) % BETWEEN_S)
    return sent, took


def _cut(screens: list[Screen]) -> float:
    for screen in screens[::3]:
        screen.online.clear()
    return time.perf_counter()


def _mend(screens: list[Screen], cut_at: float) -> None:
    for screen in screens[::3]:
        screen.was_cut.append((cut_at, time.perf_counter()))
        screen.online.set()


async def _all_seen(stage: Stage, screens: list[Screen], sent: dict[str, tuple[str, float]]) -> None:
    """Wait until every screen has everything, or patience is over."""
    until = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < until:
        if all(words in screen.seen for screen in screens for words, (key, _) in sent.items() if key == screen.key):
            return
        await asyncio.sleep(0.2)


async def _screen(port: int, screen: Screen) -> None:
    """Ask as the page does: every second, on one line, with what it has; less often while the network is gone."""
    mark, wait = "", EVERY_S
    line: Connection | None = None
    try:
        while True:
            try:
                if not screen.online.is_set():
                    raise ConnectionError
                line = line or await asyncio.open_connection("127.0.0.1", port)
                mark, said = await _asked(line, screen.key, mark)
                _note(screen, said)
                wait = EVERY_S
            except (OSError, EOFError):
                await _hung_up(line)
                line = None
                wait = min(wait * 2, LONGEST_S)
            screen.asked += 1
            await _paused(screen, wait * (0.9 + screen.number % 21 / 100))
    finally:
        await _hung_up(line)


async def _paused(screen: Screen, seconds: float) -> None:
    """Wait; a browser that hears that the network is back asks at once."""
    if screen.online.is_set():
        await asyncio.sleep(seconds)
        return
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(screen.online.wait(), seconds)


async def _hung_up(line: Connection | None) -> None:
    if line:
        line[1].close()
        with contextlib.suppress(OSError):
            await line[1].wait_closed()


async def _asked(line: Connection, key: str, mark: str) -> tuple[str, dict[str, Any] | None]:
    """Ask once; return the mark of what it has now and, when that is new, what the wall says."""
    reader, writer = line
    known = f"If-None-Match: {mark}\r\n" if mark else ""
    writer.write(f"GET /muur/{key}/stand HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{known}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in head[1:])}
    body = await reader.readexactly(int(fields.get("content-length", "0")))
    if " 304 " in head[0]:
        return mark, None
    if " 200 " not in head[0]:
        raise ConnectionError(head[0])
    return fields["etag"], json.loads(gzip.decompress(body) if fields.get("content-encoding") == "gzip" else body)


def _note(screen: Screen, said: dict[str, Any] | None) -> None:
    for section in said["sections"] if said else ():
        for idea in section["ideas"]:
            screen.seen.setdefault(idea["words"], time.perf_counter())


def _phone(stage: Stage, turn: int) -> None:
    """Share an idea as a phone does that scanned the code."""
    form = {"idee": f"Van een telefoon {turn}", "zien": "group", "sleutel": ids.token()}
    _post(stage.port, f"/{stage.door}", form, f"groep={stage.scanned}")


def _click(stage: Stage, turn: int) -> None:
    """Put an idea on the wall as a facilitator does."""
    path = f"/bureau/{stage.workshop_id}/ideeen/{stage.waiting[turn]}/op-de-muur"
    _post(stage.port, path, {"versie": "1"}, f"bureau={stage.secret}")


def _post(port: int, path: str, form: dict[str, str], cookie: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    headers = {
        "Cookie": cookie,
        "Origin": f"http://127.0.0.1:{port}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    line.request("POST", path, urlencode(form), headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 303:
        raise ConnectionError(f"{path} answered {answer.status}")


def _figures(stage: Stage, screens: list[Screen], sent: dict[str, tuple[str, float]]) -> dict[str, Any]:
    """Return what the screens saw: of ideas that came while a screen had no network only when it caught up."""
    waits: list[float] = []
    behind: list[float] = []
    lost = 0
    for screen in screens:
        for words, (key, moment) in sent.items():
            if key != screen.key:
                continue
            if words not in screen.seen:
                lost += 1
            elif screen.lost_network_at(moment):
                behind.append(screen.seen[words] - screen.was_cut[-1][1])
            else:
                waits.append(screen.seen[words] - moment)
    return {
        "p50_s": _quantile(waits, 0.5),
        "p95_s": _quantile(waits, 0.95),
        "max_s": round(max(waits), 3),
        "lost": lost,
        "caught_up_s": round(max(behind, default=0.0), 3),
    }


def _quantile(values: list[float], share: float) -> float:
    return round(statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1], 3)


def _cpu(process: int) -> float:
    """Return the CPU seconds a process used so far; 0 where the system does not tell."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return 0.0
    fields = told.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
