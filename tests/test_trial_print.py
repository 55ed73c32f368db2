"""The sheet of a trial and the logbook: large letters, what was seen first, and never what somebody keeps private."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cards.card import Language
from print.logbook import logbook
from print.trial_sheet import TrialText, trial_sheet
from print.words import words
from tests.desk_people import Share, share
from tests.paper import IMPRINT, letters, pages, side
from workshop import clock, printing
from workshop.domain import mandates, meetings, reflections, trials
from workshop.domain.facilitators import Facilitator
from workshop.domain.mandates import Given
from workshop.domain.trials import About
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

__all__ = ["share"]
FULL = TrialText(
    title="Samen eten op maandag",
    question="Komen er mensen als we op maandag koken?",
    ideas=(12, 14),
    until="woensdag 30 juni 2027",
    allows="Mevrouw Bos, directeur",
    what="Vier keer koken in de grote zaal.",
    last_day="donderdag 1 juli 2027",
    lesson="Mensen komen als iemand ze ophaalt.",
)
LONG = TrialText(
    title="Een lange titel " * 7,
    question="Nog een vraag erbij. " * 14,
    ideas=tuple(range(1, 60)),
    allows="Directeur van alles " * 6,
    what="Dit mag allemaal ook. " * 18,
    lesson="Geleerd dat het zo is. " * 25,
)


def sheet(text: TrialText, language: Language = "nl") -> bytes:
    return trial_sheet(text, imprint=IMPRINT, language=language).pdf


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sheet_says_who_allows_what_until_when_and_has_room_to_sign(language: Language) -> None:
    said = words(language)
    front = side(sheet(FULL, language), 0)
    for text in (FULL.title, FULL.question, "12, 14", FULL.allows, FULL.what, FULL.last_day, said["trial_sign"]):
        assert text in front


def test_what_was_seen_comes_before_the_cycle_and_the_verdict_after_it() -> None:
    said, back = words("nl"), side(sheet(FULL), 1)
    order = ["trial_seen", "trial_part_one", "trial_part_two", "trial_then", "trial_outcome_works", "trial_lesson"]
    places = [back.index(said[key]) for key in order]
    assert places == sorted(places)
    for number, name in enumerate(("one", "two", "three", "four"), 1):
        assert f"{number}. {said[f'trial_part_{name}']}" in back


def test_the_lesson_of_the_trial_before_stands_on_top() -> None:
    front = side(sheet(FULL), 0)
    assert front.index(FULL.lesson) < front.index(FULL.question)


@pytest.mark.parametrize("text", [FULL, LONG, TrialText("Lampen", "Is het lichter?")])
def test_letters_are_large_and_nothing_is_cut_or_at_the_edge(text: TrialText) -> None:
    pdf = sheet(text)
    assert pages(pdf) == (2 if text is not LONG else 3)
    for page in range(pages(pdf)):
        there = letters(pdf, page)
        assert min(letter.size for letter in there) >= 14
        assert min(letter.left for letter in there) >= 10
        assert max(letter.right for letter in there) <= 200
        assert max(letter.bottom for letter in there) <= 290
    whole = " ".join(side(pdf, page) for page in range(pages(pdf)))
    assert " ".join(text.what.split()) in " ".join(whole.split())
    assert " ".join(text.lesson.split()) in " ".join(whole.split())


def test_the_same_trial_gives_the_same_bytes() -> None:
    assert sheet(FULL, "en") == sheet(FULL, "en")


def test_the_logbook_is_two_sheets_of_a5_that_ask_three_things() -> None:
    pdf = logbook("Bijeenkomst 3: " + "Een lange naam " * 8 + ", maandag 11 januari 2027", language="nl").pdf
    assert pages(pdf) == 1
    both = side(pdf, 0)
    for key in ("logbook_doing", "logbook_thinking", "logbook_being", "logbook_private"):
        assert both.count(words("nl")[key]) == 2
    for who in "AB":
        assert words("nl")("logbook_who", who=who) in both
    assert min(letter.size for letter in letters(pdf, 0)) >= 14


def test_a_trial_is_printed_from_its_workshop_with_the_mandate_it_goes_by(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = share("Samen eten.")
    about = About("Samen eten", "Komen er mensen?", ideas=(idea.nr,))
    trial = house.store.write(trials.make, workshop.id, about, facilitator.id)
    until = (clock.today() + timedelta(days=20)).isoformat()
    given = Given("De gemeente", "Vier keer koken", until, "")
    house.store.write(mandates.give, workshop.id, trial.id, given, facilitator.id)
    what = {"document": "trial", "trial": trial.id, "language": "nl"}
    front = side(printing.make(house, workshop.id, what).data, 0)
    assert "De gemeente" in front
    assert f"Bij idee {idea.nr}." in front
    clock.shift(days=30)
    assert "De gemeente" not in side(printing.make(house, workshop.id, what).data, 0), "there is room for a new one"


def test_the_logbook_never_holds_what_was_written_on_screen(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    what = {"document": "logbook", "meeting": "", "language": "nl"}
    with pytest.raises(Refused):
        printing.make(house, workshop.id, what)
    date = (clock.today() - timedelta(days=2)).isoformat()
    meeting = house.store.write(meetings.add, workshop.id, meetings.About(date, "Een gewone dag"))
    about = reflections.About(meeting.id)
    house.store.write(reflections.write, workshop.id, about, "being", "Ik durfde niets.", facilitator.id)
    both = side(printing.make(house, workshop.id, what).data, 0)
    assert "Een gewone dag" in both
    assert "durfde" not in both
