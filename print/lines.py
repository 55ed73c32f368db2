"""How many lines words take, before anything is laid out: so that what is too long is shortened at a word, or moves
to larger paper, without trying every length in the press.

Widths come from the shipped typeface without kerning, so a line here is never longer than a printed one by more than
a hair; the press still has the last word. Sizes are pt, widths mm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from print.measures import mm
from print.typeface import Weight, typeface

Run = tuple[str, Weight]
"""Words in one weight; runs follow each other on the same line."""

MORE: Final = "…"
"""How words end that were shortened."""
_SPARE: Final = 1.01  # printed lines break a hair earlier than glyph widths say


def lines(runs: Sequence[Run], width: float, points: float, notch: float = 0.0) -> int:
    """Return how many lines of `width` mm these words take; words longer than a line are broken.

    The first line is shorter by a `notch` of so many mm.
    """
    room = width / mm(points) * 1000 / _SPARE
    count, used = 1, notch / mm(points) * 1000
    for paragraph, word, weight in _words(runs):
        wide = _width(word, weight)
        blank = _width(" ", weight)
        if paragraph:
            count, used = count + 1, 0.0
        if used and used + blank + wide > room:
            count, used = count + 1, 0.0
        used += wide + (blank if used else 0.0)
        while used > room:
            count, used = count + 1, used - room
    return count


def shortened(
    text: str, most: int, width: float, points: float, *, before: str = "", after: str = "", notch: float = 0.0
) -> str:
    """Return as many whole words of a text as `most` lines hold, then "…".

    Counted with `before`, bold, and `after` on the same lines. A text of one long word is cut within it.
    """

    def fits(tried: str) -> bool:
        return lines([(before, "Bold"), (tried + MORE + after, "Regular")], width, points, notch) <= most

    words = text.split(" ")
    keep, refused = 0, len(words) + 1
    while refused - keep > 1:
        middle = (keep + refused) // 2
        if fits(" ".join(words[:middle]).rstrip(" ,.;:\n")):
            keep = middle
        else:
            refused = middle
    if keep:
        return " ".join(words[:keep]).rstrip(" ,.;:\n") + MORE
    letters = len(words[0])
    while letters > 1 and not fits(words[0][:letters]):
        letters -= 1
    return words[0][:letters] + MORE


def _words(runs: Iterable[Run]) -> Iterator[tuple[bool, str, Weight]]:
    """Give every word with whether it begins a paragraph that is not the first."""
    for text, weight in runs:
        for at, paragraph in enumerate(text.split("\n")):
            begins = at > 0
            for word in paragraph.split(" "):
                if word:
                    yield begins, word, weight
                    begins = False


@lru_cache(maxsize=20_000)
def _width(word: str, weight: Weight) -> float:
    """Return the width of a word in 1/1000 em; a sign the typeface lacks counts as a wide one."""
    face = typeface(weight)
    return float(sum(face.widths[face.glyphs[sign]] if sign in face.glyphs else 1000 for sign in word))
