"""The board in a real browser: by hand, by keys, by finger, without scripts, with two people, small and large."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import Browse, Live
from tests.desk_live import joined, sign_in
from workshop import clock, ids
from workshop.domain import board, curating, ideas, joining, themes
from workshop.domain.ideas import Idea, Sent
from workshop.domain.themes import Theme
from workshop.store import Tx

WORDS = (
    "Een lamp bij de brug.",
    "Samen eten op donderdag.",
    "Een bankje bij de bushalte.",
    "Iemand die meeloopt naar de dokter.",
)
Board = dict[str, list[int]]


@pytest.fixture
def came_in(live: Live) -> list[Idea]:
    """Four ideas, oldest first; their numbers are 1 to 4."""
    return [share(live, words, minutes) for minutes, words in zip((-40, -30, -20, -10), WORDS, strict=True)]


@pytest.fixture
def two_themes(live: Live, came_in: list[Idea]) -> list[Theme]:
    """Two themes; ideas 1 and 2 are in the first."""
    write = live.running.house.store.write
    made = [write(themes.make, live.workshop.id, name) for name in ("Buiten", "Samen")]
    for idea in came_in[:2]:
        write(themes.put, idea, made[0].id, live.facilitator.id)
    return made


def share(live: Live, words: str, minutes: int = 0) -> Idea:
    clock.shift(minutes=minutes)
    made = live.running.house.store.write(
        ideas.place, live.door, Sent(words, "everyone", ids.token(), ids.token(), "qr")
    )
    clock.shift()
    return made


def laid(live: Live) -> Board:
    """Return the numbers on the board by the name of their theme, as they are stored."""
    columns = live.running.house.store.read(board.columns, live.workshop.id)
    return {one.theme.name if one.theme else "": [card.idea.nr for card in one.cards] for one in columns}


def eventually(page: Page, live: Live, wanted: Board) -> None:
    """Wait until the board is stored like this."""
    for _ in range(150):
        if laid(live) == wanted:
            return
        page.wait_for_timeout(100)
    assert laid(live) == wanted


def at_board(page: Page, live: Live, who: str = "") -> Page:
    sign_in(page, live, who).goto(live.at(f"bureau/{live.workshop.id}/bord"))
    return page


def card(page: Page, nr: int) -> Locator:
    return page.locator(f'[data-nr="{nr}"]')


def link(page: Page, nr: int) -> Locator:
    return card(page, nr).locator("[data-main]")


def column(page: Page, name: str) -> Locator:
    return page.locator("[data-column]").filter(has=page.get_by_role("heading", name=name))


def numbers(page: Page, name: str) -> list[str]:
    """Return the numbers one sees in a column."""
    return [one.get_attribute("data-nr") or "" for one in column(page, name).locator("[data-card]").all()]


def drag(page: Page, what: Locator, to: Locator, *, above: bool = False) -> None:
    page.evaluate("scrollTo(0, 0)")
    from_box, box = what.bounding_box(), to.bounding_box()
    assert from_box
    assert box
    page.mouse.move(from_box["x"] + 60, from_box["y"] + from_box["height"] - 12)
    page.mouse.down()
    page.mouse.move(from_box["x"] + 90, from_box["y"] + 40, steps=3)
    there = box["y"] + (12 if above else box["height"] - 20)
    page.mouse.move(box["x"] + box["width"] / 2, min(there, 820), steps=6)  # not where a longer board would scroll
    expect(page.locator(".ghost")).to_be_visible()
    page.mouse.up()


def test_a_card_is_dragged_into_a_theme_to_the_place_where_it_was_let_go(
    browse: Browse, live: Live, two_themes: list[Theme]
) -> None:
    page = at_board(browse(width=1280, height=900), live)
    drag(page, card(page, 3), card(page, 2), above=True)
    eventually(page, live, {"": [4], "Buiten": [1, 3, 2], "Samen": []})
    expect(page.get_by_text("1 idee verplaatst.")).to_be_visible()
    drag(page, card(page, 1), column(page, "Samen"))
    eventually(page, live, {"": [4], "Buiten": [3, 2], "Samen": [1]})
    expect(page.get_by_text("1 idee verplaatst.")).to_be_visible()
    page.keyboard.press("u")
    eventually(page, live, {"": [4], "Buiten": [1, 3, 2], "Samen": []})
    expect(column(page, "Buiten").locator("[data-card]")).to_have_count(3)
    assert numbers(page, "Buiten") == ["1", "3", "2"]


def test_while_a_change_is_on_its_way_the_one_before_cannot_be_undone_by_mistake(
    browse: Browse, live: Live, two_themes: list[Theme]
) -> None:
    page = at_board(browse(width=1280, height=900), live)
    drag(page, card(page, 3), card(page, 2), above=True)
    expect(page.get_by_text("1 idee verplaatst.")).to_be_visible()
    sent: list[Route] = []
    page.route("**/bord/verplaats", lambda route: sent.append(route))
    drag(page, card(page, 1), column(page, "Samen"))
    expect(page.get_by_text("1 idee verplaatst.")).to_have_count(0)
    page.keyboard.press("u")
    sent[0].continue_()
    expect(page.get_by_text("1 idee verplaatst.")).to_be_visible()
    assert laid(live) == {"": [4], "Buiten": [3, 2], "Samen": [1]}


def test_chosen_cards_are_dragged_together_and_escape_lets_them_lie(
    browse: Browse, live: Live, two_themes: list[Theme]
) -> None:
    page = at_board(browse(width=1280, height=900), live)
    for nr in (3, 4):
        card(page, nr).get_by_role("checkbox").check()
    box = card(page, 3).bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(700, 500, steps=4)
    page.keyboard.press("Escape")
    expect(page.locator(".ghost")).to_have_count(0)
    page.mouse.up()
    drag(page, card(page, 4), column(page, "Samen"))
    eventually(page, live, {"": [], "Buiten": [1, 2], "Samen": [3, 4]})


def test_a_finger_drags_by_the_grip(browse: Browse, live: Live, two_themes: list[Theme]) -> None:
    page = at_board(browse(width=1280, height=900, has_touch=True), live)
    grip, to = card(page, 3).locator("[data-grip]").bounding_box(), column(page, "Samen").bounding_box()
    assert grip
    assert to
    touch = page.context.new_cdp_session(page)
    x, y = grip["x"] + 20, grip["y"] + 20
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for at in ((x + 40, y + 20), (to["x"] + 60, to["y"] + 150), (to["x"] + 80, to["y"] + 160)):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": at[0], "y": at[1]}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    eventually(page, live, {"": [4], "Buiten": [1, 2], "Samen": [3]})


def test_by_keyboard_alone_ideas_are_moved_ordered_chosen_and_joined(
    browse: Browse, live: Live, two_themes: list[Theme]
) -> None:
    page = at_board(browse(width=1280, height=900), live)
    link(page, 3).focus()
    page.keyboard.press("m")
    expect(page.get_by_role("heading", name="Verplaats idee 3 naar")).to_be_visible()
    page.keyboard.press("1")
    eventually(page, live, {"": [4], "Buiten": [1, 2, 3], "Samen": []})
    expect(link(page, 3)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    eventually(page, live, {"": [4], "Buiten": [3, 1, 2], "Samen": []})
    expect(link(page, 3)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(link(page, 1)).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_text("Gekozen ideeën 2")).to_be_visible()
    page.keyboard.press("v")
    expect(page.get_by_role("heading", name="Ideeën samenvoegen")).to_be_visible()
    page.get_by_role("button", name="Neem deze woorden over van idee 1").press("Enter")
    expect(page.get_by_label("De woorden van samen")).to_have_value(WORDS[0])
    page.get_by_role("button", name="Voeg samen", exact=True).press("Enter")
    expect(page.get_by_text("Samengevoegd. Iedereen is erbij gebleven.")).to_be_visible()
    assert laid(live) == {"": [4], "Buiten": [5, 2], "Samen": []}
    page.keyboard.press("u")
    expect(page.get_by_text("Dit was een samengevoegd idee.")).to_be_visible()
    assert laid(live) == {"": [4], "Buiten": [3, 1, 2], "Samen": []}


def test_by_arrow_and_enter_in_the_list_of_themes_and_left_and_right_on_the_board(
    browse: Browse, live: Live, two_themes: list[Theme]
) -> None:
    page = at_board(browse(width=1280, height=900), live)
    link(page, 4).focus()
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    eventually(page, live, {"": [3], "Buiten": [1, 2], "Samen": [4]})
    page.keyboard.press("ArrowLeft")
    expect(link(page, 1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(link(page, 3)).to_be_focused()
    page.keyboard.press("Tab")
    expect(link(page, 3)).not_to_be_focused()
    page.keyboard.press("n")
    page.keyboard.type("Vervoer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vervoer")).to_be_visible()
    expect(page.get_by_label("Nieuw thema")).to_have_value("")
    page.keyboard.type("vervoer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Er is al een thema met deze naam.")).to_be_visible()


def test_letters_do_nothing_when_keys_are_switched_off(browse: Browse, live: Live, two_themes: list[Theme]) -> None:
    page = at_board(browse(width=1280, height=900), live)
    page.keyboard.press("?")
    page.get_by_label("Sneltoetsen gebruiken").uncheck()
    page.get_by_role("button", name="Sluiten").click()
    link(page, 3).focus()
    for key in ("m", "j", "n"):
        page.keyboard.press(key)
    expect(page.locator("#verplaats")).not_to_be_visible()
    expect(link(page, 3)).to_be_focused()
    expect(card(page, 3).get_by_role("checkbox")).not_to_be_checked()


def test_two_at_one_board_see_each_other_and_lose_nothing_of_what_they_do(
    browse: Browse, live: Live, two_themes: list[Theme]
) -> None:
    anna, other = (
        at_board(browse(width=1280, height=900), live),
        at_board(browse(width=1280, height=900), live, joined(live, "Bram")),
    )
    column(anna, "Samen").get_by_text("Thema veranderen").click()
    column(anna, "Samen").get_by_label("Naam, in gewone woorden").fill("Samen zijn")
    card(anna, 4).get_by_role("checkbox").check()
    column(anna, "Samen").get_by_label("Naam, in gewone woorden").focus()
    link(other, 3).focus()
    other.keyboard.press("m")
    other.keyboard.press("2")
    expect(column(anna, "Samen").locator('[data-nr="3"]')).to_be_visible()
    expect(anna.get_by_text("Bram verplaatste idee 3.")).to_be_visible()
    expect(column(anna, "Samen").get_by_label("Naam, in gewone woorden")).to_be_focused()
    expect(column(anna, "Samen").get_by_label("Naam, in gewone woorden")).to_have_value("Samen zijn")
    expect(card(anna, 4).get_by_role("checkbox")).to_be_checked()
    anna.keyboard.press("Enter")
    expect(column(other, "Samen zijn")).to_be_visible()
    share(live, "Een nieuw idee.")
    expect(card(other, 5)).to_be_visible()
    expect(other.get_by_text("Er is een nieuw idee: 5.")).to_be_visible()


def test_dragging_goes_on_while_somebody_else_changes_the_board(
    browse: Browse, live: Live, came_in: list[Idea], two_themes: list[Theme]
) -> None:
    page = at_board(browse(width=1280, height=900), live)
    from_box, to = card(page, 3).bounding_box(), column(page, "Samen").bounding_box()
    assert from_box
    assert to
    page.mouse.move(from_box["x"] + 60, from_box["y"] + 80)
    page.mouse.down()
    page.mouse.move(to["x"] + 60, to["y"] + 150, steps=5)
    live.running.house.store.write(themes.put, came_in[3], two_themes[1].id, joined(live, "Bram"))
    page.wait_for_timeout(2500)  # more than one look: nothing may move under a hand
    expect(page.locator(".ghost")).to_be_visible()
    expect(column(page, "Samen").locator("[data-card]")).to_have_count(0)
    page.mouse.up()
    eventually(page, live, {"": [], "Buiten": [1, 2], "Samen": [4, 3]})
    expect(column(page, "Samen").locator("[data-card]")).to_have_count(2)


def test_what_somebody_changed_a_moment_ago_is_not_overwritten_and_the_card_shows_it(
    browse: Browse, live: Live, came_in: list[Idea], two_themes: list[Theme]
) -> None:
    page = at_board(browse(width=1280, height=900), live)
    page.route("**/polsslag", lambda route: route.abort())  # this board does not hear of it in time
    live.running.house.store.write(curating.correct, came_in[3], joined(live, "Bram"), "Meelopen naar de dokter.")
    link(page, 4).focus()
    page.keyboard.press("m")
    page.keyboard.press("2")
    expect(page.get_by_text("Bram veranderde net idee 4. Er is niets overschreven.")).to_be_visible()
    expect(card(page, 4)).to_contain_text("Meelopen naar de dokter.")
    assert laid(live)[""] == [3, 4]
    assert numbers(page, "Nog geen thema") == ["3", "4"]


def test_without_scripts_at_320_px_ideas_are_themed_ordered_joined_and_loosened(
    browse: Browse, live: Live, two_themes: list[Theme]
) -> None:
    page = at_board(browse(scripts=False), live)
    card(page, 3).get_by_role("checkbox").check()
    page.locator("#thema").select_option(label="Samen")
    page.get_by_role("button", name="Verplaats", exact=True).click()
    page.get_by_role("button", name="Idee 2 omhoog").click()
    assert laid(live) == {"": [4], "Buiten": [2, 1], "Samen": [3]}
    page.get_by_role("button", name="Ongedaan maken").click()
    assert laid(live)["Buiten"] == [1, 2]
    for nr in (1, 3):
        card(page, nr).get_by_role("checkbox").check()
    page.get_by_role("button", name="Samenvoegen").click()
    page.get_by_label("De woorden van samen").fill("Samen onder de lamp.")
    page.get_by_role("button", name="Laat zien hoe het wordt").click()
    expect(page.locator("[data-preview]")).to_have_text("Samen onder de lamp.")
    page.get_by_role("button", name="Voeg samen", exact=True).click()
    page.get_by_text("Weer losmaken").click()
    page.get_by_role("button", name="Maak ze weer los").click()
    assert laid(live) == {"": [4], "Buiten": [1, 2], "Samen": [3]}


def test_a_suggestion_leads_to_joining_and_can_be_put_away(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    share(live, "Bij de bushalte graag een bankje.")
    page = at_board(browse(width=1280, height=900), live)
    page.get_by_text("Lijken deze op elkaar?").click()
    page.get_by_role("link", name="Bekijk en voeg samen").click()
    expect(page.get_by_role("heading", name="Idee 3")).to_be_visible()
    expect(page.get_by_role("heading", name="Idee 5")).to_be_visible()
    page.go_back()
    page.locator(".alike").evaluate("fold => (fold.open = true)")
    page.get_by_role("button", name="Nee, verschillend").click()
    expect(page.get_by_role("link", name="Bekijk en voeg samen")).not_to_be_visible()
    page.reload()
    page.locator(".alike").evaluate("fold => (fold.open = true)")
    expect(page.get_by_role("link", name="Bekijk en voeg samen")).not_to_be_visible()
    assert laid(live) == {"": [1, 2, 3, 4, 5]}


def pages(live: Live, came_in: list[Idea]) -> dict[str, str]:
    """Return the pages of this part, with a joined idea, a prepared bar and open forms."""
    here = f"/bureau/{live.workshop.id}"
    made = live.running.house.store.write(
        _joined, live.workshop.id, [one.id for one in came_in[1:3]], live.facilitator.id
    )
    return {
        "board": f"{here}/bord?gedaan=verplaatst&stap=x&aantal=2&sinds=0",
        "join": f"{here}/samenvoegen?nummers=1,4,9",
        "joined": f"{here}/ideeen/{made.id}?gedaan=samengevoegd&idee={made.id}&versie={made.version}",
        "part": f"{here}/ideeen/{came_in[1].id}",
    }


def _joined(tx: Tx, workshop_id: str, keys: list[str], who: str) -> Idea:
    with curating.as_one(tx):
        return joining.join(tx, workshop_id, keys, "", who)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing(
    browse: Browse, live: Live, came_in: list[Idea], two_themes: list[Theme], language: str
) -> None:
    page, axe, found = at_board(browse(width=1280), live), Axe(), {}
    for name, path in pages(live, came_in).items():
        page.goto(live.at(f"{path}{'&' if '?' in path else '?'}taal={language}"))
        for part in page.locator("details").all():
            part.evaluate("part => part.open = true")
        answer = axe.run(page)
        if answer.violations_count:
            found[name] = answer.generate_report()
    assert found == {}


@pytest.mark.parametrize(("width", "letters"), [(320, 100), (320, 200), (1280, 200)])
def test_nothing_scrolls_sideways_but_the_board_itself(
    browse: Browse, live: Live, came_in: list[Idea], two_themes: list[Theme], width: int, letters: int
) -> None:
    page, wide = at_board(browse(width=width), live), {}
    for name, path in pages(live, came_in).items():
        page.goto(live.at(path))
        page.evaluate(
            "size => { const sheet = new CSSStyleSheet(); sheet.replaceSync(`html { font-size: ${size}% !important }`);"
            " document.adoptedStyleSheets = [sheet] }",
            112.5 * letters / 100,
        )
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            wide[name] = over
    assert wide == {}


def test_whatever_one_presses_is_large(
    browse: Browse, live: Live, came_in: list[Idea], two_themes: list[Theme]
) -> None:
    page, small = at_board(browse(width=1280), live), []
    for path in pages(live, came_in).values():
        page.goto(live.at(path))
        small += page.evaluate(
            "[...document.querySelectorAll('main :is(button, .button, select, textarea, input, summary, .tick)')]"
            ".filter(one => one.checkVisibility() && one.type !== 'hidden' && !one.matches('.tick *'))"
            ".filter(one => one.getBoundingClientRect().height < 43)"
            ".map(one => `${location.pathname} ${one.outerHTML.slice(0, 90)}`)"
        )
    assert small == []
