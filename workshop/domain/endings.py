"""How a workshop ends: everything is taken along, doors close, names are erased for good, agreed stories stay.

What goes and what stays is counted and said beforehand. Asking is a row; the work behind it (`workshop.ending`) can be
stopped at any moment and done again, and nothing is called erased before nothing of it is left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from workshop import clock, ids
from workshop.domain import consent, forgetting, orders, pulse, search, staying, workshops
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.store import Tx

EXPORT: Final = "export"
"""The document of the print order that packs everything to take along."""
THROWN_AWAY: Final = "The workshop was ended. Prints may hold names, so they were thrown away."
SHORTEST_NAME: Final = 3


@dataclass(frozen=True)
class Told:
    """What goes and what stays, in counts.

    Going: `names` and `addresses` of makers, names of `others` (who gave a mandate or does a task), `words` (ideas
    that not everyone may read, with their pictures), of which `unlooked` nobody checked or typed over and `unread`
    nobody read, `pages` of scanned paper, finished `prints`, marks of `phones`, `own` reflections that were not shared.
    Staying: `stories` that everyone may read, `named` of them with the maker's name as they chose, `answers`,
    `meetings`, `trials`, `results`, and `shared` reflections.
    """

    names: int
    addresses: int
    others: int
    words: int
    unlooked: int
    unread: int
    pages: int
    prints: int
    phones: int
    own: int
    stories: int
    named: int
    answers: int
    meetings: int
    trials: int
    results: int
    shared: int


@dataclass(frozen=True)
class Ending:
    """How far ending is. `exported_at` is when the export was ready, `current` whether nothing changed since and it
    is still there.

    `asked_at` is when erasing was asked for, `erased_at` when nothing of it was left; `told` what was said beforehand.
    """

    order_id: str = ""
    exported_at: str | None = None
    current: bool = False
    asked_at: str | None = None
    keep_named: bool = False
    erased_at: str | None = None
    told: Told | None = None


@dataclass(frozen=True)
class Mention:
    """A text that stays and has the name of a maker in it: what kind of text, what it is called, and the name."""

    kind: str
    called: str
    name: str


def of(tx: Tx, workshop_id: str) -> Ending:
    """Return how far the ending of a workshop is."""
    row = tx.endings.of(workshop_id=workshop_id)
    if row is None:
        return Ending()
    told = json.loads(row["told"])
    return Ending(
        order_id=row["order_id"],
        exported_at=row["exported_at"],
        current=bool(row["exported_at"]) and row["beat"] == pulse.of(tx, workshop_id) and _there(tx, row),
        asked_at=row["asked_at"],
        keep_named=bool(row["keep_named"]),
        erased_at=row["erased_at"],
        told=Told(**told) if told else None,
    )


def counts(tx: Tx, workshop_id: str) -> Told:
    """Return what would go and what would stay when names were erased now."""
    agreed = stories(tx, workshop_id)
    row = tx.endings.counts(workshop_id=workshop_id)
    going = len(tx.endings.all_ideas(workshop_id=workshop_id)) - len(agreed)
    named = sum(one["visibility"] == "everyone_named" for one in agreed.values())
    more = {"words": going, "stories": len(agreed), "named": named}
    return Told(**{field.name: int((row | more)[field.name]) for field in fields(Told)})


def mentions(tx: Tx, workshop_id: str) -> list[Mention]:
    """Return the texts that stay in which a maker's name stands, at most fifty: a person changes those by hand."""
    rows = tx.endings.all_ideas(workshop_id=workshop_id)
    names = {name for row in rows if len(name := " ".join(row["maker"].split())) >= SHORTEST_NAME}
    if not names:
        return []
    agreed = stories(tx, workshop_id)
    texts = [("idea", str(row["nr"]), row["words"]) for row in rows if row["id"] in agreed]
    texts += [
        ("decision", str(row["nr"]), row["said"])
        for row in tx.endings.reasons(workshop_id=workshop_id)
        if row["id"] in agreed
    ]
    texts += [(row["kind"], row["called"], row["said"]) for row in tx.endings.texts(workshop_id=workshop_id)]
    sought = re.compile(r"(?<!\w)(" + "|".join(re.escape(name) for name in sorted(names)) + r")(?!\w)", re.IGNORECASE)
    found = {
        Mention(kind, called[:80], hit[1]): None for kind, called, said in texts for hit in [sought.search(said)] if hit
    }
    return list(found)[:50]


def order_export(tx: Tx, workshop_id: str, who: str) -> str:
    """Order an export of everything; return the key of its print order, the same one while it is being made."""
    before = of(tx, workshop_id)
    if before.asked_at:
        raise Refused("ending_asked", "Names are being erased already. The export was made before.")
    if before.order_id and orders.find(tx, workshop_id, before.order_id).state in ("ordered", "printing"):
        return before.order_id
    made = orders.order(tx, workshop_id, who, {"document": EXPORT})
    tx.endings.order(workshop_id=workshop_id, order_id=made.id, who=who)
    return made.id


