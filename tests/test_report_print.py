"""The report: exactly one A4, 16 pt, whatever there is to tell; what is left out is said with its number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.card import Language
from print.errors import PrintError
from print.report import Came, ReportText, Told, report
from print.wall_texts import Decision
from print.words import words
from tests.newspaper import DECISIONS, LONG, TALES
from tests.paper import IMPRINT, letters, pages, side

THERE = (("cliënt", 8), ("mantelzorger", 3), ("", 2))
NEXT = "dinsdag 11 januari 2027 om 13:30 uur"


def told(nr: int) -> Told:
    return Told(nr, TALES[nr % 3] if nr % 5 else "", DECISIONS[1 + nr % 3])


def text(themes: int, chosen: int) -> ReportText:
    came = tuple(Came(f"Thema {nr}", nr + 1, (told(nr), told(nr + 50))) for nr in range(themes))
    return ReportText(
        "De Linde", "Bijeenkomst 3", "maandag 23 november 2026", THERE, came, tuple(map(told, range(chosen))), NEXT
    )


def made(about: ReportText, language: Language = "nl") -> bytes:
    return report(about, imprint=IMPRINT, language=language).pdf


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("themes", "chosen"), [(0, 0), (2, 2), (6, 9), (30, 200)])
def test_a_report_is_one_a4_in_large_letters(language: Language, themes: int, chosen: int) -> None:
    pdf = made(text(themes, chosen), language)
    assert pages(pdf) == 1
    there = letters(pdf, 0)
    assert min(letter.size for letter in there) >= 16
    assert min(letter.left for letter in there) >= 15
    assert max(letter.right for letter in there) <= 195
    assert max(letter.bottom for letter in there) <= 288


def test_it_says_who_was_there_what_came_what_was_chosen_and_what_comes_next() -> None:
    said = side(made(text(2, 2)), 0)
    for part in (
        "8 × cliënt, 3 × mantelzorger, 2 × andere, of niet gezegd. Samen 13 mensen.",
        "Thema 1 (2 ideeën)",
        "Niet nu",
        "Hier is nu geen geld voor.",
        "Anna vraagt om twee bankjes. Uiterlijk op maandag 22 februari 2027. (idee 0)",
        f"Volgende bijeenkomst: {NEXT}",
        "Bel Marijke: 06 12 34 56 78",
        "Alle ideeën staan op de muurkrant.",
    ):
        assert part in said.replace("\xa0", " ")


def test_nothing_yet_is_said_in_words() -> None:
    said = side(made(ReportText("De Linde", "Bijeenkomst 1", "vandaag")), 0)
    for key in ("report_not_counted", "report_no_ideas", "report_nothing_chosen", "report_no_next"):
        assert words("nl")[key] in said


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 12), st.integers(0, 40))
def test_every_theme_idea_and_step_is_told_or_counted(themes: int, chosen: int) -> None:
    about = text(themes, chosen)
    said = side(made(about), 0)
    shown = len(re.findall(r"Thema \d+ \(", said))
    counted = re.search(r"nog (\d+) ideeën bij andere", said)
    assert sum(one.count for one in about.themes[shown:]) == (int(counted[1]) if counted else 0)
    told_of = len(re.findall(r"(?:We maken het|We proberen het|Niet nu):", said))
    rest = re.search(r"nog (\d+) ide\w+ met een besluit", said)
    assert told_of + (int(rest[1]) if rest else 0) == chosen
    steps = len(re.findall(r"Anna vraagt", said))
    later = re.search(r"nog (\d+) stap", said)
    assert steps + (int(later[1]) if later else 0) == sum(nr % 3 == 0 for nr in range(chosen))


def test_a_not_now_that_is_told_keeps_its_reason() -> None:
    said = side(made(text(5, 9)), 0)
    assert said.count("Niet nu:") == said.count("Hier is nu geen geld voor.")


def test_long_words_are_shortened_at_a_word_and_say_where_they_stand() -> None:
    about = ReportText("De Linde", "Bijeenkomst 3", "vandaag", (), (Came("Buiten", 1, (Told(12, LONG),)),))
    said = side(made(about), 0)
    quoted = re.search(r"“(.+)…” \(idee 12\)", said)
    assert quoted
    assert LONG.startswith(quoted[1])
    assert not LONG[len(quoted[1])].isalnum()


def test_reasons_of_the_longest_kind_still_give_one_page() -> None:
    full = Decision("not_now", LONG[:600], LONG[:300], "maandag 22 februari 2027")
    about = ReportText("De Linde", "Bijeenkomst 3", "vandaag", (), (), tuple(Told(nr, LONG, full) for nr in range(9)))
    assert pages(made(about)) == 1


def test_a_name_that_fills_the_whole_page_is_refused_and_never_cut() -> None:
    with pytest.raises(PrintError, match="words too many"):
        made(ReportText("De Linde", "bijeenkomst " * 300, "vandaag"))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert made(text(3, 3)) == made(text(3, 3))
