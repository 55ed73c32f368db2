"""What a card is: the words, sorted into front and back, and the facts to choose it by.

A `Card` is made by `cards.reading.read_card` and never changed. Printing, web pages and search
read it; nobody writes to it. Fields follow the front matter of the card files one to one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["nl", "en"]
Face = Literal["front", "back"]
Size = Literal["A5", "A6"]
Kind = Literal[
    "method", "step", "tip", "perspective", "listening", "reflection", "story", "feedback", "signal", "help", "form"
]
Audience = Literal["participant", "facilitator", "everyone"]
Amount = Literal["none", "little", "optional", "some", "much"]
BlockKind = Literal["paragraph", "steps", "list"]


class Plain(BaseModel):
    """A value that cannot change after it was read, and that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Minutes(Plain):
    """How long the card takes, in minutes."""

    min: int = Field(ge=1, le=600)
    max: int = Field(ge=1, le=600)


class Group(Plain):
    """How many people the card is for."""

    min: int = Field(ge=1, le=500)
    max: int = Field(ge=1, le=500)
    ideal: int = Field(ge=1, le=500)


class Effort(Plain):
    """What the card asks of people, on four scales."""

    read: Amount
    write: Amount
    talk: Amount
    move: Amount


class Share(Plain):
    """The one question that a card's page asks, and what may be given as an answer."""

    question: str
    kinds: tuple[Literal["text", "photo", "audio"], ...] = ("text",)


class Reviewed(Plain):
    """Who has read the card; `not-yet` stays until a panel of older readers really did."""

    plain_language: str
    older_readers: str


class Run(Plain):
    """A stretch of text, strong (bold) or not."""

    text: str
    strong: bool = False


class Block(Plain):
    """A paragraph, numbered steps or a list; each item is a line of runs."""

    kind: BlockKind
    items: tuple[tuple[Run, ...], ...]
    line: int = 0

    def texts(self) -> list[str]:
        """Return the items as plain strings, without bold."""
        return ["".join(run.text for run in item) for item in self.items]


class Section(Plain):
    """One heading of a card with what stands under it."""

    key: str
    heading: str
    face: Face
    blocks: tuple[Block, ...]
    line: int = 0


class Card(Plain):
    """One method card in one language."""

    schema_: Literal["werkplaats-kaart/1"] = Field(alias="schema")
    id: str
    lang: Language
    title: str
    deck: str
    number: int = Field(ge=1, le=999)
    kind: Kind
    audience: Audience
    size: Size
    when: tuple[str, ...] = ()
    duration: Minutes
    group: Group
    seated: bool
    effort: Effort
    nine_steps: tuple[int, ...] = ()
    related: tuple[str, ...] = ()
    purpose: str
    materials: tuple[str, ...] = ()
    prepare: tuple[str, ...] = ()
    share: Share | None = None
    form: dict[Face, tuple[str, ...]] | None = None
    merge_fields: tuple[str, ...] = ()
    source: str
    licence: str
    version: int = Field(ge=1)
    reviewed: Reviewed
    sections: tuple[Section, ...] = ()
    path: Path | None = None

    def on(self, face: Face) -> list[Section]:
        """Return the sections of one face, in reading order."""
        return [section for section in self.sections if section.face == face]

    @property
    def digest(self) -> str:
        """Return a hash of everything the card says: two equal digests print the same card."""
        return hashlib.sha256(self.model_dump_json(by_alias=True, exclude={"path"}).encode()).hexdigest()

    @property
    def text(self) -> str:
        """Return every word of the card as one string, for searching."""
        parts = [self.title, self.purpose, *self.materials, self.share.question if self.share else ""]
        for section in self.sections:
            parts.append(section.heading)
            parts += [line for block in section.blocks for line in block.texts()]
        return "\n".join(part for part in parts if part)
