"""The plan of a meeting in a real browser: without scripts, on a small screen, by keyboard, by hand, on two devices."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from cards.recipe_book import recipes as book
from tests.browser import Browse, Live
from workshop import ids
from workshop.domain import facilitators, meetings, plan_changes, plans
from workshop.domain.meetings import About, Meeting
from workshop.domain.plans import Plan


@pytest.fixture
def meeting(live: Live) -> Meeting:
    about = About("2027-02-22", "Een gewone dag", begins="13:30", ends="15:30")
    return live.running.house.store.write(meetings.add, live.workshop.id, about)


@pytest.fixture
def planned(live: Live, meeting: Meeting) -> Meeting:
    """The same meeting with a programme in its plan."""
    recipe = book().find("een-gewone-dag")
    assert recipe
    live.running.house.store.write(
        plan_changes.take_recipe, meeting, recipe, "nl", None, live.facilitator.id, ids.new()
    )
    return meeting


def plan_of(live: Live, meeting: Meeting) -> Plan:
    return live.running.house.store.read(plans.of, meeting.id)


def open_at(page: Page, live: Live, meeting: Meeting, path: str) -> Page:
    link = live.running.house.store.write(facilitators.sign_in_link, live.facilitator.id)
    page.goto(live.at(f"bureau/link/{link}"))
    page.locator("main button").first.click()
    page.goto(live.at(f"bureau/{live.workshop.id}/bijeenkomsten/{meeting.id}{path}"))
    return page


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_without_scripts_at_320_px_a_programme_is_taken_over_and_changed(
    browse: Browse, live: Live, meeting: Meeting
) -> None:
    page = open_at(browse(scripts=False), live, meeting, "")
    page.get_by_role("link", name="Draaiboek").click()
    page.get_by_label("Welk programma?").select_option("een-gewone-dag")
    page.get_by_role("button", name="Neem over").click()
    expect(page.get_by_role("heading", name=re.compile("Van 13:30 tot 15:30"))).to_be_visible()
    page.locator("summary", has_text="Veranderen Koffie en antwoorden").click()
    part = page.locator("li", has=page.get_by_role("heading", name="Koffie en antwoorden"))
    part.get_by_label("Minuten").fill("20")
    assert fits(page)
    part.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("heading", name=re.compile("Van 13:30 tot 15:40"))).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("De tijden zijn opnieuw uitgerekend.")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_role("heading", name=re.compile("Van 13:30 tot 15:30"))).to_be_visible()


def test_times_follow_while_one_types_minutes(browse: Browse, live: Live, planned: Meeting) -> None:
    page = open_at(browse(width=1280), live, planned, "/draaiboek")
    page.locator("summary", has_text="Veranderen Koffie en antwoorden").click()
    page.locator("[data-card]").first.get_by_label("Minuten").fill("25")
    expect(page.locator("[data-clock]").nth(1)).to_have_text("13:55")
    expect(page.locator("[data-clock]").last).to_have_text("15:35")


def test_a_block_moves_by_keyboard_and_back(browse: Browse, live: Live, planned: Meeting) -> None:
    page = open_at(browse(width=1280), live, planned, "/draaiboek")
    page.locator("[data-card]", has=page.get_by_role("heading", name="Pauze")).locator("summary").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page).to_have_url(re.compile("gedaan=omhoog"))
    expect(page.locator("[data-card] h3").nth(2)).to_have_text("Pauze")
    expect(page.locator("[data-card]").nth(2).locator("[data-up]")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-card] h3").nth(1)).to_have_text("Pauze")
    page.keyboard.press("u")
    expect(page.locator("[data-card] h3").nth(2)).to_have_text("Pauze")


def test_a_block_is_dragged_to_another_place(browse: Browse, live: Live, planned: Meeting) -> None:
    page = open_at(browse(width=1280, height=3000), live, planned, "/draaiboek")
    grip = page.locator("[data-card]").nth(1).locator("[data-grip]").bounding_box()
    goal = page.locator("[data-card]").nth(3).bounding_box()
    assert grip
    assert goal
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"], goal["y"] + 10, steps=5)
    page.mouse.move(grip["x"], goal["y"] + goal["height"] - 5, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile("gedaan=na"))
    expect(page.locator("[data-card] h3").nth(3)).to_have_text("Afspraken en een goede dag")
    assert [block.title for block in plan_of(live, planned).blocks][2:4] == ["Pauze", "Afspraken en een goede dag"]


def test_what_one_device_does_another_shows_and_the_beamer_too(browse: Browse, live: Live, planned: Meeting) -> None:
    phone = open_at(browse(), live, planned, "/nu")
    laptop = open_at(browse(width=1280), live, planned, "/nu")
    beamer = open_at(browse(width=1920, height=1080), live, planned, "/nu?beamer=ja")
    expect(beamer.get_by_text("We beginnen zo.")).to_be_visible()
    laptop.keyboard.press("b")
    expect(laptop.get_by_role("heading", name="Koffie en antwoorden")).to_be_visible()
    for page in (phone, beamer):
        expect(page.get_by_role("heading", name="Koffie en antwoorden")).to_be_visible()
        assert fits(page)
    phone.get_by_role("button", name="Verder met: Afspraken en een goede dag").click()
    for page in (phone, laptop, beamer):
        expect(page.get_by_role("heading", name="Afspraken en een goede dag")).to_be_visible()


def test_minutes_count_down_and_over_by_themselves(browse: Browse, live: Live, planned: Meeting) -> None:
    page = browse()
    page.clock.install()
    open_at(page, live, planned, "/nu")
    page.get_by_role("button", name="Begin nu").click()
    shown = page.locator("[data-left]")
    expect(shown).to_have_text("10")
    page.clock.fast_forward("09:00")
    expect(shown).to_have_text("1")
    expect(page.get_by_text("minuut te gaan")).to_be_visible()
    page.clock.fast_forward("04:00")
    expect(shown).to_have_text("3")
    expect(page.get_by_text("minuten over de tijd")).to_be_visible()


def test_without_scripts_the_page_of_the_meeting_goes_on_too(browse: Browse, live: Live, planned: Meeting) -> None:
    page = open_at(browse(scripts=False), live, planned, "/nu")
    page.get_by_role("button", name="Begin nu").click()
    expect(page.get_by_text("minuten te gaan")).to_be_visible()
    page.get_by_role("button", name="5 minuten erbij").click()
    expect(page.locator("[data-left]")).to_have_text("15")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("[data-left]")).to_have_text("10")
