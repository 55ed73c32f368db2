"""The typing desk: the maker's words as they stand, ticks as suggestions, two people and never one card twice."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import piles, returned
from tests.conftest import Visit
from tests.desk_people import Share, Someone, now, share, someone
from workshop import clock, erasing
from workshop.domain import ideas, paper, stacks, taking, trays
from workshop.domain.doors import OWN
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.exports import rows
from workshop.house import House

pytestmark = pytest.mark.grown

__all__ = ["share", "someone"]
PLAIN = {"visibility": {"group": "no", "everyone": "no", "everyone_named": "no"}}
TWO = {"visibility": {"group": "yes", "everyone": "yes", "everyone_named": "no"}}


def begin(client: FlaskClient, workshop: Workshop) -> str:
    """Start typing; return the key of the idea this person got, '' when all is done."""
    answer = client.post(f"/bureau/{workshop.id}/overtypen")
    assert answer.status_code == 303
    return answer.location.rpartition("/overtypen/")[2] if "/overtypen/" in answer.location else ""


def keep(
    client: FlaskClient, workshop: Workshop, idea_id: str, words: str = "", how: str = "bewaren", **more: str
) -> TestResponse:
    """Fill in the page of a card as it stands and press a button."""
    text = client.get(f"/bureau/{workshop.id}/overtypen/{idea_id}").text
    version = re.search(r'name="versie" value="(\d+)"', text)
    assert version
    ticked = re.search(r'name="wie" value="(\w+)" checked', text)
    form = {"versie": version[1], "woorden": words, "hoe": how, "naam": "", "perspectief": "", "gevraagd": "1"}
    form |= {"wie": ticked[1]} if ticked else {}
    return client.post(f"/bureau/{workshop.id}/overtypen/{idea_id}", data=form | more)


def test_words_are_kept_as_the_maker_wrote_them_and_the_next_card_comes(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    first, second = returned.cards(house, workshop, facilitator.id, 2)
    assert begin(at_desk, workshop) == first.id
    page = at_desk.get(f"/bureau/{workshop.id}/overtypen/{first.id}").text
    assert "1 van 2" in page
    answer = keep(at_desk, workshop, first.id, "Un bankje bij de [?] vijver.\nMisschien.")
    assert second.id in answer.location
    idea = now(house, first)
    assert (idea.words, idea.own_words, idea.typing) == ("Un bankje bij de [?] vijver.\nMisschien.",) * 2 + ("typed",)
    assert "2 van 2" in at_desk.get(answer.location).text
    done = keep(at_desk, workshop, second.id, "Twee")
    assert "Alles is overgetypt." in at_desk.get(done.location).text


@pytest.mark.parametrize(
    ("how", "typing", "status"),
    [
        ("tekening", "drawing", "received"),
        ("leeg", "drawing", "set_aside"),
        ("onleesbaar", "unreadable", "received"),
        ("maker", "ask_maker", "received"),
    ],
)
def test_a_card_without_words_to_type_is_said_so(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient, how: str, typing: str, status: str
) -> None:
    (card,) = returned.cards(house, workshop, facilitator.id)
    assert keep(at_desk, workshop, card.id, how=how).status_code == 303
    idea = now(house, card)
    assert (idea.typing, idea.status, idea.words, len(idea.pictures)) == (typing, status, "", 1)
    assert house.store.read(paper.left_to_type, workshop.id) == 0
    overview = at_desk.get(f"/bureau/{workshop.id}/overtypen").text
    assert (f"/overtypen/{card.id}/neem" in overview) == (how in ("onleesbaar", "maker"))


def test_saving_without_words_says_what_else_there_is(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    (card,) = returned.cards(house, workshop, facilitator.id)
    answer = keep(at_desk, workshop, card.id, "   ")
    assert answer.status_code == 400
    assert "Alleen een tekening" in answer.text
    assert now(house, card).typing == "waiting"


def test_nothing_is_wider_than_the_group_until_somebody_confirmed_the_tick(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    (card,) = returned.cards(house, workshop, facilitator.id)
    assert (card.visibility, card.asked) == ("group", "everyone")
    assert 'value="everyone" checked' in at_desk.get(f"/bureau/{workshop.id}/overtypen/{card.id}").text
    keep(at_desk, workshop, card.id, "Een bankje", ander="on", perspectief="burger")
    idea = now(house, card)
    assert (idea.visibility, idea.asked, idea.for_other, idea.perspective) == ("everyone", "", True, "burger")


def test_an_unclear_tick_stays_with_the_group_when_nobody_chose(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    (card,) = returned.cards(house, workshop, facilitator.id, ticks=TWO)
    page = at_desk.get(f"/bureau/{workshop.id}/overtypen/{card.id}").text
    assert "De kruisjes zijn niet duidelijk." in page
    assert not re.search(r'name="wie" value="\w+" checked', page)
    keep(at_desk, workshop, card.id, "Een bankje")
    assert now(house, card).visibility == "group"


def test_a_name_is_kept_only_with_the_choice_for_it(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    first, second = returned.cards(house, workshop, facilitator.id, 2)
    keep(at_desk, workshop, first.id, "Een", wie="everyone_named", naam="Truus de Wit")
    keep(at_desk, workshop, second.id, "Twee", wie="everyone", naam="Truus de Wit")
    assert [now(house, one).maker for one in (first, second)] == ["Truus de Wit", ""]


def test_a_card_without_a_tick_asks_nothing_about_who_may_see_it(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    (card,) = returned.cards(house, workshop, facilitator.id, ticks=PLAIN)
    page = at_desk.get(f"/bureau/{workshop.id}/overtypen/{card.id}").text
    assert 'name="wie"' not in page
    assert "Er is niets aangekruist." in page


def test_two_people_share_the_pile_and_never_get_the_same_card(
    house: House, workshop: Workshop, facilitator: Facilitator, someone: Someone
) -> None:
    cards = returned.cards(house, workshop, facilitator.id, 5)
    anna, hanna = someone("facilitator"), someone("helper")
    typed: list[str] = []
    at = {"anna": begin(anna, workshop), "hanna": begin(hanna, workshop)}
    while any(at.values()):
        assert at["anna"] != at["hanna"]
        for name, client in (("anna", anna), ("hanna", hanna)):
            if at[name]:
                answer = keep(client, workshop, at[name], f"door {name}")
                typed.append(at[name])
                at[name] = (
                    answer.location.rpartition("/overtypen/")[2].partition("?")[0]
                    if "/overtypen/" in answer.location
                    else ""
                )
    assert sorted(typed) == sorted(card.id for card in cards), "every card once"


def test_skipping_brings_another_card_and_the_skipped_one_comes_back(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    first, second = returned.cards(house, workshop, facilitator.id, 2)
    assert begin(at_desk, workshop) == first.id
    skipped = at_desk.post(f"/bureau/{workshop.id}/overtypen", data={"na": first.id, "woorden": "half"})
    assert second.id in skipped.location
    assert first.id in keep(at_desk, workshop, second.id, "Twee").location


def test_going_back_goes_to_what_this_person_typed_before(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient
) -> None:
    first, second, third = returned.cards(house, workshop, facilitator.id, 3)
    keep(at_desk, workshop, first.id, "Een")
    keep(at_desk, workshop, second.id, "Twe")
    back = at_desk.post(f"/bureau/{workshop.id}/overtypen/{third.id}/terug")
    assert second.id in back.location
    assert "Twe</textarea>" in at_desk.get(back.location).text
    keep(at_desk, workshop, second.id, "Twee")
    assert now(house, second).words == "Twee"
    further = at_desk.post(f"/bureau/{workshop.id}/overtypen/{second.id}/terug")
    assert first.id in further.location


def test_whoever_is_second_loses_no_word_and_overwrites_nothing(
    house: House, workshop: Workshop, facilitator: Facilitator, someone: Someone
) -> None:
    (card,) = returned.cards(house, workshop, facilitator.id)
    anna, hanna = someone("facilitator"), someone("helper")
    keep(hanna, workshop, card.id, "Een bankje")
    stale = {"versie": str(card.version), "woorden": "Een bankje bij de brug", "hoe": "bewaren"}
    answer = anna.post(f"/bureau/{workshop.id}/overtypen/{card.id}", data=stale)
    assert answer.status_code == 409
    assert "Een bankje bij de brug</textarea>" in answer.text
    assert '<blockquote class="idea-words">Een bankje</blockquote>' in answer.text
    assert now(house, card).words == "Een bankje"
    again = {"versie": str(card.version), "woorden": "Een bankje", "hoe": "bewaren"}
    assert hanna.post(f"/bureau/{workshop.id}/overtypen/{card.id}", data=again).status_code == 303, "sent twice"


def test_a_card_somebody_else_is_typing_is_not_taken_from_them(
    house: House, workshop: Workshop, facilitator: Facilitator, someone: Someone
) -> None:
    (card,) = returned.cards(house, workshop, facilitator.id)
    anna, hanna = someone("facilitator"), someone("helper")
    assert begin(anna, workshop) == card.id
    taken = hanna.post(f"/bureau/{workshop.id}/overtypen/{card.id}/neem")
    assert taken.status_code == 409
    assert "Iemand anders is met deze kaart bezig." in taken.text
    clock.shift(minutes=paper.CLAIM_MINUTES + 1)
    assert hanna.post(f"/bureau/{workshop.id}/overtypen/{card.id}/neem").status_code == 303


def test_the_back_is_seen_only_here_and_can_be_erased_on_its_own(
    house: House, workshop: Workshop, facilitator: Facilitator, someone: Someone
) -> None:
    (card,) = returned.cards(house, workshop, facilitator.id, kind="a5")
    anna = someone("facilitator")
    (back,) = house.store.read(stacks.sightings_of, card.slip or "", "back")
    data = house.files.read(back.crop)
    where = f"/bureau/{workshop.id}/papier/kaart/{back.id}/schoon"
    assert anna.get(where).status_code == 200
    assert someone("observer").get(where).status_code == 403
    assert back.id in anna.get(f"/bureau/{workshop.id}/overtypen/{card.id}").text
    assert back.id not in anna.get(f"/bureau/{workshop.id}/ideeen/{card.id}").text
    away = f"/bureau/{workshop.id}/overtypen/{card.id}/achterkant"
    anna.post(away)
    anna.post(away)
    page = anna.get(f"/bureau/{workshop.id}/overtypen/{card.id}").text
    assert back.id not in page
    assert "De achterkant wordt gewist." in page
    anna.post(away, data={"bewaar": "1"})
    assert back.id in anna.get(f"/bureau/{workshop.id}/overtypen/{card.id}").text
    clock.shift(minutes=31)
    erasing.erase_paper(house)
    assert data in piles.every_word(house), "it was kept after all"
    anna.post(away)
    clock.shift(minutes=62)
    erasing.erase_paper(house)
    assert data not in piles.every_word(house)
    assert house.files.there(now(house, card).pictures[0].file)
    assert anna.get(where).status_code == 404
    assert house.store.read(trays.back_is_away, card)


def test_typed_words_serve_the_list_the_public_page_and_the_table(
    house: House,
    workshop: Workshop,
    facilitator: Facilitator,
    at_desk: FlaskClient,
    in_group: FlaskClient,
    share: Share,
) -> None:
    from workshop.domain import doors

    (card,) = returned.cards(house, workshop, facilitator.id)
    share("Van een telefoon")
    untyped = 'alt="Handgeschreven idee, nog niet overgetypt"'
    door = house.store.read(doors.of_workshop, workshop.id)[OWN]
    in_group.get(f"/{door.scanned}")
    assert untyped in at_desk.get(f"/bureau/{workshop.id}/ideeen?via=paper").text
    assert untyped in in_group.get(f"/{door.number}").text, "it is on the wall of the group at once"
    keep(at_desk, workshop, card.id, "Een bankje bij de brug")
    alt = 'alt="Een bankje bij de brug"'
    listed = at_desk.get(f"/bureau/{workshop.id}/ideeen?via=paper").text
    assert alt in listed
    assert "op papier" in listed
    assert "Van een telefoon" not in listed
    assert alt in in_group.get(f"/{door.number}").text
    assert alt in at_desk.get(f"/bureau/{workshop.id}/ideeen/{card.id}").text
    found = house.store.read(taking.everything, workshop.id, None)
    (row,) = [one for one in rows(found, house.library, "nl") if one["channel"] == "paper"]
    assert (row["channel"], row["slip"], row["words"], row["typing"]) == (
        "paper",
        card.slip,
        "Een bankje bij de brug",
        "typed",
    )


def test_what_its_maker_took_back_is_not_typed_over(
    house: House, workshop: Workshop, facilitator: Facilitator, at_desk: FlaskClient, visit: Visit
) -> None:
    (card,) = returned.cards(house, workshop, facilitator.id)
    house.store.write(ideas.withdraw, card)
    assert begin(at_desk, workshop) == ""
    assert at_desk.get(f"/bureau/{workshop.id}/overtypen/{card.id}").status_code == 404
    posted = at_desk.post(f"/bureau/{workshop.id}/overtypen/{card.id}", data={"woorden": "x", "versie": "2"})
    assert posted.status_code == 404
    assert now(house, card).words == ""


def test_an_idea_from_a_phone_is_no_card_to_type(workshop: Workshop, share: Share, at_desk: FlaskClient) -> None:
    idea = share()
    assert at_desk.get(f"/bureau/{workshop.id}/overtypen/{idea.id}").status_code == 404
