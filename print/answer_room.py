"""How much of a maker's own words and picture stands on an answer, beside a reason that is never shortened.

Nothing is made smaller: words are shortened at a word and then say where the rest is; a picture takes less room before
words do; and what has too little room left belongs on larger paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from print.answer_text import AnswerText, Size
from print.forms import Box
from print.lines import Run, lines, shortened
from print.measures import mm
from print.pictures import Picture
from print.typeface import typeface
from print.words import Words


@dataclass(frozen=True)
class Room:
    """What paper of one size offers its words: mm, letters in pt; `line` is one line, `gap` what is between parts.

    Words stand between `top` and `bottom`; `notch` is how much shorter their first line is. `picture` is the most a
    picture beside them takes, `drop` how far it stands below their top.
    """

    code: str
    points: float
    line: float
    gap: float
    width: float
    top: float
    bottom: float
    picture: tuple[float, float]
    notch: float = 0.0
    drop: float = 0.0

    def height(self, runs: list[Run]) -> float:
        """Return how high a paragraph is, with the gap above it."""
        return lines(runs, self.width, self.points) * self.line + self.gap


ROOMS: Final[dict[Size, Room]] = {
    "a6": Room("W2", 14, 5.6, 0.2, 130.5, 36.4, 76.3, (30, 30), notch=33.5, drop=6.4),
    "a5": Room("W1", 14.4, 6.2, 2.2, 130.5, 73, 156, (58, 46)),
    "large": Room("W3", 18, 7.6, 2.6, 186, 92, 228, (84, 66)),
    "letter": Room("", 16, 7.0, 3.0, 170, 124, 252, (70, 52)),
}
LEAST: Final = 80
"""Signs of shortened words that their maker must still see, to know them again; with less, larger paper is taken."""
_BESIDE: Final = 4.0  # mm between words and their picture
_SMALLER: Final = (1.0, 0.75, 0.5, 0.35)
_ALONE: Final = 1.6  # how much higher a picture may be that has no words beside it
_LEAST_ALONE: Final = 0.5
_MOST_GAP: Final = 3.0


@dataclass(frozen=True)
class Own:
    """What the maker gave as it will stand; mm. `rest` says where the words go on, `picture` is from their top left."""

    label: str
    words: str
    rest: str
    width: float
    height: float
    picture: Box | None


def own(
    answer: AnswerText, image: Picture | None, room: Room, told: list[list[Run]], rest: str, said: Words, spare: int = 0
) -> Own | None:
    """Return as much of what the maker gave as fits beside what is `told`, with `spare` lines left.

    None when hardly anything would be left of it: then this paper is too small.
    """
    high = room.bottom - room.top - sum(room.height(runs) for runs in told) - spare * room.line
    text = answer.plain(answer.words)
    if not text:
        return _alone(image, room, high, said["answer_drew"])
    places = [_beside(image, room, scale) for scale in _SMALLER] if image else [None]
    for place in places:
        width, notch, tall = _left_by(place, room)
        many = lines([(said["answer_words"], "Bold"), (f"“{text}”", "Regular")], width, room.points, notch)
        if max(many * room.line, tall) <= high:
            return Own(said["answer_words"], f"“{text}”", "", width, max(many * room.line, tall), place)
    most = int(high / room.line)
    for place in places:
        width, notch, tall = _left_by(place, room)
        if tall > high or most < 1:
            continue
        around = {"before": f"{said['answer_words']} “", "after": f"” {rest}"}
        short = shortened(text, most, width, room.points, notch=notch, **around)
        if len(short) >= LEAST:
            return Own(said["answer_words"], f"“{short}”", rest, width, max(most * room.line, tall), place)
    return None


def gap(room: Room, fitting: Own, told: list[list[Run]]) -> float:
    """Return what is between parts, in mm: more than least where there is room."""
    left = room.bottom - room.top - fitting.height - sum(room.height(runs) for runs in told)
    return room.gap + max(0.0, min(_MOST_GAP - room.gap, left / (len(told) + 1)))


def _left_by(place: Box | None, room: Room) -> tuple[float, float, float]:
    """Return how wide words beside a picture are, how much shorter their first line, and how high all is at least."""
    if place is None:
        return room.width, room.notch, 0.0
    return min(room.width - room.notch, room.width - place.width - _BESIDE), 0.0, place.y + place.height


def _alone(image: Picture | None, room: Room, high: float, label: str) -> Own | None:
    """Return a picture without words, beside its label, as large as there is room for; or nothing at all."""
    if image is None:
        return Own("", "", "", room.width, room.drop, None) if high >= room.drop else None
    left = mm(typeface("Bold").width(label, room.points)) + _BESIDE
    tall = min(high - room.gap, room.picture[1] * _ALONE, (room.width - room.notch - left) / image.ratio)
    if tall < min(room.picture[1] * _LEAST_ALONE, (room.width - room.notch - left) / image.ratio):
        return None
    return Own(label, "", "", room.width, room.gap + tall, Box(left, room.gap, tall * image.ratio, tall))


def _beside(image: Picture, room: Room, scale: float) -> Box:
    """Return where a picture stands at the right of the words."""
    wide, tall = room.picture[0] * scale, room.picture[1] * scale
    wide, tall = min(wide, tall * image.ratio), min(tall, wide / image.ratio)
    return Box(room.width - wide, room.drop, wide, tall)
