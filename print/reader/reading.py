"""One page becomes facts: which forms lie on it, how sure that is, what is ticked and what is written.

What is not certain is said in fixed words, and a person looks. Nothing carries over from one page to the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

import numpy as np

from print.forms import Form
from print.reader import clean, plane, votes
from print.reader.blank import blank
from print.reader.finding import Finder, Found, How
from print.reader.intake import Page, PageError, Paper, Pixels
from print.reader.known import Register
from print.reader.ticks import Ink, Ticks, ticks, written

Quad = tuple[tuple[float, float], ...]

CLOSE_ENOUGH: Final = 5.0  # px per mm under which ticks are a suggestion
FINEST: Final = 6.0
WRITTEN: Final = (2.0, 6.0)  # mm² of ink: less is blank, more is written, between a person says
QR_BLACK: Final = 12.0  # percentile of the symbol's lightness that is its black


@dataclass(frozen=True)
class Sighting:
    """One form on one page.

    `corners` are the form's corners in px of the page: top left, top right, bottom right, bottom left as printed.
    `ticks` say yes, no or doubt per group and value; `counts` per row or ring, `places` (value, x mm, y mm) on the
    form. `blank` is None when nobody can say. `doubt` holds words of: geometry, far, overlap, twice, cut_off,
    unclear_tick, two_ticks, no_tick, unclear_count. `crop` is the whole form, `idea` its writing area (JPEG).
    """

    number: str
    code: str
    side: str
    how: How
    corners: Quad
    px_per_mm: float
    sure: bool
    ticks: Ticks = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    places: tuple[tuple[str, float, float], ...] = ()
    blank: bool | None = None
    doubt: tuple[str, ...] = ()
    crop: bytes = b""
    idea: bytes = b""


@dataclass(frozen=True)
class PageReading:
    """What one page says. `loose` are places (x, y in px) of forms that could not be read, `foreign` the texts of
    codes that are not in the register, `stubs` the texts of stubs. `reason` is empty, or why no form was read:
    blank, stub, foreign, unreadable, no_code.
    """

    at: int
    kind: Literal["scan", "photo"]
    width: int
    height: int
    dpi: float
    bitonal: bool
    sightings: tuple[Sighting, ...]
    loose: tuple[tuple[float, float], ...]
    foreign: tuple[str, ...]
    stubs: tuple[str, ...]
    blank: bool
    reason: str


def read_page(page: Page, register: Register) -> PageReading:
    """Return everything one page says, compared with what one workshop printed."""
    photo = page.photo or not page.dpi
    pixels, grey = page.pixels, clean.grey(page.pixels)
    if not photo and not page.bitonal:
        pixels, grey = clean.destreaked(pixels, grey, page.dpi)
    height, width = grey.shape
    search = Finder(grey, register, photo=photo, dpi=page.dpi)
    empty = not search.marks and blank(grey, search.fine or width / 210)
    if not empty:
        search.finish()
    return PageReading(
        at=page.at,
        kind="photo" if photo else "scan",
        width=width,
        height=height,
        dpi=page.dpi,
        bitonal=page.bitonal,
        sightings=tuple(_seen(pixels, one, page) for one in search.found),
        loose=tuple((float(x), float(y)) for x, y in search.loose),
        foreign=tuple(mark.text for mark in search.foreign),
        stubs=tuple(mark.text for mark in search.stubs),
        blank=empty,
        reason=_reason(search, empty),
    )


def read_some(data: bytes | Path, first: int, count: int, register: Register) -> list[PageReading | PageError]:
    """Return what some pages of a file say; a page that cannot be opened is given as its error.

    Made to be run apart, a few pages at a time. Raises `UnreadableFile`.
    """
    paper = Paper(data)
    try:
        found: list[PageReading | PageError] = []
        for at in range(first, min(first + count, len(paper))):
            try:
                found.append(read_page(paper.page(at), register))
            except PageError as error:
                found.append(error)
        return found
    finally:
        paper.close()


def count_pages(data: bytes | Path) -> int:
    """Return how many pages a file has. Raises `UnreadableFile`."""
    paper = Paper(data)
    try:
        return len(paper)
    finally:
        paper.close()


def _reason(search: Finder, empty: bool) -> str:
    if search.found:
        return ""
    if empty:
        return "blank"
    return "unreadable" if search.loose else "foreign" if search.foreign else "stub" if search.stubs else "no_code"


def _seen(pixels: Pixels, one: Found, page: Page) -> Sighting:
    """Return a form as it was seen: cut out, whitened, its ticks and counts judged."""
    shape, matrix = one.form, one.fit.matrix
    scale = plane.scale(matrix, shape.width / 2, shape.height / 2)
    outline = one.fit.outline(shape)
    one.doubt |= {"geometry"} if not one.fit.sure else set()
    one.doubt |= {"far"} if scale < CLOSE_ENOUGH else set()
    one.doubt |= {"cut_off"} if _cut_off(one, pixels) else set()
    seen = Sighting(
        number=one.known.number,
        code=one.known.code,
        side=shape.side,
        how=one.how,
        corners=tuple((round(float(x), 2), round(float(y), 2)) for x, y in outline),
        px_per_mm=round(scale, 2),
        sure=one.fit.sure,
    )
    fine = float(np.clip(scale, CLOSE_ENOUGH, FINEST))
    edge = 0.0 if one.fit.sure else 6.0
    whole = (-edge, -edge, shape.width + 2 * edge, shape.height + 2 * edge)
    cut = plane.cut(pixels, matrix, whole, fine)
    white = clean.whitened(clean.undithered(cut, fine) if page.bitonal else cut, fine)
    seen = replace(seen, crop=clean.jpeg(white), idea=_idea(white, fine, edge, shape))
    if edge:
        unsure: Ticks = {}
        for tick in shape.ticks:
            unsure.setdefault(tick.group, {})[tick.value] = "doubt"
        return replace(seen, ticks=unsure, doubt=tuple(sorted(one.doubt)))
    return _judged(seen, white, fine, one, page)


def _judged(seen: Sighting, white: Pixels, fine: float, one: Found, page: Page) -> Sighting:
    """Return the sighting with its ticks, counts and whether anything was written."""
    shape = one.form
    qr = [round(value * fine) for value in (shape.qr.y, shape.qr.y + shape.qr.height, shape.qr.x, shape.qr.x + 26)]
    black = float(np.percentile(white[qr[0] : qr[1], qr[2] : qr[3]], QR_BLACK))
    ink = Ink(white, fine, black)
    reach = 0.8 if one.fit.off < 0.2 else 2.3
    ticked, why = ticks(ink, shape, bitonal=page.bitonal, reach=reach)
    blank: bool | None = None
    if shape.writing:
        area = written(ink, shape, shape.writing)
        blank = True if area < WRITTEN[0] else False if area > WRITTEN[1] else None
        blank = None if blank and page.bitonal else blank
    counts: dict[str, int] = {}
    places: list[votes.Place] = []
    unclear = False
    if shape.kind == "dots":
        counts, places, unclear = votes.rows(ink, shape, reach)
    elif shape.kind == "rings":
        counts, places, unclear = votes.rings(ink, shape)
    one.doubt |= set(why) | ({"unclear_count"} if unclear else set())
    return replace(
        seen,
        ticks=ticked,
        counts=counts,
        places=tuple(places),
        blank=blank,
        doubt=tuple(sorted(one.doubt)),
    )


def _idea(white: Pixels, fine: float, edge: float, shape: Form) -> bytes:
    """Return the writing area as JPEG, with the margin that an unsure place needs."""
    area = shape.writing
    if area is None:
        return b""
    left, top = round(area.x * fine), round(area.y * fine)
    right, bottom = round((area.x + area.width + 2 * edge) * fine), round((area.y + area.height + 2 * edge) * fine)
    return clean.jpeg(white[top:bottom, left:right])


def _cut_off(one: Found, pixels: Pixels) -> bool:
    """Say whether something that is read lies outside the page."""
    shape = one.form
    boxes = [tick.box for tick in shape.ticks] + ([shape.writing] if shape.writing else [])
    places = [plane.points(one.fit.matrix, plane.corners(box.x, box.y, box.width, box.height)) for box in boxes]
    height, width = pixels.shape[:2]
    return any(bool((place < 0).any() or (place > (width, height)).any()) for place in places)
