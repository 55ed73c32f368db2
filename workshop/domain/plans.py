"""The plan of a meeting: its blocks in order, who leads each, for how many people, and which edition is on paper.

Clock times are never stored: they follow from when the meeting begins and from the minutes of the blocks before.
Every change is written down as a step with how things were, so that it can be undone, and so that the same form
sent twice changes one thing. `plan_changes` holds what one does to a plan, `plan_live` what happens during a meeting.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from cards.recipe import Block, BlockKind, Leader, Recipe, Use
from cards.recipe_book import recipes as book
from workshop import clock, ids
from workshop.domain import pulse
from workshop.domain.meetings import Meeting
from workshop.errors import Refused
from workshop.store import Tx

USUAL_START: Final = time(13, 30)
BLOCK_FIELDS = ("kind", "minutes", "leads", "title", "words", "other_way", "cards")
"""What people fill in at a block; a change of these makes a new version of it."""
_LIVE = ("planned", "began_at", "ended_at")
_BLOCK_ROW = (*BLOCK_FIELDS, *_LIVE, "place", "removed_at")
_NUMBERS = ("tables", "people", "large", "idea_cards")
_PLAN_ROW = ("recipe_id", *_NUMBERS, "begun_at", "promised_end", "ended_at")
_MOMENTS = {"began_at", "ended_at", "begun_at"}
"""What a press during a meeting changes: one follows from the one before."""
_NOT_ON_PAPER = {*_LIVE, "begun_at", "promised_end"}
_LEAST, _MOST = 15, 480  # minutes of a whole programme, as `cards.recipe` has them

Changes = Mapping[str, Mapping[str, Any]]
"""New values by key of the block; those of the plan itself stand under ''."""


@dataclass(frozen=True)
class PlanBlock:
    """One piece of the meeting, in minutes. `planned` is how many it had when the meeting began, None before.

    A block that is over has `ended_at`; one that was left out has no `began_at`. `idea_id` is the idea that asked
    for it.
    """

    id: str
    kind: BlockKind
    minutes: int
    leads: Leader
    title: str
    words: str
    other_way: str
    cards: tuple[Use, ...]
    idea_id: str | None
    began_at: str | None
    ended_at: str | None
    version: int
    place: float = 0.0
    planned: int | None = None

    @property
    def left_out(self) -> bool:
        """Say whether it was skipped during the meeting."""
        return self.ended_at is not None and self.began_at is None


@dataclass(frozen=True)
class Plan:
    """How a meeting is to go, and for how many. `idea_cards` is how many each person gets.

    `version` is the edition people see on paper, from 1; `printed_version` the edition that was printed, 0 for none.
    `begun_at` and `ended_at` say when the meeting really began and ended, `promised_end` when it would be over as
    it was planned then.
    """

    meeting_id: str
    recipe_id: str = ""
    tables: int = 4
    people: int = 20
    large: int = 3
    idea_cards: int = 1
    begun_at: str | None = None
    promised_end: str | None = None
    ended_at: str | None = None
    version: int = 1
    printed_version: int = 0
    blocks: tuple[PlanBlock, ...] = ()

    @property
    def minutes(self) -> int:
        """Return how long all of it takes."""
        return sum(block.minutes for block in self.blocks)

    @property
    def old_on_paper(self) -> bool:
        """Say whether the paper people hold is of an earlier edition."""
        return 0 < self.printed_version < self.version

    def block(self, block_id: str) -> PlanBlock:
        """Return one block. Raises `Refused('no_block')`."""
        found = next((one for one in self.blocks if one.id == block_id), None)
        if found is None:
            raise Refused("no_block", "This part of the plan is not there any more.")
        return found

    def at(self, start: time) -> list[tuple[time, PlanBlock]]:
        """Return the clock time at which each block begins."""
        begins, found = start.hour * 60 + start.minute, []
        for block in self.blocks:
            found.append((_clock(begins), block))
            begins += block.minutes
        return found

    def ends(self, start: time) -> time:
        """Return the clock time at which all is over."""
        return _clock(start.hour * 60 + start.minute + self.minutes)


def of(tx: Tx, meeting_id: str) -> Plan:
    """Return the plan of a meeting; an empty one when nobody made one yet."""
    row = tx.plans.find(meeting_id=meeting_id)
    if row is None:
        return Plan(meeting_id)
    blocks = tuple(_block(one) for one in tx.plans.blocks(meeting_id=meeting_id))
    return Plan(**{name: row[name] for name in Plan.__dataclass_fields__ if name in row}, blocks=blocks)


def start_of(meeting: Meeting) -> time:
    """Return when a meeting begins; half past one when that is not known."""
    return time.fromisoformat(meeting.begins) if meeting.begins else USUAL_START


def printed(tx: Tx, meeting_id: str) -> None:
    """Note that the plan as it is now is on paper; the next change makes another edition."""
    tx.plans.open(meeting_id=meeting_id)
    tx.plans.printed(meeting_id=meeting_id)


def cards_before(tx: Tx, meeting: Meeting) -> set[str]:
    """Return the cards that stand in the plans of this workshop's earlier meetings."""
    rows = tx.plans.cards_before(workshop_id=meeting.workshop_id, date=meeting.date)
    return {use["card"] for row in rows for use in json.loads(row["cards"])}


