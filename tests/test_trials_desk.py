"""Trials and looking back at the desk: what stands in the way is said, nothing is overwritten, everything is undone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests import phone
from tests.desk_people import Share, Someone, anna, bram, now, share, someone
from workshop import clock
from workshop.domain import decisions, ideas, meetings, reflections, trajectory, trials
from workshop.domain.facilitators import Facilitator
from workshop.domain.reflections import About
from workshop.domain.trials import Trial
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["anna", "share", "someone"]
SECRET = "Ik durfde niets te zeggen."


@pytest.fixture(autouse=True)
def _community(house: House, workshop: Workshop) -> None:
    house.store.write(trajectory.turn, workshop, "workshop", 1)


@pytest.fixture
def bureau(workshop: Workshop) -> str:
    return f"/bureau/{workshop.id}"


def day(ahead: int) -> str:
    return (clock.today() + timedelta(days=ahead)).isoformat()


def made(anna: FlaskClient, bureau: str, house: House, workshop: Workshop, numbers: str = "") -> Trial:
    form = {"in.titel": "Samen eten", "in.vraag": "Komen er mensen?", "ideeen": numbers}
    assert anna.post(f"{bureau}/proeven", data=form).status_code == 303
    return house.store.read(trials.of_workshop, workshop.id)[-1]


def version(house: House, trial: Trial) -> int:
    return house.store.read(trials.find, trial.workshop_id, trial.id).version


MANDATE = {"in.wie": "Mevrouw Bos", "in.wat": "Vier keer koken", "getekend": "paper"}


def test_the_page_takes_out_of_a_trial_only_ideas_that_it_showed(
    anna: FlaskClient, bureau: str, house: House, workshop: Workshop, share: Share
) -> None:
    one, away = share("Samen eten."), share("Even weg.")
    trial = made(anna, bureau, house, workshop, f"{one.nr}, {away.nr}")
    house.store.write(ideas.withdraw, away)
    page = anna.get(f"{bureau}/proeven/{trial.id}").text
    seen = re.search(r'name="ideeen-gezien" value="([^"]*)"', page)
    assert seen
    assert seen[1] == str(one.nr)
    house.store.write(ideas.bring_back, now(house, away))
    form = {"versie": trial.version, "ideeen": "", "ideeen-gezien": seen[1]}
    assert anna.post(f"{bureau}/proeven/{trial.id}", data=form).status_code == 303
    assert house.store.read(trials.find, workshop.id, trial.id).ideas == (away.nr,)


def test_a_trial_goes_from_idea_to_lesson_to_prepared_answers(
    anna: FlaskClient, bureau: str, house: House, workshop: Workshop, share: Share
) -> None:
    idea = share("Samen eten op maandag.")
    trial = made(anna, bureau, house, workshop, f"nummer {idea.nr}")
    here = f"{bureau}/proeven/{trial.id}"
    refused = anna.post(f"{here}/begin", data={"versie": trial.version})
    assert refused.status_code == 400
    assert "Vraag wie over tijd, geld en ruimte gaat." in phone.text(refused)
    assert anna.post(f"{here}/mandaat", data=MANDATE | {"mandaat-tot": day(30)}).status_code == 303
    assert anna.post(f"{here}/begin", data={"versie": trial.version}).status_code == 303
    assert "Schrijf eerst hierboven wat jullie zagen." in phone.text(anna.get(here))
    written = {"versie": version(house, trial), "in.gezien": "Twee mensen kwamen."}
    written |= {f"in.{part}": "Iets." for part in trials.CYCLE}
    assert anna.post(here, data=written).status_code == 303
    assert "De leercirkel is rond" in anna.get(here).text
    over = {"versie": version(house, trial), "uitkomst": "not", "in.les": "Haal mensen op."}
    assert anna.post(f"{here}/klaar", data=over).status_code == 303
    page = phone.text(anna.get(here))
    assert "Mislukt. En dit leerden we: Haal mensen op." in page
    told = anna.post(f"{here}/besluiten", data={"versie": version(house, trial), "besluit": "not_now"})
    assert "Voor 1 idee is een besluit voorbereid." in phone.text(anna.get(told.headers["Location"]))
    plan = now(house, idea).planned
    assert plan
    assert house.store.read(decisions.of_idea, plan).reason == "Haal mensen op."


def test_the_next_trial_opens_with_the_last_lesson_on_top(
    anna: FlaskClient, bureau: str, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    trial = made(anna, bureau, house, workshop)
    anna.post(f"{bureau}/proeven/{trial.id}/mandaat", data=MANDATE | {"mandaat-tot": day(30)})
    anna.post(f"{bureau}/proeven/{trial.id}/begin", data={"versie": 1})
    seen = house.store.read(trials.find, workshop.id, trial.id)
    seen = house.store.write(trials.change, seen, facilitator.id, {"observed": "Niemand kwam."})
    house.store.write(trials.end, seen, "not", "Maandag is bingo.", facilitator.id)
    assert "Maandag is bingo." in phone.text(anna.get(f"{bureau}/proeven?na={trial.id}"))
    form = {"in.titel": "Samen eten op dinsdag", "in.vraag": "En nu?", "na": trial.id}
    after = anna.post(f"{bureau}/proeven", data=form).headers["Location"]
    page = phone.text(anna.get(after))
    assert page.index("Maandag is bingo.") < page.index("Eerst: wie vindt dit goed?")


def test_an_expired_mandate_is_said_on_the_trial_and_in_the_list(
    anna: FlaskClient, bureau: str, house: House, workshop: Workshop, someone: Someone
) -> None:
    trial = made(anna, bureau, house, workshop)
    anna.post(f"{bureau}/proeven/{trial.id}/mandaat", data=MANDATE | {"mandaat-tot": day(1)})
    anna.post(f"{bureau}/proeven/{trial.id}/begin", data={"versie": 1})
    clock.shift(days=3)
    later = someone("facilitator")
    page = phone.text(later.get(f"{bureau}/proeven/{trial.id}"))
    assert "De proef staat stil" in page
    assert "Vraag Mevrouw Bos opnieuw, en laat tekenen." in page
    assert "staat stil" in phone.text(later.get(f"{bureau}/proeven"))


def test_what_another_wrote_is_shown_beside_what_was_typed(
    anna: FlaskClient, bureau: str, house: House, workshop: Workshop
) -> None:
    trial = made(anna, bureau, house, workshop)
    house.store.write(trials.change, trial, bram(house), {"tried": "Wij kookten soep."})
    stale = anna.post(f"{bureau}/proeven/{trial.id}", data={"versie": trial.version, "in.tried": "Wij aten brood."})
    assert stale.status_code == 409
    assert "Nu staat er: Wij kookten soep." in phone.text(stale)
    assert "Wij aten brood." in stale.text
    again = {"versie": phone.value(stale, "versie"), "in.tried": "Wij aten brood en soep."}
    assert anna.post(f"{bureau}/proeven/{trial.id}", data=again).status_code == 303
    assert house.store.read(trials.find, workshop.id, trial.id).tried == "Wij aten brood en soep."


def test_dropping_is_undone_from_the_bar(anna: FlaskClient, bureau: str, house: House, workshop: Workshop) -> None:
    trial = made(anna, bureau, house, workshop)
    gone = anna.post(f"{bureau}/proeven/{trial.id}/weg", data={"versie": 1}).headers["Location"]
    assert "Losgelaten. Alles wat er stond is bewaard." in phone.text(anna.get(gone))
    anna.post(f"{bureau}/proeven/{trial.id}/terug", data={"versie": 2})
    assert house.store.read(trials.find, workshop.id, trial.id).state == "open"


def test_a_mandate_of_another_trial_is_not_signed_from_here(
    anna: FlaskClient, bureau: str, house: House, workshop: Workshop
) -> None:
    trial = made(anna, bureau, house, workshop)
    answer = anna.post(f"{bureau}/proeven/{trial.id}/tekenen", data={"versie": 1, "mandaat": "weg", "hoe": "paper"})
    assert answer.status_code == 404
    assert anna.post(f"{bureau}/proeven/{trial.id}/zomaar", data={"versie": 1}).status_code == 404


def test_only_its_writer_finds_the_third_layer_on_any_page(
    anna: FlaskClient, bureau: str, house: House, workshop: Workshop, facilitator: Facilitator, someone: Someone
) -> None:
    yesterday = house.store.write(meetings.add, workshop.id, meetings.About(day(-1)))
    address = f"{bureau}/terugblik?bijeenkomst={yesterday.id}"
    form = {"bijeenkomst": yesterday.id, "in.doing": "De pauze was kort.", "in.being": SECRET}
    assert anna.post(f"{bureau}/terugblik", data=form).status_code == 303
    assert SECRET in anna.get(address).text
    observer = someone("observer")
    assert SECRET not in observer.get(address).text
    assert "De pauze was kort." in observer.get(address).text
    other = bram(house)
    assert SECRET not in repr(house.store.read(reflections.seen_by, workshop.id, other))
    shared = form | {"gezien-doing": 1, "gezien-being": 1, "delen": "ja"}
    assert anna.post(f"{bureau}/terugblik", data=shared).status_code == 303
    assert SECRET in observer.get(address).text


def test_emptied_words_come_back_and_another_window_is_never_overwritten(
    anna: FlaskClient, bureau: str, house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    yesterday = house.store.write(meetings.add, workshop.id, meetings.About(day(-1)))
    form = {"bijeenkomst": yesterday.id, "in.thinking": "Waarom koffie eerst?"}
    anna.post(f"{bureau}/terugblik", data=form)
    stale = anna.post(f"{bureau}/terugblik", data=form | {"in.thinking": "Iets anders."})
    assert stale.status_code == 409
    assert "Nu staat er: Waarom koffie eerst?" in phone.text(stale)
    empty = anna.post(f"{bureau}/terugblik", data=form | {"in.thinking": "", "gezien-thinking": 1})
    assert "Weggehaald." in phone.text(anna.get(empty.headers["Location"]))
    anna.post(f"{bureau}/terugblik/toch", data={"bijeenkomst": yesterday.id, "laag": "thinking"})
    mine = house.store.read(reflections.mine, workshop.id, About(yesterday.id), "thinking", facilitator.id)
    assert mine
    assert mine.removed_at is None


def test_coverage_is_said_in_words(anna: FlaskClient, bureau: str, house: House, workshop: Workshop) -> None:
    first = house.store.write(meetings.add, workshop.id, meetings.About(day(-50)))
    house.store.write(meetings.add, workshop.id, meetings.About(day(-8)))
    anna.post(f"{bureau}/terugblik", data={"bijeenkomst": first.id, "in.being": SECRET})
    page = phone.text(anna.get(f"{bureau}/terugblik"))
    assert "Laag 3, zijn: 1 van de 2 bijeenkomsten." in page
    assert "Laag 1, doen: 0 van de 2 bijeenkomsten." in page


def test_a_knowledge_circle_sees_nothing_of_trials(
    anna: FlaskClient, bureau: str, house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    idea = share("Een bankje.")
    house.store.write(decisions.prepare, idea, decisions.Plan("try"), facilitator.id)
    assert "Maak er een proef van" in phone.text(anna.get(f"{bureau}/ideeen/{idea.id}"))
    house.store.write(trajectory.turn, workshop, "circle", 1)
    assert "proef" not in phone.text(anna.get(f"{bureau}/ideeen/{idea.id}")).lower()
