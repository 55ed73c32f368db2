"""The stub: whoever kept it sees what happens with their idea, adds to it, chooses who may see it, takes it back.

Its code carries a key of 49 bits. Its three words are 33 bits, so wrong ones have a budget, per number, per device
and in all. A number alone opens nothing, and does not even say whether it exists.
"""

from __future__ import annotations

from typing import Any, cast

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from print.forms import STUB, Payload
from print.numbers import shown as spaced
from workshop import web
from workshop.domain import consent, ideas, misses, organisations, paper, slips, stacks, staying, workshops
from workshop.domain.ideas import Idea
from workshop.domain.slips import Slip
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import read, write
from workshop.public import answered, finding, photos, shown, start
from workshop.public import slips as cards
from workshop.public.answered import Tapped
from workshop.public.visitor import hold, let_go, near, papers, public
from workshop.store import Tx

MINUTES = 10


@public.get("/strookje")
def ask_stub() -> ResponseReturnValue:
    """Ask for the number and the three words of a stub."""
    return _ask()


@public.post("/strookje")
def open_stub() -> ResponseReturnValue:
    """Open a stub by its number and words, or say kindly what to check; what was typed stays."""
    typed, words = request.form.get("nummer", "")[:60], request.form.get("woorden", "")[:120]
    number = finding.number_of_paper(typed)
    if number is None:
        return _ask(typed, words, nummer=_("Kijk het nummer nog eens na. Het zijn acht cijfers.")), 422
    if not words.strip():
        return _ask(typed, words, woorden=_("Typ ook de drie woorden van uw strookje.")), 422
    found = write(_by_words, number, words, web.device())
    if isinstance(found, Slip):
        hold(Payload(found.number, STUB, found.stub_key))
        return redirect(url_for("public.stub_page", number=number), 303)
    return _ask(typed, words, woorden=_wrong(found)), 404


@public.get("/strookje/<number>")
def stub_page(number: str) -> ResponseReturnValue:
    """Show whoever holds the stub how it goes with their idea; ask anybody else for its words."""
    found = held(number)
    if found is None:
        plain = finding.number_of_paper(number)
        if plain and read(organisations.stopped, plain):
            return start.stopped()
        return _ask(spaced(plain)) if plain else (_ask(number), 404)
    return _page(found)


@public.post("/strookje/<number>")
def use_stub(number: str) -> ResponseReturnValue:
    """Add words, choose who may see it, rate the answer, take it back, put it back, or put the stub away."""
    found = held(number)
    what, words = request.form.get("wat", ""), request.form.get("idee", "")
    if found is None:
        return _ask(number, typed_words=words.replace("\r\n", "\n")), 403
    if what == "klaar":
        let_go(found.number)
        return redirect(url_for("public.start"), 303)
    try:
        write(_use, found.number, what, words, request.form.get("zien", ""), web.device(), answered.tapped())
    except Refused as refused:
        if refused.code == "no_idea":
            return redirect(url_for("public.stub_page", number=found.number), 303)
        return _page(found, _said(refused.code), words.replace("\r\n", "\n")), 422
    place = "mening" if what == "vond" else None
    return redirect(url_for("public.stub_page", number=found.number, klaar=what, _anchor=place), 303)


@public.get("/strookje/<number>/foto/<picture_id>")
def stub_picture(number: str, picture_id: str) -> Response:
    """Give the picture of an idea card to whoever holds its stub."""
    found = held(number) or abort(404)
    idea = read(paper.idea_of, found.number)
    return photos.given({picture.id: picture for picture in idea.pictures}.get(picture_id) if idea else None)


def scanned(said: Payload) -> ResponseReturnValue:
    """Open a stub whose code was scanned: 49 bits need no budget."""
    found = read(slips.by_stub, said.number, said.key)
    if found is None:
        return cards.unknown(said.number)
    hold(said)
    return redirect(url_for("public.stub_page", number=found.number))


def held(number: str) -> Slip | None:
    """Return the slip whose stub this phone scanned, or of which it typed the words."""
    keys = [payload.key for payload in papers() if payload.number == number and payload.code == STUB]
    found = next((slip for key in keys if (slip := read(slips.by_stub, number, key))), None)
    if found:
        near(read(workshops.at_door, found.workshop_id))
    return found


