"""Trials: trying out an idea for real, allowed by somebody, and learning from it whatever comes of it.

First the mandate: without one that holds no trial starts, and when it expires the trial stands still. Then the learning
cycle in four parts; a trial is round once all four say something. What was seen is written down before what it means,
and no trial ends without a lesson: one that failed and taught something counts as much as one that worked.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from workshop import clock, ids
from workshop.domain import curating, decisions, ideas, joining, mandates, pulse
from workshop.domain.ideas import Idea
from workshop.domain.mandates import Mandate
from workshop.errors import Refused, Stale
from workshop.store import Tx

Outcome = Literal["", "works", "partly", "not", "unknown"]
State = Literal["open", "busy", "paused", "ended", "dropped"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)[1:]
CYCLE: Final = ("tried", "looked_back", "understood", "planned")
"""The four parts of the learning cycle, in their order."""
CARDS: Final = {
    "tried": "leercyclus/01-meemaken",
    "looked_back": "leercyclus/02-terugkijken",
    "understood": "leercyclus/03-snappen",
    "planned": "leercyclus/04-uitproberen",
}
"""The card that helps with each part."""
MOST: Final = {"title": 120, "question": 300, "observed": 2000, "lesson": 600, **dict.fromkeys(CYCLE, 2000)}
SUGGESTED: Final[dict[str, decisions.Kind]] = {"works": "make", "partly": "try", "not": "not_now", "unknown": "keep"}
"""What is likely to happen with an idea after a trial of it, by what came of that."""


@dataclass(frozen=True)
class Trial:
    """One trial. `until` is a day as `2027-06-30` or ''; `ideas` are the numbers of those it tries out.

    `observed` is what was seen, `outcome` what that means, `lesson` what it taught. `covered` says that the mandate of
    the workshop allows it; `mandate` is the one it goes by now, which may not hold. `follows` is the trial before it.
    """

    id: str
    workshop_id: str
    title: str
    question: str
    follows: str | None
    until: str
    started_at: str | None
    started_by: str | None
    tried: str
    looked_back: str
    understood: str
    planned: str
    observed: str
    outcome: Outcome
    lesson: str
    ended_at: str | None
    maker: str
    made_at: str
    dropped_at: str | None
    covered: bool
    version: int
    ideas: tuple[int, ...]
    mandate: Mandate | None

    @property
    def round(self) -> bool:
        """Say whether all four parts of the learning cycle are filled."""
        return all(getattr(self, part) for part in CYCLE)

    @property
    def allowed(self) -> bool:
        """Say whether somebody allows it today, and signed for it."""
        return self.mandate is not None and self.mandate.holds

    @property
    def state(self) -> State:
        """Return how far it is; `paused` is begun, but nobody allows it any more."""
        if self.dropped_at:
            return "dropped"
        if self.ended_at:
            return "ended"
        if self.started_at is None:
            return "open"
        return "busy" if self.allowed else "paused"


@dataclass(frozen=True)
class About:
    """What somebody fills in about a trial; `ideas` are numbers of ideas, `follows` the key of the trial before."""

    title: str
    question: str
    until: str = ""
    ideas: Sequence[int] = ()
    follows: str | None = None


@dataclass(frozen=True)
class Happened:
    """Something that was done to a trial: when, by whom (a name), and what it was before."""

    at: str
    who: str
    verb: str
    before: dict[str, str]


def make(tx: Tx, workshop_id: str, about: About, who: str) -> Trial:
    """Make a trial that has not begun; the very same again is the one that is there. Two may have one title.

    Raises `Refused`: 'trial_title_missing', 'trial_question_missing', 'trial_long', 'trial_until', 'trial_idea' for a
    number that no idea has, 'no_trial' for a trial before it that is none.
    """
    values: dict[str, Any] = _checked({"title": about.title, "question": about.question})
    values["until"] = _day(about.until)
    values["follows"] = find(tx, workshop_id, about.follows).id if about.follows else None
    keys = _ideas(tx, workshop_id, about.ideas)
    said = values | {"ideas": tuple(sorted(set(about.ideas))), "ended_at": None, "dropped_at": None}
    for one in of_workshop(tx, workshop_id):
        if all(getattr(one, name) == value for name, value in said.items()):
            return one
    key = ids.new()
    tx.trials.make(id=key, workshop_id=workshop_id, who=who, at=clock.now(), **values)
    for idea_id in keys:
        tx.trials.add_idea(id=key, idea_id=idea_id)
    _record(tx, key, who, "made", {})
    pulse.beat(tx, workshop_id)
    return find(tx, workshop_id, key)


def of_workshop(tx: Tx, workshop_id: str) -> list[Trial]:
    """Return every trial of a workshop, the oldest first; dropped ones too."""
    numbers = _numbers(tx, workshop_id)
    rows = tx.trials.of_workshop(workshop_id=workshop_id)
    return [_of(tx, row, numbers[row["id"]]) for row in rows]


def find(tx: Tx, workshop_id: str, trial_id: str) -> Trial:
    """Return a trial of this workshop. Raises `Refused('no_trial')`."""
    row = tx.trials.find(id=trial_id, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_trial", "There is no such trial in this workshop.")
    return _of(tx, row, _numbers(tx, workshop_id)[trial_id])


def of_idea(tx: Tx, idea_id: str) -> list[tuple[str, str]]:
    """Return the trials of an idea, as key and title."""
    return [(row["id"], row["title"]) for row in tx.trials.of_idea(idea_id=idea_id)]


def tried_out(tx: Tx, trial: Trial) -> list[Idea]:
    """Return the ideas of a trial that are still there."""
    rows = [row for row in tx.trials.ideas(workshop_id=trial.workshop_id) if row["trial_id"] == trial.id]
    return [ideas.by_key(tx, trial.workshop_id, row["id"]) for row in rows]


def before(tx: Tx, trial: Trial) -> Trial | None:
    """Return the trial that this one follows."""
    return find(tx, trial.workshop_id, trial.follows) if trial.follows else None


@dataclass(frozen=True)
class Ideas:
    """Which ideas somebody wants in a trial, by number, and which of them they saw there.

    An idea they did not see, because it was away for a moment, stays in the trial.
    """

    seen: Sequence[int]
    wanted: Sequence[int]


def change(tx: Tx, trial: Trial, who: str, texts: dict[str, str], chosen: Ideas | None = None) -> Trial:
    """Change texts of a trial (`title`, `question`, `until`, `observed`, parts of the cycle) and its ideas.

    Raises `Stale` when somebody changed it since `trial` was loaded, and `Refused` as `make` does. Once it ended, what
    was seen and what was learned cannot be emptied: 'observed_missing', 'lesson_missing'.
    """
    values: dict[str, Any] = _checked({name: text for name, text in texts.items() if name in MOST})
    if "until" in texts:
        values["until"] = _day(texts["until"])
    for name in ("observed", "lesson"):
        if trial.ended_at and values.get(name) == "":
            raise Refused(f"{name}_missing", "A trial that ended keeps what was seen and what was learned.")
    if values.get("observed") == "":
        values["outcome"] = ""
    added = _ideas(tx, trial.workshop_id, sorted(set(chosen.wanted) - set(chosen.seen))) if chosen else []
    dropped = set(chosen.seen) - set(chosen.wanted) if chosen else set()
    for idea_id in added:
        tx.trials.add_idea(id=trial.id, idea_id=idea_id)
    for nr in dropped:
        tx.trials.drop_idea(id=trial.id, workshop_id=trial.workshop_id, nr=nr)
    return _changed(tx, trial, who, "changed", always=bool(added or dropped), **values)


def cover(tx: Tx, trial: Trial, who: str, covered: bool) -> Trial:
    """Say that the mandate of the workshop allows this trial too, or no longer. Raises `Refused('mandate_missing')`."""
    if covered and mandates.standing(tx, trial.workshop_id) is None:
        raise Refused("mandate_missing", "Nobody allows anything in this workshop yet. Ask who decides.")
    return _changed(tx, trial, who, "covered" if covered else "uncovered", covered=covered)


def start(tx: Tx, trial: Trial, who: str) -> Trial:
    """Begin a trial; twice is once.

    Raises `Refused` when nobody allows it: 'mandate_missing', 'mandate_unsigned' or 'mandate_expired'; and
    'trial_over' for one that ended or was dropped.
    """
    if trial.started_at and not trial.ended_at:
        return trial
    if trial.ended_at or trial.dropped_at:
        raise Refused("trial_over", "This trial is over. Make the next one.")
    if trial.mandate is None:
        raise Refused("mandate_missing", "Nobody allows this trial yet. Ask who decides, and have it signed.")
    if trial.mandate.expired:
        raise Refused("mandate_expired", "Its mandate has expired. Ask for a new one.", until=trial.mandate.until)
    if not trial.mandate.holds:
        raise Refused("mandate_unsigned", "Its mandate is not signed yet.", allows=trial.mandate.allows)
    return _changed(tx, trial, who, "started", started_at=clock.now(), started_by=who)


def end(tx: Tx, trial: Trial, outcome: str, lesson: str, who: str) -> Trial:
    """End a trial with what came of it and what it taught; twice is once.

    Raises `Refused`: 'trial_not_begun', 'observed_missing' when nobody wrote down what was seen, 'outcome_missing',
    'lesson_missing' whatever came of it, 'trial_long'.
    """
    if trial.dropped_at:
        raise Refused("trial_over", "This trial was dropped. Bring it back first.")
    if trial.started_at is None:
        raise Refused("trial_not_begun", "This trial has not begun. There is nothing to end.")
    if not trial.observed:
        raise Refused("observed_missing", "Write down what was seen first. Then say what it means.")
    if outcome not in OUTCOMES:
        raise Refused("outcome_missing", "Choose what came of it.")
    taught = _checked({"lesson": lesson})["lesson"]
    if not taught:
        raise Refused("lesson_missing", "Write down what was learned.")
    return _changed(tx, trial, who, "ended", outcome=outcome, lesson=taught, ended_at=trial.ended_at or clock.now())


def reopen(tx: Tx, trial: Trial, who: str) -> Trial:
    """Undo ending a trial; what was said about it stays to be changed."""
    return _changed(tx, trial, who, "reopened", ended_at=None)


def drop(tx: Tx, trial: Trial, who: str) -> Trial:
    """Let a trial be; nothing that was written is lost."""
    return _changed(tx, trial, who, "dropped", dropped_at=trial.dropped_at or clock.now())


def bring_back(tx: Tx, trial: Trial, who: str) -> Trial:
    """Undo dropping a trial."""
    return _changed(tx, trial, who, "brought back", dropped_at=None)


def prepare_decisions(tx: Tx, trial: Trial, kind: str, who: str) -> tuple[str, int, int]:
    """Prepare a decision for every idea of a trial, with its lesson as the reason; nothing is published.

    Return the step to undo, for how many ideas it was done, and how many were left because somebody prepared something
    for them already. Raises `Refused('lesson_missing')`, and as `decisions.prepare` does.
    """
    if not trial.lesson or not trial.ended_at:
        raise Refused("lesson_missing", "Write down what was learned first.")
    tops = {top.id: top for top in (joining.top(tx, one) for one in tried_out(tx, trial))}
    done = 0
    with curating.as_one(tx) as step:
        for idea in tops.values():
            if idea.planned is None:
                decisions.prepare(tx, idea, decisions.Plan(kind, trial.lesson), who)
                done += 1
    return step, done, len(tops) - done


def history(tx: Tx, trial: Trial) -> list[Happened]:
    """Return everything that was done to a trial, the oldest first."""
    rows = tx.trials.history(trial_id=trial.id)
    return [Happened(row["at"], row["who_name"], row["verb"], json.loads(row["before"])) for row in rows]


def _changed(tx: Tx, trial: Trial, who: str, verb: str, *, always: bool = False, **values: Any) -> Trial:
    """Change a trial as it was loaded, and record what it was; nothing happens when nothing differs."""
    was = {name: getattr(trial, name) for name, value in values.items() if getattr(trial, name) != value}
    if not was and not always:
        return trial
    now = replace(trial, **values)
    names = (*MOST, "until", "outcome", "started_at", "started_by", "ended_at", "dropped_at", "id", "version")
    if tx.trials.change(**{name: getattr(now, name) for name in names}, covered=int(now.covered)) is None:
        raise Stale(find(tx, trial.workshop_id, trial.id))
    _record(tx, trial.id, who, verb, was)
    pulse.beat(tx, trial.workshop_id)
    return find(tx, trial.workshop_id, trial.id)


def _record(tx: Tx, trial_id: str, who: str, verb: str, was: dict[str, Any]) -> None:
    tx.trials.record(id=ids.new(), trial_id=trial_id, at=clock.now(), who=who, verb=verb, before=json.dumps(was))


def _checked(texts: dict[str, str]) -> dict[str, str]:
    """Return texts as they may be stored. Raises `Refused`."""
    values = {name: ideas.plain(text) for name, text in texts.items()}
    for name in ("title", "question"):
        if values.get(name) == "":
            raise Refused(f"trial_{name}_missing", f"The {name} of this trial is empty. Nothing was changed.")
    for name, text in values.items():
        if len(text) > MOST[name]:
            raise Refused("trial_long", most=str(MOST[name]), field=name)
    return values


def _day(text: str) -> str:
    try:
        return clock.day(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        raise Refused("trial_until", f"“{text}” is no day. Write it as 2027-06-30.") from None


def _ideas(tx: Tx, workshop_id: str, numbers: Iterable[int]) -> list[str]:
    """Return the keys of ideas with these numbers. Raises `Refused('trial_idea')` for one that is not there."""
    there = {row["nr"]: row["id"] for row in tx.trials.numbered(workshop_id=workshop_id)}
    gone = [str(nr) for nr in numbers if nr not in there]
    if gone:
        raise Refused("trial_idea", f"There is no idea {gone[0]} in this workshop.", nr=gone[0])
    return [there[nr] for nr in dict.fromkeys(numbers)]


def _numbers(tx: Tx, workshop_id: str) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = defaultdict(tuple)
    for row in tx.trials.ideas(workshop_id=workshop_id):
        found[row["trial_id"]] += (row["nr"],)
    return found


def _of(tx: Tx, row: dict[str, Any], numbers: tuple[int, ...]) -> Trial:
    values = {name: row[name] for name in Trial.__dataclass_fields__ if name in row}
    values |= {"covered": bool(row["covered"]), "ideas": numbers}
    return Trial(**values, mandate=_mandate(tx, row))


def _mandate(tx: Tx, row: dict[str, Any]) -> Mandate | None:
    """Return the mandate a trial goes by: its own when that holds, else that of the workshop if it covers this."""
    own = mandates.standing(tx, row["workshop_id"], row["id"])
    if (own and own.holds) or not row["covered"]:
        return own
    whole = mandates.standing(tx, row["workshop_id"])
    return whole if whole and (whole.holds or own is None) else own
