"""What could be said plainer in words that makers will read: while one types, and beside what is prepared."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cards.said import in_language
from workshop import web
from workshop.desk.guard import desk, here
from workshop.domain import plain_words
from workshop.domain.plain_words import Remark

MOST_SIGNS = 2000


@desk.post("/<workshop_id>/besluiten/taal")
def plainer(workshop_id: str) -> ResponseReturnValue:
    """Say what could be plainer in the texts that are typed now; nothing is kept."""
    typed = {name: request.form.get(name, "")[:MOST_SIGNS] for name in ("reden", "vervolg")}
    return jsonify(
        {name: [f"“{said['sentence']}” {said['cure']}" for said in remarks(text)] for name, text in typed.items()}
    )


def remarks(*texts: str) -> list[dict[str, str]]:
    """Return for every sentence that could be plainer the sentence and what to do, in the language of the page."""
    found = [remark for text in texts for remark in plain_words.check(text, here().language)]
    return [{"sentence": remark.sentence, "cure": _cure(remark)} for remark in found]


def _cure(remark: Remark) -> str:
    if remark.code == "long":
        return str(_("Deze zin heeft %(words)s woorden. Maak er twee van.", words=remark.words))
    if remark.code == "informal":
        return str(_("Hier staat “%(found)s”. Schrijf “u” of “uw”.", found=remark.found))
    if remark.plain:
        return str(_("Schrijf in plaats van “%(found)s” liever: %(plain)s.", found=remark.found, plain=remark.plain))
    cure = in_language(remark.cure, web.language())
    return str(_("“%(found)s” kan eenvoudiger. %(cure)s", found=remark.found, cure=cure))


@desk.context_processor
def _shared() -> dict[str, Any]:
    return {"remarks": remarks}
