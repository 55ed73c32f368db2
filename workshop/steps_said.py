"""The nine steps in words: the same sentences at the desk, on paper and on the command line.

The sentences stand with the other words of paper, so that a page never says more than the sheet on the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.lists import format_list

from cards.card import Language
from cards.deck import Library
from print.words import Words, words
from workshop.domain import perspectives, steps
from workshop.domain.steps import CARDS, Evidence, State
from workshop.domain.trajectory import STEPS, Part
from workshop.domain.workshops import Workshop
from workshop.store import Tx
from workshop.telling import in_full

_DAYS = ("day", "until", "first", "last")


@dataclass(frozen=True)
class Said:
    """One step in words. `number` is its place among the nine, `name` the title of the card that helps, `card_id`.

    `what` explains the step to a newcomer; `evidence` are whole sentences, `missing` what a sentence can list.
    """

    part: Part
    number: int
    name: str
    card_id: str
    what: str
    state: State
    state_said: str
    evidence: tuple[str, ...]
    missing: tuple[str, ...]


def said(tx: Tx, workshop: Workshop, library: Library, language: Language) -> tuple[Said, ...]:
    """Return the steps that belong to this workshop now, in words."""
    speak, names = words(language), perspectives.names(tx, workshop.id, language)
    return tuple(
        Said(
            part=one.part,
            number=STEPS.index(one.part) + 1,
            name=_name(CARDS[one.part], library, language),
            card_id=CARDS[one.part],
            what=speak[f"step_what_{one.part}"],
            state=one.state,
            state_said=speak[f"step_{one.state}"],
            evidence=tuple(_begun(sentence(each, speak, names, language)) for each in one.evidence),
            missing=tuple(sentence(each, speak, names, language) for each in one.missing),
        )
        for one in steps.of(tx, workshop)
    )


def sentence(evidence: Evidence, speak: Words, names: Mapping[str, str], language: Language) -> str:
    """Return what there is, or is missing, in words; `names` are those of perspectives, by key."""
    key = f"step_{evidence.code}"
    if evidence.values.get("count") == 1 and f"{key}_one" in speak:
        key = f"{key}_one"
    return speak(
        key, **{name: _in_words(name, value, speak, names, language) for name, value in evidence.values.items()}
    )


def names(library: Library, language: Language) -> dict[Part, str]:
    """Return what each of the nine steps is called, in their order."""
    return {part: _name(CARDS[part], library, language) for part in STEPS}


def _in_words(name: str, value: Any, speak: Words, names: Mapping[str, str], language: Language) -> Any:
    if name in _DAYS:
        return in_full(value, language)
    if name == "allows" and not value:
        return speak["step_somebody"]  # the name was erased
    if name == "sides":
        return _listed([names.get(key) or speak["step_side"] for key in value], language)
    if name == "layers":
        return _listed([speak[f"step_layer_{key}"] for key in value], language)
    return " ".join(value.split()).rstrip(".") if isinstance(value, str) else value


def _begun(text: str) -> str:
    """Return a sentence with a capital first."""
    return text[:1].upper() + text[1:]


def _listed(several: list[str], language: Language) -> str:
    return str(format_list(several, locale=language))


def _name(card_id: str, library: Library, language: Language) -> str:
    """Return the title of the card that helps with a step; its key when somebody took the deck away."""
    card = library.find(card_id, language)
    return card.title if card else card_id
