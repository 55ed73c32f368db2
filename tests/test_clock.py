"""The clock on the wall is that of the people, wherever the server stands."""

from __future__ import annotations

import time as machine
from collections.abc import Iterator
from datetime import date, time

import pytest
from flask.testing import FlaskClient

from tests.desk_people import anna, someone
from tests.planned import at, meeting, said, take
from workshop import clock
from workshop.desk import saying
from workshop.domain.meetings import Meeting

__all__ = ["anna", "at", "meeting", "someone"]


@pytest.fixture(autouse=True, params=["UTC", "America/New_York", "Asia/Tokyo"])
def _server_elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the server stand somewhere else, on the day of the meeting."""
    _stand(monkeypatch, "2027-02-22T20:00:00.000Z")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        machine.tzset()
        yield
    machine.tzset()


def _stand(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setattr(clock, "_moment", lambda: clock.read(moment))


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        ("2027-02-21T22:59:00.000Z", "2027-02-21"),
        ("2027-02-21T23:00:00.000Z", "2027-02-22"),
        ("2027-07-04T21:59:00.000Z", "2027-07-04"),
        ("2027-07-04T22:00:00.000Z", "2027-07-05"),
    ],
)
def test_a_day_begins_at_midnight_of_the_people(monkeypatch: pytest.MonkeyPatch, moment: str, today: str) -> None:
    _stand(monkeypatch, moment)
    assert clock.today() == date.fromisoformat(today)


def test_midnight_and_times_of_day_follow_summer_and_winter() -> None:
    assert clock.midnight("2027-02-22") == "2027-02-21T23:00:00.000Z"
    assert clock.midnight("2027-07-05") == "2027-07-04T22:00:00.000Z"
    assert clock.on("2027-02-22", time(13, 30)) == "2027-02-22T12:30:00.000Z"
    assert clock.on("2027-07-05", time(13, 30)) == "2027-07-05T11:30:00.000Z"
    assert f"{clock.local('2027-07-05T11:30:00.000Z'):%d %H:%M}" == "05 13:30"


def test_a_page_during_a_meeting_shows_the_time_that_people_read_on_their_clocks(
    anna: FlaskClient, at: str, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stand(monkeypatch, clock.on(meeting.date, time(13, 30)))
    take(anna, at)
    anna.post(f"{at}/nu/begin")
    text = said(anna, f"{at}/nu")
    assert "Precies op tijd; einde 15:30" in text
    assert "13:40 Afspraken en een goede dag" in text
    _stand(monkeypatch, clock.on(meeting.date, time(13, 38)))
    assert "Precies op tijd; einde 15:30" in said(anna, f"{at}/nu")


def test_a_meeting_that_begins_after_midnight_is_as_late_as_it_is(
    anna: FlaskClient, at: str, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.post(at, data={"datum": meeting.date, "begin": "23:50", "einde": "02:00", "versie": str(meeting.version)})
    take(anna, at)
    _stand(monkeypatch, clock.on("2027-02-23", time(0, 5)))
    anna.post(f"{at}/nu/begin")
    assert "15 minuten later dan gepland; einde 02:05" in said(anna, f"{at}/nu")


def test_when_something_happened_is_said_in_the_time_of_the_people(anna: FlaskClient, at: str) -> None:
    with anna.application.test_request_context():
        assert saying._when("2027-02-22T12:30:00.000Z") == "maandag 22 februari, 13:30"
