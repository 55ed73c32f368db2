"""Forms filled in by invented people: letters of strokes, drawings, ticks of every kind, with the exact truth.

Everything follows from a seed. What happens to the paper afterwards is in `tests.damage`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from print.forms import FORM_KEY, KEY_SIGNS, Box, Form, form
from print.numbers import with_check
from print.reader import raster
from print.reader.known import Known, Register
from print.slips import SIDES, SheetKind, Slip, sheets, slips
from tests.paper import IMPRINT

Picture = NDArray[np.uint8]
DPI = 300
FINE = DPI / 25.4  # px per mm of printed pictures

# Strokes of letters on a grid: x 0-4, y 0 (top of an l) to 6 (line) to 8 (tail of a g). Strokes are split by a space.
LETTERS = {
    "a": "432316263646 434746", "b": "1016263645443423", "c": "4322131526364", "d": "404646362615132243",
    "e": "14443322131526364", "f": "402021262 1343", "g": "43221315264544 43473828", "h": "1016 14233246",
    "i": "2226 2021", "j": "32371827 3031", "k": "1016 421446", "l": "10162636", "m": "1216 142226 24334346",
    "n": "1216 1423324246", "o": "221315264635433222", "p": "1218 1223344526", "r": "1216 132242",
    "s": "423212133444362616", "t": "20263646 1242", "u": "1215263646 4246", "v": "122642", "w": "021624 243642",
    "z": "12421646",
}  # fmt: skip
WORDS = (
    "bankje",
    "vijver",
    "samen",
    "koken",
    "zondag",
    "bus",
    "lift",
    "flat",
    "hulp",
    "licht",
    "koffie",
    "buren",
    "tuin",
)
PENS = {"blue": (38, 52, 140), "black": (28, 28, 32), "red": (176, 36, 44), "green": (24, 104, 60)}
PENCIL = (118, 118, 122)


@dataclass
class Filled:
    """A form as somebody handed it in: its picture at 300 dpi and what is really on it."""

    known: Known
    picture: Picture
    ticks: dict[str, dict[str, str]] = field(default_factory=dict)
    blank: bool = True
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        """The form's geometry."""
        return form(self.known.code)


def register(known: Sequence[Known], keep: Path | None = None) -> Register:
    """Return the register of what was printed."""
    return Register(IMPRINT.base, tuple(known), keep)


def knowns(count: int, codes: Sequence[str], seed: str = "slips") -> list[Known]:
    """Return what a workshop printed: so many numbers, each with a symbol for every one of these codes."""
    found = []
    for place in range(count):
        hashed = hashlib.sha256(f"{seed} {place}".encode()).digest()
        number = with_check(f"{int.from_bytes(hashed[:5], 'big') % 10**7:07d}")
        key = "".join(KEY_SIGNS[byte % 32] for byte in hashed[6 : 6 + FORM_KEY])
        found += [Known(number, code, key) for code in codes]
    return found


