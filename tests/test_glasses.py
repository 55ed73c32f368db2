"""“Andere bril”: ideas go to a side that has not seen them, on paper too, and what is said comes back to the idea."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from print.glasses import GlassesText, glasses
from print.imprint import Door as Opened
from print.pairing import Places, pairing
from tests.desk_people import Share, Someone, anna, now, share, someone
from tests.paper import IMPRINT, letters, pages, side
from workshop import clock, printing
from workshop.domain import answers, comments, curating, decisions, meetings, orders, parking, rounds, seats, support
from workshop.domain import glasses as looks
from workshop.domain.decisions import Plan
from workshop.domain.facilitators import Facilitator
from workshop.domain.meetings import Meeting
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.store import Tx

__all__ = ["anna", "share", "someone"]
Seen = Callable[[], dict[str, tuple[tuple[str, ...], tuple[str, ...]]]]
DOOR = Opened("274196", "K7Q2M9XT4R", "olijf")


@pytest.fixture
def table(house: House, workshop: Workshop) -> Workshop:
    """A workshop with seats for three sides."""
    house.store.write(seats.note, workshop.id, {"client": (3, 3), "professional": (3, 3), "gemeente": (1, 1)})
    return workshop


@pytest.fixture
def meeting(house: House, table: Workshop) -> Meeting:
    """A meeting today with clients and professionals."""
    made = house.store.write(meetings.add, table.id, meetings.About(clock.today().isoformat()))
    house.store.write(meetings.note_present, made, {"client": 3, "professional": 4})
    return house.store.read(meetings.find, table.id, made.id)


@pytest.fixture
def seen(house: House, table: Workshop) -> Seen:
    """Return by the words of every idea which sides saw it and which did not."""

    def look() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        found = house.store.read(looks.suggestions, table.id)
        return {one.idea.words: (one.seen, tuple(sorted(one.unseen))) for one in found}

    return look


def test_an_idea_is_seen_by_who_gave_it_added_to_it_or_stood_behind_it(house: House, share: Share, seen: Seen) -> None:
    idea = share("Een bankje", perspective="client")
    assert seen()["Een bankje"] == (("client",), ("gemeente", "professional"))
    house.store.write(support.recognise, idea, "device:a", on=True, perspective="professional")
    assert seen()["Een bankje"] == (("client", "professional"), ("gemeente",))
    share("Goed plan", perspective="gemeente", about_id=idea.id)
    assert "Een bankje" not in seen()


def test_a_group_that_decided_on_it_has_seen_it(
    house: House, table: Workshop, share: Share, seen: Seen, meeting: Meeting, facilitator: Facilitator
) -> None:
    idea = share("Een bankje")

    def decide(tx: Tx) -> None:
        decisions.prepare(tx, idea, Plan("make", with_group=True, meeting_id=meeting.id), facilitator.id)

    def publish(tx: Tx) -> None:
        with curating.as_one(tx):
            answers.publish(tx, table.id, [idea.id], facilitator.id)

    house.store.write(decide)
    assert seen()["Een bankje"][0] == ()
    house.store.write(publish)
    assert seen()["Een bankje"] == (("client", "professional"), ("gemeente",))


def test_dots_of_a_round_that_is_not_shown_are_no_trace(
    house: House, table: Workshop, share: Share, seen: Seen, facilitator: Facilitator
) -> None:
    found = [share("Een bankje"), share("Meer licht")]
    made = house.store.write(rounds.make, table.id, "Wat eerst?", 5, [one.id for one in found], facilitator.id)
    house.store.write(rounds.begin, made, facilitator.id)
    house.store.write(rounds.give, made, "device:a", {found[0].id: 2}, device="a", perspective="client")
    assert seen()["Een bankje"][0] == ()
    house.store.write(rounds.show, made, facilitator.id)
    assert seen()["Een bankje"][0] == ("client",)


def test_the_idea_that_fewest_saw_comes_first_and_the_side_that_saw_least(
    house: House, table: Workshop, share: Share
) -> None:
    share("Gezien", perspective="client")
    share("Ook gezien", perspective="professional")
    share("Niemand")
    first, second, third = house.store.read(looks.suggestions, table.id)
    assert first.idea.words == "Niemand"
    assert {second.side, third.side} == {"gemeente"}


def test_what_is_parked_held_or_set_aside_is_not_suggested(
    house: House, share: Share, seen: Seen, facilitator: Facilitator
) -> None:
    house.store.write(parking.park, share("Buiten het kader"), facilitator.id, "Gaat over iets anders.")
    house.store.write(curating.set_aside, share("Opzij"), facilitator.id, "Dubbel.")
    assert seen() == {}


def test_without_seats_and_meetings_nothing_is_suggested(house: House, workshop: Workshop, share: Share) -> None:
    share("Een bankje")
    assert house.store.read(looks.suggestions, workshop.id) == []


def test_laying_it_before_a_side_is_noted_once_and_can_be_undone(
    house: House, table: Workshop, share: Share, seen: Seen, meeting: Meeting, anna: FlaskClient
) -> None:
    idea = share("Een bankje", perspective="client")
    at = f"/bureau/{table.id}/andere-bril"
    for _ in range(2):
        answer = anna.post(
            f"{at}/{idea.id}", data={"kant": "gemeente", "bijeenkomst": meeting.id}, follow_redirects=True
        )
    assert "Bewaard: dit idee is laten zien." in answer.text
    [laid] = house.store.read(looks.done, table.id)
    assert (laid.perspective, laid.meeting_id) == ("gemeente", meeting.id)
    assert seen()["Een bankje"] == (("client", "gemeente"), ("professional",))
    anna.post(f"{at}/{idea.id}/terug", data={"kant": "gemeente"})
    assert house.store.read(looks.done, table.id) == []


def test_a_side_or_meeting_that_is_none_is_refused(
    house: House, table: Workshop, share: Share, facilitator: Facilitator
) -> None:
    idea = share("Een bankje")
    for side_, meeting_id, code in (("nobody", None, "side_unknown"), ("client", "X", "no_meeting")):
        with pytest.raises(Refused) as refused:
            house.store.write(looks.note, idea, side_, meeting_id, facilitator.id)
        assert refused.value.code == code


def test_what_a_side_wrote_on_paper_comes_back_as_an_idea_about_it(
    house: House, table: Workshop, share: Share, anna: FlaskClient
) -> None:
    idea = share("Een bankje", perspective="client")
    at = f"/bureau/{table.id}/andere-bril/{idea.id}"
    anna.post(at, data={"kant": "gemeente"})
    for _ in range(2):
        anna.post(f"{at}/zei", data={"kant": "gemeente", "woorden": "Dat mag daar.", "sleutel": "een"})
    [added] = house.store.read(comments.all_of, now(house, idea))
    assert (added.words, added.perspective, added.about_id, added.channel) == (
        "Dat mag daar.",
        "gemeente",
        idea.id,
        "paper",
    )
    assert not added.held
    [laid] = house.store.read(looks.done, table.id)
    assert [one.id for one in laid.added] == [added.id]
    assert "1 aanvulling van die kant." in anna.get(f"/bureau/{table.id}/andere-bril").text


def test_nothing_typed_is_said_at_the_field(table: Workshop, share: Share, anna: FlaskClient) -> None:
    idea = share("Een bankje", perspective="client")
    at = f"/bureau/{table.id}/andere-bril/{idea.id}"
    anna.post(at, data={"kant": "gemeente"})
    answer = anna.post(f"{at}/zei", data={"kant": "gemeente", "woorden": " ", "sleutel": "een"})
    assert answer.status_code == 400
    assert f'id="woorden-{idea.id}-gemeente"' in answer.text


def test_the_sheet_asks_the_question_and_opens_the_card_of_the_idea(
    house: House, table: Workshop, share: Share
) -> None:
    idea = share("Een bankje bij de bushalte.", perspective="client")
    [made] = printing.printed(house, table, {"document": "glasses", "idea": idea.id, "side": "gemeente"})
    text = side(made.pdf, 0).replace("\xa0", " ")
    for part in (
        "Hoe kijkt u hiernaar?",
        "Voor: gemeente",
        "Een bankje bij de bushalte.",
        f"Idee {idea.nr}",
        "Vul dit idee aan",
    ):
        assert part in text
    assert f"{idea.number[:3]} {idea.number[3:]}" in text


def test_a_long_idea_goes_on_to_a_next_sheet_in_large_letters() -> None:
    text = GlassesText(12, "Een bankje bij de bushalte, zodat je even kunt zitten. " * 36, "cliënt")
    made = glasses(text, DOOR, imprint=IMPRINT, language="en")
    assert pages(made.pdf) > 1
    found = "".join(side(made.pdf, at) for at in range(pages(made.pdf))).replace("\xa0", " ").replace("\n", " ")
    assert found.count("kunt zitten") == 36
    assert min(letter.size for at in range(2) for letter in letters(made.pdf, at)) >= 14
    assert made == glasses(text, DOOR, imprint=IMPRINT, language="en")


def test_the_order_is_placed_from_the_page_and_thrown_away_when_the_idea_is_erased(
    house: House, table: Workshop, share: Share, anna: FlaskClient
) -> None:
    idea = share("Een bankje", perspective="client")
    anna.post(f"/bureau/{table.id}/andere-bril/{idea.id}/vel", data={"kant": "gemeente"})
    [placed] = house.store.read(orders.of_workshop, table.id)
    assert placed.what["document"] == "glasses"
    claimed = house.store.write(orders.claim, placed.id)
    assert claimed
    house.store.write(orders.finish, claimed, "a.pdf", "vel.pdf")
    assert house.store.write(orders.throw_away, table.id) == ["a.pdf"]


def test_a_sheet_for_nobody_is_not_printed(house: House, table: Workshop, share: Share, anna: FlaskClient) -> None:
    answer = anna.post(f"/bureau/{table.id}/andere-bril/{share().id}/vel", data={"kant": "nobody"})
    assert answer.status_code == 400
    assert house.store.read(orders.of_workshop, table.id) == []


def test_who_looks_along_sees_no_idea_that_is_hidden(
    house: House, table: Workshop, share: Share, someone: Someone
) -> None:
    house.store.write(lambda tx: tx.workshops.hide(id=table.id, at=clock.now()))
    share("Nog geheim")
    assert "Nog geheim" not in someone("observer").get(f"/bureau/{table.id}/andere-bril").text
    assert "Nog geheim" in someone("facilitator").get(f"/bureau/{table.id}/andere-bril").text


def test_the_table_plan_is_said_in_words_and_ordered(
    house: House, table: Workshop, meeting: Meeting, anna: FlaskClient
) -> None:
    at = f"/bureau/{table.id}/bijeenkomsten/{meeting.id}/wie-bij-wie"
    assert "2 tweetallen: professional + cliënt" in anna.get(at).text
    typed = {"samen": "2", "n-professional": "4", "n-client": "4"}
    assert "4 tweetallen: cliënt + professional" in anna.get(at, query_string=typed).text
    anna.post(at, data=typed)
    [placed] = house.store.read(orders.of_workshop, table.id)
    [made] = printing.printed(house, table, placed.what)
    text = side(made.pdf, 0).replace("\xa0", " ")
    for part in ("Wie zit bij wie? Tweetallen", "4 tweetallen", "Plaats 1, 2, 3 en 4", "cliënt", "professional"):
        assert part in text


def test_before_a_meeting_the_plan_starts_from_who_is_invited_and_says_when_that_is_too_few(
    house: House, table: Workshop, anna: FlaskClient
) -> None:
    [coming] = house.store.read(meetings.of_workshop, table.id)
    at = f"/bureau/{table.id}/bijeenkomsten/{coming.id}/wie-bij-wie"
    assert "tweetallen: cliënt + professional" in anna.get(at).text
    page = anna.get(at, query_string={"samen": "2"}).text
    assert "Er zijn nog te weinig mensen." in page
    assert anna.post(at, data={"samen": "2"}).status_code == 400


def test_a_table_plan_with_many_groups_goes_on_to_a_next_sheet() -> None:
    places = [Places((nr,), (f"kant {nr}", "professional", "cliënt")) for nr in range(1, 13)]
    made = pairing(places, size=3, meeting="Bijeenkomst 3", imprint=IMPRINT, language="nl")
    assert pages(made.pdf) > 1
    found = "".join(side(made.pdf, at) for at in range(pages(made.pdf))).replace("\xa0", " ")
    assert all(f"kant {nr}" in found for nr in range(1, 13))
    assert min(letter.size for letter in letters(made.pdf, 0)) >= 14
    assert made == pairing(places, size=3, meeting="Bijeenkomst 3", imprint=IMPRINT, language="nl")


def test_an_idea_that_is_not_there_cannot_be_shown(house: House, table: Workshop) -> None:
    with pytest.raises(Refused) as refused:
        house.store.read(looks.find, table.id, "nowhere")
    assert refused.value.code == "no_idea"
