"""The nine steps of a workshop, and how far each is: never ticked off, always derived from what was done.

A step says what there is (`evidence`) and what is missing, by name. Counts are of groups, never of a person; a side is
named when somebody from it is there or missing, never with how many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal

from workshop import clock
from workshop.domain import (
    actions,
    answers,
    frames,
    mandates,
    meetings,
    parking,
    reflections,
    results,
    seats,
    series,
    trials,
    workshops,
)
from workshop.domain.network_cards import WHY_NOW
from workshop.domain.trajectory import STEPS, Part, shows
from workshop.domain.workshops import Workshop
from workshop.store import Tx

State = Literal["done", "busy", "open"]
CARDS: Final[dict[Part, str]] = {
    "frame": "negen-stappen/01-waar-gaat-het-over",
    "urgency": WHY_NOW,
    "perspectives": "negen-stappen/03-wie-zit-er-aan-tafel",
    "mandate": "negen-stappen/04-mag-het-ook-echt",
    "facilitators": "negen-stappen/05-samen-aan-het-stuur",
    "responsibility": "negen-stappen/06-wij-zijn-aan-zet",
    "reflection": "negen-stappen/07-doen-en-terugkijken",
    "rhythm": "negen-stappen/08-volhouden",
    "results": "negen-stappen/09-laat-het-zien",
}
"""The card that helps with each step; its title is the name of the step."""
PERIODS: Final = 13
MEETINGS: Final = PERIODS + 1
"""Eighteen months of meetings, the first and the last included, as `rhythm` counts them."""
LASTS: Final = timedelta(days=PERIODS * meetings.EVERY)
LEAST_ACTIONS: Final = 3
FEW: Final = 5
"""Groups of fewer people are not counted aloud."""


@dataclass(frozen=True)
class Evidence:
    """One thing there is, or that is missing: a code, and what belongs in its sentence.

    `values` has counts, days as `2027-01-11`, texts, and `sides`, the keys of perspectives.
    """

    code: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One of the nine steps: done, begun (`busy`), or `open`, with what there is and what is missing."""

    part: Part
    state: State
    evidence: tuple[Evidence, ...]
    missing: tuple[Evidence, ...] = ()


def of(tx: Tx, workshop: Workshop) -> tuple[Step, ...]:
    """Return the steps that belong to this workshop now, in their order."""
    return tuple(_LOOK[part](tx, workshop) for part in STEPS if shows(workshop, part))


def with_evidence(steps: tuple[Step, ...]) -> int:
    """Return for how many steps there is something to show."""
    return sum(bool(one.evidence) for one in steps)


def _step(part: Part, evidence: Iterator[Evidence], missing: Iterator[Evidence], *, hints: int = 0) -> Step:
    """Return a step: done when nothing is missing but `hints` things that do not keep it open."""
    there, lacks = tuple(evidence), tuple(missing)
    state: State = "done" if len(lacks) <= hints else "busy" if there else "open"
    return Step(part, state, there, lacks)


def _frame(tx: Tx, workshop: Workshop) -> Step:
    frame = frames.of(tx, workshop.id)
    parked = len(parking.parked(tx, workshop.id))

    def there() -> Iterator[Evidence]:
        for name in ("inside", "outside"):
            if text := getattr(frame, name):
                yield Evidence(f"frame_{name}", {"words": text})
        if parked:
            yield Evidence("frame_parked", {"count": parked})

    def lacks() -> Iterator[Evidence]:
        yield from (Evidence(f"no_{name}") for name in ("inside", "outside") if not getattr(frame, name))

    return _step("frame", there(), lacks())


