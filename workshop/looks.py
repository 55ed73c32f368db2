"""How decks look on a page: the same colour and mark as on their paper.

Our pages allow no styles inside the HTML, so the colours of the decks (which may come from a folder of
one's own) are a stylesheet of their own: `.deck-<id>` sets `--deck`.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import get_args

from cards.card import Mark
from cards.deck import Library


def colours(library: Library) -> str:
    """Return a stylesheet that gives every deck its colour."""
    return "".join(f".deck-{deck.id}{{--deck:{deck.colour}}}\n" for deck in library.decks)


def colours_mark(library: Library) -> str:
    """Return a short text that changes when the colours do."""
    return hashlib.sha256(colours(library).encode()).hexdigest()[:10]


@cache
def mark_paths() -> dict[str, str]:
    """Return the outline of every deck mark, as the path of a 24 × 24 SVG."""
    folder = files("print") / "faces" / "marks"
    found = {name: re.search(r'<path d="([^"]+)"', (folder / f"{name}.svg").read_text()) for name in get_args(Mark)}
    return {name: path[1] for name, path in found.items() if path}
