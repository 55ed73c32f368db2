"""Kinds of knowledge in words: on the page of an idea, and at a theme that knows one kind only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from workshop.desk.guard import desk, here
from workshop.domain import knowledge, trajectory
from workshop.domain.board import Column


def kinds() -> dict[str, str]:
    """Return every kind of knowledge by key, in words."""
    return {
        "experience": _("ervaring: wat mensen zelf meemaken"),
        "practice": _("praktijk: wat mensen in hun werk zien"),
        "research": _("onderzoek: wat is uitgezocht"),
    }


def flagged(columns: Sequence[Column]) -> dict[str, str]:
    """Return by theme what to say of one that knows one kind of knowledge only; nothing where that is not asked for."""
    if not trajectory.shows(here(), "perspectives"):
        return {}
    said = {
        "experience": _("Alleen kennis uit ervaring. Vraag ook wie er werkt of onderzoek doet."),
        "practice": _("Alleen kennis uit de praktijk. Vraag ook wie het zelf meemaakt of onderzoekt."),
        "research": _("Alleen kennis uit onderzoek. Vraag ook wie het zelf meemaakt of er werkt."),
    }
    found = {column.theme.id: knowledge.of_column(column) for column in columns if column.theme}
    return {key: said[kind] for key, kind in found.items() if kind}


@desk.context_processor
def _words() -> dict[str, Any]:
    return {"knowledge_kinds": kinds(), "knowledge_of": knowledge.of}
