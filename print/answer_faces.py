"""One answer laid out on paper of one size: the face, with the decision ticked in print, and what is stamped on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cards.drawing import INK
from print import answer_text, filling, forms, outlines, press
from print.answer_room import ROOMS, Own, gap, own
from print.answer_text import AnswerText, Size
from print.errors import DoesNotFit
from print.face import Face
from print.form_faces import with_quiet
from print.forms import QUESTIONS, Box, Form
from print.imprint import Imprint
from print.lines import Run
from print.marks import Symbol
from print.measures import mm
from print.numbers import shown
from print.pictures import Picture, picture
from print.stamps import Stamp
from print.typeface import typeface
from print.words import Words, words

FACES: Final = {"yes": "face-good", "little": "face-fair", "no": "face-poor"}
"""What people may tick about an answer, and the face beside it."""
_TRIES: Final = 4
_OWN_LINES: Final = 3  # that a maker's words need at least, for telling how much too long a reason is
_SHARP: Final = 8  # px per mm of a printed picture
_LABEL: Final = 2.0  # mm between a box and its words


@dataclass(frozen=True)
class Look:
    """Where words stand around the boxes of a form, in mm; letters in pt."""

    head: tuple[float, float, float]
    label: float
    face: float
    over: float
    under: float


LOOKS: Final[dict[str, Look]] = {
    "a6": Look((16.5, 4.9, 17), 14, 7, 8.1, 2.9),
    "a5": Look((19, 6.8, 27), 16, 8, 9.0, 3.0),
    "large": Look((22, 9, 36), 21, 9, 11.5, 3.0),
}


@dataclass(frozen=True)
class Laid:
    """An answer on its face, and what is stamped on it."""

    face: Face
    stamps: tuple[Stamp, ...]


def laid(answer: AnswerText, size: Size, imprint: Imprint, code: Symbol | None = None) -> Laid:
    """Return an answer laid out; a slip gets its `code`. Raises `DoesNotFit` when it says too much for this size."""
    said, room = words(answer.language), ROOMS[size]
    image = picture(answer.picture, "#ffffff", round(max(room.picture) * _SHARP)) if answer.picture else None
    told = [[(answer.plain(text), weight) for text, weight in runs] for runs in answer_text.told(answer, said)]
    if size == "a6" and answer_text.call(imprint, said):
        told.append([(answer_text.call(imprint, said), "Regular")])
    rest = answer_text.whole_is_at(answer, imprint, said)
    for spare in range(_TRIES):
        fitting = own(answer, image, room, told, rest, said, spare)
        if fitting is None:
            break
        try:
            return _laid(answer, size, fitting, told, image, imprint, said, code)
        except DoesNotFit:
            continue
    missing = sum(room.height(runs) for runs in told) + _OWN_LINES * room.line - (room.bottom - room.top)
    raise DoesNotFit(
        _called(answer, size, said), max(1.0, missing), max(1, round(missing / room.line * room.width / 15))
    )


def _called(answer: AnswerText, size: Size, said: Words) -> str:
    return f"{said('answer_idea', nr=answer.nr)} ({size})"


def _laid(
    answer: AnswerText,
    size: Size,
    fitting: Own,
    told: list[list[Run]],
    image: Picture | None,
    imprint: Imprint,
    said: Words,
    code: Symbol | None,
) -> Laid:
    values = _values(answer, size, fitting, told, imprint, said)
    template, stamps = "letter.html", list[Stamp]()
    if code:
        form = forms.form(ROOMS[size].code)
        template, values = "answer.html", values | _on_form(answer, form, LOOKS[size], said, code)
        stamps = _stamps(answer, imprint, said, code)
    face = press.compile_face(filling.fill(template, **values), filling.style("answers"), _called(answer, size, said))
    if code:
        face = _drawn(face, form, answer, LOOKS[size])
    if fitting.picture and image:
        slot = face.slots["slot-picture"]
        face = face.decorated(outlines.frame(Box(slot.x, slot.y, slot.width, slot.height), face.height))
        stamps.append(Stamp("slot-picture", picture=image, alt=said("answer_picture_alt", nr=answer.nr)))
    return Laid(face, tuple(stamps))


def _values(
    answer: AnswerText, size: Size, fitting: Own, told: list[list[Run]], imprint: Imprint, said: Words
) -> dict[str, Any]:
    who = ", ".join(part for part in map(answer.plain, (answer.name, answer.where)) if part)
    return {
        "lang": answer.language,
        "words": said,
        "size": size,
        "room": ROOMS[size],
        "own": fitting,
        "gap": gap(ROOMS[size], fitting, told),
        "told": [[(text, weight == "Bold") for text, weight in runs] for runs in told],
        "who": who,
        "dear": said("letter_dear", name=answer.plain(answer.name)) if answer.name else said["letter_dear_nobody"],
        "idea": answer_text.of_idea(answer, said),
        "decision": answer_text.decision(answer),
        "call": answer_text.call(imprint, said),
        "imprint": imprint,
        "address": [answer.plain(line) for line in answer.address],
    }


def _on_form(answer: AnswerText, form: Form, look: Look, said: Words, code: Symbol) -> dict[str, Any]:
    """Return where everything stands around the boxes of the form."""
    decisions = [
        {"text": said[f"answer_decision_{tick.value}"], "chosen": tick.value == answer.kind, "box": tick.box}
        for tick in form.ticks
        if tick.group == "decision"
    ]
    rates = [
        {
            "slot": f"slot-{tick.group}-{tick.value}",
            "text": said[f"answer_{tick.value}"],
            "face": Box(tick.box.x + tick.box.width + 1.3, tick.box.y + (7 - look.face) / 2, look.face, look.face),
            "words": Box(tick.box.x + (8.3 + look.face) / 2 - 16, tick.box.y + 7 + look.under, 32, 0),
        }
        for tick in form.ticks
        if tick.group in QUESTIONS
    ]
    asked = [
        {"text": said[f"answer_{tick.group}"], "x": tick.box.x, "y": tick.box.y - look.over}
        for tick in form.ticks
        if tick.group in QUESTIONS and tick.value == "yes"
    ]
    qr = with_quiet(form.qr, code.modules)
    return {"form": form, "qr": qr, "look": look, "decisions": decisions, "rates": rates, "asked": asked}


def _stamps(answer: AnswerText, imprint: Imprint, said: Words, code: Symbol) -> list[Stamp]:
    number = shown(answer.number)
    alt = said("answer_alt", number=number, decision=answer_text.decision(answer), site=imprint.site)
    faces = [
        Stamp(f"slot-{group}-{value}", mark=mark, colour=INK) for group in QUESTIONS for value, mark in FACES.items()
    ]
    return [Stamp("slot-qr", code=code, alt=alt), Stamp("slot-number", text=number), *faces]


def _drawn(face: Face, form: Form, answer: AnswerText, look: Look) -> Face:
    """Return the face with its discs and boxes, the decision ticked, and a stroke under it."""
    box = next(tick.box for tick in form.ticks if (tick.group, tick.value) == ("decision", answer.kind))
    wide = mm(typeface("Bold").width(answer_text.decision(answer), look.label))
    stroke = Box(box.x + box.width + _LABEL, box.y + box.height - 0.4, wide, 0)
    drawn = outlines.drawn(form, None, face.height) + b"\n" + outlines.ticked(box, face.height)
    return face.decorated(drawn, outlines.ground(form, None, face.height, stroke))
