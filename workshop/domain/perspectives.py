"""From which side somebody looks. Telling it is never needed; the list is of the field, and a workshop may add to it.

A side of a workshop's own that was removed cannot be chosen any more; what was said from it keeps its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop import clock, ids
from workshop.domain import pulse
from workshop.errors import Refused
from workshop.store import Tx

NAMES: dict[str, tuple[str, str]] = {
    "ervaringsdeskundige": ("ervaringsdeskundige", "experience expert"),
    "client": ("cliënt", "client"),
    "mantelzorger": ("mantelzorger", "family carer"),
    "burger": ("buurtbewoner", "resident"),
    "vrijwilliger": ("vrijwilliger", "volunteer"),
    "professional": ("professional", "professional"),
    "gemeente": ("gemeente", "municipality"),
    "onderwijs": ("onderwijs", "education"),
    "wetenschap": ("wetenschap", "research"),
}
MOST_SIGNS = 40
MOST_OWN = 12


@dataclass(frozen=True)
class Own:
    """A side of a workshop's own. `removed_at` is None as long as it can be chosen."""

    id: str
    name: str
    removed_at: str | None


def of(tx: Tx, workshop_id: str, *, ever: bool = False) -> dict[str, tuple[str, str]]:
    """Return what can be chosen here by key, in Dutch and English, the field's first; `ever` adds what was removed."""
    own = {one.id: (one.name, one.name) for one in own_ones(tx, workshop_id) if ever or one.removed_at is None}
    return NAMES | own


def choices(tx: Tx, workshop_id: str, language: str, now: str = "") -> dict[str, str]:
    """Return by key what can be chosen here, in a language, and what is chosen `now` even when it was removed."""
    there = of(tx, workshop_id, ever=True)
    open_now = of(tx, workshop_id)
    return {key: both[language != "nl"] for key, both in there.items() if key in open_now or key == now}


def names(tx: Tx, workshop_id: str, language: str) -> dict[str, str]:
    """Return every perspective that something can carry here, by key, also the removed ones, in a language."""
    return {key: both[language != "nl"] for key, both in of(tx, workshop_id, ever=True).items()}


def name(key: str, language: str, own: str = "") -> str:
    """Return the name of one of the field's perspectives; for any other key `own`."""
    return NAMES[key][language != "nl"] if key in NAMES else own


def known(tx: Tx, workshop_id: str, key: str) -> bool:
    """Say whether this is a perspective of this workshop, or was one."""
    return key in NAMES or any(one.id == key for one in own_ones(tx, workshop_id))


def accepted(tx: Tx, workshop_id: str, key: str) -> str:
    """Return a perspective that was sent; '' for what is none here."""
    return key if key in NAMES or (key and known(tx, workshop_id, key)) else ""


def own_ones(tx: Tx, workshop_id: str) -> list[Own]:
    """Return the sides of this workshop's own, oldest first, the removed ones too."""
    rows = tx.perspectives.of_workshop(workshop_id=workshop_id)
    return [Own(row["id"], row["name"], row["removed_at"]) for row in rows]


def add(tx: Tx, workshop_id: str, text: str) -> Own:
    """Add a side of the workshop's own; one that was there or removed under this name comes back, with all it carries.

    Raises `Refused`: 'side_missing', 'side_long', 'side_field' for a name of the field's own list, 'side_many'.
    """
    said = " ".join(text.split())
    if not any(sign.isalnum() for sign in said):
        raise Refused("side_missing", "Write a name for this perspective.")
    if len(said) > MOST_SIGNS:
        raise Refused("side_long", most=str(MOST_SIGNS))
    if any(said.casefold() in {name.casefold() for name in both} for both in NAMES.values()):
        raise Refused("side_field", "This perspective is in the list already.")
    there = own_ones(tx, workshop_id)
    same = next((one for one in there if one.name.casefold() == said.casefold()), None)
    if sum(one.removed_at is None for one in there) >= MOST_OWN and not (same and same.removed_at is None):
        raise Refused("side_many", most=str(MOST_OWN))
    key = same.id if same else ids.new()
    if same:
        tx.perspectives.bring_back(id=key, workshop_id=workshop_id)
    else:
        tx.perspectives.add(id=key, workshop_id=workshop_id, name=said, at=clock.now())
    pulse.beat(tx, workshop_id)
    return next(one for one in own_ones(tx, workshop_id) if one.id == key)


def remove(tx: Tx, workshop_id: str, key: str) -> None:
    """Let nobody choose this side any more; what carries it keeps it. Twice is once."""
    tx.perspectives.remove(id=key, workshop_id=workshop_id, at=clock.now())
    pulse.beat(tx, workshop_id)


def bring_back(tx: Tx, workshop_id: str, key: str) -> None:
    """Undo removing a side."""
    tx.perspectives.bring_back(id=key, workshop_id=workshop_id)
    pulse.beat(tx, workshop_id)
