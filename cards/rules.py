"""The plain-language rules: what a card may ask of a reader, checked on every card in every language.

The text must be readable aloud by anybody at the table: short sentences, everyday words, one way of
addressing people, and always a way to take part without writing or standing. Whether the words fit on
paper at 14 pt is measured by `print.documents.fit`; here is only a budget of words.

`check_library(load())` gives every finding; an error must be solved, a warning is advice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple, get_args

from .card import Card, Face, Kind, Language, Section
from .deck import Library
from .drawing import drawing_at
from .finding import Finding, Level, Refusal, on_fact, on_line
from .headings import words_of
from .pairs import check_pair
from .said import Said
from .sentences import Sentence, count, of_block, of_card

__all__ = ["check_card", "check_library", "check_pair"]

LONGEST_SENTENCE = 15  # words; municipal style guides and the B1 literature agree on this
LONG_SENTENCE = 12
LONGEST_TITLE = 28  # characters: one line at 24 pt
MOST_STEPS = 5
STEP_WORDS = 20
SHORT = 4  # words; three sentences in a row below this sound childish
BUDGETS: dict[tuple[str, Language, Face], int] = {
    ("A5", "nl", "front"): 30,
    ("A5", "nl", "back"): 110,
    ("A5", "en", "front"): 33,
    ("A5", "en", "back"): 120,
    ("A6", "nl", "front"): 20,
    ("A6", "nl", "back"): 60,
    ("A6", "en", "front"): 22,
    ("A6", "en", "back"): 66,
}  # body words beside the QR block; English words are shorter, so there may be a tenth more
WITHOUT_QR = 2  # a front without a question to share has room for twice the words
SECTION_WORDS = {"invitation": 25, "who_am_i": 18, "tip": 18, "take_care": 18, "another_way": 18}
LONGEST_LISTS = {"materials": 4, "prepare": 2, "related": 3}
REQUIRED: dict[Kind, tuple[str, ...]] = {
    "method": ("invitation", "steps", "tip", "another_way", "look_back"),
    "step": ("invitation", "steps", "tip", "another_way", "look_back"),
    "tip": ("invitation", "steps", "tip", "look_back"),
    "perspective": ("who_am_i", "i_see", "ask_me"),
    "listening": ("steps",),
    "story": ("the_question", "tell"),
    "signal": ("steps",),
}
SPOKEN = ("questions", "share.question")  # what a facilitator says to participants
INFORMAL = re.compile(r"\b(je|jij|jou|jouw|jezelf|jullie)\b", re.IGNORECASE)
FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
MERGE = re.compile(r"\{(\w*)\}")


class Banned(NamedTuple):
    """One entry of `plain.toml`."""

    pattern: re.Pattern[str]
    level: Level
    what: str
    cure: str
    audience: str | None
    statement: bool


def check_card(card: Card) -> list[Finding]:
    """Return everything that is wrong with one card on its own, in the order of the file."""
    sentences = list(of_card(card))
    found = [*_length(card, sentences), *_words(card, sentences), *_address(card, sentences)]
    found += [*_shape(card), *_rhythm(card), *_budget(card), *_merge_fields(card)]
    return sorted(found)


def check_library(library: Library) -> list[Finding]:
    """Return all findings: files that could not be read, cards, pairs, and cards that refer to nothing."""
    found = list(library.problems)
    for language in get_args(Language):
        for card in library.cards(language):
            found += [*check_card(card), *_picture(card, library)]
            for number, other in enumerate(card.related):
                if library.find(other, language) is None:
                    line = f"related.{number}"
                    found.append(
                        on_fact(
                            card,
                            line,
                            Said("there is no card `{other}`", other=other),
                            "Take it out, or correct the id.",
                        )
                    )
    for nl in library.cards("nl"):
        en = library.find(nl.id, "en")
        found += check_pair(nl, en) if en else []
    return sorted(found)


def _length(card: Card, sentences: list[Sentence]) -> Iterator[Finding]:
    for sentence in sentences:
        if sentence.words > LONGEST_SENTENCE:
            what = Said(
                "this sentence has {words} words, more than {longest_sentence}: “{text}”",
                words=sentence.words,
                longest_sentence=LONGEST_SENTENCE,
                text=sentence.text,
            )
            yield on_line(card, sentence.line, "error", what, "Make two sentences of it.")
        elif sentence.words > LONG_SENTENCE:
            what = Said("this sentence has {words} words: “{text}”", words=sentence.words, text=sentence.text)
            yield on_line(
                card,
                sentence.line,
                "warning",
                what,
                Said("Up to {long_sentence} words reads easier.", long_sentence=LONG_SENTENCE),
            )
    if len(card.title) > LONGEST_TITLE:
        what = Said(
            "the title has {count} characters, more than {longest_title}",
            count=len(card.title),
            longest_title=LONGEST_TITLE,
        )
        yield on_fact(card, "title", what, "Find a shorter one, that fits on one line.", "warning")
    for field, most in LONGEST_LISTS.items():
        if len(getattr(card, field)) > most:
            what = Said(
                "`{field}` has {count} items, more than {most}", field=field, count=len(getattr(card, field)), most=most
            )
            yield on_fact(card, field, what, "Keep what is really needed.", "warning")


def _words(card: Card, sentences: list[Sentence]) -> Iterator[Finding]:
    for sentence in sentences:
        for word in banned(card.lang):
            if word.audience and card.audience == "facilitator":
                continue
            if word.statement and sentence.asks:
                continue
            found = word.pattern.search(sentence.text)
            if found:
                yield on_line(
                    card,
                    sentence.line,
                    word.level,
                    Said("“{found}” is {what}", found=found[0], what=word.what),
                    word.cure,
                )


def _address(card: Card, sentences: list[Sentence]) -> Iterator[Finding]:
    """“u” to everybody; “je” only among facilitators, who say “u” when they speak to participants."""
    if card.lang != "nl":
        return
    for sentence in sentences:
        if card.audience == "facilitator":
            said = sentence.place in SPOKEN
            found = None if said else FORMAL.search(not_spoken(sentence.text))
            cure = "Write “je”; only what is said to participants has “u”."
        else:
            facilitators_read = sentence.place.startswith("prepare")
            found = None if facilitators_read else INFORMAL.search(sentence.text)
            cure = "Write “u” or “uw”."
        if found:
            what = Said("“{found}” is not how this card addresses people", found=found[0])
            yield on_line(card, sentence.line, "error", what, cure)


def not_spoken(text: str) -> str:
    """Leave out what a facilitator says aloud: the words after a colon and those between quotes."""
    return re.sub(r":.*|‘[^’]*’|“[^”]*”", "", text)


def _shape(card: Card) -> Iterator[Finding]:
    there = {section.key for section in card.sections}
    for key in REQUIRED.get(card.kind, ()):
        if key not in there:
            heading = words_of(key, card.lang)
            what = Said("a {kind} card needs the heading `{heading}`", kind=card.kind, heading=heading)
            cure = "Add it." if key != "another_way" else "Add it, with a way without writing or standing."
            yield on_fact(card, "kind", what, cure)
    for section in card.sections:
        for block in section.blocks:
            if block.kind == "steps" and len(block.items) > MOST_STEPS:
                what = Said(
                    "there are {count} steps, more than {most_steps}", count=len(block.items), most_steps=MOST_STEPS
                )
                yield on_line(card, block.line, "error", what, "Join or drop steps.")
        yield from _section_length(card, section)


def _section_length(card: Card, section: Section) -> Iterator[Finding]:
    most = SECTION_WORDS.get(section.key)
    words = sum(count(text) for block in section.blocks for text in block.texts())
    if most and words > most:
        what = Said("`{heading}` has {words} words, more than {most}", heading=section.heading, words=words, most=most)
        yield on_line(card, section.line, "warning", what, "Say it shorter.")
    for block in section.blocks:
        for item in of_block(block, section.key) if block.kind == "steps" else ():
            words = sum(sentence.words for sentence in item)
            if words > STEP_WORDS:
                what = Said("this step has {words} words, more than {step_words}", words=words, step_words=STEP_WORDS)
                yield on_line(card, item[0].line, "warning", what, "One step is one thing to do.")


def _rhythm(card: Card) -> Iterator[Finding]:
    for section in card.sections:
        for block in section.blocks:
            for item in of_block(block, section.key):
                for three in zip(item, item[1:], item[2:], strict=False):
                    if all(sentence.words < SHORT for sentence in three):
                        what = Said("three very short sentences in a row: “{one}”", one=" ".join(s.text for s in three))
                        yield on_line(card, three[0].line, "warning", what, "Join two of them; adults read this.")
                        break


def room(card: Card, face: Face) -> tuple[int, int]:
    """Return how many words stand on a face, and how many may."""
    most = BUDGETS[card.size, card.lang, face] * (WITHOUT_QR if face == "front" and card.share is None else 1)
    return sum(count(text) for section in card.on(face) for block in section.blocks for text in block.texts()), most


def _budget(card: Card) -> Iterator[Finding]:
    if card.kind == "form":
        return
    for face in get_args(Face):
        words, most = room(card, face)
        if words > most:
            what = Said(
                "the {face} has {words} words, more than the {most} that fit on {size}",
                face=face,
                words=words,
                most=most,
                size=card.size,
            )
            line = card.on(face)[0].line
            yield on_line(card, line, "error", what, "Take words out, or choose a larger card.")


def _picture(card: Card, library: Library) -> Iterator[Finding]:
    """A deck with drawings has one on every card, and each of them can be drawn."""
    art = library.deck_of(card).art
    if card.picture is None:
        if art and art.is_dir():
            yield on_fact(card, "title", "this card has no picture", "Draw one in `art/` and name it.", "warning")
    elif art and not (art / card.picture.file).is_file():
        what = Said("there is no picture `{file}`", file=card.picture.file)
        yield on_fact(card, "picture", what, Said("Put it in {art}, or correct its name.", art=art))
    elif art and card.picture.file.endswith(".svg"):
        try:
            drawing_at(art / card.picture.file)
        except Refusal as refusal:
            yield refusal.at(art / card.picture.file)


def _merge_fields(card: Card) -> Iterator[Finding]:
    places = [Sentence(section.heading, section.line, section.key) for section in card.sections]
    for sentence in [*places, *of_card(card)]:
        for name in MERGE.findall(sentence.text):
            if name not in card.merge_fields:
                what = Said("`{{{name}}}` would be printed as it stands", name=name)
                yield on_line(
                    card, sentence.line, "error", what, Said("Add `{name}` to `merge_fields`, or remove it.", name=name)
                )


@cache
def banned(language: Language) -> tuple[Banned, ...]:
    """Return the words that do not belong on a card in this language."""
    data = tomllib.loads(resources.files("cards").joinpath("plain.toml").read_text(encoding="utf-8"))
    return tuple(
        Banned(
            re.compile(entry["pattern"], re.IGNORECASE),
            entry["level"],
            entry["what"],
            entry["cure"],
            entry.get("audience"),
            entry.get("statement", False),
        )
        for entry in data[language]
    )
