"""From a pile of paper to ideas: the one road for web pages, background work and the command line.

What came is stored before anything is looked at. Files of strangers are opened in a child process with limits,
a few pages at a time; every page is settled in one transaction with all that was seen on it. A page that
cannot be read is put where a person looks, and never harms its neighbour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from print.forms import form, payload
from workshop import paper_pictures
from workshop.apart import Overdone
from workshop.domain import paper, round_sheets, slips, stacks, workshops
from workshop.domain.paper import Outcome
from workshop.domain.slips import Slip
from workshop.domain.stacks import Brought, Seen, Stack, StackFile, Tray, Way
from workshop.errors import Refused
from workshop.house import House
from workshop.store import Tx

if TYPE_CHECKING:
    from print.reader.known import Register
    from print.reader.reading import PageReading

AT_ONCE = 4
"""Pages read in one go by the child process: few, so that a kill costs little and progress shows."""
MOST_FILES = 200
MOST_BYTES = 250 * 1024 * 1024
"""Largest file, in bytes: 300 colour pages at 300 dpi."""
COMMAND = "scan"
"""Who brought a stack in, for the history of an idea, when it was the command line."""
IN_ALL = 600 * 1024 * 1024
"""Largest stack, in bytes."""


@dataclass(frozen=True)
class Looked:
    """One page as the child process saw it; `reason` says why it could not be opened."""

    at: int
    reading: PageReading | None
    reason: str
    picture: bytes


@dataclass(frozen=True)
class Judged:
    """Where a page belongs, why, and what each form on it was."""

    tray: Tray
    reason: str
    outcomes: tuple[Outcome, ...] = ()


Settled = Callable[[str, Looked, Judged], None]
Rests = Callable[[int], bool]
"""Says, after so many pages, whether others go first now."""


def bring(house: House, workshop_id: str, who: str | None, way: Way, files: Iterable[tuple[str, BinaryIO]]) -> Stack:
    """Store files (name and stream) as they are, then note them as one stack.

    Raises `Refused`: `no_pages`, `stack_large`, `stack_files`; `StoreFull`. Nothing is noted then.
    """
    kept: list[Brought] = []
    for name, stream in files:
        if len(kept) >= MOST_FILES:
            raise Refused("stack_files", most=str(MOST_FILES))
        file, size = house.files.keep_stream(stream, "scan", MOST_BYTES)
        kept.append(Brought(name, file, size))
        if sum(one.bytes for one in kept) > IN_ALL:
            raise Refused("stack_large")
    return house.store.write(stacks.bring, workshop_id, who, way, [one for one in kept if one.bytes])


def read(house: House, stack: Stack, settled: Settled | None = None, rests: Rests | None = None) -> None:
    """Read every page of a claimed stack that is in no tray yet. Doing it twice, or after a kill, changes nothing.

    `settled` is told of each page: the name of its file, what was seen, and where it went. `rests` is asked every few
    pages, and when it says so the other pages wait for the next turn. Raises `Lost` when another worker took over.
    """
    pages = 0
    workshop = house.store.read(workshops.at_door, stack.workshop_id)
    known = register(house, workshop.id, workshop.address)
    for file in house.store.read(stacks.files, stack.id):
        done = house.store.read(stacks.pages_of_file, file.id)
        if file.pages is not None and len(done) >= file.pages:
            continue
        before = house.store.read(stacks.came_before, stack.workshop_id, file)
        if before is not None and not before.reason and house.store.read(stacks.whole, before):
            for at in house.store.write(_same_again, file, before):
                if settled:
                    settled(file.name, Looked(at, None, "", b""), Judged("seen", "same_file"))
            continue
        with house.files.at_hand(file.file) as path:
            for looked in look(house, path, known, file, done):
                judged = _taken(house, stack, file, looked)
                if settled and judged:
                    settled(file.name, looked, judged)
                pages += 1
                if rests and pages % AT_ONCE == 0 and rests(pages):
                    house.store.write(stacks.rest, stack)
                    return
    house.store.write(stacks.finish, stack)


def _taken(house: House, stack: Stack, file: StackFile, looked: Looked) -> Judged | None:
    """Store the pictures of a page, then note it; None when it is there already."""
    picture = house.files.keep(looked.picture, "jpg") if looked.picture else ""
    seen = [_stored(house, one) for one in looked.reading.sightings] if looked.reading else []
    return house.store.write(_settle, stack, file, looked, seen, picture)


def look(
    house: House, path: Path, known: Register, file: StackFile | None = None, done: Iterable[int] = ()
) -> Iterator[Looked]:
    """Give every page of a file that is not `done`, in order, read apart. Notes the number of pages of `file`."""
    skip = set(done)
    try:
        count = house.scan.run(_count, str(path))
    except Overdone:
        count = "too_heavy"
    if isinstance(count, str):
        if file:
            house.store.write(stacks.opened, file.id, 1, count)
        if 0 not in skip:
            yield Looked(0, None, count, b"")
        return
    if file:
        house.store.write(stacks.opened, file.id, count)
    left = [at for at in range(count) if at not in skip]
    while left:
        some, left = left[:AT_ONCE], left[AT_ONCE:]
        try:
            yield from house.scan.run(_look, str(path), some, known)
        except Overdone:
            for at in some:
                yield _alone(house, path, at, known)


def register(house: House, workshop_id: str, base: str) -> Register:
    """Return everything that was printed in a workshop, for the reader to compare with."""
    from print.reader.known import Known, Register

    printed = house.store.read(slips.of_workshop, workshop_id)
    codes = house.store.read(slips.codes_of_workshop, workshop_id)
    known = tuple(Known(one.number, code, one.key) for one in printed for code in codes[one.series_id])
    return Register(base, known, house.settings.data / "faces")


def described(name: str, looked: Looked, judged: Judged) -> dict[str, Any]:
    """Return a page as the command line shows it: one JSON object."""
    reading = looked.reading
    shown = []
    for one in reading.sightings if reading else ():
        fine = reading.dpi / 25.4 if reading and reading.dpi else one.px_per_mm
        shown.append(
            {
                "number": one.number,
                "side": one.side,
                "corners_mm": [[round(x / fine, 2), round(y / fine, 2)] for x, y in one.corners],
                "ticks": one.ticks,
                "counts": one.counts,
                "blank": one.blank,
                "doubt": list(one.doubt),
                "how": one.how,
            }
        )
    trays = {"matched": "matched", "seen": "seen before", "look": "look at me"}
    return {
        "file": name,
        "page": looked.at + 1,
        "tray": trays[judged.tray],
        "cards": shown,
        "reason": judged.reason,
    }


def foreseen(tx: Tx, workshop_id: str, looked: Looked, met: set[tuple[str, str]]) -> Judged:
    """Say where a page would go, storing nothing; `met` holds the (number, side) of earlier pages and grows."""
    outcomes: list[Outcome] = []
    for one in looked.reading.sightings if looked.reading else ():
        slip = slips.by_number(tx, one.number)
        before = (one.number, one.side) in met or tx.stacks.seen_before(slip=one.number, side=one.side) > 0
        met.add((one.number, one.side))
        if slip is None or slip.withdrawn_at:
            outcomes.append("withdrawn")
        else:
            outcomes.append("again" if before else "blank" if one.blank else "new")
    return _judged(tx, workshop_id, looked, outcomes)


def _settle(tx: Tx, stack: Stack, file: StackFile, looked: Looked, seen: list[Seen], picture: str) -> Judged | None:
    """Put one page in its tray with everything seen on it, in one transaction; None when it is there already."""
    stacks.got_on(tx, stack)
    reading = looked.reading
    size = (reading.width, reading.height) if reading else (0, 0)
    bitonal = bool(reading and reading.bitonal)
    page = stacks.put_page(tx, file, looked.at, "look", "", picture, size, bitonal)
    if page is None:
        return None
    who = stack.brought_by or ("maker" if stack.way == "phone" else COMMAND)
    outcomes = [paper.take(tx, _slip(tx, one.slip), page.id, one, who) for one in seen]
    judged = _judged(tx, stack.workshop_id, looked, outcomes)
    tx.stacks.set_tray(id=page.id, tray=judged.tray, reason=judged.reason)
    return judged


def _judged(tx: Tx, workshop_id: str, looked: Looked, outcomes: list[Outcome]) -> Judged:
    """Say in which tray a page belongs: a person looks wherever something is not certain."""
    reading = looked.reading
    if reading is None:
        return Judged("look", looked.reason)
    doubts = sorted({doubt for one in reading.sightings for doubt in one.doubt})
    written = [one for one in reading.sightings if one.side == "front" and form(one.code).writing]
    unclear = [one for one in written if one.blank is None]
    unsure = {"no_blank"} if unclear else set()
    if any(one.counts and not round_sheets.hidden(tx, one.number) for one in reading.sightings):
        unsure.add("count")  # what was counted is a proposal until a person says that it is right
    if reading.bitonal and "blank" in outcomes:
        unsure.add("blank_bitonal")
    if doubts or unsure:
        return Judged("look", " ".join([*doubts, *sorted(unsure)]), tuple(outcomes))
    if "withdrawn" in outcomes:
        return Judged("look", "withdrawn", tuple(outcomes))
    if "newer" in outcomes:
        return Judged("look", "newer", tuple(outcomes))
    if reading.sightings and reading.loose:
        return Judged("look", "loose", tuple(outcomes))
    if reading.sightings:
        again = all(outcome == "again" for outcome in outcomes)
        return Judged("seen" if again else "matched", "", tuple(outcomes))
    if reading.reason == "blank":
        return Judged("matched", "blank")
    return Judged("look", _elsewhere(tx, workshop_id, reading) or reading.reason)


def _elsewhere(tx: Tx, workshop_id: str, reading: PageReading) -> str:
    """Return 'other_workshop' when a code on the page belongs to one, '' when nobody here knows it."""
    for text in reading.foreign:
        said = payload(text)
        slip = slips.by_number(tx, said.number) if said else None
        if slip and slip.workshop_id != workshop_id:
            return "other_workshop"
    return ""


def _same_again(tx: Tx, file: StackFile, before: StackFile) -> list[int]:
    """Put every page of a file that came before in the tray of what was seen before; return their places."""
    stacks.opened(tx, file.id, before.pages or 0)
    there = stacks.pages_of_file(tx, before.id)
    for at, page in there.items():
        stacks.put_page(tx, file, at, "seen", "same_file", page.picture, (page.width, page.height), page.bitonal)
    return list(there)


def _slip(tx: Tx, number: str) -> Slip:
    slip = slips.by_number(tx, number)
    if slip is None:
        raise Refused("no_slip")
    return slip


def _stored(house: House, one: Any) -> Seen:
    """Return a sighting as it is stored, its pictures on disk."""
    crop = house.files.keep(one.crop, "jpg") if one.crop else ""
    idea = house.files.keep(one.idea, "jpg") if one.idea else ""
    width, height = paper_pictures.size(one.idea) if one.idea else (0, 0)
    return Seen(
        slip=one.number,
        code=one.code,
        side=one.side,
        how=one.how,
        sure=one.sure,
        px_per_mm=one.px_per_mm,
        corners=tuple((round(float(x), 1), round(float(y), 1)) for x, y in one.corners),
        ticks=one.ticks,
        counts=one.counts,
        doubt=tuple(one.doubt),
        blank=one.blank,
        crop=crop,
        idea_crop=idea or crop,
        idea_width=width,
        idea_height=height,
    )


def _alone(house: House, path: Path, at: int, known: Register) -> Looked:
    try:
        looked: Looked = house.scan.run(_look, str(path), [at], known)[0]
    except Overdone:
        return Looked(at, None, "too_heavy", b"")
    return looked


def _count(path: str) -> int | str:
    """Return how many pages a file has, or why it cannot be opened. Runs apart."""
    from print.reader.intake import UnreadableFile
    from print.reader.reading import count_pages

    try:
        return count_pages(Path(path))
    except UnreadableFile as error:
        return error.reason


def _look(path: str, which: list[int], known: Register) -> list[Looked]:
    """Read some pages of a file. Runs apart."""
    from print.reader.by_hand import shown
    from print.reader.intake import PageError, Paper
    from print.reader.reading import read_page

    paper, found = Paper(Path(path)), []
    try:
        for at in which:
            try:
                page = paper.page(at)
            except PageError as error:
                found.append(Looked(at, None, error.reason, b""))
                continue
            try:
                found.append(Looked(at, read_page(page, known), "", shown(page)))
            except MemoryError:
                raise
            except Exception:  # whatever a page makes of our arithmetic, its neighbours are read
                found.append(Looked(at, None, "broken", b""))
    finally:
        paper.close()
    return found
