"""Trials: nobody tries anything for real without a mandate, and every trial ends with what it taught."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk_people import Share, bram, now, share, someone
from workshop import clock
from workshop.domain import answers, curating, decisions, ideas, joining, mandates, trials
from workshop.domain.facilitators import Facilitator
from workshop.domain.mandates import Given
from workshop.domain.trials import About, Ideas, Trial
from workshop.domain.workshops import Workshop
from workshop.errors import Refused, Stale
from workshop.house import House

__all__ = ["share", "someone"]
LESSON = "Mensen komen als iemand ze ophaalt."


def day(ahead: int) -> str:
    return (clock.today() + timedelta(days=ahead)).isoformat()


@pytest.fixture
def trial(house: House, workshop: Workshop, facilitator: Facilitator, share: Share) -> Trial:
    """A trial of one idea that nobody allows yet."""
    idea = share("Samen eten op maandag.")
    about = About("Samen eten", "Komen mensen als we op maandag koken?", day(60), (idea.nr,))
    return house.store.write(trials.make, workshop.id, about, facilitator.id)


def allowed(house: House, trial: Trial, who: Facilitator, days: int = 90, signed: str = "paper") -> Trial:
    given = Given("De directeur", "Vier keer koken in de zaal", day(days), signed)
    house.store.write(mandates.give, trial.workshop_id, trial.id, given, who.id)
    return house.store.read(trials.find, trial.workshop_id, trial.id)


def begun(house: House, trial: Trial, who: Facilitator) -> Trial:
    return house.store.write(trials.start, allowed(house, trial, who), who.id)


def ended(house: House, trial: Trial, who: Facilitator, outcome: str = "not") -> Trial:
    seen = house.store.write(trials.change, begun(house, trial, who), who.id, {"observed": "Twee mensen kwamen."})
    return house.store.write(trials.end, seen, outcome, LESSON, who.id)


def refused(house: House, work: object, *args: object) -> str:
    with pytest.raises(Refused) as error:
        house.store.write(work, *args)  # type: ignore[arg-type]  # any domain function
    return error.value.code


def test_a_trial_without_a_mandate_does_not_start(house: House, trial: Trial, facilitator: Facilitator) -> None:
    assert refused(house, trials.start, trial, facilitator.id) == "mandate_missing"
    assert house.store.read(trials.find, trial.workshop_id, trial.id).state == "open"


def test_a_mandate_that_nobody_signed_does_not_start_a_trial(
    house: House, trial: Trial, facilitator: Facilitator
) -> None:
    waiting = allowed(house, trial, facilitator, signed="")
    assert refused(house, trials.start, waiting, facilitator.id) == "mandate_unsigned"
    assert waiting.mandate
    house.store.write(mandates.sign, waiting.mandate, "paper")
    signed = house.store.read(trials.find, trial.workshop_id, trial.id)
    assert house.store.write(trials.start, signed, facilitator.id).state == "busy"


def test_an_expired_mandate_neither_starts_a_trial_nor_lets_it_go_on(
    house: House, trial: Trial, facilitator: Facilitator
) -> None:
    running = begun(house, trial, facilitator)
    assert running.state == "busy"
    clock.shift(days=91)
    assert house.store.read(trials.find, trial.workshop_id, trial.id).state == "paused"
    other = house.store.write(trials.make, trial.workshop_id, About("Lampen", "Is het dan lichter?"), facilitator.id)
    clock.shift()
    other = allowed(house, other, facilitator, days=10)
    clock.shift(days=11)
    late = house.store.read(trials.find, trial.workshop_id, other.id)
    assert refused(house, trials.start, late, facilitator.id) == "mandate_expired"


def test_a_new_mandate_lets_a_paused_trial_go_on(house: House, trial: Trial, facilitator: Facilitator) -> None:
    begun(house, trial, facilitator)
    clock.shift(days=91)
    assert allowed(house, trial, facilitator, days=30).state == "busy"


def test_the_mandate_of_the_workshop_counts_only_once_somebody_said_that_it_does(
    house: House, trial: Trial, facilitator: Facilitator
) -> None:
    given = Given("De gemeente", "Proeven in de buurt, tot 500 euro", day(200), "screen")
    house.store.write(mandates.give, trial.workshop_id, None, given, facilitator.id)
    trial = house.store.read(trials.find, trial.workshop_id, trial.id)
    assert refused(house, trials.start, trial, facilitator.id) == "mandate_missing"
    trial = house.store.write(trials.cover, trial, facilitator.id, True)
    running = house.store.write(trials.start, trial, facilitator.id)
    assert running.state == "busy"
    assert running.mandate
    house.store.write(mandates.end, running.mandate)
    assert house.store.read(trials.find, trial.workshop_id, trial.id).state == "paused"


def test_a_trial_is_round_only_when_all_four_parts_of_the_cycle_say_something(
    house: House, trial: Trial, facilitator: Facilitator
) -> None:
    now_is = begun(house, trial, facilitator)
    for part in trials.CYCLE:
        assert not now_is.round
        now_is = house.store.write(trials.change, now_is, facilitator.id, {part: f"Iets bij {part}."})
    assert now_is.round
    assert not house.store.write(trials.change, now_is, facilitator.id, {"understood": "  "}).round


def test_what_was_seen_comes_before_what_it_means(house: House, trial: Trial, facilitator: Facilitator) -> None:
    running = begun(house, trial, facilitator)
    assert refused(house, trials.end, running, "works", LESSON, facilitator.id) == "observed_missing"
    seen = house.store.write(trials.change, running, facilitator.id, {"observed": "Twaalf mensen kwamen."})
    assert refused(house, trials.end, seen, "", LESSON, facilitator.id) == "outcome_missing"
    over = house.store.write(trials.end, seen, "works", LESSON, facilitator.id)
    assert refused(house, trials.change, over, facilitator.id, {"observed": ""}) == "observed_missing"


def test_no_verdict_is_left_when_what_was_seen_is_taken_away(
    house: House, trial: Trial, facilitator: Facilitator
) -> None:
    again = house.store.write(trials.reopen, ended(house, trial, facilitator), facilitator.id)
    assert again.outcome == "not"
    assert house.store.write(trials.change, again, facilitator.id, {"observed": ""}).outcome == ""


@pytest.mark.parametrize("outcome", trials.OUTCOMES)
def test_no_trial_ends_without_a_lesson_whatever_came_of_it(
    house: House, trial: Trial, facilitator: Facilitator, outcome: str
) -> None:
    running = begun(house, trial, facilitator)
    seen = house.store.write(trials.change, running, facilitator.id, {"observed": "Twee mensen kwamen."})
    assert refused(house, trials.end, seen, outcome, " ", facilitator.id) == "lesson_missing"
    over = house.store.write(trials.end, seen, outcome, LESSON, facilitator.id)
    assert (over.state, over.outcome, over.lesson) == ("ended", outcome, LESSON)
    assert house.store.write(trials.end, over, outcome, LESSON, facilitator.id).version == over.version


def test_a_trial_that_never_began_cannot_end(house: House, trial: Trial, facilitator: Facilitator) -> None:
    assert refused(house, trials.end, trial, "not", LESSON, facilitator.id) == "trial_not_begun"


def test_ending_is_undone_and_what_was_written_stays(house: House, trial: Trial, facilitator: Facilitator) -> None:
    over = ended(house, trial, facilitator)
    again = house.store.write(trials.reopen, over, facilitator.id)
    assert (again.state, again.lesson, again.observed) == ("busy", LESSON, "Twee mensen kwamen.")


def test_a_dropped_trial_comes_back_as_it_was(house: House, trial: Trial, facilitator: Facilitator) -> None:
    running = begun(house, trial, facilitator)
    gone = house.store.write(trials.drop, running, facilitator.id)
    assert gone.state == "dropped"
    assert refused(house, trials.end, gone, "not", LESSON, facilitator.id) == "trial_over"
    back = house.store.write(trials.bring_back, gone, facilitator.id)
    assert (back.state, back.started_at) == ("busy", running.started_at)


def test_the_same_trial_twice_is_one_and_starting_twice_is_once(
    house: House, trial: Trial, facilitator: Facilitator
) -> None:
    about = About(trial.title, trial.question, trial.until, trial.ideas)
    assert house.store.write(trials.make, trial.workshop_id, about, facilitator.id).id == trial.id
    running = begun(house, trial, facilitator)
    assert house.store.write(trials.start, running, facilitator.id).version == running.version


def test_two_trials_with_one_name_about_other_ideas_or_days_are_both_kept(
    house: House, trial: Trial, facilitator: Facilitator, share: Share
) -> None:
    other = share("Bankjes in de hal.")
    abouts = (
        About(trial.title, trial.question, trial.until, (*trial.ideas, other.nr)),
        About(trial.title, trial.question, day(30), trial.ideas),
    )
    second = bram(house)
    made = [house.store.write(trials.make, trial.workshop_id, about, second) for about in abouts]
    assert [(one.until, one.ideas) for one in made] == [
        (trial.until, (*trial.ideas, other.nr)),
        (day(30), trial.ideas),
    ]
    assert len(house.store.read(trials.of_workshop, trial.workshop_id)) == 3


def test_two_facilitators_never_overwrite_each_other(house: House, trial: Trial, facilitator: Facilitator) -> None:
    house.store.write(trials.change, trial, bram(house), {"tried": "Wij kookten soep."})
    with pytest.raises(Stale) as stale:
        house.store.write(trials.change, trial, facilitator.id, {"tried": "Wij kookten."})
    assert isinstance(stale.value.now, Trial)
    assert stale.value.now.tried == "Wij kookten soep."


def test_everything_that_was_done_can_be_read_back_with_how_it_was(
    house: House, trial: Trial, facilitator: Facilitator
) -> None:
    house.store.write(trials.reopen, ended(house, trial, facilitator), facilitator.id)
    said = house.store.read(trials.history, trial)
    assert [one.verb for one in said] == ["made", "started", "changed", "ended", "reopened"]
    assert {one.who for one in said} == {"Anna"}
    changed = house.store.read(trials.find, trial.workshop_id, trial.id)
    house.store.write(trials.change, changed, facilitator.id, {"observed": "Drie."})
    assert house.store.read(trials.history, trial)[-1].before == {"observed": "Twee mensen kwamen."}


def test_the_next_trial_knows_the_lesson_of_the_one_before(
    house: House, trial: Trial, facilitator: Facilitator
) -> None:
    over = ended(house, trial, facilitator)
    about = About("Samen eten, met ophalen", "Komen er nu meer?", follows=over.id)
    after = house.store.write(trials.make, trial.workshop_id, about, facilitator.id)
    earlier = house.store.read(trials.before, after)
    assert earlier
    assert earlier.lesson == LESSON


def test_decisions_are_prepared_with_the_lesson_as_reason_and_nobody_reads_them_yet(
    house: House, trial: Trial, facilitator: Facilitator, share: Share
) -> None:
    one, other = share("Een bankje."), share("Nog een bankje.")
    joined = house.store.write(joining.join, trial.workshop_id, [one.id, other.id], "", facilitator.id)
    trial = house.store.write(trials.change, trial, facilitator.id, {}, Ideas(trial.ideas, (*trial.ideas, one.nr)))
    over = ended(house, trial, facilitator)
    step, done, left = house.store.write(trials.prepare_decisions, over, "not_now", facilitator.id)
    assert (done, left) == (2, 0)
    plan = now(house, joined).planned
    assert plan
    assert house.store.read(decisions.of_idea, plan).reason == LESSON
    assert house.store.read(answers.to_give, trial.workshop_id) == []
    assert house.store.write(trials.prepare_decisions, over, "keep", facilitator.id)[1:] == (0, 2)
    house.store.write(curating.undo_batch, trial.workshop_id, step, facilitator.id)
    assert now(house, joined).planned is None


def test_an_idea_its_maker_took_away_is_no_part_of_a_trial_any_more(
    house: House, trial: Trial, facilitator: Facilitator, share: Share
) -> None:
    gone = share("Iets dat weg moet.")
    more = Ideas(trial.ideas, (*trial.ideas, gone.nr))
    house.store.write(trials.change, trial, facilitator.id, {}, more)
    house.store.write(ideas.withdraw, gone)
    assert house.store.read(trials.find, trial.workshop_id, trial.id).ideas == trial.ideas


def test_an_idea_that_was_away_while_somebody_chose_others_is_in_the_trial_when_it_returns(
    house: House, trial: Trial, facilitator: Facilitator, share: Share
) -> None:
    (first,) = trial.ideas
    away, other = share("Even weg."), share("Een bankje.")
    house.store.write(trials.change, trial, facilitator.id, {}, Ideas((first,), (first, away.nr)))
    house.store.write(ideas.withdraw, away)
    without = house.store.read(trials.find, trial.workshop_id, trial.id)
    chosen = house.store.write(trials.change, without, facilitator.id, {}, Ideas(without.ideas, (other.nr,)))
    assert chosen.ideas == (other.nr,)
    house.store.write(ideas.bring_back, now(house, away))
    back = house.store.read(trials.find, trial.workshop_id, trial.id)
    assert back.ideas == (away.nr, other.nr)
    assert house.store.write(trials.change, back, facilitator.id, {}, Ideas(back.ideas, (other.nr,))).ideas == (
        other.nr,
    )


def test_a_number_no_idea_has_is_said_and_nothing_changes(house: House, trial: Trial, facilitator: Facilitator) -> None:
    odd = Ideas(trial.ideas, (9999,))
    assert refused(house, trials.change, trial, facilitator.id, {"title": "Anders"}, odd) == "trial_idea"
    assert house.store.read(trials.find, trial.workshop_id, trial.id).title == "Samen eten"


def test_nobody_finds_a_trial_of_another_workshop(house: House, trial: Trial) -> None:
    with pytest.raises(Refused):
        house.store.read(trials.find, "01JANOTHER0000000000000000", trial.id)
