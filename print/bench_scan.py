"""How well and how fast paper is read back, with others looking at the same pages in the same run.

Our own idea cards are printed, filled in and damaged by the generator of the tests, so this runs in a checkout.
Every page is counted: forms read of forms that are there, forms named wrongly, the largest error of a corner in
mm, boxes judged wrongly in silence, boxes sent to a person, CPU time. A benchmark never gates a test run.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from print.errors import PrintError
from print.reader import peers, plane
from print.reader.intake import Paper
from print.reader.reading import PageReading, Sighting, read_page

Row = dict[str, Any]
FORMS: Final = ("A1", "B1", "C1")
"""Which forms the pages are made of, in turn."""
CARDS: Final = 12
CODES: Final = ("A1", "B1", "C1", "D1", "L1", "M1", "R1")
PRINTED: Final = 1000  # numbers in the register, most of them never handed in


def bench(count: int = CARDS, with_peers: bool = False, only: Sequence[str] = (), keep: Path | None = None) -> Row:
    """Read `count` cards of each form per condition; with `with_peers` also as others do it.

    Returns `{"rows": [{"condition", "pages", "recall", "wrong", "crop_p95_mm", "ticks_wrong", "ticks_to_person",
    "boxes", "ticks_wrong_fixed_rule", "cpu_ms_page"}]}`; a row of somebody else has a `how`, of ours none.
    Raises `PrintError` when the generator is not there.
    """
    hand, damage = generator("handwriting"), generator("damage")
    register = hand.register(hand.knowns(PRINTED, CODES), keep)
    names = [name for name in (*damage.SCANS, *damage.PHOTOS) if not only or name in only]
    tallies = {name: Tally(name) for name in names}
    others = {name: [peers.Tally(how) for how in peers.installed() if with_peers] for name in names}
    for code in FORMS:
        cards = _cards(hand, code, count, keep)
        for name in names:
            for scene in _scenes(damage, name, cards):
                data = damage.encoded(scene, "jpeg" if name in damage.PHOTOS else "pdf")
                before = time.process_time()
                reading = read_page(Paper(data).page(0), register)
                tallies[name].take(scene, reading, time.process_time() - before)
                for other in others[name]:
                    other.take(data, {(one.known.number, one.known.code) for one, _ in scene.places})
    rows = [row for name in names for row in (tallies[name].row(), *(other.row(name) for other in others[name]))]
    return {"rows": rows}


class Tally:
    """What was read under one condition, beside what is true."""

    def __init__(self, condition: str) -> None:
        self.condition = condition
        self.pages = self.there = self.read = self.wrong = self.boxes = self.ticks_wrong = self.to_person = (
            self.rule_wrong
        ) = 0
        self.off: list[float] = []
        self.cpu: list[float] = []

    def take(self, scene: Any, reading: PageReading, cpu: float) -> None:
        """Count one page."""
        self.pages += 1
        self.cpu.append(cpu)
        true = {(one.known.number, one.known.code): (one, matrix) for one, matrix in scene.places}
        self.there += len(true)
        larger = scene.picture.shape[1] / reading.width
        for seen in reading.sightings:
            if (seen.number, seen.code) not in true:
                self.wrong += 1
                continue
            one, matrix = true.pop((seen.number, seen.code))
            self.read += 1
            off = _off(seen, one.form, matrix, larger)
            self.wrong += off > 30
            if seen.sure:
                self.off.append(off)
            self._ticks(seen, one)

    def _ticks(self, seen: Sighting, one: Any) -> None:
        """Count boxes; what people made unclear ("doubt") is wrong when it is decided in silence."""
        rule = peers.fixed_rule(seen.crop, one.form) if seen.sure else {}
        for group, values in one.ticks.items():
            for value, said in values.items():
                judged = seen.ticks[group][value]
                self.boxes += 1
                self.to_person += judged == "doubt"
                self.ticks_wrong += judged not in ("doubt", said)
                self.rule_wrong += bool(rule) and rule[group][value] != (said == "yes")

    def row(self) -> Row:
        """Return the line of the table."""
        return {
            "condition": self.condition,
            "pages": self.pages,
            "recall": round(self.read / max(1, self.there), 4),
            "wrong": self.wrong,
            "crop_p95_mm": round(float(np.percentile(self.off, 95)), 2) if self.off else None,
            "ticks_wrong": self.ticks_wrong,
            "ticks_to_person": self.to_person,
            "boxes": self.boxes,
            "ticks_wrong_fixed_rule": self.rule_wrong,
            "cpu_ms_page": round(1000 * float(np.median(self.cpu)), 1),
        }


def _off(seen: Sighting, shape: Any, matrix: Any, larger: float) -> float:
    """Return how far the worst corner is off, in mm."""
    true = plane.points(matrix, plane.corners(0, 0, shape.width, shape.height))
    away = np.linalg.norm(np.array(seen.corners) * larger - true, axis=1)
    return float(away.max()) / (seen.px_per_mm * larger)


def _scenes(damage: Any, name: str, cards: Sequence[Any]) -> Iterator[Any]:
    """Give pages with as many forms on each as a sheet or the condition asks."""
    sheet = 4 if cards[0].form.name == "a6" else 2
    many = min(len(cards), damage.PHOTOS[name][0] if name in damage.PHOTOS else sheet)
    last = len(cards) if many > 1 else 4  # photos of one card each are slow to make
    for at in range(0, last - many + 1, many):
        yield damage.damaged(name, cards[at : at + many], at)


def _cards(hand: Any, code: str, count: int, keep: Path | None) -> list[Any]:
    known = hand.knowns(count, [code])
    pictures = hand.printed(known, keep)
    pairs = zip(known, pictures, strict=True)
    return [hand.filled(one, picture, 1, pencil=at % 5 == 0) for at, (one, picture) in enumerate(pairs)]


def generator(name: str) -> Any:
    """Return a module of the tests, which are not part of what is installed."""
    root = Path(__file__).parents[1]
    if not (root / f"tests/{name}.py").is_file():
        raise PrintError("This benchmark needs the tests beside it: run it in a checkout of Werkplaats.")
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    return importlib.import_module(f"tests.{name}")
