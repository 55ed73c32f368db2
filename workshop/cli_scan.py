"""The command line's way in for paper: reads a pile through the same functions as the desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from workshop import reading
from workshop.beating import beating
from workshop.cli import Cure, data_option, one_workshop, opened
from workshop.domain import stacks
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.reading import Judged, Looked
from workshop.settings import Settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--workshop", "which", default=None, help="Name or key of the workshop the paper belongs to.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per page.")
@data_option
def scan(files: tuple[Path, ...], which: str | None, dry_run: bool, as_json: bool, data: Path | None) -> None:
    """Read paper that came back: PDFs or pictures of idea cards, from a copier or a phone."""
    with opened(Settings.of(data=data)) as house:
        workshop = one_workshop(house, which or "")
        pages = _foreseen(house, workshop, files) if dry_run else _read(house, workshop, files)
    if as_json:
        for page in pages:
            click.echo(json.dumps(page, ensure_ascii=False))
    else:
        click.echo(_said(pages, dry_run))


def _foreseen(house: House, workshop: Workshop, files: tuple[Path, ...]) -> list[dict[str, Any]]:
    """Return where every page would go."""
    known, met, pages = reading.register(house, workshop.id, workshop.address), set[tuple[str, str]](), []
    for path in files:
        for looked in reading.look(house, path, known):
            judged = house.store.read(reading.foreseen, workshop.id, looked, met)
            pages.append(reading.described(str(path), looked, judged))
    return pages


def _read(house: House, workshop: Workshop, files: tuple[Path, ...]) -> list[dict[str, Any]]:
    """Store the files as a stack, read it, and return where every page went."""
    streams = [path.open("rb") for path in files]
    try:
        pairs = [(str(path), stream) for path, stream in zip(files, streams, strict=True)]
        stack = reading.bring(house, workshop.id, None, "command", pairs)
    finally:
        for stream in streams:
            stream.close()
    claimed = house.store.write(stacks.claim, stack.id)
    if claimed is None:
        raise Cure("The server is reading this stack at the moment. Look at it at the desk.")
    pages: list[dict[str, Any]] = []

    def settled(name: str, looked: Looked, judged: Judged) -> None:
        pages.append(reading.described(name, looked, judged))

    with beating(lambda: house.store.write(stacks.keep, claimed)):
        reading.read(house, claimed, settled)
    return pages


def _said(pages: list[dict[str, Any]], dry_run: bool) -> str:
    """Return the report of a pile in a few lines."""
    numbers = {card["number"] for page in pages for card in page["cards"]}
    trays = {tray: sum(page["tray"] == tray for page in pages) for tray in ("matched", "seen before", "look at me")}
    lines = [
        f"{len(pages)} pages, {len(numbers)} idea cards"
        + (": this is what would happen, nothing was stored." if dry_run else "."),
        *(f"  {count:4} {tray}" for tray, count in trays.items()),
    ]
    lines += [
        f"  {page['file']}, page {page['page']}: {page['reason']}" for page in pages if page["tray"] == "look at me"
    ]
    return "\n".join(lines)
