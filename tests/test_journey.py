"""The product in one test: from the press, through a phone and the desk, back onto the card's page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from print import numbers, reader
from tests.browser import Browse, Live
from tests.conftest import CARD, PASSPHRASE
from tests.phone import photo
from workshop import printing
from workshop.domain import workshops

pytestmark = pytest.mark.grown

IDEA = "Een bankje bij de bushalte, met een leuning."


def print_and_scan(live: Live) -> str:
    """Print the workshop's cards as a rehearsal and return what a phone reads from the first card's QR."""
    house, workshop = live.running.house, live.workshop
    rehearsal = replace(workshops.details(workshop), address=live.address, rehearsal=True)
    workshop = house.store.write(workshops.change, workshop, rehearsal)
    deck = printing.printed(house, workshop, {"document": "cards", "format": "a5", "language": "nl"})[0]
    seen = reader.codes(reader.picture(deck.pdf, 0, 150))
    assert len(seen) == 2
    return next(code for code in seen if live.doors[CARD].number in code)


def share_with_photo(phone: Page) -> None:
    """Write an idea and add a photo: what a person does, without scripts."""
    phone.get_by_label("Uw idee").fill(IDEA)
    phone.get_by_text("Foto toevoegen").click()
    phone.locator("input[type=file]").set_input_files(
        [{"name": "bankje.jpg", "mimeType": "image/jpeg", "buffer": photo()}]
    )
    phone.get_by_text("Wie mag dit zien, en andere keuzes").click()
    phone.get_by_label("Iedereen, zonder mijn naam").check()
    phone.get_by_role("button", name="Versturen").click()


def idea_seen_by_a_stranger(browse: Browse, live: Live, number: str) -> int:
    """Type the card's number, as somebody who scanned nothing, and count the idea."""
    stranger = browse(scripts=False)
    stranger.goto(live.at(""))
    stranger.get_by_label("Welk nummer").fill(numbers.shown(number))
    stranger.get_by_role("button", name="Open mijn kaart").click()
    assert stranger.url == live.at(number)
    return stranger.get_by_text(IDEA).count()


def test_from_the_press_through_a_phone_and_the_desk_back_onto_the_page(live: Live, browse: Browse) -> None:
    scanned = print_and_scan(live)
    assert scanned.lower().startswith(live.address)

    phone = browse(scripts=False)
    phone.goto(scanned)
    number = live.doors[CARD].number
    assert phone.url == live.at(number)
    card = live.running.house.library.find(CARD, "nl")
    assert card is not None
    assert card.share is not None
    expect(phone.get_by_role("heading", name=card.title)).to_be_visible()
    expect(phone.get_by_text(card.share.question)).to_be_visible()
    share_with_photo(phone)
    expect(phone.get_by_role("heading", name=re.compile("Dank u wel"))).to_be_visible()

    assert idea_seen_by_a_stranger(browse, live, number) == 0

    desk = browse(width=1280, height=900)
    desk.goto(live.at("bureau"))
    desk.get_by_label("Naam").fill("Anna")
    desk.get_by_label("Wachtzin").fill(PASSPHRASE)
    desk.get_by_role("button", name="Aanmelden").click()
    desk.goto(live.at(f"bureau/{live.workshop.id}/ideeen"))
    expect(desk.get_by_text(IDEA).first).to_be_visible()
    desk.get_by_role("link", name="Openen").first.click()
    desk.get_by_role("button", name="Op de muur zetten").click()
    expect(desk.get_by_text("Op de muur").first).to_be_visible()

    phone.goto(live.at(number))
    expect(phone.get_by_text(IDEA).first).to_be_visible()
    picture = phone.locator("main img").first
    expect(picture).to_be_visible()
    served = phone.request.get(live.at(str(picture.get_attribute("src"))))
    assert served.headers["content-type"] == "image/jpeg"
    assert len(served.body()) > 1000

    assert idea_seen_by_a_stranger(browse, live, number) == 1
