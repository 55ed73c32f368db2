"""A trial in a real browser: from a mandate to a lesson, on a narrow screen and with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Browse, Live
from workshop import clock
from workshop.domain import facilitators, meetings, trajectory, trials


@pytest.fixture
def desk(browse: Browse, live: Live) -> Page:
    """The browser of a facilitator, 320 px wide, in a workshop that tries things out."""
    write = live.running.house.store.write
    write(trajectory.turn, live.workshop, "workshop", 1)
    page = browse()
    secret = write(facilitators.begin, live.facilitator.id)
    page.context.add_cookies([{"name": "bureau", "value": secret, "url": live.address}])
    return page


def no_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_trial_is_made_allowed_begun_and_ended_with_its_lesson(desk: Page, live: Live) -> None:
    desk.goto(live.at(f"bureau/{live.workshop.id}/proeven"))
    desk.get_by_label("Hoe heet de proef?").fill("Samen eten")
    desk.get_by_label("Wat willen jullie weten?").fill("Komen er mensen?")
    desk.get_by_role("button", name="Bewaar deze proef").click()
    expect(desk.get_by_text("De proef kan nog niet beginnen.")).to_be_visible()
    expect(desk.get_by_role("img", name="De leercirkel is nog leeg.")).to_be_visible()
    desk.get_by_label("Wie vindt het goed?").fill("Mevrouw Bos")
    desk.get_by_label("Wat mogen jullie proberen?").fill("Vier keer koken")
    desk.get_by_label("Tot en met welke dag?").fill((clock.today()).replace(year=clock.today().year + 1).isoformat())
    desk.get_by_label("Ja, op papier").check()
    desk.get_by_role("button", name="Mandaat bewaren").click()
    desk.get_by_role("button", name="Begin met de proef").click()
    expect(desk.get_by_text("Schrijf eerst hierboven wat jullie zagen.")).to_be_visible()
    for part in ("1. Meemaken", "2. Terugkijken", "3. Snappen", "4. Plannen"):
        desk.get_by_label(part).fill("Iets.")
    desk.get_by_label("Wat zagen jullie?").fill("Twee mensen kwamen.")
    desk.locator("#cirkel").get_by_role("button", name="Bewaren").click()
    expect(desk.get_by_role("img", name="De leercirkel is rond: alle vier de delen zijn gevuld.")).to_be_visible()
    desk.get_by_label("Het werkte niet").check()
    desk.get_by_label("Wat leerden jullie?").fill("Haal mensen op.")
    desk.get_by_role("button", name="Proef afronden").click()
    expect(desk.get_by_role("heading", name="Mislukt. En dit leerden we:")).to_be_visible()
    assert no_sideways(desk)
    desk.evaluate("document.documentElement.style.fontSize = '200%'")
    assert no_sideways(desk)
    desk.keyboard.press("u")
    expect(desk.get_by_text("De proef is weer open.")).to_be_visible()
    assert [one.state for one in live.running.house.store.read(trials.of_workshop, live.workshop.id)] == ["busy"]


def test_looking_back_says_before_writing_who_reads_what(desk: Page, live: Live) -> None:
    live.running.house.store.write(meetings.add, live.workshop.id, meetings.About(clock.today().isoformat()))
    desk.goto(live.at(f"bureau/{live.workshop.id}/terugblik"))
    expect(desk.get_by_text("Alleen jij leest dit. Ook je collega niet.")).to_be_visible()
    desk.get_by_label("Wat vond jij belangrijk?").fill("Ik wil meer luisteren.")
    desk.get_by_role("button", name="Bewaren").press("Enter")
    expect(desk.get_by_text("Laag 3, zijn: 1 van de 1 bijeenkomst.")).to_be_visible()
    assert no_sideways(desk)
    desk.get_by_label("Wat vond jij belangrijk?").fill("")
    desk.get_by_role("button", name="Bewaren").press("Enter")
    desk.keyboard.press("u")
    expect(desk.get_by_label("Wat vond jij belangrijk?")).to_have_value("Ik wil meer luisteren.")
