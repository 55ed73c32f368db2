"""Choosing with dots: everybody as many, each phone and stub once, and nothing to be seen before it is shown."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from tests import rounding
from tests.conftest import Visit
from workshop.domain import (
    decisions,
    facilitators,
    ideas,
    joining,
    round_results,
    rounds,
    slips,
    support,
    walls,
    workshops,
)
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.round_results import Results
from workshop.domain.rounds import Round
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.store import open_store
from workshop.store.migrations import migrations


@pytest.fixture
def three(house: House, door: Door) -> list[Idea]:
    """Three ideas on a card: a bench, eating together, lamps."""
    return rounding.shared(house, door)


@pytest.fixture
def choosing(house: House, facilitator: Facilitator, three: list[Idea]) -> Round:
    """An open round about the three ideas: everybody has three dots."""
    return rounding.opened(house, facilitator, three)


def shown(house: House, about: Round, who: Facilitator) -> Results:
    now = house.store.write(rounds.show, about, who.id)
    found = house.store.read(round_results.results, now)
    assert found is not None
    return found


def dots_of(found: Results) -> dict[int, int]:
    return {one.nrs[0]: one.dots for one in found.scores}


def test_dots_of_phones_are_one_tally_once_it_is_shown(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round
) -> None:
    bench, eating, lamps = (one.id for one in three)
    house.store.write(rounds.give, choosing, "device:a", {bench: 2, eating: 1}, device="a")
    house.store.write(rounds.give, choosing, "device:b", {bench: 1, lamps: 1}, device="b")
    found = shown(house, choosing, facilitator)
    assert dots_of(found) == {three[0].nr: 3, three[1].nr: 1, three[2].nr: 1}
    assert (found.dots, found.people, found.by_channel) == (5, 2, {"phone": 5})
    assert found.scores[0].people == 2


def test_more_dots_than_everybody_has_are_refused_and_what_was_given_stays(
    house: House, three: list[Idea], choosing: Round
) -> None:
    bench = three[0].id
    house.store.write(rounds.give, choosing, "device:a", {bench: 3}, device="a")
    for given, code in (({bench: 4}, "dots_many"), ({bench: -1, three[1].id: 3}, "dots_odd")):
        with pytest.raises(Refused) as refused:
            house.store.write(rounds.give, choosing, "device:a", given, device="a")
        assert refused.value.code == code
    mine = house.store.read(rounds.given_by, choosing, "device:a", "a")
    assert mine is not None
    assert mine.dots[bench] == 3


def test_the_last_word_counts_and_an_idea_left_out_has_no_dots_any_more(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round
) -> None:
    for given in ({three[0].id: 3}, {three[1].id: 2}, {three[1].id: 2}, {"another idea": 1, three[1].id: 2}):
        house.store.write(rounds.give, choosing, "device:a", given, device="a")
    assert dots_of(shown(house, choosing, facilitator)) == {three[1].nr: 2, three[0].nr: 0, three[2].nr: 0}


def test_one_person_with_a_stub_and_a_phone_counts_once_whichever_they_use(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round
) -> None:
    bench, eating, lamps = (one.id for one in three)
    house.store.write(rounds.give, choosing, "device:a", {bench: 3}, device="a")
    house.store.write(rounds.give, choosing, "slip:12345674", {eating: 3}, device="a")
    house.store.write(rounds.give, choosing, "slip:12345674", {lamps: 3}, device="another phone")
    part = house.store.read(rounds.took_part, choosing)
    assert (part.phones, part.stubs) == (0, 1)
    assert house.store.read(rounds.given_by, choosing, "slip:12345674").dots[lamps] == 3  # type: ignore[union-attr] # just given
    found = shown(house, choosing, facilitator)
    assert (found.dots, found.people, dots_of(found)[three[2].nr]) == (3, 1, 3)


def test_a_phone_that_forgot_its_stub_still_counts_once(house: House, three: list[Idea], choosing: Round) -> None:
    house.store.write(rounds.give, choosing, "slip:12345674", {three[0].id: 2}, device="a")
    mine = house.store.read(rounds.given_by, choosing, "device:a", "a")
    assert mine is not None
    assert mine.dots[three[0].id] == 2
    house.store.write(rounds.give, choosing, "device:a", {three[1].id: 1}, device="a")
    part = house.store.read(rounds.took_part, choosing)
    assert (part.phones, part.stubs) == (1, 0)


def test_nobody_chooses_before_it_opens_after_it_closes_or_in_a_closed_workshop(
    house: House, facilitator: Facilitator, three: list[Idea], workshop: Workshop
) -> None:
    made = house.store.write(rounds.make, workshop.id, "Wat eerst?", 3, [one.id for one in three], facilitator.id)

    def refused() -> None:
        with pytest.raises(Refused, match="over"):
            house.store.write(rounds.give, made, "device:a", {three[0].id: 1}, device="a")

    refused()
    house.store.write(rounds.begin, made, facilitator.id)
    house.store.write(workshops.close, workshop.id)
    assert house.store.read(rounds.open_now, workshop.id) == []
    refused()
    house.store.write(workshops.reopen, workshop.id)
    assert [one.id for one in house.store.read(rounds.open_now, workshop.id)] == [made.id]
    house.store.write(rounds.give, made, "device:a", {three[0].id: 1}, device="a")
    house.store.write(rounds.close, made, facilitator.id)
    refused()


def test_a_round_is_opened_closed_shown_and_opened_again_and_every_step_has_a_name(
    house: House, facilitator: Facilitator, choosing: Round
) -> None:
    write, who = house.store.write, facilitator.id
    states = [choosing.state]
    for step in (rounds.close, rounds.close, rounds.show, rounds.show, rounds.begin, rounds.show, rounds.hide):
        states.append(write(step, choosing, who).state)
    assert states == ["open", "closed", "closed", "shown", "shown", "open", "shown", "closed"]
    steps = house.store.read(rounds.steps, choosing)
    assert [one["what"] for one in steps] == ["made", "opened", "closed", "shown", "opened", "shown", "hidden"]
    assert {one["who"] for one in steps} == {"Anna"}


@pytest.mark.parametrize(
    ("title", "dots", "many", "code"),
    [(" ", 3, 3, "round_title"), ("x" * 101, 3, 3, "round_title_long"), ("Wat?", 0, 3, "round_dots"),
     ("Wat?", 13, 3, "round_dots"), ("Wat?", 3, 1, "round_ideas")],
)  # fmt: skip
def test_a_round_that_makes_no_sense_is_refused(
    house: House, facilitator: Facilitator, three: list[Idea], title: str, dots: int, many: int, code: str
) -> None:
    chosen = [one.id for one in three[:many]] + [three[0].id, "no idea at all"]
    with pytest.raises(Refused) as refused:
        house.store.write(rounds.make, three[0].workshop_id, title, dots, chosen, facilitator.id)
    assert refused.value.code == code
    assert house.store.read(rounds.of_workshop, three[0].workshop_id) == []


def test_ideas_that_were_set_aside_held_or_joined_are_not_among_the_choices(
    house: House, facilitator: Facilitator, door: Door
) -> None:
    aside, gone, left, right, plain = rounding.shared(house, door, ["opzij", "weg", "links", "rechts", "gewoon"])
    write = house.store.write
    write(ideas.apply, aside, facilitator.id, "set aside", status="set_aside")
    write(ideas.withdraw, gone)
    joined = write(joining.join, door.workshop_id, [left.id, right.id], "samen", facilitator.id)
    found = house.store.read(rounds.candidates, door.workshop_id)
    assert [one.id for one in found] == [plain.id, joined.id]


def test_results_are_nobodys_until_they_are_shown_and_hidden_again_when_choosing_goes_on(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round, workshop: Workshop
) -> None:
    house.store.write(rounds.give, choosing, "device:a", {three[0].id: 3}, device="a")
    house.store.write(rounds.type_count, choosing, three[0].id, 40, facilitator.id)

    def everywhere() -> tuple[object, ...]:
        read = house.store.read
        tally = read(support.tally, three[0])
        return read(round_results.results, choosing), tally.dots, read(support.tallies, workshop.id)

    nothing = (None, 0, {})
    assert everywhere() == nothing
    house.store.write(rounds.close, choosing, facilitator.id)
    assert everywhere() == nothing
    house.store.write(rounds.show, choosing, facilitator.id)
    assert everywhere() != nothing
    assert everywhere()[1] == 43
    house.store.write(rounds.begin, choosing, facilitator.id)
    assert everywhere() == nothing
    stale = replace(choosing, shown_at="2027-01-01")  # what somebody holds is not what counts
    assert house.store.read(round_results.results, stale) is None


def test_a_count_by_hand_typed_again_replaces_and_sides_add_up(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round
) -> None:
    bench = three[0].id
    for count, side in ((12, ""), (14, ""), (6, "burger"), (5, "burger"), (30, "professional"), (0, "gemeente")):
        house.store.write(rounds.type_count, choosing, bench, count, facilitator.id, side)
    found = shown(house, choosing, facilitator)
    assert found.by_channel == {"typed": 49}
    assert found.people == 5 + 2 + 10  # 14, 5 and 30 dots of three each
    for count, key, code in ((1000, bench, "count_odd"), (-1, bench, "count_odd"), (1, "elsewhere", "no_idea")):
        with pytest.raises(Refused) as refused:
            house.store.write(rounds.type_count, choosing, key, count, facilitator.id)
        assert refused.value.code == code


def test_joining_counts_dots_together_and_people_once_and_taking_apart_gives_them_back(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round, workshop: Workshop
) -> None:
    bench, eating, lamps = (one.id for one in three)
    write = house.store.write
    write(rounds.give, choosing, "device:a", {bench: 1, eating: 1}, device="a")
    write(rounds.give, choosing, "device:b", {eating: 1, lamps: 2}, device="b")
    apart = shown(house, choosing, facilitator)
    joined = write(joining.join, workshop.id, [bench, eating], "Een bank om te eten", facilitator.id)
    found = house.store.read(round_results.results, choosing)
    assert found is not None
    top = found.scores[0]
    assert (top.nrs, top.dots, top.people) == ((three[0].nr, three[1].nr), 3, 2)
    assert top.idea is not None
    assert top.idea.words == "Een bank om te eten"
    assert house.store.read(support.tally, joined).dots == 3
    write(joining.take_apart, joined, facilitator.id)
    again = house.store.read(round_results.results, choosing)
    assert again is not None
    assert [(one.nrs, one.dots) for one in again.scores] == [(s.nrs, s.dots) for s in apart.scores]


def test_an_idea_its_maker_took_away_has_no_words_in_the_result_and_cannot_be_chosen(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round
) -> None:
    house.store.write(rounds.give, choosing, "device:a", {three[0].id: 2}, device="a")
    house.store.write(ideas.withdraw, three[0])
    assert [one.id for one in house.store.read(rounds.for_group, choosing)] == [three[1].id, three[2].id]
    found = shown(house, choosing, facilitator)
    assert (found.scores[0].idea, found.scores[0].nrs, found.scores[0].dots) == (None, (three[0].nr,), 2)


def test_what_came_while_the_wall_is_hidden_is_not_on_the_phones(
    house: House, facilitator: Facilitator, door: Door, workshop: Workshop
) -> None:
    early = rounding.shared(house, door)
    house.store.write(workshops.hide, workshop.id)
    (late,) = rounding.shared(house, door, ["later"])
    about = rounding.opened(house, facilitator, [*early, late])
    assert late.id not in {one.id for one in house.store.read(rounds.for_group, about)}
    house.store.write(workshops.reveal, workshop.id)
    assert late.id in {one.id for one in house.store.read(rounds.for_group, about)}


def test_groups_of_fewer_than_five_are_never_shown_nor_found_by_subtracting(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round
) -> None:
    def vote(many: int, side: str) -> None:
        for turn in range(many):
            name = f"{side}{turn}"
            house.store.write(rounds.give, choosing, f"device:{name}", {three[0].id: 1}, device=name, perspective=side)

    vote(7, "burger")
    vote(5, "client")
    vote(2, "gemeente")
    found = shown(house, choosing, facilitator)
    assert found.by_side == {"burger": 7, "": 7}, "two of the municipality would be found by subtracting"
    assert found.scores[0].by_side == {"burger": 7, "": 7}
    house.store.write(rounds.begin, choosing, facilitator.id)
    vote(5, "gemeente")
    assert shown(house, choosing, facilitator).by_side == {"burger": 7, "client": 5, "gemeente": 5}


def test_few_people_in_all_have_no_sides(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round
) -> None:
    for name, side in (("a", "gemeente"), ("b", "gemeente"), ("c", "")):
        house.store.write(rounds.give, choosing, f"device:{name}", {three[0].id: 1}, device=name, perspective=side)
    found = shown(house, choosing, facilitator)
    assert (found.by_side, found.warnings) == ({}, ())


def test_the_desk_is_warned_when_one_side_gave_more_than_half_or_all_that_is_chosen_is_theirs(
    house: House, facilitator: Facilitator, door: Door
) -> None:
    theirs = rounding.shared(house, door, ["een", "twee", "drie"], perspective="professional")
    (ours,) = rounding.shared(house, door, ["vier"], perspective="burger")
    about = rounding.opened(house, facilitator, [*theirs, ours])
    for turn in range(6):
        given = {one.id: 1 for one in theirs}
        house.store.write(rounds.give, about, f"device:p{turn}", given, device=f"p{turn}", perspective="professional")
    for turn in range(5):
        house.store.write(rounds.give, about, f"device:b{turn}", {ours.id: 3}, device=f"b{turn}", perspective="burger")
    found = shown(house, about, facilitator)
    assert ("most_from", "professional") in found.warnings
    assert ("all_from", "professional") not in found.warnings, "the idea of a resident got most dots"
    house.store.write(rounds.begin, about, facilitator.id)
    for turn in range(5):
        house.store.write(rounds.give, about, f"device:b{turn}", {}, device=f"b{turn}", perspective="burger")
    assert set(shown(house, about, facilitator).warnings) == {
        ("most_from", "professional"), ("all_from", "professional")
    }  # fmt: skip


def test_a_room_that_chooses_at_once_loses_no_dot_and_counts_nobody_twice(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round
) -> None:
    def choose(phone: int) -> None:
        for key in (three[1].id, three[0].id):  # everybody thinks again
            house.store.write(rounds.give, choosing, f"device:{phone}", {key: 3}, device=str(phone))

    phones = [threading.Thread(target=choose, args=(phone,)) for phone in range(30)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    found = shown(house, choosing, facilitator)
    assert (dots_of(found)[three[0].nr], found.dots, found.people) == (90, 90, 30)


def test_a_decision_does_not_move_a_dot(
    house: House, facilitator: Facilitator, three: list[Idea], choosing: Round
) -> None:
    house.store.write(rounds.give, choosing, "device:a", {three[0].id: 3}, device="a")
    house.store.write(decisions.prepare, three[0], decisions.Plan("make"), facilitator.id)
    assert dots_of(shown(house, choosing, facilitator))[three[0].nr] == 3


def test_dots_are_for_the_group_of_this_workshop_only(
    house: House, door: Door, choosing: Round, three: list[Idea], visit: Visit
) -> None:
    stranger = visit()
    for address in (f"/ronde/{choosing.id}", f"/ronde/{choosing.id}/bedankt", "/ronde/01M83EVZWEF6C271JHQ8479YYF"):
        answer = stranger.get(address)
        assert answer.status_code == 404
        assert three[0].words not in answer.text
    assert stranger.post(f"/ronde/{choosing.id}", data={f"stippen-{three[0].id}": "3"}).status_code == 404
    assert house.store.read(rounds.took_part, choosing).phones == 0
    friend = visit()
    friend.get(f"/{door.scanned}")
    assert three[0].words in friend.get(f"/ronde/{choosing.id}").text


def test_whoever_holds_a_stub_may_choose_and_is_known_by_its_number(
    house: House, choosing: Round, three: list[Idea], visit: Visit, workshop: Workshop
) -> None:
    series = house.store.write(slips.order, workshop.id, kind="a6", count=1, language="nl")
    (slip,) = house.store.read(slips.of_series, series)
    phone = visit()
    assert phone.post("/strookje", data={"nummer": slip.number, "woorden": slip.stub_words}).status_code == 303
    assert f"/ronde/{choosing.id}" in phone.get(f"/strookje/{slip.number}").text
    answer = phone.post(f"/ronde/{choosing.id}", data={f"stippen-{three[0].id}": "2"})
    assert answer.status_code == 303
    part = house.store.read(rounds.took_part, choosing)
    assert (part.phones, part.stubs) == (0, 1)
    assert house.store.read(rounds.given_by, choosing, f"slip:{slip.number}").dots[three[0].id] == 2  # type: ignore[union-attr] # just given


def test_a_round_is_made_for_the_ideas_of_one_workshop(
    house: House, facilitator: Facilitator, workshop: Workshop, choosing: Round
) -> None:
    other = house.store.write(workshops.make, facilitator.id, workshops.details(workshop))
    with pytest.raises(Refused, match="round"):
        house.store.read(rounds.find, other.id, choosing.id)
    with pytest.raises(Refused):
        house.store.write(rounds.make, other.id, "Wat?", 3, list(choosing.idea_ids), facilitator.id)


def test_rounds_from_before_sheets_and_steps_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Migrations("werkplaats")
    before._migrations = [one for one in migrations._migrations if one.name < "011_rounds"]
    with monkeypatch.context() as patch:
        patch.setattr("workshop.store.sqlite.migrations", before)
        open_store(tmp_path / "w.db").close()
    with closing(sqlite3.connect(tmp_path / "w.db")) as old:
        old.executescript("""
            insert into workshop (id, name, question, language, address, contact_name, contact_phone,
                                  word_misses_reset_at, made_at)
            values ('K', 'De Linde', 'Wat?', 'nl', '', '', '', '', '');
            insert into round (id, workshop_id, title, dots, made_at, opened_at) values ('R', 'K', 'Wat?', 3, '1', '2');
            insert into wall (id, workshop_id, key, audience, round_id, made_at)
            values ('W', 'K', 'k', 'group', 'R', '');
        """)
    store = open_store(tmp_path / "w.db")
    (kept,) = store.read(rounds.of_workshop, "K")
    assert (kept.title, kept.dots, kept.state) == ("Wat?", 3, "open")
    assert store.read(walls.find, "K", "W").round_id == "R"
    who = store.write(facilitators.make, "Anna")
    assert store.write(rounds.close, kept, who.id).state == "closed"
    store.close()
