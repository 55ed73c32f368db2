"""Workshops: one trajectory around one question, and who works in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from workshop import clock, ids
from workshop.domain import meetings, organisations, perspectives, pulse, quotas
from workshop.errors import Refused, Stale
from workshop.store import Tx

Role = Literal["facilitator", "helper", "observer"]
Kind = Literal["circle", "learning", "workshop"]


@dataclass(frozen=True)
class Workshop:
    """One workshop; `role` is what the facilitator who loaded it may do, '' when nobody did.

    `kind` is what kind of trajectory it is and `dial` how far a learning circle goes: see `trajectory`. Until
    `questions_until` people can only send questions.
    """

    id: str
    name: str
    question: str
    language: Literal["nl", "en"]
    address: str
    contact_name: str
    contact_phone: str
    seen: Literal["all", "first", "soon"]
    next_date: str | None
    rehearsal: bool
    word_misses_reset_at: str
    closed_at: str | None
    version: int
    hidden_at: str | None = None
    support_shown_at: str | None = None
    kind: Kind = "circle"
    dial: int = 1
    questions_until: str | None = None
    names_erased_at: str | None = None
    role: str = ""
    waiting: int = 0

    @property
    def host(self) -> str:
        """Return the address as people type it: `werkplaats.nl`."""
        return urlsplit(self.address).netloc


@dataclass(frozen=True)
class Details:
    """What a facilitator fills in about a workshop."""

    name: str
    question: str
    language: str
    address: str
    contact_name: str
    contact_phone: str
    seen: str = "soon"
    next_date: str = ""
    rehearsal: bool = False


@dataclass(frozen=True)
class Member:
    """Somebody who works in a workshop; `perspective` is the side they look from, '' when they did not say."""

    id: str
    name: str
    role: str
    since: str
    perspective: str = ""


def details(workshop: Workshop) -> Details:
    """Return what is filled in about a workshop, to change some of it."""
    values = {name: getattr(workshop, name) for name in Details.__dataclass_fields__}
    return Details(**values | {"next_date": workshop.next_date or ""})


def make(tx: Tx, facilitator_id: str, details: Details) -> Workshop:
    """Make a workshop with this facilitator in it, of their organisation.

    Raises `Refused` with the field that is wrong, or 'quota_workshops'.
    """
    values = _checked(details)
    values["organisation_id"] = organisations.of_facilitator(tx, facilitator_id)
    quotas.one_more_workshop(tx, values["organisation_id"])
    key = ids.new()
    at = clock.now()
    next_date = values.pop("next_date")
    tx.workshops.make(id=key, at=at, **values)
    meetings.plan_next(tx, key, next_date)
    tx.workshops.join(workshop_id=key, facilitator_id=facilitator_id, role="facilitator", at=at)
    found = find(tx, key, facilitator_id)
    assert found is not None  # noqa: S101 (made two lines up, in this same transaction)
    return found


def change(tx: Tx, workshop: Workshop, details: Details) -> Workshop:
    """Change what is said about a workshop. Raises `Stale` when somebody else did so first."""
    values = _checked(details)
    next_date = values.pop("next_date")
    if tx.workshops.change(id=workshop.id, version=workshop.version, **values) is None:
        raise Stale(at_door(tx, workshop.id))
    meetings.plan_next(tx, workshop.id, next_date)
    pulse.beat(tx, workshop.id)
    return at_door(tx, workshop.id)


def find(tx: Tx, workshop_id: str, facilitator_id: str) -> Workshop | None:
    """Load a workshop for somebody who works in it; None for everybody else."""
    row = tx.workshops.find_for(id=workshop_id, facilitator_id=facilitator_id, today=_today())
    return _of(row) if row else None


def at_door(tx: Tx, workshop_id: str) -> Workshop:
    """Load the workshop behind a door that somebody found."""
    return _of(tx.workshops.find(id=workshop_id, today=_today()))


def all_for(tx: Tx, facilitator_id: str) -> list[Workshop]:
    """Return the workshops somebody works in, newest first."""
    return [_of(row) for row in tx.workshops.all_for(facilitator_id=facilitator_id, today=_today())]


def everything(tx: Tx) -> list[Workshop]:
    """Return all workshops of this installation, for the command line."""
    return [_of(row) for row in tx.workshops.everything(today=_today())]


def only(tx: Tx) -> Workshop | None:
    """Return the only open workshop of an installation with one organisation; None when there are more, or none."""
    found = tx.workshops.some_open(most=2, today=_today())
    alone = len(found) == 1 and not tx.organisations.others(organisation_id=found[0]["organisation_id"])
    return _of(found[0]) if alone else None


def hosts(tx: Tx) -> set[str]:
    """Return every host name (with port) that a workshop prints."""
    return {urlsplit(row["address"]).netloc.lower() for row in tx.workshops.addresses()}


def members(tx: Tx, workshop_id: str) -> list[Member]:
    """Return who works in a workshop, first come first."""
    return [Member(**row) for row in tx.workshops.members(workshop_id=workshop_id)]


def close(tx: Tx, workshop_id: str) -> None:
    """Close all doors of a workshop: pages stay readable, nothing new comes in."""
    tx.workshops.close(id=workshop_id, at=clock.now())
    pulse.beat(tx, workshop_id)


def reopen(tx: Tx, workshop_id: str) -> None:
    """Open the doors again. Raises `Refused('quota_workshops')`."""
    if at_door(tx, workshop_id).closed_at:
        quotas.one_more_workshop(tx, organisations.of_workshop(tx, workshop_id).id)
    tx.workshops.reopen(id=workshop_id)
    pulse.beat(tx, workshop_id)


def reset_word_misses(tx: Tx, workshop_id: str) -> None:
    """Let people type a card's word again after too many wrong ones."""
    tx.workshops.reset_word_misses(id=workshop_id, at=clock.now())


