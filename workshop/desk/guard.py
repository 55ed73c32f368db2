"""Who may enter the desk: the one place that decides, before any page of it is made.

A page with a workshop in its address is only made for somebody who works there; everybody else gets a
404, as if it never was. Whatever changes something asks for the role `facilitator`; a helper reaches the
pages of paper and nothing else. A new page is guarded without doing anything: only the few in `OPEN` are not.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from workshop import web
from workshop.domain import curating, facilitators, paper, trays, waiting, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.house import read, write

desk = Blueprint("desk", __name__, template_folder="../help")
OPEN = {"desk.sign_in", "desk.link", "desk.deck_colours"}
WHILE_PAUSED = {"desk.sign_out", "desk.account", "desk.help_page"}
NOT_THERE = {
    "no_idea",
    "no_order",
    "no_card",
    "no_file",
    "no_stack",
    "no_page",
    "no_series",
    "no_meeting",
    "no_block",
    "no_mandate",
    "no_action",
    "no_result",
    "no_round",
    "no_trial",
    "no_wall",
}
STACKS = {"desk.paper_page", "desk.stack", "desk.stack_state"}
"""What came back on paper, without a word of it: for everybody who works here."""
HANDS = {
    *("desk.bring", "desk.stack_again", "desk.stack_count"),
    *("desk.camera_new", "desk.camera", "desk.camera_keep", "desk.camera_state"),
    *("desk.look_next", "desk.look", "desk.look_do", "desk.page_picture", "desk.crop"),
    *("desk.typing", "desk.type_next", "desk.type_one", "desk.type_over"),
    *("desk.type_before", "desk.type_take", "desk.back_away"),
}
"""Scanning and typing: for facilitators and helpers. Here one sees backs, with names."""
NEVER = "9999"
"""A moment that does not come."""
KEY = re.compile(r"[0-9A-Z]{26}")


def me() -> Facilitator:
    """Return who is signed in; only for pages behind the guard."""
    who: Facilitator = g.me
    return who


def here() -> Workshop:
    """Return the workshop in the address, loaded for who is signed in."""
    workshop: Workshop = g.workshop
    return workshop


def may_change() -> bool:
    """Say whether who is signed in may change things in this workshop."""
    return "workshop" in g and g.workshop.role == "facilitator"


def may_scan() -> bool:
    """Say whether who is signed in may bring in paper, look at it and type it over."""
    return "workshop" in g and g.workshop.role in ("facilitator", "helper")


def hidden_at() -> str | None:
    """Return since when ideas are hidden from who is signed in; None for facilitators, who see everything.

    For others it is always a moment, however far: what is private is hidden from them at any time.
    """
    return None if may_change() else here().hidden_at or NEVER


def shown_here(idea: Idea) -> bool:
    """Say whether who is signed in may see an idea now: who looks along sees nothing that is hidden or private."""
    return waiting.given_before(idea, hidden_at())


def number_in(text: str) -> int:
    """Return the number in a field or address; 0 for what is no number of ours, or a senseless one."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def cookie_name(kind: str = "") -> str:
    """Return the name of our cookie; over https it carries the prefix that binds it to this host."""
    return ("__Host-" if request.is_secure else "") + "bureau" + kind


def let_in(secret: str) -> None:
    """Give this browser the cookie of a sign-in; it lasts until the browser closes."""
    web.set_cookie(cookie_name(), secret, None)


def secret_here() -> str:
    """Return the secret of this browser's sign-in cookie, or ''."""
    return request.cookies.get(cookie_name(), "")


def after_sign_in() -> str:
    """Return where to go now: a page of ours by its name, never an address somebody sent along."""
    name, workshop_id = request.values.get("naar", ""), request.values.get("werkplaats", "")
    if name in _RETURNS and KEY.fullmatch(workshop_id):
        return url_for(f"desk.{name}", workshop_id=workshop_id)
    return url_for("desk.mine")


_WRITTEN = ("woorden", "reden", "vervolg", "title", "purpose", "materials", "question", "in.")
_RETURNS = (
    "home",
    "details",
    "recipes",
    "cards",
    "own",
    "printing",
    "camera_new",
    "stream",
    "paper_page",
    "typing",
    "answering",
    "meetings",
)


@desk.before_request
def _guard() -> ResponseReturnValue | None:
    g.me = _who()
    if request.endpoint in OPEN:
        return None
    if g.me is None:
        return _ask_to_sign_in()
    if g.me.paused and request.endpoint not in WHILE_PAUSED:
        abort(
            403,
            _("Jullie organisatie staat even stil. Er gaat niets verloren. Vraag de beheerder hoe het verder gaat."),
        )
    workshop_id = (request.view_args or {}).get("workshop_id")
    if workshop_id is not None:
        g.workshop = read(workshops.find, workshop_id, g.me.id) or abort(404)
        _only_what_is_theirs()
    return None


def _only_what_is_theirs() -> None:
    """Stop whoever has another role than this page asks for."""
    if g.workshop.role == "helper":
        if request.endpoint not in STACKS | HANDS | {"desk.own_deck_colours"}:
            abort(403, _("Jij helpt hier met scannen en overtypen. Deze pagina is voor begeleiders."))
    elif g.workshop.role == "observer" and request.endpoint in HANDS:
        abort(403, _("Je kijkt mee in deze werkplaats. Op papier staan namen: dat zien alleen begeleiders en helpers."))
    elif request.method not in ("GET", "HEAD", "OPTIONS") and not may_change():
        abort(403, _("Je kijkt mee in deze werkplaats. Alleen een begeleider kan iets veranderen."))


def _who() -> Facilitator | None:
    secret = secret_here()
    found = read(facilitators.signed_in, secret) if secret else None
    if found is None:
        return None
    who, mark = found
    if mark:
        write(facilitators.seen, secret)
    return who


def _ask_to_sign_in() -> ResponseReturnValue:
    """Send to the sign-in page and remember which page was asked; what was typed is shown to copy."""
    name = (request.endpoint or "").removeprefix("desk.")
    where = {"naar": name, "werkplaats": (request.view_args or {}).get("workshop_id", "")} if name in _RETURNS else {}
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("desk.sign_in", **where))
    typed = [text for name, text in request.form.items() if text.strip() and name.startswith(_WRITTEN)]
    return render_template("desk/sign_in.html", typed="\n\n".join(typed), ended=True), 401


@desk.context_processor
def _shared() -> dict[str, Any]:
    """Give every page who is signed in, the workshop, and how much work is left in it."""
    workshop = g.get("workshop")
    return {
        "me": g.get("me"),
        "workshop": workshop,
        "left": read(curating.counts, workshop.id) if workshop else None,
        "left_on_paper": _left_on_paper(workshop),
        "may_change": may_change(),
        "may_scan": may_scan(),
        "in_other_language": _in_other_language(),
    }


def _left_on_paper(workshop: Workshop | None) -> dict[str, int]:
    """Return how many pages wait for a person, and how many cards to be typed over."""
    if workshop is None:
        return {}
    return {"look": read(trays.left_to_look, workshop.id), "type": read(paper.left_to_type, workshop.id)}


def _in_other_language() -> str:
    """Return this same page in the other language, or '' for what was sent from a form."""
    if request.method != "GET":
        return ""
    other = "en" if web.language() == "nl" else "nl"
    return "?" + urlencode(request.args.to_dict() | {"taal": other})


@desk.errorhandler(HTTPException)
def _sorry(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    said = error.description if code in (400, 403) else None
    return render_template("desk/sorry.html", code=code, said=said), code
