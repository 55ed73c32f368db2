"""How an organisation leaves an installation: everything of it is erased, but for the numbers on its paper.

Asking is a row. The work behind it (`workshop.organisation_erasing`) goes in small pieces, so that others are not held
up, can be stopped at any moment and done again, and is called done only when nothing is left.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from workshop import clock
from workshop.domain import forgetting, organisations, search
from workshop.errors import Refused
from workshop.store import Tx, owned

FILES_AT_ONCE: Final = 100


def ask(tx: Tx, organisation_id: str, typed: str) -> None:
    """Ask for everything of an organisation to be erased; nobody of it works from now on. Asking twice is asking once.

    `typed` is its name, typed over. Raises `Refused`: 'organisation_name_differs', 'organisation_busy' while paper is
    being read or something printed.
    """
    found = organisations.find(tx, organisation_id)
    if found.erasing_at:
        return
    if typed != found.name:
        said = f"Everything is only erased with the exact name: --name “{found.name}”. Nothing was erased."
        raise Refused("organisation_name_differs", said)
    if tx.organisations.busy(organisation_id=organisation_id, at=clock.now()):
        said = "Paper is being read or printed. Pause the organisation and wait for that. Nothing was erased."
        raise Refused("organisation_busy", said)
    tx.organisations.erasing(organisation_id=organisation_id, at=clock.now())
    tx.organisations.stop_stacks(organisation_id=organisation_id)
    tx.organisations.stop_orders(organisation_id=organisation_id)
    tx.organisations.sign_out(organisation_id=organisation_id)
    tx.organisations.stop_numbers(organisation_id=organisation_id, at=clock.now())
    tx.organisations.forget_turns(organisation_id=organisation_id)
    for person in organisations.people(tx, organisation_id):
        tx.organisations.forget_misses(organisation_id=organisation_id, subject=person.name.lower())
    doom(tx, organisation_id)


def doom(tx: Tx, organisation_id: str) -> None:
    """Note every file that a row of an organisation speaks of, to be deleted when no row does."""
    tx.organisations.doom(organisation_id=organisation_id)
    for row in tx.organisations.pictures_before(organisation_id=organisation_id):
        if picture := json.loads(row["before"]).get("picture"):
            tx.organisations.doom_one(organisation_id=organisation_id, file=picture)


def undone(tx: Tx) -> list[str]:
    """Return the organisations of which everything was to be erased and not all is gone."""
    return [row["id"] for row in tx.organisations.to_erase()]


def erase_some(tx: Tx, organisation_id: str, statement: str) -> int:
    """Do one of the statements of `owned.deletions` once; return how many rows it changed."""
    return tx.change(statement, organisation_id=organisation_id)


def unused_files(tx: Tx, organisation_id: str) -> tuple[Sequence[str], Sequence[str]]:
    """Return some files that are to be deleted, and which of them nobody else speaks of."""
    names = [row["file"] for row in tx.organisations.doomed(organisation_id=organisation_id, most=FILES_AT_ONCE)]
    return names, forgetting.unused(tx, names)


def deleted(tx: Tx, organisation_id: str, names: Sequence[str], gone: Sequence[str]) -> None:
    """Note that files are gone, or stay for somebody else."""
    for name in names:
        tx.organisations.undoom(organisation_id=organisation_id, file=name)
    for name in gone:
        tx.organisations.forget_size(file=name)


def left(tx: Tx, organisation_id: str) -> Mapping[str, int]:
    """Count what is still there of an organisation, by table; tables with nothing are left out."""
    asked = {name: tx.count(owned.counted(name), organisation_id=organisation_id) for name in owned.names()}
    asked["doomed"] = len(tx.organisations.doomed(organisation_id=organisation_id, most=1))
    return {name: found for name, found in asked.items() if found}


def finish(tx: Tx, organisation_id: str) -> bool:
    """Note that everything is erased, when nothing is left; say whether it is."""
    search.catch_up(tx)
    if left(tx, organisation_id):
        return False
    tx.organisations.erased(organisation_id=organisation_id, at=clock.now())
    return True
