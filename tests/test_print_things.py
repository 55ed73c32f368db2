"""Poster, tents and test page: what stands on them and whether it can be read."""

from __future__ import annotations

import numpy as np
import pytest

from print import reader
from print.bench import bench
from print.colours import contrast, deep
from print.documents import poster, tents, test_page
from print.errors import PrintError
from print.imprint import Door, Imprint, check_address
from print.marks import address
from tests.paper import IMPRINT, KEY, grey, letters, library, pages

DOOR = Door("274195", KEY)
QUESTION = "Hoe wonen we straks fijn in onze buurt?"


@pytest.mark.parametrize(("paper", "sheets"), [("a3", 1), ("2xa4", 2)])
def test_the_poster_shows_the_question_and_a_code_of_120_mm(paper: str, sheets: int) -> None:
    pdf = poster(DOOR, format=paper, imprint=IMPRINT, question=QUESTION, language="nl").pdf  # type: ignore[arg-type]
    assert pages(pdf) == sheets
    picture = grey(pdf, sheets - 1, 60)
    assert reader.codes(picture) == [address(IMPRINT.base, DOOR.number, DOOR.key)]
    black = np.argwhere(np.asarray(picture)[picture.height - round(190 / 25.4 * 60) :] == 0)
    across = black[:, 1]
    assert (across.max() - across.min()) / 60 * 25.4 >= 119
    assert max(letter.size for letter in letters(pdf, 0)) > 80


def test_a_tent_is_read_from_both_sides() -> None:
    pdf = tents(DOOR, imprint=IMPRINT, question=QUESTION, language="nl", copies=2).pdf
    assert pages(pdf) == 2
    assert reader.codes(grey(pdf, 0, 100)) == [address(IMPRINT.base, DOOR.number, DOOR.key)] * 2


def test_a_question_that_is_too_long_for_a_tent_is_refused() -> None:
    with pytest.raises(PrintError, match="words too many"):
        tents(DOOR, imprint=IMPRINT, question="woord " * 60, language="nl")


def test_both_lines_of_the_test_page_are_100_mm() -> None:
    seen = np.asarray(grey(test_page(imprint=IMPRINT, language="nl").pdf, 0, 600)) < 128
    per_mm = 600 / 25.4
    row = seen[round(62.15 * per_mm), : round(160 * per_mm)]
    column = seen[round(50 * per_mm) : round(175 * per_mm), round(17.15 * per_mm)]
    for line in (row, column):
        runs = np.diff(np.flatnonzero(np.diff(np.concatenate(([0], line.astype(np.int8), [0])))))
        assert max(runs) / per_mm == pytest.approx(100, abs=0.35)


def test_the_test_page_works_without_an_address() -> None:
    pdf = test_page(language="nl").pdf
    assert reader.codes(grey(pdf, 0, 150)) == []
    assert pages(pdf) == 2


@pytest.mark.parametrize(
    "base",
    [
        *("", "https://localhost", "https://192.168.1.5", "https://[::1]:80", "https://bit.ly", "https://werkplaats"),
        *("http://werkplaats.nl", "https://de-linde.local", "ftp://werkplaats.nl", "https://werkplaats.nl/pad"),
    ],
)
def test_an_address_that_people_cannot_use_or_trust_is_never_printed(base: str) -> None:
    with pytest.raises(PrintError):
        check_address(Imprint(site=base.partition("//")[2], base=base))


def test_what_people_read_is_where_the_code_goes() -> None:
    check_address(IMPRINT)
    with pytest.raises(PrintError, match="not the same"):
        check_address(Imprint(site="werkplaats.nl", base="https://iets-anders.nl"))


def test_a_rehearsal_may_use_the_hall_network_but_no_shortener() -> None:
    check_address(Imprint(site="192.168.1.5:8000", base="http://192.168.1.5:8000", rehearsal=True))
    with pytest.raises(PrintError, match="shortens"):
        check_address(Imprint(site="bit.ly", base="https://bit.ly", rehearsal=True))


def test_words_in_the_colour_of_a_deck_have_a_contrast_of_seven() -> None:
    for deck in library().decks:
        assert contrast(deep(deck.colour)) >= 7
        assert contrast(deck.colour) >= 4.5


def test_the_bench_measures_our_own_five_ways() -> None:
    rows = bench(8)["rows"]
    assert [row["how"] for row in rows] == [
        "werkplaats",
        "werkplaats, compiled now",
        "werkplaats a5",
        "werkplaats deck",
        "werkplaats deck, compiled now",
    ]
    assert all(row["cpu_s"] > 0 and row["peak_mb"] > 0 and row["pdf_mb"] > 0 for row in rows)
