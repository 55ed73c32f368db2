"""Thanks, and what a receipt is for: see how it goes with your idea, change it, take it away, put it back."""

from __future__ import annotations

from typing import Any

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop import clock, ids, web
from workshop.domain import consent, ideas, staying
from workshop.domain.ideas import Idea
from workshop.errors import Refused
from workshop.house import write
from workshop.public import answered, finding, shown
from workshop.public.answered import Tapped
from workshop.public.visitor import Here, public
from workshop.store import Tx


@public.get("/bedankt/<receipt>")
def thanks(receipt: str) -> ResponseReturnValue:
    """Say thanks, what happens next and when, and how to change or remove the idea."""
    idea, here = _held(receipt)
    if idea.withdrawn_at:
        return redirect(url_for("public.receipt", receipt=idea.receipt))
    return _page("public/thanks.html", idea, here, no_photo=request.args.get("foto") == "vol")


@public.get("/bewijs")
def ask() -> ResponseReturnValue:
    """Ask for a receipt."""
    return render_template("public/ask.html")


@public.post("/bewijs")
def look_up() -> ResponseReturnValue:
    """Go to the idea of a typed receipt, or say kindly that it is not known; what was typed stays."""
    typed = request.form.get("bewijs", "")[:60]
    if not typed.strip():
        return render_template("public/ask.html", fault=_("Typ eerst het bewijsnummer van uw idee.")), 422
    plain = ids.receipt_typed(typed)
    if plain and finding.by_receipt(plain):
        return redirect(url_for("public.receipt", receipt=plain), 303)
    return _unknown(typed)


@public.get("/bewijs/<receipt>")
def receipt(receipt: str) -> ResponseReturnValue:
    """Show one's own idea: its status, its words, who may see it, and what can still be changed."""
    return _page("public/receipt.html", *_held(receipt))


@public.post("/bewijs/<receipt>")
def change(receipt: str) -> ResponseReturnValue:
    """Change words or who may see it, say what one thinks of the answer, take the idea away, or put it back."""
    idea, here = _held(receipt)
    what = request.form.get("wat", "")
    try:
        form = request.form
        write(_change, idea.receipt, what, form.get("idee", ""), form.get("zien", ""), answered.tapped())
    except Refused as refused:
        words = request.form.get("idee", "").replace("\r\n", "\n")
        return _page("public/receipt.html", idea, here, fault=_said(refused.code), typed=words), 422
    place = "mening" if what == "vond" else None
    return redirect(url_for("public.receipt", receipt=idea.receipt, klaar=what, _anchor=place), 303)


def _change(tx: Tx, receipt: str, what: str, words: str, visibility: str, face: Tapped) -> None:
    idea = ideas.by_receipt(tx, receipt)
    if idea is None:
        raise Refused("erased")
    if what == "terug":
        ideas.bring_back(tx, idea)
    elif what == "weg":
        ideas.withdraw(tx, idea)
    elif idea.withdrawn_at:
        return
    elif what == "vond":
        answered.rate(tx, idea, face)
    elif what in ("blijft", "mag-verder"):
        staying.said_by_maker(tx, idea, what == "blijft")
    elif what == "zien":
        ideas.change_words(tx, idea, idea.own_words, visibility)
    elif what == "woorden":
        ideas.change_words(tx, idea, words, idea.visibility)


def _held(receipt: str) -> tuple[Idea, Here]:
    """Return the idea of a receipt in the address; anything else gets the page that asks for one."""
    plain = ids.receipt_typed(receipt)
    found = finding.by_receipt(plain) if plain else None
    if found is None:
        abort(make_response(*_unknown(receipt)))
    return found


def _unknown(typed: str) -> tuple[str, int]:
    fault = _(
        "Dit bewijsnummer kennen we niet. Misschien is het idee al gewist. Kijk de letters en cijfers nog eens na."
    )
    return render_template("public/ask.html", typed=typed, fault=fault), 404


def _page(name: str, idea: Idea, here: Here, **more: Any) -> str:
    left = clock.read(idea.changeable_until) - clock.read(clock.now())
    return render_template(
        name,
        idea=idea,
        here=here,
        face=shown.face(here),
        code=f"{idea.receipt[:4]}-{idea.receipt[4:]}",
        next_time=shown.next_time(here.workshop),
        minutes=max(0, -(-int(left.total_seconds()) // 60)),
        consent=consent.text(web.language()),
        done=request.args.get("klaar", ""),
        **answered.values(idea, here.workshop),
        **more,
    )


def _said(wrong: str) -> str:
    words: dict[str, str] = {
        "empty": _("U heeft nog niets opgeschreven. Wilt u het idee weghalen? Dat kan onderaan deze bladzijde."),
        "long": _("Uw tekst is te lang voor één idee. Maak hem korter."),
        "too_late": _("De dertig minuten zijn voorbij. Uw woorden staan nog zoals ze waren. Bel gerust voor hulp."),
        "erased": _("Dit idee is al gewist."),
    }
    return words[wrong]
