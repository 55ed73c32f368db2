"""From a workshop's choice to paper: the one road for web pages, background work and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workshop.house import House


@dataclass(frozen=True)
class Made:
    """Something printed: bytes, kind (`pdf` or `zip`), and what to call the file."""

    data: bytes
    kind: str
    name: str


def make(house: House, workshop_id: str, what: dict[str, Any]) -> Made:
    """Print an order. `what`: document, format, flip, language, cards (ids; none is the workshop's choice)."""
    raise NotImplementedError
