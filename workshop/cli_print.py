"""The command line's paper: decks, posters, tents, a test page, and how fast the press is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import click

from cards.card import Language
from cards.deck import load
from print import documents
from print.documents import FormatName, Item, Printed
from print.formats import Flip
from print.sheets import Shift
from workshop.cli import Cure, data_option, numbers, one_workshop, opened, setting
from workshop.domain.slips import MOST, Kind
from workshop.settings import Settings, cache_folder

_flip = click.option(
    "--flip", type=click.Choice(["long", "short"]), default="long", show_default=True, help="Edge the printer flips on."
)
_language = click.option(
    "--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language on the paper."
)
_workshop = click.option(
    "--workshop", "which", default=None, help="Name or key of a workshop: prints its numbers and QR."
)
_shift = click.option(
    "--back-shift",
    type=(float, float),
    default=(0.0, 0.0),
    help="Move backs right and down by so many mm: the two numbers read from the test page.",
)
_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="PDF to write, or .zip."
)


@click.group("print")
def printing() -> None:
    """Paper: decks of cards, posters, table tents, a test page."""


@printing.command()
@click.option("--deck", "deck_id", default=None, help="One deck, for example samen-ontwerpen; all decks when not said.")
@click.option(
    "--card", "card_ids", multiple=True, help="Only this card, for example verhalen/04-zelf-bedacht; may be repeated."
)
@click.option(
    "--format",
    "size",
    type=click.Choice(get_args(FormatName)),
    default="auto",
    show_default=True,
    help="Sheet: each card on its own size, two A5 or four A6 on A4, large print, fold, or single for a print shop.",
)
@_flip
@_language
@click.option("--copies", type=click.IntRange(1, 99), help="Copies of each card; else 1, or what the workshop chose.")
@click.option("--covers", is_flag=True, help="Also a cover and a contents card for every deck.")
@_shift
@_workshop
@data_option
@setting("decks")
@_output
def deck(
    deck_id: str | None,
    card_ids: tuple[str, ...],
    size: FormatName,
    flip: Flip,
    language: Language,
    copies: int | None,
    covers: bool,
    back_shift: Shift,
    which: str | None,
    data: Path | None,
    decks: str | None,
    output: Path,
) -> None:
    """Print cards. Needs no workshop and no server; with --workshop the cards get their numbers and QR."""
    settings = Settings.of(data=data, decks=decks)
    library = load(settings.deck_folders)
    chosen = [
        card
        for card in library.cards(language)
        if (deck_id is None or card.deck == deck_id) and (not card_ids or card.id in card_ids)
    ]
    for lost in sorted(set(card_ids) - {card.id for card in chosen}):
        raise Cure(f"There is no card {lost} in this choice. Nothing was printed. Check how it is written.")
    for folder in settings.deck_folders:
        if not folder.is_dir():
            raise Cure(f"There is no folder {folder}. Nothing was printed. Check what follows --decks.")
    if not chosen:
        names = ", ".join(one.id for one in library.decks)
        raise Cure(f"There are no such cards in this language. The decks are: {names}.")
    if which is None:
        items = [Item(card, library.deck_of(card), None, copies or 1) for card in chosen]
        made = documents.deck(
            items,
            format=size,
            flip=flip,
            imprint=None,
            title=_title(library, deck_id, language),
            language=language,
            cache=cache_folder(),
            back_shift_mm=back_shift,
            with_covers=covers,
        )
    else:
        what: dict[str, Any] = {"document": "cards", "format": size, "flip": flip, "language": language}
        some = [card.id for card in chosen] if deck_id or card_ids else []
        what |= {"cards": some, "copies": copies, "back_shift": back_shift, "covers": covers}
        made = _for_workshop(settings, which, what)
    _write(made, output)


@printing.command("slips")
@click.option("--count", type=click.IntRange(1, MOST), required=True, help="How many, at most 10,000 at a time.")
@click.option("--card", "card_id", default="", help="With the question of this card; else that of the workshop.")
@click.option(
    "--format",
    "size",
    type=click.Choice(["a5", "a6", "large", "dots", "rings"]),
    default="a5",
    show_default=True,
    help="Two on a sheet, four small ones on one side, large print; or sheets for dots or rings.",
)
@click.option("--seed", default="", help="Rehearsal numbers, the same every time: never for a real meeting.")
@click.option(
    "--row", "rows", multiple=True, help="What to choose from on dot sheets; may be repeated, twelve at most."
)
@_flip
@_language
@_shift
@_workshop
@data_option
@_output
def slips(
    count: int,
    card_id: str,
    size: Kind,
    seed: str,
    rows: tuple[str, ...],
    flip: Flip,
    language: Language,
    back_shift: Shift,
    which: str | None,
    data: Path | None,
    output: Path,
) -> None:
    """Print idea cards that come back: each with a number of its own, and a stub to keep."""
    from workshop import printing as road
    from workshop import slip_printing
    from workshop.domain import slips as slip_rows

    with opened(Settings.of(data=data)) as house:
        workshop = one_workshop(house, which or "")
        wanted = slip_printing.checked(
            house,
            workshop,
            kind=size,
            count=count,
            language=language,
            card_id=card_id,
            choices=rows,
            seed=seed,
        )
        series = house.store.write(slip_rows.order, workshop.id, **wanted)
        if not series.question:
            click.echo("The question of this workshop is too long for this format. It was left out.", err=True)
        what = {"document": "slips", "series": series.id, "flip": flip, "back_shift": back_shift}
        made = road.printed(house, workshop, what)
    _write(made, output)


@printing.command()
@click.option(
    "--format",
    "size",
    type=click.Choice(["a3", "2xa4"]),
    default="a3",
    show_default=True,
    help="One sheet, or two to join.",
)
@_language
@_workshop
@data_option
@_output
def poster(size: str, language: str, which: str | None, data: Path | None, output: Path) -> None:
    """Print the wall poster of a workshop, with its QR."""
    _sign({"document": "poster", "format": size, "language": language}, which, data, output)


@printing.command()
@_language
@_workshop
@data_option
@_output
def tents(language: str, which: str | None, data: Path | None, output: Path) -> None:
    """Print table tents of a workshop, with its QR."""
    _sign({"document": "tents", "language": language}, which, data, output)


@printing.command("test-page")
@_flip
@_language
@_workshop
@data_option
@_output
def test_page(flip: Flip, language: Language, which: str | None, data: Path | None, output: Path) -> None:
    """Print a page that shows whether a printer keeps sizes, margins, greys and both sides in place.

    With --workshop it has a QR of the workshop's address, to try with an old phone.
    """
    if which is None:
        _write([documents.test_page(imprint=None, flip=flip, language=language)], output)
    else:
        _sign({"document": "test", "flip": flip, "language": language}, which, data, output)


@click.group()
def bench() -> None:
    """Measure, with others doing the same work in the same run."""


@bench.command("print")
@click.option("--count", type=click.IntRange(1, 10_000), default=1000, show_default=True, help="Idea cards to print.")
@click.option("--peers", is_flag=True, help="Also Typst, ReportLab, Chromium and plain WeasyPrint, the same sheet.")
@click.option("--json", "as_json", is_flag=True, help="Write the table as JSON.")
def bench_print(count: int, peers: bool, as_json: bool) -> None:
    """Measure the press: CPU seconds, memory and size per way of printing."""
    from print.bench import bench as measure

    table = measure(count, peers)
    if as_json:
        click.echo(json.dumps(table))
        return
    for row in table["rows"]:
        click.echo("  ".join(f"{value}" for value in row.values()))


@bench.command("scan")
@click.option("--count", type=click.IntRange(4, 1000), default=12, show_default=True, help="Cards of each form.")
@click.option("--condition", "only", multiple=True, help="Only this damage, for example fax-200; may be repeated.")
@click.option("--peers", is_flag=True, help="Also other ways of finding codes, on the same pages.")
@click.option("--workers", callback=numbers, help="Instead: stacks read by so many `werkplaats worker`, as 1,2.")
@click.option("--pages", type=click.IntRange(4, 2000), default=48, show_default=True, help="Pages for the workers.")
@click.option("--grown", is_flag=True, help="The workers also on PostgreSQL, Redis and S3, started for it.")
@click.option("--json", "as_json", is_flag=True, help="Write the table as JSON.")
def bench_scan(
    count: int, only: tuple[str, ...], peers: bool, workers: list[int], pages: int, grown: bool, as_json: bool
) -> None:
    """Measure the reader: forms found and named, crops, ticks and CPU per kind of damage. Needs a checkout.

    With --workers: pages a second, CPU for a page and waiting, with ever more workers.
    """
    if workers:
        from workshop.bench_workers import bench as measure_workers

        table = measure_workers(pages, workers, grown)
    else:
        from print.bench_scan import bench as measure

        table = measure(count, peers, only, cache_folder())
    if as_json:
        click.echo(json.dumps(table))
        return
    for row in table["rows"]:
        click.echo(
            "  ".join(f"{name} {value}" if name not in ("condition", "how") else value for name, value in row.items())
        )


def _sign(what: dict[str, Any], which: str | None, data: Path | None, output: Path) -> None:
    _write(_for_workshop(Settings.of(data=data), which or "", what), output)


def _for_workshop(settings: Settings, which: str, what: dict[str, Any]) -> list[Printed]:
    from workshop import printing as road

    with opened(settings) as house:
        return road.printed(house, one_workshop(house, which), what)


def _write(made: list[Printed], output: Path) -> None:
    """Write one PDF; or several, as a zip or beside each other when the name does not end in .zip."""
    if len(made) == 1 and output.suffix != ".zip":
        output.write_bytes(made[0].pdf)
        paths = [output]
    elif output.suffix == ".zip":
        output.write_bytes(documents.together(made))
        paths = [output]
    else:
        paths = [output.with_stem(f"{output.stem}-{Path(one.name).stem}") for one in made]
        for path, one in zip(paths, made, strict=True):
            path.write_bytes(one.pdf)
    size = sum(len(one.pdf) for one in made) // 1024
    click.echo(f"Printed {' and '.join(str(path) for path in paths)} ({size} kB).")


def _title(library: Any, deck_id: str | None, language: Language) -> str:
    return str(library.deck(deck_id).name[language]) if deck_id else "Werkplaats"
