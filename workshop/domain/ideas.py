"""Ideas: words and/or pictures from somebody with or without a name.

Nothing acknowledged is lost: an idea is never overwritten, only added to its history. Sending the
same thing twice makes one idea. Too many at once are kept for a person to look at, never refused.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from workshop import clock, ids
from workshop.domain import joining, network_cards, perspectives, waiting
from workshop.domain.consent import CHOICES, NOW, Visibility, narrower
from workshop.domain.doors import Door, of_idea
from workshop.domain.workshops import at_door
from workshop.errors import Refused, Stale
from workshop.store import Tx

Status = Literal["received", "read", "wall", "set_aside", "apart"]
Channel = Literal["qr", "number", "paper", "joined"]
Typing = Literal["", "waiting", "typed", "drawing", "unreadable", "ask_maker"]
MOST_SIGNS = 2000
CHANGE_MINUTES = 30
MOST_PICTURES = 3
SHOWN = 200
A_FEW = 12
MAKER = "maker"


@dataclass(frozen=True)
class Picture:
    """A picture of an idea: the name of its file, and its size in px."""

    id: str
    file: str
    width: int
    height: int


@dataclass(frozen=True)
class Idea:
    """One idea as it is now. `words` may be corrected; `own_words` are the maker's.

    An idea from paper has the number of its `slip`; `typing` says how far typing over is, `asked` what was
    ticked about who may see it ('doubt' when that is unclear), until a person confirmed it. `nr` is what people
    call it aloud. A joined idea (channel 'joined') has no maker: its originals have `merged_into`. An idea with
    `about_id` adds to another one. `planned` and `decided` are keys of decisions; `place` is its place in its theme.
    `parked` says why it lies outside the frame, `stays` that it never leaves the group; it may be a `question`, and
    `knowledge` is the kind it brings, '' when its perspective tells.
    """

    id: str
    workshop_id: str
    door_id: str
    words: str
    own_words: str
    visibility: Visibility
    narrowed_to: Visibility | None
    consent: str
    for_other: bool
    perspective: str
    maker: str
    channel: Channel
    status: Status
    reason: str
    held: bool
    withdrawn_at: str | None
    receipt: str
    made_at: str
    version: int
    pictures: tuple[Picture, ...] = ()
    card_id: str = ""
    number: str = ""
    device: str = ""
    slip: str | None = None
    typing: Typing = ""
    asked: str = ""
    nr: int = 0
    theme_id: str | None = None
    place: float = 0.0
    merged_into: str | None = None
    about_id: str | None = None
    planned: str | None = None
    decided: str | None = None
    address: str = ""
    parked: str = ""
    question: bool = False
    stays: bool = False
    knowledge: str = ""

    @property
    def seen_by(self) -> Visibility:
        """Return who may see it: the maker's choice, less when a facilitator narrowed it, the group when it stays."""
        return "group" if self.stays else narrower(self.visibility, self.narrowed_to)

    @property
    def changeable_until(self) -> str:
        """Return until when the maker may change the words."""
        return clock.after(self.made_at, minutes=CHANGE_MINUTES)

    @property
    def corrected(self) -> bool:
        """Say whether the words shown are not the maker's own."""
        return self.words != self.own_words


@dataclass(frozen=True)
class Sent:
    """What somebody sends from a card's page. `send_key` comes from the form and makes twice into once.

    `question`: their form asked for questions only. `stays`: it never leaves the group.
    """

    words: str
    visibility: str
    send_key: str
    device: str
    channel: Channel
    for_other: bool = False
    perspective: str = ""
    maker: str = ""
    pictures: Sequence[Picture] = ()
    about_id: str | None = None
    question: bool = False
    stays: bool = False


def place(tx: Tx, door: Door, sent: Sent, sure: bool = False) -> Idea:
    """Store an idea and return it with its receipt; the same sending again returns the same idea.

    Raises `Refused`: `empty`, `long`, `closed`, `no_idea` when what it adds to is erased, or `same_words` when these
    words came from this phone in the last ten minutes and the sender is not `sure`.
    """
    words = checked(sent.words, sent.pictures)
    send_key = _send_key(sent, words)
    before = tx.ideas.sent_before(send_key=send_key)
    if before:
        return _with_pictures(tx, _of(before))
    workshop = at_door(tx, door.workshop_id)
    if workshop.closed_at or door.closed_at:
        raise Refused("closed")
    about = by_key(tx, door.workshop_id, sent.about_id) if sent.about_id else None
    about_id = (about.about_id or about.id) if about else None
    same = {"door_id": door.id, "device": sent.device, "words": words, "about_id": about_id}
    if not sure and tx.ideas.same_words(since=clock.ago(minutes=10), **same):
        raise Refused("same_words")
    key = ids.new()
    tx.ideas.place(
        id=key,
        workshop_id=door.workshop_id,
        door_id=door.id,
        words=words,
        visibility=sent.visibility if sent.visibility in CHOICES else "group",
        consent=NOW,
        for_other=int(sent.for_other),
        perspective=perspectives.accepted(tx, door.workshop_id, sent.perspective),
        maker=plain(sent.maker)[:60],
        channel=sent.channel,
        held=int(waiting.must(tx, workshop, door, sent.channel, sent.device)),
        device=sent.device,
        send_key=send_key,
        receipt=free_receipt(tx),
        at=clock.now(),
        nr=next_nr(tx, door.workshop_id),
        about_id=about_id,
        question=int(sent.question),
    )
    for position, picture in enumerate(sent.pictures[:MOST_PICTURES]):
        add_picture(tx, key, picture, position)
    record(tx, key, MAKER, "placed", {}, {"words": words})
    placed = by_key(tx, door.workshop_id, key)
    return apply(tx, placed, MAKER, "stays", stays=True) if sent.stays else placed


