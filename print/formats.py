"""Sheets as data: each `formats/*.toml` is one way to lay faces on paper. A new sheet is a file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

Flip = Literal["long", "short"]
Sides = Literal["duplex", "together", "tent", "single", "booklet"]
Size = Literal["a5", "a6", "a4"]
"""The sizes a card is laid out for; A4 is the large-print edition."""

Marks = Literal["none", "cut", "fold", "crop"]


@dataclass(frozen=True)
class Format:
    """A sheet of paper and its cells, all in mm. `face` is the size of the cards on it.

    `sides`: duplex puts backs behind fronts, together puts back and front side by side (fold), tent puts
    the same face twice, the upper one on its head, and single has fronts only. booklet takes faces as the
    pages of a booklet, folded from sheets that lie in each other. `bleed` is how much each face is larger
    than the finished card, on every side.
    """

    name: str
    sheet: tuple[float, float]
    columns: int
    rows: int
    sides: Sides
    marks: Marks
    face: Size = "a5"
    bleed: float = 0.0
    margin: float = 0.0

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of one cell."""
        width, height = self.sheet
        return (width - 2 * self.margin) / self.columns, (height - 2 * self.margin) / self.rows

    @property
    def cells(self) -> int:
        """How many faces lie on one side of a sheet."""
        return self.columns * self.rows


@dataclass(frozen=True)
class Place:
    """Where the face of one card lies: `x`, `y` of its cell in mm from the top left; `turned` is 180°."""

    index: int
    back: bool
    x: float
    y: float
    turned: bool = False


@lru_cache(maxsize=32)
def load(name: str) -> Format:
    """Return a format by the name of its file."""
    text = files("print").joinpath(f"formats/{name}.toml").read_text(encoding="utf-8")
    facts: dict[str, Any] = tomllib.loads(text)
    return Format(**{"name": name, **facts, "sheet": tuple(facts["sheet"])})


def impose(form: Format, count: int, flip: Flip) -> list[list[Place]]:
    """Return the sides to print for `count` cards, fronts and backs in turn.

    A sheet that turns over its vertical edge mirrors its columns; over its horizontal edge it mirrors its
    rows and backs stand on their heads. Which edge is the long one depends on how the sheet lies.
    """
    if form.sides == "together":
        return [[_place(form, i, False, 1, 0), _place(form, i, True, 0, 0)] for i in range(count)]
    if form.sides == "tent":
        return [[_place(form, i, False, 0, 0, True), _place(form, i, False, 0, 1)] for i in range(count)]
    vertical = (form.sheet[1] >= form.sheet[0]) == (flip == "long")
    if form.sides == "booklet":
        return [side for first in range(0, count // 2, 2) for side in _leaf(form, count, first, not vertical)]
    sides = []
    for first in range(0, count, form.cells):
        indices = range(first, min(first + form.cells, count))
        spots = [(i, (i - first) % form.columns, (i - first) // form.columns) for i in indices]
        sides.append([_place(form, i, False, column, row) for i, column, row in spots])
        if form.sides == "duplex" and vertical:
            sides.append([_place(form, i, True, form.columns - 1 - column, row) for i, column, row in spots])
        elif form.sides == "duplex":
            sides.append([_place(form, i, True, column, form.rows - 1 - row, True) for i, column, row in spots])
    return sides


def _leaf(form: Format, count: int, first: int, on_head: bool) -> list[list[Place]]:
    """Return both sides of one sheet of a booklet of `count` pages, a multiple of four; `first` counts from 0."""
    last = count - 1 - first
    left, right = (last - 1, first + 1) if on_head else (first + 1, last - 1)
    return [
        [_place(form, last, False, 0, 0), _place(form, first, False, 1, 0)],
        [_place(form, left, False, 0, 0, on_head), _place(form, right, False, 1, 0, on_head)],
    ]


def _place(form: Format, index: int, back: bool, column: int, row: int, turned: bool = False) -> Place:
    width, height = form.cell
    return Place(index, back, form.margin + column * width, form.margin + row * height, turned)
