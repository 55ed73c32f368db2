"""Our organisation: what it may use and does use, its workshops, and who works for it."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _

from workshop.desk import saying
from workshop.desk.guard import NOT_THERE, desk, me
from workshop.domain import organisations, quotas, workshops
from workshop.domain.quotas import Use
from workshop.errors import Refused
from workshop.house import read


@desk.get("/organisatie")
def organisation() -> ResponseReturnValue:
    """Show what there is of the organisation of who is signed in, and nothing of another one."""
    ours = me().organisation_id
    return render_template(
        "desk/organisation.html",
        ours=read(organisations.find, ours),
        uses=[(one, said(one)) for one in read(quotas.uses, ours)],
        people=read(organisations.people, ours),
        mine=read(workshops.all_for, me().id),
        others=read(organisations.workshops_without, ours, me().id),
    )


def said(use: Use) -> str:
    """Return how much of something is in use, in words."""
    used, most = (_size(use.used), _size(use.most)) if use.kind == "bytes" else (str(use.used), str(use.most))
    words = {
        "workshops": (
            _("Open werkplaatsen: %(used)s.", used=used),
            _("Open: %(used)s van %(most)s werkplaatsen.", used=used, most=most),
        ),
        "bytes": (
            _("Foto’s, scans en prints: %(used)s GB.", used=used),
            _("%(used)s van %(most)s GB is vol met foto’s, scans en prints.", used=used, most=most),
        ),
        "pages": (
            _("Bladzijden gelezen deze maand: %(used)s.", used=used),
            _("%(used)s van %(most)s bladzijden zijn deze maand gelezen.", used=used, most=most),
        ),
    }
    return str(words[use.kind][bool(use.most)])


def cure(use: Use) -> str:
    """Return what to do about something that is nearly or wholly used up."""
    words = {
        ("workshops", "near"): _("Sluit een werkplaats die klaar is, of vraag de beheerder om meer."),
        ("workshops", "full"): _("Een nieuwe kan er niet bij. Sluit eerst een werkplaats die klaar is."),
        ("bytes", "near"): _("Rond een werkplaats af die klaar is, of vraag de beheerder om meer ruimte."),
        ("bytes", "full"): _("Ideeën in woorden komen gewoon binnen. Foto’s, scans en prints passen er niet meer bij."),
        ("pages", "near"): _("Na deze maand begint het tellen opnieuw."),
        ("pages", "full"): _("Bewaar papier tot de volgende maand. Overtypen kan altijd."),
    }
    return str(words.get((use.kind, use.state), ""))


def _size(size: int) -> str:
    """Return bytes as gigabytes, as people write them."""
    return str(format_decimal(size / 1_000_000_000, format="0.##"))


def _notes() -> list[dict[str, Any]]:
    """Return what is nearly or wholly used up, for pages where one does something that needs it."""
    found = read(quotas.told, me().organisation_id)
    return [{"said": said(one), "cure": cure(one), "full": one.state == "full"} for one in found]


@desk.context_processor
def _shared() -> dict[str, Any]:
    return {
        "quota_notes": _notes,
        "organisation_shown": lambda: read(organisations.shown, me().organisation_id),
    }


@desk.errorhandler(Refused)
def _refused(error: Refused) -> ResponseReturnValue:
    """Say what cannot be done; when there is no room for it, why."""
    code = 404 if error.code in NOT_THERE else 400
    why = saying.refused(error) if error.code.startswith("quota_") else None
    return render_template("desk/sorry.html", code=code, said=why), code