def _by_words(tx: Tx, number: str, words: str, device: str) -> Slip | str:
    """Return the slip with these words, or why not: 'wrong', 'many'. Unknown numbers answer like wrong words."""
    if any(
        misses.count(tx, "stub", minutes=MINUTES, **whose) >= most
        for whose, most in (
            ({"device": device}, misses.STUBS_PER_DEVICE),
            ({"subject": number}, misses.STUBS_PER_NUMBER),
            (cast(dict[str, str], {}), misses.STUBS_IN_ALL),
        )
    ):
        return "many"
    found = slips.by_number(tx, number)
    if found and slips.has_words(found, words):
        return found
    misses.note(tx, "stub", number, device)
    return "wrong"


def _use(tx: Tx, number: str, what: str, words: str, visibility: str, device: str, face: Tapped) -> None:
    """Do one thing; with a card that is taken back only putting back can be done."""
    slip = cast(Slip, slips.by_number(tx, number))
    idea = paper.idea_of(tx, number)
    if what == "terug":
        paper.bring_back(tx, slip)
    elif slip.withdrawn_at or (idea and idea.withdrawn_at):
        return
    elif what == "weg":
        paper.withdraw(tx, slip)
    elif what == "erbij" and idea:
        paper.add(tx, idea, words, device)
    elif what == "erbij":
        paper.type_by_maker(tx, slip, words, device=device)
    elif what == "vond" and idea:
        answered.rate(tx, idea, face)
    elif what in ("blijft", "mag-verder") and idea:
        staying.said_by_maker(tx, idea, what == "blijft")
    elif what == "zien" and idea:
        paper.choose_who_sees(tx, idea, visibility)


def _ask(typed: str = "", words: str = "", typed_words: str = "", **faults: str) -> str:
    return render_template("public/stub_ask.html", typed=typed, words=words, typed_words=typed_words, faults=faults)


def _page(found: Slip, fault: str = "", typed: str = "") -> str:
    workshop = read(workshops.at_door, found.workshop_id)
    idea = read(paper.idea_of, found.number)
    taken_back = bool(found.withdrawn_at or (idea and idea.withdrawn_at))
    return render_template(
        "public/stub.html",
        workshop=workshop,
        number=found.number,
        shown=spaced(found.number),
        question=read(slips.find, found.workshop_id, found.series_id).question,
        idea=idea,
        taken_back=taken_back,
        erased=taken_back and idea is not None and not read(_still_there, idea),
        came_empty=idea is None and bool(read(stacks.sightings_of, found.number)),
        next_time=shown.next_time(workshop),
        consent=consent.text(web.language()),
        done=request.args.get("klaar", ""),
        fault=fault,
        typed=typed,
        **_happened(idea, workshop),
    )


def _still_there(tx: Tx, idea: Idea) -> bool:
    try:
        return bool(ideas.by_key(tx, idea.workshop_id, idea.id))
    except Refused:
        return False


def _happened(idea: Idea | None, workshop: Workshop) -> dict[str, Any]:
    """Return what happened with the idea of a stub, also when it is still on its way."""
    if idea is None:
        return {"status": str(_("Nog niet binnen")), "covered": answered.coverage(workshop)}
    found = answered.values(idea, workshop)
    if idea.typing == "waiting" and not idea.words and not found["told"] and idea.status in ("received", "read"):
        found["status"] = str(_("Wordt overgetypt"))
    return found


def _wrong(why: str) -> str:
    if why == "many":
        return str(_("Er zijn te veel verkeerde woorden getypt. Wacht tien minuten. Of scan de code op uw strookje."))
    return str(_("Dit nummer en deze woorden horen niet bij elkaar. Kijk ze allebei nog eens na."))


def _said(wrong: str) -> str:
    words: dict[str, Any] = {
        "empty": _("U heeft nog niets opgeschreven. Wilt u het idee weghalen? Dat kan onderaan deze bladzijde."),
        "long": _("Samen is dit te lang voor één idee. Maak uw tekst korter."),
        "closed": _("Deze werkplaats is gesloten. Uw tekst staat hier nog. Geef hem aan de begeleider."),
        "slip_typed": _("Er kwamen net andere woorden binnen. Kijk eerst wat er staat."),
    }
    return str(words[wrong])
