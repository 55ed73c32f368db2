"""A person says which idea card lies on a page: the number they type, and the part of the page they point out.

The part is cut out in a child process, from the original when it is still there, else from the picture of the
page. What a person says goes the same road as what the machine reads: `paper.take`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from print.forms import Form
from workshop import paper_pictures
from workshop.apart import Overdone
from workshop.domain import paper, stacks, trays
from workshop.domain.stacks import Page, Seen
from workshop.errors import Refused
from workshop.house import House
from workshop.store import Tx

Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Part:
    """A rectangle of a page as somebody sees it, turned as they turned it: from 0 to 1 of its width and height."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    def corners(self, turned: int) -> Corners:
        """Return top left, top right, bottom right and bottom left as seen, in parts of the page as it was read."""
        seen = ((self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom))
        return tuple(_unturned(x, y, turned) for x, y in seen)


def _unturned(x: float, y: float, turned: int) -> tuple[float, float]:
    """Return where a point lies on the page itself, that is shown turned to the right."""
    for _ in range(turned // 90):
        x, y = y, 1 - x
    return x, y


def assign(
    house: House, workshop_id: str, page_id: str, who: str, number: str, side: str, part: Part, *, again: bool
) -> str:
    """Make a part of a page the front or back of an idea card; return the key of the new sighting.

    Raises `Refused`: as `trays.slip_typed`, 'no_page', 'no_back', 'part_small', 'part_unreadable', and 'slip_known'
    when this side came back before and nobody said `again`.
    """
    slip = house.store.read(trays.slip_typed, workshop_id, number)
    shape = house.store.read(trays.newest_form, slip, side)
    if not again and house.store.read(_known, slip.number, side):
        raise Refused("slip_known", number=slip.number)
    page = house.store.read(stacks.page, workshop_id, page_id)
    if part.right - part.left < 0.03 or part.bottom - part.top < 0.03:
        raise Refused("part_small")
    corners = part.corners(page.turned)
    jpeg = _cut(house, page, corners)
    width, height = paper_pictures.size(jpeg)
    seen = _seen(slip.number, shape, page, corners, house.files.keep(jpeg, "jpg"), width, height)
    return house.store.write(_take, workshop_id, page_id, seen, who)


def _known(tx: Tx, number: str, side: str) -> bool:
    """Say whether this side came back before, or its idea is there already."""
    return bool(stacks.sightings_of(tx, number, side)) or (side == "front" and paper.idea_of(tx, number) is not None)


def _take(tx: Tx, workshop_id: str, page_id: str, seen: Seen, who: str) -> str:
    """Note the sighting with all that follows from it; raises `Refused` when the card was taken back meanwhile."""
    slip = trays.slip_typed(tx, workshop_id, seen.slip)
    paper.take(tx, slip, page_id, seen, who)
    page = stacks.page(tx, workshop_id, page_id)
    stacks.settle(tx, page, who, "typed_number")
    return page.sightings[-1].id


def _seen(number: str, shape: Form, page: Page, corners: Corners, crop: str, width: int, height: int) -> Seen:
    values = [row.value for row in shape.rows] or [ring.value for ring in shape.rings]
    return Seen(
        slip=number,
        code=shape.code,
        side=shape.side,
        how="person",
        sure=True,
        px_per_mm=0.0,
        corners=tuple((round(x * page.width, 1), round(y * page.height, 1)) for x, y in corners),
        ticks={},
        counts=dict.fromkeys(values, 0),
        doubt=(),
        blank=False,
        crop=crop,
        idea_crop=crop,
        idea_width=width,
        idea_height=height,
    )


def _cut(house: House, page: Page, corners: Corners) -> bytes:
    """Return the part as JPEG. Raises `Refused('part_unreadable')`."""
    file = house.store.read(stacks.file_of, page)
    if not page.picture:
        raise Refused("part_unreadable")
    for name, at, pages in ((file.file, page.at, file.pages or 0), (page.picture, 0, 1)):
        if not house.files.there(name):
            continue
        try:
            with house.files.at_hand(name) as path:
                jpeg: bytes = house.scan.run(_cut_out, str(path), at, pages, corners)
        except Overdone:
            continue
        if jpeg:
            return jpeg
    raise Refused("part_unreadable")


def _cut_out(path: str, at: int, pages: int, corners: Corners) -> bytes:
    """Return a part of a page as JPEG; b'' when this file does not have that page any more. Runs apart."""
    from print.reader.by_hand import cut_out
    from print.reader.intake import PageError, Paper, UnreadableFile

    try:
        paper_file = Paper(Path(path))
    except UnreadableFile:
        return b""
    try:
        if len(paper_file) != pages:
            return b""
        page = paper_file.page(at)
        height, width = page.pixels.shape[:2]
        return cut_out(page, tuple((x * width, y * height) for x, y in corners))
    except (PageError, ValueError):
        return b""
    finally:
        paper_file.close()
