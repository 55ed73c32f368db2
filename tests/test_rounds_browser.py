"""Choosing with dots in a real browser: without scripts, by keyboard, at 320 px and with large letters, two at once."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import rounding
from tests.browser import Browse, Live
from tests.looking import CONTRAST, CUT, MEASURE, SMALL
from workshop.domain import facilitators, rounds
from workshop.domain.ideas import Idea
from workshop.domain.rounds import Round

LONG = "Samen eten op dinsdag, in de grote zaal van het buurthuis, met muziek van de harmonie en Gezelschapsspelen."
WORDS = ("Een bankje bij de bushalte.", LONG, "Lampen in de steeg.")


@pytest.fixture
def three(live: Live) -> list[Idea]:
    """Three ideas on a card, one with many words."""
    return rounding.shared(live.running.house, live.door, WORDS)


@pytest.fixture
def choosing(live: Live, three: list[Idea]) -> Round:
    """An open round about them."""
    return rounding.opened(live.running.house, live.facilitator, three)


def at_desk(page: Page, live: Live) -> Page:
    """Sign a page in."""
    link = live.running.house.store.write(facilitators.sign_in_link, live.facilitator.id)
    page.goto(live.at(f"/bureau/link/{link}"))
    page.get_by_role("main").get_by_role("button").first.click()
    return page


def on_phone(page: Page, live: Live) -> Page:
    """Scan a card and follow what it offers."""
    page.goto(live.at(live.door.scanned))
    page.get_by_role("link", name="Geef 3 stippen").click()
    return page


def given(live: Live, about: Round) -> list[int]:
    """Return the dots of all phones in the order of the round."""
    with live.running.house.store.reading() as tx:
        rows = tx.rounds.dots(round_id=about.id)
    return [sum(row["count"] for row in rows if row["idea_id"] == key) for key in about.idea_ids]


@pytest.mark.parametrize("scripts", [True, False])
def test_plus_and_minus_give_dots_and_the_page_says_how_many_are_left(
    browse: Browse, live: Live, three: list[Idea], choosing: Round, scripts: bool
) -> None:
    page = on_phone(browse(scripts=scripts), live)
    left = page.locator("[data-left]")
    expect(left).to_have_text("Nog 3 stippen over")
    more = [page.get_by_role("button", name=f"Een stip meer voor idee {one.nr}") for one in three]
    more[0].click()
    expect(left).to_have_text("Nog 2 stippen over")
    more[0].click()
    expect(left).to_have_text("Nog 1 stip over")
    more[2].click()
    expect(left).to_have_text("Al uw stippen zijn gegeven")
    more[1].click()
    expect(left).to_have_text("Al uw stippen zijn gegeven")
    page.get_by_role("button", name=f"Een stip minder voor idee {three[0].nr}").click()
    expect(left).to_have_text("Nog 1 stip over")
    page.get_by_text("Van welke kant kijkt u? (hoeft niet)").click()
    page.get_by_label("buurtbewoner").check()
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.get_by_role("heading", name="Dank u wel. Uw keuze is bewaard.")).to_be_visible()
    assert given(live, choosing) == [1, 0, 1]
    page.get_by_role("link", name="Verander mijn keuze").click()
    expect(page.get_by_text("U koos al.")).to_be_visible()
    expect(page.get_by_label(f"Stippen voor idee {three[0].nr}")).to_have_value("1")
    expect(page.get_by_label("buurtbewoner")).to_be_checked()
    page.get_by_label(f"Stippen voor idee {three[1].nr}").fill("1")
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    assert given(live, choosing) == [1, 1, 1]


@pytest.mark.parametrize("scripts", [True, False])
def test_too_many_dots_are_said_and_everything_typed_stays(
    browse: Browse, live: Live, three: list[Idea], choosing: Round, scripts: bool
) -> None:
    page = on_phone(browse(scripts=scripts), live)
    page.get_by_label(f"Stippen voor idee {three[0].nr}").fill("3")
    page.get_by_label(f"Stippen voor idee {three[1].nr}").fill("2")
    page.get_by_label(f"Stippen voor idee {three[1].nr}").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("U gaf 5 stippen. U heeft er 3.")
    expect(page.get_by_label(f"Stippen voor idee {three[1].nr}")).to_have_value("2")
    expect(page.locator("[data-left]")).to_have_text("Dit zijn te veel stippen")
    assert given(live, choosing) == [0, 0, 0]
    page.get_by_label(f"Stippen voor idee {three[0].nr}").fill("1")
    page.get_by_label(f"Stippen voor idee {three[1].nr}").press("Enter")
    expect(page.get_by_role("heading", name="Dank u wel. Uw keuze is bewaard.")).to_be_visible()
    assert given(live, choosing) == [1, 2, 0]


def test_a_choice_made_just_too_late_is_not_lost_from_the_page(browse: Browse, live: Live, choosing: Round) -> None:
    page = on_phone(browse(), live)
    page.get_by_role("button", name=re.compile("Een stip meer")).first.click()
    live.running.house.store.write(rounds.close, choosing, live.facilitator.id)
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.get_by_role("alert")).to_contain_text("Het kiezen is voorbij.")
    page.goto(live.at(live.door.scanned))
    expect(page.get_by_role("link", name="Geef 3 stippen")).to_have_count(0)


def test_a_facilitator_makes_opens_counts_and_shows_by_keyboard_and_without_scripts(
    browse: Browse, live: Live, three: list[Idea]
) -> None:
    page = at_desk(browse(width=1280, scripts=False), live)
    page.goto(live.at(f"/bureau/{live.workshop.id}"))
    page.get_by_role("link", name="Kiezen", exact=True).click()
    page.get_by_label("Wat kiezen mensen?").fill("Wat doen we het eerst?")
    for one in three:
        box = page.get_by_role("checkbox", name=re.compile(rf"^{one.nr} "))
        box.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Maak de ronde").press("Enter")
    page.get_by_role("button", name="Open de ronde").press("Enter")
    expect(page.get_by_text("De ronde is open.")).to_be_visible()
    page.locator(".round-count input").first.focus()
    for done, count in enumerate(("12", "7", "3"), start=1):
        page.keyboard.type(count)
        page.keyboard.press("Enter")
        expect(page.locator(".round-count .chip")).to_have_count(done)
        if done < 3:
            expect(page.locator(".round-count input").nth(done)).to_be_focused()
    assert page.locator("[data-count=counted]").inner_text() == "3"
    assert "12" not in page.locator("#inhoud").inner_text()
    page.get_by_role("button", name="Sluit de ronde").press("Enter")
    page.get_by_role("button", name="Toon de uitslag").press("Enter")
    expect(page.get_by_text("22 stippen, van minstens 8 mensen.")).to_be_visible()
    expect(page.locator(".round-scores > li").first).to_contain_text("12 stippen")
    page.get_by_role("button", name="Ongedaan maken").press("Enter")
    expect(page.get_by_text("De uitslag is weer verborgen.")).to_be_visible()
    expect(page.locator(".round-scores")).to_have_count(0)


def test_with_scripts_a_facilitator_counts_without_waiting_for_a_page(
    browse: Browse, live: Live, three: list[Idea], choosing: Round
) -> None:
    page = at_desk(browse(width=1280), live)
    page.goto(live.at(f"/bureau/{live.workshop.id}/rondes/{choosing.id}"))
    page.get_by_label("Van wie zijn deze stickers?").select_option("professional")
    page.get_by_role("button", name="Kies", exact=True).click()
    page.locator(".round-count input").first.focus()
    page.keyboard.type("12\n7\n3\n")
    expect(page.locator(".round-count .chip")).to_have_count(3)
    assert given(live, choosing) == [12, 7, 3]
    expect(page.get_by_label("Van wie zijn deze stickers?")).to_have_value("professional")
    page.get_by_label("Van wie zijn deze stickers?").select_option("")
    page.get_by_role("button", name="Kies", exact=True).click()
    expect(page.locator(".round-count .chip")).to_have_count(0)


def test_two_at_the_desk_see_who_took_part_while_phones_choose_and_never_what(
    browse: Browse, live: Live, three: list[Idea], choosing: Round
) -> None:
    anna, bert = (at_desk(browse(width=1280), live) for _ in range(2))
    for page in (anna, bert):
        page.goto(live.at(f"/bureau/{live.workshop.id}/rondes/{choosing.id}"))
    anna.locator(".round-count input").first.fill("5")
    phone = on_phone(browse(), live)
    phone.get_by_role("button", name=re.compile("Een stip meer")).first.click()
    phone.get_by_role("button", name="Bewaar mijn keuze").click()
    for page in (anna, bert):
        expect(page.locator("[data-count=phones]")).to_have_text("1")
    bert.get_by_role("button", name="Sluit de ronde").click()
    expect(bert.get_by_role("button", name="Toon de uitslag")).to_be_visible()
    anna.wait_for_timeout(2500)
    expect(anna.locator(".round-count input").first).to_have_value("5")
    anna.get_by_role("button", name="Bewaar de telling").click()
    expect(anna.get_by_role("status")).to_contain_text("De telling is bewaard.")


def every_page(live: Live, choosing: Round) -> list[str]:
    """Return the pages of phones, in every state, after the address that scans a card."""
    return [live.at(f"/ronde/{choosing.id}"), live.at(f"/ronde/{choosing.id}/bedankt"), live.at(live.door.number)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_and_the_rulers_find_nothing_on_the_pages_of_phones(
    browse: Browse, live: Live, choosing: Round, language: str
) -> None:
    page, found = browse(), []
    page.goto(live.at(f"{live.door.scanned}"))
    page.goto(live.at(f"/?taal={language}"))
    store = live.running.house.store
    for step in (None, rounds.close, rounds.show):
        if step:
            store.write(step, choosing, live.facilitator.id)
        for address in every_page(live, choosing)[:2]:
            page.goto(address)
            for part in page.locator("details").all():
                part.evaluate("part => part.open = true")
            found += [f"{page.url}: {one['id']}" for one in Axe().run(page).response["violations"]]
            found += [
                f"{page.url}: {rule[:40]}: {one}" for rule in (SMALL, CUT, CONTRAST) for one in page.evaluate(rule)
            ]
            low = [one for one in page.evaluate(MEASURE) if not one["inline"] and one["bottom"] - one["top"] < 47.5]
            found += [f"{page.url}: too low: {one['name']}" for one in low]
    page.context.clear_cookies()
    page.goto(live.at(f"/ronde/{choosing.id}"))
    expect(page.get_by_role("heading", name="Scan eerst uw kaart")).to_be_visible()
    found += [one["id"] for one in Axe().run(page).response["violations"]]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("letters", [1, 4])
def test_no_page_of_a_phone_scrolls_sideways_at_320_px(
    browse: Browse, live: Live, choosing: Round, letters: int
) -> None:
    page = browse()
    page.goto(live.at(f"{live.door.scanned}"))
    page.goto(live.at(f"/?letters={letters}"))
    for address in every_page(live, choosing):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    buttons = page.goto(every_page(live, choosing)[0]) and page.locator(".dot-row button").all()
    for one in buttons or []:
        box = one.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 64


@pytest.mark.parametrize(("width", "letters"), [(320, 100), (320, 200), (1280, 200)])
def test_axe_finds_nothing_at_the_desk_and_nothing_scrolls_sideways(
    browse: Browse, live: Live, three: list[Idea], choosing: Round, width: int, letters: int
) -> None:
    house, found = live.running.house, []
    for name in ("a", "b", "c", "d", "e"):
        house.store.write(
            rounds.give, choosing, f"device:{name}", {three[1].id: 3}, device=name, perspective="ervaringsdeskundige"
        )
    page = at_desk(browse(width=width), live)
    places = [
        live.at(f"/bureau/{live.workshop.id}/rondes"),
        live.at(f"/bureau/{live.workshop.id}/rondes/{choosing.id}"),
    ]
    for step in (None, rounds.show):
        if step:
            house.store.write(step, choosing, live.facilitator.id)
        for address in places:
            page.goto(address)
            page.evaluate(f"document.documentElement.style.fontSize = '{letters * 1.125}%'")
            for part in page.locator("details").all():
                part.evaluate("part => part.open = true")
            found += [f"{address}: {one['id']}" for one in Axe().run(page).response["violations"]]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    expect(page.get_by_text("Meer dan de helft van de stippen komt van één kant")).to_be_visible()
    assert not found, "\n".join(found)
