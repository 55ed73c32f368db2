"""Answers of a workshop on paper: slips to hand over, in the order in which people sit or are called, or letters.

The rows of the slips are made first, so a number on paper is always known; the same answers in the same order get
the same numbers again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from cards.card import Language
from print import answers as paper
from print.answer_text import AnswerText
from print.answers import Answers
from print.numbers import shown
from print.things import Printed
from workshop.domain import answer_slips, answers, slips
from workshop.domain.answers import Given
from workshop.domain.slips import AnswerKind, Series, Slip
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx
from workshop.telling import in_full

FORMATS: Final = ("a5", "a6", "large")
LETTERS: Final = "letters"
ORDERS: Final = ("name", "seat", "number")
"""By name with those without one last, as the idea cards lay on the tables, or by the number of the idea."""


def printed(
    house: House, workshop: Workshop, what: Mapping[str, Any], tell: Callable[[int, int], None] | None = None
) -> Printed:
    """Print answers; how many are on larger paper than was asked stands in the name of the file."""
    made = print_answers(house, workshop, what, tell)
    if not made.moved:
        return made.printed
    return replace(made.printed, name=made.printed.name.replace(".pdf", f"-{len(made.moved)}-larger.pdf"))


def print_answers(
    house: House, workshop: Workshop, what: Mapping[str, Any], tell: Callable[[int, int], None] | None = None
) -> Answers:
    """Print answers that are published and say which are on larger paper; `tell` hears how many of how many are done.

    `what`: `format` (a5, a6, large, letters), `order` (name, seat, number), `meeting` (its key, else all), `again`
    (printed ones too), `language`. Raises `Refused('no_answers')` when there are none, and `PrintError`.
    """
    language = cast(Language, what.get("language") or workshop.language)
    given = house.store.read(to_print, workshop.id, what)
    if not given:
        raise Refused("no_answers", "There are no answers to print here. Print all of them again, or publish some.")
    common: dict[str, Any] = {"imprint": imprint_of(workshop), "language": language}
    if what["format"] == LETTERS:
        texts = [text_of(one, language, _picture(house, one)) for one in given]
        made = Answers(house.press.run(paper.letters, texts, **common), ())
    else:
        made = _slips(house, workshop, what["format"], given, common, tell)
    house.store.write(answers.note_printed, [one.answer.id for one in given])
    return made


def to_print(tx: Tx, workshop_id: str, what: Mapping[str, Any]) -> list[Given]:
    """Return the answers of an order, in the order in which they are printed."""
    given = answers.to_give(tx, workshop_id, what.get("meeting") or None, again=bool(what.get("again")))
    if what["format"] == LETTERS:
        given = [one for one in given if one.idea.address.strip()]
    if what.get("order") == "seat":
        return sorted(given, key=lambda one: _seat(tx, one))
    if what.get("order") == "number":
        return sorted(given, key=lambda one: one.idea.nr)
    return sorted(given, key=lambda one: (not one.idea.maker, one.idea.maker.casefold(), one.idea.nr))


def _seat(tx: Tx, one: Given) -> tuple[bool, str, int]:
    """Return where the idea card of an answer lay: cards go round the tables in the order they were printed."""
    slip = slips.by_number(tx, one.idea.slip) if one.idea.slip else None
    return (False, slip.series_id, slip.position) if slip else (True, "", one.idea.nr)


def _slips(
    house: House,
    workshop: Workshop,
    size: paper.SlipSize,
    given: Sequence[Given],
    common: dict[str, Any],
    tell: Callable[[int, int], None] | None,
) -> Answers:
    series, texts = numbered(house, workshop, given, common["language"], size)

    def told(done: object) -> None:
        if tell and isinstance(done, int):
            tell(done, len(texts))

    cache = house.settings.data / "faces"
    made: Answers = house.press.run_telling(told, paper.answers, texts, format=size, cache=cache, **common)
    house.store.write(slips.note_printed, series.id)
    return made


def numbered(
    house: House, workshop: Workshop, given: Sequence[Given], language: Language, size: paper.SlipSize
) -> tuple[Series, list[AnswerText]]:
    """Return answers as they go on slips of this size, each with the number of its slip, and the series of those."""
    wanted = [one.answer.id for one in given]
    series, rows = house.store.write(_rows, workshop.id, cast(AnswerKind, f"answer_{size}"), language, wanted)
    texts = [text_of(one, language, _picture(house, one)) for one in given]
    return series, [replace(text, number=row.number, code_key=row.key) for text, row in zip(texts, rows, strict=True)]


def _rows(tx: Tx, workshop_id: str, kind: AnswerKind, language: str, wanted: list[str]) -> tuple[Series, list[Slip]]:
    """Return the slips of these answers: those that were made for the same before, or new ones."""
    series = answer_slips.made_before(tx, workshop_id, kind, language, wanted)
    series = series or answer_slips.make(tx, workshop_id, kind, language, wanted)
    return series, slips.of_series(tx, series)


def _picture(house: House, one: Given) -> bytes | None:
    file = one.idea.pictures[0].file if one.idea.pictures else ""
    return house.files.read(file) if file and house.files.there(file) else None


def text_of(one: Given, language: Language, picture: bytes | None = None) -> AnswerText:
    """Return an answer in plain values, as paper and messages say it."""
    idea, decision = one.idea, one.answer.decision
    return AnswerText(
        nr=idea.nr,
        kind=decision.kind,
        language=language,
        words=idea.words,
        picture=picture,
        reason=decision.reason,
        next_step=decision.next_step,
        by_when=in_full(decision.by_when, language) if decision.by_when else "",
        joined_with=one.joined_with,
        name=idea.maker,
        stub=shown(idea.slip) if idea.slip else "",
        address=tuple(line.strip() for line in idea.address.splitlines() if line.strip()),
    )
