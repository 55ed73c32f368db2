"""Painting over names and faces: the server paints, undo brings it back, and once erased it is nowhere."""

from __future__ import annotations

import io
import json

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Page

from tests import returned
from tests.browser import Browse, Live
from tests.conftest import PASSPHRASE
from tests.desk_people import Someone, now, someone
from tests.phone import share
from workshop import clock, ids, painting
from workshop.desk.brush import drawn, ticked
from workshop.domain import curating, forgetting, ideas, paper, slips
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Picture, Sent
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.pictures import clean, painted

__all__ = ["someone"]
FACE = (0.25, 0.25, 0.5, 0.5)
WIDE, HIGH = 640, 480


def portrait() -> bytes:
    """Return a photo of a red square on blue: the face is red."""
    image = Image.new("RGB", (WIDE, HIGH), "#2040c0")
    image.paste("#d01010", (WIDE // 4, HIGH // 4, WIDE * 3 // 4, HIGH * 3 // 4))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


def reds(jpeg: bytes) -> int:
    """Return how many pixels are still red."""
    with Image.open(io.BytesIO(jpeg)) as image:
        return sum(count for count, (r, g, b) in image.convert("RGB").getcolors(1 << 24) or [] if r > 120 and b < 90)


@pytest.fixture
def idea(house: House, door: Door, in_group: FlaskClient) -> Idea:
    """An idea with a face on its photo, seen by the group."""
    receipt = share(in_group, door, "Mijn straat.", foto=portrait()).headers["Location"].rsplit("/", 1)[1]
    found = house.store.read(ideas.by_receipt, receipt)
    assert found
    return found


def brushed(anna: FlaskClient, idea: Idea, **form: object) -> str:
    """Paint over the idea's picture as its page does; return where that leads."""
    address = f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/foto/{idea.pictures[0].id}/kwast"
    answer = anna.post(address, data={"versie": idea.version} | form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_the_server_paints_black_and_nothing_of_the_face_is_left() -> None:
    made = painted(clean(portrait()).jpeg, [], [FACE])
    assert reds(clean(portrait()).jpeg) > 70_000
    assert reds(made.jpeg) == 0
    with Image.open(io.BytesIO(made.jpeg)) as image:
        assert image.size == (WIDE, HIGH)
        assert image.getpixel((10, 10))[2] > 150, "the rest is as it was"  # type: ignore[index] # RGB
        assert not image.getexif()
        assert "comment" not in image.info


def test_what_is_painted_over_is_gone_for_everybody_and_undo_brings_it_back(
    house: House, idea: Idea, someone: Someone, in_group: FlaskClient, door: Door
) -> None:
    anna, old = someone("facilitator"), idea.pictures[0]
    brushed(anna, idea, streken=json.dumps([{"r": FACE}]))
    (new,) = now(house, idea).pictures
    assert (new.id, new.file) != (old.id, old.file)
    assert in_group.get(f"/foto/{old.id}").status_code == 404
    assert reds(in_group.get(f"/foto/{new.id}").data) == 0
    assert reds(in_group.get(f"/bewijs/{idea.receipt}/foto/{new.id}").data) == 0
    assert in_group.get(f"/bewijs/{idea.receipt}/foto/{old.id}").status_code == 404
    assert old.id not in in_group.get(f"/{door.number}").text
    for who in ("facilitator", "observer", "helper", "participant", "outsider"):
        there = f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/foto/{old.id}"
        assert someone(who).get(there).status_code in (302, 403, 404), who
    anna.post(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/ongedaan", data={"versie": idea.version + 1})
    assert now(house, idea).pictures == idea.pictures
    assert in_group.get(f"/foto/{new.id}").status_code == 404
    anna.post(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/ongedaan", data={"versie": idea.version + 2})
    assert now(house, idea).pictures == (new,), "undoing is undone"


def test_erased_for_good_it_is_on_disk_no_more(house: House, idea: Idea, someone: Someone) -> None:
    anna, old = someone("facilitator"), idea.pictures[0].file
    data = house.files.read(old)
    brushed(anna, idea, streken=json.dumps([{"r": FACE}]))
    assert house.files.there(old), "until then undo needs it"
    page = anna.get(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}").text
    assert "Voorgoed wissen" in page
    for _twice in range(2):
        version = {"versie": now(house, idea).version}
        anna.post(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/voorgoed", data=version)
    assert data not in files(house)
    assert len(now(house, idea).pictures) == 1
    assert "Voorgoed wissen" not in anna.get(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}").text
    anna.post(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/ongedaan", data={"versie": now(house, idea).version})
    assert reds(house.files.read(now(house, idea).pictures[0].file)) == 0


def files(house: House) -> list[bytes]:
    return [house.files.read(one.name) for one in house.files.everything()]


def test_its_maker_withdraws_it_with_what_was_under_the_paint(house: House, idea: Idea, someone: Someone) -> None:
    brushed(someone("facilitator"), idea, streken=json.dumps([{"r": FACE}]))
    house.store.write(ideas.withdraw, now(house, idea))
    clock.shift(hours=1)
    for name in house.store.write(forgetting.erase_due):
        house.files.remove(name)
    assert not files(house)


def test_ticked_squares_do_the_same_without_a_script(house: House, idea: Idea, someone: Someone) -> None:
    anna = someone("facilitator")
    page = anna.get(f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/foto/{idea.pictures[0].id}/kwast").text
    assert page.count('name="vak"') == 12 * 9
    inside = [f"{row}-{column}" for row in range(2, 7) for column in range(3, 9)]
    brushed(anna, idea, vak=inside)
    assert reds(house.files.read(now(house, idea).pictures[0].file)) < 400


def test_a_face_on_paper_is_erased_from_the_scan_as_well_and_never_comes_back(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    (idea,) = returned.cards(house, workshop, facilitator.id)
    crop = house.files.read(idea.pictures[0].file)
    made = painting.paint(house, idea, idea.pictures[0].id, [], [FACE], facilitator.id)
    assert idea.slip
    painting.erase_for_good(house, workshop.id, idea.id, made.version, facilitator.id)
    assert crop not in files(house)
    slip = house.store.read(slips.by_number, idea.slip)
    assert slip
    house.store.write(paper.withdraw, slip)
    house.store.write(paper.bring_back, slip)
    assert now(house, idea).pictures == made.pictures


def test_two_who_paint_at_once_overwrite_nothing(house: House, idea: Idea, someone: Someone) -> None:
    anna = someone("facilitator")
    brushed(anna, idea, streken=json.dumps([{"r": FACE}]))
    address = f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/foto/{now(house, idea).pictures[0].id}/kwast"
    answer = anna.post(address, data={"versie": idea.version, "streken": json.dumps([{"r": [0, 0, 0.1, 0.1]}])})
    assert answer.status_code == 409
    assert len(house.store.read(curating.history, idea)) == 2


@pytest.mark.parametrize(
    "sent", ["", "[]", "nonsense", "{}", '[{"r": [1, 2]}]', '[{"p": [1]}]', '[{"w": 1, "p": "x"}]', "[[]]"]
)
def test_what_is_no_paint_changes_nothing_and_says_so(house: House, idea: Idea, someone: Someone, sent: str) -> None:
    address = f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/foto/{idea.pictures[0].id}/kwast"
    answer = someone("facilitator").post(address, data={"versie": idea.version, "streken": sent})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert now(house, idea) == idea


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda more: st.lists(more) | st.dictionaries(st.sampled_from("rpw"), more),
    )
)
def test_anything_sent_is_paint_within_the_picture_or_refused(sent: object) -> None:
    try:
        strokes, boxes = drawn(json.dumps(sent))
    except Refused:
        return
    assert all(0 <= one <= 1 for box in boxes for one in box)
    assert all(0 <= one <= 1 for stroke in strokes for point in stroke.points for one in point)


def test_squares_outside_the_picture_are_not_painted() -> None:
    assert ticked(["0-12", "9-0", "-1-0", "0", "x-y", "٣-1" * 900], 9) == []
    assert ticked(["0-0", "0-0"], 9) == [(0.0, 0.0, 1 / 12, 1 / 9)]


def test_only_facilitators_paint(house: House, idea: Idea, someone: Someone) -> None:
    address = f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/foto/{idea.pictures[0].id}/kwast"
    for who in ("observer", "helper", "stranger"):
        assert someone(who).post(address, data={"versie": 1, "vak": "0-0"}).status_code in (403, 404)
        voorgoed = f"/bureau/{idea.workshop_id}/ideeen/{idea.id}/voorgoed"
        assert someone(who).post(voorgoed, data={"versie": 1}).status_code in (403, 404)
    assert now(house, idea) == idea


@pytest.fixture
def painting_page(browse: Browse, live: Live) -> tuple[Page, Idea]:
    """Anna before a picture to paint on."""
    house = live.running.house
    made = clean(portrait())
    picture = Picture(ids.new(), house.files.keep(made.jpeg, "jpg"), made.width, made.height)
    sent = Sent("Mijn straat.", "group", ids.token(), ids.token(), "qr", pictures=[picture])
    idea = house.store.write(ideas.place, live.door, sent)
    page = browse(width=1280, height=900)
    page.goto(live.at("/bureau/aanmelden"))
    page.get_by_label("Je naam").fill("Anna")
    page.get_by_label("Je wachtzin").fill(PASSPHRASE)
    page.get_by_role("button", name="Aanmelden").click()
    page.goto(live.at(f"/bureau/{live.workshop.id}/ideeen/{idea.id}/foto/{picture.id}/kwast"))
    return page, idea


def test_the_mouse_paints_a_stroke_and_undo_takes_it_away(painting_page: tuple[Page, Idea], live: Live) -> None:
    page, idea = painting_page
    page.get_by_label("groot").check()
    box = page.locator("canvas").bounding_box()
    assert box
    for height in (0.3, 0.4, 0.5, 0.6, 0.7):
        page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * height)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * height, steps=5)
        page.mouse.up()
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    page.keyboard.press("Control+z")
    page.get_by_role("button", name="Bewaren").click()
    page.wait_for_url("**/ideeen/*?gedaan=kwast**")
    shown = live.running.house.store.read(ideas.by_key, idea.workshop_id, idea.id).pictures[0]
    jpeg = live.running.house.files.read(shown.file)
    assert reds(jpeg) == 0
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.getpixel((5, 5))[2] > 150, "what was undone is not painted"  # type: ignore[index] # RGB


def test_the_keyboard_alone_paints_a_box(painting_page: tuple[Page, Idea], live: Live) -> None:
    page, idea = painting_page
    page.locator("canvas").focus()
    for _step in range(8):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowUp")
    for _step in range(16):
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Shift+ArrowDown")
    for _step in range(8):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    assert "Vlak geschilderd" in page.locator("[data-said]").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ideeen/*?gedaan=kwast**")
    shown = live.running.house.store.read(ideas.by_key, idea.workshop_id, idea.id).pictures[0]
    assert reds(live.running.house.files.read(shown.file)) < 4000
