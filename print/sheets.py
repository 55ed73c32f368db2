"""Faces on sheets: places them, stamps them, marks the cuts, and writes a tagged PDF.

Every face becomes a Form XObject, used once per print of it; number and QR are drawn on the sheet
itself. The reading order goes card by card, front then back, whatever lies beside it on the sheet.
Pages are written as they come, so thousands of cards need little memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from print import cuts
from print.face import Face, Slot
from print.formats import Flip, Format, Place, impose
from print.measures import pt
from print.metadata import PRODUCER, xmp
from print.pdf import Name, Plain, Ref, Writer, number, squeezed, text
from print.stamps import Stamp
from print.tags import Content, Stamped, Tree
from print.typeface import Weight, embed

TWO_SIDED = ("duplex", "booklet")
Shift = tuple[float, float]
Group = tuple[Format, Sequence["Print"]]
"""Prints that go on sheets of one format."""


@dataclass(frozen=True)
class Print:
    """One card to print: its faces, what is stamped on them, and its name for somebody who listens."""

    name: str
    front: Face
    back: Face | None = None
    on_front: tuple[Stamp, ...] = ()
    on_back: tuple[Stamp, ...] = ()


def put_contents(pdf: Writer, ref: Ref, named: Sequence[tuple[str, Ref]]) -> None:
    """Put the list of contents that a reader shows beside the pages: names, each with the page it opens."""
    items = [pdf.reserve() for _ in named]
    for at, (name, page) in enumerate(named):
        item: dict[str, Plain] = {"Title": name, "Parent": ref, "Dest": [page, Name("Fit")]}
        item |= {"Prev": items[at - 1]} if at else {}
        item |= {"Next": items[at + 1]} if at + 1 < len(items) else {}
        pdf.put(item, items[at])
    pdf.put({"Type": Name("Outlines"), "First": items[0], "Last": items[-1], "Count": len(items)}, ref)


class Sheets:
    """Writes one PDF. `shift` moves every back (mm to the right, mm down), for printers that are off."""

    def __init__(
        self, out: BinaryIO, form: Format, flip: Flip, title: str, language: str, shift: Shift = (0, 0)
    ) -> None:
        self._form, self._flip, self._title, self._language, self._shift = form, flip, title, language, shift
        self._pdf = Writer(out)
        self._pages, self._kids = self._pdf.reserve(), list[Ref]()
        self._tree = Tree(self._pdf)
        self._fonts: dict[Weight, Ref] = {}
        self._silent: dict[bytes, Ref] = {}
        self._pictures: dict[str, Ref] = {}
        self._before = 0

    def write(self, prints: Sequence[Print], *more: Group) -> None:
        """Lay all prints on sheets, then `more` on sheets of other formats, and finish the file."""
        if not prints:
            raise ValueError("there is nothing to print")
        for form, some in ((self._form, prints), *more):
            self._group(form, some)
        self._finish(two_sided=self._form.sides in TWO_SIDED)

    def write_pile(self, parts: Sequence[tuple[str, Sequence[Group]]]) -> None:
        """Lay parts, each with its name for the list of contents, so that one two-sided job prints them all.

        Whatever is printed on one side gets an empty back: every part begins on a front.
        """
        begins = []
        for name, groups in parts:
            begins.append((name, len(self._kids)))
            for form, some in groups:
                self._group(form, some, backed=form.sides not in TWO_SIDED)
        contents = self._pdf.reserve()
        put_contents(self._pdf, contents, [(name, self._kids[at]) for name, at in begins])
        self._finish(two_sided=True, contents=contents)

    def _group(self, form: Format, some: Sequence[Print], *, backed: bool = False) -> None:
        self._form = form
        for side in impose(form, len(some), self._flip):
            faces = [(place, some[place.index]) for place in side]
            self._page([(place, card) for place, card in faces if (card.back if place.back else card.front)])
            if backed:
                self._put_page(Content(self._pdf.reserve()), [], {}, form.sheet)
        self._before += len(some)

    def _page(self, side: list[tuple[Place, Print]]) -> None:
        page = Content(self._pdf.reserve())
        backs = self._form.sides == "duplex" and any(place.back for place, _ in side)
        drawn: list[bytes] = []
        forms: dict[str, Ref] = {}
        trim = self._form.sheet
        for place, card in side:
            face = card.back if place.back and card.back else card.front
            stamps = card.on_back if place.back else card.on_front
            name = f"F{len(forms)}"
            left, top = self._corner(place, face, self._shift if backs else (0, 0))
            stamped = self._stamped(stamps, face, page, (left, top))
            forms[name] = self._form_of(face, self._before + place.index, card.name, page, stamped)
            forms |= self._shown(stamps, face)
            drawn.append(self._placed(name, face, place.turned, left, top, stamps, stamped))
            trim = (face.width - 2 * self._form.bleed, face.height - 2 * self._form.bleed)
        if not backs:
            drawn.append(cuts.drawn(cuts.guides(self._form, trim), self._form.sheet[1]))
        self._put_page(page, drawn, forms, trim)

    def _corner(self, place: Place, face: Face, shift: Shift) -> tuple[float, float]:
        """Return where the top left of the face lies: centred in its cell, moved by the shift."""
        width, height = self._form.cell
        return place.x + (width - face.width) / 2 + shift[0], place.y + (height - face.height) / 2 + shift[1]

    def _stamped(
        self, stamps: Sequence[Stamp], face: Face, page: Content, corner: tuple[float, float]
    ) -> dict[str, Stamped]:
        """Number the stamps that somebody who listens should hear of."""
        heard = [stamp for stamp in stamps if stamp.role and stamp.slot in face.slots]
        start = len(page.owners)
        page.owners += [None] * len(heard)
        return {
            stamp.slot: Stamped(stamp.role, start + at, _described(stamp, face.slots[stamp.slot], corner, self._form))
            for at, stamp in enumerate(heard)
        }

    def _shown(self, stamps: Sequence[Stamp], face: Face) -> dict[str, Ref]:
        """Return the pictures that are stamped on a face, each written once in the file."""
        found = {}
        for stamp in stamps:
            if stamp.picture and stamp.slot in face.slots:
                if stamp.picture.name not in self._pictures:
                    self._pictures[stamp.picture.name] = stamp.picture.put(self._pdf)
                found[stamp.picture.name] = self._pictures[stamp.picture.name]
        return found

    def _form_of(self, face: Face, index: int, called: str, page: Content, stamped: dict[str, Stamped]) -> Ref:
        """Return the face as a Form XObject; a face without reading order is written only once."""
        if not face.marked and face.content in self._silent:
            self._tree.add(index, called, [], page, page, stamped)
            return self._silent[face.content]
        form = Content(page.page, self._pdf.reserve())
        self._tree.add(index, called, face.tags, form, page, stamped)
        extra: dict[str, Plain] = {
            "Type": Name("XObject"),
            "Subtype": Name("Form"),
            "BBox": [0, 0, pt(face.width), pt(face.height)],
            "Resources": {
                "Font": {name: self._font(weight) for name, weight in face.fonts.items()},
                "ExtGState": face.alphas,
            },
        }
        if face.marked:
            extra["StructParents"] = self._tree.register(form)
        else:
            self._silent[face.content] = form.form or page.page
        return self._pdf.stream(face.content, extra, form.form)

    def _placed(
        self,
        name: str,
        face: Face,
        turned: bool,
        left: float,
        top: float,
        stamps: Sequence[Stamp],
        stamped: dict[str, Stamped],
    ) -> bytes:
        x, y = left, self._form.sheet[1] - top - face.height
        matrix = (-1, 0, 0, -1, x + face.width, y + face.height) if turned else (1, 0, 0, 1, x, y)
        place = b"%d %d %d %d %s %s cm" % (*matrix[:4], number(pt(matrix[4])), number(pt(matrix[5])))
        parts = [b"q %s /%s Do" % (place, name.encode())]
        for stamp in stamps:
            slot = face.slots.get(stamp.slot)
            if slot is None:
                continue
            known = stamped.get(stamp.slot)
            opened = b"/%s <</MCID %d>> BDC" % (known.role.encode(), known.number) if known else b"/Artifact BMC"
            parts.append(b"%s %s EMC" % (opened, stamp.drawn(slot, face.height)))
        return b"\n".join([*parts, b"Q\n"])

    def _put_page(self, page: Content, drawn: list[bytes], forms: dict[str, Ref], trim: tuple[float, float]) -> None:
        width, height = self._form.sheet
        entries: dict[str, Plain] = {
            "Type": Name("Page"),
            "Parent": self._pages,
            "MediaBox": [0, 0, pt(width), pt(height)],
            "Contents": self._pdf.stream(squeezed(b"".join(drawn))),
            "Resources": {"XObject": forms, "Font": {"B": self._font("Bold")}},
            "Tabs": Name("S"),
        }
        if self._form.bleed:
            entries |= {"TrimBox": _inner(self._form, trim, 0), "BleedBox": _inner(self._form, trim, self._form.bleed)}
        if page.owners:
            entries["StructParents"] = self._tree.register(page)
        self._kids.append(self._pdf.put(entries, page.page))

    def _font(self, weight: Weight) -> Ref:
        if weight not in self._fonts:
            self._fonts[weight] = embed(self._pdf, weight)
        return self._fonts[weight]

    def _finish(self, *, two_sided: bool, contents: Ref | None = None) -> None:
        self._tree.finish()
        put = self._pdf.put
        put({"Type": Name("Pages"), "Kids": self._kids, "Count": len(self._kids)}, self._pages)
        preferences: dict[str, Plain] = {"DisplayDocTitle": True, "PrintScaling": Name("None")}
        if two_sided:
            preferences["Duplex"] = Name("DuplexFlipLongEdge" if self._flip == "long" else "DuplexFlipShortEdge")
        else:
            preferences["Duplex"] = Name("Simplex")
        metadata = self._pdf.plain_stream(
            xmp(self._title, self._language), {"Type": Name("Metadata"), "Subtype": Name("XML")}
        )
        catalog = {
            "Type": Name("Catalog"),
            "Pages": self._pages,
            "Lang": self._language,
            "MarkInfo": {"Marked": True},
            "StructTreeRoot": self._tree.root,
            "ViewerPreferences": preferences,
            "Metadata": metadata,
        }
        if contents:
            catalog |= {"Outlines": contents, "PageMode": Name("UseOutlines")}
        self._pdf.finish(put(catalog), put({"Title": self._title, "Producer": PRODUCER}))


def _described(stamp: Stamp, slot: Slot, corner: tuple[float, float], form: Format) -> bytes:
    """Return what a figure tells beside its role: what it shows, and where."""
    if stamp.role != "Figure":
        return b""
    left, bottom = corner[0] + slot.x, form.sheet[1] - corner[1] - slot.y - slot.height
    sides = (left, bottom, left + slot.width, bottom + slot.height)
    box = b" ".join(b"%d" % round(pt(side)) for side in sides)
    return b"/Alt%s/A<</O/Layout/BBox[%s]>>" % (text(stamp.alt), box)


def _inner(form: Format, trim: tuple[float, float], more: float) -> list[float]:
    """Return the box of a finished card in the middle of its sheet, `more` mm larger on each side."""
    left, bottom = ((sheet - card) / 2 - more for sheet, card in zip(form.sheet, trim, strict=True))
    return [pt(left), pt(bottom), pt(left + trim[0] + 2 * more), pt(bottom + trim[1] + 2 * more)]
