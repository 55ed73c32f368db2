"""Question-first minutes: for a few minutes only questions can be sent, so that nobody answers before all have asked.

They end by themselves, or sooner when a facilitator says so. A form that was opened before they began, or is sent
after they ended, is taken in as what it was when it was opened: nothing is lost.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from workshop import clock
from workshop.domain import pulse
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.store import Tx

MINUTES: Final = (5, 10, 15)


def start(tx: Tx, workshop_id: str, minutes: int) -> None:
    """Begin so many minutes from now, also when others are running. Raises `Refused('question_minutes')`."""
    if minutes not in MINUTES:
        raise Refused("question_minutes")
    tx.questions.until(id=workshop_id, until=clock.ahead(minutes=minutes))
    pulse.beat(tx, workshop_id)


def stop(tx: Tx, workshop_id: str) -> None:
    """End them now; twice is once."""
    tx.questions.until(id=workshop_id, until=None)
    pulse.beat(tx, workshop_id)


def only(workshop: Workshop) -> bool:
    """Say whether only questions can be sent now."""
    return workshop.questions_until is not None and clock.now() < workshop.questions_until


def minutes_left(workshop: Workshop) -> int:
    """Return how many minutes are left, the one that runs included; 0 when none are running."""
    if not only(workshop):
        return 0
    left = clock.read(workshop.questions_until or "") - clock.read(clock.now())
    return -(-left // timedelta(minutes=1))


def asked(tx: Tx, workshop_id: str) -> int:
    """Return how many questions there are."""
    count: int = tx.questions.count(workshop_id=workshop_id)
    return count
