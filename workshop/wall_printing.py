"""The wall newspaper and the report of a workshop: what hangs on a wall, put on paper.

What may be seen by whom is worked out by `domain.walls` alone; nothing is looked up here that does not hang there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final, cast

from cards.card import Language
from print import wall_paper
from print.imprint import Door
from print.report import Came, ReportText, Told, report
from print.things import Printed
from print.wall_texts import Decision, Nameless, Section, WallIdea, WallText
from print.words import words
from workshop import clock
from workshop.domain import (
    answers,
    balance,
    curating,
    decisions,
    joining,
    meetings,
    perspectives,
    staying,
    waiting,
    walls,
    workshops,
)
from workshop.domain.ideas import Picture
from workshop.domain.meetings import Meeting
from workshop.domain.walls import Audience, Shown, WallContent
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx
from workshop.telling import in_full

DOCUMENTS: Final = ("wall", "report")
FORMATS: Final = ("a3", "2xa4", "booklet")
AUDIENCES: Final = ("group", "everyone")

Read = Callable[[Picture], bytes]


def printed(house: House, workshop: Workshop, what: Mapping[str, Any], door: Door) -> Printed:
    """Print a wall newspaper (`format`, `audience`, `flip`) or a report (`meeting`, a key; '' is the last one).

    With `leaves` it is to leave the group: then what stays there is left out. `door` is the workshop's own; on a wall
    for everyone its key is left out. Raises `Refused('no_meeting')`.
    """
    language = cast(Language, what.get("language") or workshop.language)
    common: dict[str, Any] = {"imprint": imprint_of(workshop), "language": language}
    common["cache"] = house.settings.data / "faces"
    without = house.store.read(staying.kept, workshop.id) if what.get("leaves") else set[str]()
    if what["document"] == "report":
        told = house.store.read(report_text, workshop, what.get("meeting", ""), language, without)
        return house.press.run(report, told, **common)
    audience: Audience = "everyone" if what.get("audience") == "everyone" else "group"
    seen, nameless = house.store.read(_hanging, workshop.id, audience, language, without)
    heading = house.store.read(_heading, workshop, language)
    sections = tuple(_section(one.name, one.ideas, language, reader(house)) for one in seen.sections)
    text = replace(heading, sections=sections, nameless=nameless)
    return house.press.run(
        wall_paper.wall,
        text,
        door if audience == "group" else Door(door.number),
        format=what.get("format", "a3"),
        flip=what.get("flip", "long"),
        **common,
    )


def report_text(
    tx: Tx, workshop: Workshop, meeting_id: str, language: Language, without: Collection[str] = ()
) -> ReportText:
    """Return what the report of a meeting tells, of what the group may see, `without` the ideas with these keys.

    Raises `Refused('no_meeting')`.
    """
    meeting = _meeting(tx, workshop.id, meeting_id)
    seen = walls.hanging(tx, workshop.id, "group", without=without)
    came = {one.id for one in curating.stream(tx, workshop.id, curating.Filter(meeting_id=meeting.id))}
    found = [(section.name, [one for one in section.ideas if one.id in came]) for section in seen.sections]
    themes = [
        Came(name, len(ideas), tuple(_told(one, language) for one in ideas[:2])) for name, ideas in found if ideas
    ]
    all_of = meetings.of_workshop(tx, workshop.id)
    following = next((one for one in all_of if one.number == meeting.number + 1), None)
    place = meeting.place and words(language)("report_place", place=meeting.place)
    return ReportText(
        title=workshop.name,
        meeting=_called(meeting, language),
        when=", ".join(filter(None, (in_full(meeting.date, language), place))),
        present=_present(tx, meeting, language),
        themes=tuple(themes),
        chosen=tuple(_told(one, language) for one in _chosen(tx, meeting, seen, came)),
        next_meeting=_coming(following, language) if following else "",
    )


def _hanging(
    tx: Tx, workshop_id: str, audience: Audience, language: Language, without: Collection[str]
) -> tuple[WallContent, tuple[Nameless, ...]]:
    seen = walls.hanging(tx, workshop_id, audience, without=without)
    return seen, tuple(_nameless(tx, workshop_id, audience, seen, language))


def _nameless(tx: Tx, workshop_id: str, audience: Audience, seen: WallContent, language: Language) -> list[Nameless]:
    """Return the answers to ideas whose makers can only find them here; why stands beside what hangs here only."""
    hidden_at = workshops.at_door(tx, workshop_id).hidden_at
    hanging = {one.id for section in seen.sections for idea in section.ideas for one in (idea, *idea.added)}
    found = []
    for given in answers.to_give(tx, workshop_id, again=True):
        idea = given.idea
        if idea.maker or idea.address or not waiting.given_before(idea, hidden_at):
            continue
        here = joining.top(tx, idea).id in hanging and not idea.held and idea.status != "set_aside"
        may_read = here and (audience == "group" or idea.seen_by != "group")
        had = given.answer.decision
        decision = _decision(had, language) if may_read else Decision(had.kind)
        found.append(Nameless(idea.nr, idea.slip or "", decision))
    return found


def _heading(tx: Tx, workshop: Workshop, language: Language) -> WallText:
    last = meetings.last_one(tx, workshop.id)
    day = last.date if last else clock.today().isoformat()
    called = _called(last, language) if last else ""
    return WallText(workshop.name, workshop.question, called, in_full(day, language))


def _section(name: str, ideas: tuple[Shown, ...], language: Language, read: Read) -> Section:
    return Section(name, tuple(_idea(one, language, read) for one in ideas))


def _idea(shown: Shown, language: Language, read: Read) -> WallIdea:
    return WallIdea(
        nr=shown.nr,
        words=shown.words,
        who=walls.said_by(shown, language),
        pictures=tuple(filter(None, map(read, shown.pictures))),
        decision=_decision(shown.decision, language) if shown.decision else None,
        recognised=shown.support.recognised if shown.support else 0,
        dots=shown.support.dots if shown.support else 0,
        added=tuple(_idea(one, language, read) for one in shown.added),
    )


def reader(house: House) -> Read:
    """Return what gives the bytes of pictures."""

    def read(picture: Picture) -> bytes:
        """Return a picture's bytes; b'' when it was taken away just now."""
        try:
            return house.files.read(picture.file)
        except Refused:
            return b""

    return read


