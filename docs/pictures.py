"""The pictures of the README: a real card and real pages, out of a workshop made for the occasion.

Run `.venv/bin/python docs/pictures.py` when a card or page has changed its looks, and commit `docs/pictures`.
It needs what bin/test installs (Chromium).
"""

from __future__ import annotations

import io
import logging
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from workshop import create_app, demo, printing
from workshop.demo import CARDS
from workshop.domain import choices, doors, facilitators, workshops
from workshop.house import House
from workshop.settings import Settings

HERE = Path(__file__).parent / "pictures"
CARD = CARDS[0]
IDEAS = (
    "Een bankje halverwege de weg naar de winkel. Dan kan ik even uitrusten.",
    "Op dinsdag samen koffie in de hal. Wie nieuw is, komt vanzelf langs.",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def running() -> Iterator[tuple[House, str]]:
    """Give an empty installation and its address."""
    with tempfile.TemporaryDirectory() as folder:
        house = House.open(Settings.of(data=Path(folder), base="https://werkplaats.nl"))
        server = make_server("127.0.0.1", 0, create_app(house.settings, house), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield house, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            house.close()


def keep(name: str, png: bytes) -> None:
    """Write a picture small: few colours, and no more pixels than a README shows."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.thumbnail((1100, 1100))
    picture.quantize(128).save(HERE / f"{name}.png", optimize=True)


def beside(left: bytes, right: bytes) -> bytes:
    """Return two pictures beside each other, on grey."""
    gap = 24
    two = [Image.open(io.BytesIO(png)) for png in (left, right)]
    size = (two[0].width + two[1].width + 3 * gap, max(one.height for one in two) + 2 * gap)
    both = Image.new("RGB", size, "#d8d4cc")
    both.paste(two[0], (gap, gap))
    both.paste(two[1], (2 * gap + two[0].width, gap))
    out = io.BytesIO()
    both.save(out, "PNG")
    return out.getvalue()


def page(browser: Browser, width: int, height: int) -> Page:
    """Open a browser window of this size, in Dutch."""
    return browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2, locale="nl-NL")


def main() -> None:
    """Make every picture anew."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with running() as (house, address), sync_playwright() as play:
        program = next(path for name in BROWSERS if (path := shutil.which(name)))
        browser = play.chromium.launch(executable_path=program, args=FLAGS)
        who = house.store.write(facilitators.make, "Marijke")
        workshop = house.store.write(
            workshops.make, who.id, replace(demo.DETAILS, address=house.settings.base, rehearsal=False)
        )
        for one in CARDS:
            house.store.write(choices.put, workshop.id, one)
        door = house.store.write(doors.open_for, workshop.id, list(CARDS))[CARD]
        keep(
            "card", beside(*(printing.preview(house, workshop, CARD, "nl", face, "own") for face in ("front", "back")))
        )

        phone = page(browser, 360, 1000)
        for words in IDEAS:
            phone.goto(f"{address}/{door.scanned}")
            phone.locator("textarea").fill(words)
            phone.get_by_role("button", name="Versturen").click()
            phone.wait_for_url("**/bedankt/**")
        thanks = phone.screenshot()
        phone.goto(f"{address}/{door.scanned}")
        keep("phone", beside(phone.screenshot(), thanks))

        desk = page(browser, 1100, 760)
        desk.goto(f"{address}/bureau/link/{house.store.write(facilitators.sign_in_link, who.id)}")
        desk.get_by_role("button", name="Aanmelden").click()
        for name, path in (("cards", "kaarten"), ("printing", "printen"), ("ideas", "ideeen")):
            desk.goto(f"{address}/bureau/{workshop.id}/{path}")
            desk.wait_for_load_state("networkidle")
            keep(name, desk.screenshot())
        browser.close()


if __name__ == "__main__":
    main()
