"""What happens to paper between a table and a computer: copiers, faxes, dirty glass, phones. Named and seeded.

A scene keeps, for every form on it, the exact matrix from mm on the form to px of the picture, through every
turn, skew and lens, so that what the reader says can be compared with what is true.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from PIL import Image

from tests.handwriting import FINE, Filled, Picture

A4 = (297.0, 210.0)
Matrix = NDArray[np.float64]


@dataclass
class Scene:
    """A picture with forms on it, each with its matrix; `dpi` is 0 for a photo."""

    picture: Picture
    places: list[tuple[Filled, Matrix]]
    dpi: float

    def through(self, matrix: Matrix, size: tuple[int, int], dpi: float, paper: int = 255) -> Scene:
        """Return the scene seen through a matrix from old px to new px."""
        shrinking = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
        soft = self.picture if shrinking > 0.7 else cv2.GaussianBlur(self.picture, (0, 0), 0.45 / shrinking)
        middle = np.array([(1, 0, 0.5), (0, 1, 0.5), (0, 0, 1)])
        way = np.linalg.inv(middle) @ matrix @ middle
        picture = cv2.warpPerspective(soft, way, size, flags=cv2.INTER_LINEAR, borderValue=(paper,) * 3)
        return Scene(np.asarray(picture, np.uint8), [(one, matrix @ place) for one, place in self.places], dpi)

    def seen(self, picture: Any) -> Scene:
        """Return the scene with other pixels of the same size."""
        return Scene(np.clip(picture, 0, 255).astype(np.uint8), self.places, self.dpi)


def moved(x: float, y: float) -> Matrix:
    """Return a matrix that moves."""
    return np.array([(1, 0, x), (0, 1, y), (0, 0, 1)], float)


def scaled(by: float, down: float | None = None) -> Matrix:
    """Return a matrix that scales."""
    return np.diag([by, down or by, 1.0])


def turned(degrees: float) -> Matrix:
    """Return a matrix that turns around the origin."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([(c, -s, 0), (s, c, 0), (0, 0, 1)])


