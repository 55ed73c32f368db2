"""The two cards that make a pile of cards a deck: its cover, and the card that says what is in it.

The cover is known across a table by shape, name and colour; its back says how to begin. The contents
card lists titles on one side, and on the other how many minutes each takes or room for cards of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from cards.card import Card, Deck
from print import filling, press
from print.colours import deep
from print.face import Face, Shelf
from print.formats import Format
from print.imprint import Imprint
from print.sheets import Print
from print.stamps import Stamp
from print.words import words

Side = Literal["cover", "begin", "contents", "minutes"]
_ROWS_TO_WRITE: Final = {"a5": 9, "a6": 6, "a4": 9}
"""Lines on the back of a contents card for cards of one's own."""

FEW: Final = 9
"""Up to so many cards, the rows of a contents card stand further apart."""


def covers(deck: Deck, cards: Sequence[Card], form: Format, imprint: Imprint, shelf: Shelf) -> list[Print]:
    """Return cover and contents of a deck, for the sheet these cards are printed on."""

    def side(name: Side) -> Face:
        return _face(deck, cards, name, form, imprint, shelf)

    said, name = words(cards[0].lang), deck.name[cards[0].lang]
    marks = (Stamp("slot-mark", mark=deck.mark), Stamp("slot-large", mark=deck.mark))
    return [
        Print(f"{name}: {said['cover']}", side("cover"), side("begin"), marks, marks),
        Print(f"{name}: {said['contents']}", side("contents"), side("minutes"), marks, marks),
    ]


def _face(deck: Deck, cards: Sequence[Card], name: Side, form: Format, imprint: Imprint, shelf: Shelf) -> Face:
    values = _values(deck, cards, name, form, imprint)

    def make() -> Face:
        html = filling.fill("cover.html", words=words(cards[0].lang), **values)
        return press.compile_face(html, filling.style("covers"), f"{deck.id}, {name}, {form.face.upper()}")

    return shelf.take(press.key("cover.html", cards[0].lang, repr(sorted(values.items()))), make)


def _values(deck: Deck, cards: Sequence[Card], name: Side, form: Format, imprint: Imprint) -> dict[str, Any]:
    language = cards[0].lang
    said = words(language)
    reader = "facilitator" if deck.audience == "facilitator" else "all"
    timed = sorted(
        (card for card in cards if filling.timed(card)),
        key=lambda card: (card.duration.max, card.duration.min, card.number),
    )
    return {
        "lang": language,
        "size": form.face,
        "bleed": form.bleed > 0,
        "side": name,
        "colour": deck.colour,
        "deep": deep(deck.colour),
        "deck": deck.name[language],
        "purpose": filling.kept(deck.purpose[language]),
        "count": said("cards_in_deck", count=len(cards)) if len(cards) > 1 else said["card_in_deck"],
        "audience": said["for_facilitators" if deck.audience == "facilitator" else "for_everyone"],
        "how": said[f"begin_{reader}"],
        "begin": [said[f"begin_{reader}_{at}"] for at in (1, 2, 3)],
        "tested": "" if all(card.reviewed.older_readers != "not-yet" for card in cards) else said["not_tested"],
        "licence": said("cover_licence", licence=cards[0].licence.replace("-", "\u00a0")),
        "rows": [(card.number, card.title) for card in cards],
        "timed": [(card.number, card.title, said.span(card.duration)) for card in timed],
        "few": len(cards) <= FEW,
        "blank": _ROWS_TO_WRITE[form.face],
        "workshop": imprint.workshop,
    }
