"""Numbers that people read aloud and type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from print.numbers import CARD_DIGITS, SLIP_DIGITS, WrongNumber, shown, typed, with_check

FIVE = st.text("0123456789", min_size=5, max_size=5)


def test_a_number_is_shown_in_two_halves() -> None:
    assert shown("274195") == "274 195"
    assert shown("27419631") == "2741 9631"


@pytest.mark.parametrize("text", ["274195", "274 195", " 274-195 ", "274.195", "27 41 95", "274\u00a0195", "274–195"])
def test_spaces_hyphens_and_dots_do_not_matter(text: str) -> None:
    assert typed(text) == "274195"


@given(FIVE)
def test_what_is_shown_can_be_typed(digits: str) -> None:
    number = with_check(digits)
    assert len(number) == CARD_DIGITS
    assert typed(shown(number)) == number


@given(FIVE, st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(digits: str, at: int, more: int) -> None:
    number = with_check(digits)
    wrong = number[:at] + str((int(number[at]) + more) % 10) + number[at + 1 :]
    with pytest.raises(WrongNumber) as caught:
        typed(wrong)
    assert caught.value.fault == "check"


@given(FIVE, st.integers(0, 4))
def test_two_neighbours_swapped_are_always_seen(digits: str, at: int) -> None:
    number = with_check(digits)
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if swapped != number:
        with pytest.raises(WrongNumber):
            typed(swapped)


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", "empty"), (" - ", "empty"), ("27419x", "characters"), ("٢٧٤١٩٥", "characters"), ("27419", "length")],
)
def test_what_is_no_number_says_why(text: str, fault: str) -> None:
    with pytest.raises(WrongNumber) as caught:
        typed(text)
    assert caught.value.fault == fault


def test_an_idea_card_has_eight_digits() -> None:
    assert typed(shown(with_check("2741963")), SLIP_DIGITS) == "27419631"
    with pytest.raises(WrongNumber):
        typed("27419631")
