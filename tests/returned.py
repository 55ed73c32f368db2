"""Idea cards that came back, as rows and small pictures: for tests that are not about reading."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from tests import piles
from workshop import ids
from workshop.domain import paper, slips, stacks
from workshop.domain.ideas import Idea
from workshop.domain.stacks import Brought, Page, Seen
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx

TICKED = {"visibility": {"group": "no", "everyone": "yes", "everyone_named": "no"}, "for_other": {"yes": "no"}}
Ticks = dict[str, dict[str, str]]


def picture(words: str, size: tuple[int, int] = (510, 360)) -> bytes:
    """Return a JPEG with words on it."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((20, 20), words, fill="#225", font_size=36)
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def cards(
    house: House, workshop: Workshop, who: str, count: int = 1, ticks: Ticks | None = None, kind: slips.Kind = "a6"
) -> list[Idea]:
    """Bring in idea cards on one page, and a back for each of those that have two sides; return their ideas."""
    which = piles.numbers(house, workshop, kind, count, seed=ids.new())
    page = house.store.write(_page, workshop.id, who, house.files.keep(picture("bladzijde", (800, 1100)), "jpg"))
    for place, number in enumerate(which):
        sides = [("front", "A1"), ("back", "B1")] if kind == "a5" else [("front", "C1")]
        for side, code in sides:
            crop = house.files.keep(picture(f"{'Bankje' if side == 'front' else 'Naam: Truus'} {place + 1}"), "jpg")
            said = (TICKED if ticks is None else ticks) if side == "back" or kind == "a6" else {}
            seen = Seen(
                slip=number, code=code, side=side, how="decoded", sure=True, px_per_mm=6.0,
                corners=tuple((x, y + 90.0 * place) for x, y in ((10, 10), (500, 10), (500, 90), (10, 90))),
                ticks=said, counts={}, doubt=(), blank=False,
                crop=crop, idea_crop=crop, idea_width=510, idea_height=360,
            )  # fmt: skip
            house.store.write(_take, number, page.id, seen, who)
    found = [house.store.read(paper.idea_of, number) for number in which]
    return [idea for idea in found if idea]


def sheet(house: House, workshop: Workshop, who: str) -> Seen:
    """Bring in a ring sheet with three marks on it; return what was seen."""
    (number,) = piles.numbers(house, workshop, "rings", 1, seed=ids.new())
    page = house.store.write(_page, workshop.id, who, house.files.keep(picture("ringen", (800, 1101)), "jpg"))
    crop = house.files.keep(picture("ringen"), "jpg")
    seen = Seen(
        slip=number, code="R1", side="front", how="decoded", sure=True, px_per_mm=6.0,
        corners=((0.0, 0.0), (800.0, 0.0), (800.0, 1101.0), (0.0, 1101.0)), ticks={}, doubt=(), blank=False,
        counts={"comfort": 1, "learning": 2, "panic": 0}, crop=crop, idea_crop=crop, idea_width=510, idea_height=360,
    )  # fmt: skip
    house.store.write(_take, number, page.id, seen, who)
    return house.store.read(stacks.sightings_of, number)[0]


def page_with(house: House, idea: Idea) -> Page:
    """Return the page an idea came on, as it is now."""
    seen = house.store.read(stacks.sightings_of, idea.slip or "")[0]
    return house.store.read(stacks.page, idea.workshop_id, seen.page_id)


def _page(tx: Tx, workshop_id: str, who: str, file: str) -> Page:
    stack = stacks.bring(tx, workshop_id, who, "stack", [Brought("stapel.pdf", file, 1000)])
    (one,) = stacks.files(tx, stack.id)
    stacks.opened(tx, one.id, 1)
    page = stacks.put_page(tx, one, 0, "look", "two_ticks", file, (800, 1100))
    stacks.finish(tx, stack)
    assert page is not None
    return page


def _take(tx: Tx, number: str, page_id: str, seen: Seen, who: str) -> None:
    slip = slips.by_number(tx, number)
    assert slip is not None
    paper.take(tx, slip, page_id, seen, who)
