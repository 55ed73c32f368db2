"""The participants' pages at work in a real browser of 320 px: with and without scripts, online and off."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import Browse, Live
from tests.hostile import PAYLOADS
from tests.looking import scan, stored
from tests.phone import photo
from tests.test_pictures import CANARIES, _full_of_traces
from workshop import ids
from workshop.domain import curating, ideas, workshops
from workshop.domain.ideas import Sent

HEIC = Path(__file__).parent / "samples" / "photo.heic"
Until = Callable[[], bool]


def wait_for(true: Until, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def file(data: bytes, name: str = "foto.jpg") -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def test_without_scripts_the_whole_way_from_scan_to_taking_away_works(browse: Browse, live: Live) -> None:
    page = browse(scripts=False)
    scan(page, live)
    assert page.url == live.at(live.door.number)
    page.get_by_label("Uw idee").fill("Een bankje halverwege.\nIn de zon.")
    page.get_by_text("Foto toevoegen (hoeft niet)").click()
    page.locator("#foto").set_input_files(file(_full_of_traces()))
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u wel. Uw idee is aangekomen.")
    [idea] = stored(live)
    assert idea.words == "Een bankje halverwege.\nIn de zon."
    served = page.request.get(live.at(f"/foto/{idea.pictures[0].id}")).body()
    assert not [trace for trace in CANARIES if trace in served]

    page.get_by_role("link", name="Terug naar de kaart").click()
    expect(page.locator(".ideas .words")).to_have_text("Een bankje halverwege.\nIn de zon.")
    page.goto(live.at("/bewijs"))
    page.get_by_label("Wat is uw bewijsnummer?").fill(f"{idea.receipt[:4]} {idea.receipt[4:]}".lower())
    page.get_by_role("button", name="Bekijk mijn idee").click()
    page.get_by_label("Uw idee").fill("Twee bankjes.")
    page.get_by_role("button", name="Bewaar mijn woorden").click()
    expect(page.get_by_role("status")).to_have_text("Het is veranderd.")
    page.get_by_role("button", name="Haal uw idee weg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw idee is weg.")
    page.get_by_role("button", name="Zet het terug").click()
    assert stored(live)[0].words == "Twee bankjes."


def test_from_scan_to_shared_idea_is_two_taps(browse: Browse, live: Live) -> None:
    page = browse(has_touch=True, is_mobile=True)
    scan(page, live)  # the first tap: on the address that the camera shows
    page.locator("#idee").evaluate("box => { box.value = 'Ingesproken.' }")
    page.get_by_role("button", name="Versturen").tap()
    page.wait_for_url("**/bedankt/*")
    assert [idea.words for idea in stored(live)] == ["Ingesproken."]


def test_the_number_leads_to_the_same_page_as_the_code(browse: Browse, live: Live) -> None:
    page = browse(scripts=False)
    page.goto(live.at("/"))
    page.get_by_label("Welk nummer staat er op uw kaart?").fill(f"{live.door.number[:3]} {live.door.number[3:]}")
    page.get_by_role("button", name="Open mijn kaart").click()
    assert page.url == live.at(live.door.number)
    page.get_by_label("Typ het woord van uw kaart.").fill(live.door.word)
    page.get_by_role("button", name="Naar de groep").click()
    expect(page.get_by_text("Hoort u bij de groep?")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_tap_is_one_idea(browse: Browse, live: Live, scripts: bool) -> None:
    page = browse(scripts=scripts)
    scan(page, live)
    page.get_by_label("Uw idee").fill("Eén keer.")
    page.locator("#versturen").dblclick()
    page.wait_for_url("**/bedankt/*")
    assert [idea.words for idea in stored(live)] == ["Eén keer."]


def test_back_and_send_again_asks_before_it_makes_two(browse: Browse, live: Live) -> None:
    page = browse(scripts=False)
    for _ in range(2):
        page.goto(live.at(live.door.scanned))
        page.get_by_label("Uw idee").fill("Nog een keer.")
        page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit idee kwam al binnen.")
    assert len(stored(live)) == 1
    page.get_by_role("button", name="Toch nog een keer versturen").click()
    page.wait_for_url("**/bedankt/*")
    assert len(stored(live)) == 2


def sent_without_connection(browse: Browse, live: Live, words: str) -> Page:
    """Give a phone that scanned the card, wrote this, and could not hand it in."""
    page = browse()
    scan(page, live)
    page.context.set_offline(True)
    page.get_by_label("Uw idee").fill(words)
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("#post")).to_contain_text("Uw tekst is bewaard.")
    return page


def test_with_no_connection_the_text_waits_and_is_delivered_once(browse: Browse, live: Live) -> None:
    page = browse()
    scan(page, live)
    page.context.set_offline(True)
    page.get_by_label("Uw idee").fill("Geschreven in de kelder.")
    page.get_by_text("Foto toevoegen (hoeft niet)").click()
    page.locator("#foto").set_input_files(file(photo(size=(2400, 1800))))
    expect(page.locator("#fotos img")).to_have_count(1)
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("#post")).to_contain_text("Geen verbinding. Uw tekst is bewaard.")
    expect(page.get_by_text("aangekomen")).to_have_count(0)
    expect(page.get_by_label("Uw idee")).to_have_value("Geschreven in de kelder.")
    page.context.set_offline(False)
    page.wait_for_url("**/bedankt/*")
    [idea] = stored(live)
    assert (idea.words, idea.pictures[0].width) == ("Geschreven in de kelder.", 1600)
    assert waiting(page) == 0


def test_what_is_not_taken_any_more_goes_back_to_its_writer(browse: Browse, live: Live) -> None:
    page = sent_without_connection(browse, live, "Net te laat.")
    live.running.house.store.write(workshops.close, live.workshop.id)
    page.context.set_offline(False)
    page.goto(live.at("/uitleg"))
    expect(page.locator("#post")).to_contain_text("Net te laat.")
    page.goto(live.at(live.door.number))
    expect(page.locator("#post")).to_contain_text("Net te laat.")
    live.running.house.store.write(workshops.reopen, live.workshop.id)
    page.goto(live.at(live.door.number))
    expect(page.locator("#post")).to_be_visible()
    expect(page.get_by_label("Uw idee")).to_have_value("Net te laat.")
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_url("**/bedankt/*")
    assert [idea.words for idea in stored(live)] == ["Net te laat."]
    assert waiting(page) == 0


def test_a_closed_page_delivers_the_next_time_it_is_opened(browse: Browse, live: Live) -> None:
    page = sent_without_connection(browse, live, "Later.")
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(live.at("/uitleg"))
    expect(again.locator("#post")).to_contain_text("Uw idee is aangekomen.")
    again.get_by_role("link", name="Bekijk uw bewijsnummer").click()
    again.wait_for_url("**/bedankt/*")
    assert [idea.words for idea in stored(live)] == ["Later."]


def test_a_lost_answer_makes_no_second_idea(browse: Browse, live: Live) -> None:
    page = browse()
    scan(page, live)
    cut: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and len(cut) < 3:
            cut.append(1)
            if len(cut) != 2:
                route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/*", lose)
    page.get_by_label("Uw idee").fill("Half aangekomen.")
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_url("**/bedankt/*", timeout=20_000)
    assert len(cut) == 3
    assert [idea.words for idea in stored(live)] == ["Half aangekomen."]


def test_what_waits_longer_than_two_days_is_dropped_and_can_be_wiped_before(browse: Browse, live: Live) -> None:
    page = browse()
    scan(page, live)
    page.context.set_offline(True)
    page.get_by_label("Uw idee").fill("Vergeet dit.")
    page.get_by_role("button", name="Versturen").click()
    page.get_by_role("button", name="Wis het van deze telefoon").click()
    expect(page.locator("#post")).to_be_hidden()
    assert waiting(page) == 0
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("#post")).to_contain_text("Uw tekst is bewaard.")
    page.clock.install(time=time.time() + 49 * 3600)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_for(lambda: waiting(page) == 0)
    page.context.set_offline(False)
    assert stored(live) == []


def test_what_the_server_refuses_comes_back_with_its_reason(browse: Browse, live: Live) -> None:
    page = browse()
    scan(page, live)
    page.get_by_label("Uw idee").fill("lang " * 500)
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Uw tekst is te lang voor één idee.")
    assert page.get_by_label("Uw idee").input_value().startswith("lang lang")
    assert waiting(page) == 0


def test_an_empty_form_says_what_to_do_without_leaving_the_page(browse: Browse, live: Live) -> None:
    page = browse()
    scan(page, live)
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("#idee-fout")).to_have_text(
        "U heeft nog niets opgeschreven. Schrijf of spreek uw idee in. Of voeg een foto toe."
    )
    expect(page.locator("#idee")).to_be_focused()


def test_what_is_typed_survives_leaving_larger_letters_and_another_language(browse: Browse, live: Live) -> None:
    page = browse()
    scan(page, live)
    page.get_by_label("Uw idee").fill("Nog niet klaar.")
    page.get_by_text("A+", exact=True).click()
    assert page.locator("html").get_attribute("class") == "letters-2"
    expect(page.get_by_label("Uw idee")).to_have_value("Nog niet klaar.")
    page.get_by_role("link", name="English").click()
    expect(page.locator("#idee")).to_have_value("Nog niet klaar.")
    page.goto(live.at("/uitleg"))
    assert page.locator("html").get_attribute("class") == "letters-2"
    page.go_back()
    expect(page.locator("#idee")).to_have_value("Nog niet klaar.")


def test_a_photo_is_shown_made_smaller_and_can_be_taken_out(browse: Browse, live: Live) -> None:
    page = browse()
    scan(page, live)
    page.get_by_text("Foto toevoegen (hoeft niet)").click()
    page.locator("#foto").set_input_files(file(photo("red", (4000, 3000))))
    expect(page.locator("#fotos img")).to_have_count(1)
    page.locator("#foto").set_input_files(file(photo("blue", (300, 200))))
    expect(page.locator("#fotos img")).to_have_count(2)
    page.get_by_role("button", name="Deze foto weghalen").first.click()
    expect(page.locator("#fotos img")).to_have_count(1)
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_url("**/bedankt/*")
    [idea] = stored(live)
    assert [(picture.width, picture.height) for picture in idea.pictures] == [(300, 200)]


def test_a_photo_the_browser_cannot_show_is_sent_as_it_is(browse: Browse, live: Live) -> None:
    page = browse()
    scan(page, live)
    page.get_by_text("Foto toevoegen (hoeft niet)").click()
    page.locator("#foto").set_input_files(file(HEIC.read_bytes(), "IMG_0001.HEIC"))
    expect(page.locator("#fotos")).to_contain_text("IMG_0001.HEIC")
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_url("**/bedankt/*")
    assert len(stored(live)[0].pictures) == 1


VOICES = """
const said = window.said = [];
const voices = %s;
speechSynthesis.getVoices = () => voices;
speechSynthesis.speak = speech => said.push(speech.text);
speechSynthesis.cancel = () => said.push('stop');
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


