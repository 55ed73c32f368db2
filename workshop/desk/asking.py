"""What somebody asked to see of the ideas: the wishes in the address, as words that can be taken out one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from flask import request
from flask_babel import gettext as _

from workshop import web
from workshop.desk import saying
from workshop.desk.guard import here, hidden_at
from workshop.domain import choices, doors, ideas, meetings, perspectives, search, sifting, themes
from workshop.domain.curating import Filter
from workshop.house import read, write

DECISIONS = ("waiting", "none", "prepared", "make", "try", "keep", "not_now")
_WISHES = ("zoek", "status", "kaart", "bijeenkomst", "perspectief", "via", "thema", "besluit", "merk", "wacht")
"""The names of wishes in the address."""


@dataclass(frozen=True)
class Asked:
    """Which ideas somebody looks at, and the wishes as they stood in the address."""

    which: Filter
    page: int
    args: dict[str, Any]

    @property
    def wishes(self) -> dict[str, Any]:
        """Return the address without its page."""
        return {name: value for name, value in self.args.items() if name != "pagina"}

    def without(self, name: str) -> dict[str, Any]:
        """Return the address with one wish less."""
        return {one: value for one, value in self.wishes.items() if one != name}


@dataclass(frozen=True)
class Option:
    """Something to choose from: its value in the address, in words, and how many ideas would fit."""

    value: str
    said: str
    count: int


def asked() -> Asked:
    """Return the wishes in the address; values nobody can choose are left out."""
    args: dict[str, Any] = {name: request.args[name][:200] for name in _WISHES if request.args.get(name, "").strip()}
    if page := request.args.get("pagina"):
        args["pagina"] = page
    status, via = args.get("status"), args.get("via")
    which = Filter(
        status=status if status in get_args(ideas.Status) else None,
        card_id=_blank(args.get("kaart")),
        channel=via if via in get_args(ideas.Channel) else None,
        perspective=args.get("perspectief"),
        held=True if "wacht" in args else None,
        theme_id=_blank(args.get("thema")),
        decision=args["besluit"] if args.get("besluit") in DECISIONS else None,
        meeting_id=args.get("bijeenkomst"),
        mark=args["merk"] if args.get("merk") in sifting.MARKS else None,
        words=args.get("zoek", ""),
        before=hidden_at(),
    )
    if which.words and read(search.behind):
        write(search.catch_up)
    return Asked(which, int(page) if page and page.isdecimal() and len(page) < 4 else 1, args)


def options(counts: Mapping[str, Mapping[str, int]], title_of: Callable[[str], str]) -> dict[str, list[Option]]:
    """Return for each wish what can be chosen, with how many ideas would fit then."""
    return {
        name: [_option(name, value, said, counts) for value, said in _choices(name, title_of).items()]
        for name in _FACETS
    }


def chosen(now: Asked, title_of: Callable[[str], str]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return each wish as (name, in words, the address without it)."""
    found = []
    for name in now.wishes:
        said = f"“{now.which.words}”" if name == "zoek" else _said(name, now.args[name], title_of)
        found.append((name, said, now.without(name)))
    return found


_FACETS = {
    "status": "status",
    "kaart": "card",
    "bijeenkomst": "meeting",
    "perspectief": "perspective",
    "via": "channel",
    "thema": "theme",
    "besluit": "decision",
    "merk": "mark",
    "wacht": "held",
}


def _said(name: str, value: str, title_of: Callable[[str], str]) -> str:
    """Return a wish in words; a value nobody can choose as it stands in the address."""
    return _choices(name, title_of).get(value, value)


def _choices(name: str, title_of: Callable[[str], str]) -> dict[str, str]:
    """Return what can be chosen for a wish: value in the address, and in words."""
    workshop_id = here().id
    if name == "status":
        return {key: str(said) for key, said in saying.STATUSES.items() if key != "apart"}
    if name == "kaart":
        keys = {door.card_id for door in read(doors.of_workshop, workshop_id).values()}
        return {key or "-": title_of(key) for key in sorted(keys | set(read(choices.of_workshop, workshop_id)))}
    if name == "bijeenkomst":
        return {one.id: _meeting(one) for one in read(meetings.of_workshop, workshop_id)}
    if name == "perspectief":
        return read(perspectives.names, workshop_id, web.language())
    if name == "via":
        return {key: str(said) for key, said in saying.CHANNELS.items()}
    if name == "thema":
        return {"-": _("zonder thema")} | {one.id: one.name for one in read(themes.of_workshop, workshop_id)}
    if name == "besluit":
        return dict(zip(DECISIONS, _decisions(), strict=True))
    if name == "merk":
        return {
            "question": _("vragen"),
            "stays": _("blijft hier"),
            "parked": _("geparkeerd"),
            "within": _("niet geparkeerd"),
        }
    return {"1": _("nog niet te zien")}


def _decisions() -> tuple[str, ...]:
    return (
        _("wacht op antwoord"),
        _("zonder besluit"),
        _("besluit staat klaar"),
        _("we maken het"),
        _("we proberen het"),
        _("we bewaren het"),
        _("niet nu"),
    )


def _meeting(meeting: meetings.Meeting) -> str:
    return meeting.name or str(
        _("bijeenkomst %(number)s, %(day)s", number=meeting.number, day=saying.day(meeting.date))
    )


def _option(name: str, value: str, said: str, counts: Mapping[str, Mapping[str, int]]) -> Option:
    return Option(value, said, counts.get(_FACETS[name], {}).get("" if value == "-" else value, 0))


def _blank(asked_for: str | None) -> str | None:
    """Return a value of the address; '-' stands for none."""
    return "" if asked_for == "-" else asked_for