def exported(tx: Tx, workshop_id: str, order_id: str, beat: int) -> None:
    """Note that an export is ready, of how the workshop was at this beat of its pulse."""
    tx.endings.exported(workshop_id=workshop_id, order_id=order_id, at=clock.now(), beat=beat)


def noted(tx: Tx, workshop_id: str, who: str, beat: int) -> None:
    """Note that somebody took everything along at this beat of the pulse, by the command line."""
    tx.endings.order(workshop_id=workshop_id, order_id="", who=who)
    exported(tx, workshop_id, "", beat)


def ask(tx: Tx, workshop: Workshop, who: str, typed: str, *, keep_named: bool = False) -> None:
    """Ask for all names to be erased, and close the doors. Asking twice is asking once.

    `typed` is the name of the workshop, typed over; `keep_named` keeps names of makers who chose to be named. Raises
    `Refused`: 'ending_no_export', 'ending_old' when something changed since, 'ending_name', 'ending_busy' while paper
    is being read or something printed.
    """
    now = of(tx, workshop.id)
    if now.asked_at:
        return
    if not now.exported_at:
        raise Refused("ending_no_export", "Export everything first. Nothing was erased.")
    if not now.current:
        raise Refused("ending_old", "Something changed since the export. Export again. Nothing was erased.")
    if " ".join(typed.split()).casefold() != " ".join(workshop.name.split()).casefold():
        raise Refused("ending_name", "The name of the workshop is not the same. Nothing was erased.")
    if tx.endings.busy(workshop_id=workshop.id, at=clock.now()):
        raise Refused("ending_busy", "Paper is being read or printed. Wait for it. Nothing was erased.")
    told = json.dumps(asdict(counts(tx, workshop.id)))
    tx.endings.ask(workshop_id=workshop.id, at=clock.now(), keep_named=int(keep_named), told=told, who=who)
    workshops.close(tx, workshop.id)


def undone(tx: Tx) -> list[str]:
    """Return the workshops whose names were to be erased and are not all gone yet."""
    return [row["workshop_id"] for row in tx.endings.undone()]


def last_erased(tx: Tx) -> str:
    """Return when a workshop or an organisation was erased last, '' when that never was."""
    return str(tx.endings.last_erased())


def erase_words(tx: Tx, workshop_id: str, nothing: str) -> list[str]:
    """Erase names, words that not everyone may read, histories, paper and prints; return the files to delete now.

    `nothing` is the stored file that takes the place of originals. Doing it again erases what came since, and returns
    files again until `deleted` is told of them.
    """
    gone = _erase_ideas(tx, workshop_id, keep_named=of(tx, workshop_id).keep_named)
    gone += _erase_paper(tx, workshop_id, nothing)
    _erase_links(tx, workshop_id)
    tx.endings.erase_histories(workshop_id=workshop_id)
    gone += _erase_away(tx, workshop_id)
    for verb in ("erase_plan_steps", "erase_trial_events", "erase_result_events", "erase_owners", "erase_deciders"):
        getattr(tx.endings, verb)(workshop_id=workshop_id)
    tx.endings.erase_own_reflections(workshop_id=workshop_id, at=clock.now())
    gone += _erase_prints(tx, workshop_id)
    search.catch_up(tx)
    doomed = json.loads(tx.endings.of(workshop_id=workshop_id)["doomed"])
    doomed = forgetting.unused(tx, [name for name in dict.fromkeys([*doomed, *gone]) if name and name != nothing])
    tx.endings.doom(workshop_id=workshop_id, doomed=json.dumps(doomed))
    return doomed


def deleted(tx: Tx, workshop_id: str) -> None:
    """Note that the files that were to be deleted are gone."""
    tx.endings.doom(workshop_id=workshop_id, doomed="[]")


def forms_left(tx: Tx, workshop_id: str) -> list[str]:
    """Return the numbers of this workshop's forms that are to be painted over: another one has the same paper.

    Those in a file that is not read to its end wait for that.
    """
    rows = tx.endings.forms_left(workshop_id=workshop_id)
    return [row["slip"] for row in rows if not tx.stacks.half_read(slip=row["slip"])]


def left(tx: Tx, workshop_id: str) -> Mapping[str, int]:
    """Count what is still there of what must be gone, by kind."""
    found: Mapping[str, int] = tx.endings.left(workshop_id=workshop_id, keep_named=int(of(tx, workshop_id).keep_named))
    return found


