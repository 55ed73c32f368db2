"""Facilitators at the desk in a real browser, for the tests that press its buttons."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser import Live
from workshop.domain import facilitators
from workshop.domain.workshops import Role


def sign_in(page: Page, live: Live, who: str = "") -> Page:
    """Give a browser the cookie of a sign-in: of Anna, or of somebody else."""
    secret = live.running.house.store.write(facilitators.begin, who or live.facilitator.id)
    page.context.add_cookies([{"name": "bureau", "value": secret, "url": live.address, "httpOnly": True}])
    return page


def joined(live: Live, name: str, role: Role = "facilitator") -> str:
    """Let somebody join the workshop in this role; return their key."""
    write = live.running.house.store.write
    who = write(facilitators.make, name)
    write(facilitators.use, write(facilitators.invite, live.workshop.id, role, live.facilitator.id), who.id)
    return who.id
