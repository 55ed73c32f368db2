"""The rhythm: a meeting every six weeks for a year and a half, with holidays said aloud."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from workshop.cli import main
from workshop.domain import rhythm
from workshop.domain.rhythm import Free
from workshop.errors import Refused

FIRST = date(2027, 1, 11)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def test_a_year_and_a_half_is_thirteen_periods_of_six_weeks() -> None:
    made = rhythm.plan(FIRST)
    assert (made.periods, made.days, len(made.meetings)) == (13, 546, 14)
    assert made.meetings[-1].date == FIRST + timedelta(days=546)


def test_meetings_on_holidays_are_flagged_with_the_day_after() -> None:
    flagged = {one.number: one for one in rhythm.plan(FIRST).meetings if one.flags}
    assert sorted(flagged) == [4, 12]
    assert (flagged[4].date, flagged[4].flags) == (date(2027, 5, 17), ("Tweede Pinksterdag",))
    assert (flagged[12].date, flagged[12].flags) == (date(2028, 4, 17), ("Tweede Paasdag",))
    assert flagged[4].suggestion == date(2027, 5, 18)


def test_weeks_that_are_kept_free_are_flagged_with_the_reason() -> None:
    free = [Free(date(2027, 8, 2), date(2027, 8, 13), "Bouwvak")]
    [august] = [one for one in rhythm.plan(FIRST, free=free).meetings if one.flags == ("Bouwvak",)]
    assert august.date == date(2027, 8, 9)
    assert august.suggestion == date(2027, 8, 16)


@given(DAYS, st.integers(7, 182), st.integers(1, 60))
def test_every_series_lasts_as_long_as_asked_and_no_period_longer(first: date, every: int, months: int) -> None:
    made = rhythm.plan(first, every, months)
    asked = months * 364 / 12
    assert asked <= made.days < asked + every
    assert [one.number for one in made.meetings] == list(range(1, made.periods + 2))


@given(DAYS)
def test_a_suggestion_is_never_a_holiday_nor_a_weekend_for_a_weekday(first: date) -> None:
    for one in rhythm.plan(first).meetings:
        if one.suggestion:
            assert rhythm.flags_of(one.suggestion) == ()
            assert (one.suggestion.weekday() >= 5) == (one.date.weekday() >= 5)


@given(DAYS, st.integers(7, 30), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 40)), max_size=3))
def test_whatever_days_people_choose_no_two_meetings_fall_together(
    first: date, every: int, stretches: list[tuple[int, int]]
) -> None:
    free = [Free(first + timedelta(days=at), first + timedelta(days=at + long), "Vrij") for at, long in stretches]
    there = rhythm.plan(first, every, 4, free).meetings
    for one, after in pairwise(there):
        assert max(one.date, one.suggestion or one.date) < min(after.date, after.suggestion or after.date)


def test_a_week_between_two_meetings_that_is_free_gets_no_day_of_a_neighbour() -> None:
    free = [Free(date(2027, 1, 18), date(2027, 1, 22), "Griep")]
    made = rhythm.plan(FIRST, every=7, months=1, free=free)
    assert [one.suggestion for one in made.meetings[:3]] == [None, date(2027, 1, 15), None]


def test_moving_one_meeting_leaves_the_rest_or_takes_it_along() -> None:
    made = rhythm.plan(FIRST)
    alone = rhythm.moved(made, 4, date(2027, 5, 18), rest_too=False)
    assert [one.date for one in alone.meetings][3:5] == [date(2027, 5, 18), made.meetings[4].date]
    along = rhythm.moved(made, 4, date(2027, 5, 18), rest_too=True)
    assert along.meetings[4].date == made.meetings[4].date + timedelta(days=1)
    with pytest.raises(Refused, match="change places"):
        rhythm.moved(made, 4, made.meetings[4].date, rest_too=False)


def test_gaps_of_more_than_six_weeks_are_found() -> None:
    made = rhythm.moved(rhythm.plan(FIRST), 4, date(2027, 5, 18), rest_too=False)
    [gap] = rhythm.gaps([one.date for one in made.meetings])
    assert (gap.after, gap.before, gap.days) == (3, 4, 43)


def test_the_command_line_writes_one_object_for_each_meeting() -> None:
    asked = ["rhythm", "--first", "2027-01-11", "--every", "42", "--months", "18", "--json"]
    said = CliRunner().invoke(main, asked)
    rows = json.loads(said.output)["meetings"]
    assert rows[3] == {
        "number": 4,
        "date": "2027-05-17",
        "flags": ["Tweede Pinksterdag"],
        "suggestion": "2027-05-18",
    }


def test_the_command_line_keeps_days_free_whichever_of_the_two_comes_first() -> None:
    said = CliRunner().invoke(main, ["rhythm", "--first", "2027-01-11", "--free", "2027-08-13:2027-08-02:Bouwvak"])
    assert "2027-08-09  Bouwvak  better: 2027-08-16" in said.output


@pytest.mark.parametrize("wrong", [["--every", "3"], ["--months", "0"], ["--first", "gisteren"], ["--free", "zomer"]])
def test_the_command_line_says_what_is_wrong(wrong: list[str]) -> None:
    said = CliRunner().invoke(main, ["rhythm", "--first", "2027-01-11", *wrong])
    assert said.exit_code == 2
    assert said.stderr.strip()
