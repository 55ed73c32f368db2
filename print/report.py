"""The report of a meeting on exactly one A4 in 16 pt: who was there, what came up, what was chosen, what comes next.

When it is too much, examples go first, then reasons, then whole lines; what was left out is said in words, with
where to find it. Nothing is shrunk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cards.card import Language
from print import filling, press
from print.errors import DoesNotFit
from print.face import Face
from print.formats import load
from print.imprint import Imprint
from print.letters import readable
from print.sheets import Print
from print.things import Printed, shelf, written
from print.wall_texts import KINDS, Decision
from print.words import Words, words


@dataclass(frozen=True)
class Told:
    """An idea as the report tells it: its number and words ('' when it is a picture), and what was decided."""

    nr: int
    words: str
    decision: Decision | None = None


@dataclass(frozen=True)
class Came:
    """A theme that came up: its name ('' for none), how many ideas, and a few of them, the first first."""

    name: str
    count: int
    ideas: tuple[Told, ...] = ()


@dataclass(frozen=True)
class ReportText:
    """A report. `meeting`, `when` and `next_meeting` are in words; `present` counts people by side, '' is not said."""

    title: str
    meeting: str
    when: str
    present: tuple[tuple[str, int], ...] = ()
    themes: tuple[Came, ...] = ()
    chosen: tuple[Told, ...] = ()
    next_meeting: str = ""


@dataclass(frozen=True)
class _Room:
    """How much is told: examples of each theme and their signs, whether every reason, and how many of each list."""

    examples: int
    signs: int
    reasons: bool
    chosen: int
    themes: int
    steps: int


_SIGNS: Final = 80
_FEWER_SIGNS: Final = 50
_LEAST: Final = 3
"""So many lines of each list are kept until nothing else can go."""


def report(text: ReportText, *, imprint: Imprint, language: Language, cache: Path | None = None) -> Printed:
    """Return the report on one A4. Raises `DoesNotFit` when even its shortest form is too much."""
    said = words(language)
    told = _in_order(_plain(text, language))
    face = _fullest(told, imprint, language, said, cache)
    title = f"{said['report_kicker']}: {told.meeting or told.title}"
    return Printed("report.pdf", written(load("report"), [Print(title, face)], title=title, language=language))


def _fullest(text: ReportText, imprint: Imprint, language: Language, said: Words, cache: Path | None) -> Face:
    """Return the face that tells most of those that fit, found by halving."""
    rooms = list(_rooms(text))
    best: Face | None = None
    low, high = 0, len(rooms) - 1
    while low <= high:
        middle = (low + high) // 2 if low else 0
        try:
            best, high = _face(text, rooms[middle], imprint, language, said, cache), middle - 1
        except DoesNotFit:
            if middle == len(rooms) - 1:
                raise
            low = middle + 1
    if best is None:
        return _face(text, rooms[-1], imprint, language, said, cache)
    return best


def _rooms(text: ReportText) -> Iterator[_Room]:
    """Yield ever less to tell, the least missed first."""
    room = _Room(2, _SIGNS, True, len(text.chosen), len(text.themes), len(_stepping(text)))
    yield room
    for examples, signs, reasons in ((1, _SIGNS, True), (1, _FEWER_SIGNS, True), (1, _FEWER_SIGNS, False)):
        room = replace(room, examples=examples, signs=signs, reasons=reasons)
        yield room
    room = replace(room, examples=0)
    yield room
    for least in (_LEAST, 0):
        for count in range(room.chosen - 1, least - 1, -1):
            yield (room := replace(room, chosen=count))
        for count in range(room.themes - 1, least - 1, -1):
            yield (room := replace(room, themes=count))
        for count in range(room.steps - 1, least - 1, -1):
            yield (room := replace(room, steps=count))


def _face(text: ReportText, room: _Room, imprint: Imprint, language: Language, said: Words, cache: Path | None) -> Face:
    html = filling.fill(
        "report.html",
        lang=language,
        words=said,
        title=said["report_kicker"],
        kicker=" · ".join(filter(None, (said["report_kicker"], text.title))),
        heading=text.meeting or text.title,
        when=text.when,
        present=_present(text, said),
        themes=[_theme(one, room, said) for one in text.themes[: room.themes]],
        about=list(_about_themes(text, room, said)),
        chosen=[_chosen(one, room, said) for one in text.chosen[: room.chosen]],
        about_chosen=list(_about_chosen(text, room, said)),
        steps=[_step(one, said) for one in _stepping(text)[: room.steps]],
        about_steps=list(_about_steps(text, room, said)),
        next=text.next_meeting or said["report_no_next"],
        help=filling.help_line(imprint, said),
        site=imprint.site,
    )
    return shelf(cache).take(
        press.key("report", html), lambda: press.compile_face(html, filling.style("report"), said["report_kicker"])
    )


def _present(text: ReportText, said: Words) -> str:
    total = sum(count for _, count in text.present)
    if not total:
        return said["report_not_counted"]
    counts = [
        said("report_side", count=count, side=side or said["report_side_none"]) for side, count in text.present if count
    ]
    return said("report_present", counts=", ".join(counts), total=total)


def _theme(theme: Came, room: _Room, said: Words) -> dict[str, Any]:
    count = said("wall_section_one" if theme.count == 1 else "wall_section", count=theme.count)
    name = said("report_theme", name=theme.name or said["wall_no_theme"], count=count)
    return {"name": name, "examples": [quoted(one, room.signs, said) for one in theme.ideas[: room.examples]]}


def _about_themes(text: ReportText, room: _Room, said: Words) -> Iterator[str]:
    if not text.themes:
        yield said["report_no_ideas"]
        return
    left = sum(one.count for one in text.themes[room.themes :])
    yield said("report_more_themes", count=left) if left else said["report_all"]


def _chosen(idea: Told, room: _Room, said: Words) -> dict[str, str]:
    decision = idea.decision or Decision("keep")
    reason = decision.reason if room.reasons or decision.kind == "not_now" else ""
    return {
        "label": said[f"answer_decision_{decision.kind}"],
        "idea": quoted(idea, room.signs, said),
        "reason": reason,
    }


def _about_chosen(text: ReportText, room: _Room, said: Words) -> Iterator[str]:
    if not text.chosen:
        yield said["report_nothing_chosen"]
    left = len(text.chosen) - room.chosen
    if left:
        yield said("report_more_chosen_one" if left == 1 else "report_more_chosen", count=left)
    elif not room.reasons and any(one.decision and one.decision.reason for one in text.chosen):
        yield said["report_reasons"]


def _stepping(text: ReportText) -> list[Told]:
    """Return the ideas with something that happens next, the soonest first as far as that is known."""
    return [one for one in text.chosen if one.decision and (one.decision.next_step or one.decision.by_when)]


def _step(idea: Told, said: Words) -> str:
    decision = idea.decision or Decision("keep")
    when = said("answer_when", date=decision.by_when) if decision.by_when else ""
    return " ".join(filter(None, (decision.next_step, when, f"({said('wall_idea', nr=idea.nr)})")))


def _about_steps(text: ReportText, room: _Room, said: Words) -> Iterator[str]:
    steps = len(_stepping(text))
    if not steps:
        yield said["report_nothing_then"]
    if steps > room.steps:
        left = steps - room.steps
        yield said("report_more_then_one" if left == 1 else "report_more_then", count=left)


def quoted(idea: Told, signs: int, said: Words) -> str:
    """Return an idea in its own words, shortened at a word; its number says where it stands whole."""
    plain = " ".join(idea.words.split()).rstrip(".")
    if not plain:
        return said("report_drawn", nr=idea.nr)
    if len(plain) > signs:
        plain = plain[: signs + 1].rpartition(" ")[0].rstrip(" .,;:") or plain[:signs]
        plain += "…"
    return said("report_example", words=plain, nr=idea.nr)


def _in_order(text: ReportText) -> ReportText:
    """Return the report with what is chosen from most to least: make, try, keep, not now."""
    order = {kind: at for at, kind in enumerate(KINDS)}
    chosen = sorted(
        (one for one in text.chosen if one.decision), key=lambda one: order[one.decision.kind] if one.decision else 0
    )
    return replace(text, chosen=tuple(chosen))


def _plain(text: ReportText, language: Language) -> ReportText:
    """Return the report in letters that we have."""

    def idea(one: Told) -> Told:
        had = one.decision
        texts = (had.reason, had.next_step, had.by_when) if had else ()
        decision = Decision(had.kind, *(readable(text, language) for text in texts)) if had else None
        return replace(one, words=readable(one.words, language), decision=decision)

    return ReportText(
        title=readable(text.title, language),
        meeting=readable(text.meeting, language),
        when=readable(text.when, language),
        present=tuple((readable(name, language), count) for name, count in text.present),
        themes=tuple(
            replace(one, name=readable(one.name, language), ideas=tuple(idea(told) for told in one.ideas))
            for one in text.themes
        ),
        chosen=tuple(idea(one) for one in text.chosen),
        next_meeting=readable(text.next_meeting, language),
    )
