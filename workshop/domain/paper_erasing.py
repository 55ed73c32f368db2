"""What of paper has to be erased, and what erasing a form leaves: pages and originals without it.

The erasing itself is in `workshop.erasing`.
"""

from __future__ import annotations

from workshop import clock
from workshop.domain import forgetting
from workshop.domain.stacks import Page, page_of
from workshop.store import Tx


def pages_with(tx: Tx, slip: str, side: str | None = None) -> list[tuple[Page, str]]:
    """Return the pages a form was seen on, each with the file it came in; also where the same file came again."""
    return [(page_of(row), row["file"]) for row in tx.stacks.pages_with(slip=slip, side=side)]


def pages_from(tx: Tx, file: str) -> list[Page]:
    """Return the pages of a stored file, as they were read the first time it came."""
    return [page_of(row) for row in tx.stacks.pages_from(file=file)]


def to_erase(tx: Tx) -> list[str]:
    """Return the slips whose idea was erased, or that were withdrawn before there was one, half an hour ago."""
    rows = tx.stacks.slips_to_redact(before=clock.ago(minutes=30))
    return [row["slip"] for row in rows if not _half_read(tx, row["slip"])]


def backs_to_erase(tx: Tx) -> list[tuple[str, str]]:
    """Return (workshop, slip) of the backs that somebody had erased half an hour ago."""
    rows = tx.stacks.backs_to_erase(before=clock.ago(minutes=30))
    return [(row["workshop_id"], row["slip"]) for row in rows if not _half_read(tx, row["slip"])]


def _half_read(tx: Tx, slip: str) -> bool:
    """Say whether a form stands in a file that is not read to its end, so that it cannot be erased yet.

    Erasing makes originals anew of the pages that were read. Of a parked stack only the files that were not read
    whole wait, until it is tried again: the file itself is all there is of their other pages.
    """
    return bool(tx.stacks.half_read(slip=slip))


def erased(tx: Tx, slip: str, side: str | None, pictures: dict[str, str], originals: dict[str, str]) -> list[str]:
    """Note what erasing a form left: new pictures by page, new originals by old file. Return files nobody uses now."""
    gone = [page.picture for page, _ in pages_with(tx, slip, side) if page.id in pictures]
    for page_id, picture in pictures.items():
        tx.stacks.new_picture(id=page_id, picture=picture)
    for old, new in originals.items():
        tx.stacks.new_original(old=old, file=new)
        gone.append(old)
    for row in tx.stacks.crops_of(slip=slip, side=side):
        gone += [row["crop"], row["idea_crop"]]
    tx.stacks.forget_side(slip=slip, side=side)
    return forgetting.unused(tx, [file for file in dict.fromkeys(gone) if file])
