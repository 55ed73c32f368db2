"""The tray of what a person must look at: one page per screen, and everything that can be done with it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from print.forms import QUESTIONS
from workshop import assigning, paper_pictures, web
from workshop.assigning import Part
from workshop.desk import saying
from workshop.desk.guard import desk, here, me, number_in
from workshop.desk.stacks import done_bar
from workshop.domain import answer_slips, consent, paper, perspectives, stacks, trays
from workshop.domain.stacks import Page, Seen
from workshop.errors import Refused
from workshop.house import house, read, write
from workshop.store import Tx

PARTS = {
    "heel": Part(),
    "boven": Part(bottom=0.5),
    "onder": Part(top=0.5),
    "linksboven": Part(right=0.5, bottom=0.5),
    "rechtsboven": Part(left=0.5, bottom=0.5),
    "linksonder": Part(right=0.5, top=0.5),
    "rechtsonder": Part(left=0.5, top=0.5),
}
EMPTY = {"nl": "Op deze kaart stond niets.", "en": "There was nothing on this card."}
"""The reason a maker reads when a card turned out to be empty, in the language of the workshop."""


@desk.get("/<workshop_id>/papier/kijken")
def look_next(workshop_id: str) -> ResponseReturnValue:
    """Go to the next page that waits; when there is none, back to the stacks."""
    said: dict[str, Any] = {name: request.args[name] for name in ("gedaan", "blad", "gezien") if name in request.args}
    page_id = read(stacks.next_to_look_at, workshop_id, request.args.get("na", ""))
    if page_id is None:
        return redirect(url_for("desk.paper_page", workshop_id=workshop_id, **said))
    return redirect(url_for("desk.look", workshop_id=workshop_id, page_id=page_id, **said))


@desk.get("/<workshop_id>/papier/bladzijde/<page_id>")
def look(workshop_id: str, page_id: str) -> ResponseReturnValue:
    """Show one page with why it waits."""
    return _page(read(stacks.page, workshop_id, page_id))


@desk.post("/<workshop_id>/papier/bladzijde/<page_id>/<deed>")
def look_do(workshop_id: str, page_id: str, deed: str) -> ResponseReturnValue:
    """Do one thing with one page and go to the next one; it can be undone there."""
    do = _DEEDS.get(deed) or abort(404)
    page = read(stacks.page, workshop_id, page_id)
    try:
        said: dict[str, Any] = do(page)
    except Refused as error:
        if error.code in ("no_page", "no_file"):
            raise
        return _page(page, saying.refused(error), error.code), 400
    stays = deed in ("draai", "terug", "weg") or "meer" in request.form
    if stays:
        return redirect(url_for("desk.look", workshop_id=workshop_id, page_id=page.id, **said), 303)
    return redirect(url_for("desk.look_next", workshop_id=workshop_id, na=page.id, blad=page.id, **said), 303)


@desk.get("/<workshop_id>/papier/bladzijde/<page_id>/beeld")
def page_picture(workshop_id: str, page_id: str) -> ResponseReturnValue:
    """Return the picture of a page as somebody turned it; `klein` for a tray."""
    page = read(stacks.page, workshop_id, page_id)
    if not page.picture:
        abort(404)
    small = "klein" in request.args
    made = paper_pictures.page(house().files.read(page.picture), page.turned, small=small)
    return _shown(made, f"{page.picture}-{page.turned}-{small}")


@desk.get("/<workshop_id>/papier/kaart/<sighting_id>/<any(schoon, gescand, klein):how>")
def crop(workshop_id: str, sighting_id: str, how: str) -> ResponseReturnValue:
    """Return a card that was cut out: clean, as it was scanned, or small."""
    seen = read(stacks.sighting, workshop_id, sighting_id)
    page = read(stacks.page, workshop_id, seen.page_id)
    if how == "gescand" and page.picture:
        made = paper_pictures.as_scanned(house().files.read(page.picture), page.width, seen.corners)
    else:
        made = paper_pictures.page(house().files.read(seen.crop), 0, small=how == "klein")
    return _shown(made, f"{seen.crop}-{how}-{page.picture}")


def ticked(form: Any, suffix: str = "") -> dict[str, Any]:
    """Return what somebody confirmed about a card: only the parts that their form asked about."""
    found: dict[str, Any] = {}
    if form.get(f"wie{suffix}"):
        found["visibility"] = form[f"wie{suffix}"]
        if f"naam{suffix}" in form:
            found["maker"] = form[f"naam{suffix}"]
    if f"perspectief{suffix}" in form:
        found["perspective"] = form[f"perspectief{suffix}"]
    if f"gevraagd{suffix}" in form:
        found["for_other"] = f"ander{suffix}" in form
    if f"mag-vraag{suffix}" in form:
        found["question"] = f"vraag{suffix}" in form
    if f"adres{suffix}" in form:
        found["address"] = form[f"adres{suffix}"]
    return found


def _number(page: Page) -> dict[str, str]:
    form = request.form
    side = "back" if form.get("kant") == "achter" else "front"
    sighting = assigning.assign(
        house(), here().id, page.id, me().id, form.get("nummer", ""), side, _part(), again="zeker" in form
    )
    return {"gedaan": "nummer", "gezien": sighting}


def _right(page: Page) -> dict[str, str]:
    confirmed = {seen.slip: ticked(request.form, f"-{seen.slip}") for seen in page.sightings}
    rated = {seen.slip: _rated(seen.slip) for seen in page.sightings}
    write(_on_page, here().id, page.id, _confirm, me().id, confirmed, rated)
    return {"gedaan": "klopt"}


def _rated(number: str) -> dict[str, int | None]:
    """Return what somebody read on an answer slip: by question the face that is ticked."""
    sent = {asked: request.form.get(f"{asked}-{number}", "") for asked in QUESTIONS}
    return {asked: int(face) if face in ("1", "2", "3") else None for asked, face in sent.items()}


def _confirm(
    tx: Tx,
    page: Page,
    who: str,
    confirmed: Mapping[str, Mapping[str, Any]],
    rated: Mapping[str, Mapping[str, int | None]],
) -> None:
    trays.confirm(tx, page, who, confirmed)
    for number, chosen in rated.items():
        answer_slips.say(tx, number, chosen)


def _empty(page: Page) -> dict[str, str]:
    write(_on_page, here().id, page.id, trays.nothing_on_it, me().id, EMPTY[here().language])
    return {"gedaan": "leeg"}


def _aside(page: Page) -> dict[str, str]:
    write(_on_page, here().id, page.id, stacks.settle, me().id, "aside")
    return {"gedaan": "opzij"}


def _back(page: Page) -> dict[str, str]:
    write(_on_page, here().id, page.id, stacks.unsettle)
    return {"gedaan": "terug"}


def _turn(page: Page) -> dict[str, str]:
    write(_on_page, here().id, page.id, stacks.turn)
    return {}


def _loosen(page: Page) -> dict[str, str]:
    write(_on_page, here().id, page.id, trays.take_back, request.form.get("gezien", ""))
    return {"gedaan": "weg"}


_DEEDS: dict[str, Callable[[Page], dict[str, str]]] = {
    "nummer": _number,
    "klopt": _right,
    "leeg": _empty,
    "opzij": _aside,
    "terug": _back,
    "draai": _turn,
    "weg": _loosen,
}


def _on_page(tx: Tx, workshop_id: str, page_id: str, do: Callable[..., None], *values: Any) -> None:
    """Do something with a page as it is now."""
    do(tx, stacks.page(tx, workshop_id, page_id), *values)


def _part() -> Part:
    """Return the part that was chosen: one of the list, or a rectangle in percents that somebody drew or typed."""
    edges = [number_in(request.form.get(name, "").strip()) for name in ("links", "boven", "rechts", "onder")]
    chosen = request.form.get("deel", "")
    if chosen != "eigen":
        return PARTS.get(chosen, PARTS["heel"])
    left, top, right, bottom = (min(edge, 100) / 100 for edge in edges)
    return Part(left, top, right, bottom)


def _page(page: Page, problem: str = "", code: str = "") -> str:
    fronts = [seen for seen in page.sightings if not seen.counts]
    known = read(_known, here().id, request.form.get("nummer", "")) if code == "slip_known" else None
    return render_template(
        "desk/stack_page.html",
        code=code,
        consent=consent.text(web.language()),
        done=done_bar(),
        form=request.form,
        known=known,
        page=page,
        perspectives=read(perspectives.choices, here().id, web.language()),
        problem=problem,
        rated={seen.slip: read(answer_slips.said, seen.slip) for seen in fronts},
        sheets=[seen for seen in page.sightings if seen.counts],
        slips={seen.slip: seen for seen in fronts},
        sightings=fronts,
        ticked={seen.slip: read(paper.ticked, seen.slip) for seen in fronts},
        waiting=read(trays.left_to_look, here().id),
    )


def _known(tx: Tx, workshop_id: str, number: str) -> Seen | None:
    return trays.newest_front(tx, trays.slip_typed(tx, workshop_id, number).number)


def _shown(jpeg: bytes, mark: str) -> ResponseReturnValue:
    """Answer with a picture of ours; only ever as a picture, and asked for anew each time."""
    answer = send_file(io.BytesIO(jpeg), mimetype="image/jpeg", etag=False, max_age=None)
    answer.set_etag(mark)
    answer.make_conditional(request)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
