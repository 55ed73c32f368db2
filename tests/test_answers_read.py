"""Answer slips come back: their number, the decision printed on them and what people ticked are read, or in doubt."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from print.answer_text import KINDS
from print.reader.intake import Paper
from print.reader.known import Known, Register
from print.reader.reading import PageReading, Sighting, read_page
from tests import answered, handwriting
from tests.answered import CODES, rated
from tests.damage import Scene, damaged, encoded
from tests.handwriting import Filled, knowns

Slips = Callable[[str], list[Filled]]
PENS = ("cross", "check", "scribble", "check")
UNDERSTANDABLE, FAIR = ("yes", "little", "no", "yes"), ("no", "yes", "little", "yes")


@pytest.fixture(scope="module")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for what was learned."""
    return tmp_path_factory.mktemp("marks")


@pytest.fixture(scope="module")
def register(keep: Path) -> Register:
    """Return what a workshop printed: answers and idea cards, many more than come back."""
    return handwriting.register(knowns(60, [*CODES, "C1"]), keep)


@pytest.fixture(scope="module")
def slips(keep: Path) -> Slips:
    """Return how to get four answer slips of a code, each with another decision, both questions ticked by pen."""

    @cache
    def made(code: str) -> list[Filled]:
        known = knowns(4, [code])
        prints = zip(known, answered.printed(known, KINDS, keep), strict=True)
        return [
            rated(
                one, picture, KINDS[at], ("understandable", UNDERSTANDABLE[at], pen), ("fair", FAIR[at], pen), seed=at
            )
            for at, ((one, picture), pen) in enumerate(zip(prints, PENS, strict=True))
        ]

    return made


def read(scene: Scene, register: Register) -> PageReading:
    """Read a scene as a file from the copier, or as a photo."""
    return read_page(Paper(encoded(scene, "pdf" if scene.dpi else "jpeg")).page(0), register)


def held(cards: list[Filled], reading: PageReading) -> None:
    """Assert that every slip was read, with its decision and ticks as they are, and nothing taken for sure wrongly."""
    assert {(seen.number, seen.code) for seen in reading.sightings} == {
        (one.known.number, one.known.code) for one in cards
    }
    for seen in reading.sightings:
        one = next(one for one in cards if one.known.number == seen.number)
        assert seen.sure
        wrong = {
            (group, value): (seen.ticks[group][value], true)
            for group, values in one.ticks.items()
            for value, true in values.items()
            if seen.ticks[group][value] not in (true, "doubt")
        }
        assert not wrong


CONDITIONS = {
    **{"clean-200": "W2", "skew-200": "W1", "clean-150": "W3", "rot90-200": "W2", "rot180-150": "W1", "grey-200": "W3"},
    **{"bitonal-200": "W2", "fax-200": "W1", "copy2-200": "W2", "jpeg12-200": "W1", "shrunk95-200": "W2"},
    **{"pen-200": "W1", "stain-200": "W2"},
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_page_of_answers_from_the_copier_is_read(condition: str, slips: Slips, register: Register) -> None:
    code = CONDITIONS[condition]
    cards = slips(code)[: {"W1": 2, "W2": 4, "W3": 1}[code]]
    reading = read(damaged(condition, cards, 3), register)
    held(cards, reading)
    assert not reading.loose
    if condition.startswith(("clean", "skew", "rot")):
        assert [one.doubt for one in reading.sightings] == [()] * len(cards)
        for seen in reading.sightings:
            one = next(one for one in cards if one.known.number == seen.number)
            assert seen.ticks == one.ticks


@pytest.mark.parametrize(("condition", "code"), [("photo-1", "W1"), ("photo-6", "W2")])
def test_a_photo_of_answers_on_a_table_is_read(condition: str, code: str, slips: Slips, register: Register) -> None:
    cards = slips(code)[: 1 if condition == "photo-1" else 4]
    held(cards, read(damaged(condition, cards, 2), register))


def only(register: Register, *ticked: tuple[str, str, str]) -> Sighting:
    """Return what is read of one clean slip with these ticks."""
    known, kind = knowns(4, ["W2"])[0], KINDS[0]
    (picture,) = answered.printed([known], (kind,), register.keep)
    (seen,) = read(damaged("clean-200", [rated(known, picture, kind, *ticked)], 1), register).sightings
    return seen


def test_who_ticks_nothing_has_no_opinion_and_nobody_needs_to_look(register: Register) -> None:
    seen = only(register)
    assert set(seen.ticks["understandable"].values()) == set(seen.ticks["fair"].values()) == {"no"}
    assert seen.ticks["decision"] == {"make": "yes", "try": "no", "keep": "no", "not_now": "no"}
    assert seen.doubt == ()


def test_two_faces_ticked_for_one_question_go_to_a_person(register: Register) -> None:
    seen = only(register, ("fair", "yes", "cross"), ("fair", "no", "cross"), ("understandable", "yes", "check"))
    assert "two_ticks" in seen.doubt


@pytest.mark.parametrize("how", ["circled", "scratched"])
def test_a_box_that_was_circled_or_scratched_out_goes_to_a_person(how: str, register: Register) -> None:
    seen = only(register, ("fair", "little", how))
    assert seen.ticks["fair"]["little"] == "doubt"
    assert "unclear_tick" in seen.doubt


def test_another_decision_ticked_by_pen_goes_to_a_person(register: Register) -> None:
    assert "two_ticks" in only(register, ("decision", "not_now", "cross")).doubt


def test_an_answer_of_another_workshop_is_not_taken(slips: Slips, keep: Path) -> None:
    elsewhere = handwriting.register([Known("27419631", "W2", "K7Q2M9")], keep)
    cards = slips("W2")
    reading = read(damaged("clean-200", cards, 3), elsewhere)
    assert reading.sightings == ()
    assert reading.reason == "foreign"
