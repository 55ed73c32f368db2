"""What leaves by the address of a wall: its page, what it says to a script, its pictures. Nothing that is not on it."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import Visit
from tests.desk_people import Share, share
from tests.phone import photo
from workshop import ids
from workshop.domain import curating, doors, ideas, joining, rounds, support, themes, walls, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Picture
from workshop.domain.walls import Wall
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.pictures import clean

__all__ = ["share"]
SECRET = "Het geheim van Riet"
ODD = "<script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7 * 7 }} </noscript>"


@pytest.fixture
def wall(house: House, workshop: Workshop) -> Wall:
    """A wall in the room."""
    return house.store.write(walls.make, workshop.id, "group")


@pytest.fixture
def hall(house: House, workshop: Workshop) -> Wall:
    """A wall in the hall."""
    return house.store.write(walls.make, workshop.id, "everyone")


@pytest.fixture
def pictured(house: House, share: Share) -> Idea:
    """An idea with a secret in its words and a picture."""
    cleaned = clean(photo())
    picture = Picture(ids.new(), house.files.keep(cleaned.jpeg, "jpg"), cleaned.width, cleaned.height)
    return share(SECRET, "everyone_named", maker="Riet", pictures=[picture])


def _now(house: House, idea: Idea) -> Idea:
    return house.store.read(ideas.by_key, idea.workshop_id, idea.id)


def _do(house: House, work: Any, idea: Idea, *more: Any) -> Any:
    return house.store.write(work, _now(house, idea), *more)


def _leaves(client: FlaskClient, wall: Wall, idea: Idea) -> dict[str, bool]:
    """Say by which way an idea can be had from a wall."""
    page = client.get(f"/muur/{wall.key}").text
    said = client.get(f"/muur/{wall.key}/stand").text
    picture = client.get(f"/muur/{wall.key}/foto/{idea.pictures[0].id}")
    return {
        "page": SECRET in page or idea.pictures[0].id in page,
        "said": SECRET in said or idea.pictures[0].id in said,
        "picture": picture.status_code == 200,
    }


EVERYWHERE = {"page": True, "said": True, "picture": True}
NOWHERE = dict.fromkeys(EVERYWHERE, False)


def _hold(house: House, idea: Idea, who: str) -> None:
    house.store.write(lambda tx: ideas.apply(tx, _now(house, idea), who, "held", held=True))


def _erase(house: House, idea: Idea) -> None:
    _do(house, ideas.withdraw, idea)
    house.store.write(lambda tx: tx.ideas.erase(id=idea.id, at=idea.made_at))


def _hide(house: House, idea: Idea, who: str) -> None:
    house.store.write(lambda tx: tx.workshops.hide(id=idea.workshop_id, at=idea.made_at))
    house.store.write(lambda tx: tx.pulse.beat(workshop_id=idea.workshop_id))


WAYS: dict[str, Any] = {
    "held": _hold,
    "set aside": lambda house, idea, who: _do(house, curating.set_aside, idea, who, "Dit gaat over een ander."),
    "withdrawn": lambda house, idea, who: _do(house, ideas.withdraw, idea),
    "hidden": _hide,
    "erased": lambda house, idea, who: _erase(house, idea),
}


@pytest.mark.parametrize("way", list(WAYS))
def test_what_may_not_be_seen_leaves_a_wall_by_no_way(
    house: House, outside: FlaskClient, wall: Wall, hall: Wall, pictured: Idea, facilitator: Facilitator, way: str
) -> None:
    _do(house, curating.put_on_wall, pictured, facilitator.id)
    assert _leaves(outside, wall, pictured) == _leaves(outside, hall, pictured) == EVERYWHERE
    WAYS[way](house, pictured, facilitator.id)
    assert _leaves(outside, wall, pictured) == NOWHERE
    assert _leaves(outside, hall, pictured) == NOWHERE


def test_the_words_of_a_joined_idea_wait_as_long_as_one_of_its_originals_is_hidden(
    house: House, outside: FlaskClient, wall: Wall, share: Share, facilitator: Facilitator, workshop: Workshop
) -> None:
    before = share("Een bankje.")
    house.store.write(workshops.hide, workshop.id)
    since = share("Iets nieuws.")
    house.store.write(joining.join, workshop.id, [before.id, since.id], SECRET, facilitator.id)
    assert SECRET not in outside.get(f"/muur/{wall.key}/stand").text
    assert SECRET not in outside.get(f"/muur/{wall.key}").text
    assert "Een bankje." in outside.get(f"/muur/{wall.key}").text


def test_the_hall_never_gets_what_is_for_the_group(
    house: House, outside: FlaskClient, wall: Wall, hall: Wall, pictured: Idea, facilitator: Facilitator
) -> None:
    _do(house, curating.put_on_wall, pictured, facilitator.id)
    _do(house, curating.narrow, pictured, facilitator.id, "group")
    assert _leaves(outside, hall, pictured) == NOWHERE
    assert _leaves(outside, wall, pictured) == EVERYWHERE
    assert "Riet" not in outside.get(f"/muur/{wall.key}").text.replace(SECRET, "")


def test_in_the_room_the_code_opens_the_group_and_in_the_hall_it_does_not(
    house: House, outside: FlaskClient, wall: Wall, hall: Wall, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    from print import marks

    symbol = marks.symbol
    monkeypatch.setattr(marks, "symbol", lambda text: (said.append(text), symbol(text))[1])
    door = house.store.read(doors.of_workshop, workshop.id)[doors.OWN]
    for one in (wall, hall):
        page = outside.get(f"/muur/{one.key}").text
        assert f"{door.number[:3]} {door.number[3:]}" in page
        assert door.key not in page
    assert said == [f"HTTPS://WERKPLAATS.NL/{door.number}{door.key}", f"HTTPS://WERKPLAATS.NL/{door.number}"]


def test_a_wall_invites_nobody_where_nothing_is_taken_in(
    house: House, outside: FlaskClient, wall: Wall, workshop: Workshop
) -> None:
    own = house.store.read(doors.of_workshop, workshop.id)[doors.OWN]
    before = outside.get(f"/muur/{wall.key}/stand").json
    house.store.write(doors.close, workshop.id, own.id)
    after = outside.get(f"/muur/{wall.key}/stand").json
    assert before["page"] != after["page"]  # type: ignore[index]
    assert own.number[:3] + " " not in outside.get(f"/muur/{wall.key}").text
    house.store.write(doors.reopen, workshop.id, own.id)
    assert outside.get(f"/muur/{wall.key}/stand").json == before
    house.store.write(workshops.close, workshop.id)
    assert outside.get(f"/muur/{wall.key}/stand").json == after


def test_a_wrong_key_opens_nothing_and_a_closed_wall_says_so_kindly(
    house: House, outside: FlaskClient, wall: Wall, pictured: Idea
) -> None:
    assert len(wall.key) == ids.KEY_LENGTH
    for path in ("", "/stand", f"/foto/{pictured.pictures[0].id}"):
        assert outside.get(f"/muur/2222222222{path}").status_code == 404
        assert outside.get(f"/muur/{wall.key}{path}").status_code == 200
        assert outside.get(f"/muur/{wall.key.lower()}{path}").status_code == 200
    house.store.write(walls.close, wall)
    closed = outside.get(f"/muur/{wall.key}")
    assert closed.status_code == 410
    assert "Deze muur is gesloten." in closed.text
    assert _leaves(outside, wall, pictured) == NOWHERE
    assert outside.get(f"/muur/{wall.key}/stand").json["closed"]  # type: ignore[index]


def test_one_wall_gives_no_picture_of_another_workshop(
    house: House, outside: FlaskClient, facilitator: Facilitator, pictured: Idea, workshop: Workshop
) -> None:
    other = house.store.write(workshops.make, facilitator.id, workshops.details(workshop))
    theirs = house.store.write(walls.make, other.id, "group")
    assert _leaves(outside, theirs, pictured) == NOWHERE


def test_words_names_and_themes_are_text_and_nothing_else(
    house: House, outside: FlaskClient, wall: Wall, share: Share, facilitator: Facilitator, workshop: Workshop
) -> None:
    idea = share(ODD, "everyone_named", maker=ODD[:60])
    theme = house.store.write(themes.make, workshop.id, "<b>Thema</b>")
    _do(house, themes.put, idea, theme.id, facilitator.id)
    page = outside.get(f"/muur/{wall.key}").text
    for odd in ("<script>alert", "<img src=x", "<b>Thema"):
        assert odd not in page.replace(wall.key, "")
    assert "&lt;script&gt;alert(1)" in page
    answer = outside.get(f"/muur/{wall.key}/stand")
    assert answer.mimetype == "application/json"
    assert answer.json["sections"][0]["ideas"][0]["words"] == ODD  # type: ignore[index]


def test_who_asks_again_gets_nothing_until_something_changes(
    outside: FlaskClient, wall: Wall, hall: Wall, share: Share
) -> None:
    share("Een bankje.")
    first = outside.get(f"/muur/{wall.key}/stand", headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(first.data))["count"] == "1 idee"
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = outside.get(f"/muur/{wall.key}/stand", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = outside.get(f"/muur/{hall.key}/stand", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    share("Nog een bankje.")
    after = outside.get(f"/muur/{wall.key}/stand", headers={"If-None-Match": first.headers["ETag"]})
    assert after.json["count"] == "2 ideeën"  # type: ignore[index]


def test_what_a_wall_says_is_made_once_for_all_who_watch(
    house: House, visit: Visit, wall: Wall, share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    share("Een bankje.")
    made: list[str] = []
    content = walls.content
    monkeypatch.setattr(walls, "content", lambda tx, wall: (made.append(wall.id), content(tx, wall))[1])
    said = {visit().get(f"/muur/{wall.key}/stand").data for _ in range(5)}
    assert (len(said), len(made)) == (1, 1)


def test_each_language_has_its_own_words(outside: FlaskClient, wall: Wall, share: Share) -> None:
    share("Een bankje.")
    assert outside.get(f"/muur/{wall.key}/stand").json["count"] == "1 idee"  # type: ignore[index]
    english = outside.get(f"/muur/{wall.key}/stand?taal=en").json
    assert english["sections"][0]["ideas"][0]["by"] == "of a participant"  # type: ignore[index]


def test_support_and_results_stay_away_until_the_facilitator_shows_them(
    house: House, outside: FlaskClient, wall: Wall, share: Share, facilitator: Facilitator, workshop: Workshop
) -> None:
    one, two = share("Een bankje."), share("Samen eten.")
    house.store.write(support.recognise, one, "device:een", on=True)
    about = house.store.write(rounds.make, workshop.id, "Wat eerst?", 3, [one.id, two.id], facilitator.id)
    house.store.write(rounds.begin, about, facilitator.id)
    house.store.write(rounds.give, about, "device:een", {two.id: 2})
    house.store.write(walls.change, wall, round_id=about.id)
    said = outside.get(f"/muur/{wall.key}/stand")
    assert said.json["round"] is None  # type: ignore[index]
    assert "herkent" not in said.text
    house.store.write(workshops.show_support, workshop.id, True)
    closed = house.store.write(rounds.close, about, facilitator.id)
    house.store.write(rounds.show, closed, facilitator.id)
    said = outside.get(f"/muur/{wall.key}/stand")
    assert [(row["words"], row["dots"]) for row in said.json["round"]["rows"]] == [
        ("Samen eten.", 2),
        ("Een bankje.", 0),
    ]  # type: ignore[index]
    assert "1 mens herkent dit" in said.text


def test_a_wall_needs_no_script(outside: FlaskClient, wall: Wall, share: Share) -> None:
    share("Een bankje.")
    page = outside.get(f"/muur/{wall.key}").text
    assert "Een bankje." in page
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page
