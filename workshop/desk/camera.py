"""Bringing a pile in with a phone: one tap per card, a quiet answer with its number, and what is still missing.

Works over plain http in a hall, where a browser gives no live camera: then the phone's own camera takes the photo.
"""

from __future__ import annotations

from typing import Any, cast

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from print.numbers import shown as spaced
from workshop import ids
from workshop.desk import paper_words, saying
from workshop.desk.guard import KEY, desk, here, me
from workshop.desk.stacks import wants_json
from workshop.domain import camera, trays
from workshop.domain.camera import Photo
from workshop.domain.stacks import Brought
from workshop.errors import Refused, StoreFull
from workshop.house import house, nudge, read, write

MOST_BYTES = 25 * 1024 * 1024


@desk.get("/<workshop_id>/invoeren")
def camera_new(workshop_id: str) -> ResponseReturnValue:
    """Begin a pile; it has an address at once, and is nothing until the first photo."""
    return redirect(url_for("desk.camera", workshop_id=workshop_id, pile_id=ids.new()))


@desk.get("/<workshop_id>/invoeren/<pile_id>", endpoint="camera")
def camera_page(workshop_id: str, pile_id: str) -> ResponseReturnValue:
    """Show the camera, the photos so far and what has not come back yet."""
    return _page(_key(pile_id))


@desk.post("/<workshop_id>/invoeren/<pile_id>")
def camera_keep(workshop_id: str, pile_id: str) -> ResponseReturnValue:
    """Keep photos and have them read; a photo that came already is told so and kept once."""
    try:
        kept = [_kept(_key(pile_id), one) for one in request.files.getlist("foto") if one.filename]
        if not kept:
            raise Refused("no_pages")
    except Refused as error:
        if error.code == "no_stack":
            raise
        return _refused(pile_id, saying.refused(error), 400)
    except StoreFull as error:
        return _refused(pile_id, saying.not_kept(error), 507)
    nudge()
    if wants_json():
        return jsonify(photos=kept)
    return redirect(url_for("desk.camera", workshop_id=workshop_id, pile_id=pile_id), 303)


@desk.get("/<workshop_id>/invoeren/<pile_id>/stand")
def camera_state(workshop_id: str, pile_id: str) -> ResponseReturnValue:
    """Say what became of each photo, and which numbers of a printed series nobody has seen."""
    return jsonify(photos=_photos(_key(pile_id)), missing=[_missing(one) for one in _returned()])


def _kept(pile_id: str, sent: FileStorage) -> str:
    file, size = house().files.keep_stream(cast(Any, sent.stream), "scan", MOST_BYTES)
    return write(camera.keep, here().id, me().id, pile_id, Brought(sent.filename or "", file, size)).id


def _key(pile_id: str) -> str:
    return pile_id if KEY.fullmatch(pile_id) else abort(404)


def _page(pile_id: str, problem: str = "") -> str:
    return render_template(
        "desk/camera.html",
        pile_id=pile_id,
        photos=_photos(pile_id),
        missing=[_missing(one) for one in _returned()],
        problem=problem,
    )


def _photos(pile_id: str) -> list[dict[str, str]]:
    """Return plain values for the page and its script: key, kind of answer, the answer in words, where to look."""
    return [_shown(one) for one in read(camera.photos, here().id, pile_id)]


def _shown(photo: Photo) -> dict[str, str]:
    said = {"key": photo.key, "answer": photo.answer, "said": _said(photo), "why": "", "look": "", "picture": ""}
    if photo.page and photo.answer == "look":
        workshop_id, page = here().id, photo.page
        said["why"] = " ".join(paper_words.why(page))
        said["look"] = url_for("desk.look", workshop_id=workshop_id, page_id=page.id)
        if page.picture:
            said["picture"] = url_for("desk.page_picture", workshop_id=workshop_id, page_id=page.id, klein=1)
    return said


def _said(photo: Photo) -> str:
    numbers = ", ".join(spaced(number) for number in photo.numbers)
    if photo.answer == "look" and not photo.numbers:
        return str(_("Dit lees ik niet: nog eens, dichterbij."))
    words = {
        "reading": _("Binnen, wordt gelezen"),
        "read": _("%(numbers)s gelezen", numbers=numbers),
        "again": _("%(numbers)s was er al", numbers=numbers) if numbers else _("Deze foto was er al"),
        "blank": _("%(numbers)s is leeg", numbers=numbers) if numbers else _("Hier staat niets op"),
        "look": _("%(numbers)s gelezen, kijk nog even mee", numbers=numbers),
    }
    return str(words[photo.answer])


def _returned() -> list[trays.Returned]:
    return read(trays.returned, here().id)


def _missing(one: trays.Returned) -> dict[str, str]:
    count = one.listed.series.count
    back = _("%(back)s van de %(count)s terug", back=one.listed.came_back, count=count)
    if not one.missing:
        return {"back": str(back), "numbers": str(_("Alles van deze serie is gezien."))}
    numbers = ", ".join(spaced(number) for number in one.missing)
    return {
        "back": str(back),
        "numbers": str(_("Nog niet gezien: %(numbers)s", numbers=numbers)),
    }


def _refused(pile_id: str, problem: str, code: int) -> ResponseReturnValue:
    return (jsonify(problem=problem) if wants_json() else _page(pile_id, problem)), code
