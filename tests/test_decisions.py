"""Deciding: prepared in plain words, one or many at once, never over another's head, and always undone in one go."""

from __future__ import annotations

import threading

import pytest
from flask.testing import FlaskClient

from tests.desk_people import Share, Someone, share, someone
from tests.phone import text
from workshop.domain import curating, decisions, ideas, joining, meetings, plain_words, reasons, workshops
from workshop.domain.decisions import Decision
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.house import House

pytestmark = pytest.mark.grown

__all__ = ["share", "someone"]


def plan_of(house: House, idea: Idea) -> Decision | None:
    now = house.store.read(ideas.by_key, idea.workshop_id, idea.id)
    return house.store.read(decisions.of_idea, now.planned) if now.planned else None


def decide(client: FlaskClient, *found: Idea, seen: str = "", **form: str) -> tuple[int, str]:
    """Send the form of deciding for these ideas; return the status and where it leads, or what it says."""
    data = {"gezien": [f"{one.id}:{seen}" for one in found], "wat": "try", "reden": "We proberen het eerst."} | form
    answer = client.post(f"/bureau/{found[0].workshop_id}/besluiten", data=data)
    return answer.status_code, answer.headers.get("Location") or text(answer)


def step_in(address: str) -> str:
    return address.split("stap=")[1].split("&")[0].split("#")[0]


def test_the_idea_that_waits_longest_comes_first_and_then_the_next(at_desk: FlaskClient, share: Share) -> None:
    first, second = share("Een bankje"), share("Een lamp")
    page = f"/bureau/{first.workshop_id}/besluiten"
    assert f"Wat gebeurt er met idee {first.nr}? Nog 2 ideeën zonder besluit" in text(at_desk.get(page))
    assert f"Wat gebeurt er met idee {second.nr}?" in text(at_desk.get(f"{page}?na={first.id}"))
    _, after = decide(at_desk, first)
    assert f"Wat gebeurt er met idee {second.nr}? Nog 1 idee zonder besluit" in text(at_desk.get(after))
    _, after = decide(at_desk, second)
    assert "Voor elk idee is iets besloten." in text(at_desk.get(after))


def test_one_decision_for_many_is_undone_in_one_go_and_once_more(
    at_desk: FlaskClient, share: Share, house: House
) -> None:
    found = [share(words) for words in ("Een bankje", "Een lamp", "Soep")]
    here = f"/bureau/{found[0].workshop_id}"
    status, after = decide(
        at_desk, *found, wat="keep", terug="antwoorden", vervolg="U hoort meer.", wanneer="2027-02-22"
    )
    assert (status, after.split("?")[0]) == (303, f"{here}/antwoorden")
    assert "Voorbereid voor 3 ideeën. De makers lezen nog niets." in text(at_desk.get(after))
    for one in found:
        plan = plan_of(house, one)
        assert plan
        assert (plan.kind, plan.next_step, plan.by_when) == ("keep", "U hoort meer.", "2027-02-22")
    undone = at_desk.post(f"{here}/antwoorden/ongedaan", data={"stap": step_in(after), "terug": "antwoorden"}).location
    assert "3 ideeën zijn weer zoals ze waren." in text(at_desk.get(undone))
    assert [plan_of(house, one) for one in found] == [None] * 3
    again = at_desk.post(f"{here}/antwoorden/ongedaan", data={"stap": step_in(after)}).location
    assert "stap=" not in again, "twice is once"
    at_desk.post(f"{here}/antwoorden/ongedaan", data={"stap": step_in(undone)})
    assert all(plan_of(house, one) for one in found)


def test_not_now_without_a_reason_is_refused_and_what_was_typed_stays(
    at_desk: FlaskClient, share: Share, house: House
) -> None:
    idea = share()
    status, said = decide(at_desk, idea, wat="not_now", reden=" ", vervolg="We bellen u.")
    assert status == 400
    assert "Schrijf erbij waarom." in said
    assert "We bellen u." in said
    assert plan_of(house, idea) is None
    assert decide(at_desk, idea, wat="")[0] == 400
    assert decide(at_desk, idea, wanneer="32 mei")[0] == 400
    assert decide(at_desk, idea, reden="a" * 601)[0] == 400


