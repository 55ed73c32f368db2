"""From a Markdown file to a `Card`, or to a clear list of what to change in the file.

Nothing here trusts the file: somebody else may have written it. A card is at most 64 kB of plain UTF-8;
its facts are read by `cards.matter` and its words by `cards.body`.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .body import read_body
from .card import Card, Kind, Language
from .finding import CardError, Refusal
from .matter import Matter, only_visible, read_matter
from .said import Said

MAX_BYTES = 64 * 1024
FENCE = "---"
OURS = {"sections", "path", "lines", "schema_"}  # made here, never written in a file
FIELDS = sorted({field.alias or name for name, field in Card.model_fields.items()} - OURS)


def read_card(path: Path) -> Card:
    """Read one card file. Raises `CardError` with every problem, each with its line and its cure."""
    try:
        return parse_card(read_text(path), path)
    except Refusal as problem:
        raise CardError(problem.at(path)) from problem


@lru_cache(maxsize=1024)
def parse_card(text: str, path: Path) -> Card:
    """Read the text of a card; `path` is only used to name the file. Raises `CardError`."""
    try:
        only_visible(text, 1)
        facts, body, body_line = _split(text)
        matter = read_matter(facts, 2)
    except Refusal as problem:
        raise CardError(problem.at(path)) from problem
    problems = _unknown_fields(matter)
    values = {name: value for name, value in matter.values.items() if name in FIELDS}
    language: Any = matter.values.get("lang")
    kind: Any = matter.values.get("kind")
    if language in get_args(Language) and kind in get_args(Kind):
        values["sections"], found = read_body(body, body_line, language, kind)
        problems += found
    card: Card | None = None
    try:
        card = Card.model_validate({**values, "path": path, "lines": matter.lines})
    except ValidationError as errors:
        problems += [_explained(error, matter) for error in errors.errors()]
    if card is None or problems:
        raise CardError(*sorted(problem.at(path) for problem in problems))
    return card


def read_text(path: Path) -> str:
    """Return the text of a file with plain line ends. Raises `Refusal` when it is too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refusal(
            1,
            Said("this file cannot be read ({strerror})", strerror=error.strerror),
            "Check the name and its permissions.",
        ) from error
    return text_of(raw)


def text_of(raw: bytes) -> str:
    """Return bytes as text with plain line ends. Raises `Refusal` when they are too many or not UTF-8."""
    if len(raw) > MAX_BYTES:
        raise Refusal(1, "this file is larger than 64 kB", "Make it shorter; a card has about 150 words.")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refusal(line, "this letter is not in UTF-8", "Save the file again as UTF-8.") from error


def _split(text: str) -> tuple[str, str, int]:
    """Return the facts between the two `---` lines, the words below, and the line where those begin."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise Refusal(1, "this file does not begin with `---`", "Put the facts of the card between two `---` lines.")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    raise Refusal(1, "the facts of this card do not end", "Put a line `---` below them.")


def _unknown_fields(matter: Matter) -> list[Refusal]:
    problems = []
    for name in matter.values:
        if name not in FIELDS:
            close = get_close_matches(name, FIELDS, n=1)
            cure = (
                Said("Write `{found}`.", found=close[0])
                if close
                else Said("Take it away. A card knows: {one}.", one=", ".join(FIELDS))
            )
            problems.append(Refusal(matter.lines[name], Said("a card has no `{name}`", name=name), cure))
    return problems


def _explained(error: ErrorDetails, matter: Matter) -> Refusal:
    """Say in plain words what pydantic found, on the line of the field or of the nearest one above it."""
    path = [str(part) for part in error["loc"]]
    name = ".".join(path)
    while path and ".".join(path) not in matter.lines:
        path.pop()
    line = matter.lines[".".join(path)] if path else 1
    what, cure = _plain(error["type"], name, error.get("ctx", {}))
    return Refusal(line, what, cure)


def _plain(kind: str, name: str, facts: dict[str, Any]) -> tuple[str, str]:
    """Return what is wrong and the cure for one kind of pydantic error."""
    if kind == "missing":
        return Said("`{name}` is missing", name=name), Said("Add a line `{name}: …`.", name=name)
    if kind == "literal_error":
        return Said("`{name}` is not one of the words it may be", name=name), Said(
            "Choose {expected}.", expected=facts["expected"]
        )
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = Said("at least {ge}", ge=facts["ge"]) if "ge" in facts else Said("at most {le}", le=facts["le"])
        return Said("`{name}` is not a sensible number", name=name), Said("It is {limit}.", limit=limit)
    if kind == "value_error":
        return Said("in `{name}`, {error}", name=name, error=facts["error"]), "Change the numbers."
    if kind == "string_pattern_mismatch":
        return Said("`{name}` is not written the way it should be", name=name), EXAMPLES.get(
            name.split(".")[0], "See another card."
        )
    if kind == "extra_forbidden":
        return Said("`{name}` does not exist", name=name), "Take it away, or look at another card for its name."
    wanted = next((words for begin, words in WANTED if kind.startswith(begin)), "something else")
    return Said("`{name}` should be {wanted}", name=name, wanted=wanted), "Look how another card writes it."


WANTED = (
    ("string", "a text"),
    ("int", "a whole number"),
    ("bool", "true or false"),
    ("tuple", "a list between [ and ]"),
    ("dict", "named values between { and }"),
    ("model", "named values between { and }"),
    ("too_short", "filled in"),
)
EXAMPLES = {
    "id": "Write it like `samen-ontwerpen/05-schrijf-en-geef-door`.",
    "deck": "Write it like `samen-ontwerpen`: small letters, digits and hyphens.",
    "picture": "Write it like `{file: 05-schrijf-en-geef-door.svg, alt: What the drawing shows.}`.",
    "form": "Write it like `name:line:optional` or `idea:box:95mm`.",
    "merge_fields": "Write small letters and `_` only, like `contact_name`.",
}
