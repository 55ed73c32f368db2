"""Help inside the product: short pages in both languages, and the colours of the decks."""

from __future__ import annotations

from flask import abort, g, make_response, render_template
from flask.typing import ResponseReturnValue

from cards.deck import Library
from workshop import looks, web
from workshop.desk.guard import desk
from workshop.house import house

PAGES = (
    "vijf-minuten",
    "programmas",
    "draaiboek",
    "eigen-kaarten",
    "printen",
    "printpakket",
    "papier-terug",
    "strookjes",
    "deuren",
    "wie-ziet-wat",
    "vinden",
    "bord",
    "kiezen",
    "veilig",
    "muur",
    "antwoorden",
    "traject",
    "balans",
    "proeven",
    "resultaten",
    "afronden",
)


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
    return _stylesheet(house().library)


@desk.get("/<workshop_id>/sets.css")
def own_deck_colours(workshop_id: str) -> ResponseReturnValue:
    """Return the colours of the decks of a workshop, with those of its own."""
    return _stylesheet(house().library_of(workshop_id))


def _stylesheet(library: Library) -> ResponseReturnValue:
    answer = make_response(looks.colours(library))
    answer.content_type = "text/css; charset=utf-8"
    answer.headers["Cache-Control"] = f"{'private' if 'workshop' in g else 'public'}, max-age={web.YEAR}, immutable"
    return answer


@desk.context_processor
def _looks() -> dict[str, object]:
    library = house().library_of(g.workshop.id) if g.get("workshop") else house().library
    return {"colours_mark": looks.colours_mark(library), "mark_paths": looks.mark_paths()}
