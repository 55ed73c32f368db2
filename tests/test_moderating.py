"""Before or after showing: what waits for a person, which card is trusted, and a flood from one phone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests import piles
from tests.conftest import Visit
from tests.desk_people import Share, Someone, share, someone
from tests.phone import share as send
from tests.phone import text
from workshop import clock, ids
from workshop.domain import curating, doors, ideas, moderating, paper, photographed, slips, stacks, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Sent
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.store import Tx

pytestmark = pytest.mark.grown

__all__ = ["share", "someone"]
PHONE, OTHER = "p" * 43, "o" * 43


def choose(house: House, workshop: Workshop, seen: str) -> None:
    """Let a workshop choose when the group sees an idea."""
    now = house.store.read(workshops.at_door, workshop.id)
    house.store.write(workshops.change, now, replace(workshops.details(now), seen=seen))


def give(house: House, door: Door, words: str, device: str = PHONE, channel: str = "qr") -> Idea:
    """Send an idea from this phone by a door as it is now."""
    sent = Sent(words, "group", ids.token(), device, channel)  # type: ignore[arg-type] # one of the channels
    return house.store.write(_give, door.number, sent)


def _give(tx: Tx, number: str, sent: Sent) -> Idea:
    door = doors.by_number(tx, number)
    assert door
    return ideas.place(tx, door, sent)


@pytest.mark.parametrize(
    ("seen", "waits"), [("all", {"qr", "number", "paper"}), ("first", {"number", "paper"}), ("soon", set())]
)
def test_what_waits_is_as_the_workshop_chose_on_every_channel(
    house: House, workshop: Workshop, door: Door, seen: str, waits: set[str]
) -> None:
    choose(house, workshop, seen)
    held = {channel for channel in ("qr", "number") if give(house, door, f"Door {channel}.", channel=channel).held}
    (number,) = piles.numbers(house, workshop, count=1)
    slip = house.store.read(slips.by_number, number)
    assert slip
    held |= {"paper"} if house.store.write(paper.type_by_maker, slip, "Op papier.").held else set()
    assert held == waits


def test_whoever_sends_an_idea_is_told_that_somebody_reads_it_first(
    house: House, workshop: Workshop, door: Door, in_group: FlaskClient
) -> None:
    assert "Een begeleider leest het eerst" not in text(in_group.get(f"/{door.number}"))
    choose(house, workshop, "all")
    assert "Een begeleider leest het eerst" in text(in_group.get(f"/{door.number}"))
    answer = send(in_group, door, "Een bankje bij de halte.")
    assert "Een begeleider leest het eerst" in text(in_group.get(answer.headers["Location"]))
    assert "Een bankje bij de halte." not in text(in_group.get(f"/{door.number}"))


def test_a_trusted_card_shows_what_is_scanned_until_the_end_of_the_day(
    house: House, workshop: Workshop, door: Door, facilitator: Facilitator
) -> None:
    choose(house, workshop, "all")
    first = give(house, door, "Een bankje.")
    assert first.held
    assert not house.store.write(moderating.approve_and_trust, first, facilitator.id).held
    assert not give(house, door, "Een lamp.").held
    assert give(house, door, "Door het nummer.", channel="number").held
    assert [one.card_id for one in house.store.read(moderating.trusted, workshop.id)] == [door.card_id]
    clock.shift(days=1)
    assert give(house, door, "De volgende dag.").held
    assert not house.store.read(moderating.trusted, workshop.id)


def test_a_card_is_trusted_until_somebody_takes_that_back(house: House, workshop: Workshop, door: Door) -> None:
    choose(house, workshop, "all")
    house.store.write(moderating.trust, workshop.id, door.id)
    assert not give(house, door, "Een lamp.").held
    house.store.write(moderating.distrust, workshop.id, door.id)
    assert give(house, door, "Nog een lamp.").held


def test_too_much_at_once_waits_at_a_trusted_card_as_well(house: House, workshop: Workshop, door: Door) -> None:
    choose(house, workshop, "all")
    house.store.write(moderating.trust, workshop.id, door.id)
    held = [give(house, door, f"Idee {number}.").held for number in range(14)]
    assert held == [False] * 10 + [True] * 4
    assert not give(house, door, "Van een ander.", OTHER).held


def test_what_a_blocked_phone_sends_waits_and_the_rest_of_the_room_notices_nothing(
    house: House, workshop: Workshop, door: Door, facilitator: Facilitator
) -> None:
    before = [give(house, door, f"Reclame {number}.") for number in range(4)]
    read = house.store.write(curating.read, before[0], facilitator.id)
    assert house.store.write(moderating.block, before[1], facilitator.id) == 3
    assert not house.store.read(ideas.by_key, workshop.id, read.id).held
    assert all(house.store.read(ideas.by_key, workshop.id, one.id).held for one in before[1:])
    clock.shift(minutes=20)
    assert give(house, door, "Nog meer reclame.").held
    assert not give(house, door, "Een bankje.", OTHER).held
    (phone,) = house.store.read(moderating.blocked, workshop.id)
    assert (phone.by_whom, phone.since) == ("Anna", 1)
    assert PHONE not in phone.mark
    house.store.write(moderating.lift, workshop.id, phone.mark)
    assert not give(house, door, "Weer gewoon mee.").held


def test_a_blocked_phone_gets_thanks_like_everybody_else(
    house: House, workshop: Workshop, door: Door, in_group: FlaskClient, facilitator: Facilitator
) -> None:
    receipt = send(in_group, door, "Reclame.").headers["Location"].rsplit("/", 1)[1]
    idea = house.store.read(ideas.by_receipt, receipt)
    assert idea
    house.store.write(moderating.block, idea, facilitator.id)
    answer = send(in_group, door, "Weer reclame.")
    assert answer.status_code == 303
    assert "Dank u wel" in text(in_group.get(answer.headers["Location"]))
    assert "Weer reclame." not in text(in_group.get(f"/{door.number}"))


def test_what_a_blocked_phone_types_from_paper_waits_and_its_photos_are_not_read_by_themselves(
    house: House, workshop: Workshop, door: Door, facilitator: Facilitator
) -> None:
    house.store.write(moderating.block, give(house, door, "Reclame."), facilitator.id)
    first, second, third = (house.store.read(slips.by_number, one) for one in piles.numbers(house, workshop, count=3))
    assert first
    assert second
    assert third
    assert house.store.write(paper.type_by_maker, first, "Reclame op papier.", device=PHONE).held
    assert not house.store.write(paper.type_by_maker, second, "Een bankje.", device=OTHER).held
    photo = stacks.Brought("foto.jpg", "0" * 64 + ".scan", 10)
    assert house.store.write(photographed.bring, third, PHONE, photo).state == "failed"


def test_words_changed_on_a_blocked_phone_wait_too(
    house: House, workshop: Workshop, door: Door, facilitator: Facilitator
) -> None:
    idea = house.store.write(curating.read, give(house, door, "Een bankje."), facilitator.id)
    house.store.write(moderating.block, idea, facilitator.id)
    assert house.store.write(ideas.change_words, idea, "Koop nu!", "group").held


def test_an_idea_that_came_by_no_phone_blocks_nobody(
    house: House, workshop: Workshop, door: Door, facilitator: Facilitator
) -> None:
    idea = replace(give(house, door, "Van papier."), device="")
    with pytest.raises(Refused, match="no phone"):
        house.store.write(moderating.block, idea, facilitator.id)


def test_a_flood_is_said_at_its_ideas_and_stopped_with_one_undo(
    house: House, workshop: Workshop, door: Door, someone: Someone
) -> None:
    anna = someone("facilitator")
    flood = [give(house, door, f"Reclame {number}.") for number in range(8)]
    page = text(anna.get(f"/bureau/{workshop.id}/ideeen/{flood[3].id}"))
    assert "8 ideeën van deze telefoon in 1 minuut" in page
    quiet = give(house, door, "Een bankje.", OTHER)
    assert "van deze telefoon" not in text(anna.get(f"/bureau/{workshop.id}/ideeen/{quiet.id}"))
    answer = anna.post(f"/bureau/{workshop.id}/ideeen/{flood[3].id}/telefoon", data={"opzij": "ja"})
    done = anna.get(answer.headers["Location"])
    assert "8 ideeën zijn nu van alle pagina’s" in text(done)
    aside = [house.store.read(ideas.by_key, workshop.id, one.id) for one in flood]
    assert {one.status for one in aside} == {"set_aside"}
    assert all("één telefoon" in one.reason for one in aside)
    values = dict(part.split("=") for part in answer.headers["Location"].partition("?")[2].split("&"))
    back = {"wat": "toch-niet", "reeks": values["reeks"], "telefoon": values["telefoon"]}
    for _twice in range(2):
        anna.post(f"/bureau/{workshop.id}/toezicht", data=back)
    assert {house.store.read(ideas.by_key, workshop.id, one.id).status for one in flood} == {"received"}
    assert not house.store.read(moderating.blocked, workshop.id)


def test_blocking_twice_blocks_once(house: House, workshop: Workshop, door: Door, facilitator: Facilitator) -> None:
    idea = give(house, door, "Reclame.")
    assert house.store.write(moderating.block, idea, facilitator.id) == 1
    assert house.store.write(moderating.block, idea, facilitator.id) == 0
    assert len(house.store.read(moderating.blocked, workshop.id)) == 1


def test_holding_an_idea_takes_it_off_every_page_until_it_is_read(
    house: House, workshop: Workshop, door: Door, share: Share, someone: Someone, in_group: FlaskClient, visit: Visit
) -> None:
    idea = share("Een lamp bij de brug.")
    anna = someone("facilitator")
    address = f"/bureau/{workshop.id}/ideeen/{idea.id}"
    anna.post(f"{address}/op-de-muur", data={"versie": "1"})
    anna.post(f"{address}/tegenhouden", data={"versie": "2"})
    for phone in (in_group, visit()):
        assert "Een lamp bij de brug." not in text(phone.get(f"/{door.number}"))
    anna.post(f"{address}/ongedaan", data={"versie": "3"})
    assert "Een lamp bij de brug." in text(visit().get(f"/{door.number}"))
    anna.post(f"{address}/tegenhouden", data={"versie": "4"})
    anna.post(f"{address}/gelezen", data={"versie": "5"})
    assert "Een lamp bij de brug." in text(in_group.get(f"/{door.number}"))


def test_only_facilitators_trust_block_and_show(
    house: House, workshop: Workshop, door: Door, share: Share, someone: Someone
) -> None:
    idea = share()
    for who in ("observer", "helper", "stranger"):
        client = someone(who)
        for path in (f"ideeen/{idea.id}/telefoon", "toezicht", f"ideeen/{idea.id}/vertrouwen"):
            answer = client.post(f"/bureau/{workshop.id}/{path}", data={"wat": "steun-aan", "versie": "1"})
            assert answer.status_code in (403, 404), (who, path)
    assert not house.store.read(moderating.blocked, workshop.id)
    assert house.store.read(workshops.at_door, workshop.id).support_shown_at is None


def test_the_details_page_says_in_plain_words_when_the_group_sees_an_idea(
    house: House, workshop: Workshop, someone: Someone
) -> None:
    anna = someone("facilitator")
    page = text(anna.get(f"/bureau/{workshop.id}/gegevens"))
    for words in ("Pas als een begeleider het gelezen heeft.", "Meteen als iemand de code scande.", "Altijd meteen."):
        assert words in page
    for seen, said in (("all", "alles pas na jullie"), ("first", "de rest na jullie"), ("soon", "alles meteen")):
        choose(house, workshop, seen)
        assert said in text(anna.get(f"/bureau/{workshop.id}"))
        assert anna.get(f"/bureau/{workshop.id}/toezicht").status_code == 200
