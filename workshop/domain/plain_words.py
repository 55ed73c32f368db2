"""Are these words plain enough for whoever gave the idea? Advice, never a ban: the facilitator decides.

The rules of cards hold here too (`cards.rules`); decisions have hard words of their own, with a plain one for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from cards.card import Language, Run
from cards.rules import INFORMAL, LONGEST_SENTENCE, banned
from cards.sentences import Sentence, of_item

SIMPLER: dict[str, dict[str, str]] = {
    "nl": {
        "haalbaar": "dat kan",
        r"reali(seren|seert|satie)|gerealiseerd": "maken",
        "momenteel": "nu",
        "tevens": "ook",
        "echter": "maar",
        "derhalve": "daarom",
        "reeds": "al",
        "indien": "als",
        "conform": "volgens",
        "draagvlak": "mensen die het willen",
        "prioriteit(en)?": "wat eerst komt",
        "capaciteit": "mensen of tijd",
        "budget(ten)?": "geld",
        "financi(ële|eel)": "van het geld",
        "initiatief|initiatieven": "plan",
        "pilot": "proef",
        "evalu(eren|eert|atie)|geëvalueerd": "kijken hoe het ging",
        r"inventaris(eren|atie|eert)|geïnventariseerd": "op een rij zetten",
        r"onderzo(eken|ekt) de mogelijkheden": "kijken of het kan",
        "regelgeving": "regels",
        "beleid": "plannen van de gemeente",
        "omtrent|betreffende|inzake": "over",
        "in verband met|naar aanleiding van": "door",
        "ter plaatse": "daar",
        "realistisch": "dat kan",
        r"afgewezen|afwijzing|verworpen": "we doen het niet",
        "voorziening(en)?": "wat er nodig is",
        "betrokken partijen|partijen|actoren": "wie meedoen",
        r"opgepakt|oppakken": "gaan doen",
    },
    "en": {
        "feasible|feasibility": "can be done",
        "reali[sz]e|reali[sz]ation": "make",
        "currently": "now",
        "however": "but",
        "therefore": "so",
        "commence[sd]?": "start",
        "prioriti[sz]e[sd]?|priority": "first",
        "capacity": "people or time",
        "budget": "money",
        "initiative": "plan",
        "pilot": "trial",
        "evaluat(e|es|ed|ion)": "look how it went",
        "policy|policies": "plans of the council",
        "regarding|concerning": "about",
        "in accordance with": "as",
        "prior to": "before",
        "utili[sz]e[sd]?": "use",
        "reject(ed|ion)?": "we do not do it",
        "facilit(y|ies)": "what is needed",
    },
}


@dataclass(frozen=True)
class Remark:
    """A sentence that could be plainer.

    `code` is 'long' (more than fifteen words), 'hard' (`found` is a hard word; `plain` is what to write, or `cure`
    says it in a sentence of `cards.said`), or 'informal' (“je” instead of “u”).
    """

    code: Literal["long", "hard", "informal"]
    sentence: str
    words: int
    found: str = ""
    plain: str = ""
    cure: str = ""


def check(text: str, language: str) -> list[Remark]:
    """Return what could be said plainer in a text of this language, in the order of its sentences."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    sentences = [sentence for line in lines for sentence in of_item((Run(text=line),), "")]
    return [remark for sentence in sentences for remark in _about(sentence, language)]


def _about(sentence: Sentence, language: str) -> Iterator[Remark]:
    said, words = sentence.text, sentence.words
    if words > LONGEST_SENTENCE:
        yield Remark("long", said, words)
    for word in banned(cast(Language, language)):
        found = None if word.statement and sentence.asks else word.pattern.search(said)
        if found:
            yield Remark("hard", said, words, found[0], cure=word.cure)
    for pattern, plain in _simpler(language):
        if found := pattern.search(said):
            yield Remark("hard", said, words, found[0], plain=plain)
    if language == "nl" and (found := INFORMAL.search(said)):
        yield Remark("informal", said, words, found[0])


@cache
def _simpler(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b(?:{hard})\b", re.IGNORECASE), plain) for hard, plain in SIMPLER[language].items())
