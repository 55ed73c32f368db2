"""Painting over names and faces on a picture: by mouse or finger, by keys, or by ticking squares without a script."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any, cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop import painting
from workshop.apart import Overdone
from workshop.desk import saying, verbs
from workshop.desk.guard import desk, me, number_in
from workshop.desk.ideas import taken_away_by_maker
from workshop.domain import ideas
from workshop.domain.ideas import Idea, Picture
from workshop.errors import Refused, Stale, StoreFull
from workshop.house import house, read
from workshop.pictures import Box, Stroke

ACROSS = 12
"""So many squares across a picture to tick; as many down as make them about as high as wide."""
MOST_STROKES, MOST_POINTS = 300, 6000


@desk.get("/<workshop_id>/ideeen/<idea_id>/foto/<picture_id>/kwast")
def brush(workshop_id: str, idea_id: str, picture_id: str) -> ResponseReturnValue:
    """Show a picture to paint on."""
    return _page(*_found(workshop_id, idea_id, picture_id))


@desk.post("/<workshop_id>/ideeen/<idea_id>/foto/<picture_id>/kwast")
def brush_over(workshop_id: str, idea_id: str, picture_id: str) -> ResponseReturnValue:
    """Paint what was drawn or ticked; the picture as it was is kept until it is erased for good."""
    idea, picture = _found(workshop_id, idea_id, picture_id)
    seen = replace(idea, version=number_in(request.form.get("versie", "")))
    try:
        strokes, boxes = drawn(request.form.get("streken", ""))
        boxes += ticked(request.form.getlist("vak"), down_for(picture))
        now = painting.paint(house(), seen, picture_id, strokes, boxes, me().id)
    except Stale as stale:
        return verbs.changed(cast(Idea, stale.now), "kwast")
    except StoreFull as error:
        return _page(idea, picture, saying.not_kept(error)), 400
    except (Refused, Overdone) as error:
        return _page(idea, picture, saying.refused(error if isinstance(error, Refused) else Refused(""))), 400
    done = {"gedaan": "kwast", "idee": now.id, "versie": str(now.version)}
    return redirect(url_for("desk.idea", workshop_id=workshop_id, idea_id=idea_id, **done), 303)  # type: ignore[arg-type] # query


@desk.post("/<workshop_id>/ideeen/<idea_id>/voorgoed")
def erase_painted_over(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Erase for good what was painted over: after this nothing brings it back."""
    version = number_in(request.form.get("versie", ""))
    try:
        painting.erase_for_good(house(), workshop_id, idea_id, version, me().id)
    except Stale as stale:
        return verbs.changed(cast(Idea, stale.now), "voorgoed")
    return redirect(url_for("desk.idea", workshop_id=workshop_id, idea_id=idea_id), 303)


def drawn(sent: str) -> tuple[list[Stroke], list[Box]]:
    """Return what was drawn: strokes `{"w": width, "p": [x, y, …]}` and boxes `{"r": [left, top, width, height]}`.

    All are shares from 0 to 1. Raises `Refused('paint_odd')` for anything else, or too much of it.
    """
    try:
        found: Any = json.loads(sent or "[]")
        strokes = [_stroke(one) for one in found if "p" in one]
        boxes = [_box(one["r"]) for one in found if "r" in one]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused("paint_odd") from None
    if len(found) > MOST_STROKES or sum(len(stroke.points) for stroke in strokes) > MOST_POINTS:
        raise Refused("paint_much")
    return strokes, boxes


def ticked(squares: list[str], down: int) -> list[Box]:
    """Return the boxes of ticked squares, `3-11` being the fourth row from above and the twelfth from the left."""
    found = []
    for square in dict.fromkeys(squares):
        row, _, column = square.partition("-")
        if row.isdecimal() and column.isdecimal() and int(row[:3]) < down and int(column[:3]) < ACROSS:
            found.append((int(column) / ACROSS, int(row) / down, 1 / ACROSS, 1 / down))
    return found


def down_for(picture: Picture) -> int:
    """Return how many rows of squares a picture has: 4 to 24."""
    return min(24, max(4, round(ACROSS * picture.height / max(1, picture.width))))


def _stroke(sent: dict[str, Any]) -> Stroke:
    points = [_share(one) for one in sent["p"]]
    if len(points) % 2 or not points:
        raise ValueError("points come in pairs")
    return Stroke(max(0.005, min(0.5, _share(sent["w"]))), tuple(zip(points[::2], points[1::2], strict=True)))


def _box(sent: list[Any]) -> Box:
    left, top, width, height = map(_share, sent)
    return left, top, width, height


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("no number")
    return min(1.0, max(0.0, float(value)))


def _found(workshop_id: str, idea_id: str, picture_id: str) -> tuple[Idea, Picture]:
    idea = read(ideas.by_key, workshop_id, idea_id)
    picture = next((one for one in idea.pictures if one.id == picture_id), None)
    if picture is None or taken_away_by_maker(idea) or idea.withdrawn_at:
        abort(404)
    return idea, picture


def _page(idea: Idea, picture: Picture, problem: str = "") -> str:
    squares = {"across": ACROSS, "down": down_for(picture)}
    return render_template("desk/brush.html", idea=idea, picture=picture, problem=problem, **squares)
