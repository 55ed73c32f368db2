"""What processes cost: their CPU seconds and memory, with their children; and how much others use meanwhile.

Linux tells it in `/proc`; elsewhere everything is 0 and the figures only say how quick it went.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PROC: Final = Path("/proc")
TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """What was used so far: CPU seconds by some processes and by the whole machine, at a moment in s."""

    ours_s: float
    machine_s: float
    moment_s: float


def described() -> dict[str, Any]:
    """Return what figures say nothing without: cores, memory in MB, system and Python."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return {"cores": os.cpu_count() or 1, "mb": round(pages / 2**20), "system": system}


def spent(processes: Iterable[int]) -> Spent:
    """Return what these processes, all they started, and the machine used so far."""
    return Spent(sum(_cpu(one) for one in family(processes)), _machine(), time.perf_counter())


def foreign(before: Spent, after: Spent, beside_s: float = 0.0) -> float:
    """Return which share of all cores others used between two moments; `beside_s` is what measuring itself used."""
    room = (after.moment_s - before.moment_s) * (os.cpu_count() or 1)
    others = after.machine_s - before.machine_s - (after.ours_s - before.ours_s) - beside_s
    return round(min(1.0, max(0.0, others / room)), 2)


def megabytes(processes: Iterable[int]) -> int:
    """Return the memory of these processes and all they started, in MB; what they share is counted once."""
    return round(sum(_proportional_kb(one) for one in family(processes)) / 1024)


def family(processes: Iterable[int]) -> set[int]:
    """Return these processes with all they started, and what those started."""
    children: dict[int, list[int]] = {}
    for number, parent in _parents():
        children.setdefault(parent, []).append(number)
    found, new = set[int](), list(processes)
    while new:
        one = new.pop()
        if one not in found:
            found.add(one)
            new += children.get(one, [])
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for folder in PROC.glob("[0-9]*"):
        if fields := _stat(int(folder.name)):
            yield int(folder.name), int(fields[1])


def _cpu(process: int) -> float:
    """Return the CPU seconds of a process, and of its children that ended."""
    fields = _stat(process)
    return sum(int(one) for one in fields[11:15]) / TICKS if fields else 0.0


def _stat(process: int) -> list[str]:
    try:
        return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _machine() -> float:
    """Return the CPU seconds that were not idle on all cores together."""
    try:
        fields = [int(one) for one in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]]
    except OSError:
        return 0.0
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def _proportional_kb(process: int) -> int:
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
