"""What participants put on the agenda: by three doors, in the plan, and answered with the other answers."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.conftest import Visit
from tests.desk_people import Someone, anna, someone
from tests.planned import said, take
from workshop import clock, ids
from workshop.domain import (
    answers,
    curating,
    decisions,
    doors,
    forgetting,
    ideas,
    joining,
    meetings,
    plan_proposals,
    plans,
)
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Sent
from workshop.domain.meetings import About, Meeting
from workshop.domain.network_cards import AGENDA
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["anna", "someone"]

PROMISE = "Op de agenda van maandag 22 februari 2027."


@pytest.fixture
def meeting(house: House, workshop: Workshop) -> Meeting:
    return house.store.write(meetings.add, workshop.id, About("2027-02-22", "Een gewone dag", begins="13:30"))


@pytest.fixture
def at(workshop: Workshop, meeting: Meeting) -> str:
    return f"/bureau/{workshop.id}/bijeenkomsten/{meeting.id}"


@pytest.fixture
def agenda_door(house: House, workshop: Workshop) -> Door:
    """The number and QR of the card with which people propose something."""
    return house.store.write(doors.open_for, workshop.id, [AGENDA])[AGENDA]


def propose(house: House, door: Door, words: str = "Waar laten we de rollators?", **more: object) -> Idea:
    sent = Sent(words, "group", ids.token(), ids.token(), more.pop("channel", "number"))  # type: ignore[arg-type]
    return house.store.write(ideas.place, door, sent)


def now(house: House, idea: Idea) -> Idea:
    return house.store.read(ideas.by_key, idea.workshop_id, idea.id)


def planned(house: House, idea: Idea) -> decisions.Decision | None:
    key = now(house, idea).planned
    return house.store.read(decisions.of_idea, key) if key else None


def put_on(client: FlaskClient, at: str, idea: Idea) -> str:
    answer = client.post(f"{at}/draaiboek/idee", data={"idee": idea.id})
    assert answer.status_code == 303
    step = re.search(r"stap=(\w+)", answer.location)
    return step[1] if step else ""


def test_the_card_asks_its_question_on_a_phone_without_an_account(visit: Visit, agenda_door: Door) -> None:
    phone = visit()
    page = phone.get(f"/{agenda_door.scanned}", follow_redirects=True).text
    assert "Zet het op de agenda" in page
    assert "Waar wilt u het de volgende keer over hebben?" in page


@pytest.mark.parametrize("channel", ["qr", "number", "paper"])
def test_a_proposal_from_every_door_waits_on_the_page_of_the_plan(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, channel: str
) -> None:
    propose(house, agenda_door, channel=channel)
    text = said(anna, f"{at}/draaiboek")
    assert "Voorgesteld door de groep" in text
    assert "Waar laten we de rollators?" in text


def test_what_is_put_on_the_agenda_is_a_block_before_the_close_and_its_maker_will_hear_when(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, meeting: Meeting
) -> None:
    take(anna, at)
    idea = propose(house, agenda_door)
    put_on(anna, at, idea)
    block = house.store.read(plans.of, meeting.id).blocks[-2]
    assert (block.title, block.idea_id, block.minutes) == ("Waar laten we de rollators?", idea.id, 15)
    decision = planned(house, idea)
    assert decision
    assert (decision.kind, decision.next_step, decision.by_when) == ("make", PROMISE, "2027-02-22")
    text = said(anna, f"{at}/draaiboek")
    assert "Voorgesteld door de groep" not in text
    assert f"voorstel {idea.nr}" in text


def test_the_maker_hears_nothing_until_answers_are_published(
    anna: FlaskClient, at: str, house: House, agenda_door: Door
) -> None:
    idea = propose(house, agenda_door)
    put_on(anna, at, idea)
    assert house.store.read(answers.standing, now(house, idea)).answer is None


def test_putting_on_the_agenda_twice_does_it_once(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, meeting: Meeting
) -> None:
    idea = propose(house, agenda_door)
    put_on(anna, at, idea)
    put_on(anna, at, idea)
    assert len(house.store.read(plans.of, meeting.id).blocks) == 1


def test_undo_takes_back_the_block_and_what_the_maker_would_hear(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, meeting: Meeting
) -> None:
    idea = propose(house, agenda_door)
    step = put_on(anna, at, idea)
    anna.post(f"{at}/draaiboek/terug", data={"stap": step})
    assert house.store.read(plans.of, meeting.id).blocks == ()
    assert planned(house, idea) is None
    assert "Voorgesteld door de groep" in said(anna, f"{at}/draaiboek")


def test_taking_the_block_away_takes_the_promise_back_and_undo_gives_it_again(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, meeting: Meeting
) -> None:
    idea = propose(house, agenda_door)
    put_on(anna, at, idea)
    [block] = house.store.read(plans.of, meeting.id).blocks
    answer = anna.post(f"{at}/draaiboek/{block.id}/weg")
    assert planned(house, idea) is None
    step = re.search(r"stap=(\w+)", answer.location)
    assert step
    anna.post(f"{at}/draaiboek/terug", data={"stap": step[1]})
    decision = planned(house, idea)
    assert decision
    assert decision.next_step == PROMISE


def test_another_decision_that_was_prepared_stays(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, facilitator: object
) -> None:
    idea = propose(house, agenda_door)
    house.store.write(decisions.prepare, idea, decisions.Plan("keep", "Voor later."), facilitator.id)  # type: ignore[attr-defined]
    step = put_on(anna, at, idea)
    anna.post(f"{at}/draaiboek/terug", data={"stap": step})
    decision = planned(house, idea)
    assert decision
    assert decision.kind == "keep"


def test_not_now_leads_to_the_decision_with_a_reason(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, workshop: Workshop
) -> None:
    idea = propose(house, agenda_door)
    page = anna.get(f"{at}/draaiboek").text
    link = re.search(rf'href="(/bureau/{workshop.id}/besluiten\?[^"]*{idea.id}[^"]*)"', page)
    assert link
    assert "wat=not_now" in link[1]


def test_a_proposal_that_is_parked_set_aside_or_answered_waits_no_more(
    house: House, agenda_door: Door, workshop: Workshop, facilitator: object
) -> None:
    who = facilitator.id  # type: ignore[attr-defined]
    parked, aside, answered = (propose(house, agenda_door, words) for words in ("Een", "Twee", "Drie"))
    left = propose(house, agenda_door, "Vier")
    house.store.write(ideas.apply, parked, who, "parked", parked="Hoort hier niet.")
    house.store.write(ideas.apply, aside, who, "set aside", status="set_aside")
    house.store.write(decisions.prepare, answered, decisions.Plan("not_now", "Geen tijd."), who)
    assert [one.id for one in house.store.read(plan_proposals.waiting, workshop.id)] == [left.id]


def test_what_its_maker_took_away_leaves_the_plan_and_its_words_leave_the_store(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, meeting: Meeting
) -> None:
    secret = "Mijn buurman van nummer zeven"
    idea = propose(house, agenda_door, secret)
    put_on(anna, at, idea)
    [block] = house.store.read(plans.of, meeting.id).blocks
    data = {"titel": f"{secret} dus", "minuten": "20", "soort": "work", "leidt": "A", "versie": str(block.version)}
    anna.post(f"{at}/draaiboek/{block.id}/bewaar", data=data)
    house.store.write(ideas.withdraw, now(house, idea))
    assert house.store.read(plans.of, meeting.id).blocks == ()
    assert secret not in said(anna, f"{at}/draaiboek")
    clock.shift(hours=1)
    house.store.write(forgetting.erase_due)
    house.store.forget()
    assert secret.encode() not in house.settings.store_path.read_bytes()


def test_long_words_make_a_short_title_and_lose_nothing(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, meeting: Meeting
) -> None:
    long = "Ik wil het graag hebben over de verlichting in het park, want het is daar ’s avonds erg donker."
    put_on(anna, at, propose(house, agenda_door, long))
    [block] = house.store.read(plans.of, meeting.id).blocks
    assert long.startswith(block.title.removesuffix(" …"))
    assert len(block.title) <= 60
    assert block.words == long


def erased(house: House) -> bytes:
    """Let what makers took away be erased for good; return every byte of the store."""
    clock.shift(hours=1)
    house.store.write(forgetting.erase_due)
    house.store.forget()
    return house.settings.store_path.read_bytes()


def test_a_second_block_of_a_proposal_is_its_maker_s_too_and_goes_with_it(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, meeting: Meeting
) -> None:
    secret = "Mijn buurman van nummer zeven"
    idea = propose(house, agenda_door, secret)
    put_on(anna, at, idea)
    [block] = house.store.read(plans.of, meeting.id).blocks
    anna.post(f"{at}/draaiboek/{block.id}/dubbel")
    assert [one.idea_id for one in house.store.read(plans.of, meeting.id).blocks] == [idea.id, idea.id]
    house.store.write(ideas.withdraw, now(house, idea))
    assert house.store.read(plans.of, meeting.id).blocks == ()
    assert secret.encode() not in erased(house)


def test_what_one_maker_took_away_leaves_the_block_of_the_joined_proposal_and_the_others_words_stay(
    anna: FlaskClient, at: str, house: House, agenda_door: Door, meeting: Meeting, facilitator: Facilitator
) -> None:
    secret = "Mijn buurman van nummer zeven"
    theirs, other = propose(house, agenda_door, secret), propose(house, agenda_door, "Meer licht in het park.")
    who = facilitator.id
    first = house.store.write(joining.join, meeting.workshop_id, [theirs.id, other.id], f"Licht, en {secret}", who)
    more = propose(house, agenda_door, "Een lantaarn.")
    joined = house.store.write(joining.join, meeting.workshop_id, [first.id, more.id], f"Lantaarns en {secret}", who)
    put_on(anna, at, joined)
    [block] = house.store.read(plans.of, meeting.id).blocks
    data = {"titel": f"{secret} dus", "minuten": "20", "soort": "work", "leidt": "A", "versie": str(block.version)}
    anna.post(f"{at}/draaiboek/{block.id}/bewaar", data=data)
    house.store.write(ideas.withdraw, now(house, theirs))
    assert secret.encode() not in erased(house)
    [block] = house.store.read(plans.of, meeting.id).blocks
    assert (block.title, block.words, block.minutes) == ("Meer licht in het park.", "Een lantaarn.", 20)


@pytest.mark.parametrize("how", ["held", "set aside", "given since hiding", "joined with one that is set aside"])
def test_who_may_not_see_a_proposal_sees_its_number_in_the_plan_and_facilitators_its_words(
    anna: FlaskClient,
    at: str,
    house: House,
    agenda_door: Door,
    meeting: Meeting,
    facilitator: Facilitator,
    someone: Someone,
    how: str,
) -> None:
    secret, who = "Mijn buurman van nummer zeven", facilitator.id
    if how == "given since hiding":
        house.store.write(lambda tx: tx.workshops.hide(id=meeting.workshop_id, at=clock.now()))
    idea = asked = propose(house, agenda_door, secret)
    if how.startswith("joined"):
        more = propose(house, agenda_door, "Meer licht.")
        asked = house.store.write(joining.join, meeting.workshop_id, [idea.id, more.id], f"Licht, en {secret}", who)
    put_on(anna, at, asked)
    if how == "held":
        house.store.write(ideas.apply, now(house, idea), who, "held", held=True)
    elif "set aside" in how:
        house.store.write(curating.set_aside, now(house, idea), who, "Te persoonlijk.")
    pages = ("draaiboek", "nu", "nu?beamer")
    for page in pages:
        assert secret not in someone("observer").get(f"{at}/{page}").text
    assert f"#{asked.nr}" in said(someone("observer"), f"{at}/draaiboek")
    assert [secret in anna.get(f"{at}/{page}").text for page in pages] == [True, True, False]
