"""Results on paper: their posters, story cards and a whole exhibition, from a workshop to the press.

Who made it and what may be read by whom is worked out by `domain.results` alone. What hangs where anybody passes shows
only what makers allow everyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from cards.card import Language
from print.exhibition import Credit, ExhibitionText, Figures, exhibition
from print.imprint import Door
from print.result_poster import result_poster
from print.result_texts import ResultText, Story
from print.story_cards import story_cards
from print.things import Printed
from workshop import clock
from workshop.domain import choices, meetings, result_content, results
from workshop.domain.ideas import Picture
from workshop.domain.result_content import Audience, Content, Quote
from workshop.domain.results import Result
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx
from workshop.wall_printing import Read, reader

DOCUMENTS: Final = ("result", "stories", "exhibition")
POSTERS: Final = ("a3", "2xa4")
SIZES: Final = ("a5", "a6")
PAGE: Final = "resultaat"
"""How the address of a result's page begins."""


def printed(house: House, workshop: Workshop, what: Mapping[str, Any], door: Door) -> Printed:
    """Print a poster (`result`, a key; `format` a3 or 2xa4), story cards or an exhibition.

    For cards: `result` (a key, '' for all) or `ideas` (numbers), `size` (a5, a6), `audience`, `flip`; for an exhibition
    `format`, `size`, `audience`, `flip`. `door` is the workshop's own. Raises `Refused`: 'no_result', 'no_results',
    'no_stories', 'result_idea'.
    """
    language = cast(Language, what.get("language") or workshop.language)
    read, number = reader(house), Door(door.number)
    audience: Audience = "group" if what.get("audience") == "group" else "everyone"
    common: dict[str, Any] = {"language": language}
    on_posters: dict[str, Any] = {"imprint": imprint_of(workshop), "cache": house.settings.data / "faces"}
    if what["document"] == "result":
        result, seen = house.store.read(_one, workshop.id, what["result"])
        text = result_text(workshop, result, seen, read)
        return house.press.run(result_poster, text, number, format=what.get("format", "a3"), **common, **on_posters)
    common |= {"size": what.get("size", "a5"), "flip": what.get("flip", "long")}
    if what["document"] == "stories":
        quotes = house.store.read(_quotes, workshop.id, what.get("result", ""), tuple(what.get("ideas", ())), audience)
        stories = tuple(_story(one, read) for one in quotes)
        return house.press.run(story_cards, stories, workshop=workshop.name, **common)
    found, figures = house.store.read(_shown, workshop.id, audience)
    whole = _exhibited(house, workshop, found, figures, language)
    return house.press.run(exhibition, whole, number, format=what.get("format", "a3"), **common, **on_posters)


def check(tx: Tx, workshop_id: str, what: Mapping[str, Any]) -> None:
    """Raise what `printed` would refuse about results and ideas, before anything is ordered."""
    audience: Audience = "group" if what.get("audience") == "group" else "everyone"
    if what["document"] == "stories":
        _quotes(tx, workshop_id, what.get("result", ""), tuple(what.get("ideas", ())), audience)
    elif what["document"] == "exhibition":
        _shown(tx, workshop_id, audience)


def result_text(workshop: Workshop, result: Result, seen: Content, read: Read) -> ResultText:
    """Return a result as its poster tells it; `seen` is what its readers may see."""
    whole = Picture("", result.picture, 0, 0)
    return ResultText(
        title=result.title,
        workshop=workshop.name,
        path=f"{PAGE}/{result.key}",
        story=result.story,
        tried=result.tried,
        learned=result.learned,
        next_step=result.next_step,
        names=seen.names,
        nameless=seen.nameless,
        stories=tuple(_story(one, read) for one in seen.quotes),
        unseen=seen.unseen,
        picture=read(whole) if result.picture else b"",
        shows=result.picture_alt,
        group=result.audience == "group",
    )


def _exhibited(
    house: House, workshop: Workshop, found: list[tuple[Result, Content]], figures: Figures, language: Language
) -> ExhibitionText:
    read = reader(house)
    quotes = {one.nr: one for _, seen in found for one in seen.quotes}
    names = {name.casefold(): name for _, seen in found for name in seen.names}
    return ExhibitionText(
        workshop=workshop.name,
        question=workshop.question,
        results=tuple(result_text(workshop, result, seen, read) for result, seen in found),
        stories=tuple(_story(quotes[nr], read) for nr in sorted(quotes)),
        figures=figures,
        names=tuple(sorted(names.values(), key=str.casefold)),
        organisations=tuple(dict.fromkeys(result.credits for result, _ in found if result.credits)),
        credits=_credits(house, workshop, language),
    )


def _credits(house: House, workshop: Workshop, language: Language) -> tuple[Credit, ...]:
    """Return where the chosen cards come from, each deck with each of its sources once."""
    library, chosen = house.library_of(workshop.id), house.store.read(choices.of_workshop, workshop.id)
    used = [card for card in library.cards(language) if card.id in chosen]
    found = [Credit(library.deck_of(card).name[language], card.source, card.licence.replace("-", " ")) for card in used]
    return tuple(dict.fromkeys(found))


def _story(quote: Quote, read: Read) -> Story:
    return Story(quote.nr, quote.words, tuple(filter(None, map(read, quote.pictures))), quote.name)


def _one(tx: Tx, workshop_id: str, result_id: str) -> tuple[Result, Content]:
    result = results.find(tx, workshop_id, result_id)
    return result, results.content(tx, result)


def _quotes(tx: Tx, workshop_id: str, result_id: str, numbers: Iterable[int], audience: Audience) -> tuple[Quote, ...]:
    """Return the ideas for story cards: of these numbers, of one result, or of all. Raises `Refused('no_stories')`."""
    if wanted := tuple(numbers):
        chosen = results.by_numbers(tx, workshop_id, wanted)
    else:
        there = [results.find(tx, workshop_id, result_id)] if result_id else results.of_workshop(tx, workshop_id)
        chosen = [idea for one in there for idea in results.chosen(tx, one)]
    found = result_content.shown(tx, workshop_id, chosen, audience).quotes
    if not found:
        raise Refused(
            "no_stories", "None of these ideas may be shown. Choose other ideas, or print for the group only."
        )
    return found


def _shown(tx: Tx, workshop_id: str, audience: Audience) -> tuple[list[tuple[Result, Content]], Figures]:
    """Return the published results this audience may see, and how it was made. Raises `Refused('no_results')`."""
    there = [
        one
        for one in results.of_workshop(tx, workshop_id)
        if one.published_at and (audience == "group" or one.audience == "everyone")
    ]
    if not there:
        raise Refused("no_results", "No result is published for these readers yet. Publish one first.")
    today = clock.today().isoformat()
    held = sum(one.date <= today for one in meetings.of_workshop(tx, workshop_id))
    counted = tx.results.made_of(workshop_id=workshop_id)
    figures = Figures(held, counted["total"], counted["on_paper"], counted["answered"])
    return [(one, results.content(tx, one, audience)) for one in there], figures
