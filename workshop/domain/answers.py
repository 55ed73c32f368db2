"""Answers: what everybody who gave an idea hears about it, on the channel they chose.

An answer is a row for one maker's idea; it stays, also when a joined idea it came by is taken apart. What a maker
reads now, and whether everybody has an answer, is worked out here and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workshop import clock, ids
from workshop.domain import decisions, ideas, joining, meetings, pulse
from workshop.domain.decisions import Decision
from workshop.domain.ideas import Idea
from workshop.errors import Refused
from workshop.store import Tx

Reads = Literal["received", "read", "wall", "make", "try", "keep", "not_now"]
FEW = 5
"""Groups smaller than this are never shown by themselves."""


@dataclass(frozen=True)
class Answer:
    """What one maker gets to hear. `via_nr` is the number of the joined idea that was decided on, or 0.

    `understandable` and `fair` are 1 (no), 2 (a little), 3 (yes), or None as long as nobody said.
    """

    id: str
    idea_id: str
    decision: Decision
    via_nr: int
    published_at: str
    printed_at: str | None
    understandable: int | None
    fair: int | None


@dataclass(frozen=True)
class Standing:
    """What a maker reads about their idea now. `joined` is the idea it is part of, with `others` beside it.

    `earlier` are answers they had before, newest first.
    """

    status: Reads
    answer: Answer | None
    earlier: tuple[Answer, ...]
    joined: Idea | None
    others: tuple[int, ...]


@dataclass(frozen=True)
class Coverage:
    """How many of the contributions have an answer: (answered, all of them), in all and by group.

    Perspectives of fewer than five are taken together under ''. `lower_on_paper` warns that paper is worse off.
    """

    answered: int
    total: int
    by_channel: Mapping[str, tuple[int, int]]
    by_perspective: Mapping[str, tuple[int, int]]

    @property
    def lower_on_paper(self) -> bool:
        """Say whether ideas on paper have an answer less often than those by phone."""
        on_paper, by_phone = self.by_channel.get("paper", (0, 0)), self.by_channel.get("phone", (0, 0))
        return bool(on_paper[1] and by_phone[1]) and on_paper[0] * by_phone[1] < by_phone[0] * on_paper[1]


@dataclass(frozen=True)
class Given:
    """An answer to hand over, with the idea it answers and the numbers of those it was joined with."""

    idea: Idea
    answer: Answer
    joined_with: tuple[int, ...]


def publish(tx: Tx, workshop_id: str, idea_ids: Sequence[str], who: str) -> int:
    """Publish what is prepared for these ideas, and answer every maker; return how many answers there are now.

    Ideas without a plan are left as they are: doing it twice does nothing. Call it within `curating.as_one`.
    """
    made = 0
    for key in dict.fromkeys(idea_ids):
        idea = ideas.by_key(tx, workshop_id, key)
        if idea.planned is None or idea.withdrawn_at or idea.merged_into or idea.status == "apart":
            continue
        made += tell(tx, idea, idea.planned, who)
    return made


def tell(tx: Tx, idea: Idea, decision_id: str, who: str, among: Collection[str] | None = None) -> int:
    """Let a decision count for an idea and answer its makers, or only those of the ideas `among` them.

    Return how many answers there are now. What was prepared stays prepared when it is another decision. Call it within
    `curating.as_one`.
    """
    planned = None if idea.planned == decision_id else idea.planned
    ideas.apply(tx, idea, who, "decided", decided=decision_id, planned=planned)
    there = [one for one in makers(tx, idea) if among is None or one.id in among]
    for one in there:
        tx.answers.make(
            id=ids.new(),
            workshop_id=idea.workshop_id,
            idea_id=one.id,
            decision_id=decision_id,
            on_id=idea.id,
            batch=tx.batch,
            at=clock.now(),
            who=who,
        )
    return len(there)


def undo(tx: Tx, idea_id: str, batch: str, undoing: str) -> None:
    """Take answers back that came with a batch, or let them count again when that was an undoing itself.

    Those that count again came with this undoing from then on: undoing it takes them back once more.
    """
    tx.answers.count_again(on_id=idea_id, batch=batch, undoing=undoing)
    tx.answers.take_back(on_id=idea_id, batch=batch, undoing=undoing, at=clock.now())


def of_idea(tx: Tx, idea: Idea) -> list[Answer]:
    """Return the answers the maker of an idea got, newest first."""
    rows = tx.answers.of_idea(idea_id=idea.id)
    return [_of(row, decisions.of_idea(tx, row["decision_id"])) for row in rows]


def standing(tx: Tx, idea: Idea) -> Standing:
    """Return what the maker of an idea reads about it now."""
    above = joining.top(tx, idea)
    joined = above if above.id != idea.id else None
    others = tuple(one.nr for one in joining.leaves(tx, above) if one.id != idea.id and not one.withdrawn_at)
    had = of_idea(tx, idea)
    counts = {idea.decided, *(one.decided for one in _chain(tx, idea)), *_about(tx, idea)}
    now = next((one for one in had if one.decision.id in counts), None)
    earlier = tuple(one for one in had if one is not now)
    return Standing(_reads(idea, above, now), now, earlier, joined, others if joined else ())


def to_give(tx: Tx, workshop_id: str, meeting_id: str | None = None, *, again: bool = False) -> list[Given]:
    """Return the newest answer of every idea that came in, of one meeting or all; with `again` printed ones too."""
    since, until = _span(tx, workshop_id, meeting_id)
    rows = tx.answers.newest(workshop_id=workshop_id, since=since, until=until, again=int(again))
    made = decisions.all_of(tx, workshop_id)
    found = [_of(row, made[row["decision_id"]]) for row in rows]
    by_key = {
        one.id: one
        for one in ideas.with_pictures_of(tx, tx.answers.ideas_of(workshop_id=workshop_id), workshop_id=workshop_id)
    }
    beside: dict[str, list[int]] = defaultdict(list)
    for row in tx.answers.beside(workshop_id=workshop_id):
        beside[row["answer_id"]].append(row["nr"])
    return [Given(by_key[one.idea_id], one, tuple(beside[one.id])) for one in found if one.idea_id in by_key]


def note_printed(tx: Tx, answer_ids: list[str]) -> None:
    """Note that these answers became paper."""
    for key in answer_ids:
        tx.answers.printed(id=key, at=clock.now())


def rate(tx: Tx, idea: Idea, answer_id: str, understandable: int | None, fair: int | None) -> None:
    """Keep what a maker thinks of their answer, 1 to 3 each; what is None stays as it was, the last word counts.

    Raises `Refused('no_answer')` when this is not an answer to this idea.
    """
    if not any(one.id == answer_id for one in of_idea(tx, idea)):
        raise Refused("no_answer", "There is no such answer.")
    for value in (understandable, fair):
        if value is not None and value not in (1, 2, 3):
            raise Refused("rating_odd", "Choose one of the three faces.")
    tx.answers.rate(id=answer_id, understandable=understandable, fair=fair, at=clock.now())
    pulse.beat(tx, idea.workshop_id)


def ratings(tx: Tx, workshop_id: str) -> dict[str, dict[int, int]]:
    """Return how often each face was chosen: {'understandable': {1: …, 2: …, 3: …}, 'fair': {…}}."""
    found: dict[str, dict[int, int]] = {"understandable": {1: 0, 2: 0, 3: 0}, "fair": {1: 0, 2: 0, 3: 0}}
    for row in tx.answers.ratings(workshop_id=workshop_id):
        found[row["asked"]][row["face"]] = row["times"]
    return found


def coverage(tx: Tx, workshop_id: str, meeting_id: str | None = None) -> Coverage:
    """Return how many contributions have an answer, of one meeting or all."""
    since, until = _span(tx, workshop_id, meeting_id)
    channels: dict[str, tuple[int, int]] = {}
    sides: dict[str, tuple[int, int]] = {}
    answered = total = 0
    for row in tx.answers.coverage(workshop_id=workshop_id, since=since, until=until):
        channel = "paper" if row["channel"] == "paper" else "phone"
        _add(channels, channel, row["answered"], row["total"])
        _add(sides, row["perspective"], row["answered"], row["total"])
        answered, total = answered + row["answered"], total + row["total"]
    return Coverage(answered, total, channels, together(sides))


def together(sides: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Return groups with those of fewer than five taken together under ''; nothing when that too would be small."""
    kept = {name: counts for name, counts in sides.items() if name and counts[1] >= FEW}
    rest: dict[str, tuple[int, int]] = {}
    for name, counts in sides.items():
        if name not in kept:
            _add(rest, "", *counts)
    return kept | {name: counts for name, counts in rest.items() if counts[1] >= FEW or not kept}


