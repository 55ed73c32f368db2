"""Stub, idea card and camera page in a real browser: without scripts, at 320 px, against the ruler."""

from __future__ import annotations

import base64
import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests import damage, piles
from tests.browser import Browse, Live
from tests.looking import CONTRAST, CUT, MEASURE, SMALL
from workshop.domain import facilitators, paper, slips, stacks
from workshop.domain.slips import Slip
from workshop.jobs import Jobs
from workshop.tasks import read_stack

KEYS = ("back", "fresh", "asked", "withdrawn")


def cards(live: Live) -> dict[str, Slip]:
    """Return four idea cards: one back on paper, one not yet, one the maker is asked about, one taken back."""
    house = live.running.house
    which = piles.numbers(house, live.workshop, count=4)
    made = {name: of_number(live, number) for name, number in zip(KEYS, which, strict=True)}
    on_paper = [made["back"].number, made["asked"].number]
    piles.read(house, piles.brought(house, live.workshop, piles.scanned([piles.written(house, on_paper, piles.A6)])))
    asked = house.store.read(paper.idea_of, made["asked"].number)
    assert asked
    house.store.write(paper.type_over, asked, live.facilitator.id, "", {}, "ask_maker")
    house.store.write(paper.withdraw, made["withdrawn"])
    return made


def of_number(live: Live, number: str) -> Slip:
    found = live.running.house.store.read(slips.by_number, number)
    assert found
    return found


def stub_of(live: Live, slip: Slip) -> str:
    return live.at(f"/{slip.number}S1{slip.stub_key}")


def form_of(live: Live, slip: Slip) -> str:
    return live.at(f"/{slip.number}C1{slip.key}")


