"""Ordering results on paper: a poster, story cards, or a whole exhibition."""

from __future__ import annotations

import re
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop import result_printing
from workshop.desk import saying
from workshop.desk.guard import desk, here
from workshop.desk.printing import can_be_printed, place
from workshop.desk.results import list_page
from workshop.domain import results
from workshop.errors import Refused
from workshop.house import read


@desk.post("/<workshop_id>/resultaten/<result_id>/printen")
def result_print(workshop_id: str, result_id: str) -> ResponseReturnValue:
    """Order the poster of a result, or cards of the ideas it came from."""
    found = read(results.find, workshop_id, result_id)
    if "kaarten" in request.form:
        what = {"document": "stories", "result": found.id, "size": _one_of("maat", result_printing.SIZES)}
        return _ordered(what | {"audience": found.audience})
    return _ordered({"document": "result", "result": found.id, "format": _one_of("vorm", result_printing.POSTERS)})


@desk.post("/<workshop_id>/resultaten/printen")
def results_print(workshop_id: str) -> ResponseReturnValue:
    """Order story cards of chosen ideas, or an exhibition of everything that is published."""
    what: dict[str, Any] = {"audience": _one_of("lezers", ("everyone", "group"))}
    what["size"] = _one_of("maat", result_printing.SIZES)
    if "tentoonstelling" in request.form:
        return _ordered(what | {"document": "exhibition", "format": _one_of("vorm", result_printing.POSTERS)})
    numbers = [int(one) for one in re.findall(r"\d{1,8}", request.form.get("kaarten-van", ""))]
    return _ordered(what | {"document": "stories", "ideas": numbers})


def _ordered(what: dict[str, Any]) -> ResponseReturnValue:
    """Order it, or say why it cannot be printed."""
    problem = "" if can_be_printed() else str(_("Eerst moet het webadres van de werkplaats kloppen."))
    try:
        read(result_printing.check, here().id, what)
    except Refused as error:
        problem = saying.refused(error)
    if problem:
        return list_page(problem, "printen", request.form), 400
    return place(what | {"language": here().language})


def _one_of(name: str, known: tuple[str, ...]) -> str:
    sent = request.form.get(name, "")
    return sent if sent in known else known[0]


@desk.context_processor
def _words() -> dict[str, Any]:
    return {
        "posters": {"a3": _("Eén vel A3"), "2xa4": _("Vellen A4, twee aan twee aan elkaar")},
        "sizes": {"a5": _("A5, twee op een vel"), "a6": _("A6, vier op een vel")},
    }
