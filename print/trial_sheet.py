"""A trial on paper: what is asked and who allows it, to be signed; behind it the learning cycle to write in.

What was seen comes before what it means. Long words run on over another page: nothing is shrunk or cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from cards.card import Language
from print import filling, press
from print.formats import load
from print.imprint import Imprint
from print.letters import readable
from print.sheets import Print
from print.things import Printed, written
from print.words import words

_PLAIN: Final = ("title", "question", "until", "allows", "what", "last_day", "lesson")


@dataclass(frozen=True)
class TrialText:
    """What stands on the sheet; `allows`, `what` and `last_day` that are '' get lines to write on.

    `until` (how long it is tried) and `last_day` (of the mandate) are days in words, `ideas` numbers, and `lesson`
    what the trial before taught.
    """

    title: str
    question: str
    ideas: tuple[int, ...] = ()
    until: str = ""
    allows: str = ""
    what: str = ""
    last_day: str = ""
    lesson: str = ""


def trial_sheet(text: TrialText, *, imprint: Imprint, language: Language) -> Printed:
    """Return the sheet: two sides of A4, or more when the words need that."""
    said = words(language)
    readable_ones: dict[str, Any] = {name: readable(getattr(text, name), language) for name in _PLAIN}
    plain = replace(text, **readable_ones)
    numbers = ", ".join(map(str, plain.ideas))
    html = filling.fill(
        "trial.html",
        lang=language,
        words=said,
        text=plain,
        ideas=said("trial_idea" if len(plain.ideas) == 1 else "trial_ideas", numbers=numbers) if numbers else "",
        workshop=imprint.workshop,
        help=filling.help_line(imprint, said),
    )
    title = f"{said['trial_kicker']}: {plain.title}"
    prints = [Print(title, face) for face in press.compile_pages(html, filling.style("trials"), title)]
    return Printed("trial.pdf", written(load("report"), prints, title=title, language=language))
