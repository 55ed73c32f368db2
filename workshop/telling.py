"""What a maker reads about a decision, on every page the same sentences as on paper.

Plain values for templates, in a language that is given: the desk shows a facilitator just what a maker will read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from babel.dates import format_date
from babel.lists import format_list
from flask_babel import force_locale
from flask_babel import gettext as _

from cards.card import Language
from print.words import words
from workshop import clock
from workshop.domain import meetings, perspectives
from workshop.domain.decisions import Decision
from workshop.domain.workshops import Workshop
from workshop.store import Tx


@dataclass(frozen=True)
class Told:
    """A decision in words: `status` is “We proberen het”, `parts` are headings with their text.

    `joined` is '' for an idea that stands by itself; `call` says whom to call.
    """

    kind: str
    status: str
    parts: tuple[tuple[str, str], ...]
    joined: str
    decided: str
    call: str
    language: str


def told(
    decision: Decision,
    workshop: Workshop,
    language: str,
    *,
    days: Mapping[str, str] | None = None,
    others: Sequence[int] = (),
) -> Told:
    """Return a decision as its maker reads it; `days` are the dates of meetings by key, `others` joined numbers."""
    said = words(cast(Language, language))
    when = said("answer_when", date=in_full(decision.by_when, language)) if decision.by_when else ""
    steps = "\n".join(part for part in (decision.next_step, when) if part)
    parts = ((said["answer_reason"], decision.reason), (said["answer_next"], steps))
    return Told(
        kind=decision.kind,
        status=said[f"answer_decision_{decision.kind}"],
        parts=tuple((heading, text) for heading, text in parts if text),
        joined=joined(others, language),
        decided=_decided(decision, language, (days or {}).get(decision.meeting_id or "", "")),
        call=said("answer_call", name=workshop.contact_name, phone=workshop.contact_phone),
        language=language,
    )


def joined(others: Sequence[int], language: str) -> str:
    """Return with which ideas one was joined, or ''."""
    if not others:
        return ""
    listed = format_list([str(nr) for nr in others], locale=language)
    return words(cast(Language, language))("answer_joined", others=listed)


def kinds(language: str) -> dict[str, str]:
    """Return every decision by key, in words."""
    said = words(cast(Language, language))
    return {kind: said[f"answer_decision_{kind}"] for kind in ("make", "try", "keep", "not_now")}


def in_full(day: str, language: str) -> str:
    """Return a day (`2027-02-22`) in full: “maandag 22 februari 2027”."""
    return format_date(clock.day(day), "EEEE d MMMM y", locale=language)


def meeting_days(tx: Tx, workshop_id: str) -> dict[str, str]:
    """Return the days of a workshop's meetings by key."""
    return {one.id: one.date for one in meetings.of_workshop(tx, workshop_id)}


def _decided(decision: Decision, language: str, meeting_day: str) -> str:
    day = in_full(meeting_day or clock.local(decision.made_at).date().isoformat(), language)
    side = perspectives.name(decision.perspective, language, decision.own_side)
    with force_locale(language):
        if decision.with_group:
            return str(_("Dit besloten we met de groep, op %(day)s.", day=day))
        if side:
            return str(_("Dit besloot %(name)s (%(side)s), op %(day)s.", name=decision.decided_by, side=side, day=day))
        return str(_("Dit besloot %(name)s, op %(day)s.", name=decision.decided_by, day=day))
