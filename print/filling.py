"""Faces filled with plain values: a card and a workshop's facts become one page of HTML.

Templates see only what is prepared here, and escape all of it. Fields in braces become the workshop's
own words, or a line to write on.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal

from cards.card import Block, Card, Deck, Run, Section
from cards.card import Face as Side
from print.colours import deep
from print.formats import Size
from print.imprint import Door, Imprint
from print.words import Words, words

if TYPE_CHECKING:
    from jinja2 import Environment

_FIELD = re.compile(r"\{([a-z_]+)\}")
_LONG_FIELDS: Final = frozenset({"idea", "reason", "decision"})
LAST_WORD: Final = 7
"""Longest last word that is kept with the word before it."""

TO_FINISH: Final = "…"
"""How a sentence ends that is for the reader of a feedback card to finish: a line to write on follows."""

CHOOSE_FACE: Final = "choose_face"
ANSWERS: Final = ("face-good", "face-fair", "face-poor")
"""The faces of a section where one is chosen, in the order of its answers: marks stamped in `slot-face-1` and on."""

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
    """One paragraph or item of a list; `tick` puts an empty box before it, `finish` a line to write on under it."""

    runs: tuple[Piece, ...]
    tick: bool = False
    finish: bool = False


@dataclass(frozen=True)
class Part:
    """What a section shows: a paragraph, steps, a list, faces to choose from, or room to write (`line`, `box`)."""

    kind: str
    items: tuple[Item, ...] = ()
    height: str = ""


Style = Literal[
    "cards",
    "covers",
    "things",
    "forms",
    "wall_paper",
    "report",
    "progress",
    "results",
    "trials",
    "pack",
    "steps",
    "balance",
    "safety",
]


@lru_cache(maxsize=8)
def style(name: Style = "cards") -> str:
    """Return the style sheet of one kind of print: the cards, their covers, forms that come back, signs, the wall."""
    names = ("tokens", "cards", "covers") if name == "covers" else ("tokens", name)
    sheets = (files("print").joinpath(f"faces/{sheet}.css") for sheet in names)
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

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
    merged = {
        "site": imprint.site,
        "contact_name": imprint.contact_name,
        "contact_phone": _unbroken(imprint.contact_phone),
    }
    fields = list((card.form or {}).get(side, ()))
    return fill(
        "card.html",
        lang=card.lang,
        size=size,
        face=side,
        kind=card.kind,
        bleed=bleed,
        roomy=card.size == "A6" and size != "a6",
        art=_room_for_art(card, side),
        colour=deck.colour,
        deep=deep(deck.colour),
        deck=deck.name[card.lang],
        number=said("card", number=card.number),
        title=kept(card.title),
        purpose=kept(card.purpose),
        facts=_facts(card, said),
        need=said["materials_facilitator" if card.audience == "facilitator" else "materials"],
        materials=_sentence(card.materials) if side == "front" else "",
        body=[_section(one, card, merged, fields) for one in card.on(side) if not _said_below(one, card)],
        tight=card.size == "A5",
        share=kept(card.share.question) if card.share and side == "front" and asks(card) else "",
        door=door,
        site=imprint.site,
        help=help_line(imprint, said),
        source=_source(card, said, size),
        rehearsal=imprint.rehearsal,
        words=said,
    )


def timed(card: Card) -> bool:
    """Tell whether a card is something to do for a while, with a group."""
    return card.kind not in ("signal", "form", "perspective", "feedback")


def _facts(card: Card, said: Words) -> list[dict[str, str]]:
    if not timed(card):
        return []
    return [
        {"label": said["duration"], "value": said.minutes(card.duration)},
        {"label": said["group"], "value": said.people(card.group)},
    ]


def _room_for_art(card: Card, side: Side) -> bool:
    """Tell whether a picture, or else the deck's mark, stands on this side: signals show it to a whole room."""
    if card.kind == "signal" or side == "back":
        return card.kind == "signal"
    return card.picture is not None or (card.size == "A6" and not asks(card) and card.kind != "form")


def _source(card: Card, said: Words, size: Size) -> str:
    """Return the source line; on A6 its first sentence, the rest stands on the card's page."""
    source = re.split(r"(?<=\.) ", card.source)[0] if size == "a6" else card.source
    licence = re.sub(r"-(?=BY|SA|\d)", "\u00a0", card.licence)
    kept_together = _unbroken(f"{licence}, {said('version', version=card.version)}")
    return f"{source} {kept_together}"


def _sentence(items: tuple[str, ...]) -> str:
    text = ", ".join(items)
    return kept(text[:1].upper() + text[1:])


def kept(text: str) -> str:
    """Return the text with its last two words kept together, so that no word ends up alone on a line."""
    start, space, last = text.rpartition(" ")
    return f"{start}\u00a0{last}" if space and start.count(" ") >= 2 and len(last) <= LAST_WORD else text


def help_line(imprint: Imprint, said: Words) -> str:
    """Return whom to call, or nothing when the workshop gave no number."""
    if not imprint.contact_phone:
        return ""
    key = "help" if imprint.contact_name else "help_phone"
    return said(key, name=imprint.contact_name, phone=_unbroken(imprint.contact_phone))


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _said_below(section: Section, card: Card) -> bool:
    """Tell whether a section is only the question that stands at the foot of the front as well."""
    texts = [text for block in section.blocks for text in block.texts()]
    return card.share is not None and asks(card) and texts == [card.share.question]


def _section(section: Section, card: Card, merged: dict[str, str], fields: list[str]) -> dict[str, Any]:
    heading = () if section.key in ("front_side", "back_side") else _pieces((Run(text=section.heading),), merged)
    parts: list[Part] = []
    for block in section.blocks:
        parts += _parts(block, merged, fields, to_finish=card.kind == "feedback")
    if section.key == CHOOSE_FACE:
        parts = [replace(part, kind="faces") if len(part.items) == len(ANSWERS) else part for part in parts]
    short = [(part.kind, len(part.items)) for part in parts] == [("paragraph", 1)]
    run_in = short and not parts[0].items[0].finish and (card.size == "A5" or section.face == "back")
    return {"key": section.key, "heading": heading, "blocks": parts, "run_in": run_in}


def _parts(block: Block, merged: dict[str, str], fields: list[str], *, to_finish: bool) -> list[Part]:
    parts = [Part(block.kind, tuple(_item(item, merged, to_finish=to_finish) for item in block.items))]
    if block.kind == "paragraph" and block.items and block.items[0] and block.items[0][0].strong and fields:
        kind, _, rest = fields[0].partition(":")[2].partition(":")
        if kind in ("line", "box"):
            fields.pop(0)
            parts.append(Part(kind, height=rest if kind == "box" else ""))
    return parts


def _item(runs: tuple[Run, ...], merged: dict[str, str], *, to_finish: bool) -> Item:
    tick = bool(runs) and runs[0].text.lstrip().startswith(_TICK)
    pieces = _pieces(runs, merged)
    if tick:
        first = Piece(pieces[0].text.lstrip().removeprefix(_TICK).lstrip(), pieces[0].strong)
        pieces = (first, *pieces[1:])
    if pieces and pieces[-1].text:
        pieces = (*pieces[:-1], Piece(kept(pieces[-1].text), pieces[-1].strong))
    return Item(pieces, tick, to_finish and runs[-1].text.endswith(TO_FINISH))


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
