"""What anyone with a card can reach: the number page, a card's page, sharing, receipts, idea cards and their stubs.

Small on purpose and reviewable alone: nothing here imports `workshop.desk`, and no page needs a script.
"""

from __future__ import annotations

from workshop.public import (
    adding,
    agenda,
    card,
    photos,
    receipts,
    recognising,
    results,
    rounds,
    safety,
    sharing,
    slips,
    start,
    stub,
    wall,
)
from workshop.public.visitor import public

__all__ = [
    "adding",
    "agenda",
    "card",
    "photos",
    "public",
    "receipts",
    "recognising",
    "results",
    "rounds",
    "safety",
    "sharing",
    "slips",
    "start",
    "stub",
    "wall",
]
