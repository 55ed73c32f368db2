"""Answers: published together, read by their makers by receipt and by stub, rated with a face, and undone in one go."""

from __future__ import annotations

import re
import threading

import pytest
from flask.testing import FlaskClient

from print.forms import STUB, Payload
from tests import piles
from tests.conftest import Visit
from tests.desk_people import Share, Someone, share, someone
from tests.phone import text
from workshop import clock
from workshop.domain import answers, curating, decisions, ideas, joining, meetings, orders, paper, slips
from workshop.domain.decisions import Plan
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.house import House

pytestmark = pytest.mark.grown

__all__ = ["share", "someone"]
TRY = Plan("try", "We proberen het eerst.", "Marijke belt de gemeente.", "2027-02-22")


def again(house: House, idea: Idea) -> Idea:
    return house.store.read(ideas.by_key, idea.workshop_id, idea.id)


def prepared(house: House, facilitator: Facilitator, idea: Idea, plan: Plan = TRY) -> str:
    """Prepare a decision and return what the form of publishing says it saw."""
    now = house.store.write(decisions.prepare, again(house, idea), plan, facilitator.id)
    return f"{idea.id}:{now.planned}"


def published(at_desk: FlaskClient, house: House, facilitator: Facilitator, idea: Idea, plan: Plan = TRY) -> str:
    """Publish a decision and return where that leads."""
    marks = prepared(house, facilitator, idea, plan)
    return at_desk.post(f"/bureau/{idea.workshop_id}/antwoorden", data={"gezien": marks}).location


def step_in(address: str) -> str:
    return address.split("stap=")[1].split("&")[0]


def on_paper(house: House, workshop: Workshop, words: str = "Een bankje bij de bus") -> Idea:
    """Return an idea that came on an idea card, typed by its maker."""
    series = house.store.write(
        slips.order, workshop.id, kind="a6", count=1, language="nl", question="", card_id="", choices=(), seed=""
    )
    slip = house.store.read(slips.of_series, series)[0]
    return house.store.write(paper.type_by_maker, slip, words)


def test_the_desk_says_how_many_ideas_have_an_answer_and_when_the_next_meeting_is(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator, workshop: Workshop
) -> None:
    one, _two = share("Een bankje"), share("Een lamp")
    published(at_desk, house, facilitator, one)
    page = text(at_desk.get(f"/bureau/{workshop.id}/antwoorden"))
    assert "Nog 1 idee wacht op antwoord" in page
    assert "Van 2 ideeën hebben er 1 een antwoord. Volgende bijeenkomst: maandag 11 januari 2027." in page
    assert "met de telefoon 1 van 2" in page
    home = text(at_desk.get(f"/bureau/{workshop.id}"))
    assert "Van 2 ideeën hebben er 1 een antwoord. Nog 1 wacht op antwoord" in home


