"""Stacks: paper that was brought in, file by file, and every page of it in exactly one tray.

What came is stored before anything is read, and kept. Reading is background work like printing: the row is
the truth. A page is settled in one transaction with what was seen on it, so a kill leaves whole pages only,
and reading again does the rest. Pages in equals pages out: `counts` says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workshop import clock, ids
from workshop.domain import quotas
from workshop.domain.leases import ATTEMPTS, AWAY_SECONDS, again_after, lease_until, mine
from workshop.errors import Refused
from workshop.store import Tx

Tray = Literal["matched", "seen", "look"]
Way = Literal["stack", "camera", "phone", "command"]
State = Literal["received", "reading", "read", "failed"]
SETTLED = ("typed_number", "aside", "looked")
"""How a person can settle a page: by typing its number, by putting it aside, or by looking and finding it right."""


@dataclass(frozen=True)
class Brought:
    """One file as it came: the name people gave it, the stored file and its size in bytes."""

    name: str
    file: str
    bytes: int


@dataclass(frozen=True)
class Stack:
    """One upload and how far its reading is."""

    id: str
    workshop_id: str
    brought_by: str | None
    brought_at: str
    way: Way
    state: State
    attempts: int
    reason: str
    read_at: str | None
    worker: str = ""
    """The word of whoever claimed it last."""


@dataclass(frozen=True)
class StackFile:
    """One file of a stack. `pages` is None until it was opened, `reason` why it could not be."""

    id: str
    stack_id: str
    position: int
    name: str
    file: str
    bytes: int
    pages: int | None
    reason: str


@dataclass(frozen=True)
class Seen:
    """One form seen on a page, as it is stored: files instead of pictures, plain lists instead of arrays."""

    slip: str
    code: str
    side: str
    how: str
    sure: bool
    px_per_mm: float
    corners: tuple[tuple[float, float], ...]
    ticks: dict[str, dict[str, str]]
    counts: dict[str, int]
    doubt: tuple[str, ...]
    blank: bool | None
    crop: str
    idea_crop: str
    idea_width: int
    idea_height: int
    id: str = ""
    page_id: str = ""
    made_at: str = ""


@dataclass(frozen=True)
class Page:
    """One page in its tray. `reason` says why it is there; `settled_as` what a person made of it."""

    id: str
    stack_id: str
    stack_file_id: str
    at: int
    tray: Tray
    reason: str
    picture: str
    width: int
    height: int
    bitonal: bool
    turned: int
    settled_at: str | None
    settled_as: str
    made_at: str
    name: str = ""
    sightings: tuple[Seen, ...] = ()


@dataclass(frozen=True)
class Counts:
    """How many pages a stack has and where they are. `pages` is the sum of the three trays."""

    pages: int
    matched: int
    seen: int
    look: int
    waiting: int
    blank: int
    bitonal: int
    ideas: int
    expected: int | None
    """Pages in the files, once all of them were opened."""


def bring(tx: Tx, workshop_id: str, who: str | None, way: Way, files: Sequence[Brought]) -> Stack:
    """Note that paper came in; its files are stored already. Raises `Refused`: 'no_pages', 'ended', and as `room`."""
    if not files:
        raise Refused("no_pages")
    if tx.endings.asked(workshop_id=workshop_id):
        raise Refused("ended", "This workshop has ended and its paper was erased. Nothing was stored.")
    room(tx, workshop_id, files, way)
    key = ids.new()
    tx.stacks.bring(id=key, workshop_id=workshop_id, brought_by=who, at=clock.now(), way=way)
    for position, one in enumerate(files):
        tx.stacks.add_file(
            id=ids.new(), stack_id=key, position=position, name=one.name[:200], file=one.file, bytes=one.bytes
        )
    return find(tx, workshop_id, key)


def room(tx: Tx, workshop_id: str, files: Sequence[Brought], way: Way) -> None:
    """Make sure that the organisation has room for these files. Raises `Refused`: 'quota_bytes', 'quota_pages'.

    A photo that somebody's phone took of an idea card is kept also when no page can be read this month: it waits.
    """
    quotas.room_for(tx, workshop_id, sum(one.bytes for one in files))
    if way != "phone":
        quotas.pages_left(tx, workshop_id)
    for one in files:
        quotas.note_size(tx, one.file, one.bytes)


def find(tx: Tx, workshop_id: str, stack_id: str) -> Stack:
    """Return a stack of this workshop. Raises `Refused('no_stack')`."""
    row = tx.stacks.find(id=stack_id, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_stack")
    return _of(row)


def of_workshop(tx: Tx, workshop_id: str) -> list[Stack]:
    """Return the last fifty stacks, newest first."""
    return [_of(row) for row in tx.stacks.of_workshop(workshop_id=workshop_id)]


def files(tx: Tx, stack_id: str) -> list[StackFile]:
    """Return the files of a stack, in the order they came."""
    return [StackFile(**row) for row in tx.stacks.files(stack_id=stack_id)]


def file_of(tx: Tx, page: Page) -> StackFile:
    """Return the file a page came in."""
    return StackFile(**tx.stacks.file_of(id=page.stack_file_id))


def claim(tx: Tx, stack_id: str) -> Stack | None:
    """Take a stack to read it; None when another is at it or it is done. Parks it after five attempts."""
    row = tx.stacks.claim(id=stack_id, at=clock.now(), lease_until=lease_until(), worker=ids.new())
    if row is None:
        return None
    if row["attempts"] > ATTEMPTS:
        park(tx, stack_id, row["reason"] or "stopped")
        return None
    return _of(row)


def keep(tx: Tx, claimed: Stack) -> None:
    """Stay at a stack that takes long. Raises `Lost` when it is another's now."""
    mine(tx.stacks.keep(id=claimed.id, worker=claimed.worker, lease_until=lease_until()))