def test_without_scripts_the_holder_adds_chooses_takes_back_and_puts_back(browse: Browse, live: Live) -> None:
    slip = of_number(live, piles.numbers(live.running.house, live.workshop, count=1)[0])
    page = browse(scripts=False)
    page.goto(live.at("/"))
    page.get_by_label("Welk nummer staat er op uw kaart?").fill(f"{slip.number[:4]} {slip.number[4:]}")
    page.get_by_role("button", name="Open mijn kaart").click()
    page.get_by_label("De drie woorden op uw strookje").fill(slip.stub_words.upper())
    page.get_by_role("button", name="Bekijk mijn idee").click()
    expect(page.get_by_text("Uw kaart is nog niet binnen.")).to_be_visible()
    page.get_by_role("textbox", name="Uw idee").fill("Een bankje bij de bushalte")
    page.get_by_role("button", name="Bewaar mijn woorden").click()
    expect(page.get_by_text("Dank u wel. Het is bewaard.")).to_be_visible()
    page.get_by_label("Iedereen, zonder mijn naam").check()
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.get_by_label("Iedereen, zonder mijn naam")).to_be_checked()
    page.get_by_role("button", name="Haal uw idee weg").click()
    expect(page.get_by_role("heading", name="Uw idee is weg.")).to_be_visible()
    page.get_by_role("button", name="Zet het terug").click()
    expect(page.get_by_text("Een bankje bij de bushalte")).to_be_visible()
    page.get_by_role("button", name="Klaar. Vergeet mijn strookje hier.").click()
    page.goto(live.at(f"/strookje/{slip.number}"))
    expect(page.get_by_label("De drie woorden op uw strookje")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_scan_to_a_photo_that_was_read(browse: Browse, live: Live, scripts: bool) -> None:
    house = live.running.house
    slip = of_number(live, piles.numbers(house, live.workshop, count=1)[0])
    photo = piles.scanned([piles.written(house, [slip.number], piles.A6)])
    page = browse(scripts=scripts)
    page.goto(form_of(live, slip))
    page.get_by_label("Fotografeer deze kaart").set_input_files(
        {"name": "kaart.pdf", "mimeType": "application/pdf", "buffer": photo}
    )
    page.get_by_role("button", name="Verstuur de foto").click()
    expect(page.get_by_role("heading", name="Ontvangen. Uw foto wordt gelezen.")).to_be_visible()
    for key in house.store.read(stacks.undone):
        read_stack(house, key)
    if not scripts:
        page.get_by_role("link", name="Kijk of het klaar is").click()
    expect(page.get_by_role("heading", name="Gelukt. Uw ideekaart is binnen.")).to_be_visible()


def pages_of(live: Live, made: dict[str, Slip]) -> list[str]:
    """Return every kind of stub and idea card page; the address that scans comes before it."""
    stubs = [stub_of(live, slip) for slip in made.values()]
    forms = [form_of(live, made[name]) for name in ("back", "fresh", "withdrawn")]
    return [live.at("/strookje"), *stubs, *forms, live.at(f"/ideekaart/{made['fresh'].number}/bedankt")]


def test_axe_and_the_rulers_find_nothing_on_any_of_these_pages(browse: Browse, live: Live) -> None:
    made, page, found = cards(live), browse(), []
    for address in pages_of(live, made):
        page.goto(address)
        found += [f"{page.url}: {one['id']}" for one in Axe().run(page).response["violations"]]
        found += [f"{page.url}: {rule[:40]}: {one}" for rule in (SMALL, CUT, CONTRAST) for one in page.evaluate(rule)]
        low = [one for one in page.evaluate(MEASURE) if not one["inline"] and one["bottom"] - one["top"] < 47.5]
        found += [f"{page.url}: too low: {one['name']}" for one in low]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("letters", [1, 4])
def test_nothing_scrolls_sideways_at_320_px(browse: Browse, live: Live, letters: int) -> None:
    made, page = cards(live), browse()
    page.goto(live.at(f"/?letters={letters}"))
    for address in pages_of(live, made):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


def desk(browse: Browse, live: Live, **options: object) -> Page:
    """Return a page of somebody who is signed in at the desk."""
    return desk_at(browse(**options), live)


def desk_at(page: Page, live: Live) -> Page:
    """Sign a page in and open a new pile."""
    link = live.running.house.store.write(facilitators.sign_in_link, live.facilitator.id)
    page.goto(live.at(f"/bureau/link/{link}"))
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto(live.at(f"/bureau/{live.workshop.id}/invoeren"))
    return page


def photos(live: Live, count: int = 2) -> tuple[list[str], list[dict[str, object]]]:
    """Return numbers and a photo of each."""
    house = live.running.house
    which = piles.numbers(house, live.workshop, count=count + 1)
    files: list[dict[str, object]] = [
        {
            "name": f"{place}.pdf",
            "mimeType": "application/pdf",
            "buffer": piles.scanned([piles.written(house, [number], piles.A6)]),
        }
        for place, number in enumerate(which[:count])
    ]
    return [f"{number[:4]} {number[4:]}" for number in which], files


def test_each_photo_is_sent_read_and_answered_and_survives_a_lost_connection(browse: Browse, live: Live) -> None:
    shown, files = photos(live)
    page = desk(browse, live)
    jobs = Jobs(live.running.house)
    jobs.start()
    try:
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Neem deze kaart").click()
        chooser.value.set_files(files[:1])  # type: ignore[arg-type]
        expect(page.locator("#binnen").get_by_text(f"{shown[0]} gelezen")).to_be_visible()
        page.context.set_offline(True)
        page.get_by_label("Fotografeer een kaart").set_input_files(files[1:])  # type: ignore[arg-type]
        expect(page.get_by_text("Bewaard op deze telefoon, wacht op verbinding")).to_be_visible()
        expect(page.locator("#aantal")).to_have_text("1")
        page.context.set_offline(False)
        page.reload()
        expect(page.locator("#binnen").get_by_text(f"{shown[1]} gelezen")).to_be_visible()
        expect(page.locator("#aantal")).to_have_text("2")
        expect(page.get_by_text(f"Nog niet gezien: {shown[2]}")).to_be_visible()
        page.get_by_label("Fotografeer een kaart").set_input_files(files[:1])  # type: ignore[arg-type]
        expect(page.locator("#binnen li")).to_have_count(2)
        expect(page.locator("#binnen [data-entry]")).to_have_count(0)
        page.get_by_role("link", name="Klaar: bekijk deze stapel").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    finally:
        jobs.stop()
    (stack,) = live.running.house.store.read(stacks.of_workshop, live.workshop.id)
    assert len(live.running.house.store.read(stacks.files, stack.id)) == 2


CAMERA = """(() => {
  const bytes = Uint8Array.from(atob('%s'), sign => sign.charCodeAt(0)), canvas = document.createElement('canvas');
  navigator.mediaDevices.getUserMedia = async () => {
    const image = await createImageBitmap(new Blob([bytes]));
    [canvas.width, canvas.height] = [image.width, image.height];
    setInterval(() => canvas.getContext('2d').drawImage(image, 0, 0), 100);
    return canvas.captureStream(10);
  };
})()"""


def test_with_a_live_camera_one_tap_takes_a_card(browse: Browse, live: Live) -> None:
    house = live.running.house
    (number,) = piles.numbers(house, live.workshop, count=1)
    (written,) = piles.written(house, [number], piles.A6)
    picture = io.BytesIO()
    Image.fromarray(damage.damaged("clean-150", [written], 5).picture).save(picture, "PNG")
    page = browse(height=900)
    page.add_init_script(CAMERA % base64.b64encode(picture.getvalue()).decode())
    desk_at(page, live)
    expect(page.locator("#beeld")).to_be_visible()
    expect(page.locator("#beeld")).not_to_have_js_property("videoWidth", 0)
    page.get_by_role("button", name="Neem deze kaart").click()
    expect(page.locator("#binnen").get_by_text("Binnen, wordt gelezen")).to_be_visible()
    for key in house.store.read(stacks.undone):
        read_stack(house, key)
    expect(page.locator("#binnen").get_by_text(f"{number[:4]} {number[4:]} gelezen")).to_be_visible()


def test_a_photo_that_cannot_be_read_is_shown_with_the_advice(browse: Browse, live: Live) -> None:
    piles.numbers(live.running.house, live.workshop)
    page = desk(browse, live)
    noise = io.BytesIO()
    Image.effect_noise((700, 900), 90).save(noise, "JPEG")
    page.get_by_label("Fotografeer een kaart").set_input_files(
        {"name": "kaart.jpg", "mimeType": "image/jpeg", "buffer": noise.getvalue()}
    )
    expect(page.locator("#binnen").get_by_text("Binnen, wordt gelezen")).to_be_visible()
    for key in live.running.house.store.read(stacks.undone):
        read_stack(live.running.house, key)
    said = page.locator("#binnen li", has_text="Dit lees ik niet: nog eens, dichterbij.")
    expect(said.get_by_role("img", name="De foto die je nam")).to_be_visible()
    page.reload()
    expect(said.get_by_role("img", name="De foto die je nam")).to_be_visible()
    expect(page.locator("#binnen img").first).not_to_have_js_property("naturalWidth", 0)


def test_without_scripts_several_photos_are_one_pile(browse: Browse, live: Live) -> None:
    shown, files = photos(live)
    page = desk(browse, live, scripts=False)
    page.get_by_label("Fotografeer een kaart").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Binnen, wordt gelezen")).to_have_count(2)
    for key in live.running.house.store.read(stacks.undone):
        read_stack(live.running.house, key)
    page.get_by_role("link", name="Kijk of alles gelezen is").click()
    for number in shown[:2]:
        expect(page.get_by_text(f"{number} gelezen")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_camera_page_and_it_fits(browse: Browse, live: Live, width: int) -> None:
    page = desk(browse, live, width=width)
    found = [one["id"] for one in Axe().run(page).response["violations"]]
    assert not found
    assert page.evaluate("document.documentElement.scrollWidth") <= width
