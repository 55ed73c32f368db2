"""Looking back in three layers: the third is for who wrote it, and counting says nothing of what it says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk_people import bram
from workshop import clock, ids
from workshop.domain import doors, ideas, meetings, network_cards, reflections, trials
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Sent
from workshop.domain.meetings import Meeting
from workshop.domain.reflections import About, Reflection
from workshop.domain.workshops import Workshop
from workshop.errors import Refused, Stale
from workshop.house import House

SECRET = "Ik wil minder praten dan zij."


def held(house: House, workshop: Workshop, days: int) -> Meeting:
    date = (clock.today() - timedelta(days=days)).isoformat()
    return house.store.write(meetings.add, workshop.id, meetings.About(date))


@pytest.fixture
def meeting(house: House, workshop: Workshop) -> Meeting:
    """A meeting of last week."""
    return held(house, workshop, 7)


def wrote(house: House, meeting: Meeting, layer: str, words: str, who: str, **more: object) -> Reflection | None:
    about = About(meeting.id)
    return house.store.write(reflections.write, meeting.workshop_id, about, layer, words, who, **more)  # type: ignore[arg-type] # share and seen


def read_by(house: House, workshop: Workshop, who: str) -> list[str]:
    return [one.words for one in house.store.read(reflections.seen_by, workshop.id, who)]


def test_the_first_two_layers_are_read_by_both_facilitators(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    wrote(house, meeting, "doing", "De pauze was te kort.", facilitator.id)
    wrote(house, meeting, "thinking", "Waarom beginnen we altijd met praten?", facilitator.id)
    assert len(read_by(house, workshop, bram(house))) == 2


def test_the_third_layer_is_read_by_nobody_but_its_writer(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    wrote(house, meeting, "being", SECRET, facilitator.id)
    assert read_by(house, workshop, facilitator.id) == [SECRET]
    assert read_by(house, workshop, bram(house)) == []
    assert house.store.read(reflections.shared, workshop.id) == []


def test_the_third_layer_is_shared_only_by_its_writer_and_can_be_private_again(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    other = bram(house)
    one = wrote(house, meeting, "being", SECRET, facilitator.id, share=True)
    assert one
    assert read_by(house, workshop, other) == [SECRET]
    wrote(house, meeting, "being", SECRET, facilitator.id, seen=one.version)
    assert read_by(house, workshop, other) == []


def test_what_is_emptied_is_gone_for_everyone_and_comes_back_for_its_writer(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    other = bram(house)
    one = wrote(house, meeting, "being", SECRET, facilitator.id, share=True)
    assert one
    wrote(house, meeting, "being", "", facilitator.id, seen=one.version)
    assert read_by(house, workshop, facilitator.id) == read_by(house, workshop, other) == []
    house.store.write(reflections.bring_back, workshop.id, About(meeting.id), "being", facilitator.id)
    assert read_by(house, workshop, facilitator.id) == [SECRET]
    assert read_by(house, workshop, other) == []


def test_the_same_words_twice_are_once_and_another_window_never_overwrites(
    house: House, workshop: Workshop, meeting: Meeting, facilitator: Facilitator
) -> None:
    one = wrote(house, meeting, "doing", "De pauze was te kort.", facilitator.id)
    again = wrote(house, meeting, "doing", "De pauze was te kort.", facilitator.id)
    assert one == again
    assert one
    wrote(house, meeting, "doing", "De pauze was goed.", facilitator.id, seen=one.version)
    with pytest.raises(Stale):
        wrote(house, meeting, "doing", "Nog iets anders.", facilitator.id, seen=one.version)


def test_coverage_counts_the_meetings_held_and_the_cards_that_came_in(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    first, second = held(house, workshop, 50), held(house, workshop, 8)
    wrote(house, first, "doing", "Goed.", facilitator.id)
    wrote(house, second, "doing", "Ook goed.", facilitator.id)
    wrote(house, second, "doing", "Prima.", bram(house))
    card = next(key for key, layer in network_cards.LAYERS.items() if layer == "being")
    door = house.store.write(doors.open_for, workshop.id, [card])[card]
    house.store.write(ideas.place, door, Sent("Ik wil luisteren.", "group", ids.token(), ids.token(), "qr"))
    assert house.store.read(reflections.coverage, workshop.id) == {"doing": 2, "thinking": 0, "being": 1}
    found = house.store.read(reflections.covered, workshop.id)
    assert len(found.meetings) == 2  # the one that is planned was not held
    assert found.meetings[1][1] == {"doing", "being"}
    assert found.cards == {"being": 1}


def test_one_looks_back_at_a_trial_just_as_at_a_meeting(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    about = trials.About("Samen eten", "Komen er mensen?")
    trial = house.store.write(trials.make, workshop.id, about, facilitator.id)
    looked = About(trial_id=trial.id)
    house.store.write(reflections.write, workshop.id, looked, "thinking", "Waarom eten?", facilitator.id)
    mine = house.store.read(reflections.mine, workshop.id, looked, "thinking", facilitator.id)
    assert mine
    assert mine.words == "Waarom eten?"


def test_nobody_looks_back_at_what_is_not_there(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    for about, layer, code in (
        (About("weg"), "doing", "no_meeting"),
        (About(trial_id="weg"), "doing", "no_trial"),
        (About("weg"), "voelen", "layer_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            house.store.write(reflections.write, workshop.id, about, layer, "Iets.", facilitator.id)
        assert refused.value.code == code
