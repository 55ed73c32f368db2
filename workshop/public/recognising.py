"""“Dat herken ik”: one tap per phone and idea, or by the number of an idea for whoever holds a stub.

It says yes or no, never more or less of it: tapping twice, or sending twice, changes nothing. Numbers are shown when
the facilitators show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop import clock, web
from workshop.domain import ideas, joining, paper, support, waiting, workshops
from workshop.domain.ideas import Idea
from workshop.domain.slips import Slip
from workshop.errors import Refused
from workshop.house import read, write
from workshop.public import adding, gathered, stub
from workshop.public.visitor import public
from workshop.store import Tx

PER_VOTER = 30  # a minute
IN_ALL = 600  # a minute, in one workshop


@dataclass(frozen=True)
class Known:
    """An idea somebody recognises by its number; its words only when everybody may see them."""

    nr: int
    words: str


@public.post("/<text>/idee/<int:nr>/herken")
def recognise(text: str, nr: int) -> ResponseReturnValue:
    """Note that this phone recognises an idea it sees, or no longer; never one's own."""
    here, seen = adding.found(text, nr)
    if here.open and not seen.own:
        try:
            write(_note, seen.idea, gathered.voter_of(web.device()), web.device(), request.form.get("aan") == "1")
        except Refused:
            fault = _("Het gaat even te snel. Wacht een minuut en probeer het dan weer.")
            return adding.page(here, seen, fault=fault), 429
    if request.form.get("terug") == "kaart":
        return redirect(url_for("public.card", text=here.door.number, _anchor=f"idee-{nr}"), 303)
    return redirect(url_for("public.add", text=here.door.number, nr=nr, _anchor="herken"), 303)


@public.post("/strookje/<number>/herken")
def recognise_by_stub(number: str) -> ResponseReturnValue:
    """Note that whoever holds this stub recognises the idea with the number they typed, or no longer."""
    slip = stub.held(number)
    if slip is None:
        return redirect(url_for("public.stub_page", number=number), 303)
    said = "".join(sign for sign in request.form.get("nr", "") if sign.isdecimal())[:6]
    wrong = ""
    try:
        write(_note_by_number, slip, int(said or 0), request.form.get("aan") == "1")
    except Refused as refused:
        wrong = refused.code
    wrong_nr = said if wrong else None
    page = url_for("public.stub_page", number=number, herken=wrong or None, nr=wrong_nr, _anchor="herken")
    return redirect(page, 303)


def _note(tx: Tx, idea: Idea, voter: str, device: str, on: bool) -> None:
    """Note it, with the side from which this phone said to look. Raises `Refused('too_fast')`."""
    row = tx.moderating.perspective_of(workshop_id=idea.workshop_id, device=device)
    _keep(tx, idea, voter, on, row["perspective"] if row else "")


def _note_by_number(tx: Tx, slip: Slip, nr: int, on: bool) -> None:
    """Raises `Refused`: 'no_such_idea', 'own_idea', 'too_fast', 'closed'."""
    workshop = workshops.at_door(tx, slip.workshop_id)
    if workshop.closed_at:
        raise Refused("closed")
    idea = _by_number(tx, slip.workshop_id, nr, workshop.hidden_at)
    if any(one.slip == slip.number for one in joining.leaves(tx, idea)):
        raise Refused("own_idea")
    mine = paper.idea_of(tx, slip.number)
    _keep(tx, idea, f"slip:{slip.number}", on, mine.perspective if mine else "")


def _keep(tx: Tx, idea: Idea, voter: str, on: bool, perspective: str) -> None:
    where = {"workshop_id": idea.workshop_id, "since": clock.ago(minutes=1)}
    mine, all_of_us = (tx.moderating.votes_since(**where, voter=one) for one in (voter, None))
    if mine >= PER_VOTER or all_of_us >= IN_ALL:
        raise Refused("too_fast")
    said = support.recognised_by(tx, idea.workshop_id, voter) & support.family_of(tx, idea)
    if on and not said:
        support.recognise(tx, idea, voter, on=True, perspective=perspective)
    for key in () if on else said:
        support.recognise(tx, ideas.by_key(tx, idea.workshop_id, key), voter, on=False, perspective=perspective)


def _by_number(tx: Tx, workshop_id: str, nr: int, hidden_at: str | None) -> Idea:
    """Return the idea with this number as the group sees it, the joined one when it is part of one."""
    row = tx.moderating.numbered(workshop_id=workshop_id, nr=nr)
    if row is None:
        raise Refused("no_such_idea")
    idea = ideas.by_key(tx, workshop_id, row["id"])
    joined = joining.top(tx, idea)
    if not all(waiting.seen_by_group(one, hidden_at) for one in (idea, joined)):
        raise Refused("no_such_idea")
    return joined


def _known_by(number: str, workshop_id: str) -> list[Known]:
    return read(_known, number, workshop_id)


def _known(tx: Tx, number: str, workshop_id: str) -> list[Known]:
    """Return what a stub recognises, as far as the group sees it now."""
    hidden_at = workshops.at_door(tx, workshop_id).hidden_at
    found = []
    for key in sorted(support.recognised_by(tx, workshop_id, f"slip:{number}")):
        try:
            idea = joining.top(tx, ideas.by_key(tx, workshop_id, key))
        except Refused:
            continue
        if waiting.seen_by_group(idea, hidden_at):
            (filled,) = joining.filled(tx, [idea], everyone=True, hidden_at=hidden_at)
            open_to_all = idea.status == "wall" and idea.seen_by != "group"
            found.append(Known(idea.nr, filled.words if open_to_all else ""))
    return sorted(set(found), key=lambda one: one.nr)


def _said(wrong: str) -> str:
    words: dict[str, str] = {
        "no_such_idea": _("Dit nummer kennen we niet. Kijk nog eens op de muurkrant."),
        "own_idea": _("Dit is uw eigen idee. Dat telt al mee."),
        "too_fast": _("Het gaat even te snel. Wacht een minuut en probeer het dan weer."),
        "closed": _("Deze werkplaats is gesloten."),
    }
    return words.get(wrong, "")


@public.app_context_processor
def _for_stubs() -> dict[str, Any]:
    return {"known_by": _known_by, "said_of_known": _said}
