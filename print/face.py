"""One side of one card, laid out once: plain values that can be kept on disk and put on any sheet.

A face holds text in the two shipped weights, lines and filled shapes; nothing else. What differs from
print to print (QR, number, mark) is not in it: `slots` say where that goes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from print.typeface import Weight

Tag = list[Any]
"""A node of the reading order: `["H1", kid, …]`; a kid is a Tag, a marked content number or `"slot-…"`."""


@dataclass(frozen=True)
class Slot:
    """A place for something stamped on later, in mm from the top left of the face."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Face:
    """A finished side of `width` × `height` mm; `content` holds squeezed PDF operators.

    `fonts` maps the font names used in `content` to our weights, `alphas` the names of graphics states to
    their opacity. `tags` is the reading order, `marked` how many marked contents there are.
    """

    width: float
    height: float
    content: bytes
    fonts: dict[str, Weight]
    alphas: dict[str, dict[str, float]]
    tags: list[Tag]
    marked: int
    slots: dict[str, Slot]

    def drawn(self) -> bytes:
        """Return the PDF operators, not squeezed."""
        return zlib.decompress(self.content)

    def silent(self) -> Face:
        """Return the same face as decoration: drawn, but left out of the reading order."""
        plain = re.sub(rb"/\w+\s*<</MCID \d+>>\s*BDC", b"/Artifact BMC", self.drawn())
        return replace(self, content=zlib.compress(plain, 9), tags=[], marked=0)

    def decorated(self, drawing: bytes, ground: bytes = b"") -> Face:
        """Return the same face with more drawn on it, and on the ground under it, as decoration."""
        parts = (b"/Artifact BMC " + ground + b" EMC q ", self.drawn(), b" Q\n/Artifact BMC ", drawing, b" EMC")
        return replace(self, content=zlib.compress(b"".join(parts), 9))


_FORM: Literal["werkplaats-face/1"] = "werkplaats-face/1"


def packed(face: Face) -> bytes:
    """Return a face as bytes: one line of JSON, then the content."""
    facts = asdict(replace(face, content=b""))
    del facts["content"]
    return json.dumps({"form": _FORM, **facts}, separators=(",", ":")).encode() + b"\n" + face.content


def unpacked(data: bytes) -> Face:
    """Return the face that was packed; raises ValueError when these are not its bytes."""
    head, _, content = data.partition(b"\n")
    facts = json.loads(head)
    if not isinstance(facts, dict) or facts.pop("form", None) != _FORM:
        raise ValueError("not a packed face")
    slots = {name: Slot(**slot) for name, slot in facts.pop("slots").items()}
    return Face(content=content, slots=slots, **facts)


class Shelf:
    """Keeps faces in memory and, when a folder is given, on disk; made anew when anything changed."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._faces: dict[str, Face] = {}

    def take(self, key: str, make: Callable[[], Face]) -> Face:
        """Return the face kept under `key`, or make and keep it."""
        face = self._faces.get(key) or self._read(key)
        if face is None:
            face = make()
            self._write(key, face)
        self._faces[key] = face
        return face

    def _path(self, key: str) -> Path | None:
        return self.folder / key[:2] / f"{key}.face" if self.folder else None

    def _read(self, key: str) -> Face | None:
        path = self._path(key)
        try:
            return unpacked(path.read_bytes()) if path else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _write(self, key: str, face: Face) -> None:
        path = self._path(key)
        if not path:
            return
        data = packed(face)
        own = path.with_suffix(f".{os.getpid()}-{hashlib.sha256(data).hexdigest()[:8]}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            own.write_bytes(data)
            own.replace(path)
        except OSError:
            own.unlink(missing_ok=True)
