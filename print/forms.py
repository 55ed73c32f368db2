"""Forms that come back: where everything on them is, for whoever prints them and whoever reads them.

The geometry is data: `formats/forms/<code>.toml`, one file for each side of each form. The code stands in the
QR, so a form of years ago is still read by its own file: a file is added, never changed once it was printed.
Language is no geometry: Dutch and English prints of a form share it. All measures are mm from the top left
of the form as it is handed in, without its stub; y runs down.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal

from print import marks
from print.numbers import SLIP_DIGITS, WrongNumber, typed

Kind = Literal["slip", "dots", "rings", "answer"]
FormSide = Literal["front", "back"]

KEY_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What keys are made of: nothing that looks like another sign."""
FORM_KEY: Final = 6
STUB: Final = "S1"
STUB_KEY: Final = 10
QUESTIONS: Final = ("understandable", "fair")
"""What is asked about an answer: groups of boxes with the values `yes`, `little` and `no`."""


@dataclass(frozen=True)
class Box:
    """A rectangle in mm, from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Tick:
    """A printed box to tick; `box` is the outside of its frame."""

    group: str
    value: str
    box: Box


@dataclass(frozen=True)
class Row:
    """One row of a dot sheet: where it says what is chosen from, and the centres of its circles."""

    value: str
    label: Box
    spots: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Ring:
    """One ring around the centre of a ring sheet, up to `radius`; its name is printed in `label`."""

    value: str
    radius: float
    label: Box


@dataclass(frozen=True)
class Form:
    """One side of a form. `qr` is the symbol without its quiet zone; `dots` are the centres of three discs.

    `writing` is what is cut out as the idea, `lines` the y of the dotted lines in it. `rows` belong to a dot
    sheet, `centre` and `rings` (from the inside out) to a ring sheet.
    """

    code: str
    kind: Kind
    name: str
    width: float
    height: float
    side: FormSide
    qr: Box
    dots: tuple[tuple[float, float], ...]
    number: Box
    writing: Box | None = None
    lines: tuple[float, ...] = ()
    ticks: tuple[Tick, ...] = ()
    rows: tuple[Row, ...] = ()
    centre: tuple[float, float] | None = None
    rings: tuple[Ring, ...] = ()


@dataclass(frozen=True)
class Stub:
    """What the writer tears off, printed beside a form: `at` is where, the rest is on it. `words` are its lines."""

    at: Box
    qr: Box
    number: Box
    words: tuple[Box, ...]


@dataclass(frozen=True)
class Payload:
    """What the QR of a form or a stub says: number (8 digits), code of the form, key."""

    number: str
    code: str
    key: str


def form(code: str) -> Form:
    """Return the form with this code; raises KeyError when there is none."""
    return _all()[code]


def forms() -> tuple[Form, ...]:
    """Return every form there ever was, by code."""
    return tuple(_all().values())


@lru_cache(maxsize=16)
def stub(code: str) -> Stub | None:
    """Return the stub that is printed beside the form with this code, if it has one."""
    facts = _read()[code].get("stub")
    if facts is None:
        return None
    return Stub(
        Box(*facts["at"]), Box(*facts["qr"]), Box(*facts["number"]), tuple(Box(*line) for line in facts["words"])
    )


def address(base: str, number: str, code: str, key: str) -> str:
    """Return what the QR of a form or stub says."""
    return marks.address(base, number, code + key)


def payload(text: str) -> Payload | None:
    """Return what a QR of ours says, in any case and at any host; None when it cannot be one of ours."""
    said = text.strip().rstrip("/").rpartition("/")[2].upper()
    number, code, key = said[:SLIP_DIGITS], said[SLIP_DIGITS : SLIP_DIGITS + 2], said[SLIP_DIGITS + 2 :]
    length = STUB_KEY if code == STUB else FORM_KEY if code in _all() else 0
    if len(key) != length or not set(key) <= set(KEY_SIGNS) or not length:
        return None
    try:
        return Payload(typed(number, SLIP_DIGITS), code, key)
    except WrongNumber:
        return None


@lru_cache(maxsize=1)
def _read() -> dict[str, dict[str, Any]]:
    folder = files("print").joinpath("formats/forms")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return {file.name[:2].upper(): tomllib.loads(file.read_text(encoding="utf-8")) for file in found}


@lru_cache(maxsize=1)
def _all() -> dict[str, Form]:
    return {code: _form(code, facts) for code, facts in _read().items()}


def _form(code: str, facts: dict[str, Any]) -> Form:
    width, height = facts["size"]
    return Form(
        code=code,
        kind=facts["kind"],
        name=facts["name"],
        width=width,
        height=height,
        side=facts["side"],
        qr=Box(*facts["qr"]),
        dots=tuple((x, y) for x, y in facts["dots"]),
        number=Box(*facts["number"]),
        writing=Box(*facts["writing"]) if "writing" in facts else None,
        lines=tuple(facts.get("lines", ())),
        ticks=tuple(_tick(group, tick) for group, ticks in facts.get("ticks", {}).items() for tick in ticks.items()),
        rows=tuple(_row(row) for row in facts.get("rows", ())),
        centre=tuple(facts["centre"]) if "centre" in facts else None,
        rings=tuple(Ring(ring["value"], ring["radius"], Box(*ring["label"])) for ring in facts.get("rings", ())),
    )


def _tick(group: str, tick: tuple[str, list[float]]) -> Tick:
    value, (x, y, side) = tick
    return Tick(group, value, Box(x, y, side, side))


def _row(row: dict[str, Any]) -> Row:
    return Row(row["value"], Box(*row["label"]), tuple((x, row["y"]) for x in row["spots"]))
