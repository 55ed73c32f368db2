"""The desk in a real browser: by keyboard, with two people at once, without scripts, small and large."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Request, expect

from tests import returned
from tests.browser import Browse, Live
from tests.conftest import CARD, PASSPHRASE
from tests.desk_live import joined, sign_in
from workshop import clock, ids
from workshop.domain import curating, facilitators, ideas, orders, paper, stacks, walls
from workshop.domain.ideas import Idea, Sent
from workshop.jobs import Jobs

WORDS = ("Een lamp bij de brug.", "Samen eten op donderdag.", "Een bankje bij de bushalte.")


@pytest.fixture
def came_in(live: Live) -> list[Idea]:
    """Three ideas on the first card, oldest first."""
    made = []
    for minutes, words in zip((-30, -20, -10), WORDS, strict=True):
        clock.shift(minutes=minutes)
        sent = Sent(words, "everyone", ids.token(), ids.token(), "qr")
        made.append(live.running.house.store.write(ideas.place, live.door, sent))
    clock.shift()
    return made


def status(live: Live, idea: Idea) -> str:
    """Return the status of an idea as it is now."""
    return live.running.house.store.read(ideas.by_key, idea.workshop_id, idea.id).status


def pages(live: Live, came_in: list[Idea]) -> dict[str, str]:
    """Return the address of every page of the desk."""
    here = f"/bureau/{live.workshop.id}"
    house = live.running.house
    what = {"document": "cards", "format": "auto"}
    ordered = house.store.write(orders.order, live.workshop.id, live.facilitator.id, what)
    house.store.write(curating.correct, came_in[0], live.facilitator.id, "Een goede lamp bij de brug.")
    house.store.write(curating.set_aside, came_in[1], live.facilitator.id, "Later.")
    card, late = returned.cards(house, live.workshop, live.facilitator.id, 2, kind="a5")
    page = returned.page_with(house, card)
    sheet = returned.sheet(house, live.workshop, live.facilitator.id)
    counted = house.store.read(stacks.page, live.workshop.id, sheet.page_id)
    house.store.write(paper.type_over, late, live.facilitator.id, "", {}, "unreadable")
    link = house.store.write(facilitators.invite, live.workshop.id, "facilitator", live.facilitator.id)
    house.store.write(walls.make, live.workshop.id, "group")
    return {
        "mine": "/bureau/",
        "new": "/bureau/nieuw",
        "account": "/bureau/account",
        "help": "/bureau/hulp/printen",
        "link": f"/bureau/link/{link}",
        "gone": "/bureau/link/gone",
        "not there": f"/bureau/{live.workshop.id[::-1]}",
        "home": here,
        "details": f"{here}/gegevens",
        "programmes": f"{here}/programmas",
        "programme": f"{here}/programmas/kennismaken?tafels=2",
        "cards": f"{here}/kaarten?zittend=1&stap=3",
        "card": f"{here}/kaarten/{CARD}",
        "printing": f"{here}/printen",
        "order": f"{here}/printen/{ordered.id}",
        "ideas": f"{here}/ideeen?gedaan=gelezen&idee={came_in[2].id}&versie=1",
        "idea": f"{here}/ideeen/{came_in[0].id}",
        "aside": f"{here}/ideeen/{came_in[1].id}",
        "paper": f"{here}/papier?gedaan=opzij&blad={page.id}",
        "stack": f"{here}/papier/{page.stack_id}",
        "counted": f"{here}/papier/{counted.stack_id}",
        "look": f"{here}/papier/bladzijde/{page.id}?gedaan=draai",
        "typing": f"{here}/overtypen",
        "typing card": f"{here}/overtypen/{card.id}",
        "paper help": "/bureau/hulp/papier-terug",
        "walls": f"{here}/muur?gedaan=muur",
        "wall help": "/bureau/hulp/muur",
    }


def test_by_keyboard_alone_an_idea_is_read_put_on_the_wall_and_taken_back(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    page = sign_in(browse(width=1280, height=800), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/ideeen"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.get_by_text("Gelezen.", exact=True)).to_be_visible()
    assert [status(live, idea) for idea in came_in] == ["received", "read", "received"]
    page.keyboard.press("w")
    expect(page.get_by_text("Op de muur gezet.")).to_be_visible()
    assert status(live, came_in[1]) == "wall"
    page.keyboard.press("u")
    expect(page.get_by_text("Ongedaan gemaakt.")).to_be_visible()
    assert status(live, came_in[1]) == "read"


def test_by_keyboard_alone_words_are_corrected_and_an_idea_is_set_aside(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    page = sign_in(browse(width=1280, height=800), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/ideeen"))
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_label("Zo komt het er te staan")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" Jou red.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De woorden zijn verbeterd.")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Opzij leggen").press("Enter")
    expect(page.get_by_text("Opzij gelegd.", exact=True)).to_be_visible()
    assert status(live, came_in[2]) == "set_aside"


def test_keys_can_be_looked_up_and_switched_off(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    page = sign_in(browse(width=1280, height=800), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/ideeen"))
    page.keyboard.press("?")
    page.get_by_label("Sneltoetsen gebruiken").uncheck()
    page.get_by_role("button", name="Sluiten").click()
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.reload()
    page.keyboard.press("r")
    page.wait_for_timeout(200)
    assert {status(live, idea) for idea in came_in} == {"received"}


def test_cards_are_chosen_by_arrow_and_space_and_the_count_follows(browse: Browse, live: Live) -> None:
    page = sign_in(browse(width=1280, height=800), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/kaarten?set=luisteren"))
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.get_by_text("3 kaarten gekozen")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_text("2 kaarten gekozen")).to_be_visible()
    page.reload()
    expect(page.get_by_text("2 kaarten gekozen")).to_be_visible()


def test_two_browsers_on_one_idea_the_second_sees_the_newer_version(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    where = live.at(f"bureau/{live.workshop.id}/ideeen/{came_in[0].id}#verbeteren")
    anna, bram = sign_in(browse(width=1280), live), sign_in(browse(width=1280), live, joined(live, "Bram"))
    for page in (anna, bram):
        page.goto(where)
    bram.get_by_label("Zo komt het er te staan").fill("Van Bram.")
    bram.get_by_role("button", name="Bewaren").first.click()
    expect(bram.get_by_text("De woorden zijn verbeterd.")).to_be_visible()
    anna.get_by_label("Zo komt het er te staan").fill("Van Anna.")
    anna.get_by_role("button", name="Bewaren").first.click()
    expect(anna.get_by_role("heading", name="Bram heeft dit net veranderd")).to_be_visible()
    expect(anna.get_by_text("Van Bram.")).to_be_visible()
    expect(anna.get_by_label("Deze woorden bewaren:")).to_have_value("Van Anna.")
    anna.get_by_role("button", name="Toch doen").click()
    expect(anna.get_by_text("De woorden zijn verbeterd.")).to_be_visible()
    assert live.running.house.store.read(ideas.by_key, live.workshop.id, came_in[0].id).words == "Van Anna."


def test_an_invitation_works_once_from_link_to_desk_without_scripts(browse: Browse, live: Live) -> None:
    anna = sign_in(browse(width=1280, scripts=False), live)
    anna.goto(live.at(f"bureau/{live.workshop.id}"))
    anna.get_by_role("button", name="Maak een link").click()
    link = anna.get_by_label("De link voor een begeleider").input_value().replace("https://werkplaats.nl", live.address)
    new = browse(scripts=False)
    new.goto(link)
    new.get_by_label("Je naam").first.fill("Bram")
    new.get_by_label("Kies een wachtzin").fill("een heel andere lange zin")
    new.get_by_role("button", name="Meedoen", exact=True).click()
    expect(new.get_by_role("heading", name="Hoe wonen we straks fijn in onze buurt?")).to_be_visible()
    late = browse(scripts=False)
    late.goto(link)
    expect(late.get_by_role("heading", name="Deze link werkt niet meer")).to_be_visible()


def test_without_scripts_at_320_px_one_signs_in_chooses_prints_and_reads(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    jobs = Jobs(live.running.house)
    jobs.start()
    try:
        page = browse(scripts=False)
        page.goto(live.at(f"bureau/{live.workshop.id}/kaarten?set=verhalen"))
        page.get_by_label("Je naam").fill("Anna")
        page.get_by_label("Je wachtzin").fill(PASSPHRASE)
        page.get_by_role("button", name="Aanmelden").click()
        page.get_by_role("button", name="Een dag uit mijn leven").click()
        expect(page.get_by_text("1 kaart gekozen")).to_be_visible()
        page.get_by_role("link", name="Verder naar printen").click()
        page.get_by_role("button", name="Print", exact=True).click()
        for _ in range(60):
            page.wait_for_timeout(500)
            if page.get_by_role("link", name="Download PDF").is_visible():
                break
            page.get_by_role("link", name="Kijk of het klaar is").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download PDF").click()
        assert download.value.suggested_filename.endswith(".pdf")
        page.get_by_role("link", name="Ideeën").click()
        page.get_by_role("button", name="Gelezen").first.click()
        expect(page.get_by_text("Nog 2 ideeën wachten op je")).to_be_visible()
        page.get_by_role("button", name="Ongedaan maken").click()
        expect(page.get_by_text("Nog 3 ideeën wachten op je")).to_be_visible()
    finally:
        jobs.stop()


def test_with_scripts_the_page_of_a_print_follows_by_itself(browse: Browse, live: Live) -> None:
    page = sign_in(browse(width=1280), live)
    page.goto(live.at(f"bureau/{live.workshop.id}/printen?wat=test"))
    page.get_by_role("button", name="Print", exact=True).click()
    expect(page.get_by_role("heading", name="Besteld")).to_be_visible()
    jobs = Jobs(live.running.house)
    jobs.start()
    try:
        expect(page.get_by_role("link", name="Download PDF")).to_be_visible(timeout=60_000)
    finally:
        jobs.stop()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_on_any_page_of_the_desk(
    browse: Browse, live: Live, came_in: list[Idea], language: str
) -> None:
    page = sign_in(browse(width=1280), live)
    axe, found = Axe(), {}
    for name, path in pages(live, came_in).items():
        page.goto(live.at(f"{path}{'&' if '?' in path else '?'}taal={language}"))
        for part in page.locator("details").all():
            part.evaluate("part => part.open = true")
        answer = axe.run(page)
        if answer.violations_count:
            found[name] = answer.generate_report()
    page.context.clear_cookies()
    page.goto(live.at(f"bureau/aanmelden?taal={language}"))
    if axe.run(page).violations_count:
        found["sign in"] = "see sign_in.html"
    assert found == {}


@pytest.mark.parametrize(("width", "letters"), [(320, 100), (320, 200), (1280, 200)])
def test_no_page_of_the_desk_scrolls_sideways(
    browse: Browse, live: Live, came_in: list[Idea], width: int, letters: int
) -> None:
    page = sign_in(browse(width=width), live)
    wide = {}
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


def test_every_control_is_large_enough_to_hit(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    page = sign_in(browse(width=1280), live)
    small = []
    for path in pages(live, came_in).values():
        page.goto(live.at(path))
        small += page.evaluate(
            "[...document.querySelectorAll('button, .button, select, textarea, input, summary, .choice, .tick, nav a')]"
            ".filter(one => one.checkVisibility() && !one.matches('.choice *, .tick *'))"
            ".filter(one => one.getBoundingClientRect().height < 43)"
            ".map(one => `${location.pathname} ${one.outerHTML.slice(0, 90)}`)"
        )
    assert small == []


def test_no_page_of_the_desk_is_heavier_than_150_kilobytes(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    heavy = {}
    for name, path in pages(live, came_in).items():
        page = sign_in(browse(width=1280), live)
        sent: list[Request] = []
        page.on("requestfinished", lambda one, sent=sent: sent.append(one))
        page.goto(live.at(path))
        weight = sum(one.sizes()["responseBodySize"] for one in sent if one.resource_type != "image")
        if not 0 < weight < 150_000:
            heavy[name] = weight
        page.context.close()
    assert heavy == {}
