"""Finding a card: what somebody wishes, in filters or in everyday words, against what cards say.

The command line and the web page both choose through here, so both give the same cards.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any, Final

from .card import Amount, Card, Deck, Effort

AMOUNTS: Final[tuple[Amount, ...]] = ("none", "optional", "little", "some", "much")  # from nothing to a lot


@dataclass(frozen=True)
class Wish:
    """What a card must be. A field left alone does not matter.

    `minutes`: the usual time (midway between shortest and longest) is no longer than this.
    `people`: the card is for this many people. `seated`: it can be done sitting down.
    `read`, `write`, `talk`, `move`: it asks at most this much (`optional`: it can be left out).
    `step`: one of the nine steps, 1–9. `deck`: the id of a deck. `words`: what one types in a search
    box; "20 minuten zittend zonder schrijven" sets the fields above, other words are looked up.
    """

    minutes: int | None = None
    people: int | None = None
    seated: bool = False
    read: Amount | None = None
    write: Amount | None = None
    talk: Amount | None = None
    move: Amount | None = None
    step: int | None = None
    deck: str | None = None
    words: str = ""


def understood(wish: Wish) -> Wish:
    """Move everyday words such as "6 mensen" from `words` into the fields they mean."""
    text = f" {folded(wish.words)} "
    for pattern, field, value in SAYINGS:
        found = re.search(pattern, text)
        if found:
            change: dict[str, Any] = {field: int(found[1]) if value is None else value}
            wish = replace(wish, **change)
            text = text[: found.start()] + " " + text[found.end() :]
    return replace(wish, words=" ".join(word for word in _words(text) if word not in FILLERS))


def fits(card: Card, deck: Deck, wish: Wish) -> bool:
    """Tell whether a card is what somebody wishes; `wish` has been through `understood`."""
    return (
        (wish.minutes is None or card.duration.min + card.duration.max <= 2 * wish.minutes)
        and (wish.people is None or card.group.min <= wish.people <= card.group.max)
        and (card.seated or not wish.seated)
        and (wish.step is None or wish.step in card.nine_steps)
        and wish.deck in (None, card.deck)
        and _light_enough(card.effort, wish)
        and _says(f"{card.text}\n{deck.name[card.lang]}", wish.words)
    )


def how_far(card: Card, wish: Wish) -> tuple[bool, int]:
    """Return how far a fitting card is from the wish, to sort by: title says so, then uses the time best."""
    elsewhere = not (wish.words and _says(card.title, wish.words))
    unused = 0 if wish.minutes is None else 2 * wish.minutes - card.duration.min - card.duration.max
    return elsewhere, unused


def _light_enough(effort: Effort, wish: Wish) -> bool:
    pairs = (
        (effort.read, wish.read),
        (effort.write, wish.write),
        (effort.talk, wish.talk),
        (effort.move, wish.move),
    )
    return all(most is None or AMOUNTS.index(asked) <= AMOUNTS.index(most) for asked, most in pairs)


def _says(text: str, words: str) -> bool:
    said = folded(text)
    return all(word in said for word in words.split())


def folded(text: str) -> str:
    """Return the text in small letters without accents, so that "één" is found by "een"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text)


_WITHOUT = r"\b(?:zonder|niet|geen|without|no|not)\s+(?:te\s+)?"
SAYINGS: Final[tuple[tuple[str, str, int | bool | Amount | None], ...]] = (
    (r"\b(\d{1,3})\s*(?:minuten|minuut|min|minutes?)\b", "minutes", None),
    (r"\b(?:(?:een )?half uur|half an hour)\b", "minutes", 30),
    (r"\b(?:(?:een )?kwartier|quarter of an hour)\b", "minutes", 15),
    (r"\b(?:(?:een|1) uur|(?:an|1|one) hour)\b", "minutes", 60),
    (r"\b(?:met |with )?(\d{1,3})\s*(?:mensen|personen|man|deelnemers|people|persons|participants)\b", "people", None),
    (r"\b(?:zittend|zitten|seated|sitting)\b", "seated", True),
    (_WITHOUT + r"(?:schrijven|writing|write)\b", "write", "optional"),
    (_WITHOUT + r"(?:lezen|reading|read)\b", "read", "optional"),
    (_WITHOUT + r"(?:praten|talking|talk)\b", "talk", "optional"),
    (_WITHOUT + r"(?:bewegen|lopen|moving|walking|move|walk)\b", "move", "optional"),
    (r"\b(?:stap|step) ([1-9])\b", "step", None),
)
FILLERS: Final = frozenset(
    ("een", "de", "het", "en", "of", "met", "voor", "in", "op", "kaart", "kaarten", "card", "cards", "the", "a", "an")
)
