"""Slips: idea cards, sheets for a group and answers, each a sheet of paper with a number of its own.

Rows are written before anything is printed: a number on paper is always known here. The key in a slip's QR only
proves that it is a genuine print. What its writer keeps is the stub: its key (in its QR, 49 bits) or its three
words (33 bits, so wrong ones are budgeted) let them see, add to or withdraw what they gave.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from print.forms import FORM_KEY, STUB_KEY, forms
from workshop import clock, ids
from workshop.domain import doors, perspectives
from workshop.errors import Refused
from workshop.store import Tx

Kind = Literal["a5", "a6", "large", "dots", "rings"]
AnswerKind = Literal["answer_a5", "answer_a6", "answer_large"]
WITH_STUB = ("a5", "a6", "large")
ANSWER = "answer_"
"""How the kinds of answer slips begin."""
MOST = 10_000
CHOICES = 12  # rows on a dot sheet


@dataclass(frozen=True)
class Series:
    """What was ordered in one go: `count` slips that say the same. `card_id` is '' for the meeting.

    `choices` are the rows of dot sheets; `perspective` is the side for whose table these sheets are, '' for all. A
    `seed` means that these are rehearsal numbers, the same every time.
    """

    id: str
    workshop_id: str
    kind: Kind | AnswerKind
    card_id: str
    language: str
    question: str
    choices: tuple[str, ...]
    count: int
    seed: str
    made_at: str
    printed_at: str | None
    perspective: str = ""


@dataclass(frozen=True)
class Listed:
    """A series with its first and last number, for people who look for a pile of paper, and how many came back."""

    series: Series
    first: str
    last: str
    came_back: int


@dataclass(frozen=True)
class Slip:
    """One sheet of paper. `position` counts from 1 within its series; only idea cards have a stub.

    `answer_id` is the answer that stands on an answer slip.
    """

    number: str
    series_id: str
    workshop_id: str
    position: int
    key: str
    stub_key: str
    stub_words: str
    withdrawn_at: str | None
    answer_id: str | None = None


def order(
    tx: Tx,
    workshop_id: str,
    *,
    kind: Kind | AnswerKind,
    count: int,
    language: str,
    question: str = "",
    card_id: str = "",
    choices: Sequence[str] = (),
    seed: str = "",
    perspective: str = "",
) -> Series:
    """Make a series and the numbers of all its slips; with a seed that was used before, return that series.

    Raises `Refused`: 'slips_count' for less than 1 or more than 10,000, 'slips_choices' for more than twelve rows.
    """
    if not 1 <= count <= MOST:
        raise Refused("slips_count", f"Print 1 to {MOST} at a time. Nothing was made.", most=str(MOST))
    if len(choices) > CHOICES:
        raise Refused("slips_choices", f"A dot sheet has {CHOICES} rows. Nothing was made.", most=str(CHOICES))
    known = {"workshop_id": workshop_id, "kind": kind, "card_id": card_id, "language": language, "count": count}
    if seed and (row := tx.slips.series_of_seed(**known, seed=seed)):
        return _series(row)
    key = ids.new()
    listed = json.dumps(list(choices))
    side = perspectives.accepted(tx, workshop_id, perspective)
    values = {"question": question, "choices": listed, "seed": seed, "perspective": side}
    tx.slips.make_series(id=key, **known, **values, at=clock.now())
    chance = ids.Chance(seed, kind, card_id, language, str(count)) if seed else ids.Chance()
    for position in range(1, count + 1):
        _make(tx, workshop_id, key, position, chance, stub=kind in WITH_STUB)
    return find(tx, workshop_id, key)


def find(tx: Tx, workshop_id: str, series_id: str) -> Series:
    """Return a series of this workshop. Raises `Refused('no_series')`."""
    row = tx.slips.series(id=series_id, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_series")
    return _series(row)


def series_of(tx: Tx, workshop_id: str) -> list[Listed]:
    """Return every series of a workshop that people fill in, newest first: answer slips are no such thing."""
    rows = [row for row in tx.slips.all_series(workshop_id=workshop_id) if not row["kind"].startswith(ANSWER)]
    back = {row["series_id"]: row["count"] for row in tx.slips.came_back(workshop_id=workshop_id)}
    return [Listed(_series(row), row["first_number"], row["last_number"], back.get(row["id"], 0)) for row in rows]


def of_series(tx: Tx, series: Series) -> list[Slip]:
    """Return the slips of a series in the order they are printed."""
    return _all(tx.slips.of_series(series_id=series.id))


def of_workshop(tx: Tx, workshop_id: str) -> list[Slip]:
    """Return every slip ever made in a workshop: what a reader of paper may find."""
    return _all(tx.slips.of_workshop(workshop_id=workshop_id))


def codes_of_workshop(tx: Tx, workshop_id: str) -> dict[str, tuple[str, ...]]:
    """Return by series the codes that may stand in its QRs: both sides, in every layout there ever was.

    An answer may be printed larger than was asked, so those may have the code of any size.
    """
    return {row["id"]: tuple(_codes(row["kind"])) for row in tx.slips.all_series(workshop_id=workshop_id)}


def _codes(kind: str) -> Iterator[str]:
    answer = kind.startswith(ANSWER)
    for one in forms():
        if one.kind == "answer" if answer else one.name.removesuffix("_back") == kind:
            yield one.code


def by_number(tx: Tx, number: str) -> Slip | None:
    """Return the slip with this number (eight digits), of whichever workshop."""
    row = tx.slips.by_number(number=number)
    return _of(row) if row else None


def by_stub(tx: Tx, number: str, key: str) -> Slip | None:
    """Return the slip whose stub was scanned: its number and the stub's key, in any case."""
    slip = by_number(tx, number)
    return slip if slip and slip.stub_key and ids.same(slip.stub_key, key.upper()) else None


def has_words(slip: Slip, said: str) -> bool:
    """Say whether these are the three words of the stub, in any case and however spaced. Budget the wrong ones."""
    return bool(slip.stub_words) and ids.same(slip.stub_words, " ".join(said.lower().replace("-", " ").split()))


def note_printed(tx: Tx, series_id: str) -> None:
    """Note that a series became paper for the first time."""
    tx.slips.printed(id=series_id, at=clock.now())


def withdraw(tx: Tx, workshop_id: str, number: str) -> None:
    """Note that a sheet was withdrawn: lost, spoilt, or taken back. Its number is never used again."""
    tx.slips.withdraw(number=number, workshop_id=workshop_id, at=clock.now())


def _make(tx: Tx, workshop_id: str, series_id: str, position: int, chance: ids.Chance, *, stub: bool) -> None:
    values = {
        "series_id": series_id,
        "workshop_id": workshop_id,
        "position": position,
        "key": chance.signs(FORM_KEY),
        "stub_key": chance.signs(STUB_KEY) if stub else "",
        "stub_words": " ".join(chance.pick(doors.words()) for _ in range(3)) if stub else "",
    }
    for _ in range(200):
        if tx.slips.make(number=chance.slip_number(), **values):
            return
    raise Refused("numbers_used_up")


def _series(row: dict[str, Any]) -> Series:
    values = {name: row[name] for name in Series.__dataclass_fields__}
    return Series(**values | {"choices": tuple(json.loads(row["choices"]))})


def _all(rows: Iterable[dict[str, Any]]) -> list[Slip]:
    return [_of(row) for row in rows]


def _of(row: dict[str, Any]) -> Slip:
    return Slip(**{name: row[name] for name in Slip.__dataclass_fields__})
