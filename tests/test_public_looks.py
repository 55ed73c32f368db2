"""The participants' pages against the ruler: axe, letters, contrast, sizes, weight, 320 px and 400 %."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Request

from tests.browser import Browse, Live
from tests.looking import CONTRAST, CUT, MEASURE, OPEN, SIGNS, SMALL, every_page, filled, scan


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_on_any_page(browse: Browse, live: Live, language: str) -> None:
    receipt = filled(live)
    page = browse()
    scan(page, live)
    page.goto(live.at(f"/?taal={language}"))
    found = []

    def look(where: str) -> None:
        page.evaluate(OPEN)
        for violation in Axe().run(page).response["violations"]:
            found.append(f"{where}: {violation['id']}: {violation['nodes'][0]['html'][:120]}")

    for path in every_page(live, receipt):
        page.goto(live.at(path))
        look(path)
    page.goto(live.at("/"))
    page.locator("#nummer").fill("123456")
    page.locator("main .main").click()
    look("/ with a wrong number")
    stranger = browse(scripts=True)
    stranger.goto(live.at(f"/{live.door.number}?taal={language}"))
    stranger.locator("#woord").fill("fout")
    stranger.locator("#woord + button").click()
    page = stranger
    look("a wrong word")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("letters", [1, 2, 3, 4])
def test_no_page_scrolls_sideways_at_320_px_with_any_letters(browse: Browse, live: Live, letters: int) -> None:
    receipt = filled(live)
    page = browse()
    scan(page, live)
    page.goto(live.at(f"/?letters={letters}"))
    for path in every_page(live, receipt):
        page.goto(live.at(path))
        page.evaluate(OPEN)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        cut = page.evaluate(CUT)
        assert not cut, f"{path}: {cut[0][:100]}"


def test_zoomed_to_four_hundred_percent_nothing_is_lost(browse: Browse, live: Live) -> None:
    """A window of 1280 px at 400 % is 320 px wide and 256 high."""
    page = browse(width=320, height=256, device_scale_factor=4)
    scan(page, live)
    page.get_by_label("Uw idee").fill("Ingezoomd.")
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_url("**/bedankt/*")


def test_everything_to_press_is_large_enough_and_far_enough_apart(browse: Browse, live: Live) -> None:
    receipt = filled(live)
    page = browse()
    scan(page, live)
    for path in every_page(live, receipt):
        page.goto(live.at(path))
        page.evaluate(OPEN)
        found = [one for one in page.evaluate(MEASURE) if not one["inline"]]
        assert len(found) >= 5, path
        for one in found:
            assert one["bottom"] - one["top"] >= 47.9, f"{path}: {one}"
            assert one["right"] - one["left"] >= 47.9, f"{path}: {one}"
        for place, one in enumerate(found):
            for other in found[place + 1 :]:
                across = max(one["left"], other["left"]) - min(one["right"], other["right"])
                down = max(one["top"], other["top"]) - min(one["bottom"], other["bottom"])
                assert max(across, down) >= 15.9, f"{path}: {one['name']} and {other['name']}"
        for main in page.locator(".main").all():
            box = main.bounding_box()
            assert box
            assert box["height"] >= 64, path
    page.goto(live.at(live.door.number))
    button = page.locator("#versturen").bounding_box()
    field = page.locator("#idee").bounding_box()
    assert button
    assert field
    assert button["width"] == field["width"], "the large button is as wide as the box"


def test_letters_are_20_px_with_room_between_lines_and_short_lines(browse: Browse, live: Live) -> None:
    receipt = filled(live)
    page = browse(width=1280, height=900)
    scan(page, live)
    for path in every_page(live, receipt):
        page.goto(live.at(path))
        small = page.evaluate(SMALL)
        assert not small, f"{path}: {small}"
    page.goto(live.at(live.door.number))
    lines = page.evaluate("getComputedStyle(document.querySelector('.ideas .words')).lineHeight.replace('px', '') / 20")
    assert lines >= 1.5
    assert page.evaluate(SIGNS) <= 66, "about sixty signs on a line"


def test_contrast_is_seven_to_one(browse: Browse, live: Live) -> None:
    receipt = filled(live)
    page = browse()
    scan(page, live)
    for path in every_page(live, receipt):
        page.goto(live.at(path))
        weak = page.evaluate(CONTRAST)
        assert not weak, f"{path}: {weak}"


def test_the_first_load_is_at_most_30_kb_over_the_air(browse: Browse, live: Live) -> None:
    page = browse()
    sizes: dict[str, int] = {}

    def weigh(request: Request) -> None:
        sizes[request.url] = request.sizes()["responseBodySize"]

    page.on("requestfinished", weigh)
    scan(page, live)
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) <= 30_000, sizes
    assert {address.rsplit(".", 1)[-1].split("?")[0] for address in sizes} >= {"css", "js", "woff2"}


def test_keyboard_alone_is_enough_and_focus_is_clear(browse: Browse, live: Live) -> None:
    page = browse(width=1280, height=900)
    scan(page, live)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(30):
        page.keyboard.press("Tab")
        style = page.evaluate("(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))")
        assert style == ["solid", "4px"], page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.id") == "idee":
            break
    page.keyboard.type("Met het toetsenbord.")
    while page.evaluate("document.activeElement.id") != "versturen":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bedankt/*")
