"""The plan of a meeting at the desk: its blocks with clock times, each with a form of its own, and what to add.

Every form carries a key, so that it works once, and the version of the block it saw. What another changed in the
meantime is shown beside what was typed, never overwritten. All that changes can be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from cards.card import Card
from cards.recipe import Counts, Leader, Recipe
from cards.recipe_book import recipes as book
from workshop import ids, telling
from workshop.desk import saying
from workshop.desk.guard import KEY, desk, here, hidden_at, me, number_in
from workshop.desk.plan_words import KINDS, warned
from workshop.domain import choices, ideas, meetings, plan_changes, plan_proposals, plan_warnings, plans
from workshop.domain.meetings import Meeting
from workshop.domain.plan_changes import Written
from workshop.domain.plans import Plan, PlanBlock
from workshop.errors import Refused, Stale
from workshop.house import house, read, write
from workshop.store import Tx

BREAK = 20
"""Minutes of a break, until somebody says otherwise."""
FIELDS = {"titel": "title", "woorden": "words", "anders": "other_way"}
_WRONG = {"plan_minutes": "minuten", "plan_title": "titel", "plan_title_long": "titel", "plan_words_long": "woorden"}
_WRONG |= {"plan_other_way_long": "anders", "plan_cards": "kaart", "plan_card": "kaart"}
MOST_TABLES, MOST_PEOPLE = 30, 99
Work = Callable[[Tx], str]
"""A change of a plan that gives the key of its step; it runs where there is no request."""


@desk.get("/<workshop_id>/bijeenkomsten/<meeting_id>/draaiboek", endpoint="plan")
def show(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Show the plan of a meeting, with its clock times and what is odd about it."""
    return page(read(meetings.find, workshop_id, meeting_id))


@desk.post(
    "/<workshop_id>/bijeenkomsten/<meeting_id>/draaiboek/<any(programma, erbij, wissel, aantallen, idee, terug):verb>"
)
def plan_do(workshop_id: str, meeting_id: str, verb: str) -> ResponseReturnValue:
    """Change the plan as a whole: take over a programme, add a block, swap halfway, count, undo."""
    meeting = read(meetings.find, workshop_id, meeting_id)
    if verb == "terug":
        return undone(meeting, "plan", page)
    if verb == "programma" and _must_ask(meeting):
        return page(meeting, asks=_recipe(request.form.get("programma", "")))
    try:
        step = write(_VERBS[verb](meeting))
    except Refused as refused:
        return page(meeting, problem=saying.refused(refused), wrong=_WRONG.get(refused.code, ""), at="erbij"), 400
    return _to(meeting, verb, step)


@desk.post(
    "/<workshop_id>/bijeenkomsten/<meeting_id>/draaiboek/<block_id>/<any(bewaar, omhoog, omlaag, na, weg, dubbel):verb>"
)
def block_do(workshop_id: str, meeting_id: str, block_id: str, verb: str) -> ResponseReturnValue:
    """Change, move, double or take away one block."""
    meeting = read(meetings.find, workshop_id, meeting_id)
    try:
        step = write(_BLOCK_VERBS[verb](meeting, block_id))
    except Refused as refused:
        if refused.code == "no_block":
            raise
        return page(meeting, problem=saying.refused(refused), wrong=_WRONG.get(refused.code, ""), at=block_id), 400
    except Stale as stale:
        return page(meeting, at=block_id, theirs=cast(PlanBlock, stale.now)), 409
    return _to(meeting, verb, step, f"stuk-{block_id}" if verb != "weg" else "stukken")


def key() -> str:
    """Return the key of the form that was sent, a new one for a form without."""
    sent = request.form.get("sleutel", "")
    return sent if KEY.fullmatch(sent) else ids.new()


def promise(meeting: Meeting) -> str:
    """Return what the maker of a proposal hears, in the language of the workshop."""
    with force_locale(here().language):
        return str(_("Op de agenda van %(day)s.", day=telling.in_full(meeting.date, here().language)))


def new_methods(plan: Plan, meeting: Meeting) -> list[str]:
    """Return the titles of the methods in a plan that no earlier plan of this workshop had."""
    before = read(plans.cards_before, meeting)
    found = (card(use.card) for block in plan.blocks for use in block.cards if use.card not in before)
    return list(dict.fromkeys(one.title for one in found if one and one.kind == "method"))


