"""Themes: groups of ideas, in an order and with a name in plain words.

An idea is in one theme or in none, at a place a facilitator gave it; every move is a row of its history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workshop import clock, ids
from workshop.domain import ideas, pulse
from workshop.domain.ideas import Idea
from workshop.errors import Refused, Stale
from workshop.store import Tx

MOST_SIGNS = 60


@dataclass(frozen=True)
class Theme:
    """One theme; `count` is how many ideas are in it, `place` its place among the themes."""

    id: str
    workshop_id: str
    name: str
    place: float
    version: int
    count: int


def of_workshop(tx: Tx, workshop_id: str) -> list[Theme]:
    """Return the themes of a workshop in their order."""
    return [_of(row) for row in tx.themes.of_workshop(workshop_id=workshop_id)]


def find(tx: Tx, workshop_id: str, theme_id: str) -> Theme:
    """Return a theme of this workshop. Raises `Refused('no_theme')`."""
    found = next((one for one in of_workshop(tx, workshop_id) if one.id == theme_id), None)
    if found is None:
        raise Refused("no_theme", "This theme does not exist any more.")
    return found


def make(tx: Tx, workshop_id: str, name: str) -> Theme:
    """Make a theme, as the last one. Raises `Refused`: 'theme_name' without a name, 'theme_twice' when it exists."""
    said = _checked(tx, workshop_id, name, "")
    last = max((one.place for one in of_workshop(tx, workshop_id)), default=0.0)
    key = ids.new()
    tx.themes.make(id=key, workshop_id=workshop_id, name=said, place=last + 1, at=clock.now())
    pulse.beat(tx, workshop_id)
    return find(tx, workshop_id, key)


def rename(tx: Tx, theme: Theme, name: str) -> Theme:
    """Give a theme another name. Raises `Stale` when somebody else changed it first, and as `make` does."""
    said = _checked(tx, theme.workshop_id, name, theme.id)
    return _changed(tx, theme, name=said, place=theme.place)


def move(tx: Tx, theme: Theme, before: str) -> Theme:
    """Put a theme before another one; '' puts it last."""
    others = [one for one in of_workshop(tx, theme.workshop_id) if one.id != theme.id]
    return _changed(tx, theme, name=theme.name, place=_between([(one.id, one.place) for one in others], before))


def remove(tx: Tx, theme: Theme, who: str) -> None:
    """Take a theme away; its ideas are in none then."""
    for idea in in_theme(tx, theme.workshop_id, theme.id):
        ideas.apply(tx, idea, who, "themed", theme_id=None)
    tx.themes.remove(id=theme.id, at=clock.now())
    pulse.beat(tx, theme.workshop_id)


def bring_back(tx: Tx, workshop_id: str, theme_id: str) -> Theme:
    """Undo taking a theme away; its ideas come back with `curating.undo_batch`."""
    tx.themes.bring_back(id=theme_id, workshop_id=workshop_id)
    pulse.beat(tx, workshop_id)
    return find(tx, workshop_id, theme_id)


def in_theme(tx: Tx, workshop_id: str, theme_id: str | None) -> list[Idea]:
    """Return the ideas of a theme in their order; of None those in no theme, oldest first."""
    rows = tx.themes.ideas_in(workshop_id=workshop_id, theme_id=theme_id)
    return ideas.with_pictures_of(tx, rows, workshop_id=workshop_id)


def put(tx: Tx, idea: Idea, theme_id: str | None, who: str, before: str = "") -> Idea:
    """Put an idea in a theme (None: in none), before another idea there; '' puts it last. Twice changes nothing."""
    if theme_id is None:
        return ideas.apply(tx, idea, who, "themed", theme_id=None) if idea.theme_id else idea
    find(tx, idea.workshop_id, theme_id)
    others = [one for one in in_theme(tx, idea.workshop_id, theme_id) if one.id != idea.id]
    place = _between([(one.id, one.place) for one in others], before)
    after = [one for one in others if one.place > idea.place]
    if idea.theme_id == theme_id and (after[0].id if after else "") == before:
        return idea
    return ideas.apply(tx, idea, who, "themed", theme_id=theme_id, place=place)


def _between(others: list[tuple[str, float]], before: str) -> float:
    """Return a place just before one of `others` (key, place), or after all of them."""
    keys = [key for key, _ in others]
    if before not in keys:
        return others[-1][1] + 1 if others else 1.0
    at = keys.index(before)
    return (others[at - 1][1] + others[at][1]) / 2 if at else others[0][1] - 1


def _changed(tx: Tx, theme: Theme, **values: Any) -> Theme:
    if tx.themes.change(id=theme.id, version=theme.version, **values) is None:
        raise Stale(find(tx, theme.workshop_id, theme.id))
    pulse.beat(tx, theme.workshop_id)
    return find(tx, theme.workshop_id, theme.id)


def _checked(tx: Tx, workshop_id: str, name: str, own_id: str) -> str:
    said = " ".join(ideas.plain(name).split())
    if not said:
        raise Refused("theme_name", "Give the theme a name.")
    if len(said) > MOST_SIGNS:
        raise Refused("theme_long", most=str(MOST_SIGNS))
    if any(one.name.lower() == said.lower() and one.id != own_id for one in of_workshop(tx, workshop_id)):
        raise Refused("theme_twice", f"There is a theme “{said}” already.")
    return said


def _of(row: dict[str, Any]) -> Theme:
    return Theme(**{name: row[name] for name in Theme.__dataclass_fields__})
