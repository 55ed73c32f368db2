"""What facilitators do with ideas: read, correct, narrow, put on the wall, set aside, undo.

Each verb is a row of history with who and when; doing it twice does nothing. The maker's own words
stay beside every correction, and nobody but the maker can let more people see an idea.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from workshop import clock, ids
from workshop.domain import answers, consent, decisions, ideas, joining, sifting, waiting
from workshop.domain.ideas import Idea
from workshop.errors import Refused
from workshop.store import Tx

_TOGETHER = {"merged_into", "stays"}
"""What is never undone for a part of what is joined alone."""


@dataclass(frozen=True)
class Filter:
    """Which ideas of a workshop to show; None is all.

    `theme_id` '' is those in no theme; `decision` is a kind, or 'none', 'prepared', 'waiting' (either of those two).
    `mark` is one of `sifting.MARKS`. `words` are looked for, `before` leaves out what was made since that moment.
    """

    status: ideas.Status | None = None
    card_id: str | None = None
    channel: ideas.Channel | None = None
    perspective: str | None = None
    held: bool | None = None
    theme_id: str | None = None
    decision: str | None = None
    meeting_id: str | None = None
    mark: str | None = None
    words: str = ""
    before: str | None = None


@dataclass(frozen=True)
class Counts:
    """How many ideas there are, wait to be read, are held, are on the wall, and have no answer yet."""

    total: int
    waiting: int
    held: int
    wall: int
    unanswered: int


@dataclass(frozen=True)
class Event:
    """Something that happened to an idea."""

    at: str
    who: str
    verb: str
    before: dict[str, Any]
    after: dict[str, Any]


def stream(tx: Tx, workshop_id: str, which: Filter) -> list[Idea]:
    """Return the ideas of a workshop that fit, in the order of `sifting.sift`."""
    found = {
        one.id: one
        for one in ideas.with_pictures_of(tx, tx.ideas.stream(workshop_id=workshop_id), workshop_id=workshop_id)
    }
    keys = list(found) if which == Filter() else sifting.sift(tx, workshop_id, which).keys
    return [found[key] for key in keys]


def counts(tx: Tx, workshop_id: str) -> Counts:
    """Return how much work is left in a workshop."""
    return Counts(**tx.ideas.counts(workshop_id=workshop_id))


def history(tx: Tx, idea: Idea) -> list[Event]:
    """Return everything that happened to an idea, oldest first; `who` is a name, or 'maker'."""
    return [
        Event(
            row["at"], row["who_name"] or row["who"], row["verb"], json.loads(row["before"]), json.loads(row["after"])
        )
        for row in tx.ideas.history(idea_id=idea.id)
    ]


def read(tx: Tx, idea: Idea, who: str) -> Idea:
    """Note that a facilitator read it; the group sees it from now on if it was held."""
    if idea.status != "received" and not idea.held:
        return idea
    status = "read" if idea.status == "received" else idea.status
    return ideas.apply(tx, idea, who, "read", status=status, held=False)


def correct(tx: Tx, idea: Idea, who: str, words: str) -> Idea:
    """Show other words; the maker's own words are kept beside them. Raises `Refused`: `empty`, `long`."""
    new = ideas.checked(words, idea.pictures)
    return idea if new == idea.words else ideas.apply(tx, idea, who, "corrected", words=new)


def narrow(tx: Tx, idea: Idea, who: str, to: consent.Visibility) -> Idea:
    """Let fewer people see it than the maker allowed, or as many again; never more.

    Raises `Refused('wider')` when asked for more than the maker's own choice.
    """
    if consent.narrower(idea.visibility, to) != to:
        raise Refused("wider")
    wanted = None if to == idea.visibility else to
    return idea if wanted == idea.narrowed_to else ideas.apply(tx, idea, who, "narrowed", narrowed_to=wanted)


def put_on_wall(tx: Tx, idea: Idea, who: str) -> Idea:
    """Put an idea on the wall: this is the person's check that lets everyone see what the maker allowed.

    Raises `Refused('private')` for what its maker told the facilitators only.
    """
    if waiting.private(idea):
        raise Refused("private", "Its maker told this to the facilitators only.", nr=str(idea.nr))
    return idea if idea.status == "wall" else ideas.apply(tx, idea, who, "wall", status="wall", reason="", held=False)


def take_off_wall(tx: Tx, idea: Idea, who: str) -> Idea:
    """Take an idea off the wall; the group still sees it on the card's page."""
    return ideas.apply(tx, idea, who, "off wall", status="read") if idea.status == "wall" else idea


