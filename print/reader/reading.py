"""One page becomes facts: which forms lie on it, how sure that is, what is ticked and what is written.

A form is named only when its symbol was decoded, stands in the register with that key, and looks like it does
in print; or when it matched the register by pattern. Nothing carries over from one page to the next. What is
not certain is said in fixed words, and a person looks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np

from print.forms import STUB, Form, form, payload
from print.marks import symbol
from print.reader import clean, closed, decode, discs, plane, votes
from print.reader.blank import blank
from print.reader.decode import Mark
from print.reader.fit import Fit, fit, qr_corners
from print.reader.intake import Page, Pixels
from print.reader.known import Known, Register
from print.reader.plane import Points
from print.reader.ticks import Ink, Ticks, ticks, written

How = Literal["decoded", "pattern"]
Quad = tuple[tuple[float, float], ...]

ALIKE: Final = 0.50  # a decoded symbol that looks less like its own print is no match
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


@dataclass(eq=False)
class _Found:
    """A form that was found: what was printed, its geometry, where it lies and how it was read."""

    known: Known
    form: Form
    fit: Fit
    how: How
    doubt: set[str]


def read_page(page: Page, register: Register) -> PageReading:
    """Return everything one page says, compared with what one workshop printed."""
    photo = page.photo or not page.dpi
    pixels, grey = page.pixels, clean.grey(page.pixels)
    if not photo and not page.bitonal:
        pixels, grey = clean.destreaked(pixels, grey, page.dpi)
    height, width = grey.shape
    marks = decode.marks(grey, photo, page.dpi)
    found, unread, foreign, stubs = _named(grey, marks, register, photo)
    fine = page.dpi / 25.4 if page.dpi else _scale(found)
    empty = not marks and blank(grey, fine or width / 210)
    spots = discs.discs(grey, fine) if fine else np.empty((0, 2))
    shapes = [form(code) for code in sorted({one.code for one in register.known})]
    if not photo:
        spots = discs.paired(discs.free(spots, _dots(found), 3.0 * fine), shapes, fine)
    if not empty and (not marks or len(discs.free(spots, _dots(found), 3.0 * fine)) > 1):
        told = [*foreign, *stubs]
        new = [mark for mark in decode.more(grey, marks, page.dpi) if not _explained(mark, found, told)]
        others = _named(grey, new, register, photo)
        for mine, theirs in zip((found, unread, foreign, stubs), others, strict=True):
            mine += theirs  # type: ignore[operator]
    loose = _rest(grey, found, unread, [*foreign, *stubs], spots, register, photo, fine, shapes)
    _compare(found)
    sightings = tuple(_seen(pixels, grey, one, page) for one in found)
    empty = empty and not loose
    return PageReading(
        at=page.at,
        kind="photo" if photo else "scan",
        width=width,
        height=height,
        dpi=page.dpi,
        bitonal=page.bitonal,
        sightings=sightings,
        loose=tuple((float(x), float(y)) for x, y in loose),
        foreign=tuple(mark.text for mark in foreign),
        stubs=tuple(mark.text for mark in stubs),
        blank=empty,
        reason=_reason(bool(found), empty, bool(loose), bool(foreign), bool(stubs)),
    )


def _reason(found: bool, empty: bool, loose: bool, foreign: bool, stubs: bool) -> str:
    if found:
        return ""
    return "blank" if empty else "unreadable" if loose else "foreign" if foreign else "stub" if stubs else "no_code"


def _named(
    grey: Pixels, marks: list[Mark], register: Register, photo: bool
) -> tuple[list[_Found], list[Mark], list[Mark], list[Mark]]:
    """Return the forms whose symbols were decoded, the symbols that were not, foreign ones and stubs."""
    found: list[_Found] = []
    unread: list[Mark] = []
    foreign: list[Mark] = []
    stubs: list[Mark] = []
    for mark in marks:
        read = mark if mark.text else decode.again(grey, mark)
        said = payload(read.text) if read else None
        if read is None:
            unread.append(mark)
        elif said and said.code == STUB:
            stubs.append(read)
        elif said and (known := register.find(said.number, said.code, said.key)):
            one = _fitted(grey, read.corners, known, register, photo, "decoded")
            (found if one else unread).append(one or read)  # type: ignore[arg-type]
        else:
            foreign.append(read)
    return found, unread, foreign, stubs


def _fitted(grey: Pixels, corners: Points, known: Known, register: Register, photo: bool, how: How) -> _Found | None:
    """Return where a known form lies; None when what lies there does not look like it."""
    shape = form(known.code)
    drawn = symbol(register.text(known), register.keep)
    placed = fit(grey, corners, drawn, shape, photo)
    if not photo and not placed.sure:
        bent = fit(grey, corners, drawn, shape, True)
        placed = bent if bent.sure else placed
    if max(placed.alike, 0.0) < ALIKE and closed.verified(grey, corners, drawn) < ALIKE - 0.05:
        return None
    return _Found(known, shape, placed, how, set())


def _scale(found: list[_Found]) -> float:
    """Return px per mm on a photo, from the forms that were read; 0 when there is none."""
    scales = [plane.scale(one.fit.matrix, one.form.width / 2, one.form.height / 2) for one in found]
    return float(np.median(scales)) if scales else 0.0


def _rest(
    grey: Pixels,
    found: list[_Found],
    unread: list[Mark],
    told: list[Mark],
    spots: Points,
    register: Register,
    photo: bool,
    fine: float,
    shapes: list[Form],
) -> list[Points]:
    """Find by pattern what no decoder read; add it to `found`, and return the places that stay unread."""
    loose = []
    for mark in unread:
        one = _by_pattern(grey, mark.corners, register, photo, found, None)
        if one:
            found.append(one)
        else:
            loose.append(mark.centre)
    left = discs.free(spots, _dots(found), 3.0 * fine)
    for shape in shapes if not photo and 3 <= len(left) <= 24 else ():
        for three in discs.triples(left, shape, fine):
            corners = plane.points(plane.straight(np.array(shape.dots), three), qr_corners(shape))
            if any(mark.at(Mark("", corners)) for mark in told):  # a code that was read is never read otherwise
                continue
            one = _by_pattern(grey, corners, register, photo, found, shape.code)
            if one and one.fit.sure:
                found.append(one)
    left = discs.free(left, _dots(found), 3.0 * fine)
    if len(left) >= (2 if photo else 1):
        loose += list(left)
    return [place for place in loose if not any(_inside(place, one) for one in found)]


def _by_pattern(
    grey: Pixels, corners: Points, register: Register, photo: bool, found: list[_Found], code: str | None
) -> _Found | None:
    codes = frozenset([code] if code else [one.code for one in register.known])
    match = closed.match(grey, corners, register, codes, photo)
    if match is None or any(one.known == match.known for one in found):
        return None
    return _fitted(grey, match.corners, match.known, register, photo, "pattern")


def _dots(found: list[_Found]) -> list[Points]:
    return [dot for one in found for dot in plane.points(one.fit.matrix, one.form.dots)]


def _inside(place: Points, one: _Found) -> bool:
    x, y = plane.points(plane.inverse(one.fit.matrix), place)[0]
    return bool(0 <= x <= one.form.width and 0 <= y <= one.form.height)


def _explained(mark: Mark, found: list[_Found], told: list[Mark]) -> bool:
    """Say whether a mark was read already: as a form, or as something else."""
    return any(mark.at(other) for other in told) or any(_on_symbol(mark.centre, one) for one in found)


def _on_symbol(place: Points, one: _Found) -> bool:
    """Say whether a place in px lies on the symbol of a form that was found."""
    x, y = plane.points(plane.inverse(one.fit.matrix), place)[0]
    qr = one.form.qr
    return bool(qr.x <= x <= qr.x + qr.width and qr.y <= y <= qr.y + qr.height)


def _compare(found: list[_Found]) -> None:
    """Doubt forms that lie over each other, share a dot, or show the same number twice on one page."""
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if one.known == other.known:
                one.doubt.add("twice")
                other.doubt.add("twice")
            if plane.overlap(one.fit.outline(one.form), other.fit.outline(other.form)) > 0.01:
                one.doubt.add("overlap")
                other.doubt.add("overlap")


def _seen(pixels: Pixels, grey: Pixels, one: _Found, page: Page) -> Sighting:
    """Return a form as it was seen: cut out, whitened, its ticks and counts judged."""
    shape, matrix = one.form, one.fit.matrix
    scale = plane.scale(matrix, shape.width / 2, shape.height / 2)
    outline = one.fit.outline(shape)
    one.doubt |= {"geometry"} if not one.fit.sure else set()
    one.doubt |= {"far"} if scale < CLOSE_ENOUGH else set()
    one.doubt |= {"cut_off"} if _cut_off(one, grey) else set()
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
    white = clean.whitened(plane.cut(pixels, matrix, whole, fine), fine)
    seen = replace(seen, crop=clean.jpeg(white), idea=_idea(white, fine, edge, shape))
    if edge:
        unsure: Ticks = {}
        for tick in shape.ticks:
            unsure.setdefault(tick.group, {})[tick.value] = "doubt"
        return replace(seen, ticks=unsure, doubt=tuple(sorted(one.doubt)))
    return _judged(seen, white, fine, one, page)


def _judged(seen: Sighting, white: Pixels, fine: float, one: _Found, page: Page) -> Sighting:
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


def _cut_off(one: _Found, grey: Pixels) -> bool:
    """Say whether something that is read lies outside the page."""
    shape = one.form
    boxes = [tick.box for tick in shape.ticks] + ([shape.writing] if shape.writing else [])
    places = [plane.points(one.fit.matrix, plane.corners(box.x, box.y, box.width, box.height)) for box in boxes]
    height, width = grey.shape
    return any(bool((place < 0).any() or (place > (width, height)).any()) for place in places)
