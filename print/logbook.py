"""The logbook of a meeting: A5 to look back on in three layers, one for each facilitator, to write on.

It never holds what was written on screen: the third layer is for who writes it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from cards.card import Language
from print import filling, press
from print.face import Face
from print.formats import load
from print.letters import readable
from print.sheets import Print
from print.things import Printed, shelf, written
from print.words import words

WHO: Final = ("A", "B")


def logbook(meeting: str, *, language: Language, cache: Path | None = None) -> Printed:
    """Return two sheets of A5 on one A4, for A and for B. `meeting` says which one it was: “3: Dromen, 11 mei 2027”.

    Raises `DoesNotFit` when that is longer than the sheet has room for.
    """
    said = words(language)
    title = said["logbook_title"]
    prints = []
    for who in WHO:
        html = filling.fill(
            "logbook.html",
            lang=language,
            words=said,
            title=title,
            meeting=readable(meeting, language),
            who=said("logbook_who", who=who),
        )
        face = shelf(cache).take(press.key("logbook", html), partial(_laid, html, title))
        prints.append(Print(f"{title} {who}", face))
    return Printed("logbook.pdf", written(load("room"), prints, title=title, language=language))


def _laid(html: str, title: str) -> Face:
    return press.compile_face(html, filling.style("trials"), title)
