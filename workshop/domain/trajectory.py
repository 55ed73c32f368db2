"""What kind of trajectory a workshop is, and which parts of the learning network belong to it.

A knowledge circle shares and inspires: it sees cards and ideas, and none of the rest. A learning circle has a dial
from sharing (1) to making together (5). A workshop (community of practice) is expected to have everything. Another
kind or another turn of the dial shows or hides parts; what was written down stays where it is.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from workshop.domain import pulse
from workshop.domain.workshops import Kind, Workshop
from workshop.errors import Refused
from workshop.store import Tx

Part = Literal[
    "frame",
    "urgency",
    "perspectives",
    "mandate",
    "facilitators",
    "responsibility",
    "reflection",
    "rhythm",
    "results",
    "zone",
    "safety",
    "trials",
    "progress",
    "ending",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LEAST, MOST = 1, 5
SINCE: Final[dict[Part, int]] = {
    "frame": 1,
    "urgency": 1,
    "perspectives": 1,
    "facilitators": 1,
    "rhythm": 1,
    "safety": 1,
    "ending": 1,
    "responsibility": 2,
    "reflection": 2,
    "zone": 3,
    "progress": 3,
    "mandate": 4,
    "trials": 4,
    "results": 5,
}
"""From which turn of the dial a learning circle sees a part."""
STEPS: Final[tuple[Part, ...]] = (
    "frame",
    "urgency",
    "perspectives",
    "mandate",
    "facilitators",
    "responsibility",
    "reflection",
    "rhythm",
    "results",
)
"""The nine steps, in their order."""


def shows(workshop: Workshop, part: Part) -> bool:
    """Say whether a part belongs to this workshop now."""
    return part in parts(workshop)


def parts(workshop: Workshop) -> tuple[Part, ...]:
    """Return the parts that belong to this workshop now, the nine steps first."""
    return parts_of(workshop.kind, workshop.dial)


def parts_of(kind: Kind, dial: int) -> tuple[Part, ...]:
    """Return the parts that belong to a kind of trajectory, with the dial of a learning circle at this turn."""
    turn = {"circle": 0, "learning": dial, "workshop": MOST}[kind]
    ordered = (*STEPS, *(part for part in SINCE if part not in STEPS))
    return tuple(part for part in ordered if SINCE[part] <= turn)


def turn(tx: Tx, workshop: Workshop, kind: str, dial: int) -> None:
    """Make a workshop another kind of trajectory, or turn its dial; twice is once, and nothing is lost.

    Raises `Refused('kind_unknown')`.
    """
    if kind not in KINDS:
        raise Refused("kind_unknown", "There is no such kind of trajectory. Nothing was changed.")
    tx.workshops.turn(id=workshop.id, kind=kind, dial=min(max(dial, LEAST), MOST))
    pulse.beat(tx, workshop.id)
