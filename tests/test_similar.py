"""Which ideas are about the same: other words, endings and slips of the finger; never what says nothing."""

from __future__ import annotations

import pytest

from workshop.domain import similar

ROOM = dict(
    enumerate(
        (
            "De lift in onze flat is vaak kapot.",
            "Samen koken en eten in het buurthuis.",
            "Openbaar toilet bij het winkelcentrum.",
            "Een maatje om koffie mee te drinken tegen eenzaamheid.",
            "Hulp bij de computer en DigiD in de bibliotheek.",
            "Losse tegels: met mijn rollator blijf ik steken.",
            "Een moestuin met de kinderen van de school.",
            "Muziek maken met wie dementie heeft.",
            "Kleinere woningen, zodat gezinnen kunnen doorstromen.",
            "Vervoer naar het ziekenhuis met een vrijwilliger.",
        )
    )
)


def texts(*more: str) -> dict[str, str]:
    """Return the ideas of a room by key, with these as `0`, `1` …"""
    return {f"room {at}": said for at, said in ROOM.items()} | {str(at): said for at, said in enumerate(more)}


def shared(one: str, other: str) -> tuple[str, ...] | None:
    """Return the words in which two ideas of a room are said to be alike; None when they are not."""
    found = similar.like("0", texts(one, other), most=10)
    return next((pair.words for pair in found if pair.ideas == ("0", "1")), None)


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ("Een bankje bij de bushalte.", "Zet eens een paar bankjes bij de bushaltes.", "bankje"),
        ("Meer zitbanken in het park graag.", "Ik mis een bank om even te zitten.", "bank"),
        ("Een plek om te zitten als je op de bus wacht.", "Zodat ik kan zitten als ik wacht op de bus.", "zitten"),
        ("Ik wil ’s avonds veilig lopen.", "’s Avonds loop ik liever niet alleen.", "avonds"),
        ("Straatverlichting bij het fietspad", "Het fietspad heeft te weinig verlichting", "fietspad"),
        ("Mijn moeder is eenzaam.", "Iets tegen eenzaamheid: samen eten.", "eenzaam"),
        ("Een café in de hal.", "In de hal mag best een cafe komen.", "café"),
        ("Benches at every bus stop, please.", "A bench near the bus stop so I can sit down.", "bench"),
        ("Walking together every Tuesday.", "A club that walks on Tuesdays.", "tuesday"),
    ],
)
def test_ideas_about_the_same_in_other_words_are_found_and_say_why(one: str, other: str, about: str) -> None:
    found = shared(one, other)
    assert found
    assert any(about in word or word in about for word in found)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("bushalte", "bushlate"),
        ("rollators", "rolators"),
        ("bibliotheek", "biblioteek"),
        ("wandelroute", "wandelroutte"),
        ("fysiotherapie", "fisiotherapie"),
    ],
)
def test_a_slip_of_the_finger_keeps_no_ideas_apart(right: str, wrong: str) -> None:
    assert shared(f"Iets doen aan de {right}.", f"De {wrong} mag beter.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ik wil graag dat het voor ons allemaal beter wordt.", "Wij willen graag dat het beter wordt voor iedereen."),
        ("Een bankje bij de bushalte.", "Een koor bij de kerk."),
        ("I would like it to be better for everyone.", "It should be better for all of us."),
        ("Auto’s rijden te hard.", "Wij koken op dinsdag."),
        ("Het water loopt over de stoep.", "Later eten in de zomer."),
        ("De straat is glad.", "Zo staat het in de krant."),
        ("", ""),
        ("!!! ???", "12 34"),
    ],
)
def test_ideas_that_share_only_words_that_say_nothing_are_never_suggested(one: str, other: str) -> None:
    assert shared(one, other) is None


def test_groups_hold_what_belongs_together_and_no_idea_twice() -> None:
    found = similar.suggestions(
        texts(
            "Een bankje bij de bushalte.",
            "Bankjes bij de bushaltes in het dorp.",
            "Zet een bankje neer bij de bushalte.",
            "De lift is kapot.",
        )
    )
    groups = [set(group.ideas) for group in found]
    assert {"0", "1", "2"} in groups
    assert {"3", "room 0"} in groups
    assert len([key for group in groups for key in group]) == len({key for group in groups for key in group})
    assert [group.score for group in found] == sorted((group.score for group in found), reverse=True)


def test_a_word_nearly_everybody_uses_suggests_nothing() -> None:
    many = {str(at): f"Het dorpshuis en verder {word}" for at, word in enumerate(_words(200))}
    assert not similar.suggestions(many)


def test_the_same_ideas_give_the_same_suggestions_in_any_order() -> None:
    whole = texts("Een bankje bij de bushalte.", "Bankjes bij de bushaltes.")
    turned = dict(reversed(whole.items()))
    assert {frozenset(group.ideas) for group in similar.suggestions(whole)} == {
        frozenset(group.ideas) for group in similar.suggestions(turned)
    }


def test_nobody_is_like_themselves_and_who_is_not_there_is_like_nobody() -> None:
    assert similar.like("0", {"0": "Een bankje."}) == []
    assert similar.like("9", {"0": "Een bankje."}) == []
    assert similar.suggestions({}) == []


def _words(count: int) -> list[str]:
    """Return words that are no slip of the finger of one another."""
    return [f"{a}{b}{c}{a}{c}{b}" for a in "bdfgk" for b in ("aan", "oer", "iel", "uik", "eus") for c in "lmnprstv"][
        :count
    ]
