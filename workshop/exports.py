"""Ideas as a table to take away: CSV, XLSX and JSON.

A cell that a spreadsheet would take for a formula is made text. A name goes along only when its maker
chose that everyone may see it; of a receipt only the first half, because the whole one acts for the maker. What is
hidden on the pages is hidden here: support stays empty until facilitators show it. What stays in the group is not in
the table; its last row says how many ideas that are.
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
from workshop.domain.taking import Taken

COLUMNS = (
    "nr",
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
    "theme",
    "joined_into",
    "about",
    "decision",
    "decision_reason",
    "next_step",
    "by_when",
    "answered",
    "support",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


STAYED = {
    "nl": (
        "1 idee blijft in de groep en staat niet in deze tabel.",
        "%s ideeën blijven in de groep en staan niet in deze tabel.",
    ),
    "en": (
        "1 idea stays in the group and is not in this table.",
        "%s ideas stay in the group and are not in this table.",
    ),
}


def rows(taken: Sequence[Taken], library: Library, language: Language, stayed: int = 0) -> list[dict[str, str]]:
    """Return one plain row per idea, in this order, with the columns of `COLUMNS`.

    When ideas `stayed` in the group, one more row without a number says how many.
    """
    found = [_row(one, library, language) for one in taken]
    if stayed:
        one, more = STAYED[language]
        found.append(dict.fromkeys(COLUMNS, "") | {"words": one if stayed == 1 else more % stayed})
    return found


def write(kind: str, table: Sequence[dict[str, str]]) -> bytes:
    """Return the table as a file of this kind: `csv`, `xlsx` or `json`."""
    return {"csv": _csv, "xlsx": _xlsx, "json": _json}[kind](table)


def safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    plain = text.replace("\0", "")
    return "'" + plain if plain.startswith(_FORMULA) else plain


def _row(taken: Taken, library: Library, language: Language) -> dict[str, str]:
    idea, decision = taken.idea, taken.decision
    card = library.find(idea.card_id, language) if idea.card_id else None
    values = (
        str(idea.nr),
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
        taken.side,
        idea.channel,
        idea.slip or "",
        idea.typing,
        idea.status,
        idea.reason,
        taken.theme,
        str(taken.joined_into or ""),
        str(taken.about or ""),
        decision.kind if decision else "",
        decision.reason if decision else "",
        decision.next_step if decision else "",
        decision.by_when if decision else "",
        "yes" if taken.answered else "no",
        "" if taken.support is None else str(taken.support),
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
