"""A real browser for tests: Debian's Chromium, driven through Playwright.

`browse()` gives a page in a browser of its own, 320 px wide unless told otherwise. At the end of every
test all pages are closed, and a script error, a blocked script or style, or a dialog fails the test.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.conftest import CARD, DETAILS, PASSPHRASE, SECOND_CARD, Running
from workshop.domain import choices, doors, facilitators, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE = {"width": 320, "height": 640}
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
PATIENCE_MS = 30_000  # a busy machine is slow; being slow is not what these tests are about
expect.set_options(timeout=PATIENCE_MS)
Browse = Callable[..., Page]


@dataclass(frozen=True)
class Live:
    """A running server with one workshop in it: Anna's, with two cards and the workshop's own door."""

    address: str
    running: Running
    facilitator: Facilitator
    workshop: Workshop
    doors: dict[str, Door]

    @property
    def door(self) -> Door:
        """The door of the first card."""
        return self.doors[CARD]

    def at(self, path: str) -> str:
        """Return the whole address of a path on this server."""
        return f"{self.address}/{path.lstrip('/')}"


@pytest.fixture
def live(running: Running) -> Live:
    """A running server with a workshop, for a real browser."""
    write = running.house.store.write
    anna = write(facilitators.make, "Anna", PASSPHRASE)
    workshop = write(workshops.make, anna.id, DETAILS)
    for card in (CARD, SECOND_CARD):
        write(choices.put, workshop.id, card)
    return Live(running.address, running, anna, workshop, write(doors.open_for, workshop.id, [CARD, SECOND_CARD, ""]))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run; every page gets a profile of its own."""
    with sync_playwright() as playwright:
        program = next(path for name in PROGRAMS if (path := shutil.which(name)))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu", *QUIET])
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Browse]:
    """Make a page: `browse()`, `browse(scripts=False)`, `browse(width=1280)`, or any option of a context."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            troubles.append(message.text)

    def make(width: int = PHONE["width"], height: int = PHONE["height"], scripts: bool = True, **options: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, locale="nl-NL", **options
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        if scripts:
            _patient(page)
        page.on("console", heard)
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


def _patient(page: Page) -> None:
    """Press a key only when the page that is on its way is there: somebody waits until they see it."""
    press = page.keyboard.press

    def when_there(key: str, **options: Any) -> None:
        page.locator("html:not([data-leaving])").wait_for(state="attached")
        page.wait_for_load_state()
        press(key, **options)

    page.keyboard.press = when_there  # type: ignore[method-assign]
