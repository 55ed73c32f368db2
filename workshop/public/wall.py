"""The wall on a screen: a page that asks every second whether something changed, and what it answers.

Whoever knows the address of a wall sees it without signing in: its key is as long as that of a card. Whether there
is something new costs one small look in the store, so that a hall full of screens costs next to nothing.
"""

from __future__ import annotations

from flask import Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from workshop.domain import walls
from workshop.domain.walls import Found
from workshop.house import read
from workshop.public import wall_state
from workshop.public.photos import given
from workshop.public.visitor import public

PACES = ("0", "30", "60", "120")
"""For how many seconds a page of ideas may stay; 0 is until somebody turns it."""


@public.get("/muur/<key>")
def wall(key: str) -> ResponseReturnValue:
    """Show a wall, whole and readable without a script; a closed one says so kindly."""
    found = _found(key)
    state = wall_state.now(found)
    if found.wall.closed_at:
        return render_template("public/wall_closed.html", state=state), 410
    pace = request.args.get("tempo", "")
    return render_template(
        "public/wall.html",
        dark=request.args.get("kleur") == "donker",
        pace=pace if pace in PACES else "",
        paces=PACES,
        state=state,
        wall=found.wall,
    )


@public.get("/muur/<key>/stand")
def wall_now(key: str) -> Response:
    """Return what hangs there as JSON; 304 to whoever has it already."""
    found = _found(key)
    mark = wall_state.mark_of(found)
    if request.if_none_match.contains_weak(mark):
        response = Response(status=304)
    else:
        state = wall_state.now(found)
        mark = state.mark
        response = Response(state.plain, mimetype="application/json")
        if request.if_none_match.contains_weak(mark):
            response = Response(status=304)
        elif request.accept_encodings["gzip"] > 0:
            response = Response(state.packed, mimetype="application/json", headers={"Content-Encoding": "gzip"})
    response.set_etag(mark, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    return response


@public.get("/muur/<key>/foto/<picture_id>")
def wall_picture(key: str, picture_id: str) -> Response:
    """Give a picture that hangs on this wall now; any other is not there."""
    found = _found(key)
    return given(wall_state.now(found).pictures.get(picture_id))


def _found(key: str) -> Found:
    """Return the wall with this key; from here on the page speaks the language of its workshop."""
    found = read(walls.by_key, key) or abort(404)
    g.workshop_language = found.language
    return found
