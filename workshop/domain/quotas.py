"""How much an organisation may have: workshops, stored bytes, pages read in a month.

Held in the transaction that writes, so that two at once never both get the last of it. What participants say is never
refused: of theirs only a photo can be too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from workshop import clock
from workshop.domain import organisations
from workshop.domain.organisations import Organisation
from workshop.errors import Refused
from workshop.store import Tx

Kind = Literal["workshops", "bytes", "pages"]
NEAR: Final = 0.8
MEASURE_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Use:
    """How much of one kind is in use; `most` is 0 when there is no limit."""

    kind: Kind
    used: int
    most: int

    @property
    def state(self) -> Literal["", "near", "full"]:
        """Say whether this is nearly or wholly used up."""
        if not self.most:
            return ""
        return "full" if self.used >= self.most else "near" if self.used >= self.most * NEAR else ""

    @property
    def percent(self) -> int:
        """Return which part is used, 0 to 100; 100 only when all of it is."""
        return min(100, self.used * 100 // self.most) if self.most else 0


def uses(tx: Tx, organisation_id: str) -> list[Use]:
    """Return how much of everything an organisation uses."""
    whose = organisations.find(tx, organisation_id)
    return [_workshops(tx, whose), _bytes(tx, whose), _pages(tx, whose)]


def told(tx: Tx, organisation_id: str) -> list[Use]:
    """Return what is nearly or wholly used up, for the people who can do something about it."""
    whose = organisations.find(tx, organisation_id)
    limited = [
        (whose.most_workshops, _workshops),
        (whose.most_bytes, _bytes),
        (whose.most_pages_month, _pages),
    ]
    return [use for most, look in limited if most for use in [look(tx, whose)] if use.state]


def one_more_workshop(tx: Tx, organisation_id: str) -> None:
    """Make sure that another workshop may be open. Raises `Refused('quota_workshops')`."""
    whose = organisations.find(tx, organisation_id)
    if whose.most_workshops and _workshops(tx, whose).used >= whose.most_workshops:
        raise Refused(
            "quota_workshops", "All workshops of this organisation are in use.", most=str(whose.most_workshops)
        )


def room_for(tx: Tx, workshop_id: str, size: int = 0) -> None:
    """Let in so many bytes more for a workshop, or make sure that there is room. Raises `Refused('quota_bytes')`."""
    whose = organisations.of_workshop(tx, workshop_id)
    if not whose.most_bytes:
        return
    if _bytes(tx, whose).used + max(size, 1) > whose.most_bytes:
        raise Refused("quota_bytes", "The room of this organisation for pictures, scans and prints is full.")
    tx.organisations.let_in(organisation_id=whose.id, bytes=size)


def room_for_files(tx: Tx, workshop_id: str, files: Iterable[str]) -> None:
    """Make sure that these stored files fit, whose sizes were noted. Raises `Refused('quota_bytes')`."""
    if organisations.of_workshop(tx, workshop_id).most_bytes:
        room_for(tx, workshop_id, sum(int(tx.organisations.size_of(file=file)) for file in files))


def pages_left(tx: Tx, workshop_id: str) -> None:
    """Make sure that pages may still be read this month. Raises `Refused('quota_pages')`."""
    whose = organisations.of_workshop(tx, workshop_id)
    if whose.most_pages_month and _pages(tx, whose).used >= whose.most_pages_month:
        raise _no_pages(whose.most_pages_month)


def page_read(tx: Tx, stack_id: str) -> None:
    """Count a page that was read. Raises `Refused('quota_pages')` when it is one too many: then nothing is counted."""
    row = tx.organisations.count_page(stack_id=stack_id, month=_month())
    whose = organisations.find(tx, row["organisation_id"])
    if whose.most_pages_month and row["pages"] > whose.most_pages_month:
        raise _no_pages(whose.most_pages_month)


def read_on(tx: Tx) -> None:
    """Have stacks read that waited for pages, where there is room for them again; nobody has to ask for it."""
    tx.organisations.read_on(month=_month())


def to_count(tx: Tx) -> dict[str, tuple[int, int]]:
    """Return what every organisation with a limit stores by its rows, and how much of that was let in since before."""
    rows = tx.organisations.limited()
    return {row["id"]: (weigh(tx, row["id"]), row["bytes_added"]) for row in rows}


def counted(tx: Tx, found: Mapping[str, tuple[int, int]]) -> None:
    """Note what was counted."""
    for organisation_id, (size, added) in found.items():
        tx.organisations.counted(organisation_id=organisation_id, bytes=size, added=added)


def weigh(tx: Tx, organisation_id: str) -> int:
    """Return what all files of an organisation weigh, in bytes: a second for a hundred thousand of them."""
    return int(tx.organisations.bytes_of(organisation_id=organisation_id))


def note_size(tx: Tx, file: str, size: int) -> None:
    """Note how large a stored file is, in bytes."""
    tx.organisations.note_size(file=file, bytes=size)


def note_sizes(tx: Tx, sizes: Mapping[str, int]) -> None:
    """Note how large several stored files are, in bytes by name."""
    for file, size in sizes.items():
        note_size(tx, file, size)


def unmeasured(tx: Tx) -> list[str]:
    """Return files of which nobody noted how large they are, some at a time."""
    return [row["file"] for row in tx.organisations.unmeasured(most=MEASURE_AT_ONCE)]


def _no_pages(most: int) -> Refused:
    said = "All pages of this month were read. The paper is safe: it is read when there is room again."
    return Refused("quota_pages", said, most=str(most))


def _workshops(tx: Tx, whose: Organisation) -> Use:
    return Use("workshops", int(tx.organisations.workshops_open(organisation_id=whose.id)), whose.most_workshops)


def _bytes(tx: Tx, whose: Organisation) -> Use:
    """Return what is stored; with a limit as it was counted last, and all that was let in since."""
    weighs = whose.bytes_counted + whose.bytes_added
    return Use("bytes", weighs if whose.most_bytes else weigh(tx, whose.id), whose.most_bytes)


def _pages(tx: Tx, whose: Organisation) -> Use:
    return Use(
        "pages", int(tx.organisations.pages_in(organisation_id=whose.id, month=_month())), whose.most_pages_month
    )


def _month() -> str:
    return clock.today().isoformat()[:7]