def sheet(cards: Sequence[Filled]) -> Scene:
    """Return forms of one size as they lie on an A4 sheet of 300 dpi, without their stubs."""
    width, height = cards[0].form.width, cards[0].form.height
    size = A4 if width < 180 else A4[::-1]
    columns = 2 if width < 180 else 1
    picture = np.full((round(size[1] * FINE), round(size[0] * FINE), 3), 255, np.uint8)
    places = []
    for at, card in enumerate(cards):
        x, y = (at % columns) * size[0] / columns, (at // columns) * size[1] / 2
        left, top = round(x * FINE), round(y * FINE)
        part = picture[top : top + card.picture.shape[0], left : left + card.picture.shape[1]]
        part[:] = card.picture[: part.shape[0], : part.shape[1]]
        places.append((card, moved(left, top) @ scaled(FINE)))
    assert width * columns <= size[0] + 1
    assert height <= size[1]
    return Scene(picture, places, 300)


def scan(
    scene: Scene, chance: Generator, dpi: int, *, skew: float = 0.4, quarters: int = 0, shrink: float = 1.0
) -> Scene:
    """Return a sheet as a feeder sees it: skewed by up to so many degrees, turned by quarters, shrunk."""
    height, width = scene.picture.shape[:2]
    by = dpi / scene.dpi
    stretch = shrink * (1 + chance.uniform(-0.004, 0.004)), shrink * (1 + chance.uniform(-0.004, 0.004))
    middle = moved(-width / 2, -height / 2)
    size = (round(width * by), round(height * by))
    if quarters % 2:
        size = size[::-1]
    way = moved(size[0] / 2, size[1] / 2) @ turned(90 * quarters + chance.uniform(-skew, skew)) @ scaled(by) @ middle
    way = way @ middle_of(width, height, scaled(*stretch))
    out = scene.through(way, size, dpi, paper=int(chance.integers(215, 250)))
    noise = chance.normal(0, 2.5, out.picture.shape[:2])[..., None]
    return out.seen(out.picture * chance.uniform(0.96, 1.0) + noise)


def middle_of(width: float, height: float, matrix: Matrix) -> Matrix:
    """Return a matrix that works from the middle of a picture."""
    return moved(width / 2, height / 2) @ matrix @ moved(-width / 2, -height / 2)


def grey(scene: Scene) -> Scene:
    """Return the scene in grey."""
    return scene.seen(cv2.cvtColor(cv2.cvtColor(scene.picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB))


def bitonal(scene: Scene) -> Scene:
    """Return the scene in black and white."""
    return scene.seen(np.where(grey(scene).picture > 140, 255, 0))


def fax(scene: Scene) -> Scene:
    """Return the scene dithered to black and white."""
    dithered = Image.fromarray(grey(scene).picture[..., 0]).convert("1").convert("RGB")
    return scene.seen(np.asarray(dithered))


def copied(scene: Scene, chance: Generator) -> Scene:
    """Return a copy of a copy: thicker, paler, with specks."""
    soft = cv2.GaussianBlur(grey(scene).picture, (0, 0), 1.1).astype(float)
    out = 255 / (1 + np.exp(-(soft - 150) / 28))
    specks = chance.random(out.shape[:2]) < 0.0006
    out[cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = 60
    return scene.seen(out * 0.93 + 14 + chance.normal(0, 3, out.shape[:2])[..., None])


def jpeg(scene: Scene, quality: int) -> Scene:
    """Return the scene through JPEG."""
    out = io.BytesIO()
    Image.fromarray(scene.picture).save(out, "JPEG", quality=quality)
    return scene.seen(np.asarray(Image.open(out).convert("RGB")))


def dirty(scene: Scene, chance: Generator) -> Scene:
    """Return the scene with lines of a dirty glass, over boxes too, and the black edge of a feeder."""
    out = scene.picture.astype(float)
    for _ in range(int(chance.integers(2, 5))):
        x = int(chance.integers(10, out.shape[1] - 10))
        out[:, x : x + int(chance.integers(1, 3))] -= chance.uniform(40, 120)
    for card, place in scene.places[:1]:
        if card.form.ticks:
            box = card.form.ticks[0].box
            x = round(float((place @ (box.x + 3, box.y + 3, 1))[0]))
            out[:, x : x + 2] -= 90
    out[: int(chance.integers(0, 12))] = 15
    return scene.seen(out)


def staple(scene: Scene, chance: Generator) -> Scene:
    """Return the scene with the shadow of a staple in a corner and two punch holes."""
    out = scene.picture.copy()
    fine = scene.dpi / 25.4
    x, y = chance.uniform(4, 9, 2) * fine
    cv2.line(out, (int(x), int(y)), (int(x + 10 * fine), int(y + 3 * fine)), (70, 70, 74), max(1, int(0.8 * fine)))
    for share in (0.36, 0.64):
        spot = (int(scene.picture.shape[1] - 9 * fine), int(scene.picture.shape[0] * share))
        cv2.circle(out, spot, int(2.8 * fine), (25, 25, 25), -1, cv2.LINE_AA)
    return scene.seen(out)


def spoiled(scene: Scene, chance: Generator, how: str) -> Scene:
    """Return the scene with every QR spoiled: a `pen` line, a coffee `stain`, or a `patch` on its data."""
    out = scene.picture.copy()
    for card, place in scene.places:
        qr = card.form.qr
        fine = float(np.sqrt(abs(np.linalg.det(place[:2, :2]))))

        def spot(x: float, y: float, qr: Any = qr, place: Matrix = place) -> tuple[int, int]:
            found = place @ (qr.x + x * qr.width, qr.y + y * qr.height, 1)
            return int(found[0] / found[2]), int(found[1] / found[2])

        if how == "pen":
            for _ in range(3):
                ends = [spot(-0.2, chance.uniform(0, 1)), spot(1.2, chance.uniform(0, 1))]
                cv2.line(out, ends[0], ends[1], (25, 30, 110), max(1, int(1.1 * fine)), cv2.LINE_AA)
        elif how == "stain":
            mask = np.zeros(out.shape[:2], np.float32)
            cv2.circle(mask, spot(0.4, 0.6), int(14 * fine), 1.0, int(4 * fine), cv2.LINE_AA)
            mask = cv2.GaussianBlur(mask, (0, 0), fine)[..., None]
            out = (out * (1 - mask * np.array([0.35, 0.5, 0.65]))).astype(np.uint8)
        else:
            x, y = chance.uniform(0.35, 0.75, 2)
            cv2.circle(out, spot(x, y), int(0.13 * qr.width * fine), (15, 15, 15), -1, cv2.LINE_AA)
    return scene.seen(out)


def photo(cards: Sequence[Filled], chance: Generator, *, chat: bool = False, curl: float = 0.0) -> Scene:
    """Return forms lying on a table as a phone of 12 Mpx sees them, `chat` through a messenger."""
    width, height = cards[0].form.width, cards[0].form.height
    columns = int(np.ceil(np.sqrt(len(cards) * 1.33 * height / width)))
    rows = int(np.ceil(len(cards) / columns))
    step = (width * 1.16 + 8, height * 1.16 + 8)
    table = (columns * step[0] + 30, rows * step[1] + 30)
    fine = min(8.0, 5200 / max(table))
    picture = _table(chance, (round(table[0] * fine), round(table[1] * fine)))
    places = []
    for at, card in enumerate(cards):
        x = 15 + (at % columns + 0.5) * step[0] + chance.uniform(-4, 4)
        y = 15 + (at // columns + 0.5) * step[1] + chance.uniform(-4, 4)
        angle = chance.uniform(-9, 9) + (180 if chance.random() < 0.25 else 0)
        place = scaled(fine) @ moved(x, y) @ turned(angle) @ moved(-width / 2, -height / 2)
        _laid(picture, card.picture if not curl else _curled(card.picture, curl), place)
        places.append((card, place))
    return _lens(Scene(picture, places, 0), chance, chat)


def _table(chance: Generator, size: tuple[int, int]) -> Picture:
    tone = [(96, 66, 44), (180, 176, 170), (70, 90, 84), (150, 120, 90), (52, 52, 58)][int(chance.integers(0, 5))]
    grain = cv2.resize(chance.normal(0, 9, (size[1] // 3 + 1, size[0] // 40 + 1)).astype(np.float32), size)
    return np.clip(np.array(tone, np.float32) + grain[..., None], 0, 255).astype(np.uint8)


def _laid(picture: Picture, card: Picture, place: Matrix) -> None:
    way = place @ scaled(1 / FINE)
    soft = cv2.GaussianBlur(card, (0, 0), 0.6)
    size = (picture.shape[1], picture.shape[0])
    whole = np.full(card.shape[:2], 255, np.uint8)
    seen = cv2.warpAffine(soft, way[:2], size, flags=cv2.INTER_LINEAR)
    mask = cv2.warpAffine(whole, way[:2], size, flags=cv2.INTER_LINEAR)[..., None] / 255.0
    picture[:] = (picture * (1 - mask) + seen * mask).astype(np.uint8)


def _curled(card: Picture, curl: float) -> Picture:
    """Return a card whose middle stands up by `curl` mm: seen from above its lines move a little."""
    height, width = card.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    lifted = curl * FINE * np.sin(np.pi * columns / width)
    return np.asarray(cv2.remap(card, columns, rows + lifted * 0.5, cv2.INTER_LINEAR, borderValue=(250,) * 3))


def _lens(scene: Scene, chance: Generator, chat: bool) -> Scene:
    """Return what a tilted phone sees: perspective, a soft shadow, blur, noise and JPEG."""
    size = (1600, 1200) if chat else (4000, 3000)
    height, width = scene.picture.shape[:2]
    near = chance.uniform(0, 0.10, (4, 2)) * (size[0], size[1])
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    target = corners * (np.array(size) - 1.0) + near * (1 - 2 * corners)
    fit = min(size[0] / width, size[1] / height)
    room = (np.array(size) - fit * np.array((width, height))) / 2 * (1 - 2 * corners)
    target = target + room * 0.8
    source = (corners * (width, height)).astype(np.float32)
    way = np.asarray(cv2.getPerspectiveTransform(source, target.astype(np.float32)), float)
    out = scene.through(way, size, 0, paper=90)
    light = cv2.resize(chance.uniform(0.62, 1.05, (4, 4)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(out.picture, (0, 0), float(chance.uniform(0.6, 1.0)))
    tint = np.array([1.0, chance.uniform(0.94, 1.0), chance.uniform(0.84, 1.0)])
    noisy = soft * light[..., None] * tint + chance.normal(0, 3.5, soft.shape)
    return jpeg(out.seen(noisy), 55 if chat else 85)


Copier = Callable[[Scene, Generator], Scene]

SCANS: dict[str, Copier] = {
    "clean-150": lambda page, chance: scan(page, chance, 150),
    "clean-200": lambda page, chance: scan(page, chance, 200),
    "clean-300": lambda page, chance: scan(page, chance, 300),
    "clean-600": lambda page, chance: scan(page, chance, 600),
    "skew-200": lambda page, chance: scan(page, chance, 200, skew=5),
    "rot90-200": lambda page, chance: scan(page, chance, 200, skew=2, quarters=1),
    "rot180-150": lambda page, chance: scan(page, chance, 150, skew=2, quarters=2),
    "rot270-200": lambda page, chance: scan(page, chance, 200, skew=2, quarters=3),
    "grey-200": lambda page, chance: grey(scan(page, chance, 200, skew=2)),
    "bitonal-200": lambda page, chance: bitonal(scan(page, chance, 200, skew=2)),
    "bitonal-300": lambda page, chance: bitonal(scan(page, chance, 300, skew=2)),
    "fax-200": lambda page, chance: fax(scan(page, chance, 200, skew=2)),
    "copy2-200": lambda page, chance: copied(scan(page, chance, 200, skew=2), chance),
    "jpeg12-200": lambda page, chance: jpeg(scan(page, chance, 200, skew=2), 12),
    "dirty-200": lambda page, chance: jpeg(dirty(scan(page, chance, 200, skew=1), chance), 45),
    "staple-150": lambda page, chance: staple(scan(page, chance, 150, skew=2), chance),
    "shrunk95-200": lambda page, chance: scan(page, chance, 200, skew=2, shrink=0.95),
    "pen-200": lambda page, chance: scan(spoiled(page, chance, "pen"), chance, 200, skew=2),
    "stain-200": lambda page, chance: scan(spoiled(page, chance, "stain"), chance, 200, skew=2),
    "patch-150": lambda page, chance: scan(spoiled(page, chance, "patch"), chance, 150, skew=2),
}
PHOTOS: dict[str, tuple[int, dict[str, Any]]] = {
    "photo-1": (1, {}),
    "photo-6": (6, {}),
    "photo-12": (12, {}),
    "photo-6-chat": (6, {"chat": True}),
    "curl-1": (1, {"curl": 2.0}),
}


def damaged(condition: str, cards: Sequence[Filled], seed: int) -> Scene:
    """Return forms as they come back under a named condition."""
    chance = default_rng([seed, sum(map(ord, condition))])
    if condition in PHOTOS:
        return photo(cards, chance, **PHOTOS[condition][1])
    return SCANS[condition](sheet(cards), chance)


def encoded(scene: Scene, kind: str = "jpeg", quality: int = 82) -> bytes:
    """Return the scene as a file: `jpeg`, `png`, `tiff`, or `pdf` with the picture as its page."""
    image = Image.fromarray(scene.picture)
    two = set(np.unique(scene.picture)) <= {0, 255}
    if two:
        image = image.convert("1", dither=Image.Dither.NONE)
    elif bool((scene.picture[..., 0] == scene.picture[..., 2]).all()):
        image = image.convert("L")
    out = io.BytesIO()
    if kind == "jpeg" and two:
        kind = "png"
    how: dict[str, Any] = {"resolution": scene.dpi or 72} if kind == "pdf" else {"dpi": (scene.dpi, scene.dpi)}
    if not two:
        how["quality"] = quality
    image.save(out, kind, **how)
    return out.getvalue()
