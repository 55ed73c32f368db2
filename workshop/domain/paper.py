"""What paper says, and what becomes of it: one slip is one idea, whichever way it came and however often.

The first front that is not blank makes the idea, with its picture; later ones are versions of it. Typed words
are never replaced by a scan. What was ticked is a suggestion: until a person confirms it, only the group sees
the idea. Whoever only knows a number can change nothing; the stub can.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from workshop import clock, ids
from workshop.domain import answer_slips, doors, ideas, perspectives, round_sheets, slips, stacks, waiting, workshops
from workshop.domain.consent import CHOICES, NOW
from workshop.domain.ideas import Idea, Picture
from workshop.domain.slips import Slip
from workshop.domain.stacks import Seen
from workshop.errors import Refused
from workshop.store import Tx

Outcome = Literal["new", "again", "newer", "blank", "back", "sheet", "answer", "withdrawn"]
CLAIM_MINUTES = 10
ADDRESS_LINES, ADDRESS_SIGNS = 4, 60


@dataclass(frozen=True)
class Ticked:
    """What is ticked on a slip, over both sides. `visibility` is a choice, '' for none or 'doubt'."""

    visibility: str = ""
    for_other: bool = False
    perspective: str = ""


@dataclass(frozen=True)
class Typed:
    """How far typing over is: ideas that came as a picture, and how many of them wait or could not be read."""

    total: int
    waiting: int
    unreadable: int
    ask_maker: int


def idea_of(tx: Tx, number: str) -> Idea | None:
    """Return the idea of a slip, also when it was taken away; None when it did not come back yet."""
    row = tx.ideas.of_slip(slip=number)
    return ideas.with_pictures_of(tx, [row], workshop_id=row["workshop_id"])[0] if row else None


def take(tx: Tx, slip: Slip, page_id: str, seen: Seen, who: str) -> Outcome:
    """Note what was seen of a slip and let it become an idea, or a version of one; `who` brought it."""
    came_before = tx.stacks.seen_before(slip=slip.number, side=seen.side) > 0
    stacks.see(tx, page_id, seen)
    if slip.answer_id:
        answered = answer_slips.idea_of(tx, slip)
        return answer_slips.take(tx, slip, answered, seen, again=came_before) if answered else "withdrawn"
    idea = idea_of(tx, slip.number)
    if slip.withdrawn_at or (idea and idea.withdrawn_at):
        return "withdrawn"
    if seen.counts:
        round_sheets.came_back(tx, slip.number)
        return "again" if came_before else "sheet"
    if seen.side == "front" and seen.blank:
        return "again" if came_before else "blank"
    if seen.side == "front" and idea is None:
        _begin(tx, slip, who, Picture(ids.new(), seen.idea_crop, seen.idea_width, seen.idea_height))
        return "new"
    if idea and seen.side == "front" and (_looked_at(idea, who) or tx.pictures.painted(idea_id=idea.id)):
        return "newer"
    if idea:
        _again(tx, slip, idea, seen, who)
    return "again" if came_before else "back" if seen.side == "back" else "new"


def type_by_maker(tx: Tx, slip: Slip, words: str, visibility: str = "", device: str = "") -> Idea:
    """Take in words typed by whoever holds the idea card; its picture may come later, or was there first.

    The same words again change nothing, and neither does any choice once there is an idea: only the stub may.
    Raises `Refused`: `empty`, `long`, `closed`, `slip_withdrawn`, `slip_typed` when this card has words already.
    """
    idea = idea_of(tx, slip.number)
    checked = ideas.checked(words, ())
    if slip.withdrawn_at or (idea and idea.withdrawn_at):
        raise Refused("slip_withdrawn")
    if idea and idea.own_words == checked:
        return idea
    if idea and idea.words:
        raise Refused("slip_typed")
    _open(tx, slip.workshop_id)
    if idea:
        changes = _looked_at_again(tx, idea, device) | {"words": checked, "own_words": checked, "typing": ""}
        return ideas.apply(tx, idea, ideas.MAKER, "typed", **changes)
    idea = _begin(tx, slip, ideas.MAKER, None, words=checked, device=device)
    return choose_who_sees(tx, idea, visibility)


def add(tx: Tx, idea: Idea, words: str, device: str = "") -> Idea:
    """Add words to an idea, for whoever holds its stub; what was added last, again, changes nothing.

    Raises `Refused`: `empty`, `long`, `closed`.
    """
    more = ideas.checked(words, ())
    if f"\n\n{idea.own_words}".endswith(f"\n\n{more}"):
        return idea
    _open(tx, idea.workshop_id)
    whole = ideas.checked(f"{idea.words}\n\n{more}", ())
    own = f"{idea.own_words}\n\n{more}".strip()
    return ideas.apply(tx, idea, ideas.MAKER, "added", words=whole, own_words=own, **_looked_at_again(tx, idea, device))


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
    """Undo taking back, as long as it was not erased; paper that came in between counts after all.

    Raises `Refused('no_idea')` when it was erased.
    """
    tx.slips.bring_back(number=slip.number)
    idea = idea_of(tx, slip.number)
    if idea:
        idea = ideas.bring_back(tx, idea)
    fronts = [one for one in stacks.sightings_of(tx, slip.number, "front") if one.idea_crop and not one.blank]
    newest = fronts[0] if fronts else None
    if newest and idea and not _has_its_picture(tx, idea, newest):
        _again(tx, slip, idea, newest, ideas.MAKER)
    elif newest and not idea:
        _begin(tx, slip, ideas.MAKER, Picture(ids.new(), newest.idea_crop, newest.idea_width, newest.idea_height))


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


def take_to_type(tx: Tx, workshop_id: str, who: str, idea_id: str) -> Idea:
    """Return one idea from paper to type over (again), kept for this person. Raises `Refused('typing_claimed')`."""
    idea = ideas.by_key(tx, workshop_id, idea_id)
    if idea.slip is None or idea.withdrawn_at:
        raise Refused("no_idea")
    if tx.ideas.claimed_by_other(idea_id=idea.id, who=who, at=clock.now()):
        raise Refused("typing_claimed")
    tx.ideas.drop_claims(who=who, at=clock.now())
    tx.ideas.claim_typing(idea_id=idea.id, who=who, until=clock.ahead(minutes=CLAIM_MINUTES))
    return idea


def typed_by(tx: Tx, workshop_id: str, who: str) -> list[str]:
    """Return the keys of the last hundred ideas this person typed over, the last one first."""
    return [row["idea_id"] for row in tx.ideas.typed_by(workshop_id=workshop_id, who=who)]


def typing_counts(tx: Tx, workshop_id: str) -> Typed:
    """Return how far typing over is."""
    return Typed(**tx.ideas.typing_counts(workshop_id=workshop_id))


def left_over(tx: Tx, workshop_id: str) -> list[tuple[str, str, str]]:
    """Return what could not be typed over: (key of the idea, its slip, 'unreadable' or 'ask_maker')."""
    return [(row["id"], row["slip"], row["typing"]) for row in tx.ideas.typing_as(workshop_id=workshop_id)]


def type_over(tx: Tx, idea: Idea, who: str, words: str, confirmed: Mapping[str, Any], typing: ideas.Typing) -> Idea:
    """Keep what a person read on paper, as the maker wrote it.

    `confirmed` may hold `visibility`, `for_other`, `perspective` and `maker` as seen on the card, and `address`: lines
    for a letter, which are kept out of the history. `typing` is 'typed', 'drawing' (nothing to type), 'unreadable' or
    'ask_maker'. Raises `Refused('empty')` for 'typed' without words.
    """
    if "address" in confirmed:
        idea = replace(idea, address=_address(confirmed["address"]))
    said = ideas.checked(words, ()) if typing == "typed" or words.strip() else idea.words
    changes: dict[str, Any] = {"words": said, "own_words": said, "typing": typing}
    return ideas.apply(tx, idea, who, "typed", **changes, **_confirmed(tx, idea.workshop_id, confirmed))


def confirm(tx: Tx, idea: Idea, who: str, confirmed: Mapping[str, Any]) -> Idea:
    """Keep what a person saw ticked on a card, as `type_over` takes it."""
    changes = {
        name: value
        for name, value in _confirmed(tx, idea.workshop_id, confirmed).items()
        if getattr(idea, name) != value
    }
    return ideas.apply(tx, idea, who, "confirmed", **changes) if changes else idea


def _address(text: str) -> str:
    """Return the lines of an address as an envelope has room for."""
    lines = [" ".join(line.split())[:ADDRESS_SIGNS] for line in ideas.plain(text).split("\n")]
    return "\n".join([line for line in lines if line][:ADDRESS_LINES])


def set_aside_empty(tx: Tx, idea: Idea, who: str, reason: str) -> Idea:
    """Put an idea aside because nothing is on the card after all."""
    return ideas.apply(tx, idea, who, "empty", typing="drawing", status="set_aside", reason=reason, held=False)


def _confirmed(tx: Tx, workshop_id: str, confirmed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes that follow from what a person read; a name goes with a choice for it, and only then."""
    changes: dict[str, Any] = {}
    if confirmed.get("visibility") in CHOICES:
        named = confirmed["visibility"] == "everyone_named"
        changes |= {"visibility": confirmed["visibility"], "asked": ""}
        if "maker" in confirmed:
            changes["maker"] = ideas.plain(confirmed["maker"])[:60] if named else ""
    side = confirmed.get("perspective")
    if side is not None and side == perspectives.accepted(tx, workshop_id, side):
        changes["perspective"] = side
    if "question" in confirmed:
        changes["question"] = bool(confirmed["question"])
    if "for_other" in confirmed:
        changes["for_other"] = bool(confirmed["for_other"])
    return changes


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


