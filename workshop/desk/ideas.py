"""Looking at ideas: the stream with its filters, one idea, its pictures. Changing them is in `verbs`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from flask import abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cards.card import Language
from workshop import ids, web
from workshop.desk.guard import desk, here, number_in
from workshop.domain import choices, consent, curating, doors, ideas, perspectives
from workshop.domain.curating import Filter
from workshop.domain.ideas import Idea
from workshop.domain.reasons import EXAMPLES
from workshop.house import house, read

ON_A_PAGE = 25
_FILTERS = ("status", "kaart", "via", "perspectief", "wacht", "pagina")


@dataclass(frozen=True)
class Asked:
    """Which ideas somebody looks at, and the filters as they stood in the address."""

    which: Filter
    page: int
    args: dict[str, Any]


def asked() -> Asked:
    """Return the filters in the address; unknown values are left out."""
    args = {name: request.args[name] for name in _FILTERS if request.args.get(name)}
    status, via = args.get("status"), args.get("via")
    page = args.get("pagina", "")
    which = Filter(
        status=status if status in get_args(ideas.Status) else None,  # type: ignore[arg-type] # mypy cannot narrow by get_args
        card_id=_card_key(args.get("kaart")),
        channel=via if via in get_args(ideas.Channel) else None,  # type: ignore[arg-type] # as above
        perspective=args.get("perspectief"),
        held=True if "wacht" in args else None,
    )
    return Asked(which, int(page) if page.isdecimal() and len(page) < 4 else 1, args)


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
    found = read(ideas.by_key, workshop_id, idea_id)
    return render_template("desk/idea.html", **idea_values(found))


@desk.get("/<workshop_id>/ideeen/<idea_id>/foto/<picture_id>")
def picture(workshop_id: str, idea_id: str, picture_id: str) -> ResponseReturnValue:
    """Return a picture of an idea; only ever as a picture."""
    found = read(ideas.by_key, workshop_id, idea_id)
    file = next((one.file for one in found.pictures if one.id == picture_id), None)
    if file is None or taken_away_by_maker(found):
        abort(404)
    answer = send_file(house().files.path(file), mimetype="image/jpeg", etag=file, max_age=None)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def stream_values(workshop_id: str) -> dict[str, Any]:
    """Return what the page with all ideas shows."""
    now = asked()
    found = read(curating.stream, workshop_id, now.which)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(now.page, 1), pages)
    return {
        "asked": now,
        "cards": _cards(workshop_id),
        "consent": consent.text(web.language()),
        "done": done_bar(workshop_id),
        "found": len(found),
        "page": page,
        "pages": pages,
        "perspectives": perspectives.names(web.language()),
        "rows": found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        "title_of": _title_of(workshop_id),
    }


def idea_values(found: Idea) -> dict[str, Any]:
    """Return what the page of one idea shows; of an idea its maker took away, only that."""
    history = read(curating.history, found)
    if taken_away_by_maker(found):
        return {"idea": None, "asked": asked()}
    newer, older = _neighbours(found)
    widths = [one for one in consent.CHOICES if consent.narrower(found.visibility, one) == one]
    return {
        "asked": asked(),
        "can_undo": bool(history) and history[-1].who != ideas.MAKER,
        "consent": consent.text(web.language()),
        "done": done_bar(found.workshop_id),
        "history": history,
        "idea": found,
        "newer": newer,
        "older": older,
        "perspective": perspectives.name(found.perspective, web.language()),
        "reasons": EXAMPLES[here().language],
        "title_of": _title_of(found.workshop_id),
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
    "verbeteren": lambda: _("De woorden zijn verbeterd."),
    "wie-mag": lambda: _("Veranderd wie dit mag zien."),
    "opzij": lambda: _("Opzij gelegd."),
    "terugzetten": lambda: _("Teruggezet."),
    "weghalen": lambda: _("Weggehaald. Over een half uur is het voorgoed weg."),
    "ongedaan": lambda: _("Ongedaan gemaakt."),
}


def _neighbours(found: Idea) -> tuple[str | None, str | None]:
    """Return the keys of the newer and the older idea within the filters, also when this one fell out of them."""
    rows = read(curating.stream, found.workshop_id, asked().which)
    newer = [one.id for one in rows if (one.made_at, one.id) > (found.made_at, found.id)]
    older = [one.id for one in rows if (one.made_at, one.id) < (found.made_at, found.id)]
    return (newer[-1] if newer else None), (older[0] if older else None)


def _cards(workshop_id: str) -> dict[str, str]:
    """Return the titles of the cards that have a door here, by key; the workshop's own door is '-'."""
    title_of = _title_of(workshop_id)
    keys = [door.card_id for door in read(doors.of_workshop, workshop_id).values()]
    return {key or "-": title_of(key) for key in sorted(set(keys) | set(read(choices.of_workshop, workshop_id)))}


def _card_key(asked_for: str | None) -> str | None:
    return doors.OWN if asked_for == "-" else asked_for


def _title_of(workshop_id: str) -> Any:
    library = house().library_of(workshop_id)
    other: Language = "en" if here().language == "nl" else "nl"

    def title(card_id: str) -> str:
        if not card_id:
            return str(_("De vraag van de werkplaats"))
        card = library.find(card_id, here().language) or library.find(card_id, other)
        return card.title if card else card_id

    return title