def _urgency(tx: Tx, workshop: Workshop) -> Step:
    counts = {row["perspective"]: row["count"] for row in tx.steps.cards_of(workshop_id=workshop.id, card_id=WHY_NOW)}
    cards = sum(counts.values())
    sides = [side for side, seat in seats.of(tx, workshop.id).items() if side and (seat.wanted or seat.present)]
    silent = tuple(side for side in sides if not counts.get(side))
    counted = seats.counted_meetings(tx, workshop.id)[-1:]
    people = sum(sum(one.present.values()) for one in counted)
    fewer = [Evidence("urgency_fewer", {"count": cards, "people": people})] if people >= FEW and cards < people else []

    def lacks() -> Iterator[Evidence]:
        if not cards:
            yield Evidence("urgency_none")
        if not sides:
            yield Evidence("urgency_sides_unknown")
        elif silent:
            yield Evidence("urgency_silent", {"sides": silent})
        yield from fewer

    there = [Evidence("urgency_cards", {"count": cards})] if cards else []
    return _step("urgency", iter(there), lacks(), hints=len(fewer) if cards and sides and not silent else 0)


def _perspectives(tx: Tx, workshop: Workshop) -> Step:
    there = seats.of(tx, workshop.id)
    wanted = tuple(side for side, seat in there.items() if seat.wanted)
    present = tuple(side for side, seat in there.items() if side and seat.present)
    uninvited = tuple(side for side in wanted if not there[side].invited and not there[side].present)
    invited = tuple(side for side in wanted if there[side].invited)
    counted = bool(seats.counted_meetings(tx, workshop.id))
    absent = tuple(side for side in invited if not there[side].present) if counted else ()

    def evidence() -> Iterator[Evidence]:
        if wanted:
            yield Evidence("seats_wanted", {"sides": wanted})
        if present:
            yield Evidence("seats_present", {"sides": present})

    def lacks() -> Iterator[Evidence]:
        if not wanted:
            yield Evidence("seats_none")
        if uninvited:
            yield Evidence("seats_uninvited", {"sides": uninvited})
        if absent:
            yield Evidence("seats_absent", {"sides": absent})
        if invited and not counted:
            yield Evidence("seats_uncounted")

    return _step("perspectives", evidence(), lacks())


def _mandate(tx: Tx, workshop: Workshop) -> Step:
    one = mandates.standing(tx, workshop.id)
    values = {"allows": one.allows, "until": one.until} if one else {}
    going = [each for each in trials.of_workshop(tx, workshop.id) if each.state in ("open", "busy", "paused")]
    paused = sum(each.state == "paused" for each in going)
    own = sum(each.allowed for each in going)
    enough = bool(one and one.holds) or (bool(going) and own == len(going))

    def there() -> Iterator[Evidence]:
        if one:
            yield Evidence("mandate_holds" if one.holds else "mandate_written", values)
        if own:
            yield Evidence("mandate_trials", {"count": own})

    def lacks() -> Iterator[Evidence]:
        if one is None and not enough:
            yield Evidence("mandate_none")
        if one and not one.signed and not enough:
            yield Evidence("mandate_unsigned", values)
        if one and one.expired and not enough:
            yield Evidence("mandate_expired", values)
        if paused:
            yield Evidence("mandate_paused", {"count": paused})

    return _step("mandate", there(), lacks())


def _facilitators(tx: Tx, workshop: Workshop) -> Step:
    leading = [one for one in workshops.members(tx, workshop.id) if one.role == "facilitator"]
    sides = tuple(dict.fromkeys(one.perspective for one in leading if one.perspective))
    silent = sum(not one.perspective for one in leading)

    def there() -> Iterator[Evidence]:
        if len(leading) > 1:
            yield Evidence("facilitators_two", {"count": len(leading)})
        if sides:
            yield Evidence("facilitators_sides", {"sides": sides})

    def lacks() -> Iterator[Evidence]:
        if len(leading) < 2:
            yield Evidence("facilitators_second")
        elif len(sides) < 2 and silent:
            yield Evidence("facilitators_silent", {"count": silent})
        elif len(sides) < 2:
            yield Evidence("facilitators_same", {"sides": sides})

    return _step("facilitators", there(), lacks())


def _responsibility(tx: Tx, workshop: Workshop) -> Step:
    share = actions.share(tx, workshop.id)

    def lacks() -> Iterator[Evidence]:
        if share.total < LEAST_ACTIONS:
            yield Evidence("actions_few", {"count": LEAST_ACTIONS - share.total})
        elif share.facilitators * 2 > share.total:
            yield Evidence("actions_theirs")

    there = [Evidence("actions_share", {"count": share.facilitators, "total": share.total})] if share.total else []
    return _step("responsibility", iter(there), lacks())