def test_an_example_is_the_reason_when_the_field_is_empty(at_desk: FlaskClient, share: Share, house: House) -> None:
    idea = share()
    example = reasons.DECIDED["nl"]["not_now"][0]
    assert example in text(at_desk.get(f"/bureau/{idea.workshop_id}/besluiten?idee={idea.id}"))
    decide(at_desk, idea, **{"wat": "not_now", "reden": "", "voorbeeld-not_now": example})
    plan = plan_of(house, idea)
    assert plan
    assert plan.reason == example


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_example_is_plain(language: str) -> None:
    given = [*reasons.EXAMPLES[language], *(one for some in reasons.DECIDED[language].values() for one in some)]
    assert len(given) > 15
    for reason in given:
        assert plain_words.check(reason, language) == [], reason


@pytest.mark.parametrize(
    ("words", "code", "found"),
    [
        ("Wij gaan dit in het komende jaar samen met de gemeente en met alle mensen bekijken.", "long", ""),
        ("Er is geen draagvlak.", "hard", "draagvlak"),
        ("Dit ligt bij de stakeholders.", "hard", "stakeholders"),
        ("Wij bellen u over drie weken.", "hard", "over drie weken"),
        ("Je hoort van ons.", "informal", "Je"),
    ],
)
def test_hard_words_long_sentences_and_je_are_pointed_out(words: str, code: str, found: str) -> None:
    remarks = [(one.code, one.found) for one in plain_words.check(f"Goed. {words}\nTot dan.", "nl")]
    assert (code, found) in remarks
    assert plain_words.check("Goed.\nTot dan.", "nl") == []


def test_what_could_be_plainer_is_said_while_typing_and_after_saving_and_never_stands_in_the_way(
    at_desk: FlaskClient, share: Share, house: House
) -> None:
    idea = share()
    here = f"/bureau/{idea.workshop_id}"
    said = at_desk.post(f"{here}/besluiten/taal", data={"reden": "Momenteel niet.", "vervolg": ""}).get_json()
    assert said == {"reden": ["“Momenteel niet.” Schrijf in plaats van “Momenteel” liever: nu."], "vervolg": []}
    assert decide(at_desk, idea, wat="not_now", reden="Momenteel niet.")[0] == 303
    for page in (f"{here}/antwoorden", f"{here}/besluiten?idee={idea.id}", f"{here}/ideeen/{idea.id}"):
        assert "liever: nu." in text(at_desk.get(page)), page


def test_two_facilitators_never_overwrite_each_other(
    at_desk: FlaskClient, someone: Someone, share: Share, house: House
) -> None:
    idea = share()
    decide(at_desk, idea, wat="make", reden="We beginnen er morgen mee.")
    status, said = decide(someone("facilitator"), idea, wat="keep", reden="Eerst iets anders.")
    assert status == 409
    assert f"Iemand anders besloot net iets over idee {idea.nr}." in said
    assert "We beginnen er morgen mee." in said
    assert "Eerst iets anders." in said
    plan = plan_of(house, idea)
    assert plan
    assert plan.kind == "make"
    assert decide(at_desk, idea, wat="make", reden="We beginnen er morgen mee.")[0] == 303, "the same is no conflict"
    assert decide(at_desk, idea, seen=plan.id, wat="keep", reden="Eerst iets anders.")[0] == 303
    changed = plan_of(house, idea)
    assert changed
    assert changed.kind == "keep"


def test_one_idea_that_changed_keeps_the_others_as_they_were(at_desk: FlaskClient, share: Share, house: House) -> None:
    one, two = share("Een bankje"), share("Een lamp")
    decide(at_desk, two, wat="make", reden="Goed idee.")
    assert decide(at_desk, one, two, wat="keep", reden="Later.")[0] == 409
    assert plan_of(house, one) is None


def test_deciding_twice_at_once_is_one_decision(app: object, at_desk: FlaskClient, share: Share, house: House) -> None:
    idea = share()
    form = {"gezien": f"{idea.id}:", "wat": "make", "reden": "Goed idee."}
    ended: list[int] = []

    def send() -> None:
        client = at_desk.application.test_client()
        client.set_cookie(
            "__Host-bureau",
            at_desk.get_cookie("__Host-bureau", "werkplaats.nl").value,
            domain="werkplaats.nl",
            secure=True,
        )  # type: ignore[union-attr]
        address = f"https://werkplaats.nl/bureau/{idea.workshop_id}/besluiten"
        ended.append(client.post(address, data=form, headers={"Sec-Fetch-Site": "same-origin"}).status_code)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended == [303] * 4
    assert len(house.store.read(decisions.all_of, idea.workshop_id)) == 1


