"""Results in a real browser: made by keyboard, looked at, published and undone; read on a small phone."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import Browse, Live
from tests.desk_live import sign_in
from tests.newspaper import drawing
from workshop import ids
from workshop.domain import answers, ideas, results, trajectory
from workshop.domain.ideas import Idea, Sent
from workshop.domain.results import Draft, Result

STORY = "In de binnentuin staan nu vier banken. Elke vrijdag is er koffie."


@pytest.fixture
def came_in(live: Live) -> list[Idea]:
    """Two ideas on the first card; everyone may see the first with its name, only the group the second."""
    write = live.running.house.store.write
    write(trajectory.turn, live.workshop, "workshop", 5)
    sent = [
        Sent("Een tuin om te zitten.", "everyone_named", ids.token(), ids.token(), "qr", maker="Riet"),
        Sent("Koffie voor wie alleen is.", "group", ids.token(), ids.token(), "number"),
    ]
    return [write(ideas.place, live.door, one) for one in sent]


def made(live: Live, *found: Idea, audience: str = "everyone") -> Result:
    """Return a published result of these ideas, with a picture."""
    house = live.running.house
    file = house.files.keep(drawing(900, 600), "jpg")
    numbers = tuple(one.nr for one in found)
    draft = Draft("De koffietuin", STORY, learned="Rust helpt.", audience=audience, ideas=numbers)
    whole = {"picture": file, "picture_alt": "Vier banken in een tuin"}
    result = house.store.write(results.make, live.workshop.id, Draft(**vars(draft) | whole), live.facilitator.id)
    house.store.write(results.publish, result, live.facilitator.id)
    return house.store.read(results.find, live.workshop.id, result.id)


def fits(page: Page) -> None:
    """Nothing sticks out sideways, and a machine finds no fault."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)], ids=["small", "desk"])
def test_a_result_is_made_checked_published_and_undone_by_keyboard(
    browse: Browse, live: Live, came_in: list[Idea], width: int, scripts: bool
) -> None:
    page = sign_in(browse(width=width, scripts=scripts), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/resultaten"))
    page.get_by_label("Hoe heet het?").fill("De koffietuin")
    page.get_by_label("Uit welke ideeën komt het?").fill(", ".join(str(one.nr) for one in came_in))
    page.get_by_role("button", name="Verder").press("Enter")
    page.get_by_label("Wat is er gekomen?").fill(STORY)
    page.get_by_role("button", name="Bewaren").press("Enter")
    expect(page.locator(".done")).to_contain_text("Bewaard.")
    expect(page.locator(".as-read")).to_contain_text("Riet en 1 mens zonder naam")
    page.get_by_role("link", name="Nakijken en publiceren").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 makers horen wat ervan kwam")
    expect(page.get_by_label("Wat is ervan gekomen?")).to_have_value(f"Dit is ervan gekomen: De koffietuin. {STORY}")
    if scripts:
        page.keyboard.press("p")
    else:
        page.get_by_role("button", name="Publiceren").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("2 makers hebben nu antwoord.")
    if scripts:
        page.keyboard.press("u")
    else:
        page.get_by_role("button", name=re.compile("Ongedaan maken")).press("Enter")
    expect(page.locator(".done")).to_contain_text("Ongedaan gemaakt.")
    assert live.running.house.store.read(answers.of_idea, came_in[0]) == []


def test_the_pages_of_results_fit_a_narrow_window_with_large_letters(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    result = made(live, *came_in)
    page = sign_in(browse(width=640), live)
    for path in ("", f"/{result.id}", f"/{result.id}/publiceren"):
        page.goto(live.at(f"bureau/{live.workshop.id}/resultaten{path}"))
        fits(page)
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_anybody_reads_on_a_small_phone_what_came_of_it(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    result = made(live, *came_in)
    page = browse(scripts=False)
    page.goto(live.at(""))
    page.get_by_role("link", name="De koffietuin").click()
    expect(page).to_have_url(re.compile(f"/resultaat/{result.key}$"))
    expect(page.get_by_role("img", name="Vier banken in een tuin")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Riet en 1 mens zonder naam")
    expect(page.locator("main")).not_to_contain_text("Koffie voor wie alleen is")
    for size in (1, 4):
        page.goto(live.at(f"resultaat/{result.key}?letters={size}"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_page_for_the_group_tells_a_stranger_how_to_get_in_and_opens_after_the_word(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    made(live, *came_in, audience="group")
    (result,) = live.running.house.store.read(results.of_workshop, live.workshop.id)
    page = browse()
    page.goto(live.at(f"resultaat/{result.key}"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze pagina is voor de groep")
    fits(page)
    page.get_by_label("Welk nummer staat er op uw kaart?").fill(live.door.number)
    page.get_by_role("button", name="Open mijn kaart").click()
    page.get_by_label("Typ het woord van uw kaart.").fill(live.door.word)
    page.get_by_role("button", name="Naar de groep").click()
    page.get_by_role("link", name="De koffietuin").click()
    expect(page.locator("main")).to_contain_text("Koffie voor wie alleen is.")
    fits(page)
