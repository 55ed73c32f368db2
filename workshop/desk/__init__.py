"""The desk: what facilitators reach. Each module holds the pages of one noun; `guard` decides who enters.

Participants never come here, and nothing in `workshop.public` may import it.
"""

from __future__ import annotations

from workshop.desk import (
    account,
    camera,
    cards,
    exporting,
    helping,
    ideas,
    inviting,
    live,
    looking,
    making,
    own,
    own_sharing,
    own_writing,
    paper_words,
    printing,
    recipes,
    rounds,
    signing,
    slips,
    stacks,
    typing,
    verbs,
    walls,
)
from workshop.desk.guard import desk

__all__ = [
    "account",
    "camera",
    "cards",
    "desk",
    "exporting",
    "helping",
    "ideas",
    "inviting",
    "live",
    "looking",
    "making",
    "own",
    "own_sharing",
    "own_writing",
    "paper_words",
    "printing",
    "recipes",
    "rounds",
    "signing",
    "slips",
    "stacks",
    "typing",
    "verbs",
    "walls",
]
