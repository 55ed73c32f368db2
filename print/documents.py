"""What can be printed. Plain values in, PDF bytes out; the command line and the web call the same.

Every card is laid out at the size we promise or not at all (`DoesNotFit`); nothing is ever shrunk.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from cards.card import Card, Deck, Language
from cards.card import Face as Side
from cards.drawing import INK
from print import filling, press
from print.covers import covers
from print.errors import DoesNotFit, PrintError
from print.face import Face, Shelf
from print.formats import Flip, Format, Size, load
from print.imprint import Door, Imprint, check_address
from print.marks import address, symbol
from print.numbers import shown
from print.pictures import picture
from print.sheets import Group, Print, Shift
from print.slips import Slip, sheets, slips
from print.stamps import Stamp
from print.things import Printed, poster, shelf, tents, test_page, written
from print.words import words

__all__ = [
    "DoesNotFit",
    "Door",
    "Imprint",
    "Item",
    "Misfit",
    "PrintError",
    "Printed",
    "Slip",
    "deck",
    "fit",
    "poster",
    "preview",
    "sheets",
    "slips",
    "tents",
    "test_page",
    "together",
]

FormatName = Literal["auto", "a5", "a6", "large", "fold", "single"]
SIDES: Final[tuple[Side, ...]] = ("front", "back")

_SHEETS: Final[dict[tuple[FormatName, str], str]] = {
    ("a5", "A5"): "a5_2up",
    ("a5", "A6"): "a5_2up",
    ("a6", "A6"): "a6_4up",
    ("auto", "A5"): "a5_2up",
    ("auto", "A6"): "a6_4up",
    ("large", "A5"): "a4_large",
    ("large", "A6"): "a4_large",
    ("fold", "A5"): "fold",
    ("fold", "A6"): "fold",
    ("single", "A5"): "single_a5",
    ("single", "A6"): "single_a6",
}


@dataclass(frozen=True)
class Item:
    """One card to print, so many times; the door is its number in a workshop.

    `picture` holds the file that `card.picture` names, when it does not lie in the deck's own folder.
    """

    card: Card
    deck: Deck
    door: Door | None = None
    copies: int = 1
    picture: bytes = b""


@dataclass(frozen=True)
class Misfit:
    """A face that is too full at one of the sizes its card may be printed at."""

    card: Card
    face: Side
    size: Size
    mm_too_many: float
    words_too_many: int

    def __str__(self) -> str:
        where = {"a5": "A5", "a6": "A6", "a4": "A4 large print"}[self.size]
        return f"the {self.face} is about {self.words_too_many} words too long for {where}"


def deck(
    items: Sequence[Item],
    *,
    format: FormatName = "auto",  # noqa: A002  # the word people use for it
    flip: Flip = "long",
    imprint: Imprint | None = None,
    title: str,
    language: Language,
    cache: Path | None = None,
    back_shift_mm: Shift = (0.0, 0.0),
    with_covers: bool = False,
) -> list[Printed]:
    """Return the cards as PDFs, one for each kind of sheet they need.

    "auto" sorts A5 cards two-up and A6 cards four-up; "a5" takes A6 cards too; "a6" only A6 cards. "large"
    is 18 pt on A4, "fold" one-sided A4 to fold into A5, "single" one card a page with bleed for a print shop.
    `cache` is a folder for laid-out faces. `back_shift_mm` moves backs right and down. `with_covers` puts a
    cover and a contents card before every deck.

    Raises `PrintError` for an address that must not be printed, a card that cannot be in this format, or
    nothing to print; `DoesNotFit` for a card with too many words.
    """
    owner = imprint or Imprint()
    if not items:
        raise PrintError("There are no cards to print. Choose at least one.")
    if any(item.door for item in items):
        check_address(owner)
    return [
        Printed(
            f"{form.name.replace('_', '-')}.pdf",
            written(form, prints, title=title, language=language, flip=flip, shift=back_shift_mm),
        )
        for form, prints in card_groups(items, format, owner, cache, with_covers=with_covers)
    ]


def card_groups(
    items: Sequence[Item],
    format: FormatName,  # noqa: A002  # the word people use for it
    imprint: Imprint,
    cache: Path | None,
    *,
    with_covers: bool = False,
) -> list[Group]:
    """Return cards laid out, one group for each kind of sheet they need. Raises as `deck` does."""
    sheets: dict[str, list[Item]] = {}
    for item in items:
        sheets.setdefault(_sheet(format, item.card), []).append(item)
    groups: list[Group] = []
    first = _first_sheets(sheets) if with_covers else {}
    for name in sorted(sheets):
        form = load(name)
        prints: list[Print] = []
        for item in sheets[name]:
            if first.get(item.deck.id) == name:
                del first[item.deck.id]
                whole = [one.card for one in items if one.deck.id == item.deck.id]
                prints += covers(item.deck, whole, form, imprint, shelf(cache))
            prints += [_print(item, form, imprint, shelf(cache))] * max(1, item.copies)
        groups.append((form, prints))
    return groups


def _first_sheets(sheets: dict[str, list[Item]]) -> dict[str, str]:
    """Return on which kind of sheet the cover of a deck goes: where most of its cards are."""
    most: dict[str, tuple[int, str]] = {}
    for name, items in sorted(sheets.items()):
        for deck_id in {item.deck.id for item in items}:
            count = sum(item.deck.id == deck_id for item in items)
            most[deck_id] = max(most.get(deck_id, (0, "")), (count, name), key=lambda one: one[0])
    return {deck_id: name for deck_id, (_, name) in most.items()}


def together(printed: Iterable[Printed]) -> bytes:
    """Return several PDFs as one zip file, the same bytes every time."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for one in printed:
            archive.writestr(zipfile.ZipInfo(one.name, (1980, 1, 1, 0, 0, 0)), one.pdf)
    return out.getvalue()


