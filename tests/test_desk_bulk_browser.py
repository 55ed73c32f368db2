"""Many ideas at once in a real browser: by keyboard, by mouse, without scripts, with two people."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import Browse, Live
from tests.desk_live import joined, sign_in
from tests.desk_people import now
from workshop import ids
from workshop.domain import ideas
from workshop.domain.ideas import Idea, Sent


@pytest.fixture
def came_in(live: Live) -> list[Idea]:
    """Six ideas on the first card."""
    place = live.running.house.store.write
    sent = [Sent(f"Een bankje, nummer {at}.", "everyone", ids.token(), ids.token(), "qr") for at in range(6)]
    return [place(ideas.place, live.door, one) for one in sent]


def walls(live: Live, found: Sequence[Idea]) -> int:
    """Return how many of these ideas are on the wall."""
    return sum(now(live.running.house, one).status == "wall" for one in found)


def test_by_keyboard_alone_many_are_chosen_done_and_undone(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    page = sign_in(browse(width=1280, height=900), live, live.facilitator.id)
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen"))
    for key in ("j", "x", "j", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-picked]")).to_have_text("2 ideeën gekozen")
    page.locator("#samen button", has_text="Op de muur").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("2 ideeën op de muur gezet.")
    assert walls(live, came_in) == 2
    page.keyboard.press("u")
    expect(page.locator(".done")).to_contain_text("2 ideeën zijn weer zoals ze waren.")
    assert walls(live, came_in) == 0
    page.keyboard.press("/")
    page.keyboard.type("bank nummer 3")
    page.keyboard.press("Enter")
    expect(page.locator(".found")).to_contain_text("1 idee")


def test_shift_click_takes_all_between_and_all_takes_all(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    page = sign_in(browse(width=1280, height=900), live, live.facilitator.id)
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen"))
    boxes = page.locator("article input[name=idee]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator("[data-picked]")).to_have_text("4 ideeën gekozen")
    page.get_by_label("alle 6 die je nu ziet").check()
    expect(page.locator("[data-picked]")).to_have_text("6 ideeën gekozen")
    page.locator("#samen button", has_text="Op de muur").click()
    expect(page.locator(".done")).to_contain_text("6 ideeën op de muur gezet.")
    assert walls(live, came_in) == 6


def test_it_works_without_scripts_at_320_px(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    page = sign_in(browse(scripts=False), live, live.facilitator.id)
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen?zoek=nummer"))
    page.locator("article input[name=idee]").first.check()
    page.locator("#samen button", has_text="Op de muur").click()
    expect(page.locator(".done")).to_contain_text("1 idee op de muur gezet.")
    page.locator(".done button").click()
    assert walls(live, came_in) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_one_sees_what_the_other_changes_and_nothing_moves(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    other = joined(live, "Bram")
    page = sign_in(browse(width=1280, height=900), live, live.facilitator.id)
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen"))
    place = page.locator("article").first.bounding_box()
    bram_page = sign_in(browse(width=1280, height=900), live, other)
    bram_page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen/{came_in[0].id}"))
    expect(page.locator(f"[data-looks='{came_in[0].id}']")).to_have_text("Bram kijkt naar dit idee")
    bram_page.keyboard.press("w")
    expect(bram_page.locator(".done")).to_be_visible()
    expect(page.locator("[data-watch-said]")).to_have_text("1 idee is veranderd door Bram")
    assert page.locator("article").first.bounding_box() == place
    page.get_by_role("link", name="Laat zien").click()
    expect(page.locator(".chip.status-wall")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_with_all_ideas_is_fit_for_everybody(
    browse: Browse, live: Live, came_in: list[Idea], width: int
) -> None:
    page = sign_in(browse(width=width, height=900), live, live.facilitator.id)
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen?zoek=bank&besluit=waiting"))
    for summary in page.locator("summary").all():
        summary.click()
    page.locator("article input[name=idee]").first.check()
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    page.evaluate("document.documentElement.style.fontSize = '36px'")  # letters of 200 %
    assert page.evaluate("document.documentElement.scrollWidth") <= width