def _reflection(tx: Tx, workshop: Workshop) -> Step:
    begun = [one for one in trials.of_workshop(tx, workshop.id) if one.started_at and not one.dropped_at]
    rounds = sum(one.round for one in begun)
    covered = reflections.covered(tx, workshop.id)
    every = [layers for _, layers in (*covered.meetings, *covered.trials)]
    seen = tuple(one for one in reflections.ALL if any(one in layers for layers in every))
    whole = sum(len(layers) == len(reflections.ALL) for layers in every)

    def there() -> Iterator[Evidence]:
        if rounds:
            yield Evidence("trials_round", {"count": rounds})
        if whole:
            yield Evidence("layers_whole", {"count": whole})
        elif seen:
            yield Evidence("layers_seen", {"layers": seen})

    def lacks() -> Iterator[Evidence]:
        if not rounds and len(seen) < len(reflections.ALL):
            yield Evidence("layers_silent", {"layers": tuple(one for one in reflections.ALL if one not in seen)})
        elif not rounds and not whole:
            yield Evidence("layers_apart")

    return _step("reflection", there(), lacks())


def _rhythm(tx: Tx, workshop: Workshop) -> Step:
    days = meetings.of_workshop(tx, workshop.id)
    unexplained = sum(not one.gap_reason for one in days if one.id in series.gaps(days))
    first, last = (days[0].date, days[-1].date) if days else ("", "")
    enough = (clock.day(first) + LASTS).isoformat() if days else ""
    coming = meetings.next_one(tx, workshop.id)

    def there() -> Iterator[Evidence]:
        if len(days) > 1:
            yield Evidence("rhythm_planned", {"count": len(days), "first": first, "last": last})
        if coming:
            yield Evidence("rhythm_next", {"day": coming.date})

    def lacks() -> Iterator[Evidence]:
        if len(days) < MEETINGS:
            yield Evidence("rhythm_few", {"count": MEETINGS - len(days)})
        elif last < enough:
            yield Evidence("rhythm_short", {"day": enough})
        if unexplained:
            yield Evidence("rhythm_gaps", {"count": unexplained})
        if coming is None and (len(days) < MEETINGS or last < enough):
            yield Evidence("rhythm_no_next")

    return _step("rhythm", there(), lacks())


def _results(tx: Tx, workshop: Workshop) -> Step:
    shown = sum(one.published_at is not None for one in results.of_workshop(tx, workshop.id))
    covered = answers.coverage(tx, workshop.id)
    left = covered.total - covered.answered
    new = _unanswered_of_last(tx, workshop.id)
    waiting = left - new

    def there() -> Iterator[Evidence]:
        if shown:
            yield Evidence("results_shown", {"count": shown})
        if covered.answered:
            yield Evidence("results_answered", {"count": covered.answered, "total": covered.total})

    def lacks() -> Iterator[Evidence]:
        if not shown:
            yield Evidence("results_none")
        if waiting:
            yield Evidence("results_left", {"count": waiting})
        if new:
            yield Evidence("results_new", {"count": new})

    return _step("results", there(), lacks(), hints=1 if shown and new and not waiting else 0)


def _unanswered_of_last(tx: Tx, workshop_id: str) -> int:
    """Return how many ideas of the last meeting have no answer yet; 0 as long as there was only one."""
    last = meetings.last_one(tx, workshop_id)
    if last is None or last.number == 1:
        return 0
    covered = answers.coverage(tx, workshop_id, last.id)
    return covered.total - covered.answered


_LOOK: Final[dict[Part, Callable[[Tx, Workshop], Step]]] = {
    "frame": _frame,
    "urgency": _urgency,
    "perspectives": _perspectives,
    "mandate": _mandate,
    "facilitators": _facilitators,
    "responsibility": _responsibility,
    "reflection": _reflection,
    "rhythm": _rhythm,
    "results": _results,
}
