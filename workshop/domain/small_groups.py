"""Counts of people are shown for five or more, and never so that fewer can be found by subtracting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FEW: Final = 5


def alone(counts: Mapping[str, int]) -> set[str]:
    """Return which groups may be shown by themselves beside the whole; '' is what nobody said, and never is.

    Groups of fewer than five are not. When what is left of the whole would be fewer than five, but not nothing, the
    smallest of the others go too, until it is not.
    """
    shown = {name for name, count in counts.items() if name and count >= FEW}
    while shown and 0 < sum(counts[name] for name in counts if name not in shown) < FEW:
        shown.remove(min(sorted(shown), key=lambda name: counts[name]))
    return shown
