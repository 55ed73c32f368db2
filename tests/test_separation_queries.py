"""No query without its owner: every query that touches what belongs to somebody is bound to who that is.

Bound is: held equal to a workshop, organisation, facilitator or phone; to a secret or number that somebody holds in the
hand; or to the key of one thing, which whoever asks got from a query that is bound (`test_separation` tries all keys of
another organisation at every address). What is bound to nothing is listed here, with the reason why it may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from workshop.store import owned

OWNERS: Final = ("workshop_id", "organisation_id", "facilitator_id", "device", "mine")
HELD: Final = ("number", "slip", "receipt", "token", "send_key", "voter", "key", "name", "file")
"""What somebody holds or knows: paper, a link, a receipt, a name to sign in with, the content of a file."""
OF_ONE: Final = re.compile(r"(\w+_)?id|merged_into")
"""Columns that tell one thing from all others: `id`, `idea_id`, `meeting_id`."""
UNBOUND: Final = {
    "endings.last_erased": "when a workshop or organisation of anybody was erased last: a moment",
    "erased_later.ended": "for the command line that erases again what an old backup brought back",
    "erased_later.backs": "for the command line that erases again what an old backup brought back",
    "erased_later.slips": "for the command line that erases again what an old backup brought back",
    "erased_later.names": "for the command line that erases again what an old backup brought back",
    "erased_later.taken_away": "for the command line that erases again what an old backup brought back",
    "facilitators.by_name": "the name somebody signs in with",
    "looking.newest": "a number that says nothing: whether anybody at all looked since",
    "workshops.addresses": "the host names this installation answers to, before anybody is known",
    "workshops.everything": "for the command line of who runs the installation",
    "workshops.some_open": "at most two, to tell a visitor whom to call when there is only one of one organisation",
    "facilitators.first": "for the command line that makes the first link",
    "ideas.due_for_erasing": "the sweeper: whose half hour is over, each erased by its own key",
    "endings.undone": "the sweeper: workshops whose names are to be erased, each done by its own key",
    "misses.forget": "the sweeper: wrong guesses of a week ago",
    "orders.undone": "work that waits, for whoever prints",
    "own.forget_parcels": "the sweeper: parcels nobody took in",
    "photographed.forget_devices": "the sweeper: which phone sent a photo, a day later",
    "photographed.left_behind": "the sweeper: photos to erase, each by its own card",
    "stacks.undone": "work that waits, for whoever reads",
    "stacks.slips_to_redact": "the sweeper: forms to paint over, each by its own number",
    "stacks.backs_to_erase": "the sweeper: backs to erase, each by its own number",
    "newest.key": "the clock of all keys: the newest there is",
    "organisations.read_on": "the sweeper: stacks that waited for pages, by the limit of their own organisation",
    "organisations.unmeasured": "the sweeper: sizes of files",
    "search.add_stale": "the table of words catches up with all ideas; looking in it is bound to a workshop",
    "search.postgres.add_stale": "nothing: PostgreSQL keeps up by itself",
    "search.postgres.drop_gone": "nothing: PostgreSQL keeps up by itself",
    "search.postgres.drop_stale": "nothing: PostgreSQL keeps up by itself",
    "search.postgres.none_stale": "nothing: PostgreSQL keeps up by itself",
    "search.postgres.rebuild": "nothing: PostgreSQL keeps up by itself",
    "totals.now": "counts of the whole installation, for who runs it",
    "work.next_order": "whose turn it is to be printed",
    "work.next_stack": "whose turn it is to be read",
    "work.orders_wait": "how much waits: a number",
    "work.stacks_wait": "how much waits: a number",
}


def queries() -> Iterator[tuple[str, str]]:
    """Return every query by noun and verb, without its remarks."""
    for file in (files("workshop.store") / "queries").iterdir():
        for part in re.split(r"^-- name: ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _, body = part.partition("\n")
            yield f"{file.name.removesuffix('.sql')}.{name.strip(' ^$!<>')}", re.sub(r"--.*", "", body)


def touches(text: str) -> set[str]:
    """Return the tables of somebody's own that a query reads or writes."""
    named = re.findall(r"\b(?:from|join|into|update)\s+\"?(\w+)\"?", text, re.IGNORECASE)
    return {name.lower() for name in named} & set(owned.names())


def bound(text: str) -> bool:
    """Say whether a query is held equal to an owner, or to something that only who may see it has."""
    if text.lstrip().lower().startswith("insert"):
        return any(_binds(name) for name in re.findall(r":(\w+)", text))
    equal = re.findall(r"(?:\b|\")(\w+)\"?\)?\s*(?:=|in)\s*\(?(?:lower\()?:(\w+)", text)
    return any(_binds(column) for column, _ in equal)


def _binds(name: str) -> bool:
    return name in OWNERS or name in HELD or bool(OF_ONE.fullmatch(name))


def loose() -> set[str]:
    """Return the queries that touch what is somebody's and are bound to nobody."""
    return {name for name, text in queries() if touches(text) and not bound(text)}


def test_every_query_has_an_owner_or_a_reason() -> None:
    assert loose() - set(UNBOUND) == set()


def test_every_reason_is_of_a_query_that_needs_one() -> None:
    assert set(UNBOUND) - loose() == set()


def test_there_are_queries_and_tables_to_look_at() -> None:
    found = dict(queries())
    assert len(found) > 500
    assert sum(bool(touches(text)) for text in found.values()) > 450
    assert touches(found["doors.by_number"]) == {"door"}
    assert touches(found["work.heard"]) == set()


def test_a_query_without_an_owner_would_be_seen() -> None:
    for bad in (
        "select * from idea order by made_at limit 50;",
        "select words from idea where status = :status and made_at > :since;",
        "update workshop set closed_at = :at;",
        "delete from stack where brought_at < :before;",
        "select idea.* from idea join workshop on workshop.id = idea.workshop_id where workshop.language = :language;",
        "select count(*) from page where tray = :tray and :workshop_id <> '';",
    ):
        assert touches(bad), bad
        assert not bound(bad), bad
    for good in (
        "select * from idea where workshop_id = :workshop_id;",
        "update stack set state = 'read' where id = :id;",
        "select * from facilitator where lower(name) = lower(:name);",
    ):
        assert bound(good), good
