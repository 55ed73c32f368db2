"""Publishing a result answers everybody who contributed, once, merged and nameless ones included; and is undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from print.numbers import shown
from tests.desk_people import Share, now
from tests.desk_people import share as share
from tests.paper import pages, side
from workshop.cli import main
from workshop.domain import answers, curating, decisions, ideas, joining, paper, results, slips
from workshop.domain.decisions import Plan
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.results import Draft, Result
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.store import Tx

STORY = "In de binnentuin staan nu vier banken. Elke vrijdag is er koffie."


def make(house: House, workshop: Workshop, facilitator: Facilitator, *found: Idea, **more: object) -> Result:
    numbers = tuple(one.nr for one in found)
    draft = Draft("De koffietuin", STORY, next_step="Volgend jaar komt er een kas.", ideas=numbers, **more)  # type: ignore[arg-type]
    return house.store.write(results.make, workshop.id, draft, facilitator.id)


def as_now(house: House, result: Result) -> Result:
    return house.store.read(results.find, result.workshop_id, result.id)


def publish(house: House, facilitator: Facilitator, result: Result, *words: str) -> int:
    return house.store.write(results.publish, as_now(house, result), facilitator.id, *words)


def undo(house: House, facilitator: Facilitator, result: Result) -> int:
    done = house.store.read(results.last_done, result)
    assert done
    return house.store.write(results.undo, as_now(house, result), facilitator.id, done.id).left


def heard(house: House, idea: Idea) -> list[str]:
    """Return the reasons of all answers a maker got."""
    return [one.decision.reason for one in house.store.read(answers.of_idea, now(house, idea))]


def on_paper(house: House, workshop: Workshop, words: str) -> Idea:
    """Return an idea without a name that came on an idea card."""
    series = house.store.write(
        slips.order, workshop.id, kind="a6", count=1, language="nl", question="", card_id="", choices=(), seed=""
    )
    return house.store.write(paper.type_by_maker, house.store.read(slips.of_series, series)[0], words)


def test_everybody_who_contributed_is_told_what_came_of_it(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one, two, three = share("Een tuin.", maker="Riet"), share("Koffie buiten."), share("Tuin met koffie.")
    lone = share("Een hek.")
    added = share("Met thee.", about_id=lone.id)
    elsewhere = share("Een fontein.")
    joined = house.store.write(joining.join, workshop.id, [one.id, two.id, three.id], "Koffietuin", facilitator.id)
    result = make(house, workshop, facilitator, joined, lone)
    assert publish(house, facilitator, result) == 5
    said = f"Dit is ervan gekomen: De koffietuin. {STORY}"
    for idea in (one, two, three, lone, added):
        assert heard(house, idea) == [said]
        standing = house.store.read(answers.standing, now(house, idea))
        assert standing.status == "make"
        assert standing.answer
        assert standing.answer.decision.next_step == "Volgend jaar komt er een kas."
    assert heard(house, elsewhere) == []
    assert as_now(house, result).published_at


def test_merged_nameless_and_on_paper_all_get_an_answer_slip(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, tmp_path: Path
) -> None:
    drawn, phone = on_paper(house, workshop, "Een tuin op papier."), share("Koffie buiten.")
    joined = house.store.write(joining.join, workshop.id, [drawn.id, phone.id], "Koffietuin", facilitator.id)
    publish(house, facilitator, make(house, workshop, facilitator, joined))
    out = tmp_path / "antwoorden.pdf"
    said = CliRunner().invoke(main, ["answers", "--data", str(house.settings.data), "--format", "a5", "-o", str(out)])
    assert said.exit_code == 0, said.output
    pdf = out.read_bytes()
    whole = " ".join(side(pdf, page) for page in range(pages(pdf)))
    assert whole.count("Dit is ervan gekomen: De koffietuin.") == 2
    assert f"strookje {shown(drawn.slip or '')}" in whole.replace("\xa0", " ")


def test_publishing_twice_tells_nobody_twice_and_later_only_who_is_new(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one, two = share("Een tuin."), share("Koffie buiten.")
    result = make(house, workshop, facilitator, one)
    assert publish(house, facilitator, result) == 1
    first = as_now(house, result)
    assert publish(house, facilitator, result) == 0
    assert as_now(house, result) == first
    added = share("Met thee.", about_id=one.id)
    wider = house.store.write(
        results.change, first, Draft("De theetuin", STORY, ideas=(one.nr, two.nr)), facilitator.id
    )
    assert publish(house, facilitator, wider) == 2
    assert heard(house, one) == [f"Dit is ervan gekomen: De koffietuin. {STORY}"]
    assert heard(house, two) == [f"Dit is ervan gekomen: De theetuin. {STORY}"]
    assert len(heard(house, added)) == 1
    assert house.store.read(answers.standing, now(house, one)).status == "make"


def test_who_is_joined_to_somebody_told_before_is_told_as_well(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one, two = share("Een tuin."), share("Koffie buiten.")
    result = make(house, workshop, facilitator, one)
    publish(house, facilitator, result)
    house.store.write(joining.join, workshop.id, [one.id, two.id], "Koffietuin", facilitator.id)
    assert publish(house, facilitator, result) == 1
    assert (len(heard(house, one)), len(heard(house, two))) == (1, 1)
    for idea in (one, two):
        assert house.store.read(answers.standing, now(house, idea)).status == "make"


def test_undoing_takes_all_answers_back_in_one_go_and_doing_it_again_brings_them_back(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one, two = share("Een tuin."), share("Koffie buiten.")
    joined = house.store.write(joining.join, workshop.id, [one.id, two.id], "", facilitator.id)
    result = make(house, workshop, facilitator, joined)
    publish(house, facilitator, result)
    assert undo(house, facilitator, result) == 0
    assert as_now(house, result).published_at is None
    assert heard(house, one) == heard(house, two) == []
    undo(house, facilitator, result)
    assert as_now(house, result).published_at
    assert len(heard(house, one)) == len(heard(house, two)) == 1
    assert publish(house, facilitator, result) == 0
    undo(house, facilitator, result)
    assert heard(house, one) == []
    assert publish(house, facilitator, result) == 2


def test_undoing_a_second_publishing_leaves_the_first_as_it_was(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one = share("Een tuin.")
    result = make(house, workshop, facilitator, one)
    publish(house, facilitator, result)
    added = share("Met thee.", about_id=one.id)
    publish(house, facilitator, result)
    undo(house, facilitator, result)
    assert (len(heard(house, one)), len(heard(house, added))) == (1, 0)
    assert as_now(house, result).published_at
    assert house.store.read(answers.standing, now(house, one)).status == "make"


def test_an_earlier_decision_stays_readable_and_comes_back_with_undoing(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one = share("Een tuin.")

    def decide(tx: Tx) -> None:
        with curating.as_one(tx):
            decisions.prepare(
                tx, ideas.by_key(tx, workshop.id, one.id), Plan("try", "We beginnen klein."), facilitator.id
            )
            answers.publish(tx, workshop.id, [one.id], facilitator.id)

    house.store.write(decide)
    result = make(house, workshop, facilitator, now(house, one))
    publish(house, facilitator, result)
    assert heard(house, one)[1:] == ["We beginnen klein."]
    undo(house, facilitator, result)
    standing = house.store.read(answers.standing, now(house, one))
    assert (standing.status, heard(house, one)) == ("try", ["We beginnen klein."])


def test_what_somebody_else_prepared_comes_back_with_undoing(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one = house.store.write(decisions.prepare, share("Een tuin."), Plan("keep", "Later."), facilitator.id)
    result = make(house, workshop, facilitator, one)
    publish(house, facilitator, result)
    assert now(house, one).planned is None
    undo(house, facilitator, result)
    assert now(house, one).planned == one.planned


def test_an_answer_of_ones_own_words_is_given_and_a_long_one_refused(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one = share("Een tuin.")
    result = make(house, workshop, facilitator, one)
    with pytest.raises(Refused, match="reason_long"):
        publish(house, facilitator, result, "x" * 601)
    assert heard(house, one) == []
    publish(house, facilitator, result, "De tuin is er. Kom kijken.", "")
    assert heard(house, one) == ["De tuin is er. Kom kijken."]


def test_a_long_story_is_told_in_whole_sentences_that_fit(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    result = make(house, workshop, facilitator)
    said = results.answer(replace(result, story="Dit is een zin van negen woorden over de tuin. " * 30), "nl")
    assert 500 < len(said) <= 600
    assert said.endswith("over de tuin.")
    assert results.answer(result, "en").startswith("This is what came of it: De koffietuin.")


def test_a_result_without_ideas_opens_its_page_and_tells_nobody(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    result = make(house, workshop, facilitator)
    assert publish(house, facilitator, result) == 0
    assert as_now(house, result).published_at
    undo(house, facilitator, result)
    assert as_now(house, result).published_at is None


def test_a_result_that_was_taken_away_is_not_published(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    result = make(house, workshop, facilitator)
    house.store.write(results.remove, result, facilitator.id)
    with pytest.raises(Refused, match="taken away"):
        publish(house, facilitator, result)
