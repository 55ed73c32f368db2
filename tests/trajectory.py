"""A trajectory as people live it: a desk, phones and paper, moved from meeting to meeting by the clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from html import unescape
from typing import Any

import numpy as np
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from print.forms import form
from print.reader import raster
from print.reader.known import Known
from tests import handwriting, piles
from tests.conftest import Visit
from tests.phone import share, text
from workshop import clock, tasks
from workshop.domain import choices, doors, facilitators, ideas, meetings, orders, slips, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.meetings import Meeting
from workshop.domain.orders import Order
from workshop.domain.workshops import Workshop
from workshop.house import House


class Life:
    """One workshop from its first day to its last, with Anna and Bram at the desk."""

    def __init__(self, house: House, visit: Visit, anna: Facilitator) -> None:
        self.house, self._visit, self.anna = house, visit, anna
        self.bram = house.store.write(facilitators.make, "Bram")
        self.desk = self._at_desk(anna.id)
        self.id = ""

    @property
    def workshop(self) -> Workshop:
        """Return the workshop as it is now."""
        return self.house.store.read(workshops.at_door, self.id)

    def on(self, day: str) -> None:
        """Let it be noon on this day, and sign in again: nobody stays signed in for weeks."""
        noon = datetime.combine(clock.day(day), time(12), UTC)
        clock.shift(seconds=(noon - datetime.now(UTC)).total_seconds())
        self.desk = self._at_desk(self.anna.id)

    def as_bram(self) -> FlaskClient:
        """Return Bram's browser."""
        return self._at_desk(self.bram.id)

    def post(self, path: str, expect: int = 303, **fields: Any) -> TestResponse:
        """Send a form from Anna's desk, and hold what comes of it."""
        answer = self.desk.post(f"/bureau/{self.id}{path}", data=fields)
        assert answer.status_code == expect, (path, answer.status_code, text(answer)[:900])
        return answer

    def page(self, path: str) -> str:
        """Return the words of a page of Anna's desk."""
        answer = self.desk.get(f"/bureau/{self.id}{path}")
        assert answer.status_code == 200, (path, answer.status_code)
        return text(answer)

    def hidden(self, path: str, name: str) -> str:
        """Return what a form on a page of the desk holds without showing it."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.desk.get(f"/bureau/{self.id}{path}").text)
        assert found, (path, name)
        return unescape(found[1])

    def met(self, number: int) -> Meeting:
        """Return the meeting with this number."""
        return self.house.store.read(meetings.of_workshop, self.id)[number - 1]

    def door(self, card: str) -> Door:
        """Return the door of a card, chosen and open."""
        self.house.store.write(choices.put, self.id, card)
        return self.house.store.write(doors.open_for, self.id, [card])[card]

    def by_phone(self, card: str, words: str, *, scanned: bool = True, **fields: str) -> Idea:
        """Share an idea from a phone of its own, by QR or by typed number."""
        door, phone = self.door(card), self._visit()
        if scanned:
            phone.get(f"/{door.scanned}")
        answer = share(phone, door, words, **{"zien": "everyone"} | fields)
        assert answer.status_code == 303, text(answer)
        return self.newest()

    def newest(self) -> Idea:
        """Return the idea that came last."""
        rows = self.house.store.read(lambda tx: tx.ideas.stream(workshop_id=self.id))
        return self.idea(rows[0]["id"])

    def idea(self, key: str) -> Idea:
        """Return an idea as it is now."""
        return self.house.store.read(ideas.by_key, self.id, key)

    def printed(self, answer: TestResponse) -> bytes:
        """Print what was ordered just now; return the PDF or zip."""
        key = answer.headers["Location"].rsplit("/", 1)[1]
        tasks.print_order(self.house, key)
        made: Order = self.house.store.read(orders.find, self.id, key)
        assert made.state == "ready", made.reason
        assert made.file
        return self.house.files.read(made.file)

    def works_on(self) -> None:
        """Print what was ordered and nobody waited for."""
        for key in self.house.store.read(orders.undone):
            tasks.print_order(self.house, key)

    def scan(self, pages: Sequence[Sequence[handwriting.Filled]]) -> None:
        """Put paper through the copier, upload it and have it read."""
        stack = piles.brought(self.house, self.workshop, piles.scanned(pages), who=self.anna.id)
        piles.read(self.house, stack)

    def written(self, pdf: bytes, count: int) -> list[handwriting.Filled]:
        """Write on the first idea cards of a printed pile of A5 ones, two on a page with their backs after it."""
        shape, found = form("A1"), []
        series = self.house.store.read(slips.series_of, self.id)[0].series
        for at, slip in enumerate(self.house.store.read(slips.of_series, series)[:count]):
            sheet = np.asarray(raster(pdf, at // 2 * 2, handwriting.DPI))
            left = round(at % 2 * sheet.shape[1] / 2)
            high, wide = round(shape.height * handwriting.FINE), round(shape.width * handwriting.FINE)
            known = Known(slip.number, "A1", slip.key)
            found.append(handwriting.filled(known, sheet[:high, left : left + wide].copy(), at + 1, share_blank=0))
        return found

    def _at_desk(self, who: str) -> FlaskClient:
        client = self._visit()
        secret = self.house.store.write(facilitators.begin, who)
        client.set_cookie("__Host-bureau", secret, domain="werkplaats.nl", secure=True)
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        return client
