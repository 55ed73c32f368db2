"""Who sits with whom: pairs or threes in which different sides meet, from how many people there are of each side.

No names: only sides are dealt out. Everybody gets a place; when the number does not come out even some groups are one
larger (pairs) or one smaller (threes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from workshop.errors import Refused

SIZES = (2, 3)
MOST = 99


@dataclass(frozen=True)
class Kind:
    """So many groups with just these sides, largest side first; '' is a side nobody told."""

    count: int
    sides: tuple[str, ...]

    @property
    def mixed(self) -> bool:
        """Say whether more than one side sits in it."""
        return len(set(self.sides)) > 1


def groups(present: Mapping[str, int], size: int) -> list[tuple[str, ...]]:
    """Deal everybody who is present over pairs (`size` 2) or threes (3), and return each group's sides.

    Two of one side only sit together when there are more of that side than there are groups. Raises `Refused`:
    'pairing_size', 'pairing_few' for less than two people, 'pairing_many' for more than 99 of a side.
    """
    if size not in SIZES:
        raise Refused("pairing_size", "Choose pairs or threes.")
    if any(count > MOST for count in present.values()):
        raise Refused("pairing_many", most=str(MOST))
    largest_first = sorted((side for side, count in present.items() if count > 0), key=lambda side: -present[side])
    people = [side for side in largest_first for _ in range(present[side])]
    if len(people) < 2:
        raise Refused("pairing_few", "Pairing needs two people or more.")
    count = len(people) // 2 if size == 2 else -(-len(people) // 3)
    return [tuple(people[at::count]) for at in range(count)]


def kinds(dealt: list[tuple[str, ...]]) -> list[Kind]:
    """Return groups that are alike together, mixed ones first, then most first."""
    found = [Kind(count, sides) for sides, count in Counter(dealt).items()]
    return sorted(found, key=lambda one: (not one.mixed, -one.count))
