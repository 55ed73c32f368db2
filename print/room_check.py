"""The check of the room before people come: light, hearing, chairs, the way to the toilet, a card scanned."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cards.card import Language
from print.formats import load
from print.heading import Heading, one_page
from print.sheets import Group, Print
from print.words import words

CHECKS: Final = tuple(f"room_{number}" for number in range(1, 11))


def room_check(heading: Heading, *, language: Language, cache: Path | None = None) -> Group:
    """Return the check twice on one A4, A5 each: one for each facilitator."""
    said = words(language)
    face = one_page(
        "room_check.html",
        said["room_title"],
        language,
        cache,
        heading=heading.plain(language),
        checks=[said[name] for name in CHECKS],
    )
    return load("room"), [Print(said["room_title"], face)] * 2
