"""What facilitators do with ideas: one road for every verb, nothing lost, nothing made wider."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.conftest import CARD
from tests.desk_people import Share, Someone, anna, now, share, someone
from workshop import clock, ids
from workshop.domain import consent, curating, facilitators, forgetting, ideas
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Picture
from workshop.domain.workshops import Workshop
from workshop.errors import Stale
from workshop.house import House

pytestmark = pytest.mark.grown

__all__ = ["anna", "share", "someone"]


def do(client: FlaskClient, idea: Idea, verb: str, **form: str) -> TestResponse:
    """Press a button on the page of an idea, with the version that page saw."""
    data = {"versie": str(idea.version)} | form
    return client.post(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/{verb}", data=data)


def test_the_stream_shows_what_came_in_and_how_much_work_is_left(anna: FlaskClient, share: Share) -> None:
    idea = share("Een bankje bij de bushalte.", perspective="mantelzorger")
    page = anna.get(f"/bureau/{idea.workshop_id}/ideeen").text
    for said in ("Nog 1 idee wacht op je", "Een bankje", "mantelzorger", "QR gescand", "Een dag uit mijn leven"):
        assert said in page
    do(anna, idea, "gelezen")
    assert "Alles is gelezen" in anna.get(f"/bureau/{idea.workshop_id}/ideeen").text


def test_filters_keep_apart_what_they_say(anna: FlaskClient, share: Share) -> None:
    share("Met nummer.", channel="number")
    workshop_id = share("Gescand.", perspective="client").workshop_id
    for query, there in {
        "via=number": {"Met nummer."},
        "via=qr": {"Gescand."},
        "perspectief=client": {"Gescand."},
        "status=wall": set(),
        "status=received": {"Met nummer.", "Gescand."},
        f"kaart={CARD}": {"Met nummer.", "Gescand."},
        "kaart=-": set(),
        "status=' or 1=1 --": {"Met nummer.", "Gescand."},
        "perspectief=' or 1=1 --": set(),
        "wacht=1": set(),
    }.items():
        page = anna.get(f"/bureau/{workshop_id}/ideeen?{query}").text
        assert {said for said in ("Met nummer.", "Gescand.") if said in page} == there, query


def test_reading_and_the_wall_and_off_it(anna: FlaskClient, house: House, share: Share) -> None:
    idea = share()
    do(anna, idea, "gelezen")
    assert now(house, idea).status == "read"
    do(anna, now(house, idea), "op-de-muur")
    assert now(house, idea).status == "wall"
    do(anna, now(house, idea), "van-de-muur")
    assert now(house, idea).status == "read"


def test_every_verb_twice_does_it_once(anna: FlaskClient, house: House, share: Share) -> None:
    forms = {
        "gelezen": {},
        "op-de-muur": {},
        "van-de-muur": {},
        "verbeteren": {"woorden": "Andere woorden."},
        "wie-mag": {"wie": "group"},
        "opzij": {"reden": "Later."},
        "terugzetten": {},
        "ongedaan": {},
        "weghalen": {},
    }
    idea = share()
    for verb, form in forms.items():
        seen = now(house, idea)
        assert do(anna, seen, verb, **form).status_code == 303, verb
        once = now(house, idea)
        assert do(anna, seen, verb, **form).status_code == 303, verb
        assert now(house, idea) == once, verb


def test_after_every_action_there_is_a_bar_that_undoes_it(anna: FlaskClient, house: House, share: Share) -> None:
    idea = share()
    answer = do(anna, idea, "op-de-muur", terug="stroom", plek="0")
    page = anna.get(answer.headers["Location"]).text
    assert "Op de muur gezet." in page
    assert "Ongedaan maken" in page
    do(anna, now(house, idea), "ongedaan")
    assert now(house, idea).status == "received"


def test_the_undo_of_the_bar_never_undoes_what_somebody_else_did_since(
    anna: FlaskClient, house: House, share: Share
) -> None:
    idea = share()
    location = do(anna, idea, "gelezen").headers["Location"]
    house.store.write(curating.put_on_wall, now(house, idea), _bram(house))
    version = re.search(r'class="done".*?name="versie" value="(\d+)"', anna.get(location).text, re.DOTALL)
    assert version
    answer = anna.post(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/ongedaan", data={"versie": version[1]})
    assert answer.status_code == 409
    assert now(house, idea).status == "wall"


def test_the_makers_own_words_stand_beside_a_correction(anna: FlaskClient, house: House, share: Share) -> None:
    idea = share("Mijn moeder durft niet meer de deur uit savonds")
    do(anna, idea, "verbeteren", woorden="Mijn moeder durft ’s avonds de deur niet uit.")
    page = anna.get(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}").text
    assert "Mijn moeder durft niet meer de deur uit savonds" in page
    assert "Mijn moeder durft ’s avonds de deur niet uit." in page
    assert now(house, idea).own_words == "Mijn moeder durft niet meer de deur uit savonds"


def test_a_correction_that_is_too_long_stays_in_its_field(anna: FlaskClient, share: Share) -> None:
    idea = share()
    answer = do(anna, idea, "verbeteren", woorden="woord " * 400)
    assert answer.status_code == 400
    assert answer.text.count("woord ") >= 400


def test_setting_aside_asks_for_a_reason(anna: FlaskClient, house: House, share: Share) -> None:
    idea = share()
    answer = do(anna, idea, "opzij", reden="   ")
    assert answer.status_code == 400
    assert "Schrijf erbij waarom" in answer.text
    assert now(house, idea).status == "received"
    do(anna, idea, "opzij", voorbeeld="Hier kan deze werkplaats nu niets aan doen.", reden="")
    assert now(house, idea).reason == "Hier kan deze werkplaats nu niets aan doen."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    chosen=st.sampled_from(["group", "everyone", "everyone_named"]),
    asked=st.lists(
        st.sampled_from(["group", "everyone", "everyone_named", "iedereen", "", "ongedaan", "op-de-muur"]), max_size=6
    ),
)
def test_nobody_at_the_desk_can_let_more_people_see_it_than_the_maker_chose(
    anna: FlaskClient, house: House, share: Share, chosen: str, asked: list[str]
) -> None:
    width = {"group": 0, "everyone": 1, "everyone_named": 2}
    clock.shift()
    idea = share(ids.token(), chosen)
    for step in asked:
        current = now(house, idea)
        if step in ("ongedaan", "op-de-muur"):
            do(anna, current, step)
        else:
            do(anna, current, "wie-mag", wie=step)
        assert width[now(house, idea).seen_by] <= width[chosen]
        assert now(house, idea).visibility == chosen


def test_only_narrower_choices_are_offered(anna: FlaskClient, share: Share) -> None:
    idea = share(visibility="everyone")
    page = anna.get(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}").text
    assert re.findall(r'name="wie" value="(\w+)"', page) == ["group", "everyone"]
    assert do(anna, idea, "wie-mag", wie="everyone_named").status_code == 400


def test_two_facilitators_at_once_lose_nothing(anna: FlaskClient, house: House, share: Share, someone: Someone) -> None:
    seen = share("Oud.")
    house.store.write(curating.correct, seen, _bram(house), "Van Bram.")
    answer = do(anna, seen, "verbeteren", woorden="Van Anna.")
    assert answer.status_code == 409
    for said in ("Bram heeft dit net veranderd", "Van Bram.", "Van Anna."):
        assert said in answer.text
    assert now(house, seen).words == "Van Bram."
    version = re.search(r'name="versie" value="(\d+)"', answer.text)
    assert version
    anna.post(
        f"/bureau/{seen.workshop_id}/ideeen/{seen.id}/verbeteren",
        data={"versie": version[1], "woorden": "Van Anna."},
    )
    assert now(house, seen).words == "Van Anna."


def test_an_idea_goes_on_the_wall_only_as_it_was_seen(anna: FlaskClient, house: House, share: Share) -> None:
    seen = share("Netjes.")
    house.store.write(ideas.change_words, seen, "Iets heel anders.", "everyone")
    assert do(anna, seen, "op-de-muur").status_code == 409
    assert now(house, seen).status == "received"


@pytest.mark.parametrize("version", ["", "-1", "²", "9" * 30, "9" * 5000])
def test_a_senseless_version_changes_nothing_and_is_no_crash(
    anna: FlaskClient, house: House, share: Share, version: str
) -> None:
    idea = share()
    place = f"/bureau/{idea.workshop_id}/ideeen"
    assert anna.post(f"{place}/{idea.id}/gelezen", data={"versie": version}).status_code == 409
    assert anna.get(place, query_string={"gedaan": "gelezen", "versie": version, "plek": version}).status_code == 200
    assert now(house, idea) == idea


def test_five_hundred_edits_by_two_people_lose_no_update(house: House, share: Share) -> None:
    idea = share("Begin.")
    bram = _bram(house)
    stale = idea
    landed = 0
    for turn in range(500):
        mine = now(house, idea) if turn % 3 else stale
        stale = now(house, idea)
        try:
            house.store.write(curating.correct, mine, bram, f"Versie {turn}.")
            landed += 1
        except Stale:
            assert turn % 3 == 0
    history = house.store.read(curating.history, idea)
    assert sum(event.verb == "corrected" for event in history) == landed
    assert history[-1].after["words"] == now(house, idea).words


def test_somebody_calls_and_the_idea_is_found_by_its_receipt(
    anna: FlaskClient, house: House, share: Share, workshop: Workshop
) -> None:
    idea = share()
    typed = f" {idea.receipt[:4].lower()}-{idea.receipt[4:]} "
    answer = anna.post(f"/bureau/{workshop.id}/ideeen", data={"bewijs": typed})
    assert answer.headers["Location"].endswith(f"/ideeen/{idea.id}")
    assert idea.receipt not in answer.headers["Location"]
    lost = anna.post(f"/bureau/{workshop.id}/ideeen", data={"bewijs": "AAAA-AAAA"})
    assert lost.status_code == 404
    assert "AAAA-AAAA" in lost.text


def test_taking_away_for_the_maker_can_be_undone_for_half_an_hour(
    anna: FlaskClient, house: House, share: Share
) -> None:
    idea = share()
    do(anna, idea, "weghalen")
    assert now(house, idea).withdrawn_at
    assert do(anna, now(house, idea), "op-de-muur").status_code == 409
    do(anna, now(house, idea), "ongedaan")
    assert now(house, idea).withdrawn_at is None
    do(anna, now(house, idea), "weghalen")
    clock.shift(minutes=31)
    house.store.write(forgetting.erase_due)
    assert anna.get(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}").status_code == 404


def test_what_its_maker_took_away_nobody_at_the_desk_sees_any_more(
    anna: FlaskClient, house: House, share: Share
) -> None:
    picture = Picture(ids.new(), house.files.keep(b"a picture", "jpg"), 4, 3)
    idea = share("Te persoonlijk.", pictures=[picture])
    house.store.write(ideas.withdraw, idea)
    page = anna.get(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}").text
    assert "De maker heeft dit idee weggehaald" in page
    assert "persoonlijk" not in page
    assert anna.get(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/foto/{picture.id}").status_code == 404
    answer = do(anna, now(house, idea), "ongedaan")
    assert answer.status_code in (400, 409)
    assert "persoonlijk" not in answer.text
    assert now(house, idea).withdrawn_at


def test_a_picture_is_only_ever_a_picture(anna: FlaskClient, house: House, share: Share) -> None:
    picture = Picture(ids.new(), house.files.keep(b"<script>alert(1)</script>", "jpg"), 4, 3)
    idea = share(pictures=[picture])
    with anna.get(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/foto/{picture.id}") as answer:
        assert answer.mimetype == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("words", "live"),
    [
        ("<script>alert(1)</script>", "<script>alert"),
        ('"><img src=x onerror=alert(1)>', "<img src=x"),
        ("'onmouseover='alert(1)", "'onmouseover"),
        ("{{ 191919 * 3 }}", "575757"),
    ],
)
def test_words_are_text_and_nothing_else(anna: FlaskClient, share: Share, words: str, live: str) -> None:
    idea = share(words, maker=words, visibility="everyone_named")
    for path in ("", f"/{idea.id}"):
        assert live not in anna.get(f"/bureau/{idea.workshop_id}/ideeen{path}").text


def test_observers_see_everything_but_no_receipt_and_no_buttons(someone: Someone, share: Share) -> None:
    idea = share()
    for path in ("", f"/{idea.id}"):
        page = someone("observer").get(f"/bureau/{idea.workshop_id}/ideeen{path}").text
        assert "Een bankje" in page
        assert f"{idea.receipt[:4]}-{idea.receipt[4:]}" not in page
        assert "op-de-muur" not in page


def test_a_hall_full_of_ideas_comes_in_pages(anna: FlaskClient, house: House, share: Share, door: Door) -> None:
    for number in range(60):
        share(f"Idee {number:03d}")
    first = anna.get(f"/bureau/{door.workshop_id}/ideeen").text
    last = anna.get(f"/bureau/{door.workshop_id}/ideeen?pagina=3").text
    assert len(re.findall(r"Idee 0\d\d</p>", first)) == 25
    assert len(re.findall(r"Idee 0\d\d</p>", last)) == 10
    assert len(first.encode()) < 150_000


def test_next_and_previous_stay_within_the_filters(anna: FlaskClient, share: Share) -> None:
    one, two, three = (share(f"Idee {number}", channel=via) for number, via in enumerate(("qr", "number", "qr")))
    page = anna.get(f"/bureau/{one.workshop_id}/ideeen/{three.id}?via=qr").text
    assert f"{one.id}?via=qr" in page
    assert two.id not in page


def test_consent_words_at_the_desk_are_those_of_paper_and_phone(anna: FlaskClient, share: Share) -> None:
    idea = share(visibility="everyone_named")
    page = anna.get(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}").text
    for key in ("group", "everyone", "everyone_named"):
        assert consent.text("nl")[key] in page


def _bram(house: House) -> str:
    """Return the key of a second facilitator, called Bram."""
    return house.store.write(facilitators.make, "Bram").id


def test_what_was_done_already_offers_no_undo_of_somebody_elses_work(
    at_desk: FlaskClient, share: Share, house: House, facilitator: Facilitator
) -> None:
    idea = share()
    seen = idea.version
    house.store.write(curating.put_on_wall, idea, facilitator.id)
    answer = at_desk.post(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/op-de-muur", data={"versie": seen})
    assert answer.status_code == 303
    assert "gedaan" not in answer.headers["Location"]
