"""What a group agreed, in large letters to hang up: on A4, or on A3. More than fits goes on to the next sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cards.card import Language
from print import filling, press
from print.formats import load
from print.imprint import Imprint
from print.letters import readable
from print.sheets import Print
from print.things import Printed, written
from print.words import words

Size = Literal["a4", "a3"]


def agreed(
    agreements: Sequence[str],
    *,
    imprint: Imprint,
    language: Language,
    size: Size = "a4",
) -> Printed:
    """Return the agreements on as many sheets as they need, in 28 pt on A4 and 42 pt on A3."""
    said = words(language)
    html = filling.fill(
        "agreed.html",
        lang=language,
        words=said,
        large=size == "a3",
        workshop=readable(imprint.workshop, language),
        agreements=[readable(one, language) for one in agreements],
    )
    faces = press.compile_pages(html, filling.style("safety"), said["agreed_title"])
    form = load("single_a3" if size == "a3" else "report")
    title = said["agreed_title"]
    return Printed(
        f"{said['agreed_file']}.pdf",
        written(form, [Print(title, face) for face in faces], title=title, language=language),
    )