def meeting_of_idea(tx: Tx, idea_id: str) -> str | None:
    """Return the meeting in whose plan an idea stands, or None."""
    row = tx.plans.of_idea(idea_id=idea_id)
    return row["meeting_id"] if row else None


def beats(tx: Tx, meeting_id: str) -> int:
    """Return a number that grows with every change of this plan, so that pages can watch it."""
    return int(tx.plans.beats(meeting_id=meeting_id)["beats"])


def as_recipe(plan: Plan, meeting: Meeting, name: str) -> Recipe:
    """Return a plan as a recipe, so that times, amounts and sheets work unchanged.

    Its words are the same in both languages. What a recipe says beside its agenda (what to prepare and to bring)
    comes from the recipe the plan was made from; a plan that was made by hand says nothing there.
    """
    whole = min(max(plan.minutes, _LEAST), _MOST)
    own: dict[str, Any] = {"number": str(meeting.number), "minutes": whole, "title": _both(name)}
    own |= {"people": plan.people, "idea_cards": plan.idea_cards, "blocks": tuple(map(_as_block, plan.blocks))}
    found = book().find(plan.recipe_id)
    if found:
        return found.model_copy(update=own)
    nothing: Any = {"purpose": _both(""), "result": _both(""), "for_whom": _both(""), "prepare": ()}
    return Recipe.model_construct(id="draaiboek", week=0, **nothing, **own)


def apply(tx: Tx, meeting: Meeting, who: str, what: str, changes: Changes, key: str) -> str:
    """Change blocks and the plan itself in one step, and return its key; '' when nothing became different.

    `key` names the step: the same key again changes nothing, so a form that is sent twice works once. Raises
    `Refused('no_block')` for a block of another meeting, or for the key of another meeting's step.
    """
    tx.plans.open(meeting_id=meeting.id)
    found = {row["id"]: row for row in tx.plans.every_block(meeting_id=meeting.id)}
    found[""] = tx.plans.find(meeting_id=meeting.id)
    if not set(changes) <= set(found):
        raise Refused("no_block", "This part of the plan is not there any more.")
    news = {
        one: {name: [found[one][name], value] for name, value in values.items() if found[one][name] != value}
        for one, values in changes.items()
    }
    news = {one: values for one, values in news.items() if values}
    if not news or known(tx, meeting, key):
        return ""
    tx.plans.note(id=key, meeting_id=meeting.id, what=what, changes=json.dumps(news), who=who, at=clock.now())
    _keep(tx, meeting, found, news)
    return key


def known(tx: Tx, meeting: Meeting, key: str) -> bool:
    """Say whether a step was done before. Raises `Refused('no_block')` for a step of another meeting."""
    row = tx.plans.step(id=key)
    if row and row["meeting_id"] != meeting.id:
        raise Refused("no_block", "This belongs to another meeting.")
    return row is not None


