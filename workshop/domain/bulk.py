"""Doing one thing with many ideas, so that one undo takes all of it back.

What somebody else changed since it was seen is left as it is, and counted: nobody overwrites anybody.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from workshop.domain import curating, ideas, looking, themes
from workshop.domain.ideas import Idea
from workshop.errors import Refused, Stale
from workshop.store import Tx

MOST = 500
Doing = Callable[[Tx, Idea, str], Idea]


@dataclass(frozen=True)
class Done:
    """What came of it: the batch that undoes it ('' when nothing changed), and how many ideas others had changed."""

    batch: str
    changed: int
    left: int


def act(tx: Tx, workshop_id: str, seen: Mapping[str, int], who: str, do: Doing) -> Done:
    """Do one thing with the ideas as they were seen (version by key).

    Raises `Refused`: 'none_chosen', 'too_many' for more than 500, and whatever `do` raises: then nothing is done.
    """
    if not seen:
        raise Refused("none_chosen", "Choose ideas first.")
    if len(seen) > MOST:
        raise Refused("too_many", most=str(MOST))
    changed = left = 0
    with curating.as_one(tx) as batch:
        for key, version in seen.items():
            idea = _there(tx, workshop_id, key)
            if idea is None or not _as_seen(tx, idea, version, who):
                left += 1
                continue
            try:
                changed += do(tx, idea, who).version != idea.version
            except Stale:  # it follows another idea of these: that has just been done
                left += 1
    return Done(batch if changed else "", changed, left)


def untouched(tx: Tx, workshop_id: str, keys: Iterable[str], who: str, mark: str) -> tuple[dict[str, int], int]:
    """Return the ideas of `keys` that nobody else changed since a mark of `looking.newest`, with their versions.

    Also how many there are that somebody else changed. For “all I see now”, over all pages.
    """
    others = looking.touched(tx, workshop_id, who, mark)
    kept = [key for key in keys if key not in others]
    return {key: ideas.by_key(tx, workshop_id, key).version for key in kept[: MOST + 1]}, len(others & set(keys))


def into_theme(tx: Tx, workshop_id: str, theme_id: str | None) -> Doing:
    """Return what puts ideas in a theme, one after the other, or in none. Raises `Refused('no_theme')`."""
    if theme_id is None:
        return lambda tx, idea, who: themes.put(tx, idea, None, who)
    themes.find(tx, workshop_id, theme_id)
    last = max((one.place for one in themes.in_theme(tx, workshop_id, theme_id)), default=0.0)

    def put(tx: Tx, idea: Idea, who: str) -> Idea:
        nonlocal last
        if idea.theme_id == theme_id:
            return idea
        last += 1
        return ideas.apply(tx, idea, who, "themed", theme_id=theme_id, place=last)

    return put


def undo(tx: Tx, workshop_id: str, batch: str, who: str) -> Done:
    """Take back what was done in one go. Raises `Refused('nothing_to_undo')`."""
    with curating.as_one(tx) as undoing:
        changed, left = curating.undo_batch(tx, workshop_id, batch, who)
    return Done(undoing if changed else "", changed, left)


def size(tx: Tx, workshop_id: str, batch: str) -> int:
    """Return how many ideas were changed in one go."""
    rows = tx.ideas.of_batch(batch=batch, workshop_id=workshop_id) if batch else []
    return len({row["idea_id"] for row in rows if json.loads(row["before"]) and row["verb"] != "follows"})


def _as_seen(tx: Tx, idea: Idea, version: int, who: str) -> bool:
    """Say whether nobody else changed an idea since this version; what one did oneself is fine, a second tap too."""
    if not 0 < version < idea.version:
        return version == idea.version
    changes = [row for row in tx.ideas.history(idea_id=idea.id) if row["before"] != "{}"]
    return all(row["who"] == who for row in changes[version - idea.version :])


def _there(tx: Tx, workshop_id: str, key: str) -> Idea | None:
    try:
        idea = ideas.by_key(tx, workshop_id, key)
    except Refused:
        return None
    return None if idea.withdrawn_at or idea.merged_into or idea.status == "apart" else idea
