"""Balance, in words and in counts: who comes, speaks, gives ideas and sees them chosen. Never a small group alone."""

from __future__ import annotations

from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop import web
from workshop.desk.guard import desk, here
from workshop.domain import balance, knowledge, perspectives
from workshop.house import read


@desk.get("/<workshop_id>/balans", endpoint="balance")
def balance_page(workshop_id: str) -> ResponseReturnValue:
    """Show what stands out, and the counts behind it."""
    return render_template(
        "desk/balance.html",
        balance=read(balance.of, workshop_id),
        warnings=said_all(),
        names=read(perspectives.names, workshop_id, web.language()) | {"": _("anderen samen, of niet gezegd")},
        channels={"phone": _("telefoon"), "paper": _("papier"), "typed": _("geteld aan de muur")},
        one_sided=read(knowledge.one_sided, workshop_id),
    )


def said_all() -> list[str]:
    """Return what stands out in this workshop, as sentences; nothing where perspectives are not asked for."""
    names = read(perspectives.names, here().id, web.language())
    return [said(one, names) for one in read(balance.warnings, here())]


def said(warning: balance.Warning, names: dict[str, str]) -> str:
    """Return a warning as a sentence."""
    side = names.get(warning.values.get("side", ""), "") or _("kleine groepen samen")
    count = warning.values.get("count", 0)
    if warning.code == "absent":
        return str(
            ngettext("%(num)s bijeenkomst zonder %(side)s.", "%(num)s bijeenkomsten zonder %(side)s.", count, side=side)
        )
    return str(
        {
            "chosen_all_from": _("Alle gekozen ideeën komen van één kant: %(side)s.", side=side),
            "ideas_most": _("Meer dan de helft van de ideeën komt van één kant: %(side)s.", side=side),
            "dots_most": _("Meer dan de helft van de stippen komt van één kant: %(side)s.", side=side),
            "paper_behind": _("Ideeën op papier krijgen minder vaak een antwoord dan ideeën van de telefoon."),
            "turns_over": _("Vaker aan het woord dan bij het aantal stoelen past: %(side)s.", side=side),
            "turns_under": _("Minder aan het woord dan bij het aantal stoelen past: %(side)s.", side=side),
        }[warning.code]
    )


@desk.context_processor
def _warnings() -> dict[str, Any]:
    return {"balance_said": lambda: said_all() if "workshop" in g else []}