def fit(card: Card, deck: Deck, *, cache: Path | None = None) -> list[Misfit]:
    """Return every face that does not fit at a size this card may be printed at.

    Tried with the fullest imprint there is: a long address, a contact, a group's word.
    """
    own: Size = "a5" if card.size == "A5" else "a6"
    sizes: list[Size] = [own, "a4"] if own == "a5" else [own, "a5", "a4"]
    item = Item(card, deck, _FULL_DOOR)
    found = []
    for size in sizes:
        for side in SIDES:
            try:
                _face(item, side, size, False, _FULL_IMPRINT, shelf(cache))
            except DoesNotFit as misfit:
                found.append(Misfit(card, side, size, misfit.mm_too_many, misfit.words_too_many))
    return found


_FULL_DOOR: Final = Door("000000", "0000000000", "zonnebloem")
_FULL_IMPRINT: Final = Imprint(
    workshop="Werkplaats",
    site="werkplaats-noord.nl",
    base="https://werkplaats-noord.nl",
    contact_name="Marijke",
    contact_phone="06 12 34 56 78",
)


def preview(
    item: Item,
    face: Side = "front",
    *,
    format: FormatName = "auto",  # noqa: A002  # the word people use for it
    imprint: Imprint | None = None,
    dpi: int = 110,
    cache: Path | None = None,
) -> bytes:
    """Return one side of a card as PNG, rasterised from the very PDF that would be printed."""
    from print.reader import picture

    owner = imprint or Imprint()
    if item.door:
        check_address(owner)
    form = load(_sheet(format, item.card))
    one = _print(item, form, owner, shelf(cache), (face,))
    page = replace(form, sheet=(one.front.width, one.front.height), columns=1, rows=1, sides="single", marks="none")
    return picture(written(page, [one], title=item.card.title, language=item.card.lang), 0, dpi)


def _sheet(form: FormatName, card: Card) -> str:
    if (form, card.size) not in _SHEETS:
        raise PrintError(f"“{card.title}” is an A5 card and does not fit on A6. Print it as A5, or leave it out.")
    return _SHEETS[form, card.size]


def _print(item: Item, form: Format, imprint: Imprint, shelf: Shelf, sides: Sequence[Side] = SIDES) -> Print:
    """Return a card ready for its sheet: its sides laid out, and what is stamped on them."""
    card, said = item.card, words(item.card.lang)
    faces = {side: _face(item, side, form.face, form.bleed > 0, imprint, shelf) for side in sides}
    marks = (Stamp("slot-mark", mark=item.deck.mark), _art(item), *_ANSWERS)
    door: tuple[Stamp, ...] = ()
    if item.door:
        number = shown(item.door.number)
        alt = said("qr_alt", title=card.title, site=imprint.site, number=number)
        code = symbol(address(imprint.base, item.door.number, item.door.key), shelf.folder)
        qr = Stamp("slot-qr", code=code, alt=alt)
        door = (qr, Stamp("slot-number", text=number))
    name = f"{item.deck.name[card.lang]} {card.number}: {card.title}"
    first, *rest = faces.values()
    return Print(name, first, rest[0] if rest else None, marks + door, marks)


_ANSWERS: Final = tuple(Stamp(f"slot-face-{at}", mark=mark, colour=INK) for at, mark in enumerate(filling.ANSWERS, 1))


def _art(item: Item) -> Stamp:
    """Return the card's own picture, or the mark of its deck where it has none."""
    named, colour = item.card.picture, item.deck.colour
    data = item.picture
    if named and not data and item.deck.art:
        try:
            data = (item.deck.art / named.file).read_bytes()
        except OSError as error:
            raise PrintError(f"“{item.card.title}”: the picture {named.file} is not there.") from error
    if not named or not data:
        return Stamp("slot-rest", mark=item.deck.mark, colour=colour)
    return Stamp("slot-rest", picture=picture(data, colour), colour=colour, alt=named.alt)


def _face(item: Item, side: Side, size: Size, bleed: bool, imprint: Imprint, shelf: Shelf) -> Face:
    shown_door = item.door if imprint.base and filling.asks(item.card) else None
    word = shown_door.word if shown_door else None

    def make() -> Face:
        html = filling.card_html(item.card, item.deck, side, size, imprint, shown_door, bleed)
        what = f"“{item.card.title}” ({item.card.id}), {side}, {size.upper()}"
        return press.compile_face(html, filling.style(), what)

    said = (item.card.digest, item.deck.model_dump_json(), side, size, repr((bleed, imprint, shown_door is None, word)))
    return shelf.take(press.key(*said), make)
