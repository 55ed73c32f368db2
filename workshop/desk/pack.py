"""The print pack of a meeting: for how many, what is in it, how many sheets that takes, and the order.

Badges with names are made at once and sent back: no name is ever written to the store, a file or a log.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cards.recipe import Counts
from print.badges import Badge, badges
from print.errors import PrintError
from print.formats import Flip
from print.pack import PARTS, Part
from workshop import pack_printing
from workshop.apart import Overdone
from workshop.desk.guard import desk, here, me, number_in
from workshop.desk.printing import can_be_printed, shown
from workshop.domain.plans import Plan
from workshop.house import house, read, write
from workshop.pack_counts import Asked
from workshop.pack_printing import Known

MOST_TABLES, MOST_PEOPLE, MOST_IDEA_CARDS = 30, 99, 9
NAMES: dict[Part, Any] = {
    "run_sheet": _l("Draaiboek, voor jullie allebei"),
    "packing": _l("Inpaklijst"),
    "room": _l("Zaalcheck"),
    "sign_in": _l("Aanwezigheidslijst"),
    "badges": _l("Lege naamkaartjes"),
    "poster": _l("Poster met de vraag"),
    "tents": _l("Tafelkaartjes"),
    "answers": _l("Antwoorden van vorige keer"),
    "cards": _l("Kaarten"),
    "large": _l("Kaarten met grote letters"),
    "signals": _l("Signaalkaarten, een set per tafel"),
    "slips": _l("Ideekaarten"),
    "slips_large": _l("Ideekaarten met grote letters"),
    "evaluation": _l("Kaart “Hoe was het vandaag?”"),
}
LONGEST_LINE = 80


@desk.get("/<workshop_id>/bijeenkomsten/<meeting_id>/pakket", endpoint="pack")
def pack_page(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Show what a meeting needs on paper, with how many of each and how many sheets."""
    has = read(pack_printing.known, here(), meeting_id, here().language)
    return _page(has, _asked(request.args, has.plan))


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>/pakket")
def order_pack(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Order the chosen parts as one PDF, or one part by itself; it is made in the background."""
    has = read(pack_printing.known, here(), meeting_id, here().language)
    asked = _asked(request.form, has.plan)
    if not can_be_printed():
        return redirect(url_for("desk.printing", workshop_id=workshop_id), 303)
    if not set(asked.parts) & set(pack_printing.piles(house(), here(), asked, has).parts):
        return _page(has, asked, str(_("Kies minstens één onderdeel. Er is niets besteld."))), 400
    try:
        wanted = pack_printing.wanted_slips(house(), here(), asked)
    except (PrintError, Overdone):
        return _page(has, asked, str(_("De ideekaarten konden niet gemaakt worden. Er is niets besteld."))), 400
    return shown(write(pack_printing.order, here(), me().id, asked, wanted))


@desk.post("/<workshop_id>/bijeenkomsten/<meeting_id>/pakket/naamkaartjes")
def name_badges(workshop_id: str, meeting_id: str) -> ResponseReturnValue:
    """Return badges with the typed names at once; the names are kept nowhere."""
    has = read(pack_printing.known, here(), meeting_id, here().language)
    typed = [_badge(line) for line in request.form.get("namen", "").splitlines() if line.strip()][:MOST_PEOPLE]
    try:
        made = house().preview.run(badges, typed, workshop=here().name, language=here().language)
    except (PrintError, Overdone):
        said = (
            _("Eén naam is te lang voor een kaartje. Schrijf alleen de voornaam.") if typed else _("Typ eerst namen.")
        )
        return _page(has, _asked(request.args, has.plan), names_problem=str(said)), 400
    answer = send_file(io.BytesIO(made.pdf), "application/pdf", as_attachment=True, download_name=made.name, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _badge(line: str) -> Badge:
    """Return a badge from a line like “Anna, cliënt”."""
    name, _comma, side = line[:LONGEST_LINE].partition(",")
    return Badge(name.strip(), side.strip())


def _asked(sent: Mapping[str, str], plan: Plan) -> Asked:
    """Return what was asked; what is no number becomes what the plan says, and nothing said is every part."""
    people = _number(sent.get("mensen", ""), 1, MOST_PEOPLE, plan.people)
    tables = _number(sent.get("tafels", ""), 1, MOST_TABLES, plan.tables)
    large = _number(sent.get("groot", ""), 0, people, min(plan.large, people))
    idea_cards = _number(sent.get("ideekaarten", ""), 0, MOST_IDEA_CARDS, plan.idea_cards)
    flip: Flip = "short" if sent.get("omslaan") == "short" else "long"
    alone = sent.get("alleen", "")
    chosen = [alone] if alone else request.values.getlist("deel") if "tafels" in sent else PARTS
    parts = tuple(part for part in PARTS if part in chosen)
    return Asked(plan.meeting_id, Counts.of(people, tables, large), idea_cards, parts, here().language, flip)


def _number(text: str, least: int, most: int, usual: int) -> int:
    return min(max(number_in(text), least), most) if text.isdecimal() else usual


def _page(has: Known, asked: Asked, problem: str = "", names_problem: str = "") -> str:
    whole, sheets = Asked(**vars(asked) | {"parts": PARTS}), None
    try:
        sheets = pack_printing.sheets(house(), here(), whole, has)
    except Overdone:
        sheets = None  # too busy to lay out now: everything can be ordered, only the numbers are not there yet
    except PrintError:
        problem = problem or str(_("Een kaart uit het draaiboek is er niet meer. Haal hem eruit; dan kan alles mee."))
    return render_template(
        "desk/pack.html",
        meeting=has.meeting,
        plan=has.plan,
        asked=asked,
        counts=pack_printing.piles(house(), here(), whole, has).parts,
        sheets=sheets,
        names=NAMES,
        total=_total(asked, sheets or {}),
        problem=problem,
        names_problem=names_problem,
        typed=request.form.get("namen", "") if names_problem else "",
        printable=can_be_printed(),
        most_tables=MOST_TABLES,
        most_people=MOST_PEOPLE,
        most_idea_cards=MOST_IDEA_CARDS,
    )


def _total(asked: Asked, sheets: Mapping[Part, int]) -> int:
    """Return how many sheets the chosen parts take, with the one in front that says what is in it."""
    chosen = [sheets[part] for part in asked.parts if sheets.get(part)]
    return sum(chosen) + (len(chosen) > 1)
