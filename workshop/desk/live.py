"""What pages of the desk ask again and again: did something change? It costs next to nothing when nothing did."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from workshop.desk.guard import desk
from workshop.domain import pulse
from workshop.house import read


@desk.get("/<workshop_id>/polsslag")
def beat(workshop_id: str) -> ResponseReturnValue:
    """Return the pulse of the workshop as JSON; 304 to who knows it already."""
    now = read(pulse.of, workshop_id)
    answer = jsonify(beat=now)
    answer.set_etag(str(now))
    return answer.make_conditional(request)
