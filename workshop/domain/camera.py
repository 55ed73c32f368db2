"""A stack that grows photo by photo: one tap per card, each photo kept at once and read at once.

The page that takes the photos chooses the key of the stack, so that a photo sent again after a lost answer finds
the same stack, and there itself: the same photo twice is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workshop import clock, ids
from workshop.domain import stacks
from workshop.domain.stacks import Brought, Page, Stack, StackFile
from workshop.errors import Refused
from workshop.store import Tx

Answer = Literal["reading", "read", "again", "blank", "look"]
MOST_PHOTOS = 500


@dataclass(frozen=True)
class Photo:
    """One photo and what became of it: the numbers that were read on it, and the page to look at if that is needed."""

    key: str
    answer: Answer
    numbers: tuple[str, ...] = ()
    page: Page | None = None


def keep(tx: Tx, workshop_id: str, who: str, stack_id: str, brought: Brought) -> StackFile:
    """Add a photo to the stack with this key, beginning it with the first.

    Raises `Refused`: 'no_stack' for the key of something else, 'no_pages' without a byte, 'stack_files' when full,
    and as `stacks.room`.
    """
    if not brought.bytes:
        raise Refused("no_pages")
    tx.camera.begin(id=stack_id, workshop_id=workshop_id, who=who, at=clock.now())
    find(tx, workshop_id, stack_id)
    same = tx.camera.same(stack_id=stack_id, file=brought.file)
    if same:
        return StackFile(**same)
    place = tx.camera.next_place(stack_id=stack_id)
    if place >= MOST_PHOTOS:
        raise Refused("stack_files", most=str(MOST_PHOTOS))
    stacks.room(tx, workshop_id, [brought], "camera")
    name = brought.name[:200]
    tx.stacks.add_file(
        id=ids.new(), stack_id=stack_id, position=place, name=name, file=brought.file, bytes=brought.bytes
    )
    tx.camera.reopen(id=stack_id)
    return StackFile(**tx.camera.same(stack_id=stack_id, file=brought.file))


def find(tx: Tx, workshop_id: str, stack_id: str) -> Stack:
    """Return a stack made with the camera. Raises `Refused('no_stack')`."""
    stack = stacks.find(tx, workshop_id, stack_id)
    if stack.way != "camera":
        raise Refused("no_stack")
    return stack


def photos(tx: Tx, workshop_id: str, stack_id: str) -> list[Photo]:
    """Return the photos of a stack, the newest first; none for a key that is not in use yet."""
    if tx.stacks.find(id=stack_id, workshop_id=workshop_id) is None:
        return []
    find(tx, workshop_id, stack_id)
    of_file: dict[str, list[Page]] = {}
    for page in stacks.pages(tx, stack_id):
        of_file.setdefault(page.stack_file_id, []).append(page)
    return [_photo(file, of_file.get(file.id, [])) for file in reversed(stacks.files(tx, stack_id))]


def _photo(file: StackFile, pages: list[Page]) -> Photo:
    if file.pages is None or len(pages) < file.pages:
        return Photo(file.id, "reading")
    seen = [one for page in pages for one in page.sightings]
    numbers = tuple(dict.fromkeys(one.slip for one in seen))
    looked_at = next((page for page in pages if page.tray == "look"), None)
    if looked_at:
        return Photo(file.id, "look", numbers, looked_at)
    if all(page.tray == "seen" for page in pages):
        return Photo(file.id, "again", numbers, pages[0])
    fronts = [one for one in seen if one.side == "front"]
    if not seen or (fronts and all(one.blank for one in fronts)):
        return Photo(file.id, "blank", numbers, pages[0])
    return Photo(file.id, "read", numbers, pages[0])
