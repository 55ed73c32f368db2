"""What the whole application shares: settings, store, files, decks, and the children that do risky work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from flask import current_app

from cards.card import Card
from cards.deck import Library, load
from workshop.apart import Apart
from workshop.domain import own_cards, own_library, quotas
from workshop.files import Files, open_files
from workshop.settings import Settings
from workshop.store import Store, Tx, open_store

if TYPE_CHECKING:
    from workshop.jobs import Jobs

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class House:
    """The parts of a running installation. Close it when done."""

    settings: Settings
    store: Store
    files: Files
    library: Library
    photos: Apart
    press: Apart
    preview: Apart
    scan: Apart
    _shelves: dict[str, tuple[int, Library]] = field(default_factory=dict)

    @classmethod
    def open(cls, settings: Settings) -> House:
        """Open the data folder of these settings, making it when it is not there."""
        return cls(
            settings,
            open_store(settings.store_at),
            open_files(settings),
            load(settings.deck_folders),
            photos=Apart(megabytes=1024, seconds=20),
            press=Apart(megabytes=3072, seconds=240),
            preview=Apart(megabytes=3072, seconds=30),
            scan=Apart(megabytes=2048, seconds=60),
        )

    def library_of(self, workshop_id: str) -> Library:
        """Return the built-in cards together with a workshop's own; read again only when those changed."""
        version = self.store.read(own_library.version, workshop_id)
        known = self._shelves.get(workshop_id)
        if known is None or known[0] != version:
            known = version, own_library.joined(self.library, self.store.read(own_library.shelf, workshop_id))
            self._shelves[workshop_id] = known
        return known[1]

    def picture_of(self, workshop_id: str, card: Card) -> bytes:
        """Return the picture on one of a workshop’s own cards; nothing when a folder has it, or there is none."""
        file = self.store.read(own_cards.picture_file, workshop_id, card.picture.file) if card.picture else None
        return self.files.read(file) if file else b""

    def keep(self, data: bytes, kind: str) -> str:
        """Store a file and note how large it is; return its name. Raises `StoreFull`."""
        file = self.files.keep(data, kind)
        self.store.write(quotas.note_size, file, len(data))
        return file

    def close(self) -> None:
        """Stop the children, whatever they are at, and close the store."""
        for child in (self.photos, self.press, self.preview, self.scan):
            child.halt()
            child.close()
        self.store.close()


def house() -> House:
    """Return the house of the application that answers this request."""
    return cast(House, current_app.extensions["werkplaats"])


def read(look: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a domain function that only looks."""
    return house().store.read(look, *args, **kwargs)


def write(work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a domain function that may change things."""
    return house().store.write(work, *args, **kwargs)


def nudge() -> None:
    """Say that there is something to print or to read; comes back at once. Without it, it begins a moment later."""
    if jobs := _jobs():
        jobs.nudge()


def _jobs() -> Jobs | None:
    return cast("Jobs | None", current_app.extensions.get("werkplaats-jobs"))
