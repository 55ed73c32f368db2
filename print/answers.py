"""Answers on paper: a slip for each idea that says what happened with it, to hand over and to hand back, or a letter.

Every slip has its own number and code, the decision ticked in print, and boxes to say whether it was clear and fair.
What does not fit on small paper goes on larger paper, and the result says so. Laid-out answers are kept nowhere: they
hold people's own words, which must be gone when they are taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from cards.card import Language
from print import forms
from print.answer_faces import Laid, laid
from print.answer_room import ROOMS
from print.answer_text import SIZES, AnswerText, Size
from print.errors import DoesNotFit, PrintError
from print.formats import load
from print.imprint import Imprint, check_address
from print.marks import symbol
from print.sheets import Group, Print
from print.things import Printed, written
from print.words import words

SlipSize = Literal["a6", "a5", "large"]
_SHEETS: Final[dict[Size, str]] = {"a6": "slips_a6", "a5": "answers_a5", "large": "sheet"}


@dataclass(frozen=True)
class Moved:
    """An answer that said too much for the size that was asked, and the size it got."""

    nr: int
    name: str
    size: Size


@dataclass(frozen=True)
class Answers:
    """Printed answers, and which of them are on larger paper than was asked."""

    printed: Printed
    moved: tuple[Moved, ...]


def answers(
    given: Sequence[AnswerText],
    *,
    format: SlipSize = "a5",  # noqa: A002  # the word people use for it
    imprint: Imprint,
    language: Language,
    cache: Path | None = None,
    tell: Callable[[int], None] | None = None,
) -> Answers:
    """Return answer slips in the order given: two on a sheet ("a5"), four ("a6"), or one in large print ("large").

    Those that need larger paper follow after the others. `language` is that of the file, each slip has its own;
    `tell` hears how many are laid out. Raises `PrintError` for an address that must not be printed or a slip without
    number, `DoesNotFit` for a reason that is too long for large print too.
    """
    groups, moved = answer_groups(given, format, imprint, cache, tell)
    first, *more = groups
    pdf = written(*first, title=words(language)["answer_title"], language=language, more=more)
    return Answers(Printed(f"answers-{format}.pdf", pdf), moved)


def answer_groups(
    given: Sequence[AnswerText],
    format: SlipSize,  # noqa: A002  # the word people use for it
    imprint: Imprint,
    cache: Path | None = None,
    tell: Callable[[int], None] | None = None,
) -> tuple[list[Group], tuple[Moved, ...]]:
    """Return answer slips laid out for their sheets, and which are on larger ones. Raises as `answers` does."""
    check_address(imprint)
    if not given or not all(one.number and one.code_key for one in given):
        raise PrintError("Answer slips need a number and a key each. Nothing was printed.")
    prints: dict[Size, list[Print]] = {size: [] for size in SIZES}
    moved = []
    for at, one in enumerate(given):
        if tell:
            tell(at)
        size, made = _smallest(one, SIZES.index(format), imprint, cache)
        prints[size].append(Print(words(one.language)["answer_title"], made.face, None, made.stamps))
        if size != format:
            moved.append(Moved(one.nr, one.name, size))
    return [(load(_SHEETS[size]), some) for size, some in prints.items() if some], tuple(moved)


def letters(given: Sequence[AnswerText], *, imprint: Imprint, language: Language) -> Printed:
    """Return letters for people who left an address: one A4 each, the address where an envelope has its window.

    Raises as `answers` does.
    """
    check_address(imprint)
    if not given or not all(one.address for one in given):
        raise PrintError("Letters need an address each. Nothing was printed.")
    prints = []
    for one in given:
        made = laid(one, "letter", imprint)
        prints.append(Print(words(one.language)["answer_title"], made.face, None, made.stamps))
    return Printed(
        "letters.pdf", written(load("sheet"), prints, title=words(language)["letters_title"], language=language)
    )


def _smallest(answer: AnswerText, at: int, imprint: Imprint, cache: Path | None) -> tuple[Size, Laid]:
    """Return the size an answer fits on, not smaller than the one at this place, and the answer laid out on it."""
    size = SIZES[at]
    code = symbol(forms.address(imprint.base, answer.number, ROOMS[size].code, answer.code_key), cache)
    try:
        return size, laid(answer, size, imprint, code)
    except DoesNotFit:
        if at + 1 == len(SIZES):
            raise
        return _smallest(answer, at + 1, imprint, cache)
