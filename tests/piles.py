"""Piles of paper for tests: idea cards of a workshop, printed, filled in and scanned, as files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import psycopg
from PIL import Image

from print.reader.known import Known
from tests import damage, handwriting
from tests.handwriting import Filled
from workshop import reading
from workshop.domain import slips, stacks
from workshop.domain.stacks import Stack
from workshop.domain.workshops import Workshop
from workshop.house import House

A6, A5, A5_BACK = "C1", "A1", "B1"


def numbers(house: House, workshop: Workshop, kind: slips.Kind = "a6", count: int = 4, seed: str = "s") -> list[str]:
    """Make idea cards in a workshop and return their numbers."""
    series = house.store.write(
        slips.order, workshop.id, kind=kind, count=count, language="nl", question=workshop.question, seed=seed
    )
    return [one.number for one in house.store.read(slips.of_series, series)]


def written(house: House, which: Sequence[str], code: str, *, blank: float = 0.0, seed: int = 1) -> list[Filled]:
    """Return idea cards with these numbers, printed and filled in."""
    known = []
    for number in which:
        slip = house.store.read(slips.by_number, number)
        assert slip is not None
        known.append(Known(number, code, slip.key))
    prints = handwriting.printed(known, house.settings.data / "faces")
    pairs = zip(known, prints, strict=True)
    return [handwriting.filled(one, picture, seed, share_blank=blank) for one, picture in pairs]


def scanned(pages: Sequence[Sequence[Filled]], condition: str = "clean-150", seed: int = 5) -> bytes:
    """Return a PDF from the copier, one page for each list of cards; an empty list is an empty sheet."""
    pictures = []
    for cards in pages:
        picture = damage.damaged(condition, cards, seed).picture if cards else None
        pictures.append(Image.fromarray(picture) if picture is not None else Image.new("RGB", (1754, 1240), "white"))
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return out.getvalue()


def brought(house: House, workshop: Workshop, *files: bytes, who: str | None = None) -> Stack:
    """Bring files in as one stack."""
    named = [(f"stapel-{place}.pdf", io.BytesIO(data)) for place, data in enumerate(files, start=1)]
    return reading.bring(house, workshop.id, who, "stack", named)


def read(house: House, stack: Stack) -> stacks.Counts:
    """Read a stack and return where its pages are."""
    claimed = house.store.write(stacks.claim, stack.id)
    assert claimed is not None
    reading.read(house, claimed)
    return house.store.read(stacks.counts, stack.id)


def every_byte(folder: Path) -> bytes:
    """Return everything in a data folder, to look for what must be gone."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def every_word(house: House) -> bytes:
    """Return everything an installation holds, wherever it keeps it: files, objects, and the rows of its database."""
    found = [every_byte(house.settings.data)]
    if house.settings.files:
        found += [house.files.read(one.name) for one in house.files.everything()]
    if house.settings.store:
        with psycopg.connect(house.settings.store) as database:
            tables = database.execute("select table_name from information_schema.tables where table_schema = 'public'")
            for (table,) in tables.fetchall():
                rows = database.execute(f'select "{table}"::text from "{table}"')  # noqa: S608 (our own tables)
                found += [text.encode() for (text,) in rows]
    return b"\n".join(found)
