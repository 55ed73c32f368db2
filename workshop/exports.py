"""Ideas as a table to take away: CSV, XLSX and JSON.

A cell that a spreadsheet would take for a formula is made text. A name goes along only when its maker
chose that everyone may see it; of a receipt only the first half, because the whole one acts for the maker.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from cards.card import Language
from cards.deck import Library
from workshop.domain.ideas import Idea

COLUMNS = (
    "receipt",
    "shared_at",
    "card_number",
    "card_id",
    "card_title",
    "words",
    "own_words",
    "pictures",
    "who_may_see",
    "name",
    "written_for_other",
    "perspective",
    "channel",
    "slip",
    "typing",
    "status",
    "reason",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def rows(ideas: Sequence[Idea], library: Library, language: Language) -> list[dict[str, str]]:
    """Return one plain row per idea, oldest first, with the columns of `COLUMNS`."""
    return [_row(idea, library, language) for idea in sorted(ideas, key=lambda one: one.made_at)]


def write(kind: str, table: Sequence[dict[str, str]]) -> bytes:
    """Return the table as a file of this kind: `csv`, `xlsx` or `json`."""
    return {"csv": _csv, "xlsx": _xlsx, "json": _json}[kind](table)


def safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    plain = text.replace("\0", "")
    return "'" + plain if plain.startswith(_FORMULA) else plain


def _row(idea: Idea, library: Library, language: Language) -> dict[str, str]:
    card = library.find(idea.card_id, language) if idea.card_id else None
    values = (
        f"{idea.receipt[:4]}-····",
        idea.made_at,
        idea.number,
        idea.card_id,
        card.title if card else "",
        idea.words,
        idea.own_words,
        " ".join(picture.file for picture in idea.pictures),
        idea.seen_by,
        idea.maker if idea.seen_by == "everyone_named" else "",
        "yes" if idea.for_other else "no",
        idea.perspective,
        idea.channel,
        idea.slip or "",
        idea.typing,
        idea.status,
        idea.reason,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _csv(table: Sequence[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows({name: safe(value) for name, value in row.items()} for row in table)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(table: Sequence[dict[str, str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("ideas")
    heads = [WriteOnlyCell(sheet, value=name) for name in COLUMNS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in table:
        cells = [WriteOnlyCell(sheet, value=safe(value)) for value in row.values()]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _json(table: Sequence[dict[str, str]]) -> bytes:
    return json.dumps(table, ensure_ascii=False, indent=2).encode()
