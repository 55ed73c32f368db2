"""The words of a card: a small, strict corner of Markdown, sorted into sections on two faces.

Paper knows paragraphs, numbered steps, lists and bold. Everything else Markdown can do (links, pictures,
HTML, italics, code, tables, lists in lists) has no place on a card and is refused with its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .card import Block, BlockKind, Kind, Language, Run, Section
from .finding import Refusal
from .headings import Heading, headings
from .said import Said

_MARKDOWN = MarkdownIt("commonmark").disable(["reference", "entity"])

NOT_ON_PAPER = {
    "html_block": ("this is HTML", "Write plain words; a card has no HTML."),
    "html_inline": ("this is HTML", "Write plain words; a card has no HTML."),
    "link_open": ("this is a link", "Write the words only; paper cannot be tapped."),
    "image": ("this is a picture", "Leave it out; pictures come with the deck, not in the text."),
    "em_open": ("these words are slanted", "Use **bold**, or nothing: slanted letters are hard to read."),
    "code_inline": ("this is written as code", "Take away the ` signs."),
    "code_block": ("this line begins with four spaces", "Take away the spaces."),
    "fence": ("this is written as code", "Take away the ``` or ~~~ signs."),
    "blockquote_open": ("this line begins with `>`", "Take away the `>`."),
    "hr": ("this is a ruled line", "Take it away."),
    "hardbreak": (
        "this line ends in two spaces or a `\\`, a forced line break",
        "Take it away, or begin a new paragraph.",
    ),
}


@dataclass
class _Part:
    """A heading and the blocks under it, before it is known to be right."""

    words: str
    line: int
    blocks: list[Block]
    spoiled: bool = False  # something under it was refused, so it is not empty


def read_body(text: str, first_line: int, language: Language, kind: Kind) -> tuple[tuple[Section, ...], list[Refusal]]:
    """Read the Markdown that starts on `first_line`; return its sections and all that is wrong with it."""
    problems: list[Refusal] = []
    parts = _parts(_Tokens(_MARKDOWN.parse(text), first_line), problems)
    if not parts and not problems:
        problems.append(Refusal(first_line, "this card has no words", "Begin with a heading: `## Zo doet u dat`."))
    return _sections(parts, language, kind, problems), problems


class _Tokens:
    """Markdown's tokens one by one, with line numbers of the file."""

    def __init__(self, tokens: list[Token], first_line: int) -> None:
        self._all: Iterator[Token] = iter(tokens)
        self._first = first_line
        self.line = first_line

    def __iter__(self) -> Iterator[Token]:
        for token in self._all:
            if token.map:
                self.line = self._first + token.map[0]
            yield token

    def skip_past(self, kind: str, level: int) -> None:
        """Pass over everything up to and including the closing token of this kind and level."""
        for token in self:
            if token.type == kind and token.level == level:
                return


def _parts(tokens: _Tokens, problems: list[Refusal]) -> list[_Part]:
    parts: list[_Part] = []
    for token in tokens:
        line = tokens.line
        try:
            if token.type == "heading_open":
                parts.append(_Part(_heading(tokens, token), line, []))
            elif token.type in ("paragraph_open", "bullet_list_open", "ordered_list_open"):
                block = _block(tokens, token)
                if not parts:
                    raise Refusal(line, "there are words above the first heading", "Put a heading above them.")
                parts[-1].blocks.append(block)
            else:
                if token.nesting == 1:
                    tokens.skip_past(token.type.replace("_open", "_close"), token.level)
                raise _refused(token, line)
        except Refusal as problem:
            problems.append(problem)
            if parts:
                parts[-1].spoiled = True
    return parts


def _refused(token: Token, line: int) -> Refusal:
    what, cure = NOT_ON_PAPER.get(token.type, ("this cannot stand on a card", "Write it as plain words."))
    return Refusal(line, what, cure)


def _heading(tokens: _Tokens, opening: Token) -> str:
    line = tokens.line
    runs = _runs(next(iter(tokens)), line)
    next(iter(tokens))
    if opening.tag != "h2" or opening.markup != "##":
        raise Refusal(line, "this is not a heading of a card", "A heading begins with `## `, two signs and a space.")
    if any(run.strong for run in runs):
        raise Refusal(line, "this heading has bold words", "Take away the ** signs; a heading is bold already.")
    return "".join(run.text for run in runs)


