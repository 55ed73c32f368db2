"""“Vul dit idee aan”: adding to the idea of somebody else is giving an idea, with everything that belongs to one."""

from __future__ import annotations

import io

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Visit
from tests.desk_people import Share, Someone, share, someone
from tests.phone import photo, receipt_of, text, value
from workshop import ids
from workshop.domain import comments, consent, curating, ideas, joining, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["share", "someone"]


def add(phone: FlaskClient, door: Door, nr: int, words: str, **fields: object) -> Idea | None:
    """Add to an idea from its page; return what was added."""
    receipt = receipt_of(sent(phone, door, nr, words, **fields))
    found: Idea | None = phone.application.extensions["werkplaats"].store.read(ideas.by_receipt, receipt)
    return found


def sent(phone: FlaskClient, door: Door, nr: int, words: str, **fields: object) -> TestResponse:
    data = {"idee": words, "sleutel": ids.token(), "zien": "group"} | fields
    return phone.post(f"/{door.number}/idee/{nr}", data=data, content_type="multipart/form-data")


def test_one_tap_from_the_card_leads_to_the_form_and_what_is_added_stands_under_its_idea(
    in_group: FlaskClient, door: Door, share: Share
) -> None:
    idea = share("Een bankje bij de halte.")
    card = in_group.get(f"/{door.number}")
    assert f'href="/{door.number}/idee/{idea.nr}#vul-aan"' in card.text
    page = in_group.get(f"/{door.number}/idee/{idea.nr}")
    assert "Een bankje bij de halte." in text(page)
    added = add(in_group, door, idea.nr, "Met een leuning.", sleutel=value(page, "sleutel"))
    assert added
    assert (added.about_id, added.consent) == (idea.id, consent.NOW)
    card = in_group.get(f"/{door.number}")
    assert "Met een leuning." in text(card)
    assert "Aanvulling van een deelnemer" in text(card)
    assert "1 idee bij deze kaart" in text(card), "what is added is no idea of its own there"


def test_sending_it_twice_is_one_and_the_same_words_at_another_idea_are_another(
    in_group: FlaskClient, door: Door, share: Share, house: House
) -> None:
    one, other = share("Een bankje."), share("Een lamp.")
    key = ids.token()
    first = add(in_group, door, one.nr, "Mee eens.", sleutel=key)
    again = add(in_group, door, one.nr, "Mee eens.", sleutel=key)
    assert first
    assert again == first
    assert sent(in_group, door, one.nr, "Mee eens.").status_code == 409
    assert add(in_group, door, other.nr, "Mee eens.")
    assert [len(house.store.read(comments.all_of, idea)) for idea in (one, other)] == [1, 1]


def test_its_maker_takes_it_away_with_the_receipt_and_it_is_gone_from_the_page(
    in_group: FlaskClient, visit: Visit, door: Door, share: Share
) -> None:
    idea = share("Een bankje.")
    added = add(in_group, door, idea.nr, "Met een leuning.")
    assert added
    visit().post(f"/bewijs/{added.receipt}", data={"wat": "weg"})
    assert "Met een leuning." not in text(in_group.get(f"/{door.number}"))


def test_adding_to_what_was_added_adds_to_the_idea_itself(
    in_group: FlaskClient, door: Door, share: Share, house: House
) -> None:
    idea = share("Een bankje.")
    added = add(in_group, door, idea.nr, "Met een leuning.")
    assert added
    assert "Een bankje." in text(in_group.get(f"/{door.number}/idee/{added.nr}"))
    deeper = add(in_group, door, added.nr, "Van hout.")
    assert deeper
    assert deeper.about_id == idea.id
    direct = share("Langs een andere weg.", about_id=added.id)
    assert direct.about_id == idea.id


def test_only_to_an_idea_this_visitor_sees_can_be_added(
    in_group: FlaskClient, outside: FlaskClient, door: Door, share: Share, house: House, facilitator: Facilitator
) -> None:
    group, everyone = share("Alleen de groep.", "group"), share("Voor iedereen.", "everyone")
    house.store.write(curating.put_on_wall, group, facilitator.id)
    house.store.write(curating.put_on_wall, everyone, facilitator.id)
    assert outside.get(f"/{door.number}/idee/{group.nr}").status_code == 404
    answer = sent(outside, door, group.nr, "Mijn woorden.")
    assert answer.status_code == 410
    assert "Alleen de groep." not in answer.text
    assert house.store.read(comments.all_of, group) == []
    assert add(outside, door, everyone.nr, "Van buiten.")
    assert outside.get(f"/{door.number}/idee/999999").status_code == 404


