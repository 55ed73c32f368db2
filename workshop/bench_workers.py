"""How fast paper is read by ever more workers: one machine with everything in its folder, and the grown set-up.

The same pages of filled-in idea cards come in as four stacks of two workshops, as after a meeting. They are made by the
generator of the tests, so this runs in a checkout. Workers are real processes that are ready before the paper comes.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from print import bench_scan
from workshop import bench_engines, bench_machine, bench_site, clock, reading
from workshop.bench_engines import Engines
from workshop.bench_site import Site
from workshop.domain import facilitators, slips, stacks, workshops
from workshop.domain.stacks import Stack
from workshop.domain.workshops import Details, Workshop
from workshop.errors import Refused
from workshop.house import House

Row = dict[str, Any]
WORKSHOPS: Final = ("a", "b")
STACKS: Final = 4
A_PAGE: Final = 4
"""Idea cards on a page."""
PATIENCE_S: Final = 900.0
LOOK_S: Final = 0.25


@dataclass(frozen=True)
class Pile:
    """The paper of one workshop: how many idea cards it is, its stacks as PDFs, and a page for each worker to begin."""

    cards: int
    stacks: list[bytes]
    first: list[bytes]


def bench(pages: int, workers: Sequence[int], grown: bool = False) -> dict[str, Any]:
    """Read `pages` pages with so many workers on one machine; with `grown` also on PostgreSQL, Redis and S3.

    Returns `{"machine", "rows": [{"how", "workers", "pages", "pages_s", "cpu_ms_page", "pages_per_core_hour",
    "wait_p50_s", "wait_p95_s", "mb", "other", "matched", "lost", "twice"}]}`: `cpu_ms_page` is what workers, their
    children and the engines that were started used; `wait_…` from when a stack was stored until a page of it lies in
    its tray; `lost` pages are in no tray, `twice` in more than one. Workers 0: `werkplaats serve` reads by itself.
    """
    table: dict[str, Any] = {"machine": bench_machine.described(), "rows": []}
    with tempfile.TemporaryDirectory(prefix="werkplaats-bench-") as name:
        folder = Path(name)
        paper = _paper(folder / "paper", pages, max(workers))
        for how in ("werkplaats sqlite", "werkplaats grown") if grown else ("werkplaats sqlite",):
            for count in (0, *workers) if how.endswith("sqlite") else workers:
                with ExitStack() as stack:
                    engines = stack.enter_context(
                        bench_engines.started() if how.endswith("grown") else nullcontext(Engines())
                    )
                    data = folder / f"{how.split()[1]}-{count}"
                    table["rows"].append({"how": how, "workers": count} | _read(stack, data, engines, count, paper))
    return table


def _read(stack: ExitStack, data: Path, engines: Engines, count: int, paper: dict[str, Pile]) -> Row:
    """Start the workers, let each read a page, then bring all paper and wait until it is read."""
    house = bench_site.house_of(Site((), (), data, engines))
    stack.callback(house.close)
    whose = {seed: _workshop(house, seed, pile.cards) for seed, pile in paper.items()}
    serve = ["serve", "--data", str(data), "--port", str(bench_engines.free_port())]
    words = [["worker", "--data", str(data)]] * count or [serve]
    processes = list(engines.processes)
    processes += [stack.enter_context(bench_site.command(one, engines)).pid for one in words]
    _finished(house, [_brought(house, whose[seed], one) for seed, pile in paper.items() for one in pile.first])
    bench_site.settle(processes)
    before, moment = bench_machine.spent(processes), clock.now()
    found = [_brought(house, whose[seed], one) for seed, pile in paper.items() for one in pile.stacks]
    _finished(house, found)
    after, megabytes = bench_machine.spent(processes), bench_machine.megabytes(processes)
    return _figures(house, found, moment, after.ours_s - before.ours_s) | {
        "mb": megabytes,
        "other": bench_machine.foreign(before, after),
    }


def _figures(house: House, found: Sequence[Stack], moment: str, cpu: float) -> Row:
    """Count every page in its tray, and how long it took to get there."""
    pages = [(one, page) for one in found for page in house.store.read(stacks.pages, one.id)]
    waits = sorted((clock.read(page.made_at) - clock.read(one.brought_at)).total_seconds() for one, page in pages)
    counts = [house.store.read(stacks.counts, one.id) for one in found]
    expected = sum(one.expected or 0 for one in counts)
    took = (clock.read(max(page.made_at for _, page in pages)) - clock.read(moment)).total_seconds()
    different = {(page.stack_file_id, page.at) for _, page in pages}
    return {
        "pages": expected,
        "pages_s": round(len(pages) / took, 2),
        "cpu_ms_page": round(cpu / len(pages) * 1000, 1),
        "pages_per_core_hour": round(len(pages) / cpu * 3600) if cpu else 0,
        "wait_p50_s": round(statistics.median(waits), 1),
        "wait_p95_s": round(waits[len(waits) * 95 // 100], 1),
        "matched": sum(one.matched for one in counts),
        "lost": expected - len(different),
        "twice": len(pages) - len(different),
    }


def _paper(folder: Path, pages: int, first: int) -> dict[str, Pile]:
    """Print, fill in and scan the idea cards of two workshops."""
    piles = bench_scan.generator("piles")
    house = bench_site.house_of(Site((), (), folder, Engines()))
    share = max(1, pages // STACKS)
    mine = STACKS // len(WORKSHOPS) * share
    made = {}
    try:
        for seed in WORKSHOPS:
            count = (mine + first) * A_PAGE
            workshop = _workshop(house, seed, 0)
            cards = piles.written(house, piles.numbers(house, workshop, "a6", count, seed), piles.A6)
            sheets = [cards[at : at + A_PAGE] for at in range(0, count, A_PAGE)]
            whole = [piles.scanned(sheets[at : at + share]) for at in range(0, mine, share)]
            made[seed] = Pile(count, whole, [piles.scanned([sheet]) for sheet in sheets[mine:]])
    finally:
        house.close()
    return made


def _workshop(house: House, seed: str, cards: int) -> Workshop:
    """Make a workshop that printed these idea cards: from a seed they have the same numbers everywhere."""
    who = house.store.read(facilitators.first) or house.store.write(facilitators.make, "Anna")
    details = Details(f"Meting {seed}", "Hoe snel gaat het?", "nl", "https://werkplaats.nl", "Anna", "0612345678")
    made = house.store.write(workshops.make, who.id, details)
    if cards:
        wanted: dict[str, Any] = {"kind": "a6", "count": cards, "language": "nl", "question": made.question}
        house.store.write(slips.order, made.id, **wanted, seed=seed)
    return made


def _brought(house: House, workshop: Workshop, data: bytes) -> Stack:
    return reading.bring(house, workshop.id, None, "stack", [("stapel.pdf", io.BytesIO(data))])


def _finished(house: House, found: Sequence[Stack]) -> None:
    """Wait until all of these stacks are read. Raises `Refused('not_read')` when that takes too long."""
    until = time.monotonic() + PATIENCE_S
    while any(house.store.read(stacks.find, one.workshop_id, one.id).state != "read" for one in found):
        if time.monotonic() > until:
            raise Refused("not_read", "The paper was not read in a quarter of an hour. Try with less pages.")
        time.sleep(LOOK_S)
