"""Paper that comes back: idea cards with a stub to keep, dot sheets and ring sheets.

What is the same on every card is laid out once; number and codes are stamped on it, each card its own. Where
everything is comes from `print.forms`, the same places the reader looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, overload

from cards.card import Language
from print import forms
from print.errors import DoesNotFit, PrintError
from print.face import Face
from print.form_faces import face_of
from print.formats import Flip, Format, load
from print.forms import STUB, Form, FormSide, Stub, address
from print.imprint import Imprint, check_address
from print.marks import Symbol, common, symbol
from print.numbers import shown
from print.sheets import Group, Print, Shift
from print.stamps import Stamp, code_in
from print.things import Printed, written
from print.words import Words, words

Tell = Callable[[int], None]
SlipFormat = Literal["a5", "a6", "large"]
SheetKind = Literal["dots", "rings"]

SIDES: Final[dict[SlipFormat, tuple[str, ...]]] = {"a5": ("A1", "B1"), "a6": ("C1",), "large": ("L1", "M1")}
"""The codes of the forms a card of each format has: its front, and its back if it has one."""

SHEETS: Final[dict[SheetKind, str]] = {"dots": "D1", "rings": "R1"}
ROWS: Final = 12
"""How many ideas fit on a dot sheet."""


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
    tell: Tell | None = None,
) -> Printed:
    """Return idea cards with their stubs: two on a sheet ("a5"), four on one side ("a6"), or one ("large").

    The first card is read aloud in full, the others by their number: they say the same. `tell` hears how many
    cards are on their sheets, about a hundred times. Raises `PrintError`
    for an address that must not be printed, `DoesNotFit` for a question that is too long for this format.
    """
    form, prints = slip_group(cards, format, imprint, language, question, cache, tell)
    title = words(language)["slip_title"]
    pdf = written(form, prints, title=title, language=language, flip=flip, shift=back_shift_mm)
    return Printed(f"slips-{format}.pdf", pdf)


def slip_group(
    cards: Sequence[Slip],
    format: SlipFormat,  # noqa: A002  # the word people use for it
    imprint: Imprint,
    language: Language,
    question: str = "",
    cache: Path | None = None,
    tell: Tell | None = None,
) -> Group:
    """Return idea cards laid out for their sheets. Raises as `slips` does."""
    check_address(imprint)
    if not cards or not all(card.number and card.key and card.stub_key and card.words for card in cards):
        raise PrintError("Idea cards need a number, keys and words each. Nothing was printed.")
    said = words(language)
    sides = [_side(code, cards, format, imprint, language, question, cache) for code in SIDES[format]]
    return load(f"slips_{format}"), _Prints(said["slip_title"], said, imprint.site, sides, tell)


def fits(
    question: str,
    *,
    format: SlipFormat,  # noqa: A002  # the word people use for it
    imprint: Imprint,
    language: Language,
    cache: Path | None = None,
) -> bool:
    """Say whether this question fits on idea cards of this format."""
    try:
        slips([_SAMPLE], format=format, imprint=imprint, language=language, question=question, cache=cache)
    except DoesNotFit:
        return False
    return True


def preview(
    kind: SlipFormat | SheetKind,
    side: FormSide = "front",
    *,
    imprint: Imprint,
    language: Language,
    question: str = "",
    rows: Sequence[str] = (),
    dpi: int = 80,
    cache: Path | None = None,
) -> bytes:
    """Return one side of one sheet of paper as PNG, with a number that is nobody's."""
    from print.reader import picture

    code = SHEETS[kind] if kind == "dots" or kind == "rings" else SIDES[kind][side == "back"]
    one = _side(code, [_SAMPLE], kind, imprint, language, question, cache, tuple(rows))
    page = Format("preview", (one.first.width, one.first.height), 1, 1, "single", "none")
    said = words(language)
    prints = _Prints(said["slip_title"], said, imprint.site, [one])
    return picture(written(page, prints, title=said["slip_title"], language=language), 0, dpi)


_SAMPLE: Final = Slip("27419631", "222222", "2222222222", "aardbei fiets molen")


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

    def __init__(self, name: str, said: Words, site: str, sides: Sequence[_Side], tell: Tell | None = None) -> None:
        self._name, self._said, self._site, self._sides, self._tell = name, said, site, sides, tell
        self._step = max(1, len(self) // 100)

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
        if self._tell and at % self._step == 0:
            self._tell(at)
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
    face = face_of(form, _stub_beside(size), size, modules, imprint, language, question, rows, cache)
    face = face.decorated(code_in(face.slots["slot-qr"], face.height, same, same.path()))
    if stub_same:
        face = face.decorated(code_in(face.slots["slot-stub-qr"], face.height, stub_same, stub_same.path()))
    return _Side(form, cards, codes, same, stub_codes, stub_same, face, face.silent())


def _stub_beside(size: str) -> Stub | None:
    """Return the stub that is torn off, whichever side of the card is printed; sheets have none."""
    return next((forms.stub(codes[0]) for name, codes in SIDES.items() if name == size), None)


def _lines(three: str, count: int) -> list[str]:
    """Return three words on one line, or each on its own."""
    return [three] if count == 1 else three.split()
