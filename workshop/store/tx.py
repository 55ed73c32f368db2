"""A transaction as domain functions see it: the queries of each noun, the same on every engine.

Queries are `.sql` files, one for each noun. Their text runs on SQLite and on PostgreSQL; only `search` has a second
file, `search.postgres.sql`, since looking for words is the one thing the engines do each in their own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import aiosql
from aiosql.adapters.pyformat import PyFormatAdapter

Engine = Literal["sqlite", "postgres"]
_SUFFIX: Final = ".postgres"


class _Psycopg(PyFormatAdapter):
    """How psycopg wants its parameters: a percent sign of our own is written twice."""

    def process_sql(self, query_name: str, op_type: Any, sql: str) -> str:
        """Return the text of a query for psycopg."""
        return str(super().process_sql(query_name, op_type, sql.replace("%", "%%")))  # type: ignore[no-untyped-call]


_DRIVERS: Final[dict[Engine, Any]] = {"sqlite": "sqlite3", "postgres": _Psycopg}


class Tx:
    """A connection in a transaction, with the queries of each noun: `tx.ideas.visible(door_id=…)`.

    `batch` names what is being done in one go, so that it can be undone in one go; '' is one thing at a time.
    """

    def __init__(self, connection: Any, engine: Engine) -> None:
        self._connection, self._engine = connection, engine
        self.batch = ""

    def __getattr__(self, noun: str) -> Any:
        bound = _Noun(_queries(self._engine)[noun], self._connection)
        setattr(self, noun, bound)
        return bound

    def change(self, text: str, **values: Any) -> int:
        """Run a statement made of how the tables are (`owned`); return how many rows it changed."""
        return int(self._run(text, values).rowcount)

    def count(self, text: str, **values: Any) -> int:
        """Ask a question made of how the tables are that has one number, `found`, as its answer."""
        return int(self._run(text, values).fetchone()["found"])

    def _run(self, text: str, values: dict[str, Any]) -> Any:
        if self._engine == "postgres":
            for name in values:
                text = text.replace(f":{name}", f"%({name})s")
        return self._connection.execute(text, values)


class _Noun:
    def __init__(self, queries: Any, connection: Any) -> None:
        self._queries, self._connection = queries, connection

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        run = getattr(self._queries, verb)

        def bound(**values: Any) -> Any:
            found = run(self._connection, **values)
            return list(found) if isinstance(found, Iterator) else found

        setattr(self, verb, bound)
        return bound


@cache
def _queries(engine: Engine) -> dict[str, Any]:
    there = {file.name.removesuffix(".sql"): file for file in (files("workshop.store") / "queries").iterdir()}
    nouns = {name for name in there if not name.endswith(_SUFFIX)}
    own = {noun: there.get(noun + _SUFFIX, there[noun]) if engine == "postgres" else there[noun] for noun in nouns}
    return {
        noun: aiosql.from_str(file.read_text(encoding="utf-8"), _DRIVERS[engine], mandatory_parameters=False)
        for noun, file in own.items()
    }
