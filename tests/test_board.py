"""The board: ideas in themes, in an order, joined and loosened; nothing overwritten, everything undone."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.desk_people import Share, Someone, anna, now, share, someone
from workshop import clock
from workshop.desk import board as desk_board
from workshop.domain import (
    board,
    curating,
    facilitators,
    families,
    forgetting,
    ideas,
    joining,
    looking,
    support,
    themes,
    workshops,
)
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.themes import Theme
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx

__all__ = ["anna", "share", "someone"]


@pytest.fixture
def outdoors(house: House, workshop: Workshop) -> Theme:
    """A theme."""
    return house.store.write(themes.make, workshop.id, "Buiten zitten")


def laid(house: House, workshop: Workshop) -> dict[str, list[int]]:
    """Return the numbers on the board by the name of their theme."""
    columns = house.store.read(board.columns, workshop.id)
    return {one.theme.name if one.theme else "": [card.idea.nr for card in one.cards] for one in columns}


def post(client: FlaskClient, idea: Idea | Theme, path: str, **form: object) -> TestResponse:
    return client.post(f"/bureau/{idea.workshop_id}/{path}", data=form)


def put(client: FlaskClient, found: list[Idea], theme: str, before: str = "") -> TestResponse:
    chosen = [f"{one.id}:{one.version}" for one in found]
    return post(client, found[0], "bord/verplaats", idee=chosen, thema=theme, voor=before)


def undo(client: FlaskClient, answer: TestResponse) -> TestResponse:
    """Press the button of the bar on the page where an answer led to."""
    page = client.get(answer.location).text.partition('class="done"')[2]
    action = re.search(r'action="([^"]+)"', page)
    assert action, page[:500]
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', page.partition("</form>")[0])
    return client.post(action[1].replace("&amp;", "&"), data=dict(fields))


def test_ideas_go_into_a_theme_in_the_order_given_and_back_with_one_undo(
    anna: FlaskClient, house: House, workshop: Workshop, outdoors: Theme, share: Share
) -> None:
    one, two, three = share("een"), share("twee"), share("drie")
    put(anna, [one], outdoors.id)
    answer = put(anna, [two, three], outdoors.id, one.id)
    assert laid(house, workshop) == {"": [], "Buiten zitten": [2, 3, 1]}
    assert "2 ideeën verplaatst" in anna.get(answer.location).text
    again = undo(anna, answer)
    assert laid(house, workshop) == {"": [2, 3], "Buiten zitten": [1]}
    undo(anna, again)
    assert laid(house, workshop) == {"": [], "Buiten zitten": [2, 3, 1]}


def test_up_and_down_move_one_place_and_stop_at_the_ends(
    anna: FlaskClient, house: House, workshop: Workshop, outdoors: Theme, share: Share
) -> None:
    found = [share(words) for words in ("een", "twee", "drie")]
    put(anna, found, outdoors.id)

    def step(idea: Idea, way: str) -> list[int]:
        post(anna, idea, "bord/volgorde", **{way: f"{idea.id}:{now(house, idea).version}"})
        return laid(house, workshop)["Buiten zitten"]

    assert step(found[0], "omhoog") == [1, 2, 3]
    assert step(found[0], "omlaag") == [2, 1, 3]
    assert step(found[0], "omlaag") == [2, 3, 1]
    assert step(found[0], "omlaag") == [2, 3, 1]
    assert step(found[0], "omhoog") == [2, 1, 3]
    loose = share("los")
    post(anna, loose, "bord/volgorde", omhoog=f"{loose.id}:{loose.version}")
    assert now(house, loose) == loose


def test_what_somebody_else_changed_stays_and_the_rest_moves(
    anna: FlaskClient, house: House, workshop: Workshop, outdoors: Theme, share: Share, facilitator: Facilitator
) -> None:
    one, two = share("een"), share("twee")
    house.store.write(curating.correct, one, facilitator.id, "Iets anders")
    answer = put(anna, [one, two], outdoors.id)
    assert answer.status_code == 409
    assert "Anna veranderde net idee 1. Er is niets overschreven." in answer.text
    assert "Iets anders" in answer.text
    assert laid(house, workshop) == {"": [1], "Buiten zitten": [2]}


def test_a_theme_is_made_renamed_moved_taken_away_and_each_is_undone(
    anna: FlaskClient, house: House, workshop: Workshop, outdoors: Theme, share: Share
) -> None:
    idea = share("een")
    put(anna, [idea], outdoors.id)

    def names() -> list[str]:
        return list(laid(house, workshop))[1:]

    def change(name: str, what: str, **form: str) -> TestResponse:
        [theme] = [one for one in house.store.read(themes.of_workshop, workshop.id) if one.name == name]
        return post(anna, theme, f"themas/{theme.id}/{what}", versie=theme.version, **form)

    made = post(anna, outdoors, "themas", naam="  Samen   eten ")
    assert names() == ["Buiten zitten", "Samen eten"]
    moved = change("Samen eten", "plek", eerder="1")
    assert names() == ["Samen eten", "Buiten zitten"]
    undo(anna, moved)
    assert names() == ["Buiten zitten", "Samen eten"]
    named = change("Samen eten", "naam", naam="Eten")
    assert names() == ["Buiten zitten", "Eten"]
    undo(anna, named)
    assert names() == ["Buiten zitten", "Samen eten"]
    gone = change("Buiten zitten", "weg")
    assert laid(house, workshop) == {"": [1], "Samen eten": []}
    undo(anna, gone)
    assert laid(house, workshop) == {"": [], "Buiten zitten": [1], "Samen eten": []}
    undo(anna, post(anna, outdoors, "themas", naam="Vervoer"))
    assert names() == ["Buiten zitten", "Samen eten"]
    assert made.status_code == 303


def test_a_theme_needs_a_name_of_its_own_and_what_was_typed_stays(
    anna: FlaskClient, workshop: Workshop, outdoors: Theme
) -> None:
    for name, said in (("", "Geef het thema een naam."), ("buiten ZITTEN", "Er is al een thema met deze naam.")):
        answer = post(anna, outdoors, "themas", naam=name)
        assert answer.status_code == 400
        assert said in answer.text
        assert f'value="{name}"' in answer.text
    old = post(anna, outdoors, f"themas/{outdoors.id}/naam", versie=outdoors.version + 1, naam="Anders")
    assert old.status_code == 409
    assert "Het heet nu “Buiten zitten”" in old.text
    assert 'value="Anders"' in old.text


def test_an_idea_whose_theme_is_gone_is_never_lost_from_the_board(
    anna: FlaskClient, house: House, workshop: Workshop, outdoors: Theme, share: Share, facilitator: Facilitator
) -> None:
    idea = share("een")
    put(anna, [idea], outdoors.id)
    out = put(anna, [now(house, idea)], "")
    house.store.write(themes.remove, outdoors, facilitator.id)
    undo(anna, out)
    assert laid(house, workshop) == {"": [1]}


def test_what_somebody_added_is_shown_with_the_idea_and_is_no_card(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    idea = share("Een bankje")
    added = share("Met een leuning graag.", about_id=idea.id)
    [card] = house.store.read(board.cards, workshop.id)
    assert [one.id for one in card.comments] == [added.id]
    page = anna.get(f"/bureau/{workshop.id}/bord").text
    assert "1 aanvulling" in page
    assert f'data-card="{added.id}"' not in page
    assert "Met een leuning graag." in anna.get(f"/bureau/{workshop.id}/ideeen/{idea.id}").text
    assert "Dit vult een ander idee aan" in anna.get(f"/bureau/{workshop.id}/ideeen/{added.id}").text


def join(client: FlaskClient, found: list[Idea], words: str = "", **form: str) -> TestResponse:
    chosen = [f"{one.id}:{one.version}" for one in found]
    return post(client, found[0], "samenvoegen", idee=chosen, woorden=words, **(form or {"samen": "1"}))


def test_ideas_are_joined_by_number_with_words_taken_over_and_come_apart_again(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    one, two = share("Een bankje bij de bus", perspective="mantelzorger"), share("Zitten bij de halte", "group")
    page = anna.get(f"/bureau/{workshop.id}/samenvoegen?nummers=1,+2+en+9").text
    assert "Idee 9 staat niet op het bord." in page
    for said in (one.words, two.words, "mantelzorger", "Van 2 makers", "Zo koos één van de makers het"):
        assert said in page.lower() or said in page
    assert ">Een bankje bij de bus</textarea>" in join(anna, [one, two], neem=one.id).text
    answer = join(anna, [one, two], "Banken bij de bus")
    [card] = house.store.read(board.cards, workshop.id)
    assert (card.idea.words, [leaf.nr for leaf in card.leaves]) == ("Banken bij de bus", [1, 2])
    shown = anna.get(answer.location).text
    for said in (
        "Samengevoegd. Iedereen is erbij gebleven.",
        "Samengevoegd uit 2 ideeën",
        two.words,
        "Ideeën samengevoegd",
    ):
        assert said in shown
    assert "Het hoort nu bij idee 3" in anna.get(f"/bureau/{workshop.id}/ideeen/{one.id}").text
    apart = post(anna, card.idea, f"ideeen/{card.idea.id}/losmaken", versie=card.idea.version)
    assert laid(house, workshop) == {"": [1, 2]}
    gone = anna.get(apart.location).text
    assert "Dit was een samengevoegd idee." in gone
    undo(anna, apart)
    assert laid(house, workshop) == {"": [3]}


def test_the_bar_after_joining_undoes_it_whole(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    answer = join(anna, [share("een"), share("twee")])
    undo(anna, answer)
    assert laid(house, workshop) == {"": [1, 2]}


def test_nothing_is_joined_when_somebody_changed_one_of_them_and_the_words_stay(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    one, two = share("een"), share("twee")
    house.store.write(curating.correct, two, facilitator.id, "Twee, maar dan anders")
    answer = join(anna, [one, two], "Samen gezegd")
    assert answer.status_code == 409
    for said in (
        "Anna veranderde idee 2 net. Er is niets samengevoegd.",
        "Twee, maar dan anders",
        ">Samen gezegd</textarea>",
    ):
        assert said in answer.text
    assert laid(house, workshop) == {"": [1, 2]}


def test_joins_of_joins_are_shown_as_a_tree_and_everybody_is_counted_once(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    one, two, three = share("Een bankje"), share("Zitten"), share("Rustplek")
    house.store.write(support.recognise, one, "device:a", on=True)
    house.store.write(support.recognise, three, "device:a", on=True)
    join(anna, [one, two])
    inner = house.store.read(board.cards, workshop.id)[0].idea
    join(anna, [inner, three])
    [card] = house.store.read(board.cards, workshop.id)
    family = house.store.read(families.of, card.idea)
    assert [(part.idea.nr, [leaf.idea.nr for leaf in part.parts]) for part in family.parts] == [(4, [1, 2]), (3, [])]
    assert (family.makers, family.support.recognised, card.support.recognised) == (3, 1, 1)
    page = anna.get(f"/bureau/{workshop.id}/ideeen/{card.idea.id}").text
    assert "Samengevoegd uit 3 ideeën" in page
    assert "zelf ook samengevoegd" in page
    numbers = anna.get(f"/bureau/{workshop.id}/samenvoegen?nummers=1").text
    assert "Idee 5" in numbers  # the number of a maker stands for the idea it is in now


def test_history_tells_which_theme_idea_and_decision(
    anna: FlaskClient, house: House, workshop: Workshop, outdoors: Theme, share: Share
) -> None:
    one, two = share("een"), share("twee")
    put(anna, [one], outdoors.id)
    join(anna, [now(house, one), two])
    page = re.sub(r"<[^>]+>", "", anna.get(f"/bureau/{workshop.id}/ideeen/{one.id}").text)
    for said in ("Verplaatst naar “Buiten zitten”", "Samengevoegd tot idee 3"):
        assert said in page


def test_ideas_that_seem_alike_are_suggested_with_a_road_to_joining_them(
    anna: FlaskClient, workshop: Workshop, share: Share
) -> None:
    one, two = share("Meer bankjes langs de wandelroute."), share("Een bankje op de wandelroute naar de winkel.")
    share("Samen soep koken op donderdag.")
    page = anna.get(f"/bureau/{workshop.id}/bord").text
    assert "Lijken deze op elkaar?" in page
    assert f"samenvoegen?idee={one.id}&amp;idee={two.id}" in page
    assert now_joined(page) == 0


def now_joined(page: str) -> int:
    """Return how many joined ideas a board shows."""
    return page.count("samen: ")


def test_what_others_did_is_said_and_what_one_did_oneself_is_not(
    anna: FlaskClient, house: House, workshop: Workshop, outdoors: Theme, share: Share, someone: Someone
) -> None:
    one, two = share("een"), share("twee")
    start = house.store.read(looking.newest)
    bram = house.store.write(facilitators.make, "Bram").id
    house.store.write(themes.put, one, outdoors.id, bram)
    house.store.write(_joined, workshop.id, [one.id, two.id], bram)
    page = anna.get(f"/bureau/{workshop.id}/bord?sinds={start}").text
    assert "Bram verplaatste idee 1." in page
    assert "Bram voegde ideeën samen tot idee 3." in page
    share("drie")
    assert "Er is een nieuw idee: 4." in anna.get(f"/bureau/{workshop.id}/bord?sinds={start}").text
    mine = house.store.read(looking.newest)
    [card, _] = house.store.read(board.cards, workshop.id)
    put(anna, [card.idea], "")
    news = anna.get(f"/bureau/{workshop.id}/bord?sinds={mine}").text
    assert "verplaatste" not in news


def _joined(tx: Tx, workshop_id: str, keys: list[str], who: str) -> None:
    with curating.as_one(tx):
        joining.join(tx, workshop_id, keys, "", who)


def test_who_looks_along_sees_the_board_and_no_button_on_it(
    someone: Someone, workshop: Workshop, outdoors: Theme, share: Share
) -> None:
    share("Een bankje")
    page = someone("observer").get(f"/bureau/{workshop.id}/bord").text.partition("<main")[2]
    assert "Een bankje" in page
    assert "Buiten zitten" in page
    assert 'method="post"' not in page
    assert 'type="checkbox" name="idee"' not in page


def test_who_looks_along_sees_nothing_of_what_came_in_since_it_was_hidden(
    someone: Someone, anna: FlaskClient, house: House, workshop: Workshop, share: Share, facilitator: Facilitator
) -> None:
    early = share("Een vroeg idee")
    clock.shift(minutes=1)
    house.store.write(workshops.hide, workshop.id)
    clock.shift(minutes=2)
    late = share("Een laat idee")
    house.store.write(_joined, workshop.id, [early.id, late.id], facilitator.id)
    [card] = house.store.read(board.cards, workshop.id)
    for path in ("bord", f"ideeen/{card.idea.id}", "samenvoegen?nummers=1"):
        seen = someone("observer").get(f"/bureau/{workshop.id}/{path}").text
        assert "Een vroeg idee" in seen, path
        assert "Een laat idee" not in seen, path
        assert "Een laat idee" in anna.get(f"/bureau/{workshop.id}/{path}").text, path


def test_a_joined_idea_is_not_taken_away_for_one_maker(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    one = share("een")
    join(anna, [one, share("twee")])
    [card] = house.store.read(board.cards, workshop.id)
    answer = post(anna, card.idea, f"ideeen/{card.idea.id}/weghalen", versie=card.idea.version)
    assert answer.status_code == 400
    assert "Haal het idee van de maker zelf weg" in answer.text
    inside = now(house, one)
    post(anna, inside, f"ideeen/{inside.id}/weghalen", versie=inside.version)
    assert house.store.read(board.cards, workshop.id)[0].idea.words == "twee"


def test_the_words_of_an_idea_that_was_taken_away_are_not_read_at_what_somebody_added(
    anna: FlaskClient, house: House, workshop: Workshop, share: Share
) -> None:
    idea = share("Een geheim bankje")
    added = share("Met een leuning graag.", about_id=idea.id)
    house.store.write(ideas.withdraw, idea)
    for minutes in (0, 40):
        clock.shift(minutes=minutes)
        house.store.write(forgetting.erase_due)
        page = anna.get(f"/bureau/{workshop.id}/ideeen/{added.id}")
        assert page.status_code == 200
        assert "Met een leuning graag." in page.text
        assert "geheim" not in page.text


def test_who_knows_the_pulse_gets_nothing_until_something_changed(
    anna: FlaskClient, workshop: Workshop, share: Share
) -> None:
    share("een")
    first = anna.get(f"/bureau/{workshop.id}/polsslag")
    known = {"If-None-Match": first.headers["ETag"]}
    assert first.headers["ETag"] == f'"{first.json["beat"]}"'
    assert anna.get(f"/bureau/{workshop.id}/polsslag", headers=known).status_code == 304
    share("twee")
    assert anna.get(f"/bureau/{workshop.id}/polsslag", headers=known).status_code == 200


def test_a_theme_with_very_many_ideas_shows_the_first_and_leads_to_the_list(
    house: House, workshop: Workshop, share: Share, at_desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_board, "MOST_IN_COLUMN", 3)
    found = [share(f"Idee van {number}") for number in range(5)]
    [loose] = house.store.read(board.columns, workshop.id, most=3)
    assert [card.idea.id for card in loose.cards] == [one.id for one in found[:3]]
    assert loose.left_out == 2
    page = at_desk.get(f"/bureau/{workshop.id}/bord").get_data(as_text=True)
    assert f'href="/bureau/{workshop.id}/ideeen?thema=-">Nog 2 ideeën, in de lijst</a>' in page
    assert '<span class="count">5<' in page
