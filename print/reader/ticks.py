"""What is ticked, and what is written at all: ink inside printed frames, with a band of doubt.

Every frame is found again on the paper before its inside is judged, against the paper around it. What was
circled, crossed out or smudged is no guess of ours: it is doubt, and a person looks.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from print.forms import Box, Form

Verdict = Literal["yes", "no", "doubt"]
Ink = NDArray[np.float32]

_LINE: Final = 0.35  # mm, of the printed frame
_INSET: Final = 0.85  # mm, from the outside of the frame to what counts as inside
_EMPTY: Final = 0.035  # of the inside is ink, at most, in an empty box
_TICKED: Final = 0.065
_TRACE: Final = 0.006  # in black and white a pencil leaves only this
_FAINT: Final = 0.17  # darkness that counts as ink
_OVER_PAPER: Final = 0.12
_FULL: Final = 0.50
_OUTSIDE: Final = (0.7, 2.0)  # mm, the band around the frame
_CIRCLED: Final = 0.10
_SCRATCHED: Final = 0.22
_FRAME_SEEN: Final = 0.45
_ONE_ONLY: Final = ("visibility",)
_ONE_AT_MOST: Final = ("perspective",)

Ticks = dict[str, dict[str, Verdict]]


def ticks(ink: Ink, fine: float, form: Form, *, bitonal: bool, reach: float) -> tuple[Ticks, list[str]]:
    """Return per group and value whether it is ticked, and the doubts in fixed words.

    `ink` is the whole form (0 paper, 1 print) at `fine` px per mm; frames are looked for within `reach` mm.
    """
    shifts = [_shift(ink, fine, tick.box, reach) for tick in form.ticks]
    seen = [shift[:2] for shift in shifts if shift[2] >= _FRAME_SEEN]
    usual = tuple(np.median(seen, axis=0)) if seen else (0.0, 0.0)
    found: Ticks = {}
    for tick, (right, down, alike) in zip(form.ticks, shifts, strict=True):
        moved = (right, down) if alike >= _FRAME_SEEN else usual
        box = Box(tick.box.x + moved[0], tick.box.y + moved[1], tick.box.width, tick.box.height)
        verdict = judged(ink, fine, box, bitonal=bitonal) if seen else "doubt"
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


def judged(ink: Ink, fine: float, box: Box, *, bitonal: bool) -> Verdict:
    """Return whether one box is ticked."""
    inside = _part(ink, fine, box, -_INSET)
    around = _band(ink, fine, box)
    level = max(_FAINT, float(np.percentile(around, 75)) + _OVER_PAPER)
    full, over = float((inside > level).mean()), float((around > level).mean())
    if full < (_TRACE if bitonal else _EMPTY):
        return "doubt" if over > _CIRCLED else "no"
    if full < _TICKED:
        return "doubt"
    return "doubt" if full > _FULL and over > _SCRATCHED else "yes"


def share(ink: Ink, fine: float, middle: tuple[float, float], radius: float) -> float:
    """Return how much of a circle (mm) is ink."""
    box = Box(middle[0] - radius, middle[1] - radius, 2 * radius, 2 * radius)
    part = _part(ink, fine, box, 0)
    rows, columns = np.mgrid[0 : part.shape[0], 0 : part.shape[1]] + 0.5
    inside = np.hypot(rows - part.shape[0] / 2, columns - part.shape[1] / 2) < radius * fine
    return float((part[inside] > _FAINT + 0.05).mean()) if inside.any() else 0.0


def _part(ink: Ink, fine: float, box: Box, more: float) -> Ink:
    """Return a box of the form with `more` mm on each side."""
    left, top = max(0, round((box.x - more) * fine)), max(0, round((box.y - more) * fine))
    right, bottom = round((box.x + box.width + more) * fine), round((box.y + box.height + more) * fine)
    return ink[top:bottom, left:right]


def _band(ink: Ink, fine: float, box: Box) -> Ink:
    """Return the ink of the band around a box."""
    near, far = _OUTSIDE
    part = _part(ink, fine, box, far)
    edge = round((far - near) * fine)
    mask = np.ones(part.shape, bool)
    mask[edge:-edge, edge:-edge] = False
    return part[mask]


def _shift(ink: Ink, fine: float, box: Box, reach: float) -> tuple[float, float, float]:
    """Return how far (mm right, mm down) a frame lies from where it should, and how much it looks like one."""
    part = _part(ink, fine, box, reach + 0.5)
    frame = _frame(round(box.width * fine), max(1, round(_LINE * fine)), round(0.5 * fine))
    if min(part.shape) < frame.shape[0]:
        return 0.0, 0.0, 0.0
    scores = cv2.matchTemplate(np.clip(part, 0, 1), frame, cv2.TM_CCOEFF_NORMED)
    best = np.unravel_index(int(np.argmax(scores)), scores.shape)
    middle = ((scores.shape[0] - 1) / 2, (scores.shape[1] - 1) / 2)
    return (float(best[1]) - middle[1]) / fine, (float(best[0]) - middle[0]) / fine, float(scores[best])


@lru_cache(maxsize=64)
def _frame(side: int, line: int, border: int) -> Ink:
    frame = np.zeros((side + 2 * border, side + 2 * border), np.float32)
    frame[border:-border, border:-border] = 1
    frame[border + line : -border - line, border + line : -border - line] = 0
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 0.7), np.float32)


def written(ink: Ink, fine: float, form: Form, writing: Box) -> float:
    """Return the ink in the writing area in mm², without the printed lines and specks of dirt."""
    area = _part(ink, fine, writing, -1.0)
    seen = (area > 0.2).astype(np.uint8)
    for line in form.lines:
        at = round((line - writing.y - 1.0) * fine)
        edge = max(1, round(0.45 * fine))
        seen[max(0, at - edge) : at + edge + 1] = 0
    _, _, about, _ = cv2.connectedComponentsWithStats(seen, connectivity=8)
    large = np.maximum(about[1:, 2], about[1:, 3]) >= 0.9 * fine
    return float(about[1:, 4][large].sum()) / fine**2
