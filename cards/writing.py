"""A card while somebody writes it: plain texts by field, right or wrong, and the Markdown file they make.

Nothing typed is ever lost because it is wrong: a draft holds any text. Whether it is a card is asked of
`cards.reading`, with the very file that would be shared; `Written.places` leads each line of that file
back to the field it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, get_args

from .card import Block, Card, Face, Language, Run, Section
from .headings import headings

Draft = dict[str, str]
"""Texts by field of `FACTS` and `WORDS`, and by section: `"in.steps"`. Lists have one item on a line."""

FACTS: Final = (
    *("kind", "audience", "size", "min", "max", "people_min", "people_max", "people_ideal", "seated"),
    *("read", "write", "talk", "move", "when", "nine_steps", "related", "answers", "picture"),
    *("form_front", "form_back", "merge_fields", "licence", "plain_language", "older_readers"),
)
"""What both languages of a card share."""

WORDS: Final = ("title", "purpose", "materials", "prepare", "question", "alt", "source")
IN: Final = "in."
LISTED: Final = {"steps": "{}. ", "questions": "- "}
"""Sections in which every line is an item, unless there is one line or one begins with a sign of its own."""

_EFFORTS: Final = ("read", "write", "talk", "move")
_PLAIN: Final = re.compile(r"\w(?:[\w .?!’‘()/-]*[\w.?!)])?")
_ITEM: Final = re.compile(r"(?:[-+*]|\d+[.)])(?:\s|$)")
_STARTS: Final = re.compile(r"[#>+=~-]|\d+(?=[.)](?:\s|$))")
_SIGNS: Final = re.compile(r"[\\*`<\[]|(?<![^\W_])_|_(?![^\W_])")


@dataclass(frozen=True)
class Place:
    """Where a card belongs: its id, deck, number, language and version."""

    id: str
    deck: str
    number: int
    language: Language
    version: int = 1


@dataclass(frozen=True)
class Written:
    """The text of a card file; `places` says for each line (from 1) which field of the draft it shows."""

    text: str
    places: dict[int, str]

    def field(self, line: int) -> str:
        """Return the field that stands on a line or on the nearest one above it; `title` when there is none."""
        return self.places[max((one for one in self.places if one <= line), default=min(self.places))]


def draft_of(card: Card) -> Draft:
    """Return a card as a draft: writing it again gives an equal card."""
    share, picture = card.share, card.picture
    draft = {
        **{name: str(getattr(card, name)) for name in ("kind", "audience", "size", "title", "purpose", "source")},
        **{"min": str(card.duration.min), "max": str(card.duration.max)},
        **{f"people_{name}": str(getattr(card.group, name)) for name in ("min", "max", "ideal")},
        "seated": "yes" if card.seated else "",
        **{name: str(getattr(card.effort, name)) for name in _EFFORTS},
        **{name: "\n".join(getattr(card, name)) for name in ("when", "related", "materials", "prepare")},
        "nine_steps": "\n".join(map(str, card.nine_steps)),
        "question": share.question if share else "",
        "answers": "\n".join(share.kinds) if share else "",
        "picture": picture.file if picture else "",
        "alt": picture.alt if picture else "",
        **{f"form_{face}": "\n".join(fields) for face, fields in (card.form or {}).items()},
        "merge_fields": "\n".join(card.merge_fields),
        "licence": card.licence,
        "plain_language": card.reviewed.plain_language,
        "older_readers": card.reviewed.older_readers,
        **{f"{IN}{section.key}": _typed(section) for section in card.sections},
    }
    return {name: text for name, text in draft.items() if text}


def card_text(card: Card) -> str:
    """Return the Markdown file of a card."""
    return written(draft_of(card), Place(card.id, card.deck, card.number, card.lang, card.version)).text


def written(draft: Draft, place: Place) -> Written:
    """Return the file of a draft, whether it is right or not."""
    lines: list[str] = ["---"]
    places: dict[int, str] = {}
    for field, text in [*_facts(draft, place), ("title", "---"), *_sections(draft, place)]:
        for line in text.split("\n"):
            lines.append(line)
            places[len(lines)] = field
    return Written("\n".join(lines) + "\n", places)


def _facts(draft: Draft, place: Place) -> Iterator[tuple[str, str]]:
    """Give each line of the facts with the field it shows; a fact without words is left empty, to be found."""

    def of(name: str) -> str:
        return scalar(draft.get(name, ""))

    yield "title", f"schema: werkplaats-kaart/1\nid: {place.id}\nlang: {place.language}"
    yield "title", f"title: {of('title')}"
    yield "title", f"deck: {place.deck}\nnumber: {place.number}"
    for name in ("kind", "audience", "size"):
        yield name, f"{name}: {of(name)}"
    yield "when", f"when: {_flow(_lines(draft, 'when'))}"
    yield "min", f"duration: {{min: {of('min')}, max: {of('max')}}}"
    group = f"min: {of('people_min')}, max: {of('people_max')}, ideal: {of('people_ideal')}"
    yield "people_min", f"group: {{{group}}}"
    yield "seated", f"seated: {'true' if draft.get('seated') else 'false'}"
    yield "read", f"effort: {{{', '.join(f'{name}: {of(name)}' for name in _EFFORTS)}}}"
    yield "nine_steps", f"nine_steps: {_flow(_lines(draft, 'nine_steps'))}"
    yield "purpose", f"purpose: {of('purpose')}"
    for name in ("related", "materials", "prepare"):
        if draft.get(name, "").strip():
            yield name, f"{name}: {_flow(_lines(draft, name))}"
    if draft.get("question", "").strip():
        yield "question", f"share:\n  question: {of('question')}"
        yield "answers", f"  kinds: {_flow(_lines(draft, 'answers') if draft.get('answers') else ['text'])}"
    if draft.get("picture"):
        yield "alt", f"picture: {{file: {draft['picture']}, alt: {of('alt')}}}"
    forms = [
        f"\n  {face}: {_flow(_lines(draft, f'form_{face}'))}" for face in get_args(Face) if draft.get(f"form_{face}")
    ]
    if forms:
        yield "kind", "form:" + "".join(forms)
    if draft.get("merge_fields"):
        yield "kind", f"merge_fields: {_flow(_lines(draft, 'merge_fields'))}"
    yield "source", f"source: {of('source')}"
    yield "licence", f"licence: {of('licence')}\nversion: {place.version}"
    reviewed = [scalar(draft.get(name) or "not-yet") for name in ("plain_language", "older_readers")]
    yield "title", f"reviewed: {{plain_language: {reviewed[0]}, older_readers: {reviewed[1]}}}"


def _sections(draft: Draft, place: Place) -> Iterator[tuple[str, str]]:
    facilitators = draft.get("audience") == "facilitator"
    said: dict[str, str] = {}
    for words, heading in headings(place.language).items():
        if facilitators or heading.key not in said:  # a second form of a heading is the one with "je"
            said[heading.key] = words
    for key, words in said.items():
        text = body_text(key, draft.get(IN + key, ""))
        if text:
            yield IN + key, f"\n## {words}\n{text}"


def body_text(key: str, typed: str) -> str:
    """Return what was typed under a heading as Markdown: in some sections every line is a step or an item."""
    lines = [line.strip() for line in typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = "\n".join(lines).strip("\n")
    if not text or key not in LISTED or any(_ITEM.match(line) for line in lines):
        return text
    items = [line for line in lines if line]
    if len(items) == 1:
        return text
    return "\n".join(LISTED[key].format(number) + line for number, line in enumerate(items, start=1))


def scalar(text: str) -> str:
    """Return a text as one YAML value on one line, between quotes where it could mean something else."""
    plain = " ".join(text.split())
    if not plain or (_PLAIN.fullmatch(plain) and plain not in ("null", "~")):
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _lines(draft: Draft, name: str) -> list[str]:
    return draft.get(name, "").split("\n")


def _flow(items: list[str]) -> str:
    return "[" + ", ".join(scalar(item) for item in items if item.strip()) + "]"


def _typed(section: Section) -> str:
    """Return a section as one would type it; `body_text` makes the same Markdown of it."""
    blocks = [_block(block) for block in section.blocks]
    sign = LISTED.get(section.key)
    if sign and len(blocks) == 1 and section.blocks[0].kind != "paragraph":
        items = [_runs(item) for item in section.blocks[0].items]
        plain = "\n".join(items)
        if body_text(section.key, plain) == blocks[0]:
            return plain
    return "\n\n".join(blocks)


def _block(block: Block) -> str:
    signs = {"paragraph": "", "steps": LISTED["steps"], "list": LISTED["questions"]}
    items = enumerate(block.items, start=1)
    return "\n".join(signs[block.kind].format(number) + _runs(item) for number, item in items)


def _runs(item: tuple[Run, ...]) -> str:
    """Return runs as Markdown; a run that is one space was the end of a line in the file."""
    parts: list[str] = []
    strong = False
    for run in item:
        if run.strong != strong and not (run.strong and run.text == " "):
            parts.append("**")
            strong = run.strong
        parts.append("\n" if run.text == " " else _escaped(run.text, not parts or parts[-1] == "\n"))
    return "".join(parts) + ("**" if strong else "")


def _escaped(text: str, at_start: bool) -> str:
    """Return words so that Markdown reads them as words."""
    safe = _SIGNS.sub(r"\\\g<0>", text)
    start = _STARTS.match(safe) if at_start else None
    if start:
        safe = safe[: start.end()] + "\\" + safe[start.end() :] if start[0].isdigit() else "\\" + safe
    return safe
