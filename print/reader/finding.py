"""Which printed forms lie on a page, and where: by their codes, by pattern, and by the dots they leave.

A form is named only when its symbol was decoded, stands in the register with that key, and looks as it does in
print; or when it matched the register by pattern. A code that was read is never read otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from print.forms import STUB, Form, form, payload
from print.marks import symbol
from print.reader import closed, decode, discs, plane
from print.reader.decode import Mark
from print.reader.fit import Fit, fit, qr_corners
from print.reader.intake import Pixels
from print.reader.known import Known, Register
from print.reader.plane import Points

How = Literal["decoded", "pattern"]

_ALIKE: Final = 0.50  # a decoded symbol that looks less like its own print is no match
_DOT_AWAY_MM: Final = 3.0
_ROUGHLY_MM: Final = 8.0  # how well a code alone tells where the dots of its form are
_MOST_DOTS: Final = 24
_OVERLAP: Final = 0.01


@dataclass(eq=False)
class Found:
    """A form that was found: what was printed, its geometry, where it lies, how it was read, what is doubtful."""

    known: Known
    form: Form
    fit: Fit
    how: How
    doubt: set[str] = field(default_factory=set)

    def on_symbol(self, place: Points) -> bool:
        """Say whether a place in px lies on its symbol."""
        x, y = plane.points(plane.inverse(self.fit.matrix), place)[0]
        qr = self.form.qr
        return bool(qr.x <= x <= qr.x + qr.width and qr.y <= y <= qr.y + qr.height)

    def covers(self, place: Points) -> bool:
        """Say whether a place in px lies on the form."""
        x, y = plane.points(plane.inverse(self.fit.matrix), place)[0]
        return bool(0 <= x <= self.form.width and 0 <= y <= self.form.height)


class Finder:
    """One page being searched. Nothing of it is kept for the next."""

    def __init__(self, grey: Pixels, register: Register, *, photo: bool, dpi: float) -> None:
        self.found: list[Found] = []
        self.foreign: list[Mark] = []
        self.stubs: list[Mark] = []
        self.loose: list[Points] = []
        self._unread: list[Mark] = []
        self._grey, self._register, self._photo, self._dpi = grey, register, photo, dpi
        self._shapes = [form(code) for code in sorted({one.code for one in register.known})]
        self.marks = decode.marks(grey, photo, dpi)
        self._name(self.marks)

    @property
    def fine(self) -> float:
        """Pixels per mm: said by the page, else by the forms on it; 0 when nothing says it."""
        if self._dpi:
            return self._dpi / 25.4
        scales = [plane.scale(one.fit.matrix, one.form.width / 2, one.form.height / 2) for one in self.found]
        return float(np.median(scales)) if scales else 0.0

    def finish(self) -> None:
        """Look harder where printed dots say that something is unread; then by pattern; say what stays loose."""
        if not self.marks or len(self._free_dots()):
            self._name(decode.more(self._grey, self.marks, self._dpi))
        for mark in self._unread:
            if not self._by_pattern(mark.corners, None):
                self.loose.append(mark.centre)
        self._by_dots()
        self.loose += list(self._free_dots())
        self.loose = [place for place in self.loose if not any(one.covers(place) for one in self.found)]
        self._compare()

    def _name(self, marks: list[Mark]) -> None:
        """Take the marks that are ours; remember the others, so that they are never read as something else."""
        for mark in marks:
            if any(mark.at(told) for told in (*self.foreign, *self.stubs)):
                continue
            if any(one.on_symbol(mark.centre) for one in self.found):
                continue
            read = mark if mark.text else decode.again(self._grey, mark)
            said = payload(read.text) if read else None
            if read is None:
                self._unread.append(mark)
            elif said and said.code == STUB:
                self.stubs.append(read)
            elif said and (known := self._register.find(said.number, said.code, said.key)):
                if not self._take(read.corners, known, "decoded"):
                    self._unread.append(read)
            else:
                self.foreign.append(read)

    def _take(self, corners: Points, known: Known, how: How) -> bool:
        """Fit a known form here; False when what lies here does not look like it."""
        shape = form(known.code)
        drawn = symbol(self._register.text(known), self._register.keep)
        placed = fit(self._grey, corners, drawn, shape, self._photo)
        if not self._photo and not placed.sure:
            bent = fit(self._grey, corners, drawn, shape, True)
            placed = bent if bent.sure else placed
        if placed.alike < _ALIKE and closed.verified(self._grey, corners, drawn) < _ALIKE:
            return False
        one = Found(known, shape, placed, how)
        middle = plane.points(placed.matrix, qr_corners(shape)).mean(axis=0)
        if not any(other.known == known and other.on_symbol(middle) for other in self.found):
            self.found.append(one)
        return True

    def _by_pattern(self, corners: Points, code: str | None) -> bool:
        """Compare one place with everything that was printed; False when nothing is certain."""
        if any(mark.at(Mark("", corners)) for mark in (*self.foreign, *self.stubs)):
            return False
        codes = frozenset([code] if code else [shape.code for shape in self._shapes])
        match = closed.match(self._grey, corners, self._register, codes, self._photo)
        if match is None or any(one.known == match.known for one in self.found):
            return False
        return self._take(match.corners, match.known, "pattern")

    def _by_dots(self) -> None:
        """Find flat forms of whose symbol nothing could be seen, by their three dots and the pattern between them."""
        left = self._free_dots()
        if self._photo or not 3 <= len(left) <= _MOST_DOTS:
            return
        for shape in self._shapes:
            for three in discs.triples(left, shape, self.fine):
                self._by_pattern(
                    plane.points(plane.straight(np.array(shape.dots), three), qr_corners(shape)), shape.code
                )

    def _free_dots(self) -> Points:
        """Return printed dots that belong to no form that was found; single ones may be anything."""
        if not self.fine:
            return np.empty((0, 2))
        if not hasattr(self, "_spots"):
            self._spots = discs.discs(self._grey, self.fine)
        taken = [dot for one in self.found for dot in plane.points(one.fit.matrix, one.form.dots)]
        left = discs.free(self._spots, taken, _DOT_AWAY_MM * self.fine)
        left = discs.free(left, self._foreign_dots(), _ROUGHLY_MM * self.fine)
        if self._photo:
            return left if len(left) > 1 else left[:0]
        return discs.paired(left, self._shapes, self.fine)

    def _foreign_dots(self) -> list[Points]:
        """Return about where the dots of forms lie that are not in the register: they are explained."""
        found: list[Points] = []
        for mark in self.foreign:
            said = payload(mark.text)
            if said and said.code != STUB:
                shape = form(said.code)
                found += list(plane.points(plane.similar(qr_corners(shape), mark.corners), shape.dots))
        return found

    def _compare(self) -> None:
        """Doubt forms that lie over each other, or show the same number twice on one page."""
        for place, one in enumerate(self.found):
            for other in self.found[place + 1 :]:
                if one.known == other.known:
                    one.doubt.add("twice")
                    other.doubt.add("twice")
                if plane.overlap(one.fit.outline(one.form), other.fit.outline(other.form)) > _OVERLAP:
                    one.doubt.add("overlap")
                    other.doubt.add("overlap")
