"""What a wall newspaper and a report say: plain values, so that print needs to know nothing of a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["make", "try", "keep", "not_now"]
KINDS: tuple[Kind, ...] = ("make", "try", "keep", "not_now")
"""What can be decided about an idea, from most to least."""


@dataclass(frozen=True)
class Decision:
    """What was decided and why; `by_when` is in words already: "maandag 22 februari 2027".

    Without a reason the reader is told to ask for it when it is a “not now”.
    """

    kind: Kind
    reason: str = ""
    next_step: str = ""
    by_when: str = ""


@dataclass(frozen=True)
class WallIdea:
    """One idea: its short number, words, pictures (JPEG or PNG), who speaks, what was decided.

    `recognised` is how many people recognise it and `dots` how many it got; 0 when that is not shown. `added` are
    ideas that add to this one.
    """

    nr: int
    words: str
    who: str
    pictures: tuple[bytes, ...] = ()
    decision: Decision | None = None
    recognised: int = 0
    dots: int = 0
    added: tuple[WallIdea, ...] = ()


@dataclass(frozen=True)
class Section:
    """Ideas that belong together, in the order in which they are to stand; '' is no theme."""

    name: str
    ideas: tuple[WallIdea, ...]


@dataclass(frozen=True)
class Nameless:
    """The answer to an idea whose maker left no name: the number of its stub ('' when it came by phone)."""

    nr: int
    number: str
    decision: Decision


@dataclass(frozen=True)
class WallText:
    """A wall newspaper: `title` is the workshop, `meeting` and `date` are in words."""

    title: str
    question: str
    meeting: str = ""
    date: str = ""
    sections: tuple[Section, ...] = ()
    nameless: tuple[Nameless, ...] = ()
