"""An idea card in the hand, its code scanned with any phone: photograph it, or type what is on it.

The key in that code only proves a genuine print. It opens nobody's ideas, not those of the group either, and it
changes or takes back nothing that is there: that is what the stub is for.
"""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from print.forms import STUB, Payload
from print.numbers import shown as spaced
from workshop import ids, web
from workshop.domain import consent, organisations, paper, photographed, slips, workshops
from workshop.domain.slips import Slip
from workshop.domain.stacks import Brought
from workshop.errors import Refused, StoreFull
from workshop.house import house, nudge, read, write
from workshop.pictures import MOST_BYTES
from workshop.public import shown, start
from workshop.public.visitor import hold, near, papers, public
from workshop.store import Tx

SORRY = {"closed": 403, "full": 507, "slip_typed": 409}


@public.get("/ideekaart/<number>")
def slip(number: str) -> ResponseReturnValue:
    """Ask to photograph this idea card, or to type what is on it."""
    return _page(_in_hand(number))


@public.post("/ideekaart/<number>")
def type_slip(number: str) -> ResponseReturnValue:
    """Take in the words of an idea card; sending them twice is one idea."""
    here = _in_hand(number)
    words, choice = request.form.get("idee", ""), request.form.get("zien", "")
    try:
        write(_typed, here.number, words, choice, web.device())
    except Refused as refused:
        typed = words.replace("\r\n", "\n")
        return _page(here, refused.code, typed, choice), SORRY.get(refused.code, 422)
    return redirect(url_for("public.slip_thanks", number=here.number), 303)


@public.get("/ideekaart/<number>/bedankt")
def slip_thanks(number: str) -> ResponseReturnValue:
    """Say thanks for typed words, and what the stub is for."""
    here = _in_hand(number)
    workshop = read(workshops.at_door, here.workshop_id)
    idea, next_time = read(paper.idea_of, here.number), shown.next_time(workshop)
    return render_template(
        "public/slip_thanks.html", workshop=workshop, number=here.number, idea=idea, next_time=next_time
    )


@public.post("/ideekaart/<number>/foto")
def photograph(number: str) -> ResponseReturnValue:
    """Keep a photo of an idea card and have it read; the same photo twice is one."""
    here = _in_hand(number)
    if read(workshops.at_door, here.workshop_id).closed_at:
        return _page(here, "closed"), SORRY["closed"]
    photo = request.files.get("foto")
    try:
        if photo is None or not photo.filename:
            raise Refused("no_photo")
        if read(photographed.enough, here):
            raise Refused("photos_enough")
        file, size = house().files.keep_stream(cast(BinaryIO, photo.stream), "scan", MOST_BYTES)
        kept = Brought(spaced(here.number), file, size)
        stack = write(photographed.bring, here, web.device(), kept)
    except Refused as refused:
        return _page(here, refused.code), 422
    except StoreFull:
        return _page(here, "full"), SORRY["full"]
    if stack.state == "received":
        nudge()
    return redirect(url_for("public.photo_came", number=here.number, stack_id=stack.id), 303)


@public.get("/ideekaart/<number>/foto/<stack_id>")
def photo_came(number: str, stack_id: str) -> ResponseReturnValue:
    """Say what came of a photo: it is being read, it is read, or what to do better."""
    here = _in_hand(number)
    try:
        outcome = read(photographed.came_out, here, stack_id)
    except Refused:
        abort(404)
    workshop = read(workshops.at_door, here.workshop_id)
    idea = read(paper.idea_of, here.number)
    held = bool(idea and (idea.held or idea.status == "set_aside"))
    return render_template("public/slip_photo.html", workshop=workshop, number=number, outcome=outcome, held=held)


def scanned(said: Payload) -> ResponseReturnValue:
    """Open an idea card or a sheet whose code was scanned; a key that is not its own opens nothing."""
    found = read(slips.by_number, said.number)
    if found is None or not ids.same(found.key, said.key):
        return unknown(said.number)
    hold(said)
    return redirect(url_for("public.slip", number=found.number))


def unknown(number: str = "") -> ResponseReturnValue:
    """Say that a scanned code is not one of ours, and that the paper counts all the same; or that all of it stopped."""
    if number and read(organisations.stopped, number):
        return start.stopped()
    return render_template("public/slip_said.html", what="unknown"), 404


def _in_hand(number: str) -> Slip:
    """Return the idea card this phone scanned, to be used; anything else ends in a page that says why not."""
    keys = [payload.key for payload in papers() if payload.number == number and payload.code != STUB]
    found = read(slips.by_number, number) if keys else None
    if found is None or not any(ids.same(found.key, key) for key in keys):
        abort(make_response(render_template("public/slip_said.html", what="scan"), 404))
    near(read(workshops.at_door, found.workshop_id))
    idea = read(paper.idea_of, number)
    if not found.stub_key:
        what = "answer" if found.answer_id else "sheet"
        abort(make_response(render_template("public/slip_said.html", what=what)))
    if found.withdrawn_at or (idea and idea.withdrawn_at):
        abort(make_response(render_template("public/slip_said.html", what="withdrawn"), 410))
    return found


def _typed(tx: Tx, number: str, words: str, choice: str, device: str) -> None:
    found = slips.by_number(tx, number)
    if found:
        paper.type_by_maker(tx, found, words, choice, device)


def _page(here: Slip, wrong: str = "", typed: str = "", choice: str = "") -> str:
    workshop = read(workshops.at_door, here.workshop_id)
    idea = read(paper.idea_of, here.number)
    series = read(slips.find, here.workshop_id, here.series_id)
    field = "foto" if wrong in ("no_photo", "photos_enough", "file_large", "full", "quota_bytes") else "idee"
    return render_template(
        "public/slip.html",
        workshop=workshop,
        number=here.number,
        shown=spaced(here.number),
        question=series.question,
        card_id=series.card_id,
        has_words=bool(idea and idea.words),
        has_picture=bool(idea and idea.pictures),
        faults={field: _said(wrong)} if wrong else {},
        typed=typed,
        choice=choice or "group",
        consent=consent.text(web.language()),
    )


def _said(wrong: str) -> str:
    """Return what happened and what to do now, in words for the person it happens to."""
    words: dict[str, str] = {
        "empty": _("U heeft nog niets opgeschreven. Schrijf of spreek uw idee in."),
        "long": _("Uw tekst is te lang voor één idee. Maak hem korter."),
        "slip_typed": _("Bij deze kaart staan al andere woorden. Uw tekst staat hier nog. Gebruik uw strookje."),
        "slip_withdrawn": _("Deze kaart is teruggenomen. Uw tekst staat hier nog. Pak een nieuwe ideekaart."),
        "closed": _("Deze werkplaats is gesloten. Geef uw kaart aan de begeleider."),
        "full": _("We kunnen uw foto nu niet bewaren. Geef de kaart aan de begeleider."),
        "quota_bytes": _("We kunnen uw foto nu niet bewaren. Geef de kaart aan de begeleider. Of typ uw idee."),
        "photos_enough": _("Van deze kaart zijn er al genoeg foto’s. Geef de kaart aan de begeleider."),
        "no_photo": _("Kies eerst een foto van uw kaart. Of typ uw idee."),
        "file_large": _("Deze foto is te groot. Maak een nieuwe foto, of geef de kaart aan de begeleider."),
    }
    return words[wrong]
