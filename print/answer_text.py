"""What a maker gets to read about an idea, in plain values, and the sentences it becomes on paper and in a message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from cards.card import Language
from print.imprint import Imprint
from print.letters import readable
from print.lines import Run
from print.words import Words, words

Kind = Literal["make", "try", "keep", "not_now"]
Size = Literal["a6", "a5", "large", "letter"]
KINDS: Final[tuple[Kind, ...]] = ("make", "try", "keep", "not_now")
"""What can be decided about an idea, in the order of the boxes."""
SIZES: Final[tuple[Size, ...]] = ("a6", "a5", "large")
"""What an answer slip may be, from small to large: what does not fit goes to the next."""


@dataclass(frozen=True)
class AnswerText:
    """What one maker gets to read.

    `number` and `code_key` are those of the slip itself; `stub` is the number on the stub they kept ('' for an idea
    that came by phone). `picture` is a JPEG or PNG. `by_when` is in words: "maandag 22 februari 2027". `joined_with`
    are the short numbers of ideas it was joined with. `where` is a table or seat, `address` lines are for a letter.
    """

    nr: int
    kind: Kind
    language: Language
    words: str = ""
    picture: bytes | None = None
    reason: str = ""
    next_step: str = ""
    by_when: str = ""
    joined_with: tuple[int, ...] = ()
    name: str = ""
    where: str = ""
    stub: str = ""
    number: str = ""
    code_key: str = ""
    address: tuple[str, ...] = ()

    def plain(self, text: str) -> str:
        """Return a text in signs we can print, with single spaces and no empty lines."""
        told = readable(text, self.language)
        return "\n".join(re.sub(" +", " ", part).strip() for part in told.split("\n") if part.strip())


def decision(answer: AnswerText) -> str:
    """Return the decision in words: "We proberen het"."""
    return words(answer.language)[f"answer_decision_{answer.kind}"]


def told(answer: AnswerText, said: Words) -> list[list[Run]]:
    """Return what is said after the maker's own words: joined with what, why, what happens next and when."""
    found: list[list[Run]] = []
    if answer.joined_with:
        found.append([(said("answer_joined", others=_listed(answer.joined_with, said)), "Regular")])
    if answer.reason:
        found.append([(said["answer_reason"], "Bold"), (answer.reason.strip(), "Regular")])
    when = said("answer_when", date=_unbroken(answer.by_when)) if answer.by_when else ""
    steps = " ".join(part for part in (answer.next_step.strip(), when) if part)
    if steps:
        found.append([(said["answer_next"], "Bold"), (steps, "Regular")])
    return found


def call(imprint: Imprint, said: Words) -> str:
    """Return whom to call, or nothing when the workshop gave no number."""
    if not imprint.contact_phone:
        return ""
    key = "answer_call" if imprint.contact_name else "answer_call_phone"
    return said(key, name=imprint.contact_name, phone=_unbroken(imprint.contact_phone))


def whole_is_at(answer: AnswerText, imprint: Imprint, said: Words) -> str:
    """Return where all of a shortened idea can be read."""
    if answer.stub:
        return said("answer_whole", site=imprint.site, number=_unbroken(answer.stub))
    return said("answer_whole_receipt", site=imprint.site)


def of_idea(answer: AnswerText, said: Words) -> str:
    """Return which idea this is about, by the numbers its maker may know: "Idee 12, strookje 2741 9634"."""
    stub = said("answer_stub", number=_unbroken(answer.stub)) if answer.stub else ""
    return ", ".join(part for part in (said("answer_idea", nr=answer.nr), stub) if part)


def plain_text(answer: AnswerText, imprint: Imprint) -> str:
    """Return an answer as plain text, all of it, to paste in an e-mail or a message."""
    said = words(answer.language)
    dear = said("letter_dear", name=answer.name) if answer.name else said["letter_dear_nobody"]
    own = [f"{said['answer_words']} “{answer.words.strip()}”"] if answer.words.strip() else []
    after = [" ".join(text for text, _ in runs) for runs in told(answer, said)]
    signed = "\n".join(part for part in (said["letter_greeting"], imprint.contact_name, imprint.workshop) if part)
    about = f"{said['answer_title']} ({of_idea(answer, said)})"
    parts = [dear, about, *own, f"{said['answer_decided']} {decision(answer)}.", *after, call(imprint, said), signed]
    return "\n\n".join(part for part in parts if part).replace("\u00a0", " ") + "\n"


def _listed(numbers: tuple[int, ...], said: Words) -> str:
    """Return numbers as people say them: "12, 15 en 18"."""
    *some, last = (str(number) for number in numbers)
    return said("answer_and", some=", ".join(some), last=last) if some else last


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")