@pytest.mark.parametrize(
    ("voices", "there"),
    [
        ("[{lang: 'nl-NL', localService: true}]", True),
        ("[{lang: 'nl_BE', localService: true}]", True),
        ("[{lang: 'nl-NL', localService: false}]", False),
        ("[{lang: 'en-GB', localService: true}]", False),
        ("[]", False),
    ],
)
def test_reading_aloud_is_offered_only_with_a_voice_of_the_phone_itself(
    browse: Browse, live: Live, voices: str, there: bool
) -> None:
    page = browse()
    page.add_init_script(VOICES % voices)
    scan(page, live)
    button = page.locator(".aloud")
    expect(button).to_be_visible() if there else expect(button).to_be_hidden()
    assert page.evaluate("window.said") == []
    if there:
        button.click()
        expect(button).to_have_text("Stop")
        assert "Een dag uit mijn leven" in page.evaluate("window.said[1]")
        button.click()
        expect(button).to_have_text("Lees voor")
        assert page.evaluate("window.said[2]") == "stop"


def test_hostile_words_run_nothing_in_a_real_browser(browse: Browse, live: Live) -> None:
    write = live.running.house.store.write
    for payload in PAYLOADS:
        sent = Sent(payload, "everyone_named", ids.token(), ids.token(), "qr", maker=payload[:60])
        write(ideas.place, live.door, sent, sure=True)
    for idea in stored(live):
        write(curating.put_on_wall, idea, live.facilitator.id)
    page = browse()
    scan(page, live)
    assert page.locator(".ideas > li").count() == len(PAYLOADS)
    assert page.locator(".ideas script, .ideas img, .ideas svg, .ideas iframe, .ideas [onerror]").count() == 0
    page.wait_for_timeout(300)  # the fixture fails the test on any dialog or blocked script


def waiting(page: Page) -> int:
    """Return how many ideas wait in the outbox of this phone."""
    found: int = page.evaluate(
        """() => new Promise(done => {
          const opening = indexedDB.open('werkplaats', 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore('post', { keyPath: 'key' });
          opening.onsuccess = () => {
            const asked = opening.result.transaction('post').objectStore('post').count();
            asked.onsuccess = () => { opening.result.close(); done(asked.result); };
          };
        })"""
    )
    return found
