"""The only place that reads the clock, so that tests can set it and timestamps sort as text.

A moment is fixed-width UTC text: `2026-11-22T22:10:05.123Z`. Days and times of day are those of the people, in ZONE,
wherever the server stands.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Amsterdam")

_shift = timedelta()


def now() -> str:
    """Return this moment as fixed-width UTC text."""
    return _text(_moment())


def ago(*, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> str:
    """Return the moment so long ago."""
    return _text(_moment() - timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days))


def ahead(*, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> str:
    """Return the moment so far ahead."""
    return ago(seconds=-seconds, minutes=-minutes, hours=-hours, days=-days)


def after(moment: str, *, minutes: float) -> str:
    """Return the moment so many minutes after another one."""
    return _text(read(moment) + timedelta(minutes=minutes))


def milliseconds() -> int:
    """Return milliseconds since 1970, for time-ordered keys."""
    return int(_moment().timestamp() * 1000)


def today() -> date:
    """Return today's date."""
    return _moment().astimezone(ZONE).date()


def midnight(day_text: str) -> str:
    """Return the moment a day written as `2026-11-22` begins."""
    return on(day_text, time())


def on(day_text: str, at: time) -> str:
    """Return the moment it is this time of day on a day written as `2026-11-22`."""
    return _text(datetime.combine(day(day_text), at, ZONE).astimezone(UTC))


def local(moment: str) -> datetime:
    """Return a moment's text as the day and time of day that people read on their clocks."""
    return read(moment).astimezone(ZONE)


def day(text: str) -> date:
    """Return a day written as `2026-11-22`; raises `ValueError` for anything else."""
    return date.fromisoformat(text)


def read(text: str) -> datetime:
    """Return a moment's text as an aware datetime."""
    return datetime.fromisoformat(text)


def shift(**by: float) -> None:
    """Move the clock by `timedelta(**by)` from the real time; without arguments, put it right again.

    For tests: nobody can wait thirty minutes to see that a receipt closes.
    """
    global _shift
    _shift = timedelta(**by)


def _moment() -> datetime:
    return datetime.now(UTC) + _shift


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
