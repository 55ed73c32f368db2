"""Taking the ideas along as a table."""

from __future__ import annotations

from flask import make_response
from flask.typing import ResponseReturnValue

from workshop import clock, exports
from workshop.desk.guard import desk, here, hidden_at
from workshop.domain import taking
from workshop.house import house, read


@desk.get("/<workshop_id>/ideeen.<any(csv, xlsx, json):kind>")
def export(workshop_id: str, kind: str) -> ResponseReturnValue:
    """Return every idea of the workshop as CSV, XLSX or JSON; to observers not what is hidden."""
    found = read(taking.everything, workshop_id, hidden_at())
    stayed = read(taking.stayed, workshop_id, hidden_at())
    table = exports.rows(found, house().library_of(here().id), here().language, stayed)
    answer = make_response(exports.write(kind, table))
    answer.content_type = exports.KINDS[kind]
    name = f"ideeen-{_plain(here().name)}-{clock.today().isoformat()}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _plain(name: str) -> str:
    """Return a name that is safe as part of a file name."""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name.lower())
    return "-".join(part for part in kept.split("-") if part) or "werkplaats"
