"""The participants' pages in a real browser, as a phone of 320 px shows them, with and without scripts."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import Browse, Live
from tests.hostile import PAYLOADS
from tests.phone import photo
from tests.test_pictures import CANARIES, _full_of_traces
from workshop import ids
from workshop.domain import curating, ideas
from workshop.domain.ideas import Idea, Sent

HEIC = Path(__file__).parent / "samples" / "photo.heic"
Until = Callable[[], bool]


def stored(live: Live) -> list[Idea]:
    return live.running.house.store.read(curating.stream, live.workshop.id, curating.Filter())


def wait_for(true: Until, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def scan(page: Page, live: Live) -> None:
    page.goto(live.at(live.door.scanned))


def file(data: bytes, name: str = "foto.jpg") -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def filled(live: Live, facilitator_too: bool = True) -> str:
    """Put some ideas in; return the receipt of one with a photo and corrected words."""
    write, house = live.running.house.store.write, live.running.house
    from workshop.pictures import clean

    cleaned = clean(photo(size=(1200, 900)))
    picture = ideas.Picture(ids.new(), house.files.keep(cleaned.jpeg, "jpg"), cleaned.width, cleaned.height)
    made = [
        write(
            ideas.place,
            live.door,
            Sent(
                words, "everyone_named", ids.token(), "x" * 43, "qr", maker="Truus", perspective="client", pictures=own
            ),
        )
        for words, own in (("Een bankje halverwege.", [picture]), ("W" * 400, []), ("Koffie\nop dinsdag.", []))
    ]
    for idea in made:
        write(curating.put_on_wall, idea, live.facilitator.id)
    seen = write(ideas.by_receipt, made[0].receipt)
    assert seen
    write(curating.correct, seen, live.facilitator.id, "Een bankje, halverwege de winkel.")
    return made[0].receipt


def every_page(live: Live, receipt: str) -> list[str]:
    own = [f"/{live.door.number}", f"/{live.doors[''].number}", f"/bedankt/{receipt}", f"/bewijs/{receipt}"]
    return ["/", "/uitleg", "/privacy", "/bewijs", "/bewijs/23456789", "/nergens", *own]


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


def test_a_closed_page_delivers_the_next_time_it_is_opened(browse: Browse, live: Live) -> None:
    page = browse()
    scan(page, live)
    page.context.set_offline(True)
    page.get_by_label("Uw idee").fill("Later.")
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("#post")).to_contain_text("Uw tekst is bewaard.")
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


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_on_any_page(browse: Browse, live: Live, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    receipt = filled(live)
    page = browse()
    scan(page, live)
    page.goto(live.at(f"/?taal={language}"))
    found = []

    def look(where: str) -> None:
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        for violation in Axe().run(page).response["violations"]:
            found.append(f"{where}: {violation['id']}: {violation['nodes'][0]['html'][:120]}")

    for path in every_page(live, receipt):
        page.goto(live.at(path))
        look(path)
    page.goto(live.at("/"))
    page.locator("#nummer").fill("123456")
    page.locator("main .main").click()
    look("/ with a wrong number")
    stranger = browse(scripts=True)
    stranger.goto(live.at(f"/{live.door.number}?taal={language}"))
    stranger.locator("#woord").fill("fout")
    stranger.locator("#woord + button").click()
    page = stranger
    look("a wrong word")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("letters", [1, 2, 3, 4])
def test_no_page_scrolls_sideways_at_320_px_with_any_letters(browse: Browse, live: Live, letters: int) -> None:
    receipt = filled(live)
    page = browse()
    scan(page, live)
    page.goto(live.at(f"/?letters={letters}"))
    for path in every_page(live, receipt):
        page.goto(live.at(path))
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        cut = page.evaluate(
            """() => [...document.querySelectorAll('main *, .help *')].filter(
                one => !one.closest('.unseen, svg') && one.scrollWidth > one.clientWidth + 1 && one.clientWidth
                && getComputedStyle(one).overflowX !== 'visible' && one.tagName !== 'INPUT').map(one => one.outerHTML)"""
        )
        assert not cut, f"{path}: {cut[0][:100]}"


def test_zoomed_to_four_hundred_percent_nothing_is_lost(browse: Browse, live: Live) -> None:
    """A window of 1280 px at 400 % is 320 px wide and 256 high."""
    page = browse(width=320, height=256, device_scale_factor=4)
    scan(page, live)
    page.get_by_label("Uw idee").fill("Ingezoomd.")
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_url("**/bedankt/*")


MEASURE = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, select, summary, label.choice')]
  .filter(one => one.offsetParent && !one.closest('.skip') && !(one.closest('label.choice') && one.tagName === 'INPUT'))
  .map(one => {
    const box = one.getBoundingClientRect();
    return { name: one.outerHTML.slice(0, 90), inline: getComputedStyle(one).display === 'inline',
      left: box.left, top: box.top + scrollY, right: box.right, bottom: box.bottom + scrollY };
  })"""


