"""The wall newspaper: all ideas of a workshop in large letters, on A3, on A4 sheets to tape together, or as a booklet.

Words run on over as many pages as they need. Nothing is shrunk and nothing is cut, so a hundred ideas are many
sheets; what may be shown to whom is settled by whoever hands the ideas over.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from cards.card import Language
from print import wall_pages as pages
from print.face import Face
from print.formats import Flip, load
from print.imprint import Door, Imprint, check_address
from print.marks import address, symbol
from print.measures import LINE_HEIGHT, mm
from print.numbers import shown
from print.sheets import Print
from print.stamps import Stamp
from print.things import Printed, written
from print.wall_texts import Decision, Nameless, Section, WallIdea, WallText
from print.words import Words, words

__all__ = ["Decision", "Nameless", "Section", "WallFormat", "WallIdea", "WallText", "wall"]

WallFormat = Literal["a3", "2xa4", "booklet"]
_SHEETS: Final[dict[WallFormat, str]] = {"a3": "wall_a3", "2xa4": "wall_2a4", "booklet": "booklet"}
_FOOT_PT: Final[dict[pages.Size, float]] = {"sheet": 16.0, "leaf": 14.4}


def wall(
    text: WallText,
    door: Door | None,
    *,
    format: WallFormat = "a3",  # noqa: A002  # the word people use for it
    flip: Flip = "long",
    imprint: Imprint,
    language: Language,
    cache: Path | None = None,
) -> Printed:
    """Return the wall newspaper: letters of 20 pt or more on sheets, 14 pt in a booklet.

    Sheets come in twos: an odd one is joined by a page that invites to add an idea. A booklet has a cover, that
    page at its back, and room to write where pages are left. A `door` without a key opens only what is for everyone.

    Raises `PrintError` for an address that must not be printed, or a picture that cannot be read.
    """
    check_address(imprint)
    said = words(language)
    size: pages.Size = "leaf" if format == "booklet" else "sheet"
    laid = pages.Pages(text, size, imprint, door is not None, language, cache)
    stamps = _codes(door, imprint, said)
    body = [Print("", face, on_front=stamps + laid.stamps) for face in laid.running()]
    invite = Print(said["tent_title"], laid.alone("invite"), on_front=stamps)
    if format == "booklet":
        notes = Print(said["wall_notes"], laid.alone("notes"))
        body = [Print(said["wall_kicker"], laid.alone("cover")), *body, *[notes] * (-(len(body) + 2) % 4), invite]
    elif len(body) % 2:
        body.append(invite)
    foot = said("wall_number", number=shown(door.number)) if door else ""
    prints = [_numbered(one, at, len(body), size, imprint.site, foot, said) for at, one in enumerate(body, 1)]
    if format == "booklet":
        prints[0], prints[-1] = replace(body[0], name=prints[0].name), replace(body[-1], name=prints[-1].name)
    title = f"{said['wall_kicker']}: {text.question or text.title}"
    pdf = written(load(_SHEETS[format]), prints, title=title, language=language, flip=flip)
    return Printed(f"wall-{format}.pdf", pdf)


def _codes(door: Door | None, imprint: Imprint, said: Words) -> tuple[Stamp, ...]:
    """Return the QR and the number: of the workshop's door, or of the address alone."""
    alt = said("poster_alt", workshop=imprint.workshop or said["tent_title"], site=imprint.site)
    if door is None:
        return (Stamp("slot-qr", code=symbol(address(imprint.base, "")), alt=alt),)
    qr = Stamp("slot-qr", code=symbol(address(imprint.base, door.number, door.key)), alt=alt)
    return (qr, Stamp("slot-number", text=shown(door.number)))


def _numbered(one: Print, page: int, count: int, size: pages.Size, site: str, number: str, said: Words) -> Print:
    """Return a page with its number at its foot, and as many of the doors to join in as fit on one line."""
    name = said("wall_page", page=page, pages=count)
    line = name
    for more in (number, site):
        wider = f"{line} · {more}" if more else line
        line = wider if mm(pages.width_em(wider, _FOOT_PT[size])) <= pages.MEASURES[size].width else line
    return replace(one, name=name, front=with_foot(one.front, line, size))


def with_foot(face: Face, line: str, size: pages.Size) -> Face:
    """Return the face with a line at its foot that is not read aloud on every page."""
    measures = pages.MEASURES[size]
    slot = measures.foot(_FOOT_PT[size] * LINE_HEIGHT)
    drawing = Stamp("foot", text=line, left=True).drawn(slot, face.height)
    return replace(face, fonts={**face.fonts, "B": "Bold"}).decorated(drawing)
