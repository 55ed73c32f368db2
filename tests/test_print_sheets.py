"""Where things lie on paper: backs behind fronts, cuts, bleed."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import numpy as np
import pikepdf
import pytest

from print import press
from print.documents import deck, written
from print.face import Face
from print.formats import Flip, Format, impose, load
from print.measures import mm
from print.sheets import Print
from tests.paper import IMPRINT, a5, a6, grey

DPI = 600
PER_MM = DPI / 25.4
DOT = 3.0


def face(size: tuple[float, float], index: int, back: bool) -> Face:
    """Return a face with one black square whose distance to the left edge says which card it is.

    On the back it is placed so that, behind the front, it covers the very same spot of the paper.
    """
    x = 20 + 4 * index
    left = size[0] - x - DOT if back else x
    css = f"@page {{ size: {size[0]}mm {size[1]}mm; margin: 0 }} div {{ position: absolute; background: #000 }}"
    box = f'<div style="left: {left}mm; top: 40mm; width: {DOT}mm; height: {DOT}mm"></div>'
    html = f'<!doctype html><html lang="nl"><head><title>Proef</title></head><body>{box}</body></html>'
    return press.compile_face(html, css, "test")


def sides(form: Format, flip: Flip, shift: tuple[float, float] = (0, 0)) -> tuple[Any, Any]:
    """Print a sheet full of squares and return front and back as arrays, the back as if held to the light."""
    width, height = form.cell
    size = (float(int(width)), float(int(height)))
    prints = [Print(str(i), face(size, i, False), face(size, i, True)) for i in range(form.cells)]
    pdf = written(replace(form, marks="none"), prints, title="Proef", language="nl", flip=flip, shift=shift)
    front, back = (np.asarray(grey(pdf, page, DPI)) < 128 for page in (0, 1))
    vertical = (form.sheet[1] >= form.sheet[0]) == (flip == "long")
    return front, np.fliplr(back) if vertical else np.flipud(back)


def squares(seen: Any) -> list[tuple[float, float]]:
    """Return the middles of the black squares in mm, sorted."""
    import cv2

    _, _, _, middles = cv2.connectedComponentsWithStats(seen.astype(np.uint8))
    return sorted((round(x / PER_MM, 3), round(y / PER_MM, 3)) for x, y in middles[1:])


@pytest.mark.parametrize("flip", ["long", "short"])
@pytest.mark.parametrize("name", ["a5_2up", "a6_4up", "a4_large"])
def test_every_back_lies_behind_its_front(name: str, flip: Flip) -> None:
    front, back = (squares(side) for side in sides(load(name), flip))
    assert len(front) == load(name).cells
    for one, other in zip(front, back, strict=True):
        assert abs(one[0] - other[0]) <= 0.2
        assert abs(one[1] - other[1]) <= 0.2


def test_a_back_that_is_shifted_is_seen_and_measured() -> None:
    front, back = (squares(side) for side in sides(load("a5_2up"), "short", shift=(0.6, -0.4)))
    for one, other in zip(front, back, strict=True):
        assert other[0] - one[0] == pytest.approx(-0.6, abs=0.05)
        assert other[1] - one[1] == pytest.approx(-0.4, abs=0.05)


def test_a_landscape_sheet_turned_over_its_long_edge_has_backs_on_their_heads() -> None:
    backs = impose(load("a5_2up"), 2, "long")[1]
    assert [(place.index, place.x, place.turned) for place in backs] == [(0, 0, True), (1, 148.5, True)]
    backs = impose(load("a5_2up"), 2, "short")[1]
    assert [(place.index, place.x, place.turned) for place in backs] == [(0, 148.5, False), (1, 0, False)]


def test_a_fold_has_the_back_on_the_left_and_the_front_on_the_right() -> None:
    assert [(place.back, place.x) for place in impose(load("fold"), 1, "long")[0]] == [(False, 148.5), (True, 0)]


def test_a_tent_has_the_same_face_twice_the_upper_one_on_its_head() -> None:
    assert [(place.y, place.turned) for place in impose(load("tent"), 1, "long")[0]] == [(0, True), (105, False)]


def test_four_short_cards_fill_a_sheet_and_a_fifth_takes_another() -> None:
    assert [len(side) for side in impose(load("a6_4up"), 5, "long")] == [4, 4, 1, 1]


@pytest.mark.parametrize(("items", "trim"), [(a5(1), (148, 210)), (a6(1), (105, 148))])
def test_for_the_print_shop_the_boxes_are_exact_and_the_colour_runs_over_the_cut(
    items: list[Any], trim: tuple[float, float]
) -> None:
    pdf = deck(items, format="single", imprint=IMPRINT, title="Proef", language="nl")[0].pdf
    document = pikepdf.open(io.BytesIO(pdf))
    page = document.pages[0]
    boxes = {name: [mm(float(side)) for side in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")}
    assert boxes["/MediaBox"][:2] == [0, 0]
    for name, more in (("/TrimBox", 0), ("/BleedBox", 6)):
        left, bottom, right, top = boxes[name]
        assert (right - left, top - bottom) == (pytest.approx(trim[0] + more), pytest.approx(trim[1] + more))
    seen = np.asarray(grey(pdf, 0, 300))
    middle, top = round(seen.shape[1] / 2), round((10 - 2.5) / 25.4 * 300)
    assert seen[top, middle] < 150
    assert seen[round(4 / 25.4 * 300), middle] == 255


def test_cut_marks_are_on_fronts_only_and_never_on_a_card() -> None:
    pdf = deck(a6(4), format="a6", imprint=IMPRINT, title="Proef", language="nl")[0].pdf
    document = pikepdf.open(io.BytesIO(pdf))
    assert b"0.28 w" in document.pages[0].Contents.read_bytes()
    assert b"0.28 w" not in document.pages[1].Contents.read_bytes()


def test_the_printer_is_told_not_to_scale_and_which_edge_to_flip() -> None:
    for flip, word in (("long", "/DuplexFlipLongEdge"), ("short", "/DuplexFlipShortEdge")):
        pdf = deck(a5(1), format="a5", flip=flip, imprint=IMPRINT, title="Proef", language="nl")[0].pdf  # type: ignore[arg-type]
        document = pikepdf.open(io.BytesIO(pdf))
        preferences = document.Root.ViewerPreferences
        assert str(preferences.Duplex) == word
        assert str(preferences.PrintScaling) == "/None"
