"""Sweeping: a file that nobody speaks of any more goes, such as a photo that was never sent with its idea.

Looking at every file takes long, and meanwhile people go on: the same photo may be handed in again. So right before a
file goes, both are asked once more: does a row speak of it, and did somebody store it again?
"""

from __future__ import annotations

from typing import Final

from workshop.domain import forgetting
from workshop.files.contract import KINDS
from workshop.house import House

UNSENT_HOURS: Final = 48
"""How long a file may wait for its row: as long as a phone keeps an idea that it could not send."""
ASK_AT_ONCE: Final = 100
"""Of how many files one look at the store asks: it must not be one long look."""


def sweep(house: House) -> None:
    """Delete the files of every kind that nobody speaks of, and that nobody stored again for two days."""
    for kind in KINDS:
        names = house.files.older(kind, UNSENT_HOURS)
        for at in range(0, len(names), ASK_AT_ONCE):
            for name in house.store.read(forgetting.unused, names[at : at + ASK_AT_ONCE]):
                _remove(house, name)


def _remove(house: House, name: str) -> None:
    """Delete a file, unless it was handed in again; a write sees every row that was acknowledged before it."""
    if house.store.write(forgetting.unused, [name]) and not house.files.young(name, UNSENT_HOURS):
        house.files.remove(name)
