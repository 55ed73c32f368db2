"""What the paper tests share: a library, a workshop's facts, decks to print, and ways to look at a PDF."""

from __future__ import annotations

import ctypes
import io
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from cards.card import Card, Language
from cards.deck import Library, load
from print import reader
from print.documents import Item
from print.imprint import Door, Imprint
from print.measures import mm
from print.numbers import with_check

IMPRINT = Imprint("De Linde", "werkplaats.nl", "https://werkplaats.nl", "Marijke", "06 12 34 56 78")
KEY = "K7Q2M9XT4R"


@cache
def library() -> Library:
    """Return all built-in cards, read once."""
    return load()


def item(card_id: str, language: Language = "nl", door: bool = True, copies: int = 1) -> Item:
    """Return a card to print, with a door unless told otherwise."""
    card = library().find(card_id, language)
    assert card is not None
    return Item(card, library().deck_of(card), door_of(card) if door else None, copies)


def door_of(card: Card) -> Door:
    """Return a door whose number follows from the card."""
    return Door(with_check(f"{abs(hash_of(card.id)) % 10**5:05d}"), KEY, "anker")


def hash_of(text: str) -> int:
    """Return a number that is the same in every run."""
    return sum((place + 1) * ord(letter) for place, letter in enumerate(text))


def a5(count: int, language: Language = "nl") -> list[Item]:
    """Return the first A5 cards that ask something."""
    cards = [card for card in library().cards(language) if card.size == "A5" and card.share]
    return [item(card.id, language) for card in cards[:count]]


def a6(count: int, language: Language = "nl") -> list[Item]:
    """Return the first A6 cards that ask something."""
    cards = [card for card in library().cards(language) if card.size == "A6" and card.share]
    return [item(card.id, language) for card in cards[:count]]


def grey(pdf: bytes, page: int, dpi: int) -> Image.Image:
    """Return a page as a grey picture."""
    return reader.raster(pdf, page, dpi).convert("L")


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def side(pdf: bytes, page: int) -> str:
    """Return the words on one side, with single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return re.sub(r"\s+", " ", document[page].get_textpage().get_text_range())
    finally:
        document.close()


@dataclass(frozen=True)
class Letter:
    """One printed character: where it is (mm from the top left of the page), its size in pt and its colour."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    colour: tuple[int, int, int]


def letters(pdf: bytes, page: int) -> list[Letter]:
    """Return every visible character on a page, as pdfium reads it back."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        text = sheet.get_textpage()
        return [one for at in range(text.count_chars()) if (one := _letter(text, at, sheet.get_height()))]
    finally:
        document.close()


def _letter(text: Any, at: int, height: float) -> Letter | None:
    character = chr(pdfium.FPDFText_GetUnicode(text.raw, at))
    if character.isspace() or pdfium.FPDFText_IsGenerated(text.raw, at):
        return None
    left, bottom, right, top = text.get_charbox(at, loose=False)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text.raw, at, ctypes.byref(matrix))
    size = pdfium.FPDFText_GetFontSize(text.raw, at) * (matrix.a**2 + matrix.b**2) ** 0.5
    tone = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text.raw, at, *(ctypes.byref(part) for part in tone))
    place = (mm(left), mm(height - top), mm(right), mm(height - bottom))
    return Letter(character, *place, size, (tone[0].value, tone[1].value, tone[2].value))


def png(data: bytes) -> Image.Image:
    """Return PNG bytes as a picture."""
    return Image.open(io.BytesIO(data))
