"""Sharing an idea: photos are made safe and kept first, then the idea is placed, then thanks.

Whatever is not right, nothing is lost: the words stand in the form again, and a photo that was already
kept goes along by its name the next time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop import ids, web
from workshop.domain import ideas, quotas
from workshop.errors import Refused, StoreFull
from workshop.house import write
from workshop.public import card, finding, photos
from workshop.public.card import Draft
from workshop.public.visitor import Here, public
from workshop.store import Tx

CODES = {"same_words": 409, "closed": 403, "full": 507, "photo_away": 503}


@public.post("/<text>")
def share(text: str) -> ResponseReturnValue:
    """Take in an idea: words and/or up to three photos; the same sending twice is one idea."""
    number = finding.number_in(text)
    here = (number and finding.behind(number, giving=True)) or abort(404)
    return take_in(here, lambda draft: card.page(here, draft))


def take_in(here: Here, page: Callable[[Draft], str], about_id: str | None = None) -> ResponseReturnValue:
    """Take in what stands in this form; when something is not right, show `page` with all of it again."""
    pictures, wrong = photos.received()
    try:
        if wrong:
            raise Refused(wrong)
        sent = replace(_sent(here, pictures), about_id=about_id)
        idea, without = write(_placed, here, sent, sure="zeker" in request.form)
    except Refused as refused:
        if refused.code == "no_idea":
            return again(here)
        return page(_draft(pictures, refused.code)), CODES.get(refused.code, 422)
    except StoreFull:
        return page(_draft(pictures, "full")), CODES["full"]
    return redirect(url_for("public.thanks", receipt=idea.receipt, foto="vol" if without else None), 303)


def _placed(tx: Tx, here: Here, sent: ideas.Sent, sure: bool) -> tuple[ideas.Idea, bool]:
    """Place an idea, and say whether that was without its photos because there is no room for them.

    Words always find a place. Raises `Refused('photo_room')` when there are none.
    """
    try:
        if sent.pictures:
            quotas.room_for_files(tx, here.workshop.id, [picture.file for picture in sent.pictures])
    except Refused:
        if not sent.words.strip():
            raise Refused("photo_room") from None
        return ideas.place(tx, here.door, replace(sent, pictures=()), sure=sure), True
    return ideas.place(tx, here.door, sent, sure=sure), False


def again(here: Here) -> ResponseReturnValue:
    """Show the card's own form with what was sent to a form that is not there any more."""
    pictures, _wrong = photos.received()
    return card.page(here, _draft(pictures, "gone")), 410


def _sent(here: Here, pictures: list[ideas.Picture]) -> ideas.Sent:
    form = request.form
    return ideas.Sent(
        words=form.get("idee", ""),
        visibility=form.get("zien", ""),
        send_key=_send_key(),
        device=web.device(),
        channel="qr" if here.in_group else "number",
        for_other="ander" in form,
        perspective=form.get("perspectief", ""),
        maker=form.get("naam", ""),
        pictures=pictures,
        question="vraag" in form,
        stays="blijft" in form,
    )


def _draft(pictures: list[ideas.Picture], wrong: str) -> Draft:
    form = request.form
    return Draft(
        send_key=_send_key(),
        words=form.get("idee", "").replace("\r\n", "\n"),
        maker=form.get("naam", ""),
        visibility=form.get("zien", ""),
        for_other="ander" in form,
        perspective=form.get("perspectief", ""),
        kept=tuple(photos.ticket(picture) for picture in pictures),
        faults=(("foto" if wrong.startswith("photo") else "idee", _said(_asked(wrong))),),
        twice=wrong == "same_words",
        question="vraag" in form,
        stays="blijft" in form,
    )


def _send_key() -> str:
    """Return the form's own key; a form without one (an old copy, a made-up one) gets a new one."""
    said = request.form.get("sleutel", "")[:60]
    return said if len(said) >= 16 else ids.token()


def _asked(wrong: str) -> str:
    """Return what is wrong, in a form that asked for a question what is wrong with that."""
    return "no_question" if wrong == "empty" and "vraag" in request.form else wrong


def _said(wrong: str) -> str:
    """Return what happened and what to do now, in words for the person it happens to."""
    words: dict[str, str] = {
        "empty": _("U heeft nog niets opgeschreven. Schrijf of spreek uw idee in. Of voeg een foto toe."),
        "no_question": _("U heeft nog niets opgeschreven. Schrijf of spreek uw vraag in. Of voeg een foto toe."),
        "long": _("Uw tekst is te lang voor één idee. Maak hem korter, of deel hem in tweeën."),
        "same_words": _("Dit idee kwam al binnen. U hoeft niets meer te doen. Wilt u het toch nog een keer versturen?"),
        "closed": _("Deze werkplaats is gesloten. Uw tekst staat hier nog. Geef hem aan de begeleider."),
        "gone": _("Dit idee staat hier niet meer. Uw tekst wel. U kunt hem als eigen idee versturen."),
        "full": _("We kunnen uw idee nu niet bewaren. Uw tekst staat hier nog. Geef een ideekaart aan de begeleider."),
        "photo_away": _(
            "We kunnen foto’s nu niet bewaren. Uw tekst staat hier nog. Verstuur hem vast zonder foto, of wacht even."
        ),
        "photo_room": _("We kunnen uw foto nu niet bewaren. Schrijf uw idee op, of geef uw kaart aan de begeleider."),
        "photo_big": _("Deze foto is te groot. Maak een nieuwe foto, of stuur uw idee zonder foto."),
        "photo_odd": _("Dit bestand is geen foto die wij kennen. Kies een andere foto, of stuur uw idee zonder foto."),
        "photo_many": _("U kunt drie foto’s tegelijk versturen. De eerste drie zijn bewaard."),
    }
    return words[wrong]
