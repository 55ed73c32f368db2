"""The wall: what hangs there and what never does, in an order that favours nobody."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk_people import Share, share
from workshop.domain import curating, ideas, joining, support, themes, walls, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.walls import Wall, WallContent
from workshop.domain.workshops import Workshop
from workshop.errors import Refused, Stale
from workshop.house import House
from workshop.public import wall_state

__all__ = ["share"]


@pytest.fixture
def wall(house: House, workshop: Workshop) -> Wall:
    """A wall in the room."""
    return house.store.write(walls.make, workshop.id, "group")


@pytest.fixture
def hall(house: House, workshop: Workshop) -> Wall:
    """A wall in the hall, where anybody passes."""
    return house.store.write(walls.make, workshop.id, "everyone")


def _now(house: House, wall: Wall) -> WallContent:
    return house.store.read(walls.content, house.store.read(walls.find, wall.workshop_id, wall.id))


def _words(content: WallContent) -> list[str]:
    return [one.words for section in content.sections for one in section.ideas]


def _again(house: House, idea: Idea) -> Idea:
    return house.store.read(ideas.by_key, idea.workshop_id, idea.id)


def _do(house: House, work: Any, idea: Idea, *more: Any) -> Any:
    return house.store.write(work, _again(house, idea), *more)


def test_the_room_sees_an_idea_at_once_and_the_hall_once_it_is_put_on_the_wall(
    house: House, wall: Wall, hall: Wall, share: Share, facilitator: Facilitator
) -> None:
    idea = share("Een bankje bij de bushalte.", "everyone")
    assert _words(_now(house, wall)) == ["Een bankje bij de bushalte."]
    assert _words(_now(house, hall)) == []
    _do(house, curating.put_on_wall, idea, facilitator.id)
    assert _words(_now(house, hall)) == ["Een bankje bij de bushalte."]


def test_the_hall_never_shows_what_is_for_the_group(
    house: House, hall: Wall, share: Share, facilitator: Facilitator
) -> None:
    for choice in ("group", "everyone"):
        _do(house, curating.put_on_wall, share(f"Voor {choice}.", choice), facilitator.id)
    narrowed = share("Toch maar niet.", "everyone")
    _do(house, curating.put_on_wall, narrowed, facilitator.id)
    _do(house, curating.narrow, narrowed, facilitator.id, "group")
    assert _words(_now(house, hall)) == ["Voor everyone."]


@pytest.mark.parametrize("way", ["held", "set aside", "withdrawn", "erased"])
def test_what_is_held_set_aside_or_taken_away_hangs_nowhere(
    house: House, wall: Wall, share: Share, facilitator: Facilitator, way: str
) -> None:
    idea = share()
    _do(house, curating.put_on_wall, idea, facilitator.id)
    assert _now(house, wall).count == 1
    if way == "held":
        house.store.write(lambda tx: ideas.apply(tx, _again(house, idea), facilitator.id, "held", held=True))
    elif way == "set aside":
        _do(house, curating.set_aside, idea, facilitator.id, "Dit gaat over een ander.")
    else:
        _do(house, ideas.withdraw, idea)
    if way == "erased":
        house.store.write(lambda tx: tx.ideas.erase(id=idea.id, at=idea.made_at))
    assert _now(house, wall).sections == ()


def test_a_name_hangs_only_where_its_maker_allows_it(house: House, wall: Wall, share: Share) -> None:
    named = share("Met naam.", "everyone_named", maker="Riet", perspective="mantelzorger")
    quiet = share("Zonder naam.", "everyone", maker="Joop")
    said = {one.id: walls.said_by(one, "nl") for part in _now(house, wall).sections for one in part.ideas}
    assert said == {named.id: "Idee van een deelnemer: Riet (mantelzorger)", quiet.id: "Idee van een deelnemer"}


def test_joined_ideas_hang_once_and_say_how_many_gave_them(
    house: House, wall: Wall, share: Share, facilitator: Facilitator, workshop: Workshop
) -> None:
    one, two = share("Een bankje."), share("Meer zitplekken.")
    joined = house.store.write(joining.join, workshop.id, [one.id, two.id], "", facilitator.id)
    (shown,) = _now(house, wall).sections[0].ideas
    assert (shown.id, shown.people, shown.words) == (joined.id, 2, "Een bankje.\n\nMeer zitplekken.")
    assert walls.said_by(shown, "nl") == "Idee van 2 deelnemers"


def test_what_is_held_inside_a_joined_idea_is_not_counted_named_or_quoted(
    house: House, wall: Wall, share: Share, facilitator: Facilitator, workshop: Workshop
) -> None:
    one, two = (
        share("Een bankje.", "everyone_named", maker="Riet"),
        share("Zitplekken.", "everyone_named", maker="Joop"),
    )
    house.store.write(joining.join, workshop.id, [one.id, two.id], "", facilitator.id)

    def hold(idea: Idea) -> None:
        house.store.write(lambda tx: ideas.apply(tx, _again(house, idea), facilitator.id, "held", held=True))

    hold(two)
    (shown,) = _now(house, wall).sections[0].ideas
    assert (shown.people, shown.names, shown.words) == (1, ("Riet",), "Een bankje.")
    hold(one)
    assert _now(house, wall).sections == ()


def test_what_came_since_hiding_is_only_counted_also_when_it_was_joined_with_what_hung(
    house: House, wall: Wall, share: Share, facilitator: Facilitator, workshop: Workshop
) -> None:
    before = share("Een bankje.")
    house.store.write(workshops.hide, workshop.id)
    since = share("Geheim plan.")
    content = _now(house, wall)
    assert (_words(content), content.count, content.hidden) == (["Een bankje."], 1, 1)
    house.store.write(joining.join, workshop.id, [before.id, since.id], "Een geheim bankje.", facilitator.id)
    assert _words(_now(house, wall)) == ["Een bankje."]
    house.store.write(workshops.reveal, workshop.id)
    assert _words(_now(house, wall)) == ["Een geheim bankje."]
    assert _now(house, wall).hidden is None


def test_a_new_idea_leaves_the_others_in_their_order(house: House, wall: Wall, share: Share) -> None:
    for number in range(12):
        share(f"Idee nummer {number}.")
    before = _words(_now(house, wall))
    share("Nog een.")
    after = _words(_now(house, wall))
    assert [words for words in after if words != "Nog een."] == before
    assert before != [f"Idee nummer {number}." for number in range(12)]
    assert before != [f"Idee nummer {number}." for number in reversed(range(12))]


def test_a_theme_is_shuffled_until_a_facilitator_puts_it_in_order(
    house: House, wall: Wall, share: Share, facilitator: Facilitator, workshop: Workshop
) -> None:
    theme = house.store.write(themes.make, workshop.id, "Buiten zitten")
    found = [share(f"Idee nummer {number}.") for number in range(8)]
    for idea in found:
        _do(house, themes.put, idea, theme.id, facilitator.id)
    in_turn = [idea.words for idea in found]
    assert _words(_now(house, wall)) != in_turn
    _do(house, themes.put, found[-1], theme.id, facilitator.id, found[0].id)
    (section,) = _now(house, wall).sections
    assert section.name == "Buiten zitten"
    assert [one.words for one in section.ideas] == [in_turn[-1], *in_turn[:-1]]


def test_an_idea_about_an_idea_hangs_under_it_also_when_that_was_joined(
    house: House, wall: Wall, share: Share, facilitator: Facilitator, workshop: Workshop
) -> None:
    main, other = share("Een bankje."), share("Zitplekken.")
    share("Met een leuning.", about_id=main.id)
    joined = house.store.write(joining.join, workshop.id, [main.id, other.id], "Banken.", facilitator.id)
    (shown,) = _now(house, wall).sections[0].ideas
    assert (shown.id, [one.words for one in shown.added]) == (joined.id, ["Met een leuning."])


def test_support_is_shown_only_when_the_facilitator_says_so(
    house: House, wall: Wall, share: Share, workshop: Workshop
) -> None:
    idea = share()
    house.store.write(support.recognise, idea, "device:een", on=True)
    assert _now(house, wall).sections[0].ideas[0].support is None
    house.store.write(workshops.show_support, workshop.id, True)
    tally = _now(house, wall).sections[0].ideas[0].support
    assert tally is not None
    assert tally.recognised == 1


def test_a_wall_shows_one_idea_large_and_its_change_is_not_overwritten(
    house: House, wall: Wall, share: Share, workshop: Workshop
) -> None:
    idea = share("Een bankje.")
    focused = house.store.write(walls.change, wall, focus_id=idea.id)
    content = _now(house, wall)
    assert content.focus is not None
    assert content.focus.words == "Een bankje."
    with pytest.raises(Stale):
        house.store.write(walls.change, wall, by_what="card")
    house.store.write(walls.close, focused)
    assert _now(house, wall) == WallContent((), 0, None, None)
    with pytest.raises(Refused):
        house.store.write(walls.make, workshop.id, "nobody")


def test_of_more_ideas_than_a_wall_holds_chance_says_which_hang_and_the_wall_says_so(
    house: House, workshop: Workshop, wall: Wall, share: Share, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walls, "MOST_ON_SCREEN", 5)
    found = [share(f"Idee van {number}", "group") for number in range(8)]
    house.store.write(walls.change, wall, focus_id=found[-1].id)
    content = _now(house, wall)
    hanging = set(_words(content))
    assert (content.count, content.left_out, len(hanging)) == (5, 3, 5)
    assert content.focus
    assert content.focus.id == found[-1].id
    share("Nog een idee", "group")
    assert len(hanging & set(_words(_now(house, wall)))) >= 4
    assert visit().get(f"/muur/{wall.key}/stand").get_json()["count"] == "9 ideeën, hier hangen er 5"
    assert house.store.read(walls.hanging, workshop.id, "group").count == 9


def test_a_large_wall_is_not_made_anew_for_every_idea_but_at_once_when_the_wall_itself_changes(
    house: House, wall: Wall, share: Share, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall_state, "LARGE_S", 0.0)
    monkeypatch.setattr(wall_state, "REST", 1_000_000)
    share("Een bankje", "group")
    page = f"/muur/{wall.key}/stand"
    first = visit().get(page)
    share("Een dak", "group")
    again = visit().get(page, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers["ETag"]) == (304, first.headers["ETag"])
    house.store.write(walls.close, house.store.read(walls.find, wall.workshop_id, wall.id))
    assert visit().get(page).get_json()["count"] == "0 ideeën"
