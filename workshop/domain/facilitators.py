"""Facilitators: who they are, how they sign in, how they invite each other.

Only hashes are stored: of passphrases (argon2id), of links and of sign-in cookies (SHA-256 of 256
random bits). Signing in is server-side, so that signing out really ends it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workshop import clock, ids
from workshop.domain import misses, organisations, workshops
from workshop.errors import Refused
from workshop.store import Store, Tx

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_two_at_once = threading.Semaphore(2)
_DUMMY = _hasher.hash("nobody has this passphrase")
IDLE_HOURS, WHOLE_HOURS = 8, 24
LINK_HOURS = 72


@dataclass(frozen=True)
class Facilitator:
    """Somebody who signs in at the desk, for one organisation; not while that is `paused`."""

    id: str
    name: str
    has_passphrase: bool
    organisation_id: str
    paused: bool = False


@dataclass(frozen=True)
class Invitation:
    """A link that was not used yet: to sign in (`workshop_id` None) or to join a workshop."""

    workshop_id: str | None
    workshop_name: str | None
    facilitator_id: str | None
    role: workshops.Role
    organisation_id: str | None = None


def make(tx: Tx, name: str, passphrase: str = "", organisation_id: str = "") -> Facilitator:
    """Make a facilitator of an organisation, '' is the first one.

    Raises `Refused` for a name in use (names are what one signs in with) or a passphrase under 12 signs.
    """
    plain = _name(name)
    if tx.facilitators.by_name(name=plain):
        raise Refused("name_taken")
    row = {"id": ids.new(), "name": plain, "passphrase": _hash(passphrase) if passphrase else None}
    row["organisation_id"] = organisation_id or organisations.first(tx)
    tx.facilitators.make(at=clock.now(), **row)
    return _of(row)


def find(tx: Tx, facilitator_id: str) -> Facilitator | None:
    """Load a facilitator by key."""
    row = tx.facilitators.find(id=facilitator_id)
    return _of(row) if row else None


def first(tx: Tx) -> Facilitator | None:
    """Return who was here first, or None on a new installation."""
    row = tx.facilitators.first()
    return _of(row) if row else None


def sign_in(store: Store, name: str, passphrase: str, device: str, known: bool) -> tuple[Facilitator, str]:
    """Check a passphrase; return the facilitator and the secret for the cookie.

    `known` says that this device signed in as this person before: it has a budget of its own, so
    others guessing a name cannot lock its owner out. Raises `Refused`: `sign_in_wrong`, or
    `sign_in_wait` after twenty wrong tries in ten minutes. The hash is worked out off the writer
    thread: it costs 30 ms.
    """
    plain = " ".join(name.split())[:60]
    subject = plain.lower()
    mine = device if known else None
    if store.read(misses.count, "passphrase", minutes=10, subject=subject, device=mine) >= misses.PASSPHRASES:
        raise Refused("sign_in_wait")
    row = store.read(lambda tx: tx.facilitators.by_name(name=plain))
    with _two_at_once:
        right = _right((row or {}).get("passphrase") or _DUMMY, passphrase)
    if not row or not row["passphrase"] or not right:
        store.write(misses.note, "passphrase", subject, device)
        raise Refused("sign_in_wrong")
    return _of(row), store.write(begin, row["id"])


def begin(tx: Tx, facilitator_id: str) -> str:
    """Sign somebody in without more questions; return the secret for the cookie."""
    secret = ids.token()
    tx.facilitators.sign_in(token=ids.digest(secret), facilitator_id=facilitator_id, at=clock.now())
    return secret


def remember(tx: Tx, facilitator_id: str) -> str:
    """Return a secret that shows later that this browser signed in as this person; it opens nothing."""
    secret = begin(tx, facilitator_id)
    sign_out(tx, secret)
    return secret


def knows(tx: Tx, secret: str, name: str) -> bool:
    """Say whether the browser with this secret signed in under this name before."""
    return bool(tx.facilitators.knows(token=ids.digest(secret), name=" ".join(name.split())))


def signed_in(tx: Tx, secret: str) -> tuple[Facilitator, bool] | None:
    """Return who this cookie signs in and whether the sign-in should be marked as seen; None if it ended."""
    row = tx.facilitators.signed_in(
        token=ids.digest(secret), idle_since=clock.ago(hours=IDLE_HOURS), began_since=clock.ago(hours=WHOLE_HOURS)
    )
    return (_of(row), row["seen_at"] < clock.ago(minutes=5)) if row else None


def seen(tx: Tx, secret: str) -> None:
    """Note that the cookie was used, so that eight idle hours count from now."""
    tx.facilitators.seen(token=ids.digest(secret), at=clock.now())


def sign_out(tx: Tx, secret: str) -> None:
    """End a sign-in; the cookie opens nothing any more."""
    tx.facilitators.sign_out(token=ids.digest(secret), at=clock.now())


def set_passphrase(tx: Tx, facilitator_id: str, passphrase: str) -> None:
    """Give somebody a new passphrase and end all their sign-ins."""
    tx.facilitators.set_passphrase(id=facilitator_id, passphrase=_hash(passphrase))
    tx.facilitators.sign_out_everywhere(facilitator_id=facilitator_id, at=clock.now())


def sign_in_link(tx: Tx, facilitator_id: str) -> str:
    """Return the secret of a link that signs this facilitator in, once, within three days."""
    return _invite(tx, facilitator_id=facilitator_id, workshop_id=None, role="facilitator", made_by=None)


def invite(tx: Tx, workshop_id: str, role: workshops.Role, made_by: str) -> str:
    """Return the secret of a link with which one person can join a workshop, within three days."""
    return _invite(tx, facilitator_id=None, workshop_id=workshop_id, role=role, made_by=made_by)


def invitation(tx: Tx, secret: str) -> Invitation | None:
    """Return what a link is for, or None when it was used, is too old or never was."""
    row = tx.facilitators.invitation(token=ids.digest(secret), at=clock.now())
    return Invitation(**{name: row[name] for name in Invitation.__dataclass_fields__}) if row else None


def use(tx: Tx, secret: str, facilitator_id: str) -> None:
    """Use a link for this facilitator: joins the workshop if it is for one.

    Raises `Refused`: 'link_used', 'link_elsewhere' for a workshop of another organisation; then it stays unused.
    """
    found = invitation(tx, secret)
    at = clock.now()
    used = tx.facilitators.use_invitation(token=ids.digest(secret), facilitator_id=facilitator_id, at=at)
    if found is None or used != 1:
        raise Refused("link_used")
    if found.workshop_id:
        if found.organisation_id != organisations.of_facilitator(tx, facilitator_id):
            raise Refused("link_elsewhere")
        tx.workshops.join(workshop_id=found.workshop_id, facilitator_id=facilitator_id, role=found.role, at=at)


def _invite(tx: Tx, **values: Any) -> str:
    secret = ids.token()
    tx.facilitators.invite(token=ids.digest(secret), at=clock.now(), expires_at=clock.ahead(hours=LINK_HOURS), **values)
    return secret


def _name(name: str) -> str:
    plain = " ".join(name.split())
    if len(plain) < 2:
        raise Refused("name_missing", "A name has at least two letters. Give one with --name.")
    if len(plain) > 60:
        raise Refused("name_long", "A name has at most 60 letters. Give a shorter one with --name.", most="60")
    return plain


def _hash(passphrase: str) -> str:
    if len(passphrase) < 12:
        raise Refused("passphrase_short")
    if len(passphrase) > 200:
        raise Refused("passphrase_long")
    return _hasher.hash(passphrase)


def _right(stored: str, passphrase: str) -> bool:
    try:
        return _hasher.verify(stored, passphrase)
    except (VerificationError, InvalidHashError):
        return False


def _of(row: dict[str, Any]) -> Facilitator:
    return Facilitator(
        row["id"], row["name"], bool(row["passphrase"]), row["organisation_id"], paused=bool(row.get("paused_at"))
    )
