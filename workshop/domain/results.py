"""Results: what came of it, made from ideas and trials; and an answer for everybody who contributed.

A result is a page, a poster and cards. Who made it and what may be quoted is not stored with it but worked out anew
each time (`result_content`), so that it follows what makers choose. Publishing tells everybody under its ideas; once
more only those who were not told yet. Every change is history, and undoing goes back one step.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from workshop import clock, ids
from workshop.domain import answers, curating, decisions, ideas, pulse, quotas, result_content, workshops
from workshop.domain.decisions import Decision, Plan
from workshop.domain.ideas import Idea
from workshop.domain.result_content import Audience, Content
from workshop.errors import Refused, Stale
from workshop.store import Tx

MOST: Final = {
    "title": 80,
    "story": 1500,
    "tried": 1000,
    "learned": 1000,
    "next_step": 300,
    "credits": 1000,
    "picture_alt": 200,
}
"""The most signs of each text."""
OPENING: Final = {"nl": "Dit is ervan gekomen: {title}.", "en": "This is what came of it: {title}."}
_KEPT: Final = ("audience", "picture", "published_at", "removed_at")


@dataclass(frozen=True)
class Result:
    """What came of ideas (by number) and trials (by key). Its `key` is in its address, `picture` is a stored file.

    `credits` names organisations and sources. `version` counts its changes.
    """

    id: str
    workshop_id: str
    key: str
    title: str
    story: str
    tried: str
    learned: str
    next_step: str
    credits: str
    audience: Audience
    picture: str
    picture_alt: str
    published_at: str | None
    removed_at: str | None
    made_at: str
    version: int
    ideas: tuple[int, ...]
    trials: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """What a facilitator fills in. A new `picture` is the name of a stored file; None leaves it as it is."""

    title: str
    story: str = ""
    tried: str = ""
    learned: str = ""
    next_step: str = ""
    credits: str = ""
    audience: str = "group"
    picture_alt: str = ""
    ideas: tuple[int, ...] = ()
    trials: tuple[str, ...] = ()
    picture: str | None = None


@dataclass(frozen=True)
class Trial:
    """A trial that a result can come from: its name, what was tried and what was learned."""

    id: str
    title: str
    tried: str
    lesson: str


@dataclass(frozen=True)
class Telling:
    """Who is told of a result by way of one idea: those not told yet (`to_tell`), and those who were.

    `decision` is what was told before; who is new there reads the same. `planned` says that somebody prepared
    something else.
    """

    idea: Idea
    to_tell: tuple[Idea, ...]
    told: tuple[Idea, ...]
    decision: Decision | None

    @property
    def planned(self) -> bool:
        """Say whether another decision is prepared for this idea."""
        return self.idea.planned is not None and bool(self.to_tell)


@dataclass(frozen=True)
class Done:
    """What was done last to a result: the key of that step, what it was, and the key of who did it."""

    id: str
    verb: str
    who: str


@dataclass(frozen=True)
class Undone:
    """What undoing came to: the result, how many ideas changed since and stay, how many answers were printed."""

    result: Result
    left: int
    printed: int


def of_workshop(tx: Tx, workshop_id: str) -> list[Result]:
    """Return the results of a workshop, oldest first, without those taken away."""
    return [one for one in _all(tx, workshop_id) if one.removed_at is None]


def removed(tx: Tx, workshop_id: str) -> list[Result]:
    """Return the results that were taken away."""
    return [one for one in _all(tx, workshop_id) if one.removed_at is not None]


def find(tx: Tx, workshop_id: str, result_id: str) -> Result:
    """Return a result of this workshop, also one taken away. Raises `Refused('no_result')`."""
    row = tx.results.find(id=result_id, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_result", "There is no such result in this workshop.")
    return _of(tx, row)


def by_key(tx: Tx, key: str) -> Result | None:
    """Return the published result with this key, in any case; None when there is none."""
    row = tx.results.by_key(key=key.upper())
    return _of(tx, row) if row else None


def make(tx: Tx, workshop_id: str, draft: Draft, who: str) -> Result:
    """Make a result; one that is there and says the very same is the one meant. Two may have one title.

    What was tried and learned comes from its trials as long as nothing else is written. Raises `Refused` as `change`.
    """
    values = _checked(tx, workshop_id, draft, ())
    for one in of_workshop(tx, workshop_id):
        if all(getattr(one, name) == value for name, value in values.items()):
            return one
    key = ids.new()
    tx.results.make(id=key, workshop_id=workshop_id, key=ids.key(), title=values["title"], who=who, at=clock.now())
    return _apply(tx, find(tx, workshop_id, key), who, "made", undoable=False, **values)


def change(tx: Tx, result: Result, draft: Draft, who: str) -> Result:
    """Change a result; the same again changes nothing.

    Raises `Stale` with how it is now when somebody changed it first, and `Refused`: 'result_title', 'result_long' with
    `field` and `most`, 'result_idea' with `nr` for a number that no idea has, 'result_alt' for a picture without words.
    """
    draft = replace(draft, picture=result.picture) if draft.picture is None else draft
    values = _checked(tx, result.workshop_id, draft, result.trials)
    changes = {name: value for name, value in values.items() if getattr(result, name) != value}
    return _apply(tx, result, who, "changed", **changes) if changes else result


def remove(tx: Tx, result: Result, who: str) -> Result:
    """Take a result away: its page shows nothing any more. Makers keep their answer."""
    return result if result.removed_at else _apply(tx, result, who, "removed", removed_at=clock.now())


def undo(tx: Tx, result: Result, who: str, step: str, there: Callable[[str], bool] = bool) -> Undone:
    """Undo the step with this key, the last one; undoing that does it again. The same step twice is once.

    Undoing a publishing takes its answers back, but for ideas that something else happened to since. `there` says
    whether a picture was not erased meanwhile. Raises `Refused('nothing_to_undo')`, and `Stale` with how it is now
    when something else was done since that step.
    """
    last, *earlier = tx.results.last_events(result_id=result.id)
    before = json.loads(last["before"])
    if not before:
        raise Refused("nothing_to_undo")
    if last["id"] != step:
        now = find(tx, result.workshop_id, result.id)
        if last["verb"] == "undone" and earlier[0]["id"] == step:
            return Undone(now, 0, 0)
        raise Stale(now)
    if before.get("picture") and not there(before["picture"]):
        before["picture"] = ""
    printed, left = answers.printed_in(tx, result.workshop_id, last["batch"]), 0
    with curating.as_one(tx) as undoing:
        if last["batch"]:
            left = _take_back(tx, result.workshop_id, last["batch"], who)
        batch = undoing if last["batch"] else ""
        for name in ("ideas", "trials"):
            if name in before:
                before[name] = tuple(before[name])
        return Undone(_apply(tx, result, who, "undone", batch=batch, **before), left, printed)


def last_done(tx: Tx, result: Result) -> Done | None:
    """Return what can be undone now: a step that is 'changed', 'published', 'removed' or 'undone'; None for nothing."""
    last, *_ = tx.results.last_events(result_id=result.id)
    return Done(last["id"], last["verb"], last["who"]) if json.loads(last["before"]) else None


def chosen(tx: Tx, result: Result) -> list[Idea]:
    """Return the ideas somebody chose for a result, as far as they are there."""
    return ideas.with_pictures_of(tx, tx.results.ideas(result_id=result.id), workshop_id=result.workshop_id)


def by_numbers(tx: Tx, workshop_id: str, numbers: tuple[int, ...]) -> list[Idea]:
    """Return the ideas with these numbers. Raises `Refused('result_idea')` with `nr` for one that there is not."""
    rows = []
    for nr in dict.fromkeys(numbers):
        row = tx.results.of_nr(workshop_id=workshop_id, nr=nr)
        if row is None:
            raise Refused("result_idea", f"There is no idea {nr} in this workshop. Nothing was changed.", nr=str(nr))
        rows.append(row)
    return ideas.with_pictures_of(tx, rows, workshop_id=workshop_id)


def suggested(tx: Tx, workshop_id: str) -> list[Idea]:
    """Return the ideas that are being made or tried: what results most often come from."""
    return ideas.with_pictures_of(tx, tx.results.decided(workshop_id=workshop_id), workshop_id=workshop_id)


def trials(tx: Tx, workshop_id: str) -> list[Trial]:
    """Return the trials of a workshop that a result can come from."""
    return [Trial(**row) for row in tx.results.trials_there(workshop_id=workshop_id)]


def content(tx: Tx, result: Result, audience: Audience | None = None) -> Content:
    """Return who made a result and what of it this audience may see; without one, its own audience."""
    return result_content.shown(tx, result.workshop_id, chosen(tx, result), audience or result.audience)


def tellings(tx: Tx, result: Result) -> list[Telling]:
    """Return who is told when a result is published, idea by idea, and who was told before."""
    told = {row["idea_id"] for row in tx.results.told(result_id=result.id)}
    found, seen = [], set[str]()
    for top in result_content.tops(tx, result.workshop_id, chosen(tx, result)):
        there = [one for one in answers.makers(tx, top) if one.id not in seen]
        seen |= {one.id for one in there}
        new = tuple(one for one in there if one.id not in told)
        before = tx.results.told_on(result_id=result.id, idea_id=top.id)
        decision = decisions.of_idea(tx, before["id"]) if before else None
        found.append(Telling(top, new, tuple(one for one in there if one.id in told), decision))
    return [one for one in found if one.to_tell or one.told]


def answer(result: Result, language: str) -> str:
    """Return what makers read when nothing else is written: what came of it, with the sentences that fit."""
    said = OPENING[language].format(title=result.title.rstrip(".!"))
    for sentence in re.split(r"(?<=[.!?])\s+", " ".join(result.story.split())):
        if sentence and len(said) + len(sentence) < decisions.MOST["reason"]:
            said += f" {sentence}"
        else:
            break
    return said


def publish(tx: Tx, result: Result, who: str, reason: str = "", next_step: str | None = None) -> int:
    """Open the page of a result and tell everybody who contributed and was not told yet; return how many that are.

    `reason` is what came of it in plain words; without one it is `answer`. It is one thing with one undo, and doing it
    twice tells nobody twice. Raises `Refused`: 'reason_long', 'next_step_long', 'no_result' for one taken away.
    """
    if result.removed_at:
        raise Refused("no_result", "This result was taken away. Bring it back first.")
    language = workshops.at_door(tx, result.workshop_id).language
    then = result.next_step if next_step is None else next_step
    plan = Plan("make", reason.strip() or answer(result, language), then)
    with curating.as_one(tx) as batch:
        made = sum(_tell(tx, result, one, plan, who) for one in tellings(tx, result) if one.to_tell)
        if made or result.published_at is None:
            opened = result.published_at or clock.now()
            _apply(tx, result, who, "published", batch=batch, published_at=opened)
    return made


def _tell(tx: Tx, result: Result, telling: Telling, plan: Plan, who: str) -> int:
    """Tell those under one idea who do not know yet. Who knows keeps the answer they have."""
    top = telling.idea if telling.decision else decisions.prepare(tx, telling.idea, plan, who)
    key = telling.decision.id if telling.decision else str(top.planned)
    tx.results.tells(result_id=result.id, decision_id=key)
    return answers.tell(tx, top, key, who, {one.id for one in telling.to_tell})


def _take_back(tx: Tx, workshop_id: str, batch: str, who: str) -> int:
    """Undo what a publishing did to ideas; return how many of them changed since and stay."""
    try:
        return curating.undo_batch(tx, workshop_id, batch, who)[1]
    except Refused:  # nobody was told by it, or all of it was undone idea by idea
        return 0


def _checked(tx: Tx, workshop_id: str, draft: Draft, had: tuple[str, ...]) -> dict[str, Any]:
    """Return what may be stored; the trials in `had` were chosen before."""
    values: dict[str, Any] = {name: ideas.plain(getattr(draft, name)) for name in MOST}
    values["title"] = " ".join(values["title"].split())
    there = {one.id: one for one in trials(tx, workshop_id)}
    values["trials"] = tuple(one for one in there if one in draft.trials)
    new = [there[one] for one in values["trials"] if one not in had]
    values["tried"] = values["tried"] or "\n".join(one.tried or one.title for one in new)[: MOST["tried"]]
    values["learned"] = values["learned"] or "\n".join(filter(None, (one.lesson for one in new)))[: MOST["learned"]]
    if not values["title"]:
        raise Refused("result_title", "Give the result a name. Nothing was changed.")
    for name, most in MOST.items():
        if len(values[name]) > most:
            raise Refused("result_long", f"This text has at most {most} signs.", field=name, most=str(most))
    if draft.picture and not values["picture_alt"]:
        raise Refused("result_alt", "Say in words what the picture shows.")
    if draft.picture and not tx.results.has_picture(workshop_id=workshop_id, file=draft.picture):
        quotas.room_for_files(tx, workshop_id, [draft.picture])
    values["ideas"] = tuple(sorted(one.nr for one in by_numbers(tx, workshop_id, draft.ideas)))
    values["audience"] = "everyone" if draft.audience == "everyone" else "group"
    return values | {"picture": draft.picture or ""}


def _apply(
    tx: Tx, result: Result, who: str, verb: str, *, batch: str = "", undoable: bool = True, **changes: Any
) -> Result:
    """Change a result and note who, when and from what. Raises `Stale` with how it is now."""
    now = replace(result, **changes)
    names = (*MOST, *_KEPT, "id", "version")
    if tx.results.change(**{name: getattr(now, name) for name in names}) is None:
        raise Stale(find(tx, result.workshop_id, result.id))
    for nr in {*now.ideas} ^ {*result.ideas}:
        if row := tx.results.of_nr(workshop_id=result.workshop_id, nr=nr):
            link = tx.results.add_idea if nr in now.ideas else tx.results.drop_idea
            link(result_id=result.id, idea_id=row["id"])
    for trial_id in {*now.trials} ^ {*result.trials}:
        link = tx.results.add_trial if trial_id in now.trials else tx.results.drop_trial
        link(result_id=result.id, trial_id=trial_id)
    before = {name: getattr(result, name) for name in changes} if undoable else {}
    tx.results.record(
        id=ids.new(), result_id=result.id, at=clock.now(), who=who, verb=verb, before=json.dumps(before), batch=batch
    )
    pulse.beat(tx, result.workshop_id)
    return find(tx, result.workshop_id, result.id)


def _all(tx: Tx, workshop_id: str) -> list[Result]:
    return [_of(tx, row) for row in tx.results.of_workshop(workshop_id=workshop_id)]


def _of(tx: Tx, row: dict[str, Any]) -> Result:
    values = {name: row[name] for name in Result.__dataclass_fields__ if name in row}
    numbers = tuple(one["nr"] for one in tx.results.ideas(result_id=row["id"]))
    return Result(**values, ideas=numbers, trials=tuple(one["id"] for one in tx.results.trials(result_id=row["id"])))
