"""Who somebody wants to be: searched for on every way out, for everybody but its maker and the facilitators."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cards.card import Language
from tests import phone
from tests.conftest import Visit
from tests.desk_people import Someone, now, someone
from tests.paper import pages, side
from workshop import exports, ids, printing, slip_printing
from workshop.domain import (
    curating,
    decisions,
    doors,
    ideas,
    joining,
    network_cards,
    rounds,
    staying,
    taking,
    walls,
    workshops,
)
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Picture, Sent
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.pictures import clean

__all__ = ["someone"]
CANARY = "Kanarie: ik wil moediger zijn."


@pytest.fixture
def being(house: House, workshop: Workshop) -> Door:
    """The door of the card about who people want to be."""
    return house.store.write(doors.open_for, workshop.id, [network_cards.BEING])[network_cards.BEING]


@pytest.fixture
def said(house: House, being: Door) -> Idea:
    """What a participant shared there for the facilitators, with a name and a photo."""
    made = clean(phone.photo())
    picture = Picture(ids.new(), house.files.keep(made.jpeg, "jpg"), made.width, made.height)
    sent = Sent(CANARY, "group", ids.token(), ids.token(), "qr", maker="Kanarie Klaas", pictures=[picture])
    return house.store.write(ideas.place, being, sent)


def sings(data: bytes) -> bool:
    return b"kanarie" in data.lower()


def scanned(visit: Visit, door: Door) -> FlaskClient:
    there = visit()
    there.get(f"/{door.scanned}")
    return there


def test_neither_the_group_nor_anybody_else_reads_it(
    said: Idea, being: Door, house: House, workshop: Workshop, visit: Visit
) -> None:
    hanging = [house.store.write(walls.make, workshop.id, audience) for audience in ("group", "everyone")]
    screens = [f"/muur/{one.key}{more}" for one in hanging for more in ("", "/stand")]
    picture = said.pictures[0].id
    pictures = [f"/foto/{picture}", *(f"/muur/{one.key}/foto/{picture}" for one in hanging)]
    for who in (scanned(visit, being), visit()):
        for path in (f"/{being.number}", f"/{being.number}/idee/{said.nr}", *screens):
            assert not sings(who.get(path).data), path
        for path in pictures:
            assert who.get(path).status_code == 404, path


def test_its_maker_reads_it_and_hears_who_does(said: Idea, visit: Visit) -> None:
    page = visit().get(f"/bewijs/{said.receipt}")
    assert CANARY in phone.text(page)
    assert "Alleen de begeleiders lezen het." in phone.text(page)


def test_as_soon_as_its_maker_chooses_everyone_the_group_reads_it(
    said: Idea, being: Door, house: House, visit: Visit
) -> None:
    house.store.write(ideas.change_words, said, said.own_words, "everyone")
    assert CANARY in phone.text(scanned(visit, being).get(f"/{being.number}"))
    house.store.write(ideas.change_words, now(house, said), said.own_words, "group")
    assert not sings(scanned(visit, being).get(f"/{being.number}").data)


def test_a_facilitator_who_narrows_it_to_the_group_lets_the_group_read_it(
    said: Idea, being: Door, house: House, facilitator: Facilitator, visit: Visit
) -> None:
    wide = house.store.write(ideas.change_words, said, said.own_words, "everyone")
    house.store.write(curating.narrow, wide, facilitator.id, "group")
    assert CANARY in phone.text(scanned(visit, being).get(f"/{being.number}"))


def test_an_observer_finds_it_on_no_page_and_in_no_table_of_the_desk(
    said: Idea, workshop: Workshop, app: Flask, someone: Someone
) -> None:
    observer, anna = someone("observer"), someone("facilitator")
    pages = desk_pages(app, workshop, said)
    assert [path for path in pages if sings(observer.get(path).data)] == []
    assert observer.get(f"/bureau/{workshop.id}/ideeen/{said.id}").status_code == 404
    assert len([path for path in pages if sings(anna.get(path).data)]) > 2, "facilitators read it"


def desk_pages(app: Flask, workshop: Workshop, idea: Idea) -> list[str]:
    """Return every page of the desk that can be addressed with this workshop and this idea."""
    known = {"workshop_id": workshop.id, "idea_id": idea.id, "picture_id": idea.pictures[0].id}
    routes, found = app.url_map.bind("werkplaats.nl"), []
    for rule in app.url_map.iter_rules():
        for kind in ("csv", "xlsx", "json"):
            values = known | {"kind": kind}
            if "GET" in (rule.methods or ()) and "workshop_id" in rule.arguments and rule.arguments <= values.keys():
                mine = {name: value for name, value in values.items() if name in rule.arguments}
                found.append(routes.build(rule.endpoint, mine))
    bureau = f"/bureau/{workshop.id}"
    found += [f"{bureau}/ideeen?zoek=kanari", f"{bureau}/besluiten?idee={idea.id}", f"{bureau}/ideeen/nu?vanaf=0"]
    return list(dict.fromkeys(found))


def test_no_table_to_take_along_has_it_not_even_that_of_a_facilitator(
    said: Idea, house: House, workshop: Workshop
) -> None:
    found = house.store.read(taking.everything, workshop.id)
    table = exports.rows(found, house.library_of(workshop.id), "nl", house.store.read(taking.stayed, workshop.id))
    for kind in ("csv", "json"):
        assert not sings(exports.write(kind, table))
    assert said.id in house.store.read(staying.kept, workshop.id)


def test_it_is_on_no_wall_newspaper_and_in_no_report(
    said: Idea, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    plan = decisions.Plan("try", "Een mooi begin.")
    house.store.write(decisions.prepare, said, plan, facilitator.id)
    house.store.write(workshops.show_support, workshop.id, True)
    for audience in ("group", "everyone"):
        what = {"document": "wall", "format": "a3", "audience": audience, "language": "nl"}
        made = printing.make(house, workshop.id, what)
        assert "anarie" not in "".join(side(made.data, page) for page in range(pages(made.data)))
        assert not sings(repr(house.store.read(walls.hanging, workshop.id, audience)).encode())


def test_it_is_not_put_on_the_wall_joined_or_chosen_from(
    said: Idea, house: House, workshop: Workshop, door: Door, facilitator: Facilitator
) -> None:
    other = house.store.write(ideas.place, door, Sent("Een bankje.", "group", ids.token(), ids.token(), "qr"))
    with pytest.raises(Refused) as refused:
        house.store.write(curating.put_on_wall, said, facilitator.id)
    assert refused.value.code == "private"
    with pytest.raises(Refused) as refused:
        house.store.write(joining.join, workshop.id, [other.id, said.id], "", facilitator.id)
    assert refused.value.code == "private"
    assert [one.id for one in house.store.read(rounds.candidates, workshop.id)] == [other.id]


def test_joined_first_and_private_later_its_words_are_gone_from_what_it_was_joined_into(
    said: Idea, house: House, workshop: Workshop, door: Door, facilitator: Facilitator, in_group: FlaskClient
) -> None:
    other = house.store.write(ideas.place, door, Sent("Een bankje.", "group", ids.token(), ids.token(), "qr"))
    wide = house.store.write(ideas.change_words, said, said.own_words, "everyone")
    house.store.write(joining.join, workshop.id, [other.id, wide.id], "Kanarie en een bankje.", facilitator.id)
    assert sings(in_group.get(f"/{door.number}").data)
    house.store.write(ideas.change_words, now(house, said), said.own_words, "group")
    page = in_group.get(f"/{door.number}")
    assert not sings(page.data)
    assert "Een bankje." in phone.text(page)


def test_the_phone_says_who_reads_it_before_anything_is_typed(being: Door, door: Door, visit: Visit) -> None:
    here, elsewhere = (phone.text(scanned(visit, one).get(f"/{one.number}")) for one in (being, door))
    assert "Bij deze kaart lezen alleen de begeleiders wat u deelt." in here
    assert "Alleen de begeleiders lezen dit, tenzij u iedereen kiest." in here
    assert "Alleen deze groep ziet dit" not in here
    assert "alleen de begeleiders" not in elsewhere.lower()
    english = phone.text(scanned(visit, being).get(f"/{being.number}?taal=en"))
    assert "Only the facilitators read this, unless you choose everyone." in english


@pytest.mark.parametrize(
    ("language", "says"), [("nl", "tenzij u iedereen kiest"), ("en", "unless you choose everyone")]
)
def test_an_idea_card_says_who_reads_it_also_when_no_question_was_wanted(
    house: House, workshop: Workshop, language: Language, says: str
) -> None:
    for asks in (True, False):
        wanted = slip_printing.checked(
            house, workshop, kind="a5", count=2, language=language, card_id=network_cards.BEING, asks=asks
        )
        assert says in wanted["question"]
    with pytest.raises(Refused, match="too long"):
        slip_printing.checked(house, workshop, kind="a6", count=4, language=language, card_id=network_cards.BEING)
