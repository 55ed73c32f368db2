"""What is wrong with a card, in English or in Dutch: a sentence that remembers how it was made.

Checks speak English; the desk says the same in the language of who sits at it. `dutch.toml` has every
sentence, with the same braces.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


class Said(str):
    """An English sentence, and the pattern and values it was made from: `Said("{n} words", n=3)`."""

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, **values: Any) -> Said:
        """Fill the braces of the pattern."""
        made = super().__new__(cls, template.format(**values))
        made.template = template
        made.values = {name: one if isinstance(one, str | int | float) else str(one) for name, one in values.items()}
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Stay whole on the way back from a child process."""
        return (_again, (self.template, self.values))


def _again(template: str, values: dict[str, Any]) -> Said:
    return Said(template, **values)


def in_language(text: str, language: str) -> str:
    """Return a sentence of a check in `nl` or `en`; words of the card itself stay as they are."""
    if language == "en":
        return str(text)
    table = dutch()
    if isinstance(text, Said):
        values = {
            name: in_language(one, language) if isinstance(one, str) else one for name, one in text.values.items()
        }
        return table.get(text.template, text.template).format(**values)
    return table.get(text, text)


@cache
def dutch() -> dict[str, str]:
    """Return every sentence of the checks: English pattern -> Dutch pattern."""
    data = tomllib.loads(resources.files("cards").joinpath("dutch.toml").read_text(encoding="utf-8"))
    table: dict[str, str] = data["said"]
    return table
