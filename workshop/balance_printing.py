"""The table plan of a meeting and the sheets of “andere bril”, from a workshop to paper."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final, cast

from cards.card import Language
from print.glasses import GlassesText, glasses
from print.imprint import Door
from print.pairing import Places, pairing
from print.things import Printed
from print.words import words
from workshop.domain import doors, meetings, perspectives
from workshop.domain import glasses as looks
from workshop.domain import pairing as dealing
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx
from workshop.telling import in_full

DOCUMENTS: Final = ("pairing", "glasses")


def printed(house: House, workshop: Workshop, what: Mapping[str, Any]) -> Printed:
    """Print a table plan (`meeting`, its key; `size` 2 or 3; `present`, people by perspective) or a sheet with one idea
    (`idea`, its key; `side`, a perspective).

    Raises `Refused`: 'no_meeting', 'no_idea', and as `pairing.groups` does.
    """
    language = cast(Language, what.get("language") or workshop.language)
    common: dict[str, Any] = {"imprint": imprint_of(workshop), "language": language}
    if what["document"] == "pairing":
        called, places = house.store.read(_plan, workshop.id, what, language)
        return house.press.run(pairing, places, size=what["size"], meeting=called, **common)
    text, door = house.store.read(_idea, workshop.id, what["idea"], what["side"], language)
    return house.press.run(glasses, text, door, **common)


def _plan(tx: Tx, workshop_id: str, what: Mapping[str, Any], language: Language) -> tuple[str, list[Places]]:
    said = words(language)
    meeting = meetings.find(tx, workshop_id, what["meeting"])
    called = f"{said('report_meeting', number=meeting.number)}, {in_full(meeting.date, language)}"
    names = perspectives.names(tx, workshop_id, language) | {"": said["pairing_unsaid"]}
    kinds = dealing.kinds(dealing.groups(what["present"], what["size"]))
    ends = [1]
    for kind in kinds:
        ends.append(ends[-1] + kind.count)
    return called, [
        Places(tuple(range(first, end)), tuple(names.get(side, side) for side in kind.sides))
        for kind, (first, end) in zip(kinds, pairwise(ends), strict=True)
    ]


def _idea(tx: Tx, workshop_id: str, idea_id: str, side: str, language: Language) -> tuple[GlassesText, Door]:
    idea = looks.find(tx, workshop_id, idea_id)
    own = doors.of_idea(tx, workshop_id, idea.door_id)
    name = perspectives.names(tx, workshop_id, language).get(side, "")
    return GlassesText(idea.nr, idea.words, name), Door(own.number, own.key, own.word)
