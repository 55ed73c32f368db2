"""Many phones at once, in a process of their own: what `werkplaats bench web` lets servers answer.

`python -m workshop.bench_load` reads a plan as JSON and writes what came of it. A phone has one line that stays open,
asks, waits for the whole answer and asks again (closed loop); or a new phone comes every so often, however slow the
answers are, and is measured from when it came (open loop): a server that stands still is not let off.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any, Final

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
PATIENCE_S: Final = 30.0
SPREAD: Final = 37
"""Phones begin at another place of the mix, so that they do not all do the same at the same moment."""


@dataclass(frozen=True)
class Ask:
    """One kind of request. In `paths`, `body` and `headers` `{n}` is a number used once and `{phone}` that of a phone.

    Requests take turns along `paths`. `good` are the answers that count as answered; with `tag` a phone sends along
    the ETag it got at that path before. `keeps`: a good answer says that something was stored.
    """

    method: str
    paths: list[str]
    good: list[int]
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    tag: bool = False
    keeps: bool = False


@dataclass(frozen=True)
class Contender:
    """Somebody who answers: its name, where (host:port), its processes, and how it is asked for the same work."""

    how: str
    targets: tuple[str, ...]
    processes: tuple[int, ...]
    asks: dict[str, Ask]
    ideas: int


@dataclass(frozen=True)
class Plan:
    """What to ask of which servers (host:port), by how many phones, for how many seconds after warming up.

    `mix` names a kind of request once for each time it is asked in a round; `a_second` is how many phones come in an
    open loop, each with all of `mix`, and 0 in a closed one. `first` is the first number for `{n}`.
    """

    targets: list[str]
    asks: dict[str, Ask]
    mix: list[str]
    phones: int
    seconds: float
    warm_s: float = 1.0
    a_second: int = 0
    first: int = 0

    def said(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Plan:
        """Return the plan that this JSON says."""
        values = json.loads(text)
        return cls(**values | {"asks": {name: Ask(**one) for name, one in values["asks"].items()}})


@dataclass
class Came:
    """What came of a plan: ms of every good answer by kind, what went wrong; the rest counts while warming up too."""

    took: dict[str, list[float]] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    stored: int = 0
    answered: int = 0
    bytes: int = 0
    cpu_s: float = 0.0
    seconds: float = 0.0


class Load:
    """A plan being carried out."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.came, self._number = plan, Came(), plan.first
        self.begin = time.perf_counter() + plan.warm_s
        self.end = self.begin + plan.seconds

    async def run(self) -> Came:
        """Let all phones ask; return what came of it."""
        if self.plan.a_second:
            await self._coming()
        else:
            await asyncio.gather(*(self._staying(phone) for phone in range(self.plan.phones)))
        self.came.cpu_s = time.process_time()
        self.came.seconds = time.perf_counter() - self.begin  # also what the last ones had to wait
        return self.came

    async def _staying(self, number: int) -> None:
        phone = Phone(self, number)
        turn = number * SPREAD
        while (now := time.perf_counter()) < self.end:
            await phone.ask(self.plan.mix[turn % len(self.plan.mix)], turn, now)
            turn += 1
        await phone.hang_up()

    async def _coming(self) -> None:
        """Let a new phone come at its moment, whether the ones before are done or not."""
        every, tasks = 1 / self.plan.a_second, list[asyncio.Task[None]]()
        moment = time.perf_counter()
        while moment < self.end:
            await asyncio.sleep(max(0.0, moment - time.perf_counter()))
            tasks.append(asyncio.create_task(self._visit(len(tasks), moment)))
            moment += every
        await asyncio.gather(*tasks)

    async def _visit(self, number: int, moment: float) -> None:
        phone = Phone(self, number)
        for kind in self.plan.mix:
            await phone.ask(kind, number, moment)
            moment = time.perf_counter()
        await phone.hang_up()

    def number(self) -> int:
        """Return a number that was not used yet."""
        self._number += 1
        return self._number


class Phone:
    """One phone: its line, and the tags of what it has already."""

    def __init__(self, load: Load, number: int) -> None:
        self._load, self._number = load, number
        self._target = load.plan.targets[number % len(load.plan.targets)]
        self._line: Line | None = None
        self._tags: dict[str, str] = {}

    async def ask(self, kind: str, turn: int, since: float) -> None:
        """Ask once and note what came of it; `since` is the moment from which it waits."""
        ask, came = self._load.plan.asks[kind], self._load.came
        path = ask.paths[turn % len(ask.paths)]
        try:
            async with asyncio.timeout(PATIENCE_S):
                status, size = await self._answer(ask, path)
        except (OSError, EOFError, TimeoutError) as error:
            await self.hang_up()
            status, size, why = 0, 0, type(error).__name__
        else:
            why = str(status)
        good, now = status in ask.good, time.perf_counter()
        came.stored += good and ask.keeps
        came.answered += good
        if now < self._load.begin:
            return
        came.bytes += size
        if good:
            came.took.setdefault(kind, []).append((now - since) * 1000)
        else:
            came.wrong[f"{kind} {why}"] = came.wrong.get(f"{kind} {why}", 0) + 1

    async def hang_up(self) -> None:
        """Close the line."""
        if self._line:
            line, self._line = self._line, None
            line[1].close()
            with contextlib.suppress(OSError):
                await line[1].wait_closed()

    async def _answer(self, ask: Ask, path: str) -> tuple[int, int]:
        """Return the status of an answer that came in whole, and its bytes."""
        named = {"n": str(self._load.number()), "phone": f"{self._number:06d}"}
        path, body = filled(path, named), filled(ask.body, named).encode()
        fields = {"Host": self._target, "Accept-Encoding": "gzip"}
        fields |= {name: filled(value, named | {"host": self._target}) for name, value in ask.headers.items()}
        if ask.tag and path in self._tags:
            fields["If-None-Match"] = self._tags[path]
        if ask.method == "POST":
            fields["Content-Length"] = str(len(body))
        lines = [f"{ask.method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
        if self._line is None:
            host, _, port = self._target.rpartition(":")
            self._line = await asyncio.open_connection(host, int(port))
        reader, writer = self._line
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        status, said = await _head(reader)
        size = 0 if status in (204, 304) else await _body(reader, said)
        if ask.tag and "etag" in said:
            self._tags[path] = said["etag"]
        if said.get("connection", "").lower() == "close":
            await self.hang_up()
        return status, size


def filled(text: str, named: dict[str, str]) -> str:
    """Return a text with its `{names}` filled; JSON has braces of its own."""
    for name, value in named.items():
        text = text.replace(f"{{{name}}}", value)
    return text


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    first, *rows = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (row.partition(":") for row in rows if row)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


async def _body(reader: asyncio.StreamReader, said: dict[str, str]) -> int:
    """Read a whole body; return its size in bytes."""
    if "chunked" not in said.get("transfer-encoding", ""):
        if "content-length" not in said:
            return len(await reader.read())
        return len(await reader.readexactly(int(said["content-length"])))
    size = 0
    while (piece := int((await reader.readline()).split(b";")[0], 16)) > 0:
        size += len(await reader.readexactly(piece + 2)) - 2
    await reader.readline()
    return size


def main() -> None:
    """Carry out the plan on standard input; write what came of it."""
    came: dict[str, Any] = asdict(asyncio.run(Load(Plan.read(sys.stdin.read())).run()))
    sys.stdout.write(json.dumps(came))


if __name__ == "__main__":
    main()
