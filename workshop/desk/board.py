"""The board: ideas in columns by theme. Putting them elsewhere, in another order, and undoing that.

Every form says which version of an idea it saw (`key:version`). What somebody else changed in the meantime stays
as it is, and the board says so. The script of the board sends these same forms and reads these same pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop import web
from workshop.desk import knowing, saying
from workshop.desk.guard import desk, here, hidden_at, may_change, me, number_in
from workshop.domain import board, curating, ideas, looking, perspectives, pulse, similar, themes
from workshop.domain.board import Card, Column
from workshop.domain.ideas import Idea
from workshop.domain.similar import Alike
from workshop.errors import Refused, Stale
from workshop.house import read, write
from workshop.store import Tx

MOST_NEWS = 3
MOST_IN_COLUMN = 200
"""More ideas of one theme are in the list: a page with all of them would not open any more."""
_alike: dict[str, tuple[bytes, list[Alike]]] = {}  # by workshop, until an idea there changes


@dataclass(frozen=True)
class Seen:
    """An idea as a form saw it."""

    idea_id: str
    version: int


@dataclass(frozen=True)
class Moved:
    """What came of moving: the batch to undo it with, how many moved, and those somebody else had changed."""

    batch: str
    count: int
    left: tuple[Idea, ...]


@desk.get("/<workshop_id>/bord", endpoint="board")
def show(workshop_id: str) -> ResponseReturnValue:
    """Show the board; with `sinds` also what others did since that event."""
    return page(workshop_id)


@desk.post("/<workshop_id>/bord/verplaats")
def board_put(workshop_id: str) -> ResponseReturnValue:
    """Put the chosen ideas in a theme, or in none, before another idea or last."""
    seen = chosen(request.form.getlist("idee"))
    theme_id = request.form.get("thema") or None
    if not seen:
        return page(workshop_id, problem=_("Kies eerst een idee.")), 400
    try:
        moved = write(_put, workshop_id, seen, theme_id, me().id, request.form.get("voor", ""))
    except Refused as error:
        return page(workshop_id, problem=saying.refused(error)), 400
    return _after(workshop_id, moved)


@desk.post("/<workshop_id>/bord/volgorde")
def board_order(workshop_id: str) -> ResponseReturnValue:
    """Move one idea one place up or down in its theme."""
    up = "omhoog" in request.form
    seen = chosen([request.form.get("omhoog" if up else "omlaag", "")])
    if not seen:
        return page(workshop_id, problem=_("Kies eerst een idee.")), 400
    return _after(workshop_id, write(_step, workshop_id, seen[0], up, me().id))


@desk.post("/<workshop_id>/bord/ongedaan")
def board_undo(workshop_id: str) -> ResponseReturnValue:
    """Undo one step on the board; a theme that was taken away comes back with its ideas."""
    step, theme_id = request.form.get("stap", ""), request.form.get("thema", "")
    try:
        batch, done, left = write(_undo, workshop_id, step, theme_id, me().id)
    except Refused as error:
        return page(workshop_id, problem=saying.refused(error)), 400
    return redirect(
        url_for("desk.board", workshop_id=workshop_id, gedaan="ongedaan", stap=batch, aantal=done, gebleven=left), 303
    )


def page(workshop_id: str, **said: Any) -> str:
    """Return the page with the board; `said` may hold a `problem` and what was `typed`."""
    beat, event = read(pulse.of, workshop_id), read(looking.newest)  # before: what changes meanwhile is looked at again
    columns: list[Column] = read(board.columns, workshop_id, hidden_at(), plans=may_change(), most=MOST_IN_COLUMN)
    cards = {card.idea.id: card for column in columns for card in column.cards}
    since = request.args.get("sinds", "")
    found = read(board.happened_since, workshop_id, since, me().id) if since else []
    values = {
        "alike": [(one.ideas, one.words, [cards[key] for key in one.ideas]) for one in _alike_here(workshop_id, cards)],
        "beat": beat,
        "columns": columns,
        "one_sided": knowing.flagged(columns),
        "done": _done_bar(),
        "event": event,
        "news": [_news(one) for one in found[-MOST_NEWS:]],
        "more_news": max(0, len(found) - MOST_NEWS),
        "perspectives": read(perspectives.names, workshop_id, web.language()),
    }
    return render_template("desk/board.html", **values | said)


def chosen(values: Sequence[str]) -> list[Seen]:
    """Return the ideas of a form, each once; what is no `key:version` is left out."""
    parts = [value.partition(":") for value in dict.fromkeys(values)]
    found = {key: Seen(key, number_in(version)) for key, _, version in parts if key}
    return list(found.values())


def as_seen(tx: Tx, workshop_id: str, seen: Seen) -> Idea:
    """Return an idea with the version that a form saw, so that changing it raises `Stale` when it is another now."""
    return replace(ideas.by_key(tx, workshop_id, seen.idea_id), version=seen.version)


def _alike_here(workshop_id: str, cards: Mapping[str, Card]) -> list[Alike]:
    """Return which cards seem to be about the same; worked out anew only when words changed."""
    texts = {key: card.idea.words for key, card in cards.items() if card.idea.words}
    mark = hashlib.sha256(repr(texts).encode()).digest()
    known = _alike.get(workshop_id)
    if known is None or known[0] != mark:
        known = _alike[workshop_id] = mark, similar.suggestions(texts, 12)
    return known[1]


def _put(tx: Tx, workshop_id: str, found: list[Seen], theme_id: str | None, who: str, before: str) -> Moved:
    moved, left = 0, []
    with curating.as_one(tx) as batch:
        for seen in found:
            idea = as_seen(tx, workshop_id, seen)
            try:
                moved += themes.put(tx, idea, theme_id, who, before) is not idea
            except Stale as stale:
                left.append(stale.now)
    return Moved(batch, moved, tuple(one for one in left if isinstance(one, Idea)))


def _step(tx: Tx, workshop_id: str, seen: Seen, up: bool, who: str) -> Moved:
    theme_id = ideas.by_key(tx, workshop_id, seen.idea_id).theme_id
    keys = [one.id for one in themes.in_theme(tx, workshop_id, theme_id)]
    at = keys.index(seen.idea_id) if theme_id and seen.idea_id in keys else 0
    beside = keys[at - 1 : at] if up else keys[at + 2 : at + 3] or [""]
    if not theme_id or not beside or (not up and at == len(keys) - 1):
        return Moved("", 0, ())
    return _put(tx, workshop_id, [seen], theme_id, who, beside[0])


def _undo(tx: Tx, workshop_id: str, step: str, theme_id: str, who: str) -> tuple[str, int, int]:
    with curating.as_one(tx) as batch:
        if theme_id:
            themes.bring_back(tx, workshop_id, theme_id)
        try:
            done, left = curating.undo_batch(tx, workshop_id, step, who)
        except Refused:
            if not theme_id:  # an empty theme came back: there was nothing else to undo
                raise
            done = left = 0
    return batch, done, left


def _after(workshop_id: str, moved: Moved) -> ResponseReturnValue:
    """Show the board again: with what was done, or with what somebody else did first."""
    if moved.left:
        return page(workshop_id, problem=_others_first(moved)), 409
    done: dict[str, Any] = {"gedaan": "verplaatst", "stap": moved.batch, "aantal": moved.count} if moved.count else {}
    return redirect(url_for("desk.board", workshop_id=workshop_id, **done), 303)


def _others_first(moved: Moved) -> str:
    said = [_stale(one) for one in moved.left[:MOST_NEWS]]
    return " ".join([*said, _("Er is niets overschreven. Hier staat hoe het nu is.")])


def _stale(idea: Idea) -> str:
    events = read(curating.history, idea)
    return str(_("%(who)s veranderde net idee %(nr)s.", who=saying.who(events[-1]).capitalize(), nr=idea.nr))


def _news(one: board.Happening) -> str:
    if one.who == ideas.MAKER:
        said = _("Er is een nieuw idee: %(nr)s.", nr=one.nr) if one.verb == "placed" else ""
        return str(said or _("De maker veranderde idee %(nr)s.", nr=one.nr))
    known = {
        "themed": _("%(who)s verplaatste idee %(nr)s.", who=one.who, nr=one.nr),
        "joins": _("%(who)s voegde ideeën samen tot idee %(nr)s.", who=one.who, nr=one.nr),
        "taken apart": _("%(who)s maakte idee %(nr)s los.", who=one.who, nr=one.nr),
    }
    return str(known.get(one.verb) or _("%(who)s veranderde idee %(nr)s.", who=one.who, nr=one.nr))


def _done_bar() -> dict[str, Any] | None:
    """Return what was just done: what to say, and the form that undoes it."""
    args, theme_id = request.args, request.args.get("thema", "")
    count, left = number_in(args.get("aantal", "")), number_in(args.get("gebleven", ""))
    undo = {"stap": args.get("stap", "")[:40]}
    at_theme = {name: args.get(name, "")[:60] for name in ("versie", "naam", "voor") if name in args}
    known: dict[str, Any] = {
        "verplaatst": lambda: (
            ngettext("%(num)s idee verplaatst.", "%(num)s ideeën verplaatst.", count), "", undo),
        "los": lambda: (_("Weer losgemaakt."), "", undo),
        "thema": lambda: (_("Het thema is gemaakt."), "weg", at_theme),
        "thema-naam": lambda: (_("Het thema heet nu anders."), "naam", at_theme),
        "thema-plek": lambda: (_("Het thema staat nu ergens anders."), "plek", at_theme),
        "thema-weg": lambda: (
            _("Het thema is weg. De ideeën staan bij “Nog geen thema”."), "", undo | {"thema": theme_id}),
        "ongedaan": lambda: (_undone(left), "", undo if count else {}),
        "goed": lambda: (_("Ongedaan gemaakt."), "", {}),
    }  # fmt: skip
    if args.get("gedaan") not in known:
        return None
    said, change, fields = known[args["gedaan"]]()
    where: dict[str, Any] = {"theme_id": theme_id, "change": change} if change else {}
    to = url_for("desk.theme_do" if change else "desk.board_undo", workshop_id=here().id, **where) if fields else ""
    return {"said": said, "to": to, "fields": fields, "again": args["gedaan"] == "ongedaan"}


def _undone(left: int) -> str:
    said = _("Ongedaan gemaakt.")
    if not left:
        return str(said)
    stayed = ngettext(
        "%(num)s idee is intussen veranderd en bleef zo.", "%(num)s ideeën zijn intussen veranderd en bleven zo.", left
    )
    return f"{said} {stayed}"
