"""Who visits, as far as we need to know: which cards this phone scanned, how large it wants its letters.

Nobody signs in here and nobody is followed. Five small cookies, each for one thing: `groep` (the QR keys
this phone scanned), `papier` (the idea cards and stubs it scanned, until the browser closes), `toestel` (a random
mark, only once something is sent), `taal` and `letters`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, request

from print import forms
from print.forms import Payload
from workshop import web
from workshop.domain import doors, workshops
from workshop.domain.doors import Door
from workshop.domain.workshops import Workshop
from workshop.house import read
from workshop.store import Tx

public = Blueprint("public", __name__)
MOST_KEYS = 5
MOST_PAPERS = 8
SMALLEST, LARGEST = 1, 4  # letters of 20, 24, 30 and 40 px
LETTERS = {str(size): size for size in range(SMALLEST, LARGEST + 1)}


@dataclass(frozen=True)
class Here:
    """What somebody found: a door, its workshop, and whether they belong to its group."""

    door: Door
    workshop: Workshop
    in_group: bool

    @property
    def open(self) -> bool:
        """Say whether new ideas may come in."""
        return not (self.door.closed_at or self.workshop.closed_at)


def keys() -> list[str]:
    """Return the QR keys this phone scanned (number and key, 16 signs), newest first."""
    said = request.cookies.get("groep", "").split(".")
    return [key for key in said if len(key) == 16 and key.isascii() and key.isalnum()][:MOST_KEYS]


def join(door: Door) -> None:
    """Remember on this phone that it scanned this card, or typed its word."""
    others = [key for key in keys() if key != door.scanned]
    web.set_cookie("groep", ".".join([door.scanned, *others][:MOST_KEYS]), web.YEAR)


def papers() -> list[Payload]:
    """Return the idea cards and stubs this phone scanned, newest first."""
    found = [forms.payload(code) for code in request.cookies.get("papier", "").split(".")[:MOST_PAPERS]]
    return [payload for payload in found if payload]


def hold(payload: Payload) -> None:
    """Remember until this browser closes that it scanned this idea card, this stub, or typed its words."""
    _hold([payload, *(other for other in papers() if other != payload)])


def let_go(number: str) -> None:
    """Forget the stub and the card with this number."""
    _hold([payload for payload in papers() if payload.number != number])


def _hold(held: list[Payload]) -> None:
    codes = [one.number + one.code + one.key for one in held[:MOST_PAPERS]]
    web.set_cookie("papier", ".".join(codes), None if codes else 0)


def device() -> str | None:
    """Return this phone's mark when it has one; looking at a page gives it none."""
    return web.device() if "toestel" in request.cookies else None


def letters() -> int:
    """Return how large this visitor wants the letters: 1 to 4."""
    return LETTERS.get(request.args.get("letters") or request.cookies.get("letters") or "", SMALLEST)


def arrive(here: Here) -> Here:
    """Let this page speak the language of the workshop, and show whom to call there."""
    near(here.workshop)
    return here


def near(workshop: Workshop) -> None:
    """Let this page speak the language of a workshop and show whom to call there."""
    g.workshop_language, g.near = workshop.language, workshop


@public.before_app_request
def _remember_letters() -> None:
    if request.args.get("letters", "") in LETTERS:
        web.set_cookie("letters", request.args["letters"], web.YEAR)


@public.app_context_processor
def _shared() -> dict[str, Any]:
    """Give every page the size of its letters and, when it asks, the workshop whose people help."""
    return {"letters": letters(), "letters_most": LARGEST, "helping": nearest}


def nearest() -> Workshop | None:
    """Return the workshop of this page, else of the last scanned card, else the only one there is."""
    return read(_helping, g.get("near"), keys())


def _helping(tx: Tx, near: Workshop | None, scanned: list[str]) -> Workshop | None:
    if near:
        return near
    for key in scanned:
        door = doors.by_scan(tx, key)
        if door:
            return workshops.at_door(tx, door.workshop_id)
    return workshops.only(tx)
