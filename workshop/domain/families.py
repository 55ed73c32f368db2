"""What an idea belongs to: the ideas it is made of, the one it is part of, its support and theme."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.domain import ideas, joining, support, themes, waiting
from workshop.domain.curating import Event
from workshop.domain.ideas import Idea
from workshop.domain.support import Tally
from workshop.domain.themes import Theme
from workshop.store import Tx

_NAMED = ("theme_id", "merged_into", "planned", "decided")


@dataclass(frozen=True)
class Part:
    """One original of a joined idea, with what that is made of itself. Of a joined one `words` are those it shows."""

    idea: Idea
    words: str
    support: Tally
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Family:
    """Everything around one idea. `above` is the joined idea it is part of in the end.

    `words` are what a joined idea says when it has no words of its own.
    """

    parts: tuple[Part, ...]
    words: str
    above: Idea | None
    support: Tally
    themes: tuple[Theme, ...]

    @property
    def makers(self) -> int:
        """Return how many makers' ideas are in it."""
        return sum(_count(one) for one in self.parts) or 1


def of(tx: Tx, idea: Idea, hidden_at: str | None = None) -> Family:
    """Return everything around an idea; not what its maker took away, and nothing made since `hidden_at`."""
    return Family(
        _parts(tx, idea, hidden_at),
        _words(tx, idea, hidden_at),
        joining.top(tx, idea) if idea.merged_into else None,
        support.tally(tx, idea),
        tuple(themes.of_workshop(tx, idea.workshop_id)),
    )


def formerly(tx: Tx, idea: Idea) -> list[Idea]:
    """Return the ideas that a joined one was made of, also after it was taken apart."""
    return [ideas.by_key(tx, idea.workshop_id, row["idea_id"]) for row in tx.board.was_made_of(joined_id=idea.id)]


def names_in(tx: Tx, workshop_id: str, events: list[Event]) -> dict[str, str]:
    """Return what keys in these events stand for: numbers of ideas, names of themes, kinds of decisions."""
    keys = {str(event.after[name]) for event in events for name in _NAMED if event.after.get(name)}
    rows = [row for key in sorted(keys) for row in tx.board.named(key=key, workshop_id=workshop_id)]
    return {row["id"]: row["name"] for row in rows}


def _parts(tx: Tx, idea: Idea, hidden_at: str | None) -> tuple[Part, ...]:
    there = [one for one in joining.originals(tx, idea) if _there(one, hidden_at)]
    return tuple(
        Part(one, _words(tx, one, hidden_at), support.tally(tx, one), _parts(tx, one, hidden_at)) for one in there
    )


def _there(idea: Idea, hidden_at: str | None) -> bool:
    return not idea.withdrawn_at and waiting.given_before(idea, hidden_at)


def _words(tx: Tx, idea: Idea, hidden_at: str | None) -> str:
    return joining.filled(tx, [idea], hidden_at=hidden_at)[0].words


def _count(part: Part) -> int:
    return sum(_count(one) for one in part.parts) or 1
