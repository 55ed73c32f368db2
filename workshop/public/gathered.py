"""The ideas of a card as one visitor sees them: whose they are, what was added to them, who recognises them.

A hall full of phones opens the same few cards. What is the same for all of them is looked up and put into words once
for every change in the workshop; what somebody gave or recognised is looked up for them alone. Each process keeps its
own, and looks at the pulse in the store first: what another process changed is seen at once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import current_app

from workshop import web
from workshop.domain import comments, ideas, joining, pulse, support, waiting, workshops
from workshop.domain.doors import Door
from workshop.domain.ideas import Idea
from workshop.house import read
from workshop.public.visitor import Here, device
from workshop.store import Tx

FEW = 3
"""So many additions stand under an idea on the page of a card; its own page has all of them."""
MOST_KEPT = 100
"""For so many cards the ideas are kept ready; a card has at most two hundred."""


@dataclass(frozen=True)
class Seen:
    """One idea before one visitor.

    `people`: how many participants gave it. `own`: this phone sent it. `recognised`: this phone said “Dat herken ik”.
    `count`: how many people did, None while facilitators keep that for themselves. `devices`: the phones it came from.
    """

    idea: Idea
    people: int
    added: tuple[Idea, ...]
    own: bool
    recognised: bool
    count: int | None
    devices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kept:
    """What a door shows to everybody alike, looked at again when the pulse of its workshop beats; with its pages.

    `about` is all that its pieces tell beside the ideas. Nothing is put into words again that did not change.
    """

    beat: int
    about: object
    seen: tuple[Seen, ...]
    pieces: dict[str, tuple[Seen, str]] = field(default_factory=dict)
    pages: dict[int, tuple[object, str]] = field(default_factory=dict)

    def piece(self, seen: Seen, made: Callable[[Seen], str]) -> str:
        """Return the piece of the page about one idea, made once for all who gave nothing to it themselves."""
        if seen.own or seen.recognised:
            return made(seen)
        known = self.pieces.get(seen.idea.id)
        if known is None or known[0] != seen:
            known = self.pieces[seen.idea.id] = seen, made(seen)
        return known[1]

    def page(self, letters: int, facts: object, made: Callable[[], str]) -> str:
        """Return the page around the ideas with letters of a size, made once for as long as these facts are so."""
        known = self.pages.get(letters)
        if known is None or known[0] != facts:
            known = self.pages[letters] = facts, made()
        return known[1]

    def after(self, beat: int, seen: tuple[Seen, ...]) -> Kept:
        """Return what is kept from this beat on."""
        there = {one.idea.id for one in seen}
        return replace(
            self, beat=beat, seen=seen, pieces={key: one for key, one in self.pieces.items() if key in there}
        )


def voter_of(mark: str | None) -> str:
    """Return as whom a phone recognises ideas; '' for one without a mark."""
    return f"device:{mark}" if mark else ""


def read_first(here: Here) -> bool:
    """Say whether a facilitator reads what this visitor sends before the group sees it."""
    channel = "qr" if here.in_group else "number"
    return read(waiting.first, here.workshop, here.door, channel, device() or "")


def gather(tx: Tx, door: Door, in_group: bool, mark: str | None) -> list[Seen]:
    """Return what this visitor sees at a door, newest first."""
    return list(_before(tx, _look(tx, door, in_group), mark))


def shown(here: Here, mark: str | None, names: object) -> tuple[list[Seen], Kept]:
    """Return what this visitor sees at a door, newest first, and what is the same for everybody: looked at once.

    `names` are those of the perspectives, that its pieces tell too.
    """
    kept: OrderedDict[Hashable, Kept] = current_app.extensions.setdefault("werkplaats-doors", OrderedDict())
    whose = (here.door.id, here.in_group, web.language())
    found, now = read(_shown, here, mark, kept.get(whose), (here, names))
    kept[whose] = now
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
    return found, now


def _shown(tx: Tx, here: Here, mark: str | None, kept: Kept | None, about: object) -> tuple[list[Seen], Kept]:
    beat = pulse.of(tx, here.workshop.id)
    if kept is None or kept.about != about:
        kept = Kept(beat, about, _look(tx, here.door, here.in_group))
    elif kept.beat != beat:
        kept = kept.after(beat, _look(tx, here.door, here.in_group))
    return _before(tx, kept.seen, mark), kept


def _look(tx: Tx, door: Door, in_group: bool) -> tuple[Seen, ...]:
    """Return what somebody sees at a door who gave nothing and recognises nothing, newest first."""
    workshop = workshops.at_door(tx, door.workshop_id)
    found = ideas.visible(tx, door, in_group)
    added = comments.under(tx, workshop.id, found, in_group)
    tallies = support.tallies(tx, workshop.id) if workshop.support_shown_at else None
    seen = []
    for idea in found:
        makers = [one for one in joining.leaves(tx, idea) if _counts(one, workshop.hidden_at)]
        seen.append(
            Seen(
                idea=idea,
                people=max(1, len(makers)),
                added=tuple(added.get(idea.id, ())),
                own=False,
                recognised=False,
                count=None if tallies is None else _count(tallies, idea.id),
                devices=frozenset(one.device for one in makers),
            )
        )
    return tuple(seen)


def _before(tx: Tx, seen: Sequence[Seen], mark: str | None) -> list[Seen]:
    """Return these ideas before one visitor: which of them are their own, and which they recognise."""
    if not mark or not seen:
        return list(seen)
    said = recognised(tx, seen[0].idea.workshop_id, [one.idea for one in seen], voter_of(mark))
    return [
        replace(one, own=mark in one.devices, recognised=one.idea.id in said)
        if mark in one.devices or one.idea.id in said
        else one
        for one in seen
    ]


def recognised(tx: Tx, workshop_id: str, found: list[Idea], voter: str) -> set[str]:
    """Return which of these ideas somebody recognises, also by way of what they were joined with."""
    said = support.recognised_by(tx, workshop_id, voter) if voter else set()
    by_name = {one.id for one in found}
    if said <= by_name:
        return said
    families = joining.families(tx, workshop_id)
    return {one.id for one in found if said & families.of(one.id)}


def _counts(leaf: Idea, hidden_at: str | None) -> bool:
    return not leaf.withdrawn_at and waiting.given_before(leaf, hidden_at)


def _count(tallies: Mapping[str, support.Tally], idea_id: str) -> int:
    found = tallies.get(idea_id)
    return found.recognised if found else 0
