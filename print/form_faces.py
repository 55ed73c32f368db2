"""The faces of forms: words laid out once for all cards that say the same, lines and boxes from the geometry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cards.card import Language
from print import filling, outlines, press
from print.face import Face
from print.forms import Box, Form, Stub
from print.imprint import Imprint
from print.measures import QUIET_MODULES, mm
from print.things import shelf
from print.typeface import typeface
from print.words import Words, words

_HEADS: Final[dict[str, tuple[float, float, float]]] = {
    "a5": (19, 7.2, 28),
    "a6": (16.5, 6.8, 20),
    "large": (22, 9, 38),
    "dots": (22, 8.6, 30),
    "rings": (22, 8.6, 30),
}
"""Where the title begins (mm) and how large it is (pt)."""
_UNDER: Final = 1.14
"""How far under the top of a title the stroke below it begins, in em."""

_NAME_LINES: Final[dict[str, tuple[Box, ...]]] = {
    "B1": (Box(19, 33.4, 80, 0), Box(9, 49.4, 130.5, 0)),
    "C1": (Box(58.5, 97.4, 28, 0),),
    "M1": (Box(22, 54, 118, 0), Box(12, 79, 186, 0)),
}


def face_of(
    form: Form,
    stub: Stub | None,
    size: str,
    modules: tuple[int, int],
    imprint: Imprint,
    language: Language,
    question: str,
    rows: tuple[str, ...],
    cache: Path | None,
) -> Face:
    """Return what all cards share on one side of a form, with its lines and boxes.

    `size` is the format of a card or the kind of a sheet; `modules` are those of its QR and of its stub's.
    """
    said = words(language)
    template = {"slip": "slip.html", "dots": "sheet.html", "rings": "sheet.html"}[form.kind]
    values: dict[str, Any] = {
        "form": form,
        "qr": with_quiet(form.qr, modules[0]),
        "size": size,
        "head": dict(zip(("x", "y", "points"), _HEADS[size], strict=True)),
        "stub": stub,
        "stub_qr": with_quiet(stub.qr, modules[1]) if stub and modules[1] else None,
        "labels": _labels(form, said),
        "question": filling.kept(question),
        "title": said.get(f"{form.kind}_title", ""),
        "how": said.get(f"{form.kind}_how", ""),
        "rows": [*rows, *[""] * (len(form.rows) - len(rows))],
        "site": imprint.site,
        "stub_type": filling.kept(said("stub_type", site=imprint.site)),
        "help": filling.help_line(imprint if size != "a6" else replace(imprint, contact_name=""), said),
        "rehearsal": imprint.rehearsal,
    }
    title = said["slip_title"] if form.kind == "slip" else values["title"]
    if form.side == "back":
        template, title = "slip_back.html", said["slip_about"]

    def make() -> Face:
        html = filling.fill(template, lang=language, words=said, **values)
        face = press.compile_face(html, filling.style("forms"), f"{title} {size.upper()}")
        x, y, points = _HEADS[size]
        stroke = Box(x, y + mm(points) * _UNDER, mm(typeface("Bold").width(title, points)), 0)
        drawn = outlines.drawn(form, stub, face.height, _write_in(form, rows))
        return face.decorated(drawn, outlines.ground(form, stub, face.height, stroke))

    return shelf(cache).take(press.key(template, language, repr(sorted(values.items()))), make)


def with_quiet(symbol_box: Box, modules: int) -> Box:
    """Return the place of a symbol together with its quiet zone."""
    white = symbol_box.width / modules * QUIET_MODULES
    side = symbol_box.width + 2 * white
    return Box(round(symbol_box.x - white, 3), round(symbol_box.y - white, 3), round(side, 3), round(side, 3))


def _labels(form: Form, said: Words) -> list[dict[str, Any]]:
    """Return the words beside every box to tick, as wide as the next box in its row allows."""
    labels = []
    for tick in form.ticks:
        beside = [other.box.x for other in form.ticks if other.box.y == tick.box.y and other.box.x > tick.box.x]
        left = tick.box.x + tick.box.width + 1.8
        width = round(min([*beside, form.width - 2.5]) - 3 - left, 2)
        text = said[f"slip_{tick.group}_{tick.value}"]
        labels.append(
            {
                "group": tick.group,
                "text": text if form.name == "a6" else filling.kept(text),
                "x": left,
                "y": tick.box.y - 5,
                "width": width,
            }
        )
    return labels


def _write_in(form: Form, rows: tuple[str, ...]) -> tuple[Box, ...]:
    """Return the lines to write a name, or an idea that is not printed, on."""
    open_rows = form.rows[len(rows) :]
    return _NAME_LINES.get(form.code, ()) + tuple(
        Box(row.label.x + 12, row.label.y + row.label.height - 3, row.label.width - 12, 0) for row in open_rows
    )
