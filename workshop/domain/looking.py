"""Who at the desk looks at which idea now, and what others changed: so that two facilitators see each other work.

Looking is not kept: a row per facilitator, worth nothing after a minute.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from workshop import clock
from workshop.store import Tx

SECONDS = 45


@dataclass(frozen=True)
class Changed:
    """What others did: how many ideas, by whom (names; 'maker' for makers), and the newest event."""

    ideas: int
    by: tuple[str, ...]
    last: str


def note(tx: Tx, workshop_id: str, facilitator_id: str, idea_id: str) -> None:
    """Note that somebody has this idea before them now; said again soon it costs no writing."""
    known = {"workshop_id": workshop_id, "facilitator_id": facilitator_id, "idea_id": idea_id}
    tx.looking.note(**known, at=clock.now(), stale=clock.ago(minutes=SECONDS / 60 / 4))


def others(tx: Tx, workshop_id: str, facilitator_id: str) -> dict[str, list[str]]:
    """Return the names of the others who look at an idea now, by the key of the idea."""
    found: dict[str, list[str]] = defaultdict(list)
    since = clock.ago(minutes=SECONDS / 60)
    for row in tx.looking.others(workshop_id=workshop_id, facilitator_id=facilitator_id, since=since):
        found[row["idea_id"]].append(row["name"])
    return dict(found)


def newest(tx: Tx) -> str:
    """Return the mark of the last thing that happened anywhere: ask `changed` what came after it."""
    return str(tx.looking.newest() or "")


def changed(tx: Tx, workshop_id: str, facilitator_id: str, after: str, idea_id: str = "") -> Changed:
    """Return what others did with ideas of this workshop, or with one of them, after a mark of `newest`."""
    rows = [row for row in _by_others(tx, workshop_id, facilitator_id, after) if idea_id in ("", row["idea_id"])]
    names = tuple(dict.fromkeys(row["name"] for row in rows))
    return Changed(len({row["idea_id"] for row in rows}), names, max((row["id"] for row in rows), default=after))


def touched(tx: Tx, workshop_id: str, facilitator_id: str, after: str) -> set[str]:
    """Return the keys of the ideas with which others did something after a mark of `newest`."""
    return {row["idea_id"] for row in _by_others(tx, workshop_id, facilitator_id, after)}


def _by_others(tx: Tx, workshop_id: str, facilitator_id: str, after: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tx.looking.changed(workshop_id=workshop_id, facilitator_id=facilitator_id, after=after)
    return rows
