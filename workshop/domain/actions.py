"""Actions: what somebody promised to do, by when, and whose they are.

A workshop where facilitators do everything is theirs, not the group's. So the share of actions that lies with
facilitators is counted and said. A first name may be written down; it is never needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from workshop import clock, ids
from workshop.domain import meetings, pulse
from workshop.errors import Refused, Stale
from workshop.store import Tx

Owner = Literal["facilitator", "group", "other"]
OWNERS: Final[tuple[Owner, ...]] = get_args(Owner)
_MOST: Final = {"what": 200, "owner_name": 40}


@dataclass(frozen=True)
class Action:
    """What is to be done, by a facilitator, somebody of the group, or another; `due` is a day or ''.

    `done_at` and `dropped_at` say since when it is done, or needs no doing any more.
    """

    id: str
    workshop_id: str
    meeting_id: str | None
    trial_id: str | None
    what: str
    owner: Owner
    owner_name: str
    due: str
    done_at: str | None
    dropped_at: str | None
    maker: str
    made_at: str
    version: int

    @property
    def late(self) -> bool:
        """Say whether it should have been done by now."""
        return self.done_at is None and bool(self.due) and self.due < clock.today().isoformat()


@dataclass(frozen=True)
class Promise:
    """What somebody fills in about an action. `meeting_id` and `trial_id` say where it comes from, or ''."""

    what: str
    owner: str
    owner_name: str = ""
    due: str = ""
    meeting_id: str = ""
    trial_id: str = ""


@dataclass(frozen=True)
class Share:
    """How many of all actions lie with facilitators; what was dropped is not counted, what is done is."""

    facilitators: int
    total: int


def of_workshop(tx: Tx, workshop_id: str) -> list[Action]:
    """Return the actions of a workshop as they came, without those dropped."""
    return [one for one in _all(tx, workshop_id) if one.dropped_at is None]


def dropped(tx: Tx, workshop_id: str) -> list[Action]:
    """Return the actions that need no doing any more."""
    return [one for one in _all(tx, workshop_id) if one.dropped_at is not None]


def share(tx: Tx, workshop_id: str) -> Share:
    """Return how many actions lie with facilitators, and how many there are."""
    there = of_workshop(tx, workshop_id)
    return Share(sum(one.owner == "facilitator" for one in there), len(there))


def find(tx: Tx, workshop_id: str, action_id: str) -> Action:
    """Return an action of this workshop, also a dropped one. Raises `Refused('no_action')`."""
    found = next((one for one in _all(tx, workshop_id) if one.id == action_id), None)
    if found is None:
        raise Refused("no_action", "There is no such action in this workshop.")
    return found


def add(tx: Tx, workshop_id: str, promise: Promise, who: str) -> Action:
    """Write an action down; the same one again, while it is open, is the one that is there.

    `who` is the key of the facilitator who writes. Raises `Refused`: 'action_missing', 'action_long', 'owner_unknown',
    'due_odd', 'no_meeting'.
    """
    values = _checked(tx, workshop_id, promise)
    origin = {"workshop_id": workshop_id, "trial_id": promise.trial_id or None}
    before = tx.actions.same(**origin, **values)
    if before:
        return find(tx, workshop_id, before["id"])
    key = ids.new()
    tx.actions.add(id=key, who=who, at=clock.now(), **origin, **values)
    pulse.beat(tx, workshop_id)
    return find(tx, workshop_id, key)


def change(tx: Tx, action: Action, promise: Promise) -> Action:
    """Change an action. Raises `Stale` with how it is now when somebody changed it first, and as `add` does."""
    values = _checked(tx, action.workshop_id, promise)
    if tx.actions.change(id=action.id, version=action.version, **values) is None:
        raise Stale(find(tx, action.workshop_id, action.id))
    pulse.beat(tx, action.workshop_id)
    return find(tx, action.workshop_id, action.id)


def done(tx: Tx, action: Action) -> None:
    """Note that it is done; twice is once."""
    tx.actions.done(id=action.id, at=clock.now())
    pulse.beat(tx, action.workshop_id)


def undone(tx: Tx, action: Action) -> None:
    """Note that it is not done after all."""
    tx.actions.undone(id=action.id)
    pulse.beat(tx, action.workshop_id)


def drop(tx: Tx, action: Action) -> None:
    """Let an action go: it needs no doing any more."""
    tx.actions.let_go(id=action.id, at=clock.now())
    pulse.beat(tx, action.workshop_id)


def bring_back(tx: Tx, action: Action) -> None:
    """Undo letting it go."""
    tx.actions.bring_back(id=action.id)
    pulse.beat(tx, action.workshop_id)


def _all(tx: Tx, workshop_id: str) -> list[Action]:
    rows = tx.actions.of_workshop(workshop_id=workshop_id)
    return [Action(**{name: row[name] for name in Action.__dataclass_fields__}) for row in rows]


def _checked(tx: Tx, workshop_id: str, promise: Promise) -> dict[str, Any]:
    values: dict[str, Any] = {name: " ".join(getattr(promise, name).split()) for name in _MOST}
    if not values["what"]:
        raise Refused("action_missing", "An action needs words. Nothing was written down yet.")
    if any(len(values[name]) > most for name, most in _MOST.items()):
        raise Refused("action_long", "An action has at most 200 signs, a first name 40.")
    if promise.owner not in OWNERS:
        raise Refused("owner_unknown", "Choose whose action it is.")
    if promise.meeting_id:
        meetings.find(tx, workshop_id, promise.meeting_id)
    return values | {"owner": promise.owner, "due": _day(promise.due), "meeting_id": promise.meeting_id or None}


def _day(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return clock.day(text.strip()).isoformat()
    except ValueError:
        raise Refused("due_odd", f"“{text}” is no day. Write it as 2027-06-30.") from None
