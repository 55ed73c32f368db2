"""Progress on exactly one A4 in 14 pt: a line for every measure, what it is now, and whether its target is met.

Lines that do not fit are left out from the end, and counted in words; nothing is shrunk.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

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

    def values(count: int) -> dict[str, Any]:
        return {"title": readable(title, language), "when": when, "lines": plain[:count], "left": len(plain) - count}

    for count in range(len(plain), -1, -1):
        html = filling.fill("progress.html", lang=language, words=said, site=imprint.site, **values(count))
        try:
            face = shelf(cache).take(press.key("progress", html), partial(sheet_face, html, said["progress_title"]))
        except DoesNotFit:
            if count == 0:
                raise
        else:
            break
    name = f"{said['progress_title']}: {title}"
    return Printed("progress.pdf", written(load("report"), [Print(name, face)], title=name, language=language))


def sheet_face(html: str, title: str) -> Face:
    """Return a sheet of lines in 14 pt laid out on its A4."""
    return press.compile_face(html, filling.style("progress"), title)
