"""Looking for words in ideas, for people who half remember them.

Every word must be there, the beginning of one is enough, and endings, accents and capitals do not matter. A number is
looked for as the number of an idea, of an idea card on paper, and of a card. The table of words catches up with what
changed before it is asked (`catch_up`); what is taken away is found nowhere from that moment on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workshop.domain import ideas
from workshop.domain.stems import stems
from workshop.store import Tx

MOST_WORDS = 12
_ON, _OFF = "\2", "\3"
_SHORTEST_STEM = 4
_NUMBER = re.compile(r"(?:idee|idea|nr|nummer|number|kaart|card)?\W*(\d[\d .-]*)")

Marked = tuple[tuple[str, bool], ...]
"""Text in pieces, and of each piece whether it is what was looked for."""


@dataclass(frozen=True)
class Found:
    """Where in an idea the words were found; all empty when it was found by its number."""

    words: Marked = ()
    own_words: Marked = ()
    maker: Marked = ()

    @property
    def by_number(self) -> bool:
        """Say whether it was its number that was looked for."""
        return not (self.words or self.own_words or self.maker)


def found(tx: Tx, workshop_id: str, typed: str) -> dict[str, Found]:
    """Return the ideas of a workshop in which all these words are, by key; those found by number come first."""
    asked = ideas.plain(typed)[:200].casefold()
    hits: dict[str, Found] = {}
    if number := _NUMBER.fullmatch(asked):
        digits = re.sub(r"\D", "", number[1])
        hits |= {row["id"]: Found() for row in tx.sifting.numbered(workshop_id=workshop_id, digits=digits)}
    if words := _asked(asked):
        for row in tx.search.found(workshop_id=workshop_id, asked=words):
            hits.setdefault(row["id"], Found(*(_marked(row[name]) for name in ("words", "own_words", "maker"))))
    return hits


def behind(tx: Tx) -> bool:
    """Say whether ideas changed since the table of words was kept up."""
    return bool(tx.search.behind())


def catch_up(tx: Tx) -> None:
    """Keep the table of words up with the ideas; nothing is left in it of words that are gone."""
    dropped = tx.search.drop_stale()
    tx.search.add_stale()
    tx.search.drop_gone()
    tx.search.none_stale()
    if dropped:
        tx.search.rebuild()


def excerpt(marked: Marked, most: int = 420) -> Marked:
    """Return about so many signs of a marked text: from a little before the first mark on, with … where it goes on."""
    lead = 0
    for text, on in marked:
        if on:
            break
        lead += len(text)
    whole = sum(len(text) for text, _ in marked)
    start = 0 if whole <= most or lead < most // 2 else lead - most // 4
    kept: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = 0
    for text, on in marked:
        piece = text[max(0, start - at) : max(0, start + most - at)]
        kept += [(piece, on)] if piece else []
        at += len(text)
    return (*kept, (" …", False)) if start + most < whole else tuple(kept)


def _asked(typed: str) -> str:
    """Return what is asked of the table of words; '' when nothing in it can be looked for."""
    words = [word for word in typed.split() if any(sign.isalnum() for sign in word)]
    return " AND ".join(
        _any_of({word, *(one for one in stems(word) if len(one) >= _SHORTEST_STEM)}) for word in words[:MOST_WORDS]
    )


def _any_of(forms: set[str]) -> str:
    whole = " OR ".join('"' + form.replace('"', '""') + '" *' for form in sorted(forms))
    return f"({whole})"


def _marked(text: str) -> Marked:
    """Return text in pieces; nothing when nothing in it was looked for."""
    pieces = re.split(f"([{_ON}{_OFF}])", text)
    if len(pieces) == 1:
        return ()
    kept, on = [], False
    for piece in pieces:
        if piece in (_ON, _OFF):
            on = piece == _ON
        elif piece:
            kept.append((piece, on))
    return tuple(kept)
