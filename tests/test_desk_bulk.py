"""One thing done with many ideas: all of it or nothing, one undo, and nobody overwritten."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.desk_people import Share, anna, bram, now, share, someone
from workshop import ids
from workshop.domain import curating, ideas
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["anna", "share", "someone"]


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
