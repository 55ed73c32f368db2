"""The fixed words on paper in both languages, and numbers in words."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from cards.card import Group, Language, Minutes


class Words(dict[str, str]):
    """The words of one language by name; `words("card", number=5)` fills the braces."""

    def __call__(self, key: str, **values: object) -> str:
        """Return one of the fixed texts with its braces filled."""
        return self[key].format(**values)

    def minutes(self, time: Minutes) -> str:
        """Return a duration: "25–35 minuten"."""
        if time.min == time.max:
            return self["minute"] if time.max == 1 else self("minutes_one", min=time.min)
        return self("minutes", min=time.min, max=time.max)

    def span(self, time: Minutes) -> str:
        """Return a duration without its unit, for a list: "25–35"."""
        return str(time.max) if time.min == time.max else f"{time.min}–{time.max}"

    def people(self, group: Group) -> str:
        """Return a group size: "4–6 mensen"."""
        if group.min == group.max:
            return self["person"] if group.max == 1 else self("people_one", min=group.min)
        return self("people", min=group.min, max=group.max)


@lru_cache(maxsize=1)
def _all() -> dict[str, Words]:
    text = files("print").joinpath("words.toml").read_text(encoding="utf-8")
    return {language: Words(words) for language, words in tomllib.loads(text).items()}


def words(language: Language) -> Words:
    """Return the fixed words of a language."""
    return _all()[language]
