"""The trajectory of a workshop: its nine steps with what there is and what is missing, and what kind it is.

What a step says comes from what was done elsewhere; here one only sees it, and finds the way to where one does it.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, cast

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from cards.card import Language
from workshop import web
from workshop.desk.guard import desk, here, me, number_in
from workshop.desk.printing import can_be_printed, place
from workshop.domain import changes, perspectives, progress, steps, trajectory, workshops
from workshop.domain.network_cards import WHY_NOW
from workshop.domain.trajectory import Part
from workshop.domain.workshops import Kind, Workshop
from workshop.house import house, read, write
from workshop.steps_said import said
from workshop.store import Tx

KINDS: Final[dict[Kind, tuple[LazyString, LazyString]]] = {
    "circle": (_l("Kenniskring"), _l("Mensen delen verhalen en ideeën. Je ziet kaarten en ideeën, en verder niets.")),
    "learning": (_l("Leerkring"), _l("Een groep leert samen. Jij kiest hoe ver jullie gaan: van delen tot maken.")),
    "workshop": (
        _l("Werkplaats"),
        _l("Een groep maakt samen iets nieuws en probeert het uit, anderhalf jaar lang. Je ziet ook wat nog mist."),
    ),
}
"""What each kind is called, and what it is in a sentence for who never heard of it."""
DIAL: Final = (_l("Delen"), _l("Samen zoeken"), _l("Samen leren"), _l("Samen proberen"), _l("Samen maken"))
PARTS: Final[dict[Part, LazyString]] = {
    "frame": _l("Kader"),
    "urgency": _l("Waarom nu"),
    "perspectives": _l("Perspectieven"),
    "mandate": _l("Mandaat"),
    "facilitators": _l("Twee begeleiders"),
    "responsibility": _l("Taken"),
    "reflection": _l("Terugblik"),
    "rhythm": _l("Ritme"),
    "results": _l("Resultaten"),
    "zone": _l("Leerzone"),
    "safety": _l("Afspraken"),
    "trials": _l("Proeven"),
    "progress": _l("Voortgang"),
    "ending": _l("Afronden"),
}


PAGES: Final = tuple(
    f"desk.{name}"
    for name in (
        *("trajectory", "frame", "change_frame", "mandate", "give_mandate", "actions", "action_"),
        *("perspectives", "seat", "balance", "glasses", "trial", "reflection", "zone", "safety", "agreement"),
        *("changes", "result", "progress", "ending"),
    )
)
"""How the names of pages begin that belong to the trajectory."""


class Way(NamedTuple):
    """A way to where something is done: the name of a page, its address, and one line about it."""

    name: LazyString
    address: str
    about: LazyString | str = ""


@desk.get("/<workshop_id>/traject", endpoint="trajectory")
def hub(workshop_id: str) -> ResponseReturnValue:
    """Show the nine steps: what there is, what is missing, and the way to where one does it."""
    rows = read(said, here(), house().library_of(workshop_id), cast(Language, web.language()))
    return render_template(
        "desk/trajectory.html",
        steps=rows,
        done=sum(one.state == "done" for one in rows),
        ways={one.part: ways(one.part, workshop_id) for one in rows},
        rest=rest(here()),
        due_progress=trajectory.shows(here(), "progress") and read(progress.due, here()),
        due_changes=trajectory.shows(here(), "rhythm") and read(changes.due, workshop_id),
        kind=KINDS[here().kind][0],
        dial=DIAL[here().dial - 1],
        sides=read(perspectives.choices, workshop_id, web.language(), own_side()),
        own_side=own_side(),
        printable=can_be_printed(),
    )


@desk.route("/<workshop_id>/traject/soort", methods=["GET", "POST"])
def trajectory_kind(workshop_id: str) -> ResponseReturnValue:
    """Choose what kind of trajectory this is; what appears and hides is said before and after, and nothing is lost."""
    if request.method == "POST":
        write(trajectory.turn, here(), request.form.get("soort", ""), number_in(request.form.get("stand", "")))
        was: dict[str, Any] = {"was": here().kind, "stond": here().dial}
        return redirect(url_for("desk.trajectory_kind", workshop_id=workshop_id, gedaan="soort", **was), 303)
    return render_template(
        "desk/trajectory_kind.html",
        kinds=KINDS,
        dial=[(name, _names(_since(number))) for number, name in enumerate(DIAL, 1)],
        all_parts=_names(tuple(trajectory.SINCE)),
        changed=_changed(here()),
        printable=can_be_printed(),
    )


@desk.post("/<workshop_id>/traject/perspectief")
def trajectory_side(workshop_id: str) -> ResponseReturnValue:
    """Note from which side a facilitator looks in this workshop."""
    write(workshops.take_perspective, workshop_id, me().id, request.form.get("perspectief", ""))
    there = url_for("desk.trajectory", workshop_id=workshop_id, gedaan="perspectief", _anchor="stap-facilitators")
    return redirect(there, 303)


@desk.post("/<workshop_id>/traject/printen")
def trajectory_print(workshop_id: str) -> ResponseReturnValue:
    """Order the nine steps on one A4: how far they are, or light, to write on."""
    language = "en" if request.form.get("taal_kaarten") == "en" else "nl"
    return place({"document": "nine-steps", "language": language, "light": "licht" in request.form})


def own_side() -> str:
    """Return from which side who is signed in looks."""
    return read(workshops.perspective_of, here().id, me().id)


def ways(part: Part, workshop_id: str) -> list[Way]:
    """Return where one does something for a step."""

    def to(endpoint: str, **more: Any) -> str:
        return url_for(f"desk.{endpoint}", workshop_id=workshop_id, **more)

    found: dict[Part, list[Way]] = {
        "frame": [Way(_l("Kader en parkeerlijst"), to("frame"))],
        "urgency": [
            Way(_l("Lees wat mensen schreven"), to("stream", kaart=WHY_NOW)),
            Way(_l("Ideekaarten printen"), to("slips")),
        ],
        "perspectives": [Way(_l("Stoelen aan tafel"), to("perspectives_page"))],
        "mandate": [Way(_l("Mandaat"), to("mandate"))],
        "facilitators": [Way(_l("Iemand uitnodigen"), to("home", _anchor="wie"))],
        "responsibility": [Way(_l("Taken"), to("actions"))],
        "reflection": [Way(_l("Terugblik"), to("reflections"))],
        "rhythm": [Way(_l("Bijeenkomsten"), to("meetings")), Way(_l("Een reeks plannen"), to("series_page"))],
        "results": [Way(_l("Resultaten"), to("results")), Way(_l("Antwoorden"), to("answering"))],
    }
    return found[part]


def rest(workshop: Workshop) -> list[Way]:
    """Return the other parts that belong to this workshop now, with one line about each."""
    known: tuple[tuple[Part, str, LazyString, LazyString], ...] = (
        ("trials", "trials", _l("Proeven"), _l("Iets in het echt uitproberen, en ervan leren.")),
        ("zone", "zone", _l("Leerzone"), _l("Hoe vertrouwd, nieuw of te veel het voor de groep was.")),
        ("safety", "safety", _l("Afspraken"), _l("Hoe je met elkaar omgaat, en wat hier blijft.")),
        ("perspectives", "balance", _l("Balans"), _l("Hoort iedereen elkaar? In aantallen, nooit per persoon.")),
        ("perspectives", "glasses", _l("Andere bril"), _l("Een idee laten zien aan wie het nog niet zag.")),
        ("rhythm", "changes", _l("Wat doen we nu anders?"), _l("Elk half jaar één vraag aan iedereen.")),
        ("progress", "progress", _l("Voortgang"), _l("Hoe het gaat, op één A4. Eens in de drie bijeenkomsten.")),
        ("ending", "ending", _l("Afronden"), _l("Wat blijft en wat gaat weg als het klaar is.")),
    )
    return [
        Way(name, url_for(f"desk.{endpoint}", workshop_id=workshop.id), about)
        for part, endpoint, name, about in known
        if trajectory.shows(workshop, part)
    ]


def _since(dial: int) -> tuple[Part, ...]:
    """Return what a learning circle sees from this turn of the dial on."""
    return tuple(part for part, since in trajectory.SINCE.items() if since == dial)


def _names(parts: tuple[Part, ...]) -> list[LazyString]:
    return [PARTS[part] for part in parts]


def _changed(now: Workshop) -> dict[str, Any] | None:
    """Return what appeared and what was hidden by the last change, and how it was, to undo it."""
    was, dial = request.args.get("was", ""), number_in(request.args.get("stond", ""))
    if request.args.get("gedaan") != "soort" or was not in trajectory.KINDS:
        return None
    before = trajectory.parts_of(was, dial)
    after = trajectory.parts(now)
    return {
        "new": _names(tuple(part for part in after if part not in before)),
        "gone": _names(tuple(part for part in before if part not in after)),
        "was": was,
        "dial": dial,
        "same": (was, dial) == (now.kind, now.dial),
    }


@desk.context_processor
def _kinds() -> dict[str, Any]:
    return {
        "shows": lambda part: "workshop" in g and trajectory.shows(here(), part),
        "trajectory_kinds": lambda: KINDS,
        "trajectory_pages": PAGES,
    }


def counted(tx: Tx, workshop: Workshop) -> tuple[int, int]:
    """Return for how many steps there is something to show, and how many there are."""
    there = steps.of(tx, workshop)
    return steps.with_evidence(there), len(there)
