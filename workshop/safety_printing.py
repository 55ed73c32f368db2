"""The agreements and the learning zone of a workshop, put on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from cards.card import Language
from print.agreements import agreed
from print.things import Printed
from print.words import words
from print.zone import Counts, Lay, ZoneText, zone
from workshop.domain import agreements, perspectives, zones
from workshop.domain.meetings import Meeting
from workshop.domain.workshops import Workshop
from workshop.domain.zones import Zone
from workshop.errors import Refused
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx
from workshop.telling import in_full

DOCUMENTS: Final = ("agreements", "zone")
SIZES: Final = ("a4", "a3")


def printed(house: House, workshop: Workshop, what: Mapping[str, Any]) -> Printed:
    """Print the agreements (`format` a4 or a3) or the learning zone.

    Raises `Refused`: 'no_agreements', 'no_zone' when there is nothing to print.
    """
    language = cast(Language, what.get("language") or workshop.language)
    common: dict[str, Any] = {"imprint": imprint_of(workshop), "language": language}
    if what["document"] == "zone":
        text = house.store.read(zone_text, workshop.id, language)
        return house.press.run(zone, text, cache=house.settings.data / "faces", **common)
    there = [one.words for one in house.store.read(agreements.of_workshop, workshop.id)]
    if not there:
        raise Refused("no_agreements", "There are no agreements yet. Write some first; then they can be printed.")
    return house.press.run(agreed, there, size="a3" if what.get("format") == "a3" else "a4", **common)


def zone_text(tx: Tx, workshop_id: str, language: Language) -> ZoneText:
    """Return how the buttons of the whole group lay in each meeting, and what changed for sides that may be shown.

    Raises `Refused('no_zone')` when nothing may be shown yet.
    """
    rows = zones.trend(tx, workshop_id)
    if not rows:
        raise Refused("no_zone", "Fewer than five buttons were counted. Count some first; then they can be printed.")
    names = perspectives.names(tx, workshop_id, language)
    sides = [(names.get(side, side), zones.compared(rows, side)) for side in sorted({one for _, one, _ in rows if one})]
    return ZoneText(
        tuple(Lay(_called(meeting, language), _counts(found)) for meeting, side, found in rows if not side),
        tuple((name, _counts(both[0]), _counts(both[1])) for name, both in sides if both),
    )


def _counts(found: Zone) -> Counts:
    return found.known, found.learning, found.too_much


def _called(meeting: Meeting, language: Language) -> str:
    return f"{words(language)['zone_meeting']} {meeting.number}, {in_full(meeting.date, language)}"
