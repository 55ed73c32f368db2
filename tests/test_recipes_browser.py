"""A programme in a real browser: without scripts, on a small screen, by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser import Browse, Live
from workshop.domain import choices, facilitators

EVALUATION = "terugkoppeling/03-hoe-was-het-vandaag"


def test_without_scripts_at_320_px_a_programme_is_worked_out_made_ready_and_undone(browse: Browse, live: Live) -> None:
    house = live.running.house
    page = browse(scripts=False)
    link = house.store.write(facilitators.sign_in_link, live.facilitator.id)
    page.goto(live.at(f"bureau/link/{link}"))
    page.locator("main button").first.click()
    page.goto(live.at(f"bureau/{live.workshop.id}"))
    page.get_by_role("link", name="Neem een programma dat klaar is.").click()
    page.get_by_role("link", name="Een gewone dag").click()
    expect(page.get_by_role("heading", name="Een gewone dag", exact=True)).to_be_visible()
    page.get_by_label("Mensen").fill("12")
    page.get_by_label("Tafels").fill("3")
    page.get_by_label("Hoe laat begin je?").fill("10:00")
    page.get_by_label("Tafels").press("Enter")
    expect(page.get_by_role("heading", name="Zo gaat het, van 10:00 tot 12:00")).to_be_visible()
    page.get_by_role("button", name="Zet deze kaarten klaar").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("9 kaarten staan klaar.")
    assert house.store.read(choices.of_workshop, live.workshop.id)[EVALUATION] == 9
    page.get_by_role("button", name="Ongedaan maken").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Ongedaan gemaakt.")
    assert EVALUATION not in house.store.read(choices.of_workshop, live.workshop.id)
    page.get_by_role("button", name="Print het programma").press("Enter")
    expect(page).to_have_url(re.compile("/printen/[0-9A-Z]{26}$"))
