"""Who made a result and what of it may be shown to whom: worked out here, for its page, its poster and its cards.

A maker is named only when that is their own choice; everybody else is counted. An idea is quoted in the words that are
shown of it. What stays in the group (“Dit blijft hier”), and what is hidden, held or set aside, is counted and never
quoted. Ideas on paper, by phone and by number are alike here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from workshop.domain import answers, ideas, joining, staying, waiting, workshops
from workshop.domain.ideas import Idea, Picture
from workshop.errors import Refused
from workshop.store import Tx

Audience = Literal["group", "everyone"]


@dataclass(frozen=True)
class Quote:
    """An idea as it is shown: its number and words, its pictures, and the name of its maker, '' without one."""

    id: str
    nr: int
    words: str
    pictures: tuple[Picture, ...]
    name: str


@dataclass(frozen=True)
class Content:
    """What is told beside the words of a result.

    `names` are of makers who want that, each once; `nameless` counts the others. `quotes` are the ideas that may be
    shown, by number; `unseen` counts those that may not.
    """

    names: tuple[str, ...]
    nameless: int
    quotes: tuple[Quote, ...]
    unseen: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the ideas that may be shown."""
        return tuple(one.nr for one in self.quotes)


def tops(tx: Tx, workshop_id: str, chosen: Iterable[Idea]) -> list[Idea]:
    """Return what the chosen ideas are part of by now, each once: a joined one counts with all its originals.

    Of a joined one that was taken apart its originals count. What was set aside or taken away does not.
    """
    gone = joining.families(tx, workshop_id).gone
    found: dict[str, Idea] = {}
    for idea in chosen:
        for one in _standing(tx, idea, gone):
            top = joining.top(tx, one)
            if not top.withdrawn_at and top.status not in ("set_aside", "apart"):
                found[top.id] = top
    return sorted(found.values(), key=lambda one: one.nr)


def makers(tx: Tx, found: Iterable[Idea]) -> list[Idea]:
    """Return the ideas of everybody who contributed to these, each once, by number: who added to them as well."""
    there = {one.id: one for top in found for one in answers.makers(tx, top)}
    return sorted(there.values(), key=lambda one: one.nr)


def shown(tx: Tx, workshop_id: str, chosen: Iterable[Idea], audience: Audience) -> Content:
    """Return who contributed to these ideas, and what of theirs this audience may see."""
    whole = tops(tx, workshop_id, chosen)
    looked_at = {one.id for top in whole for one in joining.leaves(tx, top)}
    rule = _Rule(audience, workshops.at_door(tx, workshop_id).hidden_at, staying.kept(tx, workshop_id), looked_at)
    there = makers(tx, whole)
    quotes = tuple(_quote(one) for one in there if rule.allows(one))
    named = [one.name for one in quotes if one.name]
    names = {name.casefold(): name for name in reversed(named)}
    return Content(
        names=tuple(sorted(names.values(), key=str.casefold)),
        nameless=len(there) - len(named),
        quotes=tuple(one for one in quotes if one.words or one.pictures),
        unseen=sum(not rule.allows(one) for one in there),
    )


@dataclass(frozen=True)
class _Rule:
    """What one audience may see. `looked_at` are ideas that somebody chose: a person's check, as hanging them up is."""

    audience: Audience
    hidden_at: str | None
    stays: set[str]
    looked_at: set[str]

    def allows(self, idea: Idea) -> bool:
        """Say whether an idea may be quoted: by its maker's choice, and after somebody looked."""
        if idea.stays or idea.id in self.stays or not waiting.seen_by_group(idea, self.hidden_at):
            return False
        checked = idea.id in self.looked_at or idea.status == "wall"
        return self.audience == "group" or (idea.seen_by != "group" and checked)


def _quote(idea: Idea) -> Quote:
    name = idea.maker if idea.seen_by == "everyone_named" else ""
    return Quote(idea.id, idea.nr, idea.words, idea.pictures, name)


def _standing(tx: Tx, idea: Idea, gone: Mapping[str, Sequence[str]]) -> Iterator[Idea]:
    """Yield the idea, or when it was taken apart what it was made of."""
    if idea.status != "apart":
        yield idea
        return
    for part in [part for part, wholes in gone.items() if idea.id in wholes]:
        try:
            yield from _standing(tx, ideas.by_key(tx, idea.workshop_id, part), gone)
        except Refused:  # erased since
            continue
