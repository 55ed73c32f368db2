"""Dot sheets of a round: which ideas stand on which sheet, and the dots of sheets that came back.

A sheet keeps only the numbers of ideas; their words are put beside them when it is printed, so that nothing of what
its maker took away stays behind. What a machine or a person counted on a sheet counts for the round.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from print.forms import form
from workshop.domain import rounds, slips, stacks
from workshop.domain.rounds import Round
from workshop.domain.slips import Listed, Series
from workshop.domain.stacks import Seen
from workshop.store import Tx

IDEA = {"nl": "Idee", "en": "Idea"}
"""How a row begins, before the number of its idea."""
Shorten = Callable[[str], str]


def order(tx: Tx, about: Round, count: int, language: str) -> list[Series]:
    """Make `count` sheets for every twelve ideas of a round. Raises `Refused` as `slips.order` does."""
    known = rounds.lines(tx, about)
    made = []
    for start in range(0, len(known), slips.CHOICES):
        labels = [f"{IDEA[language]} {one.nr}" for one in known[start : start + slips.CHOICES]]
        series = slips.order(
            tx, about.workshop_id, kind="dots", count=count, language=language, question=about.title, choices=labels
        )
        tx.rounds.add_sheet(series_id=series.id, round_id=about.id, first_line=start + 1)
        made.append(series)
    return made


def of_round(tx: Tx, about: Round) -> list[Listed]:
    """Return the series of sheets that were made for a round, first come first."""
    mine = {row["id"] for row in tx.rounds.sheets(round_id=about.id)}
    return [one for one in reversed(slips.series_of(tx, about.workshop_id)) if one.series.id in mine]


def rows(tx: Tx, series: Series, shorten: Shorten) -> tuple[str, ...]:
    """Return what to print in the rows of a series: of a round its numbers, with the words that the group sees now."""
    row = tx.rounds.of_series(series_id=series.id)
    if row is None:
        return series.choices
    about = rounds.find(tx, row["workshop_id"], row["round_id"])
    words = {one.id: " ".join(one.words.split()) for one in rounds.for_group(tx, about)}
    here = about.idea_ids[row["first_line"] - 1 :]
    return tuple(
        shorten(f"{label}. {words[key]}") if words.get(key) else label
        for label, key in zip(series.choices, here, strict=False)
    )


def came_back(tx: Tx, number: str) -> None:
    """Let what was last seen on a sheet count for its round: what a person counted goes before what a machine did."""
    row = _row_of(tx, number)
    if row is None:
        return
    about = rounds.find(tx, row["workshop_id"], row["round_id"])
    found = stacks.sightings_of(tx, number, "front")
    seen = next((one for one in found if one.how == "person"), found[0] if found else None)
    counts = [seen.counts.get(one.value, 0) for one in form(seen.code).rows] if seen else [0] * slips.CHOICES
    rounds.sheet_counted(tx, about, row["first_line"], number, counts)


def hidden(tx: Tx, number: str) -> bool:
    """Say whether a sheet belongs to a round without a result yet."""
    row = _row_of(tx, number)
    return row is not None and row["shown_at"] is None


def must_be_counted(seen: Seen) -> bool:
    """Say whether a person must count a sheet: the machine doubts, or its number was typed and nobody counted yet."""
    return bool(seen.doubt) or (seen.how == "person" and not any(seen.counts.values()))


def _row_of(tx: Tx, number: str) -> dict[str, Any] | None:
    """Return the round a sheet was made for; None when it was made for none."""
    slip = slips.by_number(tx, number)
    found: dict[str, Any] | None = tx.rounds.of_series(series_id=slip.series_id) if slip else None
    return found
