"""How many of everything a meeting needs on paper, and how many sheets that takes, before anything is laid out.

Who reads large letters gets those instead of the small ones; what lies on a table lies there in both. A set of
signals lies on every table, and everybody says at the end how it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from cards.card import Language
from cards.deck import Library
from cards.recipe import Copies, Counts, Recipe
from print.badges import whole_sheets
from print.formats import Flip, load
from print.heading import format_sides
from print.pack import PARTS, Part
from print.recipes import Line
from print.sign_in import sheets_for
from print.words import words

SIGNALS: Final = "signaal"
"""The deck that lies on every table."""
EVALUATION: Final = "terugkoppeling/03-hoe-was-het-vandaag"
ANSWER: Final = "terugkoppeling/01-dit-gebeurt-er-met-uw-idee"
"""An answer to write by hand: not needed when answers come from the printer."""
HOW: Final = "hulp/01-zo-werkt-deze-kaart"
"""How to join in, for every table."""
_OWN: Final = {"A5": "a5_2up", "A6": "a6_4up"}
_PLAIN: Final[dict[Part, str]] = {
    "room": "room",
    "sign_in": "sheet",
    "badges": "badges",
    "poster": "poster_2a4",
    "tents": "tent",
    "answers": "answers_a5",
    "slips": "slips_a5",
    "slips_large": "slips_large",
}


@dataclass(frozen=True)
class Asked:
    """What somebody wants printed of a meeting. `idea_cards` is how many each person gets."""

    meeting_id: str
    counts: Counts
    idea_cards: int
    parts: tuple[Part, ...] = PARTS
    language: Language = "nl"
    flip: Flip = "long"

    @classmethod
    def of(cls, what: Mapping[str, Any]) -> Asked:
        """Return what an order says."""
        counts = Counts.of(what["people"], what["tables"], what["large"])
        parts = tuple(part for part in PARTS if part in what["parts"])
        return cls(what["meeting"], counts, what["idea_cards"], parts, what["language"], what["flip"])

    def told(self) -> dict[str, Any]:
        """Return it as plain values for an order."""
        known = {"meeting": self.meeting_id, **self.counts.model_dump(), "idea_cards": self.idea_cards}
        return known | {"parts": list(self.parts), "language": self.language, "flip": self.flip}

    @property
    def small_idea_cards(self) -> int:
        """Return how many idea cards of the usual size there are."""
        return self.idea_cards * (self.counts.people - self.counts.large)

    @property
    def large_idea_cards(self) -> int:
        """Return how many there are in large letters."""
        return self.idea_cards * self.counts.large


@dataclass(frozen=True)
class Piles:
    """Cards by id with how many of each, per part of the pack; `parts` counts the things in every part."""

    cards: Mapping[str, int]
    large: Mapping[str, int]
    signals: Mapping[str, int]
    evaluation: Mapping[str, int]
    parts: Mapping[Part, int]

    def lines(self, library: Library, asked: Asked) -> list[Line]:
        """Return what the packing list says of the parts that are asked; cards by their title."""
        said, lines = words(asked.language), []
        for part in asked.parts:
            if part in ("cards", "large"):
                after = f" ({said['recipe_large']})" if part == "large" else ""
                lines += [Line(many, title + after) for title, many in self._titles(part, library, asked.language)]
            elif part != "packing" and self.parts.get(part):
                lines.append(Line(self.parts[part], said[f"pack_part_{part}"]))
        return lines

    def _titles(self, part: Part, library: Library, language: Language) -> list[tuple[str, int]]:
        own: Mapping[str, int] = getattr(self, part)
        return [(card.title, own[card.id]) for card in library.cards(language) if card.id in own]


def piles(recipe: Recipe | None, chosen: Mapping[str, int], asked: Asked, library: Library, answered: int) -> Piles:
    """Return how many of everything: of a plan, or of the chosen cards as long as there is none.

    `answered` is how many answers come from the printer. Cards that are not there in this language are left out.
    """
    counts, there = asked.counts, {card.id: card for card in library.cards(asked.language)}
    needed = {one.card: one for one in _of(recipe, chosen, counts, there)}
    if answered:
        needed.pop(ANSWER, None)
    if asked.idea_cards:
        needed.setdefault(HOW, Copies(card=HOW, copies=counts.tables, large=counts.large))
    needed.setdefault(
        EVALUATION, Copies(card=EVALUATION, copies=max(1, counts.people - counts.large), large=counts.large)
    )
    needed = {card_id: one for card_id, one in needed.items() if card_id in there}
    signals = {
        card_id: max(counts.tables, needed[card_id].copies if card_id in needed else 0)
        for card_id, card in there.items()
        if card.deck == SIGNALS
    }
    own = {one.card: one.copies for one in needed.values() if one.card not in signals and one.card != EVALUATION}
    large = {one.card: one.large for one in needed.values() if one.large}
    evaluation = {one.card: one.copies for one in needed.values() if one.card == EVALUATION}
    cards: dict[Part, Mapping[str, int]] = {"cards": own, "large": large, "signals": signals, "evaluation": evaluation}
    return Piles(own, large, signals, evaluation, _counted(asked, cards, answered, planned=recipe is not None))


def _of(recipe: Recipe | None, chosen: Mapping[str, int], counts: Counts, there: Mapping[str, Any]) -> Sequence[Copies]:
    if recipe:
        return recipe.amounts(counts.tables, counts.people, counts.large).cards
    return [
        Copies(card=card_id, copies=many, large=0 if there[card_id].audience == "facilitator" else counts.large)
        for card_id, many in chosen.items()
        if card_id in there
    ]


def _counted(asked: Asked, cards: Mapping[Part, Mapping[str, int]], answered: int, *, planned: bool) -> dict[Part, int]:
    """Return how many things are in each part; a part of nothing is not there."""
    counts = asked.counts
    found: dict[Part, int] = {
        "run_sheet": 2 if planned else 0,
        "packing": 1,
        "room": 2,
        "sign_in": sheets_for(counts.people),
        "badges": whole_sheets(counts.people),
        "poster": 1,
        "tents": counts.tables,
        "answers": answered,
        "slips": asked.small_idea_cards,
        "slips_large": asked.large_idea_cards,
    }
    found |= {part: sum(some.values()) for part, some in cards.items()}
    return {part: found[part] for part in PARTS if found[part]}


def sheets(own: Piles, asked: Asked, library: Library) -> dict[Part, int]:
    """Return how many sheets each part takes in a two-sided pile, of those that need no laying out.

    Answers that are too long for a small slip take more.
    """
    found: dict[Part, int] = {}
    for part, count in own.parts.items():
        if part in _PLAIN:
            laid = 2 if part == "poster" else count
            found[part] = format_sides(load(_PLAIN[part]), laid, asked.flip) // 2
        elif part not in ("run_sheet", "packing"):
            found[part] = _card_sheets(part, getattr(own, part), asked, library)
    return found


def _card_sheets(part: Part, own: Mapping[str, int], asked: Asked, library: Library) -> int:
    """Return how many sheets cards take: each size on sheets of its own."""
    sizes: Counter[str] = Counter()
    for card in library.cards(asked.language):
        if card.id in own:
            sizes["a4_large" if part == "large" else _OWN[cast(str, card.size)]] += own[card.id]
    return sum(format_sides(load(form), count, asked.flip) for form, count in sizes.items()) // 2
