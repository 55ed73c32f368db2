"""The board: all ideas of a workshop that stand by themselves, in the columns of their themes.

Only for looking: what moves an idea is in `themes`, what joins ideas in `joining`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from workshop.domain import comments, decisions, ideas, joining, support, themes
from workshop.domain.ideas import Idea, Picture
from workshop.domain.support import Tally
from workshop.domain.themes import Theme
from workshop.domain.waiting import given_before
from workshop.store import Tx

ALL = 10**9


@dataclass(frozen=True)
class Card:
    """One idea on the board. `idea.words` of a joined idea are those of its originals when it has none of its own.

    `pictures` come with the key of the maker's idea they belong to. `leaves` are the makers' ideas of a joined idea,
    `comments` what others added, `decision` the kind that was published, or else the one that is prepared.
    """

    idea: Idea
    pictures: tuple[tuple[str, Picture], ...]
    leaves: tuple[Idea, ...]
    comments: tuple[Idea, ...]
    support: Tally
    decision: str
    prepared: bool

    @property
    def mark(self) -> str:
        """Return a text that changes when anything on this card does."""
        others = [one.version for one in (*self.leaves, *self.comments)]
        return ".".join(map(str, (self.idea.version, self.support.total, self.decision, *others)))


@dataclass(frozen=True)
class Column:
    """A theme with its cards in their order; without a theme the ideas in none, oldest first.

    `left_out`: how many more there are, when there are too many to show.
    """

    theme: Theme | None
    cards: tuple[Card, ...]
    left_out: int = 0


@dataclass(frozen=True)
class Happening:
    """Something somebody did to an idea: who, what, and the idea's key and number."""

    who: str
    verb: str
    idea_id: str
    nr: int


def columns(
    tx: Tx, workshop_id: str, hidden_at: str | None = None, *, plans: bool = True, most: int = ALL
) -> list[Column]:
    """Return the ideas in no theme, and then every theme in its order. What was set aside is not on the board.

    With `hidden_at` nothing of ideas made since; without `plans` no decision that is only prepared; of each theme the
    first `most`.
    """
    known = themes.of_workshop(tx, workshop_id)
    keys = {one.id for one in known}
    piles: dict[str | None, list[Card]] = defaultdict(list)
    for card in cards(tx, workshop_id, hidden_at, plans=plans, most=most):
        piles[card.idea.theme_id if card.idea.theme_id in keys else None].append(card)
    piles[None].sort(key=lambda card: (card.idea.made_at, card.idea.id))
    left: dict[str | None, int] = defaultdict(int)
    if any(len(pile) >= most for pile in piles.values()):
        for row in tx.board.standing_counts(workshop_id=workshop_id, hidden_at=hidden_at):
            left[row["theme_id"] if row["theme_id"] in keys else None] += row["count"]
    return [
        Column(one, tuple(pile), max(0, left[key] - len(pile)))
        for one in (None, *known)
        for key in [one.id if one else None]
        for pile in [piles[key]]
    ]


def cards(tx: Tx, workshop_id: str, hidden_at: str | None = None, *, plans: bool = True, most: int = ALL) -> list[Card]:
    """Return the ideas of a workshop that stand by themselves, in the order within their theme; of each `most`."""
    rows = tx.board.standing(workshop_id=workshop_id, hidden_at=hidden_at, most=most)
    everything = ideas.with_pictures_of(tx, rows, workshop_id=workshop_id)
    found = [one for one in everything if given_before(one, hidden_at)]
    added = comments.of_many(tx, workshop_id, {one.id for one in found}, hidden_at)
    tallies, made = support.tallies(tx, workshop_id), decisions.all_of(tx, workshop_id)
    laid = []
    for idea in sorted(found, key=lambda one: (one.place, one.made_at, one.id)):
        leaves = leaves_of(tx, idea, hidden_at)
        decision = made.get(idea.decided or (idea.planned if plans else None) or "")
        laid.append(
            Card(
                joining.filled(tx, [idea], hidden_at=hidden_at)[0] if leaves else idea,
                tuple((one.id, picture) for one in (idea, *leaves) for picture in one.pictures),
                leaves,
                tuple(added.get(idea.id, ())),
                tallies.get(idea.id, Tally()),
                decision.kind if decision else "",
                bool(decision and not idea.decided),
            )
        )
    return laid


def happened_since(tx: Tx, workshop_id: str, after: str, but: str) -> list[Happening]:
    """Return what others than `but` did after a mark of `looking.newest`, oldest first; `who` is a name or 'maker'.

    What was done in one go to many ideas is one thing: of joining only the new idea is named.
    """
    rows = tx.looking.changed(workshop_id=workshop_id, facilitator_id=but, after=after)
    joins = {row["batch"] for row in rows if row["verb"] == "joins"}
    return [
        Happening(row["name"], row["verb"], row["idea_id"], row["nr"])
        for row in rows
        if row["verb"] != "follows" and not (row["batch"] in joins and row["verb"] in ("joined", "placed"))
    ]


def leaves_of(tx: Tx, idea: Idea, hidden_at: str | None = None) -> tuple[Idea, ...]:
    """Return the makers' ideas that a joined one shows; nothing for any other."""
    found = joining.leaves(tx, idea) if idea.channel == "joined" else []
    return tuple(
        one for one in found if not one.withdrawn_at and one.status != "set_aside" and given_before(one, hidden_at)
    )
