"""Adding to an idea of somebody else: “Vul dit idee aan”. What is added is an idea of its own, with its own receipt.

Only about an idea this visitor sees. When that idea went away meanwhile, nothing typed is lost: it stands in the form
of the card, to be sent as an idea by itself.
"""

from __future__ import annotations

from dataclasses import replace

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from workshop import ids, web
from workshop.domain import consent, ideas, perspectives
from workshop.house import read
from workshop.public import finding, gathered, safety, sharing, shown
from workshop.public.card import Draft
from workshop.public.gathered import Seen
from workshop.public.visitor import Here, device, public


@public.get("/<text>/idee/<int:nr>")
def add(text: str, nr: int) -> ResponseReturnValue:
    """Show one idea with all that was added to it, and the form to add something."""
    return page(*found(text, nr))


@public.post("/<text>/idee/<int:nr>")
def send_addition(text: str, nr: int) -> ResponseReturnValue:
    """Take in what somebody adds; the same sending twice is one."""
    here = _here(text, giving=True)
    seen = _seen(here, nr)
    if seen is None:
        return sharing.again(here)
    return sharing.take_in(here, lambda draft: page(here, seen, draft), about_id=seen.idea.id)


def found(text: str, nr: int) -> tuple[Here, Seen]:
    """Return where this visitor is and the idea with this number; stops with a 404 when they may not see it."""
    here = _here(text)
    return here, _seen(here, nr) or abort(404)


def page(here: Here, seen: Seen, draft: Draft | None = None, fault: str = "") -> str:
    """Return the page of one idea, with this draft in its form."""
    sides = read(perspectives.names, here.workshop.id, web.language())
    return render_template(
        "public/adding.html",
        here=here,
        face=replace(shown.face(here), photo_first=False),
        seen=seen,
        draft=draft or Draft(ids.token()),
        fault=fault,
        consent=consent.text(web.language()),
        perspectives=read(perspectives.choices, here.workshop.id, web.language(), draft.perspective if draft else ""),
        perspective_of=lambda idea: sides.get(idea.perspective, ""),
        day_of=shown.day_of,
        most=ideas.MOST_PICTURES,
        first=gathered.read_first(here),
        form_now=safety.now(here, draft.question if draft else None),
    )


def _here(text: str, *, giving: bool = False) -> Here:
    number = finding.number_in(text)
    return (number and finding.behind(number, giving=giving)) or abort(404)


def _seen(here: Here, nr: int) -> Seen | None:
    """Return the idea with this number; a comment's number leads to the idea it stands under."""
    for one in read(gathered.gather, here.door, here.in_group, device()):
        if nr == one.idea.nr or nr in {idea.nr for idea in one.added}:
            return one
    return None
