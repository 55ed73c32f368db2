"""What a wall says, in the words of its language: made once for every change, however many are watching.

A state is kept until the pulse of its workshop or the wall itself changes. It holds no more than the wall may show,
so a picture that is not in it is not given either.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cards.card import Language
from print import marks
from print.marks import Symbol
from print.numbers import shown as spaced
from workshop import ids, telling, web
from workshop.domain import doors, round_results, rounds, walls, workshops
from workshop.domain.decisions import Decision
from workshop.domain.doors import Door
from workshop.domain.ideas import Picture
from workshop.domain.round_results import Results
from workshop.domain.rounds import Round
from workshop.domain.walls import Found, Section, Shown, Wall, WallContent
from workshop.domain.workshops import Workshop
from workshop.house import house, read
from workshop.store import Tx

_one_at_a_time = threading.Lock()
LARGE_S = 0.1
"""A wall that takes more CPU than this to make is not made anew at once for every idea that comes in."""
REST, LONGEST_REST_S = 4, 2.0
"""It then rests so many times as long as it took, at most so long: many screens ask again in a second anyway."""


@dataclass(frozen=True)
class Join:
    """How somebody in front of a wall joins: scan the symbol, or type the number at the host."""

    number: str
    symbol: Symbol

    @property
    def path(self) -> str:
        """Return the symbol as the path of an SVG with one unit per module."""
        rows = enumerate(self.symbol.rows())
        return "".join(f"M{x} {y}h1v1h-1z" for y, row in rows for x, sign in enumerate(row) if sign == "1")


@dataclass(frozen=True)
class State:
    """What a wall says now. `mark` changes with it; `plain` and `packed` are `said` as JSON, `packed` with gzip.

    `join` is None when the workshop takes in no ideas. `version` is that of the wall; until `rests_until`, in s of one
    clock, it is not made anew for ideas that come in.
    """

    mark: str
    said: dict[str, Any]
    plain: bytes
    packed: bytes
    pictures: dict[str, Picture]
    workshop: Workshop
    join: Join | None
    version: int
    rests_until: float


@dataclass(frozen=True)
class _Texts:
    """What is the same for hundreds of ideas, looked up once: what one is called, and the language of the page."""

    idea: str
    question: str
    language: str


def now(found: Found) -> State:
    """Return what a wall says now, made at most once for every change.

    A very large one may be a moment behind what people send; never behind what was done with the wall itself. Whoever
    asks while it is being made gets what it said before.
    """
    kept: dict[tuple[str, str], State] = current_app.extensions.setdefault("werkplaats-walls", {})
    whose, mark = (found.wall.id, web.language()), mark_of(found)
    state = kept.get(whose)
    if state and (state.mark == mark or (state.version == found.wall.version and time.monotonic() < state.rests_until)):
        return state
    if not _one_at_a_time.acquire(blocking=state is None or state.version != found.wall.version):
        assert state  # noqa: S101 (without one we wait)
        return state
    try:
        state = kept.get(whose)
        if state is None or state.mark != mark:
            state = kept[whose] = _made(found.wall, mark)
        return state
    finally:
        _one_at_a_time.release()


def mark_of(found: Found) -> str:
    """Return a short text that changes with everything a wall may show."""
    return f"{found.wall.id}-{found.wall.version}-{found.beat}-{web.language()}"


def _made(wall: Wall, mark: str) -> State:
    before = time.thread_time()
    content, workshop, door, round_now = read(_look, wall)
    scanned = _scanned(wall, workshop, door)
    said = (
        _said(wall, workshop, content)
        | {"round": _round(content, round_now)}
        | {"page": ids.digest(f"{workshop.name}\0{workshop.question}\0{scanned}")[:10]}
    )
    plain = json.dumps(said, ensure_ascii=False).encode()
    packed = gzip.compress(plain, 6, mtime=0)
    join = Join(spaced(door.number), marks.symbol(scanned)) if door and scanned else None
    took = time.thread_time() - before
    rests = min(LONGEST_REST_S, REST * took) if took > LARGE_S else 0.0
    until = time.monotonic() + rests
    return State(mark, said, plain, packed, content.pictures, workshop, join, wall.version, until)


def _look(tx: Tx, wall: Wall) -> tuple[WallContent, Workshop, Door | None, tuple[Round, Results] | None]:
    door = doors.of_workshop(tx, wall.workshop_id).get(doors.OWN)
    about = rounds.by_key(tx, wall.round_id) if wall.round_id and not wall.closed_at else None
    workshop = workshops.at_door(tx, wall.workshop_id)
    results = round_results.results(tx, about, workshop.hidden_at) if about else None
    outcome = (about, results) if about and results else None
    return walls.content(tx, wall), workshop, door, outcome


def _scanned(wall: Wall, workshop: Workshop, door: Door | None) -> str:
    """Return what the symbol on a wall says: in the room it lets people into the group; in the hall it does not."""
    if door is None or door.closed_at or workshop.closed_at:
        return ""
    return marks.address(workshop.address, door.number, door.key if wall.audience == "group" else "")


def _said(wall: Wall, workshop: Workshop, content: WallContent) -> dict[str, Any]:
    texts = _Texts(_("Idee %(nr)s"), _("Vraag, idee %(nr)s"), web.language())
    sections = [
        {
            "name": _name(wall, section, len(content.sections)),
            "ideas": [_idea(wall, workshop, one, texts) for one in section.ideas],
        }
        for section in content.sections
    ]
    return {
        "closed": _("Deze muur is gesloten. Vraag de begeleider om het nieuwe adres.") if wall.closed_at else "",
        "by": wall.by_what,
        "count": _count(content),
        "hidden": _hidden(content.hidden),
        "focus": content.focus.id if content.focus else "",
        "sections": sections,
    }


def _count(content: WallContent) -> str:
    if content.left_out:
        whole = content.count + content.left_out
        return str(_("%(whole)d ideeën, hier hangen er %(num)d", whole=whole, num=content.count))
    return str(ngettext("%(num)d idee", "%(num)d ideeën", content.count))


def _round(content: WallContent, outcome: tuple[Round, Results] | None) -> dict[str, Any] | None:
    """Return what a round came to, most dots first; of ideas that do not hang here only the number."""
    if outcome is None:
        return None
    about, results = outcome
    hanging = {idea.id: idea.words for section in content.sections for idea in section.ideas}
    rows = [
        {
            "called": _("Idee %(nr)s", nr=", ".join(map(str, score.nrs))),
            "words": hanging.get(score.idea.id, "") if score.idea else "",
            "dots": score.dots,
            "said": ngettext("%(num)d stip", "%(num)d stippen", score.dots),
        }
        for score in results.scores
    ]
    most = max((score.dots for score in results.scores), default=0)
    return {"title": about.title, "most": max(most, 1), "rows": rows}


def _hidden(count: int | None) -> str:
    if count is None:
        return ""
    if count == 0:
        return str(_("Nieuwe ideeën bekijken we straks samen."))
    return str(
        ngettext(
            "Er is %(num)d nieuw idee. Dat bekijken we straks samen.",
            "Er zijn %(num)d nieuwe ideeën. Die bekijken we straks samen.",
            count,
        )
    )


def _name(wall: Wall, section: Section, sections: int) -> str:
    """Return what stands above a section; nothing when it is the only one without a theme."""
    if wall.by_what == "card":
        return _title(wall.workshop_id, section.card_id) or _("Zonder kaart")
    return section.name or (_("Nog geen thema") if sections > 1 else "")


def _title(workshop_id: str, card_id: str) -> str:
    """Return what a card is called, in the language of this page when it exists; '' for the workshop's own number."""
    library = house().library_of(workshop_id)
    order: tuple[Language, ...] = ("en", "nl") if web.language() == "en" else ("nl", "en")
    found = (library.find(card_id, language) for language in order)
    return str(next((card.title for card in found if card), ""))


