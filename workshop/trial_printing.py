"""Trials and the logbook of a meeting, from a workshop to paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from cards.card import Language
from print.logbook import logbook
from print.things import Printed
from print.trial_sheet import TrialText, trial_sheet
from print.words import words
from workshop.domain import meetings, trials
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx
from workshop.telling import in_full

DOCUMENTS: Final = ("trial", "logbook")


def printed(house: House, workshop: Workshop, what: Mapping[str, Any]) -> Printed:
    """Print the sheet of a trial (`trial`, a key) or the logbook of a meeting (`meeting`, a key; '' is the last one).

    Raises `Refused`: 'no_trial', 'no_meeting'.
    """
    language = cast(Language, what.get("language") or workshop.language)
    cache = house.settings.data / "faces"
    if what["document"] == "logbook":
        called = house.store.read(meeting_called, workshop, what.get("meeting", ""), language)
        return house.press.run(logbook, called, language=language, cache=cache)
    text = house.store.read(trial_text, workshop, what["trial"], language)
    return house.press.run(trial_sheet, text, imprint=imprint_of(workshop), language=language)


def trial_text(tx: Tx, workshop: Workshop, trial_id: str, language: Language) -> TrialText:
    """Return what the sheet of a trial says. Raises `Refused('no_trial')`."""
    one = trials.find(tx, workshop.id, trial_id)
    before = trials.before(tx, one)
    mandate = one.mandate if one.mandate and not one.mandate.expired else None  # else there are lines for a new one
    return TrialText(
        title=one.title,
        question=one.question,
        ideas=one.ideas,
        until=in_full(one.until, language) if one.until else "",
        allows=mandate.allows if mandate else "",
        what=mandate.what if mandate else "",
        last_day=in_full(mandate.until, language) if mandate else "",
        lesson=(before.lesson or before.planned) if before else "",
    )


def meeting_called(tx: Tx, workshop: Workshop, meeting_id: str, language: Language) -> str:
    """Return which meeting a logbook is about. Raises `Refused('no_meeting')`."""
    meeting = meetings.find(tx, workshop.id, meeting_id) if meeting_id else meetings.last_one(tx, workshop.id)
    if meeting is None:
        raise Refused("no_meeting", "There was no meeting yet. After the first one its logbook can be printed.")
    number = words(language)("report_meeting", number=meeting.number)
    named = f"{number}: {meeting.name}" if meeting.name else number
    return f"{named}, {in_full(meeting.date, language)}"
