"""The frame of a workshop: what it is about, and just as plainly what it is not about.

What lies outside is not thrown away: see `parking`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop import clock
from workshop.domain import ideas, pulse
from workshop.errors import Refused, Stale
from workshop.store import Tx

MOST: Final = 600


@dataclass(frozen=True)
class Frame:
    """What lies inside and outside, '' when nobody said; `version` is 0 as long as nobody said anything."""

    inside: str = ""
    outside: str = ""
    version: int = 0


def of(tx: Tx, workshop_id: str) -> Frame:
    """Return the frame of a workshop."""
    row = tx.frames.of(workshop_id=workshop_id)
    return Frame(**row) if row else Frame()


def change(tx: Tx, workshop_id: str, seen: int, inside: str, outside: str, who: str) -> Frame:
    """Say what lies inside and outside; `seen` is the version on the form, `who` the key of a facilitator.

    Raises `Stale` with the frame as it is now when somebody else changed it first, and `Refused('frame_long')`.
    """
    now = of(tx, workshop_id)
    new = Frame(ideas.plain(inside), ideas.plain(outside), now.version)
    if max(len(new.inside), len(new.outside)) > MOST:
        raise Refused("frame_long", f"A frame has at most {MOST} signs on each side.", most=str(MOST))
    if new == now:
        return now
    texts = {"inside": new.inside, "outside": new.outside}
    if tx.frames.change(workshop_id=workshop_id, seen=seen, who=who, at=clock.now(), **texts) is None:
        raise Stale(now)
    pulse.beat(tx, workshop_id)
    return of(tx, workshop_id)
