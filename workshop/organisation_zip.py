"""Everything of an organisation in one zip: each workshop as a zip of its own, its people, and what it used.

One workshop after another goes straight into the stream, whatever the organisation holds.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from typing import IO, Any, Final

from workshop import ending_zip, exports, printing
from workshop.domain import organisations, quotas, workshops
from workshop.house import House
from workshop.store import Tx

_DAY: Final = (1980, 1, 1, 0, 0, 0)
Tell = Callable[[str], None]
"""Hears of which workshop everything is in the zip now."""


def pack(house: House, organisation_id: str, out: IO[bytes], tell: Tell | None = None) -> int:
    """Write the zip to a stream; return how many workshops are in it."""
    keys = house.store.read(organisations.workshop_ids, organisation_id)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in house.store.read(_tables, organisation_id).items():
            archive.writestr(zipfile.ZipInfo(f"{name}.json", _DAY), _json(rows))
            archive.writestr(zipfile.ZipInfo(f"{name}.csv", _DAY), _csv(rows))
        for at, key in enumerate(keys, 1):
            workshop = house.store.read(workshops.at_door, key)
            inside = zipfile.ZipInfo(f"workshops/{at:03d}-{printing.slug(workshop)}.zip", _DAY)
            with archive.open(inside, "w", force_zip64=True) as stream:
                ending_zip.pack(house, workshop, stream)
            if tell:
                tell(workshop.name)
    return len(keys)


def _tables(tx: Tx, organisation_id: str) -> dict[str, list[dict[str, Any]]]:
    found = organisations.find(tx, organisation_id)
    works = [workshops.at_door(tx, key) for key in organisations.workshop_ids(tx, organisation_id)]
    return {
        "organisation": [{"name": found.name, "made_at": found.made_at, "paused_at": found.paused_at}],
        "people": [asdict(person) for person in organisations.people(tx, organisation_id)],
        "workshops": [
            {"name": one.name, "question": one.question, "address": one.address, "closed_at": one.closed_at}
            for one in works
        ],
        "members": [
            {"workshop": one.name, "name": member.name, "role": member.role, "since": member.since}
            for one in works
            for member in workshops.members(tx, one.id)
        ],
        "usage": [asdict(use) for use in quotas.uses(tx, organisation_id)],
        "pages_read": [dict(row) for row in tx.organisations.months(organisation_id=organisation_id)],
    }


def _csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([list(row) for row in rows[:1]])
    writer.writerows([exports.safe("" if value is None else str(value)) for value in row.values()] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
