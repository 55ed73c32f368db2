"""The invitation to a meeting and the planner with all of them, from a workshop to paper.

What is said about last time is what its report says: only what hangs on the wall of the group.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from cards.card import Language
from print.invitation import Day, InvitationText, invitation, planner
from print.things import Printed
from print.words import words
from workshop import clock
from workshop.domain import answers, meetings, staying
from workshop.domain.meetings import Meeting
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx
from workshop.telling import in_full
from workshop.wall_printing import report_text

DOCUMENTS: Final = ("invitation", "planner")


def printed(house: House, workshop: Workshop, what: Mapping[str, Any]) -> Printed:
    """Print an invitation (`meeting`, a key; '' is the next one) or a planner. Raises `Refused('no_meeting')`."""
    language = cast(Language, what.get("language") or workshop.language)
    common: dict[str, Any] = {"imprint": imprint_of(workshop), "language": language}
    common["cache"] = house.settings.data / "faces"
    if what["document"] == "planner":
        return house.press.run(planner, house.store.read(planner_days, workshop, language), **common)
    text = house.store.read(invitation_text, workshop, what.get("meeting", ""), language)
    return house.press.run(invitation, text, **common)


def planner_days(tx: Tx, workshop: Workshop, language: Language) -> tuple[Day, ...]:
    """Return all meetings from today on. Raises `Refused('no_meeting')` when there are none."""
    today = clock.today().isoformat()
    coming = [one for one in meetings.of_workshop(tx, workshop.id) if one.date >= today]
    if not coming:
        raise Refused("no_meeting", "There is no meeting to come. Plan one first; then the planner can be printed.")
    return tuple(Day(in_full(one.date, language), ", ".join(filter(None, (_span(one), one.place)))) for one in coming)


def invitation_text(tx: Tx, workshop: Workshop, meeting_id: str, language: Language) -> InvitationText:
    """Return what the invitation to a meeting says. Raises `Refused('no_meeting')`."""
    meeting = meetings.find(tx, workshop.id, meeting_id) if meeting_id else meetings.next_one(tx, workshop.id)
    if meeting is None:
        raise Refused("no_meeting", "There is no meeting to come. Plan one first; then its invitation can be printed.")
    before = next((one for one in meetings.of_workshop(tx, workshop.id) if one.number == meeting.number - 1), None)
    covered = answers.coverage(tx, workshop.id, before.id) if before else None
    stays = staying.numbers(tx, workshop.id)  # this letter goes to people who are not of the group yet
    chosen = report_text(tx, workshop, before.id, language).chosen if before else ()
    return InvitationText(
        about=meeting.name or workshop.question,
        day=in_full(meeting.date, language),
        hours=_hours(meeting, language),
        place=meeting.place,
        route=meeting.route,
        ideas=covered.total if covered else None,
        answered=covered.answered if covered else 0,
        chosen=tuple(one for one in chosen if one.nr not in stays),
    )


def _hours(meeting: Meeting, language: Language) -> str:
    if not meeting.begins:
        return ""
    return words(language)("invitation_from_to" if meeting.ends else "invitation_from", **vars(meeting))


def _span(meeting: Meeting) -> str:
    return "–".join(filter(None, (meeting.begins, meeting.ends)))
