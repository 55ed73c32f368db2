"""Paper that comes back: idea cards with a stub to keep, dot sheets and ring sheets.

What is the same on every card is laid out once; number and codes are stamped on it, each card its own. Where
everything is comes from `print.forms`, the same places the reader looks at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, overload

from cards.card import Language
from print import filling, forms, outlines, press
from print.errors import PrintError
from print.face import Face
from print.formats import Flip, load
from print.forms import STUB, Box, Form, Stub, address
from print.imprint import Imprint, check_address
from print.marks import Symbol, common, symbol
from print.measures import QUIET_MODULES, mm
from print.numbers import shown
from print.sheets import Print, Shift
from print.stamps import Stamp, code_in
from print.things import Printed, shelf, written
from print.typeface import typeface
from print.words import Words, words

SlipFormat = Literal["a5", "a6", "large"]
SheetKind = Literal["dots", "rings"]

SIDES: Final[dict[SlipFormat, tuple[str, ...]]] = {"a5": ("A1", "B1"), "a6": ("C1",), "large": ("L1", "M1")}
"""The codes of the forms a card of each format has: its front, and its back if it has one."""

SHEETS: Final[dict[SheetKind, str]] = {"dots": "D1", "rings": "R1"}
ROWS: Final = 12
"""How many ideas fit on a dot sheet."""

_HEADS: Final[dict[str, tuple[float, float, float]]] = {
    "a5": (19, 7.2, 28),
    "a6": (16.5, 6.8, 20),
    "large": (22, 9, 38),
    "dots": (22, 8.6, 30),
    "rings": (22, 8.6, 30),
}
"""Where the title begins (mm) and how large it is (pt)."""
_UNDER: Final = 1.14
"""How far under the top of a title the stroke below it begins, in em."""

_NAME_LINES: Final[dict[str, tuple[Box, ...]]] = {
    "B1": (Box(19, 33.4, 80, 0), Box(9, 49.4, 130.5, 0)),
    "C1": (Box(58.5, 97.4, 28, 0),),
    "M1": (Box(22, 54, 118, 0), Box(12, 79, 186, 0)),
}


@dataclass(frozen=True)
class Slip:
    """One idea card or sheet to print: its number, the key of its codes, and for a stub its key and words."""

    number: str
    key: str
    stub_key: str = ""
    words: str = ""


def slips(
    cards: Sequence[Slip],
    *,
    format: SlipFormat = "a5",  # noqa: A002  # the word people use for it
    flip: Flip = "long",
    imprint: Imprint,
    language: Language,
    question: str = "",
    cache: Path | None = None,
    back_shift_mm: Shift = (0.0, 0.0),
) -> Printed:
    """Return idea cards with their stubs: two on a sheet ("a5"), four on one side ("a6"), or one ("large").

    The first card is read aloud in full, the others by their number: they say the same. Raises `PrintError`
    for an address that must not be printed, `DoesNotFit` for a question that is too long for this format.
    """
    check_address(imprint)
    if not cards or not all(card.number and card.key and card.stub_key and card.words for card in cards):
        raise PrintError("Idea cards need a number, keys and words each. Nothing was printed.")
    said = words(language)
    sides = [_side(code, cards, format, imprint, language, question, cache) for code in SIDES[format]]
    prints = _Prints(said["slip_title"], said, imprint.site, sides)
    form = load(f"slips_{format}")
    pdf = written(form, prints, title=said["slip_title"], language=language, flip=flip, shift=back_shift_mm)
    return Printed(f"slips-{format}.pdf", pdf)


def sheets(
    kind: SheetKind,
    cards: Sequence[Slip],
    *,
    imprint: Imprint,
    language: Language,
    question: str = "",
    rows: Sequence[str] = (),
    cache: Path | None = None,
) -> Printed:
    """Return dot sheets or ring sheets, each with its own number. `rows` are what to choose from, at most twelve.

    Rows that are not given are left open, to write in. Raises as `slips` does.
    """
    check_address(imprint)
    if not cards or len(rows) > ROWS:
        raise PrintError(f"A dot sheet has room for {ROWS} ideas. Nothing was printed.")
    said = words(language)
    side = _side(SHEETS[kind], cards, kind, imprint, language, question, cache, tuple(rows))
    prints = _Prints(said[f"{kind}_title"], said, imprint.site, [side])
    return Printed(f"{kind}.pdf", written(load("sheet"), prints, title=said[f"{kind}_title"], language=language))


@dataclass(frozen=True)
class _Side:
    """One side of all cards: their face, read aloud once, and what is stamped on each."""

    form: Form
    cards: Sequence[Slip]
    codes: list[Symbol]
    same: Symbol
    stub_codes: list[Symbol]
    stub_same: Symbol | None
    first: Face
    rest: Face

    def stamps(self, at: int, said: Words, site: str) -> tuple[Stamp, ...]:
        """Return what is stamped on the card at this place."""
        card = self.cards[at]
        known = {"number": shown(card.number), "site": site}
        alt = said(_ALT.get(self.form.side if self.form.kind == "slip" else "sheet", "slip_alt"), **known)
        stamps = [Stamp("slot-qr", code=self.codes[at], beside=self.same, alt=alt)]
        stamps.append(Stamp("slot-number", text=known["number"], left=self.form.name == "a6"))
        stub = forms.stub(self.form.code)
        if stub:
            stamps.append(Stamp("slot-stub-number", text=known["number"], left=True))
            for place, line in enumerate(_lines(card.words, len(stub.words)), 1):
                stamps.append(Stamp(f"slot-words-{place}", text=line, left=True))
            code = self.stub_codes[at]
            stamps.append(Stamp("slot-stub-qr", code=code, beside=self.stub_same, alt=said("stub_alt", **known)))
        return tuple(stamps)


class _Prints(Sequence[Print]):
    """All cards, each made ready only when its sheet is written: ten thousand need little memory."""

    def __init__(self, name: str, said: Words, site: str, sides: Sequence[_Side]) -> None:
        self._name, self._said, self._site, self._sides = name, said, site, sides

    def __len__(self) -> int:
        return len(self._sides[0].cards)

    @overload
    def __getitem__(self, at: int) -> Print: ...
    @overload
    def __getitem__(self, at: slice) -> list[Print]: ...
    def __getitem__(self, at: int | slice) -> Print | list[Print]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        faces = [side.rest if at else side.first for side in self._sides]
        stamps = [side.stamps(at, self._said, self._site) for side in self._sides]
        if len(faces) == 1:
            return Print(self._name, faces[0], None, stamps[0])
        return Print(self._name, faces[0], faces[1], stamps[0], stamps[1])


_ALT: Final = {"front": "slip_alt", "back": "slip_back_alt", "sheet": "sheet_alt"}


def _side(
    code: str,
    cards: Sequence[Slip],
    size: str,
    imprint: Imprint,
    language: Language,
    question: str,
    cache: Path | None,
    rows: tuple[str, ...] = (),
) -> _Side:
    form, stub = forms.form(code), forms.stub(code)
    codes = [symbol(address(imprint.base, card.number, code, card.key), cache) for card in cards]
    same = common(codes)
    stub_codes = [symbol(address(imprint.base, one.number, STUB, one.stub_key), cache) for one in cards] if stub else []
    stub_same = common(stub_codes) if stub else None
    modules = (same.modules, stub_same.modules if stub_same else 0)
    face = _face(form, size, modules, imprint, language, question, rows, cache)
    face = face.decorated(code_in(face.slots["slot-qr"], face.height, same, same.path()))
    if stub_same:
        face = face.decorated(code_in(face.slots["slot-stub-qr"], face.height, stub_same, stub_same.path()))
    return _Side(form, cards, codes, same, stub_codes, stub_same, face, face.silent())


def _face(
    form: Form,
    size: str,
    modules: tuple[int, int],
    imprint: Imprint,
    language: Language,
    question: str,
    rows: tuple[str, ...],
    cache: Path | None,
) -> Face:
    """Return what all cards share on one side of a form, with its lines and boxes."""
    said, stub = words(language), _stub_beside(size)
    template = {"slip": "slip.html", "dots": "sheet.html", "rings": "sheet.html"}[form.kind]
    values: dict[str, Any] = {
        "form": form,
        "qr": _with_quiet(form.qr, modules[0]),
        "size": size,
        "head": dict(zip(("x", "y", "points"), _HEADS[size], strict=True)),
        "stub": stub,
        "stub_qr": _with_quiet(stub.qr, modules[1]) if stub and modules[1] else None,
        "labels": _labels(form, said),
        "question": filling.kept(question),
        "title": said.get(f"{form.kind}_title", ""),
        "how": said.get(f"{form.kind}_how", ""),
        "rows": [*rows, *[""] * (len(form.rows) - len(rows))],
        "site": imprint.site,
        "stub_type": filling.kept(said("stub_type", site=imprint.site)),
        "help": filling.help_line(imprint if size != "a6" else replace(imprint, contact_name=""), said),
        "rehearsal": imprint.rehearsal,
    }
    title = said["slip_title"] if form.kind == "slip" else values["title"]
    if form.side == "back":
        template, title = "slip_back.html", said["slip_about"]

    def make() -> Face:
        html = filling.fill(template, lang=language, words=said, **values)
        face = press.compile_face(html, filling.style("forms"), f"{title} {size.upper()}")
        x, y, points = _HEADS[size]
        stroke = Box(x, y + mm(points) * _UNDER, mm(typeface("Bold").width(title, points)), 0)
        drawn = outlines.drawn(form, stub, face.height, _write_in(form, rows))
        return face.decorated(drawn, outlines.ground(form, stub, face.height, stroke))

    return shelf(cache).take(press.key(template, language, repr(sorted(values.items()))), make)


def _stub_beside(size: str) -> Stub | None:
    """Return the stub that is torn off, whichever side of the card is printed; sheets have none."""
    return next((forms.stub(codes[0]) for name, codes in SIDES.items() if name == size), None)


def _with_quiet(symbol_box: Box, modules: int) -> Box:
    """Return the place of a symbol together with its quiet zone."""
    white = symbol_box.width / modules * QUIET_MODULES
    side = symbol_box.width + 2 * white
    return Box(round(symbol_box.x - white, 3), round(symbol_box.y - white, 3), round(side, 3), round(side, 3))


def _labels(form: Form, said: Words) -> list[dict[str, Any]]:
    """Return the words beside every box to tick, as wide as the next box in its row allows."""
    labels = []
    for tick in form.ticks:
        beside = [other.box.x for other in form.ticks if other.box.y == tick.box.y and other.box.x > tick.box.x]
        left = tick.box.x + tick.box.width + 1.8
        width = round(min([*beside, form.width - 2.5]) - 3 - left, 2)
        text = said[f"slip_{tick.group}_{tick.value}"]
        labels.append(
            {
                "group": tick.group,
                "text": text if form.name == "a6" else filling.kept(text),
                "x": left,
                "y": tick.box.y - 5,
                "width": width,
            }
        )
    return labels


def _write_in(form: Form, rows: tuple[str, ...]) -> tuple[Box, ...]:
    """Return the lines to write a name, or an idea that is not printed, on."""
    open_rows = form.rows[len(rows) :]
    return _NAME_LINES.get(form.code, ()) + tuple(
        Box(row.label.x + 12, row.label.y + row.label.height - 3, row.label.width - 12, 0) for row in open_rows
    )


def _lines(three: str, count: int) -> list[str]:
    """Return three words on one line or on two."""
    one, two, last = three.split()
    return [f"{one} {two} {last}"] if count == 1 else [f"{one} {two}", last]
