"""Name badges: a first name that can be read across a table, whatever its length, and room to write one."""

from __future__ import annotations

import pytest

from print.badges import SIZES, Badge, badge_group, badges, fitted, whole_sheets
from print.errors import PrintError
from print.heading import format_sides
from tests.paper import letters, pages, side


@pytest.mark.parametrize("name", ["Jo", "Bram", "Fatima"])
def test_a_first_name_stands_there_in_48_pt(name: str) -> None:
    pdf = badges([Badge(name)], workshop="", language="nl").pdf
    assert {round(letter.size) for letter in letters(pdf, 0)} == {48}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Wilhelmina", ["Wilhelmina"]),
        ("Maria Magdalena", ["Maria", "Magdalena"]),
        ("Anne-Charlotte", ["Anne-", "Charlotte"]),
        ("Bartholomeusjansen", ["Bartholomeus-", "jansen"]),
    ],
)
def test_a_long_name_is_smaller_or_takes_two_lines_but_is_never_under_36_pt_or_cut(name: str, lines: list[str]) -> None:
    points, laid = fitted(name)
    assert points >= min(SIZES) == 36
    assert len(laid) == len(lines)
    pdf = badges([Badge(name, "ervaringsdeskundige")], workshop="Werkplaats De Linde", language="nl").pdf
    found = letters(pdf, 0)
    shown = "".join(letter.text for letter in found if letter.size >= 35)
    assert shown.replace("-", "").replace("\x02", "") == name.replace("-", "").replace(" ", "")
    large = [letter for letter in found if letter.size >= 35]
    assert min(letter.left for letter in large) >= 17
    assert max(letter.right for letter in large) <= 103
    others = [letter for letter in found if letter.size < 35]
    assert min(letter.size for letter in others) >= 14
    low = max(letter.bottom for letter in large)
    assert all(letter.bottom < min(one.top for one in large) or letter.top > low for letter in others)


def test_a_name_of_more_than_two_lines_is_refused_with_the_cure() -> None:
    with pytest.raises(PrintError, match="Write only the first name"):
        badges([Badge("Wilhelmina Petronella Adriana")], workshop="", language="nl")


def test_no_names_at_all_is_refused() -> None:
    with pytest.raises(PrintError, match="no names"):
        badges([Badge("  ")], workshop="De Linde", language="nl")


def test_twelve_names_take_two_sheets_each_with_their_side() -> None:
    pdf = badges([Badge(f"Naam{nr}", "cliënt") for nr in range(12)], workshop="De Linde", language="nl").pdf
    assert pages(pdf) == 2
    assert side(pdf, 1).count("cliënt") == 2


def test_a_smile_behind_a_name_still_gives_a_badge() -> None:
    assert ":-)" in side(badges([Badge("Jo 😀")], workshop="", language="nl").pdf, 0)


def test_blank_badges_fill_whole_sheets() -> None:
    assert [whole_sheets(people) for people in (1, 10, 11, 99)] == [10, 10, 20, 100]
    form, prints = badge_group((), whole_sheets(14), workshop="De Linde", language="nl")
    assert format_sides(form, len(prints), "long") == 4
