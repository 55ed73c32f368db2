"""The typing desk: what somebody wrote on paper beside a box to type it in, one card after the other.

The picture stays the truth. What is ticked on a card is a suggestion: nothing becomes wider than the group
until somebody here confirmed it. The back of a card is shown here, and nowhere else.
"""

from __future__ import annotations

from typing import Any, Literal, cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop import web
from workshop.desk import saying
from workshop.desk.guard import desk, here, me, number_in
from workshop.desk.looking import EMPTY, ticked
from workshop.domain import consent, ideas, paper, perspectives, stacks, trajectory, trays
from workshop.domain.ideas import Idea, Typing
from workshop.domain.stacks import Seen
from workshop.errors import Refused, Stale
from workshop.house import house, read, write
from workshop.store import Tx

HOW: dict[str, Typing | Literal["empty"]] = {
    "bewaren": "typed",
    "tekening": "drawing",
    "onleesbaar": "unreadable",
    "maker": "ask_maker",
    "leeg": "empty",
}


@desk.get("/<workshop_id>/overtypen")
def typing(workshop_id: str) -> ResponseReturnValue:
    """Show how far typing over is, where to begin, and what could not be read."""
    return render_template("desk/typing.html", **_overview())


@desk.post("/<workshop_id>/overtypen")
def type_next(workshop_id: str) -> ResponseReturnValue:
    """Take the next card and keep it for this person; `na` is the one that was skipped."""
    idea = write(paper.next_to_type, workshop_id, me().id, after=request.form.get("na", ""))
    if idea is None:
        return redirect(url_for("desk.typing", workshop_id=workshop_id, klaar=1), 303)
    return redirect(url_for("desk.type_one", workshop_id=workshop_id, idea_id=idea.id), 303)


