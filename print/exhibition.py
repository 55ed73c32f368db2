"""A whole exhibition in one file: a title, the posters of all results, how it was made, thanks, and story cards.

Everything in it may be seen by anybody who passes; what may not was left out by whoever hands it over. Posters come
first, on A3 or two A4 sheets, then two kinds of A4 sheet, then the cards to cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cards.card import Language
from print import filling, press
from print.formats import Flip, load
from print.imprint import Door, Imprint, check_address
from print.letters import readable
from print.result_poster import SHEETS, PosterFormat, poster_pages
from print.result_texts import ResultText, Story, listed, paragraphs
from print.sheets import Print
from print.story_cards import CardSize, sheet_of, story_prints
from print.things import Printed, written
from print.words import Words, words


@dataclass(frozen=True)
class Figures:
    """How it was made, in numbers: meetings held, ideas in all, on paper, with an answer."""

    meetings: int
    ideas: int
    on_paper: int
    answered: int


@dataclass(frozen=True)
class Credit:
    """A deck that was used: its name, where its text comes from, and its licence."""

    deck: str
    source: str
    licence: str


@dataclass(frozen=True)
class ExhibitionText:
    """What an exhibition shows. `organisations` were typed; `names` are of makers who want that."""

    workshop: str
    question: str
    results: tuple[ResultText, ...]
    stories: tuple[Story, ...]
    figures: Figures
    names: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


def exhibition(
    text: ExhibitionText,
    door: Door | None,
    *,
    format: PosterFormat = "a3",  # noqa: A002  # the word people use for it
    size: CardSize = "a5",
    flip: Flip = "long",
    imprint: Imprint,
    language: Language,
    cache: Path | None = None,
) -> Printed:
    """Return the set. Raises `PrintError` for an address that must not be printed, or a picture that cannot be read."""
    check_address(imprint)
    said = words(language)
    posters = _title(text, door, imprint, language, cache)
    for one in text.results:
        posters += poster_pages(one, door, imprint, language, cache)
    sheets = [*_how(text, said, language), *_thanks(text, said, language)]
    more = [(load("report"), sheets)]
    cards = story_prints(text.stories, size, text.workshop, language)
    if cards:
        more.append((sheet_of(cards, size), cards))
    title = f"{said['exhibition_kicker']}: {text.workshop}"
    pdf = written(load(SHEETS[format]), posters, title=title, language=language, flip=flip, more=more)
    return Printed("exhibition.pdf", pdf)


def _title(
    text: ExhibitionText, door: Door | None, imprint: Imprint, language: Language, cache: Path | None
) -> list[Print]:
    """Return the title poster: what this is, and beside it what there is to see."""
    said = words(language)
    path = door.number if door else ""
    lead = ResultText(said["exhibition_title"], text.workshop, path, said["exhibition_kicker"], story=text.question)
    first = poster_pages(lead, door, imprint, language, cache)[0]
    titles = [readable(one.title, language) for one in text.results]
    html = filling.fill("exhibition_shown.html", lang=language, title=said["exhibition_results"], titles=titles)
    faces = press.compile_pages(html, filling.style("results"), said["exhibition_results"])
    pages = [first, *(Print(said["exhibition_results"], face) for face in faces)]
    return pages if len(pages) % 2 == 0 else [*pages, first]


def _how(text: ExhibitionText, said: Words, language: Language) -> list[Print]:
    """Return the sheet that says in numbers how it was made."""
    counted = text.figures
    figures = [
        (counted.meetings, said["exhibition_meetings"]),
        (counted.ideas, said["exhibition_ideas"]),
        (counted.on_paper, said["exhibition_paper"]),
        (counted.answered, said["exhibition_answered"]),
        (len(text.results), said["exhibition_made"]),
    ]
    return _sheet(text, said["exhibition_how"], said["exhibition_how_said"], figures, [], said, language)


def _thanks(text: ExhibitionText, said: Words, language: Language) -> list[Print]:
    """Return the sheet with makers, organisations, sources of the cards and the typeface."""
    people = f"{listed(text.names, said)}." if text.names else said["credits_nobody"]
    used = [said("credits_card", deck=one.deck, source=one.source, licence=one.licence) for one in text.credits]
    parts = [
        (said["credits_people"], [people]),
        (said["credits_organisations"], [line for one in text.organisations for line in paragraphs(one)]),
        (said["credits_cards"], used),
        (said["credits_font"], [said["credits_font_said"]]),
    ]
    return _sheet(text, said["credits_title"], "", [], [one for one in parts if one[1]], said, language)


def _sheet(
    text: ExhibitionText,
    title: str,
    intro: str,
    figures: Sequence[tuple[int, str]],
    parts: Sequence[tuple[str, Sequence[str]]],
    said: Words,
    language: Language,
) -> list[Print]:
    html = filling.fill(
        "exhibition.html",
        lang=language,
        title=title,
        kicker=" · ".join(filter(None, (said["exhibition_kicker"], readable(text.workshop, language)))),
        said=intro,
        figures=figures,
        parts=[(heading, [readable(line, language) for line in lines]) for heading, lines in parts],
    )
    faces = press.compile_pages(html, filling.style("results"), title)
    return [
        Print(title if at == 0 else said("wall_page", page=at + 1, pages=len(faces)), face)
        for at, face in enumerate(faces)
    ]