def visible(tx: Tx, door: Door, in_group: bool) -> list[Idea]:
    """Return the ideas on a card that this visitor may see, newest first, at most 200."""
    return visible_at(tx, door.workshop_id, door.id, in_group)


def picture_for(tx: Tx, picture_id: str, groups: set[str]) -> Picture | None:
    """Return a picture for somebody in the groups of these workshops; None when they may not see its idea."""
    row = tx.pictures.find(id=picture_id)
    if row is None:
        return None
    seen = visible_at(tx, row["workshop_id"], row["door_id"], row["workshop_id"] in groups)
    return next((one for idea in seen for one in idea.pictures if one.id == picture_id), None)


def by_receipt(tx: Tx, receipt: str) -> Idea | None:
    """Return the idea with this receipt, also when it was taken away; None when unknown or erased."""
    row = tx.ideas.by_receipt(receipt=receipt)
    return _with_pictures(tx, _of(row)) if row else None


def by_key(tx: Tx, workshop_id: str, idea_id: str) -> Idea:
    """Return an idea of this workshop. Raises `Refused('no_idea')` when there is none."""
    row = tx.ideas.find(id=idea_id, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_idea")
    return _with_pictures(tx, _of(row))


def change_words(tx: Tx, idea: Idea, words: str, visibility: str) -> Idea:
    """Let the maker change words and choice. Raises `Refused`: `empty`, `long`, `too_late`.

    Who may see it can always be changed; the words for thirty minutes, so that nobody reads something
    else than what a facilitator checked.
    """
    new = plain(words)
    if new != idea.own_words and clock.now() > idea.changeable_until:
        raise Refused("too_late")
    checked(words, idea.pictures)
    changes: dict[str, Any] = {}
    if new != idea.own_words:
        workshop, door = at_door(tx, idea.workshop_id), of_idea(tx, idea.workshop_id, idea.door_id)
        first = waiting.first(tx, workshop, door, idea.channel, idea.device)
        held = idea.held or idea.status == "set_aside" or first
        changes |= {"words": new, "own_words": new, "status": "received", "held": held}
    if visibility in CHOICES and visibility != idea.visibility:
        changes["visibility"] = visibility
    return apply(tx, idea, MAKER, "changed", **changes) if changes else idea


def withdraw(tx: Tx, idea: Idea, who: str = MAKER) -> Idea:
    """Take an idea away from every page at once; half an hour later it is erased for good."""
    return idea if idea.withdrawn_at else apply(tx, idea, who, "withdrawn", withdrawn_at=clock.now())


def bring_back(tx: Tx, idea: Idea, who: str = MAKER) -> Idea:
    """Undo taking away, as long as it was not erased."""
    return apply(tx, idea, who, "brought back", withdrawn_at=None) if idea.withdrawn_at else idea


def apply(tx: Tx, idea: Idea, who: str, verb: str, **changes: Any) -> Idea:
    """Change an idea and record who, when, from what to what, in one go.

    Raises `Stale` with the idea as it is now when somebody changed it since `idea` was loaded.
    """
    now = replace(idea, **changes)
    row = tx.ideas.change(**{name: _sql(getattr(now, name)) for name in _CHANGEABLE}, id=idea.id, version=idea.version)
    if row is None:
        raise Stale(by_key(tx, idea.workshop_id, idea.id))
    if "pictures" in changes:
        _show(tx, idea.id, now.pictures)
    before = {name: _noted(getattr(idea, name)) for name in changes}
    record(tx, idea.id, who, verb, before, {name: _noted(value) for name, value in changes.items()})
    if _FOLLOWED & changes.keys():
        joining.follow(tx, idea, now)
    return by_key(tx, idea.workshop_id, idea.id)


def add_picture(tx: Tx, idea_id: str, picture: Picture, position: int) -> None:
    """Join a stored picture to an idea."""
    tx.pictures.add(
        id=picture.id,
        idea_id=idea_id,
        file=picture.file,
        width=picture.width,
        height=picture.height,
        position=position,
    )


def checked(text: str, pictures: Sequence[Picture]) -> str:
    """Return text as it may be stored. Raises `Refused`: `empty` (without a picture either), `long`."""
    words = plain(text)
    if not words and not pictures:
        raise Refused("empty")
    if len(words) > MOST_SIGNS:
        raise Refused("long", most=str(MOST_SIGNS))
    return words


def plain(text: str) -> str:
    """Return text without control and direction signs, with tidy line ends and few combining marks."""
    kept, marks = [], 0
    for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind == "Mn" else 0
        if sign in "\ufffe\uffff":  # no signs at all, and no table can hold them
            continue
        if sign == "\n" or (kind not in ("Cc", "Cf", "Cs", "Co") and marks < 3) or sign == "\u200d":
            kept.append(sign)
    return "".join(kept).strip()


_CHANGEABLE = (
    *("words", "own_words", "status", "reason", "held", "narrowed_to", "visibility"),
    *("maker", "perspective", "for_other", "typing", "asked", "withdrawn_at", "theme_id"),
    *("place", "merged_into", "planned", "decided", "address", "parked", "question"),
    *("stays", "knowledge"),
)
_COLUMNS = frozenset(field.name for field in fields(Idea)) - {"pictures"}
_FOLLOWED = {"visibility", "narrowed_to", "stays", "withdrawn_at", "merged_into"}


def visible_at(tx: Tx, workshop_id: str, door_id: str, in_group: bool) -> list[Idea]:
    """Return what the group sees at a door, or everyone does, newest first."""
    hidden_at = at_door(tx, workshop_id).hidden_at
    who = {"everyone": int(not in_group), "hidden_at": hidden_at, "private": network_cards.BEING}
    rows = tx.ideas.shown(door_id=door_id, most=SHOWN, **who)
    found = with_pictures_of(tx, rows, door_id=door_id)
    return joining.filled(tx, found, everyone=not in_group, hidden_at=hidden_at)


def _send_key(sent: Sent, words: str) -> str:
    """Join the form's key with what was sent: the same words again are one idea, other words another."""
    whole = json.dumps([sent.send_key, words, [picture.file for picture in sent.pictures]])
    return hashlib.sha256(whole.encode()).hexdigest()


def free_receipt(tx: Tx) -> str:
    """Return a receipt that no idea has."""
    receipt = ids.receipt()
    while tx.ideas.receipt_taken(receipt=receipt):
        receipt = ids.receipt()
    return receipt


def next_nr(tx: Tx, workshop_id: str) -> int:
    """Return the next short number of a workshop; none is ever used twice."""
    nr: int = tx.workshops.next_nr(id=workshop_id)
    return nr


def record(tx: Tx, idea_id: str, who: str, verb: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Add something that happened to an idea to its history."""
    tx.ideas.record(
        id=ids.new(),
        idea_id=idea_id,
        at=clock.now(),
        who=who,
        verb=verb,
        before=json.dumps(before),
        after=json.dumps(after),
        batch=tx.batch,
    )
    tx.pulse.beat_of_idea(idea_id=idea_id)


def ever(tx: Tx, idea: Idea, keys: Sequence[str]) -> tuple[Picture, ...]:
    """Return pictures an idea has or had, by their keys. Raises `Refused('nothing_to_undo')` for one that is erased."""
    rows = tx.pictures.ever(idea_id=idea.id)
    had = {row["id"]: Picture(row["id"], row["file"], row["width"], row["height"]) for row in rows}
    if not had.keys() >= set(keys):
        raise Refused("nothing_to_undo")
    return tuple(had[key] for key in keys)


def _show(tx: Tx, idea_id: str, pictures: Sequence[Picture]) -> None:
    """Show these pictures of an idea, all of them stored, and cover its other ones."""
    shown = {picture.id for picture in pictures}
    for row in tx.pictures.ever(idea_id=idea_id):
        if (row["covered_at"] is None) != (row["id"] in shown):
            tx.pictures.cover(id=row["id"], at=None if row["id"] in shown else clock.now())


def _noted(value: Any) -> Any:
    """Return a value as history keeps it: pictures by their keys."""
    return [picture.id for picture in value] if isinstance(value, tuple) else value


def _sql(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _of(row: dict[str, Any]) -> Idea:
    values = {name: row[name] for name in _COLUMNS if name in row}
    return Idea(**values | {name: bool(row[name]) for name in ("for_other", "held", "question", "stays")})


def _with_pictures(tx: Tx, idea: Idea) -> Idea:
    rows = tx.pictures.of_idea(idea_id=idea.id)
    return replace(idea, pictures=tuple(Picture(row["id"], row["file"], row["width"], row["height"]) for row in rows))


def with_pictures_of(tx: Tx, rows: list[dict[str, Any]], **where: str) -> list[Idea]:
    """Return rows as ideas, with the pictures of `door_id` or `workshop_id` in one look; of a few one look each."""
    if len(rows) <= A_FEW:
        return [_with_pictures(tx, _of(row)) for row in rows]
    found: dict[str, tuple[Picture, ...]] = defaultdict(tuple)
    for row in tx.pictures.of_door(**where) if "door_id" in where else tx.pictures.of_workshop(**where):
        found[row["idea_id"]] += (Picture(row["id"], row["file"], row["width"], row["height"]),)
    return [replace(_of(row), pictures=found[row["id"]]) if row["id"] in found else _of(row) for row in rows]
