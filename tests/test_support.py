"""“Dat herken ik”: one per phone or stub and idea, never one's own, and numbers only when facilitators show them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect

from print.forms import STUB
from tests import piles
from tests.browser import Browse, Live
from tests.conftest import Visit
from tests.desk_people import Share, Someone, share, someone
from tests.looking import filled, scan
from tests.phone import receipt_of, text
from tests.phone import share as send
from workshop import ids
from workshop.domain import curating, ideas, joining, paper, slips, support, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.slips import Slip
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["share", "someone"]


def say(phone: FlaskClient, door: Door, idea: Idea, on: bool = True) -> int:
    data = {"aan": str(int(on)), "terug": "kaart"}
    return phone.post(f"/{door.number}/idee/{idea.nr}/herken", data=data).status_code


def count(house: House, idea: Idea) -> int:
    return house.store.read(support.tally, idea).recognised


def stub_of(house: House, workshop: Workshop, phone: FlaskClient, words: str = "") -> Slip:
    """Give this phone a stub, of a card with these words on it."""
    (number,) = piles.numbers(house, workshop, count=1, seed=ids.token())
    slip = house.store.read(slips.by_number, number)
    assert slip
    if words:
        house.store.write(paper.type_by_maker, slip, words)
    phone.set_cookie("papier", slip.number + STUB + slip.stub_key, domain="werkplaats.nl")
    assert "Uw strookje" in phone.get(f"/strookje/{slip.number}").text
    return slip


def test_a_phone_counts_once_however_often_it_taps_and_takes_it_back(
    in_group: FlaskClient, door: Door, share: Share, house: House
) -> None:
    idea = share()
    for on, total in ((True, 1), (True, 1), (False, 0), (False, 0), (True, 1)):
        assert say(in_group, door, idea, on) == 303
        assert count(house, idea) == total
    assert "U herkent dit." in text(in_group.get(f"/{door.number}"))


def test_ones_own_idea_is_never_recognised(in_group: FlaskClient, door: Door, house: House) -> None:
    receipt = receipt_of(send(in_group, door, "Mijn bankje."))
    mine = house.store.read(ideas.by_receipt, receipt)
    assert mine
    say(in_group, door, mine)
    assert count(house, mine) == 0
    page = text(in_group.get(f"/{door.number}"))
    assert "Dit is uw eigen idee." in page
    assert "Dat herken ik" not in page


def test_the_number_is_shown_only_when_facilitators_show_it(
    in_group: FlaskClient, visit: Visit, door: Door, share: Share, house: House, workshop: Workshop, someone: Someone
) -> None:
    idea = share()
    for number in range(6):
        house.store.write(support.recognise, idea, f"device:{number}", on=True)
    assert "mensen herkennen dit" not in in_group.get(f"/{door.number}").text
    anna = someone("facilitator")
    anna.post(f"/bureau/{workshop.id}/toezicht", data={"wat": "steun-aan"})
    assert "6 mensen herkennen dit." in text(in_group.get(f"/{door.number}"))
    anna.post(f"/bureau/{workshop.id}/toezicht", data={"wat": "steun-uit"})
    assert "mensen herkennen dit" not in in_group.get(f"/{door.number}").text


def test_who_only_typed_the_number_supports_nothing_they_cannot_see(
    outside: FlaskClient, door: Door, share: Share, house: House, facilitator: Facilitator
) -> None:
    hidden = house.store.write(curating.put_on_wall, share("Van de groep.", "group"), facilitator.id)
    assert say(outside, door, hidden) == 404
    assert count(house, hidden) == 0
    public = house.store.write(curating.put_on_wall, share("Voor iedereen.", "everyone"), facilitator.id)
    assert say(outside, door, public) == 303
    assert count(house, public) == 1


def test_somebody_who_recognises_two_ideas_that_are_joined_counts_once_and_takes_both_back(
    in_group: FlaskClient, door: Door, share: Share, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    one, other = share("Een bankje."), share("Een zitje.")
    say(in_group, door, one)
    say(in_group, door, other)
    joined = house.store.write(joining.join, workshop.id, [one.id, other.id], "", facilitator.id)
    assert count(house, joined) == 1
    assert "U herkent dit." in text(in_group.get(f"/{door.number}"))
    say(in_group, door, joined)
    assert count(house, joined) == 1
    say(in_group, door, joined, on=False)
    assert count(house, joined) == 0


def test_what_was_said_of_a_joined_idea_is_said_of_each_when_it_is_taken_apart(
    in_group: FlaskClient, door: Door, share: Share, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    one, other = share("Een bankje."), share("Een zitje.")
    joined = house.store.write(joining.join, workshop.id, [one.id, other.id], "", facilitator.id)
    say(in_group, door, joined)
    house.store.write(joining.take_apart, house.store.read(ideas.by_key, workshop.id, joined.id), facilitator.id)
    assert text(in_group.get(f"/{door.number}")).count("U herkent dit.") == 2
    assert [count(house, idea) for idea in (one, other)] == [1, 1]


def test_the_side_from_which_somebody_looks_goes_along_when_they_told_it(
    in_group: FlaskClient, door: Door, share: Share, house: House
) -> None:
    idea = share()
    send(in_group, door, "Ook van mij.", perspectief="mantelzorger")
    say(in_group, door, idea)
    with house.store.reading() as tx:
        (row,) = tx.support.of_workshop(workshop_id=idea.workshop_id)
    assert row["perspective"] == "mantelzorger"


def test_tapping_far_too_fast_is_stopped_kindly(
    in_group: FlaskClient, door: Door, house: House, workshop: Workshop, share: Share
) -> None:
    found = [share(f"Idee {number}.") for number in range(32)]
    codes = [say(in_group, door, idea) for idea in found]
    assert codes[:30] == [303] * 30
    assert codes[30:] == [429] * 2
    answer = in_group.post(f"/{door.number}/idee/{found[31].nr}/herken", data={"aan": "1"})
    assert "Het gaat even te snel." in text(answer)


def test_a_stub_recognises_by_number_and_counts_once(
    visit: Visit, door: Door, share: Share, house: House, workshop: Workshop
) -> None:
    idea, phone = share("Een bankje."), visit()
    slip = stub_of(house, workshop, phone, "Mijn eigen kaart.")
    address = f"/strookje/{slip.number}/herken"
    for _twice in range(2):
        page = phone.post(address, data={"nr": f" {idea.nr} ", "aan": "1"}, follow_redirects=True)
        assert f"U herkent idee {idea.nr}." in text(page)
        assert count(house, idea) == 1
    assert "Een bankje." not in page.text, "a stub opens nobody's ideas"
    phone.post(address, data={"nr": str(idea.nr), "aan": "0"})
    assert count(house, idea) == 0


@pytest.mark.parametrize("typed", ["", "999", "x", "999999999"])
def test_a_stub_says_kindly_that_a_number_is_not_known(
    visit: Visit, house: House, workshop: Workshop, typed: str
) -> None:
    phone = visit()
    slip = stub_of(house, workshop, phone)
    page = phone.post(f"/strookje/{slip.number}/herken", data={"nr": typed, "aan": "1"}, follow_redirects=True)
    assert "Dit nummer kennen we niet." in text(page)


def test_a_stub_supports_neither_its_own_idea_nor_one_that_is_hidden_or_held(
    visit: Visit, share: Share, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    phone = visit()
    slip = stub_of(house, workshop, phone, "Mijn eigen kaart.")
    mine = house.store.read(paper.idea_of, slip.number)
    assert mine
    page = phone.post(f"/strookje/{slip.number}/herken", data={"nr": str(mine.nr), "aan": "1"}, follow_redirects=True)
    assert "Dit is uw eigen idee." in text(page)
    aside = house.store.write(curating.set_aside, share("Opzij."), facilitator.id, "Te duur.")
    house.store.write(workshops.hide, workshop.id)
    hidden = share("Nog verborgen.")
    for idea in (aside, hidden):
        sent = {"nr": str(idea.nr), "aan": "1"}
        page = phone.post(f"/strookje/{slip.number}/herken", data=sent, follow_redirects=True)
        assert "Dit nummer kennen we niet." in text(page)
        assert count(house, idea) == 0


def test_without_its_stub_a_number_supports_nothing(
    visit: Visit, share: Share, house: House, workshop: Workshop
) -> None:
    idea = share()
    slip = stub_of(house, workshop, visit())
    answer = visit().post(f"/strookje/{slip.number}/herken", data={"nr": str(idea.nr), "aan": "1"})
    assert answer.status_code == 303
    assert count(house, idea) == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_one_button_does_it_with_and_without_scripts(browse: Browse, live: Live, scripts: bool) -> None:
    filled(live)
    page = browse(scripts=scripts)
    scan(page, live)
    first = page.locator(".ideas > li").first
    first.get_by_role("button", name="Dat herken ik").click()
    expect(page.locator(".ideas > li").first.get_by_text("U herkent dit.")).to_be_visible()
    if scripts:
        assert page.evaluate("document.activeElement.innerText").startswith("Toch niet")
    page.locator(".ideas > li").first.get_by_role("button", name="Toch niet").click()
    expect(page.locator(".ideas > li").first.get_by_role("button", name="Dat herken ik")).to_be_visible()
    with live.running.house.store.reading() as tx:
        assert tx.support.of_workshop(workshop_id=live.workshop.id) == []
