"""The facts at the top of a card file (YAML), read so that a hostile file can do no harm.

Only a small, flat corner of YAML is a card: text, lists and one level of named fields. Every value is
text until the card model says otherwise, so a title may be `1984` or `nee`. Events are read one by one
instead of letting YAML build objects: no tags, no aliases, no depth that could exhaust the machine.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

import yaml

from .finding import Refusal
from .said import Said

MAX_DEPTH = 4
Value = dict[str, Any] | list[Any] | str | None


@dataclass
class _Open:
    """A list or a set of named fields that is still being read."""

    value: dict[str, Any] | list[Any]
    path: str
    key: str | None = None


@dataclass
class Matter:
    """What the front matter says, and the line (counted from 1 in the file) of every field."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def read_matter(text: str, first_line: int) -> Matter:
    """Read the YAML `text` that starts on `first_line` of a file.

    Raises `Refusal` for YAML that is broken, or that is more than plain fields and lists.
    """
    reader = _Reader(first_line)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        why = error.problem or "it cannot be read"
        raise Refusal(
            line,
            Said("these facts are not written as YAML ({why})", why=why),
            "Put a text with a colon between quotes.",
        ) from error
    except yaml.YAMLError as error:
        raise Refusal(first_line, "these facts are not written as YAML", "Remove unusual characters.") from error
    if not isinstance(reader.root, dict):
        raise Refusal(first_line, "there are no facts here", "Begin with lines such as `title: Stickers plakken`.")
    return Matter(reader.root, reader.lines)


def only_visible(text: str, first_line: int) -> None:
    """Raise `Refusal` for signs nobody can see: control signs, and signs that turn the reading direction."""
    if text.replace("\n", "").isprintable():
        return
    for number, line in enumerate(text.split("\n"), start=first_line):
        for sign in line.replace("\t", " "):
            if not sign.isprintable() and unicodedata.category(sign) != "Zs":
                raise Refusal(
                    number,
                    Said("this line holds an invisible sign (U+{code:04X})", code=ord(sign)),
                    "Type the line again.",
                )


class _Reader:
    """Builds plain values from YAML events, and remembers lines."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.root: Value = None
        self.lines: dict[str, int] = {}
        self.open: list[_Open] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        line = self.first_line + event.start_mark.line
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise Refusal(line, "the facts hold a second `---`", "Remove it.")
        elif isinstance(event, yaml.AliasEvent):
            raise Refusal(line, "the facts use `*`, a reference to another place", "Write the words out.")
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, line)

    def _node(self, event: Any, line: int) -> None:
        if event.anchor or (event.tag and event.tag != "!"):
            raise Refusal(
                line, "the facts use `&` or `!`, which YAML reads as a command", "Use quotes around the text."
            )
        if isinstance(event, yaml.ScalarEvent):
            plain_and_empty = event.implicit[0] and event.value in ("", "~", "null")
            words = " ".join(event.value.split())  # every fact is one line of text
            only_visible(words, line)
            self._put(None if plain_and_empty else words, line)
            return
        if len(self.open) >= MAX_DEPTH:
            raise Refusal(line, "the facts have lists inside lists inside lists", "Write them flat.")
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._put(value, line)
        self.open.append(_Open(value, path))

    def _put(self, value: Value, line: int) -> str:
        """Put a value where it belongs; return its dotted path."""
        if not self.open:
            self.root = value
            return ""
        into = self.open[-1]
        if isinstance(into.value, list):
            name = str(len(into.value))
            into.value.append(value)
        elif into.key is None:
            self._name(into, value, line)
            return into.path
        else:
            name, into.key = into.key, None
            into.value[name] = value
        path = f"{into.path}.{name}" if into.path else name
        self.lines.setdefault(path, line)
        return path

    def _name(self, into: _Open, name: Value, line: int) -> None:
        if not isinstance(name, str):
            raise Refusal(line, "this fact has no name", "Write `name: value`.")
        if name in into.value:
            raise Refusal(line, Said("`{name}` is written twice", name=name), "Keep one.")
        into.key = name
        self.lines[f"{into.path}.{name}" if into.path else name] = line
