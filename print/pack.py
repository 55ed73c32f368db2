"""The print pack: all paper of one meeting in one PDF, in the order one uses it, right for one two-sided job.

It opens with a sheet that says what is in it, on which pages, and what to do with each part after printing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Literal, get_args

from cards.card import Language
from cards.recipe import Counts
from print.answer_text import AnswerText
from print.answers import answer_groups
from print.badges import badge_group, whole_sheets
from print.documents import Item, card_groups
from print.errors import PrintError
from print.face import Face
from print.formats import Flip
from print.heading import Heading, bound, pages, sides
from print.imprint import Door, Imprint
from print.packing_list import packing_list
from print.recipes import Line, counted
from print.room_check import room_check
from print.run_sheet import RunSheet, run_sheet
from print.sheets import Group, Sheets
from print.sign_in import Consent, sheets_for, sign_in
from print.slips import Slip, slip_group
from print.things import Printed, poster_group, tent_group
from print.words import words

Part = Literal[
    "run_sheet",
    "packing",
    "room",
    "sign_in",
    "badges",
    "poster",
    "tents",
    "answers",
    "cards",
    "large",
    "signals",
    "slips",
    "slips_large",
    "evaluation",
]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
"""Every part, in the order in which one uses it."""
STURDY: Final = frozenset({"badges", "tents", "cards", "signals", "evaluation"})
"""What lasts longer on thick paper."""
THEN: Final[dict[str, str]] = {
    **dict.fromkeys(("room", "badges", "answers", "cards", "signals", "evaluation"), "pack_cut"),
    "poster": "pack_tape",
    "tents": "pack_fold",
    "slips": "pack_tear",
}
"""What to do with it after printing."""


@dataclass(frozen=True)
class Contents:
    """What a meeting needs on paper, in plain values; what is empty or None is left out.

    `large` holds cards for who reads large letters, `question` is what is asked on idea cards, `lines`
    what the packing list says of the other parts.
    """

    heading: Heading
    counts: Counts
    consent: Consent
    sides: tuple[str, ...]
    door: Door
    asks: str
    run_sheet: RunSheet | None = None
    answers: tuple[AnswerText, ...] = ()
    cards: tuple[Item, ...] = ()
    large: tuple[Item, ...] = ()
    signals: tuple[Item, ...] = ()
    evaluation: tuple[Item, ...] = ()
    slips: tuple[Slip, ...] = ()
    slips_large: tuple[Slip, ...] = ()
    question: str = ""
    question_large: str = ""
    lines: tuple[Line, ...] = ()

    def count(self, part: Part) -> int:
        """Return how many of a part there will be; 0 when it is left out."""
        counts = self.counts
        known = {"run_sheet": 2 if self.run_sheet else 0, "packing": 1, "room": 2, "poster": 1}
        known |= {"sign_in": sheets_for(counts.people), "tents": counts.tables, "answers": len(self.answers)}
        known |= {"badges": whole_sheets(counts.people)}
        known |= {"slips": len(self.slips), "slips_large": len(self.slips_large)}
        if part in known:
            return known[part]
        items: tuple[Item, ...] = getattr(self, part)
        return sum(item.copies for item in items)


@dataclass(frozen=True)
class Row:
    """A line on the cover: what it is, on which pages, how many sheets, printed on how many sides, and what then."""

    name: str
    pages: str
    sheets: int
    sides: str
    then: str


def _laid(part: Part, has: Contents, imprint: Imprint, language: Language, cache: Path | None) -> list[Group]:
    """Return one part, laid out for its sheets."""
    asks, counts, heading = has.asks, has.counts, has.heading
    match part:
        case "run_sheet" if has.run_sheet:
            return [run_sheet(has.run_sheet, heading, language=language)]
        case "packing":
            recipe = has.run_sheet.recipe if has.run_sheet else None
            return [packing_list(has.lines, recipe, counts, heading, language=language)]
        case "room":
            return [room_check(heading, language=language, cache=cache)]
        case "sign_in":
            return [sign_in(counts.people, has.consent, has.sides, heading, language=language, cache=cache)]
        case "badges":
            blank = whole_sheets(counts.people)
            return [badge_group((), blank, workshop=heading.workshop, language=language, cache=cache)]
        case "poster":
            return [poster_group(has.door, "2xa4", imprint, asks, language, cache)]
        case "tents":
            return [tent_group(has.door, imprint, asks, language, counts.tables, cache)]
        case "answers":
            return answer_groups(has.answers, "a5", imprint, cache)[0]
        case "slips":
            return [slip_group(has.slips, "a5", imprint, language, has.question, cache)]
        case "slips_large":
            return [slip_group(has.slips_large, "large", imprint, language, has.question_large, cache)]
        case _:
            items: tuple[Item, ...] = getattr(has, part)
            return card_groups(items, "large" if part == "large" else "auto", imprint, cache)


def pack(
    contents: Contents,
    parts: Sequence[Part] = PARTS,
    *,
    flip: Flip = "long",
    imprint: Imprint,
    language: Language,
    cache: Path | None = None,
    tell: Callable[[int], None] | None = None,
) -> Printed:
    """Return these parts of a meeting's paper as one PDF; more than one part gets a sheet that says what is in it.

    `tell` hears how many parts are laid out. Raises `PrintError` for an address that must not be printed, or when
    nothing of it is there, and `DoesNotFit` for words that do not fit on their paper.
    """
    there = [part for part in PARTS if part in parts and contents.count(part)]
    if not there:
        raise PrintError("There is nothing to print for this meeting. Choose at least one part.")
    piles: list[tuple[str, Sequence[Group]]] = []
    for at, part in enumerate(there):
        if tell:
            tell(at)
        piles.append((words(language)[f"pack_part_{part}"], _laid(part, contents, imprint, language, cache)))
    name = "pack.pdf" if len(there) > 1 else f"{there[0].replace('_', '-')}.pdf"
    title = words(language)["pack_title"] if len(there) > 1 else piles[0][0]
    if len(there) > 1:
        piles.insert(0, (title, [_cover(contents, there, piles, flip, language)]))
    return Printed(name, _written(piles, f"{title}: {contents.heading.name}", flip, language))


def laid_sheets(
    sheet: RunSheet | None, heading: Heading, lines: Sequence[Line], counts: Counts, language: Language
) -> dict[Part, int]:
    """Return how many sheets the run sheet and the packing list take: only laying them out tells."""
    recipe = sheet.recipe if sheet else None
    found: dict[Part, int] = {"packing": len(packing_list(lines, recipe, counts, heading, language=language)[1])}
    return found | ({"run_sheet": len(run_sheet(sheet, heading, language=language)[1])} if sheet else {})


def _written(piles: Sequence[tuple[str, Sequence[Group]]], title: str, flip: Flip, language: Language) -> bytes:
    out = io.BytesIO()
    first = piles[0][1][0][0]
    Sheets(out, first, flip, title, language).write_pile(piles)
    return out.getvalue()


def _cover(
    contents: Contents,
    there: Sequence[Part],
    piles: Sequence[tuple[str, Sequence[Group]]],
    flip: Flip,
    language: Language,
) -> Group:
    """Return the sheet in front; it is laid out once more when it turns out to be longer than one sheet."""
    said = words(language)
    fill = partial(
        pages,
        "pack_cover.html",
        said["pack_title"],
        language,
        heading=contents.heading.plain(language),
        counted=counted(contents.counts, said),
        flip=flip,
    )
    own = 0
    faces: list[Face] = []
    while own < len(faces) or not faces:
        own = max(2, len(faces) + len(faces) % 2)
        rows, sturdy, last = _rows(there, piles, own, flip, language)
        faces = fill(rows=rows, sturdy=sturdy, sheets=last // 2)
    return bound(said["pack_title"], faces)


def _rows(
    there: Sequence[Part],
    piles: Sequence[tuple[str, Sequence[Group]]],
    own: int,
    flip: Flip,
    language: Language,
) -> tuple[list[Row], str, int]:
    """Return the lines of the cover, the pages for sturdy paper, and the last page; the cover takes `own` pages."""
    said, at, rows, thick = words(language), own, [], []
    for part, (name, groups) in zip(there, piles, strict=True):
        count = sides(groups, flip)
        span = f"{at + 1}–{at + count}"
        two = {any(one.back for one in some) for _, some in groups}
        told = " + ".join("2" if both else "1" for both in sorted(two))
        rows.append(Row(name, span, count // 2, told, said[THEN[part]] if part in THEN else ""))
        if part in STURDY:
            thick.append((at + 1, at + count))
        at += count
    return rows, _joined(thick), at


def _joined(spans: Sequence[tuple[int, int]]) -> str:
    """Return stretches of pages as one types them in a print window: `13–20, 31–44`."""
    whole: list[tuple[int, int]] = []
    for first, last in spans:
        if whole and whole[-1][1] + 1 == first:
            whole[-1] = whole[-1][0], last
        else:
            whole.append((first, last))
    return ", ".join(f"{first}-{last}" for first, last in whole)
