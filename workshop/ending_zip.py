"""Everything of a workshop in one zip, to take along before names are erased.

Ideas as tables, every decision and answer, meetings, trials with their lessons, results, what was shared of looking
back, pictures that everyone may see, and the wall newspaper with the reports. Names only as their makers chose. One
file after another goes through memory, whatever the workshop holds.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from cards.deck import Library
from workshop import exports, printing, progress_printing
from workshop.domain import endings, meetings, pulse, quotas, staying, taking, workshops, zones
from workshop.domain.workshops import Workshop
from workshop.errors import WerkplaatsError
from workshop.house import House
from workshop.store import Tx

log = logging.getLogger("werkplaats.ending")
MOST_BYTES: Final = 4 * 1024**3
NOUNS: Final = (
    "decisions",
    "answers",
    "meetings",
    "plans",
    "trials",
    "trial_ideas",
    "mandates",
    "actions",
    "reflections",
    "results",
    "result_ideas",
    "frame",
    "seats",
    "agreements",
)
"""What is written as tables beside the ideas: each is a query `take_…`."""
_DAY: Final = (1980, 1, 1, 0, 0, 0)
_READ_ME: Final = {
    "nl": """{name}
{question}

Dit is alles van deze werkplaats, om te bewaren.

ideas.csv, ideas.xlsx, ideas.json   alle ideeen; een naam staat er alleen als de maker dat koos
*.json                              besluiten, antwoorden, bijeenkomsten, proeven, resultaten en meer
pictures/                           foto's en tekeningen die iedereen mag zien
pictures-group/                     foto's bij resultaten die alleen voor de groep zijn
print/                              muurkrant, voortgang en verslagen om te printen

Ideeen zijn soms alleen voor de groep. Geef ze dan niet verder.
""",
    "en": """{name}
{question}

This is everything of this workshop, to keep.

ideas.csv, ideas.xlsx, ideas.json   all ideas; a name is there only when its maker chose so
*.json                              decisions, answers, meetings, trials, results and more
pictures/                           photos and drawings that everyone may see
pictures-group/                     photos of results that are for the group only
print/                              wall newspaper, progress and reports to print

Some ideas are for the group only. Then do not pass them on.
""",
}


@dataclass(frozen=True)
class _All:
    """What is in the store, at one beat of the pulse. `pictures` are stored files by where they go in the zip."""

    beat: int
    tables: dict[str, list[dict[str, Any]]]
    ideas: list[dict[str, str]]
    pictures: dict[str, str]
    progress: dict[str, Any]
    prints: tuple[dict[str, Any], ...]


Tell = Callable[[int, int], None]


def pack(house: House, workshop: Workshop, out: IO[bytes], tell: Tell | None = None) -> int:
    """Write the zip to a stream; return the beat of the pulse it was made at. `tell` hears how many of how many."""
    found = house.store.read(_gathered, workshop, house.library_of(workshop.id))
    total = len(found.tables) + len(found.pictures) + len(found.prints) + 5
    with zipfile.ZipFile(out, "w") as archive:
        for at, (name, data) in enumerate(_parts(house, workshop, found), 1):
            how = zipfile.ZIP_STORED if name.endswith((".jpg", ".pdf", ".xlsx")) else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _DAY), data, how)
            if tell:
                tell(at, total)
    return found.beat


def kept(house: House, workshop_id: str, order_id: str, tell: Tell | None = None) -> tuple[str, str]:
    """Make the zip of an order and store it; return its file and what to call it."""
    workshop = house.store.read(workshops.at_door, workshop_id)
    with tempfile.TemporaryFile(dir=house.files.folder) as made:
        beat = pack(house, workshop, made, tell)
        made.seek(0)
        file, size = house.files.keep_stream(made, "zip", MOST_BYTES)
    house.store.write(quotas.note_size, file, size)
    house.store.write(endings.exported, workshop_id, order_id, beat)
    return file, f"{printing.slug(workshop)}-alles.zip"


def _parts(house: House, workshop: Workshop, found: _All) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the zip by name, one at a time."""
    yield "LEES-MIJ.txt", _READ_ME[workshop.language].format(**vars(workshop)).encode()
    for kind in exports.KINDS:
        yield f"ideas.{kind}", exports.write(kind, found.ideas)
    yield "progress.json", _json(found.progress)
    for noun, rows in found.tables.items():
        yield f"{noun.replace('_', '-')}.json", _json(rows)
    for name, file in found.pictures.items():
        if house.files.there(file):
            yield name, house.files.read(file)
    for what in found.prints:
        yield from _printed(house, workshop, what)


def _printed(house: House, workshop: Workshop, what: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield a print; one that cannot be made is left out."""
    try:
        for made in printing.printed(house, workshop, what):
            yield f"print/{what.get('number', '')}{made.name}", made.pdf
    except Exception as error:
        if not isinstance(error, WerkplaatsError):
            log.exception("%s could not be printed for the export.", what["document"])


def _gathered(tx: Tx, workshop: Workshop, library: Library) -> _All:
    found = taking.everything(tx, workshop.id)
    inside = staying.kept(tx, workshop.id)
    tables = {noun: _rows(tx, noun, workshop.id, inside) for noun in NOUNS}
    tables["zones"] = [
        {"meeting": one.date, "perspective": side, **vars(zone)} for one, side, zone in zones.trend(tx, workshop.id)
    ]
    progress, lines = progress_printing.told(tx, workshop, workshop.language)
    held = meetings.of_workshop(tx, workshop.id)[: progress.held]
    prints: list[dict[str, Any]] = [{"document": "wall", "leaves": True}, {"document": "progress"}]
    prints += [
        {"document": "report", "meeting": one.id, "number": f"{one.number:02d}-", "leaves": True} for one in held
    ]
    return _All(
        beat=pulse.of(tx, workshop.id),
        tables=tables,
        ideas=exports.rows(found, library, workshop.language, taking.stayed(tx, workshop.id)),
        pictures=_pictures(tx, workshop.id, tables["results"]),
        progress={
            "meetings_held": progress.held,
            "meetings_planned": progress.planned,
            "measures": [dataclasses.asdict(line) for line in lines],
        },
        prints=tuple(prints),
    )


def _rows(tx: Tx, noun: str, workshop_id: str, inside: set[str]) -> list[dict[str, Any]]:
    """Return the rows of a table; what is about an idea that stays in the group is not among them."""
    rows = getattr(tx.endings, f"take_{noun}")(workshop_id=workshop_id)
    return [
        {name: value for name, value in row.items() if name != "idea_id"}
        for row in rows
        if row.get("idea_id") not in inside
    ]


def _pictures(tx: Tx, workshop_id: str, results: list[dict[str, Any]]) -> dict[str, str]:
    """Return the pictures of stories and results by where they go: those for the group in a folder of their own."""
    stories = endings.stories(tx, workshop_id)
    rows = tx.endings.take_pictures(workshop_id=workshop_id)
    found = {f"pictures/{row['file']}": row["file"] for row in rows if row["idea_id"] in stories}
    for one in results:
        if one["picture"]:
            folder = "pictures" if one["audience"] == "everyone" else "pictures-group"
            found[f"{folder}/{one['picture']}"] = one["picture"]
    return found


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
