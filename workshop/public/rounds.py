"""Choosing with dots on a phone: for whoever belongs to the group, or holds a stub of this workshop.

Every button works without a script: plus and minus send the page, and get it back with one dot more or less.
"""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from print.forms import STUB
from workshop import web
from workshop.domain import doors, perspectives, round_results, rounds, slips, waiting, workshops
from workshop.domain.rounds import Given, Round
from workshop.errors import Refused
from workshop.house import read, write
from workshop.public import photos
from workshop.public.visitor import device, keys, near, papers, public
from workshop.store import Tx


@public.get("/ronde/<round_id>", endpoint="round")
def round_page(round_id: str) -> ResponseReturnValue:
    """Show what can be chosen and what this phone gave before; after it is shown, the result."""
    found = _found(round_id)
    if found is None:
        return _not_yours()
    voter = _voter(found, device() or "")
    mine = read(rounds.given_by, found, voter, device() or "")
    return _page(found, mine or Given({}, ""), before=mine is not None)


@public.post("/ronde/<round_id>")
def round_give(round_id: str) -> ResponseReturnValue:
    """Keep the dots, or give the page back with one dot more or less; what was chosen always stays on it."""
    found = _found(round_id)
    if found is None:
        return _not_yours()
    draft = _draft(found)
    if "erbij" in request.form or "eraf" in request.form:
        return _page(found, _stepped(found, draft))
    mark = web.device()
    try:
        write(rounds.give, found, _voter(found, mark), draft.dots, device=mark, perspective=draft.perspective)
    except Refused as refused:
        return _page(found, draft, _said(refused)), 422
    return redirect(url_for("public.round_thanks", round_id=found.id), 303)


@public.get("/ronde/<round_id>/bedankt")
def round_thanks(round_id: str) -> ResponseReturnValue:
    """Say that the dots arrived."""
    found = _found(round_id)
    if found is None:
        return _not_yours()
    return render_template("public/round_thanks.html", about=found, workshop=read(workshops.at_door, found.workshop_id))


@public.get("/ronde/<round_id>/foto/<picture_id>")
def round_picture(round_id: str, picture_id: str) -> ResponseReturnValue:
    """Give a picture of an idea that can be chosen, to whoever may choose."""
    found = _found(round_id) or abort(404)
    seen = {one.id: one for idea in read(rounds.for_group, found) for one in idea.pictures}
    return photos.given(seen.get(picture_id))


@public.app_context_processor
def _shared() -> dict[str, object]:
    """Let a page of the group say that there is something to choose."""
    return {"rounds_open": lambda workshop_id: read(rounds.open_now, workshop_id)}


def _found(round_id: str) -> Round | None:
    """Return a round for somebody of its group; None for everybody else, and as long as it never opened."""
    found = read(_for_visitor, round_id, keys(), [(one.number, one.key) for one in papers() if one.code == STUB])
    if found:
        near(read(workshops.at_door, found.workshop_id))
    return found


def _for_visitor(tx: Tx, round_id: str, scanned: list[str], stubs: list[tuple[str, str]]) -> Round | None:
    found = rounds.by_key(tx, round_id)
    if found is None or found.state == "made":
        return None
    in_group = found.workshop_id in doors.group_of(tx, scanned)
    return found if in_group or _stub_of(tx, found.workshop_id, stubs) else None


def _stub_of(tx: Tx, workshop_id: str, stubs: list[tuple[str, str]]) -> str:
    """Return the number of the first of these stubs that is of this workshop; '' when none is."""
    held = (slips.by_stub(tx, number, key) for number, key in stubs)
    return next((slip.number for slip in held if slip and slip.workshop_id == workshop_id), "")


def _voter(about: Round, mark: str) -> str:
    """Return who gives: the number of the stub this phone holds, else the phone itself."""
    number = read(_stub_of, about.workshop_id, [(one.number, one.key) for one in papers() if one.code == STUB])
    return f"slip:{number}" if number else f"device:{mark}"


def _draft(about: Round) -> Given:
    """Return what stands in the form; what is no number of dots is none."""
    typed = {key: request.form.get(f"stippen-{key}", "").strip() for key in about.idea_ids}
    dots = {key: int(text) for key, text in typed.items() if text.isascii() and text.isdigit() and len(text) < 3}
    return Given(dots, request.form.get("perspectief", ""))


def _stepped(about: Round, draft: Given) -> Given:
    """Return the form after plus or minus; never less than none, and never more than there are."""
    more, less = request.form.get("erbij", ""), request.form.get("eraf", "")
    dots = dict(draft.dots)
    if more in about.idea_ids and sum(dots.values()) < about.dots:
        dots[more] = dots.get(more, 0) + 1
    if dots.get(less):
        dots[less] -= 1
    return Given(dots, draft.perspective)


def _page(about: Round, draft: Given, fault: str = "", *, before: bool = False) -> str:
    workshop = read(workshops.at_door, about.workshop_id)
    result = read(round_results.results, about, workshop.hidden_at)
    stepped = request.form.get("erbij") or request.form.get("eraf") or ""
    return render_template(
        "public/round.html",
        about=about,
        before=before,
        draft=draft,
        fault=fault,
        given=sum(draft.dots.values()),
        ideas=read(rounds.for_group, about),
        is_open=about.state == "open" and not workshop.closed_at,
        perspectives=read(perspectives.choices, about.workshop_id, web.language(), draft.perspective),
        scores=[
            one
            for one in (result.scores if result else ())
            if one.idea and waiting.seen_by_group(one.idea, workshop.hidden_at)
        ],
        stepped=stepped if stepped in about.idea_ids else "",
        workshop=workshop,
    )


def _not_yours() -> ResponseReturnValue:
    return render_template("public/round_elsewhere.html"), 404


def _said(refused: Refused) -> str:
    if refused.code == "dots_many":
        return str(_("U gaf %(given)s stippen. U heeft er %(most)s. Haal er eerst een paar weg.", **refused.values))
    return str(_("Het kiezen is voorbij. Uw nieuwe keuze is niet bewaard. Vertel hem aan de begeleider."))
