"""Actions: what somebody promised, and how many of the promises lie with facilitators."""

from __future__ import annotations

import pytest

from workshop import clock
from workshop.domain import actions
from workshop.domain.actions import Action, Promise, Share
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.errors import Refused, Stale
from workshop.house import House


def add(house: House, workshop: Workshop, anna: Facilitator, promise: Promise) -> Action:
    return house.store.write(actions.add, workshop.id, promise, anna.id)


def test_the_share_of_facilitators_counts_what_is_done_and_leaves_out_what_was_dropped(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    owners = ("facilitator", "facilitator", "group", "other")
    made = [add(house, workshop, facilitator, Promise(f"Bel nummer {nr}", owner)) for nr, owner in enumerate(owners)]
    house.store.write(actions.done, made[0])
    assert house.store.read(actions.share, workshop.id) == Share(2, 4)
    house.store.write(actions.drop, made[1])
    assert house.store.read(actions.share, workshop.id) == Share(1, 3)
    house.store.write(actions.bring_back, made[1])
    assert house.store.read(actions.share, workshop.id) == Share(2, 4)


def test_an_open_action_sent_twice_is_one(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    promise = Promise("Koffie regelen", "group", "Riet", "2027-01-08")
    first = add(house, workshop, facilitator, promise)
    assert add(house, workshop, facilitator, promise).id == first.id
    house.store.write(actions.done, first)
    assert add(house, workshop, facilitator, promise).id != first.id, "after the first is done it is a new one"


def test_an_action_of_yesterday_is_late_until_it_is_done(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    due = clock.today().isoformat()
    made = add(house, workshop, facilitator, Promise("Sleutel halen", "group", due=due))
    assert not made.late
    clock.shift(days=1)
    assert house.store.read(actions.find, workshop.id, made.id).late
    house.store.write(actions.done, made)
    assert not house.store.read(actions.find, workshop.id, made.id).late


def test_two_who_change_an_action_do_not_overwrite_each_other(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    made = add(house, workshop, facilitator, Promise("Folder maken", "facilitator"))
    house.store.write(actions.change, made, Promise("Folder maken", "group", "Riet"))
    with pytest.raises(Stale) as stale:
        house.store.write(actions.change, made, Promise("Folder maken", "other"))
    assert isinstance(stale.value.now, Action)
    assert stale.value.now.owner_name == "Riet"


@pytest.mark.parametrize(
    ("promise", "code"),
    [
        (Promise(" ", "group"), "action_missing"),
        (Promise("a" * 201, "group"), "action_long"),
        (Promise("Bellen", "iedereen"), "owner_unknown"),
        (Promise("Bellen", "group", due="gauw"), "due_odd"),
        (Promise("Bellen", "group", meeting_id="weg"), "no_meeting"),
    ],
)
def test_an_action_that_says_too_little_is_refused(
    house: House, workshop: Workshop, facilitator: Facilitator, promise: Promise, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        add(house, workshop, facilitator, promise)
    assert refused.value.code == code
    assert house.store.read(actions.of_workshop, workshop.id) == []