def card(card_id: str) -> Card | None:
    """Return a card of this workshop in the language it is printed in."""
    return house().library_of(here().id).find(card_id, here().language)


def _named(text: str) -> Card:
    """Return the card with this id or title. Raises `Refused('plan_card')`."""
    wanted = " ".join(text.split()).casefold()
    found = card(text) or next((one for one in _all_cards() if one.title.casefold() == wanted), None)
    if found is None:
        raise Refused("plan_card", f"There is no card “{text}”.")
    return found


def _all_cards() -> list[Card]:
    return house().library_of(here().id).cards(here().language)


def page(
    meeting: Meeting,
    problem: str = "",
    wrong: str = "",
    at: str = "",
    theirs: PlanBlock | None = None,
    asks: Recipe | None = None,
) -> str:
    """Return the page of a plan; `at` is the block (or 'erbij') that was sent, `theirs` what another made of it."""
    plan = read(plan_proposals.seen, meeting, hidden_at())
    start = plans.start_of(meeting)
    warnings = plan_warnings.of(plan, meeting, new_methods(plan, meeting))
    return render_template(
        "desk/plan.html",
        meeting=meeting,
        plan=plan,
        times=plan.at(start),
        start=start,
        ends=plan.ends(start),
        warnings=[(one.code, warned(one)) for one in warnings],
        kinds=KINDS,
        problem=problem,
        wrong=wrong,
        at=at,
        form=request.form if at else None,
        theirs=theirs,
        asks=asks,
        key=ids.new,
        recipes=book().recipes,
        cards=_all_cards(),
        chosen=set(read(choices.of_workshop, here().id)),
        titles={one.id: one for one in _all_cards()},
        library=house().library_of(here().id),
        proposals=read(plan_proposals.waiting, here().id, hidden_at()),
        nrs=_numbers(plan),
        step=request.args.get("stap", ""),
        done=request.args.get("gedaan", ""),
        break_minutes=BREAK,
        most_tables=MOST_TABLES,
        most_people=MOST_PEOPLE,
    )


def _numbers(plan: Plan) -> dict[str, int]:
    """Return the number aloud of every idea in the plan."""
    keys = [block.idea_id for block in plan.blocks if block.idea_id]
    return {one: read(ideas.by_key, here().id, one).nr for one in keys}


def _must_ask(meeting: Meeting) -> bool:
    """Say whether a programme would take the place of something, and nobody said that it may."""
    return bool(read(plans.of, meeting.id).blocks) and not request.form.get("zeker")


def _recipe(recipe_id: str) -> Recipe:
    return book().find(recipe_id) or abort(404)


def _take(meeting: Meeting) -> Work:
    form = request.form
    people = number_in(form.get("mensen", ""))
    counts = None
    if 0 < people <= MOST_PEOPLE:
        tables = min(number_in(form.get("tafels", "")), MOST_TABLES) or None
        counts = Counts.of(people, tables, number_in(form.get("groot", "")))
    recipe = _recipe(form.get("programma", ""))
    return made(plan_changes.take_recipe, meeting, recipe, here().language, counts)


def _add(meeting: Meeting) -> Work:
    """Add what the pressed button says: a break, a card, a block of a programme, or what was typed."""
    what, after = request.form.get("wat", ""), request.form.get("na", "-")
    if what == "pauze":
        written = Written("break", BREAK, leads(), _in_workshop("break"))
    elif what == "kaart":
        written = plan_changes.from_card(_named(request.form.get("kaart", "")), leads())
    elif what == "deel":
        recipe_id, _mark, place = request.form.get("deel", "").partition(":")
        blocks = _recipe(recipe_id).blocks
        if number_in(place) >= len(blocks):
            abort(404)
        written = plan_changes.of_recipe(blocks[number_in(place)], here().language)
    else:
        written = _written()
    return made(plan_changes.add, meeting, written, after)


def _propose(meeting: Meeting) -> Work:
    idea = read(ideas.by_key, here().id, request.form.get("idee", ""))
    return made(plan_proposals.put_on, meeting, idea, promise(meeting))


