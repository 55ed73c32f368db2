"""A deck as one zip file, out and in: `deck.toml`, `nl/`, `en/` and `art/`, as in a folder.

Somebody else's zip is read without trust: nothing is written to disk, every size is counted while it is
read, and a zip that tries tricks with names, links or sizes is refused whole. Read it in a child process.
"""

from __future__ import annotations

import io
import json
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final, get_args

from .card import ART, Card, Deck, Language
from .deck import ABOUT, misplaced, plain_deck, read_deck
from .finding import CardError, Finding, Refusal, on_fact
from .reading import parse_card, text_of
from .said import Said
from .writing import card_text

MOST_FILES: Final = 300
MOST_BYTES: Final = 40 * 1024 * 1024
MOST_IN_PICTURE: Final = 20 * 1024 * 1024
MOST_TIMES: Final = 200  # how many times larger a file may become; plain words do not shrink further
_PASSED_OVER: Final = ("__MACOSX", "README", "LICENSE", ".")
_ENDED: Final = (".svg", ".jpg", ".png")


@dataclass
class Parcel:
    """What came out of a zip or a card file: a deck if it said one, cards, pictures by name, and what is wrong."""

    deck: Deck | None = None
    cards: list[Card] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)


def loose(deck_id: str) -> Deck:
    """Return the deck of a card file that came alone."""
    return plain_deck(deck_id, {"nl": "Kaarten", "en": "Cards"})


