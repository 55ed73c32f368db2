"""Progress: how a workshop does, in a dozen counts, looked at together after every third meeting.

Counts only, no profiles: nothing here is about one person, and groups of fewer than five are taken together until
nobody can work out how many they were. What the data cannot give is not guessed: it is 'unmeasured'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

from workshop import clock
from workshop.domain import answers, meetings, paper, reflections, small_groups, zones
from workshop.domain.meetings import Meeting
from workshop.domain.small_groups import FEW
from workshop.domain.trajectory import shows
from workshop.domain.workshops import Workshop
from workshop.store import Tx

State = Literal["met", "not_yet", "unmeasured", "counted"]
Value = int | tuple[str, ...]
EVERY: Final = 3
"""After so many meetings progress is looked at together."""
MOST_DAYS: Final = 42
MOST_MINUTES: Final = 10
TODAY: Final = "terugkoppeling/03-hoe-was-het-vandaag"


@dataclass(frozen=True)
class Measure:
    """One measure: what is counted, whether its target is met, and the numbers to say it with.

    'counted' is a number without a target. The names in `values` are those of its sentence; sides are their keys.
    """

    code: str
    state: State
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Progress:
    """How a workshop does. `due` is after which meeting it is to be looked at together and was not yet, else 0."""

    held: int
    planned: int
    due: int
    measures: tuple[Measure, ...]


def of(tx: Tx, workshop: Workshop) -> Progress:
    """Return how a workshop does until now, the measures that matter most first."""
    there = meetings.of_workshop(tx, workshop.id)
    held = [one for one in there if one.date <= clock.today().isoformat()]
    return Progress(len(held), len(there), _due(tx, workshop, held), tuple(_measures(tx, workshop, held)))


def due(tx: Tx, workshop: Workshop) -> int:
    """Return after which meeting progress is to be looked at together and was not yet printed for it; 0 for none."""
    today = clock.today().isoformat()
    return _due(tx, workshop, [one for one in meetings.of_workshop(tx, workshop.id) if one.date <= today])


def _due(tx: Tx, workshop: Workshop, held: Sequence[Meeting]) -> int:
    last = len(held) - len(held) % EVERY
    if not last or not shows(workshop, "progress"):
        return 0
    since = clock.midnight(held[last - 1].date)
    return 0 if tx.progress.printed_since(workshop_id=workshop.id, since=since) else last


def _measures(tx: Tx, workshop: Workshop, held: Sequence[Meeting]) -> Iterator[Measure]:
    covered = answers.coverage(tx, workshop.id)
    yield _answered(covered)
    yield _days(tx, workshop.id)
    yield _on_paper(covered)
    yield _voices(tx, workshop.id)
    yield _missing(tx, workshop.id, held)
    yield _people(held)
    if shows(workshop, "trials"):
        row = tx.progress.trials(workshop_id=workshop.id)
        yield Measure("trials", "met" if row["begun"] else "not_yet", dict(row))
    if shows(workshop, "reflection"):
        layers = reflections.coverage(tx, workshop.id)
        yield Measure(
            "layers",
            "met" if all(layers.values()) else "not_yet",
            {str(layer): count for layer, count in layers.items()},
        )
    if shows(workshop, "zone"):
        yield _zone(tx, workshop.id)
    yield _withdrawn(tx, workshop.id)
    yield _clear(tx, workshop.id)
    yield _reading(tx, workshop.id)
    yield _today(tx, workshop.id)


def _answered(covered: answers.Coverage) -> Measure:
    state: State = "met" if covered.answered == covered.total else "not_yet"
    values = {"answered": covered.answered, "total": covered.total}
    return Measure("answered", state if covered.total else "unmeasured", values)


def _days(tx: Tx, workshop_id: str) -> Measure:
    """Return how many days answers took, and how many ideas wait longer than they may."""
    rows = tx.progress.told(workshop_id=workshop_id)
    took = [_between(row["made_at"], row["told_at"]) for row in rows if row["told_at"]]
    since = clock.ago(days=MOST_DAYS)
    late = sum(row["told_at"] is None and row["made_at"] < since for row in rows)
    if not took and not late:
        return Measure("days", "unmeasured", {"days": 0, "late": 0})
    days = round(median(took)) if took else 0
    fine = bool(took) and days <= MOST_DAYS and not late
    return Measure("days", "met" if fine else "not_yet", {"days": days, "late": late})


def _on_paper(covered: answers.Coverage) -> Measure:
    """Return how many ideas came on paper, and whether those are answered as often as the others."""
    on_paper, by_phone = (covered.by_channel.get(way, (0, 0)) for way in ("paper", "phone"))
    values = {"paper": on_paper[1], "phone": by_phone[1]}
    values |= {"paper_answered": on_paper[0], "phone_answered": by_phone[0]}
    if not on_paper[1] or not by_phone[1]:
        return Measure("paper", "counted" if covered.total else "unmeasured", values)
    return Measure("paper", "not_yet" if covered.lower_on_paper else "met", values)


def _voices(tx: Tx, workshop_id: str) -> Measure:
    """Return how many ideas came from which side, of those that were said."""
    counts = [(row["perspective"], int(row["count"])) for row in tx.progress.sides(workshop_id=workshop_id)]
    alone = small_groups.alone(dict(counts))
    large = [one for one in counts if one[0] in alone]
    total = sum(count for _, count in counts)
    rest = total - sum(count for _, count in large)
    if total < FEW:
        return Measure("voices", "unmeasured", {"total": 0})
    values: dict[str, Value] = {"total": total, "rest": rest}
    values |= {"sides": tuple(key for key, _ in large), "counts": tuple(str(count) for _, count in large)}
    return Measure("voices", "not_yet" if 2 * counts[0][1] > total else "met", values)


def _missing(tx: Tx, workshop_id: str, held: Sequence[Meeting]) -> Measure:
    """Return the sides with a seat of which nobody was there in the last three meetings."""
    wanted = [row["perspective"] for row in tx.progress.wanted(workshop_id=workshop_id)]
    counted = [one for one in held[-EVERY:] if any(one.present.values())]
    if not wanted or not counted:
        return Measure("missing", "unmeasured", {"sides": (), "meetings": len(counted)})
    gone = tuple(key for key in wanted if not any(one.present.get(key) for one in counted))
    return Measure("missing", "not_yet" if gone else "met", {"sides": gone, "meetings": len(counted)})


def _people(held: Sequence[Meeting]) -> Measure:
    """Return how many people there were last time and the time before: heads, not who they are."""
    there = [sum(one.present.values()) for one in held if any(one.present.values())]
    if len(there) < 2 or min(there[-2:]) < FEW:
        return Measure("people", "unmeasured", {"last": 0, "before": 0})
    before, last = there[-2:]
    return Measure("people", "met" if last >= 0.8 * before else "not_yet", {"last": last, "before": before})


def _zone(tx: Tx, workshop_id: str) -> Measure:
    """Return how the buttons lay the last time that five or more were counted."""
    last = next((zone for _, side, zone in reversed(zones.trend(tx, workshop_id)) if not side), zones.Zone(0, 0, 0))
    values = {"known": last.known, "learning": last.learning, "too_much": last.too_much}
    return Measure("zone", "counted" if last.total else "unmeasured", values)


def _withdrawn(tx: Tx, workshop_id: str) -> Measure:
    """Return how many ideas were taken away, and whether all of them were erased within a day."""
    row = tx.progress.withdrawn(workshop_id=workshop_id, before=clock.ago(days=1))
    return Measure("withdrawn", "met" if row["asked"] == row["handled"] else "not_yet", dict(row))


def _clear(tx: Tx, workshop_id: str) -> Measure:
    """Return how many makers found their answer easy to understand, of those who said."""
    faces = answers.ratings(tx, workshop_id)["understandable"]
    total = sum(faces.values())
    if total < FEW:
        return Measure("clear", "unmeasured", {"clear": 0, "total": 0})
    return Measure("clear", "counted", {"clear": faces[3], "total": total})


def _reading(tx: Tx, workshop_id: str) -> Measure:
    """Return how many minutes a stack of paper took to be read, and how many cards wait to be typed over."""
    took = [
        _between(row["brought_at"], row["read_at"]) * 24 * 60 for row in tx.progress.stacks(workshop_id=workshop_id)
    ]
    left = paper.left_to_type(tx, workshop_id)
    if not took:
        return Measure("reading", "unmeasured", {"minutes": 0, "left": left})
    minutes = max(1, round(median(took)))
    return Measure("reading", "met" if minutes <= MOST_MINUTES else "not_yet", {"minutes": minutes, "left": left})


def _today(tx: Tx, workshop_id: str) -> Measure:
    """Return how many notes came about how it was: faces on paper are for reading together, not for adding up."""
    return Measure("today", "unmeasured", {"notes": tx.progress.at_card(workshop_id=workshop_id, card_id=TODAY)})


def _between(begin: str, end: str) -> float:
    """Return how many days lie between two moments."""
    return (clock.read(end) - clock.read(begin)).total_seconds() / 86400
