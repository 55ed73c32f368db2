"""Finding cards: by filter and by everyday words, in both languages."""

from __future__ import annotations

import pytest

from cards.card import Card
from cards.choosing import AMOUNTS, Wish, understood
from cards.deck import Library, load


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


def ids(cards: list[Card]) -> list[str]:
    return [card.id for card in cards]


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("20 minuten zittend zonder schrijven", Wish(minutes=20, seated=True, write="optional")),
        ("20 minutes seated without writing", Wish(minutes=20, seated=True, write="optional")),
        ("een half uur met 6 mensen", Wish(minutes=30, people=6)),
        ("12 people, no reading", Wish(people=12, read="optional")),
        ("stap 4", Wish(step=4)),
        ("niet te praten en niet te lopen", Wish(talk="optional", move="optional")),
        ("Ideeën   KIEZEN", Wish(words="ideeen kiezen")),
        ("kwartier luisteren", Wish(minutes=15, words="luisteren")),
        ("", Wish()),
    ],
)
def test_everyday_words_become_filters_and_the_rest_is_looked_up(words: str, wish: Wish) -> None:
    assert understood(Wish(words=words)) == wish


@pytest.mark.parametrize("words", ["20 minuten zittend zonder schrijven", "20 minutes seated without writing"])
def test_twenty_minutes_seated_without_writing_gives_cards_that_are_just_that(library: Library, words: str) -> None:
    cards = library.choose("nl", Wish(words=words))
    assert "samen-ontwerpen/10-stickers-plakken" in ids(cards)[:3]
    for card in cards:
        assert card.duration.min <= 20
        assert card.seated
        assert card.effort.write in ("none", "optional")
    assert len(cards) >= 12


def test_cards_that_fill_the_time_come_before_those_that_take_a_minute(library: Library) -> None:
    cards = library.choose("nl", Wish(minutes=30))
    usual = [card.duration.min + card.duration.max for card in cards]
    assert usual == sorted(usual, reverse=True)
    assert max(usual) <= 60


def test_the_group_must_fit(library: Library) -> None:
    for card in library.choose("en", Wish(people=2)):
        assert card.group.min <= 2 <= card.group.max
    assert "negen-stappen/05-samen-aan-het-stuur" in ids(library.choose("en", Wish(people=2)))
    assert "negen-stappen/05-samen-aan-het-stuur" not in ids(library.choose("en", Wish(people=3)))


def test_effort_is_a_limit_and_not_a_wish_for_effort(library: Library) -> None:
    for most in AMOUNTS:
        for card in library.choose("nl", Wish(write=most)):
            assert AMOUNTS.index(card.effort.write) <= AMOUNTS.index(most)
    everything = library.choose("nl", Wish(write="much", read="much", talk="much", move="much"))
    assert len(everything) == len(library.cards("nl"))


def test_a_deck_and_a_step_narrow_the_choice(library: Library) -> None:
    assert {card.deck for card in library.choose("nl", Wish(deck="luisteren"))} == {"luisteren"}
    assert "negen-stappen/04-mag-het-ook-echt" in ids(library.choose("nl", Wish(step=4)))
    assert library.choose("nl", Wish(deck="luisteren", step=4)) == []


def test_all_words_must_be_there_whatever_their_accents_or_capitals(library: Library) -> None:
    assert ids(library.choose("nl", Wish(words="NOG EEN VRAAG")))[0] == "luisteren/03-nog-een-vraag"
    assert ids(library.choose("nl", Wish(words="nog één vraag")))[0] == "luisteren/03-nog-een-vraag"
    assert ids(library.choose("en", Wish(words="cardboard")))[0] == "samen-ontwerpen/07-maak-het-van-karton"
    assert library.choose("nl", Wish(words="karton olifant")) == []


def test_a_title_that_says_it_comes_first(library: Library) -> None:
    found = ids(library.choose("nl", Wish(words="praatsteen")))
    assert found[0] == "luisteren/06-de-praatsteen"
    assert "vijf-tips/02-alle-stoelen-tellen-mee" in found[1:]


def test_the_name_of_a_deck_finds_its_cards(library: Library) -> None:
    assert {card.deck for card in library.choose("en", Wish(words="nine steps"))} >= {"negen-stappen"}


def test_no_wish_gives_every_card(library: Library) -> None:
    assert library.choose("nl") == library.cards("nl")