def finish(tx: Tx, workshop_id: str) -> bool:
    """Note that everything is erased, when nothing is left; say whether it is."""
    if any(left(tx, workshop_id).values()) or tx.endings.of(workshop_id=workshop_id)["doomed"] != "[]":
        return False
    tx.endings.erased(workshop_id=workshop_id, at=clock.now())
    tx.endings.names_erased(workshop_id=workshop_id, at=clock.now())
    pulse.beat(tx, workshop_id)
    return True


def stories(tx: Tx, workshop_id: str) -> dict[str, dict[str, Any]]:
    """Return the stories that stay because everyone may read them, by the keys of their ideas."""
    inside = staying.kept(tx, workshop_id)
    return {
        row["id"]: row | {"visibility": consent.narrower(row["visibility"], row["narrowed_to"])}
        for row in tx.endings.agreed(workshop_id=workshop_id)
        if row["id"] not in inside
    }


def _there(tx: Tx, row: Mapping[str, Any]) -> bool:
    """Say whether the zip is still there: one taken along by the command line is, an order may have lost its file."""
    return not row["order_id"] or orders.find(tx, row["workshop_id"], row["order_id"]).file is not None


def _erase_ideas(tx: Tx, workshop_id: str, *, keep_named: bool) -> list[str]:
    """Erase what not everyone may read, and the names under what stays; return files of their pictures."""
    agreed = stories(tx, workshop_id)
    gone: list[str] = []
    for row in tx.endings.all_ideas(workshop_id=workshop_id):
        key = row["id"]
        story = agreed.get(key)
        if story is None:
            gone += [found["file"] for found in tx.pictures.forget(idea_id=key)]
            if not any(part["idea_id"] in agreed for part in tx.endings.parts(id=key)):
                tx.endings.erase_decisions(id=key)  # else it answers a story that stays
            tx.endings.erase_blocks(id=key)
            tx.endings.erase_idea(id=key, at=clock.now())
            continue
        handwritten = story["slip"] and story["typing"] != "drawing"
        pictures = tx.pictures.forget if handwritten else tx.pictures.forget_covered
        gone += [found["file"] for found in pictures(idea_id=key)]
        if keep_named and story["visibility"] == "everyone_named":
            tx.endings.keep_name(id=key)
        else:
            tx.endings.erase_name(id=key)
    tx.endings.erase_devices(workshop_id=workshop_id)
    return gone


def _erase_away(tx: Tx, workshop_id: str) -> list[str]:
    """Empty what was taken away at the desk; return files of pictures that results had."""
    gone: list[str] = []
    for row in tx.endings.result_pictures(workshop_id=workshop_id):
        gone += filter(None, (row["picture"], json.loads(row["before"]).get("picture")))
    tx.endings.erase_away(workshop_id=workshop_id)
    for noun in ("results", "trials", "actions", "agreements", "themes"):
        getattr(tx.endings, f"erase_away_{noun}")(workshop_id=workshop_id)
    return gone


def _erase_paper(tx: Tx, workshop_id: str, nothing: str) -> list[str]:
    """Let go of every scanned page and of the originals; forms that another workshop has too are painted over first."""
    tx.endings.erase_stacks(workshop_id=workshop_id)
    gone: list[str] = []
    for page in tx.endings.pages(workshop_id=workshop_id):
        if page["painted_first"]:
            continue
        gone.append(page["picture"])
        for crop in tx.endings.crops_on(id=page["id"]):
            gone += [crop["crop"], crop["idea_crop"]]
        tx.endings.erase_crops(id=page["id"])
        tx.endings.erase_page(id=page["id"])
    for file in tx.endings.files(workshop_id=workshop_id, nothing=nothing):
        gone.append(file["file"])
        tx.endings.erase_file(id=file["id"], nothing=nothing)
    return gone


def _erase_links(tx: Tx, workshop_id: str) -> None:
    """Cut what ties an idea or a dot to a phone or a card; the counts stay."""
    for verb in ("erase_blocked", "erase_ballots", "erase_looking", "erase_claims"):
        getattr(tx.endings, verb)(workshop_id=workshop_id)
    for row in tx.endings.voters(workshop_id=workshop_id):
        way = row["voter"].partition(":")[0]
        tx.endings.other_voter(workshop_id=workshop_id, voter=row["voter"], other=f"{way}:{ids.token()}")


def _erase_prints(tx: Tx, workshop_id: str) -> list[str]:
    """Throw finished prints away, and what was typed to order them; return their files."""
    gone = []
    for row in tx.endings.prints(workshop_id=workshop_id):
        document = json.loads(row["what"]).get("document", "")
        plain = json.dumps({"document": document})
        if row["file"] or row["what"] != plain:
            tx.endings.erase_print(id=row["id"], what=plain, reason=THROWN_AWAY)
            gone += [row["file"]] if row["file"] else []
    return gone
