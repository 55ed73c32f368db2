"""Which ideas are about the same thing: a suggestion for a person, never a decision.

Everything happens on this machine. Words lose their endings (Snowball, Dutch or English), words that say nothing are
left out, a compound also counts for its parts (“wandelroute”: “route”), and a word one slip of the finger away from
another counts as that one. Rare words weigh more than common ones; the angle between two ideas is their score.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workshop.domain.stems import said

ALIKE = 0.25
"""From this score on two ideas are suggested; 1 is the same words."""
PART = 0.8
"""What a part of a compound weighs beside the compound itself."""
_TYPO_SIGNS, _SHORTEST_PART = 5, 4
_FEW = 50
_MOST_IN_GROUP = 12  # what a person can look over at once


@dataclass(frozen=True)
class Alike:
    """Ideas that seem to be about the same: their keys, how sure (0 to 1), and the words they share."""

    ideas: tuple[str, ...]
    score: float
    words: tuple[str, ...]


def suggestions(texts: Mapping[str, str], most: int = 50) -> list[Alike]:
    """Return groups of ideas that seem to be about the same, the most alike first; no idea is in two groups.

    `texts` are the words of the ideas by key.
    """
    return Alikeness(texts).groups(most)


def like(key: str, texts: Mapping[str, str], most: int = 3) -> list[Alike]:
    """Return pairs of this idea with those most like it, the most alike first; nothing when none is."""
    return Alikeness(texts).like(key, most)


class Alikeness:
    """The ideas of one workshop, ready to be compared. Making it costs most: keep it while no idea changes."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._keys = list(texts)
        self._texts = list(texts.values())
        bags = [Counter([stem for _, stem in said(text)]) for text in self._texts]
        known = Counter(stem for bag in bags for stem in bag)
        self._same, self._parts = _typos(known), _compounds(known)
        self._rows = self._weighted([self._counted(bag) for bag in bags])
        self._posts = self._inverted()

    def like(self, key: str, most: int = 3) -> list[Alike]:
        """Return pairs of this idea with those most like it, the most alike first."""
        if key not in self._keys:
            return []
        at = self._keys.index(key)
        scores = self._scores(at, 0)
        found = [(score, other) for other, score in _above(scores, 0) if other != at]
        return [self._alike((at, other), score) for score, other in sorted(found, key=_best)[:most]]

    def groups(self, most: int = 50) -> list[Alike]:
        """Return groups of ideas, the most alike first. In a group every idea is like most of the others."""
        near: dict[int, dict[int, float]] = defaultdict(dict)
        pairs: list[tuple[float, int, int]] = []
        for at in range(len(self._keys)):
            for other, score in _above(self._scores(at, at + 1), at + 1):
                pairs.append((-score, at, other))
                near[at][other] = near[other][at] = score
        made = [_sorted_group(near, group) for group in _grouped(near, sorted(pairs))]
        return [self._alike(group, score) for score, group in sorted(made, key=_best)[:most]]

    def _counted(self, bag: Counter[str]) -> dict[str, float]:
        """Return what an idea is about, slips of the finger put right, parts of compounds beside them."""
        about: dict[str, float] = {}
        for stem, times in bag.items():
            right = self._same.get(stem, stem)
            about[right] = about.get(right, 0) + times
            for part in self._parts.get(right, ()):
                about[part] = max(about.get(part, 0), PART)
        return about

    def _weighted(self, rows: list[dict[str, float]]) -> list[dict[str, float]]:
        """Return the rows as directions of length 1. A word that very many ideas share says nothing: it is left out."""
        spread = Counter(word for row in rows for word in row)
        most = max(_FEW, len(rows) // 20)
        rare = {word: log(1 + max(len(rows), 2 * _FEW) / times) for word, times in spread.items() if times <= most}
        weighted = []
        for row in rows:
            heavy = {word: (n if n <= 1 else 1 + log(n)) * rare[word] for word, n in row.items() if word in rare}
            length = sqrt(sum(weight * weight for weight in heavy.values())) or 1.0
            weighted.append({word: weight / length for word, weight in heavy.items()})
        return weighted

    def _inverted(self) -> dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]]:
        where: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, row in enumerate(self._rows):
            for word, weight in row.items():
                where[word].append((at, weight))
        return {
            word: (np.array([at for at, _ in found]), np.array([weight for _, weight in found]))
            for word, found in where.items()
            if len(found) > 1
        }

    def _scores(self, at: int, start: int) -> NDArray[np.float64]:
        """Return how like this idea those from `start` on are."""
        scores = np.zeros(len(self._keys) - start)
        for word, weight in self._rows[at].items():
            if word in self._posts:
                places, weights = self._posts[word]
                first = int(places.searchsorted(start))
                scores[places[first:] - start] += weight * weights[first:]
        return scores

    def _alike(self, group: tuple[int, ...], score: float) -> Alike:
        together: Counter[str] = Counter()
        held = Counter(word for at in group for word in self._rows[at])
        for at in group:
            for word, weight in self._rows[at].items():
                if held[word] * 2 > len(group):
                    together[word] += weight  # type: ignore[assignment] # a Counter adds up any number
        inside = {part for word in together for part in self._parts.get(word, ())}
        spoken = self._spoken(group)
        return Alike(
            tuple(self._keys[at] for at in group),
            round(min(score, 1.0), 3),
            tuple(spoken.get(stem, stem) for stem, _ in together.most_common() if stem not in inside)[:3],
        )

    def _spoken(self, group: tuple[int, ...]) -> dict[str, str]:
        """Return for each stem the word these ideas mostly use for it."""
        times = Counter((stem, word) for at in group for word, stem in said(self._texts[at]))
        return {stem: word for (stem, word), _ in reversed(times.most_common())}


