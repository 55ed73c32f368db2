"""What makes a recipe one that people can sit through: its minutes, its order, its words, both editions alike.

The figures come from practice with mixed groups: two hours from door to door with a real break in the middle,
blocks of at most three quarters of an hour, and never more than two methods that are new to the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .card import Card, Language, Run
from .deck import LANGUAGES, Library
from .finding import Finding, Level
from .recipe import Block, Recipe, Text
from .recipe_book import Book
from .rules import FORMAL, LONGEST_SENTENCE, banned, not_spoken
from .sentences import Sentence, of_item

LONGEST_MEETING = 120  # minutes
SHORTEST_BREAK = 20
LONGEST_BLOCK = 45
MOST_NEW = 2
NEW_KINDS = ("method", "step")
FIRST_KINDS = ("listening", "story")
EVALUATION = "terugkoppeling/03-hoe-was-het-vandaag"


def check_recipes(book: Book, library: Library) -> list[Finding]:
    """Return everything that is wrong with the recipes of a series, in its order."""
    found = list(book.problems)
    known: set[str] = set()
    for recipe in book.recipes:
        found += [*_cards(recipe, library), *_minutes(recipe), *_order(recipe, library)]
        found += [*_new(recipe, library, known), *_for_everyone(recipe, library), *_words(recipe)]
        known |= {use.card for block in recipe.blocks for use in block.cards}
    return found


def _cards(recipe: Recipe, library: Library) -> Iterator[Finding]:
    for use in recipe.uses():
        for language in LANGUAGES:
            if library.find(use.card, language) is None:
                cure = "Take it out, or correct the id."
                yield _on(recipe, use.card, f"there is no card `{use.card}` in `{language}`", cure)


def _minutes(recipe: Recipe) -> Iterator[Finding]:
    total = sum(block.minutes for block in recipe.blocks)
    if total != recipe.minutes:
        what = f"the blocks take {total} minutes, the programme says {recipe.minutes}"
        yield _on(recipe, "minutes =", what, "Make both the same.")
    if total > LONGEST_MEETING:
        what = f"the programme takes {total} minutes, more than {LONGEST_MEETING}"
        yield _on(recipe, "minutes =", what, "Move a block to another meeting.")
    if not any(block.kind == "break" and block.minutes >= SHORTEST_BREAK for block in recipe.blocks):
        what = f"there is no break of {SHORTEST_BREAK} minutes or more"
        yield _on(recipe, "[[blocks]]", what, "Put one in the middle, between two blocks of work.")
    for block in recipe.blocks:
        if block.kind != "break" and block.minutes > LONGEST_BLOCK:
            what = f"“{block.title['nl']}” takes {block.minutes} minutes, more than {LONGEST_BLOCK}"
            yield _on(recipe, block.title["nl"], what, "Make it shorter, or put the break in the middle of it.")


def _order(recipe: Recipe, library: Library) -> Iterator[Finding]:
    """Answers first, a story or listening before methods, both leaders, the break between, evaluation at the end."""
    blocks = recipe.blocks
    if blocks[0].kind != "welcome":
        yield _on(
            recipe, blocks[0].title["nl"], "the meeting does not begin with a welcome", "Begin with coffee and answers."
        )
    kinds = [card.kind for block in blocks for card in _in(block, library)]
    first = next((at for at, kind in enumerate(kinds) if kind in FIRST_KINDS), None)
    method = next((at for at, kind in enumerate(kinds) if kind in NEW_KINDS), len(kinds))
    if first is None or first > method:
        what = "no listening card or story comes before the work"
        yield _on(recipe, "[[blocks]]", what, "Begin with a card of “Luisteren” or “Verhalen”.")
    if EVALUATION not in [use.card for use in blocks[-1].cards]:
        what = "the last block does not ask how it was today"
        yield _on(recipe, blocks[-1].title["nl"], what, f"Add the card `{EVALUATION}` for every person.")
    pause = next((at for at, block in enumerate(blocks) if block.kind == "break"), len(blocks))
    before, after = (_leaders(part) for part in (blocks[:pause], blocks[pause + 1 :]))
    if before & after or not (before and after):
        yield _on(recipe, "leads =", "the leaders do not swap halfway", "Let A lead before the break and B after it.")


def _leaders(blocks: Sequence[Block]) -> set[str]:
    return {block.leads for block in blocks if block.kind == "work"}


def _new(recipe: Recipe, library: Library, known: set[str]) -> Iterator[Finding]:
    cards = [card for block in recipe.blocks for card in _in(block, library)]
    new = sorted({card.id for card in cards if card.kind in NEW_KINDS} - known)
    if len(new) > MOST_NEW:
        what = f"there are {len(new)} new methods, more than {MOST_NEW}: {', '.join(new)}"
        yield _on(recipe, new[-1], what, "Keep two; have the others ready as `spare`.")


def _for_everyone(recipe: Recipe, library: Library) -> Iterator[Finding]:
    """A block with enough time for its cards, and a way for who sits, or does not write."""
    for block in recipe.blocks:
        cards = _in(block, library)
        needed = max((card.duration.min for card in cards), default=0)
        if needed > block.minutes:
            what = f"“{block.title['nl']}” takes {block.minutes} minutes; its cards ask at least {needed}"
            yield _on(recipe, block.title["nl"], what, "Give it more time, or choose a shorter card.")
        asks = [card.title for card in cards if card.kind in NEW_KINDS and _asks_much(card)]
        if asks and block.other_way is None:
            what = f"“{block.title['nl']}” has no way without writing or walking"
            yield _on(recipe, block.title["nl"], what, "Add `other_way`.")


def _asks_much(card: Card) -> bool:
    return not card.seated or card.effort.write in ("little", "some", "much") or card.effort.move in ("some", "much")


def _words(recipe: Recipe) -> Iterator[Finding]:
    for text in texts(recipe):
        for language in LANGUAGES:
            for sentence in _sentences(text, language):
                yield from _sentence(recipe, sentence, language)
        dutch, english = (len(_sentences(text, language)) for language in LANGUAGES)
        if dutch != english:
            what = f"“{text['en']}” has {english} sentences, in Dutch {dutch}"
            yield _on(recipe, text["en"], what, "Let every sentence have its twin.")


def _sentence(recipe: Recipe, sentence: Sentence, language: Language) -> Iterator[Finding]:
    if sentence.words > LONGEST_SENTENCE:
        what = f"this sentence has {sentence.words} words, more than {LONGEST_SENTENCE}: “{sentence.text}”"
        yield _on(recipe, sentence.text, what, "Make two sentences of it.")
    formal = FORMAL.search(not_spoken(sentence.text)) if language == "nl" else None
    if formal:
        what = f"“{formal[0]}” is not how a recipe addresses facilitators"
        yield _on(recipe, sentence.text, what, "Write “je”; only what is said to the group has “u”.")
    for word in banned(language):
        if word.audience or (word.statement and sentence.asks):
            continue
        found = word.pattern.search(sentence.text)
        if found:
            yield _on(recipe, sentence.text, f"“{found[0]}” is {word.what}", word.cure, word.level)


def texts(recipe: Recipe) -> list[Text]:
    """Return every text of a recipe, in reading order."""
    found = [recipe.title, recipe.purpose, recipe.result, recipe.for_whom]
    for block in recipe.blocks:
        found += [block.title, block.text, *([block.other_way] if block.other_way else [])]
    return [*found, *recipe.prepare, *(thing.text for thing in recipe.bring), *recipe.room]


def _sentences(text: Text, language: Language) -> list[Sentence]:
    return of_item((Run(text=text[language]),), "recipe")


def _in(block: Block, library: Library) -> list[Card]:
    """Return the cards of a block that exist."""
    return [card for use in block.cards if (card := library.find(use.card, "nl"))]


def _on(recipe: Recipe, words: str, what: str, cure: str, level: Level = "error") -> Finding:
    """Point at the first line of the file that has these words."""
    path = recipe.path or Path(f"{recipe.id}.toml")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    line = next((number for number, line in enumerate(lines, 1) if words in line), 1)
    return Finding(path, line, level, what, cure)
