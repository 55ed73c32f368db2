"""Balance in a real browser: turns counted without a script, by keyboard, on a narrow screen and with large letters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import rounding
from tests.browser import Browse, Live
from tests.looking import CONTRAST, CUT
from workshop import clock
from workshop.domain import facilitators, glasses, meetings, perspectives, seats, trajectory, turns
from workshop.domain.meetings import Meeting


@pytest.fixture
def meeting(live: Live) -> Meeting:
    """The second of two meetings of a community of practice, both without anybody who is an expert by experience."""
    write, workshop = live.running.house.store.write, live.workshop
    write(trajectory.turn, workshop, "workshop", 5)
    own = write(perspectives.add, workshop.id, "woningbouwcorporatie en verhuurders")
    write(seats.note, workshop.id, {"ervaringsdeskundige": (3, 0), "professional": (6, 8), own.id: (1, 1)})
    for days in (42, 0):
        day = (clock.today() - timedelta(days=days)).isoformat()
        made = write(meetings.add, workshop.id, meetings.About(day))
        write(meetings.note_present, made, {"professional": 8, "burger": 6, "client": 2})
    return live.running.house.store.read(meetings.find, workshop.id, made.id)


@pytest.fixture
def shown(live: Live, meeting: Meeting) -> None:
    """Ideas, one of which was laid before a side."""
    write = live.running.house.store.write
    found = rounding.shared(live.running.house, live.door, ("Een bankje.", "Gezelschapsspelen " * 12, "Meer licht."))
    write(glasses.note, found[0], "professional", meeting.id, live.facilitator.id)


def at_desk(page: Page, live: Live) -> Page:
    """Sign a page in."""
    link = live.running.house.store.write(facilitators.sign_in_link, live.facilitator.id)
    page.goto(live.at(f"/bureau/link/{link}"))
    page.get_by_role("main").get_by_role("button").first.click()
    return page


def of_meeting(live: Live, meeting: Meeting, rest: str = "") -> str:
    return live.at(f"/bureau/{live.workshop.id}/bijeenkomsten/{meeting.id}{rest}")


@pytest.mark.parametrize("scripts", [True, False])
def test_one_tap_is_one_turn_and_the_last_one_is_taken_back(
    browse: Browse, live: Live, meeting: Meeting, scripts: bool
) -> None:
    page = at_desk(browse(scripts=scripts), live)
    page.goto(of_meeting(live, meeting))
    page.get_by_role("link", name="Beurten tellen").click()
    for _ in range(2):
        page.get_by_role("button", name="professional").click()
    expect(page.get_by_role("status")).to_contain_text("Eén beurt erbij: professional.")
    page.get_by_role("button", name="Toch niet").click()
    expect(page.get_by_role("button", name="professional")).to_contain_text("1")
    assert live.running.house.store.read(turns.of, meeting.id) == {"professional": 1}


def test_turns_are_counted_by_keyboard_alone(browse: Browse, live: Live, meeting: Meeting) -> None:
    page = at_desk(browse(width=1280), live)
    page.goto(of_meeting(live, meeting, "/beurten"))
    page.get_by_role("button", name="buurtbewoner").focus()
    for _ in range(3):
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.get_by_role("button", name="buurtbewoner").focus()
    assert live.running.house.store.read(turns.of, meeting.id) == {"burger": 3}


def test_the_buttons_are_large(browse: Browse, live: Live, meeting: Meeting) -> None:
    page = at_desk(browse(), live)
    page.goto(of_meeting(live, meeting, "/beurten"))
    for one in page.locator(".tap:visible").all():
        box = one.bounding_box()
        assert box
        assert box["height"] >= 64
        assert box["width"] >= 200


@pytest.mark.parametrize("letters", [100, 200])
def test_every_page_about_balance_fits_and_can_be_read(
    browse: Browse, live: Live, meeting: Meeting, shown: None, letters: int
) -> None:
    page = at_desk(browse(), live)
    rest = [f"/bureau/{live.workshop.id}/{name}" for name in ("perspectieven", "balans", "andere-bril")]
    ways = [*map(live.at, rest), *(of_meeting(live, meeting, name) for name in ("", "/beurten", "/wie-bij-wie"))]
    for way in ways:
        page.goto(way)
        page.evaluate(f"document.documentElement.style.fontSize = '{letters * 1.125}%'")
        page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, way
        assert page.evaluate(CUT) == [], way
        assert page.evaluate(CONTRAST) == [], way
        assert not Axe().run(page).response["violations"], way
