"""Walls: what hangs in the room or in the hall, on a screen and on paper, in an order that favours nobody.

What a wall shows is worked out here and nowhere else, so that everything that is hidden, held, set aside or taken
away is missing from all of them at once. Walls of the group hang in the room where the workshop is; walls for
everyone hang where anybody passes, and show only what its maker allows everyone and a person put on the wall.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from workshop import clock, ids
from workshop.domain import (
    decisions,
    doors,
    ideas,
    joining,
    network_cards,
    perspectives,
    support,
    themes,
    waiting,
    workshops,
)
from workshop.domain.decisions import Decision
from workshop.domain.ideas import Idea, Picture
from workshop.domain.support import Tally
from workshop.errors import Refused, Stale
from workshop.store import Tx

Audience = Literal["group", "everyone"]
By = Literal["theme", "card"]
MOST_ON_SCREEN = 1000
"""More ideas do not hang on a screen: turning to all of them would take hours."""
ALL = 10**9


@dataclass(frozen=True)
class Wall:
    """One wall. Its `key` is in its address; `focus_id` is the one idea, `round_id` the one round it shows large."""

    id: str
    workshop_id: str
    key: str
    audience: Audience
    by_what: By
    focus_id: str | None
    round_id: str | None
    closed_at: str | None
    made_at: str
    version: int


@dataclass(frozen=True)
class Found:
    """A wall with the pulse and the language of its workshop: all that a watcher who knows the rest asks for."""

    wall: Wall
    beat: int
    language: str


@dataclass(frozen=True)
class Shown:
    """One idea on a wall. `people` gave it; `names` are theirs, of those who allow it; `added` are ideas about it.

    `support` is None as long as nobody outside the desk may see it; `theme` is the name of its theme, or ''.
    `question`: it was sent while only questions could be. `own_side` is the name of its perspective when that is one of
    the workshop's own.
    """

    id: str
    nr: int
    words: str
    pictures: tuple[Picture, ...]
    people: int
    names: tuple[str, ...]
    perspective: str
    card_id: str
    theme: str
    decision: Decision | None
    support: Tally | None
    added: tuple[Shown, ...] = ()
    own_side: str = ""
    question: bool = False

    @property
    def status(self) -> str:
        """Return what was decided, 'wall' as long as nothing was."""
        return self.decision.kind if self.decision else "wall"


@dataclass(frozen=True)
class Section:
    """Ideas that hang together. `name` is a theme, '' for none; by card it is '' and `card_id` says which."""

    name: str
    card_id: str
    ideas: tuple[Shown, ...]


@dataclass(frozen=True)
class WallContent:
    """What a wall shows now; `hidden` is how many ideas wait until they are revealed, None when nothing is hidden.

    `left_out` is how many could hang there too, when there are too many for one wall.
    """

    sections: tuple[Section, ...]
    count: int
    hidden: int | None
    focus: Shown | None
    left_out: int = 0

    @property
    def pictures(self) -> dict[str, Picture]:
        """Return every picture on this wall by its key."""
        hanging = [idea for section in self.sections for idea in section.ideas]
        hanging += [one for idea in hanging for one in idea.added]
        return {picture.id: picture for idea in hanging for picture in idea.pictures}


def make(tx: Tx, workshop_id: str, audience: str, by_what: str = "theme") -> Wall:
    """Make a wall with an address of its own, and the number by which people join from it.

    Raises `Refused('wall_kind')` for another audience or order.
    """
    if audience not in ("group", "everyone") or by_what not in ("theme", "card"):
        raise Refused("wall_kind", "Choose where the wall hangs.")
    doors.open_for(tx, workshop_id, [doors.OWN])
    key = ids.new()
    tx.walls.make(id=key, workshop_id=workshop_id, key=ids.key(), audience=audience, by_what=by_what, at=clock.now())
    return find(tx, workshop_id, key)


def of_workshop(tx: Tx, workshop_id: str) -> list[Wall]:
    """Return the walls of a workshop, oldest first, the closed ones too."""
    return [_of(row) for row in tx.walls.of_workshop(workshop_id=workshop_id)]


def find(tx: Tx, workshop_id: str, wall_id: str) -> Wall:
    """Return a wall of this workshop. Raises `Refused('no_wall')`."""
    row = tx.walls.find(id=wall_id, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_wall", "This wall does not exist.")
    return _of(row)


def by_key(tx: Tx, key: str) -> Found | None:
    """Return the wall with this key, in any case; None when there is none."""
    row = tx.walls.by_key(key=key.upper())
    return Found(_of(row), row["beat"] or 0, row["language"]) if row else None


def change(tx: Tx, wall: Wall, /, **changes: Any) -> Wall:
    """Change `by_what`, `focus_id` or `round_id`; '' or None takes the large one away.

    Raises `Refused('no_idea')` for an idea of somebody else, and `Stale` when the wall was changed since it was loaded.
    """
    if changes.get("focus_id"):
        ideas.by_key(tx, wall.workshop_id, changes["focus_id"])
    if changes.get("by_what", "theme") not in ("theme", "card"):
        raise Refused("wall_kind", "Choose where the wall hangs.")
    wanted: dict[str, Any] = {name: value or None for name, value in changes.items()}
    now = replace(wall, **wanted)
    if now == wall:
        return wall
    names = ("by_what", "focus_id", "round_id", "closed_at", "id", "version")
    if tx.walls.change(**{name: getattr(now, name) for name in names}) is None:
        raise Stale(find(tx, wall.workshop_id, wall.id))
    return find(tx, wall.workshop_id, wall.id)


def close(tx: Tx, wall: Wall) -> Wall:
    """Let a wall show nothing any more: its address was lost, or it is not needed."""
    return wall if wall.closed_at else change(tx, wall, closed_at=clock.now())


def reopen(tx: Tx, wall: Wall) -> Wall:
    """Let a closed wall show again."""
    return change(tx, wall, closed_at=None)


def content(tx: Tx, wall: Wall) -> WallContent:
    """Return what a wall shows now; nothing once it is closed, and no more than `MOST_ON_SCREEN` ideas."""
    if wall.closed_at:
        return WallContent((), 0, None, None)
    return hanging(tx, wall.workshop_id, wall.audience, wall.by_what, wall.focus_id, most=MOST_ON_SCREEN)


def hanging(
    tx: Tx,
    workshop_id: str,
    audience: Audience,
    by_what: By = "theme",
    focus_id: str | None = None,
    without: Collection[str] = (),
    most: int = ALL,
) -> WallContent:
    """Return what this audience may see of a workshop: on any wall, and on paper without one.

    `without` are keys of ideas to leave out: of what leaves the group, those that stay (`staying.kept`). Of more than
    `most` ideas some hang, those that chance says, and always the same.
    """
    hidden_at = workshops.at_door(tx, workshop_id).hidden_at
    everyone = audience == "everyone"
    who = {"workshop_id": workshop_id, "everyone": int(everyone), "private": network_cards.BEING}
    rows = tx.walls.ideas(**who, focus_id=focus_id, most=most)
    whole = tx.walls.counts(**who, hidden_at=hidden_at) if len(rows) == most else None
    rows = [row for row in rows if row["id"] not in without]
    allowed = ideas.with_pictures_of(tx, rows, workshop_id=workshop_id)
    open_now = [one for one in allowed if waiting.given_before(one, hidden_at)]
    filled = joining.filled(tx, open_now, everyone=everyone, hidden_at=hidden_at)
    there = {one.id: one for one in filled if one.words or one.pictures}
    belongs = {row["id"]: (row["merged_into"], row["about_id"]) for row in tx.walls.families(workshop_id=workshop_id)}
    label = _Label.of(tx, workshop_id, hidden_at)
    shown = {key: one for key, idea in there.items() if (one := label.shown(tx, idea)).people}
    added: dict[str, list[Shown]] = defaultdict(list)
    for idea in sorted(there.values(), key=lambda idea: (idea.made_at, idea.id)):
        if idea.about_id and idea.id in shown:
            added[_root(belongs, idea.id)].append(shown[idea.id])
    mains = [idea for idea in there.values() if idea.id in shown and not idea.about_id]
    shown = {
        one.id: replace(shown[one.id], added=tuple(added[one.id])) if one.id in added else shown[one.id]
        for one in mains
    }
    hidden = whole["hidden"] if whole else len(allowed) - len(open_now)
    return WallContent(
        _sections(tx, workshop_id, mains, shown, by_what),
        len(shown),
        hidden if hidden_at else None,
        shown.get(_root(belongs, focus_id)) if focus_id else None,
        max(0, whole["ideas"] - len(shown)) if whole else 0,
    )


def said_by(shown: Shown, language: str) -> str:
    """Return whose idea it is, so that nobody takes it for the organiser's: “Idee van een deelnemer: Riet”."""
    return f"{'Idee' if language == 'nl' else 'Idea'} {giver(shown, language)}"


