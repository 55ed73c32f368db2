"""A card of one's own in a real browser: written, too full, mended, printed, opened on a phone, and changed."""

from __future__ import annotations

import re
from dataclasses import replace

from playwright.sync_api import Page, expect

from print import reader
from tests.browser import Browse, Live
from tests.conftest import PASSPHRASE
from tests.looking import CUT
from workshop import printing
from workshop.domain import own_cards, workshops

WORDS = {
    "title": "Samen een blokje om",
    "purpose": "Elkaar leren kennen terwijl u wandelt.",
    "in.invitation": "U wandelt met z’n tweeën. Onderweg vertelt u wat u ziet.",
    "question": "Wat viel u op tijdens het wandelen?",
    "in.steps": "Zoek iemand om mee te wandelen.\nLoop samen een blokje om.\nVertel daarna wat u zag.",
    "in.tip": "Loop rustig. Ook een kort stukje is goed.",
    "in.another_way": "Blijf zitten en kijk samen uit het raam.",
    "in.look_back": "Wat zag u dat u anders niet ziet?",
}


def sign_in(page: Page, live: Live) -> None:
    page.goto(live.at("bureau"))
    page.get_by_label("Naam").fill("Anna")
    page.get_by_label("Wachtzin").fill(PASSPHRASE)
    page.get_by_role("button", name="Aanmelden").click()
    page.goto(live.at(f"bureau/{live.workshop.id}/eigen"))


def fill(page: Page, words: dict[str, str]) -> None:
    for name, text in words.items():
        page.locator(f"[id='{name}']").fill(text)


def rehearse(live: Live) -> None:
    """Let the workshop print the address of this very server."""
    details = replace(workshops.details(live.workshop), address=live.address, rehearsal=True)
    live.running.house.store.write(workshops.change, live.workshop, details)


def scanned(live: Live, card_id: str) -> str:
    """Print the card and return what a phone reads from it."""
    house = live.running.house
    workshop = house.store.read(workshops.at_door, live.workshop.id)
    what = {"document": "cards", "format": "auto", "language": "nl", "cards": [card_id]}
    (code,) = reader.codes(reader.picture(printing.printed(house, workshop, what)[0].pdf, 0, 150))
    return code


def test_a_card_is_written_mended_printed_scanned_and_changed(live: Live, browse: Browse) -> None:
    rehearse(live)
    desk = browse(width=1280, height=900)
    sign_in(desk, live)
    desk.get_by_role("button", name="Nieuwe kaart").click()
    fill(desk, WORDS)
    expect(desk.locator("[data-state] .chip")).to_have_text("klaar om te printen")
    fill(desk, {"in.tip": "Neem hier rustig samen de tijd voor. " * 30})
    expect(desk.locator("[data-rooms]")).to_contain_text(re.compile(r"\d+ woorden te veel op de achterkant"))
    expect(desk.locator("[data-undrawn=achterkant]")).to_contain_text("te veel op de achterkant")
    desk.get_by_role("button", name="Bewaren en kijken").click()
    expect(desk.get_by_text("De tekst is veilig.")).to_be_visible()
    expect(desk.get_by_role("button", name="Kies deze kaart om te printen")).to_have_count(0)
    fill(desk, {"in.tip": WORDS["in.tip"]})
    desk.get_by_role("button", name="Bewaren en kijken").click()
    expect(desk.get_by_text("De kaart klopt.")).to_be_visible()
    expect(desk.locator("[data-side=achterkant]")).to_be_visible()
    desk.get_by_role("button", name="Kies deze kaart om te printen").click()
    expect(desk.get_by_role("link", name="Samen een blokje om")).to_be_visible()

    (card,) = live.running.house.store.read(own_cards.of_workshop, live.workshop.id)
    code = scanned(live, card.card_id)
    phone = browse(scripts=False)
    phone.goto(code)
    expect(phone.get_by_role("heading", name="Samen een blokje om")).to_be_visible()
    expect(phone.get_by_text(WORDS["question"])).to_be_visible()
    assert "eerdere versie" not in phone.content()

    desk.goto(live.at(f"bureau/{live.workshop.id}/eigen/kaart/{card.id}"))
    fill(desk, {"title": "Samen de wijk door"})
    desk.get_by_role("button", name="Bewaren en kijken").click()
    expect(desk.get_by_text("De kaart klopt.")).to_be_visible()
    again = browse(scripts=False)
    again.goto(code)
    expect(again.get_by_role("heading", name="Samen de wijk door")).to_be_visible()
    expect(again.get_by_text("Deze kaart is van een eerdere versie. Uw idee komt gewoon aan.")).to_be_visible()
    newest = scanned(live, card.card_id)
    assert newest != code
    fresh = browse(scripts=False)
    fresh.goto(newest)
    assert "eerdere versie" not in fresh.content()


def test_without_scripts_on_a_narrow_page_everything_is_there(live: Live, browse: Browse) -> None:
    page = browse(scripts=False)
    sign_in(page, live)
    page.get_by_role("button", name="Nieuwe kaart").click()
    fill(page, WORDS | {"in.tip": "Schrijf uw input op."})
    page.get_by_role("button", name="Bewaren en kijken").click()
    expect(page.get_by_text("“input” is een moeilijk woord. Schrijf “idee” of “mening”.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for path in ("", "/set", "/inlezen"):
        page.goto(live.at(f"bureau/{live.workshop.id}/eigen{path}"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert not page.evaluate(CUT)


def test_a_card_can_be_written_and_saved_by_keyboard_alone(live: Live, browse: Browse) -> None:
    page = browse(width=1280, height=900)
    sign_in(page, live)
    page.get_by_role("button", name="Nieuwe kaart").press("Enter")
    page.locator("#title").focus()
    page.keyboard.type("Samen een blokje om")
    page.keyboard.press("Tab")
    page.keyboard.type("Elkaar leren kennen.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De tekst is veilig.")).to_be_visible()
    (card,) = live.running.house.store.read(own_cards.of_workshop, live.workshop.id)
    assert card.draft["nl.purpose"] == "Elkaar leren kennen."
