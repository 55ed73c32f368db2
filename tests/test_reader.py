"""Paper comes back: real idea cards, written on by invented people and damaged in named ways, are read with the truth
beside them. Nobody's card is ever taken for another's; what is not certain goes to a person."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from PIL import Image

from print.forms import address, form, payload
from print.marks import symbol
from print.numbers import with_check
from print.reader import by_hand, closed, decode, plane
from print.reader.fit import drawing
from print.reader.intake import Page, Paper
from print.reader.known import Known, Register
from print.reader.reading import PageReading, Sighting, read_page
from tests import damage, handwriting
from tests.damage import Scene, damaged, encoded, scan, sheet
from tests.handwriting import Filled, filled, knowns, printed

CODES = ("A1", "B1", "C1", "D1", "R1")
DPI = 200


@pytest.fixture(scope="module")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for what was learned."""
    return tmp_path_factory.mktemp("marks")


@pytest.fixture(scope="module")
def register(keep: Path) -> Register:
    """Return what a workshop printed: many more cards than come back."""
    return handwriting.register(knowns(60, CODES), keep)


@pytest.fixture(scope="module")
def cards(keep: Path) -> Callable[[str], list[Filled]]:
    """Return how to get four filled-in forms of a code, printed once."""

    @cache
    def made(code: str) -> list[Filled]:
        known = knowns(4, [code])
        pairs = zip(known, printed(known, keep), strict=True)
        return [filled(one, picture, 1, pencil=at == 3, share_blank=0) for at, (one, picture) in enumerate(pairs)]

    return made


def read(scene: Scene, register: Register, kind: str = "pdf") -> PageReading:
    """Read a scene as a file."""
    return read_page(Paper(encoded(scene, "jpeg" if not scene.dpi else kind)).page(0), register)


def held(scene: Scene, reading: PageReading, most_mm: float) -> None:
    """Assert that every form of a scene was read, at its place, with its ticks or in doubt, and nothing else."""
    true = {(one.known.number, one.known.code): (one, matrix) for one, matrix in scene.places}
    assert {(seen.number, seen.code) for seen in reading.sightings} == set(true)
    larger = scene.picture.shape[1] / reading.width
    for seen in reading.sightings:
        one, matrix = true[seen.number, seen.code]
        corners = plane.points(matrix, plane.corners(0, 0, one.form.width, one.form.height))
        away = np.linalg.norm(np.array(seen.corners) * larger - corners, axis=1) / (seen.px_per_mm * larger)
        assert seen.sure
        assert away.max() < most_mm
        assert not [said for said in told(seen, one) if said[0] != said[1] and said[0] != "doubt"]
        assert seen.blank is not True or one.blank


def told(seen: Sighting, one: Filled) -> list[tuple[str, str]]:
    """Return what was said and what is true of every box."""
    return [(seen.ticks[group][value], said) for group, values in one.ticks.items() for value, said in values.items()]


SCANS = {
    **{"clean-150": "A1", "clean-300": "B1", "clean-600": "C1", "skew-200": "B1", "rot90-200": "A1"},
    **{"rot180-150": "C1", "rot270-200": "B1", "grey-200": "C1", "bitonal-200": "B1", "fax-200": "B1"},
    **{"copy2-200": "C1", "jpeg12-200": "B1", "dirty-200": "B1", "staple-150": "A1", "shrunk95-200": "B1"},
    **{"pen-200": "A1", "stain-200": "C1", "patch-150": "B1"},
}


@pytest.mark.parametrize("condition", SCANS)
def test_a_page_from_a_copier_is_read(condition: str, cards: Callable[[str], list[Filled]], register: Register) -> None:
    code = SCANS[condition]
    scene = damaged(condition, cards(code)[: 4 if code == "C1" else 2], 3)
    reading = read(scene, register)
    held(scene, reading, 0.5)
    assert reading.kind == "scan"
    assert not reading.loose
    assert reading.bitonal == condition.startswith(("bitonal", "fax"))


