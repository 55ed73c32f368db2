"""What people do with pages a machine could not settle: say whose they are, confirm ticks and counts, take that back.

Nothing here looks at pictures. What a person says is a sighting beside what the machine saw, never in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from print.forms import Form, form, forms
from print.numbers import SLIP_DIGITS, WrongNumber, typed
from workshop.domain import ideas, paper, pulse, round_sheets, slips, stacks
from workshop.domain.ideas import Idea
from workshop.domain.slips import Listed, Slip
from workshop.domain.stacks import Page, Seen
from workshop.errors import Refused
from workshop.store import Tx

MOST_MISSING = 60
MOST_COUNTED = 999


@dataclass(frozen=True)
class Returned:
    """A printed series that began to come back; `missing` are the first sixty numbers nobody has seen yet."""

    listed: Listed
    missing: tuple[str, ...]


def returned(tx: Tx, workshop_id: str) -> list[Returned]:
    """Return the series of which at least one sheet came back, newest first."""
    begun = [one for one in slips.series_of(tx, workshop_id) if one.came_back]
    return [Returned(one, _missing(tx, one.series.id)) for one in begun]


def left_to_look(tx: Tx, workshop_id: str) -> int:
    """Return how many pages wait for a person."""
    left: int = tx.stacks.left_to_look(workshop_id=workshop_id)
    return left


def slip_typed(tx: Tx, workshop_id: str, text: str) -> Slip:
    """Return the slip whose number somebody typed.

    Raises `Refused`: 'number_empty', 'number_characters', 'number_length', 'number_check', 'slip_unknown',
    'slip_elsewhere', 'slip_withdrawn'.
    """
    try:
        number = typed(text, SLIP_DIGITS)
    except WrongNumber as error:
        raise Refused(f"number_{error.fault}") from None
    slip = slips.by_number(tx, number)
    if slip is None:
        raise Refused("slip_unknown")
    if slip.workshop_id != workshop_id:
        raise Refused("slip_elsewhere")
    idea = paper.idea_of(tx, number)
    if slip.withdrawn_at or (idea and idea.withdrawn_at):
        raise Refused("slip_withdrawn")
    return slip


def newest_form(tx: Tx, slip: Slip, side: str) -> Form:
    """Return the layout of a slip as it is printed now. Raises `Refused('no_back')` for what has one side."""
    kind = slips.find(tx, slip.workshop_id, slip.series_id).kind
    name = kind if side == "front" else f"{kind}_back"
    found = [one for one in forms() if one.name == name]
    if not found:
        raise Refused("no_back")
    return found[-1]


def newest_front(tx: Tx, number: str) -> Seen | None:
    """Return what was seen last of the front of a slip; None when it did not come back yet."""
    return next((seen for seen in stacks.sightings_of(tx, number, "front") if seen.crop), None)


def confirm(tx: Tx, page: Page, who: str, confirmed: Mapping[str, Mapping[str, Any]]) -> None:
    """Note that a person looked at a page and what they read there: by number, as `paper.type_over` takes it."""
    for seen in page.sightings:
        idea = paper.idea_of(tx, seen.slip)
        if idea is None or idea.withdrawn_at:
            continue
        if seen.side == "front" and page.reason == "newer":
            idea = paper.show(tx, idea, seen, who)
        if seen.slip in confirmed:
            paper.confirm(tx, idea, who, confirmed[seen.slip])
    stacks.settle(tx, page, who, "looked")


def count(tx: Tx, page: Page, who: str, sighting_id: str, counts: Mapping[str, int]) -> None:
    """Keep the counts of a sheet as a person says they are; later looks use these."""
    seen = next((one for one in page.sightings if one.id == sighting_id and one.counts), None)
    if seen is None:
        raise Refused("no_page")
    checked = {value: min(max(counts.get(value, was), 0), MOST_COUNTED) for value, was in seen.counts.items()}
    stacks.see(tx, page.id, replace(seen, how="person", sure=True, doubt=(), counts=checked))
    round_sheets.came_back(tx, seen.slip)
    if page.tray == "look" and page.settled_at is None:
        stacks.settle(tx, page, who, "looked")


def sheets(page: Page) -> list[Seen]:
    """Return the counted sheets on a page, each as it was seen last: what a person said goes before."""
    newest = {seen.slip: seen for seen in page.sightings if seen.counts}
    return list(newest.values())


def rows_of(tx: Tx, seen: Seen) -> list[tuple[str, str]]:
    """Return the rows or rings of a sheet: the value, and what is printed there ('' when it was left open)."""
    slip = slips.by_number(tx, seen.slip)
    said = slips.find(tx, slip.workshop_id, slip.series_id).choices if slip else ()
    shape = form(seen.code)
    values = [row.value for row in shape.rows] or [ring.value for ring in shape.rings]
    return [(value, said[at] if shape.rows and at < len(said) else "") for at, value in enumerate(values)]


def nothing_on_it(tx: Tx, page: Page, who: str, reason: str) -> None:
    """Note that nothing is written on the cards of a page after all: their ideas are put aside with this reason."""
    for seen in page.sightings:
        idea = paper.idea_of(tx, seen.slip)
        if seen.side == "front" and idea and not idea.words and not idea.withdrawn_at:
            paper.set_aside_empty(tx, idea, who, reason)
    stacks.settle(tx, page, who, "looked")


def take_back(tx: Tx, page: Page, sighting_id: str) -> None:
    """Undo typing a number: the sighting goes, and its idea when nothing else came of it yet.

    Raises `Refused('nothing_to_undo')` when no person said it, or the idea is in use already.
    """
    seen = next((one for one in page.sightings if one.id == sighting_id and one.how == "person"), None)
    if seen is None:
        raise Refused("nothing_to_undo")
    idea = paper.idea_of(tx, seen.slip)
    tx.stacks.unsee(id=seen.id)
    round_sheets.came_back(tx, seen.slip)
    before = newest_front(tx, seen.slip)
    if idea and seen.side == "front" and before:
        tx.pictures.replace(
            idea_id=idea.id, position=0, file=before.idea_crop, width=before.idea_width, height=before.idea_height
        )
    elif idea and seen.side == "front" and idea.words:
        tx.pictures.forget(idea_id=idea.id)
    elif idea and seen.side == "front":
        _remove(tx, idea)
    if idea:
        pulse.beat(tx, idea.workshop_id)
    stacks.unsettle(tx, page)


def _remove(tx: Tx, idea: Idea) -> None:
    """Remove an idea of which nothing is left; whoever has its words or used it keeps it."""
    if idea.words or idea.version > 1:
        raise Refused("nothing_to_undo")
    tx.pictures.forget(idea_id=idea.id)
    tx.looking.forget(idea_id=idea.id)
    tx.ideas.remove_claim(idea_id=idea.id)
    tx.ideas.remove_events(idea_id=idea.id)
    tx.ideas.remove_from_paper(id=idea.id)


def _missing(tx: Tx, series_id: str) -> tuple[str, ...]:
    return tuple(row["number"] for row in tx.stacks.not_back(series_id=series_id, most=MOST_MISSING))


def put_back_away(tx: Tx, idea: Idea, who: str, *, away: bool) -> None:
    """Hide the back of an idea card; half an hour later it is erased for good. Not `away`: undo that.

    An address that was typed over from it goes at once.
    """
    if away and idea.address:
        idea = ideas.apply(tx, replace(idea, address=""), who, "address away")
    if back_is_away(tx, idea) != away:
        ideas.record(tx, idea.id, who, "back away" if away else "back kept", {}, {})


def back_is_away(tx: Tx, idea: Idea) -> bool:
    """Say whether the back of an idea card is hidden, to be erased."""
    verbs = [row["verb"] for row in tx.ideas.history(idea_id=idea.id) if row["verb"] in ("back away", "back kept")]
    return verbs[-1:] == ["back away"]
