"""What came of it, on a phone: the page of a result, and the way to it from a card and from the number page.

A page for everyone opens for who has its address; one for the group only on a phone that scanned a card of the
workshop or typed its word. Nothing is quoted here that its maker does not allow these readers.
"""

from __future__ import annotations

from typing import Any

from flask import Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from workshop.domain import doors, results, trajectory, workshops
from workshop.domain.ideas import Picture
from workshop.domain.result_content import Content
from workshop.domain.results import Result
from workshop.domain.workshops import Workshop
from workshop.house import read
from workshop.public.photos import given
from workshop.public.visitor import keys, near, public
from workshop.store import Tx


@public.get("/resultaat/<key>")
def result(key: str) -> ResponseReturnValue:
    """Show what came of it; to who is not in its group kindly say how to get there."""
    found, workshop, content = read(_found, key, keys()) or abort(404)
    near(workshop)
    if content is None:
        return render_template("public/result_group.html", workshop=workshop), 403

    def address_of(picture: Picture) -> str:
        return url_for("public.result_idea_photo", key=found.key, picture_id=picture.id, v=picture.file[:10])

    return render_template(
        "public/result.html", result=found, workshop=workshop, content=content, picture_of=address_of
    )


@public.get("/resultaat/<key>/foto")
def result_photo(key: str) -> Response:
    """Give the picture of a result to who may see its page."""
    found, _, content = read(_found, key, keys()) or abort(404)
    return given(Picture("", found.picture, 0, 0) if content and found.picture else None)


@public.get("/resultaat/<key>/foto/<picture_id>")
def result_idea_photo(key: str, picture_id: str) -> Response:
    """Give a picture of an idea that is quoted on the page of a result; any other is not there."""
    _, _, content = read(_found, key, keys()) or abort(404)
    quoted = {one.id: one for quote in content.quotes for one in quote.pictures} if content else {}
    return given(quoted.get(picture_id))


def _found(tx: Tx, key: str, scanned: list[str]) -> tuple[Result, Workshop, Content | None] | None:
    """Return a published result, its workshop and what of it is shown; no content for who is not in its group."""
    found = results.by_key(tx, key)
    if found is None:
        return None
    allowed = found.audience == "everyone" or found.workshop_id in doors.group_of(tx, scanned)
    workshop = workshops.at_door(tx, found.workshop_id)
    return found, workshop, results.content(tx, found) if allowed else None


def came(tx: Tx, workshop: Workshop | None, scanned: list[str]) -> list[Result]:
    """Return the published results of a workshop that somebody who scanned these cards may see."""
    if workshop is None or not trajectory.shows(workshop, "results"):
        return []
    inside = workshop.id in doors.group_of(tx, scanned)
    there = [one for one in results.of_workshop(tx, workshop.id) if one.published_at]
    return [one for one in there if inside or one.audience == "everyone"]


@public.app_context_processor
def _words() -> dict[str, Any]:
    return {"came_of": lambda workshop: read(came, workshop, keys())}
