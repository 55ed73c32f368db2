"""Erasing for good what its maker took away: words, name, history, and whatever was said about it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from workshop import clock
from workshop.domain import orders, plan_proposals, search
from workshop.domain.ideas import CHANGE_MINUTES
from workshop.store import Tx


def erase_due(tx: Tx) -> list[str]:
    """Erase what was taken away over half an hour ago. Return the files nobody uses now."""
    left: list[str] = []
    for row in tx.ideas.due_for_erasing(before=clock.ago(minutes=CHANGE_MINUTES)):
        gone = [found["file"] for found in tx.pictures.forget(idea_id=row["id"])]
        left += unused(tx, gone)
        left += orders.throw_away(tx, row["workshop_id"])
        _forget(tx, row["workshop_id"], row["id"])
    search.catch_up(tx)
    return left


def unused(tx: Tx, names: Sequence[str]) -> list[str]:
    """Return which of these files nothing speaks of: no idea, page, card or stack."""
    return [name for name in names if not tx.pictures.uses_of(file=name)]


def _forget(tx: Tx, workshop_id: str, idea_id: str) -> None:
    """Empty an idea, and the history and the plans of what it was joined into: its words may stand there too."""
    for above in tx.ideas.ever_above(idea_id=idea_id):
        _forget_words(tx, above["id"])
        plan_proposals.forget_part(tx, workshop_id, above["id"])
    tx.ideas.forget_events(idea_id=idea_id)
    tx.ideas.forget_decisions(idea_id=idea_id)
    plan_proposals.forget(tx, idea_id)
    tx.ideas.erase(id=idea_id, at=clock.now())


def _forget_words(tx: Tx, idea_id: str) -> None:
    """Empty the words in the history of an idea; what else was changed by then stays told."""
    for row in tx.ideas.with_words(idea_id=idea_id):
        tx.ideas.rewrite_event(id=row["id"], before=_wordless(row["before"]), after=_wordless(row["after"]))


def _wordless(told: str) -> str:
    return json.dumps({name: was for name, was in json.loads(told).items() if not name.endswith("words")})
