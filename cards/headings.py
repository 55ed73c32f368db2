"""The fixed list of headings: which words, in which order, on which face, on which kind of card."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from .card import Face, Language


class Heading(NamedTuple):
    """One heading of `headings.toml`; `place` is its position in the order of the card."""

    key: str
    face: Face
    kinds: tuple[str, ...]
    place: int


@cache
def headings(language: Language) -> dict[str, Heading]:
    """Return every heading in this language: the words as printed -> what they mean."""
    data = tomllib.loads(resources.files("cards").joinpath("headings.toml").read_text(encoding="utf-8"))
    found: dict[str, Heading] = {}
    for place, entry in enumerate(data["heading"]):
        heading = Heading(entry["key"], entry["face"], tuple(entry.get("kinds", ())), place)
        found.update(dict.fromkeys(entry[language], heading))
    return found


def words_of(key: str, language: Language) -> str:
    """Return the (first) words of a heading: `words_of("tip", "nl")`."""
    return next(words for words, heading in headings(language).items() if heading.key == key)