def _open(tx: Tx, workshop_id: str) -> None:
    if workshops.at_door(tx, workshop_id).closed_at:
        raise Refused("closed")


def _looked_at_again(tx: Tx, idea: Idea, device: str = "") -> dict[str, Any]:
    """Return what follows from new words: a person reads them before anybody outside the group does."""
    held = idea.held or idea.status == "set_aside" or _first(tx, idea.workshop_id, device)
    typing = "" if idea.typing == "ask_maker" else idea.typing
    return {"held": held, "status": "received", "typing": typing}


def _first(tx: Tx, workshop_id: str, device: str) -> bool:
    """Say whether a person reads what is on paper first; what a blocked phone typed always."""
    return workshops.at_door(tx, workshop_id).seen != "soon" or waiting.blocked(tx, workshop_id, device)


def _begin(tx: Tx, slip: Slip, who: str, picture: Picture | None, words: str = "", device: str = "") -> Idea:
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
        held=int(_first(tx, slip.workshop_id, device)),
        send_key=f"slip:{slip.number}",
        receipt=ideas.free_receipt(tx),
        at=clock.now(),
        slip=slip.number,
        typing="waiting" if picture else "",
        asked=ticks.visibility,
        nr=ideas.next_nr(tx, slip.workshop_id),
    )
    if picture:
        ideas.add_picture(tx, key, picture, 0)
    ideas.record(tx, key, who, "placed", {}, {"slip": slip.number})
    return ideas.by_key(tx, slip.workshop_id, key)


