"""Answer slips: paper with one maker's answer on it, that may come back with what they think of that answer.

Each has a number of its own, so that a scan says which answer it is about. The same paper twice is one opinion: what
came before only fills what nobody said yet. What a machine doubts is left to a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from print.forms import QUESTIONS
from workshop.domain import answers, slips
from workshop.domain.ideas import Idea, by_key
from workshop.domain.slips import AnswerKind, Series, Slip
from workshop.domain.stacks import Seen
from workshop.store import Tx

Outcome = Literal["answer", "again", "withdrawn"]
FACES: Final[dict[str, int]] = {"yes": 3, "little": 2, "no": 1}
"""What is ticked beside a face, as it is kept with the answer."""


@dataclass(frozen=True)
class Said:
    """What somebody thinks of the answer to idea `nr`: 1 (no) to 3 (yes), None when they did not say."""

    nr: int
    understandable: int | None
    fair: int | None


def make(tx: Tx, workshop_id: str, kind: AnswerKind, language: str, answer_ids: Sequence[str]) -> Series:
    """Make a slip for each of these answers, in this order. Raises `Refused` as `slips.order` does."""
    series = slips.order(tx, workshop_id, kind=kind, count=len(answer_ids), language=language)
    for slip, answer_id in zip(slips.of_series(tx, series), answer_ids, strict=True):
        tx.slips.carry(number=slip.number, answer_id=answer_id)
    return series


def made_before(tx: Tx, workshop_id: str, kind: AnswerKind, language: str, answer_ids: Sequence[str]) -> Series | None:
    """Return the newest slips of this kind that carry just these answers in this order, if there are any."""
    for row in tx.slips.all_series(workshop_id=workshop_id):
        if (row["kind"], row["language"], row["count"]) == (kind, language, len(answer_ids)):
            series = slips.find(tx, workshop_id, row["id"])
            if [slip.answer_id for slip in slips.of_series(tx, series)] == list(answer_ids):
                return series
    return None


def idea_of(tx: Tx, slip: Slip) -> Idea | None:
    """Return the idea that is answered on a slip; None for a slip that carries no answer, or when that is erased."""
    idea_id = tx.slips.answered_idea(number=slip.number)
    there = idea_id and tx.ideas.find(id=idea_id, workshop_id=slip.workshop_id)
    return by_key(tx, slip.workshop_id, idea_id) if there else None


def take(tx: Tx, slip: Slip, idea: Idea, seen: Seen, *, again: bool) -> Outcome:
    """Let what is ticked on a slip that came back count for its answer; `again` says that it was seen before."""
    if idea.withdrawn_at:
        return "withdrawn"
    had = next((one for one in answers.of_idea(tx, idea) if one.id == slip.answer_id), None)
    if had:
        ticked = {asked: face(seen.ticks.get(asked, {})) for asked in QUESTIONS}
        if again:
            ticked = {asked: None if getattr(had, asked) else value for asked, value in ticked.items()}
        _rate(tx, idea, had.id, ticked)
    return "again" if again else "answer"


def said(tx: Tx, number: str) -> Said | None:
    """Return what is known of the opinion on an answer slip; None for a slip that carries no answer."""
    slip = slips.by_number(tx, number)
    idea = idea_of(tx, slip) if slip else None
    if slip is None or idea is None:
        return None
    had = next((one for one in answers.of_idea(tx, idea) if one.id == slip.answer_id), None)
    return Said(idea.nr, had.understandable if had else None, had.fair if had else None)


def say(tx: Tx, number: str, chosen: Mapping[str, int | None]) -> None:
    """Keep what a person read on a slip: by question, None for nothing ticked; an answer taken back keeps nothing."""
    slip = slips.by_number(tx, number)
    idea = idea_of(tx, slip) if slip else None
    if slip is None or idea is None or idea.withdrawn_at:
        return
    if any(one.id == slip.answer_id for one in answers.of_idea(tx, idea)):
        _rate(tx, idea, slip.answer_id or "", chosen)


def face(ticks: Mapping[str, str]) -> int | None:
    """Return the one face that was ticked for a question; None for none, more than one, or any doubt."""
    chosen = [value for value, tick in ticks.items() if tick == "yes"]
    return FACES[chosen[0]] if len(chosen) == 1 and "doubt" not in ticks.values() else None


def _rate(tx: Tx, idea: Idea, answer_id: str, chosen: Mapping[str, int | None]) -> None:
    if any(chosen.values()):
        answers.rate(tx, idea, answer_id, chosen.get("understandable"), chosen.get("fair"))
