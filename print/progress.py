"""Progress on exactly one A4 in 14 pt: a line for every measure, what it is now, and whether its target is met.

Lines that do not fit are left out from the end, and counted in words; nothing is shrunk.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from cards.card import Language
from print import filling, press
from print.errors import DoesNotFit
from print.face import Face
from print.formats import load
from print.imprint import Imprint
from print.letters import readable
from print.sheets import Print
from print.things import Printed, shelf, written
from print.words import words


@dataclass(frozen=True)
class Line:
    """One measure in words: its name, how it is now with its target, and whether that is met."""

    code: str
    label: str
    said: str
    state: Literal["met", "not_yet", "unmeasured", "counted"]


def progress(
    title: str,
    when: str,
    lines: tuple[Line, ...],
    *,
    imprint: Imprint,
    language: Language,
    cache: Path | None = None,
) -> Printed:
    """Return progress on one A4. `title` is the workshop's name, `when` after which meeting this is."""
    said = words(language)
    plain = [replace(line, said=readable(line.said, language)) for line in lines]

    def laid(count: int) -> Face:
        values = {"title": readable(title, language), "when": when, "lines": plain[:count], "left": len(plain) - count}
        html = filling.fill("progress.html", lang=language, words=said, site=imprint.site, **values)
        return shelf(cache).take(press.key("progress", html), partial(sheet_face, html, said["progress_title"]))

    face = _fullest(laid, len(plain))
    name = f"{said['progress_title']}: {title}"
    return Printed("progress.pdf", written(load("report"), [Print(name, face)], title=name, language=language))


def _fullest(laid: Callable[[int], Face], most: int) -> Face:
    """Return the face with as many lines as fit, found by halving. Raises `DoesNotFit` when none does."""
    with contextlib.suppress(DoesNotFit):
        return laid(most)
    best, low, high = laid(0), 1, most - 1
    while low <= high:
        middle = (low + high) // 2
        try:
            best, low = laid(middle), middle + 1
        except DoesNotFit:
            high = middle - 1
    return best


def sheet_face(html: str, title: str) -> Face:
    """Return a sheet of lines in 14 pt laid out on its A4."""
    return press.compile_face(html, filling.style("progress"), title)