def _looked_at(idea: Idea, who: str) -> bool:
    """Say whether a person looked at the picture of an idea already, so that a newer one must not replace it unseen.

    On the wall that holds for every scan; before that only for photos of whoever has the card.
    """
    typed = who == ideas.MAKER and idea.typing in ("typed", "drawing")
    return bool(idea.pictures) and (idea.status == "wall" or typed)


def _has_its_picture(tx: Tx, idea: Idea, seen: Seen) -> bool:
    """Say whether an idea shows this scan, or one over which somebody painted: that never comes back by itself."""
    return seen.idea_crop in {picture.file for picture in idea.pictures} or tx.pictures.painted(idea_id=idea.id) > 0


def show(tx: Tx, idea: Idea, seen: Seen, who: str) -> Idea:
    """Put what was seen of a front in the place of the picture an idea has; the same one again changes nothing."""
    if not seen.idea_crop or (idea.pictures and idea.pictures[0].file == seen.idea_crop):
        return idea
    picture = Picture(ids.new(), seen.idea_crop, seen.idea_width, seen.idea_height)
    if idea.pictures:
        tx.pictures.replace(idea_id=idea.id, position=0, file=picture.file, width=picture.width, height=picture.height)
    else:
        ideas.add_picture(tx, idea.id, picture, 0)
    return ideas.apply(tx, idea, who, "pictured")


def _again(tx: Tx, slip: Slip, idea: Idea, seen: Seen, who: str) -> None:
    """Add a version to an idea: a newer picture in the place of the older, and what is ticked there."""
    if seen.side == "front":
        idea = show(tx, idea, seen, who)
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
