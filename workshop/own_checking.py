"""Is this draft a card? The rules of every card and the measure of paper, led back to the fields of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from cards.card import Card, Deck, Face, Language
from cards.finding import CardError, Finding
from cards.headings import headings
from cards.pairs import check_pair
from cards.reading import parse_card
from cards.rules import check_card, room
from cards.said import Said
from cards.writing import IN, Draft, Place, Written, written
from print import documents
from print.documents import Item, Misfit
from print.errors import PrintError
from print.imprint import Door, Imprint
from workshop.apart import Overdone
from workshop.domain import own_draft
from workshop.domain.own_cards import OwnCard, named
from workshop.domain.own_draft import NEW
from workshop.house import House

_EMPTY: Final = frozenset(
    {"`{name}` should be {wanted}", "`{name}` is missing", "`{name}` is not one of the words it may be"}
)
_FIRST: Final[dict[Face, tuple[str, ...]]] = {
    "front": ("in.invitation", "in.who_am_i", "in.the_question"),
    "back": ("in.steps", "in.i_see", "in.tell"),
}


@dataclass(frozen=True)
class Remark:
    """Something to change in a field of the form. Sentences can be said in both languages (`cards.said`)."""

    field: str
    level: Literal["error", "warning", "empty"]
    what: str = ""
    cure: str = ""


@dataclass(frozen=True)
class Checked:
    """What was found on a draft. `card` is what it makes, None when it makes none; `slow` when paper was not tried."""

    card: Card | None
    remarks: tuple[Remark, ...]
    misfits: tuple[Misfit, ...] = ()
    rooms: tuple[tuple[Face, int, int], ...] = ()
    slow: bool = False
    drawable: bool = True

    @property
    def right(self) -> bool:
        """Say whether this may be chosen and printed."""
        fine = not any(one.level in ("error", "empty") for one in self.remarks)
        return self.card is not None and fine and not self.misfits and not self.slow


def check(house: House, card: OwnCard, whole: Draft, language: Language, deck: Deck) -> Checked:
    """Hold a draft in one language against every rule and, when it reads, against every size of paper."""
    draft = named(card, own_draft.one(whole, language))
    file = written(draft, card.place(language))
    made, remarks = _read(file, draft, language)
    drawn = made or _with_dots(draft, card.place(language))
    rooms = tuple((face, *room(drawn, face)) for face in get_args(Face)) if drawn and drawn.kind != "form" else ()
    if made is None:
        return Checked(None, tuple(remarks), rooms=rooms, drawable=drawn is not None)
    remarks += [_remark(one, file, draft, language) for one in check_card(made)]
    remarks += _unlike_its_twin(card, whole, made, file, draft)
    try:
        misfits = house.preview.run(documents.fit, made, deck, cache=house.settings.data / "faces")
    except Overdone:
        return Checked(made, tuple(remarks), rooms=rooms, slow=True)
    return Checked(made, tuple(remarks), tuple(misfits), rooms)


def right_in(house: House, card: OwnCard, whole: Draft, deck: Deck) -> list[Language]:
    """Return the languages in which a draft is right."""
    return [code for code in own_draft.languages(whole) if check(house, card, whole, code, deck).right]


def preview(
    house: House, card: OwnCard, whole: Draft, language: Language, deck: Deck, face: Face, imprint: Imprint
) -> bytes:
    """Return one face of a draft as it would print, as PNG; what is still empty is shown as dots.

    The number and the word are stand-ins: a card has its own from the moment it is chosen.

    Raises `PrintError` for what cannot be printed, such as too many words.
    """
    draft = own_draft.one(whole, language)
    drawn = _with_dots(named(card, draft), card.place(language))
    if drawn is None:
        raise PrintError("This is no card yet.")
    picture = house.files.read(draft["picture"]) if draft.get("picture") else b""
    door = Door("000000", "0000000000", "zonnebloem") if imprint.base else None
    item = Item(drawn, deck, door, picture=picture)
    cache = house.settings.data / "faces"
    return house.preview.run(documents.preview, item, face=face, imprint=imprint, cache=cache)


def _read(file: Written, draft: Draft, language: Language) -> tuple[Card | None, list[Remark]]:
    try:
        return parse_card(file.text, Path("card.md")), []
    except CardError as error:
        found = [_remark(one, file, draft, language) for one in error.findings]
        return None, list(dict.fromkeys(found))


def _remark(found: Finding, file: Written, draft: Draft, language: Language) -> Remark:
    field = file.field(found.line)
    what, cure = found.what, found.cure
    template = what.template if isinstance(what, Said) else ""
    if template == "a {kind} card needs the heading `{heading}`":
        return Remark(IN + headings(language)[what.values["heading"]].key, "error", what, cure)  # type: ignore[attr-defined]
    if template.startswith("the {face} has"):
        return Remark(_first_of(draft, what.values["face"]), found.level, what, cure)  # type: ignore[attr-defined]
    if template in _EMPTY and not draft.get(field, "").strip():
        return Remark(field, "empty")
    return Remark(field, found.level, what, cure)


def _first_of(draft: Draft, face: Face) -> str:
    return next((field for field in _FIRST[face] if draft.get(field)), _FIRST[face][0])


def _unlike_its_twin(card: OwnCard, whole: Draft, made: Card, file: Written, draft: Draft) -> list[Remark]:
    """Say as advice where the two languages do not run in step; only the newest can be mended at a time."""
    other: Language = "en" if made.lang == "nl" else "nl"
    if other not in own_draft.languages(whole):
        return []
    twin, _ = _read(written(named(card, own_draft.one(whole, other)), card.place(other)), draft, other)
    if twin is None:
        return []
    nl, en = (made, twin) if made.lang == "nl" else (twin, made)
    found: Iterator[Finding] = iter(check_pair(nl, en))
    if made.lang == "en":
        return [Remark(file.field(one.line), "warning", one.what, one.cure) for one in found]
    return [Remark("title", "warning", one.what, one.cure) for one in found]


def _with_dots(draft: Draft, place: Place) -> Card | None:
    """Return what a draft makes with dots for what is empty, to look at; None when that is no card either."""
    dots = dict.fromkeys(("title", "purpose", "source", "licence", "alt"), "…")
    numbers = {name: NEW[name] for name in NEW if not draft.get(name, "").strip()}
    filled = dots | {name: text for name, text in draft.items() if text.strip()} | numbers
    if not any(name.startswith(IN) for name in filled):
        filled[f"{IN}invitation"] = "…"
    try:
        return parse_card(written(filled, place).text, Path("card.md"))
    except CardError:
        return None
