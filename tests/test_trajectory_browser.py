"""The trajectory in a real browser: on a narrow screen, with large letters, by keyboard, without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import Browse, Live
from tests.desk_live import sign_in
from workshop.domain import actions, frames, trajectory
from workshop.domain.actions import Promise
from workshop.domain.workshops import at_door

PARTS = ("traject", "traject/soort", "kader", "mandaat", "taken")


@pytest.fixture
def trying(live: Live) -> Live:
    """A workshop that tries things out, with a task and a frame."""
    write = live.running.house.store.write
    write(trajectory.turn, live.workshop, "workshop", 1)
    write(frames.change, live.workshop.id, 0, "Elkaar ontmoeten", "Verkeer", live.facilitator.id)
    write(actions.add, live.workshop.id, Promise("Koffie regelen", "group", "Riet"), live.facilitator.id)
    return live


@pytest.mark.parametrize("scale", [1, 2])
def test_every_page_fits_a_narrow_screen_and_is_open_to_everyone(browse: Browse, trying: Live, scale: int) -> None:
    page = sign_in(browse(), trying)
    for part in PARTS:
        page.goto(trying.at(f"/bureau/{trying.workshop.id}/{part}"))
        if scale > 1:
            page.evaluate(f"document.documentElement.style.fontSize = '{112.5 * scale}%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, part
        found = Axe().run(page)
        assert found.violations_count == 0, f"{part}: {found.generate_report()}"


def test_without_scripts_a_kind_is_chosen_and_undone(browse: Browse, trying: Live) -> None:
    page = sign_in(browse(scripts=False), trying)
    page.goto(trying.at(f"/bureau/{trying.workshop.id}/traject/soort"))
    page.get_by_label("Kenniskring").check()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("status").first).to_contain_text("Alles wat er stond is bewaard.")
    assert page.get_by_role("link", name="Traject").count() == 1, "the way back to the page, and no part of the menu"
    page.get_by_role("button", name="Ongedaan maken").click()
    assert trying.running.house.store.read(at_door, trying.workshop.id).kind == "workshop"


def test_a_task_is_ticked_off_and_undone_by_keyboard(browse: Browse, trying: Live) -> None:
    page = sign_in(browse(width=1100), trying)
    page.goto(trying.at(f"/bureau/{trying.workshop.id}/taken"))
    page.get_by_role("button", name=re.compile("^Gedaan")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("Mooi: gedaan.")
    page.keyboard.press("u")
    expect(page.get_by_role("button", name=re.compile("^Gedaan"))).to_be_visible()
    assert trying.running.house.store.read(actions.of_workshop, trying.workshop.id)[0].done_at is None
