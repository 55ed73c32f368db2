"""Wishes that combine, one thing done with many ideas and one undo for it, and two facilitators who see each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from werkzeug.test import TestResponse

from tests.browser import Browse, Live
from tests.conftest import CARD, SECOND_CARD
from tests.desk_people import Share, Someone, share, someone
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
from workshop.domain.ideas import Idea, Sent
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx

__all__ = ["share", "someone"]


@pytest.fixture
def anna(someone: Someone) -> FlaskClient:
    """Anna's browser."""
    return someone("facilitator")


def now(house: House, idea: Idea) -> Idea:
    """Return the idea as it is now."""
    return house.store.read(ideas.by_key, idea.workshop_id, idea.id)


def bram(house: House) -> str:
    """Return the key of a second facilitator, called Bram."""
    return house.store.write(facilitators.make, "Bram").id


def chosen(found: Sequence[Idea]) -> list[str]:
    """Return ideas as a form says them."""
    return [f"{one.id}:{one.version}" for one in found]


def many(client: FlaskClient, workshop: Workshop, verb: str, query: str = "", **form: str | list[str]) -> TestResponse:
    """Press a button of the bar that is about many ideas."""
    return client.post(f"/bureau/{workshop.id}/ideeen/samen/{verb}?{query}", data=form)


def undo(client: FlaskClient, workshop: Workshop, answer: TestResponse) -> str:
    """Press “Ongedaan maken” in the bar of an answer; return the page after it."""
    page = client.get(answer.headers["Location"]).text
    batch = re.search(r'name="groep" value="(\w{26})"', page)
    assert batch, page
    return client.get(many(client, workshop, "ongedaan", groep=batch[1]).headers["Location"]).text


def shown(client: FlaskClient, workshop: Workshop, query: str) -> list[int]:
    """Return the numbers of the ideas on the page, in their order."""
    page = client.get(f"/bureau/{workshop.id}/ideeen?{query}").text
    return [int(nr) for nr in re.findall(r'form="samen".*?<strong>Idee (\d+)</strong>', page)]


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


@pytest.mark.parametrize(
    ("verb", "form", "said"),
    [
        ("gelezen", {}, "3 ideeën gelezen."),
        ("op-de-muur", {}, "3 ideeën op de muur gezet."),
        ("opzij", {"reden": "Later."}, "3 ideeën opzij gelegd."),
        ("thema", {"nieuw": "Zitten"}, "3 ideeën in een ander thema gezet."),
    ],
)
def test_many_ideas_at_once_and_one_undo_that_takes_exactly_that_back(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share, verb: str, form: dict[str, str], said: str
) -> None:
    three, other = [share(f"Idee {at}.") for at in range(3)], share("Een ander idee.")
    answer = many(anna, workshop, verb, idee=chosen(three), **form)
    assert said in anna.get(answer.headers["Location"]).text
    assert all(now(house, one) != one for one in three)
    assert now(house, other) == other
    assert "3 ideeën zijn weer zoals ze waren." in undo(anna, workshop, answer)
    for one in three:
        after = now(house, one)
        assert (after.status, after.theme_id, after.reason, after.planned) == ("received", None, "", None)


def test_undoing_many_can_be_undone_too(anna: FlaskClient, house: House, workshop: Workshop, share: Share) -> None:
    two = [share("Een."), share("Twee.")]
    page = undo(anna, workshop, many(anna, workshop, "op-de-muur", idee=chosen(two)))
    assert "Toch wel" in page
    batch = re.search(r'name="groep" value="(\w{26})"', page)
    assert batch
    many(anna, workshop, "ongedaan", groep=batch[1])
    assert [now(house, one).status for one in two] == ["wall", "wall"]


