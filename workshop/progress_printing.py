"""Progress in words: the same lines on its page, on its A4 and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from babel.lists import format_list

from cards.card import Language
from print.progress import Line, progress
from print.things import Printed
from print.words import Words, words
from workshop.domain import perspectives
from workshop.domain import progress as measures
from workshop.domain.progress import Measure, Progress
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx

DOCUMENT: Final = "progress"
_ONE: Final = {"trials": "begun"}
"""Which number of a measure has a sentence of its own when it is 1."""


def printed(house: House, workshop: Workshop, what: Mapping[str, Any]) -> Printed:
    """Print progress on one A4."""
    language = cast(Language, what.get("language") or workshop.language)
    found, lines = house.store.read(told, workshop, language)
    return house.press.run(
        progress,
        workshop.name,
        when(found, language),
        lines,
        imprint=imprint_of(workshop),
        language=language,
        cache=house.settings.data / "faces",
    )


def told(tx: Tx, workshop: Workshop, language: Language) -> tuple[Progress, tuple[Line, ...]]:
    """Return progress, and each of its measures in words."""
    found = measures.of(tx, workshop)
    sides = perspectives.names(tx, workshop.id, language)
    return found, tuple(_line(one, sides, language) for one in found.measures)


def when(found: Progress, language: Language) -> str:
    """Return after which meeting this is, in words."""
    said = words(language)
    return said("progress_after", held=found.held, planned=found.planned) if found.held else said["progress_before"]


def _line(measure: Measure, sides: Mapping[str, str], language: Language) -> Line:
    said = words(language)
    sentence = _SPECIAL.get(measure.code, _plain)(measure, sides, said, language)
    return Line(measure.code, said[f"progress_{measure.code}"], sentence, measure.state)


def _plain(measure: Measure, _sides: Mapping[str, str], said: Words, _language: Language) -> str:
    """Return the sentence of a measure: one of its own for 1, one for none."""
    key = f"progress_{measure.code}"
    if measure.state == "unmeasured":
        return said[f"{key}_none"]
    one = measure.values.get(_ONE.get(measure.code, "")) == 1
    return said(f"{key}_one" if one else f"{key}_said", **measure.values)


def _days(measure: Measure, sides: Mapping[str, str], said: Words, language: Language) -> str:
    late = measure.values["late"]
    if measure.state == "unmeasured":
        return said["progress_days_none"]
    first = said("progress_days_said", **measure.values) if measure.values["days"] or not late else ""
    waits = said("progress_days_late_one" if late == 1 else "progress_days_late", late=late) if late else ""
    return " ".join(filter(None, (first or said["progress_days_waits"], waits)))


def _paper(measure: Measure, sides: Mapping[str, str], said: Words, language: Language) -> str:
    if measure.state == "counted":
        return said("progress_paper_one", **measure.values)
    return _plain(measure, sides, said, language)


def _voices(measure: Measure, sides: Mapping[str, str], said: Words, language: Language) -> str:
    if measure.state == "unmeasured":
        return said["progress_voices_none"]
    keys, counts = (cast(tuple[str, ...], measure.values[name]) for name in ("sides", "counts"))
    if not keys:
        return said["progress_voices_small"]
    parts = [
        said("progress_voices_side", side=sides[key], count=count) for key, count in zip(keys, counts, strict=True)
    ]
    rest = measure.values["rest"]
    parts += [said("progress_voices_rest", count=rest)] if rest else []
    return said("progress_voices_said", sides=", ".join(parts))


def _missing(measure: Measure, sides: Mapping[str, str], said: Words, language: Language) -> str:
    if measure.state != "not_yet":
        return said["progress_missing_met" if measure.state == "met" else "progress_missing_none"]
    gone = [sides[key] for key in cast(tuple[str, ...], measure.values["sides"])]
    return said("progress_missing_said", sides=format_list(gone, locale=language), meetings=measure.values["meetings"])


def _withdrawn(measure: Measure, sides: Mapping[str, str], said: Words, language: Language) -> str:
    return said("progress_withdrawn_said" if measure.values["asked"] else "progress_withdrawn_none", **measure.values)


def _reading(measure: Measure, sides: Mapping[str, str], said: Words, language: Language) -> str:
    left = measure.values["left"]
    waits = said("progress_reading_left_one" if left == 1 else "progress_reading_left", left=left) if left else ""
    key = "progress_reading_none" if measure.state == "unmeasured" else "progress_reading_said"
    return " ".join(filter(None, (said(key, **measure.values), waits)))


def _today(measure: Measure, sides: Mapping[str, str], said: Words, language: Language) -> str:
    notes = measure.values["notes"]
    key = {0: "progress_today_none", 1: "progress_today_one"}.get(cast(int, notes), "progress_today_said")
    return said(key, notes=notes)


_SPECIAL: Final = {
    "days": _days,
    "paper": _paper,
    "voices": _voices,
    "missing": _missing,
    "withdrawn": _withdrawn,
    "reading": _reading,
    "today": _today,
}
