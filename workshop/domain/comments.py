"""What people add to the idea of somebody else: ideas of their own, with all that belongs to one, shown under it.

What was added to an idea goes along when it is joined, and what was added to a joined idea goes along with each of its
originals when that is taken apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from workshop.domain import ideas, joining, network_cards, waiting, workshops
from workshop.domain.ideas import Idea, Picture
from workshop.errors import Refused
from workshop.store import Tx


def under(tx: Tx, workshop_id: str, found: Sequence[Idea], in_group: bool) -> dict[str, list[Idea]]:
    """Return what may be shown under these ideas, first come first, by the key of the idea."""
    hidden_at = workshops.at_door(tx, workshop_id).hidden_at
    who = {"everyone": int(not in_group), "hidden_at": hidden_at, "private": network_cards.BEING}
    rows = tx.comments.shown(workshop_id=workshop_id, **who)
    return _by_idea(tx, rows, workshop_id, {one.id for one in found})


def all_of(tx: Tx, idea: Idea, hidden_at: str | None = None) -> list[Idea]:
    """Return everything that was added to an idea, for the desk; what its maker took away is not among it."""
    return of_many(tx, idea.workshop_id, {idea.id}, hidden_at).get(idea.id, [])


def of_many(tx: Tx, workshop_id: str, keys: set[str], hidden_at: str | None = None) -> dict[str, list[Idea]]:
    """Return what `all_of` does for many ideas, by their keys; nothing of what came in since `hidden_at`."""
    found = _by_idea(tx, tx.comments.there(workshop_id=workshop_id), workshop_id, keys)
    return {key: [one for one in added if waiting.given_before(one, hidden_at)] for key, added in found.items()}


def about(tx: Tx, idea: Idea) -> Idea | None:
    """Return the idea that this one is shown under; None when it adds to none, or that is erased."""
    try:
        return joining.top(tx, ideas.by_key(tx, idea.workshop_id, idea.about_id)) if idea.about_id else None
    except Refused:
        return None


def picture_for(tx: Tx, picture_id: str, groups: set[str]) -> Picture | None:
    """Return a picture that belongs to what was added, for whoever sees the idea under which it stands."""
    row = tx.pictures.find(id=picture_id)
    if row is None:
        return None
    in_group = row["workshop_id"] in groups
    found = ideas.visible_at(tx, row["workshop_id"], row["door_id"], in_group)
    added = under(tx, row["workshop_id"], found, in_group)
    seen = (one for several in added.values() for idea in several for one in idea.pictures)
    return next((one for one in seen if one.id == picture_id), None)


def _by_idea(tx: Tx, rows: list[dict[str, str]], workshop_id: str, wanted: set[str]) -> dict[str, list[Idea]]:
    if not rows:
        return {}
    homes: dict[str, list[str]] = {}
    found: dict[str, list[Idea]] = defaultdict(list)
    for one in ideas.with_pictures_of(tx, rows, workshop_id=workshop_id):
        target = str(one.about_id)
        if target not in homes:
            homes[target] = list(dict.fromkeys(_homes(tx, target, wanted, set())))
        for home in homes[target]:
            found[home].append(one)
    return dict(found)


def _homes(tx: Tx, key: str, wanted: set[str], seen: set[str]) -> Iterable[str]:
    """Give the ideas among these under which something added to that one is shown."""
    if key in wanted:
        yield key
    elif key not in seen:
        seen.add(key)
        above = tx.comments.joined_now(id=key)
        if above and above["merged_into"]:
            yield from _homes(tx, above["merged_into"], wanted, seen)
        for row in tx.comments.joined_before(id=key):
            yield from _homes(tx, row["idea_id"], wanted, seen)
