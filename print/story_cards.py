"""Story cards: one idea each in the maker's own words, with its pictures, on A5 or A6 to hold and to give away.

Short words are large. Long ones run on to the back, and to another card when need be: nothing is shrunk or cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from cards.card import Language
from print import filling, press
from print.face import Face, Slot
from print.formats import Flip, Format, load
from print.letters import readable
from print.measures import LINE_HEIGHT, mm
from print.pictures import picture
from print.result_texts import Story, paragraphs, story_by
from print.sheets import Print
from print.stamps import Stamp
from print.things import Printed, written
from print.words import Words, words

CardSize = Literal["a5", "a6"]


@dataclass(frozen=True)
class _Measures:
    """A card in mm: its width, its edge, where its foot is, and how wide and high its pictures are together at most.

    Words of at most so many signs are `short` or `middle` and stand in larger letters.
    """

    edge: float
    width: float
    bottom: float
    tall: float
    short: int
    middle: int


_SIZES: Final[dict[CardSize, _Measures]] = {
    "a5": _Measures(13, 122, 200, 88, 130, 330),
    "a6": _Measures(10, 85, 140, 52, 90, 0),
}
_SHEETS: Final[dict[CardSize, str]] = {"a5": "a5_2up", "a6": "a6_4up"}
_FOOT_PT: Final = 12.4
_PIXELS: Final = 1100
_GAP_MM: Final = 2.0


def story_cards(
    stories: Sequence[Story],
    *,
    size: CardSize = "a5",
    flip: Flip = "long",
    workshop: str,
    language: Language,
) -> Printed:
    """Return cards of 14 pt or more, two A5 or four A6 on a sheet. `stories` is not empty.

    Raises `PrintError` for a picture that cannot be read.
    """
    said = words(language)
    prints = story_prints(stories, size, workshop, language)
    title = f"{said['story_title']}: {workshop}"
    pdf = written(sheet_of(prints, size), prints, title=title, language=language, flip=flip)
    return Printed(f"stories-{size}.pdf", pdf)


def sheet_of(prints: Sequence[Print], size: CardSize) -> Format:
    """Return the sheets for these cards, printed on one side when no card has a back."""
    sheet = load(_SHEETS[size])
    return sheet if any(one.back for one in prints) else replace(sheet, sides="single")


def story_prints(stories: Sequence[Story], size: CardSize, workshop: str, language: Language) -> list[Print]:
    """Return the cards of these stories in their order."""
    return [one for story in stories for one in _cards(story, size, workshop, language)]


def _cards(story: Story, size: CardSize, workshop: str, language: Language) -> Iterator[Print]:
    """Yield the cards of one story: its pages two by two, front and back."""
    said = words(language)
    told = replace(story, words=readable(story.words, language), name=readable(story.name, language))
    stamps, html = _laid(told, size, readable(workshop, language), said, language)
    name = said("story_idea", nr=story.nr)
    faces = press.compile_pages(html, filling.style("results"), name)
    pages = [_footed(face, at, len(faces), name, size, said) for at, face in enumerate(faces, 1)]
    for at in range(0, len(pages), 2):
        back = pages[at + 1] if at + 1 < len(pages) else None
        called = name if at == 0 else f"{name}, {said('story_page', page=at + 1, pages=len(pages))}"
        yield Print(called, pages[at], back, stamps, stamps)


def _laid(
    story: Story, size: CardSize, workshop: str, said: Words, language: Language
) -> tuple[tuple[Stamp, ...], str]:
    """Return the pictures of a card and its HTML."""
    card = _SIZES[size]
    signs = len(story.words)
    long = "short" if signs <= card.short else "middle" if signs <= card.middle else "long"
    stamps, places = [], []
    wide = card.width if len(story.pictures) == 1 else (card.width - 2 * _GAP_MM) / 2
    tall = card.tall if signs <= card.short or not signs else card.tall * 0.7
    for at, data in enumerate(story.pictures):
        one = picture(data, "#ffffff", _PIXELS)
        across = min(wide, tall * one.ratio)
        slot = f"slot-picture-{at}"
        places.append({"slot": slot, "width": round(across, 2), "height": round(across / one.ratio, 2)})
        stamps.append(Stamp(slot, picture=one, alt=said("wall_photo", nr=story.nr)))
    html = filling.fill(
        "story.html",
        lang=language,
        title=said("story_idea", nr=story.nr),
        size=size,
        long=long,
        kicker=from_workshop(workshop, said),
        places=places,
        lines=paragraphs(story.words),
        by=story_by(story, said),
    )
    return tuple(stamps), html


def from_workshop(workshop: str, said: Words) -> str:
    """Return where a card comes from: “Uit werkplaats De Linde”."""
    named = workshop.casefold().startswith(("werkplaats", "workshop"))
    return said("story_from" if named else "story_of", workshop=workshop) if workshop else ""


def _footed(face: Face, page: int, pages: int, name: str, size: CardSize, said: Words) -> Face:
    """Return a side with its number at its foot, and which page it is when there are more."""
    card = _SIZES[size]
    line = f"{name} · {said('story_page', page=page, pages=pages)}" if pages > 1 else name
    tall = mm(_FOOT_PT * LINE_HEIGHT)
    slot = Slot(card.edge, card.bottom - tall, card.width, tall)
    drawing = Stamp("foot", text=line, left=True).drawn(slot, face.height)
    return replace(face, fonts={**face.fonts, "B": "Bold"}).decorated(drawing)
