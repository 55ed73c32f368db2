"""The form to write a card in: which fields, in the order of the card, in a facilitator's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, get_args

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from cards.card import Amount, Face, Kind, Language
from cards.headings import headings
from cards.said import in_language
from cards.writing import FACTS, IN, WORDS, Draft
from print.documents import Misfit
from workshop import web
from workshop.desk.saying import AMOUNTS, EFFORTS
from workshop.own_checking import Checked, Remark

KINDS: Final[dict[Kind, Any]] = {
    "method": _l("Opdracht: samen iets doen"),
    "step": _l("Stap in een traject"),
    "tip": _l("Tip"),
    "perspective": _l("Perspectief: kijk met andere ogen"),
    "listening": _l("Luisteren"),
    "reflection": _l("Terugkijken"),
    "story": _l("Verhaal vertellen"),
    "signal": _l("Signaal om op te steken"),
}
KEPT_KINDS: Final[dict[Kind, Any]] = {
    "feedback": _l("Terugkoppeling"),
    "help": _l("Uitleg"),
    "form": _l("Kaart om op te schrijven"),
}
"""Kinds one can have, by starting from such a card, but does not choose."""

CHOICES: Final[dict[str, dict[str, Any]]] = {
    "audience": {
        "everyone": _l("Iedereen (met “u”)"),
        "participant": _l("Deelnemers (met “u”)"),
        "facilitator": _l("Begeleiders (met “je”)"),
    },
    "size": {
        "A5": _l("A5: een half vel, voor een hele opdracht"),
        "A6": _l("A6: een kwart vel, voor weinig tekst"),
    },
    **{name: {amount: AMOUNTS[amount] for amount in get_args(Amount)} for name in EFFORTS},
}
LABELS: Final[dict[str, Any]] = {
    "title": _l("Titel"),
    "purpose": _l("Waarvoor is deze kaart?"),
    "kind": _l("Soort kaart"),
    "audience": _l("Voor wie?"),
    "size": _l("Hoe groot?"),
    "min": _l("Minuten, minstens"),
    "max": _l("Minuten, hooguit"),
    "people_min": _l("Mensen, minstens"),
    "people_max": _l("Mensen, hooguit"),
    "people_ideal": _l("Mensen, het liefst"),
    "seated": _l("Kan zittend"),
    "materials": _l("Wat is er nodig?"),
    "question": _l("Vraag om te delen"),
    "answers": _l("Mag ook met een foto"),
    "alt": _l("Wat laat het plaatje zien?"),
    "prepare": _l("Vooraf klaarzetten"),
    "source": _l("Bron"),
    "licence": _l("Licentie"),
    **EFFORTS,
}
HINTS: Final[dict[str, Any]] = {
    "title": _l("Kort en gewoon. Hij past op één regel."),
    "purpose": _l("Eén zin. Die staat groot op de voorkant."),
    "materials": _l("Eén ding per regel."),
    "question": _l("Staat op de kaart en op de telefoon, bij de QR. Leeg laten mag: dan komt er geen QR op de kaart."),
    "prepare": _l("Alleen voor begeleiders, één ding per regel. Staat niet op de kaart."),
    "source": _l("Wie bedacht of schreef dit? De bron staat onderaan de kaart."),
    "licence": _l("Met CC-BY-4.0 mag iedereen de kaart gebruiken en veranderen, als de bron erbij blijft."),
    "in.invitation": _l("Een of twee zinnen op de voorkant."),
    "in.steps": _l("Drie tot vijf stappen. Elke regel is een stap. Nummers komen er vanzelf voor."),
    "in.questions": _l("Elke regel is een vraag."),
    "in.another_way": _l("Een manier zonder schrijven, staan of knippen."),
    "in.look_back": _l("Een vraag voor na afloop."),
}
_ROWS: Final = {"in.steps": 6, "in.questions": 3, "materials": 3, "prepare": 2}
LONGEST: Final = 60_000


@dataclass(frozen=True)
class Field:
    """One field: `kind` is `line`, `area`, `number`, `choice` or `tick`."""

    name: str
    kind: str
    label: str
    hint: str = ""
    rows: int = 2
    options: tuple[tuple[str, str], ...] = ()


def groups(draft: Draft, language: Language) -> list[tuple[str, list[Field]]]:
    """Return the fields in groups that follow the card: the front, its facts, the back, and what is small below."""
    kind = draft.get("kind", "method")
    kinds = KINDS if kind in KINDS else {**KINDS, **{one: said for one, said in KEPT_KINDS.items() if one == kind}}
    facts = ["min", "max", "people_min", "people_max", "people_ideal"]
    return [
        (
            str(_("Wat voor kaart is het?")),
            [
                Field("kind", "choice", str(LABELS["kind"]), options=_options(kinds)),
                *(_choice(name) for name in ("audience", "size")),
            ],
        ),
        (
            str(_("De voorkant")),
            [
                _line("title"),
                _line("purpose"),
                *(_line(name, "number") for name in facts),
                _area("materials"),
                *_sections("front", draft, language),
                _line("question"),
                _line("answers", "tick"),
            ],
        ),
        (str(_("De achterkant")), _sections("back", draft, language)),
        (
            str(_("Om te kiezen en te delen")),
            [
                _line("seated", "tick"),
                *(_choice(name) for name in EFFORTS),
                _area("prepare"),
                _line("source"),
                _line("licence"),
            ],
        ),
    ]


def typed(form: MultiDict[str, str], picture: bool) -> Draft:
    """Return what stands in the form, by field; ticks that are off are there as ''. Far too much is a 413."""
    if sum(len(text) for text in form.values()) > LONGEST:
        abort(413)
    draft = {name: _clean(text) for name, text in form.items() if name in FACTS or name in WORDS or name.startswith(IN)}
    draft["seated"] = "yes" if form.get("seated") else ""
    draft["answers"] = "text\nphoto" if form.get("answers") else "text"
    if not picture:
        draft.pop("alt", None)
    draft.pop("picture", None)  # a picture comes as a file, never as the name of one
    known = {IN + heading.key for heading in headings("nl").values()}
    return {name: text for name, text in draft.items() if name in known or not name.startswith(IN)}


def shown(draft: Draft) -> Draft:
    """Return a draft as the form shows it: whether a photo may be an answer is a tick."""
    return draft | {"answers": "yes" if "photo" in draft.get("answers", "").split("\n") else ""}


def said(remark: Remark) -> str:
    """Return a remark as one text: what, and what to do."""
    if remark.level == "empty":
        return str(_("Vul dit nog in."))
    return sentence(remark.what, remark.cure)


def sentence(what: str, cure: str) -> str:
    """Return what a check found as two sentences in the language of the page."""
    told = in_language(what, web.language())
    stop = "" if told.endswith((".”", "?”", "!”", "…”")) else "."
    return f"{told[:1].upper()}{told[1:]}{stop} {in_language(cure, web.language())}"


def overflow(face: Face, words: int) -> str:
    """Return how many words are too many on a face: “12 woorden te veel op de achterkant”."""
    return _too_many(face, max(words, 1), [])


def by_field(remarks: Iterable[Remark], fields: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """Return what to say beside each field; what belongs to no field of the form is said beside the title."""
    known = set(fields)
    found: dict[str, list[dict[str, str]]] = {}
    for one in remarks:
        told = {"level": "advice" if one.level == "warning" else "wrong", "text": said(one)}
        places = found.setdefault(one.field if one.field in known else "title", [])
        if told not in places:
            places.append(told)
    return found


def rooms(checked: Checked) -> list[dict[str, str]]:
    """Return for each face how many words may still be added, or are too many."""
    told = []
    for face in get_args(Face):
        words, most = next(((words, most) for one, words, most in checked.rooms if one == face), (0, 0))
        tight = [one for one in checked.misfits if one.face == face]
        over = max([words - most, *(one.words_too_many for one in tight)], default=0)
        if over > 0 or tight:
            told.append({"face": face, "level": "wrong", "text": _too_many(face, max(over, 1), tight)})
        elif most:
            left = ngettext("nog %(num)s woord", "nog %(num)s woorden", most - words)
            told.append({"face": face, "level": "fine", "text": f"{FACES[face]}: {left}"})
    return told


FACES: Final[dict[str, Any]] = {"front": _l("Voorkant"), "back": _l("Achterkant")}
_ON: Final[dict[str, Any]] = {"front": _l("op de voorkant"), "back": _l("op de achterkant")}


def _too_many(face: str, over: int, tight: list[Misfit]) -> str:
    text = ngettext("%(num)s woord te veel", "%(num)s woorden te veel", over)
    only_large = tight and all(one.size == "a4" for one in tight)
    return f"{text} {_ON[face]}" + (f" {_('in grote letters')}" if only_large else "")


def _sections(face: Face, draft: Draft, language: Language) -> list[Field]:
    kind, audience = draft.get("kind", "method"), draft.get("audience")
    fields: dict[str, Field] = {}
    for words, heading in headings(language).items():
        name = IN + heading.key
        if heading.face != face or (heading.kinds and kind not in heading.kinds and not draft.get(name)):
            continue
        if name not in fields:
            fields[name] = replace(_area(name), label=words)
        elif audience == "facilitator":
            fields[name] = replace(fields[name], label=words)
    return list(fields.values())


def _choice(name: str) -> Field:
    return Field(name, "choice", str(LABELS[name]), str(HINTS.get(name, "")), options=_options(CHOICES[name]))


def _line(name: str, kind: str = "line") -> Field:
    return Field(name, kind, str(LABELS[name]), str(HINTS.get(name, "")))


def _area(name: str) -> Field:
    return Field(name, "area", str(LABELS.get(name, "")), str(HINTS.get(name, "")), rows=_ROWS.get(name, 2))


def _options(said: Mapping[Any, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(key), str(words)) for key, words in said.items())


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
