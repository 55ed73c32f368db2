"""Every change to the tables, in order. Migrations are only ever added, never edited.

Each is an `.sql` file in `schema/`, applied in one transaction together with the record of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from sqlite_utils import Database, Migrations

from workshop.errors import StoreUnusable

migrations = Migrations("werkplaats")
_SCHEMA = files("workshop.store") / "schema"


def _add(name: str) -> None:
    text = (_SCHEMA / f"{name}.sql").read_text(encoding="utf-8")

    def apply(db: Database) -> None:
        db.executescript(text)

    migrations(name=name)(apply)


NAMES = (
    "001_start",
    "002_own_cards",
    "003_paper",
    "005_stacks",
    "008_phone",
    "009_curating",
    "010_search",
    "011_rounds",
    "012_painting",
    "013_rhythm",
    "014_network",
    "015_work",
    "016_organisations",
    "017_indexes",
)
for _name in NAMES:
    _add(_name)


def refuse_newer(applied: Iterable[str]) -> None:
    """Raise `StoreUnusable` when a store has changes that this version does not know: it would store half of things."""
    if newer := sorted(set(applied) - set(NAMES)):
        raise StoreUnusable(
            f"A newer version of Werkplaats changed this store ({newer[-1]}). Nothing was changed now. "
            "Use that version again, or restore a backup of before."
        )
