"""Help inside the product: short pages in both languages, and the colours of the decks."""

from __future__ import annotations

from flask import abort, make_response, render_template
from flask.typing import ResponseReturnValue

from workshop import looks, web
from workshop.desk.guard import desk
from workshop.house import house

PAGES = ("vijf-minuten", "printen", "deuren", "wie-ziet-wat")


@desk.get("/hulp")
@desk.get("/hulp/<page>")
def help_page(page: str = PAGES[0]) -> ResponseReturnValue:
    """Show a help page in the language of the visitor."""
    if page not in PAGES:
        abort(404)
    return render_template(f"{web.language()}/{page}.html", page=page, pages=PAGES)


@desk.get("/sets.css")
def deck_colours() -> ResponseReturnValue:
    """Return the colours of the decks as a stylesheet."""
    answer = make_response(looks.colours(house().library))
    answer.content_type = "text/css; charset=utf-8"
    answer.headers["Cache-Control"] = f"public, max-age={web.YEAR}, immutable"
    return answer


@desk.context_processor
def _looks() -> dict[str, object]:
    return {"colours_mark": looks.colours_mark(house().library), "mark_paths": looks.mark_paths()}
