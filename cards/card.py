"""What a card is: the words, sorted into front and back, and the facts to choose it by.

A `Card` is made by `cards.reading.read_card` and never changed. Printing, web pages and search
read it; nobody writes to it. Fields follow the front matter of the card files one to one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Language = Literal["nl", "en"]
Face = Literal["front", "back"]
Size = Literal["A5", "A6"]
Kind = Literal[
    "method", "step", "tip", "perspective", "listening", "reflection", "story", "feedback", "signal", "help", "form"
]
Audience = Literal["participant", "facilitator", "everyone"]
Amount = Literal["none", "little", "optional", "some", "much"]
BlockKind = Literal["paragraph", "steps", "list"]
Mark = Literal[
    "triangle",
    "circle",
    "square",
    "diamond",
    "bars",
    "cycle",
    "rings",
    "plus",
    "pencil",
    "envelope",
    "hand",
    "question",
]

ART = "art"
DECK_ID = r"^[a-z0-9][a-z0-9-]{0,60}$"
CARD_ID = r"^[a-z0-9][a-z0-9-]{0,60}/[0-9]{2,3}-[a-z0-9-]{1,80}$"
FORM_FIELD = r"^[a-z_]{1,30}:(box|line|check|choice)(:[a-z0-9]{1,12})?$"
MERGE_FIELD = r"^[a-z_]{1,30}$"
PICTURE_FILE = r"^[a-z0-9][a-z0-9-]{0,80}\.(svg|jpg|png)$"


class Plain(BaseModel):
    """A value that cannot change after it was read, and that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Minutes(Plain):
    """How long the card takes, in minutes."""

    min: int = Field(ge=1, le=600)
    max: int = Field(ge=1, le=600)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError("min is larger than max")
        return self


class Group(Plain):
    """How many people the card is for."""

    min: int = Field(ge=1, le=500)
    max: int = Field(ge=1, le=500)
    ideal: int = Field(ge=1, le=500)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.min <= self.ideal <= self.max:
            raise ValueError("ideal does not lie between min and max")
        return self


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


class Picture(Plain):
    """What stands on the front: a file in the deck's `art/`, and what it shows, in words."""

    file: str = Field(pattern=PICTURE_FILE)
    alt: str = Field(min_length=1, max_length=160)


class Reviewed(Plain):
    """Who has read the card; `not-yet` stays until a panel of older readers really did."""

    plain_language: str
    older_readers: str


class Run(Plain):
    """A stretch of text on one line of the file, strong (bold) or not."""

    text: str
    strong: bool = False
    line: int = Field(default=0, exclude=True)


class Block(Plain):
    """A paragraph, numbered steps or a list; each item is a line of runs."""

    kind: BlockKind
    items: tuple[tuple[Run, ...], ...]
    line: int = Field(default=0, exclude=True)

    def texts(self) -> list[str]:
        """Return the items as plain strings, without bold."""
        return ["".join(run.text for run in item) for item in self.items]


class Section(Plain):
    """One heading of a card with what stands under it."""

    key: str
    heading: str
    face: Face
    blocks: tuple[Block, ...]
    line: int = Field(default=0, exclude=True)


class Deck(Plain):
    """A set of cards that belong together: its names, and how it is known on paper.

    `colour` is a hex colour with a contrast of at least 4.5 to white; `mark` is the shape that says the
    same without colour; `order` is its place among the decks; `folder` is where it was read from.
    `name` and `purpose` hold both languages: `deck.name["nl"]`.
    """

    id: str = Field(pattern=DECK_ID)
    order: int = Field(ge=1, le=999)
    mark: Mark
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")
    audience: Audience
    name: dict[Language, str] = Field(min_length=2)
    purpose: dict[Language, str] = Field(min_length=2)
    folder: Path | None = Field(default=None, exclude=True)

    @property
    def art(self) -> Path | None:
        """Return where the pictures of its cards lie; None for a deck that was not read from a folder."""
        return self.folder / ART if self.folder else None

    @field_validator("colour")
    @classmethod
    def _readable(cls, colour: str) -> str:
        """Refuse a colour that is too light to read on white paper (WCAG contrast below 4.5)."""
        shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
        if 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) < 4.5:
            raise ValueError("too light to read on white paper")
        return colour


class Card(Plain):
    """One method card in one language.

    `lines` says on which line of the file a front matter field stands (`"title"`, `"share.question"`,
    `"materials.0"`); line numbers are no part of what the card says, so no part of its digest.
    """

    schema_: Literal["werkplaats-kaart/1"] = Field(alias="schema")
    id: str = Field(pattern=CARD_ID)
    lang: Language
    title: str = Field(min_length=1)
    deck: str = Field(pattern=DECK_ID)
    number: int = Field(ge=1, le=999)
    kind: Kind
    audience: Audience
    size: Size
    when: tuple[str, ...] = ()
    duration: Minutes
    group: Group
    seated: bool
    effort: Effort
    nine_steps: tuple[Annotated[int, Field(ge=1, le=9)], ...] = ()
    related: tuple[str, ...] = ()
    purpose: str = Field(min_length=1)
    materials: tuple[str, ...] = ()
    prepare: tuple[str, ...] = ()
    share: Share | None = None
    picture: Picture | None = None
    form: dict[Face, tuple[Annotated[str, Field(pattern=FORM_FIELD)], ...]] | None = None
    merge_fields: tuple[Annotated[str, Field(pattern=MERGE_FIELD)], ...] = ()
    source: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    version: int = Field(ge=1)
    reviewed: Reviewed
    sections: tuple[Section, ...] = ()
    path: Path | None = Field(default=None, exclude=True)
    lines: dict[str, int] = Field(default_factory=dict, exclude=True)

    def on(self, face: Face) -> list[Section]:
        """Return the sections of one face, in reading order."""
        return [section for section in self.sections if section.face == face]

    @property
    def digest(self) -> str:
        """Return a hash of everything the card says: two equal digests print the same card."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()

    @property
    def text(self) -> str:
        """Return every word of the card as one string, for searching."""
        parts = [self.title, self.purpose, *self.materials, self.share.question if self.share else ""]
        for section in self.sections:
            parts.append(section.heading)
            parts += [line for block in section.blocks for line in block.texts()]
        return "\n".join(part for part in parts if part)
