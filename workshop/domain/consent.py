"""Who may see an idea, and the exact words in which that was asked, on paper and on the page alike.

The version is stored with every idea: later one can show what was explained, not only what was chosen.
Never change a version's words; add a new one.
"""

from __future__ import annotations

from typing import Literal

Visibility = Literal["group", "everyone", "everyone_named"]
NOW = "1"
_TEXTS: dict[str, dict[str, dict[str, str]]] = {
    "1": {
        "nl": {
            "question": "Wie mag dit zien?",
            "group": "Alleen deze groep",
            "everyone": "Iedereen, zonder mijn naam",
            "everyone_named": "Iedereen, met mijn naam",
            "change": "U mag later altijd iets anders kiezen.",
        },
        "en": {
            "question": "Who may see this?",
            "group": "Only this group",
            "everyone": "Everyone, without my name",
            "everyone_named": "Everyone, with my name",
            "change": "You may always change your choice later.",
        },
    }
}
CHOICES: tuple[Visibility, ...] = ("group", "everyone", "everyone_named")  # from few people to many


def text(language: str, version: str = NOW) -> dict[str, str]:
    """Return the words of a version: `question`, the three choices by key, and `change`."""
    return _TEXTS[version][language]


def narrower(one: Visibility, other: Visibility | None) -> Visibility:
    """Return whichever of two choices lets fewer people see it."""
    return one if other is None or CHOICES.index(one) <= CHOICES.index(other) else other
