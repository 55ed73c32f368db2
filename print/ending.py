"""What was erased when a workshop ended and what stayed, on one A4 in 14 pt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cards.card import Language
from print import filling, press
from print.formats import load
from print.imprint import Imprint
from print.letters import readable
from print.progress import sheet_face
from print.sheets import Print
from print.things import Printed, shelf, written
from print.words import words


@dataclass(frozen=True)
class EndingText:
    """`erased` is the day in words on which names were erased, '' when they were not; `gone` and `kept` are lines."""

    title: str
    erased: str
    gone: tuple[str, ...]
    kept: tuple[str, ...]


def ending(text: EndingText, *, imprint: Imprint, language: Language, cache: Path | None = None) -> Printed:
    """Return what is gone and what stayed on one A4."""
    said = words(language)
    html = filling.fill(
        "ending.html",
        lang=language,
        words=said,
        title=readable(text.title, language),
        when=said("ending_on", date=text.erased) if text.erased else said["ending_before"],
        erased=bool(text.erased),
        gone=text.gone,
        kept=text.kept,
        help=filling.help_line(imprint, said),
    )
    face = shelf(cache).take(press.key("ending", html), partial(sheet_face, html, said["ending_title"]))
    name = f"{said['ending_title']}: {text.title}"
    return Printed("ending.pdf", written(load("report"), [Print(name, face)], title=name, language=language))
