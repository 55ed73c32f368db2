"""Idea cards photographed by their makers' phones: which card was in hand, how many photos, what came of each.

A photo is a stack of one file and goes the road of all paper. A phone or a card that sends too many is not sent
away: what came is kept unread until a person lets it be read.
"""

from __future__ import annotations

from typing import Literal

from workshop import clock
from workshop.domain import forgetting, stacks, waiting
from workshop.domain.slips import Slip
from workshop.domain.stacks import Brought, Stack
from workshop.errors import Refused
from workshop.store import Tx

CameOut = Literal["reading", "waiting", "front", "blank", "back", "other", "unclear", "odd"]
PER_CARD = 10  # ten minutes
PER_DEVICE = 30  # ten minutes
AT_MOST = 40  # of one card, ever: then it goes to a person by hand
TOO_MANY = "too_many_photos"


def enough(tx: Tx, slip: Slip) -> bool:
    """Say whether so many photos of a card are kept that no more are taken in."""
    sent: int = tx.photographed.count_since(since="", slip=slip.number, device=None)
    return sent >= AT_MOST


def bring(tx: Tx, slip: Slip, device: str, photo: Brought) -> Stack:
    """Note a photo of an idea card; the same photo of the same card again is the same stack."""
    same = tx.photographed.same(slip=slip.number, file=photo.file)
    if same:
        return stacks.find(tx, slip.workshop_id, same["id"])
    many = _sent(tx, slip=slip.number) >= PER_CARD or _sent(tx, device=device) >= PER_DEVICE
    many = many or waiting.blocked(tx, slip.workshop_id, device)
    stack = stacks.bring(tx, slip.workshop_id, None, "phone", [photo])
    tx.photographed.join(id=stack.id, slip=slip.number, device=device)
    if many:
        stacks.park(tx, stack.id, TOO_MANY)
    return stacks.find(tx, slip.workshop_id, stack.id)


def came_out(tx: Tx, slip: Slip, stack_id: str) -> CameOut:
    """Return what came of a photo of this card. Raises `Refused('no_stack')` for a photo of something else."""
    stack = stacks.find(tx, slip.workshop_id, stack_id)
    if tx.photographed.slip_of(id=stack_id) != slip.number:
        raise Refused("no_stack")
    if stack.state == "failed":
        return "waiting"
    if stack.state != "read":
        return "reading"
    pages = stacks.pages(tx, stack_id)
    seen = [one for page in pages for one in page.sightings]
    if any(page.reason == "same_file" for page in pages):
        seen += stacks.sightings_of(tx, slip.number)
    mine = [one for one in seen if one.slip == slip.number]
    fronts = [one for one in mine if one.side == "front"]
    if fronts:
        return "blank" if all(one.blank for one in fronts) else "front"
    if seen:
        return "back" if mine else "other"
    return "odd" if any(file.reason for file in stacks.files(tx, stack_id)) else "unclear"


def forget_devices(tx: Tx) -> None:
    """Drop which phone sent a photo, a day later."""
    tx.photographed.forget_devices(before=clock.ago(days=1))


def unread_of(tx: Tx) -> dict[str, list[dict[str, str]]]:
    """Return by slip what must be erased with it although nothing was read on it: pages and files of its photos."""
    rows = tx.photographed.left_behind(before=clock.ago(minutes=30))
    return {row["slip"]: list(tx.photographed.unread_of(slip=row["slip"])) for row in rows}


def erased(tx: Tx, slip: str, left: list[dict[str, str]], nothing: str) -> list[str]:
    """Note that unread photos of a slip are erased: `nothing` stands in their place. Return files nobody uses now."""
    for row in left:
        if row["id"]:
            tx.photographed.blank_page(id=row["id"])
        tx.photographed.blank_file(id=row["file_id"], file=nothing)
    tx.photographed.part(slip=slip)
    gone = [row[name] for row in left for name in ("picture", "file") if row[name]]
    return forgetting.unused(tx, [file for file in dict.fromkeys(gone) if file != nothing])


def _sent(tx: Tx, *, slip: str | None = None, device: str | None = None) -> int:
    count: int = tx.photographed.count_since(since=clock.ago(minutes=10), slip=slip, device=device)
    return count
