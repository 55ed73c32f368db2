"""Every setting on one line: name, default, help. The command line, the docs and the tests derive from it.

A setting comes from an option on the command line, else from the environment (`WERKPLAATS_BASE`), else
from its default. The only module that reads the environment.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_type_hints

from workshop.errors import Refused

PREFIX = "WERKPLAATS_"


def _setting(default: Any, said: str) -> Any:
    return field(default=default, metadata={"help": said})


@dataclass(frozen=True)
class Settings:
    """How this installation runs. Make it with `Settings.of(…)`."""

    data: Path = _setting(Path("werkplaats-data"), "folder for the store, pictures and prints")  # noqa: RUF009 (a Path cannot change)
    store: str = _setting(
        "", "database to keep everything in: postgresql://name:password@host/name; else a file in the data folder"
    )
    files: str = _setting(
        "",
        "object storage for pictures and prints: s3://key:secret@host/bucket, s3+http:// without TLS; "
        "else a folder in the data folder",
    )
    queue: str = _setting(
        "",
        "Redis through which workers hear of printing and reading: redis://host:6379/0; serve then leaves all work to "
        "`werkplaats worker`, else serve works itself and workers beside it look every two seconds",
    )
    base: str = _setting("", "the installation's own web address, as printed: https://werkplaats.nl")
    host: str = _setting("127.0.0.1", "network address to listen on; 0.0.0.0 is every network of this machine")
    port: int = _setting(8080, "port to listen on")
    decks: str = _setting("", "folders with cards of your own, separated by ':'")
    proxies: int = _setting(0, "how many trusted proxies stand in front (their X-Forwarded headers count)")
    threads: int = _setting(32, "how many requests are answered at the same time")
    log: str = _setting("text", "how lines of the log look: text, or json for a program that gathers them")
    metrics_key: str = _setting("", "secret that whoever reads /metrics sends as bearer token; empty: nobody reads it")

    @classmethod
    def of(cls, **given: Any) -> Settings:
        """Return settings from options, environment and defaults; raises `Refused` for an unusable value."""
        types = get_type_hints(cls)
        values: dict[str, Any] = {}
        for one in fields(cls):
            value = given.get(one.name)
            if value is None:
                value = os.environ.get(PREFIX + one.name.upper())
            if value is None:
                continue
            try:
                values[one.name] = types[one.name](value)
            except ValueError:
                raise Refused("setting", f"{one.name} cannot be “{value}”. Give a number.") from None
        made = cls(**values)
        return replace(made, data=made.data.absolute())  # Flask looks for relative paths beside its own code

    @property
    def deck_folders(self) -> list[Path]:
        """Return the folders with cards of one's own."""
        return [Path(part) for part in self.decks.split(os.pathsep) if part]

    @property
    def store_path(self) -> Path:
        """Return where the store lies when it is a file."""
        return self.data / "werkplaats.db"

    @property
    def store_at(self) -> Path | str:
        """Return where the store is: a file, or the address of a database."""
        return self.store or self.store_path

    @property
    def begun(self) -> bool:
        """Say whether there can be something in this installation already."""
        return bool(self.store) or any(self.data.glob(f"{self.store_path.stem}*.db"))


def cache_folder() -> Path:
    """Return the folder for laid-out card faces when there is no data folder: safe to delete."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "werkplaats" / "faces"
