"""The rhythm of a workshop: a meeting every six weeks, for at least a year and a half.

The rule, so that nobody has to guess: a month counts as 52/12 weeks, and there are as many whole periods as are needed
to last the asked number of months. Eighteen months are 78 weeks, so 13 periods of 42 days: 546 days from the first
meeting to the last, which makes fourteen meetings. (Thirteen meetings would only span 504 days.)

Days that fall on a Dutch public holiday, or in weeks somebody chose to keep free, are flagged with a better day beside
them. Nothing is moved by itself: people choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from workshop.errors import Refused

WEEKS_IN_A_MONTH = Fraction(52, 12)
FURTHEST = 21
"""How many days from a flagged day a better one is looked for."""
_SATURDAY = 5


@dataclass(frozen=True)
class Free:
    """Days to keep free, both ends included, and why: “Zomervakantie”."""

    since: Day
    until: Day
    why: str


@dataclass(frozen=True)
class Planned:
    """One meeting of a series. `flags` say why its day is no good; `suggestion` is the nearest day that is.

    It lies between the meetings before and after, on whichever of their days those are held.
    """

    number: int
    date: Day
    flags: tuple[str, ...] = ()
    suggestion: Day | None = None


@dataclass(frozen=True)
class Gap:
    """More days than a period between two meetings that follow each other, by their numbers."""

    after: int
    before: int
    days: int


@dataclass(frozen=True)
class Rhythm:
    """A series of meetings; `days` is how long it lasts from the first meeting to the last."""

    every: int
    months: int
    periods: int
    days: int
    meetings: tuple[Planned, ...]


def plan(first: Day, every: int = 42, months: int = 18, free: Sequence[Free] = ()) -> Rhythm:
    """Return a series from its first day, with every so many days a meeting, for at least so many months.

    Raises `Refused`: 'rhythm_every' for less than 7 or more than 182 days, 'rhythm_months' for less than 1 or more
    than 60, 'rhythm_first' for a year before 2000 or after 2100.
    """
    if not 7 <= every <= 182:
        raise Refused("rhythm_every", "Choose 7 to 182 days between two meetings.")
    if not 1 <= months <= 60:
        raise Refused("rhythm_months", "Choose 1 to 60 months.")
    if not 2000 <= first.year <= 2100:
        raise Refused("rhythm_first", "Choose a first day between 2000 and 2100.")
    periods = _whole(months * WEEKS_IN_A_MONTH * 7 / every)
    days = [first + timedelta(days=every * period) for period in range(periods + 1)]
    return Rhythm(every, months, periods, every * periods, _planned(days, free))


def moved(rhythm: Rhythm, number: int, to: Day, *, rest_too: bool, free: Sequence[Free] = ()) -> Rhythm:
    """Return the series with one meeting on another day, and when asked all later ones as many days further.

    Raises `Refused`: 'no_meeting' for a number that is not there, 'rhythm_order' when it would come before the
    meeting ahead of it, or on or after the next one while that stays.
    """
    at = next((index for index, one in enumerate(rhythm.meetings) if one.number == number), None)
    if at is None:
        raise Refused("no_meeting", f"There is no meeting {number} in this series.")
    shift = to - rhythm.meetings[at].date
    days = [one.date for one in rhythm.meetings]
    days[at:] = [to, *(day + shift if rest_too else day for day in days[at + 1 :])]
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise Refused("rhythm_order", "Then two meetings would change places. Nothing was moved.")
    return Rhythm(rhythm.every, rhythm.months, rhythm.periods, (days[-1] - days[0]).days, _planned(days, free))


def gaps(days: Sequence[Day], every: int = 42) -> list[Gap]:
    """Return where more days than a period lie between two meetings: people want to know why."""
    pairs = enumerate(pairwise(days), 1)
    return [Gap(at, at + 1, (later - earlier).days) for at, (earlier, later) in pairs if (later - earlier).days > every]


def flags_of(day: Day, free: Sequence[Free] = ()) -> tuple[str, ...]:
    """Return why a day is no good for a meeting: holidays by their Dutch names, and what was chosen to be free."""
    holiday = _holidays(day.year).get(day)
    return ((holiday,) if holiday else ()) + tuple(one.why for one in free if one.since <= day <= one.until)


def _planned(days: Sequence[Day], free: Sequence[Free]) -> tuple[Planned, ...]:
    """Return the meetings on these days. Whatever people choose, no two come on one day or change places."""
    found: list[Planned] = []
    before = Day.min
    for number, (day, after) in enumerate(zip(days, [*days[1:], Day.max], strict=True), 1):
        flags = flags_of(day, free)
        room = (other for other in _near(day) if before < other < after)
        better = next((other for other in room if not flags_of(other, free)), None) if flags else None
        found.append(Planned(number, day, flags, better))
        before = max(day, better or day)
    return tuple(found)


def _near(day: Day) -> Iterator[Day]:
    """Yield days by how far away they are, the later one first; no weekend unless the day itself is in one."""
    for away in range(1, FURTHEST + 1):
        for other in (day + timedelta(days=away), day - timedelta(days=away)):
            if (other.weekday() >= _SATURDAY) == (day.weekday() >= _SATURDAY):
                yield other


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[Day, str]:
    from holidays import country_holidays

    return {day: name.title() for day, name in country_holidays("NL", years=year, language="nl").items()}


def _whole(periods: Fraction) -> int:
    """Return the least whole number of periods that is enough."""
    return -(-periods.numerator // periods.denominator)