def _block(tokens: _Tokens, opening: Token) -> Block:
    """Read one paragraph or list to its end, also when something in it is refused."""
    line = tokens.line
    if opening.type == "paragraph_open":
        inline = next(iter(tokens))
        next(iter(tokens))
        return Block(kind="paragraph", items=(_runs(inline, line),), line=line)
    kind: BlockKind = "steps" if opening.type == "ordered_list_open" else "list"
    problem: Refusal | None = None
    if opening.attrGet("start") is not None:
        problem = Refusal(line, "these steps do not begin at 1", "Number them 1, 2, 3.")
    items: list[tuple[Run, ...]] = []
    closing = opening.type.replace("_open", "_close")
    for token in tokens:
        if token.type == closing and token.level == opening.level:
            break
        try:
            _item(token, tokens, items)
        except Refusal as found:
            problem = problem or found
    if problem:
        raise problem
    return Block(kind=kind, items=tuple(items), line=line)


def _item(token: Token, tokens: _Tokens, items: list[tuple[Run, ...]]) -> None:
    """Take one token inside a list; every item is exactly one paragraph."""
    if token.type == "list_item_open":
        items.append(())
    elif token.type == "inline":
        if items[-1]:
            raise Refusal(tokens.line, "this step or item has a second paragraph", "Make it a step of its own.")
        items[-1] = _runs(token, tokens.line)
    elif token.type == "list_item_close":
        if not items[-1]:
            raise Refusal(tokens.line, "this step or item is empty", "Write words, or take it away.")
    elif token.type in ("bullet_list_open", "ordered_list_open"):
        tokens.skip_past(token.type.replace("_open", "_close"), token.level)
        items[-1] = items[-1] or (Run(text=" "),)
        raise Refusal(tokens.line, "this is a list inside a list", "Make it one list.")
    elif token.type not in ("paragraph_open", "paragraph_close"):
        if token.nesting == 1:
            tokens.skip_past(token.type.replace("_open", "_close"), token.level)
        items[-1] = items[-1] or (Run(text=" "),)
        raise _refused(token, tokens.line)


def _runs(inline: Token, line: int) -> tuple[Run, ...]:
    """Turn one line of tokens into runs; a new line in the file is a new run and, on paper, a space."""
    runs: list[Run] = []
    strong = 0
    for token in inline.children or []:
        if token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type == "softbreak":
            runs.append(Run(text=" ", strong=strong > 0, line=line))
            line += 1
        elif token.type != "text":
            raise _refused(token, line)
        elif token.content:
            runs.append(Run(text=token.content, strong=strong > 0, line=line))
    return tuple(runs)


def _sections(parts: list[_Part], language: Language, kind: Kind, problems: list[Refusal]) -> tuple[Section, ...]:
    """Match headings with the fixed list; note unknown, misplaced, double and empty ones."""
    known = headings(language)
    sections: list[Section] = []
    last: Heading | None = None
    for part in parts:
        heading = known.get(part.words)
        if heading is None:
            problems.append(_unknown(part, language))
            continue
        problem = _misplaced(part, heading, last, kind)
        if problem:
            problems.append(problem)
        if last is None or heading.place > last.place:
            last = heading
        sections.append(
            Section(key=heading.key, heading=part.words, face=heading.face, blocks=tuple(part.blocks), line=part.line)
        )
    return tuple(sections)


def _unknown(part: _Part, language: Language) -> Refusal:
    close = get_close_matches(part.words, headings(language), n=1)
    cure = Said("Write `## {found}`.", found=close[0]) if close else "Choose a heading from cards/headings.toml."
    return Refusal(part.line, Said("no card has the heading `{words}`", words=part.words), cure)


def _misplaced(part: _Part, heading: Heading, last: Heading | None, kind: Kind) -> Refusal | None:
    if heading.kinds and kind not in heading.kinds:
        where = " or ".join(heading.kinds)
        return Refusal(
            part.line,
            Said("`{words}` belongs on a {where} card, not on a {kind} card", words=part.words, where=where, kind=kind),
            "Take it away.",
        )
    if last and heading.place == last.place:
        return Refusal(part.line, Said("`{words}` stands here twice", words=part.words), "Put everything under one.")
    if last and heading.place < last.place:
        return Refusal(
            part.line,
            Said("`{words}` stands too low on the card", words=part.words),
            "Move it up, see cards/headings.toml.",
        )
    if not part.blocks and not part.spoiled:
        return Refusal(
            part.line, Said("nothing stands under `{words}`", words=part.words), "Write the words, or take it away."
        )
    return None
