"""The poster of a result, on A3 or two A4 sheets: what came of it, who made it, from which ideas, what was learned.

The first page stands by itself: title, picture and makers, with the code below. What follows runs on over as many
pages as it needs. Nothing is shrunk and nothing is cut; ideas that are too many to quote are told by number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from cards.card import Language
from print import filling, press
from print.errors import DoesNotFit
from print.face import Face
from print.formats import load
from print.imprint import Door, Imprint, check_address
from print.marks import symbol
from print.numbers import shown
from print.pictures import Picture, picture
from print.result_texts import ResultText, Story, in_letters, made_by, made_from, paragraphs, story_by
from print.sheets import Print
from print.stamps import Stamp
from print.things import Printed, shelf, written
from print.typeface import typeface
from print.wall_paper import with_foot
from print.words import Words, words

PosterFormat = Literal["a3", "2xa4"]
SHEETS: Final[dict[PosterFormat, str]] = {"a3": "wall_a3", "2xa4": "wall_2a4"}
_TALLEST: Final = (120.0, 100.0, 80.0, 62.0)
"""How high a picture may be in mm: the first of these with which all fits."""
_WIDE_MM: Final = 174.0
_PIXELS: Final = 1600
_HEADINGS: Final = (60, 50, 42, 36)
_WIDE_PT: Final = 490.0
_LINES: Final = 2.6
_LONG: Final = 400


def result_poster(
    text: ResultText,
    door: Door | None,
    *,
    format: PosterFormat = "a3",  # noqa: A002  # the word people use for it
    imprint: Imprint,
    language: Language,
    cache: Path | None = None,
) -> Printed:
    """Return the poster: its letters are 20 pt or more. `door` is the workshop's own, for who types a number.

    Raises `PrintError` for an address that must not be printed, or a picture that cannot be read.
    """
    check_address(imprint)
    prints = poster_pages(text, door, imprint, language, cache)
    title = f"{words(language)['result_kicker']}: {text.title}"
    pdf = written(load(SHEETS[format]), prints, title=title, language=language)
    return Printed(f"result-{format}.pdf", pdf)


def poster_pages(
    text: ResultText, door: Door | None, imprint: Imprint, language: Language, cache: Path | None
) -> list[Print]:
    """Return the pages of a poster, an even number of them, each half an A3."""
    plain, said = in_letters(text, language), words(language)
    laid = _Lead(plain, door, imprint, language, cache)
    first, left = laid.fullest()
    stamps = laid.stamps()
    rest = _tale(left, said, language)
    if len(rest) % 2 == 0:
        rest.append(laid.alone())
    pages = [Print(plain.title, first, on_front=stamps)]
    pages += [Print("", face, on_front=stamps) for face in rest]
    return [_numbered(one, at, pages, said) for at, one in enumerate(pages, 1)]


class _Lead:
    """The first page: it holds as much as fits above the code."""

    def __init__(
        self, text: ResultText, door: Door | None, imprint: Imprint, language: Language, cache: Path | None
    ) -> None:
        self._text, self._door, self._imprint, self._language = text, door, imprint, language
        self._said, self._cache = words(language), cache
        self._picture: Picture | None = picture(text.picture, "#ffffff", _PIXELS) if text.picture else None

    def stamps(self) -> tuple[Stamp, ...]:
        """Return picture, code and number."""
        code = symbol(f"{self._imprint.base}/{self._text.path}")
        alt = self._said("poster_alt", workshop=self._text.title, site=self._imprint.site)
        found = [Stamp("slot-qr", code=code, alt=alt)]
        found += [Stamp("slot-number", text=shown(self._door.number))] if self._door else []
        if self._picture:
            found.append(Stamp("slot-picture", picture=self._picture, alt=self._text.shows or self._text.title))
        return tuple(found)

    def fullest(self) -> tuple[Face, ResultText]:
        """Return the page that tells most of those that fit, and the text without what it tells."""
        makers = made_by(self._text, self._said)
        for told, left, tall, names in self._ways(bool(makers)):
            try:
                face = self._face(told, tall, makers if names else "", large=not left)
            except DoesNotFit:
                continue
            rest = replace(self._text, story=left if told else self._text.story)
            return face, replace(rest, names=(), nameless=0) if names else rest
        return self.alone(), self._text

    def alone(self) -> Face:
        """Return the page with nothing but title and code."""
        return self._face("", 0.0, "")

    def _ways(self, made: bool) -> Iterator[tuple[str, str, float, bool]]:
        """Yield what may stand there, the fullest first: story, what is left of it, height of the picture, makers.

        Beside a picture (mm) no story stands; without one as many of its sentences as there is room for.
        """
        for names in (True, False) if made else (False,):
            if self._picture:
                yield from (("", "", tall, names) for tall in _TALLEST)
            elif self._text.story:
                yield self._text.story, "", 0.0, names
        ends = [found.end() for found in re.finditer(r"[.!?]\s+|\n", self._text.story)]
        for end in [] if self._picture else reversed(ends):
            yield self._text.story[:end], self._text.story[end:], 0.0, made
        if made and not self._picture:
            yield "", "", 0.0, True

    def _face(self, story: str, tall: float, makers: str, *, large: bool = True) -> Face:
        place = None
        if self._picture and tall:
            wide = min(_WIDE_MM, tall * self._picture.ratio)
            place = {"width": round(wide, 2), "height": round(wide / self._picture.ratio, 2)}
        html = filling.fill(
            "result_lead.html",
            lang=self._language,
            words=self._said,
            title=self._text.title,
            kicker=" · ".join(filter(None, (self._text.kicker or self._said["result_kicker"], self._text.workshop))),
            heading=heading_pt(self._text.title),
            look=self._said["result_look"],
            picture=place,
            story=paragraphs(story),
            large=large,
            makers=makers,
            site=self._imprint.site,
            numbered=self._door is not None,
            group=self._text.group,
            rehearsal=self._imprint.rehearsal,
        )

        def make() -> Face:
            return press.compile_face(html, filling.style("results"), self._text.title)

        return shelf(self._cache).take(press.key("result_lead", html), make)


def heading_pt(title: str) -> int:
    """Return how large a title is to be: the first size in which it takes few lines."""
    bold = typeface("Bold")
    for size in _HEADINGS:
        longest = max(bold.width(word, size) for word in title.split() or [""])
        if longest <= _WIDE_PT and bold.width(title, size) / _WIDE_PT <= _LINES:
            return size
    return _HEADINGS[-1]


def _tale(text: ResultText, said: Words, language: Language) -> list[Face]:
    """Return the pages after the first, an odd number when that can be, with as many ideas in words as fit there."""
    least = _laid(text, 0, said, language)
    room = len(least) + (len(least) + 1) % 2
    best, low, high = least, 1, len([one for one in text.stories if one.words])
    while low <= high:
        middle = (low + high + 1) // 2
        laid = _laid(text, middle, said, language)
        if len(laid) <= room:
            best, low = laid, middle + 1
        else:
            high = middle - 1
    return best


def _laid(text: ResultText, count: int, said: Words, language: Language) -> list[Face]:
    """Return the pages with this many ideas in their own words; none when there is nothing to say."""
    quoted = [one for one in text.stories if one.words]
    parts = [
        ("", text.story),
        (said["result_tried"], text.tried),
        (said["result_learned"], text.learned),
        (said["result_next"], text.next_step),
        (said["result_made"], made_by(text, said)),
        (said["result_from"], made_from(text, said)),
    ]
    lines = [(heading, paragraphs(words)) for heading, words in parts if words]
    if not lines:
        return []
    html = filling.fill(
        "result_tale.html",
        lang=language,
        title=text.title,
        parts=lines,
        stories=[_quoted(one, said) for one in quoted[:count]],
        more=said["result_more_ideas"] if count < len(quoted) else "",
    )
    return press.compile_pages(html, filling.style("results"), text.title)


def _quoted(story: Story, said: Words) -> dict[str, Any]:
    return {
        "nr": story.nr,
        "by": story_by(story, said),
        "lines": paragraphs(story.words),
        "long": len(story.words) > _LONG,
    }


def _numbered(one: Print, page: int, pages: Sequence[Print], said: Words) -> Print:
    """Return a page with its name; pages of words have their number at their foot when there are more of them."""
    name = said("wall_page", page=page, pages=len(pages))
    numbered = len(pages) > 2 and "slot-qr" not in one.front.slots
    return replace(one, name=one.name or name, front=with_foot(one.front, name, "sheet") if numbered else one.front)
