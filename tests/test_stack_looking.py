"""What was not certain on paper: a person looks, says whose it is, confirms, and can take it back."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from PIL import Image

from print.numbers import shown, with_check
from tests import piles
from tests.conftest import DETAILS
from tests.desk_paper import do, on_paper, page_of, photo, read_all, sent
from workshop import assigning, clock
from workshop.assigning import Part
from workshop.domain import curating, paper, slips, stacks, trays, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.stacks import Page
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.jobs import Jobs

QUARTERS = [Part(x, y, x + 0.5, y + 0.5) for x in (0, 0.5) for y in (0, 0.5)]


@pytest.fixture
def unknown(house: House, workshop: Workshop, at_desk: FlaskClient) -> Page:
    """A page of which nothing could be read: grey lines, no number."""
    picture = Image.new("RGB", (1240, 1754), "white")
    for top in range(300, 900, 60):
        picture.paste("#335", (200, top, 900, top + 8))
    sent(at_desk, workshop, (photo(picture), "foto.jpg"))
    stack = read_all(house, workshop)
    (page,) = house.store.read(stacks.pages, stack.id)
    assert (page.tray, page.settled_at) == ("look", None)
    return page


def test_a_typed_number_makes_the_idea_with_the_part_that_was_pointed_out(
    house: House, workshop: Workshop, at_desk: FlaskClient, unknown: Page
) -> None:
    (number,) = piles.numbers(house, workshop, count=1)
    answer = do(at_desk, workshop, unknown, "nummer", nummer=shown(number), deel="boven")
    assert answer.status_code == 303
    assert "/papier/kijken" in answer.location
    idea = on_paper(house, workshop)[number]
    (picture,) = idea.pictures
    assert picture.width > picture.height, "the upper half of an upright page lies"
    assert (idea.typing, idea.visibility, idea.words) == ("waiting", "group", "")
    (seen,) = house.store.read(stacks.sightings_of, number)
    assert (seen.how, seen.sure) == ("person", True)
    now = house.store.read(stacks.page, workshop.id, unknown.id)
    assert (now.tray, now.settled_as) == ("look", "typed_number")
    assert "Alles is bekeken" in page_of(at_desk, workshop, f"/bladzijde/{unknown.id}")


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_what_is_pointed_out_on_a_turned_page_is_cut_out_upright(turned: int) -> None:
    picture = Image.new("L", (40, 20), 255)
    picture.paste(0, (0, 0, 20, 10))  # the dark quarter is at the top left of the page itself
    seen = picture.rotate(-turned, expand=True)
    part = next(
        part
        for part in QUARTERS
        if seen.getpixel((round((part.left + 0.25) * seen.width), round((part.top + 0.25) * seen.height))) == 0
    )
    corners = part.corners(turned)
    assert {min(xy) >= 0 and max(xy) <= 0.5 for xy in corners} == {True}
    first = corners[0]
    assert first == {0: (0, 0), 90: (0, 0.5), 180: (0.5, 0.5), 270: (0.5, 0)}[turned]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("", "Typ het nummer"),
        ("tien", "alleen cijfers"),
        ("1234", "acht cijfers"),
        ("12345678", "cijfer verwisseld"),
        (with_check("9999999"), "nooit geprint"),
    ],
)
def test_a_number_that_cannot_be_is_refused_kindly(
    house: House, workshop: Workshop, at_desk: FlaskClient, unknown: Page, number: str, says: str
) -> None:
    answer = do(at_desk, workshop, unknown, "nummer", nummer=number)
    assert answer.status_code == 400
    assert says in answer.text
    assert not on_paper(house, workshop)


def test_a_number_of_elsewhere_or_taken_back_is_said_and_never_taken_in(
    house: House, workshop: Workshop, at_desk: FlaskClient, facilitator: Facilitator, unknown: Page
) -> None:
    other = house.store.write(workshops.make, facilitator.id, replace(DETAILS, name="Een andere"))
    (theirs,) = piles.numbers(house, other, count=1, seed="elders")
    (gone,) = piles.numbers(house, workshop, count=1)
    house.store.write(slips.withdraw, workshop.id, gone)
    for number, says in ((theirs, "andere werkplaats"), (gone, "teruggenomen")):
        answer = do(at_desk, workshop, unknown, "nummer", nummer=number)
        assert answer.status_code == 400
        assert says in answer.text
    assert not on_paper(house, workshop)
    assert not on_paper(house, other)


def test_a_number_that_came_back_before_asks_first(
    house: House, workshop: Workshop, at_desk: FlaskClient, unknown: Page
) -> None:
    which = piles.numbers(house, workshop, count=1)
    piles.read(house, piles.brought(house, workshop, piles.scanned([piles.written(house, which, piles.A6)])))
    before = on_paper(house, workshop)[which[0]]
    asked = do(at_desk, workshop, unknown, "nummer", nummer=which[0])
    assert asked.status_code == 400
    assert "kwam al een kaart terug" in asked.text
    assert 'name="zeker"' in asked.text
    assert on_paper(house, workshop)[which[0]].pictures == before.pictures
    assert do(at_desk, workshop, unknown, "nummer", nummer=which[0], zeker="1").status_code == 303
    now = on_paper(house, workshop)[which[0]]
    assert now.id == before.id
    assert now.pictures[0].file != before.pictures[0].file
    (page_id,) = {one.page_id for one in house.store.read(stacks.sightings_of, which[0]) if one.how == "person"}
    sighting = next(one for one in house.store.read(stacks.sightings_of, which[0]) if one.how == "person")
    assert page_id == unknown.id
    do(at_desk, workshop, unknown, "weg", gezien=sighting.id)
    assert on_paper(house, workshop)[which[0]].pictures[0].file == before.pictures[0].file


def test_one_page_is_split_into_several_cards(
    house: House, workshop: Workshop, at_desk: FlaskClient, unknown: Page
) -> None:
    one, two = piles.numbers(house, workshop, count=2)
    first = do(at_desk, workshop, unknown, "nummer", nummer=one, deel="linksboven", meer="1")
    assert f"/bladzijde/{unknown.id}" in first.location, "it stays on this page"
    own = {"links": "50", "boven": "0", "rechts": "100", "onder": "40"}
    do(at_desk, workshop, unknown, "nummer", nummer=two, deel="eigen", **own)
    found = on_paper(house, workshop)
    assert set(found) == {one, two}
    assert found[one].pictures[0].file != found[two].pictures[0].file


def test_typing_a_number_can_be_undone_as_if_it_never_was(
    house: House, workshop: Workshop, at_desk: FlaskClient, unknown: Page
) -> None:
    (number,) = piles.numbers(house, workshop, count=1)
    location = do(at_desk, workshop, unknown, "nummer", nummer=number).location
    bar = at_desk.get(location, follow_redirects=True).text
    assert "De kaart is toegevoegd." in bar
    sighting = house.store.read(stacks.sightings_of, number)[0]
    assert sighting.id in bar
    idea = on_paper(house, workshop)[number]
    for place in (f"?zoek={number}", f"/{idea.id}"):  # it was found, and somebody has it open
        assert f"Idee {idea.nr}" in at_desk.get(f"/bureau/{workshop.id}/ideeen{place}").text
    do(at_desk, workshop, unknown, "weg", gezien=sighting.id)
    assert not on_paper(house, workshop)
    assert house.store.read(stacks.sightings_of, number) == []
    assert house.store.read(trays.left_to_look, workshop.id) == 1
    do(at_desk, workshop, unknown, "nummer", nummer=number)
    assert set(on_paper(house, workshop)) == {number}


def test_an_idea_that_is_in_use_is_not_removed_by_undoing_its_number(
    house: House, workshop: Workshop, at_desk: FlaskClient, facilitator: Facilitator, unknown: Page
) -> None:
    (number,) = piles.numbers(house, workshop, count=1)
    do(at_desk, workshop, unknown, "nummer", nummer=number)
    house.store.write(curating.put_on_wall, on_paper(house, workshop)[number], facilitator.id)
    sighting = house.store.read(stacks.sightings_of, number)[0]
    assert do(at_desk, workshop, unknown, "weg", gezien=sighting.id).status_code == 400
    assert house.store.read(stacks.sightings_of, number) == [sighting]


def test_a_page_is_put_aside_turned_and_fetched_back(
    house: House, workshop: Workshop, at_desk: FlaskClient, unknown: Page
) -> None:
    do(at_desk, workshop, unknown, "draai")
    page = house.store.read(stacks.page, workshop.id, unknown.id)
    assert page.turned == 90
    picture = at_desk.get(f"/bureau/{workshop.id}/papier/bladzijde/{page.id}/beeld")
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.width > image.height
    aside = do(at_desk, workshop, unknown, "opzij")
    assert house.store.read(trays.left_to_look, workshop.id) == 0
    assert "De bladzijde is weggelegd. Hij blijft bewaard." in at_desk.get(aside.location, follow_redirects=True).text
    do(at_desk, workshop, unknown, "terug")
    assert house.store.read(trays.left_to_look, workshop.id) == 1


def test_a_number_on_a_turned_page_gives_an_upright_picture(
    house: House, workshop: Workshop, at_desk: FlaskClient, unknown: Page
) -> None:
    (number,) = piles.numbers(house, workshop, count=1)
    do(at_desk, workshop, unknown, "draai")
    do(at_desk, workshop, unknown, "nummer", nummer=number)
    picture = on_paper(house, workshop)[number].pictures[0]
    assert picture.width > picture.height


def doubtful(house: House, workshop: Workshop) -> tuple[Page, str]:
    """Return a page with one card on which nobody ticked who may see it."""
    which = piles.numbers(house, workshop, count=1)
    (card,) = piles.written(house, which, piles.A6)
    known = house.store.read(slips.by_number, which[0])
    assert known is not None
    stack = piles.brought(house, workshop, piles.scanned([[card]]))
    piles.read(house, stack)
    (page,) = house.store.read(stacks.pages, stack.id)
    house.store.write(lambda tx: tx.stacks.set_tray(id=page.id, tray="look", reason="two_ticks"))
    return house.store.read(stacks.page, workshop.id, page.id), which[0]


def test_doubtful_ticks_are_suggestions_until_a_person_confirms_them(
    house: House, workshop: Workshop, at_desk: FlaskClient
) -> None:
    page, number = doubtful(house, workshop)
    assert on_paper(house, workshop)[number].visibility == "group"
    text = page_of(at_desk, workshop, f"/bladzijde/{page.id}")
    assert "Er staan twee kruisjes waar één hoort." in text
    assert f'name="wie-{number}"' in text
    answer = do(at_desk, workshop, page, "klopt", **{f"wie-{number}": "everyone", f"gevraagd-{number}": "1"})
    assert answer.status_code == 303
    idea = on_paper(house, workshop)[number]
    assert (idea.visibility, idea.asked, idea.for_other, idea.typing) == ("everyone", "", False, "waiting")
    assert house.store.read(trays.left_to_look, workshop.id) == 0


def test_a_card_that_turns_out_empty_is_put_aside_with_its_reason(
    house: House, workshop: Workshop, at_desk: FlaskClient
) -> None:
    page, number = doubtful(house, workshop)
    do(at_desk, workshop, page, "leeg")
    idea = on_paper(house, workshop)[number]
    assert (idea.status, idea.reason) == ("set_aside", "Op deze kaart stond niets.")
    assert house.store.read(paper.left_to_type, workshop.id) == 0


def test_an_original_that_was_made_anew_still_gives_its_parts(
    house: House, workshop: Workshop, facilitator: Facilitator, unknown: Page
) -> None:
    (number,) = piles.numbers(house, workshop, count=1)
    for kept in (house.settings.data / "files").glob("*/*.scan"):
        kept.write_bytes(b"%PDF-1.4\n")
    assigning.assign(house, workshop.id, unknown.id, facilitator.id, number, "front", Part(), again=False)
    assert on_paper(house, workshop)[number].pictures


def test_a_part_that_is_no_part_is_refused(
    house: House, workshop: Workshop, facilitator: Facilitator, unknown: Page
) -> None:
    (number,) = piles.numbers(house, workshop, count=1)
    with pytest.raises(Refused, match="part_small"):
        assigning.assign(
            house, workshop.id, unknown.id, facilitator.id, number, "front", Part(0.5, 0.5, 0.4, 0.9), again=False
        )
    with pytest.raises(Refused, match="no_back"):
        assigning.assign(house, workshop.id, unknown.id, facilitator.id, number, "back", Part(), again=False)


def test_taking_a_typed_card_back_erases_its_part_of_the_page_too(
    house: House, workshop: Workshop, at_desk: FlaskClient, unknown: Page
) -> None:
    (number,) = piles.numbers(house, workshop, count=1)
    do(at_desk, workshop, unknown, "nummer", nummer=number)
    data = house.files.read(house.store.read(stacks.sightings_of, number)[0].crop)
    slip = house.store.read(slips.by_number, number)
    assert slip
    house.store.write(paper.withdraw, slip)
    clock.shift(minutes=31)
    Jobs(house)._tidy()
    assert data not in piles.every_byte(house.settings.data / "files")