def printed(known: Sequence[Known], cache: Path | None = None) -> list[Picture]:
    """Return forms of one code as our own press prints them: pictures of 300 dpi, cut out, without their stubs."""
    code = known[0].code
    shape = form(code)
    cards = [Slip(one.number, one.key, "K7Q2M9XT4R", "boom anker fiets") for one in known]
    size = next((name for name, codes in SIDES.items() if code in codes), None)
    if size is None:
        kind: SheetKind = "dots" if shape.kind == "dots" else "rings"
        pdf = sheets(kind, cards, imprint=IMPRINT, language="nl", cache=cache).pdf
        across, down, sides = 1, 1, 1
    else:
        pdf = slips(cards, format=size, imprint=IMPRINT, language="nl", cache=cache).pdf
        (across, down), sides = {"a5": ((2, 1), 2), "a6": ((2, 2), 1), "large": ((1, 1), 2)}[size]
    found = []
    for at in range(len(known)):
        page, place = divmod(at, across * down)
        sheet = np.asarray(raster(pdf, page * sides + (shape.side == "back"), DPI))
        if shape.side == "back":  # the sheet is turned over its long edge
            column = across - 1 - place if across > 1 else 0
            sheet = sheet[::-1, ::-1] if across > 1 else sheet
        else:
            column = place % across
        left, top = round(column * sheet.shape[1] / across), round(place // across * sheet.shape[0] / down)
        found.append(sheet[top : top + round(shape.height * FINE), left : left + round(shape.width * FINE)].copy())
    return found


def filled(known: Known, printed: Picture, seed: int, *, pencil: bool = False, share_blank: float = 0.12) -> Filled:
    """Return a printed form (300 dpi) with writing, a drawing and ticks."""
    chance = default_rng([seed, int(known.number)])
    out = Filled(known, printed.copy())
    ink = PENCIL if pencil else PENS[str(chance.choice(list(PENS)))]
    hand = Hand(out.picture, chance, ink, 0.45 if pencil else float(chance.uniform(0.4, 0.9)))
    shape = out.form
    if shape.writing and chance.random() >= share_blank:
        out.blank = False
        _write(hand, shape.writing, shape.lines)
    groups: dict[str, list[str]] = {}
    for tick in shape.ticks:
        groups.setdefault(tick.group, []).append(tick.value)
        out.ticks.setdefault(tick.group, {})[tick.value] = "no"
    for group, values in groups.items():
        wanted = {"visibility": 1.0, "for_other": 0.3, "perspective": 0.9}.get(group, 0.5)
        if chance.random() < wanted:
            _tick(hand, out, group, str(chance.choice(values)))
    for row in shape.rows:
        many = int(chance.integers(0, len(row.spots) + 1))
        out.counts[row.value] = many
        for spot in row.spots[:many]:
            hand.sticker(*spot)
    if shape.rings and shape.centre:
        _rings(hand, out)
    return out


def _tick(hand: Hand, out: Filled, group: str, value: str) -> None:
    box = next(tick.box for tick in out.form.ticks if (tick.group, tick.value) == (group, value))
    how = str(hand.chance.choice(["cross", "check", "scribble", "dash", "circled", "scratched"], p=_HOW))
    out.ticks[group][value] = {"circled": "doubt", "scratched": "doubt"}.get(how, "yes")
    hand.mark(box, how)


_HOW = [0.42, 0.36, 0.14, 0.04, 0.02, 0.02]


def _write(hand: Hand, area: Box, lines: Sequence[float]) -> None:
    rows = list(lines) or list(np.arange(area.y + 10, area.y + area.height, 10))
    many = int(hand.chance.integers(1, max(2, len(rows) - 2)))
    for y in rows[:many]:
        hand.sentence(area.x + 3, y - 1.2, area.width - 8)
    if many < len(rows) - 2 and hand.chance.random() < 0.6:
        hand.drawing(area.x + area.width / 2, (rows[many] + rows[-1]) / 2, min(14.0, (rows[-1] - rows[many]) / 2))


def _rings(hand: Hand, out: Filled) -> None:
    shape = out.form
    assert shape.centre
    inner = 0.0
    for ring in shape.rings:
        many = int(hand.chance.integers(0, 6))
        out.counts[ring.value] = many
        start = hand.chance.uniform(0.2, 0.6)
        middle = (inner + ring.radius) / 2
        for place in range(many):
            turn = start + place * 2.6 / max(1, many - 1 if many > 1 else 1)
            hand.sticker(shape.centre[0] + middle * np.cos(turn), shape.centre[1] + middle * np.sin(turn))
        inner = ring.radius


class Hand:
    """A pen over a picture; all measures in mm."""

    def __init__(self, picture: Picture, chance: Generator, ink: tuple[int, int, int], width: float) -> None:
        self.picture, self.chance, self.ink, self.width = picture, chance, ink, width

    def stroke(self, places: Any, tremble: float = 0.12, width: float | None = None) -> None:
        """Draw a line through places with a trembling hand."""
        points = np.asarray(places, float)
        along = np.linspace(0, len(points) - 1, max(2, 6 * (len(points) - 1)))
        dense = np.stack([np.interp(along, np.arange(len(points)), points[:, at]) for at in (0, 1)], axis=1)
        dense += np.cumsum(self.chance.normal(0, tremble / 3, dense.shape), axis=0) * 0.5
        pixels = np.round(dense * FINE * 16).astype(np.int32)
        thick = max(1, round((width or self.width) * FINE))
        cv2.polylines(self.picture, [pixels], False, self.ink, thick, cv2.LINE_AA, 4)

    def sentence(self, x: float, y: float, width: float) -> None:
        """Write words on a line that starts at x and rests on y, no longer than `width`."""
        size, slant = self.chance.uniform(0.75, 1.0), self.chance.uniform(-0.05, 0.35)
        at = x
        while at < x + width - 24:
            for letter in str(self.chance.choice(WORDS)):
                up = self.chance.normal(0, 0.15)
                for stroke in LETTERS[letter].split():
                    grid = np.array([(int(a), int(b)) for a, b in zip(stroke[::2], stroke[1::2], strict=False)], float)
                    grid[:, 1] -= 6
                    spot = np.c_[at + size * (0.7 * grid[:, 0] - slant * grid[:, 1]), y + up + size * grid[:, 1]]
                    self.stroke(spot)
                at += 3.1 * size
            at += 3.0

    def drawing(self, x: float, y: float, size: float) -> None:
        """Draw a sun or a house."""
        if self.chance.random() < 0.5:
            turns = np.linspace(0, 2 * np.pi, 20)
            self.stroke(np.c_[x + 0.5 * size * np.cos(turns), y + 0.5 * size * np.sin(turns)])
            for turn in np.linspace(0, 2 * np.pi, 9)[:-1]:
                ray = np.array([np.cos(turn), np.sin(turn)])
                self.stroke([(x, y) + 0.65 * size * ray, (x, y) + size * ray])
        else:
            house = [(-1, 1), (-1, -0.2), (0, -1), (1, -0.2), (1, 1), (-1, 1)]
            self.stroke([(x + size * a, y + 0.8 * size * b) for a, b in house])

    def mark(self, box: Box, how: str) -> None:
        """Tick a box, in one of the ways people do."""
        c = self.chance
        x, y, side = box.x + box.width / 2 + c.normal(0, 0.4), box.y + box.height / 2 + c.normal(0, 0.4), box.width
        half = side * c.uniform(0.33, 0.58)
        if how in ("cross", "scratched"):
            self.stroke([(x - half, y - half), (x + half, y + half)])
            self.stroke([(x + half, y - half), (x - half, y + half)])
        if how == "check":
            self.stroke([(x - half * 0.8, y), (x - half * 0.2, y + half * 0.8), (x + half * 1.3, y - half * 1.2)])
        elif how == "dash":
            self.stroke([(x - half, y), (x + half, y)])
        elif how in ("scribble", "scratched"):
            wide = 0.75 if how == "scribble" else 1.5
            down = np.linspace(-wide, wide, 11 if how == "scribble" else 26)
            self.stroke([(x + (-1) ** at * half * wide, y + half * step) for at, step in enumerate(down)])
        elif how == "circled":
            turns = np.linspace(0, 2 * np.pi * 1.05, 24)
            self.stroke(np.c_[x + 0.78 * side * np.cos(turns), y + 0.75 * side * np.sin(turns)])

    def sticker(self, x: float, y: float) -> None:
        """Put a round sticker of 8 mm, not quite in the middle."""
        colour = [(206, 40, 48), (30, 90, 190), (24, 140, 70)][int(self.chance.integers(0, 3))]
        place = np.array((x, y)) + self.chance.normal(0, 0.4, 2)
        middle = tuple(int(value) for value in np.round(place * FINE * 16))
        cv2.circle(self.picture, middle, round(4 * FINE * 16), colour, -1, cv2.LINE_AA, 4)
