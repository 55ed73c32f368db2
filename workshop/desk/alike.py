"""Which other ideas an idea seems to be like, said at the idea: a suggestion, and nothing more.

Comparing is worked out once, and again when words changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from workshop.domain import curating, joining
from workshop.domain.curating import Filter
from workshop.domain.ideas import Idea
from workshop.domain.similar import Alikeness
from workshop.house import read
from workshop.store import Tx

_known: dict[str, tuple[bytes, Alikeness]] = {}  # by workshop


@dataclass(frozen=True)
class Likeness:
    """An idea that seems to be about the same, and the words that both have."""

    idea: Idea
    words: tuple[str, ...]


def likes(found: Idea, before: str | None) -> list[Likeness]:
    """Return up to three ideas like this one, of those made before a moment (None: all)."""
    others = read(_whole, found.workshop_id, before)
    if found.id not in others:
        return []
    texts = {key: one.words for key, one in others.items() if one.words}
    mark = hashlib.sha256(repr(texts).encode()).digest()
    known = _known.get(found.workshop_id)
    if known is None or known[0] != mark:
        known = _known[found.workshop_id] = mark, Alikeness(texts)
    near = known[1].like(found.id)
    return [Likeness(others[pair.ideas[1]], pair.words) for pair in near if pair.words]


def _whole(tx: Tx, workshop_id: str, before: str | None) -> dict[str, Idea]:
    """Return the ideas that stand by themselves, as they read."""
    found = curating.stream(tx, workshop_id, Filter(before=before))
    whole = [one for one in found if one.about_id is None and one.status != "set_aside"]
    return {one.id: one for one in joining.filled(tx, whole, hidden_at=before)}