@pytest.mark.parametrize(("condition", "code"), [("photo-1", "B1"), ("photo-6-chat", "A1"), ("curl-1", "A1")])
def test_a_photo_of_a_table_is_read(
    condition: str, code: str, cards: Callable[[str], list[Filled]], register: Register
) -> None:
    scene = damaged(condition, cards(code)[: 1 if condition.endswith("1") else 4], 2)
    reading = read(scene, register)
    held(scene, reading, 1.5)
    assert reading.kind == "photo"


@pytest.mark.parametrize("code", ["D1", "R1"])
def test_stickers_are_counted_per_row_and_per_ring(
    code: str, cards: Callable[[str], list[Filled]], register: Register
) -> None:
    one = cards(code)[0]
    (seen,) = read(damaged("clean-200", [one], 1), register).sightings
    assert seen.counts == one.counts
    assert len(seen.places) == sum(one.counts.values())


def scanned(one: Filled, seed: int = 5) -> Scene:
    """Return one form on a clean scan."""
    return scan(sheet([one]), default_rng(seed), DPI)


def ticked(one: Filled, *marks: tuple[str, str, str]) -> Filled:
    """Return a fresh back with these marks: group, value and how."""
    out = Filled(one.known, one.picture.copy(), {})
    hand = handwriting.Hand(out.picture, default_rng(3), (30, 30, 120), 0.6)
    for group, value, how in marks:
        hand.mark(next(tick.box for tick in out.form.ticks if (tick.group, tick.value) == (group, value)), how)
    return out


@pytest.fixture(scope="module")
def empty(keep: Path) -> Filled:
    """Return a back on which nothing was written."""
    known = knowns(1, ["B1"])
    return Filled(known[0], printed(known, keep)[0])


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ((("visibility", "group", "cross"),), ()),
        ((), ("no_tick",)),
        ((("visibility", "group", "cross"), ("visibility", "everyone", "check")), ("two_ticks",)),
        ((("visibility", "group", "circled"),), ("unclear_tick",)),
        ((("visibility", "group", "scratched"), ("visibility", "everyone", "cross")), ("unclear_tick",)),
        ((("visibility", "group", "check"), ("for_other", "yes", "check")), ()),
    ],
    ids=["one", "none", "two", "circled", "crossed out", "for another"],
)
def test_two_ticks_no_tick_and_a_crossed_out_tick_go_to_a_person(
    marks: tuple[tuple[str, str, str], ...], why: tuple[str, ...], empty: Filled, register: Register
) -> None:
    (seen,) = read(scanned(ticked(empty, *marks)), register).sightings
    assert seen.doubt == why


def test_a_card_without_writing_is_blank_and_one_with_a_word_is_not(keep: Path, register: Register) -> None:
    known = knowns(1, ["A1"])
    one = Filled(known[0], printed(known, keep)[0])
    assert read(scanned(one), register).sightings[0].blank is True
    handwriting.Hand(one.picture, default_rng(1), handwriting.PENCIL, 0.45).sentence(15, 70, 60)
    assert read(scanned(one), register).sightings[0].blank is False


