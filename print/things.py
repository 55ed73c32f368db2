"""Signs: the wall poster, table tents and the test page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from cards.card import Language
from print import filling, press
from print.face import Face, Shelf
from print.formats import Flip, Format, load
from print.imprint import Door, Imprint, check_address
from print.marks import address, symbol
from print.numbers import shown
from print.sheets import Group, Print, Sheets
from print.stamps import Stamp
from print.words import words

Paper = Literal["a3", "2xa4"]


@dataclass(frozen=True)
class Printed:
    """A finished file: a name to save it under, and its bytes."""

    name: str
    pdf: bytes


def poster(
    door: Door | None,
    *,
    format: Paper = "a3",  # noqa: A002  # the word people use for it
    imprint: Imprint,
    question: str,
    language: Language,
    cache: Path | None = None,
) -> Printed:
    """Return the wall poster: the workshop's question, its QR of 120 mm and how to join in."""
    form, prints = poster_group(door, format, imprint, question, language, cache)
    return _printed(form.name, prints, title=question, language=language)


def poster_group(
    door: Door | None,
    format: Paper,  # noqa: A002  # the word people use for it
    imprint: Imprint,
    question: str,
    language: Language,
    cache: Path | None = None,
) -> Group:
    """Return the poster laid out for its sheets."""
    check_address(imprint)
    said = words(language)
    common = {"question": question, "workshop": imprint.workshop}
    top = face("poster_top.html", "poster", language, cache, **common)
    bottom = face("poster_bottom.html", "poster", language, cache, **common, **_doors(imprint, door, language))
    name = imprint.workshop or said["poster_kicker"]
    alt = said("poster_alt", workshop=name, site=imprint.site)
    prints = [Print(question, top), Print(said["tent_title"], bottom, on_front=_stamps(imprint, door, alt))]
    return load("poster_a3" if format == "a3" else "poster_2a4"), prints


def tents(
    door: Door | None,
    *,
    imprint: Imprint,
    question: str,
    language: Language,
    copies: int = 1,
    cache: Path | None = None,
) -> Printed:
    """Return table tents with a QR of 60 mm, to fold once; both sides say the same."""
    form, prints = tent_group(door, imprint, question, language, copies, cache)
    return _printed(form.name, prints, title=words(language)["tent_title"], language=language)


def tent_group(
    door: Door | None, imprint: Imprint, question: str, language: Language, copies: int, cache: Path | None = None
) -> Group:
    """Return table tents laid out for their sheets."""
    check_address(imprint)
    said = words(language)
    side = face(
        "tent.html", "tent", language, cache, question=filling.kept(question), **_doors(imprint, door, language)
    )
    alt = said("poster_alt", workshop=imprint.workshop or said["tent_title"], site=imprint.site)
    return load("tent"), [Print(said["tent_title"], side, on_front=_stamps(imprint, door, alt))] * max(1, copies)


def test_page(
    *,
    imprint: Imprint | None = None,  # noqa: PT028  # it prints a test page; it is no test
    language: Language,
    flip: Flip = "long",  # noqa: PT028
    cache: Path | None = None,  # noqa: PT028
) -> Printed:
    """Return the page that shows whether a printer keeps its measure: both sides of one A4.

    Without an address it has no QR, but everything else.
    """
    owner = imprint or Imprint()
    said = words(language)
    if owner.base:
        check_address(owner)
    code = said("test_code", site=owner.site) if owner.base else said["test_code_none"]
    front = face("test_front.html", "test page", language, cache, code=code, has_code=bool(owner.base))
    back = face("test_back.html", "test page", language, cache)
    stamps: tuple[Stamp, ...] = ()
    if owner.base:
        alt = said("test_alt", site=owner.site)
        stamps = (Stamp("slot-qr", code=symbol(address(owner.base, "")), alt=alt),)
    card = Print(said["test_title"], front, back, stamps)
    return _printed("test", [card], title=said["test_title"], language=language, flip=flip)


test_page.__test__ = False  # type: ignore[attr-defined]  # pytest must not take it for a test


def _printed(name: str, prints: Sequence[Print], *, title: str, language: Language, flip: Flip = "long") -> Printed:
    return Printed(
        f"{name.replace('_', '-')}.pdf", written(load(name), prints, title=title, language=language, flip=flip)
    )


def written(
    form: Format,
    prints: Sequence[Print],
    *,
    title: str,
    language: Language,
    flip: Flip = "long",
    shift: tuple[float, float] = (0.0, 0.0),
    more: Sequence[tuple[Format, Sequence[Print]]] = (),
) -> bytes:
    """Return prints on the sheets of a format as one PDF, followed by `more` on sheets of other formats."""
    out = io.BytesIO()
    Sheets(out, form, flip, title, language, shift).write(prints, *more)
    return out.getvalue()


@lru_cache(maxsize=4)
def shelf(folder: Path | None) -> Shelf:
    """Return the shelf of a cache folder, the same one for every document."""
    return Shelf(folder)


def face(template: str, what: str, language: Language, cache: Path | None, **values: Any) -> Face:
    """Return a template of `faces/` filled and laid out, or as it was kept; `what` names it in errors."""

    def make() -> Face:
        html = filling.fill(template, lang=language, words=words(language), **values)
        return press.compile_face(html, filling.style("things"), what)

    return shelf(cache).take(press.key(template, language, repr(sorted(values.items()))), make)


def _doors(imprint: Imprint, door: Door | None, language: Language) -> dict[str, Any]:
    return {
        "site": imprint.site,
        "numbered": door is not None,
        "rehearsal": imprint.rehearsal,
        "help": filling.help_line(imprint, words(language)),
    }


def _stamps(imprint: Imprint, door: Door | None, alt: str) -> tuple[Stamp, ...]:
    if door is None:
        return (Stamp("slot-qr", code=symbol(address(imprint.base, "")), alt=alt),)
    qr = Stamp("slot-qr", code=symbol(address(imprint.base, door.number, door.key)), alt=alt)
    return (qr, Stamp("slot-number", text=shown(door.number)))
