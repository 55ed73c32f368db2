"""From what somebody scanned or typed to a card's page, with a budget on guessing.

A wrong number, a wrong check digit and too many tries all get the same kind answer. A device may be
wrong twenty times a minute; all devices together six hundred times. Who scanned a card of the workshop
is never held up by somebody else's guessing.
"""

from __future__ import annotations

from print.numbers import SLIP_DIGITS, WrongNumber, typed
from workshop import web
from workshop.domain import doors, ideas, misses, workshops
from workshop.domain.doors import Door
from workshop.domain.ideas import Idea
from workshop.house import read, write
from workshop.public.visitor import Here, arrive, device, keys
from workshop.store import Tx


def number_in(text: str) -> str | None:
    """Return the six digits somebody typed (spaces, hyphens and dots are fine), or None if they cannot be right."""
    try:
        return typed(text)
    except WrongNumber:
        return None


def number_of_paper(text: str) -> str | None:
    """Return the eight digits of an idea card somebody typed, or None if they cannot be right."""
    try:
        return typed(text, SLIP_DIGITS)
    except WrongNumber:
        return None


def behind(number: str, *, giving: bool = False) -> Here | None:
    """Return what lies behind a number of six digits; None when unknown, or after too many wrong ones.

    Somebody `giving` an idea has the page already: what they wrote is never lost to another's guessing.
    """
    here = read(_behind, number, keys(), device(), giving)
    if here is None:
        write(_note, "number", number, web.device())
        return None
    return arrive(here)


def by_scan(number: str, key: str) -> Door | None:
    """Return the door whose QR was scanned: 49 bits need no budget."""
    return read(doors.by_scan, number + key)


def by_receipt(receipt: str) -> tuple[Idea, Here] | None:
    """Return the idea with this receipt and where it was given; None when unknown, or after too many wrong ones.

    The phone that sent the idea always gets in: somebody else's guessing never stands in its way.
    """
    found = read(_by_receipt, receipt, keys(), device())
    if found is None:
        write(_note, "receipt", receipt, web.device())
        return None
    return found[0], arrive(found[1])


def _behind(tx: Tx, number: str, scanned: list[str], mark: str | None, giving: bool) -> Here | None:
    door = doors.by_number(tx, number)
    if door is None:
        return None
    in_group = door.workshop_id in doors.group_of(tx, scanned)
    if not in_group and not giving and _used_up(tx, "number", mark):
        return None
    return Here(door, workshops.at_door(tx, door.workshop_id), in_group)


def _by_receipt(tx: Tx, receipt: str, scanned: list[str], mark: str | None) -> tuple[Idea, Here] | None:
    idea = ideas.by_receipt(tx, receipt)
    if idea is None or (idea.device != mark and _used_up(tx, "receipt", mark)):
        return None
    door = doors.of_idea(tx, idea.workshop_id, idea.door_id)
    in_group = idea.workshop_id in doors.group_of(tx, scanned)
    return idea, Here(door, workshops.at_door(tx, idea.workshop_id), in_group)


def _note(tx: Tx, kind: misses.Kind, subject: str, mark: str) -> None:
    """Count a wrong guess, as long as there is a budget to count it against."""
    if not _used_up(tx, kind, mark):
        misses.note(tx, kind, subject, mark)


def _used_up(tx: Tx, kind: misses.Kind, mark: str | None) -> bool:
    minutes, per_device, in_all = {
        "number": (1, misses.NUMBERS_PER_DEVICE, misses.NUMBERS_IN_ALL),
        "receipt": (10, misses.RECEIPTS_PER_DEVICE, misses.RECEIPTS_IN_ALL),
    }[kind]
    mine = misses.count(tx, kind, minutes=minutes, device=mark) if mark else 0
    return mine >= per_device or misses.count(tx, kind, minutes=minutes) >= in_all
