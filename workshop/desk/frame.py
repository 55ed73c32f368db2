"""The frame of a workshop: what it is about and what not, and the list of ideas that lie outside it."""

from __future__ import annotations

from typing import cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop.desk import saying
from workshop.desk.asking import asked
from workshop.desk.guard import desk, here, me, number_in, shown_here
from workshop.desk.ideas import done_bar, titles
from workshop.domain import frames, parking
from workshop.domain.frames import Frame
from workshop.errors import Refused, Stale
from workshop.house import read, write


@desk.get("/<workshop_id>/kader")
def frame(workshop_id: str) -> ResponseReturnValue:
    """Show what lies inside and outside, and what is parked."""
    return _page(read(frames.of, workshop_id))


@desk.post("/<workshop_id>/kader")
def change_frame(workshop_id: str) -> ResponseReturnValue:
    """Say what lies inside and outside; what another changed in between is shown, not overwritten."""
    inside, outside = request.form.get("in.binnen", ""), request.form.get("in.buiten", "")
    typed = Frame(inside, outside, number_in(request.form.get("versie", "")))
    try:
        write(frames.change, workshop_id, typed.version, inside, outside, me().id)
    except Refused as error:
        return _page(typed, problem=saying.refused(error)), 400
    except Stale as stale:
        now = cast(Frame, stale.now)
        return _page(Frame(inside, outside, now.version), now=now), 409
    return redirect(url_for("desk.frame", workshop_id=workshop_id, gedaan="bewaard"), 303)


def _page(form: Frame, problem: str = "", now: Frame | None = None) -> str:
    workshop_id = here().id
    return render_template(
        "desk/frame.html",
        form=form,
        most=frames.MOST,
        now=now,
        problem=problem,
        parked=[one for one in read(parking.parked, workshop_id) if shown_here(one)],
        asked=asked(),
        done=done_bar(workshop_id),
        title_of=titles(workshop_id),
    )
