"""The sheet by the door: the very words of consent, nothing asked but a first name, rows for everyone."""

from __future__ import annotations

import pytest

from cards.card import Language
from print.heading import Heading
from print.pack import Contents, pack
from print.sign_in import ROWS, Consent, sheets_for, sign_in
from print.things import written
from tests.packed import HEADING, contents
from tests.paper import IMPRINT, letters, pages, side
from workshop.domain import consent

SIDES = ("ervaringsdeskundige", "cliënt", "mantelzorger", "buurtbewoner", "vrijwilliger", "professional", "gemeente")


def sheet(language: Language = "nl", people: int = 10, heading: Heading = HEADING) -> bytes:
    said = Consent(consent.text(language), consent.NOW)
    form, prints = sign_in(people, said, SIDES, heading, language=language)
    return written(form, prints, title="Welkom", language=language)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_of_consent_are_those_of_the_page_with_their_version(language: Language) -> None:
    text = side(sheet(language), 0)
    for words in consent.text(language).values():
        assert words in text
    assert f"{consent.NOW})" in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_letter_is_14_pt_or_more_and_far_from_the_edge(language: Language) -> None:
    long = Heading("", "donderdag 23 september 2027", "", "Werkplaats voor wonen, zorg en welzijn in De Linde")
    found = letters(sheet(language, heading=long), 0)
    assert min(letter.size for letter in found) >= 14
    assert min(letter.left for letter in found) >= 10
    assert max(letter.right for letter in found) <= 200


def test_nothing_is_ticked_before_somebody_does_and_nothing_is_asked_twice() -> None:
    text = side(sheet(), 0)
    assert text.count("ja") == text.count("nee") >= ROWS
    assert "De rest hoeft niet." in text
    assert "Dit blad gaat niet in de computer." in text


def test_there_is_a_row_for_everyone_and_a_few_more() -> None:
    assert [sheets_for(people) for people in (1, 10, 11, 20, 99)] == [1, 1, 2, 2, 9]
    assert pages(sheet(people=20)) == 2


def test_the_room_is_checked_twice_on_one_sheet_with_all_that_matters() -> None:
    text = side(alone("room"), 0)
    for word in ("licht", "ringleiding", "armleuningen", "toilet", "ooghoogte", "stiften", "loep", "oude telefoon"):
        assert text.count(word) == 2, word
    assert min(letter.size for letter in letters(alone("room"), 0)) >= 14


def test_the_packing_list_counts_what_was_printed_and_what_to_bring() -> None:
    text = side(alone("packing"), 0)
    for words in ("4 tafels, 20 mensen, 3 keer grote letters.", "34× Ideekaarten", "20× dagblad op A3", "Vooraf"):
        assert words in text.replace("\xa0", " "), text


def test_without_a_plan_the_packing_list_names_what_no_meeting_goes_without() -> None:
    text = side(alone("packing", planned=False), 0)
    for words in ("20× dikke zwarte stift", "4× loep", "plakband", "koffie, thee en water"):
        assert words in text


def alone(part: str, *, planned: bool = True) -> bytes:
    has: Contents = contents("nl", planned=planned)
    return pack(has, (part,), imprint=IMPRINT, language="nl").pdf  # type: ignore[arg-type]
