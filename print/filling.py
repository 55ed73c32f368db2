"""Faces filled with plain values: a card and a workshop's facts become one page of HTML.

Templates see only what is prepared here, and escape all of it. Fields in braces become the workshop's
own words, or a line to write on.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal

from jinja2 import Environment, FunctionLoader, StrictUndefined

from cards.card import Block, Card, Deck, Run, Section
from cards.card import Face as Side
from print.colours import deep
from print.imprint import Door, Imprint
from print.words import Words, words

Size = Literal["a5", "a6", "a4"]

_FIELD = re.compile(r"\{([a-z_]+)\}")
_LONG_FIELDS: Final = frozenset({"idea", "reason", "decision"})
_TICK: Final = "☐"
_SILENT_KINDS: Final = frozenset({"signal", "help", "form"})
"""Kinds of card that ask nothing on a page of their own, so carry no QR."""


@dataclass(frozen=True)
class Piece:
    """A stretch of words, bold or not; or, with `blank`, a line to write on."""

    text: str
    strong: bool = False
    blank: str = ""


@dataclass(frozen=True)
class Item:
    """One paragraph or item of a list; `tick` puts an empty box before it."""

    runs: tuple[Piece, ...]
    tick: bool = False


@dataclass(frozen=True)
class Part:
    """What a section shows: a paragraph, steps, a list, or room to write (`line`, `box`)."""

    kind: str
    items: tuple[Item, ...] = ()
    height: str = ""


@lru_cache(maxsize=1)
def style() -> str:
    """Return the style sheet of every face."""
    return files("print").joinpath("faces/cards.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    def source(name: str) -> str:
        return files("print").joinpath(f"faces/{name}").read_text(encoding="utf-8")

    return Environment(
        loader=FunctionLoader(source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def fill(template: str, **values: Any) -> str:
    """Return a template of `faces/` filled with plain values, without the space between its blocks."""
    html = unicodedata.normalize("NFC", _environment().get_template(template).render(**values))
    return re.sub(r">\s*\n\s*<", "><", html)


def asks(card: Card) -> bool:
    """Tell whether the card asks something on a page of its own, so may carry a QR."""
    return card.share is not None and card.kind not in _SILENT_KINDS


def card_html(
    card: Card, deck: Deck, side: Side, size: Size, imprint: Imprint, door: Door | None, bleed: bool = False
) -> str:
    """Return one side of a card as HTML. Number and key of the door are not in it: they are stamped."""
    said = words(card.lang)
    merged = {"site": imprint.site, "contact_name": imprint.contact_name, "contact_phone": imprint.contact_phone}
    fields = list((card.form or {}).get(side, ()))
    shown_door = door if door and imprint.base and asks(card) else None
    return fill(
        "card.html",
        lang=card.lang,
        size=size,
        face=side,
        kind=card.kind,
        bleed=bleed,
        colour=deck.colour,
        deep=deep(deck.colour),
        deck=deck.name[card.lang],
        number=said("card", number=card.number),
        title=card.title,
        purpose=card.purpose,
        facts=_facts(card, said),
        materials=", ".join(card.materials) if side == "front" else "",
        body=[_section(section, merged, fields) for section in card.on(side)],
        share=card.share.question if card.share and side == "front" and asks(card) else "",
        door=shown_door,
        site=imprint.site,
        help=_help(imprint, said),
        source=f"{card.source} {card.licence.replace('-', ' ')} · {said('version', version=card.version)}",
        rehearsal=imprint.rehearsal,
        words=said,
    )


def _facts(card: Card, said: Words) -> list[dict[str, str]]:
    if card.kind in ("signal", "form", "perspective"):
        return []
    return [
        {"label": said["duration"], "value": said.minutes(card.duration)},
        {"label": said["group"], "value": said.people(card.group)},
    ]


def _help(imprint: Imprint, said: Words) -> str:
    if not imprint.contact_phone:
        return ""
    key = "help" if imprint.contact_name else "help_phone"
    return said(key, name=imprint.contact_name, phone=imprint.contact_phone)


def _section(section: Section, merged: dict[str, str], fields: list[str]) -> dict[str, Any]:
    heading = () if section.key in ("front_side", "back_side") else _pieces((Run(text=section.heading),), merged)
    parts: list[Part] = []
    for block in section.blocks:
        parts += _parts(block, merged, fields)
    return {"key": section.key, "heading": heading, "blocks": parts}


def _parts(block: Block, merged: dict[str, str], fields: list[str]) -> list[Part]:
    parts = [Part(block.kind, tuple(_item(item, merged) for item in block.items))]
    if block.kind == "paragraph" and block.items and block.items[0] and block.items[0][0].strong and fields:
        kind, _, rest = fields[0].partition(":")[2].partition(":")
        if kind in ("line", "box"):
            fields.pop(0)
            parts.append(Part(kind, height=rest if kind == "box" else ""))
    return parts


def _item(runs: tuple[Run, ...], merged: dict[str, str]) -> Item:
    tick = bool(runs) and runs[0].text.lstrip().startswith(_TICK)
    pieces = _pieces(runs, merged)
    if tick:
        first = Piece(pieces[0].text.lstrip().removeprefix(_TICK).lstrip(), pieces[0].strong)
        pieces = (first, *pieces[1:])
    return Item(pieces, tick)


def _pieces(runs: tuple[Run, ...], merged: dict[str, str]) -> tuple[Piece, ...]:
    pieces = []
    for run in runs:
        for at, text in enumerate(_FIELD.split(run.text)):
            if at % 2 == 0:
                pieces.append(Piece(text, run.strong))
            elif merged.get(text):
                pieces.append(Piece(merged[text], strong=True))
            else:
                pieces.append(Piece("", blank="long" if text in _LONG_FIELDS else "short"))
    return tuple(piece for piece in pieces if piece.text or piece.blank)
