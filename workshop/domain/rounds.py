"""Rounds: choosing with dots, of which everybody has the same number, by phone, on a sheet of paper or on the wall.

One phone, one numbered stub and one sheet count once, and the last word counts. What was given stays out of sight,
at the desk too, until a facilitator shows the result (`round_results`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workshop import clock, ids
from workshop.domain import ideas, joining, perspectives, pulse, waiting, workshops
from workshop.domain.ideas import Idea
from workshop.errors import Refused
from workshop.store import Tx

State = Literal["made", "open", "closed", "shown"]
MOST_IDEAS = 48
MOST_DOTS = 12
MOST_SIGNS = 100
MOST_COUNTED = 999


@dataclass(frozen=True)
class Round:
    """One round: everybody has `dots` to give to `idea_ids`. `shown_at` is None as long as nobody sees the result."""

    id: str
    workshop_id: str
    title: str
    dots: int
    idea_ids: tuple[str, ...]
    made_at: str
    opened_at: str | None
    closed_at: str | None
    shown_at: str | None

    @property
    def state(self) -> State:
        """Return how far it is."""
        if self.shown_at:
            return "shown"
        return "made" if not self.opened_at else "closed" if self.closed_at else "open"


@dataclass(frozen=True)
class Line:
    """One idea of a round at its place, 1 and up. `nr` is its number aloud; that stays when the idea is gone."""

    line: int
    idea_id: str
    nr: int


@dataclass(frozen=True)
class Given:
    """What one voter gave: dots by key of the idea, and from which side they look ('' when not said)."""

    dots: Mapping[str, int]
    perspective: str


@dataclass(frozen=True)
class TookPart:
    """How many took part so far, never what they chose; `counted` ideas have a count typed by hand."""

    phones: int
    stubs: int
    sheets: int
    counted: int


def make(tx: Tx, workshop_id: str, title: str, dots: int, idea_ids: Sequence[str], who: str) -> Round:
    """Make a round about these ideas, in this order; nobody can choose before `begin`.

    Raises `Refused`: 'round_title', 'round_title_long', 'round_dots' (1 to 12), 'round_ideas' for less than two ideas
    that are there, 'round_many' for more than 48.
    """
    said = " ".join(ideas.plain(title).split())
    if not said:
        raise Refused("round_title", "Write what is chosen.")
    if len(said) > MOST_SIGNS:
        raise Refused("round_title_long", most=str(MOST_SIGNS))
    if not 1 <= dots <= MOST_DOTS:
        raise Refused("round_dots", most=str(MOST_DOTS))
    there = {one.id for one in candidates(tx, workshop_id)}
    chosen = [key for key in dict.fromkeys(idea_ids) if key in there]
    if len(chosen) < 2:
        raise Refused("round_ideas", "Choose two ideas or more.")
    if len(chosen) > MOST_IDEAS:
        raise Refused("round_many", most=str(MOST_IDEAS))
    key = ids.new()
    tx.rounds.make(id=key, workshop_id=workshop_id, title=said, dots=dots, at=clock.now())
    for line, idea_id in enumerate(chosen, start=1):
        tx.rounds.add_idea(round_id=key, idea_id=idea_id, line=line)
    return _stepped(tx, key, workshop_id, "made", who)


def candidates(tx: Tx, workshop_id: str) -> list[Idea]:
    """Return the ideas a round can be about: by theme, each in its order, those in no theme last."""
    rows = tx.rounds.candidates(workshop_id=workshop_id)
    found = ideas.with_pictures_of(tx, rows, workshop_id=workshop_id)
    return joining.filled(tx, [one for one in found if not waiting.private(one)])


def find(tx: Tx, workshop_id: str, round_id: str) -> Round:
    """Return a round of this workshop. Raises `Refused('no_round')`."""
    row = tx.rounds.find(id=round_id, workshop_id=workshop_id)
    if row is None:
        raise Refused("no_round", "There is no such round.")
    return _of(tx, row)


def by_key(tx: Tx, round_id: str) -> Round | None:
    """Return a round of whichever workshop."""
    row = tx.rounds.by_key(id=round_id)
    return _of(tx, row) if row else None


def of_workshop(tx: Tx, workshop_id: str) -> list[Round]:
    """Return every round of a workshop, newest first."""
    return [_of(tx, row) for row in tx.rounds.of_workshop(workshop_id=workshop_id)]


def open_now(tx: Tx, workshop_id: str) -> list[Round]:
    """Return the rounds in which people can choose now; none in a workshop that is closed."""
    return [_of(tx, row) for row in tx.rounds.open_now(workshop_id=workshop_id)]


def begin(tx: Tx, about: Round, who: str) -> Round:
    """Let people choose, or choose on; a result that was shown is hidden again."""
    moved = tx.rounds.begin(id=about.id, at=clock.now())
    return _stepped(tx, about.id, about.workshop_id, "opened" if moved else "", who)


def close(tx: Tx, about: Round, who: str) -> Round:
    """End choosing by phone; sheets of paper and counts by hand may still come in."""
    moved = tx.rounds.close(id=about.id, at=clock.now())
    return _stepped(tx, about.id, about.workshop_id, "closed" if moved else "", who)


def show(tx: Tx, about: Round, who: str) -> Round:
    """Show the result to the group and the desk, and end choosing."""
    moved = tx.rounds.show(id=about.id, at=clock.now())
    return _stepped(tx, about.id, about.workshop_id, "shown" if moved else "", who)


def hide(tx: Tx, about: Round, who: str) -> Round:
    """Hide the result again."""
    moved = tx.rounds.hide(id=about.id)
    return _stepped(tx, about.id, about.workshop_id, "hidden" if moved else "", who)


def steps(tx: Tx, about: Round) -> list[dict[str, str]]:
    """Return what was done with a round, oldest first: {'what', 'at', 'who' (a name)}."""
    found: list[dict[str, str]] = tx.rounds.steps(round_id=about.id)
    return found


def lines(tx: Tx, about: Round) -> list[Line]:
    """Return the ideas of a round by place and number, also of those that were taken away."""
    return [Line(**row) for row in tx.rounds.lines(round_id=about.id)]


def choices(tx: Tx, about: Round, hidden_at: str | None = None) -> list[Idea]:
    """Return the ideas of a round in their order, without those taken away, to print or to count.

    With `hidden_at`, that of the workshop, joined ones say nothing of what was given since.
    """
    rows = tx.rounds.ideas(round_id=about.id)
    found = ideas.with_pictures_of(tx, rows, workshop_id=about.workshop_id)
    return joining.filled(tx, found, hidden_at=hidden_at)


def for_group(tx: Tx, about: Round) -> list[Idea]:
    """Return the ideas of a round that the group may see now."""
    hidden_at = workshops.at_door(tx, about.workshop_id).hidden_at
    return [one for one in choices(tx, about, hidden_at) if waiting.seen_by_group(one, hidden_at)]


def give(
    tx: Tx, about: Round, voter: str, given: Mapping[str, int], *, device: str = "", perspective: str = ""
) -> None:
    """Keep the dots somebody gives by phone; what they or this phone gave before is replaced.

    `voter` is 'device:…' or 'slip:…' (the number of their stub); `device` the mark of the phone, whichever it is.
    Raises `Refused`: 'round_closed', 'dots_odd' for less than none, 'dots_many' for more than everybody has. What was
    given before stays then.
    """
    now = find(tx, about.workshop_id, about.id)
    if now.state != "open" or workshops.at_door(tx, now.workshop_id).closed_at:
        raise Refused("round_closed", "Choosing is over.")
    wanted = {key: given.get(key, 0) for key in now.idea_ids}
    if min(wanted.values()) < 0:
        raise Refused("dots_odd", "Nobody can give less than no dots.")
    if sum(wanted.values()) > now.dots:
        raise Refused("dots_many", most=str(now.dots), given=str(sum(wanted.values())))
    for ballot in _ballots(tx, now.id, voter, device):
        tx.rounds.drop_dots(round_id=now.id, voter=ballot["voter"])
        tx.rounds.drop_ballot(round_id=now.id, voter=ballot["voter"])
    tx.rounds.cast(round_id=now.id, voter=voter, device=device, at=clock.now())
    _note(tx, now, voter, wanted, "phone", perspective)


def given_by(tx: Tx, about: Round, voter: str, device: str = "") -> Given | None:
    """Return what this voter or this phone gave; None when they gave nothing yet."""
    ballots = _ballots(tx, about.id, voter, device)
    if not ballots:
        return None
    rows = tx.rounds.dots_by(round_id=about.id, voter=ballots[0]["voter"])
    return Given({row["idea_id"]: row["count"] for row in rows}, rows[0]["perspective"] if rows else "")


def type_count(tx: Tx, about: Round, idea_id: str, count: int, who: str, perspective: str = "") -> None:
    """Keep how many stickers hang at an idea on the wall; typed again for the same side it replaces what was there.

    Raises `Refused`: 'no_idea' when the round is not about it, 'count_odd' for less than 0 or more than 999.
    """
    if idea_id not in about.idea_ids:
        raise Refused("no_idea", "This round is not about that idea.")
    if not 0 <= count <= MOST_COUNTED:
        raise Refused("count_odd", most=str(MOST_COUNTED))
    side = perspectives.accepted(tx, about.workshop_id, perspective)
    _note(tx, about, f"hand:{side}", {idea_id: count}, "typed", side)
    _stepped(tx, about.id, about.workshop_id, "counted", who)


def typed(tx: Tx, about: Round, perspective: str = "") -> set[str]:
    """Return the keys of the ideas that have a count by hand for this side; not how many."""
    return {row["idea_id"] for row in tx.rounds.dots_by(round_id=about.id, voter=f"hand:{perspective}")}


def sheet_counted(tx: Tx, about: Round, first_line: int, number: str, counts: Sequence[int]) -> None:
    """Let the dots on a sheet of paper count, row by row from this line on; read again they are replaced."""
    rows = dict(zip(about.idea_ids[first_line - 1 :], counts, strict=False))
    _note(tx, about, f"sheet:{number}", rows, "paper", "")


def took_part(tx: Tx, about: Round) -> TookPart:
    """Return how many gave dots, by the way they came."""
    rows = tx.rounds.dots(round_id=about.id)
    voters = {row["voter"].partition(":")[::2] for row in rows}
    ways = [way for way, _ in voters]
    counted = {row["idea_id"] for row in rows if row["voter"].startswith("hand:")}
    return TookPart(ways.count("device"), ways.count("slip"), ways.count("sheet"), len(counted))


def _note(tx: Tx, about: Round, voter: str, counts: Mapping[str, int], channel: str, perspective: str) -> None:
    """Write down dots beside all other support; an idea that was erased since keeps its row."""
    side = perspectives.accepted(tx, about.workshop_id, perspective)
    for key, count in counts.items():
        tx.support.note(
            id=ids.new(),
            workshop_id=about.workshop_id,
            idea_id=key,
            round_id=about.id,
            voter=voter,
            count=count,
            channel=channel,
            perspective=side,
            at=clock.now(),
        )
    pulse.beat(tx, about.workshop_id)


def _ballots(tx: Tx, round_id: str, voter: str, device: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tx.rounds.ballots(round_id=round_id, voter=voter, device=device)
    return found


def _stepped(tx: Tx, round_id: str, workshop_id: str, what: str, who: str) -> Round:
    """Record a step when something changed, and return the round as it is now."""
    if what:
        tx.rounds.step(id=ids.new(), round_id=round_id, what=what, who=who, at=clock.now())
        pulse.beat(tx, workshop_id)
    return find(tx, workshop_id, round_id)


def _of(tx: Tx, row: dict[str, Any]) -> Round:
    about = tuple(one["idea_id"] for one in tx.rounds.lines(round_id=row["id"]))
    return Round(**{name: row[name] for name in Round.__dataclass_fields__ if name in row}, idea_ids=about)
