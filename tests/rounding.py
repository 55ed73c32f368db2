"""Making rounds of dots, for the tests that are about choosing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from print.forms import form
from print.reader import raster
from print.reader.known import Known
from tests import handwriting, piles
from tests.handwriting import Filled
from workshop import ids, slip_printing
from workshop.domain import ideas, round_sheets, rounds, slips
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Sent
from workshop.domain.rounds import Round
from workshop.domain.stacks import Stack
from workshop.domain.workshops import Workshop
from workshop.house import House

CODE = "D1"
THREE = ("Een bankje bij de bushalte.", "Samen eten op dinsdag.", "Lampen in de steeg.")


def shared(house: House, door: Door, words: Sequence[str] = THREE, perspective: str = "") -> list[Idea]:
    """Share ideas on a card, each from a phone of its own."""
    sent = [Sent(one, "everyone", ids.token(), ids.token(), "qr", perspective=perspective) for one in words]
    return [house.store.write(ideas.place, door, one) for one in sent]


def opened(house: House, who: Facilitator, chosen: Sequence[Idea], dots: int = 3) -> Round:
    """Make a round about these ideas and let people choose."""
    keys = [one.id for one in chosen]
    made = house.store.write(rounds.make, chosen[0].workshop_id, "Wat doen we het eerst?", dots, keys, who.id)
    return house.store.write(rounds.begin, made, who.id)


def on_paper(house: House, workshop: Workshop, about: Round, who: Facilitator, count: int = 1) -> list[Printed]:
    """Print the sheets of a round, as the desk does, and return them empty: for every twelve ideas `count`."""
    found = []
    for series in house.store.write(round_sheets.order, about, count, "nl"):
        order = house.store.write(slip_printing.again, workshop.id, who.id, series.id, {"flip": "long"})
        pdf = slip_printing.printed(house, workshop, order.what).pdf
        for at, slip in enumerate(house.store.read(slips.of_series, series)):
            shape = form(CODE)
            page = np.asarray(raster(pdf, at, handwriting.DPI))
            high, wide = round(shape.height * handwriting.FINE), round(shape.width * handwriting.FINE)
            found.append(Printed(slip.number, slip.key, page[:high, :wide].copy()))
    return found


@dataclass(frozen=True)
class Printed:
    """A dot sheet from the printer: its number, the key in its code, and its picture at 300 dpi."""

    number: str
    key: str
    picture: handwriting.Picture

    def stuck(self, *dots: int, between: bool = False) -> Filled:
        """Return it with so many stickers on each row; `between` puts one more between two circles of row one."""
        out = Filled(Known(self.number, CODE, self.key), self.picture.copy())
        hand = handwriting.Hand(out.picture, np.random.default_rng(4), (30, 30, 120), 0.6)
        for row, many in zip(out.form.rows, dots, strict=False):
            for spot in row.spots[:many]:
                hand.sticker(*spot)
        if between:
            (left, y), (right, _) = out.form.rows[0].spots[-2:]
            hand.sticker((left + right) / 2, y)
        return out


def scan(house: House, workshop: Workshop, who: Facilitator, *sheets: Filled) -> Stack:
    """Put sheets through the copier and have them read."""
    pdf = piles.scanned([[one] for one in sheets])
    stack = piles.brought(house, workshop, pdf, who=who.id)
    piles.read(house, stack)
    return stack
