"""Mandates: who allows what, until when; signed or not, expired or not, and never overwritten."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.phone import text
from workshop import clock
from workshop.domain import mandates, trials
from workshop.domain.facilitators import Facilitator
from workshop.domain.mandates import Given, Mandate
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

TILL = (clock.today().replace(year=clock.today().year + 1)).isoformat()
GIVEN = Given("Mevrouw Bos, wethouder", "Wij mogen de bank in de hal een maand verplaatsen.", TILL, "paper")


def give(house: House, workshop: Workshop, anna: Facilitator, given: Given = GIVEN) -> Mandate:
    return house.store.write(mandates.give, workshop.id, None, given, anna.id)


def standing(house: House, workshop: Workshop) -> Mandate | None:
    return house.store.read(mandates.standing, workshop.id)


def test_a_signed_mandate_holds_and_giving_it_twice_is_once(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    assert standing(house, workshop) is None
    first = give(house, workshop, facilitator)
    assert give(house, workshop, facilitator).id == first.id
    now = standing(house, workshop)
    assert now is not None
    assert now.holds
    assert now.signed_at
    assert now.maker == "Anna"


def test_a_mandate_nobody_signed_does_not_hold_until_somebody_does(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    given = give(house, workshop, facilitator, Given(GIVEN.allows, GIVEN.what, GIVEN.until))
    assert not given.holds
    for how in ("screen", "paper"):  # the second does nothing: it was signed on screen
        house.store.write(mandates.sign, given, how)
    now = standing(house, workshop)
    assert now is not None
    assert now.holds
    assert now.signed == "screen"


def test_an_expired_mandate_is_there_and_says_so(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    give(house, workshop, facilitator)
    clock.shift(days=400)
    now = standing(house, workshop)
    assert now is not None
    assert now.expired
    assert not now.holds


def test_the_last_day_of_a_mandate_still_counts(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    today = clock.today().isoformat()
    assert give(house, workshop, facilitator, Given("Mevrouw Bos", "Proberen", today, "paper")).holds


def test_renewing_keeps_the_old_one_and_what_holds_goes_before_what_waits_for_a_signature(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    old = give(house, workshop, facilitator)
    new = give(house, workshop, facilitator, Given(GIVEN.allows, "Wij mogen ook de tafel verplaatsen.", TILL))
    assert [one.id for one in house.store.read(mandates.history, workshop.id)] == [new.id, old.id]
    now = standing(house, workshop)
    assert now is not None
    assert now.id == old.id
    house.store.write(mandates.sign, new, "paper")
    now = standing(house, workshop)
    assert now is not None
    assert now.id == new.id


def test_a_mandate_taken_back_stands_no_more_and_can_be_brought_back(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    given = give(house, workshop, facilitator)
    for _ in range(2):
        house.store.write(mandates.end, given)
    assert standing(house, workshop) is None
    assert not house.store.read(mandates.find, workshop.id, given.id).holds
    house.store.write(mandates.bring_back, given)
    assert standing(house, workshop) is not None


def test_taking_back_a_renewed_mandate_does_not_bring_the_one_before_it_to_life(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    give(house, workshop, facilitator)
    trial = house.store.write(trials.make, workshop.id, trials.About("Bank", "Zit hij?"), facilitator.id)
    trial = house.store.write(trials.cover, trial, facilitator.id, True)
    new = give(house, workshop, facilitator, Given(GIVEN.allows, "Wij mogen ook de tafel verplaatsen.", TILL, "paper"))
    waiting = give(house, workshop, facilitator, Given("Mevrouw Bos", "Nog eens proberen.", TILL))
    house.store.write(mandates.end, new)
    now = standing(house, workshop)
    assert now is not None
    assert now.id == waiting.id, "that may be signed still; the old one allows nothing"
    house.store.write(mandates.end, waiting)
    assert standing(house, workshop) is None
    with pytest.raises(Refused, match="Nobody allows this trial"):
        house.store.write(trials.start, house.store.read(trials.find, workshop.id, trial.id), facilitator.id)
    house.store.write(mandates.bring_back, new)
    back = standing(house, workshop)
    assert back is not None
    assert back.id == new.id


def test_the_page_says_of_one_mandate_at_most_that_it_holds_now(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    give(house, workshop, facilitator)
    new = give(house, workshop, facilitator, Given(GIVEN.allows, "Wij mogen ook de tafel verplaatsen.", TILL, "paper"))
    page = text(at_desk.get(f"/bureau/{workshop.id}/mandaat"))
    assert (page.count("geldt nu"), page.count("geldt niet meer")) == (1, 1)
    house.store.write(mandates.end, new)
    page = text(at_desk.get(f"/bureau/{workshop.id}/mandaat"))
    assert (page.count("geldt nu"), page.count("geldt niet meer")) == (0, 1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given(" ", "Proberen", TILL), "allows_missing"),
        (Given("Mevrouw Bos", "", TILL), "what_missing"),
        (Given("Mevrouw Bos", "a" * 401, TILL), "what_long"),
        (Given("Mevrouw Bos", "Proberen", "straks"), "until_odd"),
        (Given("Mevrouw Bos", "Proberen", "2020-01-01"), "until_past"),
        (Given("Mevrouw Bos", "Proberen", TILL, "fax"), "signed_unknown"),
    ],
)
def test_a_mandate_that_says_too_little_is_refused(
    house: House, workshop: Workshop, facilitator: Facilitator, given: Given, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        give(house, workshop, facilitator, given)
    assert refused.value.code == code
    assert standing(house, workshop) is None
