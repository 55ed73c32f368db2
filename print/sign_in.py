"""The sheet by the door: first names, what somebody needs, whether they may be in a photo, and how ideas are kept.

It asks for nothing but a first name, and nothing on it goes into the computer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cards.card import Language
from print.formats import load
from print.heading import Heading, one_page
from print.letters import readable
from print.sheets import Group, Print
from print.words import words

ROWS: Final = 12
"""People on one sheet."""
SPARE: Final = 2
"""Rows for who comes unexpected."""
_SIDES: Final = 6
"""So many sides are named as an example."""


@dataclass(frozen=True)
class Consent:
    """The exact words in which people are asked who may see their idea, and the version of those words.

    `words` has `question`, `group`, `everyone`, `everyone_named` and `change`.
    """

    words: Mapping[str, str]
    version: str


def sheets_for(people: int) -> int:
    """Return how many sheets so many people need."""
    return math.ceil((people + SPARE) / ROWS)


def sign_in(
    people: int,
    consent: Consent,
    sides: Sequence[str],
    heading: Heading,
    *,
    language: Language,
    cache: Path | None = None,
) -> Group:
    """Return as many sheets as so many people need; `sides` are the perspectives people may write down."""
    said = words(language)
    face = one_page(
        "sign_in.html",
        said["sign_title"],
        language,
        cache,
        heading=heading.plain(language),
        consent=dict(consent.words),
        version=consent.version,
        sides=readable(", ".join(sides[:_SIDES]), language),
        rows=ROWS,
    )
    return load("sheet"), [Print(said["sign_title"], face)] * sheets_for(people)
