"""Looking for words: half remembered, misspelled in accents, in any order; and gone when they are taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import returned
from tests.desk_people import Share, share
from workshop import clock
from workshop.domain import curating, forgetting, ideas, search
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import open_store

pytestmark = pytest.mark.grown

__all__ = ["share"]


def found(house: House, workshop: Workshop, typed: str) -> dict[str, search.Found]:
    """Look for words as the desk does."""
    if house.store.read(search.behind):
        house.store.write(search.catch_up)
    return house.store.read(search.found, workshop.id, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "wandelroutes",
        "wandel",
        "WANDEL",
        "wandelroute rustpunten",
        "rustpunten wandel",
        "bankje",
        "bankjes",
        "cafe",
        "café",
        "“wandelroutes”",
        "wandel*",
        "  wandel   -   bank  ",
    ],
)
def test_words_are_found_by_their_beginning_without_accents_and_endings(
    house: House, workshop: Workshop, share: Share, typed: str
) -> None:
    idea = share("Wandelroutes met rustpunten en een bankje bij het café.")
    share("Een koor voor iedereen.")
    assert list(found(house, workshop, typed)) == [idea.id]


def test_english_words_are_found_too(house: House, workshop: Workshop, share: Share) -> None:
    idea = share("Benches near the bus stop.")
    assert list(found(house, workshop, "bench")) == [idea.id]
    assert list(found(house, workshop, "stops bus")) == [idea.id]


def test_all_words_must_be_there(house: House, workshop: Workshop, share: Share) -> None:
    share("Een bankje bij de bushalte.")
    assert not found(house, workshop, "bankje park")
    assert not found(house, workshop, "halte")


def test_an_idea_is_found_by_its_number_and_by_that_of_its_card(house: House, workshop: Workshop, share: Share) -> None:
    ideas_made = [share(f"Nummer {word}.") for word in ("een", "twee", "drie")]
    for typed in (
        f"{ideas_made[1].nr}",
        f"idee {ideas_made[1].nr}",
        f"Idee {ideas_made[1].nr}",
        f"#{ideas_made[1].nr}",
    ):
        assert list(found(house, workshop, typed)) == [ideas_made[1].id], typed
    card = ideas_made[0].number
    for typed in (card, f"{card[:3]} {card[3:]}", f"kaart {card}"):
        assert set(found(house, workshop, typed)) == {one.id for one in ideas_made}, typed


def test_an_idea_on_paper_is_found_by_the_number_of_its_slip(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    one, _ = returned.cards(house, workshop, facilitator.id, 2)
    assert one.slip
    for typed in (one.slip, f"{one.slip[:4]} {one.slip[4:]}", f"{one.slip[:4]}-{one.slip[4:]}"):
        assert list(found(house, workshop, typed)) == [one.id], typed
    assert not found(house, workshop, one.slip[:4])


def test_the_makers_own_words_and_name_are_found_beside_a_correction(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    idea = share("Meer lantaarns.", "everyone_named", maker="Mevrouw Jansen")
    house.store.write(curating.correct, idea, facilitator.id, "Meer straatverlichting.")
    for typed in ("lantaarns", "straatverlichting", "jansen"):
        assert list(found(house, workshop, typed)) == [idea.id]


def test_what_was_looked_for_is_marked(house: House, workshop: Workshop, share: Share) -> None:
    idea = share("Wandelroutes door het park.")
    words = found(house, workshop, "wandel")[idea.id].words
    assert words == (("Wandelroutes", True), (" door het park.", False))
    assert found(house, workshop, f"{idea.nr}")[idea.id].by_number


def test_a_long_idea_is_shown_around_what_was_found() -> None:
    short = search.excerpt((("Een ", False), ("bankje", True)), 40)
    assert short == (("Een ", False), ("bankje", True))
    long = search.excerpt((("woord " * 100, False), ("bankje", True), (" en zo" * 100, False)), 60)
    assert ("bankje", True) in long
    assert long[0][0].startswith("…")
    assert long[-1][0].endswith("…")
    assert sum(len(text) for text, _ in long) < 80


def test_other_workshops_are_not_looked_in(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    share("Een bankje.")
    assert not house.store.read(search.found, "0" * 26, "bankje")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@example(typed="0\\")
@given(typed=st.text(max_size=60) | st.text("\"*()-+:^{}[]'’ anordANDORNOTNEAR\\\0\2\3", max_size=30))
def test_whatever_is_typed_is_no_error(house: House, workshop: Workshop, share: Share, typed: str) -> None:
    assert house.store.read(search.found, workshop.id, typed) is not None


def test_what_is_taken_away_is_found_nowhere_at_once_and_comes_back_when_brought_back(
    house: House, workshop: Workshop, share: Share
) -> None:
    idea = share("Een bankje.")
    assert found(house, workshop, "bankje")
    taken = house.store.write(ideas.withdraw, idea)
    assert not house.store.read(search.found, workshop.id, "bankje")
    assert not found(house, workshop, "bankje")
    assert not found(house, workshop, f"{idea.nr}")
    house.store.write(ideas.bring_back, taken)
    assert found(house, workshop, "bankje")


def test_words_that_changed_are_not_shown_as_they_were(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    idea = share("Een bankje.")
    found(house, workshop, "bankje")
    house.store.write(ideas.change_words, idea, "Een fietspad.", "everyone")
    assert not house.store.read(search.found, workshop.id, "bankje")
    assert list(found(house, workshop, "fietspad")) == [idea.id]
    assert not found(house, workshop, "bankje")


def test_after_erasing_no_byte_of_the_words_is_in_any_file(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    for number in range(60):
        share(f"Een bankje bij de bushalte nummer {number}.")
    idea = share("Mijn buurvrouw Xylotheria is ziek.", maker="Quirijnsdochter")
    assert found(house, workshop, "xylotheria")
    corrected = house.store.write(curating.correct, idea, facilitator.id, "Iemand die Zwaluwstaartje heet is ziek.")
    assert found(house, workshop, "zwaluwstaartje")
    house.store.write(ideas.withdraw, corrected)
    clock.shift(minutes=31)
    house.store.write(forgetting.erase_due)
    house.store.forget()
    for word in (b"xylotheria", b"quirijnsdochter", b"zwaluwstaartje"):
        assert not [path.name for path in _files(house) if word in path.read_bytes().lower()]
    assert len(found(house, workshop, "bushalte")) == 60


def test_a_copy_of_the_store_can_be_looked_in(house: House, workshop: Workshop, share: Share, tmp_path: Path) -> None:
    gone = share("Een fietspad.")
    house.store.write(ideas.withdraw, gone)
    idea = share("Een bankje.")
    clock.shift(minutes=31)
    house.store.write(forgetting.erase_due)
    assert found(house, workshop, "bankje")
    house.store.copy_to(tmp_path / "copy.db")
    copy = open_store(tmp_path / "copy.db")
    try:
        if copy.read(search.behind):  # its index is made when somebody looks
            copy.write(search.catch_up)
        assert list(copy.read(search.found, workshop.id, "bankje")) == [idea.id]
        assert copy.sound()
    finally:
        copy.close()


def _files(house: House) -> list[Path]:
    return [path for path in house.settings.data.rglob("*") if path.is_file()]
