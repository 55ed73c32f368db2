"""Which ideas the page shows: wishes that combine, words that are found, and what others do meanwhile."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.conftest import CARD, SECOND_CARD
from tests.desk_people import Share, Someone, anna, bram, now, share, someone
from workshop import clock, ids
from workshop.domain import (
    curating,
    decisions,
    doors,
    facilitators,
    ideas,
    joining,
    meetings,
    sifting,
    themes,
    workshops,
)
from workshop.domain.curating import Filter
from workshop.domain.decisions import Plan
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Sent
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx

__all__ = ["anna", "share", "someone"]


def shown(client: FlaskClient, workshop: Workshop, query: str) -> list[int]:
    """Return the numbers of the ideas on the page, in their order."""
    page = client.get(f"/bureau/{workshop.id}/ideeen?{query}").text
    return [int(nr) for nr in re.findall(r'form="samen".*?<strong>Idee (\d+)</strong>', page)]


def _joins(tx: Tx, workshop_id: str, facilitator_id: str) -> None:
    tx.workshops.join(workshop_id=workshop_id, facilitator_id=facilitator_id, role="facilitator", at=clock.now())


def test_wishes_combine_and_each_can_be_taken_out_alone(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    one = share("Een bankje bij de bushalte.", channel="qr", perspective="client")
    two = share("Een bankje in het park.", channel="number", perspective="client")
    share("Een koor.", channel="qr", perspective="client")
    theme = house.store.write(themes.make, workshop.id, "Zitten")
    house.store.write(themes.put, one, theme.id, facilitator.id)
    assert shown(anna, workshop, "zoek=bank&perspectief=client") == [two.nr, one.nr]
    assert shown(anna, workshop, "zoek=bank&via=qr") == [one.nr]
    assert shown(anna, workshop, f"thema={theme.id}") == [one.nr]
    assert shown(anna, workshop, "thema=-&zoek=bank") == [two.nr]
    page = anna.get(f"/bureau/{workshop.id}/ideeen?zoek=bank&via=qr&thema={theme.id}").text
    alone = {
        match.replace("&amp;", "&") for match in re.findall(r'<li><a class="button light" href="[^"?]*\?([^"]*)"', page)
    }
    assert alone == {f"via=qr&thema={theme.id}", f"zoek=bank&thema={theme.id}", "zoek=bank&via=qr"}
    assert "Zitten (1)" in page


def test_every_choice_says_how_many_ideas_would_fit(
    house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    share("Een.", channel="qr", perspective="client")
    share("Twee.", channel="number", perspective="client")
    share("Drie.", channel="number", perspective="mantelzorger")
    counts = house.store.read(sifting.sift, workshop.id, Filter(channel="number")).counts
    assert counts["channel"] == {"qr": 1, "number": 2}
    assert counts["perspective"] == {"client": 1, "mantelzorger": 1}
    for name, value, count in (("channel", "qr", 1), ("channel", "number", 2)):
        assert len(house.store.read(curating.stream, workshop.id, Filter(**{name: value}))) == count


def test_ideas_belong_to_the_meeting_they_came_at(house: House, workshop: Workshop, share: Share) -> None:
    first = house.store.write(meetings.add, workshop.id, meetings.About(clock.today().isoformat()))
    old = share("Nu.")
    clock.shift(days=60)
    second = house.store.write(meetings.add, workshop.id, meetings.About(clock.today().isoformat()))
    new = share("Straks.")
    for meeting, idea in ((first, old), (second, new)):
        assert house.store.read(sifting.sift, workshop.id, Filter(meeting_id=meeting.id)).keys == [idea.id]


def test_what_waits_comes_oldest_first_and_a_prepared_decision_still_waits(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    one, two, three = share("Een."), share("Twee."), share("Drie.")
    house.store.write(decisions.prepare, two, Plan("make"), facilitator.id)
    assert shown(anna, workshop, "besluit=waiting") == [one.nr, two.nr, three.nr]
    assert shown(anna, workshop, "besluit=none") == [one.nr, three.nr]
    assert shown(anna, workshop, "besluit=prepared") == [two.nr]
    assert shown(anna, workshop, "besluit=make") == []
    assert shown(anna, workshop, "status=received") == [one.nr, two.nr, three.nr]
    assert shown(anna, workshop, "") == [three.nr, two.nr, one.nr]
    assert "nog 3 ideeën wachten op antwoord" in anna.get(f"/bureau/{workshop.id}/ideeen").text


def test_a_joined_idea_is_found_by_what_it_is_made_of(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    second = house.store.write(doors.open_for, workshop.id, [SECOND_CARD])[SECOND_CARD]
    one = share("Een bankje.", channel="number", perspective="client")
    two = house.store.write(ideas.place, second, Sent("Een zitplaats.", "everyone", ids.token(), ids.token(), "qr"))
    joined = house.store.write(joining.join, workshop.id, [one.id, two.id], "Kunnen rusten.", facilitator.id)
    queries = (
        "zoek=bankje",
        "zoek=rusten",
        "via=number",
        "perspectief=client",
        f"kaart={CARD}",
        f"kaart={SECOND_CARD}",
    )
    for query in (*queries, f"zoek={one.nr}"):
        assert shown(anna, workshop, query) == [joined.nr], query
    assert shown(anna, workshop, "via=number&zoek=zitplaats") == []
    house.store.write(ideas.withdraw, now(house, one))
    assert shown(anna, workshop, "zoek=bankje") == []


def test_words_found_are_marked_and_never_live(anna: FlaskClient, workshop: Workshop, share: Share) -> None:
    share("Een <b>bankje</b> & meer.")
    page = anna.get(f"/bureau/{workshop.id}/ideeen?zoek=bankje").text
    assert "Een &lt;b&gt;<mark>bankje</mark>&lt;/b&gt; &amp; meer." in page
    assert (
        '<input id="zoek" name="zoek" type="search" value="&#34;&gt;&lt;b&gt;"'
        in anna.get(f"/bureau/{workshop.id}/ideeen", query_string={"zoek": '"><b>'}).text
    )


def test_an_observer_finds_nothing_that_is_hidden(
    house: House, workshop: Workshop, share: Share, someone: Someone
) -> None:
    share("Een bankje.")
    house.store.write(workshops.hide, workshop.id)
    hidden = share("Een geheim bankje.")
    observer = someone("observer")
    for query in ("", "zoek=bankje", "zoek=geheim", f"zoek={hidden.nr}"):
        assert "geheim bankje" not in observer.get(f"/bureau/{workshop.id}/ideeen?{query}").text.lower()
    assert observer.get(f"/bureau/{workshop.id}/ideeen/{hidden.id}").status_code == 404
    assert "geheim" in someone("facilitator").get(f"/bureau/{workshop.id}/ideeen?zoek=geheim").text


def test_like_ideas_are_said_at_an_idea_with_the_words_they_share(
    anna: FlaskClient, workshop: Workshop, share: Share
) -> None:
    one, two = share("Een bankje bij de bushalte."), share("Zet een bankje neer bij de bushaltes.")
    share("Een koor voor iedereen.")
    page = anna.get(f"/bureau/{workshop.id}/ideeen/{one.id}").text
    assert f"Lijkt op idee {two.nr}" in page
    assert "bankje" in page.partition("Lijkt op idee")[2][:200]
    assert "Lijkt op" not in anna.get(f"/bureau/{workshop.id}/ideeen?zoek=koor").text


def test_who_looks_and_what_others_changed_is_answered_and_known_answers_are_short(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    one, two = share("Een."), share("Twee.")
    page = anna.get(f"/bureau/{workshop.id}/ideeen").text
    where = re.search(r'data-watch="([^"]+)"', page)
    assert where
    first = anna.get(where[1])
    assert first.json == {"said": "", "looking": {}}
    assert anna.get(where[1], headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    other = bram(house)
    house.store.write(_joins, workshop.id, other)
    house.store.write(curating.put_on_wall, one, other)
    house.store.write(curating.read, two, other)
    at_desk = anna.application.test_client()
    at_desk.set_cookie(
        "__Host-bureau", house.store.write(facilitators.begin, other), domain="werkplaats.nl", secure=True
    )
    at_desk.get(f"/bureau/{workshop.id}/ideeen/{two.id}")
    told = anna.get(where[1], headers={"If-None-Match": first.headers["ETag"]}).json
    assert told == {"said": "2 ideeën zijn veranderd door Bram", "looking": {two.id: "Bram kijkt naar dit idee"}}
    assert "Bram kijkt naar dit idee" in anna.get(f"/bureau/{workshop.id}/ideeen/{two.id}").text
    clock.shift(minutes=2)
    assert anna.get(where[1]).json["looking"] == {}
