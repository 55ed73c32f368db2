"""What participants want to talk about: ideas at the card “Zet het op de agenda”, by phone, by number or on paper.

What a facilitator puts on the agenda becomes a part of the plan, and its maker hears when: as a prepared decision,
published with the other answers. Taking that part out of the plan again takes the promise back, as long as nobody
read it.
"""

from __future__ import annotations

from dataclasses import replace

from workshop import clock
from workshop.domain import curating, decisions, ideas, joining, plan_changes, plans
from workshop.domain.curating import Filter
from workshop.domain.ideas import Idea
from workshop.domain.meetings import Meeting
from workshop.domain.network_cards import AGENDA
from workshop.domain.plans import Plan, PlanBlock
from workshop.domain.waiting import seen_by_group
from workshop.errors import Refused
from workshop.store import Tx


def waiting(tx: Tx, workshop_id: str, before: str | None = None) -> list[Idea]:
    """Return the proposals about which nothing is decided or prepared, oldest first.

    `before` leaves out what was made since that moment, for whoever may not see it yet.
    """
    found = curating.stream(tx, workshop_id, Filter(card_id=AGENDA, decision="none", before=before))
    open_ones = [one for one in found if one.status != "set_aside" and not one.parked and not one.planned]
    return sorted(joining.filled(tx, open_ones, hidden_at=before), key=lambda one: one.nr)


def put_on(tx: Tx, meeting: Meeting, idea: Idea, promise: str, who: str, key: str) -> str:
    """Put a proposal in the plan, before the close, and prepare what its maker hears: `promise`, in plain words.

    An idea that stands there already stays where it is. Raises `Refused('no_idea')` for one that was taken away.
    """
    if idea.withdrawn_at or idea.merged_into:
        raise Refused("no_idea", "This idea is not there any more.")
    stands = any(block.idea_id == idea.id for block in plans.of(tx, meeting.id).blocks)
    written = plan_changes.from_idea(idea)
    done = "" if stands else plan_changes.add(tx, meeting, written, "-", who, key, what="proposed", idea_id=idea.id)
    settle(tx, meeting, promise, who)
    return done


def settle(tx: Tx, meeting: Meeting, promise: str, who: str) -> None:
    """Let what makers will hear follow the plan of this meeting; what was published or decided otherwise stays."""
    for row in tx.plans.asked_for(meeting_id=meeting.id):
        idea = ideas.by_key(tx, meeting.workshop_id, row["idea_id"])
        if idea.merged_into or idea.decided:
            continue
        if row["stands"] and not idea.planned:
            plan = decisions.Plan("make", next_step=promise, by_when=meeting.date, meeting_id=meeting.id)
            decisions.prepare(tx, idea, plan, who)
        elif not row["stands"] and idea.planned and decisions.of_idea(tx, idea.planned).next_step == promise:
            decisions.drop_plan(tx, idea, who)


def seen(tx: Tx, meeting: Meeting, hidden_at: str | None) -> Plan:
    """Return the plan of a meeting for whom ideas since `hidden_at` are hidden; None is for who sees everything.

    A block that an idea asked for which they may not see is only its number: it is in the words of that idea.
    """
    plan = plans.of(tx, meeting.id)
    if hidden_at is None:
        return plan

    def shown(block: PlanBlock) -> PlanBlock:
        if not block.idea_id:
            return block
        idea = ideas.by_key(tx, meeting.workshop_id, block.idea_id)
        if all(seen_by_group(one, hidden_at) for one in (idea, *joining.leaves(tx, idea))):
            return block
        return replace(block, title=f"#{idea.nr}", words="", other_way="")

    return replace(plan, blocks=tuple(map(shown, plan.blocks)))


def forget(tx: Tx, idea_id: str) -> None:
    """Take the words of an idea out of every plan, and out of what was done to those plans: its maker took it away."""
    tx.plans.forget_steps(idea_id=idea_id)
    tx.plans.forget_words(idea_id=idea_id, at=clock.now())


def forget_part(tx: Tx, workshop_id: str, joined_id: str) -> None:
    """Let a joined idea say in every plan what its other originals say: the maker of one took theirs away.

    When nothing of it is left its words go, as those of any idea do.
    """
    found = tx.ideas.find(id=joined_id, workshop_id=workshop_id)
    joined = ideas.by_key(tx, workshop_id, joined_id) if found else None
    if joined is None or joined.withdrawn_at:
        forget(tx, joined_id)
        return
    (filled,) = joining.filled(tx, [joined])
    written = plan_changes.from_idea(filled)
    tx.plans.forget_steps(idea_id=joined_id)
    tx.plans.tell_anew(idea_id=joined_id, title=written.title, words=written.words)
    for row in tx.plans.meetings_of(idea_id=joined_id):
        tx.plans.next_edition(meeting_id=row["meeting_id"])
