"""Everything of a workshop to take along: each idea with where it belongs and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.domain import answers, decisions, ideas, joining, support, themes, workshops
from workshop.domain.decisions import Decision
from workshop.domain.ideas import Idea
from workshop.store import Tx


@dataclass(frozen=True)
class Taken:
    """One idea: its theme's name, the numbers of what it is joined into and adds to (0 for none), what was decided.

    `support` is how many people and dots stand behind it, None while only the desk sees that.
    """

    idea: Idea
    theme: str
    joined_into: int
    about: int
    decision: Decision | None
    answered: bool
    support: int | None


def everything(tx: Tx, workshop_id: str, before: str | None = None) -> list[Taken]:
    """Return every idea that was not taken away, joined ones and what they are made of too, oldest first.

    `before` leaves out what was made since that moment, also inside joined ideas: for whoever may not see it yet.
    """
    rows = [row for row in tx.taking.ideas(workshop_id=workshop_id) if before is None or row["made_at"] < before]
    found = ideas.with_pictures_of(tx, rows, workshop_id=workshop_id)
    by_key = {one.id: one for one in found}
    named = {theme.id: theme.name for theme in themes.of_workshop(tx, workshop_id)}
    decided = decisions.all_of(tx, workshop_id)
    answered = {given.answer.idea_id for given in answers.to_give(tx, workshop_id, again=True)}
    counts = support.tallies(tx, workshop_id) if workshops.at_door(tx, workshop_id).support_shown_at else None
    return [
        Taken(
            idea=idea,
            theme=named.get(idea.theme_id or "", ""),
            joined_into=_nr(by_key, idea.merged_into),
            about=_nr(by_key, idea.about_id),
            decision=decided.get(_decided(by_key, idea)),
            answered=idea.id in answered,
            support=None if counts is None else counts.get(idea.id, support.Tally()).total,
        )
        for idea in joining.filled(tx, found, hidden_at=before)
    ]


def _nr(by_key: Mapping[str, Idea], key: str | None) -> int:
    found = by_key.get(key or "")
    return found.nr if found else 0


def _decided(by_key: Mapping[str, Idea], idea: Idea | None) -> str:
    """Return the key of what was decided on an idea, or on what it is part of."""
    while idea is not None:
        if idea.decided:
            return idea.decided
        idea = by_key.get(idea.merged_into or "")
    return ""