def got_on(tx: Tx, claimed: Stack) -> None:
    """Note that a page more is settled: attempts that get somewhere do not count. Raises `Lost`."""
    keep(tx, claimed)
    tx.stacks.got_on(id=claimed.id)


def finish(tx: Tx, claimed: Stack) -> None:
    """Note that every page is in its tray; what was added in the meantime waits to be read. Raises `Lost`."""
    mine(tx.stacks.finish(id=claimed.id, worker=claimed.worker, at=clock.now()))


def fail(tx: Tx, claimed: Stack, reason: str) -> None:
    """Park a stack with a reason a person can read; what was read of it stays. Raises `Lost`."""
    mine(tx.stacks.fail(id=claimed.id, worker=claimed.worker, reason=reason))


def park(tx: Tx, stack_id: str, reason: str) -> None:
    """Park a stack nobody should be at; whoever was at it lost it."""
    tx.stacks.park(id=stack_id, reason=reason)


def give_back(tx: Tx, claimed: Stack, reason: str) -> None:
    """Free a stack that could not be read this time, to be tried again in a moment. Raises `Lost`."""
    later = clock.ahead(seconds=again_after(claimed.attempts))
    mine(tx.stacks.give_back(id=claimed.id, worker=claimed.worker, reason=reason, later=later))


def put_off(tx: Tx, claimed: Stack) -> None:
    """Free a stack whose files cannot be reached now; it is no attempt. Raises `Lost`."""
    mine(tx.stacks.put_off(id=claimed.id, worker=claimed.worker, later=clock.ahead(seconds=AWAY_SECONDS)))


def rest(tx: Tx, claimed: Stack) -> None:
    """Free a stack so that others have their turn; it is no attempt. Raises `Lost`."""
    mine(tx.stacks.rest(id=claimed.id, worker=claimed.worker, at=clock.now()))


def try_again(tx: Tx, workshop_id: str, stack_id: str) -> None:
    """Try a parked stack once more; pages that are in a tray stay there."""
    tx.stacks.try_again(id=stack_id, workshop_id=workshop_id)


def undone(tx: Tx) -> list[str]:
    """Return the stacks nobody is at: new ones, and those whose reader was killed."""
    return [row["id"] for row in tx.stacks.undone(at=clock.now())]


def opened(tx: Tx, file_id: str, pages: int, reason: str = "") -> None:
    """Note how many pages a file has, or with `reason` why it cannot be read."""
    tx.stacks.opened(id=file_id, pages=pages, reason=reason)


def came_before(tx: Tx, workshop_id: str, file: StackFile) -> StackFile | None:
    """Return the same file brought in earlier, if any."""
    row = tx.stacks.came_before(file=file.file, workshop_id=workshop_id, id=file.id)
    return StackFile(**row) if row else None


def pages_of_file(tx: Tx, file_id: str) -> dict[int, Page]:
    """Return the pages of a file that are in a tray, by their place."""
    return {row["at"]: page_of(row) for row in tx.stacks.pages_of_file(stack_file_id=file_id)}


def whole(tx: Tx, file: StackFile) -> bool:
    """Say whether every page of a file is in a tray."""
    return file.pages is not None and len(pages_of_file(tx, file.id)) >= file.pages


def put_page(
    tx: Tx,
    file: StackFile,
    at: int,
    tray: Tray,
    reason: str = "",
    picture: str = "",
    size: tuple[int, int] = (0, 0),
    bitonal: bool = False,
) -> Page | None:
    """Put a page in its tray; None when it is in one already, and then nothing changes.

    Raises `Refused('quota_pages')` for one page too many this month; the same file again is not read and costs none.
    """
    row = tx.stacks.put_page(
        id=ids.new(),
        stack_id=file.stack_id,
        stack_file_id=file.id,
        at=at,
        tray=tray,
        reason=reason,
        picture=picture,
        width=size[0],
        height=size[1],
        bitonal=int(bitonal),
        made_at=clock.now(),
    )
    if row and reason != "same_file":
        quotas.page_read(tx, file.stack_id)
    return page_of(row) if row else None


