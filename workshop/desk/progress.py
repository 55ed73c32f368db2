"""Progress: how the workshop does in counts, on one page and on one A4, looked at together every three meetings."""

from __future__ import annotations

from typing import cast

from flask import render_template
from flask.typing import ResponseReturnValue

from cards.card import Language
from print.words import words
from workshop import web
from workshop.desk import printing
from workshop.desk.guard import desk, here
from workshop.house import read
from workshop.progress_printing import DOCUMENT, told, when


@desk.get("/<workshop_id>/voortgang")
def progress(workshop_id: str) -> ResponseReturnValue:
    """Show every measure, and whether it is time to look at them together."""
    language = cast(Language, web.language())
    found, lines = read(told, here(), language)
    return render_template(
        "desk/progress.html",
        progress=found,
        lines=lines,
        on_paper=words(language),
        after=when(found, language),
        printable=printing.can_be_printed(),
    )


@desk.post("/<workshop_id>/voortgang/printen")
def print_progress(workshop_id: str) -> ResponseReturnValue:
    """Print progress on one A4, in the language of the workshop."""
    return printing.place({"document": DOCUMENT, "language": here().language})