def test_what_somebody_else_changed_stays_as_it_is_and_is_counted(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    three = [share(f"Idee {at}.") for at in range(3)]
    house.store.write(curating.correct, three[0], bram(house), "Van Bram.")
    answer = many(anna, workshop, "op-de-muur", idee=chosen(three))
    page = anna.get(answer.headers["Location"]).text
    assert "2 ideeën op de muur gezet." in page
    assert "1 idee was net door iemand anders veranderd" in page
    assert now(house, three[0]).status == "received"


def test_undo_leaves_alone_what_somebody_changed_since(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    three = [share(f"Idee {at}.") for at in range(3)]
    answer = many(anna, workshop, "op-de-muur", idee=chosen(three))
    house.store.write(curating.take_off_wall, now(house, three[0]), bram(house))
    page = undo(anna, workshop, answer)
    assert "2 ideeën zijn weer zoals ze waren." in page
    assert "1 idee was net door iemand anders veranderd" in page
    assert [now(house, one).status for one in three] == ["read", "received", "received"]


def test_all_i_see_is_what_fits_and_not_what_came_or_changed_since(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    many_ideas = [share(f"Een bankje, nummer {at}.") for at in range(30)]
    other = share("Een koor.")
    page = anna.get(f"/bureau/{workshop.id}/ideeen?zoek=bankje").text
    mark = re.search(r'name="alle" value="(\w{26})"', page)
    assert mark
    late = share("Nog een bankje.")
    house.store.write(curating.correct, many_ideas[0], bram(house), "Een bankje van Bram.")
    answer = many(anna, workshop, "op-de-muur", "zoek=bankje", alle=mark[1])
    page = anna.get(answer.headers["Location"]).text
    assert "29 ideeën op de muur gezet." in page
    assert "2 ideeën waren net door iemand anders veranderd" in page
    assert {now(house, one).status for one in many_ideas[1:]} == {"wall"}
    assert {now(house, one).status for one in (many_ideas[0], late, other)} == {"received"}


def test_the_same_form_twice_does_it_once(anna: FlaskClient, house: House, workshop: Workshop, share: Share) -> None:
    two = [share("Een."), share("Twee.")]
    many(anna, workshop, "op-de-muur", idee=chosen(two))
    once = [now(house, one) for one in two]
    again = many(anna, workshop, "op-de-muur", idee=chosen(two))
    assert "Er is niets veranderd." in anna.get(again.headers["Location"]).text
    assert [now(house, one) for one in two] == once


def test_what_cannot_be_done_is_said_and_nothing_is_done(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    two = [share("Een."), share("Twee.")]
    for verb, form, said in (
        ("gelezen", {}, "Kies eerst ideeën"),
        ("besluit", {}, "Kies eerst ideeën"),
        ("opzij", {"idee": chosen(two), "reden": " "}, "Schrijf erbij waarom"),
        ("thema", {"idee": chosen(two)}, "Kies een thema"),
        ("thema", {"idee": chosen(two), "thema": ids.new()}, "Dit thema is er niet meer"),
        ("ongedaan", {"groep": ids.new()}, "Er is niets om ongedaan te maken"),
    ):
        answer = many(anna, workshop, verb, **form)
        assert answer.status_code == 400, verb
        assert said in answer.text, verb
        if "idee" in form:
            assert answer.text.count('data-key="x" checked') == 2
    assert [now(house, one) for one in two] == two
    assert many(anna, workshop, "ontploffen", idee=chosen(two)).status_code == 404


def test_a_taken_away_idea_is_left_alone(anna: FlaskClient, house: House, workshop: Workshop, share: Share) -> None:
    gone, there = share("Weg."), share("Er.")
    house.store.write(ideas.withdraw, gone)
    answer = many(anna, workshop, "op-de-muur", idee=[*chosen([gone, there]), "niks", f"{ids.new()}:1"])
    assert "1 idee op de muur gezet." in anna.get(answer.headers["Location"]).text
    assert now(house, gone).status == "received"


def test_many_ideas_go_along_to_deciding_and_joining(anna: FlaskClient, workshop: Workshop, share: Share) -> None:
    two = [share("Een bankje."), share("Een zitplaats.")]
    for verb in ("besluit", "samenvoegen"):
        answer = many(anna, workshop, verb, idee=chosen(two))
        page = anna.get(answer.headers["Location"]).text
        assert "Een bankje." in page
        assert "Een zitplaats." in page


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


def _joins(tx: Tx, workshop_id: str, facilitator_id: str) -> None:
    tx.workshops.join(workshop_id=workshop_id, facilitator_id=facilitator_id, role="facilitator", at=clock.now())


@pytest.fixture
def came_in(live: Live) -> list[Idea]:
    """Six ideas on the first card."""
    place = live.running.house.store.write
    sent = [Sent(f"Een bankje, nummer {at}.", "everyone", ids.token(), ids.token(), "qr") for at in range(6)]
    return [place(ideas.place, live.door, one) for one in sent]


def sign_in(page: Page, live: Live, facilitator_id: str) -> Page:
    """Give a browser the cookie of a sign-in."""
    secret = live.running.house.store.write(facilitators.begin, facilitator_id)
    page.context.add_cookies([{"name": "bureau", "value": secret, "url": live.address, "httpOnly": True}])
    return page


def walls(live: Live, found: Sequence[Idea]) -> int:
    """Return how many of these ideas are on the wall."""
    return sum(now(live.running.house, one).status == "wall" for one in found)


def test_by_keyboard_alone_many_are_chosen_done_and_undone(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    page = sign_in(browse(width=1280, height=900), live, live.facilitator.id)
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen"))
    for key in ("j", "x", "j", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-picked]")).to_have_text("2 ideeën gekozen")
    page.locator("#samen button", has_text="Op de muur").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("2 ideeën op de muur gezet.")
    assert walls(live, came_in) == 2
    page.keyboard.press("u")
    expect(page.locator(".done")).to_contain_text("2 ideeën zijn weer zoals ze waren.")
    assert walls(live, came_in) == 0
    page.keyboard.press("/")
    page.keyboard.type("bank nummer 3")
    page.keyboard.press("Enter")
    expect(page.locator(".found")).to_contain_text("1 idee")


def test_shift_click_takes_all_between_and_all_takes_all(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    page = sign_in(browse(width=1280, height=900), live, live.facilitator.id)
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen"))
    boxes = page.locator("article input[name=idee]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator("[data-picked]")).to_have_text("4 ideeën gekozen")
    page.get_by_label("alle 6 die je nu ziet").check()
    expect(page.locator("[data-picked]")).to_have_text("6 ideeën gekozen")
    page.locator("#samen button", has_text="Op de muur").click()
    expect(page.locator(".done")).to_contain_text("6 ideeën op de muur gezet.")
    assert walls(live, came_in) == 6


def test_it_works_without_scripts_at_320_px(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    page = sign_in(browse(scripts=False), live, live.facilitator.id)
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen?zoek=nummer"))
    page.locator("article input[name=idee]").first.check()
    page.locator("#samen button", has_text="Op de muur").click()
    expect(page.locator(".done")).to_contain_text("1 idee op de muur gezet.")
    page.locator(".done button").click()
    assert walls(live, came_in) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_one_sees_what_the_other_changes_and_nothing_moves(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    write = live.running.house.store.write
    other = write(facilitators.make, "Bram").id
    write(_joins, live.workshop.id, other)
    page = sign_in(browse(width=1280, height=900), live, live.facilitator.id)
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen"))
    place = page.locator("article").first.bounding_box()
    bram_page = sign_in(browse(width=1280, height=900), live, other)
    bram_page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen/{came_in[0].id}"))
    expect(page.locator(f"[data-looks='{came_in[0].id}']")).to_have_text("Bram kijkt naar dit idee")
    bram_page.keyboard.press("w")
    expect(bram_page.locator(".done")).to_be_visible()
    expect(page.locator("[data-watch-said]")).to_have_text("1 idee is veranderd door Bram")
    assert page.locator("article").first.bounding_box() == place
    page.get_by_role("link", name="Laat zien").click()
    expect(page.locator(".chip.status-wall")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_with_all_ideas_is_fit_for_everybody(
    browse: Browse, live: Live, came_in: list[Idea], width: int
) -> None:
    page = sign_in(browse(width=width, height=900), live, live.facilitator.id)
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen?zoek=bank&besluit=waiting"))
    for summary in page.locator("summary").all():
        summary.click()
    page.locator("article input[name=idee]").first.check()
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    page.evaluate("document.documentElement.style.fontSize = '36px'")  # letters of 200 %
    assert page.evaluate("document.documentElement.scrollWidth") <= width
