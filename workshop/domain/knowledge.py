"""What kind of knowledge an idea brings: lived experience, practice of a profession, or research. All three count.

The kind follows from the perspective its maker told, until a facilitator says otherwise; whose perspective tells
nothing has no kind. A joined idea has those of everybody in it. A theme that knows one kind only asks for the others.
"""

from __future__ import annotations

from typing import Final, Literal, cast, get_args

from workshop.domain import board, ideas
from workshop.domain.board import Card, Column
from workshop.domain.ideas import Idea
from workshop.domain.themes import Theme
from workshop.errors import Refused
from workshop.store import Tx

Kind = Literal["experience", "practice", "research"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
FROM: Final[dict[str, Kind]] = {
    "ervaringsdeskundige": "experience",
    "client": "experience",
    "mantelzorger": "experience",
    "burger": "experience",
    "vrijwilliger": "practice",
    "professional": "practice",
    "gemeente": "practice",
    "onderwijs": "research",
    "wetenschap": "research",
}
ENOUGH: Final = 2
"""From how many ideas with a kind a theme can be one-sided: one idea is always of one kind."""


def of(idea: Idea) -> Kind | None:
    """Return the kind of knowledge of an idea; None when nothing tells it."""
    return cast("Kind", idea.knowledge) if idea.knowledge else FROM.get(idea.perspective)


def choose(tx: Tx, idea: Idea, kind: str, who: str) -> Idea:
    """Say which kind of knowledge an idea brings; '' lets its perspective tell. The same again changes nothing.

    Raises `Refused('knowledge_unknown')`.
    """
    if kind not in ("", *KINDS):
        raise Refused("knowledge_unknown", "Choose experience, practice or research.")
    return idea if idea.knowledge == kind else ideas.apply(tx, idea, who, "knowledge", knowledge=kind)


def of_column(column: Column) -> Kind | None:
    """Return the only kind of knowledge in a theme; None when there are more kinds, or too few ideas to tell."""
    kinds = [kind for card in column.cards for kind in _of_card(card)]
    alone = column.theme is not None and len(kinds) >= ENOUGH and len(set(kinds)) == 1
    return kinds[0] if alone else None


def one_sided(tx: Tx, workshop_id: str) -> list[Theme]:
    """Return the themes that know one kind of knowledge only, in the order of the board."""
    return [one.theme for one in board.columns(tx, workshop_id) if one.theme and of_column(one)]


def _of_card(card: Card) -> list[Kind]:
    """Return the kind of every idea on a card of the board: of a joined one its own, or those of its makers."""
    makers = (card.idea,) if card.idea.knowledge or not card.leaves else card.leaves
    return [kind for kind in map(of, (*makers, *card.comments)) if kind]