def test_when_the_idea_went_away_meanwhile_what_was_typed_stands_in_the_form_of_the_card(
    in_group: FlaskClient, door: Door, share: Share, house: House
) -> None:
    idea = share("Een bankje.")
    house.store.write(ideas.withdraw, idea)
    answer = sent(in_group, door, idea.nr, "Met een leuning.", foto=(io.BytesIO(photo()), "foto.jpg"))
    assert answer.status_code == 410
    assert "Met een leuning." in answer.text
    assert 'name="bewaard"' in answer.text, "the photo is kept too"
    assert f'action="/{door.number}"' in answer.text


def test_a_few_are_shown_at_the_card_and_all_of_them_at_the_idea(
    in_group: FlaskClient, door: Door, share: Share
) -> None:
    idea = share("Een bankje.")
    for number in range(7):
        share(f"Aanvulling nummer {number}.", "group", about_id=idea.id)
    card, page = text(in_group.get(f"/{door.number}")), text(in_group.get(f"/{door.number}/idee/{idea.nr}"))
    assert [number for number in range(7) if f"Aanvulling nummer {number}." in card] == [0, 1, 2]
    assert "Toon alle 7 aanvullingen" in card
    assert all(f"Aanvulling nummer {number}." in page for number in range(7))


def test_what_is_added_is_read_first_where_everything_is_and_strangers_see_what_hangs_on_the_wall(
    in_group: FlaskClient, outside: FlaskClient, door: Door, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = house.store.write(curating.put_on_wall, share("Een bankje."), facilitator.id)
    quiet, loud = share("Stil.", "group", about_id=idea.id), share("Luid.", "everyone", about_id=idea.id)
    assert "Luid." not in text(outside.get(f"/{door.number}"))
    for one in (quiet, loud):
        house.store.write(curating.put_on_wall, one, facilitator.id)
    page = text(outside.get(f"/{door.number}"))
    assert "Luid." in page
    assert "Stil." not in page
    assert "Stil." in text(in_group.get(f"/{door.number}"))


def test_a_picture_that_was_added_is_seen_by_whoever_sees_it_under_its_idea(
    in_group: FlaskClient, outside: FlaskClient, door: Door, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = share("Een bankje.")
    added = add(in_group, door, idea.nr, "Zoals dit.", foto=(io.BytesIO(photo()), "foto.jpg"))
    assert added
    address = f"/foto/{added.pictures[0].id}"
    assert in_group.get(address).status_code == 200
    assert outside.get(address).status_code == 404
    house.store.write(ideas.withdraw, idea)
    assert in_group.get(address).status_code == 404, "what it added to is gone"


def test_what_was_added_goes_along_when_ideas_are_joined_and_taken_apart_again(
    in_group: FlaskClient, door: Door, share: Share, house: House, facilitator: Facilitator, workshop: Workshop
) -> None:
    bench, seat = share("Een bankje."), share("Een zitje.")
    share("Met een leuning.", about_id=bench.id)
    share("Van hout.", about_id=seat.id)
    joined = house.store.write(joining.join, workshop.id, [bench.id, seat.id], "Ergens zitten.", facilitator.id)
    page = text(in_group.get(f"/{door.number}"))
    assert "Met een leuning." in page
    assert "Van hout." in page
    assert "Idee van 2 deelnemers" in page
    both = add(in_group, door, joined.nr, "In de zon.")
    assert both
    house.store.write(joining.take_apart, house.store.read(ideas.by_key, workshop.id, joined.id), facilitator.id)
    for idea, own in ((bench, "Met een leuning."), (seat, "Van hout.")):
        page = text(in_group.get(f"/{door.number}/idee/{idea.nr}"))
        assert own in page
        assert "In de zon." in page, "it was said about both"
        assert len(house.store.read(comments.all_of, idea)) == 2


def test_the_desk_sees_what_an_idea_adds_to_and_what_was_added_to_it(
    someone: Someone, workshop: Workshop, share: Share
) -> None:
    idea = share("Een bankje.")
    added = share("Met een leuning.", about_id=idea.id)
    anna = someone("facilitator")
    assert "Met een leuning." in text(anna.get(f"/bureau/{workshop.id}/ideeen/{idea.id}"))
    page = anna.get(f"/bureau/{workshop.id}/ideeen/{added.id}")
    assert f"idee {idea.nr}" in text(page)
    assert f"/ideeen/{idea.id}" in page.text


def test_a_closed_workshop_takes_nothing_more_and_loses_nothing(
    in_group: FlaskClient, door: Door, share: Share, house: House, workshop: Workshop
) -> None:
    idea = share("Een bankje.")
    house.store.write(workshops.close, workshop.id)
    answer = sent(in_group, door, idea.nr, "Met een leuning.")
    assert answer.status_code == 403
    assert "Met een leuning." in answer.text