def _decision(had: decisions.Decision, language: Language) -> Decision:
    by_when = in_full(had.by_when, language) if had.by_when else ""
    return Decision(had.kind, had.reason, had.next_step, by_when)


def _told(shown: Shown, language: Language) -> Told:
    return Told(shown.nr, shown.words, _decision(shown.decision, language) if shown.decision else None)


def _chosen(tx: Tx, meeting: Meeting, seen: WallContent, came: set[str]) -> list[Shown]:
    """Return the ideas with a decision of this meeting: made there, in its time, or about what came in then."""
    since, until = meetings.span(tx, meeting)

    def of_it(had: decisions.Decision) -> bool:
        return had.meeting_id == meeting.id or (had.meeting_id is None and since <= had.made_at < until)

    hanging = [one for section in seen.sections for one in section.ideas]
    return [one for one in hanging if one.decision and (one.id in came or of_it(one.decision))]


def _meeting(tx: Tx, workshop_id: str, meeting_id: str) -> Meeting:
    if meeting_id:
        return meetings.find(tx, workshop_id, meeting_id)
    last = meetings.last_one(tx, workshop_id)
    if last is None:
        raise Refused("no_meeting", "There was no meeting yet. Plan one first; then its report can be printed.")
    return last


def _called(meeting: Meeting, language: Language) -> str:
    number = words(language)("report_meeting", number=meeting.number)
    return f"{number}: {meeting.name}" if meeting.name else number


def _present(tx: Tx, meeting: Meeting, language: Language) -> tuple[tuple[str, int], ...]:
    """Return how many were there by the name of their perspective; small groups, and who said none, come last."""
    sides = perspectives.names(tx, meeting.workshop_id, language) | {"": ""}
    counted = balance.grouped(meeting.present)
    return tuple((name, counted.get(key, 0)) for key, name in sides.items())


def _coming(meeting: Meeting, language: Language) -> str:
    said = words(language)
    parts = [in_full(meeting.date, language)]
    parts += [said("report_begins", begins=meeting.begins)] if meeting.begins else []
    parts += [said("report_place", place=meeting.place)] if meeting.place else []
    return ", ".join(parts)