def _count(meeting: Meeting) -> Work:
    form = request.form
    people = min(number_in(form.get("mensen", "")), MOST_PEOPLE)
    tables = min(number_in(form.get("tafels", "")), MOST_TABLES)
    if not people or not tables:
        raise Refused("plan_counts", people=str(MOST_PEOPLE), tables=str(MOST_TABLES))
    counts = Counts.of(people, tables, number_in(form.get("groot", "")))
    return made(plan_changes.count, meeting, counts, number_in(form.get("kaartjes", "")))


def _remove(meeting: Meeting, block_id: str) -> Work:
    who, told, step = me().id, promise(meeting), key()

    def work(tx: Tx) -> str:
        done = plan_changes.remove(tx, meeting, block_id, who, step)
        plan_proposals.settle(tx, meeting, told, who)
        return done

    return work


def _undo(meeting: Meeting) -> Callable[[Tx], bool]:
    who, told, step = me().id, promise(meeting), request.form.get("stap", "")

    def work(tx: Tx) -> bool:
        whole = plans.undo(tx, meeting, step)
        plan_proposals.settle(tx, meeting, told, who)
        return whole

    return work


def made(change: Callable[..., str], *args: Any) -> Work:
    """Return a change ready to be made where there is no request: by who is signed in, once for this form."""
    who, step = me().id, key()
    return lambda tx: change(tx, *args, who, step)


_VERBS: dict[str, Callable[[Meeting], Work]] = {
    "programma": _take,
    "erbij": _add,
    "wissel": lambda meeting: made(plan_changes.swap_halfway, meeting),
    "aantallen": _count,
    "idee": _propose,
}
_BLOCK_VERBS: dict[str, Callable[[Meeting, str], Work]] = {
    "bewaar": lambda meeting, one: made(
        plan_changes.change, meeting, one, number_in(request.form.get("versie", "")), _written()
    ),
    "omhoog": lambda meeting, one: made(plan_changes.step_by, meeting, one, -1),
    "omlaag": lambda meeting, one: made(plan_changes.step_by, meeting, one, 1),
    "na": lambda meeting, one: made(plan_changes.move, meeting, one, request.form.get("na", "")),
    "weg": _remove,
    "dubbel": lambda meeting, one: made(plan_changes.again, meeting, one),
}


def undone(meeting: Meeting, where: str, shown: Callable[[Meeting, str], str]) -> ResponseReturnValue:
    """Undo the step of the form and go to the page `where`; when that cannot be, show it with why: `shown`."""
    try:
        whole = write(_undo(meeting))
    except Refused as refused:
        return shown(meeting, saying.refused(refused)), 400
    done = "terug" if whole else "deels"
    return redirect(url_for(f"desk.{where}", workshop_id=here().id, meeting_id=meeting.id, gedaan=done), 303)


def _written() -> Written:
    """Return what was typed at a block."""
    form = request.form
    texts = {name: form.get(field, "") for field, name in FIELDS.items()}
    pairs = zip(form.getlist("kaart"), form.getlist("voor"), strict=False)
    kept = [(_named(one).id, per) for one, per in pairs if one.strip() and per]
    uses = plan_changes.uses([one for one, _per in kept], [per for _one, per in kept])
    minutes = number_in(form.get("minuten", "").strip())
    return Written(form.get("soort", "work"), minutes, leads(), **texts, cards=uses)


def leads() -> Leader:
    """Return who is to lead, as the form says."""
    return "B" if request.form.get("leidt") == "B" else "A"


def _in_workshop(kind: str) -> str:
    with force_locale(here().language):
        return str(KINDS[kind])


def _to(meeting: Meeting, done: str, step: str, anchor: str = "stukken") -> ResponseReturnValue:
    told: dict[str, Any] = {"gedaan": done, "stap": step} if step else {}
    return redirect(url_for("desk.plan", workshop_id=here().id, meeting_id=meeting.id, **told, _anchor=anchor), 303)


def coming_meetings() -> list[Meeting]:
    """Return the meetings from today on, for which one can make a plan."""
    return read(_coming, here().id)


def _coming(tx: Tx, workshop_id: str) -> list[Meeting]:
    first = meetings.next_one(tx, workshop_id)
    return [one for one in meetings.of_workshop(tx, workshop_id) if first and one.date >= first.date]


@desk.context_processor
def _words() -> dict[str, Any]:
    return {"coming_meetings": coming_meetings}
