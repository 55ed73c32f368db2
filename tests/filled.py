"""Rows in every table there is, made from the tables themselves: what moves everything is tried on all of it."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from workshop.store import schema


def fill(connection: sqlite3.Connection, rows: int, mark: str = "gevuld é “ %s ? %") -> dict[str, int]:
    """Put so many rows in every table; row i points to row i of other tables. Return how many each table has then."""
    connection.execute("pragma foreign_keys = 0")
    made = schema.tables(connection)
    for table, text in made.items():
        columns = connection.execute(f"pragma table_info({table})").fetchall()
        points = {one[3]: one[2] for one in connection.execute(f"pragma foreign_key_list({table})")}
        marks = ", ".join("?" * len(columns))
        for at in range(1, rows + 1):
            values = [_value(text, points, mark, at, *column) for column in columns]
            connection.execute(f"insert or ignore into {table} values ({marks})", values)
    assert not connection.execute("pragma foreign_key_check").fetchall()
    return {table: connection.execute(f"select count(*) from {table}").fetchone()[0] for table in made}


def _value(text: str, points: dict[str, str], mark: str, at: int, _nr: int, name: str, kind: str, *_more: Any) -> Any:
    if name in points or (kind.lower() == "text" and name in ("id", "number", "key")):
        return f"{at:026}"
    if found := re.search(rf"\b{name} \w+[^,]*check \({name} (in \(([^)]*)\)|between (\d+) and (\d+))", text):
        if found[2]:
            return next(filter(None, re.findall(r"'([^']*)'", found[2])))
        return min(int(found[3]) + at, int(found[4]))
    return {"integer": at, "bigint": at, "real": at / 8, "text": f"{name} {mark} {at}", "blob": bytes([at % 256])}[
        kind.lower()
    ]