def see(tx: Tx, page_id: str, seen: Seen) -> None:
    """Note a form on a page."""
    values = {name: getattr(seen, name) for name in _PLAIN}
    tx.stacks.see(
        id=ids.new(),
        page_id=page_id,
        made_at=clock.now(),
        sure=int(seen.sure),
        blank=None if seen.blank is None else int(seen.blank),
        **values,
        **{name: json.dumps(getattr(seen, name)) for name in _PACKED},
    )


def sightings_of(tx: Tx, slip: str, side: str | None = None) -> list[Seen]:
    """Return every version of a form that was seen, the newest first."""
    found = [_seen(row) for row in tx.stacks.sightings_of(slip=slip)]
    return [seen for seen in found if side in (None, seen.side)]


def sighting(tx: Tx, workshop_id: str, sighting_id: str) -> Seen:
    """Return one version of a form. Raises `Refused('no_file')`, also when its picture was erased."""
    row = tx.stacks.sighting(id=sighting_id, workshop_id=workshop_id)
    if row is None or not row["crop"]:
        raise Refused("no_file")
    return _seen(row)


def page(tx: Tx, workshop_id: str, page_id: str) -> Page:
    """Return a page with what was seen on it. Raises `Refused('no_page')`."""
    row = tx.stacks.page(id=page_id, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_page")
    return page_of(row, tuple(_seen(one) for one in tx.stacks.sightings_on(page_id=page_id)))


def pages(tx: Tx, stack_id: str, tray: Tray | None = None) -> list[Page]:
    """Return the pages of a stack in their order, with what was seen on them."""
    seen: dict[str, list[Seen]] = {}
    for row in tx.stacks.sightings_in(stack_id=stack_id):
        seen.setdefault(row["page_id"], []).append(_seen(row))
    return [page_of(row, tuple(seen.get(row["id"], ()))) for row in tx.stacks.pages(stack_id=stack_id, tray=tray)]


def to_look_at(tx: Tx, workshop_id: str) -> list[Page]:
    """Return the pages of a workshop that wait for a person, oldest first, at most 500."""
    return [page(tx, workshop_id, row["id"]) for row in tx.stacks.to_look_at(workshop_id=workshop_id)]


def next_to_look_at(tx: Tx, workshop_id: str, after: str = "") -> str | None:
    """Return the key of the next page that waits for a person; after the last one comes the first again."""
    row = tx.stacks.next_to_look(workshop_id=workshop_id, after=after)
    return row["id"] if row else None


def settle(tx: Tx, page: Page, who: str, settled_as: str) -> None:
    """Note what a person made of a page of the look tray; it stays in its tray, but waits no longer."""
    if settled_as not in SETTLED:
        raise Refused("no_page")
    tx.stacks.settle(id=page.id, at=clock.now(), who=who, settled_as=settled_as)


def unsettle(tx: Tx, page: Page) -> None:
    """Undo settling: the page waits again."""
    tx.stacks.unsettle(id=page.id)


def turn(tx: Tx, page: Page) -> None:
    """Turn the page a quarter to the right, for whoever looks at it."""
    tx.stacks.turn(id=page.id, turned=(page.turned + 90) % 360)


def counts(tx: Tx, stack_id: str) -> Counts:
    """Return where the pages of a stack are."""
    opened = [file.pages for file in files(tx, stack_id)]
    expected = None if None in opened else sum(pages or 0 for pages in opened)
    return Counts(
        **tx.stacks.counts(stack_id=stack_id), ideas=tx.stacks.ideas_from(stack_id=stack_id), expected=expected
    )


_PACKED = ("corners", "ticks", "counts", "doubt")
_PLAIN = ("slip", "code", "side", "how", "px_per_mm", "crop", "idea_crop", "idea_width", "idea_height")


def _of(row: dict[str, Any]) -> Stack:
    return Stack(**{name: row[name] for name in Stack.__dataclass_fields__})


def page_of(row: dict[str, Any], sightings: tuple[Seen, ...] = ()) -> Page:
    """Return a row as a page."""
    names = [name for name in Page.__dataclass_fields__ if name in row]
    return Page(**{name: row[name] for name in names} | {"bitonal": bool(row["bitonal"]), "sightings": sightings})


def _seen(row: dict[str, Any]) -> Seen:
    packed = {name: json.loads(row[name]) for name in _PACKED}
    values = {name: row[name] for name in Seen.__dataclass_fields__ if name in row}
    values |= packed | {"sure": bool(row["sure"]), "blank": None if row["blank"] is None else bool(row["blank"])}
    return Seen(**values | {"corners": tuple(map(tuple, packed["corners"])), "doubt": tuple(packed["doubt"])})
