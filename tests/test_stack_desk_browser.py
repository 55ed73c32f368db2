"""Paper at the desk in a real browser: typing by keyboard alone, two people at once, a dragged frame, no scripts."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import piles, returned
from tests.browser import Browse, Live
from tests.desk_live import joined, sign_in
from workshop import tasks
from workshop.domain import ideas, paper, stacks
from workshop.domain.ideas import Idea


def now(live: Live, idea: Idea) -> Idea:
    return live.running.house.store.read(ideas.by_key, idea.workshop_id, idea.id)


def _at(page: Page, idea: Idea) -> None:
    """The page is at this card, and its keys listen: they do once the tools of the picture show."""
    expect(page.locator(f"form[action$='{idea.id}']")).to_be_visible()
    expect(page.locator("[data-picture-tools]")).to_be_visible()


def came_back(live: Live, count: int, **more: object) -> list[Idea]:
    return returned.cards(live.running.house, live.workshop, live.facilitator.id, count, **more)  # type: ignore[arg-type]


def lines() -> bytes:
    """Return a photo of a page on which nothing of ours is printed: it lies, with a dark block at the right."""
    picture = Image.new("RGB", (900, 600), "white")
    for top in range(100, 500, 60):
        picture.paste("#335", (80, top, 400, top + 8))
    picture.paste("#225", (560, 160, 760, 420))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def read_stacks(live: Live) -> None:
    """Do the background work."""
    for one in live.running.house.store.read(stacks.undone):
        tasks.read_stack(live.running.house, one)


def test_a_pile_is_typed_over_by_keyboard_alone(browse: Browse, live: Live) -> None:
    first, second, third, fourth = came_back(live, 4)
    page = sign_in(browse(width=1280, height=800), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/overtypen"))
    expect(page.locator("main :focus")).to_be_visible()
    page.keyboard.press("Enter")
    _at(page, first)
    expect(page.get_by_text("1 van 4")).to_be_visible()
    expect(page.locator("#woorden")).to_be_focused()
    page.keyboard.type("Een bankje bij de [?] vijver")
    page.keyboard.press("Alt+4")
    page.keyboard.press("Alt+t")
    page.keyboard.press("Control+Enter")
    _at(page, second)
    expect(page.get_by_text("2 van 4")).to_be_visible()
    idea = now(live, first)
    assert (idea.words, idea.perspective, idea.for_other) == ("Een bankje bij de [?] vijver", "burger", True)
    assert (idea.visibility, idea.asked) == ("everyone", "")
    page.keyboard.press("Alt+n")
    _at(page, third)
    expect(page.get_by_text("3 van 4")).to_be_visible()
    assert now(live, second).typing == "drawing"
    page.keyboard.press("Alt+s")
    _at(page, fourth)
    page.keyboard.press("Alt+m")
    _at(page, third)
    assert now(live, fourth).typing == "ask_maker"
    page.keyboard.press("Alt+b")
    _at(page, fourth)
    page.keyboard.type("Toch te lezen")
    page.keyboard.press("Control+Enter")
    _at(page, third)
    page.keyboard.press("Alt+o")
    expect(page.get_by_text("Dat was de laatste.")).to_be_visible()
    assert (now(live, fourth).words, now(live, third).typing) == ("Toch te lezen", "unreadable")


def test_the_picture_grows_and_shows_as_it_was_scanned(browse: Browse, live: Live) -> None:
    (card,) = came_back(live, 1)
    page = sign_in(browse(width=1280, height=800), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/overtypen/{card.id}"))
    image = page.locator(".zoom img")
    usual = (image.bounding_box() or {})["width"]
    page.keyboard.press("Alt+=")
    assert (image.bounding_box() or {})["width"] > usual * 1.3
    page.keyboard.press("Alt+-")
    assert (image.bounding_box() or {})["width"] == pytest.approx(usual, abs=2)
    page.keyboard.press("Alt+p")
    expect(image).to_have_attribute("src", re.compile("/gescand$"))
    expect(image).not_to_have_js_property("naturalWidth", 0)


def test_two_people_type_one_pile_and_never_the_same_card(browse: Browse, live: Live) -> None:
    cards = came_back(live, 4)
    hanna = joined(live, "Hanna", "helper")
    one, two = (sign_in(browse(width=1000), live, who) for who in ("", hanna))
    for page in (one, two):
        page.goto(live.at(f"bureau/{live.workshop.id}/overtypen"))
        expect(page.locator("main :focus")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator("#woorden")).to_be_focused()
    for _ in range(2):
        assert one.url.partition("?")[0] != two.url.partition("?")[0]
        for name, page in (("Anna", one), ("Hanna", two)):
            was = page.url
            page.keyboard.type(f"door {name}")
            page.keyboard.press("Control+Enter")
            page.wait_for_url(lambda url, was=was: url != was)
    for page in (one, two):
        page.reload()
        expect(page.get_by_text("Alles is overgetypt.")).to_be_visible()
    assert sorted(now(live, card).words for card in cards) == ["door Anna", "door Anna", "door Hanna", "door Hanna"]


def test_everything_works_without_scripts(browse: Browse, live: Live, tmp_path: Path) -> None:
    house = live.running.house
    (number,) = piles.numbers(house, live.workshop, count=1)
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(lines())
    page = sign_in(browse(scripts=False), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/papier"))
    page.get_by_label("Een PDF van het kopieerapparaat, of foto’s").set_input_files(photo)
    page.get_by_role("button", name="Lees deze stapel in").click()
    expect(page.get_by_text("Je papier is veilig bewaard.")).to_be_visible()
    read_stacks(live)
    page.get_by_role("link", name="Kijk hoe ver het is").click()
    expect(page.get_by_text("1 bladzijde binnen, 1 in een bakje.")).to_be_visible()
    page.get_by_role("link", name="1 bladzijde bekijken").click()
    page.get_by_role("button", name="Kwartslag draaien").click()
    page.get_by_label("Nummer van de kaart").fill(number)
    page.get_by_label("Welk stuk van de bladzijde?").select_option("onder")
    page.get_by_role("button", name="Zet bij dit nummer").click()
    expect(page.get_by_text("De kaart is toegevoegd.")).to_be_visible()
    page.get_by_role("link", name="1 idee overtypen").click()
    page.get_by_role("button", name="Begin met overtypen").click()
    page.get_by_label("Wat staat er?").fill("Een blok")
    page.get_by_role("button", name="Bewaren en volgende").click()
    expect(page.get_by_text("Alles is overgetypt.")).to_be_visible()
    idea = house.store.read(paper.idea_of, number)
    assert idea
    assert (idea.words, idea.typing) == ("Een blok", "typed")


def test_a_stack_shows_by_itself_when_it_was_read(browse: Browse, live: Live, tmp_path: Path) -> None:
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(lines())
    page = sign_in(browse(), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/papier"))
    page.get_by_label("Een PDF van het kopieerapparaat, of foto’s").set_input_files([photo, photo])
    page.get_by_role("button", name="Lees deze stapel in").click()
    expect(page.get_by_role("heading", name="Wacht even")).to_be_visible()
    page.evaluate("scrollTo(0, 40)")
    read_stacks(live)
    expect(page.get_by_text("2 bladzijden binnen, 2 in een bakje.")).to_be_visible()


def test_what_is_no_paper_is_refused_on_the_spot(browse: Browse, live: Live, tmp_path: Path) -> None:
    letter = tmp_path / "brief.docx"
    letter.write_bytes(b"PK\3\4 een brief")
    page = sign_in(browse(), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/papier"))
    files = page.get_by_label("Een PDF van het kopieerapparaat, of foto’s")
    files.set_input_files(letter)
    page.get_by_role("button", name="Lees deze stapel in").click()
    expect(page.get_by_text("“brief.docx” is geen PDF of foto.")).to_be_visible()
    page.locator("[data-drop]").evaluate("form => { form.dataset.most = 0; form.dataset.mostFile = 1 }")
    page.get_by_role("button", name="Lees deze stapel in").click()
    expect(page.get_by_text("Er is niets bewaard, je papier is veilig. Breng hem in twee delen")).to_be_visible()


def test_a_frame_is_dragged_around_a_card_and_letters_press_buttons(browse: Browse, live: Live) -> None:
    house = live.running.house
    (number,) = piles.numbers(house, live.workshop, count=1)
    for _ in range(2):
        piles.brought(house, live.workshop, lines() + bytes([_]))
    read_stacks(live)
    page = sign_in(browse(width=1280, height=900), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/papier/kijken"))
    page.keyboard.press("x")
    expect(page.get_by_text("De bladzijde is weggelegd. Hij blijft bewaard.")).to_be_visible()
    box = page.locator("[data-frame] img").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.86, box["y"] + box["height"] * 0.72, steps=4)
    page.mouse.up()
    expect(page.locator("#nummer")).to_be_focused()
    assert page.locator("#deel").input_value() == "eigen"
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect(page.get_by_text("De kaart is toegevoegd.")).to_be_visible()
    idea = house.store.read(paper.idea_of, number)
    assert idea
    (seen,) = house.store.read(stacks.sightings_of, number)
    whole = house.store.read(stacks.page, live.workshop.id, seen.page_id)
    (left, top), _, (right, bottom), _ = ((x / whole.width, y / whole.height) for x, y in seen.corners)
    assert (left, top, right, bottom) == pytest.approx((0.6, 0.25, 0.86, 0.72), abs=0.015)
    page.keyboard.press("u")
    expect(page.get_by_text("De kaart is weer losgemaakt van dit nummer.")).to_be_visible()
    assert house.store.read(paper.idea_of, number) is None
