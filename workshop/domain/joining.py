"""Joining ideas that say the same, so that everybody who gave one is kept.

Joining makes a new idea without a maker; its originals stay as they are and point to it. Taking it apart lets them
stand by themselves again, just as they were, at any time; who supported the joined idea supports each of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workshop import clock, ids
from workshop.domain import consent, ideas, waiting
from workshop.errors import Refused
from workshop.store import Tx

if TYPE_CHECKING:
    from workshop.domain.ideas import Idea


@dataclass(frozen=True)
class Families:
    """Which ideas of a workshop are made of which: parts of those that are joined, and wholes that were taken apart."""

    parts: Mapping[str, Sequence[str]]
    gone: Mapping[str, Sequence[str]]

    @property
    def joined(self) -> set[str]:
        """Return the keys of all ideas whose family is more than themselves."""
        return {*self.parts, *self.gone}

    def of(self, key: str) -> set[str]:
        """Return what counts for an idea: itself, all it is made of, and joined ideas that any of these once was in."""
        inside = _reached({key}, self.parts)
        return _reached(inside, self.gone)


def families(tx: Tx, workshop_id: str) -> Families:
    """Return who belongs to whom in a workshop, in one look."""
    parts: dict[str, list[str]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    for row in tx.joining.links(workshop_id=workshop_id):
        if row["apart"]:
            gone[row["part"]].append(row["whole"])
        else:
            parts[row["whole"]].append(row["part"])
    return Families(parts, gone)


def join(tx: Tx, workshop_id: str, idea_ids: Sequence[str], words: str, who: str) -> Idea:
    """Join two or more ideas into one that names them, and return it.

    `words` are what it says; with '' it says what its originals say. Raises `Refused`: 'join_two' for less than two
    different ideas, 'join_aside' for one set aside or taken away, 'join_joined' for one that is part of another, and
    'private' for one that its maker told the facilitators only.
    """
    found = [ideas.by_key(tx, workshop_id, one) for one in dict.fromkeys(idea_ids)]
    if len(found) < 2:
        raise Refused("join_two", "Choose two ideas or more.")
    if any(one.withdrawn_at or one.status in ("set_aside", "apart") or one.about_id for one in found):
        raise Refused("join_aside", "One of these is set aside or taken away.")
    if any(one.merged_into for one in found):
        raise Refused("join_joined", "One of these is joined with others already.")
    for one in filter(waiting.private, found):
        raise Refused("private", "One of these is for the facilitators only.", nr=str(one.nr))
    joined = _begin(tx, found, ideas.checked(words, ()) if words.strip() else "", who)
    for one in found:
        read = {"status": "read"} if one.status == "received" else {}
        ideas.apply(tx, one, who, "joined", merged_into=joined.id, held=False, **read)
        tx.joining.note(joined_id=joined.id, idea_id=one.id)
    on_wall = any(one.status == "wall" for one in found)
    joined = ideas.by_key(tx, workshop_id, joined.id)
    return ideas.apply(tx, joined, who, "joins", status="wall" if on_wall else "read")


def take_apart(tx: Tx, idea: Idea, who: str) -> list[Idea]:
    """Let the originals of a joined idea stand by themselves, or in the idea it was part of itself; return them.

    Raises `Refused('not_joined')` for any other idea.
    """
    parts = originals(tx, idea)
    if idea.channel != "joined" or not parts:
        raise Refused("not_joined", "This idea is not made of others.")
    for one in parts:
        ideas.apply(tx, one, who, "taken apart", merged_into=idea.merged_into)
        if idea.merged_into:
            tx.joining.note(joined_id=idea.merged_into, idea_id=one.id)
    emptied = ideas.by_key(tx, idea.workshop_id, idea.id)
    ideas.apply(tx, emptied, who, "taken apart", status="apart", merged_into=None)
    return [ideas.by_key(tx, idea.workshop_id, one.id) for one in parts]


def originals(tx: Tx, idea: Idea) -> list[Idea]:
    """Return what a joined idea was made of, oldest first; of any other idea nothing."""
    rows = tx.joining.originals(idea_id=idea.id)
    return ideas.with_pictures_of(tx, rows, workshop_id=idea.workshop_id)


def leaves(tx: Tx, idea: Idea) -> list[Idea]:
    """Return the ideas of makers that an idea stands for, oldest first; an idea that was not joined is its own."""
    if idea.channel != "joined":
        return [idea]
    return ideas.with_pictures_of(tx, tx.joining.leaves(idea_id=idea.id), workshop_id=idea.workshop_id)


def top(tx: Tx, idea: Idea) -> Idea:
    """Return the idea that this one is part of in the end; itself when it is part of none."""
    while idea.merged_into:
        idea = ideas.by_key(tx, idea.workshop_id, idea.merged_into)
    return idea


def filled(tx: Tx, found: Iterable[Idea], *, everyone: bool = False, hidden_at: str | None = None) -> list[Idea]:
    """Return ideas to show: a joined one with the pictures of its originals, and their words when it has none.

    With `everyone` only of originals that everyone may see. With `hidden_at` nothing of originals made since. As long
    as one is hidden, held or set aside, its own words may say what that says: then the others' words are shown.
    Never for changing: these words are not its own.
    """
    return [_filled(tx, one, everyone, hidden_at) if one.channel == "joined" else one for one in found]


def follow(tx: Tx, before: Idea, now: Idea) -> None:
    """Let joined ideas follow what became of an original: no wider than the narrowest, and gone when all are gone.

    When an original was taken away its words may be among those of the joined idea: that then says again what the
    others say, until a facilitator writes it anew.
    """
    parents = {one for one in (before.merged_into, now.merged_into) if one}
    taken_away = bool(now.withdrawn_at and not before.withdrawn_at)
    for parent in parents:
        follow_parts(tx, before.workshop_id, parent, taken_away)
    if taken_away:
        _forget_words(tx, before)


def follow_parts(tx: Tx, workshop_id: str, key: str, taken_away: bool = False) -> None:
    """Let one joined idea be as narrow as what it is made of is now; `taken_away`: one of those was, just now."""
    joined = ideas.by_key(tx, workshop_id, key)
    parts = originals(tx, joined)
    there = [one for one in parts if not one.withdrawn_at]
    narrow = any(one.seen_by == "group" for one in there)
    visibility = "group" if narrow or not there else "everyone"
    gone_at = joined.withdrawn_at or clock.now() if parts and not there else None
    words = "" if taken_away else joined.words
    stays = any(one.stays for one in there)
    wanted = {"visibility": visibility, "stays": stays, "withdrawn_at": gone_at, "words": words}
    changes = {name: value for name, value in wanted.items() if getattr(joined, name) != value}
    if changes:
        ideas.apply(tx, joined, ideas.MAKER, "follows", **changes)


def _forget_words(tx: Tx, gone: Idea) -> None:
    """Empty the words of all that an idea was ever part of, also higher up or taken apart: its own may be in them."""
    for row in tx.ideas.ever_above(idea_id=gone.id):
        if tx.ideas.find(id=row["id"], workshop_id=gone.workshop_id):
            joined = ideas.by_key(tx, gone.workshop_id, row["id"])
            if joined.words:
                ideas.apply(tx, joined, ideas.MAKER, "follows", words="")


def _filled(tx: Tx, idea: Idea, everyone: bool, hidden_at: str | None) -> Idea:
    parts = [one for one in leaves(tx, idea) if not one.withdrawn_at]
    open_now = [one for one in parts if waiting.seen_by_group(one, hidden_at)]
    shown = [one for one in open_now if not everyone or one.seen_by != "group"]
    own = idea.words if len(open_now) == len(parts) else ""
    words = own or "\n\n".join(one.words for one in shown if one.words)
    return replace(idea, words=words, pictures=tuple(picture for one in shown for picture in one.pictures))


def _reached(keys: set[str], links: Mapping[str, Sequence[str]]) -> set[str]:
    """Return these keys and all that can be reached from them."""
    found, new = set(keys), list(keys)
    while new:
        for key in links.get(new.pop(), ()):
            if key not in found:
                found.add(key)
                new.append(key)
    return found


def _begin(tx: Tx, found: Sequence[Idea], words: str, who: str) -> Idea:
    """Make the joined idea, not shown anywhere yet. It is as old as the oldest and in the theme of the first."""
    first = found[0]
    key = ids.new()
    tx.joining.begin(
        id=key,
        workshop_id=first.workshop_id,
        door_id=first.door_id,
        words=words,
        consent=consent.NOW,
        send_key=f"joined:{key}",
        receipt=ideas.free_receipt(tx),
        made_at=min(one.made_at for one in found),
        nr=ideas.next_nr(tx, first.workshop_id),
        theme_id=next((one.theme_id for one in found if one.theme_id), None),
        place=first.place,
    )
    ideas.record(tx, key, who, "placed", {}, {"words": words})
    return ideas.by_key(tx, first.workshop_id, key)
