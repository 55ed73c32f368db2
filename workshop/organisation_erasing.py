"""Erasing everything of an organisation: rows in small pieces, then files, then what is kept to be quick.

The row is the truth: it begins when somebody asked, and is done again by whoever tidies until nothing is left.
"""

from __future__ import annotations

import logging
import shutil
import time
from typing import Final

from workshop.domain import leaving
from workshop.house import House
from workshop.store import owned

log = logging.getLogger("werkplaats.organisations")
TRIES: Final = 20
"""How often the journal is emptied: it cannot be while somebody reads, and nobody reads for long."""


def erase_asked(house: House) -> None:
    """Erase every organisation of which that was asked; one that fails keeps no other waiting."""
    for organisation_id in house.store.read(leaving.undone):
        try:
            erase(house, organisation_id)
        except Exception:
            log.exception("An organisation could not be erased; it is tried again in a minute.")


def erase(house: House, organisation_id: str) -> bool:
    """Erase everything of an organisation for which that was asked; say whether nothing is left."""
    house.files.reach()  # else a row would forget a file that is still there
    house.store.write(leaving.doom, organisation_id)
    for statement in owned.deletions():
        while house.store.write(leaving.erase_some, organisation_id, statement):
            pass
    while (found := house.store.read(leaving.unused_files, organisation_id))[0]:
        names, gone = found
        for name in gone:
            house.files.remove(name)
        house.store.write(leaving.deleted, organisation_id, names, gone)
    shutil.rmtree(house.settings.data / "faces", ignore_errors=True)  # laid-out pages, with words in them
    for copy in house.settings.store_path.parent.glob(f"{house.settings.store_path.stem}-before-*.db"):
        copy.unlink(missing_ok=True)  # how the store was before an upgrade
    done = house.store.write(leaving.finish, organisation_id)
    _empty_journal(house)
    return done


def _empty_journal(house: House) -> None:
    journal = house.settings.store_path.with_name(house.settings.store_path.name + "-wal")
    for _ in range(TRIES):
        house.store.forget()
        if not journal.exists() or not journal.stat().st_size:
            return
        time.sleep(0.1)
