"""Taking the ideas along as a table."""

from __future__ import annotations

from typing import cast

from flask import make_response
from flask.typing import ResponseReturnValue

from cards.card import Language
from workshop import clock, exports
from workshop.desk.guard import desk, here, read
from workshop.desk.printing import plain_name
from workshop.domain import curating
from workshop.house import house


@desk.get("/<workshop_id>/ideeen.<any(csv, xlsx, json):kind>")
def export(workshop_id: str, kind: str) -> ResponseReturnValue:
    """Return every idea of the workshop as CSV, XLSX or JSON."""
    found = read(curating.stream, workshop_id, curating.Filter())
    table = exports.rows(found, house().library, cast(Language, here().language))
    answer = make_response(exports.write(kind, table))
    answer.content_type = exports.KINDS[kind]
    name = f"ideeen-{plain_name(here().name)}-{clock.today().isoformat()}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
