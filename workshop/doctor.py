"""`werkplaats doctor`: does this machine do what the product promises? Tried, not guessed.

Prints one real card and reads its QR back, checks the letters, the disk and the store.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workshop.errors import WerkplaatsError
from workshop.files.folder import Folder
from workshop.files.spool import RESERVE
from workshop.settings import Settings


@dataclass(frozen=True)
class Check:
    """One thing that was tried: what, whether it is fine, and what was seen or what to do."""

    what: str
    fine: bool
    said: str


def examine(settings: Settings) -> list[Check]:
    """Try everything and return what was seen; never raises."""
    return [_tried(what, look) for what, look in _checks(settings)]


def _checks(settings: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "press", _press
    yield "cards", lambda: _cards(settings)
    yield "SQLite", _sqlite
    yield "disk", lambda: _disk(settings)
    if settings.files:
        yield "files", lambda: _bucket(settings)
    if settings.begun:
        yield "store", lambda: _store(settings)
    if settings.queue:
        yield "queue", lambda: _queue(settings)
        yield "workers", lambda: _workers(settings)


def _tried(what: str, look: Callable[[], str]) -> Check:
    try:
        return Check(what, True, look())
    except Exception as error:
        return Check(what, False, str(error) or type(error).__name__)


def _press() -> str:
    """Print one card with a number and read its QR from the picture of the page."""
    from cards.deck import load
    from print import documents, reader
    from print.documents import Item
    from print.imprint import Door, Imprint

    library = load()
    card = next(card for card in library.cards("nl") if card.share and card.size == "A5")
    door = Door("274195", "K7Q2M9XT4R", "anker")
    imprint = Imprint("Proef", "werkplaats.nl", "https://werkplaats.nl", "Marijke", "06 12 34 56 78")
    made = documents.deck(
        [Item(card, library.deck_of(card), door, 1)],
        format="a5",
        imprint=imprint,
        title="Proef",
        language="nl",
        cache=None,
    )
    seen = reader.codes(reader.picture(made[0].pdf, 0, 150))
    wanted = f"HTTPS://WERKPLAATS.NL/{door.number}{door.key}"
    if seen != [wanted]:
        raise WerkplaatsError(f"The QR of a printed card reads {seen}. Install the package again.")
    return f"a card prints ({len(made[0].pdf) // 1024} kB) and its QR reads back"


def _cards(settings: Settings) -> str:
    from cards.deck import load

    library = load(settings.deck_folders)
    wrong = [one for one in library.problems if one.level == "error"]
    if wrong:
        raise WerkplaatsError(f"{len(wrong)} cards cannot be read. Run werkplaats cards check.")
    return f"{len(library.cards('nl'))} in Dutch, {len(library.cards('en'))} in English, {len(library.decks)} decks"


def _sqlite() -> str:
    from workshop.store import engine

    return f"{engine.version()}, one writer at a time"


def _disk(settings: Settings) -> str:
    near = next(folder for folder in (settings.data.absolute(), *settings.data.absolute().parents) if folder.exists())
    with tempfile.TemporaryDirectory(dir=near) as folder:
        Folder(Path(folder)).keep(b"%PDF-", "pdf")
    free = shutil.disk_usage(near).free
    if free < 3 * RESERVE:
        raise WerkplaatsError(f"Only {free >> 20} MB free in {settings.data}. Make room before the meeting.")
    return f"{settings.data} can be written, {free >> 30} GB free"


def _bucket(settings: Settings) -> str:
    from workshop.files.bucket import Bucket
    from workshop.files.trying import tried

    return tried(Bucket(settings.files, settings.data / "fetched"))


def _store(settings: Settings) -> str:
    from workshop.domain import workshops
    from workshop.store import open_store

    store = open_store(settings.store_at)
    try:
        if not store.sound():
            raise WerkplaatsError("The store is damaged. Stop the server and start from your last backup with --data.")
        return f"sound, {len(store.read(workshops.everything))} workshops"
    finally:
        store.close()


def _queue(settings: Settings) -> str:
    from workshop import nudges

    return f"Redis answers, {nudges.answers(settings)} nudges lie there"


def _workers(settings: Settings) -> str:
    from workshop.domain import work
    from workshop.store import open_store

    store = open_store(settings.store_at)
    try:
        heard = store.read(work.heard)
    finally:
        store.close()
    if not heard:
        raise WerkplaatsError("None was heard of for a minute, so nothing is printed or read. Start werkplaats worker.")
    return f"{len(heard)} heard of in the last minute: {', '.join(heard)}"