def _idea(wall: Wall, workshop: Workshop, idea: Shown, texts: _Texts) -> dict[str, Any]:
    return {
        "id": idea.id,
        "nr": idea.nr,
        "called": (texts.question if idea.question else texts.idea) % {"nr": idea.nr},
        "words": idea.words,
        "pictures": _pictures(wall, idea),
        "by": walls.giver(idea, texts.language),
        "decision": _decision(workshop, idea.decision, texts.language),
        "support": _support(idea),
        "added": [
            {
                "called": _("Aanvulling, idee %(nr)s", nr=one.nr),
                "words": one.words,
                "pictures": _pictures(wall, one),
                "by": walls.giver(one, texts.language),
            }
            for one in idea.added
        ],
    }


def _pictures(wall: Wall, idea: Shown) -> list[dict[str, Any]]:
    """Return where the pictures of an idea are; the address changes when a picture does."""
    if not idea.pictures:
        return []
    alt = _("Foto bij dit idee") if idea.words else _("Dit idee is een foto of een tekening.")
    return [
        {
            "src": url_for("public.wall_picture", key=wall.key, picture_id=picture.id, v=picture.file[:10]),
            "width": picture.width,
            "height": picture.height,
            "alt": alt,
        }
        for picture in idea.pictures
    ]


def _decision(workshop: Workshop, decision: Decision | None, language: str) -> dict[str, Any] | None:
    if decision is None:
        return None
    told = telling.told(decision, workshop, language)
    return {"kind": told.kind, "said": told.status, "parts": [list(part) for part in told.parts]}


def _support(idea: Shown) -> str:
    """Return how many stand behind an idea; nothing as long as that is hidden or nobody does."""
    if idea.support is None:
        return ""
    people, dots = idea.support.recognised, idea.support.dots
    said = [ngettext("%(num)d mens herkent dit", "%(num)d mensen herkennen dit", people)] if people else []
    said += [ngettext("%(num)d stip", "%(num)d stippen", dots)] if dots else []
    return ", ".join(said)
