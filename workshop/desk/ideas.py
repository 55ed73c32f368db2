"""Looking at ideas: the stream with its filters, one idea, its pictures. Changing them is in `verbs`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cards.card import Language
from workshop import giving, ids, web
from workshop.desk import alike, asking, families
from workshop.desk.asking import asked
from workshop.desk.bulk_bar import bulk_bar
from workshop.desk.guard import desk, here, hidden_at, may_change, me, number_in, shown_here
from workshop.desk.watching import looks
from workshop.domain import (
    consent,
    curating,
    ideas,
    joining,
    looking,
    perspectives,
    sifting,
    staying,
    taking,
    trajectory,
)
from workshop.domain import search as words
from workshop.domain.ideas import Idea
from workshop.domain.reasons import EXAMPLES
from workshop.domain.sifting import Sifted
from workshop.errors import Refused
from workshop.house import house, read, write
from workshop.store import Tx

ON_A_PAGE = 25


@desk.get("/<workshop_id>/ideeen")
def stream(workshop_id: str) -> ResponseReturnValue:
    """Show the ideas that came in, newest first, with the amount of work left."""
    return render_template("desk/ideas.html", **stream_values(workshop_id))


@desk.post("/<workshop_id>/ideeen")
def search(workshop_id: str) -> ResponseReturnValue:
    """Find an idea by its receipt: somebody calls and reads it out."""
    receipt = ids.receipt_typed(request.form.get("bewijs", ""))
    found = read(ideas.by_receipt, receipt) if receipt else None
    if found is None or found.workshop_id != workshop_id:
        typed = request.form.get("bewijs", "")[:20]
        return render_template("desk/ideas.html", **stream_values(workshop_id), typed=typed), 404
    return redirect(url_for("desk.idea", workshop_id=workshop_id, idea_id=found.id), 303)


@desk.get("/<workshop_id>/ideeen/<idea_id>")
def idea(workshop_id: str, idea_id: str) -> ResponseReturnValue:
    """Show one idea with everything that can be done with it."""
    found = read(_for_me, workshop_id, idea_id)
    write(looking.note, workshop_id, me().id, idea_id)
    return render_template("desk/idea.html", **idea_values(found))


@desk.get("/<workshop_id>/ideeen/<idea_id>/foto/<picture_id>")
def picture(workshop_id: str, idea_id: str, picture_id: str) -> ResponseReturnValue:
    """Return a picture of an idea; only ever as a picture."""
    found = read(_for_me, workshop_id, idea_id)
    below = [found, *(one for one in read(joining.leaves, found) if not one.withdrawn_at and shown_here(one))]
    file = next((picture.file for one in below for picture in one.pictures if picture.id == picture_id), None)
    if file is None or taken_away_by_maker(found):
        abort(404)
    return giving.picture(file)


def stream_values(workshop_id: str) -> dict[str, Any]:
    """Return what the page with all ideas shows."""
    now = asked()
    title_of = titles(workshop_id)
    mark = read(looking.newest)  # before the ideas are read: what comes in between is said, never missed
    sifted, page, rows = read(_looked, workshop_id, now)
    return {
        "asked": now,
        "chosen": asking.chosen(now, title_of),
        "consent": consent.text(web.language()),
        "done": done_bar(workshop_id),
        "done_many": bulk_bar(workshop_id),
        "excerpt": words.excerpt,
        "found": len(sifted.keys),
        "looking": read(looking.others, workshop_id, me().id),
        "looks_said": looks,
        "mark": mark,
        "marked": sifted.found,
        "options": asking.options(sifted.counts, title_of),
        "page": page,
        "pages": _pages(sifted),
        "perspectives": read(perspectives.names, here().id, web.language()),
        "reasons": EXAMPLES[here().language],
        "rows": rows,
        "stayed": read(taking.stayed, workshop_id, hidden_at()),
        "title_of": title_of,
    }


def idea_values(found: Idea) -> dict[str, Any]:
    """Return what the page of one idea shows; of an idea its maker took away, only that."""
    history = read(curating.history, found)
    if taken_away_by_maker(found):
        return {"idea": None, "asked": asked()}
    if not may_change():  # what is only prepared is for facilitators
        history = [event for event in history if event.after.keys() != {"planned"}]
    newer, older = _neighbours(found)
    widths = [one for one in consent.CHOICES if consent.narrower(found.visibility, one) == one]
    done = [event for event in history if event.verb != "follows"]
    return families.around(found, history) | {
        "asked": asked(),
        "can_undo": bool(done) and done[-1].who != ideas.MAKER,
        "consent": consent.text(web.language()),
        "done": done_bar(found.workshop_id),
        "history": history,
        "likes": alike.likes(found, hidden_at()),
        "mark": read(looking.newest),
        "looks": looks(read(looking.others, found.workshop_id, me().id).get(found.id, [])),
        "idea": found,
        "newer": newer,
        "older": older,
        "perspective": read(perspectives.names, here().id, web.language()).get(found.perspective, ""),
        "reasons": EXAMPLES[here().language],
        "title_of": titles(found.workshop_id),
        "stays_by_maker": found.stays and read(staying.by_maker, found.id),
        "may_stay": trajectory.shows(here(), "safety"),
        "widths": widths,
    }


def taken_away_by_maker(found: Idea) -> bool:
    """Say whether the maker took the idea away: from then on nobody here sees its words."""
    if not found.withdrawn_at:
        return False
    last = [event for event in read(curating.history, found) if event.verb == "withdrawn"]
    return not last or last[-1].who == ideas.MAKER


def done_bar(workshop_id: str) -> dict[str, Any] | None:
    """Return what was just done, for the bar that offers to undo it."""
    verb, idea_id = request.args.get("gedaan", ""), request.args.get("idee", "")
    said, version = _DONE.get(verb), number_in(request.args.get("versie", ""))
    if said is None or not version:
        return None
    return {
        "said": said(),
        "idea_id": idea_id,
        "version": version,
        "place": number_in(request.args.get("plek", "")),
        "undone": verb == "ongedaan",
    }


_DONE = {
    "gelezen": lambda: _("Gelezen."),
    "op-de-muur": lambda: _("Op de muur gezet."),
    "van-de-muur": lambda: _("Van de muur gehaald."),
    "tegenhouden": lambda: _("Nog niet te zien."),
    "vertrouwen": lambda: _("Te zien. Wat met deze kaart gescand wordt is vandaag meteen te zien."),
    "kwast": lambda: _("Overgeschilderd. De nieuwe foto staat nu overal."),
    "verbeteren": lambda: _("De woorden zijn verbeterd."),
    "wie-mag": lambda: _("Veranderd wie dit mag zien."),
    "opzij": lambda: _("Opzij gelegd."),
    "terugzetten": lambda: _("Teruggezet."),
    "parkeren": lambda: _("Geparkeerd. Het staat op de parkeerlijst."),
    "niet-parkeren": lambda: _("Van de parkeerlijst gehaald."),
    "weghalen": lambda: _("Weggehaald. Over een half uur is het voorgoed weg."),
    "samengevoegd": lambda: _("Samengevoegd. Iedereen is erbij gebleven."),
    "losmaken": lambda: _("Weer losgemaakt. Elk idee is weer zoals het was."),
    "thema": lambda: _("In een ander thema gezet."),
    "blijft": lambda: _("Dit idee blijft in de groep."),
    "mag-verder": lambda: _("Dit idee hoeft niet meer in de groep te blijven."),
    "ongedaan": lambda: _("Ongedaan gemaakt."),
}


def _for_me(tx: Tx, workshop_id: str, idea_id: str) -> Idea:
    """Return an idea for who is signed in. Raises `Refused('no_idea')`, to observers also for what they may not see.

    A joined idea tells them what it says without its hidden originals.
    """
    found, since = ideas.by_key(tx, workshop_id, idea_id), hidden_at()
    if not shown_here(found):
        raise Refused("no_idea")
    if since and found.channel == "joined":
        return replace(found, words=joining.filled(tx, [found], hidden_at=since)[0].words)
    return found


def _looked(tx: Tx, workshop_id: str, now: asking.Asked) -> tuple[Sifted, int, list[Idea]]:
    """Return what fits, which page of it is shown, and the ideas on that page as they read."""
    sifted = sifting.sift(tx, workshop_id, now.which)
    page = min(max(now.page, 1), _pages(sifted))
    keys = sifted.keys[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    found = [ideas.by_key(tx, workshop_id, key) for key in keys]
    return sifted, page, joining.filled(tx, found, hidden_at=now.which.before)


def _pages(sifted: Sifted) -> int:
    return max(1, -(-len(sifted.keys) // ON_A_PAGE))


def _neighbours(found: Idea) -> tuple[str | None, str | None]:
    """Return the keys of the newer and the older idea within the wishes, also when this one fell out of them."""
    rows = read(curating.stream, found.workshop_id, asked().which)
    newer = [one for one in rows if (one.made_at, one.id) > (found.made_at, found.id)]
    older = [one for one in rows if (one.made_at, one.id) < (found.made_at, found.id)]

    def age(one: Idea) -> tuple[str, str]:
        return one.made_at, one.id

    return (min(newer, key=age).id if newer else None), (max(older, key=age).id if older else None)


def titles(workshop_id: str) -> Any:
    """Return how cards are called in a workshop: a function of their key."""
    library = house().library_of(workshop_id)
    other: Language = "en" if here().language == "nl" else "nl"

    def title(card_id: str) -> str:
        if not card_id:
            return str(_("De vraag van de werkplaats"))
        card = library.find(card_id, here().language) or library.find(card_id, other)
        return card.title if card else card_id

    return title
