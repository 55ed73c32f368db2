"""How many phones a server carries: one machine, the grown set-up, and others doing the same work in the same run.

A phone looks at a card, asks whether the wall changed, shares an idea; a facilitator looks at the board. All do that
at once, in rounds that take turns among the servers, so that a slow minute of the machine is everybody's. Every figure
is the median of the rounds; at the end every idea that was acknowledged is counted in the store.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import Any, Final

from workshop import bench_engines, bench_machine, bench_peers, bench_site
from workshop.bench_engines import Engines
from workshop.bench_load import Ask, Contender, Plan
from workshop.bench_site import Filled, Site

Row = dict[str, Any]
ROUNDS: Final = 3
MIX: Final = {"wall": 45, "card": 45, "idea": 9, "board": 1}
"""What a hundred requests ask for."""
A_SECOND: Final = 50
"""How many phones come in a second of the open loop: each looks at a card and shares an idea."""
_STEP: Final = 37  # takes every place of a hundred once: kinds of request are spread over the mix
_EACH_ROUND: Final = 1_000_000


def bench(
    clients: Sequence[int],
    sizes: Sequence[int],
    seconds: float,
    grown: Engines | bool = False,
    peers: bool = False,
    tell: Callable[[Row], None] = lambda row: None,
) -> dict[str, Any]:
    """Measure with so many phones at once, in workshops with so many ideas, `seconds` a round; `tell` hears each row.

    `grown`: the engines of a grown installation, or True to start them. Returns `{"machine", "rows", "lost"}`; a row
    is `{"how", "ideas", "clients", "rps", "rps_per_core", "cpu_ms", "p50_ms", "p95_ms", "p99_ms", "errors", "mb",
    "other", "kinds"}`. `cpu_ms` is what all processes of a server used for a request, its database too; `other` the
    share of all cores that somebody else used meanwhile; `kinds` has the p50 and p95 in ms of each kind of request.
    `clients` is 'open 50/s' in the open loop. `lost` counts acknowledged ideas that are not in the store. A contender
    that is not here has a `reason` instead of figures.
    """
    table: dict[str, Any] = {"machine": bench_machine.described(), "rows": [], "lost": 0}
    with tempfile.TemporaryDirectory(prefix="werkplaats-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        sites = {"werkplaats sqlite": stack.enter_context(bench_site.served(folder / "one", Engines(), 1))}
        if grown:
            engines = stack.enter_context(bench_engines.started() if grown is True else nullcontext(grown))
            sites["werkplaats grown"] = stack.enter_context(bench_site.served(folder / "grown", engines, 2))
        others: list[Contender] = []
        if peers:
            others, table["rows"] = stack.enter_context(bench_peers.running(folder / "peers", min(sizes)))
        for size in sizes:
            filled = {how: bench_site.fill(site, size) for how, site in sites.items()}
            ours = [asked(how, sites[how], filled[how]) for how in sites]
            stored = _measured(table["rows"], ours + (others if size == min(sizes) else []), clients, seconds, tell)
            for how, site in sites.items():
                there = bench_site.counted(site, filled[how].workshop_id)
                table["lost"] += size + stored[how] - there
    return table


def asked(how: str, site: Site, filled: Filled) -> Contender:
    """Return how our own servers are asked."""
    group, desk = f"groep={filled.doors[0][1]}; toestel=meting-telefoon-{{phone}}", f"bureau={filled.secret}"
    cards = [f"/{number}" for number, _ in filled.doors]
    sends = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://{host}", "Cookie": group}
    asks = {
        "wall": Ask("GET", [f"/muur/{filled.wall}/stand"], [200, 304], {"Cookie": group}, tag=True),
        "card": Ask("GET", cards, [200], {"Cookie": group}),
        "idea": Ask("POST", cards, [303], sends, body=bench_peers.FORM, keeps=True),
        "board": Ask("GET", [f"/bureau/{filled.workshop_id}/bord"], [200], {"Cookie": desk}),
    }
    return Contender(how, site.targets, site.processes, asks, filled.ideas)


def _measured(
    rows: list[Row], who: list[Contender], clients: Sequence[int], seconds: float, tell: Callable[[Row], None]
) -> dict[str, int]:
    """Add a row for each contender and number of phones; return how many ideas each acknowledged in all."""
    stored: dict[str, int] = defaultdict(int)
    for phones in (*clients, 0):
        rounds: dict[str, list[Row]] = defaultdict(list)
        for turn in range(ROUNDS):
            for one in who:
                plan = _plan(one, phones, seconds, turn)
                row, kept = _round(one, plan)
                rounds[one.how].append(row)
                stored[one.how] += kept
        for one in who:
            rows.append(_row(one, phones, rounds[one.how]))
            tell(rows[-1])
    return stored


def mixed() -> list[str]:
    """Return the kinds of a hundred requests, those of a kind spread over all of them."""
    whole = [kind for kind, share in MIX.items() for _ in range(share)]
    return [whole[at * _STEP % len(whole)] for at in range(len(whole))]


def carried_out(plan: Plan) -> Row:
    """Let the phones ask, in a process of their own; return what came of it."""
    asking = [sys.executable, "-m", "workshop.bench_load"]
    done = subprocess.run(asking, input=plan.said(), capture_output=True, text=True, check=True)
    came: Row = json.loads(done.stdout)
    return came


def _plan(one: Contender, phones: int, seconds: float, turn: int) -> Plan:
    first = (phones * ROUNDS + turn) * _EACH_ROUND + one.ideas
    if phones:
        return Plan(list(one.targets), one.asks, mixed(), phones, seconds, first=first)
    return Plan(list(one.targets), one.asks, ["card", "idea"], 0, seconds, a_second=A_SECOND, first=first)


def _round(one: Contender, plan: Plan) -> tuple[Row, int]:
    """Return the figures of one round, and how many ideas were acknowledged."""
    before = bench_machine.spent(one.processes)
    came = carried_out(plan)
    after = bench_machine.spent(one.processes)
    took = [ms for several in came["took"].values() for ms in several]
    cpu, whole = after.ours_s - before.ours_s, max(1, came["answered"])
    row: Row = {
        "rps": len(took) / came["seconds"],
        "rps_per_core": whole / cpu if cpu else 0.0,
        "cpu_ms": cpu / whole * 1000,
        **{f"p{share}_ms": _quantile(took, share) for share in (50, 95, 99)},
        "errors": sum(came["wrong"].values()),
        "mb": bench_machine.megabytes(one.processes),
        "other": bench_machine.foreign(before, after, came["cpu_s"]),
        "kinds": {
            kind: {"p50_ms": _quantile(ms, 50), "p95_ms": _quantile(ms, 95)} for kind, ms in came["took"].items()
        },
    }
    return row, came["stored"]


def _row(one: Contender, phones: int, rounds: Sequence[Row]) -> Row:
    """Return the medians of some rounds; of errors all of them."""
    kinds: dict[str, dict[str, float]] = {}
    for kind in MIX:
        seen = [row["kinds"][kind] for row in rounds if kind in row["kinds"]]
        if seen:
            kinds[kind] = {name: _median([one[name] for one in seen]) for name in ("p50_ms", "p95_ms")}
    figures = {name: _median([row[name] for row in rounds]) for name in rounds[0] if name not in ("errors", "kinds")}
    errors = sum(row["errors"] for row in rounds)
    who = {"how": one.how, "ideas": one.ideas, "clients": phones or f"open {A_SECOND}/s"}
    return {**who, **figures, "errors": errors, "kinds": kinds}


def _median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 2)


def _quantile(values: Sequence[float], share: int) -> float:
    """Return the value below which so many of a hundred are; 0 of nothing."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 1) if ordered else 0.0
