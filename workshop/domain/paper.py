"""What paper says, and what becomes of it: one slip is one idea, whichever way it came and however often.

The first front that is not blank makes the idea, with its picture; later ones are versions of it. Typed words
are never replaced by a scan. What was ticked is a suggestion: until a person confirms it, only the group sees
the idea. Whoever only knows a number can change nothing; the stub can.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workshop import clock, ids
from workshop.domain import doors, ideas, perspectives, slips, stacks, workshops
from workshop.domain.consent import CHOICES, NOW
from workshop.domain.ideas import Idea, Picture
from workshop.domain.slips import Slip
from workshop.domain.stacks import Seen
from workshop.errors import Refused
from workshop.store import Tx

Outcome = Literal["new", "again", "blank", "back", "sheet", "withdrawn"]
CLAIM_MINUTES = 10


@dataclass(frozen=True)
class Ticked:
    """What is ticked on a slip, over both sides. `visibility` is a choice, '' for none or 'doubt'."""

    visibility: str = ""
    for_other: bool = False
    perspective: str = ""


def idea_of(tx: Tx, number: str) -> Idea | None:
    """Return the idea of a slip, also when it was taken away; None when it did not come back yet."""
    row = tx.ideas.of_slip(slip=number)
    return ideas.with_pictures_of(tx, [row], workshop_id=row["workshop_id"])[0] if row else None


def take(tx: Tx, slip: Slip, page_id: str, seen: Seen, who: str) -> Outcome:
    """Note what was seen of a slip and let it become an idea, or a version of one; `who` brought it."""
    came_before = tx.stacks.seen_before(slip=slip.number, side=seen.side) > 0
    stacks.see(tx, page_id, seen)
    idea = idea_of(tx, slip.number)
    if slip.withdrawn_at or (idea and idea.withdrawn_at):
        return "withdrawn"
    if seen.counts:
        return "again" if came_before else "sheet"
    if seen.side == "front" and seen.blank:
        return "again" if came_before else "blank"
    if seen.side == "front" and idea is None:
        _begin(tx, slip, who, Picture(ids.new(), seen.idea_crop, seen.idea_width, seen.idea_height))
        return "new"
    if idea:
        _again(tx, slip, idea, seen, who)
    return "again" if came_before else "back" if seen.side == "back" else "new"


def type_by_maker(tx: Tx, slip: Slip, words: str, send_key: str, visibility: str) -> Idea:
    """Take in words typed by whoever holds the idea card; its picture may come later, or was there first.

    Raises `Refused`: `empty`, `long`, `closed`, `slip_typed` when this card has words already.
    """
    idea = idea_of(tx, slip.number)
    checked = ideas.checked(words, ())
    if slip.withdrawn_at or (idea and idea.withdrawn_at):
        raise Refused("slip_withdrawn")
    if idea is None:
        idea = _begin(tx, slip, ideas.MAKER, None, words=checked, send_key=send_key)
    elif idea.words and idea.words != checked:
        raise Refused("slip_typed")
    choice = visibility if visibility in CHOICES else idea.visibility
    changes = {"words": checked, "own_words": checked, "typing": "", "visibility": choice, "asked": ""}
    now = {name: value for name, value in changes.items() if getattr(idea, name) != value}
    return ideas.apply(tx, idea, ideas.MAKER, "typed", **now) if now else idea


def add(tx: Tx, idea: Idea, words: str) -> Idea:
    """Add words to an idea, for whoever holds its stub. Raises `Refused`: `empty`, `long`."""
    more = ideas.checked(words, ())
    whole = ideas.checked(f"{idea.words}\n\n{more}".strip(), ())
    own = f"{idea.own_words}\n\n{more}".strip()
    held = idea.held or workshops.at_door(tx, idea.workshop_id).seen == "first"
    typing = "" if idea.typing == "ask_maker" else idea.typing
    return ideas.apply(tx, idea, ideas.MAKER, "added", words=whole, own_words=own, held=held, typing=typing)


def choose_who_sees(tx: Tx, idea: Idea, visibility: str) -> Idea:
    """Let whoever holds the stub choose who may see it."""
    if visibility not in CHOICES or (visibility == idea.visibility and not idea.asked):
        return idea
    return ideas.apply(tx, idea, ideas.MAKER, "changed", visibility=visibility, asked="")


def withdraw(tx: Tx, slip: Slip) -> None:
    """Take back what is on a slip, also when it is still on its way."""
    idea = idea_of(tx, slip.number)
    slips.withdraw(tx, slip.workshop_id, slip.number)
    if idea:
        ideas.withdraw(tx, idea)


def bring_back(tx: Tx, slip: Slip) -> None:
    """Undo taking back, as long as it was not erased."""
    tx.slips.bring_back(number=slip.number)
    idea = idea_of(tx, slip.number)
    if idea:
        ideas.bring_back(tx, idea)


def next_to_type(tx: Tx, workshop_id: str, who: str, after: str = "") -> Idea | None:
    """Return the next idea to type over and keep it for this person for ten minutes; None when all are done.

    `after` is the idea that was skipped. Two people never get the same one.
    """
    tx.ideas.drop_claims(who=who, at=clock.now())
    row = next(iter(tx.ideas.to_type(workshop_id=workshop_id, who=who, after=after, at=clock.now())), None)
    if row is None:
        return None
    tx.ideas.claim_typing(idea_id=row["id"], who=who, until=clock.ahead(minutes=CLAIM_MINUTES))
    return ideas.by_key(tx, workshop_id, row["id"])


def left_to_type(tx: Tx, workshop_id: str) -> int:
    """Return how many ideas still wait to be typed over."""
    left: int = tx.ideas.left_to_type(workshop_id=workshop_id)
    return left


def type_over(tx: Tx, idea: Idea, who: str, words: str, confirmed: Mapping[str, Any], typing: ideas.Typing) -> Idea:
    """Keep what a person read on paper, as the maker wrote it.

    `confirmed` may hold `visibility`, `for_other` and `perspective` as seen on the card. `typing` is 'typed',
    'drawing' (nothing to type), 'unreadable' or 'ask_maker'. Raises `Refused('empty')` for 'typed' without words.
    """
    said = ideas.checked(words, ()) if typing == "typed" or words.strip() else idea.words
    changes: dict[str, Any] = {"words": said, "own_words": said, "typing": typing}
    if confirmed.get("visibility") in CHOICES:
        changes |= {"visibility": confirmed["visibility"], "asked": ""}
    if confirmed.get("perspective", "") in {"", *perspectives.NAMES} and "perspective" in confirmed:
        changes["perspective"] = confirmed["perspective"]
    if "for_other" in confirmed:
        changes["for_other"] = bool(confirmed["for_other"])
    return ideas.apply(tx, idea, who, "typed", **changes)


def ticked(tx: Tx, number: str) -> Ticked:
    """Return what is ticked on a slip: of every group the newest sighting that has it."""
    found: dict[str, dict[str, str]] = {}
    for seen in stacks.sightings_of(tx, number):
        for group, ticks in seen.ticks.items():
            found.setdefault(group, ticks)
    return Ticked(
        visibility=_chosen(found.get("visibility", {})),
        for_other=found.get("for_other", {}).get("yes") == "yes",
        perspective=_chosen(found.get("perspective", {})).replace("doubt", ""),
    )


def _chosen(ticks: Mapping[str, str]) -> str:
    """Return the one that is ticked, '' for none, 'doubt' when a person must say."""
    yes = [value for value, tick in ticks.items() if tick == "yes"]
    if "doubt" in ticks.values() or len(yes) > 1:
        return "doubt"
    return yes[0] if yes else ""


def _begin(tx: Tx, slip: Slip, who: str, picture: Picture | None, *, words: str = "", send_key: str = "") -> Idea:
    """Make the idea of a slip, with its picture or its words."""
    card_id = tx.slips.card_of(number=slip.number)
    door = doors.open_for(tx, slip.workshop_id, [card_id])[card_id]
    ticks = ticked(tx, slip.number)
    key = ids.new()
    tx.ideas.place_on_paper(
        id=key,
        workshop_id=slip.workshop_id,
        door_id=door.id,
        words=words,
        consent=NOW,
        for_other=int(ticks.for_other),
        perspective=ticks.perspective if ticks.perspective in perspectives.NAMES else "",
        held=int(workshops.at_door(tx, slip.workshop_id).seen == "first"),
        send_key=send_key or f"slip:{slip.number}",
        receipt=ideas.free_receipt(tx),
        at=clock.now(),
        slip=slip.number,
        typing="waiting" if picture else "",
        asked=ticks.visibility,
    )
    if picture:
        ideas.add_picture(tx, key, picture, 0)
    ideas.record(tx, key, who, "placed", {}, {"slip": slip.number})
    return ideas.by_key(tx, slip.workshop_id, key)


def _again(tx: Tx, slip: Slip, idea: Idea, seen: Seen, who: str) -> None:
    """Add a version to an idea: a newer picture in the place of the older, and what is ticked there."""
    if seen.side == "front" and seen.idea_crop:
        picture = Picture(ids.new(), seen.idea_crop, seen.idea_width, seen.idea_height)
        if idea.pictures:
            tx.pictures.replace(
                idea_id=idea.id, position=0, file=picture.file, width=picture.width, height=picture.height
            )
        else:
            ideas.add_picture(tx, idea.id, picture, 0)
    ticks = ticked(tx, slip.number)
    changes: dict[str, Any] = {}
    if not idea.words and idea.typing == "" and idea.pictures:
        changes["typing"] = "waiting"
    if idea.asked != ticks.visibility and idea.visibility != ticks.visibility and idea.typing in ("", "waiting"):
        changes["asked"] = ticks.visibility
    if ticks.perspective in perspectives.NAMES and not idea.perspective:
        changes["perspective"] = ticks.perspective
    if ticks.for_other and not idea.for_other:
        changes["for_other"] = True
    if changes:
        ideas.apply(tx, idea, who, "seen", **changes)
