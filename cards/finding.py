"""One shape for everything that can be wrong with a card: where, how bad, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .card import Card

Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Finding:
    """Something to change in a file. An error keeps the card from print; a warning is advice.

    `line` counts from 1. `what` has no full stop; `cure` is a whole sentence that says what to type instead.
    """

    path: Path
    line: int
    level: Level
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}. {self.cure}"


def on_line(card: Card, line: int, level: Level, what: str, cure: str) -> Finding:
    """Point at a line of a card's file."""
    return Finding(card.path or Path(f"{card.id}.{card.lang}.md"), line, level, what, cure)


def on_fact(card: Card, field: str, what: str, cure: str, level: Level = "error") -> Finding:
    """Point at a front matter field of a card's file, such as `"share.question"`."""
    return on_line(card, card.lines.get(field, 1), level, what, cure)


class CardError(Exception):
    """A card that cannot be used. `findings` names every reason, in the order of the file."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


class Refusal(Exception):
    """Something wrong on a line, raised where the file's name is not known yet."""

    def __init__(self, line: int, what: str, cure: str) -> None:
        super().__init__(what)
        self.line, self.what, self.cure = line, what, cure

    def __reduce__(self) -> tuple[type[Refusal], tuple[int, str, str]]:
        """Stay whole on the way back from a child process."""
        return (Refusal, (self.line, self.what, self.cure))

    def at(self, path: Path) -> Finding:
        """Return the same as an error in the file `path`."""
        return Finding(path, self.line, "error", self.what, self.cure)
