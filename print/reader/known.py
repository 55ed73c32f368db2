"""What was printed, for the reader to compare with. Never the decoder alone decides whose paper it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from print.forms import address


@dataclass(frozen=True)
class Known:
    """One printed symbol: the number (8 digits), the code of its form (2 signs) and its key (6 signs)."""

    number: str
    code: str
    key: str


@dataclass(frozen=True)
class Register:
    """Everything one workshop printed. `base` is the address in its symbols; `keep` a folder for what was learned."""

    base: str
    known: tuple[Known, ...]
    keep: Path | None = None
    _places: dict[tuple[str, str], Known] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {(one.number, one.code): one for one in self.known})

    def find(self, number: str, code: str, key: str) -> Known | None:
        """Return what was printed with this number, code and key; None when one of them differs."""
        one = self._places.get((number, code))
        return one if one and one.key == key.upper() else None

    def text(self, one: Known) -> str:
        """Return what its symbol says."""
        return address(self.base, one.number, one.code, one.key)
