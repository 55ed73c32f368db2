"""What the page of an idea shows about its family, and its history in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from workshop import web
from workshop.desk.guard import hidden_at
from workshop.domain import families, perspectives
from workshop.domain.curating import Event
from workshop.domain.ideas import Idea
from workshop.house import read


def around(found: Idea, history: Sequence[Event]) -> dict[str, Any]:
    """Return what the page of an idea needs to show what it is made of, part of, and in."""
    named = read(families.names_in, found.workshop_id, list(history))
    return {
        "family": read(families.of, found, hidden_at()),
        "formerly": read(families.formerly, found) if found.status == "apart" else [],
        "perspectives": read(perspectives.names, found.workshop_id, web.language()),
        "told": [told(event, named) for event in history],
    }


def told(event: Event, named: Mapping[str, str]) -> str:
    """Return in words what an event was about: which idea, theme or decision; '' when its verb says it all."""
    after = event.after
    if event.verb == "joined":
        return str(_("tot idee %(nr)s", nr=named.get(after["merged_into"], "?"))) if after.get("merged_into") else ""
    if event.verb == "taken apart" and after.get("merged_into"):
        return str(_("en nu deel van idee %(nr)s", nr=named.get(after["merged_into"], "?")))
    if event.verb == "follows":
        return str(_("de maker van een idee dat erin zit, veranderde iets"))
    if "theme_id" in after:
        name = named.get(after["theme_id"] or "")
        return str(_("naar “%(theme)s”", theme=name) if name else _("uit het thema"))
    kind = named.get(after.get("planned") or after.get("decided") or "", "")
    return str(DECISIONS[kind]()) if kind in DECISIONS else ""


DECISIONS = {
    "make": lambda: _("We maken het"),
    "try": lambda: _("We proberen het"),
    "keep": lambda: _("We bewaren het"),
    "not_now": lambda: _("Niet nu"),
}
