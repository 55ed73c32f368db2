"""The half-yearly pulse: what people do differently by now, one half year beside the other."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from workshop import clock, web
from workshop.desk.guard import desk, here, hidden_at
from workshop.domain import changes, perspectives, trajectory
from workshop.domain.network_cards import CHANGES
from workshop.house import house, read


@desk.get("/<workshop_id>/halfjaar", endpoint="changes")
def changes_page(workshop_id: str) -> ResponseReturnValue:
    """Show what people said each half year, whether it is time to ask, and where to print the question."""
    found = read(changes.halves, workshop_id, hidden_at())
    library = house().library_of(workshop_id)
    sides = {side for half in found for side in half.sides}
    return render_template(
        "desk/changes.html",
        card=library.find(CHANGES, here().language),
        card_id=CHANGES,
        due=read(changes.due, workshop_id),
        halves=found,
        names=read(perspectives.names, workshop_id, web.language()),
        said=[half for half in reversed(found) if half.said],
        sides=sorted(sides),
        today=clock.today(),
    )


@desk.app_template_global()
def half_year_due() -> bool:
    """Say whether it is time to ask what people do differently, where that is asked."""
    return trajectory.shows(here(), "rhythm") and read(changes.due, here().id) is not None
