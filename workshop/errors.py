"""What can go wrong, in words for the person it happens to.

Every error says what happened, whether paper or text is safe, and what to do now. `Refused` is for
people (pages show it, the command line prints it with exit code 2); the others stop the program.
"""

from __future__ import annotations

from typing import Any


class WerkplaatsError(Exception):
    """The root of all our own errors."""


class Refused(WerkplaatsError):
    """Something that cannot be done as asked. `code` names the case, so pages can say it in two languages."""

    def __init__(self, code: str, message: str = "", **values: str) -> None:
        super().__init__(message or code)
        self.code = code
        self.values = values

    def __reduce__(self) -> tuple[Any, ...]:
        """Stay whole on the way back from a child process."""
        return (_refused, (self.code, str(self), self.values))


def _refused(code: str, message: str, values: dict[str, str]) -> Refused:
    return Refused(code, message, **values)


class Stale(WerkplaatsError):
    """Somebody else changed it in the meantime; `now` is how it is now."""

    def __init__(self, now: object) -> None:
        super().__init__("Somebody else changed this in the meantime.")
        self.now = now


class StoreUnusable(WerkplaatsError):
    """The store cannot be trusted with anything; the program does not start."""


class StoreFull(WerkplaatsError):
    """The disk is full; what was sent is not stored."""


class FilesAway(StoreFull):
    """Where pictures and prints are kept does not answer; a picture that was sent is not stored, words still are."""


class StoreAway(StoreFull):
    """The store does not answer, or moved to another place; what was sent is not stored."""
