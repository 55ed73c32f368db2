"""A wall newspaper to print in tests: ideas of every kind, by theme, some with an answer."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw

from print.numbers import with_check
from print.wall_texts import Decision, Nameless, Section, WallIdea, WallText

THEMES = ("Naar buiten", "Samen eten en drinken", "")
TALES = (
    "Een bankje halverwege de winkel en het park.",
    "Elke dinsdag samen koffie drinken in de hal, met een grote pot thee erbij voor wie geen koffie lust.",
    "Iemand die één keer per week belt.\nGewoon om te vragen hoe het gaat.",
)
DECISIONS = (
    None,
    Decision("try", "We beginnen klein.", "Anna vraagt om twee bankjes.", "maandag 22 februari 2027"),
    Decision("not_now", "Hier is nu geen geld voor."),
    Decision("make", "Veel mensen noemden dit."),
)
LONG = " ".join(f"Dit is zin {number} van een heel lang verhaal." for number in range(1, 53))[:2000]


@cache
def drawing(wide: int = 800, tall: int = 600) -> bytes:
    """Return a JPEG of something drawn on paper."""
    image = Image.new("RGB", (wide, tall), "#f7f3ea")
    draw = ImageDraw.Draw(image)
    for at in range(1, 6):
        draw.line([(40, tall * at // 6), (wide - 40, tall * at // 6 - 20)], fill="#203060", width=8)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def idea(nr: int) -> WallIdea:
    """Return one idea: typed, drawn, or both, in turn."""
    pictures = (drawing(),) if nr % 3 == 0 else ()
    words = "" if nr % 6 == 0 else f"{TALES[nr % 3]} Dat is wens {nr}."
    return WallIdea(nr, words, "idee van een deelnemer", pictures, DECISIONS[nr % 4], nr % 2 * nr, nr % 3)


def newspaper(count: int, *more: WallIdea) -> WallText:
    """Return a wall newspaper with so many ideas and these, over three themes, and some answers without a name."""
    ideas = [idea(nr) for nr in range(1, count + 1)] + list(more)
    part = -(-len(ideas) // 3) or 1
    sections = tuple(Section(name, tuple(ideas[at * part : (at + 1) * part])) for at, name in enumerate(THEMES))
    nameless = tuple(
        Nameless(one.nr, with_check(f"{2741000 + one.nr}"), one.decision)
        for one in ideas
        if one.decision and one.nr % 2
    )
    return WallText(
        "De Linde", "Hoe wonen we straks fijn?", "Bijeenkomst 3", "dinsdag 23 november 2026", sections, nameless
    )