def pack(deck: Deck, cards: Iterable[Card], pictures: Mapping[str, bytes]) -> bytes:
    """Return a deck as a zip file, the same bytes every time; `pictures` by the name that cards use."""
    files = {ABOUT: _about(deck).encode()}
    files |= {f"{card.lang}/{card.id.partition('/')[2]}.md": card_text(card).encode() for card in cards}
    files |= {f"{ART}/{name}": data for name, data in pictures.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def read(data: bytes, name: str) -> Parcel:
    """Read somebody else's zip, or one card file called `name`. Raises `Refusal` when nothing of it may be used."""
    if data[:2] == b"PK":
        return _sorted(_unpacked(data))
    path = Path(PurePosixPath(name.replace("\\", "/")).name or "kaart.md")
    parcel = Parcel()
    card = _card(text_of(data), path, parcel)
    if card and card.picture:
        what = "a card file of its own brings no picture along"
        parcel.problems.append(on_fact(card, "picture", what, "Ask for the zip of the deck.", "warning"))
        card = card.model_copy(update={"picture": None})
    wrong = misplaced(card, loose(card.deck), None) if card else []
    parcel.problems += wrong
    parcel.cards += [card] if card and not wrong else []
    return parcel


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip by name. Raises `Refusal` for any trick."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(archive.infolist()) > MOST_FILES:
                raise Refusal(
                    1, Said("this zip holds more than {most} files", most=MOST_FILES), "Share one deck at a time."
                )
            names = [_safe_name(entry) for entry in entries]
            if len({one.casefold() for one in names}) < len(names):
                raise Refusal(1, "this zip holds two files with the same name", "Make the zip again.")
            files: dict[str, bytes] = {}
            left = MOST_BYTES
            for entry, name in zip(entries, names, strict=True):
                files[name] = _bounded(archive, entry, left)
                left -= len(files[name])
            return _without_top(files)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Refusal(1, "this zip cannot be read", "Make the zip again, without a password.") from error


def _safe_name(entry: zipfile.ZipInfo) -> str:
    name, path = entry.filename, PurePosixPath(entry.filename)
    tricky = "\\" in name or ":" in name or path.is_absolute() or ".." in path.parts or not name.isprintable()
    if tricky or "\\" in entry.orig_filename or "\0" in entry.orig_filename:
        raise Refusal(1, Said("the name `{name}` points outside the zip", name=name[:80]), "Make the zip again.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refusal(1, Said("`{name}` is a link, not a file", name=name[:80]), "Put the file itself in the zip.")
    if path.suffix.lower() == ".zip":
        raise Refusal(1, Said("`{name}` is a zip in a zip", name=name[:80]), "Share one deck at a time.")
    return str(path)


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Return a file of a zip, reading no more than it may be whatever the zip says its size is."""
    most = min(left, MOST_IN_PICTURE)
    with archive.open(entry) as file:
        data = file.read(most + 1)
    if len(data) > most or len(data) > MOST_TIMES * max(entry.compress_size, 1024):
        raise Refusal(
            1, Said("`{name}` is far too large unpacked", name=entry.filename[:80]), "Share smaller pictures."
        )
    return data


def _without_top(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what computers add, and the one folder that everything may lie in."""
    ours = {name: data for name, data in files.items() if not _passed_over(name)}
    tops = {name.partition("/")[0] for name in ours}
    if len(tops) == 1 and f"{(top := next(iter(tops)))}/{ABOUT}" in ours:
        return {name.removeprefix(f"{top}/"): data for name, data in ours.items()}
    return ours


def _passed_over(name: str) -> bool:
    return any(part.startswith(_PASSED_OVER) for part in PurePosixPath(name).parts)


def _sorted(files: dict[str, bytes]) -> Parcel:
    """Return what the files of a zip are; every file that is not right is named with its reason."""
    parcel = Parcel()
    if ABOUT not in files:
        raise Refusal(1, "there is no deck.toml in this zip", "Ask for the zip that Werkplaats makes of a deck.")
    try:
        parcel.deck = read_deck(text_of(files[ABOUT]), Path(ABOUT))
    except CardError as error:
        parcel.problems += error.findings
    except Refusal as problem:
        parcel.problems.append(problem.at(Path(ABOUT)))
    for name, data in sorted(files.items()):
        folder, _, last = name.rpartition("/")
        if folder in get_args(Language) and last.endswith(".md"):
            _take_card(parcel, name, data)
        elif folder == ART and last.endswith(_ENDED):
            parcel.pictures[last] = data
        elif name != ABOUT:
            what = "this file has no place in a deck"
            parcel.problems.append(Finding(Path(name), 1, "warning", what, "It is left out."))
    _without_pictures(parcel)
    return parcel


def _take_card(parcel: Parcel, name: str, data: bytes) -> None:
    path, folder = Path(name), name.partition("/")[0]
    try:
        card = _card(text_of(data), path, parcel)
    except Refusal as problem:
        parcel.problems.append(problem.at(path))
        return
    language = next(code for code in get_args(Language) if code == folder)
    wrong = misplaced(card, parcel.deck, language) if card and parcel.deck else []
    parcel.problems += wrong
    if card and not wrong:
        parcel.cards.append(card)


def _card(text: str, path: Path, parcel: Parcel) -> Card | None:
    try:
        return parse_card(text, path)
    except CardError as error:
        parcel.problems += error.findings
        return None


def _without_pictures(parcel: Parcel) -> None:
    """Leave out cards whose picture is not in the zip, and pictures that no card names."""
    there = set(parcel.pictures)
    for card in parcel.cards:
        if card.picture and card.picture.file not in there:
            what = Said("there is no picture `{name}`", name=card.picture.file)
            parcel.problems.append(on_fact(card, "picture", what, "Put it in `art/`, or correct its name."))
    parcel.cards = [card for card in parcel.cards if card.picture is None or card.picture.file in there]
    named = {card.picture.file for card in parcel.cards if card.picture}
    parcel.pictures = {name: data for name, data in parcel.pictures.items() if name in named}


def _about(deck: Deck) -> str:
    """Return the text of a `deck.toml`; a quoted text of JSON is one of TOML as well."""
    facts: dict[str, str | int] = {
        "id": deck.id,
        "order": deck.order,
        "mark": deck.mark,
        "colour": deck.colour,
        "audience": deck.audience,
    }
    lines = [f"{name} = {_quoted(value)}" for name, value in facts.items()]
    for name, both in (("name", deck.name), ("purpose", deck.purpose)):
        lines += ["", f"[{name}]", *(f"{language} = {_quoted(text)}" for language, text in sorted(both.items()))]
    return "\n".join(lines) + "\n"


def _quoted(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)
