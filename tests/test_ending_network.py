"""Erased means erased, also in what a learning network writes down: plans, mandates, tasks, trials, looking back."""

from __future__ import annotations

from dataclasses import replace

from flask.testing import FlaskClient

from tests import piles
from tests.desk_people import Share, anna, someone
from tests.desk_people import share_read as share
from tests.phone import photo, text
from workshop import ending, ending_printing, ids
from workshop.domain import (
    actions,
    agreements,
    curating,
    endings,
    mandates,
    meetings,
    perspectives,
    plan_changes,
    plan_proposals,
    plans,
    pulse,
    reflections,
    results,
    rounds,
    slips,
    trajectory,
    trials,
)
from workshop.domain.facilitators import Facilitator
from workshop.domain.mandates import Given
from workshop.domain.meetings import About
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx

__all__ = ["anna", "share", "someone"]
DECIDER, OWNER = "mevrouw Kwartelkuiken, wethouder", "Truitje"
SECRET = "Alleen voor ons: het ruikt naar gemberkoekjes."
KEPT = "Op dinsdag samen soep maken."
GONE = "Dit halen we weer weg"


def asked(house: House, workshop: Workshop, who: Facilitator) -> None:
    """Ask for names to be erased, after everything was taken along."""
    house.store.write(endings.noted, workshop.id, who.id, house.store.read(pulse.of, workshop.id))
    house.store.write(endings.ask, workshop, who.id, workshop.name)


def permitted(house: House, workshop: Workshop, who: Facilitator) -> None:
    """Have somebody allow it for the whole workshop, and somebody else do a task."""
    given = Given(DECIDER, "Soep maken op dinsdag.", "2099-01-01", "paper")
    house.store.write(mandates.give, workshop.id, None, given, who.id)
    house.store.write(actions.add, workshop.id, actions.Promise("Pannen lenen", "other", OWNER), who.id)


def bytes_of(house: House) -> bytes:
    return piles.every_word(house)