def test_everybody_reads_that_number_on_the_page_that_explains(
    in_group: FlaskClient, at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    one, _two = share("Een bankje"), share("Een lamp")
    published(at_desk, house, facilitator, one)
    assert "Van de 2 ideeën hebben er 1 een antwoord." in text(in_group.get("/uitleg"))
    assert "Van de 2 ideeën hebben er 1 een antwoord." in text(in_group.get(f"/bewijs/{one.receipt}"))


def test_the_desk_warns_when_paper_is_worse_off(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator, workshop: Workshop
) -> None:
    on_paper(house, workshop)
    phone = share()
    assert "Ideeën op papier hebben minder vaak" not in text(at_desk.get(f"/bureau/{workshop.id}/antwoorden"))
    published(at_desk, house, facilitator, phone)
    page = text(at_desk.get(f"/bureau/{workshop.id}/antwoorden"))
    assert "Ideeën op papier hebben minder vaak een antwoord. Op papier: 0 van 1. Met de telefoon: 1 van 1." in page


def test_before_publishing_one_reads_just_what_the_maker_will_read(
    at_desk: FlaskClient, in_group: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = share()
    prepared(house, facilitator, idea)
    asked = at_desk.post(f"/bureau/{idea.workshop_id}/antwoorden/nakijken", data={"alles": "1"})
    told = re.search(r'<div class="told".*?</div>', asked.text, re.DOTALL)
    assert told
    assert "Eén maker krijgt antwoord" in text(asked)
    assert "We proberen het" not in text(in_group.get(f"/bewijs/{idea.receipt}"))
    marks = re.search(r'name="gezien" value="([^"]+)"', asked.text)
    assert marks
    at_desk.post(f"/bureau/{idea.workshop_id}/antwoorden", data={"gezien": marks[1]})
    page = in_group.get(f"/bewijs/{idea.receipt}")
    assert told[0] in page.text, "the very same words"
    said = text(page)
    assert (
        "We proberen het Waarom? We proberen het eerst. Wat gebeurt er nu? Marijke belt de gemeente. "
        "Uiterlijk op maandag 22 februari 2027." in said
    )
    assert "Vragen? Bel Marijke: 06 12 34 56 78." in said
    assert "hoort u wat ermee gebeurt" not in said


def test_nothing_chosen_is_nothing_published(at_desk: FlaskClient, share: Share) -> None:
    idea = share()
    answer = at_desk.post(f"/bureau/{idea.workshop_id}/antwoorden/nakijken", data={})
    assert answer.status_code == 400
    assert "Er is niets gekozen" in text(answer)


def test_only_what_was_ticked_and_looked_at_is_published(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator, workshop: Workshop
) -> None:
    one, two, three = share("Een bankje"), share("Een lamp"), share("Soep")
    marks = [prepared(house, facilitator, idea) for idea in (one, two, three)]
    page = text(at_desk.post(f"/bureau/{workshop.id}/antwoorden/nakijken", data={"gezien": marks[:2]}))
    assert "2 makers krijgen antwoord" in page
    prepared(house, facilitator, two, Plan("keep", "Toch later."))  # somebody else, a moment before
    after = at_desk.post(f"/bureau/{workshop.id}/antwoorden", data={"gezien": marks[:2]}).location
    said = text(at_desk.get(after))
    assert "1 antwoord is gepubliceerd." in said
    assert "1 is intussen door een ander veranderd en bleef zo." in said
    assert [house.store.read(answers.standing, again(house, idea)).status for idea in (one, two, three)] == [
        "try",
        "received",
        "received",
    ]


def test_two_facilitators_who_publish_at_the_same_moment_make_one_answer_each(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator, workshop: Workshop
) -> None:
    found = [share(f"Idee {count}") for count in range(5)]
    marks = [prepared(house, facilitator, idea) for idea in found]
    led: list[str] = []

    def publish() -> None:
        client = at_desk.application.test_client()
        cookie = at_desk.get_cookie("__Host-bureau", "werkplaats.nl")
        assert cookie
        client.set_cookie("__Host-bureau", cookie.value, domain="werkplaats.nl", secure=True)
        address = f"https://werkplaats.nl/bureau/{workshop.id}/antwoorden"
        led.append(client.post(address, data={"gezien": marks}, headers={"Sec-Fetch-Site": "same-origin"}).location)

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted("gedaan=gepubliceerd" in one for one in led) == [False, False, False, True]
    assert all(len(house.store.read(answers.of_idea, idea)) == 1 for idea in found)
    late = next(one for one in led if "gepubliceerd" not in one)
    assert "Er is niets dubbel gedaan." in text(at_desk.get(late))


def test_publishing_is_undone_and_done_again_in_one_go_and_says_what_is_on_paper_already(
    at_desk: FlaskClient, in_group: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = share()
    after = published(at_desk, house, facilitator, idea)
    house.store.write(answers.note_printed, [house.store.read(answers.of_idea, idea)[0].id])
    undo = f"/bureau/{idea.workshop_id}/antwoorden/ongedaan"
    undone = at_desk.post(undo, data={"stap": step_in(after), "terug": "antwoorden"}).location
    said = text(at_desk.get(undone))
    assert "1 idee is weer zoals het was." in said
    assert "1 antwoord is al geprint. Haal dat uit de stapel." in said
    assert "We proberen het" not in text(in_group.get(f"/bewijs/{idea.receipt}"))
    assert again(house, idea).planned, "what was prepared is prepared again"
    at_desk.post(undo, data={"stap": step_in(undone)})
    assert "We proberen het" in text(in_group.get(f"/bewijs/{idea.receipt}"))


def test_every_maker_of_a_joined_idea_reads_with_what_it_was_joined(
    at_desk: FlaskClient, in_group: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    found = [share(words) for words in ("Een bankje", "Zitten", "Rust")]
    keys = [one.id for one in found]
    joined = house.store.write(joining.join, found[0].workshop_id, keys, "Banken", facilitator.id)
    assert f"Uw idee is samengevoegd met idee {found[1].nr} en {found[2].nr}." in text(
        in_group.get(f"/bewijs/{found[0].receipt}")
    )
    after = published(at_desk, house, facilitator, joined)
    assert "3 antwoorden zijn gepubliceerd." in text(at_desk.get(after))
    page = text(in_group.get(f"/bewijs/{found[2].receipt}"))
    assert f"Uw idee is samengevoegd met idee {found[0].nr} en {found[1].nr}." in page
    assert "We proberen het" in page
    english = text(in_group.get(f"/bewijs/{found[2].receipt}?taal=en"))
    assert f"Your idea was joined with idea {found[0].nr} and {found[1].nr}." in english
    assert "By Monday 22 February 2027 at the latest." in english


def test_what_one_heard_before_stays_to_be_read(
    at_desk: FlaskClient, in_group: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = share()
    published(at_desk, house, facilitator, idea)
    published(at_desk, house, facilitator, idea, Plan("make", "Het werkte goed."))
    page = text(in_group.get(f"/bewijs/{idea.receipt}"))
    assert page.index("Het werkte goed.") < page.index("Wat u eerder hoorde") < page.index("We proberen het eerst.")


def test_every_idea_says_its_number_on_thanks_and_receipt(in_group: FlaskClient, share: Share) -> None:
    idea = share()
    for page in ("bedankt", "bewijs"):
        assert f"Uw idee is nummer {idea.nr}." in text(in_group.get(f"/{page}/{idea.receipt}"))


def test_not_now_shows_its_reason_also_before_it_is_published(
    at_desk: FlaskClient, in_group: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = house.store.write(curating.set_aside, share(), facilitator.id, "Iemand is hierin te herkennen.")
    said = text(in_group.get(f"/bewijs/{idea.receipt}"))
    assert "Niet nu Waarom niet nu? Iemand is hierin te herkennen." in said
    assert "Wat vindt u van dit antwoord?" not in said
    at_desk.post(f"/bureau/{idea.workshop_id}/antwoorden", data={"gezien": f"{idea.id}:{idea.planned}"})
    said = text(in_group.get(f"/bewijs/{idea.receipt}"))
    assert "Niet nu Waarom? Iemand is hierin te herkennen." in said
    assert "Wat vindt u van dit antwoord?" in said


def test_a_face_is_one_tap_and_can_be_changed_and_the_desk_sees_only_how_many(
    at_desk: FlaskClient, in_group: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = share()
    published(at_desk, house, facilitator, idea)
    [answer] = house.store.read(answers.of_idea, idea)
    for face in ("1", "3"):
        sent = {"wat": "vond", "antwoord": answer.id, "duidelijk": face}
        led = in_group.post(f"/bewijs/{idea.receipt}", data=sent)
        assert led.location.endswith("klaar=vond#mening")
    in_group.post(f"/bewijs/{idea.receipt}", data={"wat": "vond", "antwoord": answer.id, "eerlijk": "2"})
    page = in_group.get(led.location)
    assert "Dank u wel. Dat is bewaard." in text(page)
    assert len(re.findall(r'aria-pressed="true"', page.text)) == 2
    [rated] = house.store.read(answers.of_idea, idea)
    assert (rated.understandable, rated.fair) == (3, 2)
    desk = text(at_desk.get(f"/bureau/{idea.workshop_id}/antwoorden"))
    assert "Was dit duidelijk? 1 0 0 Vindt u dit eerlijk? 0 1 0" in desk


@pytest.mark.parametrize("sent", [{"duidelijk": "4"}, {"duidelijk": "x"}, {}, {"antwoord": "x", "duidelijk": "1"}])
def test_a_face_that_is_none_or_for_another_answer_changes_nothing(
    at_desk: FlaskClient,
    in_group: FlaskClient,
    share: Share,
    house: House,
    facilitator: Facilitator,
    sent: dict[str, str],
) -> None:
    idea = share()
    published(at_desk, house, facilitator, idea)
    [answer] = house.store.read(answers.of_idea, idea)
    data = {"wat": "vond", "antwoord": answer.id} | sent
    assert in_group.post(f"/bewijs/{idea.receipt}", data=data).status_code == 303
    assert house.store.read(answers.of_idea, idea) == [answer]


def test_whoever_holds_the_stub_reads_and_rates_the_answer_too(
    at_desk: FlaskClient, visit: Visit, house: House, facilitator: Facilitator, workshop: Workshop
) -> None:
    idea = on_paper(house, workshop)
    published(at_desk, house, facilitator, idea)
    slip = house.store.read(slips.by_number, idea.slip or "")
    assert slip
    phone = visit()
    phone.set_cookie(
        "papier", Payload(slip.number, STUB, slip.stub_key).number + STUB + slip.stub_key, domain="werkplaats.nl"
    )
    page = text(phone.get(f"/strookje/{slip.number}"))
    assert f"Uw idee is nummer {idea.nr}. We proberen het Waarom? We proberen het eerst." in page
    [answer] = house.store.read(answers.of_idea, idea)
    phone.post(f"/strookje/{slip.number}", data={"wat": "vond", "antwoord": answer.id, "eerlijk": "1"})
    assert house.store.read(answers.of_idea, idea)[0].fair == 1
    stranger = visit()
    stranger.post(f"/strookje/{slip.number}", data={"wat": "vond", "antwoord": answer.id, "eerlijk": "3"})
    assert house.store.read(answers.of_idea, idea)[0].fair == 1


def test_an_idea_that_was_taken_away_says_nothing_about_an_answer(
    at_desk: FlaskClient, in_group: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = share()
    published(at_desk, house, facilitator, idea)
    house.store.write(ideas.withdraw, again(house, idea))
    assert "We proberen het" not in text(in_group.get(f"/bewijs/{idea.receipt}"))
    assert "Een bankje" not in text(at_desk.get(f"/bureau/{idea.workshop_id}/antwoorden/teksten"))


def test_answers_are_text_to_paste_and_nothing_of_an_address_stands_there(
    at_desk: FlaskClient, someone: Someone, house: House, facilitator: Facilitator, workshop: Workshop
) -> None:
    idea = on_paper(house, workshop)
    house.store.write(
        paper.type_over, again(house, idea), facilitator.id, idea.words, {"address": "Truus Bakker\nLaan 1"}, "typed"
    )
    published(at_desk, house, facilitator, idea)
    page = text(someone("facilitator").get(f"/bureau/{workshop.id}/antwoorden/teksten"))
    assert "Besluit: We proberen het." in page
    assert "Uiterlijk op maandag 22 februari 2027." in page
    assert "Laan 1" not in page
    assert someone("observer").get(f"/bureau/{workshop.id}/antwoorden/teksten").status_code == 403
    meeting = house.store.read(meetings.of_workshop, workshop.id)[0]
    assert "Besluit:" in text(at_desk.get(f"/bureau/{workshop.id}/antwoorden/teksten?bijeenkomst={meeting.id}"))


def test_an_address_is_seen_while_typing_only_and_goes_with_the_back(
    at_desk: FlaskClient, someone: Someone, house: House, facilitator: Facilitator, workshop: Workshop
) -> None:
    idea = on_paper(house, workshop)
    lines = {"hoe": "bewaren", "woorden": "Een bankje", "adres": "  Truus  Bakker \n\nLaan 1\nUrk\nNederland\nte veel"}
    at_desk.post(f"/bureau/{workshop.id}/overtypen/{idea.id}", data=lines | {"versie": str(idea.version)})
    assert again(house, idea).address == "Truus Bakker\nLaan 1\nUrk\nNederland"
    assert "Laan 1" in someone("helper").get(f"/bureau/{workshop.id}/overtypen/{idea.id}").text
    for who in ("facilitator", "observer"):
        assert "Laan 1" not in someone(who).get(f"/bureau/{workshop.id}/ideeen/{idea.id}").text
        for kind in ("csv", "json"):
            assert "Laan 1" not in someone(who).get(f"/bureau/{workshop.id}/ideeen.{kind}", follow_redirects=True).text
    at_desk.post(f"/bureau/{workshop.id}/overtypen/{idea.id}/achterkant")
    assert again(house, idea).address == ""
    house.store.forget()
    assert b"Laan 1" not in piles.every_word(house)


def test_slips_and_letters_are_ordered_from_the_page_of_answers(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator, workshop: Workshop
) -> None:
    address = f"/bureau/{workshop.id}/antwoorden/printen"
    answer = at_desk.post(address, data={"vorm": "a6"})
    assert answer.status_code == 400
    assert "Er is niets om te printen." in text(answer)
    published(at_desk, house, facilitator, share())
    meeting = house.store.read(meetings.of_workshop, workshop.id)[0]
    form = {"vorm": "a6", "volgorde": "number", "bijeenkomst": meeting.id, "welke": "alle", "taal_kaarten": "en"}
    assert "/printen/" in at_desk.post(address, data=form).location
    [order] = house.store.read(orders.of_workshop, workshop.id)
    assert order.what == {
        "document": "answers",
        "format": "a6",
        "order": "number",
        "meeting": meeting.id,
        "again": True,
        "language": "en",
    }
    assert at_desk.post(address, data={"vorm": "letters"}).status_code == 400, "nobody left an address"


def test_the_number_of_answers_is_kept_per_meeting(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator, workshop: Workshop
) -> None:
    today = clock.today().isoformat()
    house.store.write(meetings.add, workshop.id, meetings.About(today, name="Kennismaken"))
    published(at_desk, house, facilitator, share())
    page = at_desk.get(f"/bureau/{workshop.id}/antwoorden").text
    assert "Per bijeenkomst" in page
    assert "1 van 1" in page.split("Per bijeenkomst")[1]
