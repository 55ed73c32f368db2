"""Erasing the names of a workshop that ended: in the store, in every file, and in what is kept to be quick.

The row is the truth: it begins when somebody asked, and is done again by the sweeper until nothing is left. Everything
here can be stopped at any moment and done again, also by two processes at once.
"""

from __future__ import annotations

import logging
import shutil

from workshop.domain import endings
from workshop.erasing import NOTHING, erase_form
from workshop.house import House

log = logging.getLogger("werkplaats.ending")


def erase_asked(house: House) -> None:
    """Erase the names of every workshop where that was asked for; one that fails keeps no other waiting."""
    for workshop_id in house.store.read(endings.undone):
        try:
            erase(house, workshop_id)
        except Exception:
            log.exception("Names of workshop %s could not be erased; it is tried again in a moment.", workshop_id)


def forget_faces(house: House) -> None:
    """Remove the laid-out pages that this machine keeps to be quick, when names were erased since: also elsewhere."""
    last, note = house.store.read(endings.last_erased), house.settings.data / "faces-forgotten"
    if last != (note.read_text("utf-8") if note.exists() else ""):  # earlier too: when what was last went altogether
        shutil.rmtree(house.settings.data / "faces", ignore_errors=True)
        note.write_text(last, "utf-8")


def erase(house: House, workshop_id: str) -> bool:
    """Erase all names of a workshop, and say whether nothing is left; what is left is tried again."""
    nothing = house.files.keep(NOTHING, "scan", reserve=False)
    gone = house.store.write(endings.erase_words, workshop_id, nothing)
    if forms := house.store.read(endings.forms_left, workshop_id):
        for number in forms:
            erase_form(house, number)
        gone = house.store.write(endings.erase_words, workshop_id, nothing)  # the pages they were on
    for name in gone:
        house.files.remove(name)
    house.store.write(endings.deleted, workshop_id)
    shutil.rmtree(house.settings.data / "faces", ignore_errors=True)  # laid-out pages, with words in them
    for copy in house.settings.store_path.parent.glob(f"{house.settings.store_path.stem}-before-*.db"):
        copy.unlink(missing_ok=True)  # how the store was before an upgrade
    done = house.store.write(endings.finish, workshop_id)
    house.store.forget()
    return done