def test_names_of_who_decides_and_who_does_a_task_go_and_are_counted_before(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    permitted(house, workshop, facilitator)
    assert all(name.encode() in bytes_of(house) for name in (DECIDER, OWNER))
    counted = house.store.read(endings.counts, workshop.id)
    assert counted.others == 2
    assert ending_printing.going(counted, "nl") == ("2 namen bij mandaten en taken",)
    asked(house, workshop, facilitator)
    assert house.store.read(endings.left, workshop.id)["others"] == 2
    assert ending.erase(house, workshop.id)
    left = bytes_of(house)
    assert not [name for name in (DECIDER, "Kwartelkuiken", OWNER) if name.encode() in left]
    assert b"Soep maken op dinsdag." in left
    assert b"Pannen lenen" in left


def test_a_mandate_without_its_name_still_says_that_somebody_allowed_it(
    house: House, workshop: Workshop, facilitator: Facilitator, anna: FlaskClient
) -> None:
    house.store.write(trajectory.turn, workshop, "workshop", 5)
    permitted(house, workshop, facilitator)
    trial = house.store.write(trials.make, workshop.id, trials.About("Soep", "Komt er iemand?"), facilitator.id)
    house.store.write(trials.cover, trial, facilitator.id, True)
    asked(house, workshop, facilitator)
    ending.erase(house, workshop.id)
    at = f"/bureau/{workshop.id}"
    assert "Iemand die erover gaat vindt het goed, tot en met donderdag 1 januari 2099." in text(
        anna.get(f"{at}/traject")
    )
    for page in (f"{at}/mandaat", f"{at}/proeven/{trial.id}"):
        assert "Wie vindt het goed iemand die erover gaat" in text(anna.get(page))


def test_words_of_a_maker_go_from_plans_trials_and_results_and_from_what_was_done_to_them(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    inside, open_to_all = share(SECRET, "group"), share(KEPT, "everyone")
    open_to_all = house.store.write(curating.read, open_to_all, facilitator.id)
    meeting = house.store.write(meetings.add, workshop.id, About("2026-10-12", begins="13:30", ends="15:30"))
    for idea in (inside, open_to_all):
        house.store.write(plan_proposals.put_on, meeting, idea, "Op de agenda.", facilitator.id, ids.new())
    block = house.store.read(plans.of, meeting.id).blocks[0]
    ours = plan_changes.Written(block.kind, block.minutes, block.leads, "Koekjes", "", "", ())
    house.store.write(plan_changes.change, meeting, block.id, block.version, ours, facilitator.id, ids.new())
    house.store.write(plan_changes.again, meeting, block.id, facilitator.id, ids.new())
    house.store.write(plan_changes.remove, meeting, block.id, facilitator.id, ids.new())
    draft = results.Draft("Soep op dinsdag", "Wij maakten soep.", ideas=(inside.nr, open_to_all.nr))
    house.store.write(results.make, workshop.id, replace(draft, story=SECRET), facilitator.id)
    made = house.store.read(results.of_workshop, workshop.id)[0]
    house.store.write(results.change, made, draft, facilitator.id)  # a quote that was taken out again
    trial = house.store.write(trials.make, workshop.id, trials.About("Soep", SECRET), facilitator.id)
    house.store.write(trials.change, trial, facilitator.id, {"question": "Komt er iemand?"})
    asked(house, workshop, facilitator)
    assert ending.erase(house, workshop.id)
    left = bytes_of(house)
    assert not [part for part in (SECRET, "gemberkoekjes") if part.encode() in left]
    assert KEPT.encode() in left
    assert b"Wij maakten soep." in left
    assert KEPT in [one.title for one in house.store.read(plans.of, meeting.id).blocks]


def test_looking_back_stays_when_it_was_shared_and_not_taken_away_again(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    met = house.store.write(meetings.add, workshop.id, About("2026-10-12"))
    about = reflections.About(meeting_id=met.id)

    def write(layer: str, words: str, seen: int = 0) -> None:
        def work(tx: Tx) -> None:
            reflections.write(tx, workshop.id, about, layer, words, facilitator.id, seen=seen)

        house.store.write(work)

    write("doing", "Gedeeld met de groep.")
    write("being", "Alleen voor mijzelf.")
    write("thinking", "Gedeeld en weer weggehaald.")
    write("thinking", "", seen=1)
    asked(house, workshop, facilitator)
    assert ending.erase(house, workshop.id)
    left = bytes_of(house)
    assert b"Gedeeld met de groep." in left
    assert b"Alleen voor mijzelf." not in left
    assert b"Gedeeld en weer weggehaald." not in left


def test_what_was_taken_away_at_the_desk_keeps_no_words_and_no_picture(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    who = facilitator.id
    met = house.store.write(meetings.add, workshop.id, About("2026-10-12"))
    files = [house.files.keep(photo(colour), "jpg") for colour in ("#8fb5c9", "#c98f8f")]
    draft = results.Draft(GONE, GONE, picture=files[0], picture_alt=GONE)
    result = house.store.write(results.make, workshop.id, draft, who)
    result = house.store.write(results.change, result, replace(draft, picture=files[1]), who)
    house.store.write(results.remove, result, who)
    trial = house.store.write(trials.make, workshop.id, trials.About(GONE, GONE), who)
    house.store.write(trials.drop, trial, who)
    task = house.store.write(actions.add, workshop.id, actions.Promise(GONE, "group"), who)
    house.store.write(actions.drop, task)
    promise = house.store.write(agreements.add, workshop.id, GONE)
    house.store.write(agreements.remove, workshop.id, promise.id)
    written = plan_changes.Written("work", 20, "A", GONE, GONE, GONE)
    house.store.write(plan_changes.add, met, written, "", who, ids.new())
    [block] = house.store.read(plans.of, met.id).blocks
    house.store.write(plan_changes.remove, met, block.id, who, ids.new())
    assert GONE.encode() in bytes_of(house)
    asked(house, workshop, facilitator)
    assert ending.erase(house, workshop.id)
    assert GONE.encode() not in bytes_of(house)
    assert not any(house.files.there(file) for file in files)


def test_a_name_is_pointed_at_in_every_kind_of_text_that_stays_and_the_page_says_where(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, anna: FlaskClient
) -> None:
    name, who = "Truitje Zonnebloem", facilitator.id
    told = [share(KEPT, "everyone", maker=name), share("Soep met brood.", "everyone")]
    met = house.store.write(meetings.add, workshop.id, About("2026-10-12"), gap_reason=f"{name} was ziek.")
    written = plan_changes.Written("work", 20, "A", "Soep", f"Van {name}")
    house.store.write(plan_changes.add, met, written, "", who, ids.new())
    house.store.write(perspectives.add, workshop.id, f"Buren van {name}")
    question = f"Wat vond u van {name}?"
    house.store.write(slips.order, workshop.id, kind="a6", count=1, language="nl", question=question, seed="s")
    house.store.write(rounds.make, workshop.id, f"Kies {name}", 3, [one.id for one in told], who)
    found = {one.kind for one in house.store.read(endings.mentions, workshop.id)}
    assert found == {"meeting", "block", "perspective", "question", "round"}
    said = text(anna.get(f"/bureau/{workshop.id}/afronden"))
    for where in (
        "Bijeenkomst van",
        "Draaiboek van",
        "Perspectief Buren",
        "Vraag op papier van",
        "Ronde met stippen Kies",
    ):
        assert where in said