def hide(tx: Tx, workshop_id: str) -> None:
    """Keep what comes in from now on for the desk only, until it is revealed: nobody is led by the first idea."""
    tx.workshops.hide(id=workshop_id, at=clock.now())
    pulse.beat(tx, workshop_id)


def reveal(tx: Tx, workshop_id: str) -> None:
    """Show everything that came in while it was hidden, all at once."""
    tx.workshops.reveal(id=workshop_id)
    pulse.beat(tx, workshop_id)


def show_support(tx: Tx, workshop_id: str, shown: bool) -> None:
    """Let everybody see how many people stand behind an idea, or only the desk."""
    tx.workshops.show_support(id=workshop_id, at=clock.now() if shown else None)
    pulse.beat(tx, workshop_id)


def perspective_of(tx: Tx, workshop_id: str, facilitator_id: str) -> str:
    """Return from which side a facilitator looks in this workshop; '' when they did not say."""
    row = tx.workshops.perspective_of(workshop_id=workshop_id, facilitator_id=facilitator_id)
    return str(row["perspective"]) if row else ""


def take_perspective(tx: Tx, workshop_id: str, facilitator_id: str, perspective: str) -> None:
    """Note from which side a facilitator looks in this workshop."""
    side = perspectives.accepted(tx, workshop_id, perspective)
    tx.workshops.take_perspective(workshop_id=workshop_id, facilitator_id=facilitator_id, perspective=side)


def _today() -> str:
    return clock.today().isoformat()


def _checked(details: Details) -> dict[str, Any]:
    limits = {"name": 60, "question": 140, "contact_name": 60, "contact_phone": 30}
    values: dict[str, Any] = {}
    for field, most in limits.items():
        text = " ".join(getattr(details, field).split())
        if not text:
            raise Refused(f"{field}_missing")
        if len(text) > most:
            raise Refused(f"{field}_long", most=str(most))
        values[field] = text
    if sum(sign.isdigit() for sign in values["contact_phone"]) < 6:
        raise Refused("contact_phone_short")
    if details.language not in ("nl", "en"):
        raise Refused("language_unknown")
    if details.seen not in ("all", "first", "soon"):
        raise Refused("seen_unknown")
    return values | {
        "language": details.language,
        "seen": details.seen,
        "address": address(details.address),
        "next_date": _date(details.next_date),
        "rehearsal": int(details.rehearsal),
    }


def address(text: str) -> str:
    """Return a web address as `https://host`, or raise `Refused`. Without a scheme, https is meant."""
    plain = text.strip().lower().rstrip("/")
    if plain and "://" not in plain:
        plain = "https://" + plain
    odd = Refused("address_odd", f"“{text}” is no web address. Give only a name, for example https://werkplaats.nl.")
    try:
        parts = urlsplit(plain)
        fine = parts.scheme in ("http", "https") and parts.hostname and not parts.path and not parts.query
        fine = fine and (parts.port is None or parts.port > 0) and "@" not in parts.netloc
    except ValueError:
        raise odd from None
    if not fine or any(sign not in "abcdefghijklmnopqrstuvwxyz0123456789.-:" for sign in parts.netloc):
        raise odd
    return f"{parts.scheme}://{parts.netloc}"


def _date(text: str) -> str | None:
    if not text.strip():
        return None
    try:
        return clock.day(text.strip()).isoformat()
    except ValueError:
        raise Refused("next_date_odd") from None


def _of(row: dict[str, Any]) -> Workshop:
    names = Workshop.__dataclass_fields__
    values = {name: value for name, value in row.items() if name in names}
    return Workshop(**values | {"rehearsal": bool(row["rehearsal"])})
