"""Walls from the desk: make one, say what it shows large, keep what comes in out of sight, close a lost one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from print import marks
from workshop.desk import saying
from workshop.desk.guard import desk, here, number_in
from workshop.domain import round_results, rounds, walls, workshops
from workshop.domain.rounds import Round
from workshop.domain.walls import Wall
from workshop.errors import Refused, Stale
from workshop.house import read, write
from workshop.store import Tx

Form = Mapping[str, str]


@desk.get("/<workshop_id>/muur")
def walls_page(workshop_id: str) -> ResponseReturnValue:
    """Show the walls of a workshop, and everything one can do with them."""
    return _page(workshop_id)


@desk.post("/<workshop_id>/muur")
def wall_new(workshop_id: str) -> ResponseReturnValue:
    """Make a wall for the room or for the hall."""
    form = request.form
    try:
        made = write(walls.make, workshop_id, form.get("waar", ""), form.get("per", "theme"))
    except Refused as error:
        return _page(workshop_id, saying.refused(error)), 400
    return _back(workshop_id, "muur", made.id)


@desk.post("/<workshop_id>/muur/samen/<any(verbergen,onthullen,steun,geen_steun):together>")
def walls_all(workshop_id: str, together: str) -> ResponseReturnValue:
    """Do something for all walls, phones and prints at once: hide what comes in, reveal it, show support or not."""
    write(_ALL[together], workshop_id)
    return _back(workshop_id, together)


@desk.post("/<workshop_id>/muur/<wall_id>/<wish>")
def wall_do(workshop_id: str, wall_id: str, wish: str) -> ResponseReturnValue:
    """Change one wall as its form saw it; undoing is another button on the same page."""
    if wish not in _WISHES:
        abort(404)
    form = request.form.to_dict()
    try:
        write(_do, workshop_id, wall_id, wish, form)
    except Stale as stale:
        return _page(workshop_id, _("Iemand anders veranderde deze muur net. Kijk nog eens."), stale.now), 409
    except Refused as error:
        if error.code == "no_wall":
            raise
        said = _("Idee %(nr)s hangt niet op deze muur.", nr=form.get("nr", "")[:10])
        return _page(workshop_id, said, read(walls.find, workshop_id, wall_id), form.get("nr", "")[:10]), 400
    return _back(workshop_id, wish, wall_id)


def _do(tx: Tx, workshop_id: str, wall_id: str, wish: str, form: Form) -> Wall:
    wall = walls.find(tx, workshop_id, wall_id)
    now = _WISHES[wish](tx, wall, form)
    if now.version != wall.version and wall.version != number_in(form.get("versie", "")):
        raise Stale(wall)
    return now


def _large(tx: Tx, wall: Wall, form: Form) -> Wall:
    """Show the idea with this number large. Raises `Refused('no_idea')` when it does not hang there."""
    nr = number_in(form.get("nr", "").strip())
    hanging = walls.hanging(tx, wall.workshop_id, wall.audience)
    found = [one for section in hanging.sections for one in section.ideas if one.nr == nr]
    if not found:
        raise Refused("no_idea")
    return walls.change(tx, wall, focus_id=found[0].id)


def _result(tx: Tx, wall: Wall, form: Form) -> Wall:
    """Show what a round came to. Raises `Refused` for one that is not shown yet."""
    about = rounds.find(tx, wall.workshop_id, form.get("ronde", ""))
    if round_results.results(tx, about) is None:
        raise Refused("no_round")
    return walls.change(tx, wall, round_id=about.id)


_WISHES: dict[str, Callable[[Tx, Wall, Form], Wall]] = {
    "volgorde": lambda tx, wall, form: walls.change(tx, wall, by_what=form.get("per", "theme")),
    "groot": _large,
    "uitslag": _result,
    "alles": lambda tx, wall, form: walls.change(tx, wall, focus_id=None, round_id=None),
    "sluiten": lambda tx, wall, form: walls.close(tx, wall),
    "openen": lambda tx, wall, form: walls.reopen(tx, wall),
}
_ALL: dict[str, Callable[[Tx, str], None]] = {
    "verbergen": workshops.hide,
    "onthullen": workshops.reveal,
    "steun": lambda tx, workshop_id: workshops.show_support(tx, workshop_id, True),
    "geen_steun": lambda tx, workshop_id: workshops.show_support(tx, workshop_id, False),
}


def _back(workshop_id: str, done: str, wall_id: str = "") -> ResponseReturnValue:
    where = url_for("desk.walls_page", workshop_id=workshop_id, gedaan=done)
    return redirect(where + (f"#muur-{wall_id}" if wall_id else ""), 303)


def _page(workshop_id: str, problem: str = "", about: object = None, typed: str = "") -> str:
    found = read(_look, workshop_id)
    hidden = max((content.hidden or 0 for _wall, content, _large in found["walls"]), default=0)
    return render_template(
        "desk/walls.html",
        address=_address,
        hidden=hidden,
        problem=problem,
        symbol=lambda wall: marks.symbol(_address(wall)),
        typed=typed,
        wrong=cast(Wall, about).id if about else "",
        **found,
    )


def _look(tx: Tx, workshop_id: str) -> dict[str, Any]:
    """Return the walls with what hangs there, and the rounds whose result may be shown."""
    there = [(wall, walls.content(tx, wall)) for wall in walls.of_workshop(tx, workshop_id)]
    shown: list[Round] = [one for one in rounds.of_workshop(tx, workshop_id) if one.shown_at]
    return {"walls": [(wall, content, content.focus) for wall, content in there], "rounds": shown}


def _address(wall: Wall) -> str:
    """Return the whole address of a wall, as it is typed on the laptop of the beamer."""
    return here().address + url_for("public.wall", key=wall.key)
