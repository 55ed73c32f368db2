"""Rounds of dots at the desk: choose the ideas, print the sheets, open, type counts, close, and show the result.

Until it is shown nobody sees what was chosen here either: only how many took part.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop import slip_printing, web
from workshop.desk.guard import desk, here, hidden_at, me, number_in
from workshop.desk.printing import can_be_printed, shown
from workshop.desk.saying import refused
from workshop.domain import orders, perspectives, round_results, round_sheets, rounds, slips, themes
from workshop.domain.rounds import Round
from workshop.errors import Refused
from workshop.house import nudge, read, write
from workshop.store import Tx

USUAL_DOTS = 3
USUAL_SHEETS = 6
WALL = "muur"
_STEPS: dict[str, Callable[[Tx, Round, str], Round]] = {
    "open": rounds.begin,
    "dicht": rounds.close,
    "toon": rounds.show,
    "verberg": rounds.hide,
}


@desk.get("/<workshop_id>/rondes", endpoint="rounds")
def rounds_page(workshop_id: str) -> ResponseReturnValue:
    """Show every round, and the form for a new one; `uit` chooses a theme or everything on the wall."""
    return _list()


@desk.post("/<workshop_id>/rondes")
def round_new(workshop_id: str) -> ResponseReturnValue:
    """Make a round about the ideas that were chosen."""
    form = request.form
    try:
        made = write(
            rounds.make,
            workshop_id,
            form.get("titel", ""),
            number_in(form.get("stippen", "")),
            form.getlist("idee"),
            me().id,
        )
    except Refused as error:
        return _list(refused(error)), 400
    return redirect(url_for("desk.round", workshop_id=workshop_id, round_id=made.id), 303)


@desk.get("/<workshop_id>/rondes/<round_id>", endpoint="round")
def round_page(workshop_id: str, round_id: str) -> ResponseReturnValue:
    """Show one round: how far it is, and its result once that is shown."""
    return _page(read(rounds.find, workshop_id, round_id))


@desk.get("/<workshop_id>/rondes/<round_id>/stand")
def round_state(workshop_id: str, round_id: str) -> ResponseReturnValue:
    """Say how many took part, for the page that waits for it; never what they chose."""
    about = read(rounds.find, workshop_id, round_id)
    part = read(rounds.took_part, about)
    return jsonify(state=about.state, phones=part.phones, stubs=part.stubs, sheets=part.sheets, counted=part.counted)


@desk.post("/<workshop_id>/rondes/<round_id>/<any(open, dicht, toon, verberg):step>")
def round_do(workshop_id: str, round_id: str, step: str) -> ResponseReturnValue:
    """Open, close, show or hide; doing it twice does nothing."""
    about = read(rounds.find, workshop_id, round_id)
    write(_STEPS[step], about, me().id)
    return redirect(url_for("desk.round", workshop_id=workshop_id, round_id=about.id, gedaan=step), 303)


@desk.post("/<workshop_id>/rondes/<round_id>/bladen")
def round_print(workshop_id: str, round_id: str) -> ResponseReturnValue:
    """Make dot sheets with the ideas of this round and order them to be printed, both or neither."""
    about = read(rounds.find, workshop_id, round_id)
    if not can_be_printed():
        abort(400)
    try:
        placed = write(_order, about, number_in(request.form.get("aantal", "")), here().language, me().id)
    except Refused as error:
        return _page(about, refused(error)), 400
    if len(placed) == 1:
        return shown(placed[0])
    nudge()
    return redirect(url_for("desk.printing", workshop_id=workshop_id), 303)


@desk.post("/<workshop_id>/rondes/<round_id>/tellen")
def round_count(workshop_id: str, round_id: str) -> ResponseReturnValue:
    """Keep the counts that were typed; fields left open change nothing. The next open field comes first then."""
    about = read(rounds.find, workshop_id, round_id)
    side = request.form.get("perspectief", "")
    typed = {name[5:]: text.strip() for name, text in request.form.items() if name.startswith("idee-") and text.strip()}
    try:
        write(_count, about, typed, me().id, side)
    except Refused as error:
        return _page(about, refused(error)), 400
    field = _next(about, read(rounds.typed, about, side), list(typed))
    where = url_for(
        "desk.round", workshop_id=workshop_id, round_id=about.id, kant=side, gedaan="geteld" if typed else ""
    )
    return redirect(f"{where}#{field}", 303)


def _order(tx: Tx, about: Round, count: int, language: str, who: str) -> list[orders.Order]:
    made = round_sheets.order(tx, about, count, language)
    return [slip_printing.again(tx, about.workshop_id, who, one.id, {"flip": "long"}) for one in made]


def _count(tx: Tx, about: Round, typed: dict[str, str], who: str, side: str) -> None:
    for key, text in typed.items():
        if not text.isdecimal() or len(text) > 3:
            raise Refused("count_odd", most=str(rounds.MOST_COUNTED))
        rounds.type_count(tx, about, key, int(text), who, side)


def _list(problem: str = "") -> str:
    ideas = read(rounds.candidates, here().id)
    source = request.args.get("uit", "")
    chosen = set(request.form.getlist("idee")) or {
        one.id for one in ideas if (source == WALL and one.status == "wall") or (source and one.theme_id == source)
    }
    return render_template(
        "desk/rounds.html",
        chosen=chosen,
        dots=request.form.get("stippen") or USUAL_DOTS,
        ideas=ideas,
        most_dots=rounds.MOST_DOTS,
        most_ideas=rounds.MOST_IDEAS,
        problem=problem,
        rows=slips.CHOICES,
        rounds=[(one, read(rounds.took_part, one)) for one in read(rounds.of_workshop, here().id)],
        source=source,
        themes=[one for one in read(themes.of_workshop, here().id) if one.count],
        title=request.form.get("titel", ""),
        wall=WALL,
    )


def _page(about: Round, problem: str = "") -> str:
    side = request.values.get("kant") or request.form.get("perspectief") or ""
    return render_template(
        "desk/round.html",
        about=about,
        counted=read(rounds.typed, about, side),
        done=request.args.get("gedaan", ""),
        ideas=read(rounds.for_group if hidden_at() else rounds.choices, about),
        took_part=read(rounds.took_part, about),
        perspectives=read(perspectives.choices, here().id, web.language()),
        printable=can_be_printed(),
        problem=problem,
        result=read(round_results.results, about, hidden_at()),
        sheets=read(round_sheets.of_round, about),
        sides=read(perspectives.names, here().id, web.language()) | {"": _("andere of niet gezegd")},
        side=side,
        steps=read(rounds.steps, about),
        usual=USUAL_SHEETS,
        sent=request.form,
    )


def _next(about: Round, counted: set[str], typed: list[str]) -> str:
    """Return the place on the page to go on: the first field without a count after the last one that was typed."""
    after = max((about.idea_ids.index(key) for key in typed), default=0)
    around = (*about.idea_ids[after:], *about.idea_ids[:after])
    left = next((key for key in around if key not in counted), "")
    return f"idee-{left}" if left else "tellen"
