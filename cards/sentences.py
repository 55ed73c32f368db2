"""The sentences of a card, each with the line of the file it begins on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .card import Block, Card, Run

_END = re.compile(r"[.?!…]+[”’)]*(?=\s|$)")
_WORD = re.compile(r"[^\s–—/]*\w[^\s–—/]*")


@dataclass(frozen=True)
class Sentence:
    """One sentence; `place` is the key of its section (`"steps"`) or its front matter field (`"purpose"`)."""

    text: str
    line: int
    place: str

    @property
    def words(self) -> int:
        """Return how many words it has."""
        return count(self.text)

    @property
    def asks(self) -> bool:
        """Tell whether it is a question."""
        return "?" in self.text[-3:]


def count(text: str) -> int:
    """Return the number of words in a text; loose signs such as dashes and boxes are no words."""
    return len(_WORD.findall(text))


def of_item(item: tuple[Run, ...], place: str) -> list[Sentence]:
    """Return the sentences of one paragraph, step or list item."""
    text = "".join(run.text for run in item)
    sentences = []
    start = 0
    for end in [*(found.end() for found in _END.finditer(text)), len(text)]:
        words = text[start:end]
        begin = start + len(words) - len(words.lstrip())
        if words.strip():
            sentences.append(Sentence(words.strip(), _line_at(item, begin), place))
        start = end
    return sentences


def of_block(block: Block, place: str) -> list[list[Sentence]]:
    """Return the sentences of a block, item by item."""
    return [of_item(item, place) for item in block.items]


def of_facts(card: Card) -> Iterator[Sentence]:
    """Return the sentences of the front matter that people read or hear."""
    facts = [("title", card.title), ("purpose", card.purpose)]
    facts += [("share.question", card.share.question if card.share else "")]
    facts += [("picture.alt", card.picture.alt if card.picture else "")]
    facts += [(f"materials.{number}", text) for number, text in enumerate(card.materials)]
    facts += [(f"prepare.{number}", text) for number, text in enumerate(card.prepare)]
    for field, text in facts:
        yield from of_item((Run(text=text, line=card.lines.get(field, 1)),), field)


def of_card(card: Card) -> Iterator[Sentence]:
    """Return every sentence of a card: its facts, then its sections."""
    yield from of_facts(card)
    for section in card.sections:
        for block in section.blocks:
            for item in of_block(block, section.key):
                yield from item


def _line_at(item: tuple[Run, ...], position: int) -> int:
    for run in item:
        position -= len(run.text)
        if position < 0:
            return run.line
    return item[-1].line if item else 1