def makers(tx: Tx, idea: Idea) -> list[Idea]:
    """Return the ideas whose makers hear what is decided on this one: those under it, and those who added to it.

    Who added something and has an answer of their own is not among them.
    """
    added = tx.answers.added_to(idea_id=idea.id)
    found = joining.leaves(tx, idea) + ideas.with_pictures_of(tx, added, workshop_id=idea.workshop_id)
    return [one for one in found if not one.withdrawn_at]


def printed_in(tx: Tx, workshop_id: str, batch: str) -> int:
    """Return how many answers of one publishing are on paper already."""
    printed: int = tx.answers.printed_in(workshop_id=workshop_id, batch=batch)
    return printed


def _add(into: dict[str, tuple[int, int]], name: str, answered: int, total: int) -> None:
    before = into.get(name, (0, 0))
    into[name] = before[0] + answered, before[1] + total


def _chain(tx: Tx, idea: Idea) -> list[Idea]:
    """Return everything an idea is part of, the nearest first."""
    found: list[Idea] = []
    while idea.merged_into:
        idea = ideas.by_key(tx, idea.workshop_id, idea.merged_into)
        found.append(idea)
    return found


def _about(tx: Tx, idea: Idea) -> set[str | None]:
    """Return the decisions on what an idea adds to."""
    if idea.about_id is None or idea.decided:
        return set()
    row = tx.ideas.find(id=idea.about_id, workshop_id=idea.workshop_id)
    if row is None:
        return set()
    told = ideas.by_key(tx, idea.workshop_id, idea.about_id)
    return {told.decided, *(one.decided for one in _chain(tx, told))}


def _reads(idea: Idea, above: Idea, now: Answer | None) -> Reads:
    if now:
        return now.decision.kind
    if idea.status == "set_aside" or above.status == "set_aside":
        return "not_now"
    if "wall" in (idea.status, above.status):
        return "wall"
    return "received" if idea.status == "received" else "read"


def _span(tx: Tx, workshop_id: str, meeting_id: str | None) -> tuple[str, str]:
    """Return from and until which moment ideas are meant: of one meeting, or of all."""
    return meetings.span(tx, meetings.find(tx, workshop_id, meeting_id)) if meeting_id else ("", "9999")


def _of(row: dict[str, Any], decision: Decision) -> Answer:
    return Answer(**{name: row[name] for name in Answer.__dataclass_fields__ if name in row}, decision=decision)
