"""Looking back in three layers: do we do it well, do we do what is good, who do we want to be.

Each facilitator writes for each meeting and each trial. The third layer is for who wrote it and for nobody else, until
that same person shares it: no other facilitator, no list, no export and no print has it. That something was written may
be counted, so that the group sees which layer it never reaches.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from workshop import clock, ids
from workshop.domain import ideas, meetings, pulse, trials
from workshop.domain.meetings import Meeting
from workshop.domain.network_cards import LAYERS, Layer
from workshop.domain.trials import Trial
from workshop.errors import Refused, Stale
from workshop.store import Tx

ALL: Final[tuple[Layer, ...]] = get_args(Layer)
PRIVATE: Final[Layer] = "being"
"""The layer that nobody else reads, unless it is shared."""
MOST: Final = 1500


@dataclass(frozen=True)
class Reflection:
    """What somebody wrote in one layer about a meeting or a trial; one of both keys is None. `maker` is a name."""

    id: str
    workshop_id: str
    meeting_id: str | None
    trial_id: str | None
    layer: Layer
    words: str
    shared: bool
    made_by: str
    maker: str
    made_at: str
    removed_at: str | None
    version: int


@dataclass(frozen=True)
class About:
    """What is looked back at: the key of a meeting or of a trial."""

    meeting_id: str | None = None
    trial_id: str | None = None


@dataclass(frozen=True)
class Covered:
    """In which layers was looked back at every meeting held so far, and at every trial that began; oldest first.

    Of a meeting the cards count too that came in from then until the next one. `cards` is how many came in all.
    """

    meetings: tuple[tuple[Meeting, frozenset[Layer]], ...]
    trials: tuple[tuple[Trial, frozenset[Layer]], ...]
    cards: Mapping[Layer, int]


def seen_by(tx: Tx, workshop_id: str, who: str) -> list[Reflection]:
    """Return what this facilitator may read of all that was written: everything shared, and their own."""
    return [_of(row) for row in tx.reflections.seen(workshop_id=workshop_id, who=who)]


def shared(tx: Tx, workshop_id: str) -> list[Reflection]:
    """Return what was written for all facilitators and observers: all that a print or an export may hold."""
    return [_of(row) for row in tx.reflections.seen(workshop_id=workshop_id, who=None)]


def mine(tx: Tx, workshop_id: str, about: About, layer: Layer, who: str) -> Reflection | None:
    """Return what this facilitator wrote in one layer, also when it was emptied since; None when they never did."""
    row = tx.reflections.mine(workshop_id=workshop_id, layer=layer, who=who, **vars(about))
    return _of(row) if row else None


def write(
    tx: Tx, workshop_id: str, about: About, layer: str, words: str, who: str, *, share: bool = False, seen: int = 0
) -> Reflection | None:
    """Keep what a facilitator wrote in one layer; nothing at all takes it away again, and keeps it to be brought back.

    The first two layers are always shared, the third only with `share`. `seen` is the version on the form, 0 for none.
    Raises `Refused`: 'layer_unknown', 'long', 'no_meeting', 'no_trial'; and `Stale` when it was changed since.
    """
    if layer not in ALL:
        raise Refused("layer_unknown", "There is no such layer.")
    _there(tx, workshop_id, about)
    text = ideas.plain(words)
    if len(text) > MOST:
        raise Refused("long", most=str(MOST))
    before = mine(tx, workshop_id, about, layer, who)
    open_to_all = share or layer != PRIVATE
    if before is None:
        if text:
            row = {"id": ids.new(), "words": text, "shared": int(open_to_all), "at": clock.now(), **vars(about)}
            tx.reflections.write(workshop_id=workshop_id, layer=layer, who=who, **row)
            pulse.beat(tx, workshop_id)
        return mine(tx, workshop_id, about, layer, who)
    standing = "" if before.removed_at else before.words
    if text == standing and (open_to_all == before.shared or not text):
        return before
    if seen != before.version:
        raise Stale(before)
    return _change(tx, before, text or before.words, open_to_all and bool(text), None if text else clock.now())


def bring_back(tx: Tx, workshop_id: str, about: About, layer: Layer, who: str) -> None:
    """Undo emptying what one wrote oneself; the third layer comes back for its writer only."""
    before = mine(tx, workshop_id, about, layer, who)
    if before and before.removed_at:
        _change(tx, before, before.words, layer != PRIVATE, None)


def covered(tx: Tx, workshop_id: str) -> Covered:
    """Return in which layers was looked back at what; counts, never words."""
    of_meeting: dict[str, set[Layer]] = defaultdict(set)
    of_trial: dict[str, set[Layer]] = defaultdict(set)
    for row in tx.reflections.covered(workshop_id=workshop_id):
        into = of_trial[row["trial_id"]] if row["trial_id"] else of_meeting[row["meeting_id"]]
        into.add(row["layer"])
    there = meetings.of_workshop(tx, workshop_id)
    starts = [clock.midnight(one.date) for one in there]
    counts: Counter[Layer] = Counter()
    for row in tx.reflections.ideas(workshop_id=workshop_id, **{layer: card for card, layer in LAYERS.items()}):
        layer = LAYERS[row["card_id"]]
        counts[layer] += 1
        if there:
            of_meeting[there[max(bisect_right(starts, row["made_at"]) - 1, 0)].id].add(layer)
    today = clock.today().isoformat()
    held = [one for one in there if one.date <= today]
    begun = [one for one in trials.of_workshop(tx, workshop_id) if one.started_at and not one.dropped_at]
    return Covered(
        tuple((one, frozenset(of_meeting[one.id])) for one in held),
        tuple((one, frozenset(of_trial[one.id])) for one in begun),
        counts,
    )


def coverage(tx: Tx, workshop_id: str) -> dict[Layer, int]:
    """Return of how many meetings held so far somebody looked back in each layer."""
    found = covered(tx, workshop_id)
    return {layer: sum(layer in layers for _, layers in found.meetings) for layer in ALL}


def _there(tx: Tx, workshop_id: str, about: About) -> None:
    """See that there is something of this workshop to look back at. Raises `Refused`."""
    if about.trial_id:
        trials.find(tx, workshop_id, about.trial_id)
    else:
        meetings.find(tx, workshop_id, about.meeting_id or "")


def _change(tx: Tx, before: Reflection, words: str, open_to_all: bool, removed_at: str | None) -> Reflection:
    values = {"words": words, "shared": int(open_to_all), "removed_at": removed_at}
    if tx.reflections.change(id=before.id, version=before.version, **values) is None:
        raise Stale(before)
    pulse.beat(tx, before.workshop_id)
    about = About(before.meeting_id, before.trial_id)
    now = mine(tx, before.workshop_id, about, before.layer, before.made_by)
    return now or before


def _of(row: dict[str, Any]) -> Reflection:
    values = {name: row[name] for name in Reflection.__dataclass_fields__}
    return Reflection(**values | {"shared": bool(row["shared"])})
