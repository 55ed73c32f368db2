"""What facilitators do with ideas: read, correct, narrow, put on the wall, set aside, undo.

Each verb is a row of history with who and when; doing it twice does nothing. The maker's own words
stay beside every correction, and nobody but the maker can let more people see an idea.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from workshop import clock
from workshop.domain import consent, ideas
from workshop.domain.ideas import Idea
from workshop.errors import Refused
from workshop.store import Tx


@dataclass(frozen=True)
class Filter:
    """Which ideas of a workshop to show; None is all."""

    status: ideas.Status | None = None
    card_id: str | None = None
    channel: ideas.Channel | None = None
    perspective: str | None = None
    held: bool | None = None


@dataclass(frozen=True)
class Counts:
    """How many ideas there are, wait to be read, are held, and are on the wall."""

    total: int
    waiting: int
    held: int
    wall: int


@dataclass(frozen=True)
class Event:
    """Something that happened to an idea."""

    at: str
    who: str
    verb: str
    before: dict[str, Any]
    after: dict[str, Any]


def stream(tx: Tx, workshop_id: str, which: Filter) -> list[Idea]:
    """Return a workshop's ideas, newest first."""
    held = None if which.held is None else int(which.held)
    rows = tx.ideas.stream(
        workshop_id=workshop_id,
        status=which.status,
        card_id=which.card_id,
        channel=which.channel,
        perspective=which.perspective,
        held=held,
    )
    return ideas.with_pictures_of(tx, rows, workshop_id=workshop_id)


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
    """Put an idea on the wall: this is the person's check that lets everyone see what the maker allowed."""
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
    return ideas.apply(tx, idea, who, "set aside", status="set_aside", reason=why, held=False)


def restore(tx: Tx, idea: Idea, who: str) -> Idea:
    """Bring back what was set aside, as read."""
    return ideas.apply(tx, idea, who, "restored", status="read", reason="") if idea.status == "set_aside" else idea


def undo(tx: Tx, idea: Idea, who: str) -> Idea:
    """Undo the last thing a facilitator did to this idea. Raises `Refused('nothing_to_undo')`.

    What the maker did is never undone by somebody else. Undoing is itself history: undo again to redo.
    """
    last = tx.ideas.last_event(idea_id=idea.id)
    if last is None or last["who"] == ideas.MAKER:
        raise Refused("nothing_to_undo")
    before = json.loads(last["before"])
    if before.get("withdrawn_at"):  # taken away again: the half hour until it is erased begins anew
        before["withdrawn_at"] = clock.now()
    return ideas.apply(tx, idea, who, "undone", **before)
