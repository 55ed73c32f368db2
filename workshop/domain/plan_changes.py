"""What one does to the plan of a meeting before it begins: take over a programme, add, change, move, take away.

Every function returns the key of its step, with which `plans.undo` brings back how it was; '' when nothing became
different. `key` comes from the form: the same form twice changes one thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

from pydantic import ValidationError

from cards.card import Card, Language
from cards.recipe import Block, BlockKind, Counts, Leader, Recipe, Use
from workshop import clock
from workshop.domain import ideas, plans
from workshop.domain.ideas import Idea
from workshop.domain.meetings import Meeting
from workshop.domain.network_cards import LISTENING
from workshop.domain.plans import Plan, PlanBlock
from workshop.errors import Refused, Stale
from workshop.store import Tx

MOST: Final = {"title": 60, "words": 400, "other_way": 200}
MOST_MINUTES: Final = 240
MOST_BLOCKS: Final = 24
MOST_CARDS: Final = 6
FOR_A_PROPOSAL: Final = 15
"""How many minutes a proposal gets, until somebody says otherwise."""


@dataclass(frozen=True)
class Written:
    """What somebody fills in at a block. `cards` are the cards it needs, and who gets one."""

    kind: str
    minutes: int
    leads: str
    title: str
    words: str = ""
    other_way: str = ""
    cards: tuple[Use, ...] = ()


def take_recipe(
    tx: Tx, meeting: Meeting, recipe: Recipe, language: Language, counts: Counts | None, who: str, key: str
) -> str:
    """Take over a whole programme in place of what stands there; `counts` says for how many, when somebody said so.

    Raises `Refused('plan_running')` once the meeting began: what really happened stays.
    """
    plan = plans.of(tx, meeting.id)
    if plan.begun_at:
        raise Refused("plan_running", "The meeting has begun. Nothing was changed.")
    if plans.known(tx, meeting, key):
        return ""
    changes = _taken_away(plan, len(recipe.blocks))
    for place, block in enumerate(recipe.blocks, 1):
        values = _values(of_recipe(block, language))
        changes[plans.put_new(tx, meeting, float(place), values)] = {"removed_at": None}
    changes[""] = {"recipe_id": recipe.id, "idea_cards": recipe.idea_cards}
    if counts or not plan.blocks:
        changes[""] |= (counts or Counts.of(recipe.people, large=plan.large)).model_dump()
    return plans.apply(tx, meeting, who, "taken", changes, key)


def add(
    tx: Tx,
    meeting: Meeting,
    written: Written,
    after: str,
    who: str,
    key: str,
    *,
    what: str = "added",
    idea_id: str | None = None,
) -> str:
    """Add a block after another one; '' puts it first, '-' before the close, or last when there is none.

    Raises `Refused`: 'plan_full' above 24 blocks, and as `change` does.
    """
    values = _checked(written)
    plan = plans.of(tx, meeting.id)
    if len(plan.blocks) >= MOST_BLOCKS:
        raise Refused("plan_full", most=str(MOST_BLOCKS))
    if plans.known(tx, meeting, key):
        return ""
    changes = _placed(plan, None, _before_close(plan) if after == "-" else after)
    new = plans.put_new(tx, meeting, changes.pop("new")["place"], values, idea_id)
    changes[new] = {"removed_at": None}
    return plans.apply(tx, meeting, who, what, changes, key)


def change(tx: Tx, meeting: Meeting, block_id: str, seen: int, written: Written, who: str, key: str) -> str:
    """Change what a block says. Raises `Stale` with the block as it is, when somebody else changed it since `seen`.

    Raises `Refused`: 'plan_title', 'plan_title_long', 'plan_words_long', 'plan_other_way_long', 'plan_minutes'
    (1 to 240), 'plan_kind', 'plan_cards' above six, 'no_block'.
    """
    values = _checked(written)
    block = plans.of(tx, meeting.id).block(block_id)
    if block.version != seen and any(value != _stored(block)[name] for name, value in values.items()):
        raise Stale(block)
    return plans.apply(tx, meeting, who, "changed", {block_id: values}, key)


def move(tx: Tx, meeting: Meeting, block_id: str, after: str, who: str, key: str) -> str:
    """Put a block after another one; '' puts it first. What is over already stays where it is."""
    plan = plans.of(tx, meeting.id)
    block = plan.block(block_id)
    _still_to_come(block)
    return plans.apply(tx, meeting, who, "moved", _placed(plan, block, after), key)


def step_by(tx: Tx, meeting: Meeting, block_id: str, by: int, who: str, key: str) -> str:
    """Move a block one place up (-1) or down (1)."""
    blocks = plans.of(tx, meeting.id).blocks
    at = next((place for place, one in enumerate(blocks) if one.id == block_id), 0)
    goal = at + by
    if not 0 <= goal < len(blocks):
        return ""
    after = blocks[goal].id if by > 0 else blocks[goal - 1].id if goal else ""
    return move(tx, meeting, block_id, after, who, key)


def remove(tx: Tx, meeting: Meeting, block_id: str, who: str, key: str) -> str:
    """Take a block out of the plan. Raises `Refused('block_begun')` for one that was or is at work."""
    if plans.known(tx, meeting, key):
        return ""
    _still_to_come(plans.of(tx, meeting.id).block(block_id))
    return plans.apply(tx, meeting, who, "removed", {block_id: {"removed_at": clock.now()}}, key)


def again(tx: Tx, meeting: Meeting, block_id: str, who: str, key: str) -> str:
    """Put a second one of the same block right after it: of the same idea, when one asked for it."""
    block = plans.of(tx, meeting.id).block(block_id)
    written = Written(block.kind, block.minutes, block.leads, block.title, block.words, block.other_way, block.cards)
    return add(tx, meeting, written, block_id, who, key, what="doubled", idea_id=block.idea_id)


def swap_halfway(tx: Tx, meeting: Meeting, who: str, key: str) -> str:
    """Let A lead the first half and B the second, with the change between two blocks nearest to the middle."""
    plan = plans.of(tx, meeting.id)
    changes = {one: {"leads": leads} for one, leads in halves(plan.blocks).items()}
    return plans.apply(tx, meeting, who, "swapped", changes, key)


def halves(blocks: Sequence[PlanBlock]) -> dict[str, Leader]:
    """Return who leads which block when A and B swap halfway, by minutes."""
    if len(blocks) < 2:
        return {block.id: "A" for block in blocks}
    ends = [sum(one.minutes for one in blocks[: place + 1]) for place in range(len(blocks))]
    turn = min(range(1, len(blocks)), key=lambda place: abs(2 * ends[place - 1] - ends[-1]))
    return {block.id: "A" if place < turn else "B" for place, block in enumerate(blocks)}


def count(tx: Tx, meeting: Meeting, counts: Counts, idea_cards: int, who: str, key: str) -> str:
    """Say for how many tables and people, how many read large letters, and how many idea cards each gets."""
    values = counts.model_dump() | {"idea_cards": min(max(idea_cards, 0), 9)}
    return plans.apply(tx, meeting, who, "counted", {"": values}, key)


def from_card(card: Card, leads: Leader = "A") -> Written:
    """Return a card as a block: as long as the card takes, with what it is for and its other way."""
    kind: BlockKind = "listen" if card.id.startswith(LISTENING) else "work"
    other = next((one for one in card.sections if one.key == "another_way"), None)
    other_way = " ".join(text for block in other.blocks for text in block.texts()) if other else ""
    return Written(kind, card.duration.max, leads, card.title, card.purpose, other_way, (Use(card=card.id),))


def of_recipe(block: Block, language: Language) -> Written:
    """Return a block of a programme, in one language."""
    other_way = block.other_way[language] if block.other_way else ""
    title, words = block.title[language], block.text[language]
    return Written(block.kind, block.minutes, block.leads, title, words, other_way, block.cards)


def from_idea(idea: Idea) -> Written:
    """Return what a participant proposed as a block, in the words of the idea; the block leads to the rest of them."""
    first, _, rest = idea.words.strip().partition("\n")
    whole = len(first) <= MOST["title"]
    title = first if whole else _start_of(first, MOST["title"])
    words = rest.strip() if whole else idea.words.strip()
    return Written("work", FOR_A_PROPOSAL, "A", title or f"#{idea.nr}", _start_of(words, MOST["words"]))


def uses(card_ids: Sequence[str], pers: Sequence[str]) -> tuple[Use, ...]:
    """Return cards from a form, each once. Raises `Refused`: 'plan_card' for what is none, 'plan_cards' above six."""
    pairs = zip(card_ids, pers, strict=False)
    try:
        found = {card: Use.model_validate({"card": card, "per": per}) for card, per in pairs}
    except ValidationError:
        raise Refused("plan_card", "There is no such card. Nothing was changed.") from None
    if len(found) > MOST_CARDS:
        raise Refused("plan_cards", most=str(MOST_CARDS))
    return tuple(found.values())


def _taken_away(plan: Plan, pieces: int) -> dict[str, dict[str, Any]]:
    """Return what makes room for a programme: all goes, but what participants asked for stays, before the close."""
    at, asked = clock.now(), [block for block in plan.blocks if block.idea_id]
    gone: dict[str, dict[str, Any]] = {block.id: {"removed_at": at} for block in plan.blocks if not block.idea_id}
    return gone | {one.id: {"place": pieces - 1 + nr / (len(asked) + 1)} for nr, one in enumerate(asked, 1)}


def _start_of(text: str, most: int) -> str:
    """Return a text, or as many whole words of it as fit, with a sign that there is more."""
    return text if len(text) <= most else f"{text[: most - 2].rsplit(' ', 1)[0]} …"


def _checked(written: Written) -> dict[str, Any]:
    if written.kind not in get_args(BlockKind) or written.leads not in get_args(Leader):
        raise Refused("plan_kind", "Choose what kind of part this is.")
    if not 1 <= written.minutes <= MOST_MINUTES:
        raise Refused("plan_minutes", most=str(MOST_MINUTES))
    values = _values(written)
    if not values["title"]:
        raise Refused("plan_title", "Give this part a name.")
    for name, most in MOST.items():
        if len(values[name]) > most:
            raise Refused(f"plan_{name}_long", most=str(most))
    return values


def _values(written: Written) -> dict[str, Any]:
    title = " ".join(ideas.plain(written.title).split())
    texts = {"title": title, "words": ideas.plain(written.words), "other_way": ideas.plain(written.other_way)}
    rest = {"kind": written.kind, "minutes": written.minutes, "leads": written.leads}
    return rest | texts | {"cards": plans.written_uses(written.cards)}


def _stored(block: PlanBlock) -> dict[str, Any]:
    return {name: getattr(block, name) for name in plans.BLOCK_FIELDS} | {"cards": plans.written_uses(block.cards)}


def _still_to_come(block: PlanBlock) -> None:
    if block.began_at or block.ended_at:
        raise Refused("block_begun", "This part has begun already. It stays where it is.")


def _before_close(plan: Plan) -> str:
    """Return the block after which a new one comes: the last before the close."""
    rest = plan.blocks[:-1] if plan.blocks and plan.blocks[-1].kind == "close" else plan.blocks
    return rest[-1].id if rest else ""


def _placed(plan: Plan, block: PlanBlock | None, after: str) -> dict[str, dict[str, Any]]:
    """Return the places when a block (a new one when None, under 'new') comes after another, never before what began.

    Places are numbered anew when two of them came too near to each other.
    """
    others = [one for one in plan.blocks if block is None or one.id != block.id]
    at = next((place for place, one in enumerate(others, 1) if one.id == after), 0)
    at = max(at, sum(1 for one in others if one.began_at))
    mine = block.id if block else "new"
    low = others[at - 1].place if at else (others[0].place - 2 if others else 0.0)
    high = others[at].place if at < len(others) else low + 2
    if high - low > 0.01:
        now = block.place if block else None
        return {} if now is not None and low < now < high else {mine: {"place": (low + high) / 2}}
    order = [*(one.id for one in others[:at]), mine, *(one.id for one in others[at:])]
    return {one: {"place": float(place)} for place, one in enumerate(order, 1)}