def set_aside(tx: Tx, idea: Idea, who: str, reason: str) -> Idea:
    """Take an idea off all pages, with the reason its maker will read. Raises `Refused('reason_missing')`."""
    why = ideas.plain(reason)[:300]
    if not why:
        raise Refused("reason_missing")
    if idea.status == "set_aside" and idea.reason == why:
        return idea
    plan = decisions.not_now(tx, idea, who, why)
    return ideas.apply(tx, idea, who, "set aside", status="set_aside", reason=why, held=False, planned=plan)


def restore(tx: Tx, idea: Idea, who: str) -> Idea:
    """Bring back what was set aside, as read, with the decision that was prepared before."""
    if idea.status != "set_aside":
        return idea
    aside = next((one for one in reversed(history(tx, idea)) if one.verb == "set aside"), None)
    plan = aside.before.get("planned") if aside else None
    return ideas.apply(tx, idea, who, "restored", status="read", reason="", planned=plan)


def undo(tx: Tx, idea: Idea, who: str) -> Idea:
    """Undo the last thing a facilitator did to this idea. Raises `Refused('nothing_to_undo')`.

    What the maker did is never undone by somebody else. Undoing is itself history: undo again to redo. Joining,
    taking apart, and keeping what is joined in the group are undone for all ideas they were about.
    """
    last = tx.ideas.last_event(idea_id=idea.id)
    if last is None or last["who"] == ideas.MAKER or not json.loads(last["before"]):
        raise Refused("nothing_to_undo")
    if _changed_since(tx, last):  # what follows from another idea: words of one that was taken away stay away
        raise Refused("nothing_to_undo")
    done_with = tx.ideas.of_batch(batch=last["batch"], workshop_id=idea.workshop_id) if last["batch"] else []
    if any(_TOGETHER & json.loads(row["before"]).keys() for row in done_with):
        undo_batch(tx, idea.workshop_id, last["batch"], who)
        return ideas.by_key(tx, idea.workshop_id, idea.id)
    with as_one(tx) as batch:
        return _undo(tx, idea, last, who, batch)


@contextmanager
def as_one(tx: Tx) -> Iterator[str]:
    """Let everything recorded inside be one thing, with one undo; within another one it is part of that."""
    if tx.batch:
        yield tx.batch
        return
    tx.batch = ids.new()
    try:
        yield tx.batch
    finally:
        tx.batch = ""


def undo_batch(tx: Tx, workshop_id: str, batch: str, who: str) -> tuple[int, int]:
    """Undo what was done in one go. Return how many ideas are as before, and how many others changed since: those stay.

    Joining and taking apart are undone for all of their ideas, or for none when one of them was joined again since.
    Raises `Refused('nothing_to_undo')` for what was undone already or never was.
    """
    rows = [row for row in tx.ideas.of_batch(batch=batch, workshop_id=workshop_id) if json.loads(row["before"])]
    if not batch or not rows or any(row["who"] == ideas.MAKER and row["verb"] != "follows" for row in rows):
        raise Refused("nothing_to_undo")
    changed = {row["idea_id"] for row in rows if _changed_since(tx, row)}
    done: set[str] = set()
    with as_one(tx) as undoing:
        if any("merged_into" in json.loads(row["before"]) for row in rows) and changed:
            return 0, len({row["idea_id"] for row in rows})
        for row in rows:
            if row["idea_id"] in changed or row["verb"] == "follows":
                continue
            _undo(tx, ideas.by_key(tx, workshop_id, row["idea_id"]), row, who, undoing)
            done.add(row["idea_id"])
        for key in {row["idea_id"] for row in rows if "stays" in json.loads(row["before"])}:
            if ideas.by_key(tx, workshop_id, key).channel == "joined":  # what it is made of may have been marked since
                joining.follow_parts(tx, workshop_id, key)
    if not done and not changed:
        raise Refused("nothing_to_undo")
    return len(done), len(changed)


def _changed_since(tx: Tx, row: dict[str, Any]) -> bool:
    """Say whether something else happened to what a row changed; other things that happened do not matter."""
    names = set(json.loads(row["before"])) | ({"merged_into"} if row["verb"] == "joins" else set())
    later = tx.ideas.last_verb(idea_id=row["idea_id"], after=row["id"])
    if row["batch"]:
        later = [one for one in later if one["batch"] != row["batch"]]
    return any(names & json.loads(one["after"]).keys() for one in later)


def _undo(tx: Tx, idea: Idea, row: dict[str, Any], who: str, batch: str) -> Idea:
    before = json.loads(row["before"])
    if before.get("withdrawn_at"):  # taken away again: the half hour until it is erased begins anew
        before["withdrawn_at"] = clock.now()
    if "pictures" in before:
        before["pictures"] = ideas.ever(tx, idea, before["pictures"])
    if "decided" in before:
        answers.undo(tx, idea.id, row["batch"], batch)
    return ideas.apply(tx, idea, who, "undone", **before)
