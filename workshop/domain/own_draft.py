"""What a facilitator typed on a card of one's own, in one or two languages, as plain texts by field.

Facts such as the time and the size are there once; words carry their language before them (`nl.title`).
Because everything is text by field, two people's changes can be laid together field by field.
"""

from __future__ import annotations

from typing import Final, get_args

from cards.card import Language
from cards.writing import FACTS, IN, WORDS, Draft

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
HAS: Final = "languages"

NEW: Final[Draft] = {
    **{"kind": "method", "audience": "everyone", "size": "A5", "seated": "yes", "answers": "text"},
    **{"min": "20", "max": "30", "people_min": "3", "people_max": "8", "people_ideal": "5"},
    **{"read": "little", "write": "optional", "talk": "some", "move": "none"},
    "licence": "CC-BY-4.0",
}
BLANK: Final[dict[Language, Draft]] = {
    "nl": {
        "title": "Onze eigen kaart",
        "purpose": "Een kaart om zelf te schrijven.",
        "in.front_side": "**Zo heet onze kaart**\n\n**Wat doen we?**",
        "in.back_side": "**Zo doen we dat**\n\n**Een vraag om te stellen**",
    },
    "en": {
        "title": "A card of our own",
        "purpose": "A card to write ourselves.",
        "in.front_side": "**The name of our card**\n\n**What we do**",
        "in.back_side": "**How we do it**\n\n**A question to ask**",
    },
}
BLANK_FACTS: Final[Draft] = {
    **NEW,
    **{"kind": "form", "form_front": "name:line\nwhat:box:95mm", "form_back": "how:box:95mm\nask:line"},
}


def is_word(field: str) -> bool:
    """Say whether a field of one language is words (`title`, `in.steps`), and not a fact."""
    return field in WORDS or field.startswith(IN)


def languages(whole: Draft) -> tuple[Language, ...]:
    """Return the languages this card is written in."""
    return tuple(language for language in LANGUAGES if language in whole.get(HAS, "").split())


def one(whole: Draft, language: Language) -> Draft:
    """Return the draft of one language: the facts, and its words without their prefix."""
    facts = {field: text for field, text in whole.items() if field in FACTS}
    begin = f"{language}."
    return facts | {field.removeprefix(begin): text for field, text in whole.items() if field.startswith(begin)}


def joined(whole: Draft, language: Language, draft: Draft) -> Draft:
    """Return the whole with these facts and these words of one language; other fields stay as they are."""
    has = " ".join(code for code in LANGUAGES if code == language or code in languages(whole))
    named = {f"{language}.{field}" if is_word(field) else field: text for field, text in draft.items()}
    return {field: text for field, text in (whole | named | {HAS: has}).items() if text}


def merged(base: Draft, mine: Draft, now: Draft) -> tuple[Draft, list[str]]:
    """Lay two people's changes of `base` together; return the result, and the fields that both changed.

    In such a field the result has mine: a person decides.
    """
    result, both = dict(now), []
    for field in sorted(base.keys() | mine.keys() | now.keys()):
        before, wanted, there = base.get(field, ""), mine.get(field, ""), now.get(field, "")
        if wanted == before:
            continue
        if there not in (before, wanted):
            both.append(field)
        result[field] = wanted
    return {field: text for field, text in result.items() if text}, both
