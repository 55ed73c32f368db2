"""The number page, how it works, and what is kept."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.domain import doors, misses, organisations
from workshop.house import read
from workshop.public import answered, finding
from workshop.public.visitor import nearest, public


@public.get("/")
def start() -> ResponseReturnValue:
    """Ask for the number on the card."""
    return render_template("public/start.html")


@public.post("/")
def find() -> ResponseReturnValue:
    """Go to the card whose number was typed, or say kindly that it is not known; what was typed stays."""
    typed = request.form.get("nummer", "")[:60]
    if not typed.strip():
        return render_template("public/start.html", fault=_("Typ eerst de zes cijfers die op uw kaart staan.")), 422
    number = finding.number_in(typed)
    if number and finding.behind(number):
        return redirect(url_for("public.card", text=number), 303)
    if of_paper := finding.number_of_paper(typed):
        return redirect(url_for("public.stub_page", number=of_paper), 303)
    return unknown(typed)


def unknown(typed: str) -> ResponseReturnValue:
    """Return the answer to every number that opens nothing; on paper of who stopped it says so."""
    number = finding.number_in(typed) or finding.number_of_paper(typed)
    if number and read(organisations.stopped, number):
        return stopped()
    fault = _("Dit nummer kennen we niet. Kijk nog eens goed naar de 3, 5, 8 en 0.")
    return render_template("public/start.html", typed=typed, fault=fault), 404


def stopped() -> ResponseReturnValue:
    """Say kindly that there is nothing behind this paper any more."""
    return render_template("public/stopped.html"), 410


@public.get("/uitleg")
def how() -> ResponseReturnValue:
    """Explain the three doors, and say how many ideas have an answer where this visitor was."""
    return render_template("public/how.html", covered=answered.coverage(nearest()))


@public.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Say in plain words what is kept, for how long, and who can be called."""
    odds = 100 * misses.WORDS_PER_WORKSHOP / len(doors.words())
    return render_template("public/privacy.html", odds=int(odds) + 1)
