"""Organisations: who shares one installation, and sees nothing of each other.

A facilitator and a workshop belong to one organisation each, for good. As long as there is one, nobody meets the word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from workshop import clock, ids
from workshop.errors import Refused
from workshop.store import Tx

FIRST: Final = "0" * 26
"""The key of the organisation that everything belongs to on an installation where nobody made another."""
_FIRST_NAME: Final = "Werkplaats"
LONGEST: Final = 60


@dataclass(frozen=True)
class Organisation:
    """One organisation; the `most_…` of it are limits, and 0 is none.

    Nobody works there while it is paused, and nothing new comes in. `erasing_at` is since when everything of it is
    being erased, `erased_at` when nothing was left.
    """

    id: str
    name: str
    made_at: str
    most_workshops: int
    most_bytes: int
    most_pages_month: int
    bytes_counted: int
    bytes_added: int
    paused_at: str | None
    erasing_at: str | None
    erased_at: str | None

    @property
    def limited(self) -> bool:
        """Say whether there is a limit to anything."""
        return bool(self.most_workshops or self.most_bytes or self.most_pages_month)


@dataclass(frozen=True)
class Person:
    """A facilitator of an organisation. `seen_at` is when they were at the desk last, None when never."""

    id: str
    name: str
    made_at: str
    seen_at: str | None


def first(tx: Tx) -> str:
    """Return the key of the organisation of who is not made for another one, making it when it is not there."""
    if tx.organisations.find(organisation_id=FIRST) is None:
        tx.organisations.make(id=FIRST, name=_FIRST_NAME, at=clock.now())
    return FIRST


def make(tx: Tx, name: str) -> Organisation:
    """Make an organisation. Raises `Refused`: 'organisation_name', 'organisation_twice'."""
    plain = " ".join(name.split())
    if not 2 <= len(plain) <= LONGEST:
        raise Refused("organisation_name", f"The name of an organisation has 2 to {LONGEST} letters. Choose another.")
    first(tx)
    if tx.organisations.by_name(name=plain):
        raise Refused("organisation_twice", f"There is an organisation called “{plain}” already. Choose another name.")
    key = ids.new()
    tx.organisations.make(id=key, name=plain, at=clock.now())
    return find(tx, key)


def find(tx: Tx, organisation_id: str) -> Organisation:
    """Return an organisation. Raises `Refused('no_organisation')`."""
    row = tx.organisations.find(organisation_id=organisation_id)
    if row is None:
        raise Refused("no_organisation", "There is no such organisation. See werkplaats organisation list.")
    return _of(row)


def named(tx: Tx, said: str) -> Organisation:
    """Return the organisation with this key or name, for the command line. Raises `Refused('no_organisation')`."""
    row = tx.organisations.by_name(name=" ".join(said.split()))
    return _of(row) if row else find(tx, said)


def everything(tx: Tx) -> list[Organisation]:
    """Return all organisations of this installation, oldest first, for the command line."""
    return [_of(row) for row in tx.organisations.everything()]


def of_workshop(tx: Tx, workshop_id: str) -> Organisation:
    """Return the organisation a workshop belongs to."""
    return _of(tx.organisations.of_workshop(workshop_id=workshop_id))


def of_facilitator(tx: Tx, facilitator_id: str) -> str:
    """Return the key of the organisation somebody works for."""
    return str(tx.organisations.of_facilitator(facilitator_id=facilitator_id))


def shown(tx: Tx, organisation_id: str) -> bool:
    """Say whether there is anything to tell about an organisation: there is another one too, or it has a limit."""
    return bool(tx.organisations.others(organisation_id=organisation_id)) or find(tx, organisation_id).limited


def people(tx: Tx, organisation_id: str) -> list[Person]:
    """Return who works for an organisation, by name."""
    return [Person(**row) for row in tx.organisations.people(organisation_id=organisation_id)]


def workshop_ids(tx: Tx, organisation_id: str) -> list[str]:
    """Return the keys of all workshops of an organisation, oldest first."""
    return [row["id"] for row in tx.organisations.workshop_ids(organisation_id=organisation_id)]


def workshops_without(tx: Tx, organisation_id: str, facilitator_id: str) -> int:
    """Return how many workshops of an organisation somebody does not work in."""
    return int(tx.organisations.workshops_not_of(organisation_id=organisation_id, facilitator_id=facilitator_id))


def set_quota(tx: Tx, organisation_id: str, *, workshops: int, size: int, pages: int) -> Organisation:
    """Set how many workshops, bytes and pages a month there may be at most; 0 is no limit."""
    now = find(tx, organisation_id)
    weighs = int(tx.organisations.bytes_of(organisation_id=organisation_id))
    tx.organisations.counted(organisation_id=organisation_id, bytes=weighs, added=now.bytes_added)
    tx.organisations.set_quota(organisation_id=organisation_id, workshops=workshops, bytes=size, pages=pages)
    return find(tx, organisation_id)


def pause(tx: Tx, organisation_id: str) -> None:
    """Let an organisation rest: nobody works there, nothing new comes in, nothing is lost."""
    find(tx, organisation_id)
    tx.organisations.pause(organisation_id=organisation_id, at=clock.now())


def resume(tx: Tx, organisation_id: str) -> None:
    """Let an organisation go on. Raises `Refused('organisation_erasing')` when it is being erased."""
    if find(tx, organisation_id).erasing_at:
        raise Refused("organisation_erasing", "This organisation is erased. It cannot go on.")
    tx.organisations.resume(organisation_id=organisation_id)


def stopped(tx: Tx, number: str) -> bool:
    """Say whether a number on paper was of an organisation that is no more."""
    return bool(tx.organisations.stopped(number=number))


def _of(row: dict[str, Any]) -> Organisation:
    return Organisation(**{name: row[name] for name in Organisation.__dataclass_fields__})
