"""Contact sheets of the built-in decks for the README: every face as it prints, from the press itself.

Run `.venv/bin/python docs/decks.py nl` after a change to cards, drawings or their design; then look at every sheet.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

from cards.card import Card, Deck, Language
from cards.deck import load
from print import documents
from print.documents import Item
from print.reader import raster

FOLDER = Path(__file__).parent / "decks"
DPI = 50
GAP = 6
GROUND = "#d8d4cc"


def faces(cards: list[Card], deck: Deck, language: Language) -> list[Image.Image]:
    """Return cover, contents and every card of a deck, front and back, as they lie on their own size."""
    items = [Item(card, deck) for card in cards]
    found = []
    for made in documents.deck(items, format="single", title=deck.id, language=language, with_covers=True):
        pages = _pages(made.pdf)
        found += [_trimmed(raster(made.pdf, at, DPI)) for at in range(pages)]
    return found


def _pages(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _trimmed(page: Image.Image) -> Image.Image:
    """Return the card without its crop marks and bleed: 10 mm on each side."""
    edge = round(10 / 25.4 * DPI)
    return page.crop((edge, edge, page.width - edge, page.height - edge))


def sheet(faces: list[Image.Image], columns: int) -> Image.Image:
    """Return the faces in rows."""
    width, height = max(face.width for face in faces) + GAP, max(face.height for face in faces) + GAP
    rows = -(-len(faces) // columns)
    ground = Image.new("RGB", (columns * width + GAP, rows * height + GAP), GROUND)
    for at, face in enumerate(faces):
        ground.paste(face, (GAP + at % columns * width, GAP + at // columns * height))
    return ground


def main(languages: list[Language]) -> None:
    """Write one sheet for every deck and language."""
    FOLDER.mkdir(exist_ok=True)
    library = load()
    for language in languages:
        for deck in library.decks:
            cards = [card for card in library.cards(language) if card.deck == deck.id]
            out = io.BytesIO()
            made = sheet(faces(cards, deck, language), 6)
            made.quantize(48, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
            (FOLDER / f"{deck.id}.{language}.png").write_bytes(out.getvalue())


if __name__ == "__main__":
    main([language for language in ("nl", "en") if language in sys.argv[1:] or not sys.argv[1:]])
