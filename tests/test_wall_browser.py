"""The wall in a real browser: large, calm, fair, and still there when the network is not."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import Browse, Live
from tests.phone import photo
from workshop import ids
from workshop.domain import curating, ideas, themes, walls, workshops
from workshop.domain.ideas import Idea, Picture, Sent
from workshop.domain.walls import Wall
from workshop.pictures import clean

BEAMER = {"width": 1280, "height": 720}
LONG = " ".join(f"woord{number}" for number in range(210))
ODD = "<script>alert(1)</script><img src=x onerror=alert(2)>"
PLACES = "() => [...document.querySelectorAll('#ideeen > *')].map(one => JSON.stringify(one.getBoundingClientRect()))"
ON_SCREEN = """() => {
  const area = document.getElementById('blad').getBoundingClientRect();
  const there = box => box.right > area.left + 1 && box.left < area.right - 1;
  const all = [...document.querySelectorAll('#ideeen article')];
  return all.filter(one => [...one.getClientRects()].some(there)).map(one => one.dataset.id);
}"""
FITS = """() => {
  const area = document.getElementById('ideeen').getBoundingClientRect();
  const inside = box => box.bottom <= area.bottom + 1 && box.top >= area.top - 1;
  const all = [...document.querySelectorAll('#ideeen article, #ideeen img')];
  return all.every(one => [...one.getClientRects()].every(inside));
}"""
SHIFTS = """() => { window.moved = 0; new PerformanceObserver(list => {
  for (const one of list.getEntries()) window.moved += one.value;
}).observe({ type: 'layout-shift', buffered: false }); }"""


@pytest.fixture
def wall(live: Live) -> Wall:
    """A wall in the room."""
    return live.running.house.store.write(walls.make, live.workshop.id, "group")


def share(live: Live, words: str, *pictures: Picture, **more: Any) -> Idea:
    sent = Sent(words, "everyone_named", ids.token(), ids.token(), "qr", pictures=pictures, **more)
    return live.running.house.store.write(ideas.place, live.door, sent)


def picture(live: Live, width: int = 1200, height: int = 850) -> Picture:
    cleaned = clean(photo(size=(width, height)))
    return Picture(ids.new(), live.running.house.files.keep(cleaned.jpeg, "jpg"), cleaned.width, cleaned.height)


def now(live: Live, idea: Idea) -> Idea:
    return live.running.house.store.read(ideas.by_key, live.workshop.id, idea.id)


def watch(page: Page, live: Live, wall: Wall, more: str = "") -> Page:
    page.goto(live.at(f"muur/{wall.key}{more}"))
    expect(page.locator("#bladeren")).to_be_visible()
    page.evaluate("() => document.fonts.ready.then(() => true)")
    return page


def article(page: Page, words: str) -> Any:
    return page.locator("article", has_text=words)


def test_a_new_idea_stands_in_a_place_of_its_own_and_nothing_moves_until_the_page_turns(
    browse: Browse, live: Live, wall: Wall
) -> None:
    for number in range(12):
        share(live, f"Idee nummer {number} over de buurt, met een paar woorden erbij.")
    page = watch(browse(**BEAMER), live, wall)
    expect(page.locator("#waar")).to_contain_text("Blad 1 van")
    page.evaluate(SHIFTS)
    before = page.evaluate(PLACES)
    new = share(live, "Een jeu-de-boulesbaan.")
    expect(page.locator("#nieuw")).to_contain_text(f"Nieuw: Idee {new.nr} Een jeu-de-boulesbaan.")
    expect(page.locator("#aantal")).to_have_text("13 ideeën")
    assert page.evaluate(PLACES) == before
    assert page.evaluate("() => window.moved") == 0
    page.keyboard.press("ArrowRight")
    expect(page.locator("#nieuw")).to_be_empty()
    expect(article(page, "Een jeu-de-boulesbaan.")).to_have_count(1)


def test_turning_shows_every_idea_and_all_of_a_long_one(browse: Browse, live: Live, wall: Wall) -> None:
    made = [share(live, f"Idee nummer {number}.") for number in range(14)]
    made += [share(live, LONG), share(live, "", picture(live)), share(live, "Staand.", picture(live, 850, 1200))]
    page = watch(browse(**BEAMER), live, wall)
    expect(page.locator("#waar")).to_contain_text("Blad 1 van")
    pages = int(page.locator("#waar").inner_text().split()[-1])
    seen: set[str] = set()
    for number in range(pages):
        expect(page.locator("#waar")).to_have_text(f"Blad {number + 1} van {pages}")
        seen |= set(page.evaluate(ON_SCREEN))
        page.get_by_role("button", name="Volgende blad").click()
    expect(page.locator("#waar")).to_have_text(f"Blad 1 van {pages}")
    assert seen == {idea.id for idea in made}
    assert page.evaluate(FITS)


def test_ideas_that_came_before_a_turn_are_not_skipped_by_it(browse: Browse, live: Live, wall: Wall) -> None:
    made = [share(live, f"Idee nummer {number}, met wat woorden.") for number in range(10)]
    page = watch(browse(**BEAMER), live, wall)
    expect(page.locator("#waar")).to_contain_text("Blad 1 van")
    seen = set(page.evaluate(ON_SCREEN))
    made += [share(live, f"Later gekomen {number}, met wat woorden.") for number in range(8)]
    expect(page.locator("#aantal")).to_have_text("18 ideeën")
    for _ in range(12):
        page.keyboard.press("PageDown")
        seen |= set(page.evaluate(ON_SCREEN))
    assert seen == {idea.id for idea in made}


def test_the_wall_turns_by_itself_and_stops_for_who_wants_it_still(browse: Browse, live: Live, wall: Wall) -> None:
    for number in range(20):
        share(live, f"Idee nummer {number}.")
    page = browse(**BEAMER)
    page.clock.install()
    watch(page, live, wall)
    expect(page.locator("#waar")).to_contain_text("Blad 1 van")
    page.clock.run_for(31_000)
    expect(page.locator("#waar")).to_contain_text("Blad 2 van")
    page.keyboard.press(" ")
    expect(page.locator("#pauze")).to_have_text("Verder")
    page.clock.run_for(65_000)
    expect(page.locator("#waar")).to_contain_text("Blad 2 van")
    page.keyboard.press(" ")
    page.clock.run_for(31_000)
    expect(page.locator("#waar")).to_contain_text("Blad 3 van")


def test_nothing_turns_for_who_wants_no_motion_unless_they_chose_a_pace(browse: Browse, live: Live, wall: Wall) -> None:
    for number in range(20):
        share(live, f"Idee nummer {number}.")
    page = browse(**BEAMER, reduced_motion="reduce")
    page.clock.install()
    watch(page, live, wall)
    expect(page.locator("#waar")).to_contain_text("Blad 1 van")
    expect(page.locator("#pauze")).to_be_hidden()
    page.clock.run_for(125_000)
    expect(page.locator("#waar")).to_contain_text("Blad 1 van")
    watch(page, live, wall, "?tempo=60")
    expect(page.locator("#waar")).to_contain_text("Blad 1 van")
    page.clock.run_for(61_000)
    expect(page.locator("#waar")).to_contain_text("Blad 2 van")


def test_without_a_network_the_wall_stays_and_catches_up(browse: Browse, live: Live, wall: Wall) -> None:
    share(live, "Een bankje.", picture(live))
    page = browse(**BEAMER)
    page.clock.install()
    watch(page, live, wall)
    expect(article(page, "Een bankje.")).to_be_visible()
    page.context.set_offline(True)
    expect(page.locator("#verbinding")).to_contain_text("Geen verbinding. Laatste stand:")
    new = share(live, "Samen eten.")
    page.clock.run_for(3_600_000)
    page.keyboard.press("ArrowRight")
    expect(article(page, "Een bankje.")).to_be_visible()
    assert page.evaluate("() => document.querySelector('#ideeen img').naturalWidth") > 0
    page.context.set_offline(False)
    expect(page.locator("#nieuw")).to_contain_text(f"Nieuw: Idee {new.nr} Samen eten.")
    expect(page.locator("#verbinding")).to_be_empty()


def test_what_is_taken_away_goes_at_once_and_leaves_its_place(browse: Browse, live: Live, wall: Wall) -> None:
    made = [share(live, f"Idee nummer {number}.") for number in range(4)]
    page = watch(browse(**BEAMER), live, wall)
    before = page.evaluate(PLACES)
    live.running.house.store.write(ideas.withdraw, made[1])
    expect(article(page, "Idee nummer 1.")).to_have_count(0)
    assert page.evaluate(PLACES) == before
    live.running.house.store.write(curating.correct, made[2], live.facilitator.id, "Anders gezegd.")
    expect(article(page, "Anders gezegd.")).to_be_visible()


def test_the_desk_shows_one_idea_large_and_hides_what_comes(browse: Browse, live: Live, wall: Wall) -> None:
    write = live.running.house.store.write
    first, _ = share(live, "Een bankje."), share(live, "Samen eten.")
    page = watch(browse(**BEAMER), live, wall)
    expect(page.locator("#ideeen article:visible")).to_have_count(2)
    focused = write(walls.change, wall, focus_id=first.id)
    expect(page.locator("#ideeen article:visible")).to_have_count(1)
    expect(article(page, "Een bankje.")).to_be_visible()
    write(walls.change, focused, focus_id=None)
    expect(page.locator("#ideeen article:visible")).to_have_count(2)
    write(workshops.hide, live.workshop.id)
    share(live, "Geheim tot straks.")
    expect(page.locator("#nieuw")).to_contain_text("Er is 1 nieuw idee.")
    assert "Geheim" not in page.content()
    write(workshops.reveal, live.workshop.id)
    expect(article(page, "Geheim tot straks.")).to_be_visible()


def test_everything_can_be_done_with_keys(browse: Browse, live: Live, wall: Wall) -> None:
    made = [share(live, f"Idee met woord {number}.") for number in range(3)]
    page = watch(browse(**BEAMER), live, wall)
    expect(page.locator("#ideeen article:visible")).to_have_count(3)
    page.keyboard.type(str(made[1].nr))
    page.keyboard.press("Enter")
    expect(page.locator("#ideeen article:visible")).to_have_count(1)
    expect(article(page, "Idee met woord 1.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#ideeen article:visible")).to_have_count(3)
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    expect(page.locator("#waar")).to_have_text("Idee 99 hangt hier niet.")
    page.keyboard.press("d")
    expect(page.locator("html.dark")).to_have_count(1)
    assert "kleur=donker" in page.url
    page.reload()
    expect(page.locator("html.dark")).to_have_count(1)
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(str(made[0].nr))
    page.keyboard.press("Enter")
    expect(page.locator("#ideeen article:visible")).to_have_count(1)
    page.get_by_role("button", name="Weer alle ideeën").press("Enter")
    expect(page.locator("#ideeen article:visible")).to_have_count(3)


def test_odd_words_are_text_on_the_wall(browse: Browse, live: Live, wall: Wall) -> None:
    theme = live.running.house.store.write(themes.make, live.workshop.id, "<b>Thema</b>")
    idea = share(live, ODD, maker=ODD[:50])
    live.running.house.store.write(themes.put, idea, theme.id, live.facilitator.id)
    page = watch(browse(**BEAMER), live, wall)
    expect(article(page, ODD)).to_be_visible()
    new = share(live, "<b>vet</b> " + ODD)
    expect(page.locator("#nieuw")).to_contain_text("<b>vet</b>")
    page.keyboard.press("ArrowRight")
    expect(article(page, "<b>vet</b>")).to_be_visible()
    assert page.locator("#ideeen script, #ideeen img, #ideeen h2 b, article .words b").count() == 0
    assert now(live, new).words.startswith("<b>vet</b>")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
def test_it_is_readable_from_the_back_row_and_fits_the_screen(
    browse: Browse, live: Live, wall: Wall, size: tuple[int, int]
) -> None:
    share(live, "Een bankje.", picture(live))
    share(live, "W" * 300)
    page = watch(browse(*size), live, wall)
    letters = page.locator(".words").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert letters >= 32 * min(size[0] / 1280, size[1] / 720) - 0.1
    root = "document.documentElement"
    assert page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == list(size)
    expect(page.get_by_role("img", name="QR-code om mee te doen")).to_be_in_viewport(ratio=1)
    number = live.doors[""].number
    expect(page.get_by_text(f"{number[:3]} {number[3:]}")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_it_is_one_list(browse: Browse, live: Live, wall: Wall, scripts: bool) -> None:
    share(live, "Een bankje.", picture(live))
    share(live, LONG)
    page = browse(scripts=scripts)
    page.goto(live.at(f"muur/{wall.key}"))
    expect(article(page, "Een bankje.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    if scripts:
        share(live, "Samen eten.")
        expect(article(page, "Samen eten.")).to_be_visible()


@pytest.mark.parametrize("how", ["", "?taal=en&kleur=donker"])
def test_axe_finds_nothing_on_the_wall(browse: Browse, live: Live, wall: Wall, how: str) -> None:
    idea = share(live, "Een bankje.", picture(live))
    share(live, LONG, maker="Riet")
    live.running.house.store.write(curating.put_on_wall, now(live, idea), live.facilitator.id)
    for size in ((1280, 720), (320, 640)):
        page = watch(browse(*size), live, wall, how)
        expect(article(page, "Een bankje.")).to_be_visible()
        page.locator("details").evaluate("one => one.open = true")
        answer = Axe().run(page)
        assert answer.violations_count == 0, answer.generate_report()
