"""Before or after showing: which cards are trusted today, which phone is held back, who sees the support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from workshop.desk.guard import desk, here, hidden_at, may_change, me, number_in
from workshop.desk.ideas import taken_away_by_maker, titles
from workshop.domain import comments, curating, doors, ideas, moderating, workshops
from workshop.domain.ideas import Idea
from workshop.domain.moderating import Burst
from workshop.errors import Refused
from workshop.house import read, write
from workshop.store import Tx


@dataclass(frozen=True)
class Around:
    """What else to know about an idea before showing it."""

    burst: Burst | None
    blocked: bool
    trusted: bool
    can_trust: bool
    covered: int
    about: Idea | None
    added: list[Idea]


@desk.get("/<workshop_id>/toezicht")
def moderation(workshop_id: str) -> ResponseReturnValue:
    """Show what is read first, which cards are trusted, which phones are held back, and who sees the support."""
    return render_template(
        "desk/moderating.html",
        trusted=read(moderating.trusted, workshop_id),
        phones=read(moderating.blocked, workshop_id),
        done=_done(),
        title_of=titles(workshop_id),
    )


@desk.post("/<workshop_id>/toezicht")
def moderate(workshop_id: str) -> ResponseReturnValue:
    """Stop trusting a card, lift a block, show or hide the support, or undo what holding a phone back took away."""
    what = request.form.get("wat", "")
    count = 0
    if what == "steun-aan" or what == "steun-uit":
        write(workshops.show_support, workshop_id, what == "steun-aan")
    elif what == "niet-vertrouwen":
        write(moderating.distrust, workshop_id, request.form.get("deur", ""))
    elif what == "weer-toelaten":
        write(moderating.lift, workshop_id, request.form.get("telefoon", ""))
    elif what == "toch-niet":
        count = write(_undo, workshop_id, request.form.get("reeks", ""), request.form.get("telefoon", ""), me().id)
    return redirect(url_for("desk.moderation", workshop_id=workshop_id, gedaan=what, aantal=count), 303)


@desk.post("/<workshop_id>/ideeen/<idea_id>/telefoon")
def block_phone(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Let everything from the phone that sent this idea wait; what nobody read yet goes at once, with one undo."""
    aside = _too_many() if "opzij" in request.form else ""
    batch, count, mark = write(_block, workshop_id, idea_id, me().id, aside)
    page = url_for(
        "desk.moderation", workshop_id=workshop_id, gedaan="telefoon", reeks=batch, aantal=count, telefoon=mark
    )
    return redirect(page, 303)


def _block(tx: Tx, workshop_id: str, idea_id: str, who: str, aside: str) -> tuple[str, int, str]:
    idea = ideas.by_key(tx, workshop_id, idea_id)
    with curating.as_one(tx) as batch:
        count = moderating.block(tx, idea, who, aside)
    return batch, count, moderating.mark_of(idea)


def _undo(tx: Tx, workshop_id: str, batch: str, mark: str, who: str) -> int:
    """Undo holding back a phone: it may take part again, and its ideas are as before."""
    moderating.lift(tx, workshop_id, mark)
    try:
        return curating.undo_batch(tx, workshop_id, batch, who)[0]
    except Refused:  # sent twice, or there was nothing to take away
        return 0


def _too_many() -> str:
    """Return the reason the makers read, in the language of the workshop."""
    with force_locale(here().language):
        return str(_("Er kwam heel veel achter elkaar van één telefoon. Klopt dat niet? Bel ons dan."))


def _done() -> dict[str, Any] | None:
    done = request.args.get("gedaan", "")
    count = number_in(request.args.get("aantal", ""))
    said = {
        "telefoon": _("Deze telefoon wordt tegengehouden.")
        + " "
        + ngettext("%(num)s idee is nu van alle pagina’s.", "%(num)s ideeën zijn nu van alle pagina’s.", count),
        "toch-niet": _("Deze telefoon doet weer gewoon mee.")
        + " "
        + ngettext("%(num)s idee staat weer zoals het stond.", "%(num)s ideeën staan weer zoals ze stonden.", count),
        "weer-toelaten": _("Deze telefoon doet weer gewoon mee."),
        "niet-vertrouwen": _("Wat met deze kaart komt lees je weer eerst."),
        "steun-aan": _("Iedereen ziet nu hoeveel mensen een idee herkennen."),
        "steun-uit": _("De steun is nu alleen hier te zien."),
    }.get(done)
    if said is None:
        return None
    undo = done == "telefoon" and bool(request.args.get("reeks"))
    return {"said": said, "undo": undo} | {key: request.args.get(key, "") for key in ("reeks", "telefoon")}


def _around(idea: Idea) -> Around | None:
    """Return what else to know about an idea; None when its maker took it away."""
    return None if taken_away_by_maker(idea) else read(_looked, idea)


def _looked(tx: Tx, idea: Idea) -> Around:
    door = doors.of_idea(tx, idea.workshop_id, idea.door_id)
    mark = moderating.mark_of(idea)
    return Around(
        burst=moderating.burst(tx, idea),
        blocked=bool(mark) and mark in {phone.mark for phone in moderating.blocked(tx, idea.workshop_id)},
        trusted=door.trusted,
        can_trust=here().seen == "all" and idea.channel == "qr" and not door.trusted and may_change(),
        covered=moderating.covered(tx, idea),
        about=comments.about(tx, idea),
        added=comments.all_of(tx, idea, hidden_at()),
    )


@desk.context_processor
def _moderating() -> dict[str, Any]:
    return {"around_of": _around}