def test_who_is_asked_for_their_perspective_is_asked_once(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = share()
    page = f"/bureau/{idea.workshop_id}/besluiten?idee={idea.id}"
    assert "Vanuit welk perspectief kijk jij?" in text(at_desk.get(page))
    decide(at_desk, idea, perspectief="professional")
    assert house.store.read(workshops.perspective_of, idea.workshop_id, facilitator.id) == "professional"
    said = text(at_desk.get(page))
    assert "Vanuit welk perspectief" not in said
    assert "Jouw perspectief: professional." in said
    plan = plan_of(house, idea)
    assert plan
    assert (plan.perspective, plan.decided_by) == ("professional", "Anna")


def test_a_decision_of_the_group_names_its_meeting(
    at_desk: FlaskClient, share: Share, house: House, workshop: Workshop
) -> None:
    idea = share()
    meeting = house.store.read(meetings.of_workshop, workshop.id)[0]
    decide(at_desk, idea, hoe="groep", bijeenkomst=meeting.id)
    assert "Dit besloten we met de groep, op maandag 11 januari 2027." in text(
        at_desk.get(f"/bureau/{workshop.id}/antwoorden")
    )
    house.store.write(meetings.call_off, meeting)
    status, said = decide(at_desk, share("Een lamp"), hoe="groep", bijeenkomst=meeting.id)
    assert status == 400
    assert "Deze bijeenkomst is afgezegd." in said


def test_of_a_joined_idea_one_decides_for_all_of_its_makers(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    one, two = share("Een bankje"), share("Zitten")
    joined = house.store.write(joining.join, one.workshop_id, [one.id, two.id], "Banken", facilitator.id)
    page = text(at_desk.get(f"/bureau/{one.workshop_id}/besluiten?idee={one.id}"))
    assert f"Wat gebeurt er met idee {joined.nr}?" in page
    assert "2 makers" in page
    status, said = decide(at_desk, one)
    assert status == 400
    assert "Dit idee is net samengevoegd" in said
    assert f"Dit idee hoort bij idee {joined.nr}." in text(at_desk.get(f"/bureau/{one.workshop_id}/ideeen/{one.id}"))


def test_what_is_prepared_can_be_dropped_as_long_as_nobody_changed_it(
    at_desk: FlaskClient, share: Share, house: House
) -> None:
    idea = share()
    decide(at_desk, idea)
    plan = plan_of(house, idea)
    assert plan
    address = f"/bureau/{idea.workshop_id}/besluiten/weg"
    at_desk.post(address, data={"gezien": f"{idea.id}:{'0' * 26}"})
    assert plan_of(house, idea) == plan
    after = at_desk.post(address, data={"gezien": f"{idea.id}:{plan.id}", "terug": "idee"}).location
    assert plan_of(house, idea) is None
    assert "Het voorbereide besluit is weg." in text(at_desk.get(after))


def test_setting_aside_prepares_not_now_with_that_reason(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = house.store.write(curating.set_aside, share(), facilitator.id, "Iemand is hierin te herkennen.")
    plan = plan_of(house, idea)
    assert plan
    assert (plan.kind, plan.reason) == ("not_now", "Iemand is hierin te herkennen.")
    assert "opzij gelegd" in text(at_desk.get(f"/bureau/{idea.workshop_id}/antwoorden"))


def test_who_looks_along_sees_no_plans_and_nothing_that_is_hidden(
    at_desk: FlaskClient, someone: Someone, share: Share, house: House, workshop: Workshop
) -> None:
    idea = share("Een bankje")
    decide(at_desk, idea, reden="Nog geheim.")
    house.store.write(workshops.hide, workshop.id)
    share("Een verborgen lamp")
    observer = someone("observer")
    for page in ("antwoorden", "besluiten"):
        said = text(observer.get(f"/bureau/{workshop.id}/{page}"))
        assert "Nog geheim." not in said
        assert "Een verborgen lamp" not in said
    said = text(observer.get(f"/bureau/{workshop.id}/ideeen/{idea.id}"))
    assert "Nog geheim." not in said
    assert "Besluit voorbereid" not in said
    assert "Wat klaarstaat, zien alleen begeleiders." in text(observer.get(f"/bureau/{workshop.id}/antwoorden"))


def test_an_idea_of_another_workshop_cannot_be_decided_on(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    from tests.conftest import DETAILS

    idea = share()
    mine = house.store.write(workshops.make, facilitator.id, DETAILS)
    answer = at_desk.post(f"/bureau/{mine.id}/besluiten", data={"gezien": f"{idea.id}:", "wat": "make"})
    assert answer.status_code == 404
    assert at_desk.get(f"/bureau/{mine.id}/besluiten?idee={idea.id}").status_code == 404
