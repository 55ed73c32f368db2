"""Thanks, and a receipt: see how it goes, change within half an hour, take away and put back at any time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import DETAILS, Visit
from tests.phone import photo, receipt_of, share, text
from workshop import clock, ids
from workshop.domain import curating, forgetting, ideas, misses, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.workshops import Workshop
from workshop.house import House

UNKNOWN = "Dit bewijsnummer kennen we niet."


@pytest.fixture
def receipt(in_group: FlaskClient, door: Door) -> str:
    return receipt_of(share(in_group, door, "Een bankje halverwege.", zien="everyone", naam="Truus", foto=photo()))


def idea_of(house: House, receipt: str) -> Idea:
    idea = house.store.read(ideas.by_receipt, receipt)
    assert idea
    return idea


def change(phone: FlaskClient, receipt: str, what: str, **fields: str) -> str:
    return text(phone.post(f"/bewijs/{receipt}", data={"wat": what} | fields, follow_redirects=True))


def test_thanks_say_when_you_hear_more_and_show_the_receipt_large(in_group: FlaskClient, receipt: str) -> None:
    page = text(in_group.get(f"/bedankt/{receipt}"))
    assert "Dank u wel. Uw idee is aangekomen." in page
    assert "Op maandag 11 januari 2027 hoort u wat ermee gebeurt." in page
    assert f"Uw bewijsnummer: {receipt[:4]}- {receipt[4:]}" in page
    assert "Schrijf het op uw kaart als u later iets wilt veranderen." in page
    assert "Haal uw idee weg" in page
    assert "Terug naar de kaart" in page


def test_without_a_date_you_hear_it_on_the_next_meeting(
    in_group: FlaskClient, receipt: str, house: House, workshop: Workshop
) -> None:
    house.store.write(workshops.change, workshop, replace(DETAILS, next_date=""))
    assert "Op de volgende bijeenkomst hoort u wat ermee gebeurt." in text(in_group.get(f"/bedankt/{receipt}"))


def test_a_meeting_that_is_past_is_not_promised_again(in_group: FlaskClient, receipt: str) -> None:
    clock.shift(days=3650)
    assert "11 januari 2027" not in text(in_group.get(f"/bedankt/{receipt}"))


@pytest.mark.parametrize("shape", ["{}", "{0[0]}{0[1]}{0[2]}{0[3]}-{0[4]}{0[5]}{0[6]}{0[7]}", " {} "])
def test_a_receipt_may_be_typed_in_any_way(outside: FlaskClient, receipt: str, shape: str) -> None:
    for typed in (shape.format(receipt), shape.format(receipt).lower()):
        answer = outside.post("/bewijs", data={"bewijs": typed})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/bewijs/{receipt}")


def test_a_wrong_receipt_says_so_and_keeps_what_was_typed(outside: FlaskClient, receipt: str) -> None:
    typed = ("3" if receipt[0] != "3" else "4") + receipt[1:]
    answer = outside.post("/bewijs", data={"bewijs": typed})
    assert answer.status_code == 404
    assert UNKNOWN in text(answer)
    assert f'value="{typed}"' in answer.text
    assert outside.post("/bewijs", data={"bewijs": ""}).status_code == 422


def test_guessing_receipts_has_a_budget_and_never_locks_out_the_sender(
    in_group: FlaskClient, outside: FlaskClient, visit: Visit, receipt: str, house: House
) -> None:
    for _ in range(misses.RECEIPTS_PER_DEVICE + 5):
        outside.get(f"/bewijs/{ids.receipt()}")
    assert house.store.read(misses.count, "receipt", minutes=10) == misses.RECEIPTS_PER_DEVICE
    assert outside.get(f"/bewijs/{receipt}").status_code == 404
    assert visit().get(f"/bewijs/{receipt}").status_code == 200
    for _ in range(misses.RECEIPTS_IN_ALL):
        house.store.write(misses.note, "receipt", "x", "y" * 43)
    assert visit().get(f"/bewijs/{receipt}").status_code == 404
    assert in_group.get(f"/bewijs/{receipt}").status_code == 200, "the phone that sent it"
    clock.shift(minutes=11)
    assert outside.get(f"/bewijs/{receipt}").status_code == 200


@pytest.mark.parametrize(
    ("verb", "status"),
    [(None, "Ontvangen"), (curating.read, "Gelezen"), (curating.put_on_wall, "Op de muur")],
)
def test_the_status_is_one_plain_word(
    in_group: FlaskClient, receipt: str, house: House, facilitator: Facilitator, verb: Any, status: str
) -> None:
    if verb:
        house.store.write(verb, idea_of(house, receipt), facilitator.id)
    assert f'<span class="status">{status}</span>' in in_group.get(f"/bewijs/{receipt}").text


def test_not_now_comes_with_its_reason(
    in_group: FlaskClient, receipt: str, house: House, facilitator: Facilitator
) -> None:
    house.store.write(curating.set_aside, idea_of(house, receipt), facilitator.id, "De gemeente bouwt hier.")
    page = text(in_group.get(f"/bewijs/{receipt}"))
    assert "Niet nu" in page
    assert "De gemeente bouwt hier." in page


def test_corrected_words_stand_beside_ones_own(
    in_group: FlaskClient, receipt: str, house: House, facilitator: Facilitator
) -> None:
    house.store.write(curating.correct, idea_of(house, receipt), facilitator.id, "Een bank halverwege de winkel.")
    page = text(in_group.get(f"/bewijs/{receipt}"))
    assert "Zo schreef u het Een bankje halverwege." in page
    assert "Zo staat het er nu Een bank halverwege de winkel." in page


def test_words_can_be_changed_for_half_an_hour(in_group: FlaskClient, receipt: str, house: House) -> None:
    assert "Het is veranderd." in change(in_group, receipt, "woorden", idee="Twee bankjes.")
    assert idea_of(house, receipt).words == "Twee bankjes."
    clock.shift(minutes=31)
    page = in_group.get(f"/bewijs/{receipt}")
    assert "<textarea" not in page.text
    assert "De dertig minuten zijn voorbij." in change(in_group, receipt, "woorden", idee="Drie bankjes.")
    assert idea_of(house, receipt).words == "Twee bankjes."


def test_who_may_see_it_can_always_be_changed(in_group: FlaskClient, receipt: str, house: House) -> None:
    clock.shift(days=300)
    assert "Het is veranderd." in change(in_group, receipt, "zien", zien="group")
    assert idea_of(house, receipt).visibility == "group"
    assert idea_of(house, receipt).words == "Een bankje halverwege."


def test_removing_happens_at_once_and_can_be_undone_until_it_is_erased(
    in_group: FlaskClient, outside: FlaskClient, receipt: str, door: Door, house: House
) -> None:
    clock.shift(days=20)
    said = change(outside, receipt, "weg")
    assert "Uw idee is weg." in said
    assert "Toch niet? Zet het terug" in said
    assert "Een bankje halverwege." not in text(in_group.get(f"/{door.number}"))
    change(outside, receipt, "woorden", idee="Stiekem.")
    assert "Uw idee staat er weer." in change(outside, receipt, "terug")
    assert "Een bankje halverwege." in text(in_group.get(f"/{door.number}"))
    change(outside, receipt, "weg")
    clock.shift(days=20, minutes=31)
    house.store.write(forgetting.erase_due)
    assert outside.get(f"/bewijs/{receipt}").status_code == 404
    assert outside.post(f"/bewijs/{receipt}", data={"wat": "terug"}).status_code == 404


def test_nothing_that_is_empty_or_made_up_changes_an_idea(in_group: FlaskClient, door: Door, house: House) -> None:
    receipt = receipt_of(share(in_group, door, "Alleen woorden."))
    assert "U heeft nog niets opgeschreven." in change(in_group, receipt, "woorden", idee="  ")
    change(in_group, receipt, "zien", zien="de hele wereld")
    change(in_group, receipt, "bestaat niet", idee="Weg ermee.")
    idea = idea_of(house, receipt)
    assert (idea.words, idea.visibility, idea.version) == ("Alleen woorden.", "group", 1)


def test_receipts_stand_in_the_path_only_and_their_pages_are_never_kept(in_group: FlaskClient, receipt: str) -> None:
    for path in (f"/bedankt/{receipt}", f"/bewijs/{receipt}"):
        page = in_group.get(path)
        assert page.headers["Cache-Control"] == "no-store"
        assert f"={receipt}" not in page.text
    changed = in_group.post(f"/bewijs/{receipt}", data={"wat": "zien", "zien": "group"})
    assert changed.headers["Location"] == f"/bewijs/{receipt}?klaar=zien"


def test_an_idea_that_must_wait_says_that_somebody_reads_it_first(
    outside: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:
    house.store.write(workshops.change, workshop, replace(DETAILS, seen="first"))
    receipt = receipt_of(share(outside, door, "Langs het nummer."))
    assert "Een begeleider leest het eerst." in text(outside.get(f"/bedankt/{receipt}"))
