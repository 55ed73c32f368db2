"""A card's page: its words as printed, the ideas this visitor may see, one box and one button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from print import forms
from workshop import ids, web
from workshop.domain import consent, doors, ideas, network_cards, perspectives, rounds
from workshop.errors import Refused
from workshop.house import read, write
from workshop.public import finding, gathered, results, safety, shown, slips, start, stub
from workshop.public.gathered import Kept, Seen
from workshop.public.visitor import Here, device, join, keys, letters, public

NUMBER = 6
SCANNED = 16
_KEY, _LISTED = ids.token(), ids.token()
"""Stand in a page that is kept where the key of a visitor's own form comes, and the ideas as this visitor sees them."""


@dataclass(frozen=True)
class Draft:
    """What stands in the form: empty at first, and everything typed when something was not right.

    `question` says whether that form asked for questions only; None is a form nobody saw yet.
    """

    send_key: str
    words: str = ""
    maker: str = ""
    visibility: str = "group"
    for_other: bool = False
    perspective: str = ""
    kept: tuple[str, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    twice: bool = False
    question: bool | None = None
    stays: bool = False

    def fault(self, field: str) -> str:
        """Return what is not right in a field, or ''."""
        return dict(self.faults).get(field, "")


@public.get("/<text>")
def card(text: str) -> ResponseReturnValue:
    """Show a card's page; somebody who scanned its QR joins the group first and gets the short address.

    Idea cards and stubs are scanned at the same place; their codes hold a 1, which the key of a card never does.
    """
    paper = forms.payload(text)
    if paper:
        return stub.scanned(paper) if paper.code == forms.STUB else slips.scanned(paper)
    plain = "".join(sign for sign in text if sign not in " -.")
    if len(plain) == SCANNED and plain.isascii() and plain.isalnum() and plain[:NUMBER].isdigit():
        return _scanned(plain[:NUMBER], plain[NUMBER:])
    number = finding.number_in(text)
    if number is None and (of_paper := finding.number_of_paper(text)):
        return redirect(url_for("public.stub_page", number=of_paper))
    if number is None:
        return start.unknown(text) if plain.isdigit() else abort(404)
    if number != text:
        return redirect(url_for("public.card", text=number))
    here = finding.behind(number)
    return page(here, Draft(ids.token())) if here else start.unknown(text)


@public.post("/<text>/woord")
def word(text: str) -> ResponseReturnValue:
    """Let somebody who has the card in hand, but no camera, into the group by its word."""
    here = _here(text)
    said = request.form.get("woord", "")
    fault = _("Dit woord hoort niet bij deze kaart. Kijk nog eens goed, of vraag het aan de begeleider.")
    try:
        if write(doors.say_word, here.door, said, web.device()):
            join(here.door)
            return redirect(url_for("public.card", text=here.door.number), 303)
    except Refused:
        fault = _("Er zijn te veel verkeerde woorden getypt. Scan de code op uw kaart, of vraag het aan de begeleider.")
    return page(here, Draft(ids.token(), faults=(("woord", fault),)), said=said[:60]), 422


@public.get("/<text>/woord")
def after_word(text: str) -> ResponseReturnValue:
    """Go back to the card, when the page of a wrong word is opened again."""
    return redirect(url_for("public.card", text=text))


def page(here: Here, draft: Draft, said: str = "") -> str:
    """Return a card's page with this draft in its form."""
    sides = read(perspectives.names, here.workshop.id, web.language())
    seen, kept = gathered.shown(here, device(), sides)
    facts = {
        "count": len(seen),
        "face": shown.face(here),
        "older": shown.older(here),
        "consent": consent.text(web.language()),
        "perspectives": read(perspectives.choices, here.workshop.id, web.language(), draft.perspective),
        "first": gathered.read_first(here),
        "form_now": safety.now(here, draft.question),
        "open_rounds": read(rounds.open_now, here.workshop.id) if here.in_group else [],
        "came": read(results.came, here.workshop, keys()),
    }

    listed = _listed(here, seen, kept, sides)

    def made(draft: Draft, listed: list[str]) -> str:
        return render_template(
            "public/card.html", here=here, listed=listed, draft=draft, said=said, most=ideas.MOST_PICTURES, **facts
        )

    if said or draft != Draft(draft.send_key):
        return made(draft, listed)
    whole = kept.page(letters(), facts, lambda: made(Draft(_KEY), [_LISTED]))
    return whole.replace(_KEY, draft.send_key).replace(_LISTED, "\n".join(listed))


def _listed(here: Here, seen: list[Seen], kept: Kept, sides: Mapping[str, str]) -> list[str]:
    """Return the ideas on a card's page, those that everybody sees alike put into words once."""

    @cache
    def words() -> Any:
        about = {"here": here, "few": gathered.FEW, "day_of": shown.day_of}
        about["perspective_of"] = lambda idea: sides.get(idea.perspective, "")
        return current_app.jinja_env.get_template("public/listed.html").make_module(about)

    return [kept.piece(one, lambda one: words().listed(one)) for one in seen]


@public.context_processor
def _private() -> dict[str, str]:
    """Tell every page which card it is of which only facilitators read what is shared."""
    return {"private_card": network_cards.BEING}


def _here(text: str) -> Here:
    number = finding.number_in(text)
    return (number and finding.behind(number)) or abort(404)


def _scanned(number: str, key: str) -> ResponseReturnValue:
    door = finding.by_scan(number, key)
    if door:
        join(door)
    return redirect(url_for("public.card", text=number))
