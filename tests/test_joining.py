"""Joining keeps everybody, and taking apart brings back just what was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import piles
from workshop import clock
from workshop.domain import answers, curating, decisions, forgetting, ideas, joining, support, themes
from workshop.domain.decisions import Plan
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Sent
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.store import Tx

pytestmark = pytest.mark.grown

Give = Callable[..., Idea]


@pytest.fixture
def give(house: House, door: Door) -> Give:
    """Somebody shares an idea: `give("Een bankje")`."""

    def place(words: str, visibility: str = "everyone", **more: object) -> Idea:
        sent = Sent(words, visibility, f"key {words}", f"phone {words}", "qr", **more)  # type: ignore[arg-type]
        return house.store.write(ideas.place, door, sent)

    return place


def in_one(work: Callable[..., object]) -> Callable[..., object]:
    """Return this work as one thing with one undo."""

    def run(tx: Tx, *args: object) -> tuple[object, str]:
        with curating.as_one(tx) as batch:
            return work(tx, *args), batch

    return run


def again(house: House, idea: Idea) -> Idea:
    return house.store.read(ideas.by_key, idea.workshop_id, idea.id)


def joined(house: House, facilitator: Facilitator, *found: Idea, words: str = "") -> tuple[Idea, str]:
    keys = [one.id for one in found]
    return house.store.write(in_one(joining.join), found[0].workshop_id, keys, words, facilitator.id)  # type: ignore[return-value]


def test_a_joined_idea_shows_the_words_of_everybody_until_somebody_writes_them_together(
    house: House, facilitator: Facilitator, door: Door, give: Give
) -> None:
    one, two = give("Een bankje bij de bus"), give("Zitten bij de halte")
    made, _ = joined(house, facilitator, one, two)
    [shown] = house.store.read(ideas.visible, door, True)
    assert (shown.id, shown.words) == (made.id, "Een bankje bij de bus\n\nZitten bij de halte")
    house.store.write(curating.correct, made, facilitator.id, "Banken bij de bushalte")
    assert house.store.read(ideas.visible, door, True)[0].words == "Banken bij de bushalte"


def test_taking_apart_restores_exactly_what_was_also_after_support_and_a_decision(
    house: House, facilitator: Facilitator, give: Give
) -> None:
    one, two = give("Een bankje bij de bus"), give("Zitten bij de halte")
    one = house.store.write(curating.put_on_wall, one, facilitator.id)
    house.store.write(decisions.prepare, one, Plan("keep", "Goed idee."), facilitator.id)
    house.store.write(support.recognise, one, "device:a", on=True)
    two = house.store.write(curating.read, two, facilitator.id)
    before = [again(house, one), again(house, two)]
    made, _ = joined(house, facilitator, one, two, words="Banken")
    house.store.write(support.recognise, made, "device:a", on=True)
    house.store.write(support.recognise, made, "device:b", on=True)
    assert house.store.read(support.tally, made).recognised == 2
    house.store.write(decisions.prepare, again(house, made), Plan("try", "Dat proberen we."), facilitator.id)
    house.store.write(in_one(answers.publish), made.workshop_id, [made.id], facilitator.id)
    assert house.store.read(answers.standing, again(house, two)).status == "try"

    house.store.write(joining.take_apart, again(house, made), facilitator.id)
    for was in before:
        now = again(house, was)
        for name in (
            "words",
            "own_words",
            "status",
            "visibility",
            "planned",
            "decided",
            "merged_into",
            "theme_id",
            "pictures",
        ):
            assert getattr(now, name) == getattr(was, name), name
        assert house.store.read(support.tally, now).recognised == 2  # nobody who stood behind it is lost
        [earlier] = house.store.read(answers.standing, now).earlier
        assert earlier.decision.reason == "Dat proberen we."


def test_joins_of_joins_keep_every_maker_and_come_apart_one_by_one(
    house: House, facilitator: Facilitator, give: Give
) -> None:
    one, two, three = give("Een bankje"), give("Zitten"), give("Rustplek")
    first, _ = joined(house, facilitator, one, two)
    second, _ = joined(house, facilitator, first, three)
    assert [leaf.id for leaf in house.store.read(joining.leaves, second)] == [one.id, two.id, three.id]
    house.store.write(joining.take_apart, again(house, first), facilitator.id)
    assert [part.id for part in house.store.read(joining.originals, again(house, second))] == [one.id, two.id, three.id]
    house.store.write(joining.take_apart, again(house, second), facilitator.id)
    assert all(again(house, idea).merged_into is None for idea in (one, two, three))


def test_undoing_a_join_and_undoing_that_again(house: House, facilitator: Facilitator, door: Door, give: Give) -> None:
    one, two = give("Een bankje"), give("Zitten")
    made, batch = joined(house, facilitator, one, two)
    assert house.store.write(curating.undo_batch, made.workshop_id, batch, facilitator.id) == (3, 0)
    assert {idea.id for idea in house.store.read(ideas.visible, door, True)} == {one.id, two.id}
    house.store.write(curating.undo, again(house, one), facilitator.id)
    assert [idea.id for idea in house.store.read(ideas.visible, door, True)] == [made.id]


def test_a_join_is_not_undone_while_it_is_part_of_another(house: House, facilitator: Facilitator, give: Give) -> None:
    one, two, three = give("Een bankje"), give("Zitten"), give("Licht")
    inner, batch = joined(house, facilitator, one, two)
    outer, _ = joined(house, facilitator, inner, three)
    assert house.store.write(curating.undo_batch, inner.workshop_id, batch, facilitator.id) == (0, 3)
    assert [leaf.id for leaf in house.store.read(joining.leaves, outer)] == [one.id, two.id, three.id]
    assert again(house, outer).visibility == "everyone"


def test_erasing_one_takes_its_words_out_of_the_history_of_the_joined_idea_and_nothing_else(
    house: House, facilitator: Facilitator, give: Give
) -> None:
    shy, open_one = give("Een geheim", "group"), give("Een bankje")
    made, _ = joined(house, facilitator, shy, open_one, words="Een geheim bankje")
    house.store.write(ideas.withdraw, again(house, shy))
    clock.shift(minutes=31)
    house.store.write(forgetting.erase_due)
    told = [(event.verb, event.before, event.after) for event in house.store.read(curating.history, again(house, made))]
    assert "geheim" not in str(told)
    assert told[-1] == ("follows", {"visibility": "group"}, {"visibility": "everyone"})


def test_a_joined_idea_is_seen_by_no_more_people_than_its_most_private_maker_chose(
    house: House, facilitator: Facilitator, door: Door, give: Give
) -> None:
    one, two = give("Een bankje", "everyone_named", maker="Truus"), give("Zitten", "group")
    house.store.write(curating.put_on_wall, one, facilitator.id)
    made, _ = joined(house, facilitator, one, two)
    assert again(house, made).status == "wall"
    assert house.store.read(ideas.visible, door, False) == []
    house.store.write(ideas.change_words, again(house, two), "Zitten", "everyone")
    assert [idea.id for idea in house.store.read(ideas.visible, door, False)] == [made.id]


def test_taking_an_idea_back_takes_its_words_out_of_what_it_was_joined_into(
    house: House, facilitator: Facilitator, door: Door, give: Give
) -> None:
    one, two = give("Een geheim bankje"), give("Zitten")
    made, _ = joined(house, facilitator, one, two, words="Het geheim van een bankje")
    house.store.write(ideas.withdraw, again(house, one))
    [shown] = house.store.read(ideas.visible, door, True)
    assert shown.words == "Zitten"
    clock.shift(minutes=31)
    house.store.write(forgetting.erase_due)
    house.store.forget()
    assert b"geheim" not in piles.every_word(house)
    house.store.write(ideas.withdraw, again(house, two))
    assert again(house, made).withdrawn_at


def test_what_cannot_be_joined_is_said(house: House, facilitator: Facilitator, give: Give) -> None:
    one, two, three = give("Een bankje"), give("Zitten"), give("Opzij")
    for keys, code in (([one.id], "join_two"), ([one.id, one.id], "join_two")):
        with pytest.raises(Refused) as refused:
            house.store.write(joining.join, one.workshop_id, keys, "", facilitator.id)
        assert refused.value.code == code
    house.store.write(curating.set_aside, three, facilitator.id, "Past niet.")
    with pytest.raises(Refused) as refused:
        house.store.write(joining.join, one.workshop_id, [one.id, three.id], "", facilitator.id)
    assert refused.value.code == "join_aside"
    joined(house, facilitator, one, two)
    with pytest.raises(Refused) as refused:
        house.store.write(joining.join, one.workshop_id, [one.id, two.id], "", facilitator.id)
    assert refused.value.code == "join_joined"


def test_themes_keep_their_ideas_in_the_order_they_were_given(
    house: House, facilitator: Facilitator, workshop: Workshop, give: Give
) -> None:
    one, two, three = give("een"), give("twee"), give("drie")
    theme = house.store.write(themes.make, workshop.id, "Buiten zitten")
    for idea in (one, two, three):
        house.store.write(themes.put, idea, theme.id, facilitator.id)
    house.store.write(themes.put, again(house, three), theme.id, facilitator.id, one.id)
    found = house.store.read(themes.in_theme, workshop.id, theme.id)
    assert [idea.words for idea in found] == ["drie", "een", "twee"]
    _, batch = house.store.write(in_one(themes.remove), theme, facilitator.id)  # type: ignore[misc]
    assert house.store.read(themes.of_workshop, workshop.id) == []
    assert len(house.store.read(themes.in_theme, workshop.id, None)) == 3
    house.store.write(themes.bring_back, workshop.id, theme.id)
    house.store.write(curating.undo_batch, workshop.id, batch, facilitator.id)
    found = house.store.read(themes.in_theme, workshop.id, theme.id)
    assert [idea.words for idea in found] == ["drie", "een", "twee"]


def test_undoing_at_the_joined_idea_lets_its_originals_stand_by_themselves_and_again_joins_them(
    house: House, facilitator: Facilitator, door: Door, give: Give
) -> None:
    one, two = give("Een bankje"), give("Zitten")
    made, _ = joined(house, facilitator, one, two)
    house.store.write(curating.undo, again(house, made), facilitator.id)
    assert {idea.id for idea in house.store.read(ideas.visible, door, True)} == {one.id, two.id}
    house.store.write(curating.undo, again(house, made), facilitator.id)
    assert [idea.id for idea in house.store.read(ideas.visible, door, True)] == [made.id]


def test_words_of_an_original_that_is_set_aside_hang_nowhere_in_a_joined_idea(
    house: House, facilitator: Facilitator, door: Door, give: Give
) -> None:
    one, two = give("Een bankje"), give("Buurman Jan is lui")
    joined(house, facilitator, one, two, words="Een bankje, want Jan is lui")
    house.store.write(curating.set_aside, again(house, two), facilitator.id, "Dit gaat over iemand.")
    [shown] = house.store.read(ideas.visible, door, True)
    assert shown.words == "Een bankje"


def test_putting_back_what_was_set_aside_keeps_the_decision_that_was_prepared(
    house: House, facilitator: Facilitator, give: Give
) -> None:
    idea = house.store.write(decisions.prepare, give("Een bankje"), Plan("make", "Goed idee."), facilitator.id)
    house.store.write(curating.set_aside, idea, facilitator.id, "Toch niet.")
    back = house.store.write(curating.restore, again(house, idea), facilitator.id)
    assert back.planned == idea.planned
