"""Painting over names and faces on the picture of an idea, and erasing what was there for good.

The server paints: nobody's browser sends a picture. What is under the paint is kept, covered, so that it can be
undone; once it is erased for good it is on no page of paper and in no file.
"""

from __future__ import annotations

from collections.abc import Sequence

from workshop import erasing, ids
from workshop.domain import forgetting, ideas, moderating, orders
from workshop.domain.ideas import Idea, Picture
from workshop.errors import Refused, Stale
from workshop.house import House
from workshop.pictures import Box, Stroke, painted
from workshop.store import Tx


def paint(house: House, idea: Idea, picture_id: str, strokes: Sequence[Stroke], boxes: Sequence[Box], who: str) -> Idea:
    """Paint over parts of a picture and return the idea that shows the new one.

    Raises `Refused`: 'no_paint' without anything to paint, 'no_idea' without such a picture; `Stale` when the idea
    changed since it was loaded.
    """
    if not strokes and not boxes:
        raise Refused("no_paint", "Paint over something first.")
    before = next((one for one in idea.pictures if one.id == picture_id), None)
    if before is None:
        raise Refused("no_idea")
    made = house.photos.run(painted, house.files.read(before.file), strokes, boxes)
    new = Picture(ids.new(), house.files.keep(made.jpeg, "jpg"), made.width, made.height)
    return house.store.write(moderating.paint, idea, picture_id, new, who)


def erase_for_good(house: House, workshop_id: str, idea_id: str, version: int, who: str) -> None:
    """Erase what was painted over: from the files, and from the paper it came on. It cannot be undone.

    Raises `Stale` when the idea is not of this version any more.
    """
    house.files.reach()  # else the row would forget a file that is still there
    gone = house.store.write(_forget, workshop_id, idea_id, version, who)
    idea = house.store.read(ideas.by_key, workshop_id, idea_id)
    if idea.slip and gone:
        erasing.erase_form(house, idea.slip, "front")
    for name in house.store.read(forgetting.unused, gone):
        house.files.remove(name)


def _forget(tx: Tx, workshop_id: str, idea_id: str, version: int, who: str) -> list[str]:
    idea = ideas.by_key(tx, workshop_id, idea_id)
    if idea.version != version:
        raise Stale(idea)
    gone = moderating.erase_covered(tx, idea, who)
    return gone + orders.throw_away(tx, workshop_id) if gone else []
