"""Erasing what was on paper: one form is painted over on every page it stood on, the rest of the stack stays.

Its cut-out pictures go, the pictures of its pages are made anew without it, and so is the file it came in: from
then on that is a PDF of those pages. It ends with one transaction, so a kill halfway only means doing it again.
It may use the room that is kept for words: erasing is what a nearly full disk needs.
"""

from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Callable

from print.gathered import gathered
from workshop.domain import paper, paper_erasing, photographed, stacks
from workshop.domain.stacks import Page
from workshop.house import House

log = logging.getLogger("werkplaats.erasing")
NOTHING = b"%PDF-1.4\n"
"""What stands in the place of an original of which nothing may be left."""


def erase_paper(house: House) -> None:
    """Erase what was taken back over half an hour ago: forms by their makers, with photos of them that nobody
    could read, and backs by whoever typed them over. One that cannot be erased now keeps no other waiting.
    """
    for number in house.store.read(paper_erasing.to_erase):
        _attempt(erase_form, house, number)
    for workshop_id, number in house.store.read(paper_erasing.backs_to_erase):
        _attempt(erase_back, house, workshop_id, number)
    for number, left in house.store.read(photographed.unread_of).items():
        nothing = house.files.keep(NOTHING, "scan", reserve=False)
        for name in house.store.write(photographed.erased, number, left, nothing):
            house.files.remove(name)


def erase_back(house: House, workshop_id: str, number: str) -> None:
    """Erase the back of a form on its own: name and how to be reached; the idea stays."""
    idea = house.store.read(paper.idea_of, number)
    if idea is None or idea.workshop_id == workshop_id:
        erase_form(house, number, "back")


def erase_form(house: House, number: str, side: str | None = None) -> None:
    """Paint over a form, or one side of it, on every page and in every original; remove what is left over."""
    pictures: dict[str, str] = {}
    originals: dict[str, str] = {}
    with_form = house.store.read(paper_erasing.pages_with, number, side)
    place = {page.id: (file, page.at) for page, file in with_form}
    seen = house.store.read(stacks.sightings_of, number, side)
    for page, file in with_form:
        if page.picture and house.files.there(page.picture):
            there = [one.corners for one in seen if place.get(one.page_id) == (file, page.at)]
            pictures[page.id] = _without(house, page, there)
    for file in {file for _, file in with_form}:
        originals[file] = _original(house, file, pictures)
    for name in house.store.write(paper_erasing.erased, number, side, pictures, originals):
        house.files.remove(name)


def _attempt(erase: Callable[..., None], house: House, *which: str) -> None:
    try:
        erase(house, *which)
    except Exception:
        log.exception("Form %s could not be erased; it is tried again in a minute.", which[-1])


def _without(house: House, page: Page, there: list[tuple[tuple[float, float], ...]]) -> str:
    """Return the stored picture of a page on which what lies between these corners is painted over."""
    from PIL import Image, ImageDraw

    with Image.open(io.BytesIO(house.files.read(page.picture))) as opened:
        image = opened.convert("RGB")
    scale = image.width / (page.width or image.width)
    draw = ImageDraw.Draw(image)
    for corners in there:
        draw.polygon([(x * scale, y * scale) for x, y in corners], fill="white", outline="black")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return house.files.keep(out.getvalue(), "jpg", reserve=False)


def _original(house: House, file: str, pictures: dict[str, str]) -> str:
    """Return a new original made of the pictures of its pages; a page without a picture is left out."""
    rows = house.store.read(paper_erasing.pages_from, file)
    names = [pictures.get(page.id, page.picture) for page in rows if page.picture]
    with tempfile.TemporaryFile(dir=house.files.folder) as made:
        if not gathered((house.files.read(name) for name in names if house.files.there(name)), made):
            return house.files.keep(NOTHING, "scan", reserve=False)
        most = made.tell()
        made.seek(0)
        return house.files.keep_stream(made, "scan", most, reserve=False)[0]
