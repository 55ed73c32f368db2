"""Everything of a workshop to take along: each idea with where it belongs and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshop.domain import answers, decisions, ideas, joining, perspectives, staying, support, themes, workshops
from workshop.domain.decisions import Decision
from workshop.domain.ideas import Idea
from workshop.store import Tx


@dataclass(frozen=True)
class Taken:
    """One idea: its theme's name, the numbers of what it is joined into and adds to (0 for none), what was decided.

    `support` is how many people and dots stand behind it, None while only the desk sees that. `side` is its
    perspective, by its name when it is one of the workshop's own.
    """

    idea: Idea
    theme: str
    joined_into: int
    about: int
    decision: Decision | None
    answered: bool
    support: int | None
    side: str = ""


def everything(tx: Tx, workshop_id: str, before: str | None = None) -> list[Taken]:
    """Return every idea that was not taken away, joined ones and what they are made of too, oldest first.

    What stays in the group is not among them: say how many those are with `stayed`.
    `before` leaves out what was made since that moment, also inside joined ideas: for whoever may not see it yet.
    """
    stays = staying.kept(tx, workshop_id)
    rows = [row for row in _rows(tx, workshop_id, before) if row["id"] not in stays]
    found = ideas.with_pictures_of(tx, rows, workshop_id=workshop_id)
    by_key = {one.id: one for one in found}
    own = {one.id: one.name for one in perspectives.own_ones(tx, workshop_id)}
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
            side=own.get(idea.perspective, idea.perspective),
        )
        for idea in joining.filled(tx, found, hidden_at=before)
    ]


def stayed(tx: Tx, workshop_id: str, before: str | None = None) -> int:
    """Return how many ideas stay in the group, and so go along with nobody."""
    stays = staying.kept(tx, workshop_id)
    return sum(row["id"] in stays for row in _rows(tx, workshop_id, before)) if stays else 0


def _rows(tx: Tx, workshop_id: str, before: str | None) -> list[dict[str, Any]]:
    return [row for row in tx.taking.ideas(workshop_id=workshop_id) if before is None or row["made_at"] < before]


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
