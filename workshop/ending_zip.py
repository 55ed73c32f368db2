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
from workshop.domain import endings, meetings, pulse, taking, workshops
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
    "zones",
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
print/                              muurkrant, voortgang en verslagen om te printen

Ideeen zijn soms alleen voor de groep. Geef ze dan niet verder.
""",
    "en": """{name}
{question}

This is everything of this workshop, to keep.

ideas.csv, ideas.xlsx, ideas.json   all ideas; a name is there only when its maker chose so
*.json                              decisions, answers, meetings, trials, results and more
pictures/                           photos and drawings that everyone may see
print/                              wall newspaper, progress and reports to print

Some ideas are for the group only. Then do not pass them on.
""",
}


@dataclass(frozen=True)
class _All:
    """What is in the store, at one beat of the pulse."""

    beat: int
    tables: dict[str, list[dict[str, Any]]]
    ideas: list[dict[str, str]]
    pictures: tuple[str, ...]
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
        file, _ = house.files.keep_stream(made, "zip", MOST_BYTES)
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
    for file in found.pictures:
        if (path := house.files.path(file)).is_file():
            yield f"pictures/{file}", path.read_bytes()
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
    stories = endings.stories(tx, workshop.id)
    found = taking.everything(tx, workshop.id)
    pictures = [row["file"] for row in tx.endings.take_pictures(workshop_id=workshop.id) if row["idea_id"] in stories]
    tables = {noun: getattr(tx.endings, f"take_{noun}")(workshop_id=workshop.id) for noun in NOUNS}
    pictures += [row["picture"] for row in tables["results"] if row["picture"]]
    progress, lines = progress_printing.told(tx, workshop, workshop.language)
    held = meetings.of_workshop(tx, workshop.id)[: progress.held]
    prints: list[dict[str, Any]] = [{"document": "wall"}, {"document": "progress"}]
    prints += [{"document": "report", "meeting": one.id, "number": f"{one.number:02d}-"} for one in held]
    return _All(
        beat=pulse.of(tx, workshop.id),
        tables=tables,
        ideas=exports.rows(found, library, workshop.language, taking.stayed(tx, workshop.id)),
        pictures=tuple(dict.fromkeys(pictures)),
        progress={
            "meetings_held": progress.held,
            "meetings_planned": progress.planned,
            "measures": [dataclasses.asdict(line) for line in lines],
        },
        prints=tuple(prints),
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
