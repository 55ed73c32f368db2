"""The pages of the wall newspaper as faces: words laid out by the press, places kept for pictures and codes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from cards.card import Language
from print import filling, press
from print.face import Face, Slot
from print.imprint import Imprint
from print.letters import readable
from print.measures import mm
from print.numbers import shown
from print.pictures import picture
from print.stamps import Stamp
from print.things import shelf
from print.typeface import typeface
from print.wall_texts import KINDS, Decision, Nameless, Section, WallIdea, WallText
from print.words import words

Size = Literal["sheet", "leaf"]


@dataclass(frozen=True)
class Measures:
    """A page in mm: how wide its words are, how far they start from the left, and where its foot is."""

    left: float
    width: float
    bottom: float

    def foot(self, height_pt: float) -> Slot:
        """Return where the line at the foot goes, so many pt high."""
        tall = mm(height_pt)
        return Slot(self.left, self.bottom - tall, self.width, tall)


MEASURES: Final[dict[Size, Measures]] = {"sheet": Measures(18, 174, 286), "leaf": Measures(12.7, 122.6, 201)}

_WIDE_EM: Final = 24.1
"""Width of the words on a page, in em."""
_LINE: Final = 44
"""About how many signs go on a line."""
_PICTURE_EM: Final = 22.8
_HALF_EM: Final = 11.0
_TALL_EM: Final = {"alone": 12.0, "beside": 10.0, "above": 9.5}
_BESIDE_EM: Final = 10.2
_BESIDE: Final = 240
"""Words of at most so many signs stand to the left of their picture; longer ones under it."""
_STAYS_EM: Final = {"words": 16.0, "pictures": 21.0}
"""An idea that is higher than this may run on to the next page; a smaller one stays in one piece."""
_LINE_EM: Final = 1.31
_PIXELS: Final = 56
"""How many px of a photo for an em of a sheet: 200 dpi."""
_LEAST_HEADING: Final = 1.9
_HEADING_LINES: Final = 3.0


class Pages:
    """Lays out the pages of one wall newspaper; `stamps` are the pictures that go on them."""

    def __init__(
        self, text: WallText, size: Size, imprint: Imprint, numbered: bool, language: Language, cache: Path | None
    ) -> None:
        self.text, self.size, self.language = text, size, language
        self._said, self._cache = words(language), cache
        self.stamps: tuple[Stamp, ...] = ()
        self._common: dict[str, Any] = {
            "lang": language,
            "words": self._said,
            "text": WallText(self._plain(text.title), self._plain(text.question)),
            "when": ", ".join(filter(None, (self._plain(text.meeting), self._plain(text.date)))),
            "size": size,
            "site": imprint.site,
            "numbered": numbered,
            "rehearsal": imprint.rehearsal,
            "help": filling.help_line(imprint, self._said),
        }

    def running(self) -> list[Face]:
        """Return the pages with ideas; `stamps` holds their pictures from then on."""
        sections = [self._section(one) for one in self.text.sections if one.ideas]
        heading = self._heading(2.4, 2.1)
        html = filling.fill(
            "wall.html", **self._common, heading=heading, sections=sections, nameless=list(self._nameless())
        )
        return press.compile_pages(html, filling.style("wall_paper"), self._said["wall_kicker"])

    def alone(self, page: Literal["cover", "notes", "invite"]) -> Face:
        """Return a page that stands on its own. Raises `DoesNotFit` for a question of more than a page."""
        count = sum(len(one.ideas) for one in self.text.sections)
        counted = self._said("wall_counted_one" if count == 1 else "wall_counted", count=count) if count else ""
        html = filling.fill(
            "wall_alone.html", **self._common, heading=self._heading(3.6, 2.8), page=page, counted=counted
        )

        def make() -> Face:
            return press.compile_face(html, filling.style("wall_paper"), self._said["wall_kicker"])

        return shelf(self._cache).take(press.key("wall_alone", html), make)

    def _heading(self, *sizes: float) -> float:
        """Return how large the question is to be, in em: the first of these in which it takes few lines."""
        text = self._common["text"]
        question = text.question or text.title
        longest = max(question.split() or [""], key=len)
        for size in sizes:
            lines = width_em(question, size) / _WIDE_EM
            if width_em(longest, size) <= _WIDE_EM and lines <= _HEADING_LINES:
                return size
        return _LEAST_HEADING

    def _plain(self, text: str) -> str:
        return readable(text, self.language)

    def _section(self, section: Section) -> dict[str, Any]:
        count = len(section.ideas)
        return {
            "name": self._plain(section.name) or self._said["wall_no_theme"],
            "count": self._said("wall_section_one" if count == 1 else "wall_section", count=count),
            "ideas": [self._idea(one, adds) for idea in section.ideas for one, adds in _with_added(idea)],
        }

    def _idea(self, idea: WallIdea, adds: WallIdea | None) -> dict[str, Any]:
        """Return one idea for the template; `adds` is the idea it adds to."""
        said = _lines(self._plain(idea.words))
        beside = len(idea.pictures) == 1 and 0 < sum(map(len, said)) <= _BESIDE
        where = "beside" if beside else "above" if said or idea.pictures[1:] else "alone"
        places = list(self._places(idea, where))
        answer = list(self._answer(idea.decision)) if idea.decision else []
        text = [*said, *(f"{line['label']} {line['text']}" for line in answer)]
        high = sum(math.ceil(len(line) / _LINE) * _LINE_EM for line in text) + sum(one["height"] for one in places)
        return {
            "nr": idea.nr,
            "who": self._plain(idea.who),
            "said": said,
            "pictures": places,
            "beside": beside,
            "adds": self._said("wall_adds", nr=adds.nr) if adds else "",
            "support": self._support(idea),
            "answer": answer,
            "waits": self._said["wall_waits"] if self._decided() and not adds else "",
            "runs_on": high > _STAYS_EM["pictures" if places else "words"],
        }

    def _places(self, idea: WallIdea, where: str) -> Iterator[dict[str, Any]]:
        """Yield the places of an idea's pictures in em, and stamp them there; `where` is by its words."""
        wide = _BESIDE_EM if where == "beside" else _PICTURE_EM if len(idea.pictures) == 1 else _HALF_EM
        tall = _TALL_EM[where]
        for at, data in enumerate(idea.pictures):
            one = picture(data, "#ffffff", round(max(wide, tall) * _PIXELS))
            slot = f"slot-picture-{idea.nr}-{at}"
            self.stamps += (Stamp(slot, picture=one, alt=self._said("wall_photo", nr=idea.nr)),)
            across = min(wide, tall * one.ratio)
            yield {"slot": slot, "width": round(across, 2), "height": round(across / one.ratio, 2)}

    def _answer(self, decision: Decision) -> Iterator[dict[str, str]]:
        """Yield the lines of an answer, each with what stands before it in bold."""
        why = decision.reason or (self._said["wall_ask_why"] if decision.kind == "not_now" else "")
        yield {"label": f"{self._said[f'answer_decision_{decision.kind}']}.", "text": self._plain(why)}
        when = self._said("answer_when", date=self._plain(decision.by_when)) if decision.by_when else ""
        if decision.next_step or when:
            then = " ".join(filter(None, (self._plain(decision.next_step), when)))
            yield {"label": self._said["answer_next"], "text": then}

    def _support(self, idea: WallIdea) -> str:
        counts = (("wall_support", idea.recognised), ("wall_dots", idea.dots))
        said = [self._said(f"{key}_one" if count == 1 else key, count=count) for key, count in counts if count]
        return " ".join(said)

    def _decided(self) -> bool:
        """Tell whether anything was decided: before that nobody waits for an answer."""
        return any(idea.decision for section in self.text.sections for idea in section.ideas)

    def _nameless(self) -> Iterator[dict[str, Any]]:
        """Yield what happened to the ideas without a name, by decision."""
        for kind in KINDS:
            found = [one for one in self.text.nameless if one.decision.kind == kind]
            if found:
                yield {"name": self._said[f"answer_decision_{kind}"], "answers": [self._told(one) for one in found]}

    def _told(self, one: Nameless) -> dict[str, Any]:
        idea = self._said("wall_idea", nr=one.nr)
        first, *more = self._answer(one.decision)
        number = f"{shown(one.number)} ({idea})" if one.number else idea
        return {"number": f"{number}:", "lines": [{"label": "", "text": first["text"]}, *more]}


def _with_added(idea: WallIdea) -> Iterator[tuple[WallIdea, WallIdea | None]]:
    """Yield an idea, then what adds to it."""
    yield idea, None
    for one in idea.added:
        yield one, idea


def _lines(text: str) -> list[str]:
    return [line for line in (one.strip() for one in text.splitlines()) if line]


def width_em(text: str, size: float) -> float:
    """Return how wide one bold line of this size is, in the unit of `size`."""
    return typeface("Bold").width(text, size)
