"""A card's drawing: a small, closed part of SVG, read into plain shapes.

Drawings print on every card and stand on every page, also those that somebody sends us. So nothing is
passed on as it came: what we read is shapes in four tones, and only that is written again. One line
style, no text, no shades, no addresses: anything else is refused with what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite, radians, sqrt
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple
from xml.etree import ElementTree

from .finding import Refusal
from .said import Said

Tone = Literal["ink", "paper", "deck", "tint"]
"""Ink is nearly black, paper white, deck the colour of the deck, tint that colour very pale."""

INK: Final = "#1b1a18"
PAPER: Final = "#ffffff"
TINT: Final = 0.22
"""How much of the deck's colour is in its tint; the rest is paper."""

MAX_CHARACTERS: Final = 64_000
MAX_SHAPES: Final = 400
MAX_STEPS: Final = 20_000
_SHAPES: Final = frozenset({"path", "circle", "ellipse", "rect", "line", "polyline", "polygon"})
_PAINT: Final = frozenset({"fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "transform"})
_ROUND: Final = frozenset({"stroke-linecap", "stroke-linejoin"})
_PLACES: Final = frozenset(
    {*("d", "points", "cx", "cy", "r", "rx", "ry", "x", "y"), *("x1", "y1", "x2", "y2", "width", "height")}
)
_TRANSFORM = re.compile(r"\s*(translate|scale|rotate|matrix)\s*\(([^()]*)\)\s*,?")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")

Point = tuple[float, float]
Step = tuple[Literal["M", "L", "C", "Z"], tuple[Point, ...]]


@dataclass(frozen=True)
class Shape:
    """One path: its steps, what fills it and what draws its line, `width` wide in units of the drawing."""

    steps: tuple[Step, ...]
    fill: Tone | None
    stroke: Tone | None
    width: float


@dataclass(frozen=True)
class Drawing:
    """Shapes on a field of `width` × `height` units, the origin at the top left."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


class Stroke(NamedTuple):
    """One SVG path with its looks: `fill` and `stroke` are colours or `none`."""

    d: str
    fill: str
    stroke: str
    width: float


@dataclass(frozen=True)
class _Look:
    """What a group hands down to the shapes in it."""

    fill: str
    fill_share: str
    stroke: str
    stroke_share: str
    width: float
    matrix: Any


def drawing_at(path: Path) -> Drawing:
    """Read a drawing from a file. Raises `Refusal` when it cannot be read or is not a drawing of ours."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Refusal(
            1, Said("there is no picture `{name}`", name=path.name), "Put it in `art/`, or correct its name."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            1, Said("the picture `{name}` cannot be read", name=path.name), "Save it again as SVG."
        ) from error
    return read_drawing(text)


@lru_cache(maxsize=256)
def read_drawing(text: str) -> Drawing:
    """Read the text of an SVG file. Raises `Refusal` with what to change."""
    if len(text) > MAX_CHARACTERS:
        raise Refusal(1, "this drawing is larger than 64 kB", "Leave out what nobody would miss.")
    if "<!" in text.replace("<!--", "") or text.count("<?") > text.startswith("<?xml "):
        raise Refusal(1, "this drawing refers to something outside it", "Take away everything that begins with `<!`.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # no entities: it holds no `<!`
    except ElementTree.ParseError as error:
        raise Refusal(error.position[0], "this is not written as SVG", "Save the drawing again.") from error
    width, height = _field(root)
    try:
        shapes = tuple(_shapes(root, _Look("none", "1", "none", "1", 2.4, _identity())))
    except RecursionError as error:
        raise Refusal(1, "this drawing has groups in groups without end", "Save the drawing again.") from error
    if not shapes:
        raise Refusal(1, "nothing is drawn here", "Draw at least one shape.")
    if len(shapes) > MAX_SHAPES or sum(len(shape.steps) for shape in shapes) > MAX_STEPS:
        raise Refusal(
            1,
            "this drawing has too many shapes",
            Said("Use at most {max_shapes}; a card asks for one message.", max_shapes=MAX_SHAPES),
        )
    return Drawing(width, height, shapes)


def strokes(drawing: Drawing, colour: str) -> list[Stroke]:
    """Return a drawing as SVG paths; `colour` is the deck's, as `#rrggbb`."""
    tones = {None: "none", "ink": INK, "paper": PAPER, "deck": colour, "tint": tint(colour)}
    return [Stroke(_written(one), tones[one.fill], tones[one.stroke], round(one.width, 2)) for one in drawing.shapes]


def svg(drawing: Drawing, colour: str) -> str:
    """Return a drawing as SVG text that is safe to show anywhere; `colour` is the deck's, as `#rrggbb`."""
    drawn = "".join(
        f'<path d="{one.d}" fill="{one.fill}" stroke="{one.stroke}" stroke-width="{one.width:g}"/>'
        for one in strokes(drawing, colour)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width:g} {drawing.height:g}">'
        f'<g stroke-linecap="round" stroke-linejoin="round">{drawn}</g></svg>'
    )


def _written(shape: Shape) -> str:
    return " ".join(
        step + " ".join(f"{round(x, 2):g} {round(y, 2):g}" for x, y in places) for step, places in shape.steps
    )


def tint(colour: str, share: float = TINT) -> str:
    """Return a colour thinned with white, as it looks on paper."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def _field(root: ElementTree.Element) -> tuple[float, float]:
    if _name(root) != "svg":
        raise Refusal(1, "this is not an SVG drawing", "Save the drawing again as SVG.")
    box = [float(part) for part in _NUMBER.findall(root.get("viewBox", ""))]
    if len(box) != 4 or box[:2] != [0, 0] or not all(10 <= side <= 2000 for side in box[2:]):
        raise Refusal(1, "the field of this drawing is not clear", 'Give it `viewBox="0 0 150 100"`.')
    if not 1 / 3 <= box[2] / box[3] <= 3:
        raise Refusal(1, "this drawing is too long", "Make it at most three times as wide as it is high.")
    return box[2], box[3]


def _shapes(parent: ElementTree.Element, look: _Look) -> Iterator[Shape]:
    for element in parent:
        name = _name(element)
        if name in ("title", "desc"):
            continue
        if name != "g" and name not in _SHAPES:
            raise Refusal(
                1,
                Said("a drawing cannot hold `{name}`", name=name),
                Said("Use only g, {one}.", one=", ".join(sorted(_SHAPES))),
            )
        allowed = _PAINT | _ROUND | ({"id"} if name == "g" else _PLACES)
        for attribute in element.attrib:
            if attribute not in allowed:
                raise Refusal(
                    1,
                    Said("`{name}` cannot have `{attribute}`", name=name, attribute=attribute),
                    Said("Use only {one}.", one=", ".join(sorted(allowed))),
                )
        mine = _handed_down(element, look)
        if name == "g":
            yield from _shapes(element, mine)
        else:
            yield _shape(element, mine)


def _name(element: ElementTree.Element) -> str:
    tag = str(element.tag)
    return tag.removeprefix("{http://www.w3.org/2000/svg}")


def _handed_down(element: ElementTree.Element, look: _Look) -> _Look:
    for attribute in _ROUND & set(element.attrib):
        if element.get(attribute) != "round":
            raise Refusal(
                1,
                Said("`{attribute}` is always round", attribute=attribute),
                Said('Write `{attribute}="round"`, or leave it out.', attribute=attribute),
            )
    get: Mapping[str, str] = element.attrib
    return _Look(
        get.get("fill", look.fill),
        get.get("fill-opacity", look.fill_share),
        get.get("stroke", look.stroke),
        get.get("stroke-opacity", look.stroke_share),
        _positive(get["stroke-width"]) if "stroke-width" in get else look.width,
        look.matrix.transform(_transform(get["transform"])) if "transform" in get else look.matrix,
    )


def _shape(element: ElementTree.Element, look: _Look) -> Shape:
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.svgLib.path import parse_path
    from fontTools.svgLib.path.shapes import PathBuilder

    plain = ElementTree.Element(_name(element), {key: value for key, value in element.items() if key in _PLACES})
    builder, pen = PathBuilder(), RecordingPen()
    try:
        builder.add_path_from_element(plain)
        for path in builder.paths:
            parse_path(path, TransformPen(pen, look.matrix))
    except (ValueError, TypeError, KeyError, IndexError, AssertionError, ZeroDivisionError, OverflowError) as error:
        raise Refusal(
            1, Said("a `{name}` is not drawn right", name=_name(element)), "Save the drawing again."
        ) from error
    (a, b, c, d, *_), steps = look.matrix, tuple(_steps(pen.value))
    if not all(isfinite(part) for _, points in steps for point in points for part in point):
        raise Refusal(1, Said("a `{name}` lies outside every paper", name=_name(element)), "Save the drawing again.")
    width = look.width * sqrt(abs(a * d - b * c))
    return Shape(steps, _tone(look.fill, look.fill_share), _tone(look.stroke, look.stroke_share), width)


def _steps(drawn: list[tuple[str, Any]]) -> Iterator[Step]:
    """Return what a fontTools pen recorded as moves, lines, curves of four points, and ends."""
    last: Point = (0.0, 0.0)
    for verb, points in drawn:
        if verb == "moveTo":
            yield "M", (points[0],)
        elif verb == "lineTo":
            yield "L", (points[0],)
        elif verb == "curveTo" and len(points) == 3:
            yield "C", tuple(points)
        elif verb == "qCurveTo" and len(points) == 2:
            bend, end = points
            yield "C", (_toward(last, bend), _toward(end, bend), end)
        elif verb == "closePath":
            yield "Z", ()
        if points:
            last = points[-1]


def _toward(point: Point, bend: Point) -> Point:
    return point[0] + 2 / 3 * (bend[0] - point[0]), point[1] + 2 / 3 * (bend[1] - point[1])


def _tone(colour: str, share: str) -> Tone | None:
    said = colour.strip().lower()
    if said in ("none", "transparent"):
        return None
    if said == "currentcolor":
        return "deck" if _positive(share) == 1 else "tint"
    if said in (INK, "#000", "#000000", "black"):
        return "ink"
    if said in (PAPER, "#fff", "white"):
        return "paper"
    cure = Said(
        "Use {ink} for ink, {paper} for paper, or currentColor for the colour of the deck.", ink=INK, paper=PAPER
    )
    raise Refusal(1, Said("a drawing has no colour `{one}`", one=colour[:30]), cure)


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 2000:
        raise Refusal(1, Said("`{one}` is not a sensible number", one=text[:30]), "Write a number such as 2.4.")
    return value


def _identity() -> Any:
    from fontTools.misc.transform import Transform

    return Transform()


def _transform(text: str) -> Any:
    from fontTools.misc.transform import Transform

    matrix, at = Transform(), 0
    while at < len(text):
        found = _TRANSFORM.match(text, at)
        numbers = [float(part) for part in _NUMBER.findall(found[2])] if found else []
        if found is None or not numbers or not all(map(isfinite, numbers)):
            raise Refusal(
                1, Said("`{one}` moves nothing we know", one=text[:40]), "Use translate, scale, rotate or matrix."
            )
        matrix, at = _moved(matrix, found[1], numbers, text), found.end()
    return matrix


def _moved(matrix: Any, verb: str, numbers: list[float], text: str) -> Any:
    match verb, numbers:
        case "translate", [x]:
            return matrix.translate(x, 0)
        case "translate", [x, y]:
            return matrix.translate(x, y)
        case "scale", [x]:
            return matrix.scale(x, x)
        case "scale", [x, y]:
            return matrix.scale(x, y)
        case "rotate", [turn]:
            return matrix.rotate(radians(turn))
        case "rotate", [turn, x, y]:
            return matrix.translate(x, y).rotate(radians(turn)).translate(-x, -y)
        case "matrix", [a, b, c, d, e, f]:
            return matrix.transform((a, b, c, d, e, f))
    raise Refusal(1, Said("`{one}` moves nothing we know", one=text[:40]), "Use translate, scale, rotate or matrix.")
