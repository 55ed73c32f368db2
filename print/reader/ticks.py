"""What is ticked, and what is written at all: ink inside printed frames, with a band of doubt.

Every frame is found again on the paper before its inside is judged, against the paper around it. What was
circled, crossed out or smudged is no guess of ours: it is doubt, and a person looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from print.forms import Box, Form
from print.reader.clean import PAPER
from print.reader.intake import Pixels

Verdict = Literal["yes", "no", "doubt"]
Darkness = NDArray[np.float32]

_LINE: Final = 0.35  # mm, of the printed frame
_INSET: Final = 0.85  # mm, from the outside of the frame to what counts as inside
_EMPTY: Final = 0.035  # of the inside is ink, at most, in an empty box
_TICKED: Final = 0.065
_TRACE: Final = 0.006  # in black and white a pencil leaves only this
_FAINT: Final = 0.17  # darkness that counts as ink
_OVER_PAPER: Final = 0.12
_SHADE: Final = 0.30  # darker paper around a box is no paper but a stroke
_PLAIN: Final = 0.35  # darkness of a stroke beside a box
_FULL, _SCRATCHED = 0.50, 0.05  # so much ink inside and beside it: crossed out
_SOLID: Final = 0.90  # a box blackened all over: chosen, or chosen no longer
_OUTSIDE: Final = (0.7, 2.5)  # mm, the band beside the frame; its words stand at the right
_CIRCLED: Final = 0.10
_FRAME_SEEN: Final = 0.45
_SURELY: Final = 60.0  # mm² of ink: nobody needs to look for specks
_ONE_ONLY: Final = ("visibility",)
_ONE_AT_MOST: Final = ("perspective", "decision", "understandable", "fair")

Ticks = dict[str, dict[str, Verdict]]


@dataclass(frozen=True, eq=False)
class Ink:
    """A whitened form at `fine` px per mm, asked how dark its parts are: 0 for paper, 1 for the print of its QR."""

    white: Pixels
    fine: float
    black: float

    def part(self, box: Box, more: float = 0.0) -> Darkness:
        """Return the darkness of a box of the form with `more` mm on each side; pale colours count too."""
        left, top = (max(0, round((at - more) * self.fine)) for at in (box.x, box.y))
        right, bottom = (
            round((at + side + more) * self.fine) for at, side in ((box.x, box.width), (box.y, box.height))
        )
        seen = self.white[top:bottom, left:right]
        if seen.ndim == 3 and seen.size:
            seen = np.asarray(cv2.min(cv2.min(seen[..., 0], seen[..., 1]), seen[..., 2]))
        out: Darkness = (np.float32(PAPER) - seen) / np.float32(max(PAPER - self.black, 40))
        return out


def ticks(ink: Ink, form: Form, *, bitonal: bool, reach: float) -> tuple[Ticks, list[str]]:
    """Return per group and value whether it is ticked, and the doubts in fixed words.

    Frames are looked for within `reach` mm.
    """
    shifts = [_shift(ink, tick.box, reach) for tick in form.ticks]
    seen = [shift[:2] for shift in shifts if shift[2] >= _FRAME_SEEN]
    usual = tuple(np.median(seen, axis=0)) if seen else (0.0, 0.0)
    found: Ticks = {}
    for tick, (right, down, alike) in zip(form.ticks, shifts, strict=True):
        moved = (right, down) if alike >= _FRAME_SEEN else usual
        box = Box(tick.box.x + moved[0], tick.box.y + moved[1], tick.box.width, tick.box.height)
        verdict = judged(ink, box, bitonal=bitonal) if seen else "doubt"
        found.setdefault(tick.group, {})[tick.value] = verdict
    return found, doubts(found)


def doubts(found: Ticks) -> list[str]:
    """Return why a person should look: `unclear_tick`, `two_ticks`, `no_tick`."""
    words = set()
    for group, values in found.items():
        said = list(values.values())
        if "doubt" in said:
            words.add("unclear_tick")
        if said.count("yes") > 1 and group in (*_ONE_ONLY, *_ONE_AT_MOST):
            words.add("two_ticks")
        if group in _ONE_ONLY and not {"yes", "doubt"} & set(said):
            words.add("no_tick")
    return sorted(words)


def judged(ink: Ink, box: Box, *, bitonal: bool) -> Verdict:
    """Return whether one box is ticked."""
    inside, around = ink.part(box, -_INSET), _band(ink, box)
    level = max(_FAINT, min(float(np.percentile(around, 75)), _SHADE) + _OVER_PAPER)
    full, over = float((inside > level).mean()), float((around > _PLAIN).mean())
    if full < (_TRACE if bitonal else _EMPTY):
        return "doubt" if over > _CIRCLED else "no"
    if full < _TICKED or full > _SOLID:
        return "doubt"
    return "doubt" if full > _FULL and over > _SCRATCHED else "yes"


def share(ink: Ink, middle: tuple[float, float], radius: float) -> float:
    """Return how much of a circle (mm) is ink."""
    box = Box(middle[0] - radius, middle[1] - radius, 2 * radius, 2 * radius)
    part = ink.part(box)
    rows, columns = np.mgrid[0 : part.shape[0], 0 : part.shape[1]] + 0.5
    inside = np.hypot(rows - part.shape[0] / 2, columns - part.shape[1] / 2) < radius * ink.fine
    return float((part[inside] > _FAINT + 0.05).mean()) if inside.any() else 0.0


def _band(ink: Ink, box: Box) -> Darkness:
    """Return the ink of the band left of a box, above and below it."""
    near, far = (round(side * ink.fine) for side in _OUTSIDE)
    part = ink.part(box, _OUTSIDE[1])
    edge = far - near
    return np.concatenate([part[:edge, :-far].ravel(), part[-edge:, :-far].ravel(), part[edge:-edge, :edge].ravel()])


def _shift(ink: Ink, box: Box, reach: float) -> tuple[float, float, float]:
    """Return how far (mm right, mm down) a frame lies from where it should, and how much it looks like one."""
    part = ink.part(box, reach + 0.5)
    frame = _frame(round(box.width * ink.fine), max(1, round(_LINE * ink.fine)), round(0.5 * ink.fine))
    if min(part.shape) < frame.shape[0]:
        return 0.0, 0.0, 0.0
    scores = cv2.matchTemplate(np.clip(part, 0, 1), frame, cv2.TM_CCOEFF_NORMED)
    best = np.unravel_index(int(np.argmax(scores)), scores.shape)
    middle = ((scores.shape[0] - 1) / 2, (scores.shape[1] - 1) / 2)
    return (float(best[1]) - middle[1]) / ink.fine, (float(best[0]) - middle[0]) / ink.fine, float(scores[best])


@lru_cache(maxsize=64)
def _frame(side: int, line: int, border: int) -> Darkness:
    frame = np.zeros((side + 2 * border, side + 2 * border), np.float32)
    frame[border:-border, border:-border] = 1
    frame[border + line : -border - line, border + line : -border - line] = 0
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 0.7), np.float32)


def written(ink: Ink, form: Form, writing: Box) -> float:
    """Return the ink in the writing area in mm², without the printed lines and specks of dirt."""
    area = ink.part(writing, -1.0)
    seen = (area > 0.2).astype(np.uint8)
    for line in form.lines:
        at = round((line - writing.y - 1.0) * ink.fine)
        edge = max(1, round(0.45 * ink.fine))
        seen[max(0, at - edge) : at + edge + 1] = 0
    all_ink = float(cv2.countNonZero(seen)) / ink.fine**2
    if all_ink > _SURELY:
        return all_ink
    _, _, about, _ = cv2.connectedComponentsWithStats(seen, connectivity=8)
    large = np.maximum(about[1:, 2], about[1:, 3]) >= 0.9 * ink.fine
    return float(about[1:, 4][large].sum()) / ink.fine**2
