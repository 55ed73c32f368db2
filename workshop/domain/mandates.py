"""Mandates: who allows what, until when, and whether they signed for it.

A mandate is for the workshop as a whole or for one trial. Its words never change: who renews it writes another one, and
the old ones stay to be read. An expired mandate is still there, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from workshop import clock, ids
from workshop.domain import pulse
from workshop.errors import Refused
from workshop.store import Tx

Signed = Literal["", "paper", "screen"]
SIGNED: Final[tuple[Signed, ...]] = get_args(Signed)
_MOST: Final = {"allows": 120, "what": 400}


@dataclass(frozen=True)
class Mandate:
    """Who `allows` `what`, `until` a day written as `2027-06-30`, that day included.

    `signed` is '' as long as nobody signed; `signed_at` is when that was noted. `ended_at` says since when it was taken
    back, `maker` which facilitator wrote it down.
    """

    id: str
    workshop_id: str
    trial_id: str | None
    allows: str
    what: str
    until: str
    signed: Signed
    signed_at: str | None
    maker: str
    made_at: str
    ended_at: str | None
    expired: bool

    @property
    def holds(self) -> bool:
        """Say whether one may go by it today: signed, not expired, and not taken back."""
        return bool(self.signed) and not self.expired and self.ended_at is None


@dataclass(frozen=True)
class Given:
    """What somebody fills in: who allows what, until which day, and how that was signed ('' when it is not yet)."""

    allows: str
    what: str
    until: str
    signed: str = ""


def standing(tx: Tx, workshop_id: str, trial_id: str | None = None) -> Mandate | None:
    """Return the mandate of a trial, or without one that of the workshop; None when there is none.

    It is the last one that holds. When none does it is the last one written and not taken back: `holds` is false then,
    and `signed` and `expired` say why. What was signed before one that was taken back holds no more.
    """
    every = history(tx, workshop_id, trial_id)
    back = max((_signature(one) for one in every if one.signed and one.ended_at), default=("", ""))
    there = [one for one in every if one.ended_at is None and (not one.signed or _signature(one) > back)]
    return next((one for one in there if one.holds), there[0] if there else None)


def history(tx: Tx, workshop_id: str, trial_id: str | None = None) -> list[Mandate]:
    """Return every mandate of a trial, or of the workshop as a whole, the last one first."""
    return [_of(row) for row in tx.mandates.of_workshop(workshop_id=workshop_id, trial_id=trial_id)]


def find(tx: Tx, workshop_id: str, mandate_id: str) -> Mandate:
    """Return a mandate of this workshop. Raises `Refused('no_mandate')`."""
    row = tx.mandates.find(id=mandate_id, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_mandate", "There is no such mandate in this workshop.")
    return _of(row)


def give(tx: Tx, workshop_id: str, trial_id: str | None, given: Given, who: str) -> Mandate:
    """Write a mandate down; the same one again is the one that is there. `who` is the key of a facilitator.

    Raises `Refused`: 'allows_missing', 'allows_long', 'what_missing', 'what_long', 'until_odd' for what is no day,
    'until_past' for a day that is over.
    """
    values = _checked(given)
    last = next(iter(history(tx, workshop_id, trial_id)), None)
    if last and last.ended_at is None and all(getattr(last, name) == value for name, value in values.items()):
        return last
    key, at = ids.new(), clock.now()
    signed_at = at if values["signed"] else None
    tx.mandates.give(id=key, workshop_id=workshop_id, trial_id=trial_id, signed_at=signed_at, who=who, at=at, **values)
    pulse.beat(tx, workshop_id)
    return find(tx, workshop_id, key)


def sign(tx: Tx, mandate: Mandate, signed: str) -> None:
    """Note that a mandate was signed, on paper or on screen; twice is once. Raises `Refused('signed_unknown')`."""
    if signed not in SIGNED[1:]:
        raise Refused("signed_unknown", "Choose: signed on paper, or on screen.")
    tx.mandates.sign(id=mandate.id, workshop_id=mandate.workshop_id, signed=signed, at=clock.now())
    pulse.beat(tx, mandate.workshop_id)


def end(tx: Tx, mandate: Mandate) -> None:
    """Take a mandate back; it stays to be read."""
    tx.mandates.finish(id=mandate.id, workshop_id=mandate.workshop_id, at=clock.now())
    pulse.beat(tx, mandate.workshop_id)


def bring_back(tx: Tx, mandate: Mandate) -> None:
    """Undo taking a mandate back."""
    tx.mandates.bring_back(id=mandate.id, workshop_id=mandate.workshop_id)
    pulse.beat(tx, mandate.workshop_id)


def _signature(mandate: Mandate) -> tuple[str, str]:
    """Return what tells which of two mandates was signed later."""
    return mandate.signed_at or "", mandate.id


def _checked(given: Given) -> dict[str, Any]:
    values: dict[str, Any] = {name: " ".join(getattr(given, name).split()) for name in _MOST}
    for name, most in _MOST.items():
        if not values[name]:
            raise Refused(f"{name}_missing", f"“{name}” is empty. Nothing was written down yet.")
        if len(values[name]) > most:
            raise Refused(f"{name}_long", f"“{name}” may have {most} signs.", most=str(most))
    if given.signed not in SIGNED:
        raise Refused("signed_unknown", "Choose: signed on paper, on screen, or not yet.")
    return values | {"until": _day(given.until), "signed": given.signed}


def _day(text: str) -> str:
    try:
        day = clock.day(text.strip())
    except ValueError:
        raise Refused("until_odd", f"“{text}” is no day. Write it as 2027-06-30.") from None
    if day < clock.today():
        raise Refused("until_past", "That day is over. Choose a day to come.")
    return day.isoformat()


def _of(row: dict[str, Any]) -> Mandate:
    values = {name: row[name] for name in Mandate.__dataclass_fields__ if name in row}
    return Mandate(**values, expired=row["until"] < clock.today().isoformat())