def giver(shown: Shown, language: str) -> str:
    """Return who gave it: “van een deelnemer: Riet (mantelzorger)”, “van 3 deelnemers”."""
    dutch = language == "nl"
    if shown.people > 1:
        said = f"van {shown.people} deelnemers" if dutch else f"of {shown.people} participants"
    else:
        said = "van een deelnemer" if dutch else "of a participant"
    if shown.names:
        said += ": " + ", ".join(shown.names)
    side = perspectives.name(shown.perspective, language, shown.own_side)
    return f"{said} ({side})" if side else said


@dataclass(frozen=True)
class _Label:
    """What is said beside the ideas of one workshop."""

    themes: Mapping[str, str]
    decided: Mapping[str, Decision]
    tallies: Mapping[str, Tally] | None
    hidden_at: str | None
    own_sides: Mapping[str, str]

    @classmethod
    def of(cls, tx: Tx, workshop_id: str, hidden_at: str | None) -> _Label:
        counts = workshops.at_door(tx, workshop_id).support_shown_at is not None
        return cls(
            {one.id: one.name for one in themes.of_workshop(tx, workshop_id)},
            decisions.all_of(tx, workshop_id),
            support.tallies(tx, workshop_id) if counts else None,
            hidden_at,
            {one.id: one.name for one in perspectives.own_ones(tx, workshop_id)},
        )

    def shown(self, tx: Tx, idea: Idea) -> Shown:
        """Return an idea as it hangs, with whose it is."""
        makers = [one for one in joining.leaves(tx, idea) if waiting.seen_by_group(one, self.hidden_at)]
        return Shown(
            id=idea.id,
            nr=idea.nr,
            words=idea.words,
            pictures=idea.pictures,
            people=len(makers),
            names=tuple(one.maker for one in makers if one.maker and one.seen_by == "everyone_named"),
            perspective=idea.perspective,
            card_id=idea.card_id,
            theme=self.themes.get(idea.theme_id or "", ""),
            decision=self.decided.get(idea.decided or ""),
            support=None if self.tallies is None else self.tallies.get(idea.id, Tally()),
            own_side=self.own_sides.get(idea.perspective, ""),
            question=idea.question,
        )


