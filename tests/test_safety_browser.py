"""Question minutes, agreements and the learning zone in a real browser: narrow, in large letters, without scripts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import Browse, Live
from tests.desk_live import sign_in
from tests.looking import CONTRAST, CUT, scan, stored
from workshop import clock
from workshop.domain import agreements, meetings, questions, trajectory, zones
from workshop.domain.meetings import About
from workshop.domain.zones import Zone


@pytest.fixture
def safe(live: Live) -> Live:
    """A community of practice with agreements and buttons that were laid twice."""
    write, workshop = live.running.house.store.write, live.workshop
    write(trajectory.turn, workshop, "workshop", 5)
    write(agreements.take_over, workshop.id, "nl")
    for days, zone in ((200, Zone(4, 10, 6)), (0, Zone(9, 8, 3))):
        made = write(meetings.add, workshop.id, About((clock.today() - timedelta(days=days)).isoformat()))
        write(zones.add, workshop.id, made.id, "burger", zone, live.facilitator.id)
    return live


def fine(page: Page) -> None:
    """Hold a page against what every page of ours must be: nothing cut off, readable, nothing in anybody's way."""
    page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    assert page.evaluate(CUT) == [], page.url
    assert page.evaluate(CONTRAST) == [], page.url
    assert not Axe().run(page).response["violations"], page.url


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_small_phone_only_questions_are_asked_and_a_question_arrives(
    browse: Browse, safe: Live, scripts: bool
) -> None:
    safe.running.house.store.write(questions.start, safe.workshop.id, 10)
    page = browse(scripts=scripts)
    scan(page, safe)
    expect(page.get_by_text("Nu alleen vragen")).to_be_visible()
    page.get_by_label("Uw vraag").fill("Wie betaalt dat?")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u wel. Uw vraag is aangekomen.")
    [idea] = stored(safe)
    assert idea.question
    page.get_by_role("button", name="Dit blijft hier").click()
    expect(page.get_by_role("status").first).to_contain_text("Het is veranderd.")
    assert stored(safe)[0].stays
    page.get_by_role("button", name="Het hoeft niet meer hier te blijven").click()
    expect(page.get_by_role("button", name="Dit blijft hier")).to_be_visible()
    assert not stored(safe)[0].stays


def test_pages_of_phones_are_whole_at_320_px_and_in_large_letters(browse: Browse, safe: Live) -> None:
    safe.running.house.store.write(questions.start, safe.workshop.id, 10)
    page = browse()
    scan(page, safe)
    for address in (safe.door.number, f"{safe.door.number}/afspraken"):
        for size in ("1", "4"):
            page.goto(safe.at(f"{address}?letters={size}"))
            fine(page)
    expect(page.get_by_role("listitem").first).to_have_text("Iedereen krijgt de tijd om uit te praten.")


@pytest.mark.parametrize(("width", "letters"), [(320, 100), (320, 200), (1280, 100)])
def test_pages_of_the_desk_are_whole_at_every_width_and_in_large_letters(
    browse: Browse, safe: Live, width: int, letters: int
) -> None:
    safe.running.house.store.write(questions.start, safe.workshop.id, 10)
    page = sign_in(browse(width=width), safe)
    for part in ("afspraken", "leerzone", "halfjaar", "ideekaarten?soort=rings"):
        page.goto(safe.at(f"/bureau/{safe.workshop.id}/{part}"))
        page.evaluate(f"document.documentElement.style.fontSize = '{letters * 1.125}%'")
        fine(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_agreements_are_made_moved_taken_away_and_brought_back_by_keyboard(
    browse: Browse, safe: Live, scripts: bool
) -> None:
    page = sign_in(browse(width=900, scripts=scripts), safe)
    page.goto(safe.at(f"/bureau/{safe.workshop.id}/afspraken"))
    page.get_by_label("Nieuwe afspraak").fill("We beginnen op tijd.")
    page.keyboard.press("Enter")
    expect(page.locator(".agreements li").last).to_contain_text("We beginnen op tijd.")
    page.get_by_role("button", name=re.compile("Omhoog.*We beginnen")).press("Enter")
    expect(page.locator(".agreements li").nth(4)).to_contain_text("We beginnen op tijd.")
    page.get_by_role("button", name=re.compile("Haal weg.*We beginnen")).press("Enter")
    expect(page.locator(".agreements li")).to_have_count(5)
    page.get_by_role("button", name="Ongedaan maken").press("Enter")
    expect(page.locator(".agreements li").nth(4)).to_contain_text("We beginnen op tijd.")
    page.get_by_role("button", name="5 minuten", exact=True).press("Enter")
    expect(page.get_by_text("Nog 5 minuten")).to_be_visible()
    page.get_by_role("button", name="Stop nu").press("Enter")
    expect(page.get_by_role("button", name="10 minuten")).to_be_visible()
