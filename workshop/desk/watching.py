"""What others do while you look: who changed ideas, and who has which idea before them now.

Pages with ideas ask for it every few seconds, and say it without moving anything. An answer that is known is a 304.
"""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.desk.guard import KEY, desk, me
from workshop.domain import ideas, looking
from workshop.domain.looking import Changed
from workshop.house import read, write
from workshop.store import Tx


@desk.get("/<workshop_id>/ideeen/nu")
def ideas_now(workshop_id: str) -> ResponseReturnValue:
    """Return what others changed since the mark in `sinds` (to one `idee`, or to any), and who looks at which idea."""
    since, idea_id = request.args.get("sinds", ""), request.args.get("idee", "")
    if KEY.fullmatch(idea_id):
        write(look_at, workshop_id, me().id, idea_id)
    seen_by = read(looking.others, workshop_id, me().id)
    changed = read(looking.changed, workshop_id, me().id, since, idea_id) if KEY.fullmatch(since) else None
    told = {"said": said(changed), "looking": {key: looks(who) for key, who in seen_by.items()}}
    answer = jsonify(told)
    answer.add_etag()
    return answer.make_conditional(request)


def look_at(tx: Tx, workshop_id: str, facilitator_id: str, idea_id: str) -> None:
    """Note who looks at an idea of this workshop. Raises `Refused('no_idea')` when there is none."""
    looking.note(tx, workshop_id, facilitator_id, ideas.by_key(tx, workshop_id, idea_id).id)


def said(changed: Changed | None) -> str:
    """Return in words what others did; '' for nothing."""
    if changed is None or not changed.ideas:
        return ""
    names = [str(_("een deelnemer")) if who == ideas.MAKER else who for who in changed.by]
    who = ", ".join(dict.fromkeys(names))
    counted = ngettext(
        "%(num)s idee is veranderd door %(who)s", "%(num)s ideeën zijn veranderd door %(who)s", changed.ideas, who=who
    )
    return str(counted)


def looks(names: list[str]) -> str:
    """Return in words who looks at an idea too; '' for nobody."""
    if not names:
        return ""
    who = ", ".join(names)
    return str(ngettext("%(who)s kijkt naar dit idee", "%(who)s kijken naar dit idee", len(names), who=who))
