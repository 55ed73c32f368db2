"""The sheet on which somebody allows something: one A4 in 14 pt to sign, filled in or with lines to write on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

from cards.card import Language
from print import filling, press
from print.formats import load
from print.imprint import Imprint
from print.letters import readable
from print.nine_steps import sheet_face
from print.sheets import Print
from print.things import Printed, shelf, written
from print.words import words


@dataclass(frozen=True)
class MandateText:
    """What stands on the sheet; what is '' gets lines to write on, but a `trial` that is '' is left out.

    `until` is a day in words.
    """

    question: str
    trial: str = ""
    what: str = ""
    until: str = ""
    allows: str = ""


def mandate_sheet(text: MandateText, *, imprint: Imprint, language: Language, cache: Path | None = None) -> Printed:
    """Return the sheet. Raises `DoesNotFit` when the words need more than one A4; the desk allows no such words."""
    said = words(language)
    plain = MandateText(**{one.name: readable(getattr(text, one.name), language) for one in fields(text)})
    key = "answer_call" if imprint.contact_name else "answer_call_phone"
    call = said(key, name=imprint.contact_name, phone=imprint.contact_phone) if imprint.contact_phone else ""
    html = filling.fill("mandate.html", lang=language, words=said, text=plain, imprint=imprint, call=call)
    title = said["mandate_title"]
    face = shelf(cache).take(press.key("steps", html), partial(sheet_face, html, title))
    return Printed("mandate.pdf", written(load("report"), [Print(title, face)], title=title, language=language))
