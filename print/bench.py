"""How fast the press is, with others printing the same sheet in the same run.

Every contender works in a process of its own, so that none profits from another. Counted is the CPU time
(user and system, of it and its children) from when the words are ready until the PDF is there, loading
its own libraries included; memory is the peak of the whole process.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from print.numbers import with_check

Row = dict[str, Any]
DECK: Final = 54
KEY_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

WORDS: Final = "aardbei fiets molen"

OURS: Final = (
    "werkplaats",
    "werkplaats, compiled now",
    "werkplaats a5",
    "werkplaats deck",
    "werkplaats deck, compiled now",
)
PEERS: Final = ("typst", "reportlab", "weasyprint", "chromium", "typst deck", "weasyprint deck")


def bench(count: int = 1000, peers: bool = False) -> dict[str, list[Row]]:
    """Print `count` idea cards and a deck of 54 cards; with `peers` also as others do it.

    An idea card is the small one, with a code on the card and one on its stub, which all contenders print;
    ours of A5 has a third one, on its back.

    Returns `{"rows": [{"how", "count", "cpu_s", "peak_mb", "pdf_mb"}]}`; a contender that is not installed
    has a `reason` instead of figures.
    """
    with tempfile.TemporaryDirectory() as folder:
        _child("werkplaats", 4, folder)
        _child("werkplaats a5", 4, folder)
        _child("werkplaats deck", DECK, folder)
        hows = OURS + (PEERS if peers else ())
        return {"rows": [_child(how, DECK if "deck" in how else count, folder) for how in hows]}


def _child(how: str, count: int, folder: str) -> Row:
    """Measure one contender in a new process."""
    command = [sys.executable, "-m", "print.bench", how, str(count), folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit {done.returncode}"
        return {"how": how, "count": count, "reason": reason}
    row: Row = json.loads(done.stdout)
    return row


def sample(count: int) -> tuple[list[str], list[str]]:
    """Return numbers and keys for idea cards: all different, the same every time."""
    numbers = [with_check(f"{index * 7919 % 10**7:07d}") for index in range(count)]
    hashes = (hashlib.sha256(number.encode()).digest() for number in numbers)
    keys = ["".join(KEY_LETTERS[byte % 32] for byte in hashed[:10]) for hashed in hashes]
    return numbers, keys


def _ours(how: str, count: int, folder: Path) -> Callable[[], bytes]:
    """Return what one of our own contenders does, with its words ready."""
    cache = None if "compiled" in how else folder / "faces"
    if "deck" in how:
        return _deck(count, cache)
    numbers, keys = sample(count)

    def work() -> bytes:
        from print.documents import Slip, slips
        from print.imprint import Imprint

        imprint = Imprint(site="werkplaats.nl", base="https://werkplaats.nl")
        cards = [Slip(number, key[:6], key, WORDS) for number, key in zip(numbers, keys, strict=True)]
        return slips(cards, format="a5" if "a5" in how else "a6", imprint=imprint, language="nl", cache=cache).pdf

    return work


def _deck(count: int, cache: Path | None) -> Callable[[], bytes]:
    from cards.deck import load

    library = load()
    cards = library.cards("nl")[:count]

    def work() -> bytes:
        from print.documents import Item, deck
        from print.imprint import Door, Imprint

        numbers, keys = sample(len(cards))
        doors = [Door(with_check(number[:5]), key) for number, key in zip(numbers, keys, strict=True)]
        items = [Item(card, library.deck_of(card), door) for card, door in zip(cards, doors, strict=True)]
        imprint = Imprint(site="werkplaats.nl", base="https://werkplaats.nl")
        made = deck(items, format="a5", imprint=imprint, title="Werkplaats", language="nl", cache=cache)
        return made[0].pdf

    return work


def _measure(how: str, count: int, folder: Path) -> Row:
    if how in OURS:
        work = _ours(how, count, folder)
    else:
        work = importlib.import_module("print.peers").contender(how, count, folder)
    before = _cpu()
    pdf = work()
    cpu = _cpu() - before
    (folder / f"{how.replace(' ', '-').replace(',', '')}.pdf").write_bytes(pdf)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "how": how,
        "count": count,
        "cpu_s": round(cpu, 3),
        "peak_mb": round(peak / 1024),
        "pdf_mb": round(len(pdf) / 1e6, 3),
    }


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure one way of printing.")
    parser.add_argument("how")
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args(words)
    sys.stdout.write(json.dumps(_measure(asked.how, asked.count, asked.folder)))


if __name__ == "__main__":
    _main()
