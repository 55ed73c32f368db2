"""Answers for tests: what four makers get to read, short and long, with a picture or not; and slips ticked by pen."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.random import default_rng
from PIL import Image, ImageDraw

from cards.card import Language
from print.answers import AnswerText, SlipSize, answers
from print.forms import form
from print.numbers import shown, with_check
from print.reader import raster
from print.reader.known import Known
from tests.handwriting import DPI, FINE, Filled, Hand, Picture
from tests.paper import IMPRINT

CODES: dict[str, SlipSize] = {"W1": "a5", "W2": "a6", "W3": "large"}
LONG = "Ik wil graag een bankje bij de bushalte, want ik kan niet lang staan. " * 28
"""Nearly as long as an idea may be."""
REASON = ("De keuken van het buurthuis wordt verbouwd. " * 13).strip()
"""Nearly as long as a reason may be."""
Ticks = dict[str, str]


def drawing(width: int = 900, height: int = 640) -> bytes:
    """Return a JPEG of some lines, as a maker's picture."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).line((20, height - 20, width / 2, 30, width - 20, height - 20), fill="#224", width=9)
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def answer(nr: int, language: Language = "nl", **more: object) -> AnswerText:
    """Return an answer with a number and a key of its own, and a short reason."""
    usual = AnswerText(
        nr=nr,
        kind="try",
        language=language,
        words="Een bankje bij de bushalte.",
        reason="Veel mensen herkennen dit.",
        stub=shown(with_check(f"{2741963 + nr}")),
        number=with_check(f"{4127331 + 7919 * nr}"),
        code_key="K7Q2M9",
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def meeting(language: Language = "nl") -> list[AnswerText]:
    """Return the answers of a small meeting: every decision, and everything that differs between people."""
    when = "maandag 22 februari 2027" if language == "nl" else "Monday 22 February 2027"
    return [
        answer(12, language, kind="make", next_step="Wim zet het neer.", by_when=when, name="Truus", where="tafel 3"),
        answer(13, language, words=LONG, picture=drawing(1000, 280), joined_with=(12, 15), name="meneer Bakker"),
        answer(14, language, kind="keep", words="", picture=drawing(), stub=""),
        answer(15, language, kind="not_now", reason=REASON, picture=drawing(640, 900), by_when=when, name="Yıldız"),
    ]


def printed(known: Sequence[Known], kinds: Sequence[str] = ("try",), cache: Path | None = None) -> list[Picture]:
    """Return answer slips of one code as our own press prints them: pictures of 300 dpi, cut out."""
    code = known[0].code
    shape, size = form(code), CODES[code]
    given = [
        answer(at + 1, kind=kinds[at % len(kinds)], number=one.number, code_key=one.key) for at, one in enumerate(known)
    ]
    made = answers(given, format=size, imprint=IMPRINT, language="nl", cache=cache)
    assert not made.moved
    across, down = {"a5": (2, 1), "a6": (2, 2), "large": (1, 1)}[size]
    found = []
    for at in range(len(known)):
        page, place = divmod(at, across * down)
        sheet = np.asarray(raster(made.printed.pdf, page, DPI))
        left, top = round(place % across * sheet.shape[1] / across), round(place // across * sheet.shape[0] / down)
        found.append(sheet[top : top + round(shape.height * FINE), left : left + round(shape.width * FINE)].copy())
    return found


def rated(known: Known, picture: Picture, kind: str, *ticked: tuple[str, str, str], seed: int = 1) -> Filled:
    """Return a printed slip on which somebody ticked by pen: group, value, and how (cross, check, circled ...)."""
    out = Filled(known, picture.copy())
    hand = Hand(out.picture, default_rng([seed, int(known.number)]), (38, 52, 140), 0.6)
    for tick in out.form.ticks:
        printed_tick = tick.group == "decision" and tick.value == kind
        out.ticks.setdefault(tick.group, {})[tick.value] = "yes" if printed_tick else "no"
    for group, value, how in ticked:
        hand.mark(next(one.box for one in out.form.ticks if (one.group, one.value) == (group, value)), how)
        out.ticks[group][value] = "doubt" if how in ("circled", "scratched") else "yes"
    return out
