"""Kinds of knowledge: experience, practice and research; a theme that knows one of them only asks for the others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.desk_people import Share, anna, now, share, someone
from workshop.domain import ideas, joining, knowledge, themes, trajectory
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.themes import Theme
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

__all__ = ["anna", "share", "someone"]


@pytest.fixture
def practice(house: House, workshop: Workshop) -> Workshop:
    """The workshop as a community of practice."""
    house.store.write(trajectory.turn, workshop, "workshop", 5)
    return replace(workshop, kind="workshop", dial=5)


@pytest.fixture
def street(house: House, workshop: Workshop) -> Theme:
    """A theme."""
    return house.store.write(themes.make, workshop.id, "De straat")


def put(house: House, idea: Idea, theme: Theme, who: Facilitator) -> Idea:
    return house.store.write(themes.put, idea, theme.id, who.id)


@pytest.mark.parametrize(
    ("side", "kind"),
    [("client", "experience"), ("professional", "practice"), ("wetenschap", "research"), ("", None), ("x", None)],
)
def test_the_kind_follows_from_the_perspective(share: Share, side: str, kind: str | None) -> None:
    assert knowledge.of(replace(share(), perspective=side)) == kind


def test_a_facilitator_may_say_otherwise_and_undo_it(
    house: House, practice: Workshop, share: Share, anna: FlaskClient
) -> None:
    idea = share(perspective="professional")
    at = f"/bureau/{practice.id}/ideeen/{idea.id}"
    assert "Volgt uit het perspectief" in anna.get(at).text
    anna.post(f"{at}/kennis", data={"versie": idea.version, "kennis": "experience"})
    assert knowledge.of(now(house, idea)) == "experience"
    assert "Soort kennis gekozen" in anna.get(at).text
    anna.post(f"{at}/ongedaan", data={"versie": now(house, idea).version})
    assert knowledge.of(now(house, idea)) == "practice"


def test_saying_the_same_twice_changes_nothing(house: House, share: Share, facilitator: Facilitator) -> None:
    idea = house.store.write(knowledge.choose, share(), "research", facilitator.id)
    assert house.store.write(knowledge.choose, idea, "research", facilitator.id).version == idea.version


def test_an_unknown_kind_is_refused(house: House, share: Share, facilitator: Facilitator) -> None:
    with pytest.raises(Refused) as refused:
        house.store.write(knowledge.choose, share(), "gossip", facilitator.id)
    assert refused.value.code == "knowledge_unknown"


def test_a_theme_with_one_kind_is_flagged_on_the_board_until_another_comes(
    house: House, practice: Workshop, share: Share, street: Theme, facilitator: Facilitator, anna: FlaskClient
) -> None:
    for words in ("Een bankje", "Meer licht"):
        put(house, share(words, perspective="client"), street, facilitator)
    assert [one.name for one in house.store.read(knowledge.one_sided, practice.id)] == ["De straat"]
    assert "Alleen kennis uit ervaring." in anna.get(f"/bureau/{practice.id}/bord").text
    assert "De straat" in anna.get(f"/bureau/{practice.id}/balans").text
    put(house, share("Een plan", perspective="professional"), street, facilitator)
    assert house.store.read(knowledge.one_sided, practice.id) == []
    assert "Alleen kennis" not in anna.get(f"/bureau/{practice.id}/bord").text


def test_one_idea_or_ideas_of_unknown_kind_flag_nothing(
    house: House, practice: Workshop, share: Share, street: Theme, facilitator: Facilitator
) -> None:
    put(house, share("Een bankje", perspective="client"), street, facilitator)
    put(house, share("Meer licht"), street, facilitator)
    assert house.store.read(knowledge.one_sided, practice.id) == []


def test_an_addition_from_another_side_ends_it(
    house: House, practice: Workshop, share: Share, street: Theme, facilitator: Facilitator
) -> None:
    first = put(house, share("Een bankje", perspective="client"), street, facilitator)
    put(house, share("Meer licht", perspective="client"), street, facilitator)
    share("Dat kan technisch.", perspective="professional", about_id=first.id)
    assert house.store.read(knowledge.one_sided, practice.id) == []


def test_a_joined_idea_has_the_kinds_of_its_makers(
    house: House, practice: Workshop, share: Share, street: Theme, facilitator: Facilitator
) -> None:
    found = [share("Een bankje", perspective="client"), share("Een bank", perspective="burger")]
    whole = house.store.write(joining.join, practice.id, [one.id for one in found], "Bankjes", facilitator.id)
    put(house, whole, street, facilitator)
    assert [one.id for one in house.store.read(knowledge.one_sided, practice.id)] == [street.id]


def test_a_knowledge_circle_sees_none_of_it(
    house: House, workshop: Workshop, share: Share, street: Theme, facilitator: Facilitator, anna: FlaskClient
) -> None:
    for words in ("Een bankje", "Meer licht"):
        idea = put(house, share(words, perspective="client"), street, facilitator)
    assert "Alleen kennis" not in anna.get(f"/bureau/{workshop.id}/bord").text
    assert "Soort kennis" not in anna.get(f"/bureau/{workshop.id}/ideeen/{idea.id}").text
    assert house.store.read(ideas.by_key, workshop.id, idea.id).knowledge == ""
