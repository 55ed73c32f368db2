"""Which database engine this machine has, tried before anybody trusts it with an idea."""

from __future__ import annotations

import sqlite3
from contextlib import closing


def version() -> str:
    """Return the version of SQLite after trying its full-text search; raises `sqlite3.Error` when that fails."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("create virtual table words using fts5(text)")
    return sqlite3.sqlite_version