def test_everything_to_press_is_large_enough_and_far_enough_apart(browse: Browse, live: Live) -> None:
    receipt = filled(live)
    page = browse()
    scan(page, live)
    for path in every_page(live, receipt):
        page.goto(live.at(path))
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        found = [one for one in page.evaluate(MEASURE) if not one["inline"]]
        assert len(found) >= 5, path
        for one in found:
            assert one["bottom"] - one["top"] >= 47.9, f"{path}: {one}"
            assert one["right"] - one["left"] >= 47.9, f"{path}: {one}"
        for place, one in enumerate(found):
            for other in found[place + 1 :]:
                across = max(one["left"], other["left"]) - min(one["right"], other["right"])
                down = max(one["top"], other["top"]) - min(one["bottom"], other["bottom"])
                assert max(across, down) >= 15.9, f"{path}: {one['name']} and {other['name']}"
        for main in page.locator(".main").all():
            box = main.bounding_box()
            assert box
            assert box["height"] >= 64, path
    page.goto(live.at(live.door.number))
    button = page.locator("#versturen").bounding_box()
    field = page.locator("#idee").bounding_box()
    assert button
    assert field
    assert button["width"] == field["width"], "the large button is as wide as the box"


def test_letters_are_20_px_with_room_between_lines_and_short_lines(browse: Browse, live: Live) -> None:
    receipt = filled(live)
    page = browse(width=1280, height=900)
    scan(page, live)
    for path in every_page(live, receipt):
        page.goto(live.at(path))
        small = page.evaluate(
            """() => [...document.querySelectorAll('body *')].filter(one => one.offsetParent && !one.closest('.unseen, .tools')
              && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
              && parseFloat(getComputedStyle(one).fontSize) < 20).map(one => one.outerHTML.slice(0, 90))"""
        )
        assert not small, f"{path}: {small}"
    page.goto(live.at(live.door.number))
    lines = page.evaluate("getComputedStyle(document.querySelector('.ideas .words')).lineHeight.replace('px', '') / 20")
    assert lines >= 1.5
    width = page.evaluate(
        """() => { const probe = document.createElement('span'); probe.textContent = 'een bankje in de zon '.repeat(3).slice(0, 60);
          probe.className = 'words'; document.querySelector('.ideas > li').append(probe); probe.hidden = false;
          const wide = probe.getBoundingClientRect().width; probe.remove();
          return document.querySelector('.ideas .words').clientWidth / wide * 60; }"""
    )
    assert width <= 66, "about sixty signs on a line"


def test_contrast_is_seven_to_one(browse: Browse, live: Live) -> None:
    receipt = filled(live)
    page = browse()
    scan(page, live)
    for path in every_page(live, receipt):
        page.goto(live.at(path))
        weak = page.evaluate(CONTRAST)
        assert not weak, f"{path}: {weak}"


CONTRAST = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const ground = one => {
    for (; one; one = one.parentElement) {
      const fill = one.querySelector(':scope > .fill rect');
      if (fill) return parts(getComputedStyle(fill).fill);
      const colour = parts(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3]) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')].filter(one => one.offsetParent
      && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())).map(one => {
    const style = getComputedStyle(one), [a, b] = [light(parts(style.color)), light(ground(one))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    return { ratio: (a + .05) / (b + .05), least: large && one.closest('.band') ? 4.5 : 7, what: one.outerHTML.slice(0, 80) };
  }).filter(found => found.ratio < found.least);
}"""


def test_the_first_load_is_light(browse: Browse, live: Live) -> None:
    import gzip

    page = browse()
    sizes: dict[str, tuple[int, int]] = {}

    def weigh(response: object) -> None:
        body = response.body()  # type: ignore[attr-defined]
        address = response.url  # type: ignore[attr-defined]
        packed = len(body) if address.split("?")[0].endswith(".woff2") else len(gzip.compress(body, 6, mtime=0))
        sizes[address] = (len(body), min(packed, len(body)))

    page.on("requestfinished", lambda request: weigh(request.response()) if request.response().status == 200 else None)
    scan(page, live)
    page.wait_for_load_state("networkidle")
    total = sum(packed for _, packed in sizes.values())
    assert total <= 30_000, sizes
    assert len(sizes) >= 6


def test_keyboard_alone_is_enough_and_focus_is_clear(browse: Browse, live: Live) -> None:
    page = browse(width=1280, height=900)
    scan(page, live)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(30):
        page.keyboard.press("Tab")
        style = page.evaluate("(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))")
        assert style == ["solid", "4px"], page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.id") == "idee":
            break
    page.keyboard.type("Met het toetsenbord.")
    while page.evaluate("document.activeElement.id") != "versturen":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bedankt/*")


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