def undo(tx: Tx, meeting: Meeting, step: str) -> bool:
    """Undo one step, where nobody changed it since; return whether all of it could be undone. Twice is once.

    A block that came with the step stays when anything about it changed since: what others wrote is never thrown
    away. Raises `Refused`: 'nothing_to_undo', 'went_on' for what a later press during the meeting was built on.
    """
    row = tx.plans.step(id=step)
    if row is None or row["meeting_id"] != meeting.id:
        raise Refused("nothing_to_undo", "There is nothing to undo.")
    if row["undone_at"]:
        return True
    changes = json.loads(row["changes"])
    later = [json.loads(one["changes"]) for one in tx.plans.standing_since(meeting_id=meeting.id, at=row["at"])]
    if (_live(changes) or row["what"] == "taken") and any(map(_live, later)):
        raise Refused("went_on", "The meeting went on since. Nothing was changed.")
    found = {one["id"]: one for one in tx.plans.every_block(meeting_id=meeting.id)}
    found[""] = tx.plans.find(meeting_id=meeting.id)
    touched = set().union(*later)
    news: dict[str, dict[str, list[Any]]] = {}
    whole = True
    for one, values in changes.items():
        for name, (was, now) in values.items():
            takes_away = name == "removed_at" and now is None
            if found[one][name] == now and not (takes_away and one in touched):
                news.setdefault(one, {})[name] = [now, was]
            else:
                whole = False
    tx.plans.undone(id=step, at=clock.now())
    _keep(tx, meeting, found, news)
    return whole


def _live(changes: Changes) -> bool:
    """Say whether a step began or ended something."""
    return any(_MOMENTS & set(values) for values in changes.values())


def put_new(tx: Tx, meeting: Meeting, place: float, values: Mapping[str, Any], idea_id: str | None = None) -> str:
    """Store a new block, out of the plan until a step says `removed_at` is None; return its key."""
    key = ids.new()
    texts = {name: values[name] for name in BLOCK_FIELDS}
    tx.plans.add_block(id=key, meeting_id=meeting.id, place=place, idea_id=idea_id, at=clock.now(), **texts)
    return key


def _keep(tx: Tx, meeting: Meeting, found: Mapping[str, dict[str, Any]], news: Mapping[str, Any]) -> None:
    """Write changed rows. What people read on the paper makes a new edition, when the one before was printed."""
    for one, values in news.items():
        row = found[one] | {name: now for name, (_, now) in values.items()}
        if one:
            version = row["version"] + any(name in BLOCK_FIELDS for name in values)
            tx.plans.put_block(
                id=one, meeting_id=meeting.id, version=version, **{name: row[name] for name in _BLOCK_ROW}
            )
        else:
            tx.plans.put(meeting_id=meeting.id, **{name: row[name] for name in _PLAN_ROW})
    if any(set(values) - _NOT_ON_PAPER for values in news.values()):
        tx.plans.next_edition(meeting_id=meeting.id)
    pulse.beat(tx, meeting.workshop_id)


def _block(row: Mapping[str, Any]) -> PlanBlock:
    values = {name: row[name] for name in PlanBlock.__dataclass_fields__}
    return PlanBlock(**values | {"cards": read_uses(row["cards"])})


def read_uses(text: str) -> tuple[Use, ...]:
    """Return the cards of a block as they are stored."""
    return tuple(Use.model_validate(one) for one in json.loads(text))


def written_uses(uses: Sequence[Use]) -> str:
    """Return the cards of a block as they are stored, each once."""
    once = {use.card: use for use in uses}
    return json.dumps([use.model_dump() for use in once.values()])


def _as_block(block: PlanBlock) -> Block:
    return Block.model_construct(
        kind=block.kind,
        minutes=block.minutes,
        leads=block.leads,
        title=_both(block.title),
        text=_both(block.words),
        cards=block.cards,
        other_way=_both(block.other_way) if block.other_way else None,
    )


def _both(words: str) -> dict[Any, str]:
    return {"nl": words, "en": words}


def _clock(minutes: int) -> time:
    return time(*divmod(minutes % (24 * 60), 60))