def _sections(
    tx: Tx, workshop_id: str, mains: list[Idea], shown: Mapping[str, Shown], by_what: By
) -> tuple[Section, ...]:
    """Return the ideas by theme or by card, each section in an order that favours nobody."""
    groups: dict[str, list[Idea]] = defaultdict(list)
    for one in mains:
        groups[one.card_id if by_what == "card" else one.theme_id or ""].append(one)

    def section(name: str, card_id: str, found: Iterable[Idea]) -> Section:
        return Section(name, card_id, tuple(shown[one.id] for one in found))

    if by_what == "card":
        return tuple(section("", card, _fair(groups[card])) for card in sorted(groups))
    moved = _by_hand(tx, workshop_id)
    named = [
        section(theme.name, "", _fair(groups[theme.id], theme.id in moved))
        for theme in themes.of_workshop(tx, workshop_id)
        if theme.id in groups
    ]
    known = {theme.id for theme in themes.of_workshop(tx, workshop_id)}
    loose = [one for key, found in groups.items() if key not in known for one in found]
    return (*named, *((section("", "", _fair(loose)),) if loose else ()))


def _fair(found: list[Idea], in_order: bool = False) -> list[Idea]:
    """Return ideas shuffled, the same way each time: who comes later or shouts louder gets no better place.

    A new idea takes a place between the others and leaves them in their order. `in_order` keeps the facilitators' own.
    """
    if in_order:
        return sorted(found, key=lambda one: (one.place, one.made_at, one.id))
    return sorted(found, key=lambda one: hashlib.sha256(one.id.encode()).digest())


def _by_hand(tx: Tx, workshop_id: str) -> set[str]:
    """Return the themes in which a facilitator put ideas in an order, rather than one after the other."""
    found: set[str] = set()
    newest: dict[str, dict[str, Any]] = {}
    for row in tx.walls.put_in_themes(workshop_id=workshop_id):
        before, after = json.loads(row["before"]), json.loads(row["after"])
        if before.get("theme_id") == after.get("theme_id") == row["theme_id"]:
            found.add(row["theme_id"])
        newest[row["idea_id"]] = row
    last: dict[str, float] = {}
    for row in sorted(newest.values(), key=lambda row: str(row["id"])):
        if row["place"] < last.get(row["theme_id"], row["place"]):
            found.add(row["theme_id"])
        last[row["theme_id"]] = row["place"]
    return found


def _root(belongs: Mapping[str, tuple[str | None, str | None]], key: str) -> str:
    """Return the idea under which this one is found: what it adds to, and the joined idea that is part of."""
    seen = set[str]()
    while key in belongs and key not in seen:
        seen.add(key)
        merged_into, about_id = belongs[key]
        key = merged_into or about_id or key
    return key


def _of(row: dict[str, Any]) -> Wall:
    return Wall(**{name: row[name] for name in Wall.__dataclass_fields__})