def _best(found: tuple[float, Any]) -> tuple[float, Any]:
    return -found[0], found[1]


def _above(scores: NDArray[np.float64], start: int) -> Iterator[tuple[int, float]]:
    found = np.flatnonzero(scores >= ALIKE)
    return zip((found + start).tolist(), scores[found].tolist(), strict=True)


def _grouped(near: Mapping[int, Mapping[int, float]], pairs: Iterable[tuple[float, int, int]]) -> list[list[int]]:
    """Join the most alike first; somebody joins a group only when like more than half of it."""
    group_of: dict[int, list[int]] = {}
    for _, one, other in pairs:
        mine, theirs = group_of.get(one, [one]), group_of.get(other, [other])
        if mine is theirs or len(mine) + len(theirs) > _MOST_IN_GROUP or not _belong(near, mine, theirs):
            continue
        joined = mine + theirs
        for member in joined:
            group_of[member] = joined
    return [group for first, group in group_of.items() if group[0] == first]


def _belong(near: Mapping[int, Mapping[int, float]], mine: list[int], theirs: list[int]) -> bool:
    links = sum(len(near[one].keys() & theirs) for one in mine)
    return links * 2 > len(mine) * len(theirs)


def _sorted_group(near: Mapping[int, Mapping[int, float]], group: list[int]) -> tuple[float, tuple[int, ...]]:
    scores = [near[one].get(other, 0.0) for one in group for other in group if one < other]
    return sum(scores) / len(scores), tuple(sorted(group))


def _typos(known: Counter[str]) -> dict[str, str]:
    """Return for each stem that looks like a slip of the finger the more common stem that was meant.

    Two stems meet when one sign is left out of either; that is how a missing, doubled, wrong or swapped sign is found.
    """
    near: dict[str, list[str]] = defaultdict(list)
    meant: dict[str, str] = {}
    for stem in sorted((one for one in known if len(one) >= _TYPO_SIGNS), key=lambda one: (-known[one], one)):
        short = {stem, *(stem[:at] + stem[at + 1 :] for at in range(1, len(stem)))}
        likely = [other for key in short for other in near.get(key, ()) if _one_slip(stem, other)]
        if likely and known[stem] < 3:
            right = max(likely, key=lambda other: (known[other], other))
            meant[stem] = meant.get(right, right)
        for key in short:
            near[key].append(stem)
    return meant


def _one_slip(one: str, other: str) -> bool:
    """Say whether one sign is missing, extra, wrong or swapped; in short words only swapped.

    Short words that differ by one sign are mostly just other words.
    """
    if sorted(one) == sorted(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 2
    if min(len(one), len(other)) <= _TYPO_SIGNS:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))


def _compounds(known: Counter[str]) -> dict[str, tuple[str, ...]]:
    """Return the parts of compounds that are words here themselves: `wandelroute` gives `wandel` and `route`."""
    parts: dict[str, tuple[str, ...]] = {}
    for stem in known:
        ends = {stem[at:] for at in range(3, len(stem) - _SHORTEST_PART + 1)}
        starts = {stem[:at] for at in range(_SHORTEST_PART, len(stem) - _SHORTEST_PART + 1)}
        if found := tuple(sorted(part for part in ends | starts if part in known)):
            parts[stem] = found
    return parts
