"""What a facilitator does before the group sees something: hold it back, trust a card, stop a flood from one phone.

A phone that is blocked notices nothing: what it sends is kept and waits for a person. Only that phone is meant, by
its own mark; others behind the same address of the hall are not touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from workshop import clock, ids
from workshop.domain import curating, ideas, pulse
from workshop.domain.ideas import Idea, Picture
from workshop.errors import Refused
from workshop.store import Tx

BURST = 6
BURST_MINUTES = 5


@dataclass(frozen=True)
class Burst:
    """So many ideas came from one phone in so many minutes."""

    count: int
    minutes: int


@dataclass(frozen=True)
class Phone:
    """A blocked phone. `mark` names it in a form without telling its own secret; `since`: ideas it sent after that."""

    mark: str
    at: str
    by_whom: str
    since: int


@dataclass(frozen=True)
class Trusted:
    """A card whose code is trusted until that moment."""

    door_id: str
    card_id: str
    number: str
    trusted_until: str


def hold(tx: Tx, idea: Idea, who: str) -> Idea:
    """Let nobody outside the desk see an idea until a facilitator releases it by reading it."""
    if idea.held:
        return idea
    status = {"status": "read"} if idea.status == "wall" else {}
    return ideas.apply(tx, idea, who, "held", held=True, **status)


def trust(tx: Tx, workshop_id: str, door_id: str) -> None:
    """Show what comes by the code of a card without reading it first, until the end of today."""
    tomorrow = clock.today() + timedelta(days=1)
    tx.moderating.trust(id=door_id, workshop_id=workshop_id, until=clock.midnight(tomorrow.isoformat()))


def distrust(tx: Tx, workshop_id: str, door_id: str) -> None:
    """Read first again what comes by the code of a card."""
    tx.moderating.trust(id=door_id, workshop_id=workshop_id, until=None)


def approve_and_trust(tx: Tx, idea: Idea, who: str) -> Idea:
    """Release an idea, and trust the card it came by for the rest of the day."""
    released = curating.read(tx, idea, who)
    trust(tx, idea.workshop_id, idea.door_id)
    return released


def trusted(tx: Tx, workshop_id: str) -> list[Trusted]:
    """Return the cards that are trusted now."""
    return [Trusted(**row) for row in tx.moderating.trusted(workshop_id=workshop_id, at=clock.now())]


def block(tx: Tx, idea: Idea, who: str, aside: str = "") -> int:
    """Let everything from the phone that sent this idea wait for a person; return how many ideas that took away.

    What came from it and nobody has read is held, or set aside with `aside` as the reason; inside `curating.as_one`
    that is one thing to undo. Raises `Refused('no_phone')` for an idea that came by no phone.
    """
    if not idea.device:
        raise Refused("no_phone", "This idea came by no phone.")
    tx.moderating.block(workshop_id=idea.workshop_id, device=idea.device, at=clock.now(), who=who)
    rows = tx.moderating.unread_of(workshop_id=idea.workshop_id, device=idea.device)
    found = ideas.with_pictures_of(tx, rows, workshop_id=idea.workshop_id)
    with curating.as_one(tx):
        if aside:
            done = [curating.set_aside(tx, one, who, aside) for one in found]
        else:
            done = [hold(tx, one, who) for one in found]
    pulse.beat(tx, idea.workshop_id)
    return sum(now.version != before.version for before, now in zip(found, done, strict=True))


def lift(tx: Tx, workshop_id: str, mark: str) -> None:
    """Let a blocked phone take part again; what it sent meanwhile still waits for a person."""
    for row in tx.moderating.blocked(workshop_id=workshop_id):
        if ids.digest(row["device"]) == mark:
            tx.moderating.lift(workshop_id=workshop_id, device=row["device"])


def blocked(tx: Tx, workshop_id: str) -> list[Phone]:
    """Return the blocked phones of a workshop, first come first."""
    rows = tx.moderating.blocked(workshop_id=workshop_id)
    return [Phone(ids.digest(row["device"]), row["at"], row["by_whom"], row["since"]) for row in rows]


def mark_of(idea: Idea) -> str:
    """Return the mark of the phone an idea came by; '' when it came by none."""
    return ids.digest(idea.device) if idea.device else ""


def burst(tx: Tx, idea: Idea) -> Burst | None:
    """Return how many ideas this phone sent around this one, when that is a lot; else None."""
    if not idea.device:
        return None
    rows = tx.moderating.around(
        workshop_id=idea.workshop_id,
        device=idea.device,
        since=clock.after(idea.made_at, minutes=-BURST_MINUTES),
        until=clock.after(idea.made_at, minutes=BURST_MINUTES),
    )
    if len(rows) < BURST:
        return None
    span = clock.read(rows[-1]["made_at"]) - clock.read(rows[0]["made_at"])
    return Burst(len(rows), max(1, -(-int(span.total_seconds()) // 60)))


def paint(tx: Tx, idea: Idea, picture_id: str, painted: Picture, who: str) -> Idea:
    """Show a painted picture in the place of one of an idea's; that one is covered and comes back by undoing.

    Raises `Refused('no_idea')` when the idea has no such picture any more.
    """
    keys = [picture.id for picture in idea.pictures]
    if picture_id not in keys:
        raise Refused("no_idea")
    at = keys.index(picture_id)
    position = next(row["position"] for row in tx.pictures.ever(idea_id=idea.id) if row["id"] == picture_id)
    ideas.add_picture(tx, idea.id, painted, position)
    now = (*idea.pictures[:at], painted, *idea.pictures[at + 1 :])
    return ideas.apply(tx, idea, who, "painted", pictures=now)


def covered(tx: Tx, idea: Idea) -> int:
    """Return how many pictures of an idea are covered by a painted one, and still kept."""
    rows = tx.pictures.ever(idea_id=idea.id)
    shown = {row["position"]: row["id"] for row in rows if row["covered_at"] is None}
    return sum(row["covered_at"] is not None and row["id"] < shown.get(row["position"], "") for row in rows)


def erase_covered(tx: Tx, idea: Idea, who: str) -> list[str]:
    """Forget the pictures that were painted over, for good. Return their files, of which others may make use."""
    files: Sequence[dict[str, Any]] = tx.pictures.forget_covered(idea_id=idea.id)
    if files:
        ideas.apply(tx, idea, who, "original erased")
    return [row["file"] for row in files]
