"""Results: what they are made of, who made them, what of them may be shown, and going back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.desk_people import Share, bram
from tests.desk_people import share as share
from workshop import clock, ids
from workshop.domain import curating, forgetting, ideas, joining, results, staying
from workshop.domain import workshops as rows
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.results import Content, Draft, Result
from workshop.domain.workshops import Workshop
from workshop.errors import Refused, Stale
from workshop.house import House
from workshop.store import Tx


def make(house: House, workshop: Workshop, facilitator: Facilitator, *found: Idea, **more: object) -> Result:
    draft = Draft("De koffietuin", ideas=tuple(one.nr for one in found), **more)  # type: ignore[arg-type]
    return house.store.write(results.make, workshop.id, draft, facilitator.id)


def seen(house: House, result: Result, audience: str = "group") -> Content:
    return house.store.read(results.content, result, audience)


def last_step(house: House, result: Result) -> str:
    done = house.store.read(results.last_done, result)
    return done.id if done else ""


def undo(house: House, result: Result, facilitator: Facilitator, there: Callable[[str], bool] = bool) -> Result:
    """Undo what was done last."""
    return house.store.write(results.undo, result, facilitator.id, last_step(house, result), there).result


def trial(house: House, workshop: Workshop, facilitator: Facilitator, title: str, lesson: str = "") -> str:
    def work(tx: Tx) -> str:
        key = ids.new()
        tx._connection.execute(
            "insert into trial (id, workshop_id, title, question, tried, lesson, made_by, made_at)"
            " values (?, ?, ?, '', ?, ?, ?, ?)",
            (key, workshop.id, title, f"We probeerden: {title}.", lesson, facilitator.id, clock.now()),
        )
        return key

    return house.store.write(work)


def test_a_result_is_made_once_of_ideas_by_number(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one, two = share("Een tuin."), share("Koffie buiten.")
    first = make(house, workshop, facilitator, two, one)
    assert make(house, workshop, facilitator, two, one) == first
    assert first.ideas == (one.nr, two.nr)
    assert house.store.read(results.of_workshop, workshop.id) == [first]
    assert seen(house, first).numbers == (one.nr, two.nr)


def test_two_results_with_one_title_and_other_words_are_both_kept(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    stories = ("Bij de deur.", "In de tuin.")
    made = [
        house.store.write(results.make, workshop.id, Draft("Bankje", story), who)
        for story, who in zip(stories, (facilitator.id, bram(house)), strict=True)
    ]
    assert tuple(one.story for one in made) == stories
    assert house.store.read(results.of_workshop, workshop.id) == made


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("result_title", {"title": "  "}),
        ("result_long", {"story": "x" * 1501}),
        ("result_idea", {"ideas": (99,)}),
        ("result_alt", {"picture": f"{'0' * 64}.jpg"}),
    ],
)
def test_a_result_that_is_not_right_says_why(
    house: House, workshop: Workshop, facilitator: Facilitator, code: str, more: dict[str, object]
) -> None:
    with pytest.raises(Refused) as refused:
        house.store.write(results.make, workshop.id, replace(Draft("Tuin"), **more), facilitator.id)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert house.store.read(results.of_workshop, workshop.id) == []


def test_makers_are_named_only_when_they_chose_so_and_everybody_else_is_counted(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    found = (
        share("Een tuin.", "everyone_named", maker="Riet"),
        share("Koffie buiten.", "everyone_named", maker="riet"),
        share("Een bankje.", "everyone", maker="Truus"),
        share("Alleen wij.", "group", maker="Wim"),
        share("Met thee.", "everyone_named", maker="Ans"),
    )
    result = make(house, workshop, facilitator, *found)
    there = seen(house, result)
    assert there.names == ("Ans", "Riet")
    assert there.nameless == 2
    assert len(there.quotes) == 5
    hall = seen(house, result, "everyone")
    assert [one.words for one in hall.quotes] == ["Een tuin.", "Koffie buiten.", "Een bankje.", "Met thee."]
    assert hall.unseen == 1
    assert {one.name for one in hall.quotes} == {"Riet", "riet", "", "Ans"}


def test_a_joined_idea_counts_with_all_its_originals_before_and_after(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one, two, three = share("Een tuin."), share("Koffie buiten."), share("Tuin met koffie.")
    result = make(house, workshop, facilitator, one)
    joined = house.store.write(joining.join, workshop.id, [one.id, two.id, three.id], "Koffietuin", facilitator.id)
    assert seen(house, result).numbers == (one.nr, two.nr, three.nr)
    other = house.store.write(results.make, workshop.id, Draft("Later", ideas=(joined.nr,)), facilitator.id)
    assert seen(house, other).nameless == 3
    house.store.write(lambda tx: joining.take_apart(tx, ideas.by_key(tx, workshop.id, joined.id), facilitator.id))
    assert seen(house, other).numbers == (one.nr, two.nr, three.nr)
    assert seen(house, result).numbers == (one.nr,)


def test_what_stays_in_the_group_is_counted_and_never_quoted(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    secret, open_one = share("Mijn verdriet.", "everyone_named", maker="Wim"), share("Een tuin.")
    result = make(house, workshop, facilitator, secret, open_one)
    house.store.write(lambda tx: staying.mark(tx, ideas.by_key(tx, workshop.id, secret.id), facilitator.id))
    for audience in ("group", "everyone"):
        there = seen(house, result, audience)
        assert [one.words for one in there.quotes] == ["Een tuin."]
        assert (there.names, there.nameless, there.unseen) == ((), 2, 1)


def test_what_was_held_set_aside_hidden_or_taken_away_is_not_quoted(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    aside, away, shown = share("Iets lelijks."), share("Toch niet."), share("Een tuin.")
    result = make(house, workshop, facilitator, aside, away, shown)
    house.store.write(
        lambda tx: curating.set_aside(tx, ideas.by_key(tx, workshop.id, aside.id), facilitator.id, "Nee.")
    )
    house.store.write(lambda tx: ideas.withdraw(tx, ideas.by_key(tx, workshop.id, away.id)))
    there = seen(house, result)
    assert [one.words for one in there.quotes] == ["Een tuin."]
    assert (there.nameless, there.unseen) == (1, 0)
    clock.shift(minutes=1)
    house.store.write(rows.hide, workshop.id)
    clock.shift(minutes=2)
    later = share("Later idee.")
    result = house.store.write(
        results.change,
        house.store.read(results.find, workshop.id, result.id),
        Draft("T", ideas=(shown.nr, later.nr)),
        facilitator.id,
    )
    assert [one.words for one in seen(house, result).quotes] == ["Een tuin."]
    clock.shift(minutes=60)
    house.store.write(forgetting.erase_due)
    assert len(seen(house, result).quotes) == 1


def test_who_added_is_a_maker_too_but_everyone_reads_it_only_after_a_person_looked(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = share("Een tuin.")
    added = share("Met een hek.", about_id=idea.id)
    result = make(house, workshop, facilitator, idea)
    assert seen(house, result).numbers == (idea.nr, added.nr)
    assert seen(house, result, "everyone").numbers == (idea.nr,)
    house.store.write(lambda tx: curating.put_on_wall(tx, ideas.by_key(tx, workshop.id, added.id), facilitator.id))
    assert seen(house, result, "everyone").numbers == (idea.nr, added.nr)


def test_what_was_tried_and_learned_comes_from_its_trials_until_somebody_writes_it(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    one = trial(house, workshop, facilitator, "Koffie op dinsdag", "Dinsdag is te druk.")
    two = trial(house, workshop, facilitator, "Koffie op vrijdag")
    result = make(house, workshop, facilitator, trials=(one,))
    assert result.tried == "We probeerden: Koffie op dinsdag."
    assert result.learned == "Dinsdag is te druk."
    draft = Draft("De koffietuin", tried="", learned="Rust helpt.", trials=(one, two))
    now = house.store.write(results.change, result, draft, facilitator.id)
    assert now.tried == "We probeerden: Koffie op vrijdag."
    assert now.learned == "Rust helpt."
    assert now.trials == (one, two)


def test_two_people_cannot_overwrite_each_other(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    result = make(house, workshop, facilitator)
    house.store.write(results.change, result, Draft("De theetuin"), bram(house))
    with pytest.raises(Stale) as stale:
        house.store.write(results.change, result, Draft("De soeptuin"), facilitator.id)
    assert stale.value.now.title == "De theetuin"  # type: ignore[attr-defined]


def test_every_change_is_undone_step_by_step_and_done_again(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = share()
    first = make(house, workshop, facilitator)
    changed = house.store.write(
        results.change, first, Draft("De theetuin", story="Thee.", ideas=(idea.nr,)), facilitator.id
    )
    undone = undo(house, changed, facilitator)
    assert (undone.title, undone.story, undone.ideas) == ("De koffietuin", "", ())
    again = undo(house, undone, facilitator)
    assert (again.title, again.ideas) == ("De theetuin", (idea.nr,))
    gone = house.store.write(results.remove, again, facilitator.id)
    assert house.store.write(results.remove, gone, facilitator.id) == gone
    assert house.store.read(results.of_workshop, workshop.id) == []
    back = undo(house, gone, facilitator)
    assert house.store.read(results.of_workshop, workshop.id) == [back]


def test_the_same_step_undone_twice_is_once(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    changed = house.store.write(
        results.change, make(house, workshop, facilitator), Draft("De theetuin"), facilitator.id
    )
    step = last_step(house, changed)
    for _ in range(2):
        undone = house.store.write(results.undo, changed, facilitator.id, step).result
        assert undone.title == "De koffietuin"


def test_undoing_leaves_alone_what_somebody_else_did_since(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    mine = house.store.write(results.change, make(house, workshop, facilitator), Draft("De theetuin"), facilitator.id)
    step = last_step(house, mine)
    house.store.write(results.change, mine, Draft("De theetuin", story="Er is thee."), bram(house))
    with pytest.raises(Stale) as stale:
        house.store.write(results.undo, mine, facilitator.id, step)
    assert stale.value.now.story == "Er is thee."  # type: ignore[attr-defined]


def test_a_new_result_has_nothing_to_undo(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    with pytest.raises(Refused, match="nothing_to_undo"):
        house.store.write(results.undo, make(house, workshop, facilitator), facilitator.id, "")


def test_undoing_a_change_of_picture_leaves_out_one_that_is_erased(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    file = f"{'ab' * 32}.jpg"
    first = make(house, workshop, facilitator, picture=file, picture_alt="Een tuin")
    assert house.store.read(forgetting.unused, [file]) == []
    away = house.store.write(results.change, first, Draft("De koffietuin", picture=""), facilitator.id)
    assert house.store.read(forgetting.unused, [file]) == [file]
    assert undo(house, away, facilitator, lambda _: False).picture == ""