@desk.get("/<workshop_id>/overtypen/<idea_id>")
def type_one(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Show one card to type over."""
    return _page(read(_from_paper, workshop_id, idea_id))


@desk.post("/<workshop_id>/overtypen/<idea_id>")
def type_over(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Keep what somebody typed and show the next card."""
    seen = number_in(request.form.get("versie", ""))
    typed = HOW.get(request.form.get("hoe", "bewaren")) or abort(400)
    words, confirmed = request.form.get("woorden", ""), ticked(request.form)
    try:
        if typed == "empty":
            write(_set_aside, workshop_id, idea_id, seen, me().id, EMPTY[here().language])
        else:
            write(_keep, workshop_id, idea_id, seen, me().id, words, confirmed, typed)
    except Stale as stale:
        return _page(cast(Idea, stale.now), changed=True), 409
    except Refused as error:
        if error.code == "no_idea":
            raise
        return _page(read(_from_paper, workshop_id, idea_id), saying.refused(_as_typed(error))), 400
    return _next(idea_id)


@desk.post("/<workshop_id>/overtypen/<idea_id>/terug")
def type_before(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Go back to the card this person typed before this one."""
    mine = read(paper.typed_by, workshop_id, me().id)
    before = mine[mine.index(idea_id) + 1 :] if idea_id in mine else mine
    if not before:
        return redirect(url_for("desk.type_one", workshop_id=workshop_id, idea_id=idea_id), 303)
    return _take(before[0])


@desk.post("/<workshop_id>/overtypen/<idea_id>/neem")
def type_take(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Take one card, also when it was typed before: for whoever tries what another could not read."""
    return _take(idea_id)


@desk.post("/<workshop_id>/overtypen/<idea_id>/achterkant")
def back_away(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Hide the back of a card, to be erased in half an hour; or keep it after all."""
    write(_back_away, workshop_id, idea_id, me().id, "bewaar" not in request.form)
    return redirect(url_for("desk.type_one", workshop_id=workshop_id, idea_id=idea_id, achterkant=1), 303)


def _take(idea_id: str) -> ResponseReturnValue:
    try:
        write(paper.take_to_type, here().id, me().id, idea_id)
    except Refused as error:
        if error.code == "no_idea":
            raise
        return render_template("desk/typing.html", **_overview(), problem=saying.refused(error)), 409
    return redirect(url_for("desk.type_one", workshop_id=here().id, idea_id=idea_id), 303)


def _next(idea_id: str) -> ResponseReturnValue:
    idea = write(paper.next_to_type, here().id, me().id, after=idea_id)
    if idea is None:
        return redirect(url_for("desk.typing", workshop_id=here().id, klaar=1), 303)
    return redirect(url_for("desk.type_one", workshop_id=here().id, idea_id=idea.id, gedaan=idea_id), 303)


def _keep(
    tx: Tx, workshop_id: str, idea_id: str, seen: int, who: str, words: str, confirmed: dict[str, Any], typed: Typing
) -> None:
    """Keep what was typed on the card as its form saw it; doing it twice does nothing."""
    idea = _from_paper(tx, workshop_id, idea_id)
    if idea.version == seen:
        paper.type_over(tx, idea, who, words, confirmed, typed)
    elif idea.typing != typed or idea.words != ideas.plain(words):
        raise Stale(idea)


def _set_aside(tx: Tx, workshop_id: str, idea_id: str, seen: int, who: str, reason: str) -> None:
    idea = _from_paper(tx, workshop_id, idea_id)
    if idea.version == seen:
        paper.set_aside_empty(tx, idea, who, reason)
    elif idea.status != "set_aside":
        raise Stale(idea)


def _from_paper(tx: Tx, workshop_id: str, idea_id: str) -> Idea:
    """Return an idea that came on paper and is still there. Raises `Refused('no_idea')`."""
    idea = ideas.by_key(tx, workshop_id, idea_id)
    if idea.slip is None or idea.withdrawn_at:
        raise Refused("no_idea")
    return idea


def _back_away(tx: Tx, workshop_id: str, idea_id: str, who: str, away: bool) -> None:
    trays.put_back_away(tx, _from_paper(tx, workshop_id, idea_id), who, away=away)


def _as_typed(error: Refused) -> Refused:
    return Refused("type_empty") if error.code == "empty" else error


def _overview() -> dict[str, Any]:
    left = read(paper.left_over, here().id)
    return {
        "typed": read(paper.typing_counts, here().id),
        "unreadable": [one for one in left if one[2] == "unreadable"],
        "ask_maker": [one for one in left if one[2] == "ask_maker"],
        "ready": "klaar" in request.args,
    }


def _page(idea: Idea, problem: str = "", changed: bool = False) -> str:
    number = idea.slip or ""
    counts = read(paper.typing_counts, here().id)
    seen = read(stacks.sightings_of, number)
    away = read(trays.back_is_away, idea)
    ticks = read(paper.ticked, number)
    typed = request.form if problem or changed else None
    return render_template(
        "desk/typing_card.html",
        at=counts.total - counts.waiting + (idea.typing == "waiting"),
        away=away,
        back=None if away else _newest(seen, "back"),
        can_go_back=bool(read(paper.typed_by, here().id, me().id)),
        changed=changed,
        consent=consent.text(web.language()),
        counts=counts,
        front=_newest(seen, "front"),
        idea=idea,
        may_ask=trajectory.shows(here(), "safety") or idea.question,
        perspectives=read(perspectives.choices, here().id, web.language(), idea.perspective),
        problem=problem,
        ticks=ticks,
        title=_title(idea),
        typed=typed,
        visible=_suggested(idea),
        words=typed.get("woorden", "") if typed is not None else idea.words,
    )


def _newest(seen: list[Seen], side: str) -> Seen | None:
    return next((one for one in seen if one.side == side and one.crop), None)


def _suggested(idea: Idea) -> str:
    """Return which choice to show as ticked: what stands on paper, '' when that is not clear."""
    return "" if idea.asked == "doubt" else idea.asked or idea.visibility


def _title(idea: Idea) -> str:
    card = house().library_of(here().id).find(idea.card_id, here().language) if idea.card_id else None
    return card.title if card else str(_("De vraag van de werkplaats"))
