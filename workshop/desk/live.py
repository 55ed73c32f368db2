"""What pages of the desk ask again and again: did something change, by whom, and who looks at what.

An answer costs next to nothing as long as nothing changed: it is a 304.
"""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.desk.guard import KEY, desk, me
from workshop.domain import ideas, looking, pulse
from workshop.domain.looking import Changed
from workshop.house import read, write


@desk.get("/<workshop_id>/polsslag")
def beat(workshop_id: str) -> Response:
    """Return the pulse of the workshop: another number means that something changed."""
    now = read(pulse.of, workshop_id)
    return unless_known(str(now), {"beat": now})


@desk.get("/<workshop_id>/ideeen/nu")
def ideas_now(workshop_id: str) -> Response:
    """Return what others changed since the mark in `sinds`, and who looks at which idea."""
    since, idea_id = request.args.get("sinds", ""), request.args.get("idee", "")
    if KEY.fullmatch(idea_id):
        write(look_at, workshop_id, me().id, idea_id)
    seen_by = read(looking.others, workshop_id, me().id)
    mark = f"{read(pulse.of, workshop_id)}-{since}-{sorted(seen_by.items())}"
    if _known(mark):
        return unless_known(mark, {})
    changed = read(looking.changed, workshop_id, me().id, since)
    return unless_known(mark, {"said": said(changed), "looking": {key: looks(who) for key, who in seen_by.items()}})


def look_at(tx: Any, workshop_id: str, facilitator_id: str, idea_id: str) -> None:
    """Note who looks at an idea of this workshop. Raises `Refused('no_idea')` when there is none."""
    looking.note(tx, workshop_id, facilitator_id, ideas.by_key(tx, workshop_id, idea_id).id)


def said(changed: Changed) -> str:
    """Return in words what others did; '' for nothing."""
    if not changed.ideas:
        return ""
    names = [str(_("een deelnemer")) if who == ideas.MAKER else who for who in changed.by]
    who = ", ".join(dict.fromkeys(names))
    counted = ngettext("%(num)s idee is veranderd door %(who)s", "%(num)s ideeën zijn veranderd door %(who)s", changed.ideas, who=who)
    return str(counted)


def looks(names: list[str]) -> str:
    """Return in words who looks at an idea too."""
    who = ", ".join(names)
    return str(ngettext("%(who)s kijkt naar dit idee", "%(who)s kijken naar dit idee", len(names), who=who))


def unless_known(mark: str, values: dict[str, Any]) -> Response:
    """Return values as JSON, or 304 when the browser has them as they are at this mark."""
    answer = jsonify(values)
    answer.set_etag(ids.of_text(mark))
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)
