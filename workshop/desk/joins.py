"""Joining ideas that say the same: choose them, read them all in full, say it in common words, look, join.

Nothing happens before somebody presses “Voeg samen”, and it is undone in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop import web
from workshop.desk import saying
from workshop.desk.board import Seen, chosen
from workshop.desk.guard import desk, here, hidden_at, may_change, me
from workshop.domain import board, consent, curating, ideas, joining, perspectives
from workshop.domain.board import Card
from workshop.domain.ideas import Idea
from workshop.errors import Refused, Stale
from workshop.house import read, write
from workshop.store import Tx


@desk.get("/<workshop_id>/samenvoegen")
def join(workshop_id: str) -> ResponseReturnValue:
    """Show the chosen ideas in full: by their keys (`idee`), or numbers as people say them (`nummers`)."""
    return _page([seen.idea_id for seen in chosen(request.args.getlist("idee"))], request.args.get("nummers", ""))


@desk.post("/<workshop_id>/samenvoegen")
def join_do(workshop_id: str) -> ResponseReturnValue:
    """Join the chosen ideas, or change what was chosen or written first."""
    form = request.form
    seen = chosen(form.getlist("idee"))
    keys, words = [one.idea_id for one in seen], form.get("woorden", "")
    if "samen" not in form:
        kept = [key for key in keys if key != form.get("eruit")]
        return _page(kept, form.get("nummers", ""), words, taken=form.get("neem", ""))
    try:
        made = write(_join, workshop_id, seen, words, me().id)
    except Stale as stale:
        return _page(keys, "", words, problem=_first(cast(Idea, stale.now))), 409
    except Refused as error:
        if error.code == "no_idea":
            raise
        return _page(keys, "", words, problem=saying.refused(error)), 400
    done: dict[str, Any] = {"gedaan": "samengevoegd", "idee": made.id, "versie": made.version}
    return redirect(url_for("desk.idea", workshop_id=workshop_id, idea_id=made.id, **done), 303)


def _join(tx: Tx, workshop_id: str, found: Sequence[Seen], words: str, who: str) -> Idea:
    for seen in found:
        now = ideas.by_key(tx, workshop_id, seen.idea_id)
        if now.version != seen.version:
            raise Stale(now)
    with curating.as_one(tx):
        return joining.join(tx, workshop_id, [one.idea_id for one in found], words, who)


def _page(keys: Iterable[str], numbers: str, words: str = "", *, taken: str = "", problem: str = "") -> str:
    known = {card.idea.id: card for card in read(board.cards, here().id, hidden_at(), plans=may_change())}
    asked = [int(one) for one in re.findall(r"\d{1,6}", numbers)]
    by_nr = {one.nr: card for card in known.values() for one in (card.idea, *card.leaves)}
    lost = [str(nr) for nr in asked if nr not in by_nr]
    wanted = dict.fromkeys([*keys, *(by_nr[nr].idea.id for nr in asked if nr in by_nr)])
    cards = [known[key] for key in wanted if key in known]
    if taken in known:
        words = known[taken].idea.words
    if lost:
        said = _("Idee %(numbers)s staat niet op het bord. Kijk nog eens naar het nummer.", numbers=", ".join(lost))
    elif len(cards) < len(wanted):
        said = _("Een idee dat je koos staat niet meer op het bord. Iemand voegde het samen of legde het opzij.")
    else:
        said = ""
    return render_template(
        "desk/join.html",
        all_words="\n\n".join(card.idea.words for card in cards if card.idea.words),
        cards=cards,
        consent=consent.text(web.language()),
        makers=sum(len(card.leaves) or 1 for card in cards),
        narrowest=_narrowest(cards),
        numbers=numbers if lost else "",
        perspectives=read(perspectives.names, here().id, web.language()),
        problem=problem or said,
        wall=[card.idea.nr for card in cards if card.idea.status == "wall"],
        words=words,
    )


def _narrowest(cards: Sequence[Card]) -> consent.Visibility:
    """Return who may see what these make together: no more people than the most private maker chose, and no names."""
    return "group" if any(card.idea.seen_by == "group" for card in cards) else "everyone"


def _first(now: Idea) -> str:
    last = read(curating.history, now)[-1]
    return str(
        _(
            "%(who)s veranderde idee %(nr)s net. Er is niets samengevoegd. Hieronder staat hoe het nu is.",
            who=saying.who(last).capitalize(),
            nr=now.nr,
        )
    )
