"""“Dit blijft hier”: an idea that never leaves the group, on whatever road things leave it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask.testing import FlaskClient

from print import forms
from tests import piles
from tests.conftest import Visit
from tests.desk_people import Share, bram, now, share
from tests.phone import share as send
from workshop import meeting_printing
from workshop.domain import (
    agreements,
    answers,
    curating,
    decisions,
    endings,
    ideas,
    joining,
    meetings,
    paper,
    result_content,
    slips,
    staying,
    taking,
    trajectory,
    walls,
    workshops,
)
from workshop.domain.decisions import Plan
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import MAKER, Idea
from workshop.domain.meetings import About
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

__all__ = ["share"]
SECRET = "Mijn zoon drinkt."


@pytest.fixture
def learning(house: House, workshop: Workshop) -> Workshop:
    """The workshop as a learning circle, where people find what keeps them safe."""
    house.store.write(trajectory.turn, workshop, "learning", 1)
    return house.store.read(workshops.at_door, workshop.id)


def kept(house: House, share: Share, facilitator: Facilitator, who: str = MAKER) -> Idea:
    """Return an idea that everyone might see and hangs on the wall, and stays here."""
    idea = share(SECRET, "everyone")
    idea = house.store.write(curating.put_on_wall, idea, facilitator.id)
    return house.store.write(staying.mark, idea, who)


def two_in_one(house: House, workshop: Workshop, share: Share, facilitator: Facilitator) -> tuple[list[Idea], Idea]:
    """Join two ideas for everyone; return them, and what they became."""
    parts = [share(SECRET, "everyone"), share("Die van mij ook.", "everyone")]
    return parts, house.store.write(joining.join, workshop.id, [one.id for one in parts], "", facilitator.id)


def words_for_everyone(house: House, workshop: Workshop) -> str:
    seen = house.store.read(walls.hanging, workshop.id, "everyone")
    return " ".join(
        idea.words + " ".join(one.words for one in idea.added) for part in seen.sections for idea in part.ideas
    )


def test_what_stays_is_for_the_group_whatever_its_maker_chose(
    house: House, workshop: Workshop, door: Door, share: Share, facilitator: Facilitator
) -> None:
    idea = kept(house, share, facilitator)
    assert (idea.visibility, idea.seen_by) == ("everyone", "group")
    assert [one.id for one in house.store.read(ideas.visible, door, True)] == [idea.id]
    assert house.store.read(ideas.visible, door, False) == []


def test_what_stays_is_on_no_page_wall_or_picture_for_everyone(
    house: House,
    workshop: Workshop,
    door: Door,
    share: Share,
    facilitator: Facilitator,
    visit: Visit,
    in_group: FlaskClient,
) -> None:
    idea = kept(house, share, facilitator)
    assert SECRET not in visit().get(f"/{door.number}").get_data(as_text=True)
    assert visit().get(f"/{door.number}/idee/{idea.nr}").status_code == 404
    assert SECRET in in_group.get(f"/{door.number}").get_data(as_text=True)
    assert SECRET not in words_for_everyone(house, workshop)
    house.store.write(staying.lift, now(house, idea), MAKER)
    assert SECRET in words_for_everyone(house, workshop)


def test_what_adds_to_something_that_stays_goes_along_with_nobody(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    idea = kept(house, share, facilitator)
    more = share("Mijn zoon ook.", "everyone", about_id=idea.id)
    house.store.write(curating.put_on_wall, more, facilitator.id)
    assert "ook" not in words_for_everyone(house, workshop)
    assert house.store.read(staying.kept, workshop.id) == {idea.id, more.id}
    assert house.store.read(taking.everything, workshop.id) == []


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_table_to_take_along_leaves_out_what_stays_and_says_how_many(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator, at_desk: FlaskClient, kind: str
) -> None:
    share("Een bankje.")
    kept(house, share, facilitator)
    said = at_desk.get(f"/bureau/{workshop.id}/ideeen.{kind}").get_data(as_text=True)
    assert SECRET not in said
    rows = json.loads(said) if kind == "json" else list(csv.DictReader(io.StringIO(said.lstrip("\ufeff"))))
    assert [row["words"] for row in rows] == ["Een bankje.", "1 idee blijft in de groep en staat niet in deze tabel."]
    assert rows[-1]["nr"] == ""


def test_only_the_maker_lifts_what_the_maker_marked(house: House, share: Share, facilitator: Facilitator) -> None:
    idea = kept(house, share, facilitator)
    with pytest.raises(Refused, match="stays_by_maker"):
        house.store.write(staying.lift, idea, facilitator.id)
    with pytest.raises(Refused, match="nothing_to_undo"):
        house.store.write(curating.undo, idea, facilitator.id)
    assert now(house, idea).stays
    assert not house.store.write(staying.lift, idea, MAKER).stays


def test_a_facilitator_marks_lifts_and_undoes_and_history_says_who(
    house: House, share: Share, facilitator: Facilitator
) -> None:
    idea = kept(house, share, facilitator, facilitator.id)
    assert house.store.write(staying.mark, idea, bram(house)) == idea
    undone = house.store.write(curating.undo, idea, facilitator.id)
    assert not undone.stays
    again = house.store.write(curating.undo, undone, facilitator.id)
    assert again.stays
    assert not house.store.write(staying.lift, again, facilitator.id).stays
    told = [(event.who, event.verb) for event in house.store.read(curating.history, idea)][-4:]
    assert told == [("Anna", "stays"), ("Anna", "undone"), ("Anna", "undone"), ("Anna", "may leave")]


def test_the_maker_may_go_over_the_mark_of_a_facilitator_and_then_it_is_theirs(
    house: House, share: Share, facilitator: Facilitator
) -> None:
    idea = kept(house, share, facilitator, facilitator.id)
    assert house.store.write(staying.said_by_maker, idea, False).stays  # not theirs to lift
    theirs = house.store.write(staying.said_by_maker, idea, True)
    with pytest.raises(Refused, match="stays_by_maker"):
        house.store.write(staying.lift, theirs, facilitator.id)
    assert not house.store.write(staying.said_by_maker, theirs, False).stays


def test_an_idea_joined_with_what_stays_stays_as_long_as_that_is_in_it(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    idea, other = kept(house, share, facilitator), share("Praat erover.", "everyone")
    joined = house.store.write(joining.join, workshop.id, [idea.id, other.id], "Hulp bij drank.", facilitator.id)
    assert joined.stays
    assert "drank" not in words_for_everyone(house, workshop)
    with pytest.raises(Refused, match="stays_by_maker"):
        house.store.write(staying.lift, joined, facilitator.id)
    house.store.write(staying.lift, now(house, idea), MAKER)
    assert not now(house, joined).stays


def test_a_facilitators_mark_on_a_joined_idea_outlives_changes_of_what_is_in_it(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    first, second = share("Een bankje.", "everyone"), share("Nog een bankje.", "everyone")
    joined = house.store.write(joining.join, workshop.id, [first.id, second.id], "Bankjes.", facilitator.id)
    house.store.write(staying.mark, joined, facilitator.id)
    house.store.write(ideas.change_words, now(house, first), "Een bankje.", "group")
    assert now(house, joined).stays


def test_a_mark_on_a_joined_idea_keeps_all_it_is_made_of_also_after_taking_apart(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    parts, joined = two_in_one(house, workshop, share, facilitator)
    house.store.write(staying.mark, joined, facilitator.id)
    assert house.store.read(taking.everything, workshop.id) == []
    told = house.store.read(result_content.shown, workshop.id, [now(house, joined)], "everyone")
    assert (told.quotes, told.unseen) == ((), 2)
    assert house.store.read(endings.stories, workshop.id) == {}
    house.store.write(joining.take_apart, now(house, joined), facilitator.id)
    assert all(now(house, one).stays for one in parts)


def test_lifting_or_undoing_a_mark_on_a_joined_idea_does_so_for_all_it_is_made_of(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    parts, joined = two_in_one(house, workshop, share, facilitator)

    def marks() -> set[bool]:
        return {now(house, one).stays for one in (joined, *parts)}

    house.store.write(staying.mark, joined, facilitator.id)
    for expected in (False, True, False, True):
        house.store.write(curating.undo, now(house, joined), facilitator.id)
        assert marks() == {expected}
    house.store.write(staying.lift, now(house, joined), facilitator.id)
    assert marks() == {False}


def test_what_makers_marked_inside_a_joined_idea_only_they_lift_and_undoing_leaves_it(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    parts, joined = two_in_one(house, workshop, share, facilitator)
    house.store.write(staying.mark, joined, facilitator.id)
    for one in parts:
        house.store.write(staying.mark, now(house, one), MAKER)
    with pytest.raises(Refused, match="stays_by_maker"):
        house.store.write(staying.lift, now(house, joined), facilitator.id)
    house.store.write(curating.undo, now(house, joined), facilitator.id)
    assert {now(house, one).stays for one in (joined, *parts)} == {True}
    for one in parts:
        house.store.write(staying.lift, now(house, one), MAKER)
    assert not now(house, joined).stays


def test_a_maker_keeps_an_idea_here_when_sending_and_on_every_page_of_their_own(
    house: House, learning: Workshop, door: Door, in_group: FlaskClient
) -> None:
    location = send(in_group, door, SECRET, zien="everyone", blijft="ja").location
    receipt = location.rpartition("/")[2]
    assert by_receipt(house, receipt).stays
    assert "Alleen u kunt dat veranderen." in in_group.get(location).text
    page = in_group.post(f"/bewijs/{receipt}", data={"wat": "mag-verder"}, follow_redirects=True).text
    assert "Het is veranderd." in page
    assert not by_receipt(house, receipt).stays
    in_group.post(f"/bewijs/{receipt}", data={"wat": "blijft"})
    in_group.post(f"/bewijs/{receipt}", data={"wat": "blijft"})
    assert by_receipt(house, receipt).stays


def test_whoever_keeps_a_stub_says_that_it_stays_here(
    house: House, learning: Workshop, facilitator: Facilitator, visit: Visit
) -> None:
    (slip,) = piles.numbers(house, learning, "a5", 1, seed="stays")
    found = house.store.read(slips.by_number, slip)
    assert found is not None
    house.store.write(paper.type_by_maker, found, SECRET)
    phone = visit()
    phone.get(f"/{slip}{forms.STUB}{found.stub_key}")
    assert "Dit blijft hier" in phone.get(f"/strookje/{slip}").text
    page = phone.post(f"/strookje/{slip}", data={"wat": "blijft"}, follow_redirects=True).text
    assert "Alleen u kunt dat veranderen." in page
    idea = house.store.read(paper.idea_of, slip)
    assert idea is not None
    assert idea.stays


def test_the_desk_marks_an_idea_shows_it_and_may_not_lift_what_the_maker_chose(
    house: House, learning: Workshop, share: Share, at_desk: FlaskClient, facilitator: Facilitator
) -> None:
    idea = share(SECRET, "everyone")
    address = f"/bureau/{learning.id}/ideeen/{idea.id}"
    page = at_desk.post(f"{address}/blijft", data={"versie": idea.version}, follow_redirects=True).text
    assert '<span class="chip">Blijft hier</span>' in page
    page = at_desk.post(f"{address}/ongedaan", data={"versie": now(house, idea).version}, follow_redirects=True).text
    assert '<span class="chip">Blijft hier</span>' not in page
    house.store.write(staying.mark, now(house, idea), MAKER)
    refused = at_desk.post(f"{address}/mag-verder", data={"versie": now(house, idea).version})
    assert refused.status_code == 400
    assert "Alleen de maker kan dat veranderen." in refused.text
    assert "1 idee blijft in de groep en gaat niet mee." in at_desk.get(f"/bureau/{learning.id}/ideeen").text


def test_the_group_reads_its_agreements_on_the_phone_and_nobody_else_does(
    house: House, learning: Workshop, door: Door, in_group: FlaskClient, outside: FlaskClient
) -> None:
    assert in_group.get(f"/{door.number}/afspraken").status_code == 404
    house.store.write(agreements.add, learning.id, "We luisteren.")
    assert "Onze afspraken" in in_group.get(f"/{door.number}").text
    assert "We luisteren." in in_group.get(f"/{door.number}/afspraken").text
    assert outside.get(f"/{door.number}/afspraken").status_code == 404
    assert "Onze afspraken" not in outside.get(f"/{door.number}").text


def by_receipt(house: House, receipt: str) -> Idea:
    found = house.store.read(ideas.by_receipt, receipt)
    assert found is not None
    return found


def test_an_invitation_says_nothing_of_what_stays(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    house.store.write(meetings.add, workshop.id, About("2026-01-05"))
    shown, secret = share("Een bankje.", "everyone"), kept(house, share, facilitator)
    for idea in (house.store.write(curating.put_on_wall, shown, facilitator.id), now(house, secret)):
        house.store.write(decisions.prepare, idea, Plan("make"), facilitator.id)
    house.store.write(answers.publish, workshop.id, [shown.id, secret.id], facilitator.id)
    coming = house.store.read(meetings.next_one, workshop.id)
    assert coming is not None
    told = house.store.read(meeting_printing.invitation_text, workshop, coming.id, "nl").chosen
    assert [one.words for one in told] == ["Een bankje."]


def test_what_stays_is_no_story_that_outlives_the_workshop(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    told, secret = share("Een bankje.", "everyone"), kept(house, share, facilitator)
    house.store.write(curating.put_on_wall, told, facilitator.id)
    assert set(house.store.read(endings.stories, workshop.id)) == {told.id}
    assert secret.visibility == "everyone"