def test_the_whole_card_and_its_idea_are_cut_out_straight(
    cards: Callable[[str], list[Filled]], register: Register
) -> None:
    one = cards("A1")[0]
    (seen,) = read(scan(sheet([one]), default_rng(2), DPI, skew=4, quarters=2), register).sightings
    crop = cv2.imdecode(np.frombuffer(seen.crop, np.uint8), cv2.IMREAD_GRAYSCALE)
    true = cv2.cvtColor(one.picture, cv2.COLOR_RGB2GRAY)
    alike = cv2.matchTemplate(cv2.resize(crop, true.shape[::-1]), true[20:-20, 20:-20], cv2.TM_CCOEFF_NORMED)
    assert alike.max() > 0.9
    area = one.form.writing
    assert area is not None
    idea = cv2.imdecode(np.frombuffer(seen.idea, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert idea.shape[1] / idea.shape[0] == pytest.approx(area.width / area.height, rel=0.02)
    assert b"Exif" not in seen.crop + seen.idea


def test_a_card_of_another_workshop_is_foreign_and_never_ours(cards: Callable[[str], list[Filled]], keep: Path) -> None:
    scene = scanned(cards("A1")[0])
    others = handwriting.register(knowns(60, CODES, seed="another workshop"), keep)
    reading = read(scene, others)
    assert not reading.sightings
    assert reading.reason == "foreign"
    (text,) = reading.foreign
    said = payload(text)
    assert said is not None
    assert said.number == cards("A1")[0].known.number


def test_a_forged_key_is_foreign_even_though_it_looks_like_ours(
    cards: Callable[[str], list[Filled]], keep: Path
) -> None:
    ours = [Known(one.number, one.code, "234567") for one in knowns(60, CODES)]
    reading = read(scanned(cards("A1")[0]), handwriting.register(ours, keep))
    assert not reading.sightings
    assert reading.reason == "foreign"


def test_a_spoiled_card_that_was_never_printed_is_taken_for_nobodys(
    cards: Callable[[str], list[Filled]], keep: Path
) -> None:
    others = handwriting.register(knowns(60, CODES, seed="another workshop"), keep)
    reading = read(damaged("pen-200", cards("A1")[:2], 3), others)
    assert not reading.sightings
    assert reading.loose
    assert reading.reason == "unreadable"


def test_the_same_card_twice_on_one_page_and_cards_over_each_other_go_to_a_person(
    cards: Callable[[str], list[Filled]], register: Register
) -> None:
    one, two = cards("A1")[:2]
    reading = read(scan(sheet([one, one]), default_rng(4), DPI), register)
    assert [seen.doubt for seen in reading.sightings] == [("twice",), ("twice",)]
    scene = sheet([one, two])
    height, width = one.picture.shape[:2]
    scene.picture[:, : width // 2] = 255
    over = scene.picture.copy()
    over[60 : 60 + height, width - 500 : 2 * width - 500] = one.picture[: over.shape[0] - 60]
    reading = read(scan(Scene(over, [], 300), default_rng(4), DPI), register)
    assert all({"overlap", "geometry"} & set(seen.doubt) for seen in reading.sightings)


def test_a_blank_back_with_staples_is_blank_and_a_pencilled_word_is_not(register: Register) -> None:
    paper = Scene(np.full((2480, 1754, 3), 246, np.uint8), [], 300)
    back = damage.staple(scan(paper, default_rng(1), 150), default_rng(1))
    assert read(back, register).reason == "blank"
    handwriting.Hand(paper.picture, default_rng(1), handwriting.PENCIL, 0.45).sentence(60, 120, 60)
    word = damage.staple(scan(paper, default_rng(1), 150), default_rng(1))
    assert read(word, register).reason == "no_code"


def test_a_card_whose_code_is_gone_is_pointed_out_and_can_be_cut_by_hand(
    cards: Callable[[str], list[Filled]], register: Register
) -> None:
    one = Filled(cards("A1")[0].known, cards("A1")[0].picture.copy())
    qr = one.form.qr
    cv2.circle(one.picture, (round((qr.x + 13) * 11.8), round((qr.y + 13) * 11.8)), 190, (20, 20, 20), -1)
    page = Paper(encoded(scanned(one), "png")).page(0)
    reading = read_page(page, register)
    assert not reading.sightings
    assert len(reading.loose) == 3
    cut = by_hand.cut_out(page, ((0, 0), (1169, 0), (1169, 1322), (0, 1322)), "A1")
    assert Image.open(io.BytesIO(cut)).width == round(one.form.width * 6)
    assert by_hand.shown(page)[:2] == b"\xff\xd8"


def test_a_code_never_carries_over_to_the_next_page(cards: Callable[[str], list[Filled]], register: Register) -> None:
    first = read(scanned(cards("A1")[0]), register)
    letter = np.full((2339, 1654, 3), 250, np.uint8)
    cv2.putText(letter, "Notulen van de vorige keer", (200, 400), cv2.FONT_HERSHEY_SIMPLEX, 2, (30, 30, 30), 4)
    second = read(Scene(letter, [], 200), register)
    assert first.sightings
    assert not second.sightings
    assert second.reason == "no_code"


def test_every_closed_match_of_a_wrong_card_is_far_under_the_line(
    cards: Callable[[str], list[Filled]], register: Register
) -> None:
    one = cards("A1")[0]
    scene = scanned(one)
    grey = cv2.cvtColor(scene.picture, cv2.COLOR_RGB2GRAY)
    (mark,) = decode.marks(grey, False, DPI)
    others = Register(register.base, tuple(other for other in register.known if other.number != one.known.number))
    best, score, _ = closed._best(grey, mark.corners, closed._book(others), np.ones(len(others.known) + 64, bool))
    assert best >= 0
    assert score < closed.LEAST
    match = closed.match(grey, mark.corners, register, frozenset(["A1"]), False)
    assert match is not None
    assert match.known == one.known
    assert match.score > 0.67


NUMBERS = st.integers(0, 10**7 - 1).map(lambda value: with_check(f"{value:07d}"))


@given(number=NUMBERS, turn=st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_a_number_becomes_a_symbol_and_a_number_again(number: str, turn: int) -> None:
    text = address("https://werkplaats.nl", number, "A1", "K7Q2M9")
    picture = np.rot90(np.pad(drawing(symbol(text)), 20, constant_values=255), turn)
    (mark,) = decode.marks(np.ascontiguousarray(picture), False, 0)
    said = payload(mark.text)
    assert said is not None
    assert (said.number, said.code, said.key) == (number, "A1", "K7Q2M9")


@given(number=NUMBERS, place=st.integers(0, 7), other=st.integers(1, 9))
def test_any_one_wrong_digit_is_no_number_of_ours(number: str, place: int, other: int) -> None:
    wrong = number[:place] + str((int(number[place]) + other) % 10) + number[place + 1 :]
    assert payload(address("https://werkplaats.nl", number, "A1", "K7Q2M9")) is not None
    assert payload(address("https://werkplaats.nl", wrong, "A1", "K7Q2M9")) is None


SOME = st.floats(-200, 200, allow_nan=False)


@given(turn=st.floats(0, 360), fine=st.floats(2, 12), x=SOME, y=SOME, lean=st.floats(-2e-4, 2e-4))
def test_millimetres_become_pixels_and_millimetres_again(
    turn: float, fine: float, x: float, y: float, lean: float
) -> None:
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    matrix = np.array([(fine * c, -fine * s, 400), (fine * s, fine * c, 300), (lean, lean / 2, 1)])
    places = np.array([(0, 0), (148.5, 0), (148.5, 168), (x, y)])
    back = plane.points(plane.inverse(matrix), plane.points(matrix, places))
    assert np.abs(back - places).max() < 1e-6
    known = plane.corners(0, 0, 148.5, 168)
    again = plane.projective(known, plane.points(matrix, known))
    assert again is not None
    assert np.abs(plane.points(again, known) - plane.points(matrix, known)).max() < 1e-3


def test_a_reading_can_travel_between_processes(cards: Callable[[str], list[Filled]], register: Register) -> None:
    reading = read(scanned(cards("B1")[0]), register)
    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301  # our own bytes
    assert pickle.loads(pickle.dumps(register)) == register  # noqa: S301


def test_every_form_has_all_that_the_reader_needs() -> None:
    for code in CODES:
        shape = form(code)
        assert len(shape.dots) == 3
        assert min(shape.qr.width, shape.qr.height) >= 20


def test_a_page_is_plain_pixels() -> None:
    page = Page(0, np.zeros((2, 3), np.uint8), 150, False, False)
    assert page.turned(1).pixels.shape == (3, 2)
