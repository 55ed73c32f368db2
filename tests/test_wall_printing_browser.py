"""Ordering a wall newspaper and a report in a real browser: small, without scripts, by keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Browse, Live
from workshop import clock
from workshop.domain import facilitators, meetings, orders
from workshop.domain.meetings import About


def printing(browse: Browse, live: Live, document: str, **options: Any) -> Page:
    house = live.running.house
    house.store.write(meetings.add, live.workshop.id, About(clock.today().isoformat(), "Koffie in de tuin"))
    page = browse(**options)
    page.goto(live.at(f"bureau/link/{house.store.write(facilitators.sign_in_link, live.facilitator.id)}"))
    page.locator("main button").first.click()
    page.goto(live.at(f"bureau/{live.workshop.id}/printen?wat={document}"))
    return page


@pytest.mark.parametrize("options", [{"width": 320, "scripts": False}, {"width": 1280}], ids=["small", "desk"])
def test_a_booklet_for_the_hall_is_ordered_by_keyboard(browse: Browse, live: Live, options: dict[str, Any]) -> None:
    page = printing(browse, live, "wall", **options)
    expect(page.get_by_role("group", name="Hoe slaat je printer om?")).to_be_hidden()
    page.get_by_role("radio", name="Vellen A3").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Een boekje")).to_be_checked()
    expect(page.get_by_role("group", name="Hoe slaat je printer om?")).to_be_visible()
    page.get_by_role("radio", name="Iedereen die langsloopt").press("Space")
    assert page.evaluate("document.documentElement.scrollWidth") <= options["width"]
    page.get_by_role("button", name="Print", exact=True).press("Enter")
    expect(page).to_have_url(re.compile("/printen/[0-9A-Z]{26}$"))
    what = live.running.house.store.read(orders.of_workshop, live.workshop.id)[0].what
    assert (what["document"], what["format"], what["audience"]) == ("wall", "booklet", "everyone")


def test_a_report_asks_only_which_meeting(browse: Browse, live: Live) -> None:
    page = printing(browse, live, "report", width=1280)
    expect(page.get_by_label("Bijeenkomst", exact=True)).to_contain_text("Koffie in de tuin")
    for other in (
        "In welke vorm?",
        "Hoe groot is de muurkrant?",
        "Wie leest de muurkrant?",
        "Hoe slaat je printer om?",
    ):
        expect(page.get_by_role("group", name=other)).to_be_hidden()
