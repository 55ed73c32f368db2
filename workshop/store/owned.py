"""Which rows belong to whom, read from how tables point to each other: so that a new table is never forgotten.

A table belongs to an organisation when a row of it points to one, or to a row that does. Rows of a table are found,
counted and deleted by the shortest such way; what points both ways is cut loose first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from workshop.store import schema

OWNER: Final = "organisation"
LAST: Final = ("doomed",)
"""Tables that say what is still to be done when the rows are gone."""
BATCH: Final = 200


@dataclass(frozen=True)
class Way:
    """How a row of a table finds the row it belongs to: a column of its own, and the table and column it points to."""

    column: str
    table: str
    key: str
    maybe: bool


@dataclass(frozen=True)
class Owned:
    """A table of which rows belong to somebody: by any of its `ways`, which is one unless it may be empty."""

    name: str
    keys: tuple[str, ...]
    ways: tuple[Way, ...]
    loose: tuple[str, ...]
    """Columns that may be empty and point to what belongs to the same owner: emptied before anything is deleted."""


@cache
def tables() -> tuple[Owned, ...]:
    """Return the tables of an organisation's own, those first that nothing else of it points to."""
    points, keys = _points()
    owned = {name: ways for name, ways in _ways(points).items() if name not in LAST}
    found = {name: Owned(name, keys[name], ways, _loose(points[name], ways, owned)) for name, ways in owned.items()}
    return tuple(found[name] for name in _order(found, points))


def _loose(points: tuple[Way, ...], ways: tuple[Way, ...], owned: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(way.column for way in points if way.maybe and way not in ways and way.table in owned)


def rows_of(name: str) -> str:
    """Return the condition under which a row of a table belongs to organisation `:organisation_id`."""
    if name == OWNER:
        return "id = :organisation_id"
    (table,) = (one for one in tables() if one.name == name)
    found = [
        f'"{way.column}" in (select "{way.key}" from "{way.table}" where {rows_of(way.table)})' for way in table.ways
    ]
    return " or ".join(found)


def deletions() -> Iterator[str]:
    """Return statements that each empty or delete at most a batch of rows of `:organisation_id`, in their order.

    Each is to be done until it changes nothing. The row of the organisation itself stays.
    """
    for table in tables():
        for column in table.loose:
            yield f'update "{table.name}" set "{column}" = null where {_some(table, f"""and "{column}" is not null""")}'
    for table in tables():
        yield f'delete from "{table.name}" where {_some(table)}'


def names() -> list[str]:
    """Return the names of the tables of an organisation's own."""
    return [table.name for table in tables()]


def counted(name: str) -> str:
    """Return the statement that counts what `:organisation_id` has in a table."""
    return f'select count(*) as found from "{name}" where {rows_of(name)}'


def _some(table: Owned, more: str = "") -> str:
    keys = ", ".join(f'"{key}"' for key in table.keys)
    return f'({keys}) in (select {keys} from "{table.name}" where ({rows_of(table.name)}) {more} limit {BATCH})'


def _points() -> tuple[Mapping[str, tuple[Way, ...]], Mapping[str, tuple[str, ...]]]:
    """Return what each table points to, and by which columns its rows are told apart."""
    points, keys = {}, {}
    with schema.empty() as memory:
        for name in schema.tables(memory):
            columns = memory.execute(f'pragma table_info("{name}")').fetchall()
            maybe = {one[1] for one in columns if not one[3] and not one[5]}
            keys[name] = tuple(one[1] for one in columns if one[5])
            rows = memory.execute(f'pragma foreign_key_list("{name}")').fetchall()
            points[name] = tuple(Way(row[3], row[2], row[4], row[3] in maybe) for row in rows)
    return points, keys


def _ways(points: Mapping[str, tuple[Way, ...]]) -> dict[str, tuple[Way, ...]]:
    """Return by which way the rows of each table are found, the nearest to the owner first."""
    found: dict[str, tuple[Way, ...]] = {OWNER: ()}
    while True:
        new = _nearer(points, found, maybe=False) or _nearer(points, found, maybe=True)
        if not new:
            del found[OWNER]
            return found
        found |= new


def _nearer(
    points: Mapping[str, tuple[Way, ...]], found: Mapping[str, tuple[Way, ...]], *, maybe: bool
) -> dict[str, tuple[Way, ...]]:
    """Return the tables that point to what was found, by a column that is always filled, or by any that may be."""
    new = {}
    for name, ways in points.items():
        near = tuple(way for way in ways if way.table in found and way.table != name and way.maybe == maybe)
        if name not in found and near:
            new[name] = near if maybe else (min(near, key=lambda way: (way.table != "workshop", way.column)),)
    return new


def _order(found: Mapping[str, Owned], points: Mapping[str, tuple[Way, ...]]) -> list[str]:
    """Return the names of tables so that none comes before one that must point to it."""
    left, order = dict(found), []
    while left:
        wanted = {
            way.table
            for name, table in left.items()
            for way in points[name]
            if way.table != name and (not way.maybe or way in table.ways)
        }
        free = [name for name in left if name not in wanted]
        if not free:
            raise AssertionError(f"{sorted(left)} must point to each other")
        order += free
        for name in free:
            del left[name]
    return order
